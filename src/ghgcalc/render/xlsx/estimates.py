"""What rests on estimates: columns of Lines, By facility and By category, rows of Summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx.book import Column, cell, letter
from ghgcalc.render.xlsx.styles import PERCENT, TONNES
from ghgcalc.render.xlsx.unknown import DASH, none_missing, write

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.render.xlsx.book import Sheet

AREAS = {LOCATION: "LINES_ESTIMATED_LOCATION_BASED", MARKET: "LINES_ESTIMATED_MARKET_BASED"}
LINE_HEADS = (
    Column("Estimated share", 11, True), Column("Estimated tCO2e location-based", 15, True),
    Column("Estimated tCO2e market-based", 15, True), Column("How and why estimated", 34),
)  # fmt: skip
TOTAL_HEADS = (
    Column("Estimated tCO2e location-based", 15, True), Column("Share", 9, True),
    Column("Estimated tCO2e market-based", 15, True), Column("Share", 9, True),
)  # fmt: skip


def write_line(sheet: Sheet, row: int, start: int, line: Line, tonnes: dict[str, int]) -> None:
    """The estimate of a line; `tonnes` are the columns of its tonnes by method."""
    known = line.estimate
    if known is None:
        return
    share = cell(row, start).replace("$", "")
    sheet.number(row, start, known.share, "input", PERCENT)
    for column, method in enumerate((LOCATION, MARKET), start + 1):
        if line.parts(method):
            text = f"=${letter(tonnes[method])}{row + 1}*{share}"
            value = (line.co2e(method) or ZERO) * known.share
            sheet.formula(row, column, text, value, "calc", TONNES)
        elif line.lacks == method:
            sheet.text(row, column, DASH)
    how = f"{known.method}: {known.reason}" if known.method else f"marked in {known.column}"
    sheet.text(row, start + 3, how)


def names(start: int) -> dict[str, int]:
    """The named columns of Lines."""
    return {AREAS[LOCATION]: start + 1, AREAS[MARKET]: start + 2}


def write_total(
    sheet: Sheet,
    row: int,
    start: int,
    key: str,
    part: dict[str, Fraction | None],
    whole: dict[str, tuple[int, Fraction | None]],
) -> None:
    """Estimated tonnes of a row and their share of its own.

    Args:
        sheet: the sheet.
        row: the row, counted from 0.
        start: the first of four columns.
        key: the criteria of SUMIFS that choose the row's lines.
        part: estimated tonnes by method.
        whole: the column and the value of the row's tonnes by method.
    """
    for column, method in ((start, LOCATION), (start + 2, MARKET)):
        value = part.get(method, ZERO)
        at, total = whole[method]
        known = none_missing(AREAS[method], key)
        text = f"=SUMIFS({AREAS[method]},{key})"
        write(sheet, row, column, text, value, known, "output", TONNES)
        write_share(sheet, row, column + 1, (letter(column), letter(at)), (value, total))


def write_share(
    sheet: Sheet, row: int, column: int, of: tuple[str, str],
    values: tuple[Fraction | None, Fraction | None], kind: str = "output",
) -> None:  # fmt: skip
    """The share of two columns of a row; none of nothing, a dash of what is not known."""
    if values[0] is None or not values[1]:
        sheet.text(row, column, DASH if None in values else "")
        return
    part, whole = (f"${name}{row + 1}" for name in of)
    sheet.formula(row, column, f"={part}/{whole}", values[0] / values[1], kind, PERCENT)
