"""Corrections of tables: netted over the year of their line, in sums and in the ledger."""

from __future__ import annotations

import csv
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

PACK = """\
pack: own
title: Own factors
factors:
  grid: {category: purchased_electricity, kind: grid_average, per: kWh, region: GB,
         gases: {CO2: 1 kg}, source: test}
  mix: {category: purchased_electricity, kind: residual_mix, per: kWh, region: GB,
        gases: {CO2: 2 kg}, source: test}
"""
COMPANY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities:
  leeds: {country: GB%s}
tables:
  bills:
    files: bills.csv
    columns: {item: what, quantity: amount, period: month}
    constants: {facility: leeds, unit: kWh}
    items: {power: {category: purchased_electricity}}
    corrections: {negative: true}
"""
HELD = (
    ", history: {%s: {relation: subsidiary, economic_interest: 100%%, operated: true, reason: x}}"
)


def ready(folder: Path, rows: str, more: str = "", facility: str = "") -> Path:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(COMPANY % facility + more, "utf-8")
    cells = "".join(f"power,{row.replace(' ', ',')}\n" for row in rows.split("; "))
    (folder / "bills.csv").write_text("what,amount,month\n" + cells, "utf-8")
    return folder / "company.yaml"


def totals(run: Run) -> tuple[Fraction | None, Fraction | None]:
    assert run.inventory is not None, run.diagnostics
    return run.inventory.totals.all_scopes(LOCATION), run.inventory.totals.all_scopes(MARKET)


def ledger(run: Run, folder: Path) -> tuple[Fraction, Fraction]:
    assert run.inventory is not None
    write_lines(run.project, run.inventory, folder / "lines.csv")
    rows = list(csv.DictReader((folder / "lines.csv").read_text("utf-8").splitlines()))
    names = ("location_based_tco2e", "market_based_tco2e")
    one, other = (sum((Fraction(row[name]) for row in rows), Fraction(0)) for name in names)
    return one, other


def test_a_credit_in_a_month_of_its_own(tmp_path: Path) -> None:
    """1,000 − 200 + 300 kWh at 1 kg by location, at 2 kg by the residual mix."""
    path = ready(tmp_path, "1000 2024-01; -200 2024-02; 300 2024-03")
    run = compute(path)
    assert totals(run) == (Fraction(11, 10), Fraction(22, 10))
    assert ledger(run, tmp_path) == totals(run)
    # of the month alone there is only what was taken back
    assert totals(compute(path, period="2024-02")) == (Fraction(-2, 10), Fraction(-4, 10))


def test_days_with_nothing_but_a_credit_have_no_data(tmp_path: Path) -> None:
    months = "; ".join(f"1000 2024-{month:02}" for month in range(1, 13) if month != 2)
    found = check(ready(tmp_path, months + "; -200 2024-02")).diagnostics
    (gap,) = [each for each in found if each.code == "calendar-gap"]
    assert "29 days of 2024: 2024-02-01 … 2024-02-29" in gap.message


@pytest.mark.parametrize(
    ("rows", "days"),
    [("100 2024-01; -300 2024-02; 100 2024-12", "2024-01-01 … 2024-12-31"),
     ("1000 2023-12; -300 2024-02; 100 2024-03", "2024-01-01 … 2024-12-31")],
)  # fmt: skip
def test_a_year_below_zero_is_refused(tmp_path: Path, rows: str, days: str) -> None:
    run = compute(ready(tmp_path, rows), period="2024")
    (finding,) = run.diagnostics
    assert run.inventory is None
    assert finding.code == "negative-quantity"
    assert f"{days.replace(' … ', '/')}: net -" in finding.message.replace(" … ", "/")


def test_a_credit_takes_from_days_that_are_held_alike(tmp_path: Path) -> None:
    """Held from July on: the bill of January is not the company's, so no credit takes from it."""
    held = HELD % "2024-07-01"
    run = compute(ready(tmp_path, "1000 2024-01; -200 2024-08", facility=held))
    assert [each.code for each in run.diagnostics if each.severity.name == "ERROR"] == [
        "negative-quantity"
    ]
    fine = compute(ready(tmp_path, "1000 2024-07; -200 2024-08", facility=held))
    assert totals(fine) == (Fraction(8, 10), Fraction(16, 10))


REC = """\
instruments:
  rec:
    type: REC
    market: GB
    volume: %s
    emission_rate: {CO2: 0 kg/MWh}
    generated: 2024
    retired: {date: 2025-01-20, beneficiary: A}
    criteria_met: {1: a.pdf, 2: a.pdf, 3: a.pdf, 4: a.pdf, 5: a.pdf}
"""


@pytest.mark.parametrize("period", ["2024", "2024-01-01/2024-06-30"])
def test_instruments_cover_the_net(tmp_path: Path, period: str) -> None:
    """500 of 1,100 kWh are covered; 600 kWh at the residual mix of 2 kg, whatever is asked."""
    rows = "1000 2024-01; -200 2024-02; 300 2024-03"
    run = compute(ready(tmp_path, rows, REC % "500 kWh"), period=period)
    assert totals(run) == (Fraction(11, 10), Fraction(12, 10))
    assert ledger(run, tmp_path) == totals(run)
