"""Rows of a sheet as records: nothing hidden, merged or uncomputed unnoticed (XL-06)."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.fill_down import Labels
from ghgcalc.activity_data.tables.records import MERGED, SEPARATOR, Block, Record
from ghgcalc.activity_data.tables.workbooks import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.activity_data.tables.workbooks import Sheet
    from ghgcalc.company.read import Read

    Corners = tuple[int, int, int, int]  # first row, first column, last row, last column

_BLOCK = 10_000
_BREAKS = ("\n", "\r", SEPARATOR)


class Head(NamedTuple):
    """The rows of headings, none where the file has none, and the numbered rows above them."""

    rows: list[list[str]]
    above: list[tuple[int, list[str]]]


def head_rows(sheet: Sheet, read: Read) -> Head | None:
    """The head of a sheet; None where a row of headings is not there or empty."""
    head = Head([], [])
    for wanted in read.header_row:
        row: list[str] | None = None
        for number, cells in sheet.rows:
            if number == wanted:
                row = cells
                break
            if not head.rows:
                head.above.append((number, cells))
        if row is None or not any(row):
            return None
        head.rows.append(row)
    return head


def check_layout(sheet: Sheet, read: Read, needed: set[int]) -> None:
    """Refuse what a reader of the sheet would not expect: merged headings, hidden rows.

    Args:
        sheet: the sheet.
        read: the table's rules.
        needed: the columns used, from 0.

    Raises:
        FileRefused: with the cells or rows.
    """
    header = read.last_header_row
    for first, left, last, right in sheet.merged:
        heading = len(read.header_row) == 1 and first <= header <= last
        if heading and needed & set(range(left, right + 1)):
            raise FileRefused(
                "workbook-layout",
                f"has merged cells {_range((first, left, last, right))} in sheet `{sheet.name}`,"
                " among the headings: only the first holds a value",
                "where two rows of headings are one, set `header_row: [1, 2]` under `read:`; else"
                " split them and write a heading into each",
            )
    last = read.last_row or max(sheet.hidden, default=0)
    hidden = sorted(row for row in sheet.hidden if header < row <= last)
    if hidden and read.hidden_rows == "refuse":
        some = ", ".join(map(str, hidden[:5])) + (" …" if len(hidden) > 5 else "")
        raise FileRefused(
            "workbook-layout",
            f"hides rows {some} of sheet `{sheet.name}`, {len(hidden):,} in all",
            "state `read: {hidden_rows: read}` or `skip`, or show the rows",
        )


def sheet_records(
    sheet: Sheet, read: Read, needed: set[int], width: int, labels: Labels | None = None
) -> Iterator[Block | Record]:
    """The rows below the header, each as wide as it; empty and skipped ones are passed over."""
    block: list[list[str]] = []
    first = 0
    for record in _records(sheet, read, needed, width, labels or Labels(())):
        plain = not record.code
        if block and (not plain or record.row != first + len(block) or len(block) == _BLOCK):
            yield from _blocks(first, block)
            block = []
        if plain:
            first = first if block else record.row
            block.append(record.cells)
        else:
            yield record
    if block:
        yield from _blocks(first, block)


def _records(
    sheet: Sheet, read: Read, needed: set[int], width: int, labels: Labels
) -> Iterator[Record]:
    merged = _Merged(sheet, needed, labels)
    skipped = sheet.hidden if read.hidden_rows == "skip" else set()
    plain = not (sheet.hollow or sheet.merged)
    for row, cells in sheet.rows:
        hollow = needed & sheet.hollow.get(row, set())
        blank = not (hollow or any(map(str.strip, cells)))
        if labels.places:
            merged.end_labels(row, blank=blank)
        if blank:
            continue
        fitted = cells if len(cells) == width else (cells + [""] * (width - len(cells)))[:width]
        if labels.places:
            if hollow & set(labels.places):
                labels.forget()
            else:
                fitted = labels.filled(fitted)
        if row in skipped:
            continue
        if plain:
            yield Record(row, fitted)
            continue
        code, named, unknown = merged.of(row)
        if hollow and not code:
            code = "formula-without-value"
            named = tuple(f"{column_letters(column)}{row}" for column in sorted(hollow))
        yield Record(row, fitted, code, named, unknown | hollow)


def _blocks(first: int, rows: list[list[str]]) -> Iterator[Block | Record]:
    """Consecutive rows; one by one where a cell holds what ends a line."""
    text = "".join(map("".join, rows))
    if any(sign in text for sign in _BREAKS):
        yield from (Record(row, cells) for row, cells in enumerate(rows, first))
    else:
        yield Block(first, rows)


class _Open:
    """Ranges of cells that touch a row; asked from the top down."""

    def __init__(self, ranges: Iterable[Corners]) -> None:
        self._waiting = deque(sorted(ranges))
        self._open: list[Corners] = []

    def at(self, row: int) -> list[Corners]:
        """The ranges of a row."""
        while self._waiting and self._waiting[0][0] <= row:
            self._open.append(self._waiting.popleft())
        self._open = [each for each in self._open if each[2] >= row]
        return self._open


class _Merged:
    """Which rows merged cells touch, in the columns that are read; asked from the top down."""

    def __init__(self, sheet: Sheet, needed: set[int], labels: Labels) -> None:
        self._needed, self._labels = needed, labels

        def down(of: Corners) -> bool:
            return of[1] == of[3] and of[1] in labels.places

        touching = [each for each in sheet.merged if needed & set(range(each[1], each[3] + 1))]
        self._told = {each[1] for each in touching if down(each)}
        self._down = _Open(each for each in touching if down(each))
        self._others = _Open(each for each in touching if not down(each))

    def end_labels(self, row: int, *, blank: bool) -> None:
        """End the labels that do not reach a row.

        Where cells of a column are merged, a label reaches as far as they do; else to an empty row.
        """
        below = {each[1] for each in self._down.at(row) if each[0] < row}
        ended = self._told if not blank else set(self._labels.places)
        self._labels.forget(ended - below)

    def of(self, row: int) -> tuple[str, tuple[str, ...], frozenset[int]]:
        """Code, ranges, and the columns whose value stands in a row above; empty for most rows."""
        found = self._others.at(row)
        if not found:
            return "", (), frozenset()
        below = [each for each in found if each[0] < row]
        unknown = frozenset(c for each in below for c in range(each[1], each[3] + 1))
        return MERGED, tuple(map(_range, found)), unknown & self._needed


def _range(corners: Corners) -> str:
    first, left, last, right = corners
    return f"{column_letters(left)}{first}:{column_letters(right)}{last}"
