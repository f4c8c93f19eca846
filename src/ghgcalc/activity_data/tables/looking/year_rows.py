"""Cells of another kind among times, such as years as labels above their months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.kinds import is_year
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.looking.columns import Column

_MOST_NAMED = 6


def labels_of(column: Column) -> tuple[tuple[int, str], ...]:
    """The rows of such labels in a column of months without a year; none where others misfit."""
    bare = column.kind == "month" and "Y" not in column.forms[0]
    alike = bool(column.misfits) and all(is_year(text) for _, text in column.misfits)
    return column.misfits if bare and alike else ()


def read_of_labels(column: Column) -> dict[str, str]:
    """`year:` and `last_row:`, left open: a table reads the months of one year."""
    rows = labels_of(column)
    first = f"{OPEN}  # {rows[0][1]}, which stands above its months"
    if len(rows) == 1:
        return {"year": first}
    above = rows[1][0] - 1
    return {"year": first, "last_row": f"{OPEN}  # {above}, above `{rows[1][1]}`"}


def asked_of_labels(column: Column) -> list[str]:
    """That each year has months of its own, and how each is read."""
    rows = labels_of(column)
    if not rows:
        return []
    listed = ", ".join(f"`{text}` (row {row})" for row, text in rows[:_MOST_NAMED])
    row, text = rows[-1]
    told = f"time: {listed} of `{column.name}` stand above months as their year"
    if len(rows) == 1 and row <= min(at for at, _ in column.cells):
        return [told.replace("stand above", "stands above")]
    typed = f'`header_row: {row}`, `columns: {{period: "{text}", …}}` and `year: {text}`'
    return [f"{told}, and a `year:` holds for all rows of a table: a table for each, which ends"
            f" above the next year (`last_row:`); from the second on the row of the year is its"
            f" row of headings, such as {typed}, where a column without a heading is `#` and its"
            " number from the left, such as `#2`"]  # fmt: skip


def asked_of_misfits(column: Column) -> str:
    """Cells of another kind, such as those of sums, and how they are left out."""
    rows = ", ".join(f"`{text}` (row {row})" for row, text in column.misfits[:_MOST_NAMED])
    texts = ", ".join(dict.fromkeys(scalar(text) for _, text in column.misfits))
    return (f"rows: {rows} of `{column.name}` are no {column.kind}s as the others, and are refused:"
            f" rows that add up others are left out by `filter: {{{scalar(column.name)}:"
            f" {{not_equals: [{texts}]}}}}`")  # fmt: skip
