"""Investments and samples: our share, what is told apart, what is extrapolated."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
activities:
"""
HELD = "category: investments, reported: 7_000_000 tCO2e, gwp_set: AR6, by: plant, period: 2024"


def _run(folder: Path, keys: str) -> Run:
    (folder / "company.yaml").write_text(f"{HEAD}  a: {{{keys}}}\n", "utf-8")
    return compute(folder / "company.yaml")


def test_lifetime_emissions_of_a_project_stand_apart(tmp_path: Path) -> None:
    """Example 15.5: 7 Mt a year over 30 years, 15 %: 31.5 Mt, told once; the year has 1.05 Mt."""
    run = _run(
        tmp_path,
        f"{HELD}, investment: {{type: project_finance, share: 15 %, lifetime_years: 30}}",
    )
    assert run.inventory is not None
    (line,) = run.inventory.lines
    assert line.co2e("location_based") == 1_050_000
    assert run.inventory.totals.scope_3 == 1_050_000
    assert any("31,500,000 tCO2e" in note and "no total" in note for note in line.notes)
    assert line.calculated_by == "project_specific"


def test_revenue_by_a_sector_factor_is_average_data(tmp_path: Path) -> None:
    """Example 15.2, first row: 1,800,000 kg of the company's revenue × 5 % = 90,000 kg."""
    keys = (
        "category: investments, quantity: 900_000 USD, emission_rate: {CO2: 2 kg/USD},"
        " citation: example, investment: {type: equity, share: 5 %}, period: 2024"
    )
    run = _run(tmp_path, keys)
    assert run.inventory is not None
    (line,) = run.inventory.lines
    assert (line.co2e("location_based"), line.calculated_by) == (90, "average_data")


def test_a_loan_by_its_outstanding_amount(tmp_path: Path) -> None:
    held = "investment: {type: business_loan, share: 5_000_000 EUR of 40_000_000 EUR, score: 3}"
    run = _run(tmp_path, f"{HELD}, {held}")
    assert run.inventory is not None
    (line,) = run.inventory.lines
    assert line.co2e("location_based") == 875_000
    assert line.notes == ("data quality score 3 of 5 (PCAF)",)


def test_a_sample_stands_for_its_group(tmp_path: Path) -> None:
    keys = (
        "category: franchises, reported: 120 tCO2e, gwp_set: AR6, by: five shops,"
        " sample: {asked: 5, of: 40, reason: one design}, period: 2024"
    )
    run = _run(tmp_path, keys)
    assert run.inventory is not None
    assert run.inventory.totals.scope_3 == Fraction(960)  # 120 × 40 ÷ 5


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("investment: {type: equity, share: 0 %}", "out-of-bounds"),
        ("investment: {type: bond, share: 5 t of 10 t}", "unit-mismatch"),
        ("investment: {type: bond, share: 5 EUR of 10 USD}", "unit-mismatch"),
        ("investment: {type: bond, share: 5 %, lifetime_years: 30}", "conflicting-keys"),
        ("investment: {type: project_finance, share: 5 %, lifetime_years: 0}", "out-of-bounds"),
        ("investment: {type: equity, share: 5 %, score: 6}", "out-of-bounds"),
        ("sample: {asked: 5, of: 40, reason: alike}", "conflicting-keys"),  # another category's
    ],
)
def test_refused(tmp_path: Path, keys: str, code: str) -> None:
    found = _run(tmp_path, f"{HELD}, {keys}").diagnostics
    assert code in {item.code for item in found}


@pytest.mark.parametrize("sample", ["asked: 50, of: 40", "asked: 0, of: 40"])
def test_no_sample(tmp_path: Path, sample: str) -> None:
    keys = (
        "category: franchises, reported: 1 tCO2e, gwp_set: AR6, by: shops,"
        f" sample: {{{sample}, reason: alike}}, period: 2024"
    )
    assert "out-of-bounds" in {item.code for item in _run(tmp_path, keys).diagnostics}
