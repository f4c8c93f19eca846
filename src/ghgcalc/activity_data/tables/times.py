"""The time of a row: refusals of its cells, periods, and segments between cuts and month ends."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.period import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_DAY,
    PeriodSpec,
    ReportingYear,
    Span,
    month_span,
    months_of,
    split_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class Slip(NamedTuple):
    """A cell that is refused: our name of its column, and the code."""

    column: str
    code: str


class Calendar:
    """Cut dates and month starts: in which segment does a day lie."""

    def __init__(self, cuts: Iterable[date]) -> None:
        self._cuts = sorted(set(cuts))

    def segment(self, day: date) -> Span:
        """The piece of time between cut dates and month ends that holds the day."""
        month = month_span(day.year, day.month)
        place = bisect_right(self._cuts, day)
        first = max(month.first, self._cuts[place - 1]) if place else month.first
        if place < len(self._cuts):
            return Span(first, min(month.last, self._cuts[place] - ONE_DAY))
        return Span(first, month.last)

    def pieces(self, span: Span) -> list[Span]:
        """Tile a span by the segments it touches."""
        starts = [common.first for _, common in months_of(span)]
        return split_at(span, [*starts, *self._cuts])


def resolve_period(spec: PeriodSpec, year: ReportingYear) -> Span | None:
    """First and last day of a period, or None when it lies outside the years we know."""
    try:
        span = year.resolve(spec)
    except (ValueError, OverflowError):
        return None
    return span if span.first.year >= FIRST_YEAR and span.last.year <= LAST_YEAR else None
