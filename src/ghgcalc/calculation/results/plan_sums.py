"""Exact sums of priced quantities: linear, so what shares a plan is added before it is priced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ghgcalc.core.numbers import ExactSums, summed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from ghgcalc.calculation.results.plan import Part, Plan

K = TypeVar("K")


class PlanSums(Generic[K]):
    """Exact sums of quantities by key and plan: linear, so each plan is multiplied once.

    Numerators add up per denominator: quantities share few, and no partial sum is reduced.
    """

    __slots__ = ("_plans", "_sums")

    def __init__(self) -> None:
        self._plans: dict[int, Plan] = {}
        self._sums: dict[tuple[K, int], dict[int, int]] = {}

    def add(self, key: K, parts: tuple[Part, ...]) -> None:
        """Add the quantities of parts under a key."""
        for part in parts:
            plan = part.plan
            place = (key, id(plan))
            sums = self._sums.get(place)
            if sums is None:
                self._plans[id(plan)] = plan
                sums = self._sums[place] = {}
            numerator, denominator = part.quantity.as_integer_ratio()
            sums[denominator] = sums.get(denominator, 0) + numerator

    def items(self) -> Iterator[tuple[K, Plan, Fraction]]:
        """Keys, plans and summed quantities, in order of first appearance."""
        for (key, plan), sums in self._sums.items():
            yield key, self._plans[plan], summed(sums)

    def tonnes(self) -> dict[K, Fraction]:
        """Tonnes CO2e by key, in order of first appearance."""
        sums: ExactSums[K] = ExactSums()
        for key, plan, quantity in self.items():
            sums.add(key, plan.tonnes * quantity)
        return dict(sums.items())
