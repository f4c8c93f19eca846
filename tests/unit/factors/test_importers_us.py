"""Importers of US and financial sources, on small files in the publishers' layout."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _twice(name: str, files: list[Path], folder: Path) -> Path:
    for part in ("pack", "again"):
        IMPORTERS[name](files, folder / part)
    assert _bytes(folder / "pack") == _bytes(folder / "again")
    return folder / "pack"


def _write(path: Path, lines: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


# ---- eGRID ----------------------------------------------------------------------------------


def _region(name: str, co2: float, co2e: float | None, loss: str = "4.2%") -> dict[str, Any]:
    rates: dict[str, Any] = {"co2EmissionRate": {"value": co2, "units": "lb/MWh"}}
    if co2e is not None:
        rates["co2eEmissionRate"] = {"value": co2e, "units": "lb/MWh"}
    shown = {"display": loss, "value": round(float(loss.rstrip("%")) / 100, 5)}
    properties = {"name": name, "fullName": f"{name} All", "emissionFactor": rates}
    return {"type": "Feature", "properties": {**properties, "gridLoss": shown}}


def _profiler(path: Path, *regions: dict[str, Any], year: int | None = None) -> Path:
    outline = {"type": "Feature", "properties": {"NAME": "Maine", "STATE": "23"}}
    for region in regions:
        region["properties"] |= {"dataYear": year} if year else {}
    path.write_text(json.dumps({"features": [outline, *regions]}), "utf-8")
    return path


def _gases(path: Path, ch4: str = "0.043", unit: str = "lb/MWh", note: str = "") -> Path:
    head = [
        "region_code", "year", "published", "gas", "value", "unit", "kind", "source",
        "retrieved_from", "note",
    ]  # fmt: skip
    start, end = ["ERCT", "2023", "2025-06"], ["location", "US EPA eGRID2023 rev2", "a copy", note]
    lines = [[*start, "CH4", ch4, unit, *end], [*start, "N2O", "0.006", unit, *end]]
    return _write(path, [head, *lines])


def test_egrid_of_co2_alone(tmp_path: Path) -> None:
    source = _profiler(
        tmp_path / "subregion_eGRID2018_2084836.json",
        _region("ERCT", 931.7, None, "4.87%"),
        _region("National", 947.2, None),
    )
    folder = _twice("egrid", [source], tmp_path)
    rows = {row["region"]: row for row in _rows(folder / "electricity.csv")}
    assert rows["US-ERCT"]["CO2 [lb]"] == "931.7"
    assert rows["US"]["locator"] == "National: emissionFactor.co2EmissionRate.value"
    losses = {row["region"]: row["value"] for row in _rows(folder / "losses.csv")}
    assert losses == {"US": "4.2", "US-ERCT": "4.87"}
    pack = yaml.safe_load((folder / "pack.yaml").read_text("utf-8"))
    assert (pack["pack"], pack["year_rule"], pack["year"]) == ("egrid-2018", "data_year", 2018)
    assert pack["evidence"]["via"].endswith("commit 2084836")
    assert any(note.startswith("CO2 only") for note in pack["notes"])


def test_egrid_with_transcribed_gases(tmp_path: Path) -> None:
    regions = (_region("ERCT", 733.862, 736.629), _region("National", 767.209, 770.884))
    source = _profiler(tmp_path / "subregion_eGRID2023_rev2_9463d66.json", *regions, year=2023)
    folder = _twice("egrid", [source, _gases(tmp_path / "gases.csv")], tmp_path)
    rows = {row["region"]: row for row in _rows(folder / "electricity.csv")}
    (other,) = _rows(folder / "electricity_other_gases.csv")
    assert rows["US-ERCT"]["with"] == other["id"] == "ch4_and_n2o.us_erct"
    assert (other["CH4 [lb]"], other["N2O [lb]"]) == ("0.043", "0.006")
    assert rows["US"]["with"] == ""
    assert rows["US"]["note"].startswith("CO2 only")
    pack = yaml.safe_load((folder / "pack.yaml").read_text("utf-8"))
    evidence = [table.get("evidence", {}).get("class") for table in pack["tables"]]
    assert evidence == [None, "transcription", None]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ch4": "0.053"}, r"US-ERCT: the gases give 736\.936 lb CO2e, EPA prints 736\.629"),
        ({"unit": "kg/MWh"}, r"gases\.csv: ERCT is in 'kg/MWh'"),
        ({"note": "from memory, unverified"}, r"no CH4 or N2O of eGRID2023 rev2"),
    ],
)
def test_egrid_gases_that_do_not_fit(tmp_path: Path, change: dict[str, str], message: str) -> None:
    regions = (_region("ERCT", 733.862, 736.629), _region("National", 767.209, 770.884))
    source = _profiler(tmp_path / "subregion_eGRID2023.json", *regions)
    files = [source, _gases(tmp_path / "gases.csv", **change)]
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["egrid"](files, tmp_path / "pack")


def _reading(path: Path, **change: str) -> Path:
    """A reading of EPA's metric workbook: 733.862, 0.043 and 0.006 lb are these kilograms."""
    kilograms = {"co2": "332.8798032", "ch4": "0.0195048", "n2o": "0.0027216"} | change
    title = f"eGRID{change.get('year', '2023')}, metric edition. SHA-256 {'ab' * 32}."
    path.write_text(
        f'{{"source": {{"title": "{title}"}}, "factors": [{{"id": "egrid/subregion/erct/mwh",'
        f' "unit": "{change.get("unit", "MegawattHour")}", "components": {{'
        f' "CarbonDioxide": {kilograms["co2"]}, "MethaneFossil": {kilograms["ch4"]},'
        f' "NitrousOxide": {kilograms["n2o"]}}}}}]}}',
        "utf-8",
    )
    return path


def _twice_read(tmp_path: Path, **change: str) -> list[Path]:
    regions = (_region("ERCT", 733.862, 736.629), _region("National", 767.209, 770.884))
    source = _profiler(tmp_path / "subregion_eGRID2023.json", *regions)
    return [source, _gases(tmp_path / "gases.csv"), _reading(tmp_path / "r.json", **change)]


def test_egrid_gases_that_a_second_reading_confirms_are_grade_a(tmp_path: Path) -> None:
    folder = _twice("egrid", _twice_read(tmp_path), tmp_path)
    pack = yaml.safe_load((folder / "pack.yaml").read_text("utf-8"))
    assert (pack["version"], pack["supersedes"]) == ("1.1", "egrid-2023@1.0")
    assert pack["tables"][1]["evidence"]["grade"] == "A"
    assert "ab" * 32 in pack["tables"][1]["evidence"]["via"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ch4": "0.0195049"}, "US-ERCT: MethaneFossil is 0.0195049 kg"),
        ({"co2": "332.8797"}, "US-ERCT: CarbonDioxide is 332.8797 kg"),
        ({"year": "2022"}, "expected eGRID2023, metric edition"),
        ({"unit": "kWh"}, "expected kg of three gases per MWh"),
    ],
)
def test_egrid_gases_that_the_second_reading_contradicts(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["egrid"](_twice_read(tmp_path, **change), tmp_path / "pack")


def test_egrid_takes_a_second_reading_beside_a_transcription_alone(tmp_path: Path) -> None:
    source, _, reading = _twice_read(tmp_path)
    with pytest.raises(ImportSourceError, match="beside a CSV the second reading"):
        IMPORTERS["egrid"]([source, reading], tmp_path / "pack")


ERCT, NATION = ("ERCT", 733.862, 736.629), ("National", 767.209, 770.884)


@pytest.mark.parametrize(
    ("name", "regions", "year", "message"),
    [
        ("eGRID2023", [("ERCT", 738.038, 731.0), NATION], 2023, "US-ERCT: CO2e 731.0 below CO2"),
        ("subregion", [ERCT, NATION], None, "no data year"),
        ("eGRID2022", [ERCT, NATION], 2023, "data years 2022, 2023"),
        ("eGRID2023", [ERCT], 2023, "no national rate"),
        ("eGRID2023", [ERCT, ERCT, NATION], 2023, "ERCT stands there twice"),
        ("eGRID2023", [("Texas", 1.0, 2.0), NATION], 2023, "unknown subregion 'Texas'"),
        ("eGRID2023", [(*ERCT, "n/a"), NATION], 2023, "gridLoss shows 'n/a'"),
    ],
)
def test_egrid_says_where_the_file_is_wrong(
    tmp_path: Path, name: str, regions: list[tuple[Any, ...]], year: int | None, message: str
) -> None:
    made = []
    for region in regions:
        one = _region(*region[:3])
        if len(region) > 3:
            one["properties"]["gridLoss"]["display"] = region[3]
        made.append(one)
    source = _profiler(tmp_path / f"{name}.json", *made, year=year)
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["egrid"]([source], tmp_path / "pack")


def test_egrid_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "eGRID2023.json").write_text("[]", "utf-8")
    with pytest.raises(ImportSourceError, match="not the Power Profiler's file"):
        IMPORTERS["egrid"]([tmp_path / "eGRID2023.json"], tmp_path / "pack")


# ---- spend ----------------------------------------------------------------------------------

SPEND = [
    "2017 NAICS Code", "2017 NAICS Title", "GHG", "Unit",
    "Supply Chain Emission Factors without Margins", "Margins of Supply Chain Emission Factors",
    "Supply Chain Emission Factors with Margins", "Reference USEEIO Code",
]  # fmt: skip
GASES = (
    "Carbon dioxide", "Methane", "Nitrous oxide", "HFC-23", "HFC-32", "HFC-125", "HFC-134a",
    "HFC-143a", "HFC-236fa", "Carbon tetrafluoride", "Hexafluoroethane", "Perfluoropropane",
    "Perfluorocyclobutane", "Perfluorobutane", "Perfluorohexane", "Sulfur hexafluoride",
    "Nitrogen trifluoride",
)  # fmt: skip
UNIT = "2022 USD, purchaser price"


def _spend(folder: Path, change: dict[str, str] | None = None) -> list[Path]:
    change = change or {}
    start, end = ["111110", "Soybean Farming"], ["1111A0"]
    total = [*start, "All GHGs", f"kg CO2e/{UNIT}", "0.488", "0.044", "0.532", *end]
    masses = [
        [*start, change.get(gas, gas), f"kg/{UNIT}", "1.00e-03", "4.00e-05", "1.04e-03", *end]
        for gas in GASES
        if change.get(gas) != ""
    ]
    group = "HFCs and PFCs, unspecified"
    unit = change.get("unit", f"kg CO2e/{UNIT}")
    masses.append([*start, group, unit, "3.58e-04", "4.86e-04", "8.44e-04", *end])
    name = "SupplyChainGHGEmissionFactors_v1.3.0_NAICS"
    return [
        _write(folder / f"{name}_CO2e_USD{change.get('year', '2022')}.csv", [SPEND, total]),
        _write(folder / f"{name}_byGHG_USD2022.csv", [SPEND, *masses]),
    ]


def test_spend(tmp_path: Path) -> None:
    folder = _twice("epa-supply-chain", _spend(tmp_path), tmp_path)
    rows = {row["technology"]: row for row in _rows(folder / "spend.csv")}
    assert set(rows) == {"without_margins", "margins_only", "with_margins"}
    row = rows["with_margins"]
    assert (row["id"], row["name"]) == ("naics_111110.with_margins.usd", "Soybean Farming")
    assert (row["CO2e [kg]"], row["PFC-14 [kg]"]) == ("0.532", "0.00104")
    assert row["note"] == "with 0.000844 kg CO2e of HFCs and PFCs, unspecified"
    assert row["locator"] == "CO2e line 2, byGHG lines 2-19"
    pack = yaml.safe_load((folder / "pack.yaml").read_text("utf-8"))
    assert (pack["pack"], pack["gwp_set"], pack["year"]) == ("epa-supply-chain-v1.3", "AR5", 2022)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Methane": "Swamp gas"}, "byGHG_USD2022.csv line 3: unknown label 'Swamp gas'"),
        ({"Methane": ""}, "111110 has 17 gases, not 18"),
        ({"Methane": "Carbon dioxide"}, "Carbon dioxide of 111110 stands there twice"),
        ({"unit": "kg/2022 USD"}, "line 19: expected 'kg CO2e/2022 USD, purchaser price'"),
        ({"year": "2021"}, "are of different versions"),
    ],
)
def test_spend_says_where_the_file_is_wrong(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["epa-supply-chain"](_spend(tmp_path, change), tmp_path / "pack")


# ---- exchange rates and prices --------------------------------------------------------------


def _rates(folder: Path, annual: list[list[str]], months: int = 12) -> list[Path]:
    head = ["Date", "Country", "Exchange rate"]
    sterling = [
        [f"2023-{month:02}-01", "United Kingdom", "0.80" if month < 7 else "0.81"]
        for month in range(1, months + 1)
    ]
    sterling += [["2024-01-01", "United Kingdom", "0.7"], ["2023-01-01", "Austria", "13.7"]]
    return [
        _write(folder / "rates_annual.csv", [head, *annual]),
        _write(folder / "rates_monthly.csv", [head, *sterling]),
    ]


def test_exchange_rates(tmp_path: Path) -> None:
    annual = [
        ["1999-01-01", "Euro", "0.9"], ["2023-01-01", "Euro", "0.9248"],
        ["2023-01-01", "Venezuela", "28.6"],
    ]  # fmt: skip
    folder = _twice("fx-fed", _rates(tmp_path, annual), tmp_path)
    (euro,) = _rows(folder / "annual.csv")
    assert (euro["id"], euro["value"], euro["unit"]) == ("eur_per_usd.2023", "0.9248", "EUR/USD")
    (pound,) = _rows(folder / "sterling.csv")  # 2024 has one month only
    assert (pound["value"], pound["locator"]) == ("0.8050", "lines 2-13")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["2023-01-01", "Atlantis", "1"], "annual.csv line 2: unknown label 'Atlantis'"),
        (["2023-02-01", "Euro", "1"], "annual.csv line 2: expected a year"),
        (["2023", "Euro", "1"], "annual.csv line 2: not a month '2023'"),
        (["2023-01-01", "Euro", "one"], "annual.csv line 2: expected a number"),
    ],
)
def test_exchange_rates_that_are_wrong(tmp_path: Path, row: list[str], message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["fx-fed"](_rates(tmp_path, [row]), tmp_path / "pack")


PRICES = {
    "NY.GDP.DEFL.KD.ZG": "Inflation, GDP deflator (annual %)",
    "FP.CPI.TOTL.ZG": "Inflation, consumer prices (annual %)",
}


def _prices(folder: Path, swapped: bool = False) -> list[Path]:
    head = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"]
    codes = list(PRICES)
    files = []
    for code, inside in zip(codes, reversed(codes) if swapped else codes, strict=True):
        row = ["Aruba", "ABW", PRICES[inside], inside, "1.5", "4.04", ""]
        lines = [[*head, "1999", "2000", "2001", ""], [*row, ""]]
        files.append(_write(folder / f"worldbank_{code}.csv", lines))
    return files


def test_price_changes(tmp_path: Path) -> None:
    folder = _twice("price-index-worldbank", _prices(tmp_path), tmp_path)
    (row,) = _rows(folder / "cpi.csv")
    assert (row["id"], row["value"]) == ("cpi.abw.2000", "4.04")
    assert row["locator"] == "line 2, column 2000"
    pack = yaml.safe_load((folder / "pack.yaml").read_text("utf-8"))
    assert pack["pack"] == "price-index-worldbank-2000"


def test_swapped_series_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportSourceError, match=r"ZG\.csv line 2: is FP\.CPI\.TOTL\.ZG"):
        IMPORTERS["price-index-worldbank"](_prices(tmp_path, swapped=True), tmp_path / "pack")
