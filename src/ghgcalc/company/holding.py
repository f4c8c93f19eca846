"""How a facility is held on a day: its state, and the chain of facilities it is held through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import ONE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from ghgcalc.company.organization import Facility, State


class Holding(NamedTuple):
    """A facility's state on a day; `above` is how its `holder` is held, None where we hold it."""

    state: State
    holder: str = ""
    above: Holding | None = None

    @property
    def chain(self) -> tuple[State, ...]:
        """The states from the outermost holder down to the facility."""
        return (*(self.above.chain if self.above is not None else ()), self.state)

    @property
    def interest(self) -> Fraction:
        """The economic interest: the interests multiplied along the chain."""
        found = ONE
        for state in self.chain:
            found *= state.economic_interest
        return found

    @property
    def operated(self) -> bool:
        """Whether the company operates it; where the state does not say, as it does its holder."""
        if self.above is not None and "operated" not in self.state.model_fields_set:
            return self.above.operated
        return self.state.operated


def holding_on(
    facilities: Mapping[str, Facility], name: str, day: date, seen: frozenset[str] = frozenset()
) -> Holding | None:
    """How a facility is held on a day.

    None before its first state; also where a holder has none, is not known or holds itself, which
    the checks refuse.
    """
    facility = facilities.get(name)
    state = facility.state_on(day) if facility is not None else None
    if state is None or name in seen:
        return None
    if state.through is None:
        return Holding(state)
    above = holding_on(facilities, state.through, day, seen | {name})
    return None if above is None else Holding(state, state.through, above)


def changes_of(
    facilities: Mapping[str, Facility], name: str, seen: frozenset[str] = frozenset()
) -> set[date]:
    """The days on which a facility's holding changes: its own, and its holder's while it holds."""
    facility = facilities.get(name)
    if facility is None or name in seen:
        return set()
    days = sorted(facility.history)
    found = set(days)
    for place, start in enumerate(days):
        end = days[place + 1] if place + 1 < len(days) else None
        holder = facility.history[start].through
        if holder is not None:
            found |= {
                day
                for day in changes_of(facilities, holder, seen | {name})
                if start < day and (end is None or day < end)
            }
    return found


def frozen(
    facilities: Mapping[str, Facility], name: str, day: date, first: date
) -> dict[str, Facility]:
    """Facilities with one of them held from `first` on as it is on `day`.

    Its holders are copied under names of no file, so that their own lines stay as they are.
    """
    found = dict(facilities)
    place = name
    while (facility := facilities.get(name)) is not None:
        state = facility.state_on(day)
        above = state.through if state is not None else None
        copy = f"\0{above}" if above is not None else None
        if state is not None and above is not None:
            state = state.model_copy(update={"through": copy})
        history = {first: state} if state is not None else {}
        found[place] = facility.model_copy(update={"history": history, "lease": None})
        if above is None or copy is None or copy in found:
            break
        name, place = above, copy
    return found


def held_through(facilities: Mapping[str, Facility], name: str) -> set[str]:
    """A facility and all that are ever held through it."""
    found, size = {name}, 0
    while len(found) != size:
        size = len(found)
        found |= {
            other
            for other, facility in facilities.items()
            if any(state.through in found for state in facility.history.values())
        }
    return found
