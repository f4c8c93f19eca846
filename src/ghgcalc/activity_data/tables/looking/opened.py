"""A file as rows of texts, with what had to be guessed to get there."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from ghgcalc.activity_data.tables.files import FileRefused, kind_of
from ghgcalc.activity_data.tables.formats.portfolio_manager import SHEETS as METER_SHEETS
from ghgcalc.activity_data.tables.looking.encodings import best_encodings
from ghgcalc.activity_data.tables.no_tables import no_table
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.activity_data.tables.workbooks import open_sheet
from ghgcalc.company.read import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS = 20_000
_MOST_BYTES = 8 * 1024 * 1024
_START = 65_536
_FIRST_OF_ALL = 10**12  # cells that no sheet has
_DELIMITERS = (",", ";", "\t", "|")
_TRIED = 200
_BREAKS = str.maketrans("\r\n", "  ")
KNOWN_ENCODINGS: tuple[str, ...] = get_args(Read.model_fields["encoding"].annotation)


class Opened(NamedTuple):
    """Rows with their numbers in the file, and how they were got.

    Attributes:
        options: entries of `read:` that the rows were got by.
        facts: label and text of each guess.
        questions: guesses that another reading would fit as well.
        rows: row number, from 1, and cells.
        whole: whether these are all rows.
    """

    kind: str
    options: dict[str, str]
    facts: list[tuple[str, str]]
    questions: list[str]
    rows: list[tuple[int, list[str]]]
    whole: bool


def open_file(path: Path, sheet: str | None = None) -> Opened:
    """Read the beginning of a file, of a workbook one sheet.

    Raises:
        FileRefused: it is no table.
        OSError: it cannot be read.
    """
    kind = kind_of(path.name)
    if kind == "workbook":
        opened = _workbook(path, sheet)
    else:
        opened = {"parquet": _parquet, "text": _text}[kind](path)
    if not any(any(cells) for _, cells in opened.rows):
        hint = "name a file with a row of headings and rows below it"
        raise FileRefused("empty-file", "holds no data", hint)
    return opened


# ---- text ---------------------------------------------------------------------------------------


def _text(path: Path) -> Opened:
    data, whole = _beginning(path)
    other = no_table(path, data[:_START])
    if other is not None:
        raise FileRefused("no-table", other.message, other.hint)
    found = best_encodings(data, KNOWN_ENCODINGS)
    if not found:
        hint = "name a text file, a workbook or a Parquet file"
        raise FileRefused("no-table", "is no text in any known encoding", hint)
    encoding = found[0]
    text = codecs.getincrementaldecoder(encoding)().decode(data, final=whole).removeprefix("\ufeff")
    if not whole:
        text = text[: text.rfind("\n") + 1]
    options, facts, questions = {}, [("encoding", encoding)], []
    if encoding != "utf-8":
        options["encoding"] = encoding
    if len(found) > 1:
        questions.append(_which_encoding(data, found))
    delimiter, skipped = _delimiter(text)
    named = "tab" if delimiter == "\t" else delimiter
    facts.append(("delimiter", named or "none: one column"))
    usual = "\t" if path.name.lower().removesuffix(".gz").endswith((".tsv", ".tab")) else ","
    if delimiter and delimiter != usual:
        options["delimiter"] = '"\\t"' if delimiter == "\t" else f'"{delimiter}"'
    rows = [*islice(_records(text, delimiter or ","), MOST_ROWS + 1)]
    if skipped:
        facts.append(("first line", f"`{text.partition(chr(10))[0].strip()}` names the delimiter"))
        rows = [row for row in rows if row[0] > 1]
    if not whole:
        rows = rows[:-1]  # which may end in the midst of a cell
    return Opened("text", options, facts, questions, rows[:MOST_ROWS],
                  whole and len(rows) <= MOST_ROWS)  # fmt: skip


def _beginning(path: Path) -> tuple[bytes, bool]:
    """The first bytes of a file, unpacked, and whether they are all."""
    packed = path.name.lower().endswith(".gz")
    try:
        with gzip.open(path) if packed else path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise FileRefused("no-table", f"is no gzip file: {error}", "check the file") from error
    return data[:_MOST_BYTES], len(data) <= _MOST_BYTES


def _which_encoding(data: bytes, found: list[str]) -> str:
    """A word under each encoding that reads the file: the first one that they read differently."""
    start = data[:_START]
    texts = [re.split(r"[\s,;]+", start.decode(name, "replace")) for name in found]
    rows = (row for row in zip(*texts, strict=False) if len({*row}) > 1)
    words = next(rows, [text[0] for text in texts])
    told = [f"`{word[:24]}` ({name})" for word, name in zip(words, found, strict=True)]
    return f"encoding: {' or '.join(told)}?"


def _delimiter(text: str) -> tuple[str, bool]:
    """The sign between cells: that of a `sep=` line, else the one that makes rows alike."""
    first = text.partition("\n")[0].strip().strip('"')
    if first.casefold().startswith("sep=") and len(first) == 5:
        return first[4], True
    best, score = "", (0.0, 0)
    for sign in _DELIMITERS:
        widths = [len(cells) for _, cells in islice(_records(text, sign), _TRIED) if any(cells)]
        often = max(set(widths), key=lambda n: (widths.count(n), n)) if widths else 0
        if often < 2:
            continue
        mine = (widths.count(often) / len(widths), often)
        if mine > score:
            best, score = sign, mine
    return best, False


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The line at which each row begins, from 1, and its cells, as tables read them.

    A row within quotes may hold several lines; a line break within a cell is a blank.
    """
    csv.field_size_limit(_MOST_BYTES)
    reader, begins = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
    try:
        for cells in reader:
            yield begins, [cell.translate(_BREAKS).strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileRefused(
            "no-table", f"is no text with cells: {error}", "check the file"
        ) from error


# ---- workbooks, Parquet -------------------------------------------------------------------------


def _workbook(path: Path, wanted: str | None) -> Opened:
    names = sheets_of(path)
    best: tuple[int, str, list[tuple[int, list[str]]], set[int]] | None = None
    for name in names if wanted is None else [wanted]:
        sheet = open_sheet(path, Read(sheet=name))
        try:
            rows = [(row, [cell.strip() for cell in cells])
                    for row, cells in islice(sheet.rows, MOST_ROWS + 1)]  # fmt: skip
        finally:
            sheet.close()
        filled = sum(sum(map(bool, cells)) for _, cells in rows)
        if name in METER_SHEETS:
            filled = _FIRST_OF_ALL
        if best is None or filled > best[0]:
            best = (filled, name, rows, sheet.hidden)
    if best is None:
        raise FileRefused("empty-file", "has no sheet of cells", "name another workbook")
    _, name, rows, hidden = best
    options, questions = {}, []
    if len(names) > 1:
        options["sheet"] = scalar(name)
    if len(names) > 1 and wanted is None:
        others = ", ".join(f"`{other}`" for other in names if other != name)
        why = "holds the meter entries" if name in METER_SHEETS else "has the most cells"
        questions.append(f"sheet: `{name}` {why}; the others are {others}")
    seen = [row for row, cells in rows if row in hidden and any(cells)]
    if seen:
        questions.append(
            f"hidden rows: {len(seen)}, the first is row {seen[0]}: do they count"
            " (`hidden_rows: read`) or not (`skip`)?"
        )
        options["hidden_rows"] = "…"
    return Opened("workbook", options, [("sheet", name)], questions, rows[:MOST_ROWS],
                  len(rows) <= MOST_ROWS)  # fmt: skip


def sheets_of(path: Path) -> list[str]:
    """The names of a workbook's sheets.

    Raises:
        FileRefused: it is none.
    """
    from ghgcalc.core.text.compiled_books import BookRefused, compiled_book

    try:
        with compiled_book(path) as book:
            return list(book.sheet_names)
    except BookRefused as error:
        hint = "open it in a spreadsheet program and save it again"
        raise FileRefused("bad-workbook", str(error), hint) from error


def _parquet(path: Path) -> Opened:
    from ghgcalc.activity_data.tables.polars_engine.parquet import first_rows

    heads, rows, whole = first_rows(path, MOST_ROWS)
    return Opened("parquet", {}, [], [], [(1, heads), *enumerate(rows, 2)], whole)
