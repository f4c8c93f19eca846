"""Months and parts of a year say how much of them longer bills were spread into by days."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.inventory.spread import shares_by_month, totals_by_method
from ghgcalc.pipeline.run import compute
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.markdown import render_markdown
from ghgcalc.render.terminal import render_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory

F = Fraction
HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {a: {country: GB}}
"""
ITEM = "category: process_emissions, gas: HFC-32"
MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]


def line(name: str, kg: str, period: str) -> str:
    return f'  {name}: {{facility: a, {ITEM}, quantity: {kg} kg, period: "{period}"}}\n'


def made(folder: Path, text: str, period: str = "2024") -> Inventory:
    path = folder / "company.yaml"
    path.write_text(HEAD + text, "utf-8")
    inventory = compute(path, period=period).inventory
    assert inventory is not None
    return inventory


def told(inventory: Inventory) -> list[str]:
    return [note for note in inventory.notes if "spread by days" in note]


def share(inventory: Inventory) -> Fraction | None:
    shares = shares_by_month(inventory.lines, totals_by_method(inventory))
    assert shares["location_based"] == shares["market_based"]
    return shares["location_based"]


def activities(yearly: str = "1200") -> str:
    bills = "".join(line(f"m{place}", "50", month) for place, month in enumerate(MONTHS))
    return "activities:\n" + line("year", yearly, "2024") + bills


def test_the_share_of_months_made_of_longer_bills(tmp_path: Path) -> None:
    """1,200 of 1,800 kg come from a bill of the whole year: two thirds."""
    inventory = made(tmp_path, activities())
    assert share(inventory) == F(2, 3)
    sentence = "66.7 % of the tonnes are of bills of more than one month, spread by days"
    assert sentence in render_terminal(inventory, "month")
    assert sentence in render_markdown(inventory, "month")
    assert "spread by days" not in render_terminal(inventory, "facility")
    assert told(inventory) == []  # the year itself spreads nothing
    spread = json.loads(render_json(inventory))["by_month_spread"]
    assert spread == {"location_based": 0.666666666667, "market_based": 0.666666666667}


def test_months_of_monthly_bills_say_nothing(tmp_path: Path) -> None:
    text = activities().replace(line("year", "1200", "2024"), "")
    inventory = made(tmp_path, text)
    assert share(inventory) == 0
    assert "spread by days" not in render_terminal(inventory, "month")
    assert told(made(tmp_path, text, "2024-02")) == []


@pytest.mark.parametrize(
    ("period", "days", "months"),
    [("2024-02", 29, 1), ("2024-Q1", 91, 3), ("2024-07-01/2024-12-31", 184, 6)],
)
def test_a_part_of_a_year_says_so(tmp_path: Path, period: str, days: int, months: int) -> None:
    inventory = made(tmp_path, activities(), period)
    spread = F(1200 * days, 366)
    percent = spread / (spread + 50 * months) * 100
    (note,) = told(inventory)
    assert note.startswith(f"{float(percent):.1f} % of the tonnes of {period} are shares of bills")


def test_a_bill_inside_the_period_is_not_spread(tmp_path: Path) -> None:
    text = "activities:\n" + line("quarter", "300", "2024-Q1")
    assert told(made(tmp_path, text, "2024-Q1")) == []
    assert share(made(tmp_path, text, "2024")) == 1
    assert len(told(made(tmp_path, text, "2024-03"))) == 1


def test_rows_of_tables_that_cover_more_than_a_month(tmp_path: Path) -> None:
    """One row of the year and twelve of months: the same two thirds, although all are months."""
    rows = "".join(f"{month},50\n" for month in MONTHS)
    (tmp_path / "t.csv").write_text(f"when,kg\n2024,1200\n{rows}", "utf-8")
    table = (
        "tables:\n  t:\n    files: t.csv\n    columns: {period: when, quantity: kg}\n"
        "    constants: {facility: a, unit: kg, item: x}\n"
        f"    items: {{x: {{{ITEM}}}}}\n"
    )
    inventory = made(tmp_path, table)
    found = share(inventory)
    assert found is not None
    assert abs(found - F(2, 3)) < F(1, 10**9)
    assert "66.7 % of the tonnes are of bills" in render_terminal(inventory, "month")
    (note,) = told(made(tmp_path, table, "2024-02"))
    percent = F(1200 * 29, 366) / (F(1200 * 29, 366) + 50) * 100
    assert note.startswith(f"{float(percent):.1f} % of the tonnes of 2024-02")
    (note,) = told(made(tmp_path, table, "2024-Q1"))
    assert note.startswith("up to ")  # months inside the quarter were split too
    (tmp_path / "t.csv").write_text(f"when,kg\n{rows}", "utf-8")
    assert share(made(tmp_path, table)) == 0


def test_the_methods_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: Own\nfactors:\n"
        "  grid: {category: purchased_electricity, kind: grid_average, per: MWh,"
        " gases: {CO2: 0.4 t, CH4: 0 kg, N2O: 0 kg}, region: GB, source: hand}\n",
        "utf-8",
    )
    text = (
        "factor_packs: [./own.yaml]\nactivities:\n"
        "  power: {facility: a, category: purchased_electricity, quantity: 10 MWh, period: 2024}\n"
        "  kiln: {facility: a, category: process_emissions, gas_masses: {CO2: 12 t},"
        " period: 2024-05}\n"
        "instruments:\n  go: {type: GO, market: GB, volume: 5 MWh, generated: 2024,"
        " emission_rate: {CO2: 0 kg/MWh}, criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}}\n"
    )
    # location-based 4 of 16 t, market-based 2 of 14 t
    sentence = "25.0 % of the tonnes location-based and 14.3 % market-based are of bills of"
    assert sentence in render_terminal(made(tmp_path, text), "month")
