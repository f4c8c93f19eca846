"""Sums of table rows beside those of the year before: a slip of a unit is a factor of 1,000."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.numbers import ZERO, plain
from ghgcalc.core.units import UnitError, ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Unit

_Source = tuple[object, ...]
_Days = tuple[int, int, int, int]


class _Year(NamedTuple):
    """The amounts of a source by the days of the year at which they stand."""

    members: dict[_Days, list[ElementaryActivity]]

    def total(self, days: Iterable[_Days], unit: Unit) -> Fraction | None:
        """Their sum in a unit; None where one does not convert to it."""
        try:
            return sum(
                (one.quantity * ratio(one.unit, unit) for at in days for one in self.members[at]),
                ZERO,
            )
        except UnitError:
            return None


def far_from_last_year(amounts: Sequence[ElementaryActivity], times: int) -> Iterator[Diagnostic]:
    """A source of tables whose sum is many times that of the same months of the year before.

    Sources are told apart as those of activities are. Months that one of the years lacks are not
    compared, nor sums that are not above 0. A single month is not judged: seasons differ.
    """
    for source, years in _by_source(amounts).items():
        for year, now in years.items():
            then = years.get(year - 1)
            if then is None:
                continue
            common = [days for days in now.members if days in then.members]
            if not common:
                continue
            unit = now.members[common[0]][0].unit
            after, before = now.total(common, unit), then.total(common, unit)
            if after is None or before is None or after <= 0 or before <= 0:
                continue
            change = after / before
            if change >= times or change * times <= 1:
                one, other = now.members[common[0]][0], then.members[common[0]][0]
                shown = f"{_number(after)} {unit.text}", f"{_number(before)} {unit.text}"
                yield _finding(source, (one, other), shown, change, _span(now, common))


def _by_source(
    amounts: Iterable[ElementaryActivity],
) -> dict[_Source, dict[int, _Year]]:
    found: dict[_Source, dict[int, _Year]] = {}
    for amount in amounts:
        if not amount.table or amount.reported or amount.masses:
            continue
        data = amount.data
        key = (amount.facility, amount.category, amount.item, amount.supplier, data.technology,
               data.vehicle, data.attributes)  # fmt: skip
        years = found.setdefault(key, {})
        year = years.setdefault(amount.span.first.year, _Year({}))
        year.members.setdefault(_place(amount.span), []).append(amount)
    return found


def _place(span: Span) -> _Days:
    """The days in any year; the last of February is one day, whatever the year."""
    first, last = span
    day = 28 if (last.month, last.day) == (2, 29) else last.day
    return first.month, first.day, (last.year - first.year) * 12 + last.month, day


def _span(year: _Year, days: Iterable[_Days]) -> Span:
    spans = [one.span for at in days for one in year.members[at]]
    return max(spans)._replace(first=min(spans).first)


def _number(value: Fraction) -> str:
    return f"{round(value):,}" if value >= 1000 else plain(value, 3)


def _finding(
    source: _Source, pair: tuple[ElementaryActivity, ElementaryActivity], shown: tuple[str, str],
    change: Fraction, days: Span,
) -> Diagnostic:  # fmt: skip
    facility, category, item = source[:3]
    times = round(change) if change > 1 else round(1 / change)
    said = f"{times:,} times" if change > 1 else f"1/{times:,} of"
    what = f"{str(category).replace('_', ' ')}{f' ({item})' if item else ''}"
    place = f" of `{facility}`" if facility else ""
    now, then = pair
    return Diagnostic(
        "far-from-last-year",
        f"table `{now.table}`: {what}{place}: {shown[0]} in {days.first} … {days.last} is {said}"
        f" the {shown[1]} of the year before",
        now.location,
        related=(Related(then.location, "the year before"),),
        hint="compare number and unit with the source document, and correct the one that is wrong",
        days=(days.first, days.last),
        severity=Severity.WARNING,
    )
