"""The registry of diagnostic codes: title, why it matters, how to fix (docs/errors.md)."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One code: `slug`, title, why it matters, what to do."""

    slug: str
    title: str
    why: str
    fix: str


_ROWS: tuple[Code, ...] = ()
CODES: dict[str, Code] = {row.slug: row for row in _ROWS}
