"""Read a CSV or a sheet into rows of cells that know their place: `file.xlsx:Sheet!C7`."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome
from ghgcalc.core.text.compiled_books import BookRefused, compiled_book
from ghgcalc.core.text.csv_cells import CsvCells
from ghgcalc.factors.importers.common import ImportSourceError, exact, sheet_rows, workbook

if TYPE_CHECKING:
    from ghgcalc.factors.importers.mapping import ImportTable

CellValue = str | int | float | bool | datetime.date | datetime.datetime | None
_ADDRESS = re.compile(r"^([A-Z]{1,3})([1-9]\d{0,6})$")


class SheetLocation(Location):
    """A cell of a workbook; `path` is `file:Sheet`, line and column its row and column."""

    __slots__ = ()

    def __str__(self) -> str:
        """The place as spreadsheets write it."""
        return f"{self.path}!{letters(self.column)}{self.line}"


def letters(column: int) -> str:
    """The letters of a column; 1 is A."""
    text = ""
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


def position(address: str) -> tuple[int, int] | None:
    """Row and column, from 1, of an address such as `C7`."""
    match = _ADDRESS.match(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


@dataclass
class Grid:
    """The cells of one table.

    Attributes:
        shown: file, or file and sheet, as findings name it.
        rows: row number and cells; empty rows are left out.
        lines: the file's lines, for excerpts; empty for workbooks.
        at: where the cell of a row and a column (both from 1) stands.
    """

    shown: str
    sha256: str
    sheet: str | None
    rows: list[tuple[int, list[CellValue]]]
    at: Callable[[int, int], Location]
    lines: list[str] = field(default_factory=list)

    def cell(self, row: int, column: int) -> CellValue:
        """The value of a cell; None outside of the table."""
        cells = next((cells for number, cells in self.rows if number == row), [])
        return cells[column - 1] if 0 < column <= len(cells) else None

    def address(self, row: int, first: int, last: int) -> str:
        """How a locator names cells: `Sheet!C7:E7`, or the row of a CSV."""
        if self.sheet is None:
            return f"{Path(self.shown).name}, line {row}"
        cells = f"{letters(first)}{row}"
        return f"{self.sheet}!{cells}" + (f":{letters(last)}{row}" if last > first else "")


def cell_text(value: CellValue) -> str:
    """A cell as text; numbers as the shortest exact decimal, spaces at the ends removed."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    try:
        return exact(value, "cell")
    except ImportSourceError:  # not finite: a label, refused where a number is read
        return str(value)


def open_grid(path: Path, shown: str, table: ImportTable, sheet_at: Location) -> Outcome[Any]:
    """Read one table of a file; the outcome's value is a `Grid`, or None with what is wrong."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        text = f"`{shown}` cannot be read: {error.strerror or error}"
        return _refused("unreadable-file", text, Location(shown, 1, 1), "check the file")
    digest = hashlib.sha256(raw).hexdigest()
    if table.kind in ("csv", "tsv"):
        return _csv(raw, shown, table, digest)
    read = _xlsx if table.kind == "xlsx" else _xls
    try:
        names, rows = read(path, table.sheet or "")
    except ImportSourceError as error:
        hint = "check that the file is the kind that `kind:` says, and not protected"
        return _refused("unreadable-file", f"`{shown}`: {error}", Location(shown, 1, 1), hint)
    if rows is None:
        hint = "write one of its sheets: " + ", ".join(f"`{name}`" for name in names)
        return _refused("unknown-value", f"`{shown}` has no sheet `{table.sheet}`", sheet_at, hint)
    place = f"{shown}:{table.sheet}"
    kept = [(number, cells) for number, cells in enumerate(rows, 1) if any(map(cell_text, cells))]
    return Outcome(
        Grid(place, digest, table.sheet, kept, lambda row, col: SheetLocation(place, row, col))
    )


def _refused(code: str, text: str, where: Location, hint: str) -> Outcome[Any]:
    return Outcome(None, (Diagnostic(code, text, where, hint=hint),))


def _csv(raw: bytes, shown: str, table: ImportTable, digest: str) -> Outcome[Any]:
    encoding = "utf-8-sig" if table.encoding == "utf-8" else table.encoding
    try:
        text = raw.decode(encoding)
    except UnicodeError:
        message = f"`{shown}` is not {table.encoding}"
        hint = "state the file's `encoding:` in the mapping"
        return _refused("bad-encoding", message, Location(shown, 1, 1), hint)
    cells = CsvCells(shown, text, "\t" if table.kind == "tsv" else table.delimiter)
    rows: list[tuple[int, list[CellValue]]] = [(row, [*found]) for row, found in cells.records()]
    if cells.broken is not None:
        return Outcome(None, (cells.broken,))
    grid = Grid(shown, digest, None, rows, lambda row, col: cells.at(row, col - 1), cells.lines)
    return Outcome(grid)


def _xlsx(path: Path, sheet: str) -> tuple[list[str], list[list[Any]] | None]:
    """Read by openpyxl, which keeps error cells such as `#N/A` apart from empty ones."""
    with workbook(path) as book:
        if sheet not in book.sheetnames:
            return book.sheetnames, None
        return book.sheetnames, sheet_rows(book, sheet, path.name)


def _xls(path: Path, sheet: str) -> tuple[list[str], list[list[Any]] | None]:
    """Read by calamine, which gives an error cell as an empty one."""
    try:
        with compiled_book(path) as book:
            if sheet not in book.sheet_names:
                return book.sheet_names, None
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (BookRefused, OSError) as error:
        raise ImportSourceError(str(error)) from error
    return book.sheet_names, [[None if cell == "" else cell for cell in row] for row in rows]
