"""Reporting years of which most days have no activity data: what a report says of itself.

Days are those of bills and activities, whatever they are for: one supply with data the whole year
is enough. Gaps of single meters are told by `calendar-gap`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.calendar_gaps import covered
from ghgcalc.core.period import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company


class DaysWithData(NamedTuple):
    """Days of a year that activity data cover, and the hull of those days."""

    days: int
    of: int
    hull: Span

    @property
    def few(self) -> bool:
        """Whether most days of the year have no data."""
        return 2 * self.days < self.of

    def words(self) -> str:
        """Such as `data of 10 of 365 days`."""
        return f"data of {self.days} of {self.of} days"


def days_with_data(
    company: Company, wholes: Iterable[ElementaryActivity], year: Span
) -> DaysWithData | None:
    """The days of a reporting year with activity data; None where they are most of its days."""
    covered: set[int] = set()
    for whole in wholes:
        for span in _spans(company, whole) if whole.span.overlap(year) else ():
            both = span.overlap(year)
            if both:
                covered.update(range(both.first.toordinal(), both.last.toordinal() + 1))
        if 2 * len(covered) >= year.days:
            return None
    if not covered:
        return None
    first = year.first.fromordinal(min(covered))
    last = year.first.fromordinal(max(covered))
    return DaysWithData(len(covered), year.days, Span(first, last))


def _spans(company: Company, whole: ElementaryActivity) -> Iterator[Span]:
    """The days of each part of a sum; of a table's those of its rows, not of their month."""
    if whole.split is None:
        yield from covered(whole)
    elif whole.table:
        yield from (span for part in whole.split() for span in covered(part))
    else:
        names = (whole.activity, *whole.others)
        yield from (company.span_of(company.activities[name].period) for name in names)


def year_note(
    company: Company, wholes: Sequence[ElementaryActivity], year: Span, found: DaysWithData
) -> str:
    """What stands in the notes of such a year, with the newest year that has more of its days."""
    name = company.year.name_of
    there = f"{found.hull.first} to {found.hull.last}"
    text = (f"activity data cover {found.days} of {found.of} days of {name(year.last)}"
            f" ({there}): its totals are not those of a whole year")  # fmt: skip
    fuller = _fuller(company, wholes, name(year.last))
    return f"{text}; {fuller} has data of most days: `--period {fuller}`" if fuller else text


def _fuller(company: Company, wholes: Sequence[ElementaryActivity], asked: int) -> int | None:
    """The newest other reporting year of which most days have data."""
    name = company.year.name_of
    years = {
        year
        for span in {whole.span for whole in wholes}
        for year in range(name(span.first), name(span.last) + 1)
    }
    for year in sorted(years - {asked}, reverse=True):
        span = company.year.span(year)
        there = [whole for whole in wholes if whole.span.overlap(span)]
        if there and days_with_data(company, there, span) is None:
            return year
    return None
