"""Texts that may mark rows: of mapped columns, of headings, of all other columns of a file."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.marks import MARK
from ghgcalc.activity_data.tables.polars_engine.excerpts import lines_of
from ghgcalc.activity_data.tables.positions import unpacked_position
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.sums_of_others import Texts

HEADING = ""  # the column that stands for headings of a wide table
MAPPED = ("meter", "item", "supplier", MARK)


def row_texts(rows: pl.LazyFrame, plan: TablePlan, sources: Sources) -> Texts:
    """By heading and place of a row, the text of its cell; headings of a wide table go first."""
    import polars as pl

    names = [name for name in MAPPED if plan.columns.get(name) not in (None, "unpivot")]
    cells = [pl.col(name).fill_null("").str.strip_chars() for name in names]
    whole = rows.select("position", *cells).collect(engine="streaming")
    places = [int(each) for each in whole["position"]]
    found: Texts = {}
    if plan.places.table.unpivot:
        found[HEADING] = {each: sources.heading(each, "quantity") for each in places}
    for name in names:
        found[plan.columns[name]] = dict(zip(places, whole[name].to_list(), strict=True))
    known = {theirs.strip() for theirs in plan.columns.values()} | set(plan.places.table.unpivot)
    for heading, texts in _unread(places, sources).items():
        if heading not in known:
            found[heading] = texts
    return found


def _unread(places: list[int], sources: Sources) -> Texts:
    """The texts of every column of text files whose lines are rows."""
    by_file: dict[int, dict[int, list[int]]] = {}
    for place in places:
        index, row, _ = unpacked_position(place)
        by_file.setdefault(index, {}).setdefault(row, []).append(place)
    found: Texts = {}
    if len(sources.places.table.read.header_row) != 1 or not set(by_file) <= set(sources.texts):
        return found
    for index, rows in by_file.items():
        top = sources.header_rows.get(index, 1)
        lines = lines_of(sources, index, {top, *rows})
        sign = sources.delimiters.get(index, ",")
        cells = {row: next(csv.reader([line], delimiter=sign), []) for row, line in lines.items()}
        header = [composed(each.strip()) for each in cells.pop(top, [])]
        twice = {each for each in header if header.count(each) > 1}
        for row, texts in cells.items():
            if len(texts) != len(header):
                continue
            for heading, text in zip(header, texts, strict=True):
                if heading and heading not in twice:
                    at = found.setdefault(heading, {})
                    at |= dict.fromkeys(rows[row], composed(text.strip()))
    return found
