"""What the activity data of each category measure: a line in anything else counts for nothing.

Sources: GHG Protocol Corporate Standard ch. 6 (fuel, mass, distance), Scope 2 Guidance ch. 6 (MWh);
Scope 3 Calculation Guidance, the activity data of each category's methods, spend among them.
"""

from __future__ import annotations

from ghgcalc.core.unit_table import CURRENCIES, DIMENSION_NAMES

MONEY = "money"
ENERGY, MASS, VOLUME, GAS, DISTANCE, AREA = "J", "kg", "m3", "Nm3", "km", "m2"
FREIGHT, PASSENGERS = "kg·km", "km·person"
PERSONS, NIGHTS, PIECES, DATA, TIME = "person", "night", "piece", "GB", "s"
VEHICLES, CONTAINERS = "vehicle", "TEU"

_FUEL = (ENERGY, MASS, VOLUME, GAS)
_MOVED = (DISTANCE, FREIGHT, PASSENGERS)
_THINGS = (PIECES, CONTAINERS, VEHICLES, DATA)
_ANY = (*_FUEL, *_MOVED, AREA, *_THINGS, PERSONS, NIGHTS, TIME, MONEY)
_SITES = (*_FUEL, *_MOVED, AREA, PERSONS, NIGHTS, PIECES, VEHICLES, TIME, MONEY)
_FREIGHT = (FREIGHT, DISTANCE, *_FUEL, AREA, PIECES, CONTAINERS, VEHICLES, TIME, MONEY)
_TRIPS = (PASSENGERS, DISTANCE, NIGHTS, PERSONS, *_FUEL, PIECES, VEHICLES, TIME, MONEY)
_WASTE = (MASS, VOLUME, GAS, ENERGY, FREIGHT, DISTANCE, PIECES, PERSONS, AREA, MONEY)

TAKES: dict[str, tuple[str, ...]] = {
    "stationary_combustion": (*_FUEL, TIME),
    "mobile_combustion": (*_FUEL, *_MOVED, VEHICLES, TIME),
    "process_emissions": (MASS, VOLUME, GAS, ENERGY, AREA, PIECES, PERSONS, DATA, TIME),
    "fugitive_emissions": (MASS, VOLUME, GAS, ENERGY, DISTANCE, AREA, PIECES, PERSONS, VEHICLES,
                           TIME),
    # electric vehicles are read by distance where no meter tells their energy
    "purchased_electricity": (ENERGY, DISTANCE, FREIGHT),
    "purchased_steam": (ENERGY, MASS),
    "purchased_heat": (ENERGY, MASS),
    "purchased_cooling": (ENERGY,),
    "self_generated_electricity": (ENERGY,),
    "purchased_goods_and_services": _ANY,
    "capital_goods": _ANY,
    "fuel_and_energy_related": (*_FUEL, *_MOVED, VEHICLES, TIME, MONEY),
    "upstream_transportation": _FREIGHT,
    "waste_generated": _WASTE,
    "business_travel": _TRIPS,
    "employee_commuting": (*_TRIPS, AREA),
    "upstream_leased_assets": _SITES,
    "downstream_transportation": _FREIGHT,
    "processing_of_sold_products": (*_FUEL, *_MOVED, AREA, *_THINGS, TIME, MONEY),
    "use_of_sold_products": _ANY,
    "end_of_life_treatment": _WASTE,
    "downstream_leased_assets": _SITES,
    "franchises": _SITES,
    "investments": _ANY,
}  # fmt: skip
_OWN_KINDS = (FREIGHT, PASSENGERS)
_TAKES = {category: frozenset(kinds) for category, kinds in TAKES.items()}
_NAMES = {**DIMENSION_NAMES, MONEY: "money"}


def _counts_more_than_energy(category: str) -> bool:
    return TIME in _TAKES[category] or MONEY in _TAKES[category]


def takes(category: str, dimension: str) -> bool:
    """Whether a category's activity data may have a dimension.

    A product is taken of what is taken each (`person·hour`, `TEU·km`), also for a time or a
    distance, but for transport, which is a kind of its own; a quotient is no amount.
    """
    allowed = _TAKES[category]
    if dimension in allowed or (MONEY in allowed and dimension in CURRENCIES):
        return True
    parts = dimension.split("·")
    if len(parts) == 1 or dimension in _OWN_KINDS or not _counts_more_than_energy(category):
        return False
    return all(part in allowed or part in (TIME, DISTANCE) for part in parts)


def taken(category: str) -> str:
    """What a category's activity data measure, in words."""
    names = [_NAMES.get(kind, kind) for kind in TAKES[category]]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
