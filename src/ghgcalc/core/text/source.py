"""Text read into data with marks: mappings and lists that know where each part was written.

`yaml_text` reads the text. Every scalar stays text (the field's type reads it).
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from ghgcalc.core.diagnostics import Location
from ghgcalc.core.text.csv_cells import CsvCells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_BYTES = 64 * 1024 * 1024
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LINE_BITS, COLUMN_BITS = 28, 20
POSITION_BITS = 80
LINE_SIZE = 1 << COLUMN_BITS


class Finder(Protocol):
    """Finds the places of a collection's parts again in its text."""

    def of_map(self, at: int) -> dict[str, int]:
        """Of each key and value of the mapping whose first key stands at `at`."""

    def of_list(self, at: int) -> list[int]:
        """Of each item of the list that starts at `at`."""


class Map(dict[str, Any]):
    """A mapping that knows where each key and value was written.

    `places` are its marks, or who finds them and where the mapping starts: of the small mappings of
    100,000 activities hardly one is ever asked.
    """

    __slots__ = ("places",)
    places: dict[str, int] | tuple[Finder, int]

    @property
    def marks(self) -> dict[str, int]:
        """By key, `mark_of` its place and that of its value."""
        places = self.places
        if isinstance(places, tuple):
            self.places = places = places[0].of_map(places[1])
        return places

    @marks.setter
    def marks(self, marks: dict[str, int]) -> None:
        self.places = marks


class List(list[Any]):
    """A sequence that knows where each item was written; `places` as those of `Map`."""

    __slots__ = ("places",)
    places: list[int] | tuple[Finder, int]

    @property
    def marks(self) -> list[int]:
        """The place of each item."""
        places = self.places
        if isinstance(places, tuple):
            self.places = places = places[0].of_list(places[1])
        return places

    @marks.setter
    def marks(self, marks: list[int]) -> None:
        self.places = marks


Node: TypeAlias = "Map | List | str | None"


@dataclass(slots=True)
class SourceFile:
    """One file read: path as shown, its text, and the index that marks carry.

    `delimiter` of a file of rows: columns of its marks number cells, and carets cover them.
    """

    path: str
    text: str
    index: int = 0
    delimiter: str = ""
    _lines: Sequence[str] | None = field(default=None, repr=False)

    @property
    def lines(self) -> Sequence[str]:
        """The text by lines, split once."""
        if self._lines is None:
            self._lines = self.text.splitlines()
        return self._lines


def position(file: int, line: int, column: int) -> int:
    """Pack a 0-based place into one integer: marks of 100,000 lines stay small."""
    column = min(column, (1 << COLUMN_BITS) - 1)
    return (file << (_LINE_BITS + COLUMN_BITS)) | (line << COLUMN_BITS) | column


def unpack(packed: int) -> tuple[int, int, int]:
    """Return (file, line, column), 0-based, of a packed place."""
    column = packed & ((1 << COLUMN_BITS) - 1)
    line = (packed >> COLUMN_BITS) & ((1 << _LINE_BITS) - 1)
    return packed >> (_LINE_BITS + COLUMN_BITS), line, column


def key_position(mark: int) -> int:
    """The place of the key in a `Map` mark."""
    return mark >> POSITION_BITS


def value_position(mark: int) -> int:
    """The place of the value in a `Map` mark."""
    return mark & ((1 << POSITION_BITS) - 1)


def mark_of(key: int, value: int) -> int:
    """Pack the places of a key and its value."""
    return (key << POSITION_BITS) | value


def location_at(files: list[SourceFile], packed: int, offset: int | None = None) -> Location:
    """Turn a packed place into a Location whose caret covers the scalar written there.

    `offset` 0 means: `files` holds only the file that the mark speaks of.
    """
    index, line, column = unpack(packed)
    source = files[0] if offset == 0 else files[index]
    text = source.lines[line] if line < len(source.lines) else ""
    if source.delimiter:
        cell = CsvCells(source.path, text, source.delimiter).at(1, column)
        return cell._replace(line=line + 1)
    return Location(source.path, line + 1, column + 1, _token_width(text[column:]))


def _token_width(rest: str) -> int:
    """Width of the scalar at the start of `rest` (quoted, plain, or flow)."""
    if rest[:1] in {'"', "'"}:
        end = rest.find(rest[0], 1)
        return end + 1 if end > 0 else max(len(rest.rstrip()), 1)
    if rest[:1] in {"{", "["}:
        return 1
    end = len(rest)
    for stop in (": ", " #", ", ", "}", "]"):
        found = rest.find(stop)
        if 0 < found < end:
            end = found
    text = rest[:end].rstrip()
    return max(len(text.removesuffix(":")), 1)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the cyclic collector while many small objects are built."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
