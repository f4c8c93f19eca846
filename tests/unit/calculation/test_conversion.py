"""Gas states, bills and fuel properties by hand; net and gross meet by a pair alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ghgcalc.calculation.conversion import find_conversion, node
from ghgcalc.core.units import parse_unit
from ghgcalc.factors.bridges import ConversionError, Edge, own_edges
from ghgcalc.factors.fuel_properties import Property
from ghgcalc.methods.gas_volume import (
    BilledAs,
    GasState,
    billed_steps,
    gas_state_step,
    parse_temperature,
)

F = Fraction


@pytest.mark.parametrize(("text", "kelvin"), [
    ("20 degC", F("293.15")), ("0°C", F("273.15")), ("293.15 K", F("293.15")),
    ("60 degF", F(51967, 100) * F(5, 9)), ("-40 degF", F("233.15")), ("-273.14 degC", F("0.01")),
])  # fmt: skip
def test_temperatures(text: str, kelvin: Fraction) -> None:
    assert parse_temperature(text) == kelvin


@pytest.mark.parametrize("text", ["20", "20 C", "-274 degC", "0 K", "x K", "1,5 degC", "", "-1 K"])
def test_bad_temperatures(text: str) -> None:
    with pytest.raises(ConversionError) as error:
        parse_temperature(text)
    assert error.value.code == "bad-gas-state"
    assert error.value.hint


@pytest.mark.parametrize(("temperature", "pressure", "value"), [
    ("0 degC", "101.325 kPa", F(1)), ("20 degC", "101.325 kPa", F(27315, 29315)),
    ("0 degC", "1 atm", F(1)), ("273.15 K", "202.65 kPa", F(2)),
    ("15 degC", "1 bar", F(27315, 28815) * F(100_000, 101_325)),
])  # fmt: skip
def test_ideal_gas(temperature: str, pressure: str, value: Fraction) -> None:
    step = gas_state_step(GasState(temperature=temperature, pressure=pressure))
    assert (step.value, step.unit) == (value, "Nm3")


def test_states_and_units_agree() -> None:
    """`m3_20C` is m3 at 20 °C and 101.325 kPa."""
    step = gas_state_step(GasState(temperature="20 degC", pressure="101.325 kPa"))
    assert step.value == parse_unit("m3_20C").size


@pytest.mark.parametrize("pressure", ["0 kPa", "-1 bar", "5 kg", "5", "x", ""])
def test_bad_pressures(pressure: str) -> None:
    with pytest.raises(ConversionError) as error:
        gas_state_step(GasState(temperature="0 degC", pressure=pressure))
    assert error.value.code == "bad-gas-state"


def test_a_gas_bill() -> None:
    """1,000 m3 x 1.02264 x 39.5 MJ/m3 = 40,394.28 MJ = 11,220.6333… kWh gross."""
    steps, unit = billed_steps(BilledAs.model_validate(
        {"correction": "1.02264", "calorific_value": "39.5 MJ/m3 gross"}))  # fmt: skip
    product = F(1000)
    for step in steps:
        product *= step.value
    assert (product, unit.basis, unit.dimension) == (F("40394.28") / F("3.6"), "gross", "J")


@pytest.mark.parametrize(("correction", "value", "code"), [
    ("1", "39.5 MJ/m3", "basis-missing"), ("1", "39.5 MJ/kg gross", "unit-mismatch"),
    ("0", "39.5 MJ/m3 gross", "out-of-bounds"), ("1", "0 MJ/m3 gross", "out-of-bounds"),
    ("x", "39.5 MJ/m3 gross", "not-a-number"), ("1", "39.5 MJ/Nm3 gross", "unit-mismatch"),
])  # fmt: skip
def test_bad_bills(correction: str, value: str, code: str) -> None:
    with pytest.raises(ConversionError) as error:
        billed_steps(BilledAs.model_validate(
            {"correction": correction, "calorific_value": value}))  # fmt: skip
    assert error.value.code == code


def edges(**given: str) -> list[Edge]:
    return own_edges(Property.model_validate(given), 0, "line")


def ratio_of(unit: str, per: str, found: list[Edge], *, fuel: bool = True) -> Fraction:
    return find_conversion(parse_unit(unit), parse_unit(per), found, fuel).ratio


@pytest.mark.parametrize(("unit", "per", "given", "value"), [
    ("kg", "L", {"density": "0.84 kg/L"}, F(100, 84)),
    ("L", "t", {"density": "0.84 kg/L"}, F("0.00084")),
    ("t", "GJ net", {"ncv": "43 MJ/kg"}, F(43)),
    ("Nm3", "GJ net", {"ncv": "35.9 MJ/Nm3"}, F("0.0359")),
    ("L", "GJ net", {"ncv": "43 MJ/kg", "density": "0.84 kg/L"}, F("0.03612")),
    ("GJ net", "t", {"ncv": "20 MJ/kg"}, F(1, 20)),
    ("kWh gross", "Nm3", {"gcv": "39.6 MJ/Nm3"}, F(1, 11)),
    ("kWh gross", "GJ gross", {}, F("0.0036")),
    ("lb", "t", {}, F("0.00045359237")),
])  # fmt: skip
def test_ways(unit: str, per: str, given: dict[str, str], value: Fraction) -> None:
    assert ratio_of(unit, per, edges(**given)) == value


@pytest.mark.parametrize(("unit", "per", "given", "code"), [
    ("kWh", "GJ net", {}, "basis-missing"), ("kWh gross", "GJ net", {}, "basis-mismatch"),
    ("kg", "L", {}, "unit-mismatch"), ("kg", "GJ net", {"gcv": "45 MJ/kg"}, "unit-mismatch"),
    ("kWh", "t", {"ncv": "43 MJ/kg"}, "basis-missing"),
    ("kWh gross", "kWh net", {"ncv": "43 MJ/kg", "gcv": "45 MJ/L"}, "basis-mismatch"),
    ("m3", "Nm3", {"density": "0.8 kg/m3"}, "unit-mismatch"),
    ("kWh gross", "t", {"ncv": "43 MJ/kg"}, "unit-mismatch"),
])  # fmt: skip
def test_no_way(unit: str, per: str, given: dict[str, str], code: str) -> None:
    with pytest.raises(ConversionError) as error:
        ratio_of(unit, per, edges(**given))
    assert error.value.code == code
    assert error.value.hint


def test_electricity_has_no_heating_value() -> None:
    assert ratio_of("MJ", "kWh", [], fuel=False) == F(5, 18)
    assert node(parse_unit("GJ net")) == "J:net"


@pytest.mark.parametrize("given", [
    {"ncv": "43 kg"}, {"density": "0.8 MJ/L"}, {"ncv": "43 MJ/kg gross"}, {"density": "0 kg/L"},
])  # fmt: skip
def test_properties_of_a_wrong_kind(given: dict[str, str]) -> None:
    with pytest.raises(ConversionError):
        edges(**given)


def test_equal_ways_are_ambiguous() -> None:
    (one,) = edges(density="0.84 kg/L")
    two = one._replace(value=one.value * 2, ref="other")
    with pytest.raises(ConversionError) as error:
        ratio_of("kg", "L", [one, two])
    assert error.value.code == "ambiguous-property"
    nearer = two._replace(tier=0)
    assert ratio_of("kg", "L", [one._replace(tier=3), nearer]) == F(100, 168)
