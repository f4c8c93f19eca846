"""What a list beside the company file holds: its files, and the texts of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class ListFile(NamedTuple):
    """A file of a list.

    Attributes:
        shown: its path as findings show it.
        delimiter: the sign between cells; empty where it is no text.
        lines: its text by lines; none where it is no text.
    """

    shown: str
    delimiter: str = ""
    lines: Sequence[str] = ()


class ListRow(NamedTuple):
    """A row: the place of its file, its number, and the texts of its cells, by our column."""

    file: int
    row: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class ListRows:
    """The rows of a list; `columns` holds by file where each of our columns stands, from 1."""

    files: tuple[ListFile, ...] = ()
    rows: tuple[ListRow, ...] = ()
    columns: tuple[dict[str, int], ...] = ()
    hashes: dict[str, str] = field(default_factory=dict)
