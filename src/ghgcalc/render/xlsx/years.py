"""The sheet By year: scopes of each reporting year of the file, this one live, others values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx.book import Column
from ghgcalc.render.xlsx.styles import TONNES, UNSEEN
from ghgcalc.render.xlsx.unknown import DASH, all_known, write

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.totals import Totals
    from ghgcalc.inventory.filed import Year
    from ghgcalc.render.xlsx.book import Book

BY_YEAR = "By year"
NAMES = ("SCOPE_1_LOCATION_BASED", "SCOPE_2_LOCATION_BASED", "SCOPE_2_MARKET_BASED",
         "SCOPE_3_LOCATION_BASED", "ALL_SCOPES_LOCATION_BASED", "ALL_SCOPES_MARKET_BASED",
         "BIOGENIC_CO2")  # fmt: skip
COLUMNS = (
    Column("Year", 12), Column("Scope 1", 16, True), Column("Scope 2 location-based", 16, True),
    Column("Scope 2 market-based", 16, True), Column("Scope 3", 16, True),
    Column("All scopes, location-based", 16, True), Column("All scopes, market-based", 16, True),
    Column("Biogenic CO2 (t)", 14, True), Column("Note", 60),
)  # fmt: skip


def write_years(book: Book, years: list[Year], current: str) -> None:
    """One row per year."""
    sheet = book.sheet(BY_YEAR, COLUMNS, tab="#3A8C6E")
    for row, year in enumerate(years, 1):
        sheet.text(row, 0, year.name)
        note = "this workbook" if year.name == current else "computed from the same company file"
        if year.totals is None:
            for column in range(1, 8):
                sheet.text(row, column, "")
            sheet.text(row, 8, "not computed: the year has errors")
            continue
        for column, (name, value) in enumerate(zip(NAMES, _values(year.totals), strict=True), 1):
            format_ = UNSEEN if column == 4 and not year.scope_3 else TONNES
            if year.name == current:
                write(sheet, row, column, f"={name}", value, all_known(name), "output", format_)
            elif value is None:
                sheet.text(row, column, DASH, "good")
            else:
                sheet.number(row, column, value, "calc", format_)
        sheet.text(row, 8, f"{note}; {year.status}" if year.status else note)
    sheet.filter(len(years))


def _values(totals: Totals) -> tuple[Fraction | None, ...]:
    return (totals.scope_1, totals.scope_2[LOCATION], totals.scope_2[MARKET],
            totals.scope_3 or ZERO, totals.all_scopes(LOCATION), totals.all_scopes(MARKET),
            totals.biogenic_co2)  # fmt: skip
