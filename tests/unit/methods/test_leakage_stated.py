"""A screening or balance that leaves out a rate or every term is refused, never 0."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
activities:
  gear: {facility: leeds, category: fugitive_emissions, gas: SF6, period: 2024, FORM}
"""


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("leakage: {charge: 100 kg}", "no `annual_rate`"),
        ("leakage: {charge: 100 kg, years: 1}", "no `annual_rate`"),
        ("leakage: {charge: 100 kg, disposed: 5 kg}", "no `annual_rate`"),
        ("leakage: {charge: 0 kg}", "states neither"),
        ("leakage: {charge: 100 kg, annual_rate: 1%, installed: 5 kg}", "no `installation_rate`"),
        ("leakage: {charge: 100 kg, annual_rate: 1%, installation_rate: 5%}", "no `installed`"),
        ("leakage: {charge: 100 kg, annual_rate: 1%, recovery: 5%}", "no `disposed`"),
        ("leakage: {charge: 100 kg, annual_rate: 1%, remaining: 5%}", "no `disposed`"),
        ("service_balance: {}", "states no amount"),
    ],
)
def test_what_is_left_out_is_not_zero(tmp_path: Path, form: str, said: str) -> None:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY.replace("FORM", form), "utf-8")
    run = compute(path)
    assert run.inventory is None
    (finding,) = [item for item in run.diagnostics if item.code == "missing-key"]
    assert said in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("form", "kg"),
    [
        ("leakage: {charge: 100 kg, annual_rate: 0%}", "0"),
        ("leakage: {charge: 0 kg, annual_rate: 1%}", "0"),
        ("leakage: {charge: 100 kg, annual_rate: 1%}", "1"),
        ("leakage: {charge: 0 kg, installed: 50 kg, installation_rate: 2%}", "1"),
        ("leakage: {charge: 0 kg, disposed: 4 kg, remaining: 50%, recovery: 50%}", "1"),
        ("service_balance: {recharge: 1 kg}", "1"),
        ("service_balance: {recharge: 0 kg}", "0"),
    ],
)
def test_what_is_stated_counts_zero_too(tmp_path: Path, form: str, kg: str) -> None:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY.replace("FORM", form), "utf-8")
    run = compute(path)
    assert run.inventory is not None
    # AR5: SF6 23,500
    assert Fraction(run.inventory.totals.scope_1) == Fraction(kg) * Fraction("23.5")
