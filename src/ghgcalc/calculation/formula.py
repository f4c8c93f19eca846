"""How a plan's tonnes follow from printed values: terms for workbook formulas.

Nothing is computed anew: each gas of a plan is led back to the printed value it came from, and a
plan whose terms do not give its own masses and total exactly is a bug, never a workbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, get_args

from ghgcalc.calculation.arithmetic import CARBON_TO_CO2
from ghgcalc.core.gases import BIOGENIC, REST, UNSPECIFIED, Ch4Origin, known_gas
from ghgcalc.core.numbers import ONE, ZERO
from ghgcalc.core.units import parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from ghgcalc.calculation.results.plan import GasRate, Plan
    from ghgcalc.core.step import Step
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor, GasValue

CARBON = "C"
CO2_PER_CARBON = CARBON_TO_CO2


class Printed(NamedTuple):
    """A value as its publisher prints it, and what makes it kilograms per factor unit.

    `size` is kg per printed unit of mass; `oxidation` is set for carbon alone; `divisor` is the
    publisher's GWP where CO2e of a gas is printed. `factor` is None for masses and statements of
    the company file, which `words` describes.
    """

    factor: Factor | None
    gas: str
    value: Fraction
    unit: str
    size: Fraction = ONE
    oxidation: Fraction | None = None
    divisor: Fraction | None = None
    words: str = ""

    @property
    def kg(self) -> Fraction:
        """Kg per unit of the factor: of the gas, or of CO2e for a printed total."""
        kg = self.value * self.size
        if self.oxidation is not None:
            kg *= self.oxidation * CARBON_TO_CO2
        return kg / self.divisor if self.divisor else kg


class Term(NamedTuple):
    """Quantity × conversion × `printed` × `scale`; `scale` leads to another factor's unit."""

    printed: Printed
    scale: Fraction = ONE
    scale_words: str = ""


class GasTerms(NamedTuple):
    """One gas of a plan: the terms that add to its mass, and its GWP."""

    gas: str
    group: str
    gwp: Fraction | None
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """The terms of a plan.

    Attributes:
        steps: conversion from the activity's unit to the factor's.
        gases: the gases of the seven groups.
        total: a printed CO2e total that stands; what the gases leave of it is unspecified. Or the
            CO2e of gases not told apart, of which nothing is deducted.
        deducted: the gases that leave it, by the publisher's GWP, where the inventory has another
            set: the rest stays as printed, the gases are weighed anew. None under one set.
        biogenic: terms of biogenic CO2.
        outside: gases outside the seven groups.
    """

    plan: Plan
    steps: tuple[Step, ...]
    gases: tuple[GasTerms, ...]
    total: Term | None
    biogenic: tuple[Term, ...]
    outside: tuple[GasTerms, ...]
    deducted: tuple[GasTerms, ...] | None = None


def recipe_of(plan: Plan, catalog: FactorCatalog, line: str) -> Formula:
    """The terms of a plan; they give its figures exactly. `line` is named where they do not.

    Raises:
        AssertionError: when a figure of the plan does not follow from printed values (a bug).
    """
    factor = plan.resolution.factor
    try:
        recipe = _stated(plan) if factor is None else _of_factor(plan, factor, catalog)
        _prove(recipe)
    except AssertionError as error:
        source = f", `{factor.ref}`" if factor is not None else ""
        raise AssertionError(f"line `{line}`{source}: {error}") from error
    return recipe


def _stated(plan: Plan) -> Formula:
    """Measured masses, reported CO2e, or nothing at all: values of the company file."""
    unit = str(plan.unit or "unit")
    each = 1 / product_of(plan.steps)  # of the file's values, which are before the steps

    def terms(rate: GasRate) -> tuple[Term, ...]:
        words = rate.text or "share of the gas mass, company file"
        return (Term(Printed(None, rate.gas, rate.kg * each, f"kg/{unit}", words=words)),)

    total = None
    if plan.unspecified:
        words = plan.resolution.chosen
        total = Term(Printed(None, UNSPECIFIED, plan.total * each, f"kgCO2e/{unit}", words=words))
    biogenic: tuple[Term, ...] = ()
    if plan.biogenic:
        words = "share of the gas mass, company file"
        biogenic = (Term(Printed(None, BIOGENIC, plan.biogenic * each, f"kg/{unit}", words=words)),)
    return Formula(
        plan, plan.steps, _grouped(plan.gases, terms), total, biogenic,
        _grouped(plan.outside, terms),
    )  # fmt: skip


def _of_factor(plan: Plan, factor: Factor, catalog: FactorCatalog) -> Formula:
    product = product_of(plan.steps)
    offers = list(_offers(factor, ONE, "", plan, product, catalog))
    other = _complement(factor, catalog)
    if other is not None:
        scale = ratio(factor.per, other.per)
        words = f"{factor.per.text} to {other.per.text}"
        offers += _offers(other, scale, words, plan, product, catalog)

    def terms(rate: GasRate) -> tuple[Term, ...]:
        for term in offers:
            names = _names(term.printed, catalog)
            if rate.gas in names and term.printed.kg * term.scale * product == rate.kg:
                return (term,)
        raise AssertionError(f"the mass of {rate.gas} follows from no printed value")

    gases = _grouped(plan.gases, terms)
    total = next((t for t in offers if t.printed.gas == UNSPECIFIED and t.scale == 1), None)
    deducted = None
    if total is not None and total.printed.kg * product != plan.total:
        # another GWP set: each gas is weighed anew, of the printed total at most a rest stays
        deducted = _deducted(plan, total, gases, catalog)
        total = None if deducted is None else total
    if total is None and plan.unspecified:  # printed beside the gases, which leave it as it is
        total = next(term for term in offers if term.printed.gas in (REST, UNSPECIFIED))
        deducted = ()
    biogenic = next((t for t in offers if t.printed.gas == BIOGENIC), None)
    return Formula(
        plan, plan.steps, gases, total,
        (biogenic,) if biogenic and plan.biogenic else (), _grouped(plan.outside, terms), deducted,
    )  # fmt: skip


def _deducted(
    plan: Plan, total: Term, gases: tuple[GasTerms, ...], catalog: FactorCatalog
) -> tuple[GasTerms, ...] | None:
    """The gases of the printed total by the publisher's GWP; None where no rest of it stays.

    Methane's origin is not part of a plan, so each is tried: the rest decides, exactly.
    """
    factor = total.printed.factor
    theirs = catalog.set_named(factor.gwp_set or "") if factor is not None else None
    if factor is None or theirs is None or not factor.total_with_masses:
        return None
    printed = mass((total,), plan.steps)
    own = [gas for gas in gases if all(term.printed.factor is factor for term in gas.terms)]
    for origin in get_args(Ch4Origin):
        found = tuple(gas._replace(gwp=theirs.gwp(gas.gas, origin)) for gas in own)
        if printed - weighed(found, plan.steps) == plan.unspecified:
            return found
    raise AssertionError("the rest of the printed total")


def _complement(factor: Factor, catalog: FactorCatalog) -> Factor | None:
    if factor.with_ is None:
        return None
    ref = factor.with_ if "/" in factor.with_ else f"{factor.pack.id}/{factor.with_}"
    return catalog.pinned(ref)


def _offers(
    factor: Factor, scale: Fraction, words: str, plan: Plan, product: Fraction,
    catalog: FactorCatalog,
) -> Iterator[Term]:  # fmt: skip
    """Every printed value of a factor as a term."""
    kilogram = parse_unit("kg")
    for gas, value in factor.gases.items():
        mass = value.amount.unit.text
        unit = mass if "CO2e" in mass or not value.as_co2e else f"{mass} CO2e"
        printed = Printed(
            factor, gas, value.amount.value, f"{unit}/{factor.per.text}",
            ratio(value.amount.unit, kilogram),
        )  # fmt: skip
        if gas == CARBON:
            share = factor.oxidation if factor.oxidation is not None else ONE
            printed = printed._replace(oxidation=share)
        elif value.as_co2e and gas != REST:
            divisor = _divisor(factor, gas, value, plan, product * scale * printed.size, catalog)
            printed = printed._replace(divisor=divisor)
        yield Term(printed, scale, words)


def _divisor(
    factor: Factor, gas: str, value: GasValue, plan: Plan, per_unit: Fraction,
    catalog: FactorCatalog,
) -> Fraction:  # fmt: skip
    """The GWP of the publisher's set that turned printed CO2e into a mass."""
    co2e = value.amount.value * per_unit
    for rate in plan.gases:
        if rate.gas == gas and rate.kg:
            return co2e / rate.kg
    theirs = catalog.set_named(factor.gwp_set or "")
    found = theirs.values.get(gas) or theirs.gwp(gas) if theirs else None
    return found or ONE  # of a printed zero any GWP gives zero


def _names(printed: Printed, catalog: FactorCatalog) -> tuple[str, ...]:
    if printed.gas == CARBON:
        return ("CO2",)
    known = known_gas(printed.gas, catalog.gwp)
    return (printed.gas,) if known is None else (printed.gas, known)


def _grouped(rates: tuple[GasRate, ...], terms: object) -> tuple[GasTerms, ...]:
    """Rates of the same gas (a blend and its component) share a column."""
    assert callable(terms)
    found: dict[str, GasTerms] = {}
    for rate in rates:
        known = found.get(rate.gas)
        if known is None:
            found[rate.gas] = GasTerms(rate.gas, rate.group, rate.gwp, terms(rate))
        else:
            assert known.gwp == rate.gwp, f"{rate.gas} has two GWPs in one plan"
            found[rate.gas] = known._replace(terms=(*known.terms, *terms(rate)))
    return tuple(found.values())


def product_of(steps: tuple[Step, ...]) -> Fraction:
    """What a quantity is multiplied by to come to the factor's unit."""
    product = ONE
    for step in steps:
        product *= step.value
    return product


def mass(terms: tuple[Term, ...], steps: tuple[Step, ...]) -> Fraction:
    """Kg per activity unit of some terms."""
    return sum((term.printed.kg * term.scale for term in terms), ZERO) * product_of(steps)


def weighed(gases: tuple[GasTerms, ...], steps: tuple[Step, ...]) -> Fraction:
    """Kg CO2e per activity unit of some gases, each by the GWP that it carries."""
    return sum((mass(gas.terms, steps) * (gas.gwp or ZERO) for gas in gases), ZERO)


def _prove(recipe: Formula) -> None:
    plan = recipe.plan
    found: dict[str, Fraction] = {}
    for rate in (*plan.gases, *plan.outside):
        found[rate.gas] = found.get(rate.gas, ZERO) + rate.kg
    for gas in (*recipe.gases, *recipe.outside):
        assert mass(gas.terms, recipe.steps) == found[gas.gas], f"mass of {gas.gas}"
    explained = weighed(recipe.gases, recipe.steps)
    total = explained
    if recipe.total is not None:
        gone = recipe.gases if recipe.deducted is None else recipe.deducted
        total += mass((recipe.total,), recipe.steps) - weighed(gone, recipe.steps)
    assert total == plan.total, "total"
    assert total - explained == plan.unspecified, "unspecified"
    assert mass(recipe.biogenic, recipe.steps) == plan.biogenic, "biogenic"
