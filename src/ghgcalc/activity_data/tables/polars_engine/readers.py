"""Files to one lazy frame of text columns, with the position of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.files import FileRefused, digest, kind_of
from ghgcalc.activity_data.tables.findings import RowFinding, shown_cell
from ghgcalc.activity_data.tables.no_tables import no_table
from ghgcalc.activity_data.tables.polars_engine.named_formats import (
    headings_of,
    named_rows,
    written_rows,
)
from ghgcalc.activity_data.tables.polars_engine.parquet import as_text, count_rows, open_parquet
from ghgcalc.activity_data.tables.polars_engine.shape import (
    as_compared,
    file_columns,
)
from ghgcalc.activity_data.tables.polars_engine.sources import Sources, refuse
from ghgcalc.activity_data.tables.polars_engine.unpack import unpacked
from ghgcalc.activity_data.tables.positions import packed
from ghgcalc.activity_data.tables.records import SEPARATOR, Block, Record, open_records
from ghgcalc.activity_data.tables.scan import survey
from ghgcalc.activity_data.tables.workbooks import (
    check_layout,
    open_sheet,
    sheet_records,
)
from ghgcalc.core.diagnostics import Diagnostic, Location, Related
from ghgcalc.core.panics import Panicked, panics_caught
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.activity_data.tables.formats.rows import FormatRow
    from ghgcalc.activity_data.tables.scan import Survey
    from ghgcalc.activity_data.tables.workbooks import Sheet

_REPLACED = str.maketrans({"\n": " ", "\r": " ", SEPARATOR: " "})
_ROW_TEXTS = {
    "ragged-row": (
        "the row has {have} cells, the header has {want}",
        "quote cells that hold the delimiter, or complete the row",
    ),
    "bad-quoting": (
        "a quoted cell of this row is not closed, or goes on after its closing quote",
        'close the quote; write a quote inside a quoted cell as `""`',
    ),
    "not-utf-8": (
        "the row holds bytes that are not UTF-8",
        "save the file as UTF-8, or set `encoding: gb18030` under `read:`",
    ),
    "bad-encoding": (
        "the row holds bytes that are not {encoding}",
        "set the file's own encoding under `read:`",
    ),
    "formula-without-value": (
        "the formula of `{cells}` has no stored value",
        "save the workbook again from a spreadsheet program, which calculates it",
    ),
}


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
            _read_text(sources, index, path)
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


def _read_text(sources: Sources, index: int, path: Path) -> None:
    read, shown = sources.places.table.read, sources.shown[index]
    plain = unpacked(path, sources.temporary / f"{index}.unpacked")
    sources.texts[index] = plain
    delimiter = read.delimiter_of(path.name)
    sources.delimiters[index] = delimiter
    known = sources.surveys.get(path) or survey(
        plain, read.encoding, delimiter, sources.temporary / f"{index}.utf-8"
    )
    sources.hashes[shown] = known.sha256 if plain == path else digest(path)
    if known.empty:
        hint = "remove the file, or give it a header and rows"
        refuse(sources, "empty-file", f"`{shown}` holds no data", shown, hint)
    elif (other := no_table(plain, known.start)) is not None:
        refuse(sources, "no-table", f"`{shown}` {other.message}", shown, other.hint)
    elif known.exact and read.header_row == 1:
        _read_exact(sources, index, known)
    else:
        _read_records(sources, index, plain, known)


def _read_format(sources: Sources, index: int, path: Path, form: str) -> None:
    """Let a named reader give the rows, under its own headings."""
    sources.hashes[sources.shown[index]] = digest(path)
    plain = unpacked(path, sources.temporary / f"{index}.unpacked")
    places = _header(sources, index, headings_of(form))
    if places is None:
        return
    rows = named_rows(sources, index, form, plain)
    good = (row for row in rows if not row.code or _rejected(sources, index, row))
    frame, count = written_rows(sources.temporary / f"{index}.cells", index, good, places)
    if frame is not None:
        sources.add(frame, count)


def _rejected(sources: Sources, index: int, row: FormatRow) -> bool:
    _reject(sources, index, Record(row.row, row.cells, row.code), len(row.cells))
    return False


def _read_parquet(sources: Sources, index: int, path: Path) -> None:
    import polars as pl

    sources.typed[index] = path
    with panics_caught():
        frame, schema = open_parquet(path)
        rows = count_rows(path)
    names = schema.names()
    places = _header(sources, index, names)
    if places is None:
        return
    table = sources.places.table
    read = table.read
    cells = [
        as_compared(
            ours, as_text(names[place], schema[names[place]], read, stamp=ours == "time"), table
        ).alias(ours)
        for ours, place in places.items()
    ]
    position = packed(index, pl.col("row").cast(pl.Int64)).alias("position")
    sources.add(frame.select(position, *cells), rows)


def _read_workbook(sources: Sources, index: int, path: Path) -> None:
    read = sources.places.table.read
    sheet = open_sheet(path, read)
    sources.sheets[index] = sheet.name
    try:
        _read_sheet(sources, index, sheet)
    finally:
        sheet.close()


def _read_sheet(sources: Sources, index: int, sheet: Sheet) -> None:
    read = sources.places.table.read
    head = next(sheet.rows, None)
    if head is None or head[0] != read.header_row or not any(head[1]):
        row = f"row {read.header_row} of sheet `{sheet.name}`"
        raise FileRefused("empty-file", f"has no header in {row}", "state `read: {header_row: …}`")
    places = _header(sources, index, head[1])
    if places is None:
        return
    needed = set(places.values())
    check_layout(sheet, read, needed)
    records = sheet_records(sheet, read, needed, len(head[1]))
    _write_cells(sources, index, records, len(head[1]), places)


def _read_exact(sources: Sources, index: int, known: Survey) -> None:
    """Let the engine read the file's own bytes."""
    import polars as pl

    delimiter = sources.delimiters[index]
    header = known.header.split(delimiter)
    places = _header(sources, index, header)
    if places is None or not known.rows:
        return
    frame = pl.scan_csv(
        known.path,
        has_header=False,
        skip_rows=1,
        schema={f"c{column}": pl.String for column in range(len(header))},
        separator=delimiter,
        quote_char=None,
        row_index_name="row",
        row_index_offset=2,
        glob=False,
    ).filter(pl.col("row") <= known.rows + 1)
    position = packed(index, pl.col("row").cast(pl.Int64)).alias("position")
    cells = [pl.col(f"c{column}").alias(ours) for ours, column in places.items()]
    sources.add(frame.select(position, *cells), known.rows)


def _read_records(sources: Sources, index: int, path: Path, known: Survey) -> None:
    """Read record by record and write the cells we need for the engine."""
    read = sources.places.table.read
    with open_records(path, read.encoding, sources.delimiters[index]) as rows:
        rows.skip(read.header_row - 1)
        head = rows.one()
        if head is None or head.code:
            _refuse_header(sources, index, head.code if head else "bad-quoting", known.start)
            return
        sources.header_rows[index] = head.row
        places = _header(sources, index, head.cells)
        if places is not None:
            _write_cells(sources, index, rows.rest(len(head.cells)), len(head.cells), places)


def _write_cells(
    sources: Sources,
    index: int,
    found: Iterator[Block | Record],
    width: int,
    places: dict[str, int],
) -> None:
    """Write row numbers and wanted cells where the engine reads them."""
    import polars as pl

    target, count = sources.temporary / f"{index}.cells", 0
    with target.open("w", encoding="utf-8", errors="replace", newline="\n") as cells:
        for block in _good_rows(sources, index, found, width):
            cells.write(composed(_block_text(block, list(places.values()))))
            count += len(block.records)
    if not count:
        return
    columns = ["position", *places]
    frame = pl.scan_csv(
        target,
        has_header=False,
        schema=dict.fromkeys(columns, pl.String),
        separator=SEPARATOR,
        quote_char=None,
        glob=False,
    )
    row = pl.col("position").cast(pl.Int64)
    sources.add(frame.with_columns(packed(index, row).alias("position")), count)


def _block_text(block: Block, places: list[int]) -> str:
    """Lines of row number and wanted cells, which hold no separator and no line break."""
    picked = [[cells[place] for place in places] for cells in block.records]
    if len(picked) == 1:
        picked = [[cell.translate(_REPLACED) for cell in picked[0]]]
    return "".join(
        f"{row}{SEPARATOR}{SEPARATOR.join(cells)}\n" for row, cells in enumerate(picked, block.row)
    )


def _good_rows(
    sources: Sources, index: int, found: Iterator[Block | Record], width: int
) -> Iterator[Block]:
    for item in found:
        if isinstance(item, Block):
            yield item
        elif item.code or len(item.cells) != width:
            _reject(sources, index, item, width)
        else:
            yield Block(item.row, [item.cells])


def _reject(sources: Sources, index: int, record: Record, width: int) -> None:
    sources.rejected += 1
    code = record.code or "ragged-row"
    if sources.tally.full(code):
        sources.tally.count_only(code)
        return
    message, hint = _ROW_TEXTS[code]
    encoding = sources.places.table.read.encoding
    cells = "`, `".join(record.cells) if code == "formula-without-value" else ""
    text = message.format(have=len(record.cells), want=width, encoding=encoding, cells=cells)
    position = packed(index, record.row)
    where = sources.place(position)
    notes = sources.notes(position, "", () if cells else record.cells)
    sources.tally.add(RowFinding(position, Diagnostic(code, text, where, notes=notes, hint=hint)))


def _refuse_header(sources: Sources, index: int, code: str, start: bytes) -> None:
    message, hint = _ROW_TEXTS[code]
    if start.startswith(b"PK\x03\x04"):
        message, hint = (
            "the file is a workbook",
            "name it `.xlsx`, or save its sheet as `CSV UTF-8`",
        )
    elif start.startswith((b"\xff\xfe", b"\xfe\xff")):
        message, hint = "the file is UTF-16", "set `encoding: utf-16` under `read:`"
    shown = sources.shown[index]
    text = f"`{shown}` has no readable header: {message}"
    refuse(sources, code, text, shown, hint)


def _header(sources: Sources, index: int, cells: list[str]) -> dict[str, int] | None:
    """Where our columns stand in the file; None, with findings, when one is not there once."""
    names = [composed(cell.strip().removeprefix("\ufeff").strip()) for cell in cells]
    places: dict[str, int] = {}
    for ours, theirs in file_columns(sources.places.table).items():
        found = [place for place, name in enumerate(names) if name == theirs.strip()]
        if len(found) == 1:
            places[ours] = found[0]
        else:
            sources.found.append(_header_finding(sources, index, ours, theirs, names, found))
    sources.ordinals[index] = {ours: place + 1 for ours, place in places.items()}
    return places if len(places) == len(file_columns(sources.places.table)) else None


def _header_finding(
    sources: Sources, index: int, ours: str, theirs: str, names: list[str], found: list[int]
) -> Diagnostic:
    shown, places = sources.shown[index], sources.places
    row = sources.header_rows.get(index, places.table.read.header_row)
    written = Related(places.at(*places.source(ours)), f"read as {ours}")
    if found:
        where = Location(shown, row, found[1] + 1)
        message = f"column `{theirs}` stands {len(found)} times in the header of `{shown}`"
        hint = "rename or remove one of the columns in the file"
        return Diagnostic("duplicate-key", message, where, related=(written,), hint=hint)
    if form := places.table.read.format:
        message = f"`{theirs}` is no heading of `format: {form}`"
        hint = "its headings are " + ", ".join(f"`{name}`" for name in names)
        return Diagnostic("unknown-column", message, written.location, hint=hint)
    near = [name for name in names if name.casefold() == theirs.strip().casefold()]
    near = near or [name for name in (nearest(theirs, names, headings=True),) if name]
    have = ", ".join(f"`{shown_cell(name)}`" for name in names[:12] if name) or "nothing"
    hint = f"did you mean `{near[0]}`?" if near else f"the header has {have}"
    return Diagnostic(
        "unknown-column",
        f"column `{theirs}` is not in the header of `{shown}`",
        written.location,
        related=(Related(Location(shown, row, 0), "the header"),),
        hint=hint,
    )
