"""Record by record: files with quotes, broken bytes or rows of different lengths.

Each bad line costs that line only: an unclosed quote does not swallow the rest of the file.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARK = "\udc80"
_MOST_LINES = 100
_HANDLER = "ghgcalc-mark"


class Record(NamedTuple):
    """A record: its row number, its cells, or the code of what is wrong with it."""

    row: int
    cells: list[str]
    code: str = ""


def _mark_bytes(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _MARK, max(error.end, error.start + 1)
    raise error


codecs.register_error(_HANDLER, _mark_bytes)


def records(path: Path, encoding: str, delimiter: str) -> Iterator[Record]:
    """Give the records of a file; blank lines are passed over but counted as rows.

    A quoted cell may run over lines; the record's number is that of its first line.

    Raises:
        OSError: when the file cannot be read.
    """
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    broken = "not-utf-8" if encoding == "utf-8" else "bad-encoding"
    with path.open(encoding=name, errors=_HANDLER, newline="") as source:
        lines, cells = _Lines(source), _Cells(delimiter)
        for row, line in lines:
            text = line.removeprefix("\ufeff") if row == 1 else line
            if _MARK in text:
                yield Record(row, [], broken)
            elif '"' in text:
                yield _quoted(row, text, lines, cells)
            elif text.strip(" \r\n"):
                yield Record(row, text.rstrip("\r\n").split(delimiter))


class _Lines:
    """Numbered lines with the possibility to look ahead."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._ahead: deque[str] = deque()
        self._row = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while self._ahead or (line := next(self._source, "")):
            line = self._ahead.popleft() if self._ahead else line
            self._row += 1
            yield self._row, line

    def peek(self, index: int) -> str:
        while len(self._ahead) <= index:
            line = next(self._source, "")
            if not line:
                return ""
            self._ahead.append(line)
        return self._ahead[index]

    def skip(self, count: int) -> None:
        for _ in range(count):
            self._ahead.popleft()
        self._row += count


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
    while text.count('"') % 2:
        line = lines.peek(used) if used < _MOST_LINES else ""
        if not line or _MARK in line:
            return Record(row, [], "bad-quoting")
        text += line
        used += 1
    try:
        cells = split.split(text.rstrip("\r\n"))
    except (csv.Error, StopIteration):
        return Record(row, [], "bad-quoting")
    lines.skip(used)
    return Record(row, cells)
