"""The sheet Lines: one row per line, and what Tranches shares with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx import estimates
from ghgcalc.render.xlsx.block import Block
from ghgcalc.render.xlsx.book import Column, cell, letter
from ghgcalc.render.xlsx.styles import PERCENT, SMALL, TONNES, quantity
from ghgcalc.render.xlsx.unknown import DASH
from ghgcalc.views.words import NOT_COUNTRY, NOT_FACILITY

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.block import Gases
    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.render.xlsx.cells import Cells

LINES, TRANCHES = "Lines", "Tranches"
REPORTED = "reported"
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
    Column("Stated at", 26), Column("Why this factor", 40), Column("How the mass is derived", 40),
    Column("Method", 18), Column("Derived from", 30),
    Column("Reported by another party", 14),
)  # fmt: skip
QTY, UNIT, CONV, FACTOR, LOCATED, MARKET_ = 10, 11, 12, 13, 14, 15
T_TOTAL = 13  # on Tranches: its tCO2e


def facility_numbers(inventory: Inventory) -> dict[str | None, int]:
    """A number for each facility, by id: SUMIFS reads `1001` or `may-24` as numbers and dates."""
    names = sorted({line.facility or "" for line in inventory.lines})
    return {name or None: number for number, name in enumerate(names, 1)}


class LinesSheet:
    """Writes Lines."""

    def __init__(self, book: Book, cells: Cells, gases: Gases) -> None:
        columns = (*LINE_HEADS, *Block.columns(gases), *_LINE_TAIL, *estimates.LINE_HEADS)
        self.sheet = book.sheet(LINES, columns, tab="#1F4E5F")
        self.cells = cells
        self.block = Block(self.sheet, cells, gases, QTY, CONV, LOCATED, len(LINE_HEADS))
        self.estimated = len(columns) - len(estimates.LINE_HEADS)
        self.reported = self.estimated - 1

    def write(self, inventory: Inventory, tranches: dict[str, tuple[int, int]]) -> None:
        """Every line, then the names of its columns."""
        self.numbers = facility_numbers(inventory)
        for row, line in enumerate(inventory.lines, 1):
            self._head(row, line)
            if line.location_based:
                self._located(row, line)
            self._market(row, line, tranches)
            if line.lacks is not None:
                self.sheet.text(row, LOCATED if line.lacks == LOCATION else MARKET_, DASH)
            self._tail(row, line)
            tonnes = {"location_based": LOCATED, "market_based": MARKET_}
            estimates.write_line(self.sheet, row, self.estimated, line, tonnes)
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
        self.sheet.formula(row, CONV, *conversion_text(self.cells, part), "calc", SMALL)
        self.sheet.text(row, FACTOR, factor_text(part))
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
        self.sheet.formula(row, MARKET_, text, line.co2e(MARKET) or ZERO, "output", TONNES)

    def _tail(self, row: int, line: Line) -> None:
        start = self.block.end
        parts = line.location_based or line.market_based
        chosen = parts[0].plan.resolution.chosen if parts else ""
        derived = line.derivation.text if line.derivation else ""
        texts = (line.supplier, "; ".join(line.evidence), line.rows, str(line.location), chosen,
                 derived, line.calculated_by or line.method, line.derived_from)  # fmt: skip
        for place, text in enumerate(texts, start):
            if text:
                self.sheet.text(row, place, text)
        if line.scope == 2 and line.energy is None:
            self.sheet.text(row, self.reported, REPORTED)

    def _names(self, last: int) -> None:
        columns = {
            "LINES_SCOPE": 1, "LINES_CATEGORY": 2, "LINES_FACILITY_NO": 4,
            "LINES_QUANTITY": QTY, "LINES_LOCATION_BASED": LOCATED, "LINES_MARKET_BASED": MARKET_,
            "LINES_BIOGENIC": self.block.biogenic, "LINES_UNSPECIFIED": self.block.unspecified,
            "LINES_REPORTED": self.reported, **estimates.names(self.estimated),
        }  # fmt: skip
        define(self.sheet, columns, last)
        define_gases(self.sheet, self.block, "LINES", last)


def factor_text(part: Part) -> str:
    """The factor of a part, or what stands for one."""
    factor = part.plan.resolution.factor
    return factor.ref if factor is not None else part.source


def conversion_text(cells: Cells, part: Part) -> tuple[str, Fraction]:
    """The formula of a part's conversion, and its value."""
    known = cells.of(part.plan)
    return f"={known.conversion}", known.ratio


def define(sheet: Sheet, columns: dict[str, int], last: int) -> None:
    """Name columns, from row 2 to `last`, counted from 1."""
    for name, column in columns.items():
        made = sheet.book.name(name)
        assert made == name
        sheet.book.define(name, sheet.title, f"{cell(1, column)}:{cell(last - 1, column)}")


def gas_name(prefix: str, gas: str, kind: str) -> str:
    """The name of a gas's column, `LINES_HFC_134a_TCO2E`."""
    safe = "".join(c if c.isalnum() and c.isascii() else "_" for c in gas)
    return f"{prefix}_{safe}_{kind}"


def define_gases(sheet: Sheet, block: Block, prefix: str, last: int) -> None:
    """Name the columns of each gas."""
    for kind, columns in (("TCO2E", block.tonnes), ("KG", block.kg)):
        named = {gas_name(prefix, gas, kind): column for gas, column in columns.items()}
        define(sheet, named, last)
