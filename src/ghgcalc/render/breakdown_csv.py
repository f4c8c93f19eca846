"""A breakdown as CSV: the records of the JSON's `by_…`, one per row, keys joined by `_`."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from ghgcalc.render.csv import guarded, render_csv
from ghgcalc.render.json.inventory import breakdown_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.style import Style

_MARK = "\0"  # before numbers, which are already text


def csv_form(inventory: Inventory, style: Style) -> str:
    """An inventory in the format `csv`: its lines, or the breakdown asked for."""
    if style.by is not None:
        return render_breakdown_csv(inventory, style.by)
    return render_csv(inventory)


def render_breakdown_csv(inventory: Inventory, by: str) -> str:
    """Render one breakdown; an empty cell means not evaluated or not applicable."""
    rows = [dict(_flat(record)) for record in breakdown_records(inventory, by)]
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows[0] if rows else [by])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return stream.getvalue()


def _flat(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        name = f"{before}_{key}" if before else key
        if isinstance(value, dict):
            yield from _flat(value, name)
        else:
            yield name, value


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    return text[1:] if text.startswith(_MARK) else guarded(text)
