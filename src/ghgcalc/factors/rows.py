"""The CSV tables of a pack: read once, indexed by what a line asks, rows made when asked for."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING

from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.source import MAX_BYTES
from ghgcalc.core.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ghgcalc.core.units import Unit
    from ghgcalc.factors.model import PackTable

Cells = dict[str, str]
SCANS = 3  # a company of one or two sources asks less than an index costs


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
    looked: int = 0
    _asked: dict[int, RowRef] = field(default_factory=dict)  # rows made, by place

    @cached_property
    def _read(self) -> tuple[list[str], list[list[str]], Sequence[int]]:
        """Header, rows, and the line each row ends in; a record without any text is none."""
        text = composed(self.path.read_text("utf-8-sig"))
        records = _records(text)
        if all(map(any, records)):
            header, *rows = records or [[]]
            plain = text.count("\n") + (not text.endswith("\n")) == len(records)
            return header, rows, range(2, len(rows) + 2) if plain else _line_numbers(text)[1:]
        kept = [each for each in zip(records, _line_numbers(text), strict=True) if any(each[0])]
        header, rows = kept[0][0] if kept else [], [cells for cells, _ in kept[1:]]
        return header, rows, [line for _, line in kept[1:]]

    def raw(self) -> tuple[list[str], list[list[str]]]:
        """The header and every row as text.

        Raises:
            csv.Error: quotes do not close.
        """
        header, rows, _ = self._read
        return header, rows

    @cached_property
    def even(self) -> bool:
        """Whether every row has as many cells as the header."""
        header, rows, _ = self._read
        return set(map(len, rows)) <= {len(header)}

    def columns(self) -> list[str] | None:
        """The header; None where the file cannot be read as CSV in UTF-8 of a bearable size."""
        try:
            return self.raw()[0] if self.path.stat().st_size <= MAX_BYTES else None
        except (OSError, ValueError, csv.Error):
            return None

    @cached_property
    def texts(self) -> dict[str, Sequence[str]]:
        """Each column as text; a constant where a row has no cell of its own."""
        header, rows, _ = self._read
        width = len(header)
        padded = rows
        if not self.even:
            padded = [[*row, *[""] * width][:width] for row in rows]
        found: dict[str, Sequence[str]] = dict(zip(header, zip(*padded, strict=True), strict=False))
        for name, constant in self.table.constants.items():
            own = found.get(name)
            found[name] = [text or constant for text in own] if own else [constant] * len(rows)
        return found

    def serves(self, category: str) -> bool:
        """Whether the table can hold rows of a category; False where its constant says others."""
        constant = self.table.constants.get("category")
        return constant is None or category in constant.split("|")

    def all(self) -> Iterator[RowRef]:
        """Every row in order."""
        return (self._row(place) for place in range(len(self._read[1])))

    def asked(
        self, category: str, fuel: str | None, item: str | None, per: Callable[[str], bool]
    ) -> Iterator[RowRef]:
        """Rows of a category for a fuel and item; None asks for rows that name none.

        `per` judges the text of the unit: of thousands of rows per km none is made for litres.
        """
        for categories, places in self._places((fuel or "", item or "")).items():
            if category in categories.split("|"):
                units = self._column("per")
                yield from (self._kept(place) for place in places if per(units[place]))

    def _places(self, want: tuple[str, str]) -> dict[str, list[int]]:
        """Places of a fuel and item: by looking through at first, by the index from then on."""
        self.looked += 1
        if self.looked > SCANS:
            return self._index.get(want, {})
        found: dict[str, list[int]] = {}
        categories = self._column("category")
        for place, key in enumerate(zip(self._column("fuel"), self._column("item"), strict=True)):
            if key == want:
                found.setdefault(categories[place], []).append(place)
        return found

    def column(
        self, category: str, column: str, serves: Callable[[Unit], bool] | None = None
    ) -> set[str]:
        """The texts of the column `fuel` or `item` in rows of a category whose unit serves."""
        part = 0 if column == "fuel" else 1
        units = self._column("per")
        fits = {per for per in set(units) if serves is None or serves(parse_unit(per))}
        found = {
            key[part]
            for key, groups in self._index.items()
            for categories, places in groups.items()
            if category in categories.split("|") and any(units[at] in fits for at in places)
        }
        return found - {""}

    def categories(self) -> dict[str, int]:
        """Number of rows by category."""
        found: dict[str, int] = {}
        for groups in self._index.values():
            for categories, places in groups.items():
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
        return {name: place for place, name in enumerate(self._column("id"))}

    @cached_property
    def _index(self) -> dict[tuple[str, str], dict[str, list[int]]]:
        """Places of rows by fuel and item, then by the text of their categories."""
        found: dict[tuple[str, str], dict[str, list[int]]] = {}
        keys = zip(self._column("fuel"), self._column("item"), strict=True)
        for place, (key, categories) in enumerate(zip(keys, self._column("category"), strict=True)):
            groups = found.get(key)
            if groups is None:
                found[key] = {categories: [place]}
            else:
                groups.setdefault(categories, []).append(place)
        return found

    def _column(self, name: str) -> Sequence[str]:
        return self.texts.get(name) or [""] * len(self._read[1])

    def _kept(self, place: int) -> RowRef:
        """A row that lines ask for: what one asked, others ask too."""
        row = self._asked.get(place)
        if row is None:
            row = self._asked[place] = self._row(place)
        return row

    def _row(self, place: int) -> RowRef:
        header, rows, lines = self._read
        cells = dict(self.table.constants)
        cells.update((name, cell) for name, cell in zip(header, rows[place], strict=False) if cell)
        return RowRef(self.table, cells, lines[place])


def _records(text: str) -> list[list[str]]:
    """The records of a CSV; a text without quotes is cut at line ends and commas."""
    if '"' in text or "\r" in text:
        return list(csv.reader(StringIO(text, newline=""), strict=True))
    lines = text.split("\n")
    if not lines[-1]:
        del lines[-1]
    return [line.split(",") if line else [] for line in lines]


def _line_numbers(text: str) -> list[int]:
    """The line each record ends in, where quoted cells hold line ends or lines are blank."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    return [reader.line_num for _ in reader]
