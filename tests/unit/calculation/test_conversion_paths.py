"""Ways over fuel properties: the fewest steps, ties, and each step as it is printed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ghgcalc.calculation.conversion import Conversion, find_conversion, is_fuel
from ghgcalc.core.units import parse_unit
from ghgcalc.factors.bridges import ConversionError, Edge

F = Fraction


def edge(text: str, tier: int = 0, ref: str = "", source: str = "line") -> Edge:
    """`43 MJ/kg net` and `0.84 kg/L` as bridges."""
    amount, _, basis = text.partition(" of ")
    number, unit = amount.split(" ")
    above, below = unit.split("/")
    size = F(number) * parse_unit(above).size / parse_unit(below).size
    of = f"J:{basis}" if basis else "kg"
    return Edge(parse_unit(below).dimension, of, size, amount, source, tier, tier, ref, below)


def way(unit: str, per: str, *edges: Edge) -> Conversion:
    return find_conversion(parse_unit(unit), parse_unit(per), list(edges), fuel=True)


NCV, DENSITY = edge("43 MJ/kg of net"), edge("0.84 kg/L")


def test_each_step_of_a_way_is_printed_in_a_unit_of_its_kind() -> None:
    """100 L × 0.84 kg/L = 84 kg = 0.084 t; × 43 GJ/t = 3.612 GJ."""
    found = way("L", "GJ net", NCV, DENSITY)
    assert [(step.value * 100, step.text, step.unit) for step in found.steps] == [
        (F("0.084"), "0.84 kg/L", "t"), (4300, "43 MJ/kg", "GJ net"),
    ]  # fmt: skip
    assert not found.direct
    assert found.foreign == ""


def test_the_way_back_divides() -> None:
    """43 GJ ÷ 43 GJ/t = 1 t; ÷ 0.84 t/m3 = 1.190… m3."""
    found = way("GJ net", "m3", DENSITY, NCV)
    assert [(step.value, step.text, step.unit) for step in found.steps] == [
        (F(1, 43), "÷ 43 MJ/kg", "t"), (F(100, 84), "÷ 0.84 kg/L", "m3"),
    ]  # fmt: skip


def test_on_the_way_energy_keeps_its_heating_value() -> None:
    """1 L × 36 MJ/L = 0.036 GJ net; ÷ 43 MJ/kg: the step between says which energy it is."""
    found = way("L", "kg", edge("36 MJ/L of net"), NCV)
    assert [(step.value, step.text, step.unit) for step in found.steps] == [
        (F("0.036"), "36 MJ/L", "GJ net"), (F(1000, 43), "÷ 43 MJ/kg", "kg"),
    ]  # fmt: skip


def test_a_unit_of_the_same_kind_is_direct() -> None:
    assert way("kg", "t").direct
    assert way("kg", "t").steps[0].value == F(1, 1000)


def test_a_shorter_way_is_no_tie_and_equal_ones_are() -> None:
    """Directly 36 MJ/L, or by mass 0.84 × 43 = 36.12 MJ/L: the direct one."""
    direct = edge("36 MJ/L of net")
    assert way("L", "GJ net", NCV, DENSITY, direct).ratio == F("0.036")
    other = edge("37 MJ/L of net", ref="pack/b", source="b")
    for pair in ((direct, other), (other, direct)):
        with pytest.raises(ConversionError) as error:
            way("L", "GJ net", *pair)
        assert error.value.code == "ambiguous-property"
        # a shorter way found later is no tie any more
        near = edge("35 MJ/L of net")._replace(order=-1)
        assert way("L", "GJ net", *pair, near).ratio == F("0.035")


def test_the_foreign_property_is_told() -> None:
    far = edge("0.84 kg/L", tier=5, ref="other/density")
    assert way("L", "GJ net", NCV, far).foreign == "other/density"
    # one of the line is nearer than that of another publisher
    assert way("L", "GJ net", NCV, far, DENSITY).foreign == ""


def test_three_properties_are_the_most() -> None:
    """L → kg → GJ net → Nm3 are three; a fourth kind of amount does not exist."""
    gas = edge("35 MJ/Nm3 of net")
    found = way("L", "Nm3", gas, NCV, DENSITY)
    assert found.ratio == F("0.84") * 43 / 35
    assert [step.unit for step in found.steps] == ["t", "GJ net", "Nm3"]


def test_net_and_gross_never_meet_on_a_way() -> None:
    gross = edge("45 MJ/L of gross")
    with pytest.raises(ConversionError) as error:
        way("L", "GJ net", gross, DENSITY)
    assert error.value.code == "unit-mismatch"


def test_gross_energy_does_not_become_net_on_its_way_to_a_volume() -> None:
    """÷ 45 MJ/kg gross × 43 MJ/kg net ÷ 35 MJ/Nm3 net would be three properties, of two bases."""
    edges = edge("45 MJ/kg of gross"), NCV, edge("35 MJ/Nm3 of net")
    for turned in (edges, edges[::-1]):
        with pytest.raises(ConversionError) as error:
            way("GJ gross", "Nm3", *turned)
        assert error.value.code == "unit-mismatch"


@pytest.mark.parametrize(
    ("unit", "per", "hint"),
    [
        ("kg", "L", "density: … kg/L"),
        ("kg", "GJ net", "{ncv: … MJ/kg}"),
        ("kg", "GJ gross", "{gcv: … MJ/kg}"),
        ("L", "GJ gross", "{gcv: … MJ/L}"),
        ("kWh gross", "Nm3", "{gcv: … MJ/Nm3}"),
        ("kWh net", "t", "{ncv: … MJ/kg}"),
        ("km", "L", "report the quantity in volume"),
        ("kg", "km", "report the quantity in distance"),
    ],
)
def test_the_hint_names_the_property_that_is_missing(unit: str, per: str, hint: str) -> None:
    with pytest.raises(ConversionError) as error:
        way(unit, per)
    assert hint in error.value.hint


def test_a_pair_is_printed_with_each_basis_once() -> None:
    """1 kWh ÷ 40 MJ/kg × 36 MJ/kg = 0.9 kWh; one of the two texts says its basis itself."""
    gross, net = edge("40 MJ/kg of gross"), edge("36 MJ/kg of net")
    found = way("kWh gross", "kWh net", gross._replace(text="40 MJ/kg gross"), net)
    assert found.ratio == F(9, 10)
    assert [step.text for step in found.steps] == ["÷ 40 MJ/kg gross", "36 MJ/kg net"]
    back = way("kWh net", "kWh gross", gross, net._replace(text="36 MJ/kg net"))
    assert [step.text for step in back.steps] == ["÷ 36 MJ/kg net", "40 MJ/kg gross"]


def test_a_missing_pair_says_the_first_two_values() -> None:
    values = [edge(f"{number} MJ/L of gross", tier) for tier, number in enumerate((40, 41, 42))]
    with pytest.raises(ConversionError) as error:
        way("kWh gross", "kWh net", *values)
    assert error.value.message == (
        "the quantity is kWh gross, the factor per kWh net; `gcv` `40 MJ/L` and `gcv` `41 MJ/L`"
        " are no pair"
    )
    assert "`fuel_properties: {ncv: … MJ/L, gcv: … MJ/L, evidence: …}`" in error.value.hint


@pytest.mark.parametrize(
    ("category", "fuel", "per", "asked"),
    [
        ("stationary_combustion", "diesel", "GJ net", True),
        ("stationary_combustion", None, "kg", True),
        ("fuel_upstream", "diesel", "kWh net", True),
        ("fuel_upstream", "diesel", "kWh", False),
        ("fuel_upstream", None, "kWh net", False),
        ("purchased_electricity", None, "kWh", False),
    ],
)
def test_where_energy_must_say_net_or_gross(
    category: str, fuel: str | None, per: str, asked: bool
) -> None:
    assert is_fuel(category, fuel, parse_unit(per)) is asked
