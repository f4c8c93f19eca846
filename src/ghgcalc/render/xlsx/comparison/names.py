"""What the sheets of a comparison share: titles, names of cells, the causes that occur."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.analysis.compare.causes import CAUSES
from ghgcalc.analysis.compare.snapshot import METHODS
from ghgcalc.render.xlsx.book import cell
from ghgcalc.render.xlsx.styles import decimals
from ghgcalc.views.table import places_for

if TYPE_CHECKING:
    from ghgcalc.analysis.compare.difference import Difference
    from ghgcalc.render.xlsx.book import Book, Sheet

SUMMARY, WATERFALL, CAUSES_SHEET, CDP_SHEET = "Summary", "Waterfall", "Causes", "CDP reasons"
LIKE, UNMATCHED, SOURCES, LINES, SIDES = (
    "Like for like", "Unmatched", "Sources", "Lines", "Sides",
)  # fmt: skip
AMBER, GREEN, BLUE, GREY = "#C98A1B", "#3A8C6E", "#1F4E5F", "#8A979E"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with what all of its sheets need.

    Attributes:
        causes: the causes that occur under one of the methods, in their order.
        format, signed: number formats of tonnes on the overview sheets.
    """

    found: Difference
    causes: tuple[str, ...]
    format: str
    signed: str

    @classmethod
    def of(cls, found: Difference) -> Compared:
        """Look a comparison through."""
        seen = {name for method in METHODS for name in found.causes(method)}
        values = (value for figure in found.figures for value in (figure.before, figure.after))
        shown = decimals(places_for(values))
        return cls(found, tuple(n for n in CAUSES if n in seen), shown, f"+{shown};-{shown};0")


def slug(text: str) -> str:
    """A part of a name: `GWP set` is `GWP_SET`."""
    return text.upper().replace(" ", "_")


def amounts(method: str, what: str) -> str:
    """The name of a column of Sources: `SOURCES_MARKET_BASED_ACTIVITY`."""
    return f"SOURCES_{slug(method)}_{slug(what)}"


def define(book: Book, name: str, sheet: Sheet, column: int, rows: tuple[int, int]) -> None:
    """Name the cells of a column from the first to the last row, counted from 0."""
    first, last = rows
    made = book.name(name)
    assert made == name
    book.define(name, sheet.title, f"{cell(first, column)}:{cell(max(first, last), column)}")
