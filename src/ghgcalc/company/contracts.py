"""Contracts and tariffs have days: consumption of other days is never theirs (S2-03, S2-05).

Certificates are matched over the reporting year, whenever they were generated in it. A contract
supplies power on the days that `supplied:` states, else on those of a `generated:` that covers a
part of the year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghgcalc.core.period import ONE_DAY
from ghgcalc.core.vocabulary.categories import CARRIERS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.company.instrument import Instrument
    from ghgcalc.company.markets import Markets
    from ghgcalc.company.table import Item
    from ghgcalc.core.period import Span

# whose `generated:` says when power was supplied; others have days only where they state them
CONTRACTS = frozenset({"PPA", "direct_purchase", "green_tariff", "supplier_rate"})


def year_of(company: Company, instrument: Instrument) -> int:
    """The reporting year an instrument serves: `used_in`, else the year it was generated in."""
    spec = instrument.used_in or instrument.generated
    return company.year.name_of(company.year.resolve(spec).last)


def days_of(company: Company, instrument: Instrument) -> Span | None:
    """The days of a contract inside the reporting year it serves; None: the whole year.

    A `supplied:` without a day in that year is returned as it stands: it holds no consumption.
    """
    year = company.year.span(year_of(company, instrument))
    stated = instrument.supplied
    if stated is None and instrument.type not in CONTRACTS:
        return None
    span = company.year.resolve(stated or instrument.generated)
    common = span.overlap(year)
    if common is None:
        return span if stated is not None else None
    return None if common == year else common


def carrier_of(category: str, data: Activity | Item) -> str | None:
    """What instruments of a line's category carry; None where none may cover the line."""
    if data.attributes == "kept":
        return None
    return CARRIERS.get(category)


@dataclass(frozen=True, slots=True)
class _Contract:
    """The days of a contract, and whom it may serve."""

    carrier: str
    market: str
    facilities: frozenset[str] | None
    days: Span


@dataclass(slots=True)
class ContractDays:
    """The first days, and days after the last, of contracts that a line may be served by."""

    company: Company
    markets: Markets
    known: list[_Contract] = field(default_factory=list)

    @classmethod
    def of_company(
        cls, company: Company, markets: Markets, kept: Collection[int] = ()
    ) -> ContractDays:
        """Every contract with days; those of the reporting years `kept` are of the whole year."""
        found = cls(company, markets)
        for instrument in company.instruments.values():
            days = days_of(company, instrument)
            if days is None or year_of(company, instrument) in kept:
                continue
            named = instrument.facilities
            bound = frozenset((*named, *(instrument.allocate or ()))) if named is not None else None
            found.known.append(_Contract(instrument.carrier, instrument.market, bound, days))
        return found

    def cuts(self, facility: str | None, carrier: str | None) -> set[date]:
        """Cut dates of a facility's lines of a carrier; of every carrier where None is given."""
        place = self.company.facilities.get(facility or "")
        days: set[date] = set()
        for contract in self.known if place is not None else ():
            assert place is not None
            span = contract.days
            served = contract.facilities is None or facility in contract.facilities
            same = any(
                self.markets.of(place.country, day) == self.markets.of(contract.market, day)
                for day in (span.first, span.last)
            )
            if served and same and carrier in (None, contract.carrier):
                days |= {span.first, span.last + ONE_DAY}
        return days
