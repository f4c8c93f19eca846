"""Judge a whole file: every reporting year, every expectation, every accepted gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.activity_data.calendar_gaps import calendar_gaps
from ghgcalc.activity_data.periods import any_in
from ghgcalc.calculation.scope_2.statements import CODE, warning
from ghgcalc.core.diagnostics import Diagnostic, Severity, has_errors, in_order
from ghgcalc.core.text.source import collector_paused
from ghgcalc.inventory.expectations import expectations as expected_of
from ghgcalc.pipeline.run import compute_period, no_lock, open_project

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.scope_2.statements import Unstated
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.inventory.inventory import ExpectationResult
    from ghgcalc.pipeline.run import Project


@dataclass(slots=True)
class Judgement:
    """What `check` found: findings of every period, expectations, and the years judged."""

    project: Project | None
    sources: list[SourceFile]
    diagnostics: tuple[Diagnostic, ...]
    expectations: list[ExpectationResult]
    years: list[int]


def judge(path: str | Path, *, locked: bool = False) -> Judgement:
    """Compute every reporting year with activities and every period of an expectation.

    Diagnosed besides what computing finds: `accept-unused` for an `accept:` entry that no line
    of any period needed, `calendar-gap` for days of a year that a supply's lines leave out.
    """
    with collector_paused():
        project, document, found = open_project(path)
        if project is None:
            sources = document.files if document is not None else []
            return Judgement(None, sources, in_order(found), [], [])
        project.locked = locked
        if locked and project.lock is None:
            found.extend(no_lock(project, found))
        years = reporting_years(project)
        year = project.company.year
        periods: dict[Span, str] = {year.span(name): str(name) for name in years}
        for item in project.company.expect.values():
            periods.setdefault(year.resolve(item.period), str(item.period))
        everything = [*found, *calendar_gaps(project, years)]
        expectations: list[ExpectationResult] = []
        used: set[int] = set()
        alone: list[Unstated] = []
        for span, name in periods.items():
            if not any_in(project.company, project.wholes, span):
                reason = f"no activity data in {name}"
                expectations += expected_of(project.company, [], span, None, reason)
                continue
            said = list(found)
            run = compute_period(project, span, name, None, None, said)
            everything.extend(item for item in said[len(found) :] if item.code != CODE)
            alone.extend(run.unstated)
            if run.inventory is not None:
                expectations.extend(run.inventory.expectations)
                used |= {gap.entry for gap in run.inventory.accepted}
                used |= {gap.entry for use in run.inventory.instruments for gap in use.gaps}
        everything.extend(warning(project.company, list(dict.fromkeys(alone))))
        if not has_errors(everything):
            everything.extend(_unused(project, used))
        return Judgement(
            project, project.sources, in_order(everything, year.name_of), expectations, years
        )


def reporting_years(project: Project) -> list[int]:
    """The reporting years that activity data touch."""
    year = project.company.year
    found: set[int] = set()
    for amount in project.amounts:
        found.update(range(year.name_of(amount.span.first), year.name_of(amount.span.last) + 1))
    return sorted(found)


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
