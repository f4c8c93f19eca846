"""DESNZ conversion factors: the tables of a pack, and what of the flat file is left out."""

from __future__ import annotations

TOTAL, OUTSIDE = "CO2e [kg]", "CO2_biogenic [kg]"
PARTS = ("CO2e:CO2 [kg]", "CO2e:CH4 [kg]", "CO2e:N2O [kg]")
OUTSIDE_LEVEL = "Outside of scopes"
LEFT_OUT = {
    "Refrigerant & other": "refrigerants are mass x composition x GWP set, never a CO2e table",
    "SECR kWh pass & delivery vehs": "energy per distance, no emissions (SECR)",
    "SECR kWh UK electricity for EVs": "energy per distance, no emissions (SECR)",
    "Passenger and delivery vehicles- kWh factors": "energy per distance, no emissions (SECR)",
}
SAME_LEVEL = {  # earlier editions' words for a Level 1
    "UK electricity for Evs": "UK electricity for EVs",
    "WTT- UK & overseas elec": "WTT- UK electricity",
    "WTT- business travel (air)": "WTT- business travel- air",
    "WTT- business travel (sea)": "WTT- business travel- sea",
    "WTT- pass vehs & travel (land)": "WTT- pass vehs & travel- land",
}
_FUEL = "stationary_combustion|mobile_combustion"
_TRAVEL, _FREIGHT = (
    "business_travel|employee_commuting",
    "upstream_transportation|downstream_transportation",
)
_ENERGY = "fuel_and_energy_related"
_GB = {"region": "GB"}
FILES: dict[str, dict[str, str]] = {
    "fuels.csv": {"category": _FUEL, **_GB, "lifecycle": "combustion"},
    "bioenergy.csv": {"category": _FUEL, **_GB, "lifecycle": "combustion"},
    "biofuels.csv": {"category": _FUEL, **_GB, "lifecycle": "combustion"},
    "electricity.csv": {
        "category": "purchased_electricity",
        **_GB,
        "kind": "grid_average",
        "lifecycle": "combustion",
    },
    "heat.csv": {"category": "purchased_heat|purchased_steam", **_GB, "lifecycle": "combustion"},
    "t_and_d.csv": {"category": _ENERGY, **_GB, "lifecycle": "t_and_d"},
    "vehicles.csv": {"category": "mobile_combustion", **_GB, "lifecycle": "combustion"},
    "electric_vehicles.csv": {
        "category": "purchased_electricity",
        **_GB,
        "kind": "grid_average",
        "lifecycle": "combustion",
    },
    "electric_vehicles_t_and_d.csv": {"category": _ENERGY, **_GB, "lifecycle": "t_and_d"},
    "wtt_fuels.csv": {"category": _ENERGY, **_GB, "lifecycle": "upstream"},
    "wtt_energy.csv": {"category": _ENERGY, "lifecycle": "upstream"},
    "travel_air.csv": {"category": "business_travel", "item": "flight"},
    "travel_sea.csv": {"category": _TRAVEL, "item": "ferry", **_GB},
    "travel_land.csv": {"category": _TRAVEL, **_GB},
    "wtt_travel.csv": {"category": f"{_ENERGY}|{_TRAVEL}", "lifecycle": "upstream"},
    "hotel.csv": {"category": "business_travel", "item": "hotel"},
    "homeworking.csv": {"category": "employee_commuting", "item": "homeworking", **_GB},
    "freight.csv": {"category": _FREIGHT, "item": "freight"},
    "wtt_freight.csv": {
        "category": f"{_ENERGY}|{_FREIGHT}",
        "item": "freight_wtt",
        "lifecycle": "upstream",
    },
    "water_supply.csv": {
        "category": "purchased_goods_and_services",
        "item": "water_supply",
        **_GB,
    },
    "water_treatment.csv": {"category": "waste_generated", "item": "water_treatment", **_GB},
    "materials.csv": {
        "category": "purchased_goods_and_services|capital_goods",
        **_GB,
        "lifecycle": "lifecycle",
    },
    "waste.csv": {"category": "waste_generated|end_of_life_treatment", **_GB},
    "managed_vehicles.csv": {
        "category": "upstream_leased_assets|downstream_leased_assets",
        **_GB,
    },
    "managed_electricity.csv": {
        "category": "upstream_leased_assets|downstream_leased_assets",
        "item": "electricity",
        **_GB,
    },
}
