"""The headings of a file: which column a name, a number, a letter or a pattern means.

A heading is compared as it is written, then with its white space folded: U+00A0, doubled blanks
and line breaks are what nobody sees. Nothing else is bent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from collections.abc import Sequence

JOINED = " / "
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_NUMBERED = re.compile(r"(.*?)\s*#([1-9][0-9]{0,3})", re.DOTALL)
_LETTERS = re.compile(r"[A-Z]{1,3}")


def folded(text: str) -> str:
    """A heading without signs that nobody sees, and one blank for any white space."""
    return " ".join(_UNSEEN.sub("", composed(text)).split())


def pattern(text: str) -> str:
    """A pattern with `*` (any signs) and `?` (one sign) as a regular expression of a whole text."""
    return f"^(?s:{_expression(text.strip())})$"


def is_pattern(text: str) -> bool:
    """Whether a text may stand for several headings."""
    return "*" in text or "?" in text


def star(text: str, heading: str) -> str | None:
    """What the only `*` of a pattern stands for in a heading; None where that is not settled."""
    if text.count("*") != 1:
        return None
    before, _, after = map(_expression, folded(text).partition("*"))
    found = re.fullmatch(f"{before}(.*){after}", heading, re.DOTALL)
    return found[1].strip() if found else None


def _expression(text: str) -> str:
    """The signs that Python's and the engine's regular expressions read alike."""
    signs = {"*": ".*", "?": ".", **{sign: f"\\{sign}" for sign in r"\.+^$|()[]{}"}}
    return "".join(signs.get(sign, sign) for sign in text)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the columns of a file.

    Attributes:
        cells: the heading of each column; of several rows their texts, joined by ` / `.
        last: the last row alone, where there are several.
        none: the file has no headings; columns go by letter and position.
    """

    cells: tuple[str, ...]
    last: tuple[str, ...] = ()
    none: bool = False

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.cells)

    def places(self, theirs: str) -> list[int]:
        """The columns, from 0, that a text of the company file names."""
        return self._named(theirs) or self._numbered(theirs)

    def matching(self, theirs: str) -> list[tuple[int, str]]:
        """The columns whose heading a pattern fits, each with the heading it fits."""
        form = re.compile(pattern(folded(theirs)))
        found = []
        for place, cell in enumerate(self.cells):
            names = [folded(row[place]) for row in (self.cells, self.last) if row]
            fits = next((name for name in names if name and form.match(name)), None)
            if cell and fits is not None:
                found.append((place, fits))
        return found

    def _named(self, theirs: str) -> list[int]:
        theirs, same = theirs.strip(), folded(theirs)
        for row in (self.cells, self.last):
            found = [place for place, cell in enumerate(row) if cell == theirs]
            found = found or [p for p, cell in enumerate(row) if cell and folded(cell) == same]
            if found:
                return found
        return []

    def _numbered(self, theirs: str) -> list[int]:
        """`Usage#2` is the second `Usage`; `#3` the third column; `C` too, without headings."""
        if self.none and _LETTERS.fullmatch(theirs.strip()):
            number = 0
            for letter in theirs.strip():
                number = number * 26 + ord(letter) - 64
            return [number - 1] if number <= self.width else []
        match = _NUMBERED.fullmatch(theirs.strip())
        if match is None:
            return []
        among = self._named(match[1]) if match[1] else list(range(self.width))
        number = int(match[2])
        return among[number - 1 : number]


def header_of(rows: Sequence[Sequence[str]]) -> Header:
    """The header that some rows are; in all but the last an empty cell goes on with the one before.

    What goes on is a heading over several columns; a column whose last row is empty stands alone.
    """
    read = [[_cell(cell) for cell in row] for row in rows]
    if len(read) == 1:
        return Header(tuple(read[0]))
    width = max(map(len, read))
    filled = [row + [""] * (width - len(row)) for row in read]
    joined = []
    above = [""] * (len(filled) - 1)
    for place in range(width):
        own = [row[place] for row in filled]
        for level, cell in enumerate(own[:-1]):
            if cell:
                above[level:] = [cell, *[""] * (len(above) - level - 1)]
        joined.append(JOINED.join(cell for cell in (*above, own[-1]) if cell) if own[-1] else
                      JOINED.join(filter(None, own)))  # fmt: skip
        if not own[-1]:
            above = [""] * len(above)
    return Header(tuple(joined), tuple(filled[-1]))


def bare_header(width: int) -> Header:
    """The header of a file without headings."""
    return Header(("",) * width, none=True)


def _cell(cell: str) -> str:
    return composed(cell.strip().removeprefix("\ufeff").strip())
