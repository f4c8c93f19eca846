"""Neutral tables: what to show, not how; numbers stay exact until a renderer rounds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction


class Number(NamedTuple):
    """An exact value and the decimals a renderer shows; `signed` asks for a plus sign."""

    value: Fraction
    places: int = 0
    signed: bool = False


class Bar(NamedTuple):
    """A share of the longest bar; only renderers with room draw it."""

    share: Fraction


Cell: TypeAlias = "Number | Bar | str | None"
"""A number, a bar, a text (also empty), or None: not applicable or not evaluated."""

Phrase: TypeAlias = "tuple[str | Number, ...]"
"""A sentence with exact numbers inside."""


class Column(NamedTuple):
    """A column: heading, and whether its cells align on the decimal point."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column.

    Attributes:
        cells: one per column.
        level: 0 for a head or total, deeper for its details.
        remark: said beside the row.
        sums: whether the rows of the next level below add up to this one.
    """

    cells: tuple[Cell, ...]
    level: int = 0
    remark: str = ""
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; `unit` is said once instead of in each cell."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled list of sentences beside the tables; `alert` marks what must be read."""

    label: str
    phrases: tuple[Phrase, ...]
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """An inventory as people read it: head, tables, facts."""

    heading: tuple[str, ...]
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]


def places_for(values: Iterable[Fraction | None]) -> int:
    """Decimals of a table of tonnes: 0 from 10,000 t, 1 from 1,000, 2 from 10, else 3."""
    largest = max((abs(value) for value in values if value is not None), default=0)
    for limit, places in ((10_000, 0), (1_000, 1), (10, 2)):
        if largest >= limit:
            return places
    return 3


def mwh_places(values: Iterable[Fraction]) -> int:
    """Decimals of a table of energies: 0 from 1,000 MWh, 1 from 10, else 3."""
    largest = max((abs(value) for value in values), default=0)
    return 0 if largest >= 1000 else 1 if largest >= 10 else 3


def figure_places(value: Fraction, digits: int = 3) -> int:
    """Decimals that show about `digits` significant digits of an intensity."""
    size, places = abs(value), digits - 1
    while size >= 10 and places > 0:
        size, places = size / 10, places - 1
    while 0 < size < 1 and places < 12:
        size, places = size * 10, places + 1
    return places
