"""Estimates of one meter that its readings replace (`replaces: estimated`).

An estimate goes where rows that are none cover each of its days. What is less clear is asked about:
nothing is prorated, and no part of an estimate is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.nesting import Row, credited
from ghgcalc.core.period import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.core.period import Span


class Doubt(Enum):
    """Why it is open whether an estimate is replaced."""

    PARTLY = "partly"  # some of its days stand in no other row
    SEVERAL = "several"  # several estimates share its days, and rows do not replace one each
    CORRECTED = "corrected"  # a correction may have taken it back already
    CLOCK = "clock"  # times within a day, whose days say nothing


class Estimate(NamedTuple):
    """An estimate beside another row of its meter; no doubt where that replaces it."""

    row: Row
    other: Row
    doubt: Doubt | None = None


def estimates_beside(rows: Sequence[Row], longest_clock: int = 0) -> list[Estimate]:
    """The estimates of a meter over whose days rows stand that are none, in order of position.

    One that was credited as a whole stands for no days.

    Args:
        rows: all rows of the meter at a facility, of one item.
        longest_clock: stretches of that many days or fewer are of times within a day.
    """
    back = credited(rows)
    rows = [row for row in rows if row.position not in back]
    estimates = _Sorted([row for row in rows if row.estimated and not row.corrects])
    read = _Sorted([row for row in rows if not row.estimated and not row.corrects])
    corrections = _Sorted([row for row in rows if row.corrects])
    found = []
    for row in estimates.rows:
        others = read.sharing(row.span)
        if not others:
            continue
        corrected = corrections.sharing(row.span)
        if row.span.days <= longest_clock:
            doubt: Doubt | None = Doubt.CLOCK
        elif corrected:
            doubt = Doubt.CORRECTED
        elif not _covered(row.span, others):
            doubt = Doubt.PARTLY
        elif not _one_each(row, estimates.sharing(row.span), others):
            doubt = Doubt.SEVERAL
        else:
            doubt = None
        other = corrected[0] if doubt is Doubt.CORRECTED else others[0]
        found.append(Estimate(row, other, doubt))
    return sorted(found, key=lambda each: each.row.position)


def _one_each(row: Row, estimates: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether an estimate stands alone over its days, or each of several has a row of its own."""
    if len(estimates) == 1:
        return True
    same = {each.span for each in (*estimates, *others)} == {row.span}
    return same and len(estimates) == len(others)


def _covered(span: Span, others: Sequence[Row]) -> bool:
    """Whether rows in the order of their first days cover each day."""
    day = span.first
    for each in others:
        if each.span.first > day:
            return False
        day = max(day, each.span.last + ONE_DAY)
    return day > span.last


class _Sorted:
    """Rows in the order of their first days, found by the days that they share."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = sorted(rows)
        self._firsts = [row.span.first for row in self.rows]
        self._reach = list(accumulate((row.span.last for row in self.rows), max))

    def sharing(self, span: Span) -> list[Row]:
        """The rows with a day of a span."""
        start = bisect_left(self._reach, span.first)
        end = bisect_right(self._firsts, span.last)
        return [row for row in self.rows[start:end] if row.span.last >= span.first]
