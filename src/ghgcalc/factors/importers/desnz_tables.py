"""DESNZ conversion factors: from groups of printed values to the tables of a pack.

Both DESNZ importers (the publisher's flat file, and a cited transcription) end here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    slug,
    transcription,
)

TOTAL, OUTSIDE = "CO2e [kg]", "CO2_biogenic [kg]"
PARTS = ("CO2e:CO2 [kg]", "CO2e:CH4 [kg]", "CO2e:N2O [kg]")
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
}
BIOENERGY = {
    "Bioethanol": "bioethanol",
    "Biodiesel ME": "biodiesel",
    "Biomethane (compressed)": "biomethane_compressed",
    "Biodiesel ME (from used cooking oil)": "biodiesel_used_cooking_oil",
    "Biodiesel ME (from tallow)": "biodiesel_tallow",
    "Biodiesel HVO": "biodiesel_hvo",
    "Biopropane": "biopropane",
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
PROPERTY_FUELS = {label.lower(): fuel for label, fuel in {**FUELS, **BIOENERGY}.items()} | {
    "biodiesel (me)": "biodiesel",
    "biodiesel (btl or hvo)": "biodiesel_hvo",
    "bioetbe": "bioetbe",
    "biomethane": "biomethane",
    "grasses/straw": "grass_straw",
}
_UNITS = {  # printed unit -> per, basis, end of the id
    "tonnes": ("t", "", "t"),
    "litres": ("L", "", "l"),
    "kg": ("kg", "", "kg"),
    "GJ": ("GJ", "net", "gj"),
    "kWh": ("kWh", "net", "kwh"),
    "kWh (Net CV)": ("kWh", "net", "kwh_net"),
    "kWh (Gross CV)": ("kWh", "gross", "kwh_gross"),
    "cubic metres": ("Sm3", "", "sm3"),
}
_GAS_DENSITY_STATE_UNKNOWN = {"biogas", "biomethane", "landfill_gas"}
NOTES = [
    "Printed gas values are kg CO2e of the gas, not kg of the gas; they use the GWPs of AR5"
    " (CH4 28, N2O 265).",
    "A blank cell of the publisher means that there is no factor, never 0; such rows are left out.",
    "Natural gas per cubic metre: taken as Sm3 (15 degC); the flat file itself does not state the"
    " condition. Prefer kWh of gross calorific value from the bill.",
    "Gas bills in the UK are in kWh of gross calorific value.",
    "Fuels holds two kinds of diesel and petrol: as sold on forecourts (average biofuel blend) and"
    " 100% mineral.",
]
BIO_NOTES = [
    "Bioenergy per kWh and per GJ has no printed calorific basis; the publisher's own values per"
    " tonne and per kWh stand in the ratio of the net calorific value, so they are marked net.",
    "CO2_biogenic is the publisher's 'Outside of scopes' value of the same fuel and unit; it is"
    " reported outside the scopes.",
]


class Group(NamedTuple):
    """The values that share one label and unit (column of the pack -> text), and their cells."""

    label: str
    unit: str
    key: str
    values: Mapping[str, str]
    cells: str


def fuels(groups: Iterable[Group], forecourt: Mapping[tuple[str, str], Group]) -> Table:
    """Scope 1 Fuels; the biogenic CO2 of forecourt fuels where label and unit are the same."""
    rows = []
    for group in _complete(groups):
        row = _row(group, lookup(FUELS, group.label, group.cells))
        _add_outside(row, forecourt.get((group.label, group.unit)))
        rows.append(row)
    constants = {"category": "stationary_combustion|mobile_combustion", "region": "GB"}
    return Table("fuels.csv", "factors", rows, {**constants, "lifecycle": "combustion"})


def bioenergy(groups: Iterable[Group], outside: Mapping[str, Group]) -> Table:
    """Scope 1 Bioenergy with its CO2 outside of scopes (paired by the publisher's row number).

    Raises:
        ImportSourceError: two rows of the same number have different labels.
    """
    rows = []
    for group in _complete(groups):
        row = _row(group, lookup(BIOENERGY, group.label, group.cells))
        other = outside.get(group.key)
        if other and (other.label.lower(), other.unit) != (group.label.lower(), group.unit):
            raise ImportSourceError(f"{other.cells}: {other.label!r} is not {group.label!r}")
        _add_outside(row, other)
        rows.append(row)
    constants = {"category": "stationary_combustion|mobile_combustion", "region": "GB"}
    return Table("bioenergy.csv", "factors", rows, {**constants, "lifecycle": "combustion"})


def electricity(groups: Iterable[Group], outside: Group | None = None) -> Table:
    """UK electricity generated."""
    rows = [_plain(group, "uk") for group in _complete(groups)]
    for row in rows:
        _add_outside(row, outside)
    constants = {"category": "purchased_electricity", "region": "GB", "kind": "grid_average"}
    return Table("electricity.csv", "factors", rows, {**constants, "lifecycle": "combustion"})


def heat(groups: Iterable[Group]) -> Table:
    """Heat and steam, on site or by district network (`technology`)."""
    rows = []
    for group in _complete(groups):
        kind = group.label.split()[0].lower()
        rows.append({**_plain(group, f"heat_and_steam.{kind}"), "technology": kind})
    constants = {"category": "purchased_heat|purchased_steam", "region": "GB"}
    return Table("heat.csv", "factors", rows, {**constants, "lifecycle": "combustion"})


def losses(electric: Iterable[Group], district: Iterable[Group]) -> Table:
    """Transmission and distribution: Scope 3 category 3 of the energy bought."""
    rows = []
    for item, groups in (("electricity", electric), ("heat_and_steam", district)):
        rows += [{**_plain(group, f"losses.{item}"), "item": item} for group in _complete(groups)]
    constants = {"category": "fuel_and_energy_related", "region": "GB", "lifecycle": "t_and_d"}
    return Table("t_and_d.csv", "factors", rows, constants)


def fuel_properties(source: Sequence[Row], edition: str) -> Table:
    """Calorific values and densities of one edition's sheet "Fuel properties"."""
    columns = {
        "net_cv_gj_per_t": ("net_calorific_value", "GJ/t"),
        "gross_cv_gj_per_t": ("gross_calorific_value", "GJ/t"),
        "density_kg_per_m3": ("density", "kg/m3"),
    }
    rows: list[Row] = []
    for number, line in enumerate(source, start=2):
        if line["edition"] != edition or line["section"] == "Gases":
            continue
        fuel = lookup(PROPERTY_FUELS, line["fuel"].lower(), f"fuel properties row {number}")
        for column, (name, unit) in columns.items():
            rows += _property(line, fuel, column, name, unit)
    evidence = transcription(
        "A",
        "Fuel properties",
        "the publisher's full conversion factor workbook, transcribed with three decimals",
        sheet="Fuel properties",
    )
    overrides: Meta = {"evidence": evidence}
    return Table("fuel_properties.csv", "fuel_properties", rows, {"region": "GB"}, overrides)


def _property(line: Row, fuel: str, column: str, name: str, unit: str) -> list[Row]:
    if not line[column] or (name == "density" and fuel in _GAS_DENSITY_STATE_UNKNOWN):
        return []
    row = {
        "id": f"{fuel}.{name}",
        "fuel": fuel,
        "property": name,
        "value": exact(line[column], f"fuel properties, {line['fuel']}"),
        "unit": unit,
        "locator": f"Fuel properties, {line['section']}, {line['fuel']}",
    }
    if name == "density" and fuel.startswith("natural_gas"):
        row["unit"] = "kg/Sm3"
        row["note"] = "per cubic metre as in the factors: taken as 15 degC"
    return [row]


def _complete(groups: Iterable[Group]) -> list[Group]:
    return [group for group in groups if TOTAL in group.values]


def _row(group: Group, fuel: str) -> Row:
    per, basis, end = lookup_unit(group)
    row = {"name": group.label, "fuel": fuel, "per": per, "basis": basis}
    return {"id": f"{fuel}.{end}", **row, **group.values, "locator": group.cells}


def lookup_unit(group: Group) -> tuple[str, str, str]:
    """Unit, calorific basis and id ending of a printed unit.

    Raises:
        ImportSourceError: the unit is not known.
    """
    if group.unit not in _UNITS:
        raise ImportSourceError(f"{group.cells}: unknown unit {group.unit!r}")
    return _UNITS[group.unit]


def _plain(group: Group, start: str) -> Row:
    if group.unit != "kWh":
        raise ImportSourceError(f"{group.cells}: expected kWh, found {group.unit!r}")
    row = {"id": f"{start}.{slug(group.unit)}", "name": group.label, "per": "kWh"}
    return {**row, **group.values, "locator": group.cells}


def _add_outside(row: Row, other: Group | None) -> None:
    if other and OUTSIDE in other.values:
        row[OUTSIDE] = other.values[OUTSIDE]
        row["locator"] = f"{row['locator']}; {other.cells}"
