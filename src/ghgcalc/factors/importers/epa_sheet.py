"""The sheet of the US EPA hub: finding its tables and reading their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from ghgcalc.factors.importers import epa_labels as labels
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    cell,
    exact,
    sha256,
    sheet_rows,
    transcription,
    workbook,
)

SHEET = "Emission Factors Hub"
Rows = list[list[Any]]
_PAGE_HEADER = re.compile(r"Last Modified: (\d{1,2} [A-Z][a-z]+ \d{4})")


def read_hub(path: Path) -> tuple[Rows, date, Meta]:
    """The rows of the hub's sheet, its day, and how its figures reached us.

    A workbook with sheets or without source notes that the publisher's has is a copy that somebody
    saved again: a transcription, however carefully made.

    Raises:
        ImportSourceError: the file is not the expected workbook.
    """
    with workbook(path) as book:
        rows = sheet_rows(book, SHEET, path.name)
        copied = book.sheetnames != [SHEET]
    copied |= not text(rows, table(rows, 2, {})[1], "C")
    day = _day(rows, path)
    if not copied:
        known = {"class": "publisher_file", "file": path.name, "sha256": sha256(path)}
        return rows, day, {**known, "sheet": SHEET}
    grade, via = labels.COPIES.get(day.year, ("C", "a copy that others saved again"))
    more = {"file": path.name, "sha256": sha256(path), "sheet": SHEET}
    return rows, day, transcription(grade, "tables 1 to 10", via, **more)


def _day(rows: Rows, path: Path) -> date:
    """The day printed in cell F3, else the one in the header of the printed page."""
    told, form = text(rows, 3, "F"), "Last Modified: %B %d, %Y"
    if not told:
        with ZipFile(path) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            found = {
                match[1]
                for name in sorted(sheets)
                for match in _PAGE_HEADER.finditer(archive.read(name).decode("utf-8", "replace"))
            }
        told, form = found.pop() if len(found) == 1 else "", "%d %B %Y"
    try:
        return datetime.strptime(told, form).date()  # noqa: DTZ007
    except ValueError:
        raise ImportSourceError(f"{at('F3')}: expected the date, found {told!r}") from None


def at(address: str) -> str:
    """Locator of a cell."""
    return f"{SHEET}!{address}"


def text(rows: Rows, number: int, column: str) -> str:
    """A cell's text with single spaces; empty where there is nothing."""
    value = cell(rows, number, column)
    return "" if value is None else " ".join(str(value).split())


def expect(rows: Rows, cells: dict[str, str]) -> None:
    """Check texts by address.

    Raises:
        ImportSourceError: a cell says something else.
    """
    for address, expected in cells.items():
        found = text(rows, int(address[1:]), address[0])
        if found != expected:
            raise ImportSourceError(f"{at(address)}: expected {expected!r}, found {found!r}")


def table(rows: Rows, number: int, header: dict[str, str], skip: int = 2) -> tuple[int, int]:
    """First row after the title of "Table N", and the row of its source, its notes, or none.

    `header` gives the texts expected at column and offset from the first row; `skip` is the
    distance of that row from the title.

    Raises:
        ImportSourceError: there is no such table, or a heading is another one.
    """
    every = range(1, len(rows) + 1)
    titles = [index for index in every if cell(rows, index, "B") == f"Table {number}"]
    if not titles:
        raise ImportSourceError(f"{SHEET}: no cell B with 'Table {number}'")
    first = titles[0] + skip
    expect(rows, {f"{key[0]}{first + int(key[1:])}": told for key, told in header.items()})
    for last in range(first, len(rows) + 1):
        if str(cell(rows, last, "C")).startswith(("Source:", "Notes:")) or _empty(rows, last):
            return first, last
    raise ImportSourceError(f"{SHEET}: table {number} has no 'Source' row")


def _empty(rows: Rows, number: int) -> bool:
    return all(value is None for value in rows[number - 1])


def gas(rows: Rows, number: int, columns: dict[str, str]) -> Row:
    """Gas columns of a row: `{"CO2 [kg]": "E"}`; an empty cell stays empty."""
    found = {}
    for name, column in columns.items():
        value = cell(rows, number, column)
        if value not in (None, ""):
            found[name] = exact(value, at(f"{column}{number}"))
    return found


def filled(rows: Rows, first: int, last: int, columns: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the labels of `columns`, an empty first label meaning the one above."""
    above = ""
    for number in range(first, last):
        found = [text(rows, number, name) for name in columns]
        if found[0].startswith("("):
            found[0] = ""
        above = found[0] or above
        following = text(rows, number + 1, columns[0])
        if found[0] and following.startswith("("):
            above = f"{found[0]} {following}"
        yield number, [above, *found[1:]]
