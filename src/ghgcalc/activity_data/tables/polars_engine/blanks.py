"""Cells whose text stands for no value, made empty before anything else is asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.blanks import blank_texts
from ghgcalc.activity_data.tables.columns import cell_columns
from ghgcalc.activity_data.tables.file_columns import FILTER, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from ghgcalc.activity_data.tables.file_columns import FileColumns
    from ghgcalc.company.table import Table


def without_blanks(frame: pl.LazyFrame, table: Table, columns: FileColumns) -> pl.LazyFrame:
    """The cells of a file, those with a text of `empty:` as empty ones."""
    import polars as pl

    if not table.read.empty:
        return frame
    made = []
    for ours, headings in _headings(table, columns):
        blank = sorted(frozenset().union(*(blank_texts(table.read, each) for each in headings)))
        cell = pl.col(ours)
        text = cell.str.strip_chars()
        if not all(word.isascii() for word in blank):
            text = text.str.normalize("NFC")
        if blank:
            made.append(pl.when(~text.is_in(blank)).then(cell).alias(ours))
    return frame.with_columns(made)


def _headings(table: Table, columns: FileColumns) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The columns of a file's frame, each with the headings by which it may be named."""
    wanted, filters = cell_columns(table), list(table.filter)
    for ours in columns.places:
        kind, _, number = ours.partition(":")
        if f"{kind}:" == WIDE:
            wide = columns.wide[int(number)]
            yield ours, (wide.key, wide.heading)
        elif f"{kind}:" == FILTER:
            yield ours, (filters[int(number)],)
        else:
            yield ours, (wanted[ours],)
