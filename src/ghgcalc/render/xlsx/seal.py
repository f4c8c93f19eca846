"""A digest of what was written into sheets, which a spreadsheet's own saving does not move.

Each row is hashed from its cells that are no formulas: texts without white space, numbers with 12
digits, days. Rows add up, so that sorting or filtering a table changes nothing. It tells a
workbook that a reader changed from one that only was opened; it is no signature.
"""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOISE = re.compile(r"[\s\x00-\x1f\x7f]|_x[0-9A-Fa-f]{4}_")
_SIZE = 1 << 256


class Seal:
    """The digest of one sheet under construction; cells come row by row."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self._sum, self._row = 0, -1
        self._cells: list[tuple[int, str]] = []

    def add(self, row: int, column: int, value: object) -> None:
        """Count a cell; blank ones and headings (row 0) are none."""
        if row == 0 or value is None or value == "":
            return
        if row != self._row:
            self._close()
            self._row = row
        self._cells.append((column, _text(value)))

    def _close(self) -> None:
        if self._cells:
            cells = "\x1f".join(f"{column} {text}" for column, text in sorted(self._cells))
            self._sum += int.from_bytes(sha256(f"{self.sheet}\x1f{cells}".encode()).digest(), "big")
            self._cells = []

    @property
    def value(self) -> int:
        """The sum of all rows so far."""
        self._close()
        return self._sum % _SIZE


def _text(value: object) -> str:
    if isinstance(value, int | float):
        return f"n{float(value) + 0.0:.12g}"
    if isinstance(value, date):
        return f"d{value:%Y-%m-%d}"
    return f"s{_NOISE.sub('', str(value))}"


def digest_of(seals: Iterable[Seal]) -> str:
    """One digest of several sheets, as 64 hexadecimal digits."""
    whole = sum(seal.value for seal in seals) % _SIZE
    return sha256(f"{whole:064x}".encode()).hexdigest()
