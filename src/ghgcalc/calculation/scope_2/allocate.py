"""Scope 2 market-based: MWh of instruments to consumption, order independent and exact.

Source: Scope 2 Guidance ch. 6-7 (S2-03, S2-05), DESIGN §2. Instruments that name facilities are
spent there first, the rest pro rata over the market; equal sets share pro rata by volume; what
exceeds the demand is surplus, listed and never applied elsewhere. A contract with days is spent on
the consumption of these days alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.core.period import Span

LEVELS = {
    "GEC": 1, "GO": 1, "REGO": 1, "REC": 1, "I-REC": 1, "J-Credit": 1, "LGC": 1, "EAC": 1,
    "PPA": 2, "VPPA": 1, "direct_purchase": 2, "green_tariff": 2, "fund_right": 2,
    "self_generation": 2, "not_stated": 2, "supplier_rate": 3,
}  # fmt: skip


class Demand(NamedTuple):
    """Consumption of one facility in MWh, weighted; `days` are those of contracts it lies in."""

    facility: str
    mwh: Fraction
    days: frozenset[Span] = frozenset()

    @property
    def place(self) -> str:
        """The facility, with the days where contracts have some."""
        return " ".join((self.facility, *map(str, sorted(self.days))))


class Offer(NamedTuple):
    """An eligible instrument: MWh, hierarchy level, the facilities it names (None: the market).

    `days` limits a contract to the consumption of these days; None is the whole year.
    """

    id: str
    mwh: Fraction
    level: int
    facilities: frozenset[str] | None
    fixed: tuple[tuple[str, Fraction], ...] = ()
    days: Span | None = None


@dataclass(slots=True)
class Allocation:
    """MWh of each instrument at each place (`Demand.place`), and what was left over."""

    tranches: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    used: dict[str, Fraction] = field(default_factory=dict)
    uncovered: dict[str, Fraction] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


_Sites = dict[str, Demand]  # by place
_Step = tuple[bool, int, int, tuple[str, ...], tuple[int, str]]


def allocate(demands: Iterable[Demand], offers: Iterable[Offer]) -> Allocation:
    """Spend instruments on the consumption of one market, carrier and reporting year.

    The result depends on the sets, never on their order.
    """
    result = Allocation()
    sites: _Sites = {}
    for demand in demands:
        place = demand.place
        sites[place] = demand
        result.uncovered[place] = result.uncovered.get(place, Fraction(0)) + demand.mwh
    fixed: list[Offer] = []
    groups: dict[_Step, list[Offer]] = {}
    for offer in offers:
        result.used[offer.id] = Fraction(0)
        if offer.fixed:
            fixed.append(offer)
            continue
        names = tuple(sorted(offer.facilities or ()))
        key = (offer.facilities is None, offer.level, len(names), names, _width(offer))
        groups.setdefault(key, []).append(offer)
    _spend_fixed(fixed, sites, result)
    for key in sorted(groups):
        _spend(sorted(groups[key]), sites, result)
    return result


def _width(offer: Offer) -> tuple[int, str]:
    """Order of contracts with days: the fewest first, those of the whole year last."""
    return (1 << 30, "") if offer.days is None else (offer.days.days, str(offer.days))


def _open(offer: Offer, sites: _Sites, left: dict[str, Fraction]) -> list[tuple[str, Fraction]]:
    """The places whose consumption an offer may still cover, without its facilities."""
    return [
        (place, mwh)
        for place, mwh in sorted(left.items())
        if mwh > 0 and (offer.days is None or offer.days in sites[place].days)
    ]


def _spend_fixed(offers: list[Offer], sites: _Sites, result: Allocation) -> None:
    """Spend explicit `allocate:` volumes; those that jointly exceed a facility are all refused."""
    for offer in list(offers):
        given = [mwh for _, mwh in offer.fixed]
        if min(given) < 0 or sum(given, Fraction(0)) > offer.mwh:
            result.refused[offer.id] = offer.fixed[0][0]
            offers.remove(offer)
    offers.sort(key=lambda offer: (_width(offer), offer.id))
    asked = {facility for offer in offers for facility, mwh in offer.fixed if mwh}
    exceeded = {name for name in asked if not _fits(name, offers, sites, result)}
    for offer in offers:
        beyond = sorted(exceeded & {facility for facility, _ in offer.fixed})
        if beyond:
            result.refused[offer.id] = beyond[0]
            continue
        for facility, mwh in offer.fixed:
            for place, share in _shared(offer, facility, mwh, sites, result.uncovered):
                _take(offer.id, place, share, result)


def _shared(
    offer: Offer, facility: str, mwh: Fraction, sites: _Sites, left: dict[str, Fraction]
) -> list[tuple[str, Fraction]]:
    """MWh of an offer at a facility over its places, by what is left there."""
    at = [pair for pair in _open(offer, sites, left) if sites[pair[0]].facility == facility]
    total = sum((open_ for _, open_ in at), Fraction(0))
    return [(place, mwh * open_ / total) for place, open_ in at] if total else []


def _fits(facility: str, offers: list[Offer], sites: _Sites, result: Allocation) -> bool:
    """Whether a facility consumes, in the days of each, what the offers together allocate to it."""
    left = dict(result.uncovered)
    for offer in offers:
        mwh = sum((mwh for name, mwh in offer.fixed if name == facility), Fraction(0))
        shares = _shared(offer, facility, mwh, sites, left)
        if mwh and not shares:
            return False
        for place, share in shares:
            left[place] -= share
            if left[place] < 0:
                return False
    return True


def _spend(offers: list[Offer], sites: _Sites, result: Allocation) -> None:
    """Spend offers of the same level, facilities and days together."""
    bound = offers[0].facilities
    places = [
        (place, left)
        for place, left in _open(offers[0], sites, result.uncovered)
        if bound is None or sites[place].facility in bound
    ]
    demand = sum((left for _, left in places), Fraction(0))
    volume = sum((offer.mwh for offer in offers), Fraction(0))
    if not demand or not volume:
        return
    spent = min(demand, volume)
    for offer in offers:
        for place, left in places:
            _take(offer.id, place, spent * (offer.mwh / volume) * (left / demand), result)


def _take(offer: str, place: str, mwh: Fraction, result: Allocation) -> None:
    if not mwh:
        return
    at = result.tranches.setdefault(place, {})
    at[offer] = at.get(offer, Fraction(0)) + mwh
    result.used[offer] += mwh
    result.uncovered[place] -= mwh
