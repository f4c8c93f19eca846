"""Answers to quality criteria that say no, and bundles with contracts that are not in the file."""

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
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
"""
POWER = "power: {facility: leeds, category: purchased_electricity, quantity: 1000 MWh, period: 2024"
REGO = "{type: REGO, market: GB, volume: 500 MWh, generated: 2024, emission_rate: {CO2: 0 kg/MWh}"
MET = "criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}"
NO = ["0", "n", "No", "false", "none", '"-"', '"—"', "否", "not met", "Not_met", "not-met.",
      "Pending", "tbd", "unknown", "n/a", "N/A", '"?"', "待定", '""']  # fmt: skip


def run_of(path: Path, text: str) -> Run:
    path.joinpath("company.yaml").write_text(HEAD + text, "utf-8")
    return compute(path / "company.yaml")


def market_based(run: Run) -> Fraction:
    assert run.inventory is not None
    return Fraction(run.inventory.totals.scope_2["market_based"])


@pytest.mark.parametrize("answer", NO)
def test_an_answer_that_says_no_is_not_met(tmp_path: Path, answer: str) -> None:
    rego = REGO + ", " + MET.replace("3: x", f"3: {answer}") + "}"
    run = run_of(tmp_path, f"activities:\n  {POWER}}}\ninstruments:\n  rego: {rego}\n")
    (said,) = [item for item in run.diagnostics if item.code == "instrument-not-applied"]
    assert "criterion 3 not met" in said.message
    # DESNZ 2024: 0.20705 kg CO2e/kWh x 1,000 MWh, no certificate applied
    assert market_based(run) == Fraction("207.05")


@pytest.mark.parametrize("answer", NO)
def test_a_rate_of_a_supplier_reads_answers_alike(tmp_path: Path, answer: str) -> None:
    met = MET.replace("5: x", f"5: x, 6: {answer}")
    rate = f"{{emission_rate: {{CO2: 0 kg/MWh}}, {met}}}"
    text = f"suppliers: {{volt: {{rates: {{2024: {rate}}}}}}}\n"
    run = run_of(tmp_path, f"{text}activities:\n  {POWER}, supplier: volt}}\n")
    (said,) = [item for item in run.diagnostics if item.code == "rate-not-applied"]
    assert "criterion 6 not met" in said.message
    assert market_based(run) == Fraction("207.05")


@pytest.mark.parametrize("answer", ["x", "no-double-issue.pdf", "registry note 0", "yes"])
def test_evidence_is_met_though_it_holds_such_a_word(tmp_path: Path, answer: str) -> None:
    rego = REGO + ", " + MET.replace("3: x", f"3: {answer}") + "}"
    run = run_of(tmp_path, f"activities:\n  {POWER}}}\ninstruments:\n  rego: {rego}\n")
    # half of 1,000 MWh at 0: 500 MWh x 0.20705
    assert market_based(run) == Fraction("103.525")


@pytest.mark.parametrize(
    ("named", "hint"),
    [("wind-fram", "did you mean `wind-farm`?"), ("ppa-2032", "name the contract by its id")],
)
def test_a_bundle_names_a_contract_of_the_file(tmp_path: Path, named: str, hint: str) -> None:
    rego = f"{REGO}, {MET}, bundled_with: {named}}}"
    ppa = REGO.replace("type: REGO", "type: PPA") + ", " + MET + "}"
    text = f"activities:\n  {POWER}}}\ninstruments:\n  rego: {rego}\n  wind-farm: {ppa}\n"
    run = run_of(tmp_path, text)
    (said,) = [item for item in run.diagnostics if item.code == "unknown-value"]
    assert f"bundled with `{named}`" in said.message
    assert hint in (said.hint or "")
    assert run.inventory is None
