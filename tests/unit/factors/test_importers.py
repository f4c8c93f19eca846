"""Importers on tiny files in the publishers' layout."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError, Row, Table, exact, slug, write_pack

FLAT_HEADER = (
    "ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit",
)  # fmt: skip
PARTS = ("kg CO2e", "kg CO2e of CO2 per unit", "kg CO2e of CH4 per unit", "kg CO2e of N2O per unit")
HEAT = "Distribution - district heat & steam"
FLAT_ROWS: list[
    tuple[str, str, str, str, str, list[float | None]]
] = [  # id, level 1, level 2, label, unit, values
    (
        "1_100_1004_1",
        "Fuels",
        "Gaseous fuels",
        "Natural gas",
        "cubic metres",
        [2.07, 2.05, 0.01, 0.01],
    ),
    (
        "1_101_1011_8",
        "Fuels",
        "Liquid fuels",
        "Diesel (average biofuel blend)",
        "litres",
        [3, 2, 0.5, 3e-05],
    ),
    ("1_101_1020_8", "Fuels", "Liquid fuels", "Refinery miscellaneous", "litres", [None] * 4),
    ("2_103_1035_8", "Bioenergy", "Biofuel", "Biodiesel ME (from tallow)", "litres", [0.16]),
    (
        "7_400_4000_5",
        "UK electricity",
        "Electricity generated",
        "Electricity: UK",
        "kWh",
        [0.18, 0.17, 0.001, 0.009],
    ),
    (
        "10_401_4003_5",
        "Heat and steam",
        "Heat and steam",
        "District heat and steam",
        "kWh",
        [0.2, 0.1, 0.05, 0.05],
    ),
    (
        "13_402_4000_5",
        "Transmission and distribution",
        "T&D- UK electricity",
        "Electricity: UK",
        "kWh",
        [0.02, 0.01, 0.005, 0.005],
    ),
    (
        "13_403_4004_5",
        "Transmission and distribution",
        HEAT,
        "5% loss",
        "kWh",
        [0.01, 0.005, 0.003, 0.002],
    ),
    (
        "99_604_1011_8",
        "Outside of scopes",
        "Forecourt fuels containing biofuel",
        "Diesel (average biofuel blend)",
        "litres",
        [0.14],
    ),
    (
        "99_103_1035_8",
        "Outside of scopes",
        "Biofuel",
        "Biodiesel ME (from Tallow)",
        "litres",
        [2.39],
    ),
    (
        "99_400_4001_5",
        "Outside of scopes",
        "Electricity generated",
        "Electricity: UK",
        "kWh",
        [0.11],
    ),
]


def _flat(path: Path, change: Callable[[Any], None] = lambda book: None) -> Path:
    book = openpyxl.Workbook()
    front: Any = book.active
    front.title = "Front page"
    front["A5"], front["B5"] = "Version:", 1.1
    sheet = book.create_sheet("Factors by Category")
    sheet.append(["UK Government GHG Conversion Factors for Company Reporting"])
    for _ in range(4):
        sheet.append(["about"])
    sheet.append([*FLAT_HEADER, "GHG Conversion Factor 2025"])
    for key, first, second, label, unit, values in FLAT_ROWS:
        for index, value in enumerate(values):
            gas = PARTS[1] if first == "Outside of scopes" else PARTS[index]
            row_id = f"{key}_{PARTS.index(gas) + 1}"
            sheet.append([row_id, "Scope", first, second, label, None, None, unit, gas, value])
    sheet.append(["", "END"])
    change(book)
    book.save(path)
    return path


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _csv(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_numbers_are_exact() -> None:
    assert exact(3e-05, "A1") == "0.00003"
    assert exact(0.022000000000000002, "A1") == "0.022000000000000002"
    assert exact(30.0, "A1") == "30"
    assert exact("27.50", "A1") == "27.50"
    assert exact(0, "A1") == "0"


@pytest.mark.parametrize("value", [None, True, "NA", float("nan"), "1,5"])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ImportSourceError, match="Sheet!A1: expected a number"):
        exact(value, "Sheet!A1")


def test_slug() -> None:
    assert slug("CaMg(CO3)2") == "camg_co3_2"


def test_two_rows_of_one_id_are_refused(tmp_path: Path) -> None:
    table = Table("a.csv", "factors", [{"id": "x"}, {"id": "x"}])
    with pytest.raises(ImportSourceError, match="'x'"):
        write_pack(tmp_path, {"pack": "p"}, [table])


def test_desnz_flat_file(tmp_path: Path) -> None:
    report = IMPORTERS["desnz"]([_flat(tmp_path / "flat.xlsx")], tmp_path / "pack")
    assert report[0].startswith("desnz-2025")
    gas, diesel = _rows(tmp_path / "pack/fuels.csv")
    assert (gas["id"], gas["per"], gas["CO2e [kg]"]) == ("natural_gas.sm3", "Sm3", "2.07")
    assert gas["locator"] == "Factors by Category!J7:J10"
    assert diesel["CO2e:N2O [kg]"] == "0.00003"
    assert diesel["CO2_biogenic [kg]"] == "0.14"
    (tallow,) = _rows(tmp_path / "pack/biofuels.csv")
    assert (tallow["fuel"], tallow["CO2_biogenic [kg]"]) == ("biodiesel_tallow", "2.39")
    pack = yaml.safe_load((tmp_path / "pack/pack.yaml").read_text(encoding="utf-8"))
    assert pack["evidence"]["class"] == "publisher_file"
    assert pack["year"] == 2025


def test_desnz_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    source = _flat(tmp_path / "flat.xlsx")
    for name in ("one", "two", "one"):
        IMPORTERS["desnz"]([source], tmp_path / name)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_desnz_copy_with_added_sheets_is_no_publisher_file(tmp_path: Path) -> None:
    source = _flat(tmp_path / "flat.xlsx", lambda book: book.create_sheet("Sheet1"))
    IMPORTERS["desnz"]([source], tmp_path / "pack")
    pack = yaml.safe_load((tmp_path / "pack/pack.yaml").read_text(encoding="utf-8"))
    assert pack["evidence"]["class"] == "transcription"


def _set(address: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book["Factors by Category"][address] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("C6", "Category"), "Factors by Category!C6: expected 'Level 1'"),
        (_set("J6", "GHG Conversion Factor 2022"), "Factors by Category!J6: edition 2022"),
        (_set("J8", "n/a"), "Factors by Category!J8: expected a number"),
        (_set("I8", "kg CO2e of SF6 per unit"), "Factors by Category!J8: unexpected GHG/Unit"),
        (lambda book: book.remove(book["Front page"]), "no sheet 'Front page'"),
    ],
)
def test_desnz_says_where_the_file_is_wrong(
    tmp_path: Path, change: Callable[[Any], None], message: str
) -> None:
    source = _flat(tmp_path / "flat.xlsx", change)
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["desnz"]([source], tmp_path / "pack")


def test_desnz_unknown_fuel_is_an_error(tmp_path: Path) -> None:
    def rename(book: Any) -> None:
        for number in range(7, 11):
            book["Factors by Category"][f"E{number}"] = "Moon gas"

    source = _flat(tmp_path / "flat.xlsx", rename)
    with pytest.raises(ImportSourceError, match="J7:J10: unknown label 'Moon gas'"):
        IMPORTERS["desnz"]([source], tmp_path / "pack")


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    source = tmp_path / "flat.xlsx"
    source.write_text("no workbook")
    with pytest.raises(ImportSourceError, match=r"flat\.xlsx: is not a readable workbook"):
        IMPORTERS["desnz"]([source], tmp_path / "pack")


TRANSPORT: list[object] = [
    None, "Vehicle Type", "CO2 Factor \n(kg CO2 / unit)", "CH4 Factor \n(g CH4 / unit)",
    "N2O Factor \n(g N2O / unit)", "Units",
]  # fmt: skip
TREATED = (
    "RecycledA", "LandfilledB", "CombustedC", "CompostedD",
    "Anaerobically Digested (Dry Digestate with Curing)",
    "Anaerobically Digested (Wet  Digestate with Curing)E",
)  # fmt: skip


def _hub(path: Path, change: Callable[[Any], None] = lambda sheet: None) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Emission Factors Hub"
    head = ["CH4 Factor \n(g CH4 / gallon) ", "N2O Factor \n(g N2O / gallon)"]
    lines: list[list[object]] = [
        [], [], [None, None, None, None, "Last Modified: January 15, 2025"],
        ["Table 1"], [], [None, "Fuel Type", "Heat Content (HHV)"],
        [None, None, "mmBtu per short ton", "kg CO2 per mmBtu"],
        [None, "Coal and Coke"],
        [None, "Anthracite", 25.09, 103.69, 11, 1.6, 2602, 276, 40],
        [None, None, "mmBtu per scf", "kg CO2 per mmBtu"],
        [None, "Landfill Gas", 0.000485, 52.07, 3.2, 0.63, 0.025254, 0.001552, 0.000306],
        [None, "Biomass Fuels - \nKraft Pulping Liquor, by Wood Furnish"],
        [None, "Straw", None, 95.1, 1.9, 0.42],
        [None, "Source:"],
        ["Table 2"], [], [None, "Fuel Type", "kg CO2 per unit", "Unit"],
        [None, "Diesel Fuel", 10.21, "gallon"], [None, "Source:"],
        ["Table 3"], [], [None, "Vehicle Type", "Model Year"],
        [None, "Gasoline Light-Duty Trucks", "1973-1974", 0.19, 0.02],
        [None, "(Vans, Pickup Trucks, SUVs)", 1975, 0.16, 0.05], [None, "Source: EPA"],
        ["Table 4"], [], [None, "Vehicle Type", "Fuel Type", "Model Year"],
        [None, "Passenger Cars", "Diesel", "1960-1982", 0.0006, 0.0012],
        [None, "Buses", "CNG", None, 2.719, 0.017], [None, "Source: EPA"],
        ["Table 5"], [], [None, "Vehicle Type", "Fuel Type", *head],
        [None, "Agricultural EquipmentA", "Diesel Equipment", 1.26, 1.07], [None, "Source: EPA"],
        ["Table 6"], [], [None, None, None, "Total Output"],
        [None, "eGRID Subregion Acronym", "eGRID Subregion Name"],
        [None, None, None, "(lb CO2 / MWh)", None, None, "(lb CO2 / MWh)"],
        [None, "ERCT", "ERCOT All", 738.038, 0.043, 0.006, 1264.939, 0.076, 0.01, 0.042],
        [None, "Source: EPA eGRID2023, January 2025"],
        ["Table 7"], [], [None, None, "CO2 Factor \n(kg CO2 / mmBtu)"],
        [None, "Steam and Heat", 66.33, 1.25, 0.125], [None, "Notes:"],
        ["Table 8"], [], TRANSPORT,
        [None, "Medium- and Heavy-Duty TruckC", 0.186, 0.0016, 0.0054, "short ton-mile"],
        [], ["Table 9"], [], [None, None, "Metric Tons CO2e / Short Ton Material"],
        [None, "Material", *TREATED],
        [None, "PLA", "NA", 0.02, 0.01, 0.13, "NA", "NA"], [None, "Source: "],
        ["Table 10"], [], TRANSPORT,
        [None, "Motorcycle", 0.368, 0.0888, 0.0188, "vehicle-mile"],
        [None, "Air Travel - Short Haul (< 300 miles) ", 0.207, 0.0064, 0.0066, "passenger-mile"],
        [None, "Source: "],
    ]  # fmt: skip
    for line in lines:
        sheet.append([None, *line])
    change(sheet)
    book.save(path)
    return path


def test_epa_hub(tmp_path: Path) -> None:
    source = _hub(tmp_path / "hub.xlsx")
    for name in ("pack", "again"):
        IMPORTERS["epa-hub"]([source], tmp_path / name)
    assert _bytes(tmp_path / "pack") == _bytes(tmp_path / "again")
    stationary = {row["id"]: row for row in _rows(tmp_path / "pack/stationary.csv")}
    assert stationary["stationary.anthracite.short_ton"]["CO2 [kg]"] == "2602"
    assert stationary["stationary.landfill_gas.mmbtu"]["CO2_biogenic [kg]"] == "52.07"
    assert stationary["stationary.black_liquor.straw.mmbtu"]["basis"] == "gross"
    trucks = _rows(tmp_path / "pack/mobile_on_road.csv")[:2]
    assert {row["vehicle"] for row in trucks} == {"light_duty_trucks"}
    (tractor,) = _rows(tmp_path / "pack/mobile_non_road.csv")
    assert (tractor["with"], tractor["name"]) == (
        "mobile.diesel.gal_us",
        "Agricultural Equipment, Diesel Equipment",
    )
    grid = _rows(tmp_path / "pack/electricity.csv")
    assert [row["kind"] for row in grid] == ["grid_average", "nonbaseload"]
    pack = yaml.safe_load((tmp_path / "pack/pack.yaml").read_text(encoding="utf-8"))
    electricity = next(one for one in pack["tables"] if one["file"] == "electricity.csv")
    assert (electricity["year_rule"], electricity["year"]) == ("data_year", 2023)
    (freight,) = _rows(tmp_path / "pack/freight.csv")
    assert (freight["name"], freight["per"]) == ("Medium- and Heavy-Duty Truck", "short_ton·mi")
    waste = {row["technology"]: row["CO2e [t]"] for row in _rows(tmp_path / "pack/waste.csv")}
    assert waste == {"landfilled": "0.02", "combusted": "0.01", "composted": "0.13"}
    travel = [(row["item"], row["vehicle"]) for row in _rows(tmp_path / "pack/travel.csv")]
    assert travel == [("motorbike", ""), ("flight", "short_haul")]
    assert not (tmp_path / "pack/losses.csv").exists()  # no such column in this sheet


def test_a_hub_with_a_sheet_added_is_no_publisher_file(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_hub(tmp_path / "hub.xlsx"))
    for name, expected in (("pack", "publisher_file"), ("copy", "transcription")):
        book.save(tmp_path / f"{name}.xlsx")
        IMPORTERS["epa-hub"]([tmp_path / f"{name}.xlsx"], tmp_path / name)
        pack = yaml.safe_load((tmp_path / name / "pack.yaml").read_text(encoding="utf-8"))
        assert pack["evidence"]["class"] == expected
        book.create_sheet("Sheet1")


def test_an_edition_without_a_date_and_with_losses(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["F3"] = None
        sheet.oddHeader.center.text = "Last Modified: 05 June 2024"
        sheet["C19"] = None  # the note on sources of table 2 is lost
        sheet["K40"] = "Grid Gross Loss (%)"
        assert sheet["K42"].value == 0.042

    IMPORTERS["epa-hub"]([_hub(tmp_path / "hub.xlsx", change)], tmp_path / "pack")
    pack = yaml.safe_load((tmp_path / "pack/pack.yaml").read_text(encoding="utf-8"))
    assert (pack["pack"], str(pack["published"])) == ("epa-hub-2024", "2024-06-05")
    assert (pack["evidence"]["class"], pack["evidence"]["grade"]) == ("transcription", "B")
    (loss,) = _rows(tmp_path / "pack/losses.csv")
    assert (loss["id"], loss["value"]) == ("grid_gross_loss.us_erct", "4.2")


@pytest.mark.parametrize(
    ("address", "value", "message"),
    [
        ("C9", "Moon rock", "Hub!C9: unknown label 'Moon rock'"),
        ("E9", "high", "Hub!E9: expected a number"),
        ("F3", "yesterday", "Hub!F3: expected the date"),
        ("B15", "Table 2b", "no cell B with 'Table 2'"),
        ("D17", "lb CO2 per unit", "Hub!D17: expected 'kg CO2 per unit'"),
        ("K40", "Losses", "Hub!K40: expected 'Grid Gross Loss"),
        ("C52", "Camel", "Hub!C52: unknown label 'Camel'"),
        ("G52", "ton-mile", "Hub!G52: unknown label 'ton-mile'"),
        ("E52", None, "Hub!D52:F52: expected three values"),
        ("D56", "Pounds", "Hub!D56: expected 'Metric Tons CO2e"),
        ("F57", "Burned", "Hub!F57: unknown label 'Burned'"),
        ("E58", "n.a.", "Hub!E58: expected a number"),
        ("C64", "Airship", "Hub!C64: unknown label 'Airship'"),
    ],
)
def test_epa_hub_says_where_the_file_is_wrong(
    tmp_path: Path, address: str, value: str | None, message: str
) -> None:
    def change(sheet: Any) -> None:
        sheet[address] = value

    source = _hub(tmp_path / "hub.xlsx", change)
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["epa-hub"]([source], tmp_path / "pack")


def _mee(**change: str) -> list[Row]:
    row = {
        "region_code": "CN-R-EAST", "region_name": "East", "year": "2023",
        "published": "2025-12-31", "gas": "CO2", "value": "0.55", "unit": "kgCO2/kWh",
        "kind": "location", "source": "MEE & NBS announcement 2025 No.47", "table": "区域",
        "retrieved_from": "", "note": "",
    }  # fmt: skip
    other = {**row, "source": "ETS notice", "region_code": "CN", "note": "from memory, unverified"}
    return [{**row, **change}, other]


def test_mee_china(tmp_path: Path) -> None:
    source = _csv(tmp_path / "grid.csv", _mee())
    IMPORTERS["mee-china"]([source], tmp_path)
    (row,) = _rows(tmp_path / "2023/electricity.csv")
    assert (row["id"], row["region"]) == ("cn-east.grid_average", "CN-EAST")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"region_code": "CN-XZ"}, "grid.csv row 2: unknown label 'CN-XZ'"),
        ({"unit": "tCO2/MWh"}, "grid.csv row 2: expected CO2"),
        ({"year": "2019"}, "data year '2019'"),
    ],
)
def test_mee_china_errors(tmp_path: Path, change: dict[str, str], message: str) -> None:
    source = _csv(tmp_path / "grid.csv", _mee(**change))
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["mee-china"]([source], tmp_path)


def _gwp(gas: str, gwp_set: str, value: str, **more: str) -> Row:
    row = {"gas": gas, "name": gas, "formula": "", "gwp_set": gwp_set, "value": value}
    rest = {"horizon_years": "100", "kyoto_gas": "0", "source": f"IPCC {gwp_set}", "note": ""}
    return {**row, **rest, **more}


def test_gwp_sets(tmp_path: Path) -> None:
    lines = [_gwp("CO2", name, "1") for name in ("SAR", "AR4", "AR5", "AR6")]
    lines += [
        _gwp("CH4", "AR6", "27.9", kyoto_gas="1"),
        _gwp("CH4 (fossil)", "AR6", "29.8", kyoto_gas="1"),
        _gwp("Carbon tetrachloride", "AR6", "2200"),
        _gwp("HC-601", "AR6", "0", note="from memory, unverified"),
        _gwp("HFC-32", "AR6", "771", kyoto_gas="1"),
    ]
    IMPORTERS["gwp"]([_csv(tmp_path / "gwp.csv", lines)], tmp_path / "out")
    found = {row["gas"]: row["group"] for row in _rows(tmp_path / "out/ar6/gwp.csv")}
    assert found == {"CO2": "CO2", "CH4_fossil": "CH4", "CCl4": "montreal", "HFC-32": "HFC"}


def test_a_blend_must_sum_to_one_hundred(tmp_path: Path) -> None:
    row = {"blend": "R-1", "component": "HFC-32", "mass_pct": "99", "source": "S"}
    source = _csv(
        tmp_path / "b.csv", [{**row, "retrieved_from": "", "verification": "", "note": ""}]
    )
    with pytest.raises(ImportSourceError, match="R-1 sums to 99 percent"):
        IMPORTERS["refrigerants"]([source], tmp_path / "out")


def test_remembered_blends_are_left_out(tmp_path: Path) -> None:
    row = {"component": "HFC-32", "mass_pct": "100", "retrieved_from": "", "verification": ""}
    lines = [
        {"blend": "R-1", **row, "source": "S", "note": ""},
        {"blend": "R-2", **row, "source": "S", "note": "from memory, unverified"},
    ]
    report = IMPORTERS["refrigerants"]([_csv(tmp_path / "b.csv", lines)], tmp_path / "out")
    assert [row["blend"] for row in _rows(tmp_path / "out/blends.csv")] == ["R-1"]
    assert report[-1].endswith("R-2")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    source = _csv(tmp_path / "b.csv", [{"blend": "R-1", "component": "HFC-32"}])
    with pytest.raises(ImportSourceError, match=r"b\.csv: row 1 lacks the columns mass_pct"):
        IMPORTERS["refrigerants"]([source], tmp_path / "out")


@pytest.mark.parametrize("name", sorted(IMPORTERS))
def test_every_importer_refuses_no_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportSourceError, match="expected"):
        IMPORTERS[name]([], tmp_path)


def _fuel_line(label: str, gas: str, value: str, **more: str) -> Row:
    row = {"name": label, "category": "manufacturing_construction", "gas": gas, "value": value}
    rest = {"unit": "kg/TJ", "basis": "NCV", "lower": "1", "upper": "", "table": "T", "note": ""}
    return {**row, **rest, **more}


def test_ipcc_unused_figures_are_an_error(tmp_path: Path) -> None:
    stationary = _csv(tmp_path / "s.csv", [_fuel_line("Natural Gas", "CO2", "56100")])
    mobile = _csv(tmp_path / "m.csv", [_fuel_line("Rail diesel", "CO2", "74100")])
    line = {
        **_fuel_line("Natural Gas", "", "48.0", unit="TJ/Gg"),
        "property": "net calorific value",
    }
    properties = _csv(tmp_path / "p.csv", [line])
    sources = [stationary, mobile, properties, *4 * [properties]]
    with pytest.raises(ImportSourceError, match=r"m\.csv: no rows of"):
        IMPORTERS["ipcc-2006"](sources, tmp_path / "out")
    _csv(stationary, [_fuel_line("Moon gas", "CO2", "1")])
    with pytest.raises(ImportSourceError, match=r"s\.csv row 2: unknown label 'Moon gas'"):
        IMPORTERS["ipcc-2006"](sources, tmp_path / "out")
