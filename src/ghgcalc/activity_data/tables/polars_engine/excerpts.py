"""The lines that findings about rows show, fetched once when there are findings."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Location
from ghgcalc.core.text.csv_cells import CsvCells
from ghgcalc.core.text.row_lines import RowLines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

_LONGEST = 100_000


def with_excerpts(
    found: Iterable[Diagnostic], sources: Sources
) -> tuple[list[Diagnostic], dict[str, RowLines]]:
    """Turn numbers of cells into columns of characters, and give the lines they stand on."""
    kept = list(found)
    wanted: dict[str, set[int]] = {}
    for item in kept:
        for place in (item.location, *(span.location for span in item.related)):
            if place is not None:
                wanted.setdefault(place.path, set()).add(place.line)
    lines = {
        shown: lines_of(sources, index, wanted[shown])
        for index, shown in enumerate(sources.shown)
        if index in sources.texts and shown in wanted
    }
    signs = {shown: sources.delimiters.get(i, ",") for i, shown in enumerate(sources.shown)}
    placed = [_placed(item, lines, signs, sources) for item in kept]
    return placed, {shown: RowLines(rows) for shown, rows in lines.items()}


def lines_of(sources: Sources, index: int, rows: set[int]) -> dict[int, str]:
    """The lines of some rows of a text file; none where it is of another encoding than stated."""
    encoding = sources.places.table.read.encoding
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    beginning = sources.beginnings.get(index)
    if beginning is not None and beginning.contradicted:
        return {}
    found: dict[int, str] = {}
    with sources.texts[index].open(encoding=name, errors="replace", newline="") as source:
        last = 0
        for row in sorted(rows):
            line = next(islice(source, row - last - 1, None), None)
            last = row
            if line is None:
                break
            found[row] = line.rstrip("\r\n")[:_LONGEST]
    return found


def _placed(
    item: Diagnostic, lines: dict[str, dict[int, str]], signs: dict[str, str], sources: Sources
) -> Diagnostic:
    def at(where: Location) -> Location:
        if where.path not in sources.shown:
            return where
        line = lines.get(where.path, {}).get(where.line)
        if line is None:
            return Location(where.path, where.line, max(where.column, 1))
        index = where.column - 1 if where.column else None
        cell = CsvCells(where.path, line, signs[where.path]).at(1, index)
        return Location(where.path, where.line, cell.column, cell.width)

    related = tuple(span._replace(location=at(span.location)) for span in item.related)
    return replace(item, location=at(item.location) if item.location else None, related=related)
