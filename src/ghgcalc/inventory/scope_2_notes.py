"""What a Scope 2 report must say in words, from the lines (S2-04, S2-09, R4, R26, R28)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET, NO_RESIDUAL
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.company.figure_names import ENERGY_FIGURES
from ghgcalc.company.markets import Markets
from ghgcalc.core.gases import BIOGENIC
from ghgcalc.core.numbers import ZERO, SizedSums, grouped
from ghgcalc.core.units import parse_unit
from ghgcalc.inventory.inventory import StatedFigure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Plan
    from ghgcalc.calculation.scope_2.market_based import Disclosure
    from ghgcalc.company.company import Company
    from ghgcalc.inventory.inventory import Inventory


def describe_scope_2(
    inventory: Inventory, company: Company, disclosures: list[Disclosure], year: int
) -> None:
    """Write notes, own power at the grid average, and stated figures into an inventory."""
    inventory.notes.extend(_without_residual(company, inventory.wholes))
    for disclosure in disclosures:
        inventory.own_grid.update(disclosure.own_grid)
    inventory.stated.extend(_stated(inventory, company, year))
    inventory.notes.extend(scope_2_notes(company, inventory.wholes, inventory.instruments))


def _without_residual(company: Company, lines: list[Line]) -> list[str]:
    """MWh at the grid average for want of a residual mix, by the year and market of the lines."""
    markets = Markets.of_company(company)
    sums: SizedSums[tuple[int, str]] = SizedSums()
    for line in lines:
        each = line.energy.mwh_each if line.scope == 2 and line.energy else None
        for part in line.market_based if each is not None else ():
            if part.source == NO_RESIDUAL and each is not None:
                market = markets.of(line.country or "", line.span.first)
                sums.add((company.year.name_of(line.span.first), market), part.quantity, each)
    found: dict[tuple[int, str], Fraction] = {}
    for key, mwh in sums.items():
        found[key] = found.get(key, ZERO) + mwh
    return [
        f"no residual mix for {market}, {year}: grid average used for {grouped(mwh)} MWh;"
        " this may double count attributes claimed by others (R14)"
        for (year, market), mwh in sorted(found.items())
        if mwh
    ]


def _stated(inventory: Inventory, company: Company, year: int) -> list[StatedFigure]:
    """Energy figures that the file says were published for this year and boundary."""
    found: list[StatedFigure] = []
    if company.year.span(year) != inventory.span:
        return found
    for index, item in company.stated.items():
        named = item.boundary in (None, inventory.boundary)
        if item.figure not in ENERGY_FIGURES or not named:
            continue
        if company.year.resolve(item.period) == inventory.span:
            unit, wanted = item.value.unit, ENERGY_FIGURES[item.figure]
            size = unit.size / parse_unit(wanted).size if wanted else unit.size
            where = company.document.locate(("stated", index, "value"))
            value, citation = Fraction(item.value.number), item.citation or ""
            found.append(StatedFigure(item.figure, value, unit.text, size, where, citation))
    return found


def scope_2_notes(
    company: Company, lines: list[Line], instruments: list[InstrumentUse]
) -> list[str]:
    """Every note of Scope 2 that follows from the selected lines."""
    chosen = [line for line in lines if line.scope == 2]
    return [
        *_conformance(chosen, instruments),
        *_markets(company, chosen, instruments),
        *_methods_of_targets(company),
        *_biogenic(chosen),
        *_losses(chosen),
    ]


def _conformance(lines: list[Line], instruments: list[InstrumentUse]) -> list[str]:
    """Whether the instruments behind the market-based total meet the quality criteria (R4)."""
    used: dict[str, Fraction] = {}
    sums: PlanSums[str] = PlanSums()
    for part in (part for line in lines for part in line.market_based):
        if part.instrument is not None:
            sums.add(part.instrument, (part,))
    for name, _, quantity in sums.items():
        used[name] = used.get(name, ZERO) + quantity
    if not any(used.values()):
        return []
    assumed = [
        use.id
        for use in instruments
        if used.get(use.id) and any(gap.kind == "criteria_assumed" for gap in use.gaps)
    ]
    whole = sum(used.values(), ZERO)
    if not assumed:
        return [
            f"Scope 2 market-based: all {grouped(whole)} MWh of instruments meet the Scope 2"
            " Quality Criteria (R4)"
        ]
    open_ = sum((used[name] for name in assumed), ZERO)
    return [
        f"Scope 2 market-based: {grouped(whole - open_)} of {grouped(whole)} MWh of instruments"
        f" meet the Scope 2 Quality Criteria; for {grouped(open_)} MWh they are assumed:"
        f" {', '.join(assumed)} (R4)"
    ]


def _markets(company: Company, lines: list[Line], instruments: list[InstrumentUse]) -> list[str]:
    """Markets that the company declares itself, where an instrument crosses a border (R17)."""
    used = {part.instrument for line in lines for part in line.market_based}
    named = sorted({u.market for u in instruments if u.id in used and u.market in company.markets})
    return [
        f"market {name} is declared by the company: {'; '.join(company.markets[name].evidence)}"
        " (R17)"
        for name in named
    ]


def _methods_of_targets(company: Company) -> list[str]:
    """Which Scope 2 method each target is tracked with (S2-09)."""
    words = {LOCATION: "location-based", MARKET: "market-based", None: "not stated"}
    found: dict[str, list[str]] = {}
    for name, target in company.targets.items():
        if "2" in target.scopes:
            found.setdefault(words[target.scope_2], []).append(name)
    if not found:
        return []
    shown = "; ".join(f"{word}: {', '.join(names)}" for word, names in sorted(found.items()))
    return [f"Scope 2 method of targets: {shown} (S2-09)"]


def _plans(lines: list[Line]) -> dict[int, Plan]:
    """Every plan of the lines once: they share few."""
    return {
        id(part.plan): part.plan
        for line in lines
        for part in (*line.location_based, *line.market_based)
    }


def _biogenic(lines: list[Line]) -> list[str]:
    """Biogenic CO2 of both methods, and grid factors that do not give it (R28)."""
    quantities: PlanSums[str] = PlanSums()
    plans = _plans(lines)
    speaking = {key for key, plan in plans.items() if plan.biogenic}
    for line in lines if speaking else ():
        for method in (LOCATION, MARKET):
            parts = line.parts(method)
            if any(id(part.plan) in speaking for part in parts):
                quantities.add(method, parts)
    sums = {LOCATION: ZERO, MARKET: ZERO}
    for method, plan, quantity in quantities.items():
        sums[method] += quantity * plan.biogenic / 1000
    notes = []
    if sums[LOCATION] != sums[MARKET]:
        notes.append(
            f"biogenic CO2 of Scope 2, outside the scopes: location-based"
            f" {grouped(sums[LOCATION], 3)} t, market-based {grouped(sums[MARKET], 3)} t (R28)"
        )
    silent = silent_packs(lines)
    if silent:
        packs = ", ".join(sorted(silent))
        notes.append(f"biogenic CO2 of grid electricity not available in {packs} (R28)")
    return notes


def silent_packs(lines: Sequence[Line]) -> set[str]:
    """The packs whose grid factors, of lines of bought power, do not give biogenic CO2 (R28)."""
    located = {
        id(part.plan): part.plan
        for line in lines
        if line.source_category == "purchased_electricity"
        for part in line.location_based
    }
    silent: set[str] = set()
    for plan in located.values():
        factor = plan.resolution.factor
        if factor is None or factor.pack.id == "stated" or plan.biogenic:
            continue
        silent |= set() if BIOGENIC in factor.gases else {factor.pack.id}
    return silent


def _losses(lines: list[Line]) -> list[str]:
    """Grid factors that hold the losses on the way: category 3 must not hold them again (R26)."""
    factors = [plan.resolution.factor for plan in _plans(lines).values()]
    held = {factor.ref for factor in factors if factor is not None and factor.includes_losses}
    return [
        f"{ref} includes grid losses: Scope 2 holds them, category 3 does not (R26)"
        for ref in sorted(held)
    ]
