"""The CSV tables of a pack: read once, indexed by what a line asks, rows made when asked for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.factors.model import PackTable

Cells = dict[str, str]


@dataclass(slots=True, frozen=True)
class RowRef:
    """A CSV row that has not been turned into a factor yet; empty cells are left out."""

    table: PackTable
    cells: Cells
    line: int


@dataclass
class CsvTable:
    """One CSV of a pack.

    A pack may hold thousands of rows and a company asks for a few, so rows stay lists of text
    until one is wanted, and the index is one pass over the columns that a line asks by.
    """

    table: PackTable
    path: Path

    @cached_property
    def _read(self) -> tuple[list[str], list[list[str]], list[int]]:
        with self.path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            header = next(reader, [])
            rows, lines = [], []
            for row in reader:
                rows.append(row)
                lines.append(reader.line_num)
        return header, rows, lines

    def serves(self, category: str) -> bool:
        """Whether the table can hold rows of a category; False where its constant says others."""
        constant = self.table.constants.get("category")
        return constant is None or category in constant.split("|")

    def all(self) -> Iterator[RowRef]:
        """Every row in order."""
        return (self._row(place) for place in range(len(self._read[1])))

    def asked(self, category: str, fuel: str | None, item: str | None) -> Iterator[RowRef]:
        """Rows of a category for a fuel and item; None asks for rows that name none."""
        want = (fuel or "", item or "")
        for (categories, *have), places in self._index.items():
            if tuple(have) == want and category in categories.split("|"):
                yield from map(self._row, places)

    def column(self, category: str, column: str) -> set[str]:
        """The texts of the column `fuel` or `item` in rows of a category."""
        part = 1 if column == "fuel" else 2
        return {key[part] for key in self._index if category in key[0].split("|")} - {""}

    def categories(self) -> dict[str, int]:
        """Number of rows by category."""
        found: dict[str, int] = {}
        for (categories, *_), places in self._index.items():
            for category in categories.split("|"):
                found[category] = found.get(category, 0) + len(places)
        return found

    def of_id(self, name: str) -> RowRef | None:
        """The row with an id."""
        place = self.ids.get(name)
        return None if place is None else self._row(place)

    @cached_property
    def ids(self) -> dict[str, int]:
        """Place of each row by id; of two rows with one id the later stands, lint names both."""
        return {name: place for place, name in enumerate(self._texts("id"))}

    @cached_property
    def _index(self) -> dict[tuple[str, str, str], list[int]]:
        found: dict[tuple[str, str, str], list[int]] = {}
        keys = zip(*(self._texts(name) for name in ("category", "fuel", "item")), strict=True)
        for place, key in enumerate(keys):
            found.setdefault(key, []).append(place)
        return found

    def _texts(self, column: str) -> list[str]:
        """A column as text; the constant where a row has no cell of its own."""
        header, rows, _ = self._read
        constant = self.table.constants.get(column, "")
        if column not in header:
            return [constant] * len(rows)
        place = header.index(column)
        return [(row[place] if place < len(row) else "") or constant for row in rows]

    def _row(self, place: int) -> RowRef:
        header, rows, lines = self._read
        cells = dict(self.table.constants)
        cells.update((name, cell) for name, cell in zip(header, rows[place], strict=False) if cell)
        return RowRef(self.table, cells, lines[place])
