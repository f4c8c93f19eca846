"""Units against the definitions of the SI Brochure, NIST SP 811 and GB/T 2589, by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from ghgcalc.numbers import NumberError
from ghgcalc.units import (
    UnitError,
    define_own_units,
    parse_quantity,
    parse_unit,
    ratio,
    split_quantity,
)

F = Fraction
BY_HAND = [
    ("MJ", "kWh", F(5, 18)), ("GJ", "kWh", F(2500, 9)), ("TJ", "MWh", F(2500, 9)),
    ("kWh", "J", F(3_600_000)), ("tce", "GJ", F(293076, 10_000)), ("tce", "kgce", F(1000)),
    ("toe", "GJ", F(41868, 1000)), ("mmBtu", "J", F(105505585262, 100)),
    ("therm", "MJ", F("105.505585262")), ("therm_US", "MJ", F("105.4804")),
    ("kcal_IT", "kJ", F("4.1868")), ("kcal_th", "kJ", F("4.184")), ("Gcal_IT", "GJ", F("4.1868")),
    ("lb", "kg", F("0.45359237")), ("short_ton", "kg", F("907.18474")),
    ("long_ton", "kg", F("1016.0469088")), ("Mt", "t", F(10**6)), ("Gg", "kt", F(1)),
    ("mg", "kg", F(1, 10**6)), ("gal_us", "L", F("3.785411784")), ("gal_imp", "L", F("4.54609")),
    ("bbl", "L", F("158.987294928")), ("ft3", "L", F("28.316846592")), ("hL", "L", F(100)),
    ("mi", "km", F("1.609344")), ("nmi", "m", F(1852)), ("ft2", "m2", F("0.09290304")),
    ("ha", "m2", F(10_000)), ("atm", "kPa", F("101.325")), ("bar", "kPa", F(100)),
    ("day", "hour", F(24)), ("week", "day", F(7)), ("MW", "kW", F(1000)),
    ("Sm3", "Nm3", F(27315, 28815)), ("m3_20C", "Nm3", F(27315, 29315)),
    ("kg/MWh", "g/kWh", F(1)), ("t/TJ", "kg/GJ", F(1)), ("kg/kWh", "kg/MJ", F(5, 18)),
    ("lb/MWh", "kg/MWh", F("0.45359237")), ("tkm", "kg·km", F(1000)),
    ("t·mi", "tkm", F("1.609344")),
    ("kWh/m2", "MJ/m2", F(18, 5)), ("kW*hour", "kWh", F(1)), ("10000 Nm3", "Nm3", F(10_000)),
    ("10^4 Nm3", "Nm3", F(10_000)), ("million CNY", "CNY", F(10**6)), ("tCO2e", "kgCO2e", F(1000)),
    ("tCO2e/million CNY", "gCO2e/CNY", F(1)), ("1_000 ft3", "ft3", F(1000)),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "value"), BY_HAND)
def test_conversions_by_hand(source: str, target: str, value: Fraction) -> None:
    assert ratio(parse_unit(source), parse_unit(target)) == value


def test_a_cubic_foot_of_gas_at_60_fahrenheit() -> None:
    """60 °F = 519.67 °R; 0 °C = 491.67 °R: 0.028316846592 m3 x 491.67 / 519.67 = 0.026791 Nm3."""
    assert ratio(parse_unit("scf"), parse_unit("Nm3")) == F("0.028316846592") * F(49167, 51967)


@pytest.mark.parametrize(("text", "basis"), [
    ("kWh gross", "gross"), ("kWh HHV", "gross"), ("GJ LHV", "net"), ("MJ/kg NCV", "net"),
    ("kWh (Gross CV)", "gross"), ("kWh (net)", "net"), ("kWh", None),
])  # fmt: skip
def test_heating_values(text: str, basis: str | None) -> None:
    assert parse_unit(text).basis == basis


@pytest.mark.parametrize("text", ["m3", "L", "ft3"])
def test_a_volume_never_becomes_an_amount_of_gas(text: str) -> None:
    with pytest.raises(UnitError, match="gas volume at a state"):
        ratio(parse_unit(text), parse_unit("Nm3"))


@pytest.mark.parametrize(("text", "code"), [
    ("ton", "unit-ambiguous"), ("gallons", "unit-ambiguous"), ("BTU", "unit-ambiguous"),
    ("MT", "unit-ambiguous"), ("Mcf", "unit-ambiguous"), ("kg/ton", "unit-ambiguous"),
    ("", "missing-unit"), ("  ", "missing-unit"), ("banana", "unknown-unit"),
    ("kW/h/", "unknown-unit"), ("/kWh", "unknown-unit"), ("kWh^4", "unknown-unit"),
    ("k Wh", "unknown-unit"), ("degC", "unknown-unit"), ("%", "unknown-unit"),
    ("kWh)", "unknown-unit"), ("net", "unknown-unit"),
])  # fmt: skip
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_unit(text)
    assert error.value.code == code
    assert error.value.hint


@pytest.mark.parametrize("text", ["0 kWh", "kWh/0 kg", "0.0 kWh", "10^2 kWh/0 m2"])
def test_nothing_is_no_unit(text: str) -> None:
    with pytest.raises(UnitError):
        parse_unit(text)


def test_a_yen_or_yuan_sign_offers_yen_and_yuan() -> None:
    with pytest.raises(UnitError) as error:
        parse_unit("¥")
    assert "`CNY`" in error.value.hint
    assert "`JPY`" in error.value.hint


@pytest.mark.parametrize(("text", "near"), [
    ("kWhh", "kWh"), ("nm3", "Nm3"), ("Kg", "kg"), ("mj", "MJ"), ("tC02e", "tCO2e"),
])  # fmt: skip
def test_a_misspelt_unit_names_the_near_one(text: str, near: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_unit(text)
    assert f"`{near}`" in error.value.hint


@pytest.mark.parametrize(("text", "number", "unit"), [
    ("1_250 kWh", "1250", "kWh"), ("5kWh", "5", "kWh"), ("5.5MJ/kg net", "5.5", "MJ/kg net"),
    ("1e3 kWh", "1000", "kWh"), ("  7   short ton ", "7", "short ton"), ("5度", "5", "度"),
    ("-3 t", "-3", "t"), ("12 10000 Nm3", "12", "10000 Nm3"),
])  # fmt: skip
def test_quantities(text: str, number: str, unit: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.number == Decimal(number)
    assert str(quantity.unit) == unit


@pytest.mark.parametrize(("text", "code"), [
    ("5", "missing-unit"), ("kWh", "not-a-number"), ("", "not-a-number"),
    ("1,5 kWh", "not-a-number"), ("1.234,5 kWh", "not-a-number"), ("５ kWh", "not-a-number"),
    ("5 5", "unknown-unit"), ("1e15 kWh", "number-out-of-range"), ("x kWh", "not-a-number"),
    ("5%", "unknown-unit"), ("inf kWh", "not-a-number"), ("5 kWh kWh kWh x", "unknown-unit"),
])  # fmt: skip
def test_bad_quantities(text: str, code: str) -> None:
    with pytest.raises((UnitError, NumberError)) as error:
        parse_quantity(text)
    assert error.value.code == code


def test_splitting() -> None:
    assert split_quantity("1_250 kWh gross") == ("1_250", "kWh gross")
    assert split_quantity("5kWh gross") == ("5", "kWh gross")
    assert split_quantity("5") == ("5", "")


def test_own_units_last_as_long_as_their_file() -> None:
    define_own_units({"own_drum": parse_quantity("200 L")})
    assert ratio(parse_unit("own_drum"), parse_unit("m3")) == F(1, 5)
    assert ratio(parse_unit("kg/own_drum"), parse_unit("kg/L")) == F(1, 200)
    define_own_units({})
    with pytest.raises(UnitError):
        parse_unit("own_drum")
