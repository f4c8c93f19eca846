"""The files of a table while they are read: texts, positions of rows, what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.columns import year_of_file
from ghgcalc.activity_data.tables.file_columns import WIDE, FileColumns, wanted_headings
from ghgcalc.activity_data.tables.files import year_in
from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, RowFinding, Tally, shown_cell
from ghgcalc.activity_data.tables.particulars import particulars_in
from ghgcalc.activity_data.tables.polars_engine.blanks import without_blanks
from ghgcalc.activity_data.tables.polars_engine.joined import with_joined
from ghgcalc.activity_data.tables.polars_engine.shape import (
    Unreadable,
    kept,
    selected,
    unpivoted,
    unreadable,
)
from ghgcalc.activity_data.tables.positions import unpacked_position
from ghgcalc.activity_data.tables.said_units import said_in
from ghgcalc.activity_data.tables.sums import SaidAbove
from ghgcalc.activity_data.tables.workbooks import column_letters
from ghgcalc.company.joined_columns import joined_of
from ghgcalc.core.diagnostics import Diagnostic, Location
from ghgcalc.core.text.scripts import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import polars as pl

    from ghgcalc.activity_data.tables.beginning import Beginning
    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.activity_data.tables.said_units import SaidUnit
    from ghgcalc.activity_data.tables.scan import Survey


class Passed(NamedTuple):
    """A column with a heading that no key names: its place, and whether its cells are numbers."""

    place: int
    heading: str
    numbers: bool


class Interval(NamedTuple):
    """The time that a row of a named format covers: its series, its seconds, its position."""

    of: tuple[str, ...]
    start: int
    end: int
    position: int


@dataclass(slots=True)
class Sources:
    """The files read so far: their names and hashes, rows rejected in reading, and the frames.

    Attributes:
        rows: rows of all frames before filters.
        header_rows: by file, where the header stands when that is not row 1.
        found: findings at headers; `refused`: those of whole files.
        texts: by file, the plain text to show rows from.
        sheets: by file, the sheet read.
        surveys: what passes over the bytes found before, by path; `digests`: of other files.
        typed: by file, the Parquet files, which are read lazily.
        intervals: of files of a named format, the time that each row covers.
        columns: by file, where its columns stand.
        beginnings: by file, what text files begin with.
        full_width: the text files with full-width signs.
        passed: by file, the columns that patterns of `unpivot` leave out.
        above: what lines above the headings state of the unit, each once.
    """

    places: Places
    folder: Path
    temporary: Path
    tally: Tally
    shown: list[str] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    ordinals: list[dict[str, int]] = field(default_factory=list)
    frames: list[pl.LazyFrame] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)
    rejected: int = 0
    rows: int = 0
    kinds: list[str] = field(default_factory=list)
    texts: dict[int, Path] = field(default_factory=dict)
    delimiters: dict[int, str] = field(default_factory=dict)
    header_rows: dict[int, int] = field(default_factory=dict)
    sheets: dict[int, str] = field(default_factory=dict)
    surveys: dict[Path, Survey] = field(default_factory=dict)
    digests: dict[Path, str] = field(default_factory=dict)
    typed: dict[int, Path] = field(default_factory=dict)
    intervals: list[Interval] = field(default_factory=list)
    columns: list[FileColumns] = field(default_factory=list)
    beginnings: dict[int, Beginning] = field(default_factory=dict)
    full_width: set[int] = field(default_factory=set)
    passed: dict[int, list[Passed]] = field(default_factory=dict)
    above: dict[SaidUnit, SaidAbove] = field(default_factory=dict)

    def open(self, shown: str, kind: str) -> int:
        """Take up a file; its index."""
        self.shown.append(shown)
        self.kinds.append(kind)
        self.ordinals.append({})
        self.columns.append(FileColumns())
        return len(self.shown) - 1

    def take(self, index: int, columns: FileColumns) -> None:
        """Take what a file's header holds."""
        self.columns[index] = columns
        self.ordinals[index] = {ours: place + 1 for ours, place in columns.places.items()}
        for ours in joined_of(self.places.table.columns):
            self.ordinals[index][ours] = self.ordinals[index].get(f"{ours}:0", 0)

    def take_above(self, index: int, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take what rows above a file's headings state of the unit of its quantities."""
        every = [(row, cells) for row, cells in rows if any(cells)]
        found = [(row, said) for row, cells in every if (said := said_in(cells)) is not None]
        found += [(each.row, each.said()) for each in particulars_in(every)]
        for row, said in found:
            self.above.setdefault(said, SaidAbove(self.shown[index], row, said))

    def add(self, frame: pl.LazyFrame, rows: int, index: int) -> None:
        """Take the rows of a file, apart from those that a filter cannot judge.

        Raises:
            FileRefused: when its name should hold a year and does not.
        """
        import polars as pl

        table, columns = self.places.table, self.columns[index]
        frame = without_blanks(frame, table, columns)
        frame = with_joined(frame, table, typed=self.kinds[index] != "text")
        if year_of_file(table):
            frame = frame.with_columns(pl.lit(year_in(self.shown[index])).alias("year"))
        wide = index in self.full_width or self.kinds[index] == "workbook"
        frame, rows = self._judged(frame, rows, unreadable(table, columns, full_width=wide))
        if table.filter:
            frame = frame.filter(kept(table, columns))
        if table.unpivot:
            rows *= len(columns.wide)
            frame = unpivoted(frame, table, columns)
            frame, rows = self._judged(frame, rows, unreadable(table, columns, cells=True))
            if columns.cell_filters:
                frame = frame.filter(kept(table, columns, cells=True))
        self.rows += rows
        self.frames.append(selected(frame, table))

    def leave_out(self, rows: int, index: int) -> None:
        """Count rows that a filter leaves out although they cannot be read."""
        self.rows += rows * max(len(self.columns[index].wide), 1)

    def _judged(
        self, frame: pl.LazyFrame, rows: int, refused: list[Unreadable]
    ) -> tuple[pl.LazyFrame, int]:
        """The rows without those that a range cannot judge, which become findings."""
        import polars as pl

        for bad in refused:
            wrong = frame.filter(bad.which).select("position", pl.col(bad.column))
            lines = wrong.collect(engine="streaming").sort("position").rows()
            if lines:
                found = [self._unreadable(bad, *line) for line in lines[: SHOWN_PER_CODE + 1]]
                self.tally.add_many(bad.code, len(lines), found, None, bad.column)
                self.rejected += len(lines)
                rows -= len(lines)
                frame = frame.filter(~bad.which)
        return frame, rows

    def _unreadable(self, bad: Unreadable, position: int, text: str | None) -> RowFinding:
        if bad.code == "unknown-value":
            return self._full_width(bad, position, text or "")
        what = "a day" if bad.code == "bad-date" else "a number"
        heading = self.heading(position, bad.column)
        message = (
            f"column `{heading}`: `{shown_cell(text or '')}` is not {what}; its filter asks so"
        )
        finding = Diagnostic(
            bad.code,
            message,
            self.place(position, bad.column),
            notes=self.notes(position, bad.column, [text or ""]),
            hint="leave such rows out by a filter before this one, or by `not_equals:` in it",
        )
        return RowFinding(position, finding)

    def _full_width(self, bad: Unreadable, position: int, text: str) -> RowFinding:
        rule = "corrections:" if bad.column == "correction" else "filter:"
        shown, meant = shown_cell(text.strip()), shown_cell(narrow(text).strip())
        finding = Diagnostic(
            bad.code,
            f"column `{self.heading(position, bad.column)}`: `{shown}` is `{meant}` in full-width"
            f" signs, and `{rule}` judges the two differently",
            self.place(position, bad.column),
            notes=self.notes(position, bad.column, [text]),
            hint=f"state `{shown}` and such texts under `{rule}` as well, as the file writes them"
            + (", to take them or to leave them out" if rule == "filter:" else ""),
        )
        return RowFinding(position, finding)

    def place(self, position: int, ours: str = "") -> Location:
        """The place of a row, or of its cell in one of our columns (its number; 0: the row)."""
        index, row, wide = unpacked_position(position)
        names = self.ordinals[index]
        if ours == "from" and self.places.table.read.from_ is not None:
            ours = "to"  # the first day follows from last ones
        column = names.get(ours) or names.get(f"{WIDE}{wide}" if ours else "", 0)
        return Location(self.shown[index], row, column)

    def heading(self, position: int, ours: str) -> str:
        """The heading above a cell."""
        index, _, number = unpacked_position(position)
        wide, named = self.columns[index].wide, wanted_headings(self.places.table)
        named |= {
            ours: self.places.table.columns[ours] for ours in joined_of(self.places.table.columns)
        }
        if self.places.table.read.from_ is not None:
            named |= {"from": named.get("to", "to")}
        return named.get(ours) or (wide[number].heading if number < len(wide) else ours)

    def notes(self, position: int, ours: str, cells: Iterable[str]) -> tuple[str, ...]:
        """Where files have no lines to show: the cell's name and the row's cells."""
        index, row, _ = unpacked_position(position)
        if self.kinds[index] == "text":
            return ()
        line = " | ".join(shown_cell(cell) for cell in cells)
        where = f"row {row}"
        if index in self.sheets:
            column = self.place(position, ours).column
            cell = f"cell {column_letters(column - 1)}{row}" if column else f"row {row}"
            where = f"{cell} of sheet `{self.sheets[index]}`"
        return (f"{where}: {line}" if line else where,)


def shown_path(path: Path, folder: Path) -> str:
    """A file of the project as findings and saved outputs name it."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.name


def refuse(sources: Sources, code: str, message: str, shown: str, hint: str, line: int = 1) -> None:
    """Refuse a whole file; `line` is where what is wrong shows."""
    sources.refused.append(Diagnostic(code, message, Location(shown, line, 1), hint=hint))
