"""Rows of one supply whose days lie inside one another: subtotals, and days that stand twice.

Several meters of a site overlap rightly, so overlap alone proves nothing. A row that equals the sum
of two or more rows inside its days is their subtotal; one whose days others cover is in doubt.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.period import ONE_DAY, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

LEAST = 2  # rows that make a sum


class Row(NamedTuple):
    """A row of a supply: its days, its place, its exact count, whether it corrects or estimates."""

    span: Span
    position: int
    scaled: int
    corrects: bool = False
    estimated: bool = False


def credited(rows: Iterable[Row]) -> frozenset[int]:
    """The places of bills that a correction of the same days takes back exactly, and of these.

    Each correction takes back one bill, the first of its amount: a bill made again stands.
    """
    bills: dict[tuple[Span, int], list[int]] = {}
    returns: dict[tuple[Span, int], list[int]] = {}
    for row in rows:
        if row.scaled > 0 and not row.corrects:
            bills.setdefault((row.span, row.scaled), []).append(row.position)
        elif row.scaled < 0 and row.corrects:
            returns.setdefault((row.span, -row.scaled), []).append(row.position)
    pairs = (
        pair
        for key, places in returns.items()
        for pair in zip(places, bills.get(key, ()), strict=False)
    )
    return frozenset(place for pair in pairs for place in pair)


class Nest(NamedTuple):
    """A row and the rows inside its days: how many, the first of them, and whether it is their sum.

    `sum` is that of the rows inside.
    """

    outer: Row
    inside: int
    first: int
    sum: int
    equal: bool


def contained(spans: Iterable[Span]) -> bool:
    """Whether one of some different spans lies inside another one."""
    last = None
    for span in sorted(set(spans), key=lambda span: (span.first, -span.last.toordinal())):
        if last is not None and span.last <= last:
            return True
        last = span.last
    return False


def nests(rows: Iterable[Row], least_days: int = 1) -> Iterator[Nest]:
    """The rows that are the sum of rows inside them, and those whose every day others cover.

    Args:
        rows: those of one supply; a row that is a subtotal is no part of another sum.
        least_days: spans shorter than that hold no others: a time of day is more than its days.
    """
    by_span: dict[Span, list[Row]] = {}
    for row in rows:
        by_span.setdefault(row.span, []).append(row)
    sums = _Sums(sorted({span.first for span in by_span}))
    honest: list[Span] = []
    # what lies inside a span comes before it
    for span in sorted(by_span, key=lambda span: (span.last, -span.first.toordinal())):
        here, inside = by_span[span], sums.since(span)
        gone: set[int] = set()
        if inside.rows >= LEAST and span.days >= least_days:
            found = list(_judged(here, inside))
            gone = {each.outer.position for each in found if each.equal}
            covered = bool(found) and (len(gone) == len(found) or _cover(span, honest))
            yield from (each for each in found if each.equal or covered)
        left = [row for row in here if row.position not in gone]
        if left:
            honest.append(span)
            sums.add(span, left)


def _judged(here: Sequence[Row], inside: _Inside) -> Iterator[Nest]:
    """Rows of equal days beside what lies inside them; together they may be a subtotal."""
    asked = [row for row in here if row.scaled and not row.corrects]
    wanted = {inside.total, inside.plain} - {0}
    together = len(asked) > 1 and sum(row.scaled for row in asked) in wanted
    for row in asked:
        equal = together or row.scaled in wanted
        total = inside.plain if row.scaled == inside.plain else inside.total
        yield Nest(row, inside.rows, inside.first, total, equal)


def _cover(span: Span, honest: Sequence[Span]) -> bool:
    """Whether spans inside one, in the order of their last days, cover each of its days."""
    start = bisect_left(honest, span.first, key=lambda each: each.last)
    inner = [each for each in honest[start:] if span.holds(each)]
    day = span.first
    for each in sorted(inner):
        if each.first > day:
            return False
        day = max(day, each.last + ONE_DAY)
    return day > span.last


class _Inside(NamedTuple):
    """What lies inside a span: rows, the first of them, their sum, and that without corrections."""

    rows: int
    first: int
    total: int
    plain: int


class _Sums:
    """Sums of rows by first day, taken in the order of last days (a Fenwick tree)."""

    def __init__(self, firsts: list[date]) -> None:
        self._firsts = firsts
        size = len(firsts) + 1
        self._rows, self._total, self._plain = [0] * size, [0] * size, [0] * size
        self._first: list[int | None] = [None] * size

    def add(self, span: Span, rows: Sequence[Row]) -> None:
        """Take the rows of a span."""
        total = sum(row.scaled for row in rows)
        plain = sum(row.scaled for row in rows if not row.corrects)
        first = min(row.position for row in rows)
        place = len(self._firsts) - bisect_left(self._firsts, span.first)
        while place < len(self._rows):
            self._rows[place] += len(rows)
            self._total[place] += total
            self._plain[place] += plain
            known = self._first[place]
            self._first[place] = first if known is None else min(known, first)
            place += place & -place

    def since(self, span: Span) -> _Inside:
        """The rows taken that begin on or after the first day of a span."""
        rows = total = plain = 0
        first: int | None = None
        place = len(self._firsts) - bisect_left(self._firsts, span.first)
        while place:
            rows += self._rows[place]
            total += self._total[place]
            plain += self._plain[place]
            known = self._first[place]
            if known is not None:
                first = known if first is None else min(known, first)
            place -= place & -place
        return _Inside(rows, first or 0, total, plain)
