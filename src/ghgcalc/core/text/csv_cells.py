"""The cells of a CSV text and where each stands: line, column and width, for carets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ghgcalc.core.diagnostics import Diagnostic, Location


@dataclass
class CsvCells:
    """A CSV text with a header row.

    Attributes:
        path: the file as findings show it.
        broken: the finding of a record whose quotes do not close; known after `rows`.
    """

    path: str
    text: str
    delimiter: str = ","
    broken: Diagnostic | None = None
    columns: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Read the header."""
        self.columns = []  # a broken header is placed, too
        self.columns = next((cells for _, cells in self.records()), [])

    @cached_property
    def lines(self) -> list[str]:
        """The text by lines, split when a place is first asked for."""
        return re.split(r"\r\n|\r|\n", self.text)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Line number of its first line, and the cells, of each record that is not empty."""
        reader = csv.reader(io.StringIO(self.text, newline=""), self._dialect, strict=True)
        start = 0
        try:
            for cells in reader:
                first, start = start + 1, reader.line_num
                if any(cells):
                    yield first, cells
        except csv.Error as error:
            self.broken = Diagnostic(
                "bad-quoting",
                f"the row cannot be read: {error}",
                self.place(start + 1, ""),
                hint="close the quotes, and double a quote inside a cell",
            )

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The records below the header."""
        found = self.records()
        next(found, None)
        yield from found

    def place(self, row: int, column: str) -> Location:
        """Where the cell of a named column stands; row 0 is the header, "" the whole row."""
        named = column in self.columns
        return self.at(row or 1, self.columns.index(column) if named else None)

    def at(self, row: int, index: int | None) -> Location:
        """Where the cell with an index stands in its row; None is the whole row."""
        line = self.lines[row - 1] if row <= len(self.lines) else ""
        spans = _spans(line, self.delimiter) if index is not None else ()
        if index is None or index >= len(spans):
            return Location(self.path, row, 1, max(len(line), 1))
        start, end = spans[index]
        return Location(self.path, row, start + 1, max(end - start, 1))

    @property
    def _dialect(self) -> type[csv.Dialect]:
        class Plain(csv.excel):
            delimiter = self.delimiter

        return Plain


@lru_cache(maxsize=4)  # many findings may lie in one row, of thousands of cells
def _spans(line: str, delimiter: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each cell of a line; delimiters inside double quotes do not count."""
    found: list[tuple[int, int]] = []
    start, quoted = 0, False
    for part in line.split(delimiter):
        end = (found.pop()[1] + 1 if quoted else start) + len(part)
        found.append((start, end))
        quoted ^= part.count('"') % 2 == 1
        start = start if quoted else end + 1
    return tuple(found)
