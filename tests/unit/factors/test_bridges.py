"""Fuel properties as bridges: which pack's value counts, and how its source is named."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from ghgcalc.calculation.conversion import find_conversion
from ghgcalc.core.units import parse_quantity, parse_unit
from ghgcalc.factors.bridges import own_edges, pack_edges, property_edge
from ghgcalc.factors.fuel_properties import Property
from ghgcalc.factors.model import Factor, FuelProperty, PackHeader, PackInfo

F = Fraction


def pack(name: str, year: int | None = None, own: bool = False, **more: Any) -> PackInfo:
    header = PackHeader(pack=name, title=name.upper(), year=year, **more)
    return PackInfo(header, own, "", "")


def prop(
    info: PackInfo, value: str = "43 MJ/kg", kind: str = "net_calorific_value"
) -> FuelProperty:
    return FuelProperty(info, f"{info.id}-x", "diesel", kind, parse_quantity(value))


def factor(info: PackInfo) -> Factor:
    return Factor(info, "f", "f", frozenset({"stationary_combustion"}), parse_unit("GJ net"), {})


def tiers(props: list[FuelProperty], home: PackInfo, year: int) -> dict[str, int]:
    return {edge.ref: edge.tier for edge in pack_edges(props, factor(home), year, lambda _: 7)}


HUB = [
    pack("hub-2020", 2020, publisher="hub", year_rule="edition"),
    pack("hub-2022", 2022, publisher="hub", year_rule="edition"),
    pack("hub-2024", 2024, publisher="hub", year_rule="edition"),
]
GUIDE = pack("guide", 2006, publisher="guide", year_rule="any")
OWN = pack("own", None, own=True)
UNDATED = pack("undated", None, publisher="undated", year_rule="data_year")


@pytest.mark.parametrize(
    ("year", "edition"),
    [(2020, "hub-2020"), (2021, "hub-2020"), (2022, "hub-2022"), (2023, "hub-2022"),
     (2030, "hub-2024"), (2019, None)],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_of_anothers_editions_the_last_before_the_year_counts(
    year: int, edition: str | None, turned: bool
) -> None:
    props = [prop(each) for each in (*HUB, GUIDE, OWN, UNDATED)]
    found = tiers(props[::-1] if turned else props, pack("home"), year)
    hub = {f"{edition}/{edition}-x": 5} if edition else {}
    # a pack without an edition serves every year, also one of its own past
    assert found == {**hub, "guide/guide-x": 5, "own/own-x": 3, "undated/undated-x": 5}


def test_a_guide_serves_the_years_before_it_too() -> None:
    assert tiers([prop(GUIDE)], pack("home"), 1999) == {"guide/guide-x": 5}
    dated = pack("guide", 2006, publisher="guide", year_rule="edition")
    assert tiers([prop(dated)], pack("home"), 1999) == {}


def test_the_factors_own_pack_is_nearer_and_its_other_editions_are_none() -> None:
    assert tiers([prop(each) for each in HUB], HUB[1], 2024) == {"hub-2022/hub-2022-x": 4}


@pytest.mark.parametrize(
    ("locator", "source"),
    [("Table 2, p. 9", "fuel property: OWN, Table 2, p. 9"), ("", "fuel property: own/own-x")],
)
def test_the_source_is_named(locator: str, source: str) -> None:
    made = FuelProperty(
        OWN, "own-x", "diesel", "density", parse_quantity("0.8 kg/L"), "GB", locator
    )
    (edge,) = pack_edges([made], factor(HUB[0]), 2024, lambda _: 7)
    assert (edge.source, edge.order, edge.home, edge.below) == (source, 7, "own GB", "L")
    # 0.8 kg a litre are 800 kg per m3
    assert (edge.per, edge.of, edge.value) == ("m3", "kg", 800)


def test_edges_of_a_block_are_of_one_place() -> None:
    """Heating values and density of one block: the same tier and order, so that they pair."""
    block = Property.model_validate(
        {"ncv": "36 MJ/Nm3", "gcv": "40 MJ/Nm3", "density": "0.8 kg/Nm3"}
    )
    found = own_edges(block, 2, "table")
    assert [(each.tier, each.order, each.home, each.ref) for each in found] == [(2, 0, "", "")] * 3
    assert [each.of for each in found] == ["J:net", "J:gross", "kg"]
    assert own_edges(None, 2, "table") == []


@pytest.mark.parametrize(
    ("kind", "value", "made"),
    [
        ("net_calorific_value", "43 MJ/kg", ("kg", "J:net", F(43 * 10**6), "kg")),
        ("gross_calorific_value", "38.1 MJ/Sm3", ("Nm3", "J:gross", None, "Sm3")),
        ("density", "0.84 kg/L", ("m3", "kg", F(840), "L")),
        ("carbon_content", "0.87 kg/kg", None),
        ("net_calorific_value", "0 MJ/kg", None),
        ("net_calorific_value", "43 MJ/kg gross", None),
        ("density", "43 MJ/kg", None),
    ],
)
def test_the_bridge_of_one_property(
    kind: str, value: str, made: tuple[str, str, Fraction | None, str] | None
) -> None:
    edge = property_edge(kind, parse_quantity(value), 4, "s", "hub/x")
    if made is None:
        assert edge is None
        return
    assert edge is not None
    assert (edge.per, edge.of, edge.below) == (made[0], made[1], made[3])
    assert made[2] is None or edge.value == made[2]
    assert (edge.tier, edge.order, edge.ref, edge.home) == (4, 0, "hub/x", "hub")


@pytest.mark.parametrize(
    ("ncv", "gcv", "below"),
    [
        ("36 MJ/kg", "40 MJ/kg", "kg"),
        ("36 MJ·L/(kg·L)", "40 MJ/kg", "kg"),
        ("36 MJ·L/kg/L", "40 MJ·L/kg/L", "kg"),
        ("0.036 MJ/g", "40 GJ/t", "g"),
        ("36 MJ·m/(m·L)", "40 MJ/L", "m3"),
    ],
)
def test_a_unit_written_with_more_pairs_as_the_plain_one(ncv: str, gcv: str, below: str) -> None:
    """1 kWh gross ÷ 40 × 36 = 0.9 kWh net, however the units are written."""
    found = own_edges(Property.model_validate({"ncv": ncv, "gcv": gcv}), 0, "line")
    assert found[0].below == below
    gross, net = parse_unit("kWh gross"), parse_unit("kWh net")
    assert find_conversion(gross, net, found, fuel=True).ratio == F(9, 10)
