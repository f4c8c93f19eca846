"""The one table of Energy: its columns, its rows, and the formulas that sum over them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.render.xlsx.book import Column, cell
from ghgcalc.render.xlsx.styles import TONNES
from ghgcalc.render.xlsx.tranches import ORIGINS, PURCHASED
from ghgcalc.render.xlsx.unknown import write

if TYPE_CHECKING:
    from ghgcalc.render.xlsx.book import Book
    from ghgcalc.views.energy import Use

ENERGY = "Energy"
# narrow enough for one page in landscape
_HEADS = (
    Column("Part", 16), Column("Carrier", 10), Column("Facility, instrument or figure", 32),
    Column("No.", 5, True), Column("Type", 27), Column("Level or criterion", 9, True),
    Column("Generated from", 11), Column("Amount", 13, True), Column("Unit", 7),
    Column("Share of consumption", 12, True), Column("tCO2e location-based", 13, True),
    Column("tCO2e market-based", 13, True), Column("Difference (tCO2e)", 13, True),
    Column("Verdict", 11), Column("Remark", 30),
)  # fmt: skip
PARTS_OF_1 = "0.00%"
PART, CARRIER, WHAT, NUMBER, TYPE, LEVEL, SOURCE, AMOUNT, UNIT, SHARE = range(10)
LOCATED, MARKET_, DIFFERENCE, VERDICT, REMARK = range(10, 15)
ELECTRICITY, RENEWABLE = "electricity", "renewable"


class Value(NamedTuple):
    """What a cell holds: a figure, and the formula that gives it where it is a sum or quotient.

    `known` asks whether the figure is known, where it is None.
    """

    value: Fraction | None
    format: str
    formula: str = ""
    known: str = ""


class EnergyTable:
    """Rows under fixed columns, written downwards."""

    def __init__(self, book: Book) -> None:
        self.sheet = book.sheet(ENERGY, _HEADS, tab="#3A8C6E")
        self.row = 1

    def put(self, texts: dict[int, str], values: dict[int, Value], *, strong: bool = False) -> int:
        """A row; every cell has its border, empty ones too. Returns the row, counted from 0."""
        row, sheet = self.row, self.sheet
        remark = texts.get(REMARK, "")
        sheet.heighten(row, [(REMARK, remark), (WHAT, texts.get(WHAT, ""))])
        for column in range(len(_HEADS)):
            held = values.get(column)
            if held is None:
                bold = strong and column != REMARK
                kind = "strong" if bold else "wrap" if column in (WHAT, REMARK) else "text"
                sheet.text(row, column, texts.get(column), kind)
            elif held.formula:
                kind = "output_strong" if strong else "output"
                write(sheet, row, column, held.formula, held.value, held.known, kind, held.format)
            else:
                sheet.number(row, column, held.value, "calc", held.format)
        self.row += 1
        return row

    def area(self, rows: tuple[int, int], column: int) -> str:
        """`$B$2:$B$5` of first and last row, counted from 0."""
        return f"{cell(rows[0], column)}:{cell(rows[1], column)}"

    def sumifs(self, rows: tuple[int, int], column: int, by: tuple[int, ...]) -> str:
        """Sum over earlier rows that hold the same as this row in the columns named."""
        keys = ",".join(f"{self.area(rows, key)},{cell(self.row, key)}" for key in by)
        return f"=SUMIFS({self.area(rows, column)},{keys})"

    def tranches(self, area: str, keys: tuple[tuple[str, int], ...]) -> str:
        """Sum over Tranches where its columns hold the same as this row in the columns named."""
        words = ",".join(f"TRANCHES_{name},{cell(self.row, key)}" for name, key in keys)
        return f"=SUMIFS(TRANCHES_{area},{words})"


def origins_of(use: Use) -> list[tuple[str, Fraction]]:
    """MWh by origin; purchased always, own power where there is some."""
    pairs = (("kept", use.kept), ("sold", use.sold))
    own = [(ORIGINS[name], mwh) for name, mwh in pairs if mwh]
    return [(PURCHASED, use.purchased), *own] if use.purchased or not own else own


def mwh_value(value: Fraction, formula: str = "") -> Value:
    """MWh, three decimals shown where there are some."""
    return Value(value, TONNES if value % 1 else "#,##0", formula)


def plain_number(number: int) -> Value:
    """A level, a criterion, or a number of a row elsewhere."""
    return Value(Fraction(number), "0")
