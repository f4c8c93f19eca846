"""Runs of alike lines: what is summed by run is what is summed by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.model.inventory import MARKET, totals_of
from ghgcalc.model.runs import runs_of
from ghgcalc.pipeline import compute
from ghgcalc.views.amounts import category_of, weigh

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.model.inventory import Inventory

COMPANY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: equity_share, gwp_set: AR6}
factor_packs: [mee-china, desnz]
accept:
  - {gap: criteria_assumed, for: {instrument: green}, reason: the registry is asked}
facilities:
  suzhou: {country: CN, region: CN-JS}
  wuxi:
    country: CN
    region: CN-JS
    history:
      2023-01-01: {relation: subsidiary, economic_interest: 50%, operated: true, reason: bought}
      2023-03-01: {relation: subsidiary, economic_interest: 75%, operated: true, reason: raised}
  leeds: {country: GB}
instruments:
  green: {type: GEC, market: CN, generated: 2023, volume: 0.2 MWh, emission_rate: {CO2: 0 kg/MWh}}
tables:
  meter:
    files: meter.csv
    columns: {facility: site, item: what, quantity: amount, unit: unit, period: month}
    items:
      power: {category: purchased_electricity}
      gas: {category: stationary_combustion, fuel: natural_gas}
activities:
  suzhou-more: {facility: suzhou, category: purchased_electricity, quantity: 7 kWh, period: 2023-02}
  suzhou-again: {facility: suzhou, category: purchased_electricity, quantity: 5 kWh, period: 2023-02}
"""  # noqa: E501


@pytest.fixture
def inventory(tmp_path: Path) -> Inventory:
    rows = [
        f"{site},{what},{number}.{month}25,{unit},2023-{month:02}"
        for number, site in enumerate(("suzhou", "wuxi", "leeds"), 100)
        for what, unit in (("power", "kWh"), ("gas", "kWh gross"))
        for month in (1, 2, 3, 4)
        if (site, what) not in {("suzhou", "gas"), ("wuxi", "gas")}
    ]
    (tmp_path / "meter.csv").write_text("site,what,amount,unit,month\n" + "\n".join(rows), "utf-8")
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    run = compute(tmp_path / "company.yaml", period="2023")
    assert run.inventory is not None, run.diagnostics
    return run.inventory


def test_sums_are_those_of_lines(inventory: Inventory) -> None:
    runs = runs_of(inventory.lines)
    assert totals_of(runs) == totals_of(inventory.lines) == inventory.totals
    of_lines, of_runs = weigh(inventory.lines, category_of), weigh(runs, category_of)
    assert [each._replace(lines=0) for each in of_runs] == [
        each._replace(lines=0) for each in of_lines
    ]
    for group in (inventory.lines, runs):
        parts = [part for line in group for part in line.market_based]
        assert sum(part.co2e for part in parts) == inventory.totals.all_scopes(MARKET)
        assert sum(p.quantity for p in parts if p.instrument == "green") > 0


def test_alike_months_are_one_run(inventory: Inventory) -> None:
    runs = runs_of(inventory.lines)
    assert [(line.id, round(float(line.quantity), 3)) for line in runs] == [
        ("suzhou-more", 7.0),
        ("suzhou-again", 5.0),
        ("meter/leeds/gas/2023-01", 409.1),
        ("meter/leeds/power/2023-01", 409.1),
        ("meter/suzhou/power/2023-01", 401.1),
        ("meter/wuxi/power/2023-01", 253.238),
    ]


def test_lines_are_left_as_they_are(inventory: Inventory) -> None:
    before = [(line.id, line.quantity, line.market_based) for line in inventory.lines]
    runs_of(inventory.lines)
    assert [(line.id, line.quantity, line.market_based) for line in inventory.lines] == before
    assert len(before) == 18
