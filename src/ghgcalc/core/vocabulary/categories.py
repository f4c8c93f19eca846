"""The category vocabulary of an activity and the scope each one has before consolidation.

Source: GHG Protocol Corporate Standard ch. 4 (scopes 1 and 2), Scope 3 Standard ch. 5 (categories).
A category is a source type; the scope of a line is decided after consolidation (GHG-04).
"""

from __future__ import annotations

from typing import NamedTuple


class Category(NamedTuple):
    """One source type: `id`, its scope when fully controlled, Scope 3 number (or None), heading."""

    id: str
    scope: int
    number: int | None
    heading: str


_ROWS = (
    Category("stationary_combustion", 1, None, "Stationary combustion"),
    Category("mobile_combustion", 1, None, "Mobile combustion"),
    Category("process_emissions", 1, None, "Process emissions"),
    Category("fugitive_emissions", 1, None, "Fugitive emissions"),
    Category("purchased_electricity", 2, None, "Purchased electricity"),
    Category("purchased_steam", 2, None, "Purchased steam"),
    Category("purchased_heat", 2, None, "Purchased heat"),
    Category("purchased_cooling", 2, None, "Purchased cooling"),
    Category("self_generated_electricity", 2, None, "Self-generated electricity"),
    Category("purchased_goods_and_services", 3, 1, "1 Purchased goods and services"),
    Category("capital_goods", 3, 2, "2 Capital goods"),
    Category("fuel_and_energy_related", 3, 3, "3 Fuel- and energy-related activities"),
    Category("upstream_transportation", 3, 4, "4 Upstream transportation and distribution"),
    Category("waste_generated", 3, 5, "5 Waste generated in operations"),
    Category("business_travel", 3, 6, "6 Business travel"),
    Category("employee_commuting", 3, 7, "7 Employee commuting"),
    Category("upstream_leased_assets", 3, 8, "8 Upstream leased assets"),
    Category("downstream_transportation", 3, 9, "9 Downstream transportation and distribution"),
    Category("processing_of_sold_products", 3, 10, "10 Processing of sold products"),
    Category("use_of_sold_products", 3, 11, "11 Use of sold products"),
    Category("end_of_life_treatment", 3, 12, "12 End-of-life treatment of sold products"),
    Category("downstream_leased_assets", 3, 13, "13 Downstream leased assets"),
    Category("franchises", 3, 14, "14 Franchises"),
    Category("investments", 3, 15, "15 Investments"),
)
CATEGORIES: dict[str, Category] = {row.id: row for row in _ROWS}
COMBUSTION = frozenset({"stationary_combustion", "mobile_combustion"})
PURCHASED_ENERGY = frozenset(
    {"purchased_electricity", "purchased_steam", "purchased_heat", "purchased_cooling"}
)
# where consolidation puts sources that the file states elsewhere: without a line there are none
BY_CONSOLIDATION = frozenset(
    {"upstream_leased_assets", "downstream_leased_assets", "franchises", "investments"}
)
# what a supplier makes: its own country decides the factor
BOUGHT = frozenset({"purchased_goods_and_services", "capital_goods"})
ELECTRICITY = frozenset({"purchased_electricity", "self_generated_electricity"})
# what contractual instruments of Scope 2 carry, by the category of the line
CARRIERS = {
    "purchased_electricity": "electricity", "self_generated_electricity": "electricity",
    "purchased_steam": "steam", "purchased_heat": "heat", "purchased_cooling": "cooling",
}  # fmt: skip


def category_said(text: str) -> str | None:
    """The category that a usual word stands for, for a hint; it is never applied.

    A word that fits several kinds of source (`gas`, `fuel`) stands for none.
    """
    from ghgcalc.core.vocabulary.said import meant

    return next(iter(meant("category", text)), None)


SCOPE_3_BY_NUMBER: dict[int, str] = {row.number: row.id for row in _ROWS if row.number is not None}
