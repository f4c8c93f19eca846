"""The whole of it: power, fuels and Scope 3, of one place or of all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.coverage.asking import GWP_SET, Asker
from ghgcalc.analysis.coverage.cells import Cell
from ghgcalc.analysis.coverage.fuels import fuel_cells
from ghgcalc.analysis.coverage.power import PLACES, power_cells, region_cells
from ghgcalc.analysis.coverage.scope_3 import offers
from ghgcalc.core.vocabulary.regions import GRIDS, SUBDIVISIONS

if TYPE_CHECKING:
    from ghgcalc.analysis.coverage.scope_3 import Offer


class Coverage(NamedTuple):
    """What the packs cover.

    Attributes:
        country: the one that is shown; "" for all.
        gwp_set: that of the inventory that asks.
        power: electricity by place and year; `regions` the same of parts of countries.
        fuels: by place and unit; "" is a place of which no pack has rows.
        offers: Scope 3 by category, place and publisher.
    """

    country: str
    gwp_set: str
    power: tuple[Cell, ...]
    regions: tuple[Cell, ...]
    fuels: tuple[Cell, ...]
    offers: tuple[Offer, ...]


@cache
def asker_of(gwp_set: str) -> Asker:
    """One reading of the library a process and GWP set."""
    return Asker(gwp_set)


@cache
def coverage_of(country: str = "", gwp_set: str = GWP_SET) -> Coverage:
    """What the packs cover of a country, or of all."""
    asker = asker_of(gwp_set)
    parted = sorted({*SUBDIVISIONS, *GRIDS})
    countries = [country] if country else parted
    places = [country] if country else PLACES
    return Coverage(
        country,
        gwp_set,
        tuple(power_cells(asker, places)),
        tuple(cell for each in countries for cell in region_cells(asker, each)),
        tuple(fuel_cells(asker, [country] if country else None)),
        tuple(each for each in offers(asker) if not country or _serves(each, country)),
    )


def _serves(offer: Offer, country: str) -> bool:
    if country in offer.members:
        return True
    return offer.place in ("", country) or offer.place.startswith(f"{country}-")
