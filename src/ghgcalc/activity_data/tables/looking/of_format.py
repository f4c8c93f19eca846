"""The proposal of a workbook that a named format reads: Portfolio Manager's meter entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.formats.portfolio_manager import HEADINGS, SHEETS
from ghgcalc.activity_data.tables.looking.proposal import Proposal, first_lines
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.looking.opened import Opened
    from ghgcalc.activity_data.tables.looking.shape import Shape

_MAPPED = {"facility": "facility", "item": "type", "quantity": "quantity", "unit": "unit",
           "from": "from", "to": "to", "estimated": "estimated"}  # fmt: skip


def by_format(path: Path, opened: Opened, shape: Shape) -> Proposal | None:
    """The block of a workbook with a sheet of meter entries; None for other files."""
    if opened.kind != "workbook" or not set(dict(opened.facts).values()) & set(SHEETS):
        return None
    missing = [ours for ours in ("facility", "type", "quantity", "unit", "from", "to")
               if not set(HEADINGS[ours]) & set(shape.names)]  # fmt: skip
    if missing:
        return None
    mapped = {ours: theirs for ours, theirs in _MAPPED.items()
              if set(HEADINGS[theirs]) & set(shape.names)}  # fmt: skip
    lines = [*first_lines(path), "    read:", "      format: portfolio_manager", "    columns:"]
    lines += [f"      {ours}: {theirs}" for ours, theirs in mapped.items()]
    lines += ["    items:"]
    lines += [f"      {scalar(text)}: {{category: {OPEN}}}" for text in _texts(shape, "type")]
    lines += ["    names:", "      facility:"]
    lines += [f'        "{text}": {OPEN}' for text in _texts(shape, "facility")]
    told = ("format: the workbook is a download of Portfolio Manager: `read: {format:"
            " portfolio_manager}` reads its meter entries, with their units; facilities are told"
            " by their Portfolio Manager ID")  # fmt: skip
    years = {int(text[:4]) for text in _texts(shape, "from") if text[:4].isdecimal()}
    return Proposal(lines, [*opened.questions, told], _named(shape), tuple(sorted(years)))


def _named(shape: Shape) -> tuple[tuple[str, str], ...]:
    """Each property's number, with its name where it has one alone."""
    places = [next((i for i, name in enumerate(shape.names) if name in HEADINGS[ours]), None)
              for ours in ("facility", "name")]  # fmt: skip
    found: dict[str, set[str]] = {text: set() for text in _texts(shape, "facility")}
    for _, row in shape.rows:
        number, name = (row[at] if at is not None and at < len(row) else "" for at in places)
        if number in found and name:
            found[number].add(name)
    return tuple((text, min(names) if len(names) == 1 else f"property {text}")
                 for text, names in found.items())  # fmt: skip


def _texts(shape: Shape, ours: str) -> list[str]:
    place = next(i for i, name in enumerate(shape.names) if name in HEADINGS[ours])
    cells = [row[place] for _, row in shape.rows if place < len(row) and row[place]]
    return [*dict.fromkeys(cells)]
