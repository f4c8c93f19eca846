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
