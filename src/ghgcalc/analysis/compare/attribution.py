"""The change of a line, split over what it is a product of; the parts add up exactly.

Emissions of a line are held × share × quantity × Σ coverage × conversion × mass per unit × GWP,
summed over tranches and gases; `held` is the share of the period's days on which the facility is
consolidated, and the quantity that of a whole period. Each of the seven players moves from its
value before to its value after; its part is the Shapley value: the mean, over all orders of moving,
of the change it makes. It is symmetric (no order is preferred), antisymmetric (A → B is minus
B → A), and exact in fractions.

Source: Shapley (1953); for emission changes Ang (2004), Sun (1998), `docs/methods.md`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HELD, SHARE, QUANTITY, COVERAGE = "held", "share", "quantity", "coverage"
CONVERSION, MASS, GWP = "conversion", "mass", "gwp"
PLAYERS = (HELD, SHARE, QUANTITY, COVERAGE, CONVERSION, MASS, GWP)


class Tranche(NamedTuple):
    """A share of the quantity with one price: conversion, kg of each gas per factor unit, GWPs."""

    coverage: Fraction
    conversion: Fraction
    per: str
    masses: Mapping[str, Fraction]
    gwps: Mapping[str, Fraction]


class State(NamedTuple):
    """A line, or lines of one kind together, at one time.

    `quantity` is that of a whole period: what was used, divided by `held`.
    """

    share: Fraction
    quantity: Fraction
    tranches: Mapping[str, Tranche]
    held: Fraction = Fraction(1)


class _Whole(NamedTuple):
    """Before and after of what all tranches share."""

    held: tuple[Fraction, Fraction]
    share: tuple[Fraction, Fraction]
    quantity: tuple[Fraction, Fraction]

    @classmethod
    def of(cls, before: State, after: State) -> _Whole:
        return cls(
            (before.held, after.held), (before.share, after.share),
            (before.quantity, after.quantity),
        )  # fmt: skip


class _Pair(NamedTuple):
    """Before and after of one tranche and gas, gaps filled so that an absent price is no change."""

    gas: str
    coverage: tuple[Fraction, Fraction]
    conversion: tuple[Fraction, Fraction]
    mass: tuple[Fraction, Fraction]
    gwp: tuple[Fraction, Fraction]


Effects = dict[tuple[str, str], Fraction]


def tonnes_of(state: State) -> Fraction:
    """Tonnes CO2e of a state."""
    pairs = list(_pairs(state, state))
    return sum(_value(_Whole.of(state, state), pairs, frozenset()).values(), ZERO)


def attribute(before: State, after: State) -> Effects:
    """Tonnes CO2e of change by (player, gas); only players that moved are in it.

    The values sum to the emissions of `after` minus those of `before`, exactly.
    """
    pairs = list(_pairs(before, after))
    whole = _Whole.of(before, after)
    moved = [
        name for name in PLAYERS if any(first != last for first, last in _moves(name, whole, pairs))
    ]
    values = {
        frozenset(chosen): _value(whole, pairs, frozenset(chosen))
        for size in range(len(moved) + 1)
        for chosen in combinations(moved, size)
    }
    effects: Effects = {}
    for name in moved:
        for gas, tonnes in _shapley(name, moved, values).items():
            if tonnes:
                effects[name, gas] = tonnes
    return effects


def _moves(name: str, whole: _Whole, pairs: Iterable[_Pair]) -> Iterable[tuple[Fraction, Fraction]]:
    """Before and after of a player, in each tranche and gas."""
    if name in _Whole._fields:
        return [getattr(whole, name)]
    return [getattr(pair, name) for pair in pairs]


def _shapley(
    name: str, moved: list[str], values: Mapping[frozenset[str], Mapping[str, Fraction]]
) -> dict[str, Fraction]:
    """The mean of what moving `name` changes, over all orders, by gas."""
    others = [other for other in moved if other != name]
    count = len(moved)
    found: dict[str, Fraction] = {}
    for size in range(count):
        weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
        for chosen in combinations(others, size):
            without, with_ = values[frozenset(chosen)], values[frozenset((*chosen, name))]
            for gas in {**without, **with_}:
                change = with_.get(gas, ZERO) - without.get(gas, ZERO)
                found[gas] = found.get(gas, ZERO) + weight * change
    return found


def _value(whole: _Whole, pairs: Iterable[_Pair], after: frozenset[str]) -> dict[str, Fraction]:
    """Tonnes by gas where the players in `after` have moved and the others not."""
    amount = whole.held[HELD in after] * whole.share[SHARE in after] / 1000
    amount *= whole.quantity[QUANTITY in after]
    found: dict[str, Fraction] = {}
    for pair in pairs:
        tonnes = (
            amount
            * pair.coverage[COVERAGE in after]
            * pair.conversion[CONVERSION in after]
            * pair.mass[MASS in after]
            * pair.gwp[GWP in after]
        )
        found[pair.gas] = found.get(pair.gas, ZERO) + tonnes
    return found


def _pairs(before: State, after: State) -> Iterable[_Pair]:
    for key in sorted({*before.tranches, *after.tranches}):
        old, new = before.tranches.get(key), after.tranches.get(key)
        first, last = old or new, new or old
        assert first is not None
        assert last is not None
        coverage = (old.coverage if old else ZERO, new.coverage if new else ZERO)
        split = first.per == last.per
        conversion = (first.conversion, last.conversion) if split else (ONE, ONE)
        for gas in sorted({*first.masses, *last.masses}):
            masses = (first.masses.get(gas, ZERO), last.masses.get(gas, ZERO))
            if not split:  # per kWh and per tonne: only their product can be compared
                masses = (masses[0] * first.conversion, masses[1] * last.conversion)
            gwps = (
                first.gwps.get(gas, last.gwps.get(gas, ONE)),
                last.gwps.get(gas, first.gwps.get(gas, ONE)),
            )
            yield _Pair(gas, coverage, conversion, masses, gwps)
