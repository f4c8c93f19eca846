"""Record by record: files with quotes, broken bytes or rows of different lengths.

Each bad line costs that line only: an unclosed quote does not swallow the rest of the file.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MARK = "\udc80"
_MOST_LINES = 100
_BLOCK = 10_000  # lines, and no more signs than that many ordinary ones have
_BLOCK_SIGNS = 1 << 22
_STEP = 100
_ENDS = ("\n", "\r")
SEPARATOR = "\x1f"
MERGED = "workbook-layout"
_HANDLER = "ghgcalc-mark"


class Record(NamedTuple):
    """A record: its row number, its cells, and the code of what is wrong with it.

    Attributes:
        named: the cells of a sheet that are wrong, such as `B3`.
        unknown: the columns from 0 whose cells are not known.
    """

    row: int
    cells: list[str]
    code: str = ""
    named: tuple[str, ...] = ()
    unknown: frozenset[int] = frozenset()


def _mark_bytes(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _MARK, max(error.end, error.start + 1)
    raise error


codecs.register_error(_HANDLER, _mark_bytes)


class Fit(NamedTuple):
    """Rows as wide as the header, by empty cells at their end alone; others stay as they are.

    Attributes:
        width: the header's cells.
        named: the cells up to the last heading that is not empty.
        least: the cells that a row has at least, where it may lack those below headings, too.
    """

    width: int
    named: int
    least: int | None = None

    def fitted(self, cells: list[str], *, whole: bool = True) -> list[str]:
        """The row without empty cells beyond the header, or with those that it lacks.

        `whole`: the line ends as a line does; one that does not may be cut off.
        """
        if len(cells) > self.width and not any(map(str.strip, cells[self.width :])):
            return cells[: self.width]
        least = self.named if self.least is None or not whole else min(self.least, self.named)
        if least <= len(cells) < self.width:
            return [*cells, *[""] * (self.width - len(cells))]
        return cells


class Block(NamedTuple):
    """Consecutive records without a flaw: the row number of the first, and the cells of each."""

    row: int
    records: list[list[str]]


def up_to(last: int | None, records: Iterable[Block | Record]) -> Iterator[Block | Record]:
    """The records up to a row, which counts; all where none is named."""
    for item in records:
        if last is None:
            yield item
        elif item.row > last:
            return
        elif isinstance(item, Block):
            yield Block(item.row, item.records[: last - item.row + 1])
        else:
            yield item


class Records:
    """The records of an open text file; blank lines are passed over but counted as rows.

    A quoted cell may run over lines; the record's number is that of its first line.
    """

    def __init__(self, source: Iterator[str], delimiter: str, broken: str) -> None:
        self._lines = _Lines(source)
        self._cells = _Cells(delimiter)
        self._delimiter = delimiter
        self._broken = broken

    def skip_to(self, row: int) -> None:
        """Pass over the lines above a row of headings."""
        self._lines.skip(len(self._lines.ahead(max(row - 1 - self._lines.row, 0))))

    def one(self) -> Record | None:
        """The next record, or None at the end."""
        for row, line in self._lines:
            text = line.removeprefix("\ufeff") if row == 1 else line
            if _MARK in text:
                return Record(row, [], self._broken)
            if '"' in text:
                return _quoted(row, text, self._lines, self._cells)
            if text.strip(" \r\n"):
                return Record(row, text.rstrip("\r\n").split(self._delimiter))
        return None

    def rest(self, width: int, fit: Fit | None = None) -> Iterator[Block | Record]:
        """All further records: in blocks where each line is a record of `width` cells.

        Args:
            width: the header's cells.
            fit: how empty cells at the end of rows are left out or added.
        """
        while lines := self._lines.block():
            row = self._lines.row
            cells = self._quick(lines, width, fit)
            if cells is not None:
                self._lines.skip(len(lines))
                yield Block(row + 1, cells)
                continue
            while self._lines.row < row + len(lines) and (record := self.one()):
                if fit is not None:
                    cut = fit.fitted(record.cells, whole=self._lines.ended)
                    record = record._replace(cells=cut)
                yield record

    def surplus(self, fit: Fit) -> int:
        """How many empty cells every further record has more than the header, or less; else 0."""
        found: set[int] = set()
        while lines := self._lines.block() if found else self._lines.ahead(1):
            row = self._lines.row
            cells = self._plain(lines)
            if cells is not None:
                self._lines.skip(len(lines))
            else:
                cells = []
                while self._lines.row < row + len(lines) and (record := self.one()):
                    cells.append(record.cells)
            found |= {len(each) for each in cells if each}
            bad = any(len(fit.fitted(each)) != fit.width for each in cells if each)
            if bad or len(found) > 1 or found == {fit.width}:
                return 0
        return found.pop() - fit.width if found else 0

    def _quick(self, lines: list[str], width: int, fit: Fit | None) -> list[list[str]] | None:
        cells = self._plain(lines)
        if cells is None:
            return None
        if fit is not None:
            ended = lines[-1].endswith(_ENDS)
            cells = [*map(fit.fitted, cells[:-1]), fit.fitted(cells[-1], whole=ended)]
        flawless = len(cells) == len(lines) and set(map(len, cells)) == {width}
        return cells if flawless else None

    def _plain(self, lines: list[str]) -> list[list[str]] | None:
        """The cells of lines without a flaw in their signs."""
        text = "".join(lines)
        if _MARK in text or SEPARATOR in text:
            return None
        try:
            return list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None


@contextmanager
def open_records(path: Path, encoding: str, delimiter: str) -> Iterator[Records]:
    """Open a file to read it record by record.

    Raises:
        OSError: when the file cannot be read.
    """
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    broken = "not-utf-8" if encoding == "utf-8" else "bad-encoding"
    with path.open(encoding=name, errors=_HANDLER, newline="") as source:
        yield Records(source, delimiter, broken)


class _Lines:
    """Numbered lines with the possibility to look ahead; `row` is the last one taken."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._ahead: deque[str] = deque()
        self.row = 0
        self.ended = True

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while self._ahead or (line := next(self._source, "")):
            line = self._ahead.popleft() if self._ahead else line
            self.row += 1
            self.ended = line.endswith(_ENDS)
            yield self.row, line

    def ahead(self, count: int) -> list[str]:
        """The next lines, not yet taken; fewer at the end of the file."""
        if count > len(self._ahead):
            self._ahead.extend(islice(self._source, count - len(self._ahead)))
        return list(islice(self._ahead, count))

    def block(self) -> list[str]:
        """The next lines, as many as are well held at a time, and one at least."""
        lines = list(self._ahead)
        signs = sum(map(len, lines))
        while len(lines) < _BLOCK and signs < _BLOCK_SIGNS:
            more = list(islice(self._source, _STEP))
            if not more:
                break
            self._ahead.extend(more)
            lines += more
            signs += sum(map(len, more))
        return lines

    def skip(self, count: int) -> None:
        """Take lines that were looked at."""
        for _ in range(count):
            self._ahead.popleft()
        self.row += count


class _Cells:
    """Splits one record's text at a time with a single strict reader."""

    def __init__(self, delimiter: str) -> None:
        self._text: str | None = None
        self._reader = csv.reader(self, delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text, self._text = self._text, None
        if text is None:
            raise StopIteration
        return text

    def split(self, text: str) -> list[str]:
        self._text = text
        return next(self._reader)


def _quoted(row: int, text: str, lines: _Lines, split: _Cells) -> Record:
    used = 0
    if text.count('"') % 2:
        quotes = 1
        for line in lines.ahead(_MOST_LINES):
            if _MARK in line:
                break
            text += line
            used += 1
            quotes += line.count('"')
            if quotes % 2 == 0:
                break
        if quotes % 2:
            return Record(row, [], "bad-quoting")
    try:
        cells = split.split(text.rstrip("\r\n"))
    except (csv.Error, StopIteration):
        return Record(row, [], "bad-quoting")
    lines.skip(used)
    return Record(row, cells)
