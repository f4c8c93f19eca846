"""The cells that formulas name: printed factor values, conversions, GWPs; each once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.formula import product_of, recipe_of
from ghgcalc.calculation.results.line import LOCATION, MARKET

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.formula import Formula, GasTerms, Printed, Term
    from ghgcalc.calculation.results.plan import Plan
    from ghgcalc.core.gases import GwpSet
    from ghgcalc.core.step import Step
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book

KG_PER_T, CO2_PER_C = "KG_PER_T", "CO2_PER_C"
FACTORS, CONVERSIONS, GWPS = "Factors", "Conversions", "GWP"


class GwpCell(NamedTuple):
    """A GWP: set, gas as the set lists it, value, and the name of its cell."""

    name: str
    set: str
    gas: str
    value: Fraction
    pack: str


class ConversionCell(NamedTuple):
    """A conversion: its name, units, and the steps whose product it is."""

    name: str
    unit: str
    to: str
    steps: tuple[Step, ...]


class ScaleCell(NamedTuple):
    """A plain ratio between two factors' units."""

    name: str
    words: str
    value: Fraction


@dataclass(slots=True)
class PlanCells:
    """A plan with the names of the cells that its formulas use."""

    recipe: Formula
    conversion: str
    ratio: Fraction
    gases: dict[str, tuple[str, str]]
    outside: dict[str, str]
    total: str
    biogenic: str
    deducted: dict[str, str] | None = None


@dataclass(slots=True)
class Cells:
    """Registers named cells in order of first use."""

    book: Book
    catalog: FactorCatalog
    plans: dict[int, PlanCells] = field(default_factory=dict)
    factors: dict[tuple[object, ...], tuple[str, Printed]] = field(default_factory=dict)
    conversions: dict[tuple[object, ...], ConversionCell] = field(default_factory=dict)
    scales: dict[tuple[str, Fraction], ScaleCell] = field(default_factory=dict)
    gwps: dict[tuple[str, str, Fraction], GwpCell] = field(default_factory=dict)

    def register(self, inventory: Inventory) -> None:
        """Name the cells of every plan that a line rests on."""
        for name in (KG_PER_T, CO2_PER_C):
            assert self.book.name(name) == name
        for line in inventory.lines:
            for method in (LOCATION, MARKET):
                for part in line.parts(method):
                    if id(part.plan) not in self.plans:
                        unit = str(part.plan.unit or line.unit)
                        self.plans[id(part.plan)] = self._plan(part.plan, unit, line.id)

    def of(self, plan: Plan) -> PlanCells:
        """The cells of a registered plan."""
        return self.plans[id(plan)]

    def _plan(self, plan: Plan, unit: str, line: str) -> PlanCells:
        recipe = recipe_of(plan, self.catalog, line)
        gases = {}
        for gas in recipe.gases:
            assert gas.gwp is not None
            gases[gas.gas] = (self._sum(gas.terms), self.gwp(plan.gwp_set, gas))
        return PlanCells(
            recipe,
            self._conversion(unit, recipe.steps, plan),
            product_of(recipe.steps),
            gases,
            {gas.gas: self._sum(gas.terms) for gas in recipe.outside},
            self._sum((recipe.total,)) if recipe.total else "",
            self._sum(recipe.biogenic),
            None
            if recipe.deducted is None
            else {gas.gas: self._theirs(gas) for gas in recipe.deducted if gas.gwp},
        )

    def _sum(self, terms: tuple[Term, ...]) -> str:
        """`EF_a`, `EF_a*SCALE_b` or `(EF_a+EF_b)`."""
        texts = []
        for term in terms:
            text = self._factor(term.printed)
            if term.scale != 1:
                text += f"*{self.scale(term.scale_words, term.scale)}"
            texts.append(text)
        return texts[0] if len(texts) == 1 else f"({'+'.join(texts)})" if texts else ""

    def _factor(self, printed: Printed) -> str:
        factor = printed.factor
        owner: object = printed.words if factor is None else (factor.ref, factor.locator)
        key = (owner, printed[1:])
        if key not in self.factors:
            source = factor.ref if factor is not None else "stated"
            self.factors[key] = (self.book.name(f"EF_{source}_{printed.gas}"), printed)
        if printed.divisor is not None:
            self._named_gwp(printed.factor.gwp_set if printed.factor else "", printed)
        return self.factors[key][0]

    def _conversion(self, unit: str, steps: tuple[Step, ...], plan: Plan) -> str:
        factor = plan.resolution.factor
        to = str(factor.per) if factor is not None else unit
        key = (unit, to, steps)
        if key not in self.conversions:
            name = self.book.name(f"CONV_{unit}_to_{to}")
            self.conversions[key] = ConversionCell(name, unit, to, steps)
        return self.conversions[key].name

    def scale(self, words: str, value: Fraction) -> str:
        """The name of a plain ratio's cell."""
        key = (words, value)
        if key not in self.scales:
            self.scales[key] = ScaleCell(self.book.name(f"SCALE_{words}"), words, value)
        return self.scales[key].name

    def gwp(self, set_name: str, gas: GasTerms) -> str:
        """The name of a gas's GWP cell under the inventory's set."""
        assert gas.gwp is not None
        return self._gwp(self.catalog.gwp, set_name, gas.gas, gas.gwp)

    def _theirs(self, gas: GasTerms) -> str:
        """The name of a gas's GWP cell under the set of its publisher's total."""
        assert gas.gwp is not None
        factor = gas.terms[0].printed.factor
        theirs = self.catalog.set_named((factor.gwp_set if factor is not None else None) or "")
        assert theirs is not None
        return self._gwp(theirs, theirs.name, gas.gas, gas.gwp)

    def divisor(self, printed: Printed) -> str:
        """The name of the publisher's GWP that a printed CO2e value is divided by."""
        assert printed.factor is not None
        return self._named_gwp(printed.factor.gwp_set, printed)

    def _named_gwp(self, set_name: str | None, printed: Printed) -> str:
        assert printed.divisor is not None
        theirs = self.catalog.set_named(set_name or "")
        assert theirs is not None
        return self._gwp(theirs, theirs.name, printed.gas, printed.divisor)

    def _gwp(self, known: GwpSet, set_name: str, gas: str, value: Fraction) -> str:
        key = (set_name, gas, value)
        if key not in self.gwps:
            listed = next(
                (n for n in (f"{gas}_fossil", f"{gas}_non_fossil", gas)
                 if known.values.get(n) == value),
                gas,
            )  # fmt: skip
            own = set_name == self.catalog.gwp.name
            name = self.book.name(f"GWP_{listed}" if own else f"GWP_{set_name}_{listed}")
            self.gwps[key] = GwpCell(name, set_name, listed, value, known.pack)
        return self.gwps[key].name
