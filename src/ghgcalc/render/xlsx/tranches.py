"""The sheet Tranches: one row per market-based part of a Scope 2 line, with both methods and MWh.

What Energy sums stands here: MWh, tonnes of both methods, and the numbers and words that name the
row of the bridge, the facility and the origin (S2-08, S2-09, PL-09).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.render.xlsx.block import Block
from ghgcalc.render.xlsx.book import Column, cell
from ghgcalc.render.xlsx.lines import (
    LINES,
    LOCATED,
    QTY,
    T_TOTAL,
    TRANCHES,
    conversion_text,
    define,
    define_gases,
    facility_numbers,
    factor_text,
)
from ghgcalc.render.xlsx.styles import PERCENT, SMALL, TONNES, quantity
from ghgcalc.views.energy_parts import (
    carrier_of,
    kept_source,
    origin_of,
    part_mwh_each,
    tranche_place,
)
from ghgcalc.views.words import NOT_COUNTRY, NOT_FACILITY, source_words

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.core.units import Unit
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.block import Gases
    from ghgcalc.render.xlsx.book import Book
    from ghgcalc.render.xlsx.cells import Cells
    from ghgcalc.views.energy import Energy

_HEADS = (
    Column("Line", 34), Column("Category", 24), Column("Facility", 16), Column("Country", 9),
    Column("Tranche", 34), Column("Instrument", 22), Column("Instrument no.", 11, True),
    Column("Share of the line", 12, True),
    Column("Line's unit to tranche's", 13, True), Column("Quantity", 16, True),
    Column("Unit", 10), Column("Conversion", 13, True), Column("Factor", 34),
    Column("tCO2e market-based", 15, True), Column("tCO2e location-based", 15, True),
    Column("MWh", 14, True), Column("Carrier", 11), Column("Origin", 28),
    Column("Attributes kept, from", 14), Column("Facility no.", 9, True),
    Column("Bridge no.", 9, True),
)  # fmt: skip
SHARE, UNITS, AMOUNT, UNIT, CONV, FACTOR = range(7, 13)
LOCATION_BASED, MWH, CARRIER, ORIGIN, KEPT_FROM, FACILITY_NO, BRIDGE_NO = range(14, 21)
PURCHASED = "purchased"
ORIGINS = {
    "purchased": PURCHASED, "kept": "self-generated, attributes kept",
    "sold": "self-generated, sold",
}  # fmt: skip
_MWH = parse_unit("MWh")


def tranche_rows(inventory: Inventory) -> dict[str, tuple[int, int]]:
    """First and last row, counted from 1, of each Scope 2 line on Tranches."""
    found, row = {}, 2
    for line in inventory.lines:
        if line.scope == 2 and line.market_based:
            found[line.id] = (row, row + len(line.market_based) - 1)
            row += len(line.market_based)
    return found


class TranchesSheet:
    """Writes Tranches: quantity = share × the line's own quantity cell, and the rest of it."""

    def __init__(self, book: Book, cells: Cells, gases: Gases) -> None:
        columns = (*_HEADS, *Block.columns(gases))
        self.sheet = book.sheet(TRANCHES, columns, tab="#1F4E5F")
        self.cells = cells
        self.block = Block(self.sheet, cells, gases, AMOUNT, CONV, T_TOTAL, len(_HEADS))

    def write(self, inventory: Inventory, energy: Energy) -> None:
        """Every market-based part of Scope 2, line by line."""
        row = 0
        self.instruments = {use.id: n for n, use in enumerate(inventory.instruments, 1)}
        self.facilities = facility_numbers(inventory)
        self.bridge = energy.bridge_numbers()
        for place, line in enumerate(inventory.lines, 1):
            if line.scope != 2:
                continue
            for part in line.market_based:
                row += 1
                share = self._quantity(row, place, line, part)
                self._energy(row, place, line, part, share)
        self.sheet.filter(row)
        self._names(max(row, 1) + 1)

    def _names(self, last: int) -> None:
        columns = {
            "TRANCHES_INSTRUMENT_NO": 6, "TRANCHES_QUANTITY": AMOUNT, "TRANCHES_TCO2E": T_TOTAL,
            "TRANCHES_LOCATION_BASED": LOCATION_BASED, "TRANCHES_MWH": MWH,
            "TRANCHES_CARRIER": CARRIER, "TRANCHES_ORIGIN": ORIGIN,
            "TRANCHES_KEPT_FROM": KEPT_FROM, "TRANCHES_FACILITY_NO": FACILITY_NO,
            "TRANCHES_BRIDGE_NO": BRIDGE_NO, "TRANCHES_UNSPECIFIED": self.block.unspecified,
        }  # fmt: skip
        define(self.sheet, columns, last)
        define_gases(self.sheet, self.block, "TRANCHES", last)

    def _quantity(self, row: int, place: int, line: Line, part: Part) -> Fraction:
        """Quantity and market-based tonnes; returns the share of the line."""
        sheet = self.sheet
        texts = (line.id, line.category, line.facility or NOT_FACILITY, line.country or NOT_COUNTRY,
                 source_words(part), part.instrument)  # fmt: skip
        for column, text in enumerate(texts):
            sheet.text(row, column, text)
        sheet.number(row, 6, self.instruments.get(part.instrument or ""))
        unit = part.plan.unit or line.unit
        scale, what = _scale(line, unit)
        whole = line.quantity * scale
        share = part.quantity / whole if whole else Fraction(1)
        sheet.number(row, SHARE, share, "input", PERCENT)
        if scale == 1:
            sheet.number(row, UNITS, 1, "calc", SMALL)
        else:
            name = self.cells.scale(what, scale)
            sheet.formula(row, UNITS, f"={name}", scale, "calc", SMALL)
        text = f"={LINES}!{cell(place, QTY)}*{cell(row, SHARE)}*{cell(row, UNITS)}"
        sheet.formula(row, AMOUNT, text, part.quantity, "calc", quantity(part.quantity))
        sheet.text(row, UNIT, str(unit))
        sheet.formula(row, CONV, *conversion_text(self.cells, part), "calc", SMALL)
        sheet.text(row, FACTOR, factor_text(part))
        self.block.write(row, part.plan, part.quantity)
        return share

    def _energy(self, row: int, place: int, line: Line, part: Part, share: Fraction) -> None:
        """Location-based tonnes, MWh, and the keys; nothing where another party reported."""
        sheet = self.sheet
        if line.energy is None:
            for column in range(LOCATION_BASED, BRIDGE_NO + 1):
                sheet.text(row, column, "")
            return
        # a tranche's location-based tonnes follow its share of the line
        text = f"={LINES}!{cell(place, LOCATED)}*{cell(row, SHARE)}"
        located = (line.co2e(LOCATION) or ZERO) * share
        sheet.formula(row, LOCATION_BASED, text, located, "output", TONNES)
        self._mwh(row, line, part)
        carrier = carrier_of(line)
        sheet.text(row, CARRIER, carrier)
        sheet.text(row, ORIGIN, ORIGINS[origin_of(line)])
        sheet.text(row, KEPT_FROM, kept_source(line))
        sheet.number(row, FACILITY_NO, self.facilities[line.facility])
        sheet.number(row, BRIDGE_NO, self.bridge[tranche_place(carrier, part)])

    def _mwh(self, row: int, line: Line, part: Part) -> None:
        each = part_mwh_each(line, part)
        if each is None:
            self.sheet.text(row, MWH, "")
            return
        text = f"={cell(row, AMOUNT)}"
        if each != 1:
            unit = part.plan.unit or line.unit
            known = unit.dimension == _MWH.dimension and each == ratio(unit, _MWH)
            words = f"{unit} to MWh" if known else f"{unit} to MWh, {line.activity}"
            text += f"*{self.cells.scale(words, each)}"
        mwh = part.quantity * each
        self.sheet.formula(row, MWH, text, mwh, "calc", quantity(mwh))


def _scale(line: Line, unit: Unit) -> tuple[Fraction, str]:
    """Units of a part in one unit of its line, and what the conversion is called.

    Steam by mass is covered in MWh: the line's own enthalpy converts it.
    """
    if unit == line.unit:
        return Fraction(1), ""
    if unit.dimension == line.unit.dimension:
        return ratio(line.unit, unit), f"{line.unit} to {unit}"
    assert line.energy is not None
    assert line.energy.mwh_each is not None, "a foreign unit is energy"
    each = line.energy.mwh_each * ratio(_MWH, unit)
    return each, f"{line.unit} to {unit}, {line.activity}"


def used_of(inventory: Inventory) -> dict[str, tuple[Fraction, Fraction]]:
    """MWh and tonnes of each instrument on the lines shown."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for line in inventory.lines:
        for part in line.market_based if line.scope == 2 else ():
            if part.instrument is not None:
                mwh, tonnes = found.get(part.instrument, (ZERO, ZERO))
                found[part.instrument] = (mwh + part.quantity, tonnes + part.co2e)
    return found
