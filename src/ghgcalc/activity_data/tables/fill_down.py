"""Cells left empty below a label that stands once for its rows: `read: {fill_down: …}`.

A label holds until the next one. What may end it without a word ends it: an empty row between, a
row that cannot be read, a new label in a column stated before (January's last site is none of
February's). A cell that nothing fills stays empty, and is refused as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.records import Block, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Labels:
    """The last label of each column that is filled, the outer ones first."""

    def __init__(self, places: Sequence[int]) -> None:
        self.places = tuple(places)
        self._last = dict.fromkeys(self.places, "")

    def filled(self, cells: list[str]) -> list[str]:
        """The cells of a row, those of these columns as they stand or as above."""
        made, new = list(cells), False
        for place in self.places:
            if cells[place].strip():
                self._last[place], new = cells[place], True
            elif new:
                self._last[place] = ""
            else:
                made[place] = self._last[place]
        return made

    def forget(self, places: Iterable[int] | None = None) -> None:
        """Fill nothing, or nothing in some columns, until the next label."""
        self._last |= dict.fromkeys(self.places if places is None else places, "")


def with_labels(
    records: Iterable[Block | Record], places: Sequence[int], width: int
) -> Iterator[Block | Record]:
    """The records of a text file with the cells of some columns filled."""
    labels, wanted = Labels(places), 0
    for item in records:
        rows = item.records if isinstance(item, Block) else [item.cells]
        if item.row != wanted:
            labels.forget()
        known = isinstance(item, Block) or (not item.code and len(item.cells) == width)
        if not known:
            labels.forget()
        made = [labels.filled(cells) for cells in rows] if known else rows
        wanted = item.row + len(rows) + sum(cell.count("\n") for cells in rows for cell in cells)
        yield Block(item.row, made) if isinstance(item, Block) else item._replace(cells=made[0])
