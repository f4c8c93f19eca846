"""The sheets Lines and Tranches: one row per line, one row per tranche of Scope 2 market-based."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.model.inventory import ZERO
from ghgcalc.render.xlsx.block import Block
from ghgcalc.render.xlsx.book import Column, cell, letter
from ghgcalc.render.xlsx.styles import PERCENT, SMALL, TONNES, quantity
from ghgcalc.units import parse_unit, ratio
from ghgcalc.views.words import NOT_COUNTRY, NOT_FACILITY, plain_id

if TYPE_CHECKING:
    from ghgcalc.model.inventory import Inventory, Line, Part
    from ghgcalc.render.xlsx.block import Gases
    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.render.xlsx.cells import Cells
    from ghgcalc.units import Unit

LINES, TRANCHES = "Lines", "Tranches"
LINE_HEADS = (
    Column("Line", 34), Column("Scope", 7, True), Column("Category", 24), Column("Facility", 16),
    Column("Facility no.", 9, True), Column("Country", 9), Column("Item", 20),
    Column("First day", 11), Column("Last day", 11),
    Column("Consolidation share", 13, True), Column("Quantity (consolidated)", 16, True),
    Column("Unit", 12), Column("Conversion", 13, True), Column("Factor", 34),
    Column("tCO2e location-based", 15, True), Column("tCO2e market-based", 15, True),
)  # fmt: skip
_LINE_TAIL = (
    Column("Supplier", 16), Column("Source document", 30), Column("Rows", 16),
    Column("Stated at", 26), Column("Why this factor", 40),
)  # fmt: skip
QTY, UNIT, CONV, FACTOR, LOCATED, MARKET_ = 10, 11, 12, 13, 14, 15
_TRANCHE_HEADS = (
    Column("Line", 34), Column("Category", 24), Column("Facility", 16), Column("Country", 9),
    Column("Tranche", 34), Column("Instrument", 22), Column("Instrument no.", 11, True),
    Column("Share of the line", 12, True),
    Column("Line's unit to tranche's", 13, True), Column("Quantity", 16, True),
    Column("Unit", 10), Column("Conversion", 13, True), Column("Factor", 34),
    Column("tCO2e", 15, True),
)  # fmt: skip
T_SHARE, T_UNITS, T_QTY, T_CONV, T_FACTOR, T_TOTAL = 7, 8, 9, 11, 12, 13


def facility_numbers(inventory: Inventory) -> dict[str | None, int]:
    """A number for each facility, by id: SUMIFS reads `1001` or `may-24` as numbers and dates."""
    names = sorted({line.facility or "" for line in inventory.lines})
    return {name or None: number for number, name in enumerate(names, 1)}


def tranche_rows(inventory: Inventory) -> dict[str, tuple[int, int]]:
    """First and last row, counted from 1, of each Scope 2 line on Tranches."""
    found, row = {}, 2
    for line in inventory.lines:
        if line.scope == 2 and line.market_based:
            found[line.id] = (row, row + len(line.market_based) - 1)
            row += len(line.market_based)
    return found


class LinesSheet:
    """Writes Lines."""

    def __init__(self, book: Book, cells: Cells, gases: Gases) -> None:
        columns = (*LINE_HEADS, *Block.columns(gases), *_LINE_TAIL)
        self.sheet = book.sheet(LINES, columns, tab="#1F4E5F")
        self.cells = cells
        self.block = Block(self.sheet, cells, gases, QTY, CONV, LOCATED, len(LINE_HEADS))

    def write(self, inventory: Inventory, tranches: dict[str, tuple[int, int]]) -> None:
        """Every line, then the names of its columns."""
        self.numbers = facility_numbers(inventory)
        for row, line in enumerate(inventory.lines, 1):
            self._head(row, line)
            if line.location_based:
                self._located(row, line)
            self._market(row, line, tranches)
            self._tail(row, line)
        last = len(inventory.lines)
        self.sheet.filter(last)
        self._names(max(last, 1) + 1)

    def _head(self, row: int, line: Line) -> None:
        sheet = self.sheet
        sheet.text(row, 0, line.id)
        sheet.number(row, 1, line.scope)
        sheet.text(row, 2, line.category)
        sheet.text(row, 3, line.facility or NOT_FACILITY)
        sheet.number(row, 4, self.numbers[line.facility])
        sheet.text(row, 5, line.country or NOT_COUNTRY)
        sheet.text(row, 6, line.item)
        sheet.day(row, 7, line.span.first)
        sheet.day(row, 8, line.span.last)
        sheet.number(row, 9, line.weight, "calc", PERCENT)
        sheet.number(row, QTY, line.quantity, "input", quantity(line.quantity))
        sheet.text(row, UNIT, str(line.unit))

    def _located(self, row: int, line: Line) -> None:
        (part,) = line.location_based  # tranches are a matter of the market-based method
        assert part.quantity == line.quantity, line.id
        self.sheet.formula(row, CONV, *_conversion(self.cells, part), "calc", SMALL)
        self.sheet.text(row, FACTOR, _factor(part))
        self.block.write(row, part.plan, part.quantity)

    def _market(self, row: int, line: Line, tranches: dict[str, tuple[int, int]]) -> None:
        if line.scope == 2 and line.id in tranches:
            first, last = tranches[line.id]
            total = letter(T_TOTAL)
            text = f"=SUM({TRANCHES}!${total}${first}:${total}${last})"
        elif line.market_based:
            text = f"=${letter(LOCATED)}{row + 1}"
        else:
            return
        self.sheet.formula(row, MARKET_, text, line.co2e("market_based"), "output", TONNES)

    def _tail(self, row: int, line: Line) -> None:
        start = self.block.end
        parts = line.location_based or line.market_based
        chosen = parts[0].plan.resolution.chosen if parts else ""
        texts = (line.supplier, "; ".join(line.evidence), line.rows, str(line.location), chosen)
        for place, text in enumerate(texts, start):
            if text:
                self.sheet.text(row, place, text)

    def _names(self, last: int) -> None:
        columns = {
            "LINES_SCOPE": 1, "LINES_CATEGORY": 2, "LINES_FACILITY_NO": 4,
            "LINES_QUANTITY": QTY, "LINES_LOCATION_BASED": LOCATED, "LINES_MARKET_BASED": MARKET_,
            "LINES_BIOGENIC": self.block.biogenic, "LINES_UNSPECIFIED": self.block.unspecified,
        }  # fmt: skip
        _define(self.sheet, columns, last)
        _define_gases(self.sheet, self.block, "LINES", last)


def _factor(part: Part) -> str:
    factor = part.plan.resolution.factor
    return factor.ref if factor is not None else part.source


def _conversion(cells: Cells, part: Part) -> tuple[str, Fraction]:
    known = cells.of(part.plan)
    return f"={known.conversion}", known.ratio


def _define(sheet: Sheet, columns: dict[str, int], last: int) -> None:
    for name, column in columns.items():
        made = sheet.book.name(name)
        assert made == name
        sheet.book.define(name, sheet.title, f"{cell(1, column)}:{cell(last - 1, column)}")


def gas_name(prefix: str, gas: str, kind: str) -> str:
    """The name of a gas's column, `LINES_HFC_134a_TCO2E`."""
    safe = "".join(c if c.isalnum() and c.isascii() else "_" for c in gas)
    return f"{prefix}_{safe}_{kind}"


def _define_gases(sheet: Sheet, block: Block, prefix: str, last: int) -> None:
    for kind, columns in (("TCO2E", block.tonnes), ("KG", block.kg)):
        named = {gas_name(prefix, gas, kind): column for gas, column in columns.items()}
        _define(sheet, named, last)


class TranchesSheet:
    """Writes Tranches: quantity = share × the line's own quantity cell."""

    def __init__(self, book: Book, cells: Cells, gases: Gases) -> None:
        columns = (*_TRANCHE_HEADS, *Block.columns(gases))
        self.sheet = book.sheet(TRANCHES, columns, tab="#1F4E5F")
        self.cells = cells
        self.block = Block(self.sheet, cells, gases, T_QTY, T_CONV, T_TOTAL, len(_TRANCHE_HEADS))

    def write(self, inventory: Inventory) -> None:
        """Every market-based part of Scope 2, line by line."""
        row = 0
        self.instruments = {use.id: n for n, use in enumerate(inventory.instruments, 1)}
        for place, line in enumerate(inventory.lines, 1):
            if line.scope != 2:
                continue
            for part in line.market_based:
                row += 1
                self._row(row, place, line, part)
        self.sheet.filter(row)
        columns = {
            "TRANCHES_INSTRUMENT_NO": 6, "TRANCHES_QUANTITY": T_QTY, "TRANCHES_TCO2E": T_TOTAL,
            "TRANCHES_UNSPECIFIED": self.block.unspecified,
        }  # fmt: skip
        _define(self.sheet, columns, max(row, 1) + 1)
        _define_gases(self.sheet, self.block, "TRANCHES", max(row, 1) + 1)

    def _row(self, row: int, place: int, line: Line, part: Part) -> None:
        sheet = self.sheet
        texts = (line.id, line.category, line.facility or NOT_FACILITY, line.country or NOT_COUNTRY,
                 plain_id(part.source), part.instrument)  # fmt: skip
        for column, text in enumerate(texts):
            sheet.text(row, column, text)
        sheet.number(row, 6, self.instruments.get(part.instrument or ""))
        unit = part.plan.unit or line.unit
        scale, what = _scale(line, unit)
        whole = line.quantity * scale
        share = part.quantity / whole if whole else Fraction(1)
        sheet.number(row, T_SHARE, share, "input", PERCENT)
        if scale == 1:
            sheet.number(row, T_UNITS, 1, "calc", SMALL)
        else:
            name = self.cells.scale(what, scale)
            sheet.formula(row, T_UNITS, f"={name}", scale, "calc", SMALL)
        text = (
            f"={LINES}!{cell(place, QTY)}*${letter(T_SHARE)}{row + 1}*${letter(T_UNITS)}{row + 1}"
        )
        sheet.formula(row, T_QTY, text, part.quantity, "calc", quantity(part.quantity))
        sheet.text(row, T_QTY + 1, str(unit))
        sheet.formula(row, T_CONV, *_conversion(self.cells, part), "calc", SMALL)
        sheet.text(row, T_FACTOR, _factor(part))
        self.block.write(row, part.plan, part.quantity)


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
    each = line.energy.mwh_each * ratio(parse_unit("MWh"), unit)
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
