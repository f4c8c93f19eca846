"""The one unit of a proposal: filled in where all that may be the quantity names the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.quantity import sort_of_column
from ghgcalc.activity_data.tables.looking.shape import unit_in, without_unit
from ghgcalc.activity_data.tables.looking.words import counts_units
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles

_MOST_NAMED = 8


def unit_of(roles: Roles) -> str:
    """The one unit of headings and cells, where nothing multiplies it.

    Where the reader names the quantity among several columns, each must name that unit: the one of
    a heading is not that of the next.
    """
    places = [c for c, _ in roles.wide] or roles.clocks
    places = places or [*(roles.quantity.open_for or filter(None, [roles.quantity.column]))]
    units = {column.name: _units_of(column) for column in places}
    named = {unit for each in units.values() for unit in each}
    if len(roles.quantity.open_for) > 1 and named and any(each != named for each in units.values()):
        return f"{OPEN}  # that of the quantity: {_by_column(units)}"
    if (
        len(named) != 1
        or any(counts_units(without_unit(column.name)) for column in places)
        or any(map(_is_power, places))
    ):
        return f"{OPEN}  # such as kWh"
    return scalar(min(named))


def known_unit(text: str) -> bool:
    """Whether a text is a unit, and one alone."""
    try:
        parse_unit(text)
    except UnitError:
        return False
    return True


def _units_of(column: Column) -> set[str]:
    """The unit that a heading names, and those beside its numbers."""
    words = column.number.words if column.number is not None else ()
    return {*filter(None, [unit_in(column.name)]), *filter(known_unit, words)}


def _by_column(units: dict[str, set[str]]) -> str:
    told = [f"{' or '.join(sorted(found)) or 'none known'} for {name}"
            for name, found in [*units.items()][:_MOST_NAMED]]  # fmt: skip
    return ", ".join(told)


def _is_power(column: Column) -> bool:
    return sort_of_column(column) in ("power", "money")
