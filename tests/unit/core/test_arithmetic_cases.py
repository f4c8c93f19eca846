"""Published examples that are arithmetic on units and molar masses, not company files.

Numbers in the names are those of the worked examples; each expected value is the printed one or,
where the publisher slipped, the corrected one with the slip named.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from ghgcalc.calculation.arithmetic import CARBON_TO_CO2
from ghgcalc.core.numbers import rounded
from ghgcalc.core.units import UnitError, define_own_units, parse_quantity, parse_unit, ratio


def amount(text: str, unit: str) -> Fraction:
    """A quantity in another unit, exactly."""
    quantity = parse_quantity(text)
    return quantity.value * ratio(quantity.unit, parse_unit(unit))


def F(text: str) -> Fraction:  # noqa: N802
    return Fraction(text)


# (mole fraction, carbon atoms) of the 16 components that hold carbon
WASTE_GAS = (
    ("0.2", 1), ("0.27", 1), ("0.1", 1), ("0.05", 2), ("0.05", 2), ("0.06", 2), ("0.07", 3),
    ("0.07", 3), ("0.03", 4), ("0.01", 6), ("0.02", 6), ("0.03", 7), ("0.01", 8), ("0.01", 2),
    ("0.01", 3), ("0.01", 4),
)  # fmt: skip


def test_134_waste_gas_by_carbon_balance() -> None:
    # US EPA SGEC, waste gases. Mass fraction x molar mass of a component is 12.011 x its carbon
    # atoms, so the 16 printed mass fractions are not needed: sum of x·n = 1.99.
    atoms = sum(F(share) * n for share, n in WASTE_GAS)
    assert atoms == F("1.99")
    carbon = F("0.1") * atoms * F("12.011")  # lb C per scf at 0.1 lb-mole per scf
    assert carbon == F("2.390189")
    define_own_units({"own_lb": parse_quantity("0.4536 kg")})
    pounds = 5000 * carbon * F("44.0098") / F("12.011")
    tonnes = pounds * ratio(parse_unit("own_lb"), parse_unit("t"))
    assert rounded(tonnes, 10) == rounded(F("19.863031053600007"), 10)
    # 0.1 lb-mole per scf is about 38 times the physical 1/379.48: the level is illustrative
    assert F("0.1") * F("379.48") > 37


def test_134_exact_pound_is_another_unit() -> None:
    define_own_units({"own_lb": parse_quantity("0.4536 kg")})
    assert ratio(parse_unit("own_lb"), parse_unit("lb")) == F("0.4536") / F("0.45359237")


PER_CF = F("16.0426") / F("379.48") / F("2204.62") * 25  # t CO2e per cubic foot, AR4


@pytest.mark.parametrize(
    ("value", "printed", "relative"),
    [
        (PER_CF, "0.000479389", "1e-5"),
        (PER_CF * F("35.31466"), "0.016929371049193", "3e-5"),
        (F("1e6") / F("1014.6") * PER_CF, "0.47249063670412", "1e-5"),
        (25 / F("2204.62"), "0.011339815516791", "1e-6"),
        (F("0.9071847") * 25, "22.6796310335814", "1e-6"),
        # slip: the page prints 0.000447621, which needs 1,055.56 MJ/MMBtu instead of its 1,055.87
        (F("1e6") / F("1014.6") * PER_CF / F("1055.87"), "0.00044749", "5e-5"),
    ],
    ids=["cf", "m3", "MMBtu", "lb", "short_ton", "MJ"],
)
def test_135_methane_from_six_units(value: Fraction, printed: str, relative: str) -> None:
    # US EPA Natural Gas STAR: each line from one set of constants, gas of 16.0426 g/mol
    assert abs(value / F(printed) - 1) <= F(relative)


def test_135_own_constants_agree() -> None:
    # the exact pound and short ton lie within 1e-6 of the page's rounded constants
    assert amount("1 t", "lb") == 1 / F("0.00045359237")
    assert abs(amount("1 t", "lb") / F("2204.62") - 1) < F("2e-6")
    assert amount("1 short_ton", "t") == F("0.90718474")
    assert rounded(amount("1 m3", "ft3"), 4) == rounded(F("35.3147"), 4)
    assert abs(amount("1 mmBtu", "MJ") / F("1055.87") - 1) < F("0.001")


def test_135_carbon_to_co2() -> None:
    # the page lists 3.664297 where its own formula 44.0098 / 12.0107 gives 3.664216
    assert rounded(F("44.0098") / F("12.0107"), 6) == rounded(F("3.664216"), 6)
    assert abs(F("44.0098") / F("12.0107") - F("3.6642")) < F("0.0002")
    assert F("11/3") == CARBON_TO_CO2


def test_177_a_published_total_that_contradicts_its_own_addition() -> None:
    # GreenLang golden scenarios, mixed materials: 2,100 + 1,700 + 4,380 = 8,180; printed 7,480
    parts = [1000 * F("2.1"), 200 * F("8.5"), 5000 * F("0.876")]
    assert parts == [2100, 1700, 4380]
    assert sum(parts) == 8180 != 7480


def test_196_molar_ratios() -> None:
    # openscm-units: C to CO2 44/12, N2O-N to N2O 44/28 (N to N2O as 44/14 is another quantity)
    assert Fraction(44, 12) == CARBON_TO_CO2
    assert rounded(CARBON_TO_CO2, 12) == rounded(F("3.666666666666667"), 12)
    nitrogen = Fraction(44, 28)
    assert rounded(nitrogen, 12) == rounded(F("1.5714285714285714"), 12)
    assert 1 - 1 / nitrogen == F("4/11")  # reporting N2O-N as N2O understates by 36 %
    assert 1 * 298 == 298


def test_100_footing_of_the_offsets() -> None:
    # US EPA SGEC, purchased offsets: the nine projects sum to 51,431 t; printed 53,431 t
    assert sum((3000, 4000, 5555, 6000, 7000, 8000, 7777, 9999, 100)) == 51431


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1 mi", "km", "1.609344"),
        ("1 t·mi", "tkm", "1.609344"),
        ("3.6 MJ", "kWh", "1"),
        ("1 GJ", "MJ", "1000"),
        ("1 m3", "L", "1000"),
        ("1 ktoe", "TJ", "41.868"),
        ("1 tce", "kWh", "8141"),
        ("1 gal_us", "L", "3.785411784"),
        ("1 gal_imp", "L", "4.54609"),
        ("1 bbl", "gal_us", "42"),
        ("1234.56789 kWh", "kWh", "1234.56789"),
    ],
)
def test_123_definitional_ratios(text: str, unit: str, expected: str) -> None:
    assert amount(text, unit) == F(expected)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1 L", "kg"), ("1 m3", "kWh"), ("1 km", "tkm"), ("1 m3", "Nm3"), ("1 t", "tCO2e")],
)
def test_123_no_silent_bridges(text: str, unit: str) -> None:
    with pytest.raises(UnitError) as raised:
        amount(text, unit)
    assert raised.value.code == "unit-mismatch"


@pytest.mark.parametrize(
    "pair",
    [("MJ", "kWh"), ("Btu_IT", "kWh"), ("lb", "kg"), ("scf", "Nm3"), ("tce", "GJ"), ("mi", "km")],
)
def test_there_and_back_is_the_identity(pair: tuple[str, str]) -> None:
    # case 137: a rounded inverse pair (0.123 and 8.14) does not come back; fractions do
    one, other = map(parse_unit, pair)
    assert ratio(one, other) * ratio(other, one) == 1
