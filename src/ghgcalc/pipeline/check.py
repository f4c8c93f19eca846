"""Judge a whole file: every reporting year, every expectation, every accepted gap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ghgcalc.activity_data import checks as of_data
from ghgcalc.activity_data.periods import any_in, blocked, touches
from ghgcalc.calculation.scope_2.statements import CODE, warning
from ghgcalc.core.arguments import flag_of, names_of, no_name, path_of
from ghgcalc.core.check import found_by, weighed
from ghgcalc.core.diagnostics import Severity, has_errors, in_order
from ghgcalc.core.text.document import NO_TEXTS
from ghgcalc.core.text.row_lines import joined_lines
from ghgcalc.core.text.source import collector_paused
from ghgcalc.inventory import checks as of_inventory
from ghgcalc.inventory.expectations import expectations as expected_of
from ghgcalc.inventory.expectations import unjudged as unjudged_of
from ghgcalc.pipeline.check_choices import BY_CODE
from ghgcalc.pipeline.foresight import with_foreseen
from ghgcalc.pipeline.project import open_project, reporting_years, row_sources
from ghgcalc.pipeline.run import asked_of, compute_period, gone_years, no_lock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from ghgcalc.calculation.scope_2.statements import Unstated
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.row_lines import RowLines
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.inventory.inventory import ExpectationResult
    from ghgcalc.inventory.passed_over import PassedOver
    from ghgcalc.pipeline.project import Project


@dataclass(slots=True)
class Judgement:
    """What `check` found: findings of every period, expectations, and the years judged.

    Attributes:
        diagnostics: the findings, in order; where checks are selected, theirs and the errors that
            keep something from being read or judged.
        expectations: every expectation that was judged, beside what was computed.
        years: the reporting years with activity data.
        others: the findings that were not selected.
        unjudged: the expectations of periods whose totals errors block; none of them holds.
    """

    project: Project | None
    sources: list[SourceFile]
    diagnostics: tuple[Diagnostic, ...]
    expectations: list[ExpectationResult]
    years: list[int]
    others: tuple[Diagnostic, ...] = ()
    unjudged: tuple[ExpectationResult, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether there is no error, and nothing that errors kept from being judged.

        An expectation that fails is an error; one that is not judged does not hold.
        """
        return not has_errors(self.diagnostics) and not self.unjudged


def check(
    path: str | Path,
    *,
    locked: bool = False,
    select: Collection[str] = (),
    texts: Mapping[str, str] = NO_TEXTS,
    complete: bool = False,
) -> Judgement:
    """Compute every reporting year with activities and every period of an expectation.

    Diagnosed besides what computing finds: what the checks of whole files find, such as
    `calendar-gap`, `accept-unused` and `expectation-failed`.

    Args:
        path: the company file.
        locked: refuse what the lock does not hold, and drift.
        select: the checks whose findings are wanted; all where there are none. Errors that keep
            lines out of totals, or an expectation from being judged, are told in any case.
        complete: ask for every answer: each Scope 3 category evaluated or explained, a method for
            each of its lines; selecting such a check asks as well.
        texts: read in the place of the company file and of what it includes, by the paths that
            places carry, such as what an editor has not saved.

    Raises:
        TypeError: an argument is of another kind; `select` is a lone text.
        ValueError: when `select` names what is no check.
    """
    path = path_of(path)
    flag_of(locked, "locked")
    flag_of(complete, "complete")
    codes = names_of(select, "select", "calendar-gap")
    for code in sorted(codes - set(BY_CODE)):
        no_name(code, "check", BY_CODE, "docs/format.md lists the checks")
    complete = complete or any(each.code in codes for each in of_inventory.WHEN_COMPLETE)
    with collector_paused():
        found = _judged(path, texts, locked=locked, complete=complete, select=codes)
        if not codes:
            found.diagnostics = with_foreseen(
                found.diagnostics, found.sources,
                lambda more, packs: _judged(path, {**texts, **more}, packs,
                                            locked=locked, complete=complete).diagnostics,
            )  # fmt: skip
        return found


def _judged(
    path: str | Path,
    texts: Mapping[str, str] = NO_TEXTS,
    packs: Sequence[str] = (),
    *,
    locked: bool,
    complete: bool,
    select: Collection[str] = (),
) -> Judgement:
    """Judge the files, with `texts` in the place of some of them and `packs` behind theirs."""
    opened = open_project(path, texts=texts, packs=packs)
    project = opened.value.project
    if project is None:
        return Judgement(None, opened.value.sources, in_order(opened.diagnostics), [], [])
    return _whole(project, locked=locked, complete=complete, select=select)


def _whole(project: Project, *, locked: bool, complete: bool, select: Collection[str]) -> Judgement:
    """Judge every reporting year and every period of an expectation."""
    also = no_lock(project) if locked and project.lock is None else []
    years = reporting_years(project.company, project.amounts)
    periods = _periods(project, years)
    data = of_data.ActivityData(
        project.company, project.wholes, project.amounts, years, project.lost
    )
    choices = project.company.checks
    everything = [*project.found, *also, *found_by(of_data.OF_THE_FILE, data, choices)]
    expectations: list[ExpectationResult] = []
    unjudged: dict[Span, list[ExpectationResult]] = {}
    used: set[int] = set()
    passed: dict[int, PassedOver] = {}
    alone: list[Unstated] = []
    excerpts: dict[str, RowLines] = {}
    everything += gone_years(project, strict=locked)
    for span, name in periods.items():
        if not any_in(project.company, project.wholes, span):
            if blocked(project.found, span):
                unjudged[span] = _unknown(project, span, name)
            else:
                reason = f"no activity data in {name}"
                expectations += expected_of(project.company, [], span, None, reason)
            continue
        run = compute_period(project, asked_of(project, span, name, locked=locked), tuple(also))
        everything.extend(item for item in run.said[len(also) :] if item.code != CODE)
        alone.extend(run.unstated)
        excerpts = joined_lines(excerpts, run.hours.excerpts)
        used |= run.used
        passed = {**run.passed, **passed}
        if run.inventory is not None:
            expectations.extend(run.inventory.expectations)
            if complete and name in map(str, years):
                given = of_inventory.Answered(project.company, run.inventory)
                everything += found_by(of_inventory.WHEN_COMPLETE, given, choices)
        else:
            unjudged[span] = _unknown(project, span, name)
    everything.extend(warning(project.company, list(dict.fromkeys(alone))))
    taken = of_inventory.AllTaken(project.company, used, expectations, passed)
    errors = has_errors(weighed(everything, choices))
    everything += found_by(of_inventory.OF_THE_FILE, taken, choices, errors=errors)
    found = in_order(weighed(everything, choices), project.company.year.name_of)
    open_days = [span for span, results in unjudged.items() if results]
    shown = _selected(found, select, open_days)
    others = tuple(set(found).difference(shown)) if select else ()
    sources = [*project.sources, *row_sources(excerpts)]
    left = tuple(chain.from_iterable(unjudged.values()))
    return Judgement(project, sources, shown, expectations, years, others, left)


def _periods(project: Project, years: Sequence[int]) -> dict[Span, str]:
    """The days to judge and what they are called: each year, then periods of expectations."""
    year = project.company.year
    periods = {year.span(name): str(name) for name in years}
    for item in project.company.expect.values():
        periods.setdefault(year.resolve(item.period), str(item.period))
    return periods


def _unknown(project: Project, span: Span, name: str) -> list[ExpectationResult]:
    """The expectations of a period whose totals errors block."""
    return unjudged_of(project.company, span, f"errors block the totals of {name}")


def _selected(
    found: tuple[Diagnostic, ...], select: Collection[str], unjudged: Sequence[Span]
) -> tuple[Diagnostic, ...]:
    """The findings of the selected checks, and errors that kept anything from being judged.

    Told whatever is selected are errors that keep lines out of totals, which are those that no
    file has raised, and errors of days whose expectations are not judged. A check of completeness
    is not judged beside any error.
    """
    if not select:
        return found
    whole = any(BY_CODE[code].complete for code in select)
    return tuple(
        item
        for item in found
        if item.code in select
        or (
            item.severity is Severity.ERROR
            and (whole or _keeps_out(item) or any(touches(item, span) for span in unjudged))
        )
    )


def _keeps_out(item: Diagnostic) -> bool:
    """Whether an error keeps lines out of totals: it is one by itself, and judges no total."""
    check = BY_CODE.get(item.code)
    judged = check in (*of_inventory.OF_THE_FILE, *of_inventory.WHEN_COMPLETE)
    return check is None or (check.severity is Severity.ERROR and not judged)
