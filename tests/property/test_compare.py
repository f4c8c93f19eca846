"""Comparing: the causes sum exactly, in any order, with the sign turned where the sides are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.analysis.compare.attribution import State, Tranche, attribute, tonnes_of
from ghgcalc.analysis.compare.difference import Difference, difference
from ghgcalc.analysis.compare.snapshot import (
    METHODS,
    Snapshot,
)
from ghgcalc.calculation.results.line import LOCATION
from support.snapshots import snapshots
from support.strategies import profile

if TYPE_CHECKING:
    pass


def by_cause(found: Difference, method: str) -> dict[str, Fraction]:
    return {name: value for name, value in found.causes(method).items() if value}


quick = profile(25)


@quick
@given(snapshots(), snapshots())
def test_causes_sum_exactly_to_the_change(before: Snapshot, after: Snapshot) -> None:
    """Over all, in every scope, and in every source."""
    found = difference(before, after)
    for method in METHODS:
        for scopes in ((1,), (2,), (3,), (1, 2, 3)):
            change = sum(line.tonnes(method) for line in after.lines if line.scope in scopes)
            change -= sum(line.tonnes(method) for line in before.lines if line.scope in scopes)
            assert sum(found.causes(method, scopes).values()) == change
        for item in found.changes:
            assert sum(item.effects[method].values()) == item.change(method)


@quick
@given(snapshots(), snapshots())
def test_turning_the_sides_turns_the_sign(before: Snapshot, after: Snapshot) -> None:
    """Every cause of every scope, by its name: diff(A, B) = −diff(B, A)."""
    there, back = difference(before, after), difference(after, before)
    for method in METHODS:
        for scopes in ((1,), (2,), (3,), (1, 2, 3)):
            old, new = there.causes(method, scopes), back.causes(method, scopes)
            assert old == {name: -value for name, value in new.items()}


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
    mixed_after = [*after.lines]
    random.shuffle(mixed_after)  # type: ignore[attr-defined]
    one = difference(before, after)
    other = difference(
        replace(before, lines=tuple(mixed)), replace(after, lines=tuple(mixed_after))
    )
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


def test_days_held_by_hand() -> None:
    # a plant of 365 MWh a year at 1 t/MWh, held on 184 of 365 days, then on all 366: 184 → 365 t.
    # The days alone moved: 365 × (1 − 184/365) = +181 t
    half = State(Fraction(1), Fraction(365), state("1", "1", rest=("1", "1000")).tranches,
                 Fraction(184, 365))  # fmt: skip
    whole = half._replace(held=Fraction(1))
    assert attribute(half, whole) == {("held", "CO2"): 181}
    # grown by a tenth to 401.5: days 181/365 × mean(365, 401.5) = 190.05 t,
    # quantity 36.5 × mean(184/365, 1) = 27.45 t; together 401.5 − 184 = 217.5 t
    grown = whole._replace(quantity=Fraction("401.5"))
    assert attribute(half, grown) == {
        ("held", "CO2"): Fraction("190.05"), ("quantity", "CO2"): Fraction("27.45"),
    }  # fmt: skip


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
