"""US EPA Emission Factors for Greenhouse Gas Inventories ("hub"): the publisher's workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

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
    sha256,
    sheet_rows,
    slug,
    workbook,
    write_pack,
)
from ghgcalc.model.fuels import FUELS

_SHEET = "Emission Factors Hub"
_Rows = list[list[Any]]
_YEARS = re.compile(r"(≤)?(\d{4})(?:-(\d{4}))?")


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one hub edition.

    Raises:
        ImportSourceError: the file is not the expected workbook.
    """
    path = one_file(files, "the hub workbook")
    with workbook(path) as book:
        rows = sheet_rows(book, _SHEET, path.name)
    modified = _modified(rows)
    made = [
        *_stationary(rows),
        _mobile_co2(rows),
        _on_road(rows),
        _non_road(rows),
        _electricity(rows),
        _heat(rows),
    ]
    return write_pack(folder, _meta(path, modified), made)


def _modified(rows: _Rows) -> datetime:
    text = str(cell(rows, 3, "F"))
    try:
        return datetime.strptime(text, "Last Modified: %B %d, %Y")  # noqa: DTZ007
    except ValueError:
        raise ImportSourceError(f"{_at('F3')}: expected the date, found {text!r}") from None


def _at(address: str) -> str:
    return f"{_SHEET}!{address}"


def _table(rows: _Rows, number: int, header: dict[str, str]) -> tuple[int, int]:
    """First row after the header of "Table N", and the row of its source or notes."""
    every = range(1, len(rows) + 1)
    titles = [index for index in every if cell(rows, index, "B") == f"Table {number}"]
    if not titles:
        raise ImportSourceError(f"{_SHEET}: no cell B with 'Table {number}'")
    first = titles[0] + 2
    for address, expected in header.items():
        column, offset = address[0], int(address[1:])
        found = " ".join(str(cell(rows, first + offset, column)).split())
        if found != expected:
            where = _at(f"{column}{first + offset}")
            raise ImportSourceError(f"{where}: expected {expected!r}, found {found!r}")
    for last in range(first, len(rows) + 1):
        if str(cell(rows, last, "C")).startswith(("Source:", "Notes:")):
            return first, last
    raise ImportSourceError(f"{_SHEET}: table {number} has no 'Source' row")


def _gas(rows: _Rows, number: int, columns: dict[str, str]) -> Row:
    """Gas columns of a row: `{"CO2 [kg]": "E"}`; an empty cell stays empty."""
    found = {}
    for name, column in columns.items():
        value = cell(rows, number, column)
        if value not in (None, ""):
            found[name] = exact(value, _at(f"{column}{number}"))
    return found


def _co2(fuel: str) -> str:
    return "CO2_biogenic [kg]" if FUELS[fuel].biogenic else "CO2 [kg]"


def _stationary(rows: _Rows) -> list[Table]:
    header = {"C0": "Fuel Type", "D0": "Heat Content (HHV)", "E1": "kg CO2 per mmBtu"}
    first, last = _table(rows, 1, header)
    factors, properties, unit, kraft = [], [], "", False
    for number in range(first + 1, last):
        label = " ".join(str(cell(rows, number, "C") or "").split())
        head = cell(rows, number, "D")
        if isinstance(head, str) and head.startswith("mmBtu per "):
            unit = lookup(labels.UNITS, head.removeprefix("mmBtu per "), _at(f"D{number}"))
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


def _fuel(rows: _Rows, number: int, label: str, unit: str) -> list[Row]:
    fuel = lookup(labels.STATIONARY, label, _at(f"C{number}"))
    start = {"name": label, "fuel": fuel, "note": labels.NOTES.get(fuel, "")}
    made = []
    for per, basis, columns in (("mmBtu", "gross", "EFG"), (unit, "", "HIJ")):
        gases = dict(zip((_co2(fuel), "CH4 [g]", "N2O [g]"), columns, strict=True))
        where = {"locator": _at(f"{columns[0]}{number}:{columns[2]}{number}")}
        row = {"id": f"stationary.{fuel}.{per.lower()}", "basis": basis, "per": per}
        made.append({**start, **row, **_gas(rows, number, gases), **where})
    return made


def _kraft(rows: _Rows, number: int, label: str) -> list[Row]:
    furnish = lookup(labels.KRAFT, label, _at(f"C{number}"))
    row = {"id": f"stationary.black_liquor.{furnish}.mmbtu", "fuel": "black_liquor"}
    more = {"technology": furnish, "name": f"Kraft Pulping Liquor, {label}", "basis": "gross"}
    gases = {"CO2_biogenic [kg]": "E", "CH4 [g]": "F", "N2O [g]": "G"}
    where = {"per": "mmBtu", "locator": _at(f"E{number}:G{number}")}
    return [{**row, **more, **_gas(rows, number, gases), **where}]


def _heat_content(rows: _Rows, number: int, label: str, unit: str) -> Row:
    fuel = labels.STATIONARY[label]
    return {
        "id": f"{fuel}.gross_calorific_value",
        "fuel": fuel,
        "property": "gross_calorific_value",
        "value": exact(cell(rows, number, "D"), _at(f"D{number}")),
        "unit": f"mmBtu/{unit}",
        "locator": _at(f"D{number}"),
    }


def _mobile_co2(rows: _Rows) -> Table:
    first, last = _table(rows, 2, {"C0": "Fuel Type", "D0": "kg CO2 per unit", "E0": "Unit"})
    made = []
    for number in range(first + 1, last):
        label = str(cell(rows, number, "C")).strip()
        fuel = lookup(labels.MOBILE, label, _at(f"C{number}"))
        per = lookup(labels.UNITS, str(cell(rows, number, "E")), _at(f"E{number}"))
        row = {"id": f"mobile.{fuel}.{per}", "name": label, "fuel": fuel, "per": per}
        where = {"locator": _at(f"D{number}")}
        made.append({**row, **_gas(rows, number, {_co2(fuel): "D"}), **where})
    return Table("mobile_co2.csv", "factors", made, _mobile())


def _mobile() -> dict[str, str]:
    return {"category": "mobile_combustion", "region": "US", "lifecycle": "combustion"}


def _filled(rows: _Rows, first: int, last: int, columns: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the labels of `columns`, an empty first label meaning the one above."""
    above = ""
    for number in range(first, last):
        found = [" ".join(str(cell(rows, number, name) or "").split()) for name in columns]
        if found[0].startswith("("):
            found[0] = ""
        above = found[0] or above
        following = " ".join(str(cell(rows, number + 1, columns[0]) or "").split())
        if found[0] and following.startswith("("):
            above = f"{found[0]} {following}"
        yield number, [above, *found[1:]]


def _on_road(rows: _Rows) -> Table:
    made = []
    first, last = _table(rows, 3, {"C0": "Vehicle Type", "D0": "Model Year"})
    for number, (label, year) in _filled(rows, first + 1, last, "CD"):
        vehicle = lookup(labels.GASOLINE_VEHICLES, label, _at(f"C{number}"))
        made.append(_vehicle(rows, number, "petrol", vehicle, label, year, "EF"))
    first, last = _table(rows, 4, {"C0": "Vehicle Type", "D0": "Fuel Type", "E0": "Model Year"})
    fuel_label = ""
    for number, (label, fuel_cell, year) in _filled(rows, first + 1, last, "CDE"):
        fuel_label = fuel_cell or fuel_label
        vehicle = lookup(labels.OTHER_VEHICLES, label, _at(f"C{number}"))
        fuel = lookup(labels.ON_ROAD_FUELS, fuel_label, _at(f"D{number}"))
        name = f"{label}, {fuel_label}"
        made.append(_vehicle(rows, number, fuel, vehicle, name, year, "FG"))
    return Table("mobile_on_road.csv", "factors", made, {**_mobile(), "per": "mi"})


def _vehicle(
    rows: _Rows, number: int, fuel: str, vehicle: str, name: str, year: str, columns: str
) -> Row:
    age = _model_year(year, number)
    row = {"id": ".".join(filter(None, ("mobile", fuel, vehicle, age, "mi"))), "fuel": fuel}
    more = {"vehicle": vehicle, "technology": age, "name": f"{name}, {year}" if year else name}
    gases = _gas(rows, number, {"CH4 [g]": columns[0], "N2O [g]": columns[1]})
    return {**row, **more, **gases, "locator": _at(f"{columns[0]}{number}:{columns[1]}{number}")}


def _model_year(text: str, number: int) -> str:
    if not text:
        return ""
    found = _YEARS.fullmatch(text)
    if not found:
        raise ImportSourceError(f"{_SHEET} row {number}: unknown model year {text!r}")
    until, year, last = found.groups()
    return f"model_year_{year}" + ("_or_earlier" if until else f"_{last}" if last else "")


def _non_road(rows: _Rows) -> Table:
    header = {"C0": "Vehicle Type", "D0": "Fuel Type", "E0": "CH4 Factor (g CH4 / gallon)"}
    first, last = _table(rows, 5, header)
    made = []
    for number, (label, fuel_label) in _filled(rows, first + 1, last, "CD"):
        vehicle = lookup(labels.NON_ROAD_VEHICLES, label, _at(f"C{number}"))
        if fuel_label not in labels.NON_ROAD_FUELS:
            raise ImportSourceError(f"{_at(f'D{number}')}: unknown label {fuel_label!r}")
        fuel, technology = labels.NON_ROAD_FUELS[fuel_label]
        parts = ("mobile", fuel, vehicle, technology, "gal_us")
        row = {"id": ".".join(filter(None, parts)), "fuel": fuel, "vehicle": vehicle}
        more = {"technology": technology, "name": f"{label.removesuffix('A')}, {fuel_label}"}
        more["name"] = more["name"].replace("EquipmentB", "Equipment")
        gases = _gas(rows, number, {"CH4 [g]": "E", "N2O [g]": "F"})
        where = {"with": f"mobile.{fuel}.gal_us", "locator": _at(f"E{number}:F{number}")}
        made.append({**row, **more, **gases, **where})
    return Table("mobile_non_road.csv", "factors", made, {**_mobile(), "per": "gal_us"})


def _electricity(rows: _Rows) -> Table:
    header = {"C1": "eGRID Subregion Acronym", "E2": "(lb CO2 / MWh)", "H2": "(lb CO2 / MWh)"}
    first, last = _table(rows, 6, header)
    made = []
    for number in range(first + 3, last):
        code, name = str(cell(rows, number, "C")), str(cell(rows, number, "D"))
        region = "US" if code == "US Average" else f"US-{code}"
        if region != "US" and not re.fullmatch(r"[A-Z]{4}", code):
            raise ImportSourceError(f"{_at(f'C{number}')}: unknown subregion {code!r}")
        for kind, columns in (("grid_average", "EFG"), ("nonbaseload", "HIJ")):
            gases = dict(zip(("CO2 [lb]", "CH4 [lb]", "N2O [lb]"), columns, strict=True))
            row = {"id": f"electricity.{slug(region)}.{kind}", "name": name, "region": region}
            where = {"kind": kind, "locator": _at(f"{columns[0]}{number}:{columns[2]}{number}")}
            made.append({**row, **_gas(rows, number, gases), **where})
    constants = {"category": "purchased_electricity", "lifecycle": "combustion", "per": "MWh"}
    source = str(cell(rows, last, "C"))
    found = re.search(r"eGRID(\d{4})", source)
    if not found:
        raise ImportSourceError(f"{_at(f'C{last}')}: no eGRID data year in {source!r}")
    overrides = {"year_rule": "data_year", "year": int(found[1])}
    return Table("electricity.csv", "factors", made, constants, overrides)


def _heat(rows: _Rows) -> Table:
    first, last = _table(rows, 7, {"D0": "CO2 Factor (kg CO2 / mmBtu)"})
    gases = _gas(rows, first + 1, {"CO2 [kg]": "D", "CH4 [g]": "E", "N2O [g]": "F"})
    if last != first + 2 or len(gases) != 3:
        raise ImportSourceError(f"{_at(f'C{first + 1}')}: expected one row of steam and heat")
    row = {"id": "steam_and_heat.mmbtu", "name": "Steam and Heat", "per": "mmBtu"}
    where = {"locator": _at(f"D{first + 1}:F{first + 1}")}
    constants = {"category": "purchased_steam|purchased_heat", "region": "US"}
    constants["lifecycle"] = "combustion"
    return Table("heat.csv", "factors", [{**row, **gases, **where}], constants)


def _meta(path: Path, modified: datetime) -> Meta:
    edition = str(modified.year)
    return {
        "pack": f"epa-hub-{edition}",
        "publisher": "epa-hub",
        "edition": edition,
        "version": "1.0",
        "title": f"Emission Factors for Greenhouse Gas Inventories ({edition})",
        "organisation": "US Environmental Protection Agency",
        "licence": "US-public-domain",
        "published": modified.date(),
        "year_rule": "edition",
        "year": modified.year,
        "finest_region": {"grid_average": "grid", "nonbaseload": "grid"},
        "evidence": {
            "class": "publisher_file",
            "file": path.name,
            "sha256": sha256(path),
            "sheet": _SHEET,
        },
        "notes": labels.PACK_NOTES,
    }
