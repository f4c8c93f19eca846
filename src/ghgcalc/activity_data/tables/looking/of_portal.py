"""A look at a file of a portal that a named format reads: Green Button XML, NEM12."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.formats.registry import FILE_FORMATS, reader_of
from ghgcalc.activity_data.tables.looking.opened import MOST_ROWS
from ghgcalc.activity_data.tables.looking.proposal import first_lines
from ghgcalc.activity_data.tables.no_tables import no_table
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.company.looked import Look
from ghgcalc.company.read import Read

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.formats.rows import Apart

_START = 65_536
_COLUMNS = {"facility": "meter", "quantity": "quantity", "unit": "unit", "from": "from",
            "to": "to", "estimated": "estimated"}  # fmt: skip


def look_at_portal(path: Path) -> Look | None:
    """Look at a file of a named format by its reader; None for any other file.

    Raises:
        FileRefused: it is of the format and cannot be read.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        other = no_table(path, stream.read(_START))
    if other is None or not other.format:
        return None
    rows = [
        *islice(
            reader_of(other.format)(path, Read.model_validate({"format": other.format})),
            MOST_ROWS + 1,
        )
    ]
    if not rows:
        raise FileRefused("empty-file", "holds no data", "name a file with readings")
    headings = FILE_FORMATS[other.format].headings
    by = {name: [*dict.fromkeys(row.cells[place] for row in rows if place < len(row.cells))]
          for place, name in enumerate(headings)}  # fmt: skip
    doubts = [each for each in FILE_FORMATS[other.format].apart if _doubtful(each, by)]
    facts = [("format", other.format), *((name, ", ".join(by[name][:8]))
             for name in ("meter", "unit", "flow"))]  # fmt: skip
    years = sorted({int(text[:4]) for text in by["from"]})
    return Look(
        path.as_posix(), "portal", tuple(facts), (), min(len(rows), MOST_ROWS),
        len(rows) <= MOST_ROWS,
        tuple(f"rows: the file {each.says}: {each.hint}" for each in doubts),
        tuple(_lines(path, other.format, by, doubts)), "",
        tuple((meter, f"meter {meter}") for meter in by["meter"]), tuple(years),
    )  # fmt: skip


def _doubtful(apart: Apart, by: dict[str, list[str]]) -> bool:
    """Whether the rows are of several kinds, or of another than the ordinary one."""
    texts = by[apart.heading]
    return len(texts) > 1 or not apart.plain.issuperset(texts)


def _lines(
    path: Path, name: str, by: dict[str, list[str]], doubts: list[Apart]
) -> list[str]:  # fmt: skip
    lines = [*first_lines(path), "    read:", f"      format: {name}", "    columns:",
             *(f"      {ours}: {theirs}" for ours, theirs in _COLUMNS.items()),
             "    constants:", "      item: item"]  # fmt: skip
    if doubts:
        lines.append("    filter:")
    for each in doubts:
        listed = ", ".join(map(scalar, by[each.heading]))
        lines += [f"      {each.heading}:", f"        equals: {OPEN}  # which of [{listed}] count"]
    lines += ["    items:", f"      item: {{category: {OPEN}}}", "    names:", "      facility:"]
    return lines + [f"        {scalar(text)}: {OPEN}" for text in by["meter"]]
