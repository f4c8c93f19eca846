"""Rows of a list to entries of the company file, with the place of each cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.activity_data.tables.day_formats import day_format
from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, shown_cell
from ghgcalc.company.lists import STATE_KEYS, Entries, FacilityTable, NameList
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Related
from ghgcalc.core.text.scripts import is_id
from ghgcalc.core.text.source import (
    Map,
    key_position,
    location_at,
    mark_of,
    position,
    value_position,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghgcalc.activity_data.tables.list_rows import ListRow, ListRows
    from ghgcalc.company.lists import Listing
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.text.source import SourceFile

_DAYS = ("opened", "closed", "from")


class Cell(NamedTuple):
    """A text with the mark of its place."""

    text: str
    mark: int


class ListReader:
    """Makes the entries of one list.

    Args:
        listing: the rules of the list.
        node: the list as written, for the places of its constants.
        read: its rows.
        files: every file of the document; those of the list begin at `offset`.
    """

    def __init__(
        self, listing: Listing, node: Map, read: ListRows, files: Sequence[SourceFile], offset: int
    ) -> None:
        self.listing, self.read = listing, read
        self.files, self._offset = list(files), offset
        self._constants = node.get("constants") if isinstance(listing, Entries) else None
        self._days = day_format(listing.read)
        self._counts: dict[str, int] = {}
        self._last: dict[str, Diagnostic] = {}

    def entries(self) -> Outcome[Map]:
        """The entries by key; what is wrong with a row is a finding at its cell."""
        made: Map = Map()
        made.marks = {}
        found = [item for item in self._taken(made) if self._room(item)]
        return Outcome(made, (*found, *self._rest()))

    def _taken(self, made: Map) -> Iterator[Diagnostic]:
        of_names = isinstance(self.listing, NameList)
        dated = isinstance(self.listing, FacilityTable) and "from" in self._given
        for row in self.read.rows:
            cells = self._cells(row)
            empty = next((key for key in self.listing.NEEDS if self._is_empty(key, cells)), None)
            if empty is not None:
                yield self._empty(row, empty)
            elif of_names:
                yield from self._name(made, cells)
            else:
                yield from self._entry(made, row, cells, dated=dated)

    # ---- cells

    @property
    def _given(self) -> set[str]:
        return {*self.listing.columns, *self.listing.given}

    def _cells(self, row: ListRow) -> dict[str, Cell]:
        """The cells of a row and the constants, by our key; empty ones are left out."""
        found = {}
        names = self.listing.names if isinstance(self.listing, Entries) else {}
        for key, text in row.cells.items():
            if text:
                found[key] = Cell(names.get(key, {}).get(text, text), self._mark(row, key))
        if isinstance(self._constants, Map):
            for key, text in self._constants.items():
                place = value_position(self._constants.marks[key])
                found[key] = Cell(text, mark_of(place, place))
        return found

    def _mark(self, row: ListRow, key: str) -> int:
        column = self.read.columns[row.file].get(key, 1)
        place = position(self._offset + row.file, row.row - 1, column - 1)
        return mark_of(place, place)

    def at(self, mark: int) -> Location:
        """The place of a cell."""
        return location_at(self.files, value_position(mark))

    def _is_empty(self, key: str, cells: dict[str, Cell]) -> bool:
        # a later state of a facility need not repeat its country
        return key not in cells and key != "country"

    def _empty(self, row: ListRow, key: str) -> Diagnostic:
        heading = self.listing.columns.get(key, key)
        return Diagnostic(
            "empty-cell",
            f"column `{shown_cell(heading)}`: the cell is empty",
            self.at(self._mark(row, key)),
            hint=f"state `{key}`, or leave the row out with a `filter:`",
        )

    # ---- entries

    def _name(self, made: Map, cells: dict[str, Cell]) -> Iterator[Diagnostic]:
        theirs, ours = cells["theirs"], cells["ours"]
        if made.get(theirs.text, ours.text) != ours.text:
            yield self._twice(theirs, made.marks[theirs.text])
        elif theirs.text not in made:
            made[theirs.text] = ours.text
            made.marks[theirs.text] = mark_of(
                value_position(theirs.mark), value_position(ours.mark)
            )

    def _entry(
        self, made: Map, row: ListRow, cells: dict[str, Cell], *, dated: bool
    ) -> Iterator[Diagnostic]:
        key = cells.pop(self.listing.NEEDS[0])
        if isinstance(self.listing, FacilityTable) and not is_id(key.text):
            yield self._no_id(row, key)
            return
        day = cells.pop("from", None)
        for name in [name for name in cells if name in _DAYS]:
            read = self._day(name, cells[name])
            if isinstance(read, Diagnostic):
                yield read
                return
            cells[name] = read
        state = {name: cell for name, cell in cells.items() if dated and _of_state(name)}
        plain = {name: cell for name, cell in cells.items() if name not in state}
        known = made.get(key.text)
        if known is not None and day is None:
            yield self._twice(key, made.marks[key.text])
            return
        if known is None:
            known = made[key.text] = Map()
            known.marks = {}
            made.marks[key.text] = key.mark
        yield from self._put(known, plain)
        if day is not None:
            yield from self._state(known, row, day, state)
        elif any(name in row.cells for name in state):
            yield self._empty(row, "from")

    def _state(
        self, facility: Map, row: ListRow, day: Cell, state: dict[str, Cell]
    ) -> Iterator[Diagnostic]:
        """Put a state into the history of a facility."""
        read = self._day("from", day)
        if isinstance(read, Diagnostic):
            yield read
            return
        history = facility.get("history")
        if history is None:
            history = facility["history"] = Map()
            history.marks = {}
            facility.marks["history"] = day.mark
        if read.text in history:
            yield self._twice(read, history.marks[read.text])
            return
        entry = history[read.text] = Map()
        entry.marks = {}
        history.marks[read.text] = day.mark
        yield from self._put(entry, state)

    def _put(self, node: Map, cells: dict[str, Cell]) -> Iterator[Diagnostic]:
        """Put cells into an entry; a dot in a key goes one level down."""
        for name, cell in cells.items():
            *above, last = name.split(".")
            inner = node
            for part in above:
                if part not in inner:
                    inner[part] = Map()
                    inner[part].marks = {}
                    inner.marks[part] = cell.mark
                inner = inner[part]
            if inner.get(last, cell.text) != cell.text:
                yield self._differs(name, cell, inner[last], inner.marks[last])
            elif last not in inner:
                inner[last] = cell.text
                inner.marks[last] = cell.mark

    def _day(self, name: str, cell: Cell) -> Cell | Diagnostic:
        """A day in the table's format as the company file writes it."""
        if isinstance(self._constants, Map) and name in self._constants:
            return cell
        day = self._days.read(cell.text)
        if day is not None:
            return Cell(day.isoformat(), cell.mark)
        return Diagnostic(
            "bad-date",
            f"`{shown_cell(cell.text)}` is not a day of the format {self._days.text}",
            self.at(cell.mark),
            hint="correct the cell, or state the format: `read: {date: …}`",
        )

    # ---- findings

    def _no_id(self, row: ListRow, key: Cell) -> Diagnostic:
        quoted = json.dumps(row.cells.get("id", key.text), ensure_ascii=False)
        return Diagnostic(
            "bad-id",
            f"`{shown_cell(key.text)}` cannot be an id",
            self.at(key.mark),
            hint=f"map another column to `id`, or translate it: `names: {{id: {{{quoted}: …}}}}`;"
            " an id has letters, digits, `-`, `_` and `.`, no spaces",
        )

    def _twice(self, cell: Cell, first: int) -> Diagnostic:
        where = self.at(cell.mark)
        return Diagnostic(
            "duplicate-key",
            f"`{shown_cell(cell.text)}` stands twice in the list",
            where,
            related=(Related(location_at(self.files, key_position(first)), "first here"),),
            hint="remove one of the two rows, or leave it out with a `filter:`",
        )

    def _differs(self, name: str, cell: Cell, other: Any, first: int) -> Diagnostic:
        return Diagnostic(
            "conflicting-keys",
            f"`{name}` is `{shown_cell(cell.text)}` here and `{shown_cell(str(other))}` in an"
            " earlier row of the same id",
            self.at(cell.mark),
            related=(Related(self.at(first), "stated here"),),
            hint="state it alike in both rows, or leave the later cell empty",
        )

    def _room(self, item: Diagnostic) -> bool:
        """Whether a finding is among those of its code that are shown."""
        self._counts[item.code] = self._counts.get(item.code, 0) + 1
        self._last[item.code] = item
        return self._counts[item.code] <= SHOWN_PER_CODE

    def _rest(self) -> Iterator[Diagnostic]:
        for code, count in self._counts.items():
            more = count - SHOWN_PER_CODE
            if more > 0:
                rows = "row" if more == 1 else "rows"
                message = f"and {more:,} more {rows} of the list with `{code}`"
                yield Diagnostic(code, message, self._last[code].location)


def _of_state(name: str) -> bool:
    return name.partition(".")[0] in STATE_KEYS
