"""Plans: the printed values of a factor become gas masses and CO2e per activity unit.

Only arithmetic: quantity × ratio × gas mass × GWP, all in Fractions (promise 1). Printed CO2e per
gas follows DESIGN §5: same GWP set, the printed total stands; another set, each gas is re-weighed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.plan import GasRate, Plan, Resolution
from ghgcalc.core.derivation import MEASURED
from ghgcalc.core.gas_hints import gas_hint
from ghgcalc.core.gases import (
    BIOGENIC,
    GROUPS,
    REST,
    UNSPECIFIED,
    Ch4Origin,
    GwpSet,
    blend_id,
    known_gas,
)
from ghgcalc.core.numbers import ZERO, in_full
from ghgcalc.core.refusal import Refused
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.core.vocabulary.categories import CATEGORIES, COMBUSTION, ELECTRICITY
from ghgcalc.core.vocabulary.fuels import FUELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.calculation.conversion import Conversion
    from ghgcalc.core.step import Step
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor

CARBON_TO_CO2 = Fraction(44, 12)


class GasError(Refused):
    """A gas that cannot be weighed; `code`, message, hint."""


@dataclass(slots=True)
class _Sum:
    """Gas rates while they are collected, per activity unit."""

    gases: list[GasRate]
    outside: list[GasRate]
    biogenic: Fraction = ZERO
    printed_total: Fraction | None = None
    reweighed: bool = False
    rest: Fraction | None = None  # CO2e beside gas masses: printed, or what they leave of a total


def methane_origin(category: str, fuel: str | None) -> Ch4Origin:
    """Which GWP of methane applies: combustion as chosen, biomass non-fossil, else fossil."""
    if fuel in FUELS and FUELS[fuel].biogenic:
        return "non_fossil"
    if category in ("fugitive_emissions", "process_emissions"):
        return "fossil"
    return "combustion"


def weigh(gas: str, kg: Fraction, gwp: GwpSet, origin: Ch4Origin, text: str = "") -> list[GasRate]:
    """The rate of one gas id.

    Raises:
        GasError: `unknown-gas`, `gwp-missing`.
    """
    name = known_gas(gas, gwp)
    if name is None:
        raise GasError(
            "unknown-gas",
            f"gas `{gas}` is not in {gwp.name} nor a known blend",
            gas_hint(gas, gwp.values),
        )
    group = gwp.group(name) or ("CH4" if name == "CH4" else "other")
    value = gwp.gwp(name, origin)
    if value is None and group in GROUPS:
        raise GasError(
            "gwp-missing", f"{gwp.name} gives no GWP for `{name}`", "use a GWP set that has one"
        )
    return [GasRate(name, kg, value, group, text)]


def mass_plan(
    masses: Mapping[str, Fraction],
    catalog: FactorCatalog,
    category: str,
    steps: tuple[Step, ...] = (),
    unit: Unit | None = None,
    method: str = MEASURED,
) -> Plan:
    """A plan for gas masses in kg: mass × composition × GWP; `method` says what they rest on.

    Raises:
        GasError: `unknown-gas`, `gwp-missing`.
    """
    gwp = catalog.gwp
    origin = methane_origin(category, None)
    found = _Sum([], [])
    for text, kg in masses.items():
        if text == BIOGENIC:
            found.biogenic += kg
            continue
        blend = catalog.blend(text)
        if blend is None:
            if blend_id(text) is not None and known_gas(text, gwp) is None:
                raise GasError(
                    "unknown-gas",
                    f"the composition of blend `{text}` is not bundled",
                    "state its components under `gas_masses:` with kg of each",
                )
            rates = weigh(text, kg, gwp, origin)
        else:
            rates = [
                rate
                for gas, share in blend.shares.items()
                for rate in _component(gas, share, kg, gwp, origin, blend.id)
            ]
        for rate in rates:
            (found.gases if rate.group in GROUPS else found.outside).append(rate)
    resolution = Resolution(None, f"{method}: no factor needed")
    plan = _plan(unit, resolution, found, gwp, steps)
    return replace(plan, blends=True) if any(map(catalog.blend, masses)) else plan


def _component(
    gas: str, share: Fraction, kg: Fraction, gwp: GwpSet, origin: Ch4Origin, blend: str
) -> list[GasRate]:
    text = f"{in_full(share * 100)} % of {blend}"
    if known_gas(gas, gwp) is None:  # a component that the set does not list is outside the seven
        return [GasRate(gas, kg * share, None, "other", text)]
    return weigh(gas, kg * share, gwp, origin, text)


def factor_plan(
    unit: Unit,
    factor: Factor,
    conversion: Conversion,
    resolution: Resolution,
    catalog: FactorCatalog,
    category: str,
    extra: tuple[Step, ...] = (),
    origin: Ch4Origin | None = None,
) -> Plan:
    """A plan for quantity × factor; `extra` are steps before the conversion (gas state, bill).

    `origin` says where methane comes from when the category and fuel do not.

    Raises:
        GasError: when a gas of the factor cannot be weighed.
    """
    product = conversion.ratio
    for step in extra:
        product *= step.value
    found = _Sum([], [])
    origin = origin or methane_origin(category, factor.fuel)
    _collect(factor, product, catalog, origin, found)
    other = None
    if factor.with_ is not None:
        other = _complement(factor, product, catalog, origin, found, resolution.complement)
    plan = _plan(unit, resolution, found, catalog.gwp, (*extra, *conversion.steps))
    missing = _not_printed(factor, category, found)
    return plan if not missing and other is None else _with(plan, missing, other)


def _with(plan: Plan, missing: str, complement: Factor | None) -> Plan:
    from dataclasses import replace

    return replace(plan, partial=missing, complement=complement)


def complement_ref(factor: Factor) -> str:
    """The `pack/id` that a factor names for its other gases; "" where it names none."""
    ref = factor.with_ or ""
    return ref if "/" in ref or not ref else f"{factor.pack.id}/{ref}"


def _complement(
    factor: Factor,
    product: Fraction,
    catalog: FactorCatalog,
    origin: Ch4Origin,
    found: _Sum,
    locked: Factor | None = None,
) -> Factor:
    """Add the gases that a factor lacks from the row that it names; that row."""
    ref = complement_ref(factor)
    other = locked or catalog.pinned(ref)
    if other is None:
        raise GasError(
            "unknown-factor",
            f"`{factor.ref}` names `{ref}` for its other gases, which"
            " is not in the packs of this file",
            "add that pack",
        )
    have = {gas.gas.partition("_")[0] for gas in found.gases}
    if other.per.dimension != factor.per.dimension:
        raise GasError(
            "unit-mismatch",
            f"`{factor.ref}` is per {factor.per}, `{ref}` of its other gases per {other.per}",
            "name a factor per the same kind of unit",
        )
    more = _Sum([], [])
    _collect(other, product * ratio(factor.per, other.per), catalog, origin, more)
    found.gases += [rate for rate in more.gases if rate.gas.partition("_")[0] not in have]
    found.biogenic += more.biogenic if not found.biogenic else ZERO
    if found.rest is None and found.printed_total is None:
        found.rest = more.printed_total if other.total_only and more.rest is None else more.rest
    return other


def _collect(
    factor: Factor, product: Fraction, catalog: FactorCatalog, origin: Ch4Origin, found: _Sum
) -> None:
    """Add a factor's printed values times `product` to the sum."""
    gwp = catalog.gwp
    kg_unit = parse_unit("kg")
    for gas, value in factor.gases.items():
        kg = value.amount.value * ratio(value.amount.unit, kg_unit) * product
        text = f"{value.amount} {'CO2e of ' if value.as_co2e else ''}{gas}/{factor.per.text}"
        if gas == UNSPECIFIED:
            found.printed_total = kg
        elif gas == REST:
            found.rest = kg
        elif gas == BIOGENIC:
            found.biogenic += kg
        elif gas == "C":
            share = factor.oxidation if factor.oxidation is not None else Fraction(1)
            carbon = f"{value.amount} C/{factor.per.text} × {in_full(share)} × 44/12"
            found.gases += weigh("CO2", kg * share * CARBON_TO_CO2, gwp, origin, carbon)
        elif value.as_co2e:
            found.gases += _from_co2e(factor, gas, kg, catalog, origin, text, found)
        else:
            _add_mass(gas, kg, gwp, origin, text, found)
    if factor.total_with_masses and factor.gwp_set != gwp.name:
        found.rest = _rest(factor, catalog, origin, found)


def _rest(factor: Factor, catalog: FactorCatalog, origin: Ch4Origin, found: _Sum) -> Fraction:
    """What the gas masses leave of the printed total under its own GWP set; stays as printed."""
    theirs = catalog.set_named(factor.gwp_set or "")
    left = found.printed_total or ZERO
    for rate in found.gases:
        gwp = theirs.gwp(rate.gas, origin) if theirs is not None else None
        if gwp is None:
            raise GasError(
                "gwp-missing",
                f"{factor.gwp_set or 'the unstated GWP set'} of `{factor.ref}` gives no GWP for"
                f" `{rate.gas}`",
                "pin a factor that prints gas masses alone",
            )
        left -= rate.kg * gwp
    return left


def _add_mass(
    gas: str, kg: Fraction, gwp: GwpSet, origin: Ch4Origin, text: str, found: _Sum
) -> None:
    for rate in weigh(gas, kg, gwp, origin, text):
        (found.gases if rate.group in GROUPS else found.outside).append(rate)


def _from_co2e(
    factor: Factor,
    gas: str,
    co2e: Fraction,
    catalog: FactorCatalog,
    origin: Ch4Origin,
    text: str,
    found: _Sum,
) -> list[GasRate]:
    """CO2e printed of one gas: its mass under the publisher's set, its CO2e under ours."""
    ours = catalog.gwp
    theirs = catalog.set_named(factor.gwp_set or "")
    if theirs is None:
        raise GasError(
            "gwp-set-missing",
            f"`{factor.ref}` prints CO2e of {gas} under an unknown GWP set",
            "state `gwp_set:` in the pack, or beside the rate",
        )
    printed = theirs.values.get(gas) or theirs.gwp(gas, origin)
    own = ours.gwp(gas, origin)
    if known_gas(gas, ours) is None and known_gas(gas, theirs) is None:
        raise GasError(
            "unknown-gas",
            f"`{factor.ref}` prints CO2e of `{gas}`, which no GWP set lists",
            gas_hint(gas, ours.values),
        )
    if printed is None or own is None:
        raise GasError(
            "gwp-missing",
            f"{ours.name if own is None else theirs.name} gives no GWP for `{gas}`",
            "pin a factor that prints gas masses",
        )
    if printed != 1:
        text += f" ÷ {in_full(printed)} ({theirs.name})"
    if theirs.name == ours.name:
        return [GasRate(gas, co2e / printed, printed, ours.group(gas) or gas, text)]
    found.reweighed = True
    return [GasRate(gas, co2e / printed, own, ours.group(gas) or gas, text)]


def _plan(
    unit: Unit | None, resolution: Resolution, found: _Sum, gwp: GwpSet, steps: tuple[Step, ...]
) -> Plan:
    explained = sum((rate.co2e for rate in found.gases), ZERO)
    if found.rest is not None:
        total, unspecified = explained + found.rest, found.rest
    elif found.printed_total is None or found.reweighed:
        total, unspecified = explained, ZERO
    else:
        total, unspecified = found.printed_total, found.printed_total - explained
    factor = resolution.factor
    total_only = factor is not None and factor.total_only and not factor.zero
    set_name = factor.gwp_set if total_only and factor is not None else gwp.name
    return Plan(
        unit=unit,
        resolution=resolution,
        gases=tuple(found.gases),
        unspecified=unspecified,
        total=total,
        gwp_set=set_name or gwp.name,
        biogenic=found.biogenic,
        outside=tuple(found.outside),
        steps=steps,
        gwp_pack=gwp.pack,
    )


def _not_printed(factor: Factor, category: str, found: _Sum) -> str:
    """Gases of combustion or power that the publisher does not print (R30), as words."""
    if category not in COMBUSTION | ELECTRICITY or CATEGORIES[category].scope == 3:
        return ""
    if factor.total_only or factor.zero or found.printed_total is not None:
        return ""
    have = {rate.gas.partition("_")[0] for rate in found.gases}
    if found.biogenic:
        have.add("CO2")
    missing = [gas for gas in ("CO2", "CH4", "N2O") if gas not in have]
    return ", ".join(missing)


def reported_plan(
    unit: Unit, resolution: Resolution, gwp_set: str, steps: tuple[Step, ...] = ()
) -> Plan:
    """A plan for another party's statement in CO2e: unspecified gas, nothing recomputed."""
    per = unit.size  # kgCO2e per unit
    for step in steps:
        per *= step.value
    return Plan(unit, resolution, (), per, per, gwp_set, steps=steps)
