"""Files to one lazy frame of text columns, with the position of each row."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.files import FileRefused, digest, kind_of
from ghgcalc.activity_data.tables.fill_down import Labels
from ghgcalc.activity_data.tables.headings import bare_header, header_of
from ghgcalc.activity_data.tables.polars_engine.headers import take_header
from ghgcalc.activity_data.tables.polars_engine.joined import read_of_cells
from ghgcalc.activity_data.tables.polars_engine.named_formats import (
    headings_of,
    named_rows,
    written_rows,
)
from ghgcalc.activity_data.tables.polars_engine.parquet import as_text, count_rows, open_parquet
from ghgcalc.activity_data.tables.polars_engine.passed_over import SAMPLE, has_patterns
from ghgcalc.activity_data.tables.polars_engine.shape import as_compared
from ghgcalc.activity_data.tables.polars_engine.sources import Sources, refuse
from ghgcalc.activity_data.tables.polars_engine.texts import read_text
from ghgcalc.activity_data.tables.polars_engine.unpack import unpacked
from ghgcalc.activity_data.tables.polars_engine.written import reject, write_cells
from ghgcalc.activity_data.tables.positions import packed
from ghgcalc.activity_data.tables.records import MERGED, Record
from ghgcalc.activity_data.tables.sheet_rows import check_layout, head_rows, sheet_records
from ghgcalc.activity_data.tables.shown_numbers import judge_formats, letters_of
from ghgcalc.activity_data.tables.workbooks import open_sheet
from ghgcalc.core.panics import Panicked, panics_caught

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.formats.rows import FormatRow
    from ghgcalc.activity_data.tables.workbooks import Sheet


def read_file(sources: Sources, path: Path, shown: str) -> None:
    """Read one file; what is wrong with it becomes findings."""
    form = sources.places.table.read.format
    kind = "format" if form else kind_of(path.name)
    index = sources.open(shown, kind)
    try:
        if form:
            _read_format(sources, index, path, form)
            return
        if kind == "text":
            read_text(sources, index, path)
            return
        sources.hashes[shown] = sources.digests.get(path) or digest(path)
        if kind == "parquet":
            _read_parquet(sources, index, path)
        else:
            _read_workbook(sources, index, path)
    except Panicked as error:
        message = f"`{shown}` is damaged: {error}"[:160]
        refuse(sources, "unreadable-file", message, shown, "write the file again")
    except FileRefused as error:
        refuse(sources, error.code, f"`{shown}` {error.message}", shown, error.hint, error.line)
    except OSError as error:
        message = f"`{shown}` cannot be read: {error.strerror or error}"
        refuse(sources, "unreadable-file", message, shown, "check the file and its permissions")


def _read_format(sources: Sources, index: int, path: Path, form: str) -> None:
    """Let a named reader give the rows, under its own headings."""
    sources.hashes[sources.shown[index]] = digest(path)
    plain = unpacked(path, sources.temporary / f"{index}.unpacked")
    places = take_header(sources, index, header_of([headings_of(form)]))
    if places is None:
        return
    rows = named_rows(sources, index, form, plain)
    good = (row for row in rows if not row.code or _rejected(sources, index, row))
    frame, count = written_rows(sources.temporary / f"{index}.cells", index, good, places)
    if frame is not None:
        sources.add(frame, count, index)


def _rejected(sources: Sources, index: int, row: FormatRow) -> bool:
    named = tuple(row.cells) if row.code in {"formula-without-value", MERGED} else ()
    reject(sources, index, Record(row.row, row.cells, row.code, named), len(row.cells))
    return False


def _read_parquet(sources: Sources, index: int, path: Path) -> None:
    import polars as pl

    sources.typed[index] = path
    with panics_caught():
        frame, schema = open_parquet(path)
        rows = count_rows(path)
    names = schema.names()
    numbers = ["0" if kind.is_numeric() else "" for kind in schema.values()]
    table = sources.places.table
    read = table.read
    if read.fill_down:
        raise FileRefused(
            "conflicting-keys",
            "is Parquet, whose cells are never merged: `fill_down` does not act on it",
            "remove `fill_down:` under `read:`, or give the file a table of its own",
        )
    if len(read.header_row) != 1:
        raise FileRefused(
            "conflicting-keys",
            "is Parquet, whose columns have names: `header_row` does not act on it",
            "remove `header_row:` under `read:`, or give the file a table of its own",
        )
    if read.last_row is not None:
        raise FileRefused(
            "conflicting-keys",
            "is Parquet, which holds one table: `last_row` does not act on it",
            "remove `last_row:` under `read:`, or give the file a table of its own",
        )
    places = take_header(sources, index, header_of([names]), sample=[numbers])
    if places is None:
        return
    days = read_of_cells(table)
    cells = [
        as_compared(
            ours, as_text(names[place], schema[names[place]], days, stamp=ours == "time"), table
        ).alias(ours)
        for ours, place in places.items()
    ]
    position = packed(index, pl.col("row").cast(pl.Int64)).alias("position")
    sources.add(frame.select(position, *cells), rows, index)


def _read_workbook(sources: Sources, index: int, path: Path) -> None:
    sheet = open_sheet(path, read_of_cells(sources.places.table))
    sources.sheets[index] = sheet.name
    try:
        _read_sheet(sources, index, sheet)
    finally:
        sheet.close()


def _read_sheet(sources: Sources, index: int, sheet: Sheet) -> None:
    read = sources.places.table.read
    head = head_rows(sheet, read)
    if head is None:
        row = f"row {read.last_header_row} of sheet `{sheet.name}`"
        raise FileRefused("empty-file", f"has no header in {row}", "state `read: {header_row: …}`")
    sources.take_above(index, head.above)
    header = header_of(head.rows) if head.rows else bare_header(sheet.width)
    sample = _ahead(sheet) if has_patterns(sources) else ()
    places = take_header(sources, index, header, sample=sample)
    if places is None:
        return
    needed = set(places.values())
    check_layout(sheet, read, needed)
    labels = Labels(sources.columns[index].filled)
    records = sheet_records(sheet, read, needed, header.width, labels)
    write_cells(sources, index, records, header.width, places)
    columns, shown = sources.columns[index], sources.shown[index]
    cells = sheet.shown(read.last_header_row, letters_of(sources.places.table, columns))
    if cells.columns:
        sources.found += judge_formats(sources.places, columns, cells, sheet.name, shown)


def _ahead(sheet: Sheet) -> list[list[str]]:
    """The next rows of a sheet, which stay to be read."""
    first = list(islice(sheet.rows, SAMPLE))
    sheet.rows = chain(first, sheet.rows)
    return [cells for _, cells in first]
