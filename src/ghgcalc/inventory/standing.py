"""What comparing needs to know of facilities: days held, opened, acquired, divested.

A facility acquired on 1 July is consolidated on 184 of the 365 days of the year. A comparison of
two inventories separates these days from what the facility did on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.placement import placement_on
from ghgcalc.company.holding import changes_of, holding_on
from ghgcalc.company.organization import ALL
from ghgcalc.core.period import split_at
from ghgcalc.inventory.held_days import HeldDays, Site, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Approach
    from ghgcalc.core.period import Span


class InventoryAsked(NamedTuple):
    """The inventory that was asked for; `locked` refuses what the lock does not hold."""

    span: Span
    name: str
    boundary: str | None
    approach: Approach
    locked: bool = False


def standing(company: Company, lines: list[Line], asked: InventoryAsked) -> Standing:
    """Days held, facilities, and the activities that correct another one."""
    sites = _sites(company, asked.boundary, asked.span.last)
    return Standing(_held_days(company, lines, asked), sites, _corrections(company, lines))


def _held_days(
    company: Company, lines: Iterable[Line], asked: InventoryAsked
) -> dict[HeldDays, int]:
    """Days by kind of source, only where they are not the whole period.

    A day counts where the facility's state puts the source into the scope and category of its
    lines, and where the facility is a member of the boundary.
    """
    kinds = {
        (line.facility, line.source_category, line.scope, line.category)
        for line in lines
        if line.facility
    }
    counted = {kind: _days(company, kind, asked) for kind in map(HeldDays._make, sorted(kinds))}
    return {kind: days for kind, days in counted.items() if days != asked.span.days}


def _sites(company: Company, boundary: str | None, day: date) -> dict[str, Site]:
    """The facilities of a company with their dates, and whether the boundary holds them."""
    members = company.boundaries[boundary].members_on(day) if boundary else ALL
    return {
        name: Site(
            facility.opened, facility.closed, min(facility.history, default=None),
            _divested(company, name), members == ALL or name in members,
        )
        for name, facility in sorted(company.facilities.items())
    }  # fmt: skip


def _divested(company: Company, name: str) -> date | None:
    """The day of the last state, also of a holder, where that is no interest and no control."""
    last = max(changes_of(company.facilities, name), default=None)
    held = holding_on(company.facilities, name, last) if last is not None else None
    gone = held is not None and not held.interest and not held.operated
    return last if gone else None


def _corrections(company: Company, lines: Iterable[Line]) -> tuple[str, ...]:
    """The activities of lines that correct another one."""
    activities = company.activities
    names = {line.activity for line in lines if line.activity in activities}
    return tuple(sorted(name for name in names if activities[name].corrects is not None))


def _days(company: Company, kind: HeldDays, asked: InventoryAsked) -> int:
    facility = company.facilities.get(kind.facility)
    if facility is None:
        return asked.span.days
    boundary = company.boundaries[asked.boundary] if asked.boundary else None
    cuts = [*changes_of(company.facilities, kind.facility), *(boundary.history if boundary else ())]
    return sum(
        part.days
        for part in split_at(asked.span, cuts)
        if _stands(company, kind, part.first, asked)
    )


def _stands(company: Company, kind: HeldDays, day: date, asked: InventoryAsked) -> bool:
    if asked.boundary is not None:
        members = company.boundaries[asked.boundary].members_on(day)
        if members != ALL and kind.facility not in members:
            return False
    # a reported total keeps its scope wherever consolidation leaves it in scopes 1 and 2
    placed = placement_on(
        company, kind.source_category, kind.scope, kind.facility, day, asked.approach
    )
    return placed is not None and (placed.scope, placed.category) == (kind.scope, kind.category)
