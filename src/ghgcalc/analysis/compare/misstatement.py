"""Stated figures against recomputed ones: net and gross misstatement per scope (ISO-06).

ISO 14064-3:2019: a misstatement is an error, omission or misrepresentation; its materiality is
judged against a threshold agreed for the engagement. Net lets over- and understatement cancel,
gross does not. Every line counts by itself, and so does a total that is not the sum of its lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus, total_of
from ghgcalc.core.numbers import ZERO

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory

METHODS = (LOCATION, MARKET)
# what a saved file rounds away: 12 decimals of JSON, 15 digits of a spreadsheet
SLACK, RELATIVE = Fraction(1, 10**6), Fraction(1, 10**9)


class StatedLine(NamedTuple):
    """A line as stated: scope, tonnes by method; None where the method has none."""

    scope: int
    tonnes: dict[str, Fraction | None]


@dataclass(slots=True)
class Stated:
    """A saved inventory's lines by id and its totals by scope and method."""

    lines: dict[str, StatedLine] = field(default_factory=dict)
    totals: dict[tuple[int, str], Fraction] = field(default_factory=dict)


@dataclass(slots=True)
class Misstatement:
    """One figure: recomputed and stated tonnes, net and gross misstatement, the items behind.

    `recomputed` is None where a line states the other method alone, the figure is not known, and
    where it was not `evaluated`: Scope 3 without a line. `claimed` tells the same of the saved one.
    """

    figure: str
    method: str
    recomputed: Fraction | None
    net: Fraction = ZERO
    gross: Fraction = ZERO
    items: list[tuple[str, Fraction]] = field(default_factory=list)
    evaluated: bool = True
    claimed: bool = True

    @property
    def stated(self) -> Fraction | None:
        """Tonnes as stated; None where the figure is not known, or nothing was stated."""
        if not self.claimed:
            return None
        return plus(self.recomputed if self.evaluated else ZERO, self.net)

    @property
    def share(self) -> Fraction | None:
        """Gross misstatement over the recomputed figure; None over 0, or where it is not known."""
        return self.gross / abs(self.recomputed) if self.recomputed else None

    def material(self, threshold: Fraction) -> bool:
        """Whether the gross misstatement reaches the threshold; over 0, any does."""
        return self.gross > 0 if self.share is None else self.share >= threshold

    def add(self, what: str, change: Fraction) -> None:
        """Count one item."""
        self.net += change
        self.gross += abs(change)
        self.items.append((what, change))


def misstatements(stated: Stated, inventory: Inventory) -> list[Misstatement]:
    """Scopes 1, 2 and 3 and their sum, Scope 2 and the sum under both methods."""
    found = []
    for method in METHODS:
        scopes = [_scope(stated, inventory, scope, method) for scope in (1, 2, 3)]
        one, two, three = (s.recomputed if s.evaluated else ZERO for s in scopes)
        whole = Misstatement("scope_1_2_3", method, plus(plus(one, two), three))
        for scope in scopes:
            for what, change in scope.items:
                whole.add(what, change)
        found += [scopes[1], whole] if method == MARKET else [*scopes, whole]
    return found


def _scope(stated: Stated, inventory: Inventory, scope: int, method: str) -> Misstatement:
    lines = [line for line in inventory.lines if line.scope == scope]
    computed = {line.id: line.co2e(method) or ZERO for line in lines}
    claimed = {
        name: line.tonnes.get(method) or ZERO
        for name, line in stated.lines.items()
        if line.scope == scope
    }
    evaluated = scope < 3 or bool(lines)
    made = Misstatement(
        f"scope_{scope}", method, total_of(lines, method) if evaluated else None,
        evaluated=evaluated,
    )  # fmt: skip
    for name in dict.fromkeys([*computed, *claimed]):
        value = computed.get(name, ZERO)
        change = claimed.get(name, ZERO) - value
        if abs(change) > max(SLACK, abs(value) * RELATIVE):
            made.add(name, change)
    total = stated.totals.get((scope, method))
    whole = sum(claimed.values(), ZERO)
    made.claimed = scope < 3 or bool(claimed) or bool(total)
    if total is not None and made.recomputed is None and evaluated:
        made.add("a line states the other method alone, the total is not known", total)
    elif total is not None and abs(total - whole) > max(SLACK, abs(whole) * RELATIVE):
        made.add("the total is not the sum of its lines", total - whole)
    return made
