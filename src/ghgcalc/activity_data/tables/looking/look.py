"""A look at a file: rows, columns, what cannot be told, and a `tables:` block to review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.block_units import said_beside
from ghgcalc.activity_data.tables.looking.columns import columns_of
from ghgcalc.activity_data.tables.looking.labels import with_labels
from ghgcalc.activity_data.tables.looking.of_format import by_format
from ghgcalc.activity_data.tables.looking.opened import open_file
from ghgcalc.activity_data.tables.looking.proposal import propose
from ghgcalc.activity_data.tables.looking.roles import has_amounts, roles_of
from ghgcalc.activity_data.tables.looking.shape import Shape, shape_of
from ghgcalc.company.looked import Look, LookedColumn

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles

_SAMPLES, _ODD = 3, 5


def look(path: Path, sheet: str | None = None) -> Look:
    """Look at a file.

    Args:
        path: a text, workbook or Parquet file; text may be packed by gzip.
        sheet: the one of a workbook; else that with the most cells.

    Raises:
        FileRefused: it is no table.
        OSError: it cannot be read.
    """
    opened = open_file(path, sheet)
    shape = shape_of(opened.rows)
    columns = columns_of(shape)
    if opened.kind != "parquet" and not shape.blanks.rows:  # whose cells are never merged
        columns = with_labels(columns, [row for row, _ in shape.rows])
    roles = roles_of(columns, _beside(shape))
    roles = roles._replace(said=said_beside(shape, roles))
    portal = by_format(path, opened, shape)
    made = portal or propose(path, opened, shape, roles)
    facts = (*opened.facts, ("headings", _headings(shape)), ("rows", _rows(shape)))
    return Look(
        path.as_posix(), opened.kind, facts,
        tuple(_shown(column, roles) for column in columns), len(shape.rows), opened.whole,
        tuple(made.questions), tuple(made.lines), dict(opened.facts).get("sheet", ""),
        made.facilities, made.years, portal is not None or has_amounts(roles),
    )  # fmt: skip


def _headings(shape: Shape) -> str:
    if not shape.header:
        return "none: the first row holds data"
    rows = " and ".join(map(str, shape.header))
    above = f", below {len(shape.above)} other rows" if shape.above else ""
    return f"row{'s' if len(shape.header) > 1 else ''} {rows}{above}"


def _beside(shape: Shape) -> list[tuple[str, str]]:
    """The lines above the headings and the closing notes, each with its row."""
    rows = [*shape.above, *(row for rows in shape.notes.values() for row in rows)]
    return [(f"row {row}", " ".join(filter(None, cells))) for row, cells in rows]


def _rows(shape: Shape) -> str:
    sums = sum(map(len, shape.totals.values()))
    sums += len(shape.blanks.rows) if shape.blanks.sums else 0
    return f"{len(shape.rows):,} of data" + (f", {sums:,} that add up others" if sums else "")


def _shown(column: Column, roles: Roles) -> LookedColumn:
    rising = roles.rising and column is roles.by.get("quantity")
    texts = [*dict.fromkeys(text for _, text in column.cells)]
    return LookedColumn(
        column.name, "reading" if rising else column.kind, _forms(column), len(column.cells),
        len(texts), tuple(texts[:_SAMPLES]), column.missing, column.odd[:_ODD],
    )  # fmt: skip


def _forms(column: Column) -> tuple[str, ...]:
    number = column.number
    if number is None:
        return column.forms
    forms = [
        f"decimal `{decimal}`" + (f", thousands {_sign(group)}" if group else "")
        for decimal, group in number.signs
    ]
    if len(forms) == 1 and not number.decimals and not number.signs[0][1]:
        forms = ["whole numbers"]
    beside = [f"with {', '.join(number.words)}"] if number.words else []
    beside += [name.replace("_", " ") for name in number.negative]
    beside += ["percent"] if number.percent else []
    return tuple(f"{form}{', ' if beside else ''}{', '.join(beside)}" for form in forms)


def _sign(group: str) -> str:
    names = {" ": "space", "\u00a0": "U+00A0", "\u202f": "U+202F"}
    return names.get(group, f"`{group}`")
