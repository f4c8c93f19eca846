"""A workbook of ghgcalc read back: what it states, and each cell that differs from a fresh one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from math import isclose
from typing import TYPE_CHECKING, Any

from ghgcalc.analysis.compare.misstatement import METHODS, Stated, StatedLine
from ghgcalc.analysis.compare.saved import SavedError
from ghgcalc.analysis.compare.saved_changes import Change, same_text
from ghgcalc.core.text.archives import refusal
from ghgcalc.render.xlsx.book import letter
from ghgcalc.render.xlsx.lines import LINE_HEADS, LINES, LOCATED, MARKET_
from ghgcalc.render.xlsx.styles import SUMMARY
from ghgcalc.render.xlsx.unknown import DASH

if TYPE_CHECKING:
    from pathlib import Path

PROVENANCE = "Provenance"
# rows of Provenance that a reader could change; the others speak of files and the program
_FACTS = frozenset({"inventory", "choice", "excluded"})
_ROW = re.compile(r"(\$?[A-Z]{1,3}\$?)\d+")


@dataclass(slots=True)
class Read:
    """Sheets of a workbook twice: formulas, and the values stored beside them."""

    formulas: dict[str, list[list[Any]]]
    values: dict[str, list[list[Any]]]
    names: dict[str, str]

    def fact(self, name: str) -> str:
        """A fact of the inventory on Provenance, such as its period."""
        for row in self.values.get(PROVENANCE, []):
            if row[:2] == ["inventory", name] and len(row) > 2:
                return str(row[2] or "")
        return ""

    @property
    def values_only(self) -> bool:
        """Whether it is an archive without formulas."""
        cells = (cell for row in self.formulas[LINES] for cell in row)
        return not any(isinstance(cell, str) and cell.startswith("=") for cell in cells)

    def named(self, name: str) -> Any:
        """The value of a named cell."""
        sheet, _, place = self.names.get(name, "").rpartition("!")
        match = re.fullmatch(r"\$([A-Z]+)\$(\d+)", place)
        if match is None:
            return None
        column = 0
        for sign in match[1]:
            column = column * 26 + ord(sign) - 64
        rows = self.values.get(sheet.strip("'"), [])
        row = rows[int(match[2]) - 1] if 0 < int(match[2]) <= len(rows) else []
        return row[column - 1] if column <= len(row) else None


def read_workbook(path: Path) -> Read:
    """Read a workbook that ghgcalc wrote and a spreadsheet may have saved.

    Raises:
        SavedError: it is no such workbook, or its formulas have no values.
    """
    import openpyxl

    reason = refusal(path)
    if reason:
        raise SavedError(reason)
    try:
        raw = BytesIO(path.read_bytes())  # openpyxl leaves a broken file open
        books = [openpyxl.load_workbook(raw, data_only=only) for only in (False, True)]
    except unreadable() as error:
        raise SavedError(f"is not a readable workbook: {error}") from error
    _judge_sizes(path, books[0])
    live, stored = (
        {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
         for sheet in book.worksheets}
        for book in books
    )  # fmt: skip
    names = {name: str(item.attr_text) for name, item in books[0].defined_names.items()}
    found = Read(live, stored, names)
    reason = _foreign(found)
    if reason:
        raise SavedError(
            f"is no inventory that `ghgcalc compute -o inventory.xlsx` wrote: {reason}"
        )
    return found


def unreadable() -> tuple[type[Exception], ...]:
    """What openpyxl raises on files that are no workbooks, or whose parts are broken."""
    from zipfile import BadZipFile
    from zlib import error as bad_stream

    from openpyxl.utils.exceptions import InvalidFileException

    return (
        OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, SyntaxError,
        EOFError, NotImplementedError, ArithmeticError, BadZipFile,
        InvalidFileException, bad_stream,
    )  # fmt: skip


def _judge_sizes(path: Path, book: Any) -> None:
    """Refuse a sheet that spans far more cells than its file can hold: one stands far out."""
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        held = sum(part.file_size for part in archive.infolist())
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > max(held, 10**6):
            raise SavedError(f"has a sheet `{sheet.title}` of {sheet.max_row:,} rows and"
                             f" {sheet.max_column:,} columns, nearly all empty")  # fmt: skip


def _foreign(read: Read) -> str:
    """Why a workbook is none of ours; empty where it is one."""
    for name in (SUMMARY, LINES, PROVENANCE):
        if name not in read.values:
            return f"it has no sheet `{name}`"
    head = [str(cell) for cell in (read.values[LINES] or [[]])[0][: len(LINE_HEADS)]]
    if head != [column.heading for column in LINE_HEADS]:
        return f"`{LINES}` has other headings"
    return "" if read.fact("period") else f"`{PROVENANCE}` names no period"


def stated_workbook(read: Read) -> Stated:
    """Lines and totals as the workbook shows them.

    Raises:
        SavedError: a formula has no stored value, or a figure is no number.
    """
    lines = {}
    for row in read.values[LINES][1:]:
        if row[0] is not None:
            tonnes = dict(zip(METHODS, (_figure(row, c) for c in (LOCATED, MARKET_)), strict=True))
            lines[str(row[0])] = StatedLine(int(row[1] or 0), tonnes)
    totals = {}
    for scope in (1, 2, 3):
        for method in METHODS:
            value = read.named(f"SCOPE_{scope}_{method.upper()}")
            if value == DASH:
                continue
            if not isinstance(value, int | float):
                raise SavedError("has formulas without values; save it from a spreadsheet first")
            totals[scope, method] = Fraction(value)
    _computed(read)
    return Stated(lines, totals)


def _figure(row: list[Any], column: int) -> Fraction | None:
    value = row[column]
    return Fraction(value) if isinstance(value, int | float) else None


def _computed(read: Read) -> None:
    """Refuse formulas of Lines whose value was never stored."""
    for live, stored in zip(read.formulas[LINES], read.values[LINES], strict=True):
        for formula, value in zip(live, stored, strict=True):
            if isinstance(formula, str) and formula.startswith("=") and value is None:
                raise SavedError("has formulas without values; save it from a spreadsheet first")


def workbook_changes(stated: Read, fresh: Read) -> list[Change]:
    """Inputs, texts and formulas that differ, by cell; rows are paired by their first cell.

    A formula that stands unchanged shows another value because something else was changed; it is
    named only where nothing else was.
    """
    found: list[Change] = []
    followed: list[Change] = []
    for sheet, rows in fresh.formulas.items():
        if sheet not in stated.formulas:
            found.append(Change(sheet, "no such sheet", "a sheet"))
            continue
        theirs, ours = _rows(sheet, stated.formulas[sheet]), _rows(sheet, rows)
        for key, index in ours.items():
            if key in theirs:
                changed, after = _row(sheet, stated, fresh, (theirs[key], index))
                found.extend(changed)
                followed.extend(after)
            else:
                found.append(Change(f"{sheet}!A{index + 1}", "no such row", str(key[0])))
        found.extend(
            Change(f"{sheet}!A{at + 1}", str(key[0]), "no such row")
            for key, at in theirs.items()
            if key not in ours
        )
    return found or followed


def _rows(sheet: str, rows: list[list[Any]]) -> dict[tuple[str, int], int]:
    """The rows of a sheet that are compared, by their first cell."""
    keyed = _keyed(rows)
    if sheet != PROVENANCE:
        return keyed
    return {key: row for key, row in keyed.items() if key[0] in _FACTS}


def _row(
    sheet: str, stated: Read, fresh: Read, rows: tuple[int, int]
) -> tuple[list[Change], list[Change]]:
    """Cells of a row that differ as written, and those that show another value alone.

    Args:
        sheet: the sheet.
        stated: the workbook as somebody saved it.
        fresh: the workbook as written now.
        rows: the row's place in either.
    """
    changed: list[Change] = []
    followed: list[Change] = []
    at, index = rows
    width = max(len(stated.formulas[sheet][at]), len(fresh.formulas[sheet][index]))
    for column in range(width):
        place = f"{sheet}!{letter(column)}{at + 1}"
        left, right = (_cell(r.formulas, sheet, i, column)
                       for r, i in ((stated, at), (fresh, index)))  # fmt: skip
        shown, wanted = (_cell(r.values, sheet, i, column)
                         for r, i in ((stated, at), (fresh, index)))  # fmt: skip
        if not _alike(left, right, moved=at != index):
            changed.append(Change(place, _text(left, shown), _text(right, wanted)))
        elif not _alike(shown, wanted, moved=False):
            followed.append(Change(place, _text(shown), _text(wanted)))
    return changed, followed


def _keyed(rows: list[list[Any]]) -> dict[tuple[str, int], int]:
    """Row by its first cell and how often that text stood before."""
    found: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for index, row in enumerate(rows):
        text = str(row[0]) if row and row[0] is not None else ""
        counts[text] = counts.get(text, 0) + 1
        found[text, counts[text]] = index
    return found


def _cell(sheets: dict[str, list[list[Any]]], sheet: str, row: int, column: int) -> Any:
    cells = sheets[sheet][row]
    return cells[column] if column < len(cells) else None


def _alike(left: Any, right: Any, *, moved: bool) -> bool:
    """Equal cells; numbers within the 15 digits that spreadsheets keep."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        return isclose(left, right, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(left, str) and isinstance(right, str) and right.startswith("="):
        left, right = (text.replace(" ", "").replace("'", "") for text in (left, right))
        if moved:
            left, right = (_ROW.sub(r"\1#", text) for text in (left, right))
    return same_text(left if left is not None else "", right if right is not None else "")


def _text(cell: Any, value: Any = None) -> str:
    if cell is None:
        return "nothing"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, str) and cell.startswith("=") and value is not None:
        return f"{cell} ({_text(value)})"
    return str(cell)
