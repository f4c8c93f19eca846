"""Exact sums of priced quantities: linear, so what shares a plan is added before it is priced."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

from ghgcalc.numbers import ExactSums

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.model.inventory import Part, Plan

K = TypeVar("K")


class PlanSums(Generic[K]):
    """Exact sums of quantities by key and plan: linear, so each plan is multiplied once.

    Numerators add up per denominator: quantities share few, and no partial sum is reduced.
    """

    __slots__ = ("_plans", "_sums")

    def __init__(self) -> None:
        self._plans: dict[int, Plan] = {}
        self._sums: dict[tuple[K, int, int], int] = {}

    def add(self, key: K, parts: tuple[Part, ...]) -> None:
        """Add the quantities of parts under a key."""
        for part in parts:
            numerator, denominator = part.quantity.as_integer_ratio()
            place = (key, id(part.plan), denominator)
            known = self._sums.get(place)
            if known is None:
                self._plans[id(part.plan)] = part.plan
                known = 0
            self._sums[place] = known + numerator

    def items(self) -> Iterator[tuple[K, Plan, Fraction]]:
        """Keys, plans and summed quantities, in order of first appearance."""
        for (key, plan, denominator), numerator in self._sums.items():
            yield key, self._plans[plan], Fraction(numerator, denominator)

    def tonnes(self) -> dict[K, Fraction]:
        """Tonnes CO2e by key, in order of first appearance."""
        sums: ExactSums[K] = ExactSums()
        for key, plan, quantity in self.items():
            sums.add(key, plan.tonnes * quantity)
        return dict(sums.items())
