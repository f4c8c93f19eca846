"""Judge a profile over one period of a project; each failed requirement is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.periods import any_in, asked_period
from ghgcalc.activity_data.periods import blocked as blocked_by
from ghgcalc.analysis.base_year import decide
from ghgcalc.analysis.profiles import figures
from ghgcalc.analysis.profiles.registry import profile_of
from ghgcalc.analysis.profiles.requirement import Facts, Judged, Outcome, Profile, unjudged
from ghgcalc.calculation.scope_2.base_year import base_span
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.text.source import collector_paused
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.pipeline.run import asked_of, compute, compute_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.analysis.profiles.requirement import Answer, Requirement
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.project import Project
    from ghgcalc.pipeline.run import Run


def judge_profiles(
    project: Project, names: Sequence[str], file: str, period: str | None = None
) -> list[Profile]:
    """Judge profiles over one period, every line of the file.

    Args:
        project: an open project.
        names: of profiles, as in `PROFILES`.
        file: the company file as named.
        period: as written in files; default the newest reporting year with activities.

    Raises:
        KeyError: there is no profile of a name.
    """
    with collector_paused():
        run = compute(project, period=period)
        facts = _facts(project, run, period)
        found = []
        for name in names:
            title, requirements = profile_of(name)
            judged = tuple(_judged(project, each, facts) for each in requirements)
            span = facts.span if facts is not None else None
            shown = facts.name if facts is not None else period or ""
            found.append(Profile(name, title, file, shown, span, judged))
        return found


def _facts(project: Project, run: Run, period: str | None) -> Facts | None:
    """What is judged; None where the file has no period to judge."""
    company = project.company
    span, name = asked_period(company, project.wholes, period, project.found).value
    if span is None:
        return None
    nothing = any(item.code == "no-activities" for item in run.diagnostics)
    blocked = f"no activity data in {name}" if nothing else f"errors block the totals of {name}"
    inside = [amount for amount in project.amounts if amount.span.overlap(span)]
    changes = company.base_year is not None and company.base_year.changes
    return Facts(
        company, name, span, run.inventory, "" if run.inventory is not None else blocked,
        [amount for amount in inside if _direct_or_energy(amount)],
        frozenset(amount.facility for amount in inside if amount.facility is not None),
        *_base(project, run.inventory), decide(project).value if changes else None,
    )  # fmt: skip


def _direct_or_energy(amount: ElementaryActivity) -> bool:
    """Whether an amount is of Scope 1 or 2 by what the file says of it."""
    category = CATEGORIES.get(amount.category)
    return (category.scope if category is not None else amount.scope) in (1, 2)


def _base(project: Project, inventory: Inventory | None) -> tuple[Inventory | None, bool]:
    """The inventory of the base year, and whether errors block it."""
    company = project.company
    span = None if company.base_year is None else base_span(company, company.base_year)
    if company.base_year is None or span is None:
        return None, False
    if inventory is not None and inventory.span == span:
        return inventory, False
    if not any_in(company, project.wholes, span):
        return None, blocked_by(project.found, span)
    run = compute_period(project, asked_of(project, span, company.base_year.year))
    return run.inventory, run.inventory is None


def _judged(project: Project, requirement: Requirement, facts: Facts | None) -> Judged:
    answer: Answer
    if facts is not None:
        answer = requirement.judge(facts)
    elif requirement.answer is figures.totals:
        answer = figures.no_totals("the file has no activity data")
    else:
        answer = unjudged("the file has no activity data")
    place = project.company.document.locate(answer.at, key=True)
    return Judged(requirement, answer, place)


def as_findings(profile: Profile) -> list[Diagnostic]:
    """Each requirement that the file does not meet, as an error at the section where it belongs."""
    days = None if profile.span is None else (profile.span.first, profile.span.last)
    return [
        Diagnostic(
            "profile-requirement",
            f"`{item.requirement.rule}`, {item.requirement.text}, is not met by the file:"
            f" {item.answer.reason}",
            item.place,
            notes=(f"{profile.name}: {item.requirement.source}",),
            hint=item.answer.remedy,
            days=days,
            about=f"{profile.name} {item.requirement.rule}",
        )
        for item in profile.judged
        if item.answer.outcome is Outcome.FAIL
    ]
