"""Lists beside the company file: read by the readers of tables, with their options and filters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.columns import ListTable
from ghgcalc.activity_data.tables.files import find_files
from ghgcalc.activity_data.tables.findings import Tally
from ghgcalc.activity_data.tables.list_rows import ListFile, ListRow, ListRows
from ghgcalc.activity_data.tables.places import Places
from ghgcalc.activity_data.tables.plan import formats
from ghgcalc.activity_data.tables.polars_engine.excerpts import with_excerpts
from ghgcalc.activity_data.tables.polars_engine.readers import read_file
from ghgcalc.activity_data.tables.polars_engine.sources import Sources, refuse, shown_path
from ghgcalc.activity_data.tables.polars_engine.whole import (
    refuse_changed,
    stamps_of,
    unless_damaged,
)
from ghgcalc.activity_data.tables.positions import unpacked_position
from ghgcalc.core.diagnostics import Outcome
from ghgcalc.core.scratch import scratch_folder
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.source import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ghgcalc.company.lists import Listing
    from ghgcalc.core.diagnostics import Location

_LINE_END = re.compile(r"\r\n|\r|\n")


def read_list(
    base: tuple[str, ...],
    listing: Listing,
    folder: Path,
    *,
    locate: Callable[[tuple[str | int, ...]], Location],
) -> Outcome[ListRows]:
    """Read the rows of a list as texts (`Engine.read_list`)."""
    table = ListTable.model_construct(
        files=listing.files, read=listing.read, columns=listing.columns, filter=listing.filter,
        items={},
    )  # fmt: skip
    places = Places("/".join(base), table, locate, base)
    _, refused = formats(places)
    paths, missing = find_files(places, folder)
    stamps = stamps_of(paths)
    with scratch_folder() as temporary:
        sources = Sources(places, folder, temporary, Tally(places.name))
        for path in paths if not refused else ():
            shown = shown_path(path, folder)
            if path in stamps and stamps[path].size > MAX_BYTES:
                hint = "list facilities, items or names alone, not their activity data"
                refuse(sources, "too-large", f"`{shown}` exceeds 64 MiB", shown, hint)
            else:
                read_file(sources, path, shown)
        read = unless_damaged(sources, lambda: _rows(sources), ListRows)
        refuse_changed(sources, stamps)
        rows = [*sources.found, *sources.tally.diagnostics()]
        shown_rows, _ = with_excerpts(rows, sources)
    return Outcome(read, (*refused, *missing, *sources.refused, *shown_rows))


def _rows(sources: Sources) -> ListRows:
    """All rows with their places, and the lines to show them from."""
    import polars as pl

    files = tuple(_file(sources, index) for index in range(len(sources.shown)))
    if not sources.frames:
        return ListRows(files, (), tuple(sources.ordinals), dict(sources.hashes))
    names = list(sources.places.table.columns)
    frame = pl.concat(sources.frames).select("position", *names).collect(engine="streaming")
    rows = []
    for position, *cells in frame.sort("position").rows():
        index, row, _ = unpacked_position(position)
        texts = (composed((cell or "").strip()) for cell in cells)
        rows.append(ListRow(index, row, dict(zip(names, texts, strict=True))))
    return ListRows(files, tuple(rows), tuple(sources.ordinals), dict(sources.hashes))


def _file(sources: Sources, index: int) -> ListFile:
    shown = sources.shown[index]
    if index not in sources.texts:
        return ListFile(shown)
    encoding = sources.places.table.read.encoding
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    text = sources.texts[index].read_bytes().decode(name, errors="replace")
    return ListFile(shown, sources.delimiters[index], tuple(_LINE_END.split(text)))
