"""Years of which most days have no data say so; a 0 that nobody evaluated is told from a result."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ghgcalc.inventory.not_evaluated import not_evaluated
from ghgcalc.pipeline.run import compute
from ghgcalc.render.json.inventory import render_json
from support import command

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
"""
TABLE = """\
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    read: {date: YYYY-MM-DD}
    columns: {quantity: t, from: from, to: to}
    constants: {facility: leeds, item: etch, unit: t}
    items: {etch: {category: process_emissions, item: etch, emission_rate: {CO2: 1 t/t}}}
"""
POWER = """\
facilities: {hanoi: {country: VN}}
factor_packs: [dcc-vietnam]
activities:
  power: {facility: hanoi, category: purchased_electricity, quantity: 100 MWh, period: 2023}
"""


def inventory_of(folder: Path, text: str, period: str | None = None) -> Inventory:
    (folder / "company.yaml").write_text(HEAD + text, "utf-8")
    found = compute(folder / "company.yaml", period=period).inventory
    assert found is not None
    return found


@pytest.fixture
def bills(tmp_path: Path) -> Path:
    rows = "from,to,t\n2024-01-01,2024-12-11,10\n2024-12-12,2025-01-10,30\n"
    (tmp_path / "bills.csv").write_text(rows, "utf-8")
    return tmp_path


def test_a_year_of_ten_days_says_so_and_names_the_fuller_one(bills: Path) -> None:
    """30 t over 30 days: 20 of them in 2024, 10 in 2025; 2024 is whole with 10 + 20 t."""
    found = inventory_of(bills, TABLE)
    assert (found.period, found.totals.scope_1) == ("2025", 10)
    assert found.part_of_year == "data of 10 of 365 days"
    note = next(note for note in found.notes if note.startswith("activity data cover"))
    assert "10 of 365 days of 2025 (2025-01-01 to 2025-01-10)" in note
    assert note.endswith("2024 has data of most days: `--period 2024`")
    whole = inventory_of(bills, TABLE, "2024")
    assert (whole.totals.scope_1, whole.part_of_year) == (30, "")
    shown = command.run("compute", bills / "company.yaml").stdout
    assert "GHG inventory 2025 · data of 10 of 365 days ·" in shown.splitlines()[0]


def test_a_part_of_a_year_that_is_asked_for_is_not_called_one(bills: Path) -> None:
    assert inventory_of(bills, TABLE, "2025-01").part_of_year == ""


def test_half_of_the_days_is_not_few(tmp_path: Path) -> None:
    """2025 has 365 days: 183 are more than half of them, 182 fewer."""
    for last, words in (("2025-07-02", ""), ("2025-07-01", "data of 182 of 365 days")):
        rows = f"from,to,t\n2025-01-01,{last},10\n"
        (tmp_path / "bills.csv").write_text(rows, "utf-8")
        assert inventory_of(tmp_path, TABLE).part_of_year == words


def test_json_tells_no_data_from_nothing(bills: Path) -> None:
    found = inventory_of(bills, TABLE)
    totals = json.loads(render_json(found))["totals"]
    assert totals["not_evaluated"] == ["scope_2", "scope_3"]
    assert (totals["scope_2"]["location_based"], totals["scope_3"]) == (0, None)
    assert totals["biogenic_co2"] == 0  # gas masses of a process hold none: a result


def test_biogenic_of_a_silent_grid_factor_is_not_zero(tmp_path: Path) -> None:
    found = inventory_of(tmp_path, POWER)
    assert not_evaluated(found) == ["scope_1", "scope_3", "biogenic_co2"]
    shown = command.run("compute", tmp_path / "company.yaml").stdout
    row = next(row for row in shown.splitlines() if row.startswith("Biogenic"))
    assert row.split() == ["Biogenic", "CO2,", "outside", "scopes", "–", "t", "CO2"]
    assert "biogenic CO2 of grid electricity not available in" in " ".join(shown.split())
