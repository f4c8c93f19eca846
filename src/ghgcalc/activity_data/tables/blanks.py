"""Texts that stand for no value (`read: {empty: …}`): which, by column, and what contradicts them.

Such a cell is empty, no more: what an empty cell means is said elsewhere, and it is never zero.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.columns import cell_columns
from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.headings import is_pattern, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.company.read import Read
    from ghgcalc.company.table import Table
    from ghgcalc.core.diagnostics import Diagnostic


def blank_texts(read: Read, heading: str) -> frozenset[str]:
    """The texts that mean an empty cell below a heading."""
    stated = {theirs.strip(): texts for theirs, texts in read.empty.items()}
    texts = (*stated.get("", ()), *stated.get(heading.strip(), ()))
    return frozenset(text.strip() for text in texts)


def contradictions(places: Places) -> Iterator[Diagnostic]:
    """Findings where `empty:` names a column that is not read, or a text that is asked for."""
    table = places.table
    if not table.read.empty:
        return
    read = {*cell_columns(table).values(), *table.unpivot, *table.filter} - {"unpivot"}
    known = {heading.strip() for heading in read}
    patterns = [pattern(key) for key in table.unpivot if is_pattern(key)]
    for heading in table.read.empty:
        by_pattern = any(re.search(each, heading.strip()) for each in patterns)
        if heading and heading.strip() not in known and not by_pattern:
            yield places.finding(
                "unknown-column",
                f"`{shown_cell(heading)}` of `empty` is no column that the table reads",
                "read", "empty", heading,
                hint="it reads " + ", ".join(f"`{shown_cell(name)}`" for name in sorted(read)),
            )  # fmt: skip
    for heading, texts, path in _asked(table):
        blank = blank_texts(table.read, heading)
        for text in texts:
            if text.strip() in blank and text.strip():
                yield places.finding(
                    "conflicting-keys",
                    f"`{shown_cell(text)}` of column `{heading}` is an empty cell by `empty` of"
                    f" `read`, and `{path[0]}` asks for it",
                    *path,
                    hint=f'state one of the two; in `{path[0]}` an empty cell is `""`'
                    if path[0] == "filter"
                    else "state one of the two",
                )


def _asked(table: Table) -> Iterator[tuple[str, Iterable[str], tuple[str, ...]]]:
    """Headings, the texts that keys of the table name below them, and these keys."""
    for heading, rule in table.filter.items():
        yield heading, (*rule.equals, *rule.not_equals), ("filter", heading)
    marks = table.corrections
    if marks is not None and marks.column is not None:
        yield marks.column, marks.equals, ("corrections", "equals")
    for ours, heading in table.columns.items():
        if ours == "item":
            yield heading, table.items, ("items",)
        yield heading, getattr(table.names, ours, None) or (), ("names", ours)
        if ours == "estimated":
            yield heading, table.estimated_words, ("estimated_words",)
