"""Newer editions of the packs in use, as people read them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.views.table import Column, Fact, Number, Report, Row, Table, places_for

if TYPE_CHECKING:
    from ghgcalc.analysis.outdated import Moved, Outdated, Used
    from ghgcalc.views.table import Cell

COLUMNS = (
    Column("year"), Column("pack"), Column("newer edition"), Column("lines", True),
    Column("location-based\ntCO2e", True), Column("market-based\ntCO2e", True), Column(""),
)  # fmt: skip


def outdated_report(found: Outdated) -> Report:
    """The packs in use by reporting year, what a newer edition moves, and all of a year."""
    rows = [row for year in sorted(found.totals, reverse=True) for row in _year(found, year)]
    moving = any(each.newer is not None for each in found.used)
    said = (
        "computed with and without the newer editions; the lock, the file and its choices stay"
        if moving
        else "no newer edition would serve a line"
    )
    table = Table("", COLUMNS, tuple(rows))
    return Report((found.name, "newer factor packs"), (table,), (Fact("Newer", ((said,),)),))


def _year(found: Outdated, year: int) -> list[Row]:
    used = [each for each in found.used if each.year == year]
    total = found.totals[year]
    known = [t for each in used for t in (each.moved.location, each.moved.market)]
    places = places_for([*known, total.location, total.market])
    whole = (str(year), "in all", "", _count(len(total.lines)), *_tonnes(total, places), "")
    return [Row(whole), *(_row(each, places) for each in used)]


def _count(lines: int) -> Number:
    return Number(Fraction(lines))


def _tonnes(moved: Moved, places: int) -> list[Cell]:
    return [None if each is None else Number(each, places, signed=True)
            for each in (moved.location, moved.market)]  # fmt: skip


def _row(each: Used, places: int) -> Row:
    said = each.problem or each.word
    if each.newer is None:
        return Row(("", each.pack.ref, "–", None, None, None, said), 1)
    lines = _count(len(each.moved.lines))
    return Row(("", each.pack.ref, each.newer.ref, lines, *_tonnes(each.moved, places), said), 1)
