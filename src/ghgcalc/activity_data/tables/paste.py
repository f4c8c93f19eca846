"""The YAML that names a table's unknown texts, ready to be pasted below the table.

What only the reader knows stands as `…`, which is refused: nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.core.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ghgcalc.activity_data.tables.keys import KeyReader
    from ghgcalc.company.table import Table

OPEN = "…"
_MOST_COMPARED = 1_000  # texts for which a near name is looked up


class Entry(NamedTuple):
    """A text, how many rows have it, where the first one stands, and what it may mean."""

    text: str
    rows: int
    first: str
    near: str | None = None


def entries_of(
    column: str, found: Iterable[Entry], known: Collection[str], keys: KeyReader
) -> list[Entry]:
    """One entry for each text, with a known name where it is a slip of one."""
    merged: dict[str, Entry] = {}
    for entry in found:
        other = merged.get(entry.text)
        rows = entry.rows + (other.rows if other else 0)
        merged[entry.text] = entry._replace(rows=rows, first=other.first if other else entry.first)
    names = sorted(known) if column in {"facility", "item", "supplier"} else []
    return [
        entry._replace(near=_near(entry.text, names, column, keys))
        if number < _MOST_COMPARED
        else entry
        for number, entry in enumerate(merged.values())
    ]


def _near(text: str, names: list[str], column: str, keys: KeyReader) -> str | None:
    if text in getattr(keys.table.names, column, {}):
        return None  # translated, to something that is not known
    near = nearest(text, names)
    return getattr(keys.table.names, column, {}).get(near, near) if near else None


def where_of(column: str, table: Table) -> str:
    """Where such lines belong."""
    if column == "item":
        return "add each to the table's `items:`, with its category"
    also = {"facility": ", or add it to `facilities:`", "supplier": ", or add it to `suppliers:`"}
    inside = bool(getattr(table.names, column, None))
    what = f"under the table's `names:`, `{column}:`" if inside else "under the table's `names:`"
    return f"translate each {what}{also.get(column, '')}"


def lines_of(column: str, table: Table, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The lines, from the first key that the table does not have yet."""
    inside = bool(getattr(table.names, column, None))
    if column == "item":
        keys = [] if table.items else ["items:"]
    elif inside:
        keys = []
    else:
        keys = [f"{column}:"] if table.names.model_fields_set else ["names:", f"{column}:"]
    deep = 6 if column == "item" else 8
    start = deep - 2 * len(keys)
    heads = [" " * (start + 2 * place) + key for place, key in enumerate(keys)]
    return (*heads, *(" " * deep + _line(column, entry) for entry in entries))


def _line(column: str, entry: Entry) -> str:
    rows = f"{entry.rows:,} row{'s' if entry.rows > 1 else ''}, first {entry.first}"
    if column == "item":
        near = f"; did you mean `{entry.near}`?" if entry.near else ""
        return f"{scalar(entry.text)}: {{category: {OPEN}}}  # {rows}{near}"
    value = scalar(entry.near) if entry.near else OPEN
    return f"{scalar(entry.text)}: {value}  # {rows}"
