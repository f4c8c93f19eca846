"""The method of a Scope 3 line: stated, inferred where there is no choice, or not stated."""

from __future__ import annotations

import pytest

from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.scope_3_methods import METHODS_OF, OF_PARTNERS, WORDS
from ghgcalc.methods.labels import method_label

GOODS, AIR, STAFF = "purchased_goods_and_services", "business_travel", "employee_commuting"


@pytest.mark.parametrize(
    ("category", "dimension", "fuel", "word"),
    [
        (GOODS, "USD", False, "spend_based"),
        (GOODS, "kg", False, "not_stated"),
        (AIR, "km·person", False, "distance_based"),
        (AIR, "m3", True, "fuel_based"),
        (AIR, "night", False, "not_stated"),
        (STAFF, "km·person", False, "not_stated"),  # by distance, or by averages of distances
        (STAFF, "m3", True, "fuel_based"),
        ("upstream_transportation", "kg·km", False, "distance_based"),
        ("use_of_sold_products", "USD", False, "not_stated"),  # no method by spend
        ("waste_generated", "kg", False, "not_stated"),
    ],
)
def test_inferred_where_keys_leave_no_choice(
    category: str, dimension: str, fuel: bool, word: str
) -> None:
    assert method_label(category, category, None, dimension, fuel=fuel, gas=False) == word


def test_stated_goes_before_inferred() -> None:
    told = method_label(GOODS, GOODS, "supplier_specific", "USD", fuel=False, gas=False)
    assert told == "supplier_specific"


@pytest.mark.parametrize(
    ("category", "word"),
    [
        ("upstream_leased_assets", "asset_specific"),
        ("downstream_leased_assets", "asset_specific"),
        ("franchises", "franchise_specific"),
        ("investments", "investment_specific"),
    ],
)
def test_consolidated_data_are_those_of_the_asset(category: str, word: str) -> None:
    told = method_label(category, "stationary_combustion", None, "J", fuel=True, gas=False)
    assert told == word


def test_gases_in_products() -> None:
    use = "use_of_sold_products"
    assert method_label(use, use, None, "kg", fuel=False, gas=True) == "contained_gases"


def test_every_category_of_scope_3_has_words() -> None:
    assert list(METHODS_OF) == [row.id for row in CATEGORIES.values() if row.scope == 3]
    assert set(WORDS) >= OF_PARTNERS
