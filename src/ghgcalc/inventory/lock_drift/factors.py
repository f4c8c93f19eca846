"""Locked factors that the packs now give otherwise, and the tonnes by which lines would move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.arithmetic import GasError, complement_ref, factor_plan
from ghgcalc.calculation.resolve.candidates import Question, Resolved
from ghgcalc.calculation.resolve.locked import conversion_of
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.results.plan import Plan, Resolution
from ghgcalc.core.diagnostics import Related
from ghgcalc.core.numbers import ZERO, significant
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.factors.money import series_of
from ghgcalc.inventory.lock_figures import effect_text

if TYPE_CHECKING:
    from ghgcalc.calculation.lock.model import LockedRate, LockedResolution, Section
    from ghgcalc.core.diagnostics import Diagnostic, Location
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor
    from ghgcalc.inventory.lock_drift.judged import Judged


def _upgrade(section: Section) -> str:
    """What to do: without a period, the command would show every locked year."""
    return f"run `ghgcalc lock --upgrade --dry-run --period {section.year}` to see the effect"


def printed(factor: Factor) -> str:
    """The printed values of a factor in one line."""
    gases = ", ".join(
        f"{value.amount} {'CO2e of ' if value.as_co2e and gas != 'CO2e' else ''}{gas}"
        for gas, value in factor.gases.items()
    )
    share = "" if factor.oxidation is None else f", oxidation {significant(factor.oxidation)}"
    return f"{gases} per {factor.per}{share}"


def _said(factor: Factor, complement: Factor | None) -> tuple[object, ...]:
    values = {
        gas: (v.amount.value * v.amount.unit.size, v.as_co2e) for gas, v in factor.gases.items()
    }
    other = _said(complement, None) if complement else None
    return (values, factor.per, factor.oxidation, factor.gwp_set, other)


def factor_drift(judged: Judged) -> list[Diagnostic]:
    """Locked answers whose row, complement or properties the packs now give otherwise."""
    asked: dict[Location, list[tuple[Question, Resolved]]] = {}
    for (need, _), answer in judged.resolver.cache.items():
        if isinstance(answer, Resolved) and answer.resolution.lock is not None:
            asked.setdefault(answer.resolution.lock, []).append((need, answer))
    found: list[Diagnostic] = []
    for section in judged.sections():
        for key, entry in section.values.resolutions.items():
            pairs = asked.get(section.at("resolutions", key))
            if pairs:
                found += _factor(judged, pairs, section, entry)
    return found


def _factor(
    judged: Judged,
    pairs: list[tuple[Question, Resolved]],
    section: Section,
    entry: LockedResolution,
) -> list[Diagnostic]:
    catalog, locked = judged.resolver.catalog, pairs[0][1].resolution
    assert locked.factor is not None
    now = catalog.pinned(locked.factor.ref)
    if now is None:
        text = (
            f"`{entry.factor}` is locked as {printed(locked.factor)}; the packs of this file no"
            " longer have it: the locked values are used, and what another row would move is not"
            " known"
        )
        return [
            judged.finding(
                "lock-drift-factor", text, section, "resolutions", locked.asked, _upgrade(section)
            )
        ]
    other = catalog.pinned(complement_ref(now)) if now.with_ else None
    changes = []
    if _said(now, other) != _said(locked.factor, locked.complement):
        changes.append(
            f"`{entry.factor}` is locked as {_both(locked.factor, locked.complement)}; the pack"
            f" now has {_both(now, other)}"
        )
    current = dict(entry.properties)
    for ref, prop in entry.properties.items():
        there = {p.ref: p for p in catalog.properties(prop.fuel)}.get(ref)
        if there is None:
            changes.append(f"`{ref}` is locked as {prop.value}; the packs no longer have it")
        elif there.value != prop.value:
            changes.append(f"`{ref}` is locked as {prop.value}; the pack now has {there.value}")
            current[ref] = prop.model_copy(update={"value": there.value})
    rates, moved = _rates(entry, catalog)
    changes += moved
    if not changes:
        return []
    today = entry.model_copy(update={"properties": current, "rates": rates})
    effect = _effect(judged, pairs, now, today)
    related = (Related(now.location, "now"),) if now.location and now.pack.own else ()
    text = f"{'; '.join(changes)}: {effect}"
    return [
        judged.finding(
            "lock-drift-factor", text, section, "resolutions", locked.asked,
            _upgrade(section),
            related=related,
        )
    ]  # fmt: skip


def _rates(
    entry: LockedResolution, catalog: FactorCatalog
) -> tuple[dict[str, LockedRate], list[str]]:
    """The locked rates as the packs have them now, and which of them differ."""
    rates, changes = dict(entry.rates), []
    for ref, rate in entry.rates.items():
        there = series_of(catalog).named(ref)
        if there is None:
            changes.append(f"`{ref}` is locked as {rate.value}; the packs no longer have it")
        elif there.value != rate.value:
            changes.append(f"`{ref}` is locked as {rate.value}; the pack now has {there.value}")
            rates[ref] = rate.model_copy(update={"value": there.value})
    return rates, changes


def _both(factor: Factor, complement: Factor | None) -> str:
    return printed(factor) + (f" with {printed(complement)}" if complement else "")


def _effect(
    judged: Judged,
    pairs: list[tuple[Question, Resolved]],
    now: Factor,
    today: LockedResolution,
) -> str:
    """Tonnes by which the lines move once the pack's value is taken."""
    if judged.kept_out(judged.span):
        return "its effect cannot be computed, errors keep lines out"
    plans: dict[int, Plan] = {}
    moved = {LOCATION: ZERO, MARKET: ZERO}
    try:
        for line in judged.lines:
            for method in moved:
                for part in line.parts(method):
                    if part.plan.resolution.lock != pairs[0][1].resolution.lock:
                        continue
                    plan = plans.get(id(part.plan))
                    if plan is None:
                        plan = _replanned(judged, part.plan, pairs, now, today)
                        plans[id(part.plan)] = plan
                    moved[method] += part.quantity * (plan.tonnes - part.plan.tonnes)
    except (ConversionError, GasError) as error:
        return f"its effect cannot be computed, {error.message}"
    return effect_text(moved[LOCATION], moved[MARKET])


def _replanned(
    judged: Judged,
    plan: Plan,
    pairs: list[tuple[Question, Resolved]],
    now: Factor,
    today: LockedResolution,
) -> Plan:
    """A plan with the pack's value of today; its question is the one whose steps it ends in.

    Questions of the same key may state different fuel properties of their own.
    """
    steps = plan.steps
    need, extra = next(
        (n, len(steps) - len(a.conversion.steps))
        for n, a in pairs
        if steps[len(steps) - len(a.conversion.steps) :] == a.conversion.steps
    )
    return factor_plan(
        plan.unit or need.unit, now, conversion_of(need, now, today, judged.resolver.catalog),
        Resolution(now, ""), judged.resolver.catalog, need.category, steps[:extra],
    )  # fmt: skip
