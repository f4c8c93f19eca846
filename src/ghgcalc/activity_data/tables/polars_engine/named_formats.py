"""Named formats: their rows to the engine, and what of them must not be added up unseen."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, RowFinding, shown_cell
from ghgcalc.activity_data.tables.formats.registry import FILE_FORMATS, reader_of
from ghgcalc.activity_data.tables.formats.rows import FormatRefused
from ghgcalc.activity_data.tables.polars_engine.sources import Interval, Sources
from ghgcalc.activity_data.tables.positions import packed
from ghgcalc.activity_data.tables.records import SEPARATOR
from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from ghgcalc.activity_data.tables.formats.rows import FileFormat, FormatRow
    from ghgcalc.company.table import Table

_BLOCK = 10_000
_PLAIN = str.maketrans({"\n": " ", "\r": " ", SEPARATOR: " "})


def headings_of(name: str) -> list[str]:
    """The headings that a format gives."""
    return list(FILE_FORMATS[name].headings)


def used_headings(table: Table) -> set[str]:
    """The headings that a table names in its columns and filters."""
    return {*table.columns.values(), *table.filter}


def named_rows(sources: Sources, index: int, name: str, path: Path) -> Iterator[FormatRow]:
    """The rows of a file; intervals are kept for `report_intervals`.

    Raises:
        FormatRefused: what the reader refuses; `mixed-readings` once the rows are known.
        OSError: when it cannot be read.
    """
    form, table = FILE_FORMATS[name], sources.places.table
    places = {heading: place for place, heading in enumerate(form.headings)}
    used = used_headings(table)
    key = [
        places[heading]
        for place, heading in enumerate(form.series)
        if place < form.always or heading in used
    ]
    seen: dict[str, set[str]] = {each.heading: set() for each in form.apart}
    for row in reader_of(name)(path, table.read):
        if not row.code:
            for heading, texts in seen.items():
                texts.add(row.cells[places[heading]])
            if row.moment is not None:
                of = tuple(row.cells[place] for place in key)
                position = packed(index, row.row) + row.part
                sources.intervals.append(Interval(of, *row.moment, position))
        yield row
    _told_apart(form, used, seen)


def _told_apart(form: FileFormat, used: set[str], seen: dict[str, set[str]]) -> None:
    for each in form.apart:
        odd = sorted(seen[each.heading] - each.plain)
        if odd and used.isdisjoint(each.uses):
            listed = ", ".join(f"`{shown_cell(text)}`" for text in sorted(seen[each.heading]))
            message = f"{each.says}: its `{each.heading}` is {listed}"
            raise FormatRefused("mixed-readings", message, each.hint)


def written_rows(
    target: Path, index: int, rows: Iterator[FormatRow], places: dict[str, int]
) -> tuple[pl.LazyFrame | None, int]:
    """Rows without a flaw as the engine reads them, and how many they are."""
    import polars as pl

    count = 0
    wanted = list(places.values())
    with target.open("w", encoding="utf-8", errors="replace", newline="\n") as cells:
        while block := list(islice(rows, _BLOCK)):
            lines = [_line(row, index, wanted) for row in block]
            cells.write(composed("".join(lines)))
            count += len(block)
    if not count:
        return None, 0
    names = ["position", *places]
    frame = pl.scan_csv(
        target,
        has_header=False,
        schema=dict.fromkeys(names, pl.String),
        separator=SEPARATOR,
        quote_char=None,
        glob=False,
    )
    return frame.with_columns(pl.col("position").cast(pl.Int64)), count


def _line(row: FormatRow, index: int, wanted: list[int]) -> str:
    """A row as the engine reads it: its position and its wanted cells, without a line break."""
    texts = [row.cells[place] for place in wanted]
    if any(not text.isprintable() for text in texts):
        texts = [text.translate(_PLAIN) for text in texts]
    return f"{packed(index, row.row) + row.part}{SEPARATOR}{SEPARATOR.join(texts)}\n"


def report_intervals(sources: Sources) -> None:
    """Intervals of one series that cover the same time: an export read twice counts twice."""
    if not sources.intervals or not sources.frames:
        return
    intervals = _counting(sources)
    intervals.sort()
    last: Interval | None = None
    found: list[RowFinding] = []
    count = 0
    for each in intervals:
        if last is not None and last.of == each.of and each.start < last.end:
            count += 1
            if len(found) <= SHOWN_PER_CODE:
                found.append(_twice(each, last, sources))
        if last is None or last.of != each.of or each.end > last.end:
            last = each
    if found:
        sources.tally.add_many("duplicate-row", count, found, None, "interval")


def _counting(sources: Sources) -> list[Interval]:
    """The intervals that pass the filters."""
    import polars as pl

    if not sources.places.table.filter:
        return list(sources.intervals)
    kept = pl.concat(sources.frames).select("position").collect(engine="streaming")
    positions = set(kept["position"].to_list())
    return [each for each in sources.intervals if each.position in positions]


def _twice(each: Interval, other: Interval, sources: Sources) -> RowFinding:
    named = " ".join(f"`{shown_cell(text)}`" for text in each.of[:2] if text)
    finding = Diagnostic(
        "duplicate-row",
        f"the interval of {named or 'this series'} covers time that another one covers",
        sources.place(each.position),
        notes=sources.notes(each.position, "", ()),
        related=(Related(sources.place(other.position), "the other one"),),
        hint="name each file once; leave out what repeats with a `filter:`, or tell series apart"
        " that add up by mapping their heading under `columns:`",
    )
    return RowFinding(each.position, finding)
