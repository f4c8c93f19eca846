"""IPCC 2006: the publisher's labels and the ids they stand for (used by `ipcc`)."""

from __future__ import annotations

from typing import NamedTuple

FUELS = {
    "Crude Oil": "crude_oil",
    "Orimulsion": "orimulsion",
    "Natural Gas Liquids": "natural_gas_liquids",
    "Motor Gasoline": "petrol",
    "Aviation Gasoline": "aviation_gasoline",
    "Jet Gasoline": "jet_gasoline",
    "Jet Kerosene": "jet_kerosene",
    "Other Kerosene": "kerosene",
    "Shale Oil": "shale_oil",
    "Gas/Diesel Oil": "diesel",
    "Residual Fuel Oil": "fuel_oil",
    "Liquefied Petroleum Gases": "lpg",
    "Ethane": "ethane",
    "Naphtha": "naphtha",
    "Bitumen": "bitumen",
    "Lubricants": "lubricants",
    "Petroleum Coke": "petroleum_coke",
    "Refinery Feedstocks": "refinery_feedstocks",
    "Refinery Gas": "refinery_gas",
    "Paraffin Waxes": "paraffin_waxes",
    "White Spirit and SBP": "white_spirit",
    "Other Petroleum Products": "other_petroleum_products",
    "Anthracite": "anthracite",
    "Coking Coal": "coking_coal",
    "Other Bituminous Coal": "bituminous_coal",
    "Sub-Bituminous Coal": "sub_bituminous_coal",
    "Lignite": "lignite",
    "Oil Shale and Tar Sands": "oil_shale_and_tar_sands",
    "Brown Coal Briquettes": "brown_coal_briquettes",
    "Patent Fuel": "patent_fuel",
    "Coke Oven Coke and Lignite Coke": "coke_oven_coke",
    "Gas Coke": "gas_coke",
    "Coal Tar": "coal_tar",
    "Gas Works Gas": "gas_works_gas",
    "Coke Oven Gas": "coke_oven_gas",
    "Blast Furnace Gas": "blast_furnace_gas",
    "Oxygen Steel Furnace Gas": "oxygen_steel_furnace_gas",
    "Natural Gas": "natural_gas",
    "Municipal Wastes (non-biomass fraction)": "municipal_waste_fossil",
    "Municipal Wastes (biomass fraction)": "municipal_waste_biomass",
    "Industrial Wastes": "industrial_waste",
    "Waste Oils": "waste_oil",
    "Peat": "peat",
    "Wood / Wood Waste": "wood",
    "Sulphite lyes (black liquor)": "black_liquor",
    "Other Primary Solid Biomass": "other_solid_biomass",
    "Charcoal": "charcoal",
    "Biogasoline": "biogasoline",
    "Biodiesels": "biodiesel",
    "Other Liquid Biofuels": "other_liquid_biofuels",
    "Landfill Gas": "landfill_gas",
    "Sludge Gas": "sludge_gas",
    "Other Biogas": "biogas",
}
SECTORS = {
    "energy_industries": "energy_industries",
    "manufacturing_construction": "manufacturing",
    "commercial_institutional": "commercial",
    "residential_agriculture": "residential",
}


class Mobile(NamedTuple):
    """One row of mobile combustion, made of the publisher's rows that `labels` name."""

    category: str
    vehicle: str
    fuel: str
    labels: tuple[str, ...]
    sector: str = ""
    technology: str = ""


_GASOLINE_ROAD = {
    "uncontrolled": "Uncontrolled",
    "oxidation_catalyst": "Oxidation Catalyst",
    "low_mileage_ldv_1995_or_later": "Low Mileage LDV 1995 or later",
}
_ROAD = (
    *(
        Mobile("road", "road", "petrol", ("Motor Gasoline", f"Motor Gasoline - {label}"), "", key)
        for key, label in _GASOLINE_ROAD.items()
    ),
    Mobile("road", "road", "diesel", ("Gas/Diesel Oil",)),
    Mobile(
        "road", "road", "lpg", ("Liquefied Petroleum Gases", "Liquefied petroleum gas (vehicle)")
    ),
    Mobile("road", "road", "kerosene", ("Kerosene",)),
    Mobile("road", "road", "lubricants", ("Lubricants",)),
    Mobile("road", "road", "cng", ("Compressed Natural Gas", "Natural Gas (vehicle)")),
    Mobile("road", "road", "lng", ("Liquefied Natural Gas", "Natural Gas (vehicle)")),
    Mobile("road", "road", "bioethanol", ("Ethanol, trucks, US",), "", "trucks_us"),
    Mobile("road", "road", "bioethanol", ("Ethanol, cars, Brazil",), "", "cars_brazil"),
)
_OFF_ROAD = tuple(
    Mobile("off-road", "off_road", fuel, (f"Off-road {label}, {sector}",), sector, technology)
    for fuel, label, technology, sectors in (
        ("diesel", "diesel", "", ("agriculture", "forestry", "industry", "household")),
        ("petrol", "gasoline 4stroke", "four_stroke", ("agriculture", "industry", "household")),
        (
            "petrol",
            "gasoline 2stroke",
            "two_stroke",
            ("agriculture", "forestry", "industry", "household"),
        ),
    )
    for sector in sectors
)
_RAIL = (
    Mobile("rail", "rail", "diesel", ("Rail diesel",)),
    Mobile("rail", "rail", "sub_bituminous_coal", ("Rail sub-bituminous coal",)),
)
_NAVIGATION = (
    Mobile("navigation", "navigation", "petrol", ("Gasoline",)),
    Mobile("navigation", "navigation", "kerosene", ("Other Kerosene",)),
    Mobile("navigation", "navigation", "diesel", ("Gas/Diesel Oil",)),
    Mobile("navigation", "navigation", "fuel_oil", ("Residual Fuel Oil",)),
    Mobile("navigation", "navigation", "lpg", ("LPG",)),
    Mobile("navigation", "navigation", "natural_gas", ("Natural Gas",)),
)
# printed for ships; the transcription at hand does not say for which fuel
LEFT_OUT = frozenset({("navigation", "Ocean-going ships")})
_AVIATION = tuple(
    Mobile("aviation", "aviation", fuel, (label, "All aviation fuels"))
    for fuel, label in (
        ("aviation_gasoline", "Aviation Gasoline"),
        ("jet_kerosene", "Jet Kerosene"),
    )
)
MOBILE = _ROAD + _OFF_ROAD + _RAIL + _NAVIGATION + _AVIATION
NOTES = [
    "All values are on the net calorific value (NCV); oxidation is taken as complete.",
    "CO2 of biomass fuels is CO2_biogenic; it is reported outside the scopes.",
    "low and high are the bounds as printed, misprints included: Table 2.4"
    " coal tar CH4 lower 30 and coke N2O upper 4, Table 2.5 white spirit N2O upper 3, Table 3.4.1"
    " coal CO2 lower 72800.",
    "Road: CH4 and N2O of 'Natural Gas' vehicles (Table 3.2.2) stand with both CNG and LNG CO2"
    " (Table 3.2.1). Kerosene and lubricants on roads have CO2 only; ethanol has no CO2 in these"
    " tables.",
    "Navigation: rows have CO2 only. Table 3.5.3 prints CH4 and N2O for ocean-going ships, and the"
    " transcription at hand does not say for which fuel.",
    "Gas/Diesel Oil is the fuel `diesel` of this project.",
    "Processes: the default for glass is before cullet: multiply the quantity by one minus its"
    " share. Ammonia holds fuel and feedstock; CO2 recovered for urea is not subtracted. Carbon"
    " black and coke have CH4 in rows of their own.",
    "The midpoint of ankerite (a range only), pellets of iron ore and the oxidised share of"
    " paraffin wax are left out: no figure of the publisher was at hand.",
    "Leak rates of Table 7.9 are ranges without a point value; low ends are of developed countries."
    " SF6 rates reflect the practice of 1995.",
    "Wastewater of 2006 has parameters only (MCF and capacity); N2O per kg of nitrogen is printed"
    " as N2O-N and stays a parameter.",
    "parameters are not factors: fractions, capacities and contents for the Guidelines' equations.",
]
