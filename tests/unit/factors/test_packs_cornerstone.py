"""Cornerstone's hub of 2026: its importer, its cells, and that it never passes for EPA's."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError
from ghgcalc.factors.library import library
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.pipeline.starter.starter import newest_year, packs_for

LB = Fraction("0.45359237")
COMPANY = """\
ghgcalc: 1
organization: {{name: X, consolidation_approach: operational_control, gwp_set: AR5}}
factor_packs: [{packs}]
facilities:
  austin: {{country: US, region: US-TX, grid: US-ERCT}}
activities:
  line: {{facility: austin, period: {period}, {line}}}
"""
POWER = "category: purchased_electricity, quantity: 10_000 MWh"


def _run(tmp_path: Path, packs: str, period: int, line: str = POWER, more: str = "") -> Run:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY.format(packs=packs, period=period, line=line) + more, "utf-8")
    return compute(path)


def _chosen(run: Run) -> tuple[str, Fraction]:
    assert run.inventory is not None, run.diagnostics
    (line,) = run.inventory.lines
    factor = line.location_based[0].plan.resolution.factor
    assert factor is not None
    return factor.ref, line.co2e("location_based") * 1000


def _cells(table: str) -> dict[str, dict[str, str]]:
    rows = next(t for t in library("cornerstone-2026").tables if t.table.file == table)
    return {row.cells["id"]: row.cells for row in rows.all()}


# ---- the choice -------------------------------------------------------------------------------


def test_power_of_2024_is_cornerstones_where_it_is_named(tmp_path: Path) -> None:
    run = _run(tmp_path, "egrid, cornerstone", 2024)
    # 700.7 + 28 x 0.040 + 265 x 0.006 = 703.41 lb/MWh
    expected = 10_000 * Fraction("703.41") * LB
    assert _chosen(run) == ("cornerstone-2026/electricity.us_erct.grid_average", expected)


def test_power_of_2023_stays_epas_whatever_stands_first(tmp_path: Path) -> None:
    for packs in ("egrid, cornerstone", "cornerstone, egrid"):
        ref, _ = _chosen(_run(tmp_path, packs, 2023))
        assert ref == "egrid-2023/electricity.us_erct.grid_average"


def test_egrid_alone_never_means_cornerstone(tmp_path: Path) -> None:
    for packs in ("egrid", "epa-hub", "egrid, epa-hub"):
        (finding,) = _run(tmp_path, packs, 2024).diagnostics
        assert (finding.code, finding.severity) == ("missing-factor", Severity.ERROR)
        assert (finding.hint or "").startswith("add `cornerstone` to `factor_packs`; or add to")
    accepted = "accept: [{gap: earlier_year, for: {activity: line}, max_years: 1, reason: R}]\n"
    ref, _ = _chosen(_run(tmp_path, "egrid", 2024, more=accepted))
    assert ref == "egrid-2023/electricity.us_erct.grid_average"


def test_a_beginner_without_a_year_is_given_epas() -> None:
    assert newest_year("US", "US-ERCT") == 2023
    assert packs_for("US", "US-ERCT", [2024]) == ["cornerstone-2026"]


def test_a_flight_of_2026(tmp_path: Path) -> None:
    line = "category: business_travel, item: flight, vehicle: long_haul, quantity: 10_000 person·mi"
    # 10,000 x (0.143 + 28 x 0.0006/1000 + 265 x 0.0078/1000) kg
    ref, kilograms = _chosen(_run(tmp_path, "epa-hub, cornerstone", 2026, line))
    assert (ref, kilograms) == (
        "cornerstone-2026/travel.flight.long_haul.person_mi",
        Fraction("1450.838"),
    )
    ref, _ = _chosen(_run(tmp_path, "epa-hub, cornerstone", 2025, line))
    assert ref == "epa-hub-2025/travel.flight.long_haul.person_mi"


# ---- the values -------------------------------------------------------------------------------


def test_cells() -> None:
    rates, losses = _cells("electricity.csv"), _cells("losses.csv")
    assert (len(rates), len(losses), len(_cells("travel.csv"))) == (28, 28, 3)
    oahu = rates["electricity.us_hioa.grid_average"]
    assert [oahu[f"{gas} [lb]"] for gas in ("CO2", "CH4", "N2O")] == ["1478.0", "0.136", "0.022"]
    assert rates["electricity.us.grid_average"]["CO2 [lb]"] == "747.9"
    assert losses["grid_gross_loss.us_prms"]["value"] == "14"
    assert losses["grid_gross_loss.us_hims"]["value"] == "4.8"


def test_it_is_said_whose_they_are() -> None:
    header = library("cornerstone-2026").header
    assert header.publisher == "cornerstone"
    assert header.evidence.label == "transcription, grade C"
    assert header.notes[0].startswith("Not an EPA release.")


# tables 11 and 12 of the same transcription, which are no factors: they confirm our GWPs
TABLE_11 = {
    "CH4_non_fossil": "27", "CH4_fossil": "29.8", "N2O": "273", "HFC-23": "14600",
    "HFC-32": "771", "HFC-41": "135", "HFC-125": "3740", "HFC-134": "1260", "HFC-134a": "1530",
    "HFC-143": "364", "HFC-143a": "5810", "HFC-152": "21.5", "HFC-152a": "164", "HFC-161": "4.84",
    "HFC-227ca": "2980", "HFC-227ea": "3600", "HFC-236cb": "1350", "HFC-236ea": "1500",
    "HFC-236fa": "8690", "HFC-245ca": "787", "HFC-245cb": "4550", "HFC-245ea": "255",
    "HFC-245eb": "325", "HFC-245fa": "962", "HFC-263fb": "74.8", "HFC-272ca": "599",
    "HFC-329p": "2890", "HFC-365mfc": "914", "HFC-43-10mee": "1600", "SF6": "24300",
    "NF3": "17400", "PFC-14": "7380", "PFC-116": "12400", "PFC-218": "9290", "PFC-318": "10200",
    "PFC-31-10": "10000", "PFC-41-12": "9220", "PFC-51-14": "8620", "PFC-61-16": "8410",
    "PFC-71-18": "8260", "PFC-91-18": "7480", "PFC-1114": "0.004", "PFC-1216": "0.09",
}  # fmt: skip
TABLE_12 = {
    "R-401A": 21, "R-401B": 18, "R-401C": 25, "R-402A": 2244, "R-402B": 1421, "R-403B": 3623,
    "R-404A": 4728, "R-406A": 0, "R-407A": 2262, "R-407B": 3001, "R-407C": 1908, "R-407D": 1748,
    "R-408A": 2934, "R-409A": 0, "R-410A": 2256, "R-410B": 2404, "R-411A": 18, "R-411B": 5,
    "R-414A": 0, "R-414B": 0, "R-417A": 2508, "R-422A": 3359, "R-422B": 2700, "R-422C": 3296,
    "R-422D": 2917, "R-424A": 2608, "R-426A": 1614, "R-427A": 2397, "R-428A": 4061,
    "R-434A": 3654, "R-438A": 2425, "R-441A": 0, "R-442A": 2042, "R-448A": 1494, "R-449A": 1504,
    "R-450A": 643, "R-507A": 4775, "R-508A": 13258, "R-508B": 13412, "R-513A": 673,
}  # fmt: skip


def test_its_gwps_and_blends_are_ours() -> None:
    gwp = {r.cells["gas"]: Decimal(r.cells["gwp"]) for r in library("gwp-ar6").rows("gwp")}
    assert len(TABLE_11) == 43
    assert {gas: gwp[gas] for gas in TABLE_11} == {k: Decimal(v) for k, v in TABLE_11.items()}
    kyoto: dict[str, Decimal] = {}
    for row in library("refrigerants-ashrae-34-2019").rows("blends"):
        part = Decimal(row.cells["mass_percent"]) / 100
        gas = row.cells["component"]
        co2e = part * gwp[gas] if gas.startswith(("HFC-", "PFC-")) else Decimal(0)
        kyoto[row.cells["blend"]] = kyoto.get(row.cells["blend"], Decimal(0)) + co2e
    assert len(TABLE_12) == 40
    for blend, printed in TABLE_12.items():
        assert abs(kyoto[blend] - printed) <= Decimal("0.5"), blend


# ---- the importer -----------------------------------------------------------------------------

CODES = [
    "AKGD", "AKMS", "AZNM", "CAMX", "ERCT", "FRCC", "HIMS", "HIOA", "MROE", "MROW", "NEWE", "NWPP",
    "NYCW", "NYLI", "NYUP", "PRMS", "RFCE", "RFCM", "RFCW", "RMPA", "SPNO", "SPSO", "SRMV", "SRMW",
    "SRSO", "SRTV", "SRVC", "US",
]  # fmt: skip

HAULS = (
    "Air Travel - Short Haul (< 300 miles)", "Air Travel - Medium Haul (300-2300 miles)",
    "Air Travel - Long Haul (>= 2300 miles)",
)  # fmt: skip


def _files(folder: Path, codes: list[str], per: str = "passenger-mile") -> list[Path]:
    head = ["subregion", "name", "co2_lb_per_mwh", "ch4_lb_per_mwh", "n2o_lb_per_mwh"]
    power = [[*head, "grid_gross_loss"], *([c, c, "1.0", "0.010", "0.002", "0.044"] for c in codes)]
    travel = [
        ["row", "co2_kg", "ch4_g", "n2o_g", "per", "note"],
        *([haul, "0.120", "0.0006", "0.0056", per, ""] for haul in HAULS),
    ]
    made = []
    for name, lines in (("table6.csv", power), ("table10.csv", travel)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        made.append(folder / name)
    return made


def test_the_importer_copies_figures_as_text(tmp_path: Path) -> None:
    report = IMPORTERS["cornerstone"](_files(tmp_path, CODES), tmp_path / "pack")
    assert report[1:] == [
        "  electricity.csv: 28 rows, 84 values", "  losses.csv: 28 rows, 28 values",
        "  travel.csv: 3 rows, 9 values",
    ]  # fmt: skip
    text = (tmp_path / "pack" / "electricity.csv").read_text("utf-8")
    assert "electricity.us_erct.grid_average,ERCT,US-ERCT,grid_average,1.0,0.010,0.002" in text


@pytest.mark.parametrize(
    ("codes", "per", "message"),
    [
        (CODES[:-1], "passenger-mile", "expected 27 subregions and US"),
        ([*CODES[1:], "ERCT"], "passenger-mile", "expected 27 subregions and US"),
        (["Texas", *CODES[1:]], "passenger-mile", "unknown subregion 'Texas'"),
        (CODES, "mile", "expected per passenger-mile, found 'mile'"),
    ],
)
def test_the_importer_says_where_a_file_is_wrong(
    tmp_path: Path, codes: list[str], per: str, message: str
) -> None:
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["cornerstone"](_files(tmp_path, codes, per), tmp_path / "pack")


def test_the_importer_wants_both_tables(tmp_path: Path) -> None:
    with pytest.raises(ImportSourceError, match="table 6 and of table 10"):
        IMPORTERS["cornerstone"](_files(tmp_path, CODES)[:1], tmp_path / "pack")
