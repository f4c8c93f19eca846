"""Facilities held through others: holders exist, are held themselves, and form no circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.names import unknown_facility
from ghgcalc.core.diagnostics import Diagnostic, Related

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location


def check_holders(company: Company) -> list[Diagnostic]:
    """Each `through:` names a facility that the company holds on these days (GHG-01, GHG-02)."""
    found: list[Diagnostic] = []
    told: set[frozenset[str]] = set()
    for name, day, holder in _holders(company):
        where = company.document.locate(("facilities", name, "history", day.isoformat(), "through"))
        if holder not in company.facilities:
            if not company.defines("facilities", holder):  # of a faulty one its own finding speaks
                found.append(
                    unknown_facility(holder, company.facilities, where, f"facility `{name}`")
                )
            continue
        history = company.facilities[holder].history
        if history and min(history) > day:
            found.append(_not_held(company, name, holder, day, where))
    for name, day, _ in _holders(company):
        for point in _days(company, name, day):
            circle = _circle(company, name, point)
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                found.append(_circular(company, circle, point))
    return found


def _holders(company: Company) -> Iterator[tuple[str, date, str]]:
    """Every facility that is held through another, with the day and the holder."""
    for name, facility in company.facilities.items():
        for day, state in facility.history.items():
            if state.through is not None:
                yield name, day, state.through


def _not_held(company: Company, name: str, holder: str, day: date, where: Location) -> Diagnostic:
    first = min(company.facilities[holder].history)
    other = company.document.locate(("facilities", holder, "history", first.isoformat()), key=True)
    return Diagnostic(
        "holder-without-state",
        f"`{name}` is held through `{holder}` from {day}, which has no state before {first}",
        where,
        related=(Related(other, f"`{holder}` is held from {first}"),),
        hint=f"add the state of `{holder}` on {day} to its `history:`, or correct the day",
    )


def _days(company: Company, name: str, start: date) -> set[date]:
    """The days on which a chain from a state of a facility may close: all states in its time."""
    days = sorted(company.facilities[name].history)
    later = [day for day in days if day > start]
    return {start} | {
        day for _, day, _ in _holders(company) if start <= day and (not later or day < later[0])
    }


def _circle(company: Company, name: str, day: date) -> list[str]:
    """The facilities of a circle that begins and ends at one of them; empty without one."""
    walked: list[str] = []
    at: str | None = name
    while at is not None and at not in walked:
        walked.append(at)
        facility = company.facilities.get(at)
        state = facility.state_on(day) if facility is not None else None
        at = state.through if state is not None else None
    return walked if at == name else []


def _circular(company: Company, circle: list[str], day: date) -> Diagnostic:
    def place(name: str) -> Location:
        history = company.facilities[name].history
        start = max(start for start in history if start <= day)
        return company.document.locate(
            ("facilities", name, "history", start.isoformat(), "through")
        )

    shown = " → ".join(f"`{name}`" for name in [*circle, circle[0]])
    return Diagnostic(
        "holder-cycle",
        f"on {day} {shown} hold each other",
        place(circle[0]),
        related=tuple(
            Related(place(name), f"`{name}` is held through the next") for name in circle[1:]
        ),
        hint="remove the `through:` of the one that the company holds itself",
    )
