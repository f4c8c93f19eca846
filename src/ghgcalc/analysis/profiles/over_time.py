"""Answers about the base year, changes since, and verification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.profiles.requirement import Answer, idle, lacks, met, unjudged
from ghgcalc.calculation.scope_2.base_year import base_span

if TYPE_CHECKING:
    from ghgcalc.analysis.profiles.requirement import Facts


def base_year(facts: Facts) -> Answer:
    """The base year, its policy, and its figures, computed or as stated."""
    base = facts.company.base_year
    if base is None:
        return lacks(
            "the file states no base year",
            "write `base_year:` with `year:`, `reason:` and `policy:`", "base_year",
        )  # fmt: skip
    if base.policy is None and base.significance_threshold is None:
        return lacks(
            f"no policy of recalculation is stated for {base.year}",
            "write `policy:` or `significance_threshold:` under `base_year:`", "base_year",
        )  # fmt: skip
    days = base_span(facts.company, base)
    stated = any(
        facts.company.span_of(item.period) == days and item.boundary == base.boundary
        and item.figure.startswith(("scope", "total"))
        for item in facts.company.stated.values()
    )  # fmt: skip
    if facts.base_blocked and not stated:
        return unjudged(f"errors block the totals of {base.year}")
    if facts.base is None and not stated:
        return lacks(
            f"no total of {base.year} can be computed, and none is stated",
            f"write activity data of {base.year}, or its totals under `stated:`", "base_year",
        )  # fmt: skip
    return met(f"{base.year}, {'computed' if facts.base is not None else 'as stated'}")


def changes(facts: Facts) -> Answer:
    """Changes that may trigger a recalculation, and what was decided."""
    base = facts.company.base_year
    if base is None or not base.changes:
        return idle("the file lists no change since a base year")
    if facts.base_blocked:
        return unjudged(f"errors block the totals of {base.year}")
    decision = facts.decision
    if decision is None or decision.undecided:
        return lacks(
            "whether a recalculation is due is not decided; `ghgcalc base-year` says why",
            "write what it asks for, such as `effect:` of each change", "base_year", "changes",
        )  # fmt: skip
    if decision.due and not all(effect.change.declined for effect in decision.open):
        return lacks(
            "a recalculation is due and was neither made nor declined",
            "write `recalculated:` with its day, or `declined:` with the reason",
            "base_year", "changes",
        )  # fmt: skip
    return met(f"changes described and decided: {len(base.changes)}")


def approaches(facts: Facts) -> Answer:
    """Changes of quantification approaches since the last report."""
    del facts
    return unjudged("a program cannot tell whether they are explained; `ghgcalc diff` names them")


def removals(facts: Facts) -> Answer:
    """Direct removals, if quantified."""
    del facts
    return idle("the file quantifies no removals")


def assessment(facts: Facts) -> Answer:
    """The description and results of the uncertainty assessment."""
    del facts
    return unjudged("uncertainties are stored and not combined; describe the assessment")


def statement(facts: Facts) -> Answer:
    """The statement that the report was prepared by the standard."""
    del facts
    return unjudged("it is the organisation's own; ghgcalc makes none")


def verification(facts: Facts) -> Answer:
    """Whether the inventory was verified, and at what level of assurance."""
    company = facts.company
    for entry in company.assurance.values():
        if company.span_of(entry.period).holds(facts.span):
            return met(", ".join(filter(None, (entry.level, entry.body))))
    if facts.name in company.periods and company.periods[facts.name].status != "verified":
        return met(f"not verified: {company.periods[facts.name].status}")
    return lacks(
        f"nothing says whether {facts.name} was verified",
        f"write `assurance:` with `period: {facts.name}` and `level:` (`unverified`, `limited` or"
        " `reasonable`)",
        "assurance",
    )
