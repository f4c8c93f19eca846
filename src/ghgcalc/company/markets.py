"""Market boundaries of contractual instruments by day (R17, S2-04 no. 5).

A market is a country, unless a dated statement joins several: the bundled `markets.csv`, and the
company file's own `markets:`. Membership that no document at hand states is declared by the user,
never assumed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.factors.pack import packs_root

if TYPE_CHECKING:
    from ghgcalc.company.company import Company


class Membership(NamedTuple):
    """A country in a market between two days, both included; None is open."""

    market: str
    country: str
    first: date | None
    last: date | None
    source: str

    def on(self, day: date) -> bool:
        """Whether the day lies inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@cache
def bundled_memberships() -> tuple[Membership, ...]:
    """The rows of `markets.csv`, as their sources state them."""
    import csv

    with (packs_root() / "markets.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Membership(
                row["market"], row["member"], _day(row["from"]), _day(row["until"]), row["source"]
            )
            for row in csv.DictReader(file)
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def declared_memberships(company: Company) -> tuple[Membership, ...]:
    """Memberships stated under `markets:`, one per country and dated state."""
    found: list[Membership] = []
    for name, market in company.markets.items():
        starts: list[date | None] = [None, *sorted(market.history)]
        for index, start in enumerate(starts):
            members = market.members if start is None else market.history[start].members
            following = starts[index + 1] if index + 1 < len(starts) else None
            last = following - timedelta(days=1) if following is not None else None
            found += [
                Membership(name, country, start, last, "; ".join(market.evidence))
                for country in members
            ]
    return tuple(found)


@dataclass(slots=True)
class Markets:
    """Which market a country belongs to on a day; the file's own statement of a market wins."""

    memberships: tuple[Membership, ...]
    _known: dict[tuple[str, date], str] = field(default_factory=dict)

    @classmethod
    def of_company(cls, company: Company) -> Markets:
        """The bundled markets and those of the file."""
        own = declared_memberships(company)
        names = {membership.market for membership in own}
        countries = {membership.country for membership in own}
        bundled = [
            membership
            for membership in bundled_memberships()
            if membership.market not in names and membership.country not in countries
        ]
        return cls((*own, *bundled))

    @property
    def names(self) -> list[str]:
        """Names of markets that join several countries."""
        return sorted({membership.market for membership in self.memberships})

    def of(self, place: str, day: date) -> str:
        """The market of a country, or of a market's own name, on a day."""
        key = (place, day)
        if key not in self._known:
            found = [m.market for m in self.memberships if m.country == place and m.on(day)]
            self._known[key] = found[0] if found else place
        return self._known[key]

    def changes(self, country: str) -> set[date]:
        """Days on which a country joins or leaves a market."""
        days: set[date] = set()
        for membership in self.memberships:
            if membership.country == country:
                days |= {membership.first} if membership.first else set()
                days |= {membership.last + timedelta(days=1)} if membership.last else set()
        return days
