"""Use of sold products: units × uses over the lifetime × energy of one use."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
accept: [{gap: co2e_without_gases, reason: the example gives CO2e only}]
facilities: {hq: {country: DE}}
"""
PACK = """\
pack: own
title: Example
gwp_set: AR6
factors:
  de: {category: purchased_electricity, region: DE, per: kWh, gases: {CO2e: 0.5 kgCO2e}, source: x}
  vn: {category: purchased_electricity, region: VN, per: kWh, gases: {CO2e: 2 kgCO2e}, source: x}
"""


def _lines(folder: Path, body: str) -> dict[str, Fraction | None]:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    assert {line.calculated_by for line in run.inventory.lines} == {"direct_use"}
    return {line.id: line.co2e("location_based") for line in run.inventory.lines}


def _codes(folder: Path, body: str) -> set[str]:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    return {item.code for item in compute(folder / "company.yaml").diagnostics}


def _use(keys: str) -> str:
    return (
        "activities:\n  a: {facility: hq, category: use_of_sold_products, period: 2024, "
        f"{keys}}}\n"
    )


def test_guidance_11_1(tmp_path: Path) -> None:
    """Example 11.1: 5,980,000 + 2,090,000... uses × units × kWh × 0.5 kg = 13,042,500 kg in all."""
    rows = ((1_000, 11_500, "1.3"), (1_100, 1_900, "1.5"), (2_000, 20_000, "0.2"))
    body = "activities:\n" + "".join(
        f"  p{place}: {{facility: hq, category: use_of_sold_products, period: 2024,"
        f" sold: {units} piece, uses: {{lifetime: {uses}, energy: {energy} kWh}}}}\n"
        for place, (uses, units, energy) in enumerate(rows)
    )
    found = _lines(tmp_path, body)
    # 1,000 × 11,500 × 1.3 × 0.5; 1,100 × 1,900 × 1.5 × 0.5; 2,000 × 20,000 × 0.2 × 0.5
    assert list(found.values()) == [7_475, Fraction("1567.5"), 4_000]


def test_power_of_the_country_of_use(tmp_path: Path) -> None:
    keys = "sold: 10 piece, uses: {per_year: 4, lifetime_years: 5, energy: 3 kWh, country: VN}"
    # 10 × 20 × 3 kWh × 2 kg
    assert _lines(tmp_path, _use(keys)) == {"a": Fraction("1.2")}


def test_rows_of_a_table_are_products(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("n,month\n100,2024-01\n50,2024-02\n", "utf-8")
    body = """\
tables:
  sales:
    files: sales.csv
    read: {period: YYYY-MM}
    columns: {quantity: n, period: month}
    constants: {facility: hq, unit: piece, item: fan}
    items: {fan: {category: use_of_sold_products, uses: {lifetime: 20, energy: 3 kWh}}}
"""
    # 150 × 20 × 3 kWh × 0.5 kg = 4,500 kg
    assert sum(each or 0 for each in _lines(tmp_path, body).values()) == Fraction("4.5")


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("sold: 10 kg, uses: {lifetime: 20, energy: 3 kWh}", "unit-mismatch"),
        ("sold: 10 piece, uses: {lifetime: 20, per_year: 2, lifetime_years: 1, energy: 3 kWh}",
         "conflicting-keys"),
        ("sold: 10 piece, uses: {per_year: 20, energy: 3 kWh}", "missing-key"),
        ("sold: 10 piece, uses: {energy: 3 kWh}", "missing-key"),
        ("sold: 10 piece, uses: {lifetime: 0, energy: 3 kWh}", "out-of-bounds"),
        ("sold: 10 piece, uses: {lifetime: 20, energy: 3 kg}", "unit-mismatch"),
        ("sold: -10 piece, uses: {lifetime: 20, energy: 3 kWh}", "negative-quantity"),
        ("sold: 10 piece, quantity: 5 piece, uses: {lifetime: 20, energy: 3 kWh}",
         "conflicting-keys"),
        ("sold: 10 piece, method: fuels_and_feedstocks, uses: {lifetime: 20, energy: 3 kWh}",
         "conflicting-keys"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, keys: str, code: str) -> None:
    assert code in _codes(tmp_path, _use(keys))
