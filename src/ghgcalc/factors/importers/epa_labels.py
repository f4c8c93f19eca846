"""US EPA hub: the publisher's labels and the ids they stand for (used by `epa_hub`)."""

from __future__ import annotations

STATIONARY = {
    "Anthracite": "anthracite",
    "Bituminous": "bituminous_coal",
    "Sub-bituminous": "sub_bituminous_coal",
    "Lignite": "lignite",
    "Mixed (Commercial Sector)": "coal_mixed_commercial",
    "Mixed (Electric Power Sector)": "coal_mixed_electric_power",
    "Mixed (Industrial Coking)": "coal_mixed_industrial_coking",
    "Mixed (Industrial Sector)": "coal_mixed_industrial",
    "Coal Coke": "coke_oven_coke",
    "Municipal Solid Waste": "municipal_solid_waste",
    "Petroleum Coke (Solid)": "petroleum_coke",
    "Plastics": "plastics",
    "Tires": "tires",
    "Agricultural Byproducts": "agricultural_byproducts",
    "Peat": "peat",
    "Solid Byproducts": "solid_byproducts",
    "Wood and Wood Residuals": "wood",
    "Natural Gas": "natural_gas",
    "Blast Furnace Gas": "blast_furnace_gas",
    "Coke Oven Gas": "coke_oven_gas",
    "Fuel Gas": "fuel_gas",
    "Propane Gas": "propane_gas",
    "Landfill Gas": "landfill_gas",
    "Other Biomass Gases": "other_biomass_gases",
    "Asphalt and Road Oil": "asphalt_and_road_oil",
    "Aviation Gasoline": "aviation_gasoline",
    "Butane": "butane",
    "Butylene": "butylene",
    "Crude Oil": "crude_oil",
    "Distillate Fuel Oil No. 1": "distillate_fuel_oil_no_1",
    "Distillate Fuel Oil No. 2": "distillate_fuel_oil_no_2",
    "Distillate Fuel Oil No. 4": "distillate_fuel_oil_no_4",
    "Ethane": "ethane",
    "Ethylene": "ethylene",
    "Heavy Gas Oils": "heavy_gas_oil",
    "Isobutane": "isobutane",
    "Isobutylene": "isobutylene",
    "Kerosene": "kerosene",
    "Kerosene-Type Jet Fuel": "jet_kerosene",
    "Liquefied Petroleum Gases (LPG)": "lpg",
    "Lubricants": "lubricants",
    "Motor Gasoline": "petrol",
    "Naphtha (<401 deg F)": "naphtha",
    "Natural Gasoline": "natural_gasoline",
    "Other Oil (>401 deg F)": "other_oil",
    "Pentanes Plus": "pentanes_plus",
    "Petrochemical Feedstocks": "petrochemical_feedstocks",
    "Propane": "propane",
    "Propylene": "propylene",
    "Residual Fuel Oil No. 5": "residual_fuel_oil_no_5",
    "Residual Fuel Oil No. 6": "residual_fuel_oil_no_6",
    "Special Naphtha": "special_naphtha",
    "Unfinished Oils": "unfinished_oils",
    "Used Oil": "waste_oil",
    "Biodiesel (100%)": "biodiesel",
    "Ethanol (100%)": "bioethanol",
    "Rendered Animal Fat": "rendered_animal_fat",
    "Vegetable Oil": "vegetable_oil",
}
KRAFT = {
    "North American Softwood": "north_american_softwood",
    "North American Hardwood": "north_american_hardwood",
    "Bagasse": "bagasse",
    "Bamboo": "bamboo",
    "Straw": "straw",
}
NOTES = {
    "peat": "EPA lists peat among biomass fuels; IPCC 2006 counts its CO2 as fossil: kept as CO2",
    "municipal_solid_waste": "the CO2 value mixes fossil and biogenic carbon",
}
MOBILE = {
    "Aviation Gasoline": "aviation_gasoline",
    "Biodiesel (100%)": "biodiesel",
    "Compressed Natural Gas (CNG)": "cng",
    "Diesel Fuel": "diesel",
    "Ethanol (100%)": "bioethanol",
    "Kerosene-Type Jet Fuel": "jet_kerosene",
    "Liquefied Natural Gas (LNG)": "lng",
    "Liquefied Petroleum Gases (LPG)": "lpg",
    "Motor Gasoline": "petrol",
    "Residual Fuel Oil": "fuel_oil",
}
GASOLINE_VEHICLES = {
    "Gasoline Passenger Cars": "passenger_cars",
    "Gasoline Light-Duty Trucks (Vans, Pickup Trucks, SUVs)": "light_duty_trucks",
    "Gasoline Heavy-Duty Vehicles": "heavy_duty_vehicles",
    "Gasoline Motorcycles": "motorcycles",
}
OTHER_VEHICLES = {
    "Passenger Cars": "passenger_cars",
    "Light-Duty Trucks": "light_duty_trucks",
    "Medium- and Heavy-Duty Vehicles": "medium_and_heavy_duty_vehicles",
    "Light-Duty Cars": "light_duty_cars",
    "Medium-Duty Trucks": "medium_duty_trucks",
    "Heavy-Duty Trucks": "heavy_duty_trucks",
    "Buses": "buses",
}
ON_ROAD_FUELS = {
    "Diesel": "diesel",
    "Methanol": "methanol",
    "Ethanol": "bioethanol",
    "CNG": "cng",
    "LPG": "lpg",
    "LNG": "lng",
    "Biodiesel": "biodiesel",
}
NON_ROAD_VEHICLES = {
    "Ships and Boats": "ships_and_boats",
    "Locomotives": "locomotives",
    "Aircraft": "aircraft",
    "Agricultural EquipmentA": "agricultural_equipment",
    "Construction/Mining EquipmentB": "construction_and_mining_equipment",
    "Lawn and Garden Equipment": "lawn_and_garden_equipment",
    "Airport Equipment": "airport_equipment",
    "Industrial/Commercial Equipment": "industrial_and_commercial_equipment",
    "Logging Equipment": "logging_equipment",
    "Railroad Equipment": "railroad_equipment",
    "Recreational Equipment": "recreational_equipment",
}
NON_ROAD_FUELS = {  # label -> fuel and technology
    "Residual Fuel Oil": ("fuel_oil", ""),
    "Gasoline": ("petrol", ""),
    "Gasoline (2 stroke)": ("petrol", "two_stroke"),
    "Gasoline (4 stroke)": ("petrol", "four_stroke"),
    "Gasoline Off-Road Trucks": ("petrol", "off_road_trucks"),
    "Diesel": ("diesel", ""),
    "Diesel Equipment": ("diesel", "equipment"),
    "Diesel Off-Road Trucks": ("diesel", "off_road_trucks"),
    "Jet Fuel": ("jet_kerosene", ""),
    "Aviation Gasoline": ("aviation_gasoline", ""),
    "LPG": ("lpg", ""),
}
UNITS = {"short ton": "short_ton", "scf": "scf", "gallon": "gal_us"}
FREIGHT = {  # label of table 8 -> vehicle
    "Medium- and Heavy-Duty Truck": "medium_and_heavy_duty_truck",
    "Medium- and Heavy-Duty TruckC": "medium_and_heavy_duty_truck",
    "Passenger Car A": "passenger_car",
    "Light-Duty Truck B": "light_duty_truck",
    "Rail": "rail",
    "Waterborne Craft": "waterborne_craft",
    "Aircraft": "aircraft",
}
TRAVEL = {  # label of table 10 -> item and vehicle
    "Passenger Car A": ("car", "passenger_car"),
    "Light-Duty Truck B": ("car", "light_duty_truck"),
    "Motorcycle": ("motorbike", ""),
    "Intercity Rail - Northeast Corridor C": ("rail", "intercity_northeast_corridor"),
    "Intercity Rail - Other Routes C": ("rail", "intercity_other_routes"),
    "Intercity Rail - National Average C": ("rail", "intercity_national_average"),
    "Commuter Rail D": ("rail", "commuter"),
    "Transit Rail (i.e. Subway, Tram) E": ("rail", "transit"),
    "Bus": ("bus", ""),
    "Air Travel - Short Haul (< 300 miles)": ("flight", "short_haul"),
    "Air Travel - Medium Haul (>= 300 miles, < 2300 miles)": ("flight", "medium_haul"),
    "Air Travel - Long Haul (>= 2300 miles)": ("flight", "long_haul"),
}
TRANSPORT_UNITS = {
    "vehicle-mile": "mi",
    "short ton-mile": "short_ton·mi",
    "passenger-mile": "person·mi",
}
TREATMENTS = {  # heading of table 9 without the letter of its footnote -> technology
    "Recycled": "recycled",
    "Landfilled": "landfilled",
    "Combusted": "combusted",
    "Composted": "composted",
    "Anaerobically Digested (Dry Digestate with Curing)": "anaerobically_digested_dry",
    "Anaerobically Digested (Wet Digestate with Curing)": "anaerobically_digested_wet",
}
VERSIONS = {"2024": ("1.1", "epa-hub-2024@1.0"), "2025": ("1.2", "epa-hub-2025@1.1")}
COPIES = {  # workbooks at hand that were saved again by others: grade and what they rest on
    2024: (
        "B",
        "Vishnu-2012/SupplyChain-CO2-Analysis, data/ghg-emission-factors-hub-2024.xlsx, commit"
        " 4a2be7c55188: saved again without the notes on sources",
    ),
    2025: (
        "A",
        "two public copies whose sheet is the same cell by cell:"
        " SWASTIKA3011/Carbon-Lens, commit 126636b146e6, saved again with a sheet added, and"
        " Srijaisuryaa007/major-project-carbon-accounting-and-ESG-dashboard-, commit 1f7d748e1b79",
    ),
}
EDITION_NOTES = {
    "2024": [
        "The day is that of the page header; the sheet says that it was updated after the first"
        " release of 2024. The workbook read is a copy, not byte for byte the publisher's.",
        "Electricity: data year 2022 (eGRID2022). This edition prints no grid gross loss.",
        "Tables 5, 8 and 10 are stored with all their digits; the sheet shows fewer.",
    ],
    "2025": [
        "The workbook read is a copy with a sheet added, not byte for byte the publisher's.",
        "Electricity: data year 2023 (eGRID2023, first release of January 2025; EPA revised it"
        " later, see egrid-2023).",
        "Grid gross loss: by interconnection; none for Puerto Rico. It is a share of generation, so"
        " kWh lost are kWh used times loss / (1 - loss). It belongs to scope 3, category 3.",
    ],
}
PACK_NOTES = [
    "Calorific basis is gross (HHV). Quantities are short tons, standard cubic feet (60 degF) and"
    " US gallons.",
    "Table 2 is CO2 by fuel, whatever burns it. Its rows bear `vehicle: road`, the word for a"
    " fleet's gallons: table 5 has rows of its own for machines, boats, locomotives and aircraft,"
    " completed by the CO2 of table 2.",
    "Tables 3 and 4 are CH4 and N2O per vehicle-mile; their CO2 is in table 2 per gallon or scf and"
    " needs the fuel used.",
    "Table 5 (non-road) is CH4 and N2O per gallon; each row names table 2's CO2 row of its fuel.",
    "Diesel Fuel (table 2) is `diesel`; the distillate fuel oils of table 1 keep ids of their own.",
    "CO2 of biomass fuels is CO2_biogenic; it is reported outside the scopes.",
    "Non-baseload rates are for avoided emissions only, never for an inventory.",
    "Steam and heat: per mmBtu purchased; EPA assumes natural gas at 80 percent efficiency.",
    "Tables 8 and 10 are combustion only, without upstream emissions. Mass-distance is short"
    " ton-miles: write `short_ton·mi` or tkm; passenger-miles are `person·mi` or pkm.",
    "Table 8: per vehicle-mile where the whole vehicle carries the reporter's goods, per short"
    " ton-mile where it is shared.",
    "Table 9: t CO2e per short ton, already weighed by AR4. With transport to the plant, without"
    " avoided emissions, so it differs from WARM. NA means no factor.",
    "Tables 11 and 12 (GWPs, blends) are not part of this pack; see gwp-ar5 and the refrigerants.",
]
