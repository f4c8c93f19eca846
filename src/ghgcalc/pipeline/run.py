"""The straight line: company file to inventory; every stage returns a value and its findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from os.path import lexists
from typing import TYPE_CHECKING

from ghgcalc.activity_data.consolidate import Calendar, Piece, cut, place_of
from ghgcalc.activity_data.from_file import Gathering
from ghgcalc.activity_data.periods import asked_period, distant_periods, listed, touches, unserved
from ghgcalc.calculation.lines import price_lines
from ghgcalc.calculation.lock.kept_rules import years_before
from ghgcalc.calculation.lock.model import ANNUAL_RATE, CONTRACT_DAYS
from ghgcalc.calculation.quantify import Pricer
from ghgcalc.calculation.resolve.resolve import Resolver
from ghgcalc.calculation.results.line import Line, lines_of
from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.calculation.scope_2.statements import Unstated, settle, unstated, warning
from ghgcalc.company.checks.regions import check_regions
from ghgcalc.company.gaps import AcceptBook
from ghgcalc.company.validate import validate
from ghgcalc.core.diagnostics import Diagnostic, Location, Severity, has_errors, in_order
from ghgcalc.core.text.document import Document, load_document
from ghgcalc.core.text.paths import LOCK_FILE
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.source import SourceFile, collector_paused
from ghgcalc.factors.catalogue import FactorCatalog, load_catalog
from ghgcalc.inventory.accepted_gaps import accepted
from ghgcalc.inventory.expectations import expectations
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.inventory.notes import choices_of, describe, inputs_of
from ghgcalc.inventory.packs import pack_uses
from ghgcalc.inventory.select import select
from ghgcalc.inventory.standing import Asked, standing
from ghgcalc.inventory.wide_gaps import too_wide

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.elementary import Elementary
    from ghgcalc.activity_data.tables.polars_engine.engine import TableSums
    from ghgcalc.activity_data.tables.polars_engine.excerpts import RowLines
    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.calculation.resolve.locked import Sections
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Approach
    from ghgcalc.core.period import Span


@dataclass(slots=True)
class Project:
    """A loaded company with its packs and amounts; computing asks it for any period."""

    company: Company
    catalog: FactorCatalog
    wholes: list[Elementary]
    tables: dict[str, TableSums] = field(default_factory=dict)
    excerpts: dict[str, RowLines] = field(default_factory=dict)
    priced: bool = True
    lock: Lock | None = None
    locked: bool = False
    _amounts: list[Elementary] | None = None

    @property
    def amounts(self) -> list[Elementary]:
        """Every amount: `wholes` with sums of several split into them."""
        if self._amounts is None:
            every = (
                amount
                for whole in self.wholes
                for amount in ((whole,) if whole.split is None else whole.split())
            )
            self._amounts = sorted(every, key=lambda amount: amount.order)
        return self._amounts

    @property
    def sources(self) -> list[SourceFile]:
        """Every text file read, for excerpts; of tables the lines with findings."""
        read = [sums.excerpts for sums in self.tables.values()]
        rows = [
            SourceFile(path, "", _lines=lines)
            for excerpts in (*read, self.excerpts)
            for path, lines in excerpts.items()
        ]
        return [*self.company.document.files, *self.catalog.sources, *rows]


@dataclass(slots=True)
class Run:
    """One computation: the inventory, or None where errors block it, and all findings."""

    inventory: Inventory | None
    diagnostics: tuple[Diagnostic, ...]
    project: Project | None
    document: Document | None = None
    wholes: list[Line] = field(default_factory=list)
    resolver: Resolver | None = None
    unstated: list[Unstated] = field(default_factory=list)
    _lines: list[Line] | None = None

    @property
    def lines(self) -> list[Line]:
        """Every line of the period, whatever the boundary."""
        if self._lines is None:
            self._lines = lines_of(self.wholes)
        return self._lines

    @property
    def sources(self) -> list[SourceFile]:
        """Every text file read, for excerpts."""
        if self.project is not None:
            return self.project.sources
        return self.document.files if self.document is not None else []


def open_project(
    path: str | Path, *, fresh: bool = False
) -> tuple[Project | None, Document | None, list[Diagnostic]]:
    """Load, validate, open packs, read tables, expand: everything before a period is asked.

    `fresh` reads tables by today's rules also where a year was locked before them.
    """
    found: list[Diagnostic] = []
    loaded = load_document(path)
    found.extend(loaded.diagnostics)
    if not loaded.value.complete:
        return None, loaded.value, found
    checked = validate(loaded.value)
    found.extend(checked.diagnostics)
    company = checked.value
    if company is None:
        return None, loaded.value, found
    catalog = load_catalog(company)
    found.extend(catalog.diagnostics)
    found.extend(check_regions(company, catalog.value.own_regions()))
    broken = has_errors(catalog.diagnostics) or (
        has_errors(checked.diagnostics)  # a list that could not be read, not an empty one
        and "factor_packs" in loaded.value.root
        and not company.factor_packs
    )
    project = Project(company, catalog.value, [], priced=not broken)
    if lexists(loaded.value.folder / LOCK_FILE):
        from ghgcalc.calculation.lock.read import read_lock

        lock = read_lock(loaded.value)
        found.extend(lock.diagnostics)
        project.lock = lock.value
    amounts = Gathering(company, catalog.value)
    for order, (name, activity) in enumerate(company.activities.items()):
        if name in company.faulty:
            continue  # the checks have said what is wrong with it
        found.extend(amounts.take(order, name, activity))
    project.wholes = amounts.wholes()
    if company.tables:
        from ghgcalc.activity_data.from_tables import read_tables

        read_tables(project, found, () if fresh else years_before(project.lock, CONTRACT_DAYS))
    if not has_errors(found):  # what could not be read is not called missing
        found.extend(unserved(company, project.wholes))
    found.extend(distant_periods(company, project.wholes))
    return project, loaded.value, found


def compute(
    path: str | Path,
    *,
    period: str | None = None,
    boundary: str | None = None,
    approach: Approach | None = None,
    locked: bool = False,
) -> Run:
    """Compute one inventory.

    Args:
        path: the company file.
        period: a period as written in files; default the newest reporting year with activities.
        boundary: a named boundary; default every line.
        approach: consolidation approach; default the organization's.
        locked: refuse lines that the lock does not hold, and any drift from it.

    Returns:
        A run whose inventory is None when errors of the period, or errors that cannot be placed
        in time, block its totals.
    """
    with collector_paused():
        project, document, found = open_project(path)
        if project is None:
            return Run(None, in_order(found), None, document)
        project.locked = locked
        if locked and project.lock is None:
            found.extend(no_lock(project, found))
        boundary = composed(boundary) if boundary is not None else None
        span, name = asked_period(project.company, project.wholes, period, found)
        if boundary is not None and boundary not in project.company.boundaries:
            found.append(_unknown_boundary(project, boundary))
            boundary = None
        if span is None:
            return Run(None, in_order(found), project, document)
        run = compute_period(project, span, name, boundary, approach, found)
        run.document = document
        return run


def compute_period(
    project: Project,
    span: Span,
    name: str,
    boundary: str | None,
    approach: Approach | None,
    found: list[Diagnostic],
) -> Run:
    """Compute a period of an open project; `found` are the findings so far."""
    company = project.company
    approach = approach or company.organization.consolidation_approach
    resolver = Resolver(project.catalog, AcceptBook(company), project.catalog.gwp.name)
    resolver.lock = _locked_years(project, found)
    pricer = Pricer(company, project.catalog, resolver)
    pricer.years_without_days = years_before(project.lock, CONTRACT_DAYS)
    years = set(range(company.year.name_of(span.first), company.year.name_of(span.last) + 1))
    pieces, before = _pieces(project, span, years, approach, found)
    if not project.priced:  # a pack is missing: every line would say so again
        pieces = []
    every: list[Line] = []
    wholes, instruments, disclosures = price_lines(pricer, pieces, years, span, found, every)
    settle(company, every, project.lock)
    alone = unstated(wholes)
    found.extend(warning(company, alone))
    lock_use = None
    if project.lock is not None and project.priced and not project.lock.foreign:
        from ghgcalc.inventory.lock_drift import Judged, drift

        judged = Judged(
            company, resolver, project.lock, lines_of(wholes), lines_of(every), span, approach,
            inputs_of(project), project.locked,
        )  # fmt: skip
        lock_use, drifted = drift(judged)
        found.extend(drifted)
    hours = None
    if company.hourly:
        from ghgcalc.calculation.scope_2.hourly import match_hours

        hours = match_hours(project, span, found)
    blocking = [d for d in found if d.severity is Severity.ERROR and touches(d, span)]
    ordered = in_order(found, company.year.name_of)
    if blocking:
        return Run(None, ordered, project, resolver=resolver, unstated=alone)
    chosen = select(company, wholes, boundary)
    totals = totals_of(chosen)
    departures = accepted(company, chosen, totals, disclosures)
    ordered = in_order([*ordered, *too_wide(company, departures, instruments)])
    inventory = Inventory(
        name=company.organization.name,
        period=name,
        span=span,
        boundary=boundary,
        approach=approach,
        gwp_set=project.catalog.gwp.name,
        wholes=chosen,
        totals=totals,
        instruments=instruments,
        accepted=departures,
        expectations=expectations(company, wholes, span, boundary),
        packs=pack_uses(project.catalog, chosen),
        inputs=inputs_of(project),
        choices=choices_of(company, project.catalog),
        diagnostics=ordered,
        not_consolidated=before,
        lock=lock_use,
        standing=standing(company, chosen, Asked(span, boundary, approach)),
    )
    if lock_use is not None:
        inventory.inputs = dict(
            sorted({**inventory.inputs, lock_use.file: lock_use.sha256}.items())
        )
    describe(inventory, project, disclosures, span)
    if hours is not None:
        inventory.hourly = hours.found
        inventory.inputs = dict(sorted({**inventory.inputs, **hours.inputs}.items()))
        inventory.notes.extend(hours.notes)
    return Run(inventory, ordered, project, wholes=wholes, resolver=resolver, unstated=alone)


def _locked_years(project: Project, found: list[Diagnostic]) -> Sections | None:
    """The lock by the days of its years; a broken seal blocks its year."""
    lock, year = project.lock, project.company.year
    if lock is None:
        return None
    if lock.foreign:
        found.append(
            Diagnostic(
                "bad-lock",
                f"`{lock.shown}` was written for `{lock.foreign}` and is not used here",
                Location(lock.shown, 1, 1),
                hint="keep one company file per folder",
                severity=Severity.ERROR if project.locked else Severity.WARNING,
            )
        )
        return None
    for section in lock.sections.values():
        if not section.sealed:
            days = year.span(section.year)
            found.append(
                Diagnostic(
                    "lock-edited",
                    f"the section `{section.year}` is not as `ghgcalc lock` wrote it",
                    section.place,
                    days=(days.first, days.last),
                    hint=f"run `ghgcalc lock --period {section.year} --upgrade`, or restore the"
                    " file from version control",
                )
            )
    return {year.span(name): section for name, section in lock.sections.items()}


def no_lock(project: Project, found: list[Diagnostic]) -> list[Diagnostic]:
    """`--locked` without a lock; where it cannot be read, that has been said."""
    path = project.company.document.folder / LOCK_FILE
    if path.exists() and found:
        return []
    where = project.company.document.locate(())
    return [
        Diagnostic(
            "not-locked",
            f"`--locked` asks for `{path.name}`, which does not stand beside the company file",
            where,
            hint="write it with `ghgcalc lock`",
        )
    ]


def _pieces(
    project: Project, span: Span, years: set[int], approach: Approach, found: list[Diagnostic]
) -> tuple[list[Piece], list[str]]:
    from datetime import timedelta

    company = project.company
    kept = years_before(project.lock, CONTRACT_DAYS)
    rates = years_before(project.lock, ANNUAL_RATE)
    calendar = Calendar(company, (span.first, span.last + timedelta(days=1)), kept, rates)
    pieces: list[Piece] = []
    before: dict[str, list[str]] = {}
    for amount in (each for whole in project.wholes for each in calendar.uncut(whole)):
        made, problems = cut(company, calendar, amount, approach, years)
        found.extend(problems)
        pieces.extend(made)
        facility = company.facilities.get(amount.facility or "")
        if facility is not None and facility.history and amount.span.overlap(span):
            first = min(facility.history)
            if amount.span.first < first:
                before.setdefault(f"{amount.facility} before {first}", []).append(amount.id)
    pieces.sort(key=place_of)
    return pieces, [f"{listed(ids)}: {where}" for where, ids in before.items()]


def _unknown_boundary(project: Project, name: str) -> Diagnostic:
    known = ", ".join(project.company.boundaries) or "none"
    return Diagnostic(
        "unknown-boundary",
        f"boundary `{name}` is not defined",
        project.company.document.locate(("boundaries",)),
        hint=f"defined: {known}",
    )
