"""Allocation: our share of what others use as well, on any line outside Scope 2 (S3-12)."""

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
factor_packs: [refrigerants]
facilities: {hq: {country: DE}}
"""
RATE = "emission_rate: {CO2: 0.7 kg/kWh}, citation: example"


def _run(folder: Path, body: str) -> Run:
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    return compute(folder / "company.yaml")


def _line(keys: str, category: str = "upstream_leased_assets") -> str:
    return f"activities:\n  a: {{facility: hq, category: {category}, period: 2024, {keys}}}\n"


def _tonnes(run: Run) -> dict[str, Fraction | None]:
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    return {line.id: line.co2e("location_based") for line in run.inventory.lines}


@pytest.mark.parametrize(
    ("share", "kg"),
    [
        ("method: area, share: 200 m2 of 2_000 m2", Fraction(210)),  # 3,000 × 0.7 ÷ 10
        ("method: area, share: 10 %", Fraction(210)),
        ("method: area, share: 200 m2 of 2_000 m2, occupancy: 75 %", Fraction(280)),
        ("method: area, share: 100 m2 of 0.02 ha", Fraction(1050)),
        ("method: mass, share: 240 t of 1_800 t, others: {b: 1_000 t, c: 560_000 kg}",
         Fraction(280)),
        ("method: revenue, share: 1 CNY of 3 CNY, reason: no physical relation", Fraction(700)),
    ],
)  # fmt: skip
def test_a_share_of_a_quantity(tmp_path: Path, share: str, kg: Fraction) -> None:
    run = _run(tmp_path, _line(f"quantity: 3_000 kWh, {RATE}, allocation: {{{share}}}"))
    assert _tonnes(run) == {"a": kg / 1000}


def test_a_share_of_what_another_party_reports(tmp_path: Path) -> None:
    keys = "reported: 9 tCO2e, gwp_set: AR6, by: lessee"
    keys += ", allocation: {method: area, share: 5_000 m2 of 15_000 m2}"
    # Example 13.1: 9,000 kg × 5,000 ÷ 15,000
    assert _tonnes(_run(tmp_path, _line(keys, "downstream_leased_assets"))) == {"a": 3}


def test_a_share_of_masses_of_gas(tmp_path: Path) -> None:
    keys = "gas_masses: {HFC-32: 4 kg}, allocation: {method: area, share: 25 %}"
    # 1 kg × 771 (AR6)
    assert _tonnes(_run(tmp_path, _line(keys))) == {"a": Fraction(771, 1000)}


def test_a_share_of_each_row(tmp_path: Path) -> None:
    (tmp_path / "bills.csv").write_text(
        "what,n,unit,month\npower,3000,kWh,2024-01\ngas,4,kg,2024-02\n", "utf-8"
    )
    body = f"""\
tables:
  bills:
    files: bills.csv
    read: {{period: YYYY-MM}}
    columns: {{item: what, quantity: n, unit: unit, period: month}}
    constants: {{facility: hq}}
    items:
      power: {{category: upstream_leased_assets, {RATE}, allocation: {{method: area, share: 10 %}}}}
      gas:
        {{category: upstream_leased_assets, gas: HFC-32, allocation: {{method: area, share: 25 %}}}}
"""
    found = _tonnes(_run(tmp_path, body))
    assert found == {
        "bills/hq/power/2024-01": Fraction(210, 1000),
        "bills/hq/gas/2024-02": Fraction(771, 1000),
    }


@pytest.mark.parametrize(
    ("share", "code"),
    [
        ("method: area, share: 110 %", "out-of-bounds"),
        ("method: area, share: 0 m2 of 5 m2", "out-of-bounds"),
        ("method: area, share: 5 m2 of 3 kg", "unit-mismatch"),
        ("method: area, share: 5 m2 of", "not-a-number"),
        ("method: area, share: 50 %, occupancy: 40 %", "out-of-bounds"),
        ("method: economic, share: 50 %", "missing-key"),
        ("method: mass, share: 240 t of 1_800 t, others: {b: 1_000 t}", "out-of-bounds"),
        ("method: mass, share: 10 %, others: {b: 1_000 t}", "conflicting-keys"),
        ("method: mass, share: 240 t of 1_800 t, others: {b: 1_560 m2}", "unit-mismatch"),
    ],
)
def test_refused(tmp_path: Path, share: str, code: str) -> None:
    run = _run(tmp_path, _line(f"quantity: 3_000 kWh, {RATE}, allocation: {{{share}}}"))
    assert code in {item.code for item in run.diagnostics}


def test_no_allocation_of_power_in_scope_2(tmp_path: Path) -> None:
    keys = "quantity: 3 MWh, allocation: {method: area, share: 10 %}"
    found = _run(tmp_path, _line(keys, "purchased_electricity")).diagnostics
    hints = {item.code: item.hint for item in found}
    assert hints["conflicting-keys"] == "state our share of the energy as `quantity:` (S3-12)"
