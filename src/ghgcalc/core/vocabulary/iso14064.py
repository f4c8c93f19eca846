"""ISO 14064-1:2018 Annex B: the category that each GHG Protocol source type falls into (ISO-02).

The map is a starting point: services of category 1 are 4.5, and some schemes place grid losses
elsewhere; notes say where a reader has to judge.
"""

from __future__ import annotations

from typing import NamedTuple


class IsoCategory(NamedTuple):
    """An ISO category: `code` such as `4.1`, heading, and what the reader has to judge."""

    code: str
    heading: str
    note: str = ""


DIRECT = IsoCategory("1", "Direct GHG emissions and removals")
ENERGY = IsoCategory(
    "2", "Imported energy", "location-based is the reported figure, market-based is additional"
)
OTHER = IsoCategory("6", "Other sources", "not split by the party that reported it")
_BY_CATEGORY = {
    "purchased_goods_and_services": IsoCategory("4.1", "Purchased goods", "services belong to 4.5"),
    "capital_goods": IsoCategory("4.2", "Capital goods"),
    "fuel_and_energy_related": IsoCategory(
        "4.1", "Purchased goods", "upstream of fuels and energy, grid losses included"
    ),
    "upstream_transportation": IsoCategory(
        "3.1", "Upstream transport and distribution", "paid for by the organization"
    ),
    "downstream_transportation": IsoCategory(
        "3.2", "Downstream transport and distribution", "not paid for by the organization"
    ),
    "waste_generated": IsoCategory("4.3", "Disposal of solid and liquid waste"),
    "business_travel": IsoCategory("3.5", "Business travel"),
    "employee_commuting": IsoCategory("3.3", "Employee commuting"),
    "upstream_leased_assets": IsoCategory("4.4", "Use of assets"),
    "processing_of_sold_products": IsoCategory("5.1", "Use stage of the product"),
    "use_of_sold_products": IsoCategory("5.1", "Use stage of the product"),
    "end_of_life_treatment": IsoCategory("5.3", "End-of-life stage of the product"),
    "downstream_leased_assets": IsoCategory("5.2", "Downstream leased assets"),
    "franchises": IsoCategory("5.2", "Downstream leased assets", "franchises may be 6"),
    "investments": IsoCategory("5.4", "Investments"),
}


def iso_category(scope: int, category: str) -> IsoCategory:
    """The ISO category of a line by its scope and category after consolidation."""
    if scope == 1:
        return DIRECT
    if scope == 2:
        return ENERGY
    return _BY_CATEGORY.get(category, OTHER)
