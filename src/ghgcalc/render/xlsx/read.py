"""A workbook of ghgcalc read back: what it states, and each cell that differs from a fresh one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import isclose
from typing import TYPE_CHECKING, Any

from ghgcalc.archives import refusal
from ghgcalc.compare.misstatement import METHODS, Stated, StatedLine
from ghgcalc.compare.saved import SavedError
from ghgcalc.compare.saved_changes import Change, same_text
from ghgcalc.render.xlsx.book import letter
from ghgcalc.render.xlsx.charts import SUMMARY
from ghgcalc.render.xlsx.lines import LINES, LOCATED, MARKET_

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
            if row[:2] == ["inventory", name]:
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
        row = self.values[sheet.strip("'")][int(match[2]) - 1]
        return row[column - 1] if column <= len(row) else None


def read_workbook(path: Path) -> Read:
    """Read a workbook that ghgcalc wrote and a spreadsheet may have saved.

    Raises:
        SavedError: it is no such workbook, or its formulas have no values.
    """
    from zipfile import BadZipFile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    reason = refusal(path)
    if reason:
        raise SavedError(reason)
    try:
        books = [openpyxl.load_workbook(path, data_only=only) for only in (False, True)]
    except (OSError, ValueError, KeyError, BadZipFile, InvalidFileException) as error:
        raise SavedError(f"is not a readable workbook: {error}") from error
    live, stored = (
        {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
         for sheet in book.worksheets}
        for book in books
    )  # fmt: skip
    names = {name: str(item.attr_text) for name, item in books[0].defined_names.items()}
    found = Read(live, stored, names)
    if LINES not in live or SUMMARY not in live or not found.fact("period"):
        raise SavedError("is no inventory that `ghgcalc compute -o inventory.xlsx` wrote")
    return found


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
        _sheet(sheet, stated, fresh, rows, found, followed)
    return found or followed


def _sheet(
    sheet: str, stated: Read, fresh: Read, rows: list[list[Any]], found: list[Change],
    followed: list[Change],
) -> None:  # fmt: skip
    theirs, ours = _keyed(stated.formulas[sheet]), _keyed(rows)
    if sheet == PROVENANCE:
        theirs, ours = (
            {key: row for key, row in keyed.items() if key[0] in _FACTS} for keyed in (theirs, ours)
        )
    for key, index in ours.items():
        if key not in theirs:
            found.append(Change(f"{sheet}!A{index + 1}", "no such row", str(key[0])))
            continue
        at = theirs[key]
        width = max(len(rows[index]), len(stated.formulas[sheet][at]))
        for column in range(width):
            place = f"{sheet}!{letter(column)}{at + 1}"
            left, right = (_cell(r.formulas, sheet, i, column)
                           for r, i in ((stated, at), (fresh, index)))  # fmt: skip
            shown, wanted = (_cell(r.values, sheet, i, column)
                             for r, i in ((stated, at), (fresh, index)))  # fmt: skip
            if not _alike(left, right, moved=at != index):
                found.append(Change(place, _text(left, shown), _text(right, wanted)))
            elif not _alike(shown, wanted, moved=False):
                followed.append(Change(place, _text(shown), _text(wanted)))
    for key in theirs.keys() - ours.keys():
        at = theirs[key]
        found.append(Change(f"{sheet}!A{at + 1}", str(key[0]), "no such row"))


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
