"""The header of a file: the columns that a table wants, or one finding per cause."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.file_columns import MOST_WIDE, FileColumns, Unfound, file_columns
from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.header_search import (
    Elsewhere,
    holds_data,
    remedy,
    search,
)
from ghgcalc.activity_data.tables.polars_engine.passed_over import take_passed
from ghgcalc.activity_data.tables.workbooks import column_letters
from ghgcalc.core.diagnostics import Diagnostic, Location, Related
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.scripts import narrow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.beginning import Beginning
    from ghgcalc.activity_data.tables.headings import Header
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources


def take_header(
    sources: Sources,
    index: int,
    header: Header,
    beginning: Beginning | None = None,
    sample: Sequence[Sequence[str]] = (),
) -> dict[str, int] | None:
    """Where our columns stand in a file; None, with findings, when one is not there once.

    Args:
        sources: the files.
        index: the file's number.
        header: its headings.
        beginning: of a text file, to look for headings elsewhere.
        sample: some rows of a file that is no text.
    """
    table, patterns = sources.places.table, sources.places.patterns
    columns = file_columns(table, header, patterns=patterns)
    sources.take(index, columns)
    if not columns.unfound:
        if patterns:
            take_passed(sources, index, header, beginning, sample)
        return columns.places
    missing = any(each.why == "missing" for each in columns.unfound)
    if missing and beginning is not None:
        cause = _cause(sources, index, header, columns, beginning)
        if cause is not None:
            sources.found.append(cause)
            return None
    sources.found += [_finding(sources, index, each, header) for each in columns.unfound]
    return None


def _cause(
    sources: Sources, index: int, header: Header, columns: FileColumns, beginning: Beginning
) -> Diagnostic | None:
    """What hides headings, and the keys that show them."""
    table, shown = sources.places.table, sources.shown[index]
    delimiter = sources.delimiters.get(index, ",")
    row = sources.header_rows.get(index, table.read.last_header_row)
    where = Location(shown, max(row, 1), 0)
    if beginning.says_utf8:
        message = f"`{shown}` is UTF-8, not {table.read.encoding}"
        return Diagnostic("bad-encoding", message, where, hint=beginning.encoding_hint)
    if len(table.read.header_row) != 1:
        return None
    lines = beginning.lines
    elsewhere = search(table, lines, delimiter, patterns=sources.places.patterns)
    if elsewhere is not None:
        message = f"the headings of `{shown}` {_how(elsewhere, delimiter, row)}"
        hint = remedy(elsewhere, delimiter, row)
        return Diagnostic("header-elsewhere", message, where, hint=hint)
    if not columns.places and holds_data(header.cells):
        letters = f"`A` to `{column_letters(header.width - 1)}`"
        return Diagnostic(
            "header-elsewhere",
            f"row {row} of `{shown}` holds data, and the table looks for headings there",
            where,
            hint="set `header_row: none` under `read:` where the file has no headings, and name"
            f" the columns by letter, {letters}",
        )
    return None


def _how(found: Elsewhere, delimiter: str, row: int) -> str:
    if found.sep:
        return f"stand below a line `sep={found.delimiter}`, in row {found.row}"
    if found.delimiter == delimiter:
        return f"stand in row {found.row}, not in row {row}"
    apart = f"are separated by {json.dumps(found.delimiter)}, not by {json.dumps(delimiter)}"
    return apart if found.row == row else f"{apart}, and stand in row {found.row}"


def _finding(sources: Sources, index: int, unfound: Unfound, header: Header) -> Diagnostic:
    shown, places = sources.shown[index], sources.places
    row = sources.header_rows.get(index, places.table.read.last_header_row)
    path = places.source(unfound.ours)
    written = Related(places.at(*path), f"read as {unfound.ours}")
    form = places.table.read.format
    if unfound.why == "missing" and form:
        message = f"`{unfound.theirs}` is no heading of `format: {form}`"
        hint = "its headings are " + ", ".join(f"`{name}`" for name in header.cells)
        return Diagnostic("unknown-column", message, written.location, hint=hint)
    if unfound.why == "missing":
        return Diagnostic(
            "unknown-column",
            _missing(unfound, shown, header),
            written.location,
            related=(Related(Location(shown, max(row, 1), 0), "the header"),) if row else (),
            hint=_near(unfound.theirs, header),
        )
    place = unfound.places[min(1, len(unfound.places) - 1)] if unfound.places else -1
    where = Location(shown, max(row, 1), place + 1)
    message, hint, code = _wrong(unfound, shown, header)
    return Diagnostic(code, message, where, related=(written,), hint=hint)


def _missing(unfound: Unfound, shown: str, header: Header) -> str:
    if header.none:
        return f"`{unfound.theirs}` is no column of `{shown}`, which is read without headings"
    return f"column `{unfound.theirs}` is not in the header of `{shown}`"


def _near(theirs: str, header: Header) -> str:
    if header.none:
        last = column_letters(header.width - 1)
        return f"name columns by letter, `A` to `{last}`, or by place, `#1` to `#{header.width}`"
    names = header.cells
    same = narrow(theirs).strip().casefold()
    near = [name for name in names if narrow(name).casefold() == same]
    near = near or [name for name in (nearest(theirs, list(names), headings=True),) if name]
    have = ", ".join(f"`{shown_cell(name)}`" for name in names[:12] if name) or "nothing"
    return f"did you mean `{near[0]}`?" if near else f"the header has {have}"


def _wrong(unfound: Unfound, shown: str, header: Header) -> tuple[str, str, str]:
    """Message, hint and code of a column that is there and cannot be taken."""
    theirs = unfound.theirs
    if unfound.why == "many":
        return (
            f"`unpivot` of `{shown}` takes more than {MOST_WIDE:,} columns",
            "write a narrower pattern, or a table for each part of the columns",
            "out-of-bounds",
        )
    heading = unfound.heading or theirs
    if unfound.why == "twice":
        return (
            f"`{theirs}` takes a column of `{shown}` that `{heading}` takes, too",
            "write patterns that no heading fits twice",
            "conflicting-keys",
        )
    if unfound.why == "total":
        return (
            f"`{theirs}` also takes the column `{heading}` of `{shown}`, which adds up others",
            "write a narrower pattern, or the headings one by one",
            "conflicting-keys",
        )
    if unfound.why == "width":
        return (
            f"`{theirs}` passes over the column `{heading}` of `{shown}` for its full-width signs",
            "name it under `unpivot:` as well, as the file writes it; else write narrower patterns",
            "unknown-column",
        )
    count = len(unfound.places)
    if unfound.heading:
        return (
            f"`{theirs}` takes several columns `{heading}` of `{shown}`",
            f'name each by its number, as in `"{heading}#1"`, with what its cells are',
            "duplicate-key",
        )
    return (
        f"column `{theirs}` stands {count} times in the header of `{shown}`",
        _numbers(theirs, unfound.places, header),
        "duplicate-key",
    )


def _numbers(theirs: str, places: list[int], header: Header) -> str:
    """The names that tell columns of one heading apart, as they are typed."""
    if header.last and len({header.cells[place] for place in places}) == len(places):
        names = [header.cells[place] for place in places]
    else:
        names = [f"{theirs.strip()}#{number}" for number in range(1, len(places) + 1)]
    named = [
        f'`"{name}"` (column {column_letters(p)})' for name, p in zip(names, places, strict=True)
    ]
    return "name the one that is meant: " + ", ".join(named[:6])
