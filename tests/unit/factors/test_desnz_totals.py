"""UK edition 2026: totals typed from the full set stand in the rows of other editions, unsplit."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.importers import desnz_totals
from ghgcalc.factors.importers.common import ImportSourceError
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from ghgcalc.factors.importers.common import Row
    from ghgcalc.pipeline.run import Run

PACKS = Path(__file__).resolve().parents[3] / "factors/desnz"
HEAD = "table,key,per,CO2e_kg,full_set_sheet_and_row\n"


def _source(folder: Path, *lines: str) -> Path:
    path = folder / "typed.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_a_total_keeps_its_sheet_and_row(tmp_path: Path) -> None:
    wtt = "wtt_travel_air,domestic.average_passenger,pkm,0.0335"
    with_rf, without_rf = desnz_totals.groups(
        _source(tmp_path, f"{wtt},WTT- business travel- air row 20 (with and without RF)")
    )
    assert with_rf.level_1 == "WTT- business travel- air"
    assert (with_rf.label, with_rf.detail) == ("Domestic, to/from UK", "Average passenger")
    assert (with_rf.column, without_rf.column) == ("With RF", "Without RF")
    assert with_rf.values == without_rf.values == {"CO2e [kg]": "0.0335"}
    assert with_rf.cells == "full set, sheet 'WTT- business travel- air', row 20"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "materials,wood.closed_loop_source,t,0,Material use row 34",
            "row 2: 0 stands for a blank",
        ),
        ("refrigerants,hfc_32,kg,677,Refrigerant row 3", "unknown table 'refrigerants'"),
        ("waste,wood,t,1,Waste disposal row 36", "unexpected key 'wood'"),
        ("waste,wood.buried,t,1,Waste disposal row 36", "unknown label 'buried'"),
        ("hotel,gb,room,10.4,Hotel stay", "unknown label 'room'"),
        ("hotel,gb,night,ten,Hotel stay", "expected a number"),
    ],
)
def test_what_is_unknown_stops_the_importer(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        desnz_totals.groups(_source(tmp_path, line))


# counted in the list of typed totals by section; the 13 of flights' well-to-tank stand twice
SECTIONS = {"bioenergy": 43, "travel_air": 28, "hotel": 39, "homeworking": 3, "materials": 52,
            "waste": 128}  # fmt: skip


def _rows(edition: str, table: str) -> dict[str, Row]:
    with (PACKS / edition / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


@pytest.mark.parametrize("table", SECTIONS)
def test_sections_of_2026_are_totals_under_ids_of_other_editions(table: str) -> None:
    rows = _rows("2026", table)
    assert len(rows) == SECTIONS[table]
    assert all([key for key in row if "[" in key] == ["CO2e [kg]"] for row in rows.values())
    parts = ("bioenergy", "biofuels") if table == "bioenergy" else (table,)
    known = {
        name for edition in ("2024", "2025") for part in parts for name in _rows(edition, part)
    }
    assert {name for name in rows if name not in known} <= {  # printed in 2021 or in 2026 alone
        "waste.household_residual_waste.anaerobic_digestion.t",
        "waste.household_residual_waste.closed_loop.t",
        "waste.household_residual_waste.open_loop.t",
        "waste.commercial_and_industrial_waste.anaerobic_digestion.t",
        "waste.commercial_and_industrial_waste.closed_loop.t",
    }


def test_well_to_tank_of_flights_has_two_headings() -> None:
    rows = [row for row in _rows("2026", "wtt_travel").values() if row["item"] == "flight_wtt"]
    assert len(rows) == 26


def _run(folder: Path, gwp_set: str, **line: str) -> Run:
    data: dict[str, Any] = {
        "ghgcalc": "1",
        "organization": {"name": "X", "gwp_set": gwp_set,
                         "consolidation_approach": "operational_control"},
        "factor_packs": ["desnz"],
        "facilities": {"here": {"country": "GB"}},
        "activities": {"a": {"facility": "here", "period": "2026", **line}},
    }  # fmt: skip
    (folder / "company.yaml").write_text(yaml.safe_dump(data))
    return compute(folder / "company.yaml")


def test_a_line_of_2026_takes_its_own_edition(tmp_path: Path) -> None:
    flight = {"category": "business_travel", "item": "flight", "vehicle": "long_haul",
              "technology": "business_class.with_rf", "quantity": "10_000 pkm"}  # fmt: skip
    done = _run(tmp_path, "AR5", **flight).inventory
    assert done is not None
    assert float(done.lines[0].co2e("location_based")) == pytest.approx(3.394)  # 0.3394 kg per pkm
    waste = {"category": "waste_generated", "item": "commercial_and_industrial_waste",
             "technology": "combustion", "quantity": "10 t"}  # fmt: skip
    done = _run(tmp_path, "AR5", **waste).inventory
    assert done is not None
    assert float(done.lines[0].co2e("location_based")) == pytest.approx(0.0465358)  # 4.65358


@pytest.mark.parametrize(("gwp_set", "gap"), [("AR5", "other_gwp_set"), ("AR6", "other_gwp_set")])
def test_bioenergy_of_2026_stands_on_ar4(tmp_path: Path, gwp_set: str, gap: str) -> None:
    wood = {"category": "stationary_combustion", "fuel": "wood_pellets", "quantity": "10 t"}
    found = _run(tmp_path, gwp_set, **wood)
    assert found.inventory is None
    (error,) = [d for d in found.diagnostics if d.severity is Severity.ERROR]
    assert gap in f"{error.message} {error.hint}"
