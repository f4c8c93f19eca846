"""Text files: their own bytes where the engine can read them, else record by record."""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.beginning import Beginning
from ghgcalc.activity_data.tables.files import FileRefused, digest
from ghgcalc.activity_data.tables.fill_down import with_labels
from ghgcalc.activity_data.tables.headings import bare_header, header_of
from ghgcalc.activity_data.tables.polars_engine.headers import take_header
from ghgcalc.activity_data.tables.polars_engine.unpack import unpacked
from ghgcalc.activity_data.tables.polars_engine.written import ROW_TEXTS, write_cells
from ghgcalc.activity_data.tables.positions import packed
from ghgcalc.activity_data.tables.records import Fit, open_records
from ghgcalc.activity_data.tables.scan import first_lines, survey
from ghgcalc.core.diagnostics import Diagnostic, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ghgcalc.activity_data.tables.headings import Header
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.records import Block, Record
    from ghgcalc.activity_data.tables.scan import Survey


_MAY_BE_EMPTY = frozenset({"supplier", "estimated"})


def read_text(sources: Sources, index: int, path: Path) -> None:
    """Read one text file; what is wrong with it becomes findings.

    Raises:
        FileRefused: with what is wrong with the whole file.
        OSError: when it cannot be read.
    """
    read, shown = sources.places.table.read, sources.shown[index]
    plain = unpacked(path, sources.temporary / f"{index}.unpacked")
    sources.texts[index] = plain
    delimiter = read.delimiter_of(path.name)
    sources.delimiters[index] = delimiter
    known = sources.surveys.get(path) or survey(
        plain, read.encoding, delimiter, sources.temporary / f"{index}.utf-8"
    )
    sources.hashes[shown] = known.sha256 if plain == path else digest(path)
    if known.full_width:
        sources.full_width.add(index)
    if known.empty:
        hint = "remove the file, or give it a header and rows"
        raise FileRefused("empty-file", "holds no data", hint)
    beginning = sources.beginnings[index] = Beginning(plain, read.encoding)
    if beginning.contradicted:
        code = "not-utf-8" if read.encoding == "utf-8" else "bad-encoding"
        raise FileRefused(code, *beginning.contradicted)
    if beginning.no_table:
        other = beginning.no_table
        raise FileRefused("no-table", other.message, other.hint)
    if read.header_row and read.header_row[0] > 1:
        sources.take_above(index, _above(beginning.lines[: read.header_row[0] - 1], delimiter))
    careful = bool(read.fill_down) or read.last_row is not None
    if known.exact and known.rows + 1 >= read.last_header_row and not careful:
        _read_exact(sources, index, known)
    else:
        _read_records(sources, index, plain)


def _above(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines above the headings as rows of cells; broken ones are passed over."""
    for row, line in enumerate(lines, 1):
        try:
            cells = next(csv.reader([line.removeprefix("\ufeff")], delimiter=delimiter), [])
        except csv.Error:
            continue
        yield row, cells


def _read_exact(sources: Sources, index: int, known: Survey) -> None:
    """Let the engine read the file's own bytes."""
    import polars as pl

    delimiter, read = sources.delimiters[index], sources.places.table.read
    last = read.last_header_row
    lines = first_lines(known.path, max(last, 1))
    heads = [lines[row - 1].split(delimiter) for row in read.header_row]
    width = len(lines[0].split(delimiter))
    header = header_of(heads) if heads else bare_header(width)
    places = take_header(sources, index, header, sources.beginnings[index])
    rows = known.rows + 1 - last
    if places is None or not rows:
        return
    frame = pl.scan_csv(
        known.path,
        has_header=False,
        skip_rows=last,
        schema={f"c{column}": pl.String for column in range(width)},
        separator=delimiter,
        quote_char=None,
        row_index_name="row",
        row_index_offset=last + 1,
        glob=False,
    ).filter(pl.col("row") <= known.rows + 1)
    position = packed(index, pl.col("row").cast(pl.Int64)).alias("position")
    cells = [pl.col(f"c{column}").alias(ours) for ours, column in places.items()]
    sources.add(frame.select(position, *cells), rows, index)


def _read_records(sources: Sources, index: int, path: Path) -> None:
    """Read record by record and write the cells we need for the engine."""
    read = sources.places.table.read
    with open_records(path, read.encoding, sources.delimiters[index]) as rows:
        heads: list[Record] = []
        for number in read.header_row or (1,):
            rows.skip_to(number)
            head = rows.one()
            if head is None or head.code:
                raise _headless(sources, index, head.code if head else "bad-quoting")
            heads.append(head)
        sources.header_rows[index] = heads[-1].row
        if read.header_row:
            header, first = header_of([head.cells for head in heads]), []
        else:
            header, first = bare_header(len(heads[0].cells)), heads
        places = take_header(sources, index, header, sources.beginnings[index])
        if places is not None:
            fit = _fit(sources, index, path, header, heads[-1].row)
            if fit is not None and read.trailing_delimiter == "ignore":
                fit = fit._replace(least=_least(places))
            records: Iterable[Block | Record] = chain(first, rows.rest(header.width, fit))
            if filled := sources.columns[index].filled:
                records = with_labels(records, filled, header.width)
            write_cells(sources, index, records, header.width, places)


def _fit(sources: Sources, index: int, path: Path, header: Header, above: int) -> Fit | None:
    """How rows are made as wide as their header: as stated, or where all end in empty cells."""
    read, shown = sources.places.table.read, sources.shown[index]
    if header.none:
        return None
    fit = Fit(header.width, len("".join("x" if cell else " " for cell in header.cells).rstrip()))
    if read.trailing_delimiter == "ignore":
        return fit
    with open_records(path, read.encoding, sources.delimiters[index]) as rows:
        rows.skip_to(above)
        rows.one()
        surplus = rows.surplus(fit)
    if not surplus:
        return None
    cells = "1 empty cell" if abs(surplus) == 1 else f"{abs(surplus)} empty cells"
    more = "more" if surplus > 0 else "less"
    message = f"every row of `{shown}` ends in {cells} {more} than its header; nothing stands there"
    where = Location(shown, above, 0)
    hint = "state `trailing_delimiter: ignore` under `read:` where that is known"
    sources.found.append(
        Diagnostic("trailing-delimiter", message, where, hint=hint, severity=Severity.NOTE)
    )
    return fit


def _least(places: dict[str, int]) -> int:
    """The cells up to the last column that is read and may not be empty."""
    return 1 + max(
        (place for ours, place in places.items() if ours not in _MAY_BE_EMPTY), default=0
    )


def _headless(sources: Sources, index: int, code: str) -> FileRefused:
    """A file whose headings cannot be read: what it is, or what is wrong with the row."""
    beginning = sources.beginnings[index]
    if beginning.start.startswith(b"PK\x03\x04"):
        hint = "name it `.xlsx`, or save its sheet as `CSV UTF-8`"
        return FileRefused(code, "has no readable header: the file is a workbook", hint)
    message, hint = ROW_TEXTS[code]
    encoding = sources.places.table.read.encoding
    text = message.format(encoding=encoding)
    return FileRefused(
        code, f"has no readable header: {text}", hint.format(encodings=beginning.encoding_hint)
    )
