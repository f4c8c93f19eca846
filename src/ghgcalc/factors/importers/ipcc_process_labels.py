"""Labels of the IPCC process, electronics, waste and leakage tables, and what each one becomes."""

from __future__ import annotations

from typing import NamedTuple


class Label(NamedTuple):
    """An item with the technology that tells its rows apart, and a row with its other gases."""

    item: str
    technology: str = ""
    other: str = ""


_GLASS = ("float", "container flint", "container amber/green", "fiberglass E-glass",
          "fiberglass insulation", "TV panel", "TV funnel", "tableware", "lab/pharma",
          "lighting")  # fmt: skip
_CARBONATES = {
    "CaCO3 calcite": "calcite",
    "MgCO3 magnesite": "magnesite",
    "CaMg(CO3)2 dolomite": "dolomite",
    "FeCO3 siderite": "siderite",
    "MnCO3 rhodochrosite": "rhodochrosite",
    "Na2CO3 soda ash": "soda_ash",
}
_FERROALLOYS = {
    "ferrosilicon 45% Si": "ferrosilicon_45_si",
    "ferrosilicon 65% Si": "ferrosilicon_65_si",
    "ferrosilicon 75% Si": "ferrosilicon_75_si",
    "ferrosilicon 90% Si": "ferrosilicon_90_si",
    "ferromanganese 7% C": "ferromanganese_7_c",
    "ferromanganese 1% C": "ferromanganese_1_c",
    "silicomanganese": "silicomanganese",
    "silicon metal": "silicon_metal",
    "ferrochromium": "ferrochromium",
}
_CELLS = ("CWPB", "SWPB", "VSS", "HSS")
_CELLS_2019 = ("PFPB_L", "PFPB_M", "PFPB_MW", "SWPB", "VSS", "HSS")
_HVAE, _LVAE = "aluminium PFC tier 1 HVAE", "aluminium PFC tier 1 LVAE"
_STEEL = "iron and steel"

PROCESSES: dict[tuple[str, str], Label] = {
    ("cement", "clinker (incl. CKD correction 1.02)"): Label("cement_clinker", "with_ckd"),
    ("cement", "clinker (no CKD correction)"): Label("cement_clinker", "without_ckd"),
    ("lime", "high-calcium lime"): Label("lime", "high_calcium"),
    ("lime", "dolomitic lime (developed)"): Label("lime", "dolomitic_developed_countries"),
    ("lime", "dolomitic lime (developing)"): Label("lime", "dolomitic_developing_countries"),
    ("lime", "hydraulic lime"): Label("lime", "hydraulic"),
    ("lime", "lime, default mix 85/15"): Label("lime", "default_mix"),
    ("glass", "glass tier 1 (before cullet ratio)"): Label("glass_before_cullet"),
    **{("glass", name): Label("glass", name) for name in _GLASS},
    **{("carbonates", name): Label(f"carbonate_{item}") for name, item in _CARBONATES.items()},
    **{("ferroalloys", name): Label(item) for name, item in _FERROALLOYS.items()},
    ("ammonia", "modern EU conventional reforming natural gas"): Label(
        "ammonia", "conventional_reforming"
    ),
    ("ammonia", "excess air reforming natural gas"): Label("ammonia", "excess_air_reforming"),
    ("ammonia", "autothermal reforming natural gas"): Label("ammonia", "autothermal_reforming"),
    ("ammonia", "partial oxidation"): Label("ammonia", "partial_oxidation"),
    ("ammonia", "average natural gas (EU mix)"): Label("ammonia", "average_natural_gas"),
    ("ammonia", "average partial oxidation"): Label("ammonia", "average_partial_oxidation"),
    ("nitric acid", "NSCR (all)"): Label("nitric_acid", "nscr"),
    ("nitric acid", "process-integrated or tailgas destruction"): Label(
        "nitric_acid", "process_integrated_or_tailgas_destruction"
    ),
    ("nitric acid", "atmospheric (low) pressure"): Label("nitric_acid", "atmospheric_pressure"),
    ("nitric acid", "medium pressure"): Label("nitric_acid", "medium_pressure"),
    ("nitric acid", "high pressure"): Label("nitric_acid", "high_pressure"),
    ("adipic acid", "nitric acid oxidation uncontrolled"): Label("adipic_acid", "uncontrolled"),
    ("caprolactam", "Raschig"): Label("caprolactam", "raschig"),
    ("carbide", "silicon carbide"): Label("silicon_carbide"),
    ("carbide", "calcium carbide production (petroleum coke)"): Label("calcium_carbide"),
    ("carbide", "calcium carbide use (acetylene)"): Label("calcium_carbide_use"),
    ("soda ash", "natural soda ash from trona"): Label("trona"),
    ("soda ash", "natural soda ash produced"): Label("natural_soda_ash"),
    ("titanium dioxide", "synthetic rutile"): Label("synthetic_rutile"),
    ("titanium dioxide", "rutile TiO2 chloride route"): Label("titanium_dioxide", "chloride_route"),
    ("petrochemical", "methanol conventional steam reforming (default)"): Label(
        "methanol", "steam_reforming"
    ),
    ("petrochemical", "methanol coal partial oxidation"): Label(
        "methanol", "coal_partial_oxidation"
    ),
    ("petrochemical", "methanol oil partial oxidation"): Label("methanol", "oil_partial_oxidation"),
    **{
        ("petrochemical", f"ethylene steam cracking {feed}"): Label(
            "ethylene", feed.replace(" ", "_")
        )
        for feed in ("naphtha", "gas oil", "ethane", "propane", "butane")
    },
    ("petrochemical", "EDC balanced process"): Label("ethylene_dichloride", "balanced_process"),
    ("petrochemical", "VCM balanced process"): Label("vinyl_chloride_monomer", "balanced_process"),
    ("petrochemical", "ethylene oxide air process default"): Label("ethylene_oxide", "air_process"),
    ("petrochemical", "ethylene oxide oxygen process default"): Label(
        "ethylene_oxide", "oxygen_process"
    ),
    ("petrochemical", "acrylonitrile default"): Label("acrylonitrile"),
    ("carbon black", "furnace black"): Label("carbon_black", "furnace_black"),
    ("carbon black", "thermal black"): Label("carbon_black", "thermal_black"),
    ("carbon black", "acetylene black"): Label("carbon_black", "acetylene_black"),
    ("carbon black", "thermal treatment default"): Label("carbon_black_ch4", "thermal_treatment"),
    ("carbon black", "no thermal treatment"): Label("carbon_black_ch4", "no_thermal_treatment"),
    ("HCFC-22 production", "old unoptimised"): Label("hcfc_22", "old_unoptimised"),
    ("HCFC-22 production", "recent design"): Label("hcfc_22", "recent_design"),
    ("HCFC-22 production", "global average 1978-1995"): Label(
        "hcfc_22", "global_average_1978_1995"
    ),
    (_STEEL, "sinter"): Label("sinter"),
    (_STEEL, "coke oven"): Label("coke", "", "coke_ch4"),
    (_STEEL, "coke by-product recovery"): Label("coke", "by_product_recovery", "coke_ch4"),
    (_STEEL, "coke without by-product recovery"): Label(
        "coke", "without_by_product_recovery", "coke_ch4"
    ),
    (_STEEL, "coke production"): Label("coke_ch4"),
    (_STEEL, "pig iron"): Label("pig_iron"),
    (_STEEL, "hot metal"): Label("hot_metal"),
    (_STEEL, "pellet"): Label("iron_ore_pellet"),
    (_STEEL, "DRI"): Label("direct_reduced_iron"),
    (_STEEL, "BOF steel (incl. BF iron)"): Label("steel", "basic_oxygen_furnace"),
    (_STEEL, "EAF steel (scrap only)"): Label("steel", "electric_arc_furnace"),
    (_STEEL, "OHF steel"): Label("steel", "open_hearth_furnace"),
    (_STEEL, "global average steel"): Label("steel", "global_average"),
    ("aluminium", "prebake anode"): Label("primary_aluminium", "prebake"),
    ("aluminium", "Soderberg paste"): Label("primary_aluminium", "soderberg"),
    **{
        ("aluminium PFC tier 1", cell): Label("primary_aluminium_pfc", cell.lower())
        for cell in _CELLS
    },
    **{(_HVAE, cell): Label("primary_aluminium_pfc_hvae", cell.lower()) for cell in _CELLS_2019},
    **{(_LVAE, cell): Label("primary_aluminium_pfc_lvae", cell.lower()) for cell in _CELLS_2019},
    ("magnesium", "primary from dolomite"): Label("primary_magnesium", "dolomite"),
    ("magnesium", "primary from magnesite"): Label("primary_magnesium", "magnesite"),
    ("magnesium", "casting"): Label("magnesium_casting"),
    ("lead", "Imperial Smelt Furnace"): Label("lead", "imperial_smelting_furnace"),
    ("lead", "direct smelting"): Label("lead", "direct_smelting"),
    ("lead", "secondary"): Label("lead", "secondary"),
    ("lead", "default 80/20"): Label("lead", "default_mix"),
    ("zinc", "Waelz kiln"): Label("zinc", "waelz_kiln"),
    ("zinc", "Imperial Smelting Furnace"): Label("zinc", "imperial_smelting_furnace"),
    ("zinc", "default"): Label("zinc", "default"),
}
# sectors whose figures are parameters of an equation, not factors per unit of activity
PARAMETER_SECTORS = (
    "carbon content", "aluminium PFC tier 2 slope", "aluminium PFC tier 2 C2F6/CF4 ratio",
    "aluminium PFC tier 2 overvoltage", "lubricants", "paraffin wax",
)  # fmt: skip
# midpoints and stoichiometry that the transcriber computed are not the publisher's figures
COMPUTED = ("midpoint computed here", "stoichiometry (computed here)")

ELECTRONICS: dict[tuple[str, str], Label] = {
    ("semiconductor", "all"): Label("semiconductor_manufacturing"),
    ("LCD", "all"): Label("display_manufacturing"),
    ("display", "all"): Label("display_manufacturing"),
    ("PV", "all"): Label("photovoltaic_manufacturing"),
    ("MEMS", "all"): Label("mems_manufacturing"),
    ("heat transfer fluid", "all"): Label("electronics_heat_transfer_fluid"),
    ("fluorinated liquids", "semiconductor/MEMS heat transfer"): Label(
        "electronics_heat_transfer_fluid", "semiconductor_or_mems"
    ),
    ("fluorinated liquids", "display heat transfer"): Label(
        "electronics_heat_transfer_fluid", "display"
    ),
    ("fluorinated liquids", "semiconductor/MEMS test, pack, solder"): Label(
        "electronics_test_pack_solder"
    ),
}
GAS_IDS = {
    "CF4": "PFC-14", "C2F6": "PFC-116", "C3F8": "PFC-218", "c-C4F8": "PFC-318",
    "C6F14": "PFC-51-14", "CHF3": "HFC-23", "CH2F2": "HFC-32", "HFC-23": "HFC-23",
    "PFC-14": "PFC-14", "PFC-116": "PFC-116", "SF6": "SF6", "NF3": "NF3", "N2O": "N2O",
    "CO2": "CO2", "CH4": "CH4", "PFPMIE": "PFPMIE", "HFE-449s1": "HFE-449s1",
    "C4F6": "C4F6", "C4F8O": "C4F8O", "C5F8": "C5F8",
}  # fmt: skip
# one liquid or another is used, never all of them at once
LIQUIDS = ("electronics_heat_transfer_fluid", "electronics_test_pack_solder")
# no bundled GWP set has a value: they stand in a row of their own
WITHOUT_GWP = frozenset({"C4F6", "C4F8O", "C5F8"})

WASTE: dict[tuple[str, str], Label] = {
    ("biological", "composting"): Label("composting", "wet_waste"),
    ("biological", "composting dry basis"): Label("composting", "dry_waste"),
    ("biological", "anaerobic digestion biogas"): Label("anaerobic_digestion", "wet_waste"),
    **{
        ("incineration", name): Label("waste_incineration_n2o", technology)
        for name, technology in {
            "MSW continuous/semi-continuous": "msw_continuous_or_semi_continuous",
            "MSW batch": "msw_batch",
            "industrial waste all types": "industrial_waste",
            "sludge except sewage": "sludge_except_sewage",
            "sewage sludge dry": "sewage_sludge_dry",
            "sewage sludge wet": "sewage_sludge_wet",
        }.items()
    },
    **{
        ("incineration", f"MSW {mode} {kind}"): Label(
            "waste_incineration_ch4",
            f"msw_{mode.replace('-', '_')}_{kind.replace(' ', '_')}",
        )
        for mode in ("continuous", "semi-continuous", "batch")
        for kind in ("stoker", "fluidised bed")
    },
}

# items in a table of their own, because the publisher prints them in another unit of mass
FILES: dict[str, str] = {
    "glass": "glass.csv",
    "display_manufacturing": "electronics_panels.csv",
    "photovoltaic_manufacturing": "electronics_panels.csv",
    "waste_incineration_n2o": "incineration.csv",
    "waste_incineration_ch4": "incineration.csv",
}

EQUIPMENT: dict[str, str] = {
    "Domestic refrigeration": "domestic_refrigeration",
    "Stand-alone commercial applications": "stand_alone_commercial",
    "Medium and large commercial refrigeration": "medium_and_large_commercial",
    "Transport refrigeration": "transport_refrigeration",
    "Industrial refrigeration incl. food processing and cold storage": "industrial_refrigeration",
    "Chillers": "chillers",
    "Residential and commercial A/C incl. heat pumps": "air_conditioning",
    "Mobile A/C": "mobile_air_conditioning",
    "Mobile A/C maritime": "mobile_air_conditioning_maritime",
    "Mobile A/C railway": "mobile_air_conditioning_railway",
    "Mobile A/C busses": "mobile_air_conditioning_buses",
    "Mobile A/C busses and other": "mobile_air_conditioning_buses_and_other",
    "Fire protection, fixed flooding systems": "fire_protection_fixed_flooding",
    "Fire protection, portable extinguishers": "fire_protection_portable",
    "SF6 sealed-pressure MV switchgear (Europe)": "sf6_sealed_pressure_europe",
    "SF6 sealed-pressure MV switchgear (Japan)": "sf6_sealed_pressure_japan",
    "SF6 closed-pressure HV switchgear (Europe)": "sf6_closed_pressure_europe",
    "SF6 closed-pressure HV switchgear (Japan)": "sf6_closed_pressure_japan",
    "SF6 closed-pressure HV switchgear (US)": "sf6_closed_pressure_us",
    "SF6 gas-insulated transformers (Japan)": "sf6_gas_insulated_transformers_japan",
}
PHASES: dict[tuple[str, str], tuple[str, str]] = {
    ("initial (installation) emission", "% of charge"): ("installation", "%"),
    ("annual operating emission", "%/year"): ("annual", "%"),
    ("recovery efficiency at end of life", "%"): ("recovery", "%"),
    ("charge remaining at end of life", "%"): ("remaining", "%"),
    ("annual use emission", "fraction of nameplate capacity per year"): ("annual", "fraction"),
    ("charge remaining at retirement", "fraction"): ("remaining", "fraction"),
}
# figures of the leakage tables that are no rates of a user's equipment: they are parameters
OTHER_PHASES = ("charge", "lifetime", "manufacturing emission")
