"""Judge a whole file: every reporting year, every expectation, every accepted gap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ghgcalc.activity_data.calendar_gaps import calendar_gaps
from ghgcalc.activity_data.periods import any_in, blocked
from ghgcalc.calculation.scope_2.statements import CODE, warning
from ghgcalc.core.diagnostics import Diagnostic, Severity, has_errors, in_order
from ghgcalc.core.text.row_lines import joined_lines
from ghgcalc.core.text.source import collector_paused
from ghgcalc.inventory.expectations import as_diagnostics
from ghgcalc.inventory.expectations import expectations as expected_of
from ghgcalc.pipeline.project import open_project, reporting_years, row_sources
from ghgcalc.pipeline.run import asked_of, compute_period, no_lock

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.scope_2.statements import Unstated
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.row_lines import RowLines
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.inventory.inventory import ExpectationResult
    from ghgcalc.pipeline.project import Project


@dataclass(slots=True)
class Judgement:
    """What `check` found: findings of every period, expectations, and the years judged."""

    project: Project | None
    sources: list[SourceFile]
    diagnostics: tuple[Diagnostic, ...]
    expectations: list[ExpectationResult]
    years: list[int]

    @property
    def holds(self) -> bool:
        """Whether there is no error and every expectation holds: a gate is open."""
        return not has_errors(self.diagnostics) and all(one.holds for one in self.expectations)


def check(path: str | Path, *, locked: bool = False) -> Judgement:
    """Judge a whole file; expectations that fail are findings among the others.

    Args:
        path: the company file.
        locked: refuse lines that the lock does not hold, and any drift from it.
    """
    found = check_file(path, locked=locked)
    failed = as_diagnostics(found.expectations)
    return replace(found, diagnostics=in_order((*found.diagnostics, *failed)))


def check_file(path: str | Path, *, locked: bool = False) -> Judgement:
    """Compute every reporting year with activities and every period of an expectation.

    Diagnosed besides what computing finds: `accept-unused` for an `accept:` entry that no line
    of any period needed, `calendar-gap` for days of a year that a supply's lines leave out.
    """
    with collector_paused():
        opened = open_project(path)
        project = opened.value.project
        if project is None:
            return Judgement(None, opened.value.sources, in_order(opened.diagnostics), [], [])
        also = no_lock(project) if locked and project.lock is None else []
        years = reporting_years(project.company, project.amounts)
        year = project.company.year
        periods: dict[Span, str] = {year.span(name): str(name) for name in years}
        for item in project.company.expect.values():
            periods.setdefault(year.resolve(item.period), str(item.period))
        gaps = calendar_gaps(project.company, project.amounts, years)
        everything = [*project.found, *also, *gaps]
        expectations: list[ExpectationResult] = []
        used: set[int] = set()
        alone: list[Unstated] = []
        excerpts: dict[str, RowLines] = {}
        for span, name in periods.items():
            if not any_in(project.company, project.wholes, span):
                if not blocked(project.found, span):
                    reason = f"no activity data in {name}"
                    expectations += expected_of(project.company, [], span, None, reason)
                continue
            run = compute_period(project, asked_of(project, span, name, locked=locked), tuple(also))
            everything.extend(item for item in run.said[len(also) :] if item.code != CODE)
            alone.extend(run.unstated)
            excerpts = joined_lines(excerpts, run.hours.excerpts)
            if run.inventory is not None:
                expectations.extend(run.inventory.expectations)
                used |= {gap.entry for gap in run.inventory.accepted}
                used |= {gap.entry for use in run.inventory.instruments for gap in use.gaps}
        everything.extend(warning(project.company, list(dict.fromkeys(alone))))
        if not has_errors(everything):
            everything.extend(_unused(project, used))
        sources = [*project.sources, *row_sources(excerpts)]
        return Judgement(project, sources, in_order(everything, year.name_of), expectations, years)


def _unused(project: Project, used: set[int]) -> list[Diagnostic]:
    """An accepted gap that nothing needs hides what it was written for."""
    company = project.company
    return [
        Diagnostic(
            "accept-unused",
            f"`accept:` entry {index + 1} ({entry.gap}) matches no line",
            company.document.locate(("accept", index)),
            severity=Severity.WARNING,
            hint="remove it, or correct what its `for:` names",
        )
        for index, entry in company.accept.items()
        if index not in used
    ]
