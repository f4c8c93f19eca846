"""Two tables beside each other: *Month, kWh, (empty), Month, kWh* under repeated headings.

A row holds one record of each, so that a time of one table says nothing of amounts of the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_AGAIN: Final = re.compile(r"(.+)#[0-9]+")
_TIMES: Final = frozenset({"day", "month", "range", "year", "period"})


def beside_of(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of time of several tables: one heading, and numbers to the right of each."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        again = _AGAIN.fullmatch(column.name)
        if again is not None and column.kind in _TIMES:
            found.setdefault(again[1], []).append(column)
    numbers = [c.place for c in columns if c.kind == "number"]
    for times in found.values():
        ends = [*(c.place for c in times[1:]), max(c.place for c in columns) + 1]
        if len(times) > 1 and all(any(c.place < at < end for at in numbers)
                                  for c, end in zip(times, ends, strict=True)):  # fmt: skip
            return tuple(times)
    return ()


def told_of_tables(times: Sequence[Column]) -> str:
    """That tables stand beside each other, and how each is read."""
    listed = ", ".join(f"`{c.name}`" for c in times)
    return (f"time: {len(times)} tables stand side by side, each with a column of times of its own"
            f" ({listed}): a table under `tables:` for each, which names that column and the"
            " quantities to the right of it")  # fmt: skip


def named_of(times: Sequence[Column]) -> str:
    """The open place of the times: which of the tables this one reads."""
    return f"{OPEN}  # {' or '.join(scalar(c.name) for c in times)}"
