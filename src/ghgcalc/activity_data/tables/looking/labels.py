"""Columns in which a label stands once for the rows below it: `read: {fill_down: …}`."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.columns import value_of
from ghgcalc.activity_data.tables.looking.words import (
    hinted,
    names_unit,
    sort_of,
    takes_away,
    tells_flow,
    tells_reads,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_TIMES = frozenset({"day", "month", "year", "range"})
_TEXTS = frozenset({"text", "id", "unit"})
_NUMBERED = frozenset({"numbered", "meter", "dated"})


def with_labels(columns: Sequence[Column], rows: Sequence[int]) -> list[Column]:
    """The columns, those of labels filled down where each row has something of its own beside.

    A row of numbers alone below its labels may be the sum of the rows above; a column in which a
    row without label is the sum of rows above it stays as it is.
    """
    amounts = [c for c in columns if c.kind == "number"]
    made = [
        column if new.labels and any(sums_without_label(c, column) for c in amounts) else new
        for column in columns for new in (filled_down(column, rows),)
    ]  # fmt: skip
    own = {row for column in made if not column.labels and column.kind not in ("number", "empty")
           for row, _ in column.cells}  # fmt: skip
    return made if own.issuperset(rows) else list(columns)


def filled_down(column: Column, rows: Sequence[int]) -> Column:
    """The column with its labels in the cells below them, where it looks like one of labels.

    Its first row has one, half of its rows or more are empty, most labels hold for several rows,
    and no label follows itself.

    Args:
        column: as it stands in the file.
        rows: the numbers of the rows of data.
    """
    cells = dict(column.cells)
    if column.misfits or column.missing or not (rows and _labels(column) and rows[0] in cells):
        return column
    starts = [place for place, row in enumerate(rows) if row in cells]
    lengths = [b - a for a, b in pairwise([*starts, len(rows)])]
    texts = [cells[rows[place]] for place in starts]
    repeated = any(a == b for a, b in pairwise(texts))
    if len(starts) * 2 > len(rows) or sum(n > 1 for n in lengths) * 2 < len(lengths) or repeated:
        return column
    last, made = "", []
    for row in rows:
        last = cells.get(row, last)
        made.append((row, last))
    kind = "text" if column.kind == "id" else column.kind
    return column._replace(cells=made, empty=0, labels=len(starts), kind=kind)


def sums_without_label(amounts: Column, labels: Column) -> bool:
    """Whether a row without label is the sum of two or more rows: below its label, or all above."""
    named = {row for row, _ in labels.cells}
    group, every, rows, all_rows = Decimal(0), Decimal(0), 0, 0
    for row, text in amounts.cells:
        value = value_of(amounts, text) or Decimal(0)
        if row in named:
            group, rows = Decimal(0), 0
        elif value and ((rows > 1 and value == group) or (all_rows > 1 and value == every)):
            return True
        group, every, rows, all_rows = group + value, every + value, rows + 1, all_rows + 1
    return False


def _labels(column: Column) -> bool:
    """Whether heading and kind are those of labels, not of marks or amounts."""
    if not column.empty:
        return False
    if column.kind in _TIMES:
        return True
    name, texts = column.name, {text for _, text in column.cells}
    if column.kind == "number":
        return sort_of(name, has_unit=False) in _NUMBERED or hinted("facility", name)
    if column.kind not in _TEXTS or any(takes_away(t) or tells_flow(t) for t in texts):
        return False
    named = any(hinted(role, name) for role in ("facility", "item", "meter")) or names_unit(name)
    return named and not tells_reads(name, texts)
