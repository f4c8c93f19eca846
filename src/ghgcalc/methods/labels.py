"""The method of a Scope 3 line: as stated, or where its keys leave no choice (S3-06)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.vocabulary.dimensions import (
    DISTANCE,
    ENERGY,
    FREIGHT,
    GAS,
    MASS,
    PASSENGERS,
    VOLUME,
)
from ghgcalc.core.vocabulary.scope_3_methods import METHODS_OF, NOT_STATED, SPEND_BASED

_BURNT: Final = frozenset({ENERGY, MASS, VOLUME, GAS})
_MOVED: Final = frozenset({DISTANCE, FREIGHT, PASSENGERS})
# where activity data of the asset or company itself are consolidated
_OF_ASSETS: Final = {
    "upstream_leased_assets": "asset_specific",
    "downstream_leased_assets": "asset_specific",
    "franchises": "franchise_specific",
    "investments": "investment_specific",
}
_TRIPS: Final = frozenset(
    {"upstream_transportation", "downstream_transportation", "business_travel"}
)


@lru_cache(maxsize=4096)
def method_label(
    category: str, written: str, stated: str | None, dimension: str, *, fuel: bool, gas: bool
) -> str:
    """The method's word; `not_stated` where several methods state the same keys.

    Args:
        category: after consolidation.
        written: the category as written; another one where consolidation moved the line.
        stated: the key `method`, if the line has it.
        dimension: of its quantity: money, a distance, a mass …
        fuel: whether the line names a fuel.
        gas: whether masses of gas are stated.
    """
    words = METHODS_OF.get(category, ())
    if stated in words:
        return stated or NOT_STATED
    if category != written:
        return _OF_ASSETS.get(category, NOT_STATED)
    if dimension in CURRENCIES:
        return SPEND_BASED if SPEND_BASED in words else NOT_STATED
    if category in _TRIPS | {"employee_commuting"} and fuel and dimension in _BURNT:
        return "fuel_based"
    if category in _TRIPS and dimension in _MOVED:
        return "distance_based"
    if category == "use_of_sold_products" and gas:
        return "contained_gases"
    return NOT_STATED
