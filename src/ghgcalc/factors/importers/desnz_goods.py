"""DESNZ conversion factors: labels of materials, wastes, countries and groups of countries."""

from __future__ import annotations

from ghgcalc.factors.importers.common import slug

_BOTH = (
    "Aggregates", "Average construction", "Asbestos", "Asphalt", "Bricks", "Concrete",
    "Insulation", "Metals", "Soils", "Mineral oil", "Plasterboard", "Tyres", "Wood",
    "Books", "Glass", "Clothing",
    "Metal: aluminium cans and foil (excl. forming)", "Metal: mixed cans", "Metal: scrap metal",
    "Metal: steel cans", "Plastics: average plastics", "Plastics: average plastic film",
    "Plastics: average plastic rigid", "Plastics: HDPE (incl. forming)",
    "Plastics: LDPE and LLDPE (incl. forming)", "Plastics: PET (incl. forming)",
    "Plastics: PP (incl. forming)", "Plastics: PS (incl. forming)", "Plastics: PVC (incl. forming)",
    "Paper and board: board", "Paper and board: mixed", "Paper and board: paper",
)  # fmt: skip
_DEVICES = (  # wastes of every edition, materials of 2019 and 2020
    "WEEE - fridges and freezers", "WEEE - large", "WEEE - mixed", "WEEE - small", "Batteries",
)  # fmt: skip
_MATERIALS = (
    *_BOTH, *_DEVICES, "Food and drink", "Compost derived from garden waste",
    "Compost derived from food and garden waste", "Electrical items - fridges and freezers",
    "Electrical items - large", "Electrical items - IT", "Electrical items - small",
    "Batteries - Alkaline", "Batteries - Li ion", "Batteries - NiMh",
)  # fmt: skip
_WASTES = (
    *_BOTH, *_DEVICES, "Household residual waste", "Municipal waste",
    "Organic: food and drink waste", "Organic: garden waste",
    "Organic: mixed food and garden waste", "Commercial and industrial waste",
)  # fmt: skip


def _goods(label: str) -> str:
    """`Plastics: HDPE (incl. forming)` as `plastics_hdpe`; the bracket is in the row's name."""
    return slug(label.partition(" (")[0])


MATERIALS = {label: _goods(label) for label in _MATERIALS}
WASTES = {label: _goods(label) for label in _WASTES}
ROUTES = {
    "Primary material production": "primary_material_production",
    "Re-used": "re_used",
    "Open-loop source": "open_loop_source",
    "Closed-loop source": "closed_loop_source",
}
TREATMENTS = {
    "Re-use": "re_use",
    "Open-loop": "open_loop",
    "Closed-loop": "closed_loop",
    "Combustion": "combustion",
    "Incineration with Energy Recovery": "incineration_with_energy_recovery",
    "Composting": "composting",
    "Anaerobic digestion": "anaerobic_digestion",
    "Landfill": "landfill",
}
COUNTRIES = {
    "Argentina": "AR",
    "Australia": "AU",
    "Austria": "AT",
    "Belgium": "BE",
    "Brazil": "BR",
    "Bulgaria": "BG",
    "Canada": "CA",
    "Chile": "CL",
    "China": "CN",
    "China (Hong Kong)": "HK",
    "Chinese Taipei": "TW",
    "Colombia": "CO",
    "Costa Rica": "CR",
    "Croatia": "HR",
    "Cyprus": "CY",
    "Czech Republic": "CZ",
    "Denmark": "DK",
    "Egypt": "EG",
    "Estonia": "EE",
    "Fiji": "FJ",
    "Finland": "FI",
    "France": "FR",
    "French Polynesia": "PF",
    "Germany": "DE",
    "Gibraltar": "GI",
    "Greece": "GR",
    "Hong Kong, China": "HK",
    "Hungary": "HU",
    "Iceland": "IS",
    "India": "IN",
    "Indonesia": "ID",
    "Ireland": "IE",
    "Israel": "IL",
    "Italy": "IT",
    "Japan": "JP",
    "Jordan": "JO",
    "Kazakhstan": "KZ",
    "Korea": "KR",
    "Latvia": "LV",
    "Lithuania": "LT",
    "Luxembourg": "LU",
    "Macau, China": "MO",
    "Malaysia": "MY",
    "Maldives": "MV",
    "Malta": "MT",
    "Mexico": "MX",
    "Netherlands": "NL",
    "New Zealand": "NZ",
    "Norway": "NO",
    "Oman": "OM",
    "Pakistan": "PK",
    "Panama": "PA",
    "People's Rep. of China": "CN",
    "Peru": "PE",
    "Philippines": "PH",
    "Poland": "PL",
    "Portugal": "PT",
    "Qatar": "QA",
    "Romania": "RO",
    "Russian Federation": "RU",
    "Saudi Arabia": "SA",
    "Singapore": "SG",
    "Slovak Republic": "SK",
    "Slovenia": "SI",
    "South Africa": "ZA",
    "South Korea": "KR",
    "Spain": "ES",
    "Sweden": "SE",
    "Switzerland": "CH",
    "Taiwan": "TW",
    "Taiwan, China": "TW",
    "Thailand": "TH",
    "Turkey": "TR",
    "UK": "GB",
    "Ukraine": "UA",
    "United Arab Emirates": "AE",
    "United States": "US",
    "Vietnam": "VN",
}
HOTELS = {label: code.lower() for label, code in COUNTRIES.items()} | {
    "UK (London)": "gb_london",
    "Caribbean Region": "caribbean_region",
}
AVERAGES = {  # groups of countries have no region code: the line names them
    "Africa (average)": "average_africa",
    "EU (average)": "average_eu",
    "Latin America (average)": "average_latin_america",
    "Middle East (average)": "average_middle_east",
    "Non-OECD Europe and Eurasia (average)": "average_non_oecd_europe_and_eurasia",
}
