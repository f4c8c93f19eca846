"""The sheets of a filled-in template: its form, its rows, and what must not be read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.company.collect.labels import text_of
from ghgcalc.company.collect.rows import (
    ASKED_AT,
    ASKED_HEAD,
    COLUMNS,
    DATA,
    FACILITY_AT,
    FIELDS,
    FORM,
    FORM_AT,
    GUIDE,
    LISTS,
    PERIOD_AT,
)
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome
from ghgcalc.core.text.scripts import composed
from ghgcalc.factors.importers.grid import SheetLocation, cell_text, letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.core.text.sheet_layout import Layout

_Cells = list[list[Any]]


class SheetRow(NamedTuple):
    """A row of the data sheet: its number, and its cells by key, as they stand there."""

    number: int
    cells: dict[str, str]

    def text(self, key: str) -> str:
        """A cell as the company file says it: an id for a label."""
        return text_of(key, self.cells[key])


class FilledForm(NamedTuple):
    """A workbook that came back.

    Attributes:
        facility: as written on its first sheet; `NO_FACILITY` for lines of none.
        rows: those with anything in them.
        asked: the ids that it was sent out with; None where it does not say (older forms).
    """

    facility: str
    period: str
    rows: list[SheetRow]
    asked: list[str] | None


def cell_at(shown: str, row: int, key: str) -> Location:
    """The cell of a row and a key of the data sheet."""
    return SheetLocation(f"{shown}:{DATA}", row, COLUMNS[key])


def cell_name(row: int, key: str) -> str:
    """How a cell is cited: `Activity data!J7`."""
    return f"{DATA}!{letters(COLUMNS[key])}{row}"


def read_form(path: Path, shown: str) -> Outcome[FilledForm | None]:
    """Read the sheets of a filled-in template.

    Diagnosed: `unreadable-file`, `wrong-shape`; as in tables, `workbook-layout` for hidden rows
    and merged cells that hold something, and `formula-without-value`.
    """
    from ghgcalc.core.text.sheet_layout import read_layout
    from ghgcalc.factors.importers.common import ImportSourceError, sheet_rows, workbook

    try:
        with workbook(path) as book:
            sheets = {name: sheet_rows(book, name, path.name) for name in book.sheetnames}
            problem = _shape(sheets, shown)
            if problem is not None:
                return Outcome(None, (problem,))
            layout = read_layout(path, str(getattr(book[DATA], "_worksheet_path", "")))
    except ImportSourceError as error:
        where, hint = Location(shown, 1, 1), "save it as .xlsx from a spreadsheet"
        return Outcome(None, (Diagnostic("unreadable-file", str(error), where, hint=hint),))
    guide = sheets[GUIDE]
    every = [SheetRow(number, _texts(cells)) for number, cells in enumerate(sheets[DATA][1:], 2)]
    rows = [row for row in every if any(row.cells.values())]
    found = tuple(_unseen(shown, rows, layout))
    form = FilledForm(
        composed(_at(guide, *FACILITY_AT)), _at(guide, *PERIOD_AT), rows,
        _asked(sheets.get(LISTS, [])),
    )  # fmt: skip
    return Outcome(None if found else form, found)


def _at(rows: _Cells, row: int, column: int) -> str:
    cells = rows[row - 1] if row <= len(rows) else []
    return cell_text(cells[column - 1]) if column <= len(cells) else ""


def _shape(sheets: dict[str, _Cells], shown: str) -> Diagnostic | None:
    """Whether this is a template at all, with its columns in place."""
    hint = "write a new one with `ghgcalc template` and copy the quantities"
    if GUIDE not in sheets or DATA not in sheets or _at(sheets[GUIDE], *FORM_AT) != FORM:
        text = f"`{shown}` is not a template of ghgcalc ({FORM})"
        return Diagnostic("wrong-shape", text, Location(shown, 1, 1), hint=hint)
    for column in FIELDS:
        found = _at(sheets[DATA], 1, COLUMNS[column.key])
        if found != column.heading:
            text = f"heading `{column.heading}` expected, found `{found}`"
            return Diagnostic("wrong-shape", text, cell_at(shown, 1, column.key), hint=hint)
    return None


def _texts(cells: list[Any]) -> dict[str, str]:
    return {
        column.key: _form(column.key, cell_text(cells[place])) if place < len(cells) else ""
        for place, column in enumerate(FIELDS)
    }


def _form(key: str, text: str) -> str:
    """A cell in NFC, as texts are compared; names of documents keep the signs of the disk."""
    return text if key == "evidence" else composed(text)


def _asked(lists: _Cells) -> list[str] | None:
    """The ids that the form was sent out with."""
    row, column = ASKED_AT
    if _at(lists, row, column) != ASKED_HEAD:
        return None
    ids = (_at(lists, number, column) for number in range(row + 1, len(lists) + 1))
    return [composed(name) for name in ids if name]


def _unseen(shown: str, rows: list[SheetRow], layout: Layout) -> Iterator[Diagnostic]:
    """What a reader of the sheet would not see: hidden rows, merged cells, formulas unworked."""
    hidden = [row.number for row in rows if row.number in layout.hidden]
    if hidden:
        some = ", ".join(map(str, hidden[:5])) + (" …" if len(hidden) > 5 else "")
        yield Diagnostic(
            "workbook-layout",
            f"sheet `{DATA}` hides rows {some} that are filled in, {len(hidden):,} in all",
            cell_at(shown, hidden[0], "id"),
            hint="show the rows; delete those that do not count",
        )
    numbers = {row.number for row in rows}
    for first, left, last, _ in layout.merged:
        if last > 1 and left < len(FIELDS) and numbers & set(range(first, last + 1)):
            yield Diagnostic(
                "workbook-layout",
                f"sheet `{DATA}` has merged cells from `{letters(left + 1)}{first}`: only the"
                " first holds a value",
                SheetLocation(f"{shown}:{DATA}", first, left + 1),
                hint="split them and write the value into each row",
            )
    for row, columns in sorted(layout.hollow.items()):
        for column in sorted(columns & set(range(len(FIELDS)))):
            yield Diagnostic(
                "formula-without-value",
                f"the formula of `{letters(column + 1)}{row}` has no stored value",
                SheetLocation(f"{shown}:{DATA}", row, column + 1),
                hint="save the workbook again from a spreadsheet program, which calculates it",
            )
