"""Where the headings stand when they are not where the table looks: one cause, one remedy.

What is found is said, never used: the reader states it in the company file.
"""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.file_columns import file_columns
from ghgcalc.activity_data.tables.headings import header_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghgcalc.company.table import Table

SIGNS = (",", ";", "\t", "|")
MOST_ROWS = 60
_SEP = re.compile(r"(?i)\s*sep=(.?)\s*")
_DATUM = re.compile(r"[+-]?[0-9][0-9.,:/ -]*")


class Elsewhere(NamedTuple):
    """Where the headings stand: the sign between them, their row; `sep` is said in the file."""

    delimiter: str
    row: int
    sep: bool = False


def sep_line(cells: Sequence[str], delimiter: str) -> str | None:
    """The sign of a line such as `sep=;`, which Excel reads and does not show; None for others."""
    match = _SEP.fullmatch(delimiter.join(cells))
    return None if match is None else match[1] or delimiter


def holds_data(cells: Sequence[str]) -> bool:
    """Whether a row looks like data: a number or a day stands in it."""
    return any(_DATUM.fullmatch(cell.strip()) for cell in cells)


def search(
    table: Table, lines: Sequence[str], delimiter: str, *, patterns: bool = True
) -> Elsewhere | None:
    """Look for the headings in the first lines of a text file.

    Args:
        table: its rules, with one row of headings.
        lines: the lines of the file.
        delimiter: the sign that the table states.
        patterns: whether keys of `unpivot` may be patterns.
    """
    stated = table.read.last_header_row
    sign = sep_line(lines[stated - 1].split(delimiter), delimiter) if stated <= len(lines) else None
    signs = [delimiter, *(each for each in SIGNS if each != delimiter)]
    for each in signs:
        for row in (stated, *range(1, min(len(lines), MOST_ROWS) + 1)):
            if row <= len(lines) and _missing(table, lines[row - 1], each, patterns) == 0:
                return Elsewhere(each, row, sign is not None and row > stated)
    if sign is not None:
        return Elsewhere(sign, stated + 1, sep=True)
    if stated > len(lines):
        return None
    most = _missing(table, lines[stated - 1], delimiter, patterns)
    counts = [(_missing(table, lines[stated - 1], each, patterns), each) for each in signs[1:]]
    fewest, best = min(counts)
    alone = delimiter not in lines[stated - 1]
    return Elsewhere(best, stated) if alone and fewest < most else None


def remedy(found: Elsewhere, stated: str, row: int) -> str:
    """The keys to state, as they are typed."""
    keys = []
    if found.delimiter != stated:
        keys.append(f"`delimiter: {json.dumps(found.delimiter)}`")
    if found.row != row:
        keys.append(f"`header_row: {found.row}`")
    return f"set {' and '.join(keys)} under `read:`"


def _missing(table: Table, line: str, delimiter: str, patterns: bool) -> int:
    """How many of the columns wanted a line does not name once."""
    cells = next(_cells(line, delimiter), [])
    return len(file_columns(table, header_of([cells]), patterns=patterns).unfound)


def _cells(line: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader([line.removeprefix("\ufeff")], delimiter=delimiter)
    except csv.Error:
        return
