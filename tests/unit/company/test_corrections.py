"""Corrections take from the line that they name, at its rate and basis, in its years, to zero."""

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
facilities:
  leeds: {country: GB}
  jv:
    country: GB
    history:
      2020-01-01: {economic_interest: 50%, operated: true}
      2024-07-01: {economic_interest: 100%, operated: true}
"""
GAS = "facility: leeds, category: stationary_combustion, fuel: natural_gas"
LEAK = "facility: leeds, category: fugitive_emissions"


def run_of(folder: Path, lines: dict[str, str]) -> Run:
    text = "".join(f"  {name}: {{{line}}}\n" for name, line in lines.items())
    path = folder / "company.yaml"
    path.write_text(f"{HEAD}activities:\n{text}", "utf-8")
    return compute(path)


def codes(run: Run) -> list[str]:
    assert run.inventory is None
    return [each.code for each in run.diagnostics if each.severity.value == "error"]


@pytest.mark.parametrize(
    ("line", "credit", "code"),
    [
        # -1,000 kWh net are more than 1,000 kWh gross
        ("quantity: 1000 kWh gross", "quantity: -1000 kWh net", "basis-mismatch"),
        ("quantity: 1000 kWh gross", "quantity: -1 kWh net", "basis-mismatch"),
        ("quantity: 1000 kWh gross", "quantity: -1 m3", "unit-mismatch"),
        (
            "quantity: 1000 kWh gross",
            "quantity: -1000 kWh gross, emission_rate: {CO2: 5 kg/kWh gross}",
            "conflicting-keys",
        ),
        (
            "quantity: 1000 kWh gross, emission_rate: {CO2: 0.1 kg/kWh gross}",
            "quantity: -1000 kWh gross",
            "conflicting-keys",
        ),
        ("quantity: 1000 kWh gross", "quantity: -9 kWh gross, technology: x", "conflicting-keys"),
        ("quantity: 1000 kWh gross", "reported: -1 kgCO2e", "conflicting-keys"),
        ("quantity: 1000 kWh gross", "quantity: -1.000001 MWh gross", "negative-quantity"),
    ],
)
def test_a_correction_is_of_its_line(tmp_path: Path, line: str, credit: str, code: str) -> None:
    lines = {
        "g": f"{GAS}, period: 2024, {line}",
        "c": f"{GAS}, period: 2024, corrects: g, {credit}",
    }
    assert code in codes(run_of(tmp_path, lines))


def test_years_have_nets_of_their_own(tmp_path: Path) -> None:
    """900 kWh taken in January 2025 are not of a bill of January 2024."""
    lines = {
        "g": f"{GAS}, period: 2024-01, quantity: 1000 kWh gross",
        "c": f"{GAS}, period: 2025-01, corrects: g, quantity: -900 kWh gross",
    }
    run = run_of(tmp_path, lines)
    assert codes(run) == ["negative-quantity"]
    (said,) = [each for each in run.diagnostics if each.code == "negative-quantity"]
    assert "net -900 kWh gross" in said.message.replace("−", "-")
    # over two years a line holds its days: 62 days of 1000 kWh, 31 of them in January
    lines["g"] = f"{GAS}, period: 2023-12-01/2024-01-31, quantity: 1000 kWh gross"
    lines["c"] = f"{GAS}, period: 2024-01, corrects: g, quantity: -501 kWh gross"
    assert codes(run_of(tmp_path, lines)) == ["negative-quantity"]


def test_corrections_of_one_line_are_summed(tmp_path: Path) -> None:
    lines = {
        "c": f"{GAS}, period: 2024-02, corrects: g, quantity: -600 kWh gross",
        "g": f"{GAS}, period: 2024-01, quantity: 1000 kWh gross",
        "d": f"{GAS}, period: 2024-03, corrects: g, quantity: -500 kWh gross",
    }
    assert codes(run_of(tmp_path, lines)) == ["negative-quantity"]
    lines["up"] = f"{GAS}, period: 2024-03, corrects: g, quantity: 100 kWh gross"
    run = run_of(tmp_path, lines)
    assert run.inventory is not None
    assert run.inventory.totals.scope_1 == 0


def test_shares_of_a_facility_have_nets_of_their_own(tmp_path: Path) -> None:
    """Half of a bill of June is ours, and would be corrected by the whole of July."""
    gas = GAS.replace("leeds", "jv")
    lines = {
        "g": f"{gas}, period: 2024-06, quantity: 1000 kWh gross",
        "c": f"{gas}, period: 2024-07, corrects: g, quantity: -1000 kWh gross",
    }
    assert codes(run_of(tmp_path, lines)) == ["negative-quantity"]


@pytest.mark.parametrize(
    ("line", "credit", "code"),
    [
        ("gas_masses: {SF6: 5 kg}", "gas_masses: {SF6: -6 kg}", "negative-quantity"),
        ("gas_masses: {SF6: 5 kg}", "gas_masses: {NF3: -1 kg}", "negative-quantity"),
        ("gas: SF6, quantity: 5 kg", "gas: SF6, quantity: -5.001 kg", "negative-quantity"),
        ("gas: SF6, quantity: 5 kg", "gas: NF3, quantity: -5 kg", "conflicting-keys"),
        (
            "gas: SF6, service_balance: {recharge: 5 kg}",
            "gas: SF6, service_balance: {recovered: 6 kg}",
            "conflicting-keys",
        ),
    ],
)
def test_gases_are_corrected_gas_by_gas(tmp_path: Path, line: str, credit: str, code: str) -> None:
    lines = {
        "g": f"{LEAK}, period: 2024, {line}",
        "c": f"{LEAK}, period: 2024, corrects: g, {credit}",
    }
    assert code in codes(run_of(tmp_path, lines))


def test_what_is_left_is_the_difference(tmp_path: Path) -> None:
    rate = "emission_rate: {CO2: 0.2 kg/kWh gross}"
    lines = {
        "g": f"{GAS}, period: 2024, quantity: 1000 kWh gross, {rate}",
        "c": f"{GAS}, period: 2024-12, corrects: g, quantity: -0.4 MWh gross, {rate}",
        "s": f"{LEAK}, period: 2024, gas_masses: {{SF6: 5 kg}}",
        "t": f"{LEAK}, period: 2024, corrects: s, gas_masses: {{SF6: -4000 g}}",
    }
    run = run_of(tmp_path, lines)
    assert run.inventory is not None
    # 600 kWh x 0.2 kg = 0.12 t; 1 kg SF6 x 23,500 = 23.5 t
    assert run.inventory.totals.scope_1 == Fraction("23.62")


def test_a_line_with_faults_is_not_called_unknown(tmp_path: Path) -> None:
    lines = {
        "g": f"{GAS}, period: 2024, quantity: many kWh gross",
        "c": f"{GAS}, period: 2024, corrects: g, quantity: -1 kWh gross",
    }
    assert codes(run_of(tmp_path, lines)) == ["not-a-number"]
