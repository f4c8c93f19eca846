"""Plain .xlsx sheets by calamine: the same texts as by openpyxl, in a sixth of the time."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ghgcalc.core.panics import Panicked, panics_caught
from ghgcalc.core.text.old_workbooks import MAX_CELLS
from ghgcalc.core.text.plain_books import plain_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from python_calamine import CalamineSheet

    Text = Callable[[object], str]

_MIDNIGHT = time()
# serial numbers below it are days that never were, or times of day
_FIRST_YEAR = 1901
_MOST_WHOLE = 10**15
SPREADSHEET_DIGITS = ".15g"
_UNSIGNED = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Careful(Exception):  # noqa: N818 - a way to go, no fault
    """A sheet that is read the careful way."""


def plain_rows(
    path: Path, part: str, name: str, decimal: str, text: Text
) -> tuple[Iterator[tuple[int, list[str]]], int]:
    """The rows of a plain sheet as texts, numbered from 1, and how many columns have cells.

    Args:
        path: a workbook whose archive has been judged.
        part: the sheet's part.
        name: the sheet's name.
        decimal: the sign that numbers are written with.
        text: writes a cell as openpyxl gives it.

    Raises:
        Careful: the sheet is not plain, or holds a value that is not read alike.
        OSError: the file cannot be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    plain = plain_sheet(path, part)
    if plain is None or plain.height * plain.width > MAX_CELLS or not plain.height:
        raise Careful
    try:
        with panics_caught():
            sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name)
            days = _days(sheet)
    except (CalamineError, Panicked) as error:
        raise Careful from error
    if sheet.start is None:  # cells without a value
        raise Careful
    return _written(sheet, sheet.start, decimal, text, days), plain.width


def _days(sheet: CalamineSheet) -> dict[date, datetime]:
    """The days and moments of a sheet, as openpyxl gives them."""
    found: dict[date, datetime] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if type(cell) not in _PLAIN:
                if not isinstance(cell, date) or cell.year < _FIRST_YEAR:
                    raise Careful
                if cell not in found:
                    at = cell.time() if isinstance(cell, datetime) else _MIDNIGHT
                    found[cell] = datetime.combine(cell, at)
    return found


_PLAIN = frozenset({str, float, int, bool})


def _written(
    sheet: CalamineSheet,
    start: tuple[int, int],
    decimal: str,
    text: Text,
    days: dict[date, datetime],
) -> Iterator[tuple[int, list[str]]]:
    known = {day: text(moment) for day, moment in days.items()}
    before = [""] * start[1]

    def write(cell: object) -> str:
        if isinstance(cell, float):
            if cell.is_integer() and abs(cell) < _MOST_WHOLE:
                return str(int(cell))
            plain = format(cell, SPREADSHEET_DIGITS)
            return plain.replace(".", decimal) if _UNSIGNED.fullmatch(plain) else text(cell)
        return known[cell] if isinstance(cell, date) else text(cell)

    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [*before, *(each if each.__class__ is str else write(each) for each in row)]
