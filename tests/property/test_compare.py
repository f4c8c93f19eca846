"""Comparing: the causes sum exactly, in any order, with the sign turned where the sides are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ghgcalc.compare.attribution import State, Tranche, attribute, tonnes_of
from ghgcalc.compare.difference import Difference, difference
from ghgcalc.compare.snapshot import (
    FACTOR,
    MASSES,
    METHODS,
    REPORTED,
    REST,
    GasMass,
    SnapLine,
    SnapPart,
    Snapshot,
)
from ghgcalc.model.inventory import LOCATION
from ghgcalc.model.period import Span

if TYPE_CHECKING:
    from collections.abc import Callable

amounts = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)
positive = st.fractions(min_value=Fraction(1, 1000), max_value=10**4, max_denominator=1000)
shares = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)
gases = st.sampled_from(["CO2", "CH4", "N2O", "unspecified"])


@st.composite
def parts(draw: Callable[..., object], weighted: Fraction) -> tuple[SnapPart, ...]:
    cut = draw(st.lists(shares, min_size=0, max_size=2))
    tranches = ["GEC", "PPA", REST]
    left, found = weighted, []
    for name, share in zip(tranches, [*cut, Fraction(1)], strict=False):  # type: ignore[misc]
        quantity = left * share
        left -= quantity
        masses = tuple(
            GasMass(gas, quantity * draw(positive), draw(positive))  # type: ignore[operator]
            for gas in draw(st.lists(gases, unique=True, max_size=3))  # type: ignore[attr-defined]
        )
        per = draw(st.sampled_from(["kWh", "GJ net", "t"]))
        made = draw(st.sampled_from([FACTOR, FACTOR, MASSES, REPORTED]))
        found.append(SnapPart(name, quantity, draw(positive), per, made, masses))  # type: ignore[arg-type]
    return tuple(found)


@st.composite
def lines(draw: Callable[..., object]) -> SnapLine:
    quantity, weight = draw(amounts), draw(shares)
    located = draw(parts(quantity * weight))  # type: ignore[operator]
    market = located if draw(st.booleans()) else draw(parts(quantity * weight))  # type: ignore[operator]
    name = draw(st.sampled_from("abcdefgh"))
    return SnapLine(
        f"{name}/{draw(st.integers(0, 3))}", name, draw(st.sampled_from(["x", "y", "z", ""])), "CN",  # type: ignore[arg-type]
        draw(st.sampled_from([1, 2, 3])),  # type: ignore[arg-type]
        draw(st.sampled_from(["purchased_electricity", "stationary_combustion"])), "",  # type: ignore[arg-type]
        draw(st.sampled_from(["J", "kg"])), weight, quantity, draw(st.booleans()),  # type: ignore[arg-type]
        {"location_based": located, "market_based": market},
    )  # fmt: skip


@st.composite
def snapshots(draw: Callable[..., object]) -> Snapshot:
    year = draw(st.sampled_from([2022, 2023]))
    span = Span(date(year, 1, 1), date(year, 12, 31))  # type: ignore[arg-type]
    found = tuple(draw(st.lists(lines(), max_size=3)))  # type: ignore[arg-type]
    return Snapshot(str(year), "A", str(year), span, None, "operational_control", "AR6", found)


def by_cause(found: Difference, method: str) -> dict[str, Fraction]:
    return {name: value for name, value in found.causes(method).items() if value}


quick = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(snapshots(), snapshots())
def test_causes_sum_exactly_to_the_change(before: Snapshot, after: Snapshot) -> None:
    found = difference(before, after)
    for method in METHODS:
        change = sum(line.tonnes(method) for line in after.lines)
        change -= sum(line.tonnes(method) for line in before.lines)
        assert sum(found.causes(method).values()) == change
        for item in found.changes:
            assert sum(item.effects[method].values()) == item.change(method)


@quick
@given(snapshots(), snapshots())
def test_turning_the_sides_turns_the_sign(before: Snapshot, after: Snapshot) -> None:
    there, back = difference(before, after), difference(after, before)
    for method in METHODS:
        old, new = by_cause(there, method), by_cause(back, method)
        turned = {"opened": "closed", "new": "ended", "closed": "opened", "ended": "new"}
        assert sum(old.values()) == -sum(new.values())
        # a method that changes is named by the later side's kind, all else by what moved
        named = {turned.get(name, name): -value for name, value in new.items()}
        quantity = ("activity", "reported figure", "emission factor", "data correction")
        assert {k: v for k, v in named.items() if k not in quantity} == {
            k: v for k, v in old.items() if k not in quantity
        }


@quick
@given(snapshots())
def test_an_inventory_does_not_differ_from_itself(side: Snapshot) -> None:
    found = difference(side, side)
    assert all(by_cause(found, method) == {} for method in METHODS)


@quick
@given(snapshots(), snapshots(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(
    before: Snapshot, after: Snapshot, random: object
) -> None:
    mixed = [*before.lines]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one = difference(before, after)
    other = difference(replace(before, lines=tuple(mixed)), after)
    for method in METHODS:
        assert by_cause(one, method) == by_cause(other, method)


def state(share: str, quantity: str, **tranches: tuple[str, str]) -> State:
    return State(
        Fraction(share), Fraction(quantity),
        {name: Tranche(Fraction(cover), Fraction(1), "MWh", {"CO2": Fraction(kg)},
                       {"CO2": Fraction(1)}) for name, (cover, kg) in tranches.items()},
    )  # fmt: skip


def test_two_factors_by_hand() -> None:
    # 100 MWh at 500 kg → 80 MWh at 400 kg: −18 t. Shapley: quantity −20 × mean(500, 400) = −9 t,
    # factor −100 × mean(100, 80) = −9 t.
    old, new = state("1", "100", rest=("1", "500")), state("1", "80", rest=("1", "400"))
    assert attribute(old, new) == {("quantity", "CO2"): -9, ("mass", "CO2"): -9}


def test_coverage_by_hand() -> None:
    # 100 MWh at 600 kg; then 40 of 100 covered at 0: coverage alone moved, −24 t
    old = state("1", "100", rest=("1", "600"))
    new = state("1", "100", rest=("0.6", "600"), gec=("0.4", "0"))
    assert attribute(old, new) == {("coverage", "CO2"): -24}


def test_share_quantity_and_factor_by_hand() -> None:
    # 0.5 × 100 × 2 → 1 × 200 × 4 (kg): 100 → 800. Shapley of a product of three that each double:
    # v = 1, 2, 4, 8 (× 100) by how many moved; each gets 700 / 3
    old, new = state("0.5", "100", rest=("1", "2")), state("1", "200", rest=("1", "4"))
    effects = attribute(old, new)
    assert set(effects.values()) == {Fraction(7, 30)}
    assert sum(effects.values()) == tonnes_of(new) - tonnes_of(old) == Fraction(7, 10)


@quick
@given(snapshots(), snapshots())
def test_every_line_is_in_exactly_one_match(before: Snapshot, after: Snapshot) -> None:
    found = difference(before, after)
    old = sorted(line.id for change in found.changes for line in change.pair.before)
    new = sorted(line.id for change in found.changes for line in change.pair.after)
    assert old == sorted(line.id for line in before.lines)
    assert new == sorted(line.id for line in after.lines)
    for figure in found.figures:
        if figure.name == "scope_1":
            scope_1 = [line.tonnes(LOCATION) for line in after.lines if line.scope == 1]
            assert figure.after == sum(scope_1)
