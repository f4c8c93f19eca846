"""Where a row stands over all files of a table, as one number that sorts like the rows."""

from __future__ import annotations

from typing import Any

ROW_BITS, WIDE_BITS = 36, 10
_ROWS = (1 << ROW_BITS) - 1


def packed(index: int, row: Any) -> Any:
    """The position of a row over all files; the lowest bits count headings of a wide table."""
    return row * (1 << WIDE_BITS) + (index << (ROW_BITS + WIDE_BITS))


def unpacked_position(position: int) -> tuple[int, int, int]:
    """File, row and heading of a position."""
    wide, rest = position & ((1 << WIDE_BITS) - 1), position >> WIDE_BITS
    return rest >> ROW_BITS, rest & _ROWS, wide
