"""US EPA Emission Factors for Greenhouse Gas Inventories ("hub"): the publisher's workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.importers import epa_labels as labels
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    cell,
    exact,
    lookup,
    one_file,
    percent,
    slug,
    write_pack,
)
from ghgcalc.factors.importers.epa_scope3 import freight, travel, waste
from ghgcalc.factors.importers.epa_sheet import (
    Rows,
    at,
    expect,
    filled,
    gas,
    read_hub,
    table,
)

_YEARS = re.compile(r"(≤)?(\d{4})(?:-(\d{4}))?")


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one hub edition.

    Raises:
        ImportSourceError: the file is not the expected workbook.
    """
    path = one_file(files, "the hub workbook")
    rows, published, evidence = read_hub(path)
    made = [
        *_stationary(rows),
        _mobile_co2(rows),
        _on_road(rows),
        _non_road(rows),
        *_electricity(rows),
        _heat(rows),
        freight(rows),
        waste(rows),
        travel(rows),
    ]
    return write_pack(folder, _meta(published, evidence), made)


def _co2(fuel: str) -> str:
    return "CO2_biogenic [kg]" if FUELS[fuel].biogenic else "CO2 [kg]"


def _stationary(rows: Rows) -> list[Table]:
    header = {"C0": "Fuel Type", "D0": "Heat Content (HHV)", "E1": "kg CO2 per mmBtu"}
    first, last = table(rows, 1, header)
    factors, properties, unit, kraft = [], [], "", False
    for number in range(first + 1, last):
        label = " ".join(str(cell(rows, number, "C") or "").split())
        head = cell(rows, number, "D")
        if isinstance(head, str) and head.startswith("mmBtu per "):
            unit = lookup(labels.UNITS, head.removeprefix("mmBtu per "), at(f"D{number}"))
        elif cell(rows, number, "E") is None:
            kraft = "Kraft Pulping Liquor" in label
        else:
            made = _kraft(rows, number, label) if kraft else _fuel(rows, number, label, unit)
            factors += made
            properties += [] if kraft else [_heat_content(rows, number, label, unit)]
    shared = {"region": "US", "lifecycle": "combustion", "category": "stationary_combustion"}
    return [
        Table("stationary.csv", "factors", factors, shared),
        Table("fuel_properties.csv", "fuel_properties", properties, {"region": "US"}),
    ]


def _fuel(rows: Rows, number: int, label: str, unit: str) -> list[Row]:
    fuel = lookup(labels.STATIONARY, label, at(f"C{number}"))
    start = {"name": label, "fuel": fuel, "note": labels.NOTES.get(fuel, "")}
    made = []
    for per, basis, columns in (("mmBtu", "gross", "EFG"), (unit, "", "HIJ")):
        gases = dict(zip((_co2(fuel), "CH4 [g]", "N2O [g]"), columns, strict=True))
        where = {"locator": at(f"{columns[0]}{number}:{columns[2]}{number}")}
        row = {"id": f"stationary.{fuel}.{per.lower()}", "basis": basis, "per": per}
        made.append({**start, **row, **gas(rows, number, gases), **where})
    return made


def _kraft(rows: Rows, number: int, label: str) -> list[Row]:
    furnish = lookup(labels.KRAFT, label, at(f"C{number}"))
    row = {"id": f"stationary.black_liquor.{furnish}.mmbtu", "fuel": "black_liquor"}
    more = {"technology": furnish, "name": f"Kraft Pulping Liquor, {label}", "basis": "gross"}
    gases = {"CO2_biogenic [kg]": "E", "CH4 [g]": "F", "N2O [g]": "G"}
    where = {"per": "mmBtu", "locator": at(f"E{number}:G{number}")}
    return [{**row, **more, **gas(rows, number, gases), **where}]


def _heat_content(rows: Rows, number: int, label: str, unit: str) -> Row:
    fuel = labels.STATIONARY[label]
    return {
        "id": f"{fuel}.gross_calorific_value",
        "fuel": fuel,
        "property": "gross_calorific_value",
        "value": exact(cell(rows, number, "D"), at(f"D{number}")),
        "unit": f"mmBtu/{unit}",
        "locator": at(f"D{number}"),
    }


def _mobile_co2(rows: Rows) -> Table:
    first, last = table(rows, 2, {"C0": "Fuel Type", "D0": "kg CO2 per unit", "E0": "Unit"})
    made = []
    for number in range(first + 1, last):
        label = str(cell(rows, number, "C")).strip()
        fuel = lookup(labels.MOBILE, label, at(f"C{number}"))
        per = lookup(labels.UNITS, str(cell(rows, number, "E")), at(f"E{number}"))
        row = {"id": f"mobile.{fuel}.{per}", "name": label, "fuel": fuel, "vehicle": "road"}
        where = {"locator": at(f"D{number}")}
        made.append({**row, "per": per, **gas(rows, number, {_co2(fuel): "D"}), **where})
    return Table("mobile_co2.csv", "factors", made, _mobile())


def _mobile() -> dict[str, str]:
    return {"category": "mobile_combustion", "region": "US", "lifecycle": "combustion"}


def _on_road(rows: Rows) -> Table:
    made = []
    first, last = table(rows, 3, {"C0": "Vehicle Type", "D0": "Model Year"})
    for number, (label, year) in filled(rows, first + 1, last, "CD"):
        vehicle = lookup(labels.GASOLINE_VEHICLES, label, at(f"C{number}"))
        made.append(_vehicle(rows, number, "petrol", vehicle, label, year, "EF"))
    first, last = table(rows, 4, {"C0": "Vehicle Type", "D0": "Fuel Type", "E0": "Model Year"})
    fuel_label = ""
    for number, (label, fuel_cell, year) in filled(rows, first + 1, last, "CDE"):
        fuel_label = fuel_cell or fuel_label
        vehicle = lookup(labels.OTHER_VEHICLES, label, at(f"C{number}"))
        fuel = lookup(labels.ON_ROAD_FUELS, fuel_label, at(f"D{number}"))
        name = f"{label}, {fuel_label}"
        made.append(_vehicle(rows, number, fuel, vehicle, name, year, "FG"))
    return Table("mobile_on_road.csv", "factors", made, {**_mobile(), "per": "mi"})


def _vehicle(
    rows: Rows, number: int, fuel: str, vehicle: str, name: str, year: str, columns: str
) -> Row:
    age = _model_year(year, number)
    row = {"id": ".".join(filter(None, ("mobile", fuel, vehicle, age, "mi"))), "fuel": fuel}
    more = {"vehicle": vehicle, "technology": age, "name": f"{name}, {year}" if year else name}
    gases = gas(rows, number, {"CH4 [g]": columns[0], "N2O [g]": columns[1]})
    return {**row, **more, **gases, "locator": at(f"{columns[0]}{number}:{columns[1]}{number}")}


def _model_year(text: str, number: int) -> str:
    if not text:
        return ""
    found = _YEARS.fullmatch(text)
    if not found:
        raise ImportSourceError(f"{at(str(number))}: unknown model year {text!r}")
    until, year, last = found.groups()
    return f"model_year_{year}" + ("_or_earlier" if until else f"_{last}" if last else "")


def _non_road(rows: Rows) -> Table:
    header = {"C0": "Vehicle Type", "D0": "Fuel Type", "E0": "CH4 Factor (g CH4 / gallon)"}
    first, last = table(rows, 5, header)
    made = []
    for number, (label, fuel_label) in filled(rows, first + 1, last, "CD"):
        vehicle = lookup(labels.NON_ROAD_VEHICLES, label, at(f"C{number}"))
        if fuel_label not in labels.NON_ROAD_FUELS:
            raise ImportSourceError(f"{at(f'D{number}')}: unknown label {fuel_label!r}")
        fuel, technology = labels.NON_ROAD_FUELS[fuel_label]
        parts = ("mobile", fuel, vehicle, technology, "gal_us")
        row = {"id": ".".join(filter(None, parts)), "fuel": fuel, "vehicle": vehicle}
        more = {"technology": technology, "name": f"{label.removesuffix('A')}, {fuel_label}"}
        more["name"] = more["name"].replace("EquipmentB", "Equipment")
        gases = gas(rows, number, {"CH4 [g]": "E", "N2O [g]": "F"})
        where = {"with": f"mobile.{fuel}.gal_us", "locator": at(f"E{number}:F{number}")}
        made.append({**row, **more, **gases, **where})
    return Table("mobile_non_road.csv", "factors", made, {**_mobile(), "per": "gal_us"})


def _electricity(rows: Rows) -> list[Table]:
    header = {"C1": "eGRID Subregion Acronym", "E2": "(lb CO2 / MWh)", "H2": "(lb CO2 / MWh)"}
    first, last = table(rows, 6, header)
    made, losses = [], []
    for number in range(first + 3, last):
        code, name = str(cell(rows, number, "C")), str(cell(rows, number, "D"))
        region = "US" if code == "US Average" else f"US-{code}"
        if region != "US" and not re.fullmatch(r"[A-Z]{4}", code):
            raise ImportSourceError(f"{at(f'C{number}')}: unknown subregion {code!r}")
        for kind, columns in (("grid_average", "EFG"), ("nonbaseload", "HIJ")):
            gases = dict(zip(("CO2 [lb]", "CH4 [lb]", "N2O [lb]"), columns, strict=True))
            row = {"id": f"electricity.{slug(region)}.{kind}", "name": name, "region": region}
            where = {"kind": kind, "locator": at(f"{columns[0]}{number}:{columns[2]}{number}")}
            made.append({**row, **gas(rows, number, gases), **where})
        losses += _loss(rows, number, name, region)
    constants = {"category": "purchased_electricity", "lifecycle": "combustion", "per": "MWh"}
    source = str(cell(rows, last, "C"))
    found = re.search(r"eGRID(\d{4})", source)
    if not found:
        raise ImportSourceError(f"{at(f'C{last}')}: no eGRID data year in {source!r}")
    overrides = {"year_rule": "data_year", "year": int(found[1])}
    tables = [Table("electricity.csv", "factors", made, constants, overrides)]
    if cell(rows, first + 1, "K") is not None:
        expect(rows, {f"K{first + 1}": "Grid Gross Loss (%)"})
        shared = {"item": "electricity", "unit": "%", "share_of": "generation"}
        tables.append(Table("losses.csv", "losses", losses, shared, overrides))
    return tables


def _loss(rows: Rows, number: int, name: str, region: str) -> list[Row]:
    """The grid gross loss of a row; the sheet stores the fraction and shows a percentage."""
    value = cell(rows, number, "K")
    if value is None:
        return []
    where = at(f"K{number}")
    row = {"id": f"grid_gross_loss.{slug(region)}", "name": name, "region": region}
    return [{**row, "value": percent(exact(value, where)), "locator": where}]


def _heat(rows: Rows) -> Table:
    first, last = table(rows, 7, {"D0": "CO2 Factor (kg CO2 / mmBtu)"})
    gases = gas(rows, first + 1, {"CO2 [kg]": "D", "CH4 [g]": "E", "N2O [g]": "F"})
    if last != first + 2 or len(gases) != 3:
        raise ImportSourceError(f"{at(f'C{first + 1}')}: expected one row of steam and heat")
    row = {"id": "steam_and_heat.mmbtu", "name": "Steam and Heat", "per": "mmBtu"}
    where = {"locator": at(f"D{first + 1}:F{first + 1}")}
    constants = {"category": "purchased_steam|purchased_heat", "region": "US"}
    constants["lifecycle"] = "combustion"
    return Table("heat.csv", "factors", [{**row, **gases, **where}], constants)


def _meta(published: date, evidence: Meta) -> Meta:
    edition = str(published.year)
    version, supersedes = labels.VERSIONS.get(edition, ("1.0", ""))
    return {
        "pack": f"epa-hub-{edition}",
        "publisher": "epa-hub",
        "edition": edition,
        "version": version,
        "title": f"Emission Factors for Greenhouse Gas Inventories ({edition})",
        "organisation": "US Environmental Protection Agency",
        "licence": "US-public-domain",
        "published": published,
        **({"supersedes": supersedes} if supersedes else {}),
        "year_rule": "edition",
        "year": published.year,
        "finest_region": {"grid_average": "grid", "nonbaseload": "grid"},
        "evidence": evidence,
        "notes": [*labels.PACK_NOTES, *labels.EDITION_NOTES.get(edition, [])],
    }
