"""The words for calculation methods of Scope 3, by category, the most specific first (S3-06).

Source: GHG Protocol, Technical Guidance for Calculating Scope 3 Emissions v1.0, chapters 1 to 15
and appendix D.
"""

from __future__ import annotations

from typing import Final

NOT_STATED: Final = "not_stated"
SPEND_BASED: Final = "spend_based"
AVERAGE_DATA: Final = "average_data"
# of Scope 2, where a line is another party's statement
SCOPE_2_METHODS: Final = ("location_based", "market_based")

_GOODS = ("supplier_specific", "hybrid", "average_data", SPEND_BASED)
_MOVED = ("fuel_based", "distance_based", "site_specific", "average_data", SPEND_BASED)
METHODS_OF: Final[dict[str, tuple[str, ...]]] = {
    "purchased_goods_and_services": _GOODS,
    "capital_goods": _GOODS,
    "fuel_and_energy_related": ("supplier_specific", "average_data", SPEND_BASED),
    "upstream_transportation": _MOVED,
    "waste_generated": ("supplier_specific", "waste_type_specific", "average_data", SPEND_BASED),
    "business_travel": ("fuel_based", "distance_based", "average_data", SPEND_BASED),
    "employee_commuting": ("fuel_based", "distance_based", "average_data", SPEND_BASED),
    "upstream_leased_assets": ("asset_specific", "lessor_specific", "average_data", SPEND_BASED),
    "downstream_transportation": _MOVED,
    "processing_of_sold_products": ("site_specific", "average_data", SPEND_BASED),
    "use_of_sold_products": ("direct_use", "indirect_use", "fuels_and_feedstocks",
                             "contained_gases", "average_data"),
    "end_of_life_treatment": ("supplier_specific", "waste_type_specific", "average_data"),
    "downstream_leased_assets": ("asset_specific", "lessee_specific", "average_data", SPEND_BASED),
    "franchises": ("franchise_specific", "average_data", SPEND_BASED),
    "investments": ("investment_specific", "project_specific", "average_data", SPEND_BASED),
}  # fmt: skip
WORDS: Final = tuple(dict.fromkeys(word for words in METHODS_OF.values() for word in words))
# data of suppliers or other partners in the value chain (Scope 3 Standard 11.1, S3-07)
OF_PARTNERS: Final = frozenset(
    {"supplier_specific", "site_specific", "lessor_specific", "lessee_specific",
     "franchise_specific", "investment_specific", "project_specific"}
)  # fmt: skip
