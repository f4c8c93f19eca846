"""The fuel vocabulary: canonical ids that company files and packs share.

`phase` decides how a bare `m3` is read: never for a gas (it needs a state), refused as well for
liquefied gases, whose `m3` could be liquid or vapour.
Publishers that distinguish two products get two ids (`diesel` and `gas_oil`, `petrol` and
`petrol_average_biofuel_blend`); the importers name each publisher's label that an id stands for.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Phase = Literal["solid", "liquid", "liquefied", "gas"]


class Fuel(NamedTuple):
    """One fuel: `id`, printed name, phase at delivery, biogenic carbon or not, other names."""

    id: str
    name: str
    phase: Phase
    biogenic: bool = False
    aliases: tuple[str, ...] = ()


_GASEOUS = (
    Fuel("natural_gas", "Natural gas", "gas", aliases=("erdgas", "天然气")),
    Fuel("natural_gas_100pc_mineral", "Natural gas (100% mineral blend)", "gas"),
    Fuel("cng", "Compressed natural gas", "gas", aliases=("compressed_natural_gas",)),
    Fuel("propane_gas", "Propane gas", "gas"),
    Fuel("refinery_gas", "Refinery gas", "gas", aliases=("refinery_dry_gas", "炼厂干气")),
    Fuel("fuel_gas", "Fuel gas", "gas"),
    Fuel("blast_furnace_gas", "Blast furnace gas", "gas", aliases=("高炉煤气",)),
    Fuel("coke_oven_gas", "Coke oven gas", "gas", aliases=("焦炉煤气",)),
    Fuel(
        "oxygen_steel_furnace_gas",
        "Oxygen steel furnace gas",
        "gas",
        aliases=("converter_gas", "转炉煤气"),
    ),
    Fuel("gas_works_gas", "Gas works gas", "gas"),
    Fuel("other_coal_gas", "Other coal gas", "gas", aliases=("其他煤气",)),
)
_LIQUEFIED = (
    Fuel(
        "lng", "Liquefied natural gas", "liquefied", aliases=("liquefied_natural_gas", "液化天然气")
    ),
    Fuel(
        "lpg",
        "Liquefied petroleum gas",
        "liquefied",
        aliases=("liquefied_petroleum_gas", "autogas", "液化石油气"),
    ),
    Fuel("propane", "Propane", "liquefied"),
    Fuel("butane", "Butane", "liquefied"),
    Fuel("isobutane", "Isobutane", "liquefied"),
    Fuel("ethane", "Ethane", "liquefied"),
    Fuel("ethylene", "Ethylene", "liquefied"),
    Fuel("propylene", "Propylene", "liquefied"),
    Fuel("butylene", "Butylene", "liquefied"),
    Fuel("isobutylene", "Isobutylene", "liquefied"),
    Fuel("other_petroleum_gas", "Other petroleum gas", "liquefied"),
)
_LIQUID = (
    Fuel(
        "diesel",
        "Diesel (mineral)",
        "liquid",
        aliases=("diesel_fuel", "diesel_oil", "gas_diesel_oil", "derv", "柴油"),
    ),
    Fuel("diesel_average_biofuel_blend", "Diesel (average biofuel blend)", "liquid"),
    Fuel("gas_oil", "Gas oil", "liquid", aliases=("gasoil", "red_diesel")),
    Fuel("heavy_gas_oil", "Heavy gas oils", "liquid"),
    Fuel("marine_gas_oil", "Marine gas oil", "liquid", aliases=("mgo",)),
    Fuel("marine_fuel_oil", "Marine fuel oil", "liquid"),
    Fuel(
        "petrol",
        "Petrol (mineral motor gasoline)",
        "liquid",
        aliases=("gasoline", "motor_gasoline", "mogas", "汽油"),
    ),
    Fuel("petrol_average_biofuel_blend", "Petrol (average biofuel blend)", "liquid"),
    Fuel(
        "fuel_oil",
        "Fuel oil (residual)",
        "liquid",
        aliases=("residual_fuel_oil", "heavy_fuel_oil", "hfo", "燃料油"),
    ),
    Fuel("residual_fuel_oil_no_5", "Residual fuel oil No. 5", "liquid"),
    Fuel("residual_fuel_oil_no_6", "Residual fuel oil No. 6", "liquid"),
    Fuel("distillate_fuel_oil_no_1", "Distillate fuel oil No. 1", "liquid"),
    Fuel("distillate_fuel_oil_no_2", "Distillate fuel oil No. 2", "liquid"),
    Fuel("distillate_fuel_oil_no_4", "Distillate fuel oil No. 4", "liquid"),
    Fuel("processed_residual_oil", "Processed fuel oils - residual oil", "liquid"),
    Fuel("processed_distillate_oil", "Processed fuel oils - distillate oil", "liquid"),
    Fuel("burning_oil", "Burning oil", "liquid"),
    Fuel("kerosene", "Kerosene (not jet)", "liquid", aliases=("other_kerosene", "一般煤油")),
    Fuel(
        "jet_kerosene",
        "Jet kerosene",
        "liquid",
        aliases=("aviation_turbine_fuel", "avtur", "jet_fuel", "jet_a1"),
    ),
    Fuel("jet_gasoline", "Jet gasoline", "liquid"),
    Fuel("aviation_gasoline", "Aviation gasoline", "liquid", aliases=("aviation_spirit", "avgas")),
    Fuel("crude_oil", "Crude oil", "liquid", aliases=("原油",)),
    Fuel("orimulsion", "Orimulsion", "liquid"),
    Fuel("natural_gas_liquids", "Natural gas liquids", "liquid", aliases=("ngl",)),
    Fuel("natural_gasoline", "Natural gasoline", "liquid"),
    Fuel("pentanes_plus", "Pentanes plus", "liquid"),
    Fuel("shale_oil", "Shale oil", "liquid"),
    Fuel("naphtha", "Naphtha", "liquid", aliases=("石脑油",)),
    Fuel("special_naphtha", "Special naphtha", "liquid"),
    Fuel("white_spirit", "White spirit and SBP", "liquid"),
    Fuel("lubricants", "Lubricants", "liquid", aliases=("lubricating_oil",)),
    Fuel("refinery_feedstocks", "Refinery feedstocks", "liquid"),
    Fuel("refinery_miscellaneous", "Refinery miscellaneous", "liquid"),
    Fuel("petrochemical_feedstocks", "Petrochemical feedstocks", "liquid"),
    Fuel("unfinished_oils", "Unfinished oils", "liquid"),
    Fuel("other_oil", "Other oil (>401 deg F)", "liquid"),
    Fuel(
        "other_petroleum_products", "Other petroleum products", "liquid", aliases=("其他石油制品",)
    ),
    Fuel("waste_oil", "Waste oil", "liquid", aliases=("waste_oils", "used_oil")),
    Fuel("coal_tar", "Coal tar", "liquid", aliases=("焦油",)),
    Fuel("crude_benzene", "Crude benzene", "liquid", aliases=("粗苯",)),
    Fuel("methanol", "Methanol", "liquid"),
)
_SOLID = (
    Fuel("anthracite", "Anthracite", "solid", aliases=("无烟煤",)),
    Fuel(
        "bituminous_coal",
        "Bituminous coal (not coking)",
        "solid",
        aliases=("other_bituminous_coal", "烟煤"),
    ),
    Fuel("sub_bituminous_coal", "Sub-bituminous coal", "solid"),
    Fuel("coking_coal", "Coking coal", "solid"),
    Fuel("lignite", "Lignite", "solid", aliases=("brown_coal", "褐煤")),
    Fuel("cleaned_coal", "Cleaned coal", "solid", aliases=("洗精煤",)),
    Fuel("other_washed_coal", "Other washed coal", "solid", aliases=("其他洗煤",)),
    Fuel("coal_briquettes", "Coal briquettes", "solid", aliases=("coal_briquette", "型煤")),
    Fuel("brown_coal_briquettes", "Brown coal briquettes", "solid"),
    Fuel("patent_fuel", "Patent fuel", "solid"),
    Fuel("other_coal_products", "Other coal products", "solid", aliases=("其他煤制品",)),
    Fuel("coal_industrial", "Coal (industrial)", "solid"),
    Fuel("coal_electricity_generation", "Coal (electricity generation)", "solid"),
    Fuel(
        "coal_electricity_generation_home_produced",
        "Coal (electricity generation, home produced only)",
        "solid",
    ),
    Fuel("coal_domestic", "Coal (domestic)", "solid"),
    Fuel("coal_mixed_commercial", "Mixed coal (commercial sector)", "solid"),
    Fuel("coal_mixed_electric_power", "Mixed coal (electric power sector)", "solid"),
    Fuel("coal_mixed_industrial_coking", "Mixed coal (industrial coking)", "solid"),
    Fuel("coal_mixed_industrial", "Mixed coal (industrial sector)", "solid"),
    Fuel("coke_oven_coke", "Coke oven coke", "solid", aliases=("coke", "coal_coke", "焦炭")),
    Fuel("gas_coke", "Gas coke", "solid"),
    Fuel("petroleum_coke", "Petroleum coke", "solid", aliases=("petcoke", "石油焦")),
    Fuel("oil_shale_and_tar_sands", "Oil shale and tar sands", "solid"),
    Fuel("bitumen", "Bitumen", "solid"),
    Fuel("asphalt_and_road_oil", "Asphalt and road oil", "solid"),
    Fuel("paraffin_waxes", "Paraffin waxes", "solid"),
    Fuel("peat", "Peat", "solid"),
    Fuel("plastics", "Plastics (as fuel)", "solid"),
    Fuel("tires", "Tires (as fuel)", "solid", aliases=("tyres",)),
    Fuel("municipal_solid_waste", "Municipal solid waste (mixed)", "solid", aliases=("msw",)),
    Fuel("municipal_waste_fossil", "Municipal wastes (non-biomass fraction)", "solid"),
    Fuel("industrial_waste", "Industrial wastes", "solid"),
)
_BIOGENIC = (
    Fuel("wood", "Wood and wood waste", "solid", True, ("wood_waste", "wood_and_wood_residuals")),
    Fuel("wood_logs", "Wood logs", "solid", True),
    Fuel("wood_chips", "Wood chips", "solid", True),
    Fuel("wood_pellets", "Wood pellets", "solid", True),
    Fuel("grass_straw", "Grass and straw", "solid", True, ("straw",)),
    Fuel("charcoal", "Charcoal", "solid", True),
    Fuel("agricultural_byproducts", "Agricultural byproducts", "solid", True),
    Fuel("solid_byproducts", "Solid byproducts (biomass)", "solid", True),
    Fuel("other_solid_biomass", "Other primary solid biomass", "solid", True),
    Fuel("municipal_waste_biomass", "Municipal wastes (biomass fraction)", "solid", True),
    Fuel("black_liquor", "Black liquor", "liquid", True, ("kraft_pulping_liquor",)),
    Fuel("biogasoline", "Biogasoline", "liquid", True),
    Fuel("bioethanol", "Bioethanol", "liquid", True, ("ethanol", "e100")),
    Fuel("bioetbe", "BioETBE", "liquid", True),
    Fuel("bio_petrol", "Bio petrol", "liquid", True),
    Fuel("renewable_petrol", "Renewable petrol", "liquid", True),
    Fuel("biomethanol", "Methanol (bio)", "liquid", True),
    Fuel("biodiesel", "Biodiesel (methyl ester)", "liquid", True, ("biodiesel_me", "fame", "b100")),
    Fuel("biodiesel_used_cooking_oil", "Biodiesel (from used cooking oil)", "liquid", True),
    Fuel("biodiesel_tallow", "Biodiesel (from tallow)", "liquid", True),
    Fuel("biodiesel_hvo", "Biodiesel (HVO)", "liquid", True, ("hvo",)),
    Fuel("off_road_biodiesel", "Off road biodiesel", "liquid", True),
    Fuel("development_diesel", "Development diesel", "liquid", True),
    Fuel("development_petrol", "Development petrol", "liquid", True),
    Fuel("renewable_jet_kerosene", "Aviation turbine fuel (renewable)", "liquid", True, ("saf",)),
    Fuel("other_liquid_biofuels", "Other liquid biofuels", "liquid", True),
    Fuel("rendered_animal_fat", "Rendered animal fat", "liquid", True),
    Fuel("vegetable_oil", "Vegetable oil", "liquid", True),
    Fuel("biopropane", "Biopropane", "liquefied", True, ("bio_lpg",)),
    Fuel("biomethane", "Biomethane", "gas", True),
    Fuel("biomethane_compressed", "Biomethane (compressed)", "gas", True, ("bio_cng",)),
    Fuel("biomethane_liquefied", "Biomethane (liquefied)", "liquefied", True, ("bio_lng",)),
    Fuel("biogas", "Biogas (not landfill or sludge gas)", "gas", True),
    Fuel("landfill_gas", "Landfill gas", "gas", True),
    Fuel("sludge_gas", "Sludge gas", "gas", True),
    Fuel("other_biomass_gases", "Other biomass gases", "gas", True),
)
_ROWS = _GASEOUS + _LIQUEFIED + _LIQUID + _SOLID + _BIOGENIC
FUELS: dict[str, Fuel] = {row.id: row for row in _ROWS}
_BY_NAME: dict[str, str] = {name: row.id for row in _ROWS for name in (row.id, *row.aliases)}


def fuel_id(text: str) -> str | None:
    """Canonical id of a fuel or one of its other names; None if unknown."""
    return _BY_NAME.get(text)


def phase_of(fuel: str | None) -> str:
    """Phase of a fuel at delivery; "" for none and for fuels of own packs."""
    known = FUELS.get(fuel or "")
    return known.phase if known is not None else ""


def canonical_fuel(text: str | None) -> str | None:
    """The vocabulary's id, or the text itself for fuels of own packs."""
    return None if text is None else fuel_id(text) or text
