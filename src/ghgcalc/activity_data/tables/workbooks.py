"""Sheets of workbooks to rows of texts (XL-06): nothing hidden, merged or uncomputed unnoticed.

`.xlsx` is read by openpyxl, which keeps `#N/A` apart from an empty cell, or by calamine where both
give the same (`core/text/plain_books`); `.xls` by calamine.
Macros are never run, formulas never evaluated: a formula counts by the value stored with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.compiled_sheets import SPREADSHEET_DIGITS, Careful, plain_rows
from ghgcalc.activity_data.tables.day_formats import day_format
from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.company.read_times import SERIALS
from ghgcalc.core.quiet import no_warnings, quietly
from ghgcalc.core.text.archives import refusal
from ghgcalc.core.text.compiled_books import BookRefused, compiled_book
from ghgcalc.core.text.number_formats import ShownCells, shown_cells
from ghgcalc.core.text.old_workbooks import counts_from_1904
from ghgcalc.core.text.plain_books import sheet_names
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.sheet_layout import DAMAGED, LayoutRefused, damage, read_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from ghgcalc.company.read import Read

_SAVE_AGAIN = "open it in a spreadsheet program and save it again"


@dataclass(slots=True)
class Sheet:
    """A sheet: its name, its rows as texts, and what is odd about it.

    Attributes:
        close: lets go of the file.
        hidden: numbers of hidden rows.
        hollow: by row, the columns (from 0) whose formula has no stored value.
        merged: first row, first column, last row, last column of each merged range.
        width: how many columns have cells.
        shown: the cells whose number format tells, below a row in some columns.
    """

    name: str
    rows: Iterator[tuple[int, list[str]]]
    close: Callable[[], object] = lambda: None
    hidden: set[int] = field(default_factory=set)
    hollow: dict[int, set[int]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    width: int = 0
    shown: Callable[[int, Collection[str]], ShownCells] = lambda _row, _columns: ShownCells()


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def open_sheet(path: Path, read: Read) -> Sheet:
    """Open the sheet that the table names; the only one where it names none.

    Raises:
        FileRefused: with the reason.
        OSError: when the file cannot be read.
    """
    if path.name.lower().endswith(".xls"):
        return _open_xls(path, read)
    _check_archive(path)
    return open_plain(path, read) or open_with_care(path, read)


def _check_archive(path: Path) -> None:
    reason = refusal(path)
    if reason:
        raise FileRefused("bad-workbook", reason, "save the sheet as `CSV UTF-8` and name that")


def _chosen(names: list[str], read: Read) -> str:
    listed = ", ".join(f"`{name}`" for name in names[:12])
    if read.sheet is None:
        if len(names) == 1:
            return names[0]
        raise FileRefused(
            "unknown-sheet", f"has {len(names)} sheets: {listed}", "name one: `read: {sheet: …}`"
        )
    found = [name for name in names if composed(name) == read.sheet]
    if not found:
        raise FileRefused("unknown-sheet", f"has no sheet `{read.sheet}`", f"it has {listed}")
    return found[0]


def open_plain(path: Path, read: Read) -> Sheet | None:
    """A sheet by calamine, where it is one that both readers read alike."""
    names = sheet_names(path)
    if not names:
        return None
    check_epoch(read, from_1904=False)
    name = _chosen(list(names), read)
    try:
        rows, width = plain_rows(
            path, names[name], name, read.decimal, lambda cell: cell_text(cell, read)
        )
    except Careful:
        return None
    return Sheet(name, rows, width=width, shown=partial(shown_cells, path, names[name]))


def open_with_care(path: Path, read: Read) -> Sheet:
    """A sheet by openpyxl, with what its own XML says of it.

    Raises:
        FileRefused: with the reason.
        OSError: when the file cannot be read.
    """
    import openpyxl
    from defusedxml import DefusedXmlException
    from openpyxl.utils.datetime import WINDOWS_EPOCH
    from openpyxl.utils.exceptions import InvalidFileException

    stream = path.open("rb")
    try:
        with no_warnings():
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        check_epoch(read, from_1904=book.epoch != WINDOWS_EPOCH)
        name = _chosen([sheet.title for sheet in book.worksheets], read)
        source = book[name]
        part = str(getattr(source, "_worksheet_path", ""))
        sheet = Sheet(name, _xlsx_rows(source, read), stream.close)
        _read_facts(path, part, sheet)
    except LayoutRefused as error:
        stream.close()
        raise FileRefused("bad-workbook", str(error), _SAVE_AGAIN) from error
    except FileRefused:
        stream.close()
        raise
    except (*DAMAGED, InvalidFileException, DefusedXmlException) as error:
        stream.close()
        raise FileRefused("bad-workbook", damage(error), _SAVE_AGAIN) from error
    return sheet


def _xlsx_rows(source: object, read: Read) -> Iterator[tuple[int, list[str]]]:
    source.reset_dimensions()  # type: ignore[attr-defined] # a stated size may be wrong
    rows = source.iter_rows(values_only=True)  # type: ignore[attr-defined]
    try:
        for row, cells in enumerate(quietly(rows), 1):
            yield row, [cell_text(cell, read) for cell in cells]
    except DAMAGED as error:
        raise FileRefused("bad-workbook", damage(error), _SAVE_AGAIN) from error


def _read_facts(path: Path, part: str, sheet: Sheet) -> None:
    """Hidden rows, formulas without a value and merged cells, from the sheet's own XML."""
    layout = read_layout(path, part)
    sheet.hidden, sheet.hollow, sheet.merged = layout.hidden, layout.hollow, layout.merged
    sheet.width = layout.width
    sheet.shown = partial(shown_cells, path, part)


def _open_xls(path: Path, read: Read) -> Sheet:
    try:
        with compiled_book(path) as book:
            check_epoch(read, from_1904=read.date in SERIALS and counts_from_1904(path))
            name = _chosen(book.sheet_names, read)
            source = book.get_sheet_by_name(name)
            merged = [(a + 0, b, c, d) for (a, b), (c, d) in source.merged_cell_ranges or ()]
            cells = source.to_python(skip_empty_area=False)
    except BookRefused as error:
        hint = "open it in a spreadsheet program and save it as .xlsx"
        raise FileRefused("bad-workbook", str(error), hint) from error
    rows = ((row, [cell_text(cell, read) for cell in line]) for row, line in enumerate(cells, 1))
    width = max(map(len, cells), default=0)
    return Sheet(name, rows, merged=[(a + 1, b, c + 1, d) for a, b, c, d in merged], width=width)


def check_epoch(read: Read, *, from_1904: bool) -> None:
    """Refuse to count days by one system where the workbook states the other.

    Raises:
        FileRefused: with the system to state.
    """
    system = "serial_1904" if from_1904 else "serial"
    if read.date in SERIALS and read.date != system:
        first = "1 January 1904" if from_1904 else "1 January 1900"
        raise FileRefused(
            "bad-date", f"counts its days from {first}", f"state `read: {{date: {system}}}`"
        )


def cell_text(cell: object, read: Read) -> str:
    """Write a cell as the text file would hold it, in the table's own formats.

    A number has the 15 digits that a spreadsheet keeps and shows: what it stores beyond them is
    noise of binary fractions (0.1 + 0.2).
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        text = f"{Decimal(format(cell, SPREADSHEET_DIGITS)):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", read.decimal)
    if isinstance(cell, datetime):
        return day_format(read).write(cell.date(), cell.time())
    if isinstance(cell, date):
        return day_format(read).write(cell)
    return str(cell)
