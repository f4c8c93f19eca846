"""Gas volumes: temperature and pressure give the normal cubic metre, a gas bill gives energy."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from ghgcalc.core.numbers import NumberError, in_full, parse_number
from ghgcalc.core.printed_units import unit_steps
from ghgcalc.core.refusal import WHICH_STATE
from ghgcalc.core.schema import Amount, Model, Text
from ghgcalc.core.step import Step
from ghgcalc.core.unit_table import LIQUIDS
from ghgcalc.core.units import Unit, UnitError, dimension_label, is_measured_in, parse_unit, ratio
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.bridges import ENERGY, VOLUME, ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

CUBIC_METRE = Unit("m3", VOLUME, Fraction(1))
NORMAL_TEMPERATURE = Fraction(27315, 100)  # K, 0 °C
NORMAL_PRESSURE = Fraction(101325)  # Pa
_STATED = (
    "add `gas_state: {temperature: … degC, pressure: … kPa}`, as the meter reads",
    "add `billed_as: {correction: …, calorific_value: … MJ/m3 gross}`, with the values of the bill",
)
_TEMPERATURE = re.compile(r"^(?P<number>\S+)\s*(?P<unit>degC|°C|K|degF|°F)$")


def parse_temperature(text: str) -> Fraction:
    """Read `20 degC`, `293.15 K` or `60 degF` as kelvin.

    Raises:
        ConversionError: `bad-gas-state`.
    """
    match = _TEMPERATURE.match(text.strip())
    hint = "write a number and degC, K or degF"
    if match is None:
        raise ConversionError("bad-gas-state", f"`{text}` is not a temperature", hint)
    try:
        number = Fraction(parse_number(match["number"]))
    except NumberError as error:
        raise ConversionError("bad-gas-state", error.message, error.hint or hint) from None
    unit = match["unit"]
    if unit == "K":
        kelvin = number
    elif unit in ("degC", "°C"):
        kelvin = number + NORMAL_TEMPERATURE
    else:
        kelvin = (number + Fraction(45967, 100)) * Fraction(5, 9)
    if kelvin <= 0:
        raise ConversionError("bad-gas-state", f"`{text}` is below absolute zero", hint)
    return kelvin


def gas_state_step(state: GasState) -> Step:
    """m3 at a state to Nm3 by the ideal gas law: (273.15 / T) × (p / 101.325 kPa).

    Raises:
        ConversionError: `bad-gas-state`.
    """
    from ghgcalc.core.units import parse_quantity

    kelvin = parse_temperature(state.temperature)
    try:
        pressure = parse_quantity(state.pressure)
        pascal = pressure.value * ratio(pressure.unit, parse_unit("Pa"))
    except (NumberError, UnitError) as error:
        raise ConversionError("bad-gas-state", error.message, error.hint or "") from None
    if pascal <= 0:
        raise ConversionError(
            "bad-gas-state",
            f"pressure `{state.pressure}` is not above zero",
            "state the absolute pressure: `… kPa`",
        )
    value = NORMAL_TEMPERATURE / kelvin * pascal / NORMAL_PRESSURE
    return Step(
        value,
        f"273.15 K / {in_full(kelvin)} K × {in_full(pascal / 1000)} kPa / 101.325 kPa",
        "Nm3",
        f"gas at {state.temperature}, {state.pressure}",
    )


def billed_steps(billed: BilledAs) -> tuple[tuple[Step, ...], Unit]:
    """m3 on a gas bill to energy: correction × calorific value.

    Raises:
        ConversionError: `basis-missing`, `unit-mismatch`, `not-a-number`.
    """
    value = billed.calorific_value
    if value.unit.dimension != f"{ENERGY}/{VOLUME}":
        raise ConversionError(
            "unit-mismatch",
            f"`calorific_value` is {dimension_label(value.unit.dimension)}, not energy per volume",
            "write it as on the bill: `… MJ/m3 gross`",
        )
    if value.unit.basis is None:
        raise ConversionError(
            "basis-missing",
            "`calorific_value` states neither net nor gross",
            f"write `{value} gross` (bills are gross unless they say net)",
        )
    try:
        correction = Fraction(parse_number(billed.correction))
    except NumberError as error:
        raise ConversionError(error.code, error.message, error.hint or "") from None
    if correction <= 0 or value.number <= 0:
        raise ConversionError(
            "out-of-bounds",
            "`correction` and `calorific_value` must be above zero",
            "copy both from the bill",
        )
    joule = Unit("J", ENERGY, Fraction(1), value.unit.basis)
    kwh = Unit("kWh", ENERGY, parse_unit("kWh").size, value.unit.basis)
    energy = value.value * value.unit.size / kwh.size
    assert joule.basis == kwh.basis
    return (
        Step(correction, in_full(correction), "m3", "volume correction of the bill"),
        Step(energy, f"{value}", str(kwh), "calorific value of the bill"),
    ), kwh


class GasState(Model):
    """Temperature and absolute pressure at which a gas volume was measured."""

    temperature: Text
    pressure: Text


class BilledAs(Model):
    """How a gas bill turns metered m3 into energy: correction × calorific value."""

    correction: Text = "1"
    calorific_value: Amount


class _Keys(Protocol):
    gas_state: GasState | None
    billed_as: BilledAs | None


def _with_state(unit: Unit) -> list[str]:
    """The units of one size with a state, to be written in the place of one without."""
    if unit.size == CUBIC_METRE.size:
        return [f"write `Nm3` (0 °C), `Sm3` (15 °C) or `m3_20C`: {WHICH_STATE}"]
    return ["write `scf` (60 °F)"] if unit.size == parse_unit("ft3").size else []


def _supposed(unit: Unit) -> tuple[str, str]:
    """The unit without a state, and one of its size that may be meant."""
    if unit.size == CUBIC_METRE.size:
        return unit.text, "Nm3"
    return (unit.text, "scf") if unit.size == parse_unit("ft3").size else ("", "")


def _phases(unit: Unit) -> str:
    """What volumes of a liquefied gas are written as; a unit of another size needs its number."""
    if unit.size == CUBIC_METRE.size:
        return (
            f"write `kL` in the place of `{unit.text}` for the liquid, `Nm3` for the vapour at 0"
            " °C; or add `gas_state:` for the vapour at another state"
        )
    litres = in_full(unit.size * 1000)
    return (
        f"write litres for the liquid, 1 {unit.text} is {litres} L; or add `gas_state:` for the"
        " vapour"
    )


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """Steps that give a gas volume its state or its billed energy.

    Raises:
        ConversionError: `gas-state-missing` for a gas in m3 without a state.
    """
    unit, fuel = amount.unit, amount.fuel
    if amount.after is not None:
        return (amount,)
    phase = FUELS[fuel].phase if fuel in FUELS else "solid"
    if unit.dimension != "m3":
        if keys.gas_state or keys.billed_as:
            key = "gas_state" if keys.gas_state else "billed_as"
            raise ConversionError(
                "conflicting-keys",
                f"`{key}` beside a quantity in {unit.text},"
                " which already has a state or is no volume",
                f"remove `{key}` or report m3",
            )
        return (amount,)
    if keys.billed_as is not None:
        steps, after = billed_steps(keys.billed_as)
        steps = (*unit_steps(unit, CUBIC_METRE), *steps)
        return (amount._replace(steps=(*amount.steps, *steps), after=after),)
    if keys.gas_state is not None:
        steps = (*unit_steps(unit, CUBIC_METRE), gas_state_step(keys.gas_state))
        return (amount._replace(steps=(*amount.steps, *steps), after=parse_unit("Nm3")),)
    if phase == "gas":
        raise ConversionError(
            "gas-state-missing",
            f"{unit.text} of gas has no state: temperature and pressure decide how much gas it is",
            "; or ".join((*_with_state(unit), *_STATED)),
        ).supposing(*_supposed(unit))
    if phase == "liquefied" and not is_measured_in(unit, LIQUIDS):
        raise ConversionError(
            "gas-state-missing",
            f"{unit.text} of {fuel} could be liquid or vapour",
            _phases(unit),
        )
    return (amount,)


GAS_VOLUME = Method("gas_volume", ("gas_state", "billed_as"), expand=_expand, unasked=True)
