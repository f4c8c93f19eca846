"""The sheet Checks: the workbook's own totals against the figures of ghgcalc's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx.book import Column, cell
from ghgcalc.render.xlsx.energy_table import ENERGY
from ghgcalc.render.xlsx.styles import SMALL, TONNES, UNSEEN
from ghgcalc.render.xlsx.totals import BY_FACILITY, BY_GAS, ISO, LOC, MKT
from ghgcalc.render.xlsx.unknown import DASH, all_known, none_missing, write

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book

CHECKS = "Checks"


class Check(NamedTuple):
    """One comparison: words, the workbook's formula, ghgcalc's figure.

    `known` asks whether the workbook has the figure, where ghgcalc's is None. `format` shows both.
    """

    words: str
    formula: str
    value: Fraction | None
    known: str = ""
    format: str = TONNES


def write_checks(
    book: Book, inventory: Inventory, rows: dict[str, int], bridge: dict[str, str]
) -> None:
    """One row per figure.

    Args:
        book: the workbook.
        inventory: the figures.
        rows: number of rows of the tables that are summed, by sheet.
        bridge: the cell of Energy with the bridge's sum, by method; none without energy.
    """
    columns = (Column("Check", 52), Column("Workbook", 18, True), Column("ghgcalc", 18, True),
               Column("Difference", 14, True), Column("Tolerance", 12, True),
               Column("Verdict", 12))  # fmt: skip
    sheet = book.sheet(CHECKS, columns, tab="#C98A1B")
    from fractions import Fraction

    limit = Fraction(1, 10**6)
    found = _checks(inventory, rows, bridge)
    for row, check in enumerate(found, 1):
        place = row + 1
        sheet.text(row, 0, check.words)
        known = check.known or all_known(check.formula.removeprefix("="))
        write(sheet, row, 1, check.formula, check.value, known, "output", check.format)
        if check.value is None:  # both have none
            for column, text in ((2, DASH), (3, ""), (4, "")):
                sheet.text(row, column, text, "calc")
            text = f'=IF(COUNT($B{place})=0,"agrees","differs")'
            sheet.formula(row, 5, text, "agrees", "good")
            continue
        sheet.number(row, 2, check.value, "calc", check.format)
        sheet.formula(row, 3, f"=$B{place}-$C{place}", Fraction(0), "calc", SMALL)
        tolerance = max(limit, abs(check.value) / 10**9)
        sheet.number(row, 4, tolerance, "input", "0.0E+00")
        text = f'=IF(ABS($D{place})<=$E{place},"agrees","differs")'
        sheet.formula(row, 5, text, "agrees", "good")
    sheet.filter(len(found))
    red = book.raw.add_format({"bg_color": "#F6C7C1", "bold": True})
    sheet.raw.conditional_format(
        1, 5, len(found), 5,
        {"type": "cell", "criteria": "==", "value": '"differs"', "format": red},
    )  # fmt: skip


def _checks(inventory: Inventory, rows: dict[str, int], bridge: dict[str, str]) -> list[Check]:
    totals = inventory.totals
    found = [
        Check("Scope 1", "=SCOPE_1_LOCATION_BASED", totals.scope_1),
        Check("Scope 2, location-based", "=SCOPE_2_LOCATION_BASED", totals.scope_2[LOCATION]),
        Check("Scope 2, market-based", "=SCOPE_2_MARKET_BASED", totals.scope_2[MARKET]),
        Check(
            "Scope 3",
            "=SCOPE_3_LOCATION_BASED",
            totals.scope_3 or ZERO,
            format=UNSEEN if totals.scope_3 is None else TONNES,
        ),
        Check("Biogenic CO2", "=BIOGENIC_CO2", totals.biogenic_co2),
    ]
    for method, suffix, area, letter in (
        (LOCATION, "LOCATION_BASED", LOC, "location-based"),
        (MARKET, "MARKET_BASED", MKT, "market-based"),
    ):
        whole = totals.all_scopes(method)
        found += [
            Check(f"Scope 1 + 2 + 3, {letter}", f"=ALL_SCOPES_{suffix}", whole),
            Check(f"Sum of Lines, {letter}", f"=SUM({area})", whole, none_missing(area)),
            Check(
                f"Sum of {ISO}, {letter}",
                f"=SUM(CATEGORIES_{suffix})",
                whole,
                none_missing(f"CATEGORIES_{suffix}"),
            ),
        ]
        for sheet, columns in ((BY_FACILITY, (6, 7)), (BY_GAS, (6, 7))):
            last = rows[sheet]
            column = columns[method == MARKET]
            cells = f"'{sheet}'!{cell(1, column)}:{cell(max(last, 1), column)}"
            words = f"Sum of {sheet}, {letter}"
            found.append(Check(words, f"=SUM({cells})", whole, none_missing(cells)))
        if method in bridge:
            text = f"={ENERGY}!{bridge[method]}"
            found.append(Check(f"Bridge of {ENERGY}, {letter}", text, totals.scope_2[method]))
    return found
