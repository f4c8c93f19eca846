"""Quantities beside those of the year before: a slip of a unit is a factor of a thousand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.company.last_year import kind_of, shifted
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.units import UnitError, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.company.company import Company
    from ghgcalc.core.check import Settings

_Key = tuple[object, ...]


class _Source(NamedTuple):
    """The activities of one source and period, in the unit of the first."""

    names: list[str]
    shown: str
    total: Fraction


def check_last_year(company: Company, settings: Settings) -> Iterator[Diagnostic]:
    """A source whose quantity is many times last year's, or a small part of it."""
    times = settings["times"]
    sources = _by_source(company)
    for key, names in sources.items():
        *source, period = key
        before = shifted(str(period), -1)
        earlier = sources.get((*source, before)) if before is not None else None
        if earlier is None:
            continue
        now, then = _sum(company, names), _sum(company, earlier)
        if now is None or then is None or not now.total or not then.total:
            continue
        scale = _ratio(company, names[0], earlier[0])
        if scale is None:
            continue
        change = now.total * scale / then.total
        if change >= times or change * times <= 1:
            yield _finding(company, now, then, change)


def _by_source(company: Company) -> dict[_Key, list[str]]:
    found: dict[_Key, list[str]] = {}
    for name, activity in company.activities.items():
        if activity.quantity is not None and activity.corrects is None:
            key = (activity.facility, *kind_of(activity), activity.period.text)
            found.setdefault(key, []).append(name)
    return found


def _sum(company: Company, names: list[str]) -> _Source | None:
    total, texts = Fraction(0), []
    for name in names:
        scale = _ratio(company, name, names[0])
        quantity = company.activities[name].quantity
        if scale is None or quantity is None:
            return None
        total += Fraction(quantity.number) * scale
        texts.append(str(quantity))
    more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
    return _Source(names, " + ".join(texts[:3]) + more, total)


def _ratio(company: Company, name: str, other: str) -> Fraction | None:
    """From the unit of one activity to that of another; None where they do not compare."""
    one, two = company.activities[name].quantity, company.activities[other].quantity
    if one is None or two is None:
        return None
    try:
        return ratio(one.unit, two.unit)
    except UnitError:
        return None


def _finding(company: Company, now: _Source, then: _Source, change: Fraction) -> Diagnostic:
    large = change > 1
    name = max(now.names, key=lambda each: _size(company, each, now)) if large else now.names[0]
    times = round(change) if large else round(1 / change)
    said = f"{times:,} times" if large else f"1/{times:,} of"
    days = company.span_of(company.activities[name].period)
    locate = company.document.locate
    before = Related(locate(("activities", then.names[0], "quantity")), "the year before")
    return Diagnostic(
        "far-from-last-year",
        f"activity `{name}`: {now.shown} is {said} the {then.shown} of the year before",
        locate(("activities", name, "quantity")),
        related=(before,),
        hint="compare number and unit with the source document, and correct the one that is wrong",
        days=(days.first, days.last),
        severity=Severity.WARNING,
    )


def _size(company: Company, name: str, source: _Source) -> Fraction:
    scale, quantity = _ratio(company, name, source.names[0]), company.activities[name].quantity
    assert scale is not None
    assert quantity is not None
    return Fraction(quantity.number) * scale
