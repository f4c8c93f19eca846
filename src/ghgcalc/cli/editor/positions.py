"""Places of editors and ours: their lines and code units from 0, our code points from 1.

Language Server Protocol 3.17, Text Documents: a line ends with LF, CRLF or CR, and a column counts
units of the encoding agreed on, UTF-16 unless another one is. Lines of YAML also end with NEL, LS
and PS; code points above U+FFFF are two units of UTF-16.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ghgcalc.core.diagnostics import Location

UTF_16: Final = "utf-16"
_ENDS = re.compile(r"\r\n|\r|\n")
# encoding of the protocol: ours, and the bytes of a unit
_CODECS = {"utf-8": ("utf-8", 1), UTF_16: ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Spot(NamedTuple):
    """A place of the protocol: line and code unit, from 0."""

    line: int
    character: int


class Stretch(NamedTuple):
    """A stretch of the protocol; `end` is the place behind it."""

    start: Spot
    end: Spot

    def meets(self, other: Stretch) -> bool:
        """Whether the two overlap or touch."""
        return self.start <= other.end and other.start <= self.end


START: Final = Stretch(Spot(0, 0), Spot(0, 0))


def units(text: str, encoding: str) -> int:
    """How many code units a text has."""
    codec, size = _CODECS[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


class Positions:
    """The places of one text, both ways."""

    def __init__(self, text: str, encoding: str = UTF_16) -> None:
        self.text, self._encoding = text, encoding
        self._theirs = [0, *(found.end() for found in _ENDS.finditer(text))]
        sizes = map(len, text.splitlines(keepends=True))
        self._ours = [0, *accumulate(sizes)]

    def spot(self, offset: int) -> Spot:
        """The protocol's place of a code point, counted from 0."""
        line = bisect_right(self._theirs, offset) - 1
        return Spot(line, units(self.text[self._theirs[line] : offset], self._encoding))

    def offset(self, spot: Spot) -> int:
        """The code point at a place; a place behind the end of its line gives that end."""
        if spot.line >= len(self._theirs):
            return len(self.text)
        start = self._theirs[spot.line]
        ended = _ENDS.search(self.text, start)
        end = ended.start() if ended else len(self.text)
        left = spot.character
        for at in range(start, end):
            if left <= 0:
                return at
            left -= units(self.text[at], self._encoding)
        return end

    def start_of(self, where: Location) -> int:
        """The code point, from 0, of one of our places."""
        if where.line >= len(self._ours):
            return len(self.text)
        return min(self._ours[where.line - 1] + where.column - 1, self._ours[where.line])

    def stretch(self, where: Location) -> Stretch:
        """What the caret of one of our places covers."""
        start = self.start_of(where)
        end = min(start + where.width, len(self.text))
        return Stretch(self.spot(start), self.spot(end))

    def between(self, start: int, end: int) -> Stretch:
        """The stretch of some code points."""
        return Stretch(self.spot(start), self.spot(end))

    def line_of(self, offset: int) -> int:
        """Our line, from 1, of a code point."""
        return max(bisect_right(self._ours, offset), 1)


def in_line(where: Location, line: str, encoding: str) -> Stretch:
    """What a caret covers where its line alone is known, as of long tables."""
    start, end = where.column - 1, where.column - 1 + where.width
    at = max(where.line - 1, 0)
    return Stretch(Spot(at, units(line[:start], encoding)), Spot(at, units(line[:end], encoding)))
