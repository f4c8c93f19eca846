"""What a named format gives: rows under its own headings, and what is refused of its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ghgcalc.activity_data.tables.files import FileRefused


class FormatRow(NamedTuple):
    """A row of a named format.

    Attributes:
        row: its number: the line of a text file, or the running number of a reading.
        part: which of the readings of a line it is, from 0; below 1,024.
        cells: the texts, in the order of the format's headings.
        moment: first and last second, for formats of intervals: seconds since 1970, and the next.
        code: what is wrong with the row, as the readers of tables say it.
    """

    row: int
    part: int
    cells: list[str]
    moment: tuple[int, int] | None = None
    code: str = ""


class FormatRefused(FileRefused):
    """A file of a named format that cannot be read; `line` is where that shows, from 1."""

    def __init__(self, code: str, message: str, hint: str, line: int = 1) -> None:
        super().__init__(code, message, hint)
        self.line = line


@dataclass(frozen=True, slots=True)
class Apart:
    """A heading whose texts tell rows apart that must not be added up unseen.

    Attributes:
        heading: the heading.
        plain: texts that mean the ordinary case.
        uses: headings of which a table must use one where another text, or several, occur.
        says: what the file holds then, and the hint.
    """

    heading: str
    plain: frozenset[str]
    uses: tuple[str, ...]
    says: str
    hint: str


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A named format.

    Attributes:
        address: `module:function` of its reader, which takes the path of an unpacked file and the
            table's `read` and gives its rows.
        headings: what `columns:`, `filter:` and the rest may name.
        series: headings that tell series of intervals apart, as far as a table uses them; the
            first ones always do.
        always: how many of `series` always do.
    """

    address: str
    headings: tuple[str, ...]
    apart: tuple[Apart, ...] = ()
    series: tuple[str, ...] = ()
    always: int = 0
