"""Files to one lazy frame of text columns, with the position of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ghgcalc.diagnostics import Diagnostic, Location, Span
from ghgcalc.paths import PathError, expand
from ghgcalc.tables.findings import RowFinding, Tally, shown_cell
from ghgcalc.tables.records import SEPARATOR, Block, open_records
from ghgcalc.tables.scan import survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from ghgcalc.model.table import Table
    from ghgcalc.tables.places import Places
    from ghgcalc.tables.records import Record
    from ghgcalc.tables.scan import Survey

ROW_BITS = 40
USED = ("facility", "item", "quantity", "unit", "period", "from", "to", "supplier", "estimated")
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
        "the row holds bytes that are not gb18030",
        "set the file's own encoding under `read:`",
    ),
}


def wanted_columns(table: Table) -> dict[str, str]:
    """The columns we read: ours to theirs."""
    wanted = {ours: table.columns[ours] for ours in USED if ours in table.columns}
    if {"from", "to"} <= set(wanted):
        wanted.pop("period", None)
    else:
        wanted = {ours: theirs for ours, theirs in wanted.items() if ours not in {"from", "to"}}
    if table.corrections:
        wanted["correction"] = table.corrections.column
    return wanted


@dataclass(slots=True)
class Sources:
    """The files read so far: their names and hashes, rows rejected in reading, and the frames."""

    places: Places
    folder: Path
    temporary: Path
    tally: Tally
    shown: list[str] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    ordinals: list[dict[str, int]] = field(default_factory=list)
    frames: list[pl.LazyFrame] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    rejected: int = 0

    def place(self, position: int, ours: str = "") -> Location:
        """The place of a row, or of its cell in one of our columns."""
        index, row = position >> ROW_BITS, position & ((1 << ROW_BITS) - 1)
        return Location(self.shown[index], row, self.ordinals[index].get(ours, 1))


def find_files(places: Places, folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Expand the table's patterns; a file that two patterns name is read once."""
    paths: dict[Path, Path] = {}
    found: list[Diagnostic] = []
    for index, pattern in enumerate(places.table.files):
        where = ("files", index) if len(places.table.files) > 1 else ("files",)
        try:
            matches = [path for path in expand(folder, folder, pattern) if path.is_file()]
        except PathError as error:
            found.append(places.finding("path-outside", error.message, *where, hint=error.hint))
            continue
        except (OSError, ValueError, NotImplementedError, RuntimeError) as error:
            message = f"`{shown_cell(pattern)}` cannot be expanded: {error}"
            hint = "write a relative path, such as `data/power-*.csv`"
            found.append(places.finding("path-outside", message, *where, hint=hint))
            continue
        if not matches:
            message = f"no file matches `{pattern}` of table `{places.name}`"
            hint = "check the name; the path is relative to the folder of the company file"
            found.append(places.finding("file-not-found", message, *where, hint=hint))
        for path in matches:
            paths.setdefault(path.resolve(), path)
    return list(paths.values()), found


def read_file(sources: Sources, path: Path, shown: str) -> None:
    """Read one file; what is wrong with it becomes findings."""
    index = len(sources.shown)
    sources.shown.append(shown)
    sources.ordinals.append({})
    read = sources.places.table.read
    transcoded = sources.temporary / f"{index}.utf-8"
    try:
        known = survey(path, read.encoding, read.delimiter, transcoded)
        sources.hashes[shown] = known.sha256
        if known.empty:
            hint = "remove the file, or give it a header and rows"
            _refuse(sources, "empty-file", f"`{shown}` holds no data", shown, hint)
        elif known.exact:
            _read_exact(sources, index, known)
        else:
            _read_records(sources, index, path, known)
    except OSError as error:
        message = f"`{shown}` cannot be read: {error.strerror or error}"
        _refuse(sources, "unreadable-file", message, shown, "check the file and its permissions")


def _refuse(sources: Sources, code: str, message: str, shown: str, hint: str) -> None:
    sources.found.append(Diagnostic(code, message, Location(shown, 1, 1), hint=hint))


def _read_exact(sources: Sources, index: int, known: Survey) -> None:
    """Let the engine read the file's own bytes."""
    import polars as pl

    delimiter = sources.places.table.read.delimiter
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
    position = pl.col("row").cast(pl.Int64) + (index << ROW_BITS)
    cells = [pl.col(f"c{column}").alias(ours) for ours, column in places.items()]
    sources.frames.append(frame.select(position.alias("position"), *cells))


def _read_records(sources: Sources, index: int, path: Path, known: Survey) -> None:
    """Read record by record and write the cells we need for the engine."""
    import polars as pl

    read = sources.places.table.read
    target = sources.temporary / f"{index}.cells"
    with open_records(path, read.encoding, read.delimiter) as rows:
        head = rows.one()
        if head is None or head.code:
            _refuse_header(sources, index, head.code if head else "bad-quoting", known.start)
            return
        places = _header(sources, index, head.cells)
        if places is None:
            return
        count = 0
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as cells:
            for block in _good_rows(sources, index, rows.rest(len(head.cells)), len(head.cells)):
                cells.write(_block_text(block, list(places.values())))
                count += len(block.records)
    if count:
        columns = ["position", *places]
        frame = pl.scan_csv(
            target,
            has_header=False,
            schema=dict.fromkeys(columns, pl.String),
            separator=SEPARATOR,
            quote_char=None,
            glob=False,
        )
        position = pl.col("position").cast(pl.Int64) + (index << ROW_BITS)
        sources.frames.append(frame.with_columns(position))


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
    text = message.format(have=len(record.cells), want=width)
    where = Location(sources.shown[index], record.row, 1)
    position = (index << ROW_BITS) + record.row
    sources.tally.add(RowFinding(position, Diagnostic(code, text, where, hint=hint)))


def _refuse_header(sources: Sources, index: int, code: str, start: bytes) -> None:
    message, hint = _ROW_TEXTS[code]
    if start.startswith(b"PK\x03\x04"):
        message, hint = "the file is a workbook", "save its sheet as `CSV UTF-8`"
    elif start.startswith((b"\xff\xfe", b"\xfe\xff")):
        message, hint = "the file is UTF-16", "save it as `CSV UTF-8`"
    shown = sources.shown[index]
    text = f"`{shown}` has no readable header: {message}"
    _refuse(sources, code, text, shown, hint)


def _header(sources: Sources, index: int, cells: list[str]) -> dict[str, int] | None:
    """Where our columns stand in the file; None, with findings, when one is not there once."""
    names = [cell.strip().removeprefix("\ufeff").strip() for cell in cells]
    places: dict[str, int] = {}
    for ours, theirs in wanted_columns(sources.places.table).items():
        found = [place for place, name in enumerate(names) if name == theirs.strip()]
        if len(found) == 1:
            places[ours] = found[0]
        else:
            sources.found.append(_header_finding(sources, index, ours, theirs, names, found))
    sources.ordinals[index] = {ours: place + 1 for ours, place in places.items()}
    return places if len(places) == len(wanted_columns(sources.places.table)) else None


def _header_finding(
    sources: Sources, index: int, ours: str, theirs: str, names: list[str], found: list[int]
) -> Diagnostic:
    shown, places = sources.shown[index], sources.places
    written = Span(places.at(*places.source(ours)), f"read as {ours}")
    if found:
        where = Location(shown, 1, found[1] + 1)
        message = f"column `{theirs}` stands {len(found)} times in the header of `{shown}`"
        hint = "rename or remove one of the columns in the file"
        return Diagnostic("duplicate-key", message, where, related=(written,), hint=hint)
    near = [name for name in names if name.casefold() == theirs.strip().casefold()]
    near = near or get_close_matches(theirs, names, n=1, cutoff=0.6)
    have = ", ".join(f"`{shown_cell(name)}`" for name in names[:12] if name) or "nothing"
    hint = f"did you mean `{near[0]}`?" if near else f"the header has {have}"
    return Diagnostic(
        "unknown-column",
        f"column `{theirs}` is not in the header of `{shown}`",
        written.location,
        related=(Span(Location(shown, 1, 1), "the header"),),
        hint=hint,
    )
