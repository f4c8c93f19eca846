"""Capital goods count whole in the year of acquisition (Technical Guidance, category 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR6
  reporting_year: {starts: "07-01", named_by: end}
"""
SAID = "reported: 1_000 tCO2e, gwp_set: AR6, by: maker"


def _told(folder: Path, body: str) -> list[str]:
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    found = compute(folder / "company.yaml").diagnostics
    return [item.message for item in found if item.code == "capital-goods-spread"]


def test_a_purchase_counts_once_and_whole(tmp_path: Path) -> None:
    body = f"""\
activities:
  press: {{category: capital_goods, {SAID}, period: 2023-07-01/2024-06-30}}
  paper: {{category: purchased_goods_and_services, {SAID}, period: 2025}}
"""
    assert _told(tmp_path, body) == []
    found = {}
    for year in ("2024", "2025"):
        inventory = compute(tmp_path / "company.yaml", period=year).inventory
        assert inventory is not None
        lines = [line for line in inventory.lines if line.category == "capital_goods"]
        found[year] = sum(line.co2e("location_based") or 0 for line in lines)
    assert found == {"2024": 1_000, "2025": 0}


def test_two_reporting_years(tmp_path: Path) -> None:
    """January to December are two years of a company whose year starts in July."""
    keys = f"category: capital_goods, {SAID}, period: 2023-01-01/2023-12-31"
    body = f"activities:\n  press: {{{keys}}}\n"
    assert _told(tmp_path, body) == ["`press` spreads capital goods over 2023 to 2024, by days"]


@pytest.mark.parametrize(
    ("name", "category", "note", "told"),
    [
        ("press-depreciation", "capital_goods", "x", True),
        ("press", "capital_goods", "Amortisation of the press", True),
        ("press", "capital_goods", "折旧 2024", True),
        ("press", "capital_goods", "whole price, no depreciation", False),
        ("press-depreciation", "purchased_goods_and_services", "x", False),
        ("press", "capital_goods", "x", False),
    ],
)
def test_what_was_written_off(
    tmp_path: Path, name: str, category: str, note: str, told: bool
) -> None:
    body = (
        f"activities:\n  {name}: {{category: {category}, {SAID}, period: 2024, note: {note!r}}}\n"
    )
    assert bool(_told(tmp_path, body)) == told


def test_items_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("what,usd,month\nAfA,100,2024-01\n", "utf-8")
    body = """\
facilities: {hq: {country: DE}}
tables:
  ledger:
    files: ledger.csv
    read: {period: YYYY-MM}
    columns: {item: what, quantity: usd, period: month}
    constants: {unit: USD, facility: hq}
    items: {AfA: {category: capital_goods, emission_rate: {CO2: 1 kg/USD}, note: Abschreibung}}
"""
    said = "`ledger/AfA` seems to state what was written off, not what was acquired"
    assert _told(tmp_path, body) == [said]
