"""Days of a month as bits of a whole number, which an engine joins as it groups rows.

Segments lie within a month, so that the days on which a key has rows are one number of 31 bits,
whatever the number of rows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ghgcalc.core.period import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


def day_mask(first: date, last: date) -> int:
    """The days of a stretch within one month; the first of the month is the lowest bit."""
    return (1 << last.day) - (1 << (first.day - 1))


def stretches_of(mask: int, segment: Span) -> Iterator[Span]:
    """The stretches of days of a mask, in the month of a segment, in order."""
    start = segment.first - timedelta(days=segment.first.day - 1)
    day = 0
    while mask >> day:
        if mask >> day & 1:
            first = day
            while mask >> day & 1:
                day += 1
            yield Span(start + timedelta(days=first), start + timedelta(days=day - 1))
        else:
            day += 1
