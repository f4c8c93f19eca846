"""Activity data of days in no named reporting year, where years of weeks are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR, ONE_DAY, Span, month_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company


def unnamed_years(company: Company, wholes: Iterable[ElementaryActivity]) -> list[Diagnostic]:
    """One finding for each activity or table with days before, or after, the years named."""
    named = company.year.named
    if named is None:
        return []
    found: dict[tuple[str, bool], tuple[ElementaryActivity, Span]] = {}
    for whole in wholes:
        for after, days in _outside(whole.span, named):
            key = (whole.table or whole.activity, after)
            first, known = found.get(key, (whole, days))
            both = Span(min(known.first, days.first), max(known.last, days.last))
            found[key] = (first, both)
    return [_finding(company, whole, days) for whole, days in found.values()]


def _outside(span: Span, named: Span) -> Iterator[tuple[bool, Span]]:
    """The days of a span before the named years, and those after."""
    ends = (
        (False, Span(month_span(FIRST_YEAR, 1).first, named.first - ONE_DAY)),
        (True, Span(named.last + ONE_DAY, month_span(LAST_YEAR, 12).last)),
    )
    for after, whole in ends:
        days = span.overlap(whole)
        if days is not None:
            yield after, days


def _finding(company: Company, whole: ElementaryActivity, days: Span) -> Diagnostic:
    what = f"table `{whole.table}`" if whole.table else f"activity `{whole.activity}`"
    name = company.year.name_of(days.first)
    where = company.document.locate(("organization", "reporting_year", "weeks"), key=True)
    return Diagnostic(
        "year-not-named",
        f"{what} has data from {days.first} to {days.last}, in no year of `weeks`",
        whole.location,
        related=(Related(where, "the years named"),),
        hint=f"add the first day of its year, as in `{name}: YYYY-MM-DD`; the last year named runs"
        " 52 weeks until the next is stated",
        days=(days.first, days.last),
    )
