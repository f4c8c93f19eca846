"""Where a unit of a table's rows is stated: under `names:`, or as a constant, for a hint to paste.

The file is the evidence and stays as it is; a cell's `kWh` gets its heating value in the company
file.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ghgcalc.core.numbers import in_full
from ghgcalc.core.refusal import WHICH_STATE
from ghgcalc.core.units import own_units, parse_unit

if TYPE_CHECKING:
    from ghgcalc.company.table import Table

POWER = "J/s"
PEAK = "a mean power times the hours that it lasted is energy; a peak or contracted power is none"
_PLAIN = re.compile(r"[A-Za-z][\w ./²³°%-]*")


def _where(table: Table, name: str) -> str:
    """Where a unit is stated: at the item where a table has several, which may share the unit."""
    return "at the item" if len(table.items) > 1 else f"at table `{name}`"


def _keys(table: Table, unit: str, better: str) -> str:
    """What is stated there."""
    if len(table.items) > 1:
        return f"read_as: {{{_quoted(unit)}: {_quoted(better)}}}"
    return unit_entry(table, unit, better)


def unit_entry(table: Table, unit: str, better: str) -> str:
    """The keys by which the rows of a table in `unit` are read in a `better` one."""
    if table.constants.unit is not None and "unit" not in table.columns:
        return f"constants: {{unit: {_quoted(better)}}}"
    return names_entry(table, unit, better)


def names_entry(table: Table, unit: str, better: str) -> str:
    """The same under `names:`: what the file calls a unit stays stated."""
    stated = table.constants.unit
    if stated is not None and "unit" not in table.columns:
        theirs = [stated]
    else:
        theirs = [name for name, ours in table.names.unit.items() if ours == unit] or [unit]
    pairs = ", ".join(f"{_quoted(name)}: {_quoted(better)}" for name in theirs)
    return f"names: {{unit: {{{pairs}}}}}"


def unit_hint(table: Table, name: str, unit: str, choices: tuple[tuple[str, str], ...]) -> str:
    """What to state at a table or its item: one of several units, each with a remark."""
    texts = (f"`{_keys(table, unit, better)}`{note}" for better, note in choices)
    return f"state {_where(table, name)} {' or '.join(texts)}"


def gas_hint(table: Table, name: str, unit: str) -> str:
    """How the volumes of a gas in a table get their state: of the unit, else of the item."""
    state = (
        "`gas_state: {temperature: … degC, pressure: … kPa}` or `billed_as: {correction: …,"
        " calorific_value: … MJ/m3 gross}`, with the values of the bills"
    )
    if parse_unit(unit).size != parse_unit("m3").size:  # another size would be another quantity
        return f"state at the item {state}"
    choices = (("Nm3", " (0 °C)"), ("Sm3", " (15 °C)"), ("m3_20C", " (20 °C)"))
    return f"{unit_hint(table, name, unit, choices)}: {WHICH_STATE}; or at the item {state}"


def phase_hint(table: Table, name: str, unit: str) -> str:
    """How the volumes of a liquefied gas in a table say what they are.

    A kilolitre is a cubic metre; a unit of another size would be another quantity.
    """
    size = parse_unit(unit).size
    if size != parse_unit("m3").size:
        liquid = next(
            k for k in ("own_liquid", f"own_liquid_{name}", "own_l") if k not in own_units()
        )
        return (
            f"for the liquid, add `{liquid}: {in_full(size * 1000)} L` to the top level's `units:`"
            f" and state {_where(table, name)} `{_keys(table, unit, liquid)}`; for the vapour,"
            " state `gas_state:` at the item"
        )
    choices = (("kL", " for the liquid"), ("Nm3", " for the vapour (0 °C)"))
    return unit_hint(table, name, unit, choices)


def power_hint(table: Table, name: str, unit: str) -> str:
    """How rows of a mean power within the day are energy: the unit of a row, by how long it lasts.

    It is asked, since no unit of the file tells it.
    """
    own = own_units()
    hour = f"{unit}h" if unit in {"kW", "MW"} else f"{unit}*hour"
    quarter = next((key for key in ("own_qh", f"own_qh_{name}") if key not in own), "own_qh_2")
    define = (
        f"`{quarter}: 0.25 {hour}` to" if own else f"`units: {{{quarter}: 0.25 {hour}}}` to the"
    )
    several = len(table.items) > 1
    of_hour = _keys(table, unit, hour) if several else names_entry(table, unit, hour)
    return (
        f"how long does one row last? Of a quarter of an hour, add {define} top level"
        f"{' `units:`' if own else ''} and state {_where(table, name)}"
        f" `{_keys(table, unit, quarter)}`; of an hour, `{of_hour}`;"
        " a peak or contracted power is no energy"
    )


def _quoted(text: str) -> str:
    """A text inside a flow map."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
