"""Importers of IPCC volumes 3 and 5, national grids, materials, UK ETS, Chinese heat and steam.

Excerpts have the transcriptions' layout; their figures are made up for the test.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError, Row

if TYPE_CHECKING:
    from pathlib import Path

MEMORY = "from memory, unverified"


def write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- IPCC volumes 3 and 5 --------------------------------------------------------------------

SOURCE = "IPCC 2019 Refinement Vol 3 Ch 4"
BASE = {"lower": "", "upper": "", "source": SOURCE, "table": "Table 4.1", "note": ""}


def process(**more: str) -> Row:
    row = {"sector": "iron and steel", "name": "sinter", "gas": "CO2", "value": "0.3",
           "unit": "t CO2/t sinter", **BASE}  # fmt: skip
    return {**row, **more}


def electronics(**more: str) -> Row:
    row = {"sector": "semiconductor", "tier": "1", "process": "all", "gas": "CF4",
           "parameter": "EF", "value": "0.5", "unit": "kg/m2 substrate", **BASE}  # fmt: skip
    return {**row, **more}


def waste(**more: str) -> Row:
    row = {"topic": "wastewater", "name": "domestic septic tank", "parameter": "EF (BOD)",
           "value": "0.2", "unit": "kg CH4/kg BOD", **BASE}  # fmt: skip
    return {**row, **more}


def rate(**more: str) -> Row:
    row = {"equipment": "Chillers", "parameter": "annual operating emission", "value": "",
           "unit": "%/year", **BASE, "lower": "1", "upper": "9"}  # fmt: skip
    return {**row, **more}


def refinement(
    tmp_path: Path,
    *,
    processes: list[Row] | None = None,
    rates: list[Row] | None = None,
    wastes: list[Row] | None = None,
) -> Path:
    files = [
        write(tmp_path / "p.csv", processes or [process()]),
        write(
            tmp_path / "e.csv",
            [
                electronics(),
                electronics(gas="C5F8", value="0.001"),
                electronics(tier="2a", parameter="1-U", unit="kg/kg"),
            ],
        ),
        write(tmp_path / "w.csv", wastes or [waste(), waste(parameter="MCF", unit="fraction")]),
        write(tmp_path / "l.csv", rates or [rate()]),
    ]
    IMPORTERS["ipcc-2019"](files, tmp_path / "out")
    return tmp_path / "out"


def test_factors_parameters_and_rates_stand_apart(tmp_path: Path) -> None:
    lines = [
        process(),
        process(name="sinter", gas="CH4", value="0.07", unit="kg CH4/t sinter"),
        process(sector="carbon content", name="Coal", gas="C", unit="kg C/kg"),
        process(name="pellet", note=f"{MEMORY} (row not captured)"),
        process(name="hot metal", source="IPCC 2006 Vol 3 Ch 4"),
    ]
    out = refinement(tmp_path, processes=lines)
    (row,) = read(out / "process.csv")
    assert (row["id"], row["CO2 [t]"], row["CH4 [kg]"]) == ("process.sinter.t", "0.3", "0.07")
    assert row["locator"] == "Volume 3 Chapter 4 Table 4.1, sinter"
    first, second = read(out / "electronics.csv")
    assert (first["PFC-14 [kg]"], first["C5F8 [kg]"]) == ("0.5", "")
    assert second["item"] == "semiconductor_manufacturing_gases_without_gwp"
    (treated,) = read(out / "waste.csv")
    assert treated["technology"] == "septic_tank"
    names = {row["id"] for row in read(out / "parameters.csv")}
    assert names == {
        "process.carbon_content.coal.c",
        "electronics.semiconductor.2a.all.cf4.1_u",
        "waste.wastewater.domestic_septic_tank.mcf",
    }
    (leak,) = read(out / "leak_rates.csv")
    assert (leak["id"], leak["low"], leak["high"]) == ("chillers.annual", "1", "9")
    assert "value" not in leak


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([process(name="moon steel")], r"p\.csv row 2: unknown label"),
        ([process(unit="t CO2/(t sinter)/mV")], r"p\.csv row 2: unit"),
        ([process(gas="XY")], r"p\.csv row 2: unknown label 'XY'"),
        ([process(), process(value="0.4")], r"a second CO2 \[t\] of process\.sinter\.t"),
        ([process(source="IPCC 2006 Vol 3 Ch 4")], r"p\.csv: no rows of IPCC 2019"),
        ([process(value="about 1")], r"p\.csv row 2: expected a number"),
    ],
)
def test_process_errors(tmp_path: Path, lines: list[Row], message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        refinement(tmp_path, processes=lines)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (rate(equipment="Time machines"), "unknown label 'Time machines'"),
        (rate(unit="kg/year"), "unknown rate"),
        (rate(lower="", upper=""), "neither a value nor a range"),
    ],
)
def test_leak_rate_errors(tmp_path: Path, line: Row, message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        refinement(tmp_path, rates=[line])


def test_a_missing_column_and_a_missing_file(tmp_path: Path) -> None:
    bare = write(tmp_path / "p.csv", [{"sector": "x"}])
    with pytest.raises(ImportSourceError, match=r"p\.csv: row 1 lacks the columns"):
        IMPORTERS["ipcc-2019"]([bare] * 4, tmp_path / "out")
    with pytest.raises(ImportSourceError, match="expected process, electronics"):
        IMPORTERS["ipcc-2019"]([bare], tmp_path / "out")


# ---- national grids --------------------------------------------------------------------------


def korea(**more: str) -> Row:
    row = {
        "region_code": "KR", "region_name": "Korea", "year": "2021", "published": "2025",
        "gas": "CO2e", "value": "0.5", "unit": "tCO2e/MWh", "kind": "location",
        "source": "Ministry of Climate, Energy and Environment / GIR",
        "table": "전력배출계수 (소비단)", "note": "",
    }  # fmt: skip
    return {**row, **more}


def test_grids(tmp_path: Path) -> None:
    lines = [
        korea(year="2022", value="0.4"),
        korea(),
        korea(source="EPPO", note="left out"),
        korea(source="no such", note=MEMORY),
    ]
    report = IMPORTERS["national-grids"]([write(tmp_path / "g.csv", lines)], tmp_path / "out")
    assert report[0].startswith("gir-korea-2025")
    rows = read(tmp_path / "out/gir-korea/2025/electricity.csv")
    assert [(row["id"], row["CO2e [t]"]) for row in rows] == [
        ("kr.grid_average.2021", "0.5"),
        ("kr.grid_average.2022", "0.4"),
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"source": "Moon grid"}, r"g\.csv row 2: unknown source 'Moon grid'"),
        ({"table": "another table"}, r"g\.csv row 2: unknown source"),
        ({"gas": "CO2"}, r"g\.csv row 2: expected CO2 or CO2e per kWh"),
        ({"unit": "lb/MWh"}, r"g\.csv row 2: expected CO2 or CO2e per kWh"),
        ({"year": "FY21"}, r"g\.csv row 2: year 'FY21'"),
        ({"region_code": "Korea"}, r"g\.csv row 2: region 'Korea'"),
        ({"note": MEMORY}, "no row for gir-korea-2025"),
    ],
)
def test_grid_errors(tmp_path: Path, more: dict[str, str], message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["national-grids"]([write(tmp_path / "g.csv", [korea(**more)])], tmp_path / "out")


# ---- materials, UK ETS, Chinese heat and steam -------------------------------------------------


def metal(**more: str) -> Row:
    row = {
        "id": "nuss_eckelman2014:xx", "name": "Moonmetal (mix), cradle-to-gate", "value": "7",
        "unit": "kg CO2e/kg", "gas": "CO2e (IPCC GWP100)", "year": "2008", "source": "N&E",
        "table": "S38", "note": "2.5-97.5 % lognormal interval 5.5-9; more",
    }  # fmt: skip
    return {**row, **more}


def test_materials(tmp_path: Path) -> None:
    lines = [metal(), metal(id="ademe_test:1", unit="kgCO2e/unit")]
    IMPORTERS["materials"]([write(tmp_path / "m.csv", lines)], tmp_path / "out")
    (row,) = read(tmp_path / "out/nuss-eckelman/2014/materials.csv")
    assert (row["item"], row["CO2e low"], row["CO2e high"]) == ("moonmetal", "5.5", "9")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"id": "elsewhere:1"}, r"m\.csv row 2: unknown source 'elsewhere'"),
        ({"unit": "kg CO2e/m3"}, r"m\.csv row 2: unknown unit"),
        ({"gas": "CH4"}, r"m\.csv row 2: expected CO2e"),
        ({"id": "act2:quantum:1", "unit": "g CO2e/GB"}, "unknown label 'quantum'"),
    ],
)
def test_material_errors(tmp_path: Path, more: dict[str, str], message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["materials"]([write(tmp_path / "m.csv", [metal(**more)])], tmp_path / "out")


def ets(**more: str) -> Row:
    row = {
        "crt_category": "1A4ci Agriculture", "industry": "All", "fuel": "Fuel Oil [note 8]",
        "t_co2_per_tj_net": "77", "ncv": "40", "ncv_unit": "GJ/tonne", "oxidation_factor": "1",
    }  # fmt: skip
    return {**row, **more}


def test_uk_ets(tmp_path: Path) -> None:
    lines = [ets(), ets(fuel="OPG"), ets(fuel="Petrol", industry="All off-road machinery")]
    IMPORTERS["uk-ets"]([write(tmp_path / "u.csv", lines)], tmp_path / "out")
    (row,) = read(tmp_path / "out/stationary.csv")
    assert (row["fuel"], row["sector"]) == ("fuel_oil", "agriculture_forestry_fishing")
    assert [row["fuel"] for row in read(tmp_path / "out/mobile.csv")] == ["petrol"]
    with pytest.raises(ImportSourceError, match=r"u\.csv row 2: unknown label 'Moon oil'"):
        IMPORTERS["uk-ets"]([write(tmp_path / "u.csv", [ets(fuel="Moon oil")])], tmp_path / "out")


def heat(**more: str) -> Row:
    row = {"region_code": "CN", "region_name": "China", "gas": "CO2", "value": "0.2",
           "unit": "tCO2/GJ", "source": "GB/T 32150-2025 General rules"}  # fmt: skip
    return {**row, **more}


def test_chinese_heat(tmp_path: Path) -> None:
    lines = [heat(), heat(source="another")]
    IMPORTERS["gbt-32150"]([write(tmp_path / "h.csv", lines)], tmp_path / "out")
    (row,) = read(tmp_path / "out/heat.csv")
    assert row["CO2 [t]"] == "0.2"
    for rows, message in (([heat(unit="kg/GJ")], "expected CO2"), ([heat()] * 2, "expected 1")):
        with pytest.raises(ImportSourceError, match=message):
            IMPORTERS["gbt-32150"]([write(tmp_path / "h.csv", rows)], tmp_path / "out")


def gbt_fuels() -> list[Row]:
    """The 26 fuels of Table C.1 by their Chinese names, each with the same made-up figures."""
    from ghgcalc.factors.importers.gbt import _FUELS

    common = {"name_en": "x", "activity_unit": "t", "ncv_gj_per_unit": "20",
              "carbon_tc_per_tj": "25", "oxidation_pct": "94", "basis": "NCV",
              "source": "GB/T 32151.34-2024", "table": "Table C.1", "note": ""}  # fmt: skip
    return [{"name_zh": name, **common} for name in _FUELS]


def steam(pressure: str, **more: str) -> Row:
    row = {"pressure_mpa_abs": pressure, "temperature_c": "100", "enthalpy_kj_per_kg": "2600",
           "source": "GB/T 32151.34-2024", "table": "Table C.4"}  # fmt: skip
    return {**row, **more}


def test_saturated_steam(tmp_path: Path) -> None:
    shared = {"gas": "CO2", "source": "GB/T 32151.34-2024", "table": "Table C.2"}
    others = [
        {"name": "CaCO3", "value": "0.4", "unit": "t CO2/t carbonate", **shared},
        {"name": "heat", "value": "0.1", "unit": "t CO2/GJ", **shared},
    ]
    files = [write(tmp_path / "f.csv", gbt_fuels()), write(tmp_path / "o.csv", others)]

    hot = [steam("0.5", temperature_c="400", enthalpy_kj_per_kg="3217.8", table="Table C.5"),
           steam("0.01", temperature_c="550", enthalpy_kj_per_kg="3593.2", table="Table C.5"),
           steam("0.10", temperature_c="100", table="Table C.5"),
           steam("0.10", temperature_c="120", table="Table C.5"),
           steam("0.2", temperature_c="120", enthalpy_kj_per_kg="2599", table="Table C.5"),
    ]  # fmt: skip

    def read_in(*rows: Row, more: Row | None = None) -> None:
        other = write(tmp_path / "h.csv", [*hot, more] if more else hot)
        read = [*files, write(tmp_path / "s.csv", list(rows)), other]
        IMPORTERS["gbt-32151-34"](read, tmp_path / "out")

    read_in(steam("0.10"), steam("0.20"))
    first, _ = read(tmp_path / "out/steam_enthalpy.csv")
    assert (first["id"], first["value"], first["unit"]) == (
        "saturated_steam.0_10_mpa", "2600", "kJ/kg",
    )  # fmt: skip
    # water at its boiling point and the two points that contradict their neighbours are left out
    points = [row["id"] for row in read(tmp_path / "out/superheated_steam.csv")]
    assert points == ["superheated_steam.0_10_mpa.120_c", "superheated_steam.0_2_mpa.120_c"]
    with pytest.raises(ImportSourceError, match="at 120 °C do not fall"):
        read_in(steam("0.10"), steam("0.20"),
                more=steam("0.3", temperature_c="120", table="Table C.5"))  # fmt: skip
    with pytest.raises(ImportSourceError, match=r"h\.csv row 7: no saturated steam of 0\.15 MPa"):
        read_in(steam("0.10"), steam("0.20"), more=steam("0.15", table="Table C.5"))
    with pytest.raises(ImportSourceError, match=r"s\.csv row 3: pressure 0\.1 does not rise"):
        read_in(steam("0.20"), steam("0.1"))
    with pytest.raises(ImportSourceError, match=r"s\.csv row 2: expected GB/T 32151"):
        read_in(steam("0.20", source="another"))
