"""Rows that pass through Python: the cells we need, written where the engine reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.file_columns import FILTER, wanted_headings
from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.polars_engine.shape import left_out
from ghgcalc.activity_data.tables.positions import packed
from ghgcalc.activity_data.tables.records import MERGED, SEPARATOR, Block, up_to
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.activity_data.tables.workbooks import column_letters
from ghgcalc.company.table_columns import may_be_filled
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.records import Record

_REPLACED = str.maketrans({"\n": " ", "\r": " ", SEPARATOR: " "})
_JUDGED = 10_000
ROW_TEXTS = {
    "ragged-row": (
        "the row has {have}, the header has {want}",
        "quote cells that hold the delimiter, or complete the row",
    ),
    "bad-quoting": (
        "a quoted cell of this row is not closed, or goes on after its closing quote",
        'close the quote; write a quote inside a quoted cell as `""`',
    ),
    "not-utf-8": ("the row holds bytes that are not UTF-8", "{encodings}"),
    "bad-encoding": ("the row holds bytes that are not {encoding}", "{encodings}"),
    MERGED: (
        "the row has merged cells `{cells}`, of which only the first holds a value",
        "leave rows of sums out by `filter:`, or split the cells and write the value into each",
    ),
    "formula-without-value": (
        "the formula of `{cells}` has no stored value",
        "save the workbook again from a spreadsheet program, which calculates it",
    ),
}
_DIGITS = re.compile("[0-9]+")
_LONGER = "quote cells that hold the delimiter, or state the file's own with `delimiter:`"
_SHORTER = (
    "complete the row; where the file leaves out the empty cells at the end of its rows, set"
    " `trailing_delimiter: ignore` under `read:`"
)
_ALONE = 'leave such lines out by a `filter:` on the first column, as in `not_matches: "Total*"`'
_TRAILING = (
    "set `trailing_delimiter: ignore` under `read:` where the empty cells at the end of rows"
    " mean nothing"
)


def write_cells(
    sources: Sources,
    index: int,
    found: Iterable[Block | Record],
    width: int,
    places: dict[str, int],
) -> None:
    """Write row numbers and wanted cells where the engine reads them.

    Raises:
        FileRefused: rows that count have merged cells.
    """
    import polars as pl

    target, count = sources.temporary / f"{index}.cells", 0
    flaws = _Flaws(sources, index, width, places)
    with target.open("w", encoding="utf-8", errors="replace", newline="\n") as cells:
        for item in up_to(sources.places.table.read.last_row, found):
            if isinstance(item, Block):
                block = item
            elif item.code or len(item.cells) != width:
                flaws.add(item)
                continue
            else:
                block = Block(item.row, [item.cells])
            cells.write(composed(_block_text(block, list(places.values()))))
            count += len(block.records)
    flaws.close()
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
    sources.add(frame.with_columns(packed(index, row).alias("position")), count, index)


def _block_text(block: Block, places: list[int]) -> str:
    """Lines of row number and wanted cells, which hold no separator and no line break."""
    picked = [[cells[place] for place in places] for cells in block.records]
    if len(picked) == 1:
        picked = [[cell.translate(_REPLACED) for cell in picked[0]]]
    return "".join(
        f"{row}{SEPARATOR}{SEPARATOR.join(cells)}\n" for row, cells in enumerate(picked, block.row)
    )


class _Flaws:
    """Rows that cannot be read: counted where a filter leaves them out, else refused."""

    def __init__(self, sources: Sources, index: int, width: int, places: dict[str, int]) -> None:
        self._sources, self._index, self._width, self._places = sources, index, width, places
        self._waiting: list[Record] = []
        self._merged: list[Record] = []
        self._filters = [ours for ours in places if ours.startswith(FILTER)]

    def add(self, record: Record) -> None:
        """Take a row with a flaw."""
        self._waiting.append(record)
        if not self._filters or len(self._waiting) >= _JUDGED:
            self._judge()

    def close(self) -> None:
        """Judge what is left.

        Raises:
            FileRefused: rows that count have merged cells.
        """
        self._judge()
        if self._merged:
            cells, count = self._merged[0].named[0], len(self._merged)
            rows = "1 row that counts" if count == 1 else f"{count:,} rows that count"
            raise FileRefused(
                "workbook-layout",
                f"has merged cells {cells} in sheet `{self._sources.sheets[self._index]}`, and in"
                f" {rows}: only the first of merged cells holds a value",
                self._split(),
            )

    def _split(self) -> str:
        """What to do about merged cells: labels that stand once for many rows are filled down."""
        spans = {span for record in self._merged for span in record.named}
        columns = {_DIGITS.sub("", corner) for span in spans for corner in span.split(":")}
        upright = all(len({_DIGITS.sub("", c) for c in span.split(":")}) == 1 for span in spans)
        table = self._sources.places.table
        named = {
            place: theirs
            for ours, theirs in wanted_headings(table).items()
            if (place := self._places.get(ours)) is not None and may_be_filled(table, theirs)
        }
        letters = {column_letters(place): theirs for place, theirs in sorted(named.items())}
        if not upright or not columns <= letters.keys():
            return (
                "leave rows of sums out by `filter:`, or split the cells and write the value into"
                " each row"
            )
        labels = [*table.read.fill_down, *(letters[c] for c in letters if c in columns)]
        every = ", ".join(scalar(label) for label in dict.fromkeys(labels))
        return (
            f"state `read: {{fill_down: [{every}]}}` where each label holds for the rows below it"
        )

    def _judge(self) -> None:
        out = self._left_out() if self._filters and self._waiting else set()
        self._sources.leave_out(len(out), self._index)
        for number, record in enumerate(self._waiting):
            if number in out:
                continue
            if record.code == MERGED:
                self._merged.append(record)
            else:
                reject(self._sources, self._index, record, self._width)
        self._waiting.clear()

    def _left_out(self) -> set[int]:
        """Which of the waiting rows a filter leaves out."""
        import polars as pl

        table, columns = self._sources.places.table, self._sources.columns[self._index]
        cells = [[self._cell(record, ours) for ours in self._filters] for record in self._waiting]
        frame = pl.DataFrame(cells, schema=dict.fromkeys(self._filters, pl.String), orient="row")
        ragged = [(record.code or "ragged-row") == "ragged-row" for record in self._waiting]
        found = frame.with_columns(
            ragged=pl.Series(ragged, dtype=pl.Boolean),
        ).select(
            pl.when("ragged")
            .then(left_out(table, columns, ragged=True))
            .otherwise(left_out(table, columns, ragged=False))
        )
        return set(found.to_series().arg_true().to_list())

    def _cell(self, record: Record, ours: str) -> str | None:
        """A cell of a row with a flaw; None where it is not known.

        A row of one cell, such as a title, holds nothing else: its other cells are empty.
        """
        place = self._places[ours]
        if place in record.unknown:
            return None
        if place < len(record.cells):
            return composed(record.cells[place])
        return "" if record.cells and sum(map(bool, record.cells)) == 1 else None


def _counted(cells: list[str]) -> str:
    return f"{len(cells)} cell{'s'[: len(cells) != 1]}"


def reject(sources: Sources, index: int, record: Record, width: int) -> None:
    """Refuse a row, with a finding."""
    sources.rejected += 1
    code = record.code or "ragged-row"
    message, hint = ROW_TEXTS[code]
    surplus = record.cells[width:]
    if code == "ragged-row" and surplus:
        hint = _LONGER if any(map(str.strip, surplus)) else _TRAILING
    elif code == "ragged-row":
        hint = _SHORTER if len(record.cells) > 1 else _ALONE
    if sources.tally.full(code, hint):
        sources.tally.count_only(code, hint)
        return
    kind, beginning = hint, sources.beginnings.get(index)
    text = message.format(
        have=_counted(record.cells), want=width, encoding=sources.places.table.read.encoding,
        cells="`, `".join(record.named),
    )  # fmt: skip
    if beginning is not None:
        hint = hint.replace("{encodings}", beginning.encoding_hint)
    position = packed(index, record.row)
    where = sources.place(position)
    notes = sources.notes(position, "", () if record.named else record.cells)
    finding = Diagnostic(code, text, where, notes=notes, hint=hint)
    sources.tally.add(RowFinding(position, finding), kind)
