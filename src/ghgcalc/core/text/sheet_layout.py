"""What a worksheet's own XML says of its rows, and the structure that every reader relies on.

Readers of workbooks fill gaps and drop what does not rise, without a word: a row number that
repeats or falls loses a row, one far beyond a sheet is counted up to. So the XML is read first,
by all three readers of workbooks (tables, templates, factor imports), and refused by name.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from ghgcalc.core.text.archives import refusal

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

# what readers of workbooks raise over damaged parts, attributes and references
DAMAGED = (
    BadZipFile, zlib.error, OSError, EOFError, ValueError, TypeError, AttributeError, LookupError,
    SyntaxError, RuntimeError, NotImplementedError, AssertionError,
)  # fmt: skip
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


class LayoutRefused(ValueError):  # noqa: N818 - said to the reader, not a fault of the program
    """A sheet whose rows or cells are out of order; the message ends a sentence."""


@dataclass(slots=True)
class Layout:
    """What is odd about a sheet.

    Attributes:
        hidden: numbers of hidden rows.
        hollow: by row, the columns (from 0) whose formula has no stored value.
        merged: first row, first column, last row, last column of each merged range.
        height: the number of the last row with a cell.
        width: how many columns have cells, empty ones before the last among them.
    """

    hidden: set[int] = field(default_factory=set)
    hollow: dict[int, set[int]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    height: int = 0
    width: int = 0


def read_layout(path: Path, part: str) -> Layout:
    """Read one sheet's XML from a workbook.

    Raises:
        LayoutRefused: row numbers do not rise or lie beyond a sheet, a cell stands twice or apart
            from its row.
        ValueError, KeyError, OSError, zipfile.BadZipFile, zlib.error,
        xml.etree.ElementTree.ParseError: the part cannot be read.
    """
    from defusedxml.ElementTree import iterparse

    layout = Layout()
    last = 0
    with ZipFile(path) as archive, archive.open(part.lstrip("/")) as source:
        for _, element in iterparse(source, forbid_dtd=True):
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                last = _row(element, last, layout)
                element.clear()
            elif kind == "mergeCell":
                layout.merged.append(corners(element.get("ref", "")))
    return layout


def unsound(path: Path, *, cells: int | None = None) -> str:
    """Why a workbook is not read, as the end of a sentence; empty where it may be.

    The guard of every reader that takes whole workbooks: the archive's limits, then each sheet.

    Args:
        path: the workbook.
        cells: the most cells that a sheet may span, for readers that make room for empty ones.
    """
    reason = refusal(path)
    if reason:
        return reason
    try:
        with ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
        for part in parts:
            layout = read_layout(path, part)
            if cells is not None and layout.height * layout.width > cells:
                return too_far(layout.height, layout.width, cells)
    except LayoutRefused as error:
        return str(error)
    except DAMAGED as error:
        return damage(error)
    return ""


def too_far(height: int, width: int, cells: int) -> str:
    """What is said of a sheet whose cells stand too far apart, as the end of a sentence."""
    return (
        f"has a sheet of {height:,} rows and {width:,} columns, more than {cells:,} cells:"
        " one stands far out"
    )


def damage(error: BaseException) -> str:
    """What a reader stumbled over, as the end of a sentence."""
    return f"cannot be read as a workbook: {type(error).__name__} {error}"[:120]


def _row(element: Element, last: int, layout: Layout) -> int:
    """Judge a row; its number."""
    stated = element.get("r")
    row = last + 1 if stated is None else int(stated)
    if not last < row <= MAX_ROW:
        where = f"row {row:,} after row {last:,}" if row <= MAX_ROW else f"a row {row:,}"
        raise LayoutRefused(f"has {where}: its rows do not stand in order, some would be lost")
    if element.get("hidden") in {"1", "true"}:
        layout.hidden.add(row)
    before = -1
    for cell in element.iterfind("{*}c"):
        reference = cell.get("r")
        own, column = (row, before + 1) if reference is None else corners(reference)[:2]
        if own != row or not before < column < MAX_COLUMN:
            raise LayoutRefused(
                f"has the cell {reference} in row {row:,} out of order or twice, one would be lost"
            )
        before = column
        layout.height, layout.width = row, max(layout.width, column + 1)
        if cell.find("{*}f") is not None and not cell.findtext("{*}v"):
            layout.hollow.setdefault(row, set()).add(column)
    return row


def corners(reference: str) -> tuple[int, int, int, int]:
    """First row, first column from 0, last row, last column of `B2` or `B2:C3`.

    Raises:
        ValueError: it is neither.
    """
    match = _RANGE.fullmatch(reference)
    if match is None:
        raise ValueError(f"`{reference}` is not a cell")
    first, row, last, end = match.groups()
    column = _column_number(first)
    return int(row), column, int(end or row), _column_number(last) if last else column


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
