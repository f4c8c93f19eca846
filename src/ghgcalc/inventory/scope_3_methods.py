"""By which methods Scope 3 was calculated, by category, and how much rests on partners' data.

Source: Scope 3 Standard 11.1: methods by category, and the percentage of emissions calculated with
data of suppliers or other partners in the value chain (S3-06, S3-07).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ZERO, grouped, significant
from ghgcalc.core.vocabulary.scope_3_methods import METHODS_OF, NOT_STATED, OF_PARTNERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.inventory.inventory import Inventory


class MethodsOf(NamedTuple):
    """The tonnes of a category by the word of its methods, the most specific first."""

    category: str
    tonnes: dict[str, Fraction]
    lines: dict[str, int]

    @property
    def total(self) -> Fraction:
        """Tonnes of the category."""
        return sum(self.tonnes.values(), ZERO)

    def share(self, word: str) -> Fraction | None:
        """The share of a method in the category's tonnes; None where these are 0."""
        return self.tonnes[word] / self.total if self.total else None

    @property
    def of_partners(self) -> Fraction | None:
        """The share calculated with data of partners; None where the category has 0 t."""
        told = sum((t for word, t in self.tonnes.items() if word in OF_PARTNERS), ZERO)
        return told / self.total if self.total else None


def scope_3_methods(lines: Iterable[Line]) -> dict[str, MethodsOf]:
    """The methods of each Scope 3 category that has a line, in the order of the categories."""
    sums: PlanSums[tuple[str, str]] = PlanSums()
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.scope == 3:
            key = (line.category, line.calculated_by or NOT_STATED)
            sums.add(key, line.location_based or line.market_based)
            counts[key] = counts.get(key, 0) + line.count
    tonnes = sums.tonnes()
    found = {}
    for category in sorted({category for category, _ in counts}, key=_order):
        words = sorted((word for at, word in counts if at == category), key=_specific(category))
        found[category] = MethodsOf(
            category,
            {word: tonnes.get((category, word), ZERO) for word in words},
            {word: counts[category, word] for word in words},
        )
    return found


def not_stated_note(inventory: Inventory) -> list[str]:
    """How much of Scope 3 names no method, as one note."""
    lines = [line for line in inventory.wholes
             if line.scope == 3 and line.calculated_by == NOT_STATED]  # fmt: skip
    if not lines:
        return []
    found = scope_3_methods(lines)
    told = sum((each.total for each in found.values()), ZERO)
    count = sum(each.lines[NOT_STATED] for each in found.values())
    whole = inventory.totals.scope_3
    share = f" ({significant(told / whole * 100, 3)} % of Scope 3)" if whole else ""
    what = "1 line names" if count == 1 else f"{count:,} lines name"
    return [f"{what} no method of Scope 3: {grouped(told)} tCO2e{share}; state `method:` (S3-06)"]


def _order(category: str) -> tuple[int, str]:
    known = list(METHODS_OF)
    return (known.index(category) if category in known else len(known), category)


def _specific(category: str) -> Callable[[str], int]:
    words = (*METHODS_OF.get(category, ()), NOT_STATED)
    return words.index
