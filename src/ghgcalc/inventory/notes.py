"""What stands beside the totals: inputs, choices, notes, metrics, exclusions, control totals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.estimates import estimate_words, words_note
from ghgcalc.activity_data.periods import any_in, outside_notes
from ghgcalc.calculation.lock.kept_rules import kept_notes
from ghgcalc.calculation.results.line import LOCATION, Line
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.calculation.scope_2.base_year import base_span, base_year_notes
from ghgcalc.core.gases import common_name
from ghgcalc.core.numbers import ZERO, grouped, significant
from ghgcalc.inventory.category_3 import category_3_notes
from ghgcalc.inventory.control_totals import control_totals
from ghgcalc.inventory.days_with_data import days_with_data, year_note
from ghgcalc.inventory.passed_over import nearer_notes
from ghgcalc.inventory.scope_2_notes import describe_scope_2
from ghgcalc.inventory.scope_3_methods import not_stated_note
from ghgcalc.inventory.scope_3_status import left_out_note
from ghgcalc.inventory.spread import period_notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.calculation.derive.results import Derived
    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.calculation.results.matching import HourlyMatches
    from ghgcalc.calculation.results.totals import Totals
    from ghgcalc.calculation.scope_2.market_based import Disclosure
    from ghgcalc.company.company import Company
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.inventory.inventory import Inventory, LockUse


class Beside(NamedTuple):
    """What an inventory rests on besides its lines.

    Attributes:
        wholes: every amount of the file, whatever its days.
        tables: the sums of each table.
        inputs: sha256 of every file read, by path.
        lock: the file's lock; `lock_use` says how far it decides.
        hours: the matching by hour.
        unplaced: lines of days before their facility was consolidated, in words.
        disclosures: what the market-based rules say of each reporting year.
        derived: what became of category 3.
        checks: what the file changes about checks, in words.
    """

    wholes: Sequence[ElementaryActivity]
    tables: Mapping[str, TableSums]
    inputs: Mapping[str, str]
    lock: Lock | None
    lock_use: LockUse | None
    hours: HourlyMatches
    unplaced: list[str]
    disclosures: list[Disclosure]
    derived: Derived
    checks: Sequence[str] = ()


def choices_of(company: Company, catalog: FactorCatalog) -> dict[str, str]:
    """The choices of the organization that move figures, as reports print them."""
    organization = company.organization
    choices: dict[str, str] = {"ch4_from_combustion": organization.ch4_from_combustion}
    if catalog.gwp.name == "AR5":
        choices["ar5_fossil_ch4"] = organization.ar5_fossil_ch4
    if any(facility.country == "CN" for facility in company.facilities.values()):
        choices["cn_location"] = organization.cn_location
    if organization.vintage_window is not None:
        before, after = organization.vintage_window
        choices["vintage_window"] = f"{before}, +{after} months"
    return choices


def describe(inventory: Inventory, company: Company, beside: Beside) -> None:
    """Notes, metrics, control totals, exclusions, status."""
    span = inventory.span
    year = company.year.name_of(span.last)
    describe_scope_2(inventory, company, beside.disclosures, year)
    _say_part_of_year(inventory, company, beside.wholes)
    inventory.notes.extend(_base_year(inventory, company, beside.wholes))
    inventory.notes.extend(partial_notes(inventory.wholes, inventory.totals))
    inventory.notes.extend(outside_gases(inventory.wholes))
    inventory.notes.extend(not_stated_note(inventory))
    inventory.notes.extend(left_out_note(inventory.scope_3))
    inventory.notes.extend(nearer_notes(inventory.wholes))
    inventory.notes.extend(f"not consolidated: {text}" for text in inventory.not_consolidated)
    inventory.notes.extend(period_notes(inventory, company.year))
    inventory.notes.extend(kept_notes(company, beside.lock, beside.wholes, span))
    inventory.notes.extend(category_3_notes(beside.derived))
    inventory.notes.extend(outside_notes(company, beside.wholes, span, inventory.period))
    if company.year.span(year) == span:
        for name, metric in company.metrics.items():
            value = metric.values.get(str(year))
            wanted = metric.boundary in (None, inventory.boundary)
            if value is not None and wanted:
                inventory.metrics.append((metric.label or name, metric.unit.text, Fraction(value)))
    for item in company.exclusions.values():
        if item.period is None or company.year.resolve(item.period).overlap(span):
            what = item.source or item.category or item.facility or "source"
            inventory.exclusions.append((what, item.justification))
    status = company.periods.get(str(year))
    inventory.status = status.status if status else ""
    inventory.notes.extend(sums.accepted for sums in beside.tables.values() if sums.accepted)
    inventory.notes.extend(sums.replaced for sums in beside.tables.values() if sums.replaced)
    inventory.notes.extend(sums.rounded for sums in beside.tables.values() if sums.rounded)
    if beside.tables:
        inventory.control_totals = control_totals(beside.tables, span)
        inventory.marks = estimate_words(company.tables, beside.tables)
        inventory.notes.extend(map(words_note, inventory.marks))
    inventory.notes.extend(beside.checks)
    inventory.hourly.extend(beside.hours.found)
    inventory.notes.extend(beside.hours.notes)


def _say_part_of_year(
    inventory: Inventory, company: Company, wholes: Sequence[ElementaryActivity]
) -> None:
    """Where most days of the year have no data, the head and the notes say so."""
    span = inventory.span
    if company.year.span(company.year.name_of(span.last)) != span:
        return
    found = days_with_data(company, wholes, span)
    if found is not None and found.few:
        inventory.part_of_year = found.words()
        inventory.notes.append(year_note(company, wholes, span, found))


def _base_year(
    inventory: Inventory, company: Company, wholes: Sequence[ElementaryActivity]
) -> list[str]:
    """Scope 2 of the base year, in reports that have Scope 2 (S2-09)."""
    base = company.base_year
    span = base_span(company, base) if base is not None else None
    if span is None or not any(line.scope == 2 for line in inventory.wholes):
        return []
    return base_year_notes(company, has_data=any_in(company, wholes, span))


def partial_notes(lines: list[Line], totals: Totals) -> list[str]:
    """CO2-only factors say so, with their share of the total (R30)."""
    sums: PlanSums[tuple[str, str]] = PlanSums()
    for line in lines:
        for part in line.location_based:
            if part.plan.partial and part.plan.resolution.factor is not None:
                sums.add((part.plan.resolution.factor.pack.id, part.plan.partial), (part,))
    missing = sums.tonnes()
    whole = totals.all_scopes(LOCATION)
    return [
        f"{_speaker(pack)} no {gases}: {grouped(amount)} tCO2e"
        f"{_of_total(amount, whole)} rest on"
        " factors without them (R30)"
        for (pack, gases), amount in sorted(missing.items())
    ]


def _of_total(amount: Fraction, whole: Fraction | None) -> str:
    """The share of a total, where it is known."""
    if whole is None:
        return ""
    return f" ({significant(amount / whole * 100, 3) if whole else '0'} % of the total)"


def _speaker(pack: str) -> str:
    return "rates stated in the file give" if pack == "stated" else f"rows taken of {pack} give"


def outside_gases(lines: list[Line]) -> list[str]:
    """Gases outside the seven, listed apart in kilograms."""
    kg: dict[str, Fraction] = {}
    co2e: dict[str, Fraction | None] = {}
    for line in lines:
        for part in line.location_based:
            for rate in part.plan.outside:
                kg[rate.gas] = kg.get(rate.gas, ZERO) + rate.kg * part.quantity
                co2e[rate.gas] = rate.gwp
    notes = []
    for gas in sorted(kg):
        gwp = co2e[gas]
        weighed = (
            "no GWP in this set" if gwp is None else (f"{grouped(kg[gas] * gwp / 1000, 3)} tCO2e")
        )
        notes.append(
            f"{common_name(gas)} {significant(kg[gas])} kg ({weighed}): outside the seven gases,"
            " not in any total"
        )
    return notes
