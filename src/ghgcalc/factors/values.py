"""Tables of plain values beside the factors: losses, exchange rates, price indices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import parse_factor_number
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import RowRef

VALUES = (
    "losses", "exchange_rates", "price_indices", "leak_rates", "parameters", "steam_enthalpy",
)  # fmt: skip
_YEAR = re.compile(r"(19|20)\d\d")
_SHARES = ("generation", "consumption")
_PHASES = ("installation", "annual", "remaining", "recovery")
_RATE_UNITS = ("%", "fraction")
_NEEDED = {
    "losses": ("region", "value", "unit"),
    "exchange_rates": ("currency", "value", "unit"),
    "price_indices": ("series", "value", "unit"),
    "leak_rates": ("equipment", "phase", "unit"),
    "parameters": ("name", "unit"),
    "steam_enthalpy": ("pressure_mpa", "temperature_c", "value", "unit"),
}


class ValueSlip(NamedTuple):
    """A mistake of a row: code, text, column, hint; the row where the text does not name it."""

    code: str
    text: str
    column: str
    hint: str
    row: str = ""


def value_row(pack: Pack, name: str) -> RowRef | None:
    """The row of plain values with an id, or None."""
    for holds in VALUES:
        for row in pack.rows(holds):
            if row.cells.get("id") == name:
                return row
    return None


def value_year(pack: Pack, row: RowRef) -> str:
    """The year of a row: its own, its table's or its pack's; empty where there is none."""
    return row.cells.get("year") or str(row.table.year or pack.header.year or "")


def slips(holds: str, cells: Mapping[str, str]) -> Iterator[ValueSlip]:
    """What is wrong with the cells of a row; a `year` left out is its table's or its pack's.

    Raises:
        NumberError: the value is not a number.
    """
    name = cells.get("id", "")
    missing = [key for key in _NEEDED[holds] if not cells.get(key)]
    if missing:
        hint = "fill the column, or `constants:`"
        yield ValueSlip("missing-key", f"`{name}` has no `{missing[0]}`", missing[0], hint)
        return
    for column in ("pressure_mpa", "temperature_c"):
        parse_factor_number(cells.get(column, "0"))
    value = parse_factor_number(cells.get("value", "0"))
    if "year" in cells and not _YEAR.fullmatch(cells["year"]):
        text = f"`{cells['year']}` is not a year"
        yield ValueSlip("bad-date", text, "year", "write four digits, such as `2023`", name)
    checks = {
        "losses": _loss, "exchange_rates": _rate, "price_indices": _change,
        "leak_rates": _leak, "parameters": _range, "steam_enthalpy": _enthalpy,
    }  # fmt: skip
    for slip in checks[holds](cells, value):
        yield slip._replace(row=name)


def _loss(cells: Mapping[str, str], value: Decimal) -> Iterator[ValueSlip]:
    if cells["unit"] != "%":
        yield ValueSlip("unknown-value", f"a loss in `{cells['unit']}`", "unit", "write it in `%`")
    if not 0 <= value < 100:
        text = f"a loss of {cells['value']} %"
        yield ValueSlip("wrong-shape", text, "value", "a loss is below 100 %")
    if cells.get("share_of") not in _SHARES:
        text, hint = f"`share_of` is `{cells.get('share_of', '')}`", " or ".join(_SHARES)
        yield ValueSlip("unknown-value", text, "share_of", f"say of what: {hint}")


def _rate(cells: Mapping[str, str], value: Decimal) -> Iterator[ValueSlip]:
    currency, unit = cells["currency"], cells["unit"]
    if currency not in CURRENCIES:
        text = f"`{currency}` is not a currency"
        yield ValueSlip("unknown-value", text, "currency", "write a code like `EUR`")
    over, _, under = unit.partition("/")
    if over != currency or under not in CURRENCIES or over == under:
        hint = f"write `{currency}/USD`: units of it per US dollar"
        yield ValueSlip("unknown-value", f"unit `{unit}` of {currency}", "unit", hint)
    if value <= 0:
        text = f"a rate of {cells['value']}"
        yield ValueSlip("wrong-shape", text, "value", "a rate is above 0")


def _change(cells: Mapping[str, str], value: Decimal) -> Iterator[ValueSlip]:
    if not cells.get("region"):
        hint = "fill the column, or `constants:`"
        yield ValueSlip("missing-key", "no `region`", "region", hint)
    if cells["unit"] != "%":
        text, hint = f"a price change in `{cells['unit']}`", "write the change against the year"
        yield ValueSlip("unknown-value", text, "unit", f"{hint} before in `%`")
    if value <= -100:
        text = f"a change of {cells['value']} %"
        yield ValueSlip("wrong-shape", text, "value", "prices stay above 0")


def _range(cells: Mapping[str, str], value: Decimal) -> Iterator[ValueSlip]:
    """A value or a range, the right way round.

    A printed value outside its printed range is the publisher's misprint and stays.
    """
    low, high = cells.get("low"), cells.get("high")
    if not cells.get("value") and not (low and high):
        hint = "fill `value`, or `low` and `high`"
        yield ValueSlip("missing-key", "neither a value nor a range", "value", hint)
    if low and high and parse_factor_number(low) > parse_factor_number(high):
        text = f"the lower bound {low} is above the upper one {high}"
        yield ValueSlip("wrong-shape", text, "low", "swap or correct the two")


def _leak(cells: Mapping[str, str], value: Decimal) -> Iterator[ValueSlip]:
    yield from _range(cells, value)
    for column, known in (("phase", _PHASES), ("unit", _RATE_UNITS)):
        if cells[column] not in known:
            text = f"`{cells[column]}` is not a {column} of a leak rate"
            yield ValueSlip("unknown-value", text, column, f"write {' or '.join(known)}")


def _enthalpy(cells: Mapping[str, str], _value: Decimal) -> Iterator[ValueSlip]:
    unit = cells["unit"]
    try:
        fits = parse_unit(unit).dimension == parse_unit("kJ/kg").dimension
    except UnitError:
        fits = False
    if not fits:
        text = f"an enthalpy in `{unit}`"
        yield ValueSlip("unknown-value", text, "unit", "write energy per mass, such as `kJ/kg`")
    for column in ("value", "pressure_mpa"):
        if parse_factor_number(cells[column]) <= 0:
            text = f"`{column}` {cells[column]} is not above 0"
            yield ValueSlip("wrong-shape", text, column, "pressures are absolute; correct the cell")
