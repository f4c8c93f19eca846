"""The row-level ledger: rows, pieces of bills, tonnes that add up to the lines."""

from __future__ import annotations

import csv
import tempfile
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl
import pytest

from ghgcalc.activity_data.tables.polars_engine.ledger import rounded
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import compute
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization:
  name: Example Ltd
  consolidation_approach: operational_control
  gwp_set: AR5
factor_packs: [desnz]
facilities:
  leeds: {country: GB}
  york: {country: GB}
activities:
  boiler:
    facility: leeds
    category: stationary_combustion
    fuel: natural_gas
    quantity: 1000 kWh gross
    period: 2024
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, quantity: amount, unit: unit, from: from, to: to}
    items:
      power: {category: purchased_electricity}
    names: {facility: {Leeds: leeds}}
"""
ROWS = [
    ("Leeds", "power", "1000", "kWh", "2024-01-01", "2024-01-31"),
    ("leeds", "power", "300", "kWh", "2024-01-22", "2024-02-20"),  # 10 days and 20 days
    ("leeds", "power", "7", "MWh", "2023-01-01", "2023-01-31"),  # another year
    ("leeds", "power", "0.000000001", "kWh", "2024-03-01", "2024-03-31"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "company.yaml").write_text(COMPANY)
    lines = [("site", "what", "amount", "unit", "from", "to"), *ROWS]
    (tmp_path / "bills.csv").write_text("".join(",".join(line) + "\n" for line in lines))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ledger(folder: Path, name: str = "lines.csv") -> list[dict[str, str]]:
    result = run("lines", "company.yaml", "--period", "2024", "-o", name)
    assert result.exit_code == 0, result.output
    with (folder / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_rows_and_pieces(folder: Path) -> None:
    rows = ledger(folder)
    shown = [(r["line"], r["row"], r["from"], r["to"], r["quantity"]) for r in rows]
    assert shown == [
        ("boiler", "11", "2024-01-01", "2024-12-31", "1000.000000000"),
        ("bills/leeds/power/2024-01", "2", "2024-01-01", "2024-01-31", "1000.000000000"),
        ("bills/leeds/power/2024-01", "3", "2024-01-22", "2024-01-31", "100.000000000"),
        ("bills/leeds/power/2024-02", "3", "2024-02-01", "2024-02-20", "200.000000000"),
        ("bills/leeds/power/2024-03", "5", "2024-03-01", "2024-03-31", "0.000000001"),
    ]
    assert {row["location_based_factors"] for row in rows[1:]} == {"desnz-2024/uk.kwh"}
    assert {row["file"] for row in rows} == {"company.yaml", "bills.csv"}


def test_tonnes_add_up_to_the_lines(folder: Path) -> None:
    rows = ledger(folder)
    inventory = compute("company.yaml", period="2024").inventory
    assert inventory is not None
    for line in inventory.lines:
        mine = [Fraction(r["location_based_tco2e"]) for r in rows if r["line"] == line.id]
        assert abs(sum(mine) - line.co2e("location_based")) <= Fraction(len(mine), 2 * 10**12)
    # DESNZ 2024, UK electricity: 0.20705 kg CO2e per kWh
    assert rows[2]["location_based_tco2e"] == "0.020705000000"


def test_parquet_holds_the_same(folder: Path) -> None:
    rows = ledger(folder)
    result = run("lines", "company.yaml", "-o", "lines.parquet")
    assert result.exit_code == 0
    frame = pl.read_parquet(folder / "lines.parquet")
    assert frame.schema["location_based_tco2e"] == pl.Decimal(38, 12)
    assert [f"{value:f}" for value in frame["location_based_tco2e"]] == [
        row["location_based_tco2e"] for row in rows
    ]
    assert frame["line"].to_list() == [row["line"] for row in rows]


def test_bytes_are_the_same_every_time(folder: Path) -> None:
    ledger(folder, "a.csv")
    ledger(folder, "b.csv")
    assert (folder / "a.csv").read_bytes() == (folder / "b.csv").read_bytes()


def test_no_formula_leaves(folder: Path) -> None:
    (folder / "bills.csv").write_text((folder / "bills.csv").read_text().replace("power", "=1+1"))
    (folder / "company.yaml").write_text(
        (folder / "company.yaml").read_text().replace("      power:", '      "=1+1":')
    )
    assert {row["item"] for row in ledger(folder)[1:]} == {"'=1+1"}


@pytest.mark.parametrize(
    ("name", "part"),
    [("lines.txt", "unknown suffix"), ("bills.csv", "one of the inputs"),
     ("no/lines.csv", "does not exist")],
)  # fmt: skip
def test_targets_that_are_refused(folder: Path, name: str, part: str) -> None:
    before = (folder / "bills.csv").read_bytes()
    result = run("lines", "company.yaml", "-o", name)
    assert result.exit_code == 2
    assert part in result.output
    assert (folder / "bills.csv").read_bytes() == before


def test_errors_write_nothing(folder: Path) -> None:
    (folder / "bills.csv").write_text("site,what\n")
    result = run("lines", "company.yaml", "-o", "lines.csv")
    assert result.exit_code == 1
    assert not (folder / "lines.csv").exists()


def test_without_tables(folder: Path) -> None:
    (folder / "company.yaml").write_text(COMPANY.split("tables:")[0])
    project = compute("company.yaml")
    assert project.project is not None
    assert project.inventory is not None
    write_lines(project.project, project.inventory, folder / "lines.parquet")
    assert pl.read_parquet(folder / "lines.parquet").height == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(1, 3), "0.333"), (Fraction(-1, 2000), "-0.001"), (Fraction(5, 10000), "0.001"),
     (Fraction(12), "12.000")],
)  # fmt: skip
def test_rounded(value: Fraction, text: str) -> None:
    assert rounded(value, 3) == text
