"""The sheets Factors, Conversions and GWP: the named cells that every tonne rests on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.formula import CO2_PER_CARBON
from ghgcalc.factors.status import status_text
from ghgcalc.render.xlsx.book import Column, cell, letter
from ghgcalc.render.xlsx.cells import CO2_PER_C, CONVERSIONS, FACTORS, GWPS, KG_PER_T
from ghgcalc.render.xlsx.styles import SMALL

if TYPE_CHECKING:
    from ghgcalc.calculation.formula import Printed
    from ghgcalc.factors.model import Factor
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.render.xlsx.cells import Cells, ConversionCell

_FACTOR_HEADS = (
    Column("Name", 50), Column("Factor", 42), Column("What", 40), Column("Gas", 11),
    Column("Value as printed", 13, True), Column("Unit", 17),
    Column("kg per printed unit of mass", 12, True), Column("Share oxidised", 10, True),
    Column("Divided by the publisher's GWP", 13, True),
    Column("kg per unit of the factor", 15, True), Column("Region", 9), Column("Year", 7, True),
    Column("Kind", 13), Column("GWP set of the source", 10), Column("Source", 40),
    Column("Table, cell or page", 34), Column("Evidence", 24), Column("sha256 of the file", 20),
    Column("Licence", 22), Column("Version", 10), Column("Note", 40),
    Column("Status of the pack", 40),
)  # fmt: skip
VALUE, SIZE, SHARE, DIVISOR, RESULT = 4, 6, 7, 8, 9


def write_factors(book: Book, cells: Cells) -> None:
    """Every printed value in use, once; `EF_…` names what it is in kg per unit of the factor."""
    sheet = book.sheet(FACTORS, _FACTOR_HEADS, tab="#7A5FA0")
    for row, (name, printed) in enumerate(cells.factors.values(), 1):
        _factor(sheet, cells, row, name, printed)
        book.define(name, FACTORS, cell(row, RESULT))
    sheet.filter(len(cells.factors))


def _factor(sheet: Sheet, cells: Cells, row: int, name: str, printed: Printed) -> None:
    factor = printed.factor
    place = row + 1
    sheet.text(row, 0, name)
    sheet.text(row, 1, factor.ref if factor else "company file")
    sheet.text(row, 2, factor.name if factor else printed.words)
    sheet.text(row, 3, printed.gas)
    sheet.number(row, VALUE, printed.value, "input", SMALL)
    sheet.text(row, 5, printed.unit)
    sheet.number(row, SIZE, printed.size, "calc", SMALL)
    text = f"=${letter(VALUE)}{place}*${letter(SIZE)}{place}"
    sheet.number(row, SHARE, printed.oxidation, "input", SMALL)
    if printed.oxidation is not None:
        text += f"*${letter(SHARE)}{place}*{CO2_PER_C}"
    if printed.divisor is None:
        sheet.text(row, DIVISOR, "")
    else:
        named = f"={cells.divisor(printed)}"
        sheet.formula(row, DIVISOR, named, printed.divisor, "calc", SMALL)
        text += f"/${letter(DIVISOR)}{place}"
    sheet.formula(row, RESULT, text, printed.kg, "calc", SMALL)
    _provenance(sheet, row, factor)


def _provenance(sheet: Sheet, row: int, factor: Factor | None) -> None:
    if factor is None:
        for column in range(RESULT + 1, len(_FACTOR_HEADS)):
            sheet.text(row, column, "")
        return
    header = factor.pack.header
    sheet.text(row, 10, factor.region)
    sheet.number(row, 11, factor.year, "calc", "0")
    texts = (
        factor.kind, factor.gwp_set, header.title, factor.locator or str(factor.location or ""),
        "company file" if factor.pack.own else factor.evidence.label, factor.evidence.sha256,
        header.licence, header.version, factor.note, status_text(factor.pack),
    )  # fmt: skip
    for column, text in enumerate(texts, 12):
        sheet.text(row, column, text)


def write_conversions(book: Book, cells: Cells) -> None:
    """Constants, unit ratios, and conversions as the product of their steps."""
    deepest = max((len(c.steps) for c in cells.conversions.values()), default=0)
    heads = [Column("Name", 34), Column("From", 14), Column("To", 14), Column("Factor", 16, True)]
    for number in range(1, deepest + 1):
        heads += [Column(f"Step {number}", 16, True), Column(f"Step {number} in words", 34),
                  Column(f"Step {number} source", 44)]  # fmt: skip
    sheet = book.sheet(CONVERSIONS, heads, tab="#7A5FA0")
    row = 0
    for name, unit, to, value in _constants(cells):
        row += 1
        _named(sheet, row, (name, unit, to))
        sheet.number(row, 3, value, "input", SMALL)
    for conversion in cells.conversions.values():
        row += 1
        _conversion(sheet, row, conversion)
    sheet.filter(row)


def _constants(cells: Cells) -> list[tuple[str, str, str, Fraction]]:
    found = [(KG_PER_T, "t", "kg", Fraction(1000)), (CO2_PER_C, "kg C", "kg CO2", CO2_PER_CARBON)]
    for scale in cells.scales.values():
        unit, _, to = scale.words.partition(" to ")
        found.append((scale.name, unit, to, scale.value))
    return found


def _named(sheet: Sheet, row: int, texts: tuple[str, str, str]) -> None:
    for column, text in enumerate(texts):
        sheet.text(row, column, text)
    sheet.book.define(texts[0], CONVERSIONS, cell(row, 3))


def _conversion(sheet: Sheet, row: int, conversion: ConversionCell) -> None:
    _named(sheet, row, (conversion.name, conversion.unit, conversion.to))
    if not conversion.steps:
        sheet.number(row, 3, 1, "calc", SMALL)
        return
    product = Fraction(1)
    places: list[str] = []
    for step in conversion.steps:
        product *= step.value
        places.append(f"${letter(4 + 3 * len(places))}{row + 1}")
    sheet.formula(row, 3, f"={'*'.join(places)}", product, "calc", SMALL)
    for number, step in enumerate(conversion.steps):
        column = 4 + 3 * number
        sheet.number(row, column, step.value, "input", SMALL)
        sheet.text(row, column + 1, step.text)
        sheet.text(row, column + 2, step.source)


def write_gwps(book: Book, cells: Cells, inventory: Inventory) -> None:
    """Every GWP in use: the inventory's set, and publishers' for printed CO2e."""
    columns = (Column("Name", 24), Column("Gas", 20), Column("GWP set", 10),
               Column("GWP, kg CO2e/kg, 100 years", 16, True), Column("Pack", 22),
               Column("Use", 60))  # fmt: skip
    sheet = book.sheet(GWPS, columns, tab="#7A5FA0")
    for row, known in enumerate(cells.gwps.values(), 1):
        own = known.set == inventory.gwp_set
        use = "weighs the gas" if own else "the publisher's set: between printed CO2e and masses"
        for column, text in ((0, known.name), (1, known.gas), (2, known.set)):
            sheet.text(row, column, text)
        sheet.number(row, 3, known.value, "input", SMALL)
        sheet.text(row, 4, known.pack)
        sheet.text(row, 5, use)
        book.define(known.name, GWPS, cell(row, 3))
    sheet.filter(max(len(cells.gwps), 1))
