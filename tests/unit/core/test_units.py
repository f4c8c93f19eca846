"""Units against the definitions of the SI Brochure, NIST SP 811 and GB/T 2589, by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from ghgcalc.company.own_units import read_own_units
from ghgcalc.core.numbers import NumberError
from ghgcalc.core.unit_table import LIQUIDS
from ghgcalc.core.units import (
    UnitError,
    define_own_units,
    is_measured_in,
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
    # 万 is 10^4, 亿 10^8; with or without a space
    ("万kWh", "kWh", F(10**4)), ("万千瓦时", "MWh", F(10)), ("万 度", "kWh", F(10**4)),
    ("亿kWh", "GWh", F(100)), ("万元", "CNY", F(10**4)), ("万立方米", "m3", F(10**4)),
    ("kg/万kWh", "kg/kWh", F(1, 10**4)), ("億kWh", "万kWh", F(10**4)),
    # a dekatherm is a million Btu of the International Table
    ("Dth", "therm", F(10)), ("Dth", "mmBtu", F(1)), ("kBtu", "J", F("1055055.85262")),
    ("kSm3", "Sm3", F(1000)), ("Mscf", "scf", F(1000)), ("MMscf", "scf", F(10**6)),
    ("kt CO2e", "tCO2e", F(1000)), ("Mt CO2e", "ktCO2e", F(1000)),
    # what stands below the line is divided by, with brackets or without
    ("kg/(t·km)", "kg/tkm", F(1)), ("kg/t·km", "kg/tkm", F(1)), ("kg / (t*km)", "g/tkm", F(1000)),
    ("kg/(person·mi)", "kg/pkm", 1 / F("1.609344")), ("kg/(1000 L)", "kg/m3", F(1)),
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
    ("kWh)", "unknown-unit"), ("net", "unknown-unit"), ("万", "unknown-unit"),
    ("(500 kWh)", "unknown-unit"), ("kg/(MJ/kg)", "unknown-unit"), ("kg/(t·km", "unknown-unit"),
    ("kg/()", "unknown-unit"), ("MMcf", "unit-ambiguous"), ("mtCO2e", "unit-ambiguous"),
    ("ton-miles", "unit-ambiguous"),
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
    ("-3 t", "-3", "t"), ("12 10^4 Nm3", "12", "10^4 Nm3"), ("340 万kWh", "340", "万kWh"),
    ("12 thousand kWh", "12", "thousand kWh"), ("0.5 kg/1000 L", "0.5", "kg/1000 L"),
])  # fmt: skip
def test_quantities(text: str, number: str, unit: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.number == Decimal(number)
    assert str(quantity.unit) == unit


@pytest.mark.parametrize(("text", "code"), [
    ("5", "missing-unit"), ("kWh", "not-a-number"), ("", "not-a-number"),
    ("1,5 kWh", "not-a-number"), ("1.234,5 kWh", "not-a-number"), ("５ kWh", "not-a-number"),
    ("5 5", "not-a-number"), ("1e15 kWh", "number-out-of-range"), ("x kWh", "not-a-number"),
    ("5%", "unknown-unit"), ("inf kWh", "not-a-number"), ("5 kWh kWh kWh x", "unknown-unit"),
])  # fmt: skip
def test_bad_quantities(text: str, code: str) -> None:
    with pytest.raises((UnitError, NumberError)) as error:
        parse_quantity(text)
    assert error.value.code == code


DIGITS_AFTER_DIGITS = [
    ("12{}500 kWh", "12_500 kWh"), ("3{}400.5 kWh", "3_400.5 kWh"),
    ("1{}250{}000 kWh gross", "1_250_000 kWh gross"), ("-12{}500 t", "-12_500 t"),
    ("12{}500,5 kWh", "12_500.5 kWh"), ("98{}500 g/kWh", "98_500 g/kWh"), ("12{}500", "12_500"),
]  # fmt: skip


@pytest.mark.parametrize(
    "space", [" ", "\u00a0", "\u2009", "\u202f", "\u2007", "  ", "'", "\u2019"]
)
@pytest.mark.parametrize(("text", "meant"), DIGITS_AFTER_DIGITS)
@pytest.mark.parametrize("factor", [False, True])
def test_digits_after_digits_are_one_number(
    text: str, meant: str, space: str, factor: bool
) -> None:
    """They are refused, not multiplied, and grouped by our sign in the hint."""
    with pytest.raises(NumberError) as error:
        parse_quantity(text.replace("{}", space), factor=factor)
    assert error.value.code == "not-a-number"
    assert error.value.hint == f"write `{meant}`"


@pytest.mark.parametrize("text", [
    "12 5 kWh", "12 50 kWh", "1 2 m3", "0 500 kWh", "12 5000 kWh", "12 500 10^4 kWh", "5 5",
    "12 5.25 kWh", "12. 500 kWh", "12 ５00 kWh", "1 250 00 kWh", "12 1000 scf", "3 10000 Nm3",
])  # fmt: skip
def test_what_is_not_grouped_by_threes_is_not_glued(text: str) -> None:
    with pytest.raises(NumberError) as error:
        parse_quantity(text)
    assert "write one number" in (error.value.hint or "")


@pytest.mark.parametrize(("text", "meant"), [
    # by hand: 12.5 x 10 therm; 3 x 1000 t; 0.5 x 0.1 t
    ("12.5 dekatherm", "`125 therm`"), ("12.5 dekatherm gross", "`125 therm gross`"),
    ("3 kilotonnes", "`3_000 t`"), ("0.5 dt", "`0.05 t`"), ("7 百万kWh", "`7_000_000 kWh`"),
    ("2 千立方米", "`2_000 m3`"), ("4 kNm3", "`4_000 Nm3`"), ("6 kEUR", "`6_000 EUR`"),
    ("5 GW", "`5_000_000 kW`"), ("8 Mtoe/person", "`8_000_000 toe/person`"),
])  # fmt: skip
def test_a_counted_unit_is_answered_with_the_amount(text: str, meant: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_quantity(text)
    assert meant in error.value.hint


@pytest.mark.parametrize(("text", "hint"), [
    ("dekatherm", "write `10 therm` or `Dth`"), ("dm3", "did you mean `L`?"),
    ("百万kWh", "write `10^6 kWh` or `GWh`"), ("kNm3", "write `1000 Nm3`"),
    ("kg/dekatherm", "write `kg/10 therm`: dekatherm is 10 therm"),
    ("t·dekatherm", "write the multiple in front: dekatherm is 10 therm"),
    ("passenger-miles", "did you mean `person·mi`?"),
    ("passenger miles", "did you mean `person·mi`?"),
    ("vehicle-miles", "did you mean `vehicle-mile`?"), ("KBTU", "did you mean `kBtu`?"),
])  # fmt: skip
def test_a_counted_unit_text_is_answered_with_the_multiple(text: str, hint: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_unit(text)
    assert error.value.hint == hint


@pytest.mark.parametrize("text", [
    # other units and open questions: no unit of ours has their size
    "mt", "MTS", "mJ", "ML", "mscf", "kgoe", "kWth", "TkWh", "MkWh", "mkWh", "WMh", "dam3", "Gh",
    "m3_25C", "m4", "Nm", "Mbbl", "MEUR", "TEUR", "km3", "barg", "千瓦", "兆焦", "drum", "therm_UK",
    "kMWh", "CNH", "mtoe",
])  # fmt: skip
def test_no_unit_of_another_size_is_named(text: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_unit(text)
    assert "did you mean" not in error.value.hint
    assert "write" not in error.value.hint
    assert set(re.findall("`([^`]+)`", error.value.hint)) <= {
        "units: {own_drum: 200 L}",
    }  # fmt: skip


@pytest.mark.parametrize(("words", "size"), [
    # NIST SP 811: US gallon 3.785411784 L, UK gallon 4.54609 L; short ton 2,000 lb, long 2,240 lb
    (("US", "U.S."), {"gal": "3.785411784 L", "gallon": "3.785411784 L", "gallons": "3.785411784 L",
                      "ton": "907.18474 kg", "tons": "907.18474 kg"}),
    (("UK", "U.K.", "imperial"), {"gal": "4.54609 L", "gallon": "4.54609 L",
                                  "gallons": "4.54609 L", "ton": "1016.0469088 kg",
                                  "tons": "1016.0469088 kg"}),
    (("imp", "imp."), {"gal": "4.54609 L", "gallon": "4.54609 L", "gallons": "4.54609 L"}),
])  # fmt: skip
def test_national_measures_are_what_they_are(words: tuple[str, ...], size: dict[str, str]) -> None:
    """As a unit, below a stroke and counted; in other capitals they are hinted as themselves."""
    for word in words:
        for unit, text in size.items():
            wanted = parse_quantity(text)
            of = ratio(parse_unit(f"{word} {unit}"), wanted.unit)
            assert of == wanted.value
            assert ratio(parse_unit(f"kg/{word} {unit}"), parse_unit("kg/" + text.split()[1])) == (
                1 / of
            )
            assert parse_unit(f"thousand {word} {unit}").size == 1000 * of * wanted.unit.size


@pytest.mark.parametrize("text", [
    "{} gal", "{} gall", "{} galon", "{} gallonn", "{} ton", "{} tonn", "{} tone", "{}  gallons",
    "{}-gallon", "{}_gal", "{}gal", "{}gallon", "{}ton", "gal_{}", "gal {}", "gal-{}", "gal{}",
    "gallon_{}", "gallons {}", "ton_{}", "ton {}", "short_ton_{}", "{} short_ton", "{}_long_ton",
    "{} lb", "{} therm", "therm_{}", "{} bbl", "{} barrel", "{}barrels", "{} mile", "{} miles",
])  # fmt: skip
@pytest.mark.parametrize("word", [
    "US", "us", "Us", "U.S.", "USA", "UK", "uk", "Uk", "U.K.", "imp", "Imp", "imp.", "imperial",
    "Imperial", "British", "Canadian",
])  # fmt: skip
def test_no_hint_drops_or_changes_a_nation(text: str, word: str) -> None:
    """What is read, or offered as what was meant, is a measure of the nation that was written."""
    american = word.lower().startswith("us") or word == "U.S."
    measures = {"gal_us", "short_ton", "therm_US"} if american else {"gal_imp", "long_ton"}
    if word == "Canadian":
        measures = set()
    try:
        read = parse_unit(text.replace("{}", word))
    except UnitError as error:
        named = re.findall("did you mean `([^`]+)`", error.hint)
    else:
        named = [name for name in ("gal_us", "short_ton", "therm_US", "gal_imp", "long_ton")
                 if parse_unit(name)[1:] == read[1:]] or ["another"]  # fmt: skip
    assert set(named) <= measures


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


def test_own_units_may_stand_for_each_other_in_any_order() -> None:
    """1 machine = 1000 uses x 1.3 kWh = 1,300 kWh; a hall holds 4 machines: 5.2 MWh."""
    texts = {"own_hall": "4 own_machine", "own_machine": "1000 own_use", "own_use": "1.3 kWh"}
    for names in (list(texts), list(reversed(texts))):
        assert not read_own_units({name: texts[name] for name in names})
        assert ratio(parse_unit("own_hall"), parse_unit("MWh")) == F("5.2")
        assert ratio(parse_unit("kg/own_machine"), parse_unit("kg/kWh")) == F(1, 1300)


def test_an_own_unit_keeps_its_heating_value() -> None:
    assert not read_own_units({"own_bill": "1.3 kWh gross"})
    assert parse_unit("own_bill").basis == "gross"
    assert parse_unit("own_bill gross").basis == "gross"
    with pytest.raises(UnitError) as error:
        parse_unit("own_bill net")
    assert error.value.code == "basis-mismatch"


def test_circles_of_own_units_are_said_once() -> None:
    texts = {"own_a": "2 own_b", "own_b": "3 own_c", "own_c": "4 own_a", "own_d": "5 own_a",
             "own_e": "7 kg", "own_f": "0 kg", "own g": "1 kg", "own_h": "6 own_h"}  # fmt: skip
    slips = read_own_units(texts)
    assert slips["own_a"].message == (
        "own unit `own_a` stands for itself: own_a → own_b → own_c → own_a"
    )
    assert {name: slip.code for name, slip in slips.items()} == {
        "own_a": "unit-cycle", "own_f": "out-of-bounds", "own g": "bad-id", "own_h": "unit-cycle",
    }  # fmt: skip
    assert parse_unit("own_e").size == 7
    define_own_units({})


def test_a_long_chain_of_own_units_is_refused() -> None:
    texts = {f"own_u{n}": f"2 own_u{n + 1}" for n in range(3000)} | {"own_u3000": "1 kg"}
    assert {slip.code for slip in read_own_units(texts).values()} == {"out-of-bounds"}
    define_own_units({})


@pytest.mark.parametrize(("text", "liquid"), [
    ("L", True), ("litres", True), ("升", True), ("kL", True), ("hL", True), ("US gallons", True),
    ("imperial gallons", True), ("barrels", True), ("thousand L", True), ("1000 L", True),
    ("万升", True), ("own_tank", True), ("10 own_pair", True), ("m3", False), ("ft3", False),
    ("own_cube", False), ("kg", False), ("thousand m3", False),
])  # fmt: skip
def test_litres_are_known_however_they_are_spelled(text: str, liquid: bool) -> None:
    texts = {"own_tank": "500 L", "own_pair": "2 own_tank", "own_cube": "0.5 m3"}
    assert not read_own_units(texts)
    assert is_measured_in(parse_unit(text), LIQUIDS) is liquid
    define_own_units({})
