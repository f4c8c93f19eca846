"""What a table gives to the rest of the program: exact sums per key, and counts of rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.positions import unpacked_position
from ghgcalc.core.numbers import ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.activity_data.tables.said_units import SaidUnit
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.row_lines import RowLines

# the decimals of most tables, and of those in which a cell has more
DECIMALS, EXACT_DECIMALS, NONE = 9, 15, Decimal(0)


class KeyedSum(NamedTuple):
    """The exact sum of the rows of one key.

    Attributes:
        facility: our facility id.
        item: the text of the item column, a key of `Table.items`.
        unit: our unit text.
        supplier: our supplier id, None where the row names none.
        span: the piece of time between cut dates and month ends.
        scaled: exact sum, in units of 10^-`decimals`.
        rows: how many rows contributed.
        first_position, last_position: of the first and last such row (`positions`).
        scaled_estimated: the part of the sum that came from rows marked as estimated.
        files: the table's files, as shown.
        scaled_spread: the part of the sum that bills of more than one segment were split into.
        decimals: those of the table's counts, 9 or 15.
        days: the days of the month that the rows cover, as bits (`day_masks`).
    """

    facility: str
    item: str
    unit: str
    supplier: str | None
    span: Span
    scaled: int
    rows: int
    first_position: int
    last_position: int
    scaled_estimated: int
    files: tuple[str, ...]
    scaled_spread: int = 0
    decimals: int = DECIMALS
    days: int = 0

    @property
    def first(self) -> tuple[str, int]:
        """Shown file and 1-based row number (header included) of the first row."""
        index, row, _ = unpacked_position(self.first_position)
        return self.files[index], row

    @property
    def last(self) -> tuple[str, int]:
        """The same of the last row."""
        index, row, _ = unpacked_position(self.last_position)
        return self.files[index], row

    @property
    def quantity(self) -> Fraction:
        """The exact sum."""
        return Fraction(self.scaled, 10**self.decimals)

    @property
    def estimated(self) -> Fraction:
        """The part of the sum that came from rows marked as estimated."""
        return Fraction(self.scaled_estimated, 10**self.decimals)

    def sort_key(self) -> tuple[object, ...]:
        """Order of a table's sums, the same on every machine."""
        return (self.facility, self.item, self.unit, self.supplier or "", self.span)


class SaidAbove(NamedTuple):
    """A row above the headings of a file, and what it states of the unit of all its quantities."""

    file: str
    row: int
    said: SaidUnit


@dataclass(frozen=True, slots=True)
class TableSums:
    """All sums of one table; rows read = used + filtered + rejected.

    `bills` counts the good rows by the days they cover: a segment, or the bill's own days where it
    reaches beyond one. `read_by_item` holds the sums by item and unit. `excerpts`
    holds the lines that findings show, by file; `accepted` says which bad rows are left out
    knowingly; `marks` counts rows by the text of their mark of estimates, and whether it is one.
    `rounded` says how many cells `decimals:` rounded and what that moved, `replaced` which
    estimates `replaces:` left out; counts are of 10^-`decimals`. `above` has what lines above the
    headings state, each once.
    """

    sums: tuple[KeyedSum, ...] = ()
    rows_read: int = 0
    rows_rejected: int = 0
    rows_used: int = 0
    read_by_unit: dict[str, Decimal] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    bills: dict[Span, int] = field(default_factory=dict)
    rows_filtered: int = 0
    accepted: str = ""
    marks: dict[tuple[str, bool], int] = field(default_factory=dict)
    excerpts: dict[str, RowLines] = field(default_factory=dict, compare=False)
    read_by_item: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    rounded: str = ""
    replaced: str = ""
    decimals: int = DECIMALS
    above: tuple[SaidAbove, ...] = field(default=(), compare=False)


def to_decimal(scaled: int, decimals: int = DECIMALS) -> Decimal:
    """Turn a count of 10^-decimals into the shortest Decimal, whatever the context's precision."""
    if not scaled:
        return NONE
    whole, part = divmod(abs(scaled), 10**decimals)
    text = f"{whole}.{part:0{decimals}d}".rstrip("0") if part else str(whole)
    return Decimal(f"-{text}" if scaled < 0 else text)


def spread_share(sums: Iterable[KeyedSum]) -> Fraction:
    """The part of some sums of a table that bills of more than one segment were split into."""
    part = whole = 0
    for entry in sums:
        part += entry.scaled_spread
        whole += entry.scaled
    if not part:
        return ZERO
    return min(max(Fraction(part, whole), ZERO), ONE) if whole > 0 else ONE
