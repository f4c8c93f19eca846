"""The workbook that is written: sheets, cells, names; one door through which every cell goes.

User text is always a string cell (XL-04). XlsxWriter writes byte-identical files once the date of
creation is fixed (CI-12); rows are written in order, so that large inventories need little memory.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.render.style import TooLarge
from ghgcalc.render.xlsx.clean import clean_text, clean_workbook
from ghgcalc.render.xlsx.seal import Seal
from ghgcalc.render.xlsx.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from fractions import Fraction
    from pathlib import Path

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
_NOT_NAME = re.compile(r"[^A-Za-z0-9_]+")


def judge_rows(needed: int) -> None:
    """Refuse more rows than a sheet can hold, its headings included.

    Raises:
        TooLarge: it cannot.
    """
    if needed > MAX_ROWS:
        raise TooLarge(f"{needed:,} rows are more than the {MAX_ROWS:,} of an Excel sheet")


class Column(NamedTuple):
    """A column of a table: heading, width in characters, and whether it holds numbers."""

    heading: str
    width: float = 12
    number: bool = False


class Book:
    """A workbook under construction."""

    def __init__(self, target: Path, created: datetime, title: str, *, values_only: bool) -> None:
        options = {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "nan_inf_to_errors": False,
        }  # fmt: skip
        self.raw: Any = clean_workbook(target, options)
        self.raw.set_properties({"title": title, "created": created, "comments": "ghgcalc"})
        self.raw.set_calc_mode("auto")
        self.styles = Styles(self.raw)
        self.title = title
        self.values_only = values_only
        self._names: set[str] = set()
        self.seals: dict[str, Seal] = {}

    def seal(self, *sheets: str) -> None:
        """Keep a digest of what will be written into these sheets."""
        self.seals = {name: Seal(name) for name in sheets}

    def name(self, wanted: str) -> str:
        """A defined name that is not taken: letters, digits and underscores, never like a cell."""
        base = _NOT_NAME.sub("_", wanted).strip("_")[:200]
        found, count = base, 1
        while found.lower() in self._names:
            count += 1
            found = f"{base}_{count}"
        self._names.add(found.lower())
        return found

    def define(self, name: str, sheet: str, area: str) -> None:
        """Give cells a name that formulas and readers use."""
        self.raw.define_name(name, f"='{sheet}'!{area}")

    def sheet(self, title: str, columns: Sequence[Column] = (), *, tab: str = "") -> Sheet:
        """A new sheet; with columns it is a table whose headings stand in row 1."""
        return Sheet(self, title, columns, tab)

    def close(self) -> None:
        """Write the file.

        Raises:
            OSError: the file cannot be written.
        """
        close(self.raw)


class Sheet:
    """One sheet: cells, and the set-up that every table has."""

    def __init__(self, book: Book, title: str, columns: Sequence[Column], tab: str) -> None:
        self.book, self.title, self.columns = book, title, tuple(columns)
        self.raw: Any = book.raw.add_worksheet(title)
        self.style = book.styles.get
        self._text = self.style("text")
        self.seal = book.seals.get(title)
        if tab:
            self.raw.set_tab_color(tab)
        self._print()
        if columns:
            self._head()

    def _print(self) -> None:
        self.raw.set_landscape()
        self.raw.set_paper(9)
        # about 150 characters on a page's width keep print legible
        width = sum(column.width for column in self.columns)
        self.raw.fit_to_pages(max(1, round(width / 150)), 0)
        self.raw.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        self.raw.set_header(f"&L&9{self.book.title.replace('&', '&&')[:200]}&R&9&A")
        self.raw.set_footer("&L&9ghgcalc&R&9Page &P of &N")
        self.raw.hide_gridlines(2)

    def _head(self) -> None:
        for place, column in enumerate(self.columns):
            self.raw.set_column(place, place, column.width)
        self.raw.set_row(0, 34)
        for place, column in enumerate(self.columns):
            kind = "header_number" if column.number else "header"
            self.raw.write_string(0, place, column.heading, self.style(kind))
        self.raw.freeze_panes(1, 1)
        self.raw.repeat_rows(0)
        self.raw.repeat_columns(0)

    def filter(self, last: int) -> None:
        """Autofilter over the table's rows, `last` being the last row, counted from 0."""
        self.raw.autofilter(0, 0, max(last, 1), len(self.columns) - 1)

    def text(self, row: int, column: int, text: str | None, kind: str = "text") -> None:
        """A string; never a formula, a number or a link, whatever it looks like."""
        style = self._text if kind == "text" else self.style(kind)
        if not text:
            self.raw.write_blank(row, column, None, style)
            return
        shown = clean_text(text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…")
        self.raw.write_string(row, column, shown, style)
        if self.seal is not None:
            self.seal.add(row, column, shown)

    def heighten(self, row: int, texts: Iterable[tuple[int, str]]) -> None:
        """Make a row high enough for wrapped texts, given with their columns; before its cells."""
        lines = max(_lines(text, self.columns[place].width) for place, text in texts)
        if lines > 1:
            self.raw.set_row(row, 13.5 * min(lines, 20))

    def number(
        self, row: int, column: int, value: Fraction | int | None, kind: str = "calc",
        format_: str = "",
    ) -> None:  # fmt: skip
        """A number; None leaves the cell empty."""
        if value is None:
            self.raw.write_blank(row, column, None, self._text)
        else:
            self.raw.write_number(row, column, float(value), self.style(kind, format_))
            if self.seal is not None:
                self.seal.add(row, column, float(value))

    def formula(
        self, row: int, column: int, formula: str, value: Fraction | str | int, kind: str = "calc",
        format_: str = "",
    ) -> None:  # fmt: skip
        """A formula with the value that ghgcalc computed; the value alone in an archive."""
        style = self.style(kind, format_)
        shown = clean_text(value) if isinstance(value, str) else float(value)
        if not self.book.values_only:
            self.raw.write_formula(row, column, formula, style, shown)
            return
        if isinstance(shown, str):
            self.raw.write_string(row, column, shown, style)
        else:
            self.raw.write_number(row, column, shown, style)
        if self.seal is not None:
            self.seal.add(row, column, shown)

    def day(self, row: int, column: int, day: date, kind: str = "date") -> None:
        """A date."""
        self.raw.write_datetime(row, column, day, self.style(kind))
        if self.seal is not None:
            self.seal.add(row, column, day)


def _lines(text: str, width: float) -> int:
    """Lines of a wrapped text: words leave some room at the end of each line but the only one."""
    return 1 if len(text) <= width else ceil(len(text) * 1.15 / width)


def close(book: Any) -> None:
    """Write a workbook of XlsxWriter to its file.

    Raises:
        OSError: the file cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        raise OSError(0, str(error)) from error


def created_at(last: date) -> datetime:
    """The date of creation: SOURCE_DATE_EPOCH, or the last day of the period (CI-12)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime(last.year, last.month, last.day)  # noqa: DTZ001 - a day, in no time zone


def letter(column: int) -> str:
    """The letters of a column counted from 0."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def cell(row: int, column: int) -> str:
    """`$B$5` of a row and column counted from 0."""
    return f"${letter(column)}${row + 1}"
