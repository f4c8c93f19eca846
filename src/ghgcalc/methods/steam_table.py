"""Enthalpy of steam by pressure and temperature, from the steam table of a pack (R22).

GB/T 32151.34-2024, 5.2.6.2 takes the enthalpies of its Tables C.4 (saturated) and C.5 (superheated)
and interpolates between neighbouring states; here linearly, in pressure and temperature. Steam that
is not between points of steam is refused: next to the saturation line a neighbour is water.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import NumberError, parse_factor_number, plain, significant
from ghgcalc.core.units import UnitError, parse_quantity, parse_unit, ratio
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.gas_volume import NORMAL_TEMPERATURE, parse_temperature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.pack import Pack

SATURATED, SUPERHEATED = "saturated", "superheated"
STATED = "or state `enthalpy:` of the contract"
_PRESSURE = re.compile(r"(?P<amount>.*\S)\s+(?P<kind>absolute|gauge)")
_CLEAR = "write absolute or gauge behind the pressure; gauge with `atmospheric_pressure:`"
_DIGITS = 6


def refused(message: str, hint: str) -> ConversionError:
    """What is raised of a state whose enthalpy cannot be told."""
    return ConversionError("bad-steam-state", message, hint)


class Enthalpy(NamedTuple):
    """An enthalpy read from a table: kJ/kg, the points it rests on in words, `pack/id` of one."""

    value: Fraction
    source: str
    ref: str


class _Point(NamedTuple):
    pressure: Fraction  # MPa, absolute
    temperature: Fraction  # °C
    value: Fraction  # kJ/kg
    id: str
    locator: str


def look_up(catalog: FactorCatalog, pressure: str, temperature: str, air: str | None) -> Enthalpy:
    """The enthalpy of a state, from the first pack with a steam table.

    Args:
        catalog: the packs of the file.
        pressure: as stated, `1.0 MPa absolute` or `0.9 MPa gauge`.
        temperature: as stated, or `saturated`.
        air: the pressure of the air around a gauge.

    Raises:
        ConversionError: `bad-steam-state` where no table has the state, or it is not clear.
    """
    absolute = _absolute(pressure, air)
    wanted = temperature.strip().lower()
    for pack in catalog.packs:
        saturated = _points(catalog, pack, SATURATED)
        if not saturated:
            continue
        name = f"{pack.info.id}@{pack.header.version}"
        if wanted == SATURATED:
            found = _between(saturated, absolute)
        else:
            celsius = _celsius(temperature)
            _is_steam(saturated, absolute, celsius)
            found = _superheated(_points(catalog, pack, SUPERHEATED), absolute, celsius)
        return found._replace(source=f"{name}, {found.source}", ref=f"{pack.info.id}/{found.ref}")
    raise refused(
        "no factor pack of the file has a steam table",
        f"add `gbt-32151-34-2024` to `factor_packs`, {STATED}",
    )


def _absolute(stated: str, air: str | None) -> Fraction:
    """The absolute pressure in MPa; a gauge shows what is above the air around it."""
    match = _PRESSURE.fullmatch(stated.strip())
    if match is None:
        text = f"pressure `{stated}` does not say whether it is absolute or read at a gauge"
        raise refused(text, _CLEAR)
    pressure = _megapascal(match["amount"])
    if match["kind"] == "absolute":
        if air is not None:
            text = "`atmospheric_pressure` beside an absolute pressure"
            raise refused(text, "remove one of them")
        return pressure
    if air is None:
        text = f"`{stated}` is above a pressure of the air that is not stated"
        raise refused(text, "add `atmospheric_pressure: … kPa` of the site")
    return pressure + _megapascal(air)


def _megapascal(text: str) -> Fraction:
    try:
        amount = parse_quantity(text)
        found = amount.value * ratio(amount.unit, parse_unit("MPa"))
    except (NumberError, UnitError) as error:
        raise refused(error.message, error.hint or _CLEAR) from None
    if found <= 0:
        raise refused(f"pressure `{text}` is not above zero", _CLEAR)
    return found


def _celsius(text: str) -> Fraction:
    try:
        return parse_temperature(text) - NORMAL_TEMPERATURE
    except ConversionError as error:
        hint = f"write `saturated`, or a temperature such as `300 degC`, {STATED}"
        raise refused(error.message, hint) from None


def _points(catalog: FactorCatalog, pack: Pack, state: str) -> list[_Point]:
    """Points of a state in a pack's tables, by pressure and temperature; read once."""
    key = (pack.info.id, f"{state} steam")
    if key not in catalog.values:
        rows = (row.cells for row in pack.rows("steam_enthalpy"))
        catalog.values[key] = sorted(
            _point(cells) for cells in rows if cells.get("state", SATURATED) == state
        )
    return catalog.values[key]


def _point(cells: Mapping[str, str]) -> _Point:
    pressure, temperature, value = (
        Fraction(parse_factor_number(cells[name]))
        for name in ("pressure_mpa", "temperature_c", "value")
    )
    scale = ratio(parse_unit(cells["unit"]), parse_unit("kJ/kg"))
    return _Point(pressure, temperature, value * scale, cells["id"], cells.get("locator", ""))


def _bounds(axis: Iterable[Fraction], wanted: Fraction, what: str, unit: str) -> list[Fraction]:
    """The value itself, or the two around it."""
    known = sorted(set(axis))
    place = bisect_left(known, wanted)
    if place < len(known) and known[place] == wanted:
        return [wanted]
    if place in (0, len(known)):
        text = f"{what} {plain(wanted, _DIGITS)} {unit} lies outside the table"
        ends = f"{plain(known[0], _DIGITS)} … {plain(known[-1], _DIGITS)} {unit}" if known else "–"
        raise refused(text, f"the table holds {ends}; {STATED.removeprefix('or ')}")
    return known[place - 1 : place + 1]


def _mixed(low: Fraction, high: Fraction, at: Fraction, a: Fraction, b: Fraction) -> Fraction:
    return a if low == high else a + (b - a) * (at - low) / (high - low)


def _between(points: list[_Point], pressure: Fraction) -> Enthalpy:
    ends = _bounds((point.pressure for point in points), pressure, "pressure", "MPa")
    first, last = (next(p for p in points if p.pressure == end) for end in (ends[0], ends[-1]))
    value = _mixed(first.pressure, last.pressure, pressure, first.value, last.value)
    return Enthalpy(value, _words([first, last]), first.id)


def _is_steam(saturated: list[_Point], pressure: Fraction, celsius: Fraction) -> None:
    """Refuse what is colder than saturated steam of its pressure: that is water."""
    if pressure > saturated[-1].pressure:
        return
    ends = _bounds((point.pressure for point in saturated), pressure, "pressure", "MPa")
    first, last = (next(p for p in saturated if p.pressure == end) for end in (ends[0], ends[-1]))
    boils = _mixed(first.pressure, last.pressure, pressure, first.temperature, last.temperature)
    if celsius <= boils:
        text = f"{plain(celsius, 2)} °C is not above the {plain(boils, 2)} °C at which water boils"
        text += f" at {plain(pressure, _DIGITS)} MPa"
        raise refused(text, f"write `temperature: saturated` for saturated steam, {STATED}")


def _superheated(points: list[_Point], pressure: Fraction, celsius: Fraction) -> Enthalpy:
    if not points:
        text, hint = "the pack has no table of superheated steam", STATED.removeprefix("or ")
        raise refused(text, hint)
    grid = {(point.pressure, point.temperature): point for point in points}
    across = _bounds((point.pressure for point in points), pressure, "pressure", "MPa")
    along = _bounds((point.temperature for point in points), celsius, "temperature", "°C")
    missing = [(p, t) for p in across for t in along if (p, t) not in grid]
    if missing:
        at, degrees = missing[0]
        text = f"the table has no steam at {plain(at, _DIGITS)} MPa and {plain(degrees, 2)} °C"
        raise refused(f"{text}, a neighbour of the state", STATED.removeprefix("or "))
    corners = [grid[p, t] for p in across for t in along]
    sides = [
        _mixed(along[0], along[-1], celsius, grid[p, along[0]].value, grid[p, along[-1]].value)
        for p in (across[0], across[-1])
    ]
    value = _mixed(across[0], across[-1], pressure, sides[0], sides[-1])
    return Enthalpy(value, _words(corners), corners[0].id)


def _words(points: list[_Point]) -> str:
    """The points that a value rests on: one as it stands, several as interpolated."""
    places = list(
        dict.fromkeys(f"{p.locator or p.id}: {significant(p.value)} kJ/kg" for p in points)
    )
    return places[0] if len(places) == 1 else "interpolated between " + "; ".join(places)
