"""What the row-level ledger is made of: single lines, and tables with the rates of their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date
    from fractions import Fraction
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.company.estimate import Estimate
    from ghgcalc.company.table import Table
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import ReportingYear


class Rate(NamedTuple):
    """What a line says about each unit of its rows: its factors and tonnes CO2e, by method.

    `part` is the share of the rows' quantity that the line is of, below 1 for a part of a blend.
    """

    line: str
    factors: tuple[str, str]
    tonnes: tuple[Fraction, Fraction]
    part: Fraction


class Entry(NamedTuple):
    """A line that no table made, as one row; its quantity is weighted by consolidation.

    `tonnes` are those of both methods, None under one that the line does not speak of.
    """

    line: str
    factors: tuple[str, str]
    tonnes: tuple[Fraction | None, Fraction | None]
    file: str
    row: int
    facility: str
    item: str
    supplier: str
    first: date
    last: date
    quantity: Fraction
    unit: str
    estimate: Estimate | None = None


class Source(NamedTuple):
    """A table with what is needed to read it again; arguments as of `collapse`."""

    name: str
    table: Table
    folder: Path
    cuts: Sequence[date]
    facilities: Collection[str]
    year: ReportingYear
    locate: Callable[[tuple[str | int, ...]], Location]
    rates: Sequence[tuple[KeyedSum, Rate]]
    shown: Callable[[Path], str]
