from __future__ import annotations

from fractions import Fraction

import pytest

from ghgcalc.calculation.scope_2.allocate import LEVELS, Demand, Offer, allocate
from ghgcalc.company.instrument import InstrumentType

F = Fraction
NEEDS = [Demand("a", F(60)), Demand("b", F(40))]


def test_every_instrument_type_has_a_level() -> None:
    assert set(InstrumentType.__args__) == set(LEVELS)  # type: ignore[attr-defined]


def test_pro_rata_over_the_market() -> None:
    result = allocate(NEEDS, [Offer("x", F(10), 1, None)])
    assert result.tranches == {"a": {"x": 6}, "b": {"x": 4}}


def test_surplus_is_never_applied() -> None:
    result = allocate(NEEDS, [Offer("x", F(1000), 1, frozenset("b"))])
    assert result.used == {"x": 40}
    assert result.uncovered == {"a": 60, "b": 0}


def test_certificates_before_contracts() -> None:
    held = [Offer("ppa", F(80), 2, None), Offer("go", F(80), 1, None)]
    assert allocate(NEEDS, held).used == {"ppa": 20, "go": 80}


def test_an_instrument_of_no_consumer_stays_unused() -> None:
    assert allocate(NEEDS, [Offer("x", F(5), 1, frozenset("z"))]).used == {"x": 0}
    assert allocate(NEEDS, [Offer("x", F(5), 1, frozenset())]).used == {"x": 0}
    assert allocate([], [Offer("x", F(5), 1, None)]).used == {"x": 0}


def test_an_explicit_allocation_that_exceeds_consumption_is_refused_whole() -> None:
    fixed = (("a", F(10)), ("b", F(41)))
    result = allocate(NEEDS, [Offer("x", F(51), 1, None, fixed)])
    assert result.refused == {"x": "b"}
    assert result.used == {"x": 0}
    assert result.uncovered == {"a": 60, "b": 40}


@pytest.mark.parametrize("fixed", [(("a", F(11)),), (("a", F(-1)),), (("a", F(9)), ("b", F(9)))])
def test_an_explicit_allocation_stays_within_the_volume(fixed: tuple[tuple[str, F], ...]) -> None:
    result = allocate(NEEDS, [Offer("x", F(10), 1, None, fixed)])
    assert 0 <= result.used["x"] <= 10
    assert result.refused


def test_lines_of_one_facility_are_one_demand() -> None:
    whole = allocate([Demand("a", F(5))], [Offer("x", F(2), 1, None)])
    parts = allocate([Demand("a", F(2)), Demand("a", F(3))], [Offer("x", F(2), 1, None)])
    assert whole == parts


def test_thirds_stay_exact() -> None:
    needs = [Demand(name, F(1)) for name in "abc"]
    result = allocate(needs, [Offer("x", F(1), 1, None)])
    assert set(result.uncovered.values()) == {F(2, 3)}


def test_an_explicit_allocation_below_one_mwh_is_spent() -> None:
    result = allocate(NEEDS, [Offer("x", F(2), 1, None, (("a", F(1, 2)), ("b", F(0))))])
    assert not result.refused
    # 2 MWh − 0.5 fixed at a; nothing else of it is spent where `allocate:` says it all
    assert result.tranches["a"]["x"] == F(1, 2)


def test_an_instrument_without_mwh_is_none() -> None:
    result = allocate(NEEDS, [Offer("x", F(0), 1, None), Offer("y", F(10), 2, None)])
    assert result.used == {"x": 0, "y": 10}
    assert result.tranches == {"a": {"y": 6}, "b": {"y": 4}}


def test_an_explicit_allocation_to_a_place_without_consumption_is_refused() -> None:
    fixed = (("a", F(10)), ("z", F(1)))
    result = allocate(NEEDS, [Offer("x", F(20), 1, None, fixed)])
    assert result.refused == {"x": "z"}
    assert result.used == {"x": 0}
    # nothing allocated to it, nothing refused
    none = allocate(NEEDS, [Offer("x", F(20), 1, None, (("a", F(10)), ("z", F(0))))])
    assert not none.refused
    assert none.used == {"x": 10}


def test_what_names_facilities_is_spent_before_what_serves_the_market() -> None:
    """10 MWh of `named` at a leave 50 + 40; 45 MWh of the market are half of each."""
    for held in (
        [Offer("named", F(10), 1, frozenset("a")), Offer("market", F(45), 1, None)],
        [Offer("market", F(45), 1, None), Offer("named", F(10), 1, frozenset("a"))],
        # also where the other one stands higher in the hierarchy
        [Offer("named", F(10), 2, frozenset("a")), Offer("market", F(45), 1, None)],
    ):
        result = allocate(NEEDS, held)
        assert result.tranches == {"a": {"named": 10, "market": 25}, "b": {"market": 20}}


def test_explicit_allocations_stand_beside_others() -> None:
    """20 MWh fixed at a leave 40 + 40; the other 8 MWh are half and half."""
    fixed = Offer("fixed", F(20), 2, None, (("a", F(20)),))
    for held in ([fixed, Offer("x", F(8), 1, None)], [Offer("x", F(8), 1, None), fixed]):
        assert allocate(NEEDS, held).tranches == {"a": {"fixed": 20, "x": 4}, "b": {"x": 4}}


def test_the_place_of_a_refused_allocation_is_told_and_others_are_spent() -> None:
    held = [
        Offer("beyond", F(50), 1, None, (("b", F(50)),)),  # b consumes 40
        Offer("fine", F(20), 1, None, (("a", F(20)),)),
        Offer("more", F(10), 1, None, (("a", F(4)), ("b", F(7)))),  # 11 of its 10
    ]
    result = allocate(NEEDS, held)
    assert result.refused == {"beyond": "b", "more": "a"}
    assert result.used == {"beyond": 0, "fine": 20, "more": 0}
    assert result.tranches == {"a": {"fine": 20}}
