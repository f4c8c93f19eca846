"""DESNZ conversion factors: the publisher's labels and the ids they stand for.

A label that stands in none of these tables stops the importer: it is never guessed.
"""

from __future__ import annotations

FUELS = {
    "Butane": "butane",
    "CNG": "cng",
    "LNG": "lng",
    "LPG": "lpg",
    "Natural gas": "natural_gas",
    "Natural gas (100% mineral blend)": "natural_gas_100pc_mineral",
    "Other petroleum gas": "other_petroleum_gas",
    "Propane": "propane",
    "Aviation spirit": "aviation_gasoline",
    "Aviation turbine fuel": "jet_kerosene",
    "Burning oil": "burning_oil",
    "Diesel (average biofuel blend)": "diesel_average_biofuel_blend",
    "Diesel (100% mineral diesel)": "diesel",
    "Fuel oil": "fuel_oil",
    "Gas oil": "gas_oil",
    "Lubricants": "lubricants",
    "Naphtha": "naphtha",
    "Petrol (average biofuel blend)": "petrol_average_biofuel_blend",
    "Petrol (100% mineral petrol)": "petrol",
    "Processed fuel oils - residual oil": "processed_residual_oil",
    "Processed fuel oils - distillate oil": "processed_distillate_oil",
    "Refinery miscellaneous": "refinery_miscellaneous",
    "Waste oils": "waste_oil",
    "Marine gas oil": "marine_gas_oil",
    "Marine fuel oil": "marine_fuel_oil",
    "Coal (industrial)": "coal_industrial",
    "Coal (electricity generation)": "coal_electricity_generation",
    "Coal (domestic)": "coal_domestic",
    "Coking coal": "coking_coal",
    "Petroleum coke": "petroleum_coke",
    "Coal (electricity generation - home produced coal only)": (
        "coal_electricity_generation_home_produced"
    ),
    # capitals as the well-to-tank rows of 2021 have them
    "Natural Gas": "natural_gas",
    "Other Petroleum Gas": "other_petroleum_gas",
    "Aviation Spirit": "aviation_gasoline",
    "Aviation Turbine Fuel": "jet_kerosene",
    "Burning Oil": "burning_oil",
    "Fuel Oil": "fuel_oil",
    "Gas Oil": "gas_oil",
    "Refinery Miscellaneous": "refinery_miscellaneous",
    "Coking Coal": "coking_coal",
    "Petroleum Coke": "petroleum_coke",
}
BIOENERGY = {
    "Bioethanol": "bioethanol",
    "Biodiesel ME": "biodiesel",
    "Biodiesel": "biodiesel",  # 2019 and 2020: methyl ester all the same
    "Biomethane": "biomethane",
    "Biomethane (compressed)": "biomethane_compressed",
    "Biodiesel ME (from used cooking oil)": "biodiesel_used_cooking_oil",
    "Biodiesel ME (from tallow)": "biodiesel_tallow",
    "Biodiesel ME (from Tallow)": "biodiesel_tallow",
    "Biodiesel (from used cooking oil)": "biodiesel_used_cooking_oil",
    "Biodiesel (from tallow)": "biodiesel_tallow",
    "Biodiesel HVO": "biodiesel_hvo",
    "Biopropane": "biopropane",
    "Bio Petrol": "bio_petrol",
    "Renewable petrol": "renewable_petrol",
    "Renewable Petrol": "renewable_petrol",
    "Development diesel": "development_diesel",
    "Development petrol": "development_petrol",
    "Off road biodiesel": "off_road_biodiesel",
    "Biomethane (liquified)": "biomethane_liquefied",
    "Methanol (bio)": "biomethanol",
    "Avtur (renewable)": "renewable_jet_kerosene",
    "Wood logs": "wood_logs",
    "Wood chips": "wood_chips",
    "Wood pellets": "wood_pellets",
    "Grass/straw": "grass_straw",
    "Biogas": "biogas",
    "Landfill gas": "landfill_gas",
}
BIOFUELS = frozenset(BIOENERGY.values()) - {
    "wood_logs", "wood_chips", "wood_pellets", "grass_straw", "biogas", "landfill_gas",
}  # fmt: skip
PROPERTY_FUELS = {label.lower(): fuel for label, fuel in {**FUELS, **BIOENERGY}.items()} | {
    "biodiesel (me)": "biodiesel",
    "biodiesel (btl or hvo)": "biodiesel_hvo",
    "bioetbe": "bioetbe",
    "grasses/straw": "grass_straw",
}
UNITS = {  # printed unit -> per, basis, end of the id
    "tonnes": ("t", "", "t"),
    "litres": ("L", "", "l"),
    "Litres": ("L", "", "l"),
    "kg": ("kg", "", "kg"),
    "GJ": ("GJ", "net", "gj"),
    "kWh": ("kWh", "net", "kwh"),
    "kWh (Net CV)": ("kWh", "net", "kwh_net"),
    "kWh (Gross CV)": ("kWh", "gross", "kwh_gross"),
    "cubic metres": ("Sm3", "", "sm3"),
}
PLAIN_UNITS = {  # units of everything that is no fuel
    "kWh": ("kWh", "", "kwh"),
    "km": ("km", "", "km"),
    "miles": ("mi", "", "mi"),
    "passenger.km": ("pkm", "", "pkm"),
    "tonne.km": ("tkm", "", "tkm"),
    "tonnes": ("t", "", "t"),
    "cubic metres": ("m3", "", "m3"),
    "Room per night": ("night", "", "night"),
    "per FTE Working Hour": ("person hour", "", "person_hour"),
}
CARS = {
    "Mini": "car_mini",
    "Supermini": "car_supermini",
    "Lower medium": "car_lower_medium",
    "Upper medium": "car_upper_medium",
    "Executive": "car_executive",
    "Luxury": "car_luxury",
    "Sports": "car_sports",
    "Dual purpose 4X4": "car_dual_purpose_4x4",
    "MPV": "car_mpv",
    "Small car": "car_small",
    "Medium car": "car_medium",
    "Large car": "car_large",
    "Average car": "car_average",
}
MOTORBIKES = {
    "Small": "motorbike_small",
    "Medium": "motorbike_medium",
    "Large": "motorbike_large",
    "Average": "motorbike_average",
}
VANS = {
    "Class I (up to 1.305 tonnes)": "van_class_i",
    "Class II (1.305 to 1.74 tonnes)": "van_class_ii",
    "Class III (1.74 to 3.5 tonnes)": "van_class_iii",
    "Average (up to 3.5 tonnes)": "van_average",
}
HGVS = {
    "Rigid (>3.5 - 7.5 tonnes)": "hgv_rigid_3_5_to_7_5_t",
    "Rigid (>7.5 tonnes-17 tonnes)": "hgv_rigid_7_5_to_17_t",
    "Rigid (>17 tonnes)": "hgv_rigid_gt_17_t",
    "All rigids": "hgv_rigid_average",
    "Articulated (>3.5 - 33t)": "hgv_articulated_3_5_to_33_t",
    "Articulated (>33t)": "hgv_articulated_gt_33_t",
    "All artics": "hgv_articulated_average",
    "All HGVs": "hgv_average",
}
COLD_HGVS = {label: f"refrigerated_{name}" for label, name in HGVS.items()}
DRIVES = {
    "Diesel": "diesel",
    "Petrol": "petrol",
    "CNG": "cng",
    "LPG": "lpg",
    "Hybrid": "hybrid",
    "Unknown": "unknown_fuel",
    "Plug-in Hybrid Electric Vehicle": "plug_in_hybrid",
    "Battery Electric Vehicle": "battery_electric",
}
DRIVE_FUELS = frozenset({"diesel", "petrol", "cng", "lpg"})
LADEN = {
    "0% Laden": "laden_0pc",
    "50% Laden": "laden_50pc",
    "100% Laden": "laden_100pc",
    "Average laden": "laden_average",
}
TAXIS = {"Regular taxi": "regular", "Black cab": "black_cab"}
BUSES = {
    "Local bus (not London)": "local_not_london",
    "Local London bus": "local_london",
    "Average local bus": "local_average",
}
RAIL = {
    "National rail": "national",
    "International rail": "international",
    "Light rail and tram": "light_rail_and_tram",
    "London Underground": "london_underground",
}
FERRY = {
    "Foot passenger": "foot_passenger",
    "Car passenger": "car_passenger",
    "Average (all passenger)": "average_passenger",
}
HAULS = {
    "Domestic, to/from UK": "domestic",
    "Short-haul, to/from UK": "short_haul",
    "Long-haul, to/from UK": "long_haul",
    "International, to/from non-UK": "international",
}
CLASSES = {
    "Average passenger": "average_passenger",
    "Economy class": "economy_class",
    "Premium economy class": "premium_economy_class",
    "Business class": "business_class",
    "First class": "first_class",
}
FORCING = {"With RF": "with_rf", "Without RF": "without_rf"}
SHIPS = {
    "Crude tanker": "crude_tanker",
    "Products tanker": "products_tanker",
    "Chemical tanker": "chemical_tanker",
    "LNG tanker": "lng_tanker",
    "LPG tanker": "lpg_tanker",
    "LPG Tanker": "lpg_tanker",
    "Bulk carrier": "bulk_carrier",
    "General cargo": "general_cargo_ship",
    "Container ship": "container_ship",
    "Vehicle transport": "vehicle_carrier",
    "RoRo-Ferry": "roro_ferry",
    "Large RoPax ferry": "large_ropax_ferry",
    "Refrigerated cargo": "refrigerated_cargo_ship",
}
UK_SHIPS = frozenset({"large_ropax_ferry"})  # from fuel and loads of UK ferry operators
_SIZES = (
    "Average", "All dwt", "200,000+ dwt", "120,000–199,999 dwt", "100,000–199,999 dwt",
    "80,000–119,999 dwt", "60,000+ dwt", "60,000–99,999 dwt", "60,000–79,999 dwt",
    "35,000–59,999 dwt", "20,000+ dwt", "20,000–59,999 dwt", "10,000+ dwt", "10,000–59,999 dwt",
    "10,000–34,999 dwt", "10,000–19,999 dwt", "5000–9999 dwt", "0–9999 dwt", "0–4999 dwt",
    "10,000+ dwt 100+ TEU", "5000–9999 dwt 100+ TEU", "0–4999 dwt 100+ TEU",
    "200,000+ m3", "0–199,999 m3", "50,000+ m3", "0–49,999 m3",
    "8000+ TEU", "5000–7999 TEU", "3000–4999 TEU", "2000–2999 TEU", "1000–1999 TEU", "0–999 TEU",
    "4000+ CEU", "0–3999 CEU", "2000+ LM", "0–1999 LM",
)  # fmt: skip


def _size(label: str) -> str:
    """`10,000+ dwt 100+ TEU` as `10000_plus_dwt_100_plus_teu`."""
    words = label.lower().replace(",", "").replace("+", "_plus").replace("–", "_to_")
    return words.replace(" ", "_")


SIZES = {label: _size(label) for label in _SIZES}
HOMEWORKING = {
    "Office Equipment": "office_equipment",
    "Heating": "heating",
    "Homeworking (office equipment + heating)": "office_equipment_and_heating",
}
