"""The committed packs: their form, and figures read by another route than the importers."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.fuels import FUELS
from support.companies import load_yaml

FACTORS = Path(__file__).parents[3] / "factors"
PACKS = sorted(FACTORS.glob("*/*/pack.yaml"))
PLAIN = {
    "id", "name", "category", "fuel", "item", "sector", "technology", "vehicle", "region", "year",
    "kind", "lifecycle", "basis", "per", "with", "locator", "note", "oxidation",
}  # fmt: skip
GAS = (
    r"(CO2|CO2_biogenic|CH4|N2O|C|CO2e|CO2e:CO2|CO2e:CH4|CO2e:N2O|CO2e:unspecified|SF6|NF3|PFPMIE|HFE-449s1|"
    r"[HP]FC-[\w-]+|C4F6|C4F8O|C5F8)"
)
GAS_HEADER = re.compile(rf"{GAS} \[(g|kg|t|lb)\]")
BOUND_HEADER = re.compile(rf"{GAS} (low|high)")
PER = re.compile(
    r"(\d+ )?(kWh|MWh|GJ|TJ|mmBtu|t|kg|L|gal_us|bbl|short_ton|Sm3|Nm3|scf|mi|km|m2|cm2|GB|Gg"
    r"|piece|m3|pkm|tkm|night|person hour|person·d|kL|10000 CNY|short_ton·mi|person·mi|USD)"
)
COLUMNS = {
    "fuel_properties": {
        "id", "fuel", "property", "value", "unit", "region", "low", "high", "locator", "note",
    },
    "gwp": {"gas", "name", "formula", "gwp", "group", "locator", "note"},
    "blends": {"blend", "component", "mass_percent", "locator", "note"},
    "losses": {"id", "name", "region", "value", "locator"},
    "exchange_rates": {"id", "currency", "year", "value", "unit", "locator", "note"},
    "price_indices": {"id", "name", "region", "year", "value", "locator"},
    "leak_rates": {
        "id", "name", "equipment", "phase", "low", "high", "value", "unit", "locator", "note",
    },
    "parameters": {"id", "name", "low", "high", "value", "unit", "locator", "note"},
    "item_names": {"item", "also", "name", "locator"},
    "steam_enthalpy": {"id", "pressure_mpa", "temperature_c", "value", "unit", "locator", "note"},
}  # fmt: skip
GROUPS = {"CO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3", "montreal", "other"}
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@cache
def _pack(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = load_yaml(path)
    return data


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _tables() -> list[Any]:
    made = []
    for path in PACKS:
        pack = _pack(path)
        for table in pack["tables"]:
            name = f"{pack['pack']}/{table['file']}"
            made.append(pytest.param(pack, table, path.parent / table["file"], id=name))
    return made


TABLES = _tables()


def _numeric(key: str) -> bool:
    single = {"value", "low", "high", "gwp", "mass_percent"}
    return key in single or bool(GAS_HEADER.fullmatch(key) or BOUND_HEADER.fullmatch(key))


def test_there_are_all_packs() -> None:
    assert [_pack(path)["pack"] for path in PACKS] == [
        "act-2", "cea-india-v21", "cornerstone-2026", "cpcd-2025", "dcc-vietnam-2025",
        "desnz-2019", "desnz-2020", "desnz-2021",
        "desnz-2022", "desnz-2023", "desnz-2024", "desnz-2025", "desnz-2026",
        "dffe-south-africa-2025", "eea-2021", "eea-2023", "eea-2024", "egrid-2018", "egrid-2019",
        "egrid-2020", "egrid-2021", "egrid-2022", "egrid-2023", "ema-singapore-2018",
        "ema-singapore-2025", "epa-hub-2024", "epa-hub-2025", "epa-import-2019",
        "epa-supply-chain-v1.3",
        "etkb-turkiye-2022", "eurostat-derived-2023", "fx-fed-2025", "gbt-32150-2025",
        "gbt-32151-34-2024", "gir-korea-2025", "gwp-ar4", "gwp-ar5", "gwp-ar6", "gwp-sar",
        "iai-2024", "ipcc-2006", "ipcc-2019", "ispra-italy-2026", "mase-italy-2026",
        "mcti-brazil-2026", "mee-china-2021", "mee-china-2022", "mee-china-2023",
        "mee-footprint-2023", "mee-footprint-2024", "mfe-new-zealand-2026", "moe-japan-2026",
        "moe-japan-2026-06", "moe-japan-fuels-2025", "moe-japan-scope3-v3.6", "moea-taiwan-2024",
        "moea-taiwan-2026", "nga-australia-2024", "nga-australia-2025", "nga-australia-2026",
        "nuss-eckelman-2014", "price-index-worldbank-2024", "refrigerants-ashrae-34-2019",
        "semarnat-mexico-2025", "st-malaysia-2024", "st-malaysia-2025", "tgo-thailand-2025",
        "tgo-thailand-2026", "uba-2025", "uk-ets-2025", "unsd-2009", "worldsteel-2025",
    ]  # fmt: skip


@pytest.mark.parametrize("path", PACKS, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_pack_head(path: Path) -> None:
    pack = _pack(path)
    assert re.fullmatch(r"[a-z0-9.-]+", pack["pack"])
    assert pack["year_rule"] in {"edition", "data_year", "any"}
    tables = [table for table in pack["tables"] if table["holds"] == "factors"]
    files = [path.parent / table["file"] for table in tables]
    dated = "year" in pack or any(row.get("year") for file in files for row in _rows(file))
    assert (pack["year_rule"] == "any") == (not dated)
    assert isinstance(pack["edition"], str)
    assert isinstance(pack["version"], str)
    assert {path.parent / table["file"] for table in pack["tables"]} == set(
        path.parent.glob("*.csv")
    )


@pytest.mark.parametrize(("pack", "table", "path"), TABLES)
def test_evidence_is_honest(pack: dict[str, Any], table: dict[str, Any], path: Path) -> None:
    evidence = table.get("evidence", pack["evidence"])
    if evidence["class"] == "publisher_file":
        assert re.fullmatch(r"[0-9a-f]{64}", evidence["sha256"])
        sheet = f"{evidence['sheet']}!" if "sheet" in evidence else ""
        assert all(row["locator"].startswith(sheet) for row in _rows(path))
    elif evidence["class"] == "publisher_pdf":
        assert re.fullmatch(r"[0-9a-f]{64}", evidence["sha256"])
        pages = {f"p. {page}, " for page in evidence["page"].split(", ")}
        assert all(any(row["locator"].startswith(page) for page in pages) for row in _rows(path))
    else:
        assert evidence["class"] in {"transcription", "derived"}
        assert evidence["grade"] in {"A", "B", "C"}
        assert evidence["table"]
        assert evidence["via"]


@pytest.mark.parametrize(("pack", "table", "path"), TABLES)
def test_table_form(pack: dict[str, Any], table: dict[str, Any], path: Path) -> None:
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = _rows(path)
    assert rows
    columns = set(rows[0])
    assert not columns & set(table.get("constants", {}))
    if table["holds"] == "factors":
        rest = columns - PLAIN
        assert all(GAS_HEADER.fullmatch(key) or BOUND_HEADER.fullmatch(key) for key in rest)
        gases = [key.split(" ")[0] for key in rest if GAS_HEADER.fullmatch(key)]
        assert len(gases) == len(set(gases))
    else:
        assert columns <= COLUMNS[table["holds"]]
    for row in rows:
        assert None not in row
        assert None not in row.values()
        assert row["locator"].strip()
        assert all(NUMBER.fullmatch(row[key]) for key in row if _numeric(key) and row[key])
    assert pack["tables"].count(table) == 1


@pytest.mark.parametrize(
    ("pack", "table", "path"),
    [entry for entry in TABLES if entry.values[1]["holds"] in {"factors", "fuel_properties"}],
)
def test_factor_rows(pack: dict[str, Any], table: dict[str, Any], path: Path) -> None:
    files = [path.parent / one["file"] for one in pack["tables"]]
    ids = {row.get("id") for file in files for row in _rows(file)}
    for bare in _rows(path):
        row = {**table.get("constants", {}), **bare}
        if row.get("fuel"):
            assert row["fuel"] in FUELS, row["id"]
        if table["holds"] == "fuel_properties":
            continue
        assert set(row["category"].split("|")) <= set(CATEGORIES), row["id"]
        assert PER.fullmatch(row["per"]), row["id"]
        assert any(row[key] for key in row if GAS_HEADER.fullmatch(key)), row["id"]
        assert not row.get("with") or row["with"] in ids, row["id"]
        energy = row["per"].split()[-1] in {"kWh", "MWh", "GJ", "TJ", "mmBtu"}
        if row.get("fuel"):
            assert row.get("basis", "") in ({"net", "gross"} if energy else {""}), row["id"]
            fossil_only = FUELS[row["fuel"]].biogenic and row.get("CO2 [kg]")
            assert not fossil_only, row["id"]


@pytest.mark.parametrize("path", PACKS, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_ids_are_unique_in_the_pack(path: Path) -> None:
    ids: list[str] = []
    for table in _pack(path)["tables"]:
        rows = _rows(path.parent / table["file"])
        if "id" in rows[0]:
            ids += [row["id"] for row in rows]
        elif table["holds"] == "gwp":
            ids += [row["gas"] for row in rows]
            assert {row["group"] for row in rows} <= GROUPS
        elif table["holds"] == "item_names":
            ids += [row["also"] for row in rows]
        else:
            ids += [f"{row['blend']} {row['component']}" for row in rows]
    assert len(ids) == len(set(ids))
    assert all(
        re.fullmatch(r"[a-z0-9_.-]+", name) for name in ids if "." in name and "R-" not in name
    )


def test_nothing_remembered_and_no_foreign_paths() -> None:
    for path in FACTORS.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8").lower()
            assert "memory" not in text, path
            assert "github" not in text, path
            assert not re.search(r"(?:^|[\s'\"])/[a-z]+/", text), path


def test_blends_sum_to_one_hundred() -> None:
    sums: dict[str, Decimal] = {}
    for row in _rows(FACTORS / "refrigerants/ashrae-34-2019/blends.csv"):
        sums[row["blend"]] = sums.get(row["blend"], Decimal(0)) + Decimal(row["mass_percent"])
    assert set(sums.values()) == {Decimal(100)}


def test_fuel_names_are_unambiguous() -> None:
    names = [name for fuel in FUELS.values() for name in (fuel.id, *fuel.aliases)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", fuel_id) for fuel_id in FUELS)


def test_every_fuel_is_used_by_a_pack() -> None:
    used = {
        row.get("fuel") for path in PACKS for one in path.parent.glob("*.csv") for row in _rows(one)
    }
    assert set(FUELS) == used - {None, ""}


def test_printed_parts_sum_to_the_printed_total() -> None:
    for edition in ("2024", "2025", "2026"):
        for row in _rows(FACTORS / f"desnz/{edition}/fuels.csv"):
            parts = [Decimal(row[f"CO2e:{gas} [kg]"]) for gas in ("CO2", "CH4", "N2O")]
            assert abs(Decimal(row["CO2e [kg]"]) - sum(parts)) <= Decimal("0.00002"), row["id"]


FLAT = "UK flat file, sheet Factors by Category"
SPOT = [  # pack folder/table, id or gas or blend, column, value, where it was read by hand
    ("desnz/2023/fuels", "natural_gas.sm3", "CO2e [kg]", "2.038390310067114", f"2023 {FLAT} J75"),
    ("desnz/2023/fuels", "diesel.l", "CO2e:CO2 [kg]", "2.626", f"2023 {FLAT} J204"),
    (
        "desnz/2023/fuels",
        "petrol_average_biofuel_blend.l",
        "CO2e [kg]",
        "2.097473127516779",
        f"2023 {FLAT} J283",
    ),
    (
        "desnz/2023/fuels",
        "petrol_average_biofuel_blend.l",
        "CO2_biogenic [kg]",
        "0.12",
        f"2023 {FLAT} J7991",
    ),
    ("desnz/2023/fuels", "butane.t", "CO2e:CH4 [kg]", "2.5200000000000005", f"2023 {FLAT} J9"),
    ("desnz/2023/bioenergy", "wood_pellets.t", "CO2e [kg]", "51.56192", f"2023 {FLAT} J522"),
    ("desnz/2023/electricity", "uk.kwh", "CO2e [kg]", "0.20707428859060403", f"2023 {FLAT} J2850"),
    (
        "desnz/2023/t_and_d",
        "losses.electricity.kwh",
        "CO2e [kg]",
        "0.017915111409395973",
        f"2023 {FLAT} J3411",
    ),
    ("desnz/2023/fuel_properties", "diesel.density", "value", "829.876", "2023 Fuel properties"),
    ("desnz/2024/fuels", "natural_gas.sm3", "CO2e [kg]", "2.04542", f"2024 {FLAT} J75"),
    ("desnz/2024/fuels", "diesel.l", "CO2e:CO2 [kg]", "2.62818", f"2024 {FLAT} J204"),
    ("desnz/2024/fuels", "coal_industrial.kwh_gross", "CO2e [kg]", "0.32302", f"2024 {FLAT} J415"),
    ("desnz/2024/bioenergy", "wood_pellets.t", "CO2e [kg]", "54.33654", f"2024 {FLAT} J522"),
    ("desnz/2024/electricity", "uk.kwh", "CO2e [kg]", "0.20705", f"2024 {FLAT} J3066"),
    ("desnz/2025/fuels", "natural_gas.sm3", "CO2e [kg]", "2.06672", f"2025 {FLAT} J75"),
    (
        "desnz/2025/fuels",
        "natural_gas.kwh_gross",
        "CO2e [kg]",
        "0.18296",
        f"2025 {FLAT} 1_100_1004_6_1",
    ),
    ("desnz/2025/fuels", "coal_industrial.kwh_gross", "CO2e [kg]", "0.32246", f"2025 {FLAT} J415"),
    (
        "desnz/2025/biofuels",
        "biodiesel_tallow.l",
        "CO2_biogenic [kg]",
        "2.39",
        f"2025 {FLAT} J8707",
    ),
    ("desnz/2025/electricity", "uk.kwh", "CO2e [kg]", "0.177", f"2025 {FLAT} J3066"),
    (
        "desnz/2025/heat",
        "heat_and_steam.district.kwh",
        "CO2e:N2O [kg]",
        "0.00052",
        f"2025 {FLAT} J3457",
    ),
    ("desnz/2025/t_and_d", "losses.electricity.kwh", "CO2e [kg]", "0.01853", f"2025 {FLAT} J3627"),
    (
        "desnz/2025/fuel_properties",
        "diesel.net_calorific_value",
        "value",
        "43.027",
        "2025 Fuel properties",
    ),
    ("desnz/2026/electricity", "uk.kwh", "CO2e [kg]", "0.13096", "2026 ID 7_400_4000_5_1"),
    ("desnz/2026/fuels", "butane.l", "CO2e [kg]", "1.74533", "2026 ID 1_100_1000_8_1"),
    ("epa-hub/2025/stationary", "stationary.natural_gas.mmbtu", "CO2 [kg]", "53.06", "hub E38"),
    ("epa-hub/2025/stationary", "stationary.natural_gas.scf", "CO2 [kg]", "0.05444", "hub H38"),
    (
        "epa-hub/2025/stationary",
        "stationary.bituminous_coal.short_ton",
        "CO2 [kg]",
        "2325",
        "hub H18",
    ),
    ("epa-hub/2025/stationary", "stationary.wood.mmbtu", "CO2_biogenic [kg]", "93.8", "hub E35"),
    (
        "epa-hub/2025/stationary",
        "stationary.blast_furnace_gas.scf",
        "CH4 [g]",
        "0.000002",
        "hub I40",
    ),
    (
        "epa-hub/2025/fuel_properties",
        "natural_gas.gross_calorific_value",
        "value",
        "0.001026",
        "D38",
    ),
    ("epa-hub/2025/mobile_co2", "mobile.diesel.gal_us", "CO2 [kg]", "10.21", "hub D107"),
    (
        "epa-hub/2025/mobile_on_road",
        "mobile.petrol.light_duty_trucks.model_year_1975.mi",
        "CH4 [g]",
        "0.1634",
        "hub E166",
    ),
    (
        "epa-hub/2025/mobile_on_road",
        "mobile.petrol.heavy_duty_vehicles.model_year_1980_or_earlier.mi",
        "N2O [g]",
        "0.0497",
        "hub F206",
    ),
    (
        "epa-hub/2025/mobile_non_road",
        "mobile.jet_kerosene.aircraft.gal_us",
        "CH4 [g]",
        "0",
        "hub E295",
    ),
    (
        "epa-hub/2025/electricity",
        "electricity.us_erct.grid_average",
        "CO2 [lb]",
        "738.038",
        "hub E343",
    ),
    (
        "epa-hub/2025/electricity",
        "electricity.us_rfce.nonbaseload",
        "CO2 [lb]",
        "1175.499",
        "hub H355",
    ),
    ("epa-hub/2025/electricity", "electricity.us.grid_average", "CO2 [lb]", "771.523", "hub E366"),
    ("epa-hub/2025/heat", "steam_and_heat.mmbtu", "CO2 [kg]", "66.33", "hub D410"),
    (
        "ipcc/2006/stationary",
        "stationary.natural_gas.manufacturing",
        "CO2 [kg]",
        "56100",
        "Table 2.3",
    ),
    ("ipcc/2006/stationary", "stationary.natural_gas.residential", "CH4 [kg]", "5", "Table 2.5"),
    (
        "ipcc/2006/stationary",
        "stationary.natural_gas.manufacturing",
        "CO2 high",
        "58300",
        "Table 2.3",
    ),
    (
        "ipcc/2006/stationary",
        "stationary.coal_tar.commercial",
        "CH4 low",
        "30",
        "Table 2.4, misprint",
    ),
    (
        "ipcc/2006/stationary",
        "stationary.wood.residential",
        "CO2_biogenic [kg]",
        "112000",
        "Table 2.5",
    ),
    ("ipcc/2006/process", "process.nitric_acid.high_pressure.t", "N2O high", "12.6", "Table 3.3"),
    ("ipcc/2006/process", "process.primary_aluminium_pfc.cwpb.t", "PFC-14 [kg]", "0.4", "T4.15"),
    ("ipcc/2006/process", "process.silicon_carbide.t", "CH4 [kg]", "11.6", "Table 3.7"),
    ("ipcc/2006/glass", "process.glass.tableware.kg", "CO2 [kg]", "0.1", "Table 2.6"),
    (
        "ipcc/2006/electronics",
        "electronics.semiconductor_manufacturing.m2",
        "SF6 [kg]",
        "0.2",
        "Table 6.2",
    ),
    ("ipcc/2006/leak_rates", "chillers.annual", "high", "15", "Table 7.9"),
    ("ipcc/2006/leak_rates", "sf6_closed_pressure_us.annual", "value", "0.14", "Table 8.3"),
    ("ipcc/2019/process", "process.steel.electric_arc_furnace.t", "CO2 [t]", "0.18", "Table 4.1"),
    ("ipcc/2019/leak_rates", "mobile_air_conditioning_maritime.annual", "low", "20", "Table 7.9"),
    ("eea/2024/electricity", "pl.grid_average.2024", "CO2e [g]", "566", "export, PL"),
    ("eea/2023/electricity", "pl.grid_average.2023", "CO2e [g]", "614", "2023 edition, PL"),
    ("cea-india/v21/electricity", "in.grid_average.2024", "CO2 [t]", "0.7117", "version 21"),
    (
        "gbt-32151-34/2024/steam_enthalpy",
        "saturated_steam.1_00_mpa",
        "value",
        "2777.0",
        "Table C.4, 1 MPa and 179.88 degC",
    ),
    ("nuss-eckelman/2014/materials", "gold.kg", "CO2e high", "15400", "Table S38"),
    ("ipcc/2006/mobile", "mobile.road.diesel", "N2O [kg]", "3.9", "Table 3.2.2"),
    ("ipcc/2006/mobile", "mobile.off_road.diesel.industry", "CH4 [kg]", "4.15", "Table 3.3.1"),
    ("ipcc/2006/fuel_properties", "natural_gas.net_calorific_value", "value", "48.0", "Table 1.2"),
    ("ipcc/2006/fuel_properties", "diesel.carbon_content", "high", "20.4", "Table 1.3"),
    ("mee-china/2021/electricity", "cn.grid_average", "CO2 [kg]", "0.5568", "2024 No. 12"),
    ("mee-china/2022/electricity", "cn-js.grid_average", "CO2 [kg]", "0.5978", "2024-12-20"),
    ("mee-china/2023/electricity", "cn-js.grid_average", "CO2 [kg]", "0.5827", "2025 No. 47"),
    ("mee-china/2023/electricity", "cn-east.grid_average", "CO2 [kg]", "0.55", "2025 No. 47"),
    ("mee-china/2023/electricity", "cn.residual_mix", "CO2 [kg]", "0.6096", "2025 No. 47"),
    ("gbt-32151-34/2024/fuels", "diesel.tj", "C [t]", "20.2", "Table C.1"),
    ("gbt-32151-34/2024/fuels", "natural_gas.tj", "oxidation", "99%", "Table C.1"),
    (
        "gbt-32151-34/2024/fuel_properties",
        "natural_gas.net_calorific_value",
        "value",
        "389.31",
        "C.1",
    ),
    ("gbt-32151-34/2024/carbonates", "carbonate.caco3", "CO2 [t]", "0.44", "Table C.2"),
    ("gbt-32151-34/2024/heat", "heat.gj", "CO2 [t]", "0.11", "Table C.3"),
    ("gwp/ar4/gwp", "CH4", "gwp", "25", "AR4 Table 2.14"),
    ("gwp/ar5/gwp", "N2O", "gwp", "265", "AR5 Table 8.A.1"),
    ("gwp/ar6/gwp", "SF6", "gwp", "24300", "AR6 7.SM.7, decided"),
    ("gwp/ar6/gwp", "CH4_non_fossil", "gwp", "27.0", "AR6 Table 7.15"),
    ("gwp/ar6/gwp", "HFC-134a", "gwp", "1530", "AR6 7.SM.7"),
]


@pytest.mark.parametrize(
    ("table", "row_id", "column", "value"), [spot[:4] for spot in SPOT], ids=lambda text: str(text)
)
def test_spot_values(table: str, row_id: str, column: str, value: str) -> None:
    rows = _rows(FACTORS / f"{table}.csv")
    found = [row for row in rows if row_id in (row.get("id"), row.get("gas"))]
    assert len(found) == 1
    assert found[0][column] == value


def test_ar6_offers_no_plain_methane() -> None:
    gases = {row["gas"] for row in _rows(FACTORS / "gwp/ar6/gwp.csv")}
    assert "CH4" not in gases
    assert {"CH4_fossil", "CH4_non_fossil"} <= gases


def test_blend_404a() -> None:
    rows = _rows(FACTORS / "refrigerants/ashrae-34-2019/blends.csv")
    parts = {row["component"]: row["mass_percent"] for row in rows if row["blend"] == "R-404A"}
    assert parts == {"HFC-125": "44", "HFC-143a": "52", "HFC-134a": "4"}
