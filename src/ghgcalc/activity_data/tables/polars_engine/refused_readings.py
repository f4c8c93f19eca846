"""Readings that are refused: the days between their neighbours, of which nothing can be said.

A difference over a refused reading is no answer to how much was used before it and after it, so a
finding of such a row speaks of all these days. Where the meter has no good reading before or after
it, they go on without an end: nobody knows to which day it would have divided.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.reading_times import days_between
from ghgcalc.company.readings import Readings
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR, ONE_DAY, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan

# first and last day that a refused row speaks of; null in rows that are differences
COLUMNS = ("about_first", "about_last")
_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)

Key = tuple[str | None, ...]  # None: the text is refused, and could be any


def with_names(frame: pl.DataFrame, plan: TablePlan) -> pl.DataFrame:
    """Add `named`: whether facility, item and unit of a reading are known."""
    import polars as pl

    frame = frame.with_columns(named=pl.lit(value=True))
    for name in plan.named:
        text = pl.col(name).fill_null("")
        unknown = _unknown(frame.select(text)[name].unique().to_list(), name, plan)
        frame = frame.with_columns(named=pl.col("named") & ~text.is_in(unknown))
    return frame


def _unknown(texts: Iterable[str], name: str, plan: TablePlan) -> list[str]:
    return [text for text in texts if plan.keys.code(name, text)]


def with_days(
    bad: pl.DataFrame, good: pl.DataFrame, keys: Sequence[str], plan: TablePlan
) -> pl.DataFrame:
    """Add `COLUMNS` to refused readings; null where the day of one cannot be read."""
    import polars as pl

    taken = (plan.places.table.readings or Readings()).taken
    cells = [pl.col(name).fill_null("").str.strip_chars() for name in keys]
    wrong = {
        name: set(_unknown(bad[name].fill_null("").unique().to_list(), name, plan))
        for name in keys if name in plan.named
    }  # fmt: skip
    wrong = {name: {text.strip() for text in texts} for name, texts in wrong.items()}
    days = _by_key(good.select(*cells, "on").unique().rows())
    found: dict[tuple[Key, date], Span] = {}
    merged: dict[Key, list[list[date]]] = {}
    asked = bad.select(*cells, "on").rows()
    spans: list[Span | None] = []
    for *texts, on in asked:
        if on is None:
            spans.append(None)
            continue
        key = tuple(
            None if text in wrong.get(name, ()) else text
            for name, text in zip(keys, texts, strict=True)
        )
        if (key, on) not in found:
            if key not in merged:
                merged[key] = _alike(key, days)
            found[key, on] = _between(on, merged[key], taken)
        spans.append(found[key, on])
    schema = dict.fromkeys(COLUMNS, pl.Date)
    ends = [(None, None) if span is None else (span.first, span.last) for span in spans]
    return bad.hstack(pl.DataFrame(ends, schema=schema, orient="row"))


def _by_key(rows: Iterable[tuple[object, ...]]) -> dict[tuple[str, ...], list[date]]:
    """The days of the good readings of each counter, in order."""
    found: dict[tuple[str, ...], list[date]] = {}
    for *texts, on in rows:
        assert isinstance(on, date)
        found.setdefault(tuple(str(text) for text in texts), []).append(on)
    return {key: sorted(days) for key, days in found.items()}


def _alike(key: Key, days: Mapping[tuple[str, ...], list[date]]) -> list[list[date]]:
    """The days of the counters that a refused reading may be of."""
    if None not in key:
        return [days.get(tuple(text or "" for text in key), [])]
    return [
        known for other, known in days.items()
        if all(mine in {None, its} for mine, its in zip(key, other, strict=True))
    ] or [[]]  # fmt: skip


def _between(on: date, counters: Iterable[list[date]], taken: str) -> Span:
    """From the reading before a day to the one after it, of all counters that it may be of."""
    first, last = on, on
    for days in counters:
        before, after = bisect_left(days, on), bisect_right(days, on)
        earlier = days[before - 1] if before else None
        later = days[after] if after < len(days) else None
        whole = days_between(earlier or on, later or on + ONE_DAY, taken)
        first = min(first, _FIRST if earlier is None else whole.first)
        last = max(last, _LAST if later is None else whole.last)
    return Span(first, last)
