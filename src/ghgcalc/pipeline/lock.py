"""Write the lock: a computed reporting year as a section, and what writing it changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ghgcalc.activity_data.periods import no_data, refused
from ghgcalc.calculation.arithmetic import complement_ref
from ghgcalc.calculation.lock.model import (
    RULES,
    LineChange,
    LockedGwp,
    LockedPack,
    LockedPeriod,
    LockedProperty,
    LockedRate,
    LockedResolution,
    LockedValues,
    PeriodChange,
    ResolutionChange,
)
from ghgcalc.calculation.lock.read import AS_CO2E
from ghgcalc.calculation.resolve.candidates import Resolved, Unresolved, lock_key
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.diagnostics import in_order
from ghgcalc.core.numbers import ZERO, exact_decimal
from ghgcalc.core.text.source import collector_paused
from ghgcalc.core.units import Quantity, parse_unit
from ghgcalc.core.version import __version__
from ghgcalc.factors.money import series_of
from ghgcalc.inventory.lock_basis import basis_of
from ghgcalc.inventory.lock_figures import (
    figures_of,
    line_changes,
    tonnes_of,
    total_changes,
)
from ghgcalc.pipeline.evidence import evidence_of_year
from ghgcalc.pipeline.project import open_project, reporting_years
from ghgcalc.pipeline.run import compute_period, with_unused, year_asked

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path
    from typing import Any

    from ghgcalc.calculation.resolve.candidates import Question
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor, GasValue
    from ghgcalc.pipeline.project import Project
    from ghgcalc.pipeline.run import Run

# what `lock` itself sets right
_SETTLED = frozenset({"lock-drift-input", "lock-drift-figure", "not-locked"})


@dataclass(slots=True)
class Locking:
    """What `lock` found: sections to write, changes, findings, and the years refused."""

    project: Project | None
    sources: list[SourceFile]
    sections: dict[int, LockedPeriod] = field(default_factory=dict)
    changes: list[PeriodChange] = field(default_factory=list)
    diagnostics: tuple[Diagnostic, ...] = ()
    refused: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)


def lock_years(path: str | Path, wanted: list[int], *, upgrade: bool = False) -> Locking:
    """Compute the sections of a lock.

    Args:
        path: the company file.
        wanted: reporting years; none means every one with activity data.
        upgrade: resolve anew instead of keeping what is locked.
    """
    with collector_paused():
        opened = open_project(path, fresh=upgrade)
        project = opened.value.project
        if project is None:
            sources = opened.value.sources
            return Locking(None, sources, diagnostics=in_order(opened.diagnostics))
        project = replace(
            with_unused(replace(project, lock=None) if upgrade else project), lock=project.lock
        )
        years = reporting_years(project.company, project.amounts)
        result = Locking(project, project.sources, years=years)
        findings = list(project.found)
        every = sorted({*result.years, *refused(project.company, project.found)})
        if not (wanted or every):
            findings += no_data(project.company, project.found)
        for year in wanted or every:
            run = _run(project, year, upgrade=upgrade)
            findings += [d for d in run.diagnostics if d.code not in _SETTLED]
            if run.inventory is None:
                result.refused.append(year)
                continue
            written = _written(project, run)
            cited = evidence_of_year(project, run.inventory.span, run.inventory.instruments)
            findings += cited.diagnostics
            section = _section(project, run, written, year, upgrade=upgrade)
            section = section.model_copy(update={"evidence": cited.value})
            old = None if upgrade else run
            if upgrade and project.lock is not None and year in project.lock.sections:
                old = _run(project, year, upgrade=False)
            result.sections[year] = section
            result.changes.append(_changes(project, year, section, old, run, written))
        result.diagnostics = in_order(findings, project.company.year.name_of)
        return result


def _run(project: Project, year: int, *, upgrade: bool) -> Run:
    asked = replace(project, lock=None) if upgrade else project
    return compute_period(asked, year_asked(asked, year))


# ---- a section ----------------------------------------------------------------------------------


def _written(project: Project, run: Run) -> dict[str, str]:
    """The key under which each question is written, by its own key.

    Where `accept:` entries name lines or facilities every question is narrowed to them; those that
    have the same answer are written once.
    """
    assert run.resolver is not None
    groups: dict[str, list[tuple[str, object]]] = {}
    for (need, _), answer in run.resolver.cache.items():
        wide = lock_key(need._replace(activity="", facility=""))
        said = _resolution(project, need, answer, {}) if isinstance(answer, Resolved) else None
        groups.setdefault(wide, []).append((lock_key(need), said))
    return {
        key: wide if all(said == members[0][1] for _, said in members) else key
        for wide, members in groups.items()
        for key, _ in members
    }


def _section(
    project: Project, run: Run, written: dict[str, str], year: int, *, upgrade: bool
) -> LockedPeriod:
    inventory, resolver, catalog = run.inventory, run.resolver, project.catalog
    assert inventory is not None
    assert resolver is not None
    resolutions: dict[str, LockedResolution] = {}
    packs: dict[str, LockedPack] = {}
    absent: set[str] = set()
    for (need, _), answer in resolver.cache.items():
        if isinstance(answer, Unresolved):
            absent.add(written[lock_key(need)])
        elif isinstance(answer, Resolved):
            resolutions[written[lock_key(need)]] = _resolution(project, need, answer, packs)
    inputs = project.inputs  # no hours: they stand beside what is locked
    gwp = catalog.gwp_pack
    known = project.lock.sections.get(year) if project.lock is not None and not upgrade else None
    return LockedPeriod(
        seal="", tool=__version__, rules=known.values.rules if known is not None else RULES,
        consolidation_approach=inventory.approach, basis=basis_of(run.lines),
        gwp=LockedGwp(
            set=catalog.gwp.name, pack=f"{gwp.info.id}@{gwp.header.version}",
            sha256=gwp.info.sha256,
        ),
        inputs=inputs, packs=packs,
        totals=figures_of(run.lines),
        resolutions=resolutions, absent=tuple(sorted(absent)),
        lines={line.id: tonnes_of(line) for line in run.lines},
    )  # fmt: skip


def _resolution(
    project: Project, need: Question, answer: Resolved, packs: dict[str, LockedPack]
) -> LockedResolution:
    factor, catalog = answer.resolution.factor, project.catalog
    assert factor is not None
    other = answer.resolution.complement
    if other is None and factor.with_ is not None:
        other = catalog.pinned(complement_ref(factor))
    held = _locked_entry(project, answer)
    kept = held.properties if held is not None else {}
    properties: dict[str, LockedProperty] = {}
    rates = _rates(catalog, answer, held) if need.spent is not None else {}
    for ref in sorted({step.ref for step in answer.conversion.steps if step.ref} - set(rates)):
        if ref in kept:
            properties[ref] = kept[ref]
            continue
        prop = next(p for p in catalog.properties(factor.fuel or "") if p.ref == ref)
        source = next(step.source for step in answer.conversion.steps if step.ref == ref)
        properties[ref] = LockedProperty(
            fuel=prop.fuel, property=prop.kind, value=prop.value, source=source,
            foreign=not prop.pack.own and prop.pack.id != factor.pack.id,
        )  # fmt: skip
    for row in (factor, other):
        if row is not None:
            _keep_pack(row, packs)
    values: dict[str, Any] = {**_values(factor), "properties": properties, "rates": rates}
    if need.spent is not None:
        values["prices"] = factor.prices
    if other is not None:
        values["with"] = LockedValues.model_validate(_values(other))
    return LockedResolution.model_validate(values)


def _rates(
    catalog: FactorCatalog, answer: Resolved, held: LockedResolution | None
) -> dict[str, LockedRate]:
    """The rates and price changes that spend is converted with."""
    refs = {step.ref for step in answer.conversion.steps if step.ref}
    rates = {} if held is None else {r: rate for r, rate in held.rates.items() if r in refs}
    rows = ((ref, series_of(catalog).named(ref)) for ref in refs - rates.keys())
    return rates | {
        ref: LockedRate(
            year=row.year, value=row.value, unit=row.unit, series=row.series, region=row.region,
            source=row.source,
        )
        for ref, row in rows if row is not None
    }  # fmt: skip


def _locked_entry(project: Project, answer: Resolved) -> LockedResolution | None:
    """What an answer that was locked before was locked as."""
    lock, place = project.lock, answer.resolution.lock
    if lock is None or place is None:
        return None
    for section in lock.sections.values():
        for key, entry in section.values.resolutions.items():
            if section.at("resolutions", key) == place:
                return entry
    return None


def _keep_pack(factor: Factor, packs: dict[str, LockedPack]) -> None:
    info = factor.pack
    packs[f"{info.id}@{info.header.version}"] = LockedPack(
        sha256=info.sha256, title=info.header.title, publisher=info.header.publisher,
        licence=info.header.licence, evidence=info.header.evidence.label, own=info.own,
    )  # fmt: skip


def _values(factor: Factor) -> dict[str, Any]:
    gases = dict(_gas(gas, value) for gas, value in factor.gases.items())
    return {
        "factor": f"{factor.ref}@{factor.pack.header.version}", "name": factor.name,
        "category": "|".join(sorted(factor.categories)), "per": factor.per, "gases": gases,
        "oxidation": factor.oxidation, "fuel": factor.fuel, "item": factor.item,
        "sector": factor.sector, "technology": factor.technology, "vehicle": factor.vehicle,
        "region": factor.region, "year": factor.year, "year_rule": factor.year_rule,
        "kind": factor.kind, "lifecycle": factor.lifecycle, "gwp_set": factor.gwp_set,
        "finest": factor.finest, "locator": factor.locator, "note": factor.note,
    }  # fmt: skip


def _gas(gas: str, value: GasValue) -> tuple[str, Quantity]:
    """A gas with its amount in a unit whose text reads back as the same mass."""
    number, unit = value.amount
    if value.as_co2e:
        gas = AS_CO2E + gas
    known = parse_unit(unit.text)
    if known.size != unit.size:
        number = exact_decimal(value.amount.value * unit.size / known.size)
    return gas, Quantity(number, known)


# ---- what changes -------------------------------------------------------------------------------


def _changes(
    project: Project,
    year: int,
    section: LockedPeriod,
    old: Run | None,
    new: Run,
    written: dict[str, str],
) -> PeriodChange:
    before = project.lock.sections.get(year) if project.lock is not None else None
    known = before.values if before is not None and before.sealed else None
    resolutions = known.resolutions if known else {}
    asked = sorted({*resolutions, *section.resolutions})
    then = _by_question(old, written) if known and old is not None and old.lines else {}
    now = _by_question(new, written)
    changed = []
    for key in asked:
        one, two = resolutions.get(key), section.resolutions.get(key)
        if one == two or known is None:
            continue
        effect = None
        if key in then or one is None or two is None:
            a, b = then.get(key, (ZERO, ZERO)), now.get(key, (ZERO, ZERO))
            effect = (b[0] - a[0], b[1] - a[1])
        changed.append(ResolutionChange(key, one, two, effect))
    lines = line_changes(known.lines, section.lines) if known else []
    return PeriodChange(
        year, before is None, len(section.resolutions), tuple(changed),
        tuple(LineChange(*change) for change in lines),
        total_changes(known.totals if known else None, section.totals),
    )  # fmt: skip


def _by_question(run: Run, written: dict[str, str]) -> dict[str, tuple[Fraction, Fraction]]:
    """Tonnes by question, location-based and market-based."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for line in run.lines:
        for index, method in enumerate((LOCATION, MARKET)):
            for part in line.parts(method):
                asked = part.plan.resolution.asked
                key = written.get(asked, asked)
                pair = list(found.get(key, (ZERO, ZERO)))
                pair[index] += part.co2e
                found[key] = (pair[0], pair[1])
    return found
