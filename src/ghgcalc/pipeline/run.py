"""A period of a project: the straight line from its amounts to the inventory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, get_args

from ghgcalc.activity_data.consolidate import consolidate
from ghgcalc.activity_data.periods import asked_period, blocked
from ghgcalc.calculation.lines import calculate_lines
from ghgcalc.calculation.lock.kept_rules import years_before
from ghgcalc.calculation.lock.model import ANNUAL_RATE, CONTRACT_DAYS
from ghgcalc.calculation.quantify import Quantifier
from ghgcalc.calculation.resolve.resolve import Resolver
from ghgcalc.calculation.results.line import lines_of
from ghgcalc.calculation.results.matching import HourlyMatches
from ghgcalc.company.gaps import AcceptBook
from ghgcalc.company.organization import Approach
from ghgcalc.core.arguments import COMPANY, flag_of, path_of, period_of, text_of
from ghgcalc.core.check import found_by, raised, weighed
from ghgcalc.core.diagnostics import Diagnostic, Outcome, has_errors, in_order
from ghgcalc.core.period import Span
from ghgcalc.core.text.document import NO_TEXTS
from ghgcalc.core.text.paths import LOCK_FILE
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.source import collector_paused
from ghgcalc.inventory.checks import UNUSED, AllTaken
from ghgcalc.inventory.notes import Beside
from ghgcalc.inventory.passed_over import by_entry
from ghgcalc.inventory.standing import InventoryAsked
from ghgcalc.inventory.take import take_inventory
from ghgcalc.pipeline.check_choices import changes
from ghgcalc.pipeline.foresight import with_foreseen
from ghgcalc.pipeline.project import (
    Opened,
    Project,
    cut_at,
    open_project,
    reporting_years,
    row_sources,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ghgcalc.calculation.lines import Calculated
    from ghgcalc.calculation.lock.model import Sections
    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.scope_2.statements import Unstated
    from ghgcalc.company.company import Company
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.inventory.inventory import Inventory, LockUse
    from ghgcalc.inventory.passed_over import PassedOver


@dataclass(slots=True)
class Run:
    """One computation: the inventory, or None where errors block it, and all findings.

    Attributes:
        diagnostics: what was found, in order, each thing once.
        said: what this period adds to the findings of the project, one by one.
        used: the `accept:` entries that lines or instruments needed, by index.
        passed: rows that entries admit and that others go before, by the entry.
        wholes: the lines of the period, whatever the boundary; some are sums of several.
    """

    inventory: Inventory | None
    diagnostics: tuple[Diagnostic, ...]
    opened: Opened
    said: tuple[Diagnostic, ...] = ()
    wholes: list[Line] = field(default_factory=list)
    resolver: Resolver | None = None
    unstated: list[Unstated] = field(default_factory=list)
    hours: HourlyMatches = field(default_factory=HourlyMatches)
    used: frozenset[int] = frozenset()
    passed: Mapping[int, PassedOver] = field(default_factory=dict)
    _lines: list[Line] | None = None

    @property
    def project(self) -> Project | None:
        """The project, or None where the file holds no company."""
        return self.opened.project

    @property
    def lines(self) -> list[Line]:
        """Every line of the period, whatever the boundary."""
        if self._lines is None:
            self._lines = lines_of(self.wholes)
        return self._lines

    @property
    def sources(self) -> list[SourceFile]:
        """Every text file read, for excerpts."""
        return [*self.opened.sources, *row_sources(self.hours.excerpts)]


def compute(
    path: str | Path | Project,
    *,
    period: str | int | None = None,
    boundary: str | None = None,
    approach: Approach | None = None,
    locked: bool = False,
) -> Run:
    """Compute one inventory.

    Args:
        path: the company file, or the project that `load` made of it.
        period: a period as written in files, a reporting year also as a number; default the newest
            reporting year with activities.
        boundary: a named boundary; default every line.
        approach: consolidation approach; default the organization's.
        locked: refuse lines that the lock does not hold, and any drift from it.

    Returns:
        A run whose inventory is None when errors of the period, or errors that cannot be placed
        in time, block its totals.

    Raises:
        TypeError: an argument is of another kind.
    """
    period, boundary = period_of(period), text_of(boundary, "boundary")
    text_of(approach, "approach")
    flag_of(locked, "locked")
    if not isinstance(path, Project):
        path = path_of(path, wanted=f"{COMPANY}, or the `project` that `load` gave")
    with collector_paused():
        if isinstance(path, Project):
            opened = Outcome(Opened(path.company.document, path), path.found)
            return _computed(opened, period, boundary, approach, locked=locked)

        def computed(texts: Mapping[str, str] = NO_TEXTS, packs: Sequence[str] = ()) -> Run:
            again = open_project(path, texts=texts, packs=packs)
            return _computed(again, period, boundary, approach, locked=locked)

        run = computed()
        if run.inventory is None:
            run.diagnostics = with_foreseen(
                run.diagnostics, run.sources, lambda *changed: computed(*changed).diagnostics
            )
        return run


def _computed(
    opened: Outcome[Opened],
    period: str | None,
    boundary: str | None,
    approach: Approach | None,
    *,
    locked: bool,
) -> Run:
    """Compute one inventory of what was opened."""
    project = opened.value.project
    if project is None:
        return Run(None, in_order(opened.diagnostics), opened.value)
    project = with_unused(project)
    asked = _asked(project, period, boundary, approach, locked=locked)
    if asked.value is None:
        return Run(None, in_order((*project.found, *asked.diagnostics)), opened.value)
    return compute_period(project, asked.value, asked.diagnostics)


def compute_period(
    project: Project, asked: InventoryAsked, also: tuple[Diagnostic, ...] = ()
) -> Run:
    """Compute a period of an open project; `also` are findings about what was asked."""
    project = cut_at(project, asked.span)
    company, catalog, lock = project.company, project.catalog, project.lock
    kept = years_before(lock, CONTRACT_DAYS)
    locked = _locked_years(project, asked)
    portions = consolidate(
        company, project.wholes, asked.span, asked.approach,
        kept=kept, whole_rates=years_before(lock, ANNUAL_RATE),
    )  # fmt: skip
    pieces = portions.value.pieces if project.priced else []
    resolver = Resolver(catalog, AcceptBook(company), catalog.gwp.name, lock=locked.value)
    quantifier = Quantifier(company, catalog, resolver, years_without_days=kept)
    early = (*project.lost, *portions.diagnostics)
    lines = calculate_lines(quantifier, pieces, asked.span, lock, partial(blocked, early))
    kept_out = partial(blocked, (*early, *lines.diagnostics))
    drift = _drift(project, asked, lines.value, resolver, kept_out)
    hours = _hours(project, asked.span)
    found = (*also, *locked.diagnostics, *portions.diagnostics, *lines.diagnostics,
             *drift.diagnostics, *hours.diagnostics)  # fmt: skip
    said = weighed(found, company.checks)
    run = Run(
        None, in_order((*project.found, *said), company.year.name_of),
        Opened(company.document, project), said,
        resolver=resolver, unstated=lines.value.unstated, hours=hours.value,
    )  # fmt: skip
    if blocked((*project.found, *said), _rested_on(company, asked.span, lines.value.instruments)):
        return run
    beside = Beside(
        project.wholes, project.tables, project.inputs, lock, drift.value, hours.value,
        portions.value.unplaced, lines.value.disclosures, lines.value.derived,
        changes(company.checks),
    )  # fmt: skip
    taken = take_inventory(company, catalog, asked, lines.value, beside)
    judged = weighed(taken.diagnostics, company.checks)
    run.said, run.used = (*said, *judged), taken.value.gaps_used
    run.passed = by_entry(taken.value.wholes)
    run.diagnostics = in_order((*project.found, *run.said), company.year.name_of)
    if not blocked(judged, asked.span):
        run.wholes, run.inventory = lines.value.lines, taken.value
        run.inventory.diagnostics = run.diagnostics
    return run


def _rested_on(company: Company, span: Span, instruments: Iterable[InstrumentUse]) -> Span:
    """The days whose consumption the figures of a period rest on.

    An instrument is spread over the consumption of its reporting year: what errors keep out of one
    month changes what it covers in every other.
    """
    if not any(use.used and (use.days is None or not span.holds(use.days)) for use in instruments):
        return span
    first, last = (company.year.span(company.year.name_of(day)) for day in span)
    return Span(first.first, last.last)


def with_unused(project: Project) -> Project:
    """A project with the `accept:` entries that no line needs, where its file calls them errors.

    They are known when every reporting year is calculated, and not where errors keep lines out.
    """
    company = project.company
    checks = raised((UNUSED,), company.checks)
    if not (checks and company.accept) or has_errors(project.found):
        return project
    used: set[int] = set()
    passed: dict[int, PassedOver] = {}
    for year in reporting_years(company, project.amounts):
        run = compute_period(project, year_asked(project, year))
        if has_errors(run.said):
            return project
        used |= run.used
        passed = {**run.passed, **passed}
    found = found_by(checks, AllTaken(company, used, (), passed), company.checks)
    return replace(project, found=(*project.found, *weighed(found, company.checks)))


def year_asked(project: Project, year: int) -> InventoryAsked:
    """A whole reporting year, every line, by the organization's own approach."""
    return asked_of(project, project.company.year.span(year), str(year))


def asked_of(project: Project, span: Span, name: str, *, locked: bool = False) -> InventoryAsked:
    """Some days, every line, by the organization's own approach."""
    approach = project.company.organization.consolidation_approach
    return InventoryAsked(span, name, None, approach, locked)


def _asked(
    project: Project,
    period: str | None,
    boundary: str | None,
    approach: Approach | None,
    *,
    locked: bool,
) -> Outcome[InventoryAsked | None]:
    """What is asked for, in the words of the command line; None where it names no days."""
    company = project.company
    found = no_lock(project) if locked and project.lock is None else []
    days = asked_period(company, project.wholes, period, (*project.found, *found))
    found += days.diagnostics
    boundary = composed(boundary) if boundary is not None else None
    if boundary is not None and boundary not in company.boundaries:
        if not company.defines("boundaries", boundary):
            found.append(_unknown_boundary(project, boundary))
        boundary = None
    if approach is not None and approach not in get_args(Approach):
        found.append(_unknown_approach(project, approach))
    span, name = days.value
    if span is None:
        return Outcome(None, tuple(found))
    approach = approach or company.organization.consolidation_approach
    return Outcome(InventoryAsked(span, name, boundary, approach, locked), tuple(found))


def _locked_years(project: Project, asked: InventoryAsked) -> Outcome[Sections | None]:
    if project.lock is None:
        return Outcome(None)
    from ghgcalc.calculation.lock.read import locked_years

    return locked_years(project.lock, project.company.year, strict=asked.locked)


def _drift(
    project: Project,
    asked: InventoryAsked,
    calculated: Calculated,
    resolver: Resolver,
    kept_out: Callable[[Span], bool],
) -> Outcome[LockUse | None]:
    """How far the lock decides the lines, and what has moved since it was written."""
    if project.lock is None or project.lock.foreign or not project.priced:
        return Outcome(None)
    from ghgcalc.inventory.lock_drift.compared import lock_drift
    from ghgcalc.inventory.lock_drift.judged import Judged
    from ghgcalc.pipeline.evidence import digest_of

    found = lock_drift(
        Judged(
            project.company, resolver, project.lock, lines_of(calculated.lines),
            lines_of(calculated.every), asked.span, asked.approach, project.inputs, asked.locked,
            kept_out, partial(digest_of, project.company.document.folder),
        )
    )  # fmt: skip
    return Outcome(found.value, found.diagnostics)


def gone_years(project: Project, *, strict: bool) -> list[Diagnostic]:
    """The reporting years that the lock holds and that no activity data touch any more.

    Not said of a year whose data are there and refused.

    Args:
        project: the file and its lock.
        strict: whether that is an error, as with `--locked`, rather than a warning.

    Diagnosed: `lock-drift-figure`; `lock-edited` where such a section is not as it was written.
    """
    lock, year = project.lock, project.company.year
    if lock is None or lock.foreign:
        return []
    from ghgcalc.calculation.lock.read import locked_years
    from ghgcalc.inventory.lock_drift.gone import gone_year

    there = set(reporting_years(project.company, project.amounts))
    missing = {
        span: section
        for name, section in lock.sections.items()
        if name not in there and not blocked(project.found, span := year.span(name))
    }
    edited = locked_years(lock, year, strict=strict).diagnostics if missing else ()
    return [*edited, *(gone_year(each, span, strict=strict) for span, each in missing.items())]


def _hours(project: Project, span: Span) -> Outcome[HourlyMatches]:
    if not project.company.hourly:
        return Outcome(HourlyMatches())
    from ghgcalc.calculation.scope_2.hourly import match_hours

    return match_hours(project.company, span)


def no_lock(project: Project) -> list[Diagnostic]:
    """A lock asked for where there is none; where it cannot be read, that has been said."""
    path = project.company.document.folder / LOCK_FILE
    if path.exists() and project.found:
        return []
    return [
        Diagnostic(
            "not-locked",
            f"a lock is asked for, and `{path.name}` does not stand beside the company file",
            project.company.document.locate(()),
            hint="write it with `ghgcalc lock`",
        )
    ]


def _unknown_approach(project: Project, name: str) -> Diagnostic:
    """One that the command line cannot pass, and a caller can."""
    return Diagnostic(
        "unknown-value",
        f"`{name}` is no consolidation approach",
        project.company.document.locate(("organization", "consolidation_approach")),
        hint=f"one of {', '.join(get_args(Approach))}",
    )


def _unknown_boundary(project: Project, name: str) -> Diagnostic:
    known = ", ".join(project.company.boundaries) or "none"
    return Diagnostic(
        "unknown-boundary",
        f"boundary `{name}` is not defined",
        project.company.document.locate(("boundaries",)),
        hint=f"defined: {known}",
    )
