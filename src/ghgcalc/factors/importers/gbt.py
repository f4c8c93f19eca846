"""GB/T 32151.34-2024, Appendix C: fuels (C.1), carbonates (C.2), heat (C.3), steam (C.4, C.5).

Files, in this order: a CSV transcription of Table C.1 (other standards' rows in it are left out),
one of Tables C.2 and C.3, one of Table C.4 and one of Table C.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    slug,
    transcription,
    write_pack,
)

_STANDARD = "GB/T 32151.34-2024"
_FUEL_NEEDED = (
    "name_zh", "name_en", "activity_unit", "ncv_gj_per_unit", "carbon_tc_per_tj", "oxidation_pct",
    "basis", "source", "table", "note",
)  # fmt: skip
_OTHER_NEEDED = ("name", "gas", "value", "unit", "source", "table")
_STEAM_NEEDED = ("pressure_mpa_abs", "temperature_c", "enthalpy_kj_per_kg", "source", "table")
_FUELS = {
    "无烟煤": "anthracite",
    "烟煤": "bituminous_coal",
    "褐煤": "lignite",
    "洗精煤": "cleaned_coal",
    "其他洗煤": "other_washed_coal",
    "型煤": "coal_briquettes",
    "其他煤制品": "other_coal_products",
    "焦炭": "coke_oven_coke",
    "石油焦": "petroleum_coke",
    "原油": "crude_oil",
    "燃料油": "fuel_oil",
    "汽油": "petrol",
    "柴油": "diesel",
    "一般煤油": "kerosene",
    "液化天然气": "lng",
    "液化石油气": "lpg",
    "石脑油": "naphtha",
    "焦油": "coal_tar",
    "粗苯": "crude_benzene",
    "其他石油制品": "other_petroleum_products",
    "天然气": "natural_gas",
    "高炉煤气": "blast_furnace_gas",
    "转炉煤气": "oxygen_steel_furnace_gas",
    "焦炉煤气": "coke_oven_gas",
    "炼厂干气": "refinery_gas",
    "其他煤气": "other_coal_gas",
}
_UNITS = {"t": "GJ/t", "10^4 Nm3": "GJ/10000 Nm3"}
_NOTES = [
    "Carbon content is t C per TJ of net calorific value (NCV); oxidation is below 100 percent.",
    "CO2 only: the standard gives no CH4 or N2O for fuels.",
    "Gas volumes are 10^4 Nm3 at 0 degC.",
    "Each Chinese industry standard has a table of its own; values of other sets (bituminous coal"
    " NCV 23.204, coke 28.446, coke oven gas 173.854) are not this standard's.",
    "Heat: the supplier's value comes first; 0.11 t CO2/GJ applies to the full enthalpy of the"
    " steam (equation 13).",
    "Enthalpies of saturated (Table C.4) and superheated steam (Table C.5) are no factors."
    " Pressures are absolute; other states are interpolated (5.2.6.2).",
    "Table C.4 prints 1.40 and 1.50 MPa beside 204.3 and 207.1 degC; read as 1.70 and 1.80 MPa.",
    "Of Table C.5 the points of liquid water are left out, and two points that contradict their"
    " neighbours: 0.5 MPa and 400 degC (3217.8), 0.01 MPa and 550 degC (3593.2).",
]
# enthalpy of steam falls with pressure at one temperature; these two printed ones do not
_CONTRADICTING = {("0.5", "400"): "3217.8", ("0.01", "550"): "3593.2"}


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of GB/T 32151.34-2024.

    Raises:
        ImportSourceError: a file is not the expected one.
    """
    if len(files) != 4:
        raise ImportSourceError(
            "expected four CSVs (fuels; carbonates and heat; saturated steam; superheated steam):"
            f" {len(files)}"
        )
    fuels = [
        (number, row)
        for number, row in enumerate(read_csv(files[0], _FUEL_NEEDED), start=2)
        if row["source"].startswith(_STANDARD)
    ]
    if len(fuels) != len(_FUELS):
        raise ImportSourceError(f"{files[0].name}: {len(fuels)} rows of {_STANDARD}, expected 26")
    others = list(enumerate(read_csv(files[1], _OTHER_NEEDED), start=2))
    saturated = _steam(list(enumerate(read_csv(files[2], _STEAM_NEEDED), start=2)), files[2].name)
    superheated = list(enumerate(read_csv(files[3], _STEAM_NEEDED), start=2))
    made = [
        _factors(fuels, files[0].name),
        _properties(fuels, files[0].name),
        _carbonates(others, files[1].name),
        _heat(others, files[1].name),
        saturated,
        _superheated(superheated, files[3].name, saturated.rows),
    ]
    return write_pack(folder, _meta(), made)


def _factors(lines: list[tuple[int, Row]], source: str) -> Table:
    rows = []
    for number, line in lines:
        where = f"{source} row {number}"
        if line["basis"] != "NCV":
            raise ImportSourceError(f"{where}: expected NCV, found {line['basis']!r}")
        fuel = lookup(_FUELS, line["name_zh"], where)
        row = {"id": f"{fuel}.tj", "name": f"{line['name_zh']} ({line['name_en']})", "fuel": fuel}
        row["C [t]"] = exact(line["carbon_tc_per_tj"], where)
        row["oxidation"] = f"{exact(line['oxidation_pct'], where)}%"
        rows.append({**row, "locator": f"{line['table']}, {line['name_zh']}"})
    constants = {"category": "stationary_combustion|mobile_combustion", "region": "CN"}
    more = {"lifecycle": "combustion", "basis": "net", "per": "TJ"}
    return Table("fuels.csv", "factors", rows, {**constants, **more})


def _properties(lines: list[tuple[int, Row]], source: str) -> Table:
    rows = []
    for number, line in lines:
        where = f"{source} row {number}"
        fuel = lookup(_FUELS, line["name_zh"], where)
        row = {"id": f"{fuel}.net_calorific_value", "fuel": fuel, "property": "net_calorific_value"}
        row["value"] = exact(line["ncv_gj_per_unit"], where)
        row["unit"] = lookup(_UNITS, line["activity_unit"], where)
        rows.append({**row, "locator": f"{line['table']}, {line['name_zh']}"})
    return Table("fuel_properties.csv", "fuel_properties", rows, {"region": "CN"})


def _carbonates(lines: list[tuple[int, Row]], source: str) -> Table:
    rows = []
    for number, line in lines:
        if line["unit"] == "t CO2/t carbonate":
            item = slug(line["name"])
            row = {"id": f"carbonate.{item}", "name": line["name"], "item": item}
            row["CO2 [t]"] = exact(line["value"], f"{source} row {number}")
            rows.append({**row, "locator": f"{line['table']}, {line['name']}"})
    if not rows:
        raise ImportSourceError(f"{source}: no rows in t CO2/t carbonate")
    constants = {"category": "process_emissions", "region": "CN", "per": "t"}
    return Table("carbonates.csv", "factors", rows, constants)


def _heat(lines: list[tuple[int, Row]], source: str) -> Table:
    found = [(number, line) for number, line in lines if line["unit"] == "t CO2/GJ"]
    if len(found) != 1:
        raise ImportSourceError(f"{source}: expected one row in t CO2/GJ, found {len(found)}")
    number, line = found[0]
    row = {"id": "heat.gj", "name": "热力 (purchased heat, default)", "per": "GJ"}
    row["CO2 [t]"] = exact(line["value"], f"{source} row {number}")
    row["locator"] = f"{line['table']}, 热力"
    constants = {"category": "purchased_steam|purchased_heat", "region": "CN"}
    return Table("heat.csv", "factors", [row], {**constants, "lifecycle": "combustion"})


def _steam(lines: list[tuple[int, Row]], source: str) -> Table:
    """Saturated steam by absolute pressure; it must rise from row to row."""
    rows: list[Row] = []
    for number, line in lines:
        where = f"{source} row {number}"
        if line["source"] != _STANDARD:
            raise ImportSourceError(f"{where}: expected {_STANDARD}, found {line['source']!r}")
        pressure = exact(line["pressure_mpa_abs"], where)
        if rows and Decimal(pressure) <= Decimal(rows[-1]["pressure_mpa"]):
            raise ImportSourceError(f"{where}: pressure {pressure} does not rise")
        rows.append(
            {
                "id": f"saturated_steam.{slug(pressure)}_mpa",
                "pressure_mpa": pressure,
                "temperature_c": exact(line["temperature_c"], where),
                "value": exact(line["enthalpy_kj_per_kg"], where),
                "unit": "kJ/kg",
                "locator": f"{line['table']}, {pressure} MPa",
            }
        )
    return Table("steam_enthalpy.csv", "steam_enthalpy", rows)


def _superheated(lines: list[tuple[int, Row]], source: str, saturated: list[Row]) -> Table:
    """Steam above its boiling point, or above all of Table C.4; liquid water is left out."""
    boils = {Decimal(row["pressure_mpa"]): Decimal(row["temperature_c"]) for row in saturated}
    hottest = max(boils.values())
    rows: list[Row] = []
    left = dict(_CONTRADICTING)
    for number, line in lines:
        where = f"{source} row {number}"
        if line["source"] != _STANDARD:
            raise ImportSourceError(f"{where}: expected {_STANDARD}, found {line['source']!r}")
        pressure, celsius = (exact(line[name], where) for name in _STEAM_NEEDED[:2])
        at, value = Decimal(pressure), exact(line["enthalpy_kj_per_kg"], where)
        if left.get((pressure, celsius)) == value:
            del left[pressure, celsius]
        elif at < max(boils) and at not in boils:
            raise ImportSourceError(f"{where}: no saturated steam of {pressure} MPa beside it")
        elif Decimal(celsius) > boils.get(at, hottest):
            rows.append(
                {
                    "id": f"superheated_steam.{slug(pressure)}_mpa.{slug(celsius)}_c",
                    "pressure_mpa": pressure,
                    "temperature_c": celsius,
                    "value": value,
                    "unit": "kJ/kg",
                    "locator": f"{line['table']}, {pressure} MPa and {celsius} °C",
                }
            )
    _consistent(rows, source)
    if left:
        raise ImportSourceError(f"{source}: points to leave out are not there: {sorted(left)}")
    return Table("superheated_steam.csv", "steam_enthalpy", rows, {"state": "superheated"})


def _consistent(rows: list[Row], source: str) -> None:
    """At one temperature the enthalpy of steam falls with pressure; a misprint shows here."""
    lines: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for row in rows:
        point = (Decimal(row["pressure_mpa"]), Decimal(row["value"]))
        lines.setdefault(row["temperature_c"], []).append(point)
    for celsius, points in lines.items():
        values = [value for _, value in sorted(points)]
        if values != sorted(set(values), reverse=True):
            raise ImportSourceError(f"{source}: enthalpies at {celsius} °C do not fall: {values}")


def _meta() -> Meta:
    return {
        "pack": "gbt-32151-34-2024",
        "publisher": "gbt-32151-34",
        "edition": "2024",
        "version": "1.2",
        "title": f"{_STANDARD}, greenhouse gas accounting: carbon material producers, Appendix C",
        "licence": "figures of a national standard; no licence stated",
        "supersedes": "gbt-32151-34-2024@1.1",
        "year_rule": "any",
        "evidence": transcription(
            "B", "Appendix C", "one row-by-row transcription that cites page and file hash"
        ),
        "notes": _NOTES,
    }
