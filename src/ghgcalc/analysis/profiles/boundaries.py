"""Answers about the organisation, its boundaries, the period and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.profiles.requirement import Answer, idle, lacks, met, unjudged
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.iso14064 import iso_category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.analysis.profiles.requirement import Facts
    from ghgcalc.company.organization import Exclusion

SHOWN = 5


def named(ids: list[str]) -> str:
    """Ids in a sentence, the first ones of many."""
    more = f" and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else ""
    return ", ".join(f"`{name}`" for name in ids[:SHOWN]) + more


def organisation(facts: Facts) -> Answer:
    """Who reports: its name, which every file has, and a description."""
    if (facts.company.organization.note or "").strip():
        return met(f"{facts.company.organization.name}, described by `note:`")
    return lacks(
        "`organization:` names it and does not describe it",
        "write `note:` under `organization:`: what it does, and where",
        "organization",
    )


def responsible(facts: Facts) -> Answer:
    """Who is responsible for the report."""
    person = facts.company.responsible
    if person is not None:
        return met(", ".join(filter(None, (person.name, person.role))))
    return lacks("nobody is named", "write `responsible:` with `name:` and `role:`", "responsible")


def organisational_boundary(facts: Facts) -> Answer:
    """The consolidation approach, which every file has, and its facilities."""
    company = facts.company
    if not company.facilities:
        return lacks("no facility is listed", "write `facilities:` with the country of each",
                     "facilities")  # fmt: skip
    approach = company.organization.consolidation_approach.replace("_", " ")
    return met(f"{approach}; facilities: {len(company.facilities)}")


def operational_boundary(facts: Facts) -> Answer:
    """Scopes 1 and 2 each have a line, or an exclusion that says why not."""
    scopes = {line.scope for line in facts.lines}
    excluded = {
        CATEGORIES[item.category].scope
        for item in _exclusions(facts)
        if item.category in CATEGORIES
    }
    for scope, example in ((1, "stationary_combustion"), (2, "purchased_electricity")):
        if scope not in scopes | excluded:
            return lacks(
                f"Scope {scope} has neither a line nor an exclusion",
                f"write its activities, or `exclusions:` with `category: {example}` (or another of"
                f" Scope {scope}) and a `justification:`",
                "exclusions",
            )
    words = [f"Scope {scope} {'has lines' if scope in scopes else 'is excluded with a reason'}"
             for scope in (1, 2)]  # fmt: skip
    return met("; ".join(words))


def scope_3_listed(facts: Facts) -> Answer:
    """Which types of Scope 3 activities are covered, if any."""
    assert facts.inventory is not None
    found = {line.category for line in facts.inventory.wholes if line.scope == 3}
    if not found:
        return idle("the file has no line of Scope 3")
    order = [name for name in CATEGORIES if name in found]
    return met(", ".join(CATEGORIES[name].heading for name in order) or "reported by others")


def complete(facts: Facts) -> Answer:
    """Every facility that is open in the period and held has activity data, or an exclusion."""
    company = facts.company
    holders = {
        state.through for site in company.facilities.values() for state in site.history.values()
    }
    told = facts.sites | holders | {item.facility for item in _exclusions(facts)}
    bare = [
        name
        for name, site in company.facilities.items()
        if name not in told
        and (site.opened is None or site.opened <= facts.span.last)
        and (site.closed is None or site.closed >= facts.span.first)
        and site.state_on(facts.span.last) is not None
    ]
    if bare:
        return lacks(
            f"no activity data and no exclusion of {named(bare)}",
            "write its activities, its days (`opened:`, `closed:`), or `exclusions:` with"
            f" `facility: {bare[0]}` and a `justification:`",
            "facilities", bare[0],
        )  # fmt: skip
    if not company.facilities:
        return idle("no facility is listed")
    return met("each facility that is open in the period has activity data or an exclusion")


def period(facts: Facts) -> Answer:
    """The period is a reporting year of the file."""
    year = facts.company.year
    last = year.name_of(facts.span.last)
    if year.span(last) == facts.span:
        return met(f"{facts.span.first} to {facts.span.last}")
    return lacks(
        f"{facts.name} is no reporting year of the file",
        f"judge a reporting year, such as `--period {last}`",
        "organization", "reporting_year",
    )  # fmt: skip


def exclusions(facts: Facts) -> Answer:
    """What is left out, each with its reason, which the format asks for."""
    count = len(list(_exclusions(facts)))
    if not count:
        return idle("the file excludes nothing")
    return met(f"exclusions, each with a justification: {count}")


def _exclusions(facts: Facts) -> Iterator[Exclusion]:
    """The exclusions that hold in the period."""
    for item in facts.company.exclusions.values():
        days = None if item.period is None else facts.company.span_of(item.period)
        if days is None or days.overlap(facts.span):
            yield item


def by_iso_category(facts: Facts) -> Answer:
    """Indirect emissions by category."""
    assert facts.inventory is not None
    found = {iso_category(line.scope, line.category) for line in facts.inventory.wholes}
    indirect = sorted({item.code for item in found if item.code != "1"})
    if not indirect:
        return idle("the file has no indirect emissions")
    return met(f"totals of categories {', '.join(indirect)}")


def significance(facts: Facts) -> Answer:
    """The criteria for significant indirect emissions."""
    del facts
    return unjudged("the file format has no key for criteria; state them in the report")
