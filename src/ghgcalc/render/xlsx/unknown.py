"""Figures that nobody states: a dash in its cell, and in every sum that holds it.

SUM and SUMIFS leave texts out, so that a sum over a dash would be partial. A total that is not
known asks first whether its cells are all there; a number typed over the dash makes it live.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.render.xlsx.book import Sheet

DASH = "–"


def none_missing(area: str, keys: str = "") -> str:
    """Whether no cell of an area is a dash, among those that `keys` select."""
    return f'COUNTIFS({area},"{DASH}"{f",{keys}" if keys else ""})=0'


def all_known(*cells: str) -> str:
    """Whether every one of some cells holds a number."""
    return f"COUNT({','.join(cells)})={len(cells)}"


def write(
    sheet: Sheet, row: int, column: int, formula: str, value: Fraction | None, known: str,
    kind: str = "output", format_: str = "",
) -> None:  # fmt: skip
    """A formula with its value; with a dash and the question `known` where it has none."""
    if value is not None:
        sheet.formula(row, column, formula, value, kind, format_)
        return
    guarded = f'=IF({known},{formula.removeprefix("=")},"{DASH}")'
    sheet.formula(row, column, guarded, DASH, kind, format_)
