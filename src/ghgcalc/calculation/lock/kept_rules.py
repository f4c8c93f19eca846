"""Reporting years that were locked before a rule: they keep their figures, and the report says so.

`ghgcalc lock --upgrade` moves them to today's rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.lock.model import ANNUAL_RATE, CONTRACT_DAYS
from ghgcalc.company.contracts import days_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import Span


def _tail(year: int) -> str:
    return f"`ghgcalc lock --upgrade --dry-run --period {year}` shows the effect of the rule"


def years_before(lock: Lock | None, rule: str) -> frozenset[int]:
    """The reporting years that stay as they were locked before there was a rule."""
    return lock.years_before(rule) if lock is not None else frozenset()


def kept_notes(
    company: Company, lock: Lock | None, wholes: Iterable[ElementaryActivity], span: Span
) -> list[str]:
    """What stands in a period as it was locked before a rule of today, by year and id."""
    notes = []
    name = company.year.name_of
    asked = range(name(span.first), name(span.last) + 1)
    for year in sorted(years_before(lock, CONTRACT_DAYS) & set(asked)):
        ids = [
            key
            for key, instrument in company.instruments.items()
            if year_of(company, instrument) == year and days_of(company, instrument) is not None
        ]
        if ids:
            notes.append(
                f"{year} was locked before contracts had days: {', '.join(ids)} matched over the"
                f" whole year; {_tail(year)}"
            )
    for year in sorted(years_before(lock, ANNUAL_RATE) & set(asked)):
        days = company.year.span(year)
        ids = [w.id for w in wholes if w.former is not None and w.span.overlap(days)]
        if ids:
            notes.append(
                f"{year} was locked before annual leak rates counted by days: {', '.join(ids)} with"
                f" the rate of a whole year; {_tail(year)}"
            )
    return notes
