"""Blends in parts: shares of the quantity, each with its own factor, in lines and in the ledger."""

from __future__ import annotations

import csv
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from ghgcalc.calculation.results.line import LOCATION
from ghgcalc.company.activity import Activity
from ghgcalc.company.table import Item
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

PACK = """\
pack: own
title: Own factors
factors:
  petrol: {category: mobile_combustion, fuel: petrol, per: L, gases: {CO2: 2 kg}, source: test}
  ethanol: {category: mobile_combustion, fuel: bioethanol, per: L,
            gases: {CO2: 0 kg, CO2_biogenic: 1.5 kg, N2O: 0.001 kg}, source: test}
  gas: {category: stationary_combustion, fuel: natural_gas, per: Nm3, gases: {CO2: 2 kg},
        source: test}
  biogas: {category: stationary_combustion, fuel: biomethane, per: Nm3,
           gases: {CO2: 0 kg, CO2_biogenic: 2 kg}, source: test}
"""
COMPANY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [./own.yaml]
facilities: {leeds: {country: GB}}
"""
VAN = "activities:\n  van: {facility: leeds, category: mobile_combustion, period: 2024, %s}\n"
FLEET = """\
tables:
  fleet:
    files: fleet.csv
    columns: {item: fuel, quantity: litres, period: month}
    constants: {facility: leeds, unit: L}
    items:
      E10: {category: mobile_combustion, parts: {petrol: 90 %, bioethanol: 10 %}}
"""
E10 = "parts: {petrol: 90 %, bioethanol: 10 %}"


def run(folder: Path, body: str, period: str | None = None) -> Run:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(COMPANY + body, "utf-8")
    rows = "fuel,litres,month\nE10,600,2024-01\nE10,400,2024-02\n"
    (folder / "fleet.csv").write_text(rows, "utf-8")
    return compute(folder / "company.yaml", period=period)


def tonnes(run: Run) -> dict[str, Fraction | None]:
    assert run.inventory is not None, run.diagnostics
    return {line.id: line.co2e(LOCATION) for line in run.inventory.lines}


# 90 L of petrol at 2 kg; 10 L of ethanol at 1 g N2O × 265
WANT = {"petrol": Fraction(180, 1000), "bioethanol": Fraction(265, 100_000)}


def test_an_activity_in_parts(tmp_path: Path) -> None:
    found = run(tmp_path, VAN % f"quantity: 100 L, {E10}")
    assert tonnes(found) == {f"van/{fuel}": value for fuel, value in WANT.items()}
    assert found.inventory is not None
    steps = [part.plan.steps for line in found.inventory.lines for part in line.location_based]
    assert [(step.text, step.source) for (step,) in steps] == [
        ("90 %", "share of petrol by volume"), ("10 %", "share of bioethanol by volume"),
    ]  # fmt: skip


@pytest.mark.parametrize("period", [None, "2024-01"])
def test_an_item_in_parts_and_its_ledger(tmp_path: Path, period: str | None) -> None:
    """1,000 L, 600 of them in January; the rows of the ledger add up to quantity and tonnes."""
    found = run(tmp_path, FLEET, period)
    litres = 600 if period else 1000
    by_fuel = {fuel: Fraction(0) for fuel in WANT}
    for line, value in tonnes(found).items():
        assert value is not None
        by_fuel[line.rpartition("/")[2]] += value
    assert by_fuel == {fuel: value * litres / 100 for fuel, value in WANT.items()}
    assert found.inventory is not None
    write_lines(found.project, found.inventory, tmp_path / "lines.csv")
    rows = list(csv.DictReader((tmp_path / "lines.csv").read_text("utf-8").splitlines()))
    assert sum(Fraction(row["quantity"]) for row in rows) == litres
    assert sum(Fraction(row["location_based_tco2e"]) for row in rows) == sum(by_fuel.values())
    assert {row["line"] for row in rows} == set(tonnes(found))


def test_a_table_and_activities_give_the_same(tmp_path: Path) -> None:
    one = run(tmp_path, FLEET).inventory
    other = run(tmp_path, VAN % f"quantity: 1000 L, {E10}").inventory
    assert one is not None
    assert other is not None
    assert one.totals.all_scopes(LOCATION) == other.totals.all_scopes(LOCATION)


def test_a_gas_in_parts_needs_its_state(tmp_path: Path) -> None:
    line = VAN.replace("mobile", "stationary") % (
        "quantity: 100 m3, parts: {natural_gas: 75 %%, biomethane: 25 %%}%s"
    )
    refused, *hidden = run(tmp_path, line % "").diagnostics
    assert refused.code == "gas-state-missing"
    assert all(item.supposing for item in hidden)
    state = ", gas_state: {temperature: 0 degC, pressure: 101.325 kPa}"
    assert tonnes(run(tmp_path, line % state)) == {
        "van/natural_gas": Fraction(150, 1000), "van/biomethane": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    ["quantity: 100 L, parts_by: mass", "quantity: 100 km", "quantity: 5 kg, parts_by: volume"],
)
def test_shares_are_of_what_is_measured(tmp_path: Path, more: str) -> None:
    (refused,) = run(tmp_path, VAN % f"{more}, {E10}").diagnostics
    assert refused.code == "unit-mismatch"


@pytest.mark.parametrize(
    "keys",
    [{"parts": {"petrol": "90 %", "bioethanol": "9 %"}}, {"parts": {"petrol": "100 %"}},
     {"parts": {"petrol": "100 %", "bioethanol": "0 %"}}, {"parts_by": "volume"},
     {"parts": {"petrol": "50 %", "gasoline": "50 %"}},
     {"parts": {"petrol": "90 %", "bioethanol": "10 %"}, "fuel": "petrol"},
     {"parts": {"petrol": "90 %", "bioethanol": "10 %"}, "factor": "own/petrol"}],
)  # fmt: skip
def test_what_is_no_blend_is_refused(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Item.model_validate({"category": "mobile_combustion", **keys})
    with pytest.raises(ValidationError):
        Activity.model_validate({"category": "mobile_combustion", "period": "2024",
                                 "quantity": "1 L", **keys})  # fmt: skip


def test_parts_are_of_a_quantity() -> None:
    with pytest.raises(ValidationError):
        Activity.model_validate({
            "category": "process_emissions", "period": "2024", "gas_masses": {"CO2": "1 kg"},
            "parts": {"petrol": "90 %", "bioethanol": "10 %"},
        })  # fmt: skip
