"""Scope 2 market-based: MWh of instruments to consumption, order independent and exact.

Source: Scope 2 Guidance ch. 6-7 (S2-03, S2-05), DESIGN §2. Instruments that name facilities are
spent there first, the rest pro rata over the market; equal sets share pro rata by volume; what
exceeds the demand is surplus, listed and never applied elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

LEVELS = {
    "GEC": 1, "GO": 1, "REGO": 1, "REC": 1, "I-REC": 1, "J-Credit": 1, "LGC": 1, "EAC": 1,
    "PPA": 2, "VPPA": 1, "direct_purchase": 2, "green_tariff": 2, "fund_right": 2,
    "self_generation": 2, "not_stated": 2, "supplier_rate": 3,
}  # fmt: skip


class Demand(NamedTuple):
    """Consumption of one facility (and supplier) in MWh, weighted."""

    facility: str
    mwh: Fraction


class Offer(NamedTuple):
    """An eligible instrument: MWh, hierarchy level, the facilities it names (None: the market)."""

    id: str
    mwh: Fraction
    level: int
    facilities: frozenset[str] | None
    fixed: tuple[tuple[str, Fraction], ...] = ()


@dataclass(slots=True)
class Allocation:
    """MWh of each instrument at each facility, and what was left over."""

    tranches: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    used: dict[str, Fraction] = field(default_factory=dict)
    uncovered: dict[str, Fraction] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def allocate(demands: Iterable[Demand], offers: Iterable[Offer]) -> Allocation:
    """Spend instruments on the consumption of one market, carrier and reporting year.

    The result depends on the sets, never on their order.
    """
    result = Allocation()
    for demand in demands:
        result.uncovered[demand.facility] = (
            result.uncovered.get(demand.facility, Fraction(0)) + demand.mwh
        )
    fixed: list[Offer] = []
    groups: dict[tuple[bool, int, int, tuple[str, ...]], list[Offer]] = {}
    for offer in offers:
        result.used[offer.id] = Fraction(0)
        if offer.fixed:
            fixed.append(offer)
            continue
        names = tuple(sorted(offer.facilities or ()))
        key = (offer.facilities is None, offer.level, len(names), names)
        groups.setdefault(key, []).append(offer)
    _spend_fixed(fixed, result)
    for key in sorted(groups):
        bound = None if key[0] else frozenset(key[3])
        _spend(sorted(groups[key]), bound, result)
    return result


def _spend_fixed(offers: list[Offer], result: Allocation) -> None:
    """Spend explicit `allocate:` volumes; those that jointly exceed a facility are all refused."""
    asked: dict[str, Fraction] = {}
    for offer in list(offers):
        given = [mwh for _, mwh in offer.fixed]
        if min(given) < 0 or sum(given, Fraction(0)) > offer.mwh:
            result.refused[offer.id] = offer.fixed[0][0]
            offers.remove(offer)
            continue
        for facility, mwh in offer.fixed:
            asked[facility] = asked.get(facility, Fraction(0)) + mwh
    exceeded = {
        facility
        for facility, mwh in asked.items()
        if mwh > result.uncovered.get(facility, Fraction(0))
    }
    for offer in offers:
        beyond = sorted(exceeded & {facility for facility, _ in offer.fixed})
        if beyond:
            result.refused[offer.id] = beyond[0]
            continue
        for facility, mwh in offer.fixed:
            _take(offer.id, facility, mwh, result)


def _spend(offers: list[Offer], bound: frozenset[str] | None, result: Allocation) -> None:
    places = [
        (name, left)
        for name, left in sorted(result.uncovered.items())
        if left > 0 and (bound is None or name in bound)
    ]
    demand = sum((left for _, left in places), Fraction(0))
    volume = sum((offer.mwh for offer in offers), Fraction(0))
    if not demand or not volume:
        return
    spent = min(demand, volume)
    for offer in offers:
        for name, left in places:
            _take(offer.id, name, spent * (offer.mwh / volume) * (left / demand), result)


def _take(offer: str, facility: str, mwh: Fraction, result: Allocation) -> None:
    if not mwh:
        return
    at = result.tranches.setdefault(facility, {})
    at[offer] = at.get(offer, Fraction(0)) + mwh
    result.used[offer] += mwh
    result.uncovered[facility] -= mwh
