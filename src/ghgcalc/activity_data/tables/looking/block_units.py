"""The one unit of a proposal: of headings, cells and the lines beside the table.

It is filled in where all that may be the quantity names the same, and nothing contradicts it.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.kinds import form_of
from ghgcalc.activity_data.tables.looking.quantity import sort_of_column
from ghgcalc.activity_data.tables.looking.shape import unit_in, without_unit
from ghgcalc.activity_data.tables.looking.words import counts_units
from ghgcalc.activity_data.tables.particulars import POWERS, particulars_in
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.said_pairs import is_money
from ghgcalc.activity_data.tables.said_units import Said, contradicts, said_in
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.company.table_units import POWER
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles
    from ghgcalc.activity_data.tables.looking.shape import Shape

_MOST_NAMED = 8


def said_beside(shape: Shape, roles: Roles) -> tuple[Said, ...]:
    """What the lines above the headings and the closing notes say of the unit.

    A power among particulars is energy by the step that they state, else by that of the rows.
    """
    rows = [*shape.above, *(row for rows in shape.notes.values() for row in rows)]
    found = ((row, said_in(cells)) for row, cells in rows)
    stated = [(each.row, each._replace(minutes=each.minutes or _step(roles)).said())
              for each in particulars_in(shape.above)]  # fmt: skip
    return tuple(Said(f"row {row}", said) for row, said in [*found, *stated] if said is not None)


def _step(roles: Roles) -> int:
    """The minutes between most rows and the next; 0 where they have no times of day."""
    column = roles.by.get("from") or roles.by.get("period")
    if column is None or not column.forms or "hh" not in column.forms[0]:
        return 0
    read = form_of(column.forms[0], names=column.names)
    moments = [read.moment(text) for _, text in column.cells]
    times = [datetime.combine(each.day, each.time) for each in moments if each and each.time]
    steps = Counter(abs(later - one) for one, later in pairwise(times))
    step, rows = max(steps.items(), key=lambda each: each[1], default=(timedelta(), 0))
    return step // timedelta(minutes=1) if rows * 2 > sum(steps.values()) else 0


def unit_of(roles: Roles) -> str:
    """The one unit of headings, cells and lines beside the table, where nothing multiplies it.

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
        len(named) > 1
        or any(counts_units(without_unit(column.name)) for column in places)
        or any(map(_is_power, places))
    ):
        return f"{OPEN}  # such as kWh"
    return _agreed(named, roles.said)


def told_of_units(roles: Roles) -> list[str]:
    """What lines beside the table say of the unit, and whether it is taken."""
    taken = "unit" not in roles.by and not roles.multiples and OPEN not in unit_of(roles)
    told = dict.fromkeys(f"unit: {each.where} says {_told(each)}" for each in roles.said)
    how = ", and the unit is taken from it" if taken else ": is it that of the quantities?"
    return [f"{each}{how}" for each in told]


def _told(each: Said) -> str:
    said = each.said
    lasting = said.text in POWERS and parse_unit(said.unit).dimension != POWER
    return f"`{said.text}`" + (f", over each row's time `{said.unit}`" if lasting else "")


def of_said(texts: Sequence[str], roles: Roles) -> dict[str, str]:
    """The units of a column that a line beside the table contradicts, open."""
    found: dict[str, str] = {}
    for text in filter(known_unit, texts):
        other = next((each for each in roles.said if contradicts(each.said, text)), None)
        if other is not None:
            found[text] = f"{OPEN}  # {text}, or {_with(text, other)}"
    return found


def known_unit(text: str) -> bool:
    """Whether a text is a unit, and one alone."""
    try:
        parse_unit(text)
    except UnitError:
        return False
    return True


def _agreed(named: set[str], said: Sequence[Said]) -> str:
    """The unit of all headings, or that of the lines beside the table; open where they differ."""
    if named:
        unit = min(named)
        others = [each for each in said if known_unit(unit) and contradicts(each.said, unit)]
        if not others:
            return scalar(unit)
        return f"{OPEN}  # {unit} as headings say, or {_with(unit, others[0])}"
    units = dict.fromkeys(unit for each in said for unit in each.said.units)
    units = dict.fromkeys(unit for unit in units if not is_money(unit)) or units
    scales = [each for each in said if not each.said.unit]
    if len(units) == 1 and not scales and parse_unit(min(units)).dimension != POWER:
        return scalar(min(units))
    if scales and not units:
        return f"{OPEN}  # such as {_with('kWh', scales[0])}"
    return f"{OPEN}  # {' or '.join(units) or 'such as kWh'}"


def _with(unit: str, other: Said) -> str:
    """What a line makes of a unit: `1000 kWh as row 2 says`."""
    return f"{other.said.nearest(unit) or f'{other.said.scale} {unit}'} as {other.where} says"


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
