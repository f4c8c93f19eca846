"""Days of a reporting year that the lines of a metered supply leave out (GHG-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.day_masks import stretches_of
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.period import ONE_DAY, Span
from ghgcalc.core.vocabulary.categories import PURCHASED_ENERGY
from ghgcalc.core.vocabulary.fuels import FUELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Facility

SHOWN = 3
Supply = tuple[str, str, str]


def calendar_gaps(
    company: Company,
    amounts: Iterable[ElementaryActivity],
    years: Iterable[int],
    kept_out: Callable[[Span], bool],
    shortest: int = 1,
) -> list[Diagnostic]:
    """Warn where a supply has lines for a part of a reporting year alone.

    A supply is one category, item and facility: energy that is bought, generated or piped, and so
    used every day; a day is covered by the rows of that day, not by those of its month. Tables
    with a `meter` column are judged meter by meter as they are read. Days on which nothing
    but a correction stands are not covered.
    Stretches of fewer than `shortest` days are not told, nor those with days of which errors keep
    data out (`kept_out`).
    """
    supplies: dict[Supply, list[ElementaryActivity]] = {}
    for amount in amounts:
        if amount.quantity >= 0 and _metered(company, amount):
            key = (amount.facility or "", amount.category, amount.item)
            supplies.setdefault(key, []).append(amount)
    found = []
    for year in years:
        days = company.year.span(year)
        for supply, members in supplies.items():
            gaps = _judged(company, supply, members, days)
            told = [gap for gap in gaps if gap.days >= shortest and not kept_out(gap)]
            found += [_finding(supply, year, told, _inside(members, days))] if told else []
    return found


def _metered(company: Company, amount: ElementaryActivity) -> bool:
    table = company.tables.get(amount.table)
    if table is not None and "meter" in table.columns:
        return False
    return metered(amount)


def metered(amount: ElementaryActivity) -> bool:
    """Whether an amount is of energy that is used every day: bought, generated or piped."""
    if amount.reported:
        return False
    if amount.category in PURCHASED_ENERGY or amount.category == "self_generated_electricity":
        return amount.data.losses is None
    fuel = FUELS.get(amount.fuel or "")
    return amount.category == "stationary_combustion" and fuel is not None and fuel.phase == "gas"


def _inside(amounts: list[ElementaryActivity], days: Span) -> list[ElementaryActivity]:
    return [amount for amount in amounts if amount.span.overlap(days)]


def _judged(
    company: Company, supply: Supply, amounts: list[ElementaryActivity], days: Span
) -> list[Span]:
    inside = _inside(amounts, days)
    expected = _held(company.facilities.get(supply[0]), days)
    if not inside or expected is None:
        return []
    return gaps_of([span for amount in inside for span in covered(amount)], expected)


def covered(amount: ElementaryActivity) -> Iterable[Span]:
    """The days of a line: of a table's sum those of its rows, not the month in which they lie."""
    return stretches_of(amount.days, amount.span) if amount.days else (amount.span,)


def _held(facility: Facility | None, days: Span) -> Span | None:
    """The days of a year on which a facility was open and held."""
    if facility is None:
        return days
    starts = [day for day in (facility.opened, min(facility.history, default=None)) if day]
    first = max([days.first, *starts])
    last = min(days.last, facility.closed) if facility.closed else days.last
    return Span(first, last) if first <= last else None


def gaps_of(spans: list[Span], expected: Span) -> list[Span]:
    """The stretches of `expected` that no span covers, in order."""
    gaps, day = [], expected.first
    for span in sorted(spans):
        if span.first > day:
            gaps.append(Span(day, min(span.first - ONE_DAY, expected.last)))
        day = max(day, span.last + ONE_DAY)
        if day > expected.last:
            return gaps
    return [*gaps, Span(day, expected.last)]


def _finding(
    supply: Supply, year: int, gaps: list[Span], inside: list[ElementaryActivity]
) -> Diagnostic:
    facility, category, item = supply
    what = f"{category.replace('_', ' ')}{f' ({item})' if item else ''}"
    missing = sum(gap.days for gap in gaps)
    stretches = ", ".join(
        str(gap.first) if gap.days == 1 else f"{gap.first} … {gap.last}" for gap in gaps[:SHOWN]
    )
    more = f" and {len(gaps) - SHOWN} more" if len(gaps) > SHOWN else ""
    last = max(inside, key=lambda amount: amount.span)
    place = f" of `{facility}`" if facility else ""
    return Diagnostic(
        "calendar-gap",
        f"{what}{place}: no line covers {missing:,} day{'s' if missing != 1 else ''} of {year}:"
        f" {stretches}{more}",
        last.location,
        severity=Severity.WARNING,
        days=(gaps[0].first, gaps[-1].last),
        stretches=tuple((gap.first, gap.last) for gap in gaps),
        hint=f"add the missing data, or a line with `0 {last.unit.text}` where nothing was used",
    )
