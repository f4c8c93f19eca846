"""Totals of lines by scope and method; unknown where a line states the other method alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET, Line, lacking, no_method
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ZERO

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(slots=True)
class Totals:
    """Tonnes CO2e by scope and method, biogenic CO2 apart, gases outside the seven apart.

    A total is None where a line that it holds states the other method alone; that of Scope 3 where
    no line is of it: it was not evaluated.
    """

    scope_1: Fraction = ZERO
    scope_2: dict[str, Fraction | None] = field(default_factory=dict)
    scope_3: Fraction | None = None
    biogenic_co2: Fraction = ZERO

    def scope_1_2(self, method: str) -> Fraction | None:
        """Scope 1 + 2 under a method.

        Raises:
            ValueError: there is no such method.
        """
        if method not in (LOCATION, MARKET):
            no_method(method)
        scope_2 = self.scope_2.get(method, ZERO)
        return None if scope_2 is None else self.scope_1 + scope_2

    def all_scopes(self, method: str) -> Fraction | None:
        """Scopes 1 + 2 + 3 under a method; Scope 3 as far as it was evaluated.

        Raises:
            ValueError: there is no such method.
        """
        part = self.scope_1_2(method)
        return None if part is None else part + (self.scope_3 or ZERO)


def totals_of(lines: list[Line]) -> Totals:
    """Sum lines; biogenic CO2 by the location-based parts (they exist for each line)."""
    sums: PlanSums[tuple[int, str]] = PlanSums()
    for line in lines:
        sums.add((line.scope, LOCATION), line.location_based)
        if line.scope == 2:
            sums.add((2, MARKET), line.market_based)
    totals = Totals()
    scope_2 = {LOCATION: ZERO, MARKET: ZERO}
    for (scope, method), plan, quantity in sums.items():
        tonnes = plan.tonnes * quantity
        if scope == 1:
            totals.scope_1 += tonnes
        elif scope == 2:
            scope_2[method] += tonnes
        else:
            totals.scope_3 = (totals.scope_3 or ZERO) + tonnes
        if method == LOCATION and plan.biogenic:
            totals.biogenic_co2 += plan.biogenic * quantity / 1000
    unknown = lacking(lines)
    totals.scope_2 = {m: None if m in unknown else value for m, value in scope_2.items()}
    return totals
