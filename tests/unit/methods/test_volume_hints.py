"""Hints about volumes without a state, typed: a unit of one size, or the number that it needs."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [own.yaml]
facilities: {leeds: {country: GB}}
activities:
  x: {facility: leeds, category: stationary_combustion, fuel: FUEL, period: 2024, quantity: AMOUNT}
"""
# 2 kg per litre of the liquid, 3 kg per Nm3 of gas
PACK = """
pack: own
title: O
factors:
  lpg: {category: stationary_combustion, fuel: lpg, per: L, gases: {CO2: 2 kg, CH4: 0 kg,
        N2O: 0 kg}, source: s}
  gas: {category: stationary_combustion, fuel: natural_gas, per: Nm3, gases: {CO2: 3 kg, CH4: 0 kg,
        N2O: 0 kg}, source: s}
"""


def run(folder: Path, fuel: str, amount: str) -> Run:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    text = COMPANY.replace("FUEL", fuel).replace("AMOUNT", amount)
    (folder / "company.yaml").write_text(text, "utf-8")
    return compute(folder / "company.yaml")


def hint(made: Run) -> str:
    (found,) = made.diagnostics
    assert found.code == "gas-state-missing"
    return found.hint or ""


def tonnes(made: Run) -> Fraction:
    assert made.inventory is not None, made.diagnostics
    return made.inventory.totals.scope_1


def test_cubic_metres_of_a_liquefied_gas_are_kilolitres(tmp_path: Path) -> None:
    told = hint(run(tmp_path, "lpg", "5 m3"))
    assert told.startswith("write `kL` in the place of `m3` for the liquid, `Nm3` for the vapour")
    # 5 kL are 5,000 L: × 2 kg/L
    assert tonnes(run(tmp_path, "lpg", "5 kL")) == 10


def test_another_size_says_its_litres(tmp_path: Path) -> None:
    told = hint(run(tmp_path, "lpg", "100 ft3"))
    found = re.search(r"1 ft3 is ([0-9.]+) L", told)
    assert found is not None
    assert found[1] == "28.316846592"  # (0.3048 m)³
    assert "Nm3" not in told
    assert tonnes(run(tmp_path, "lpg", "2831.6846592 L")) == Fraction("5.6633693184")


@pytest.mark.parametrize(
    ("unit", "offered"), [("m3", ["Nm3", "Sm3", "m3_20C"]), ("ft3", ["scf"]), ("L", [])]
)
def test_a_gas_is_offered_units_of_its_size_alone(
    tmp_path: Path, unit: str, offered: list[str]
) -> None:
    """`Nm3` typed for litres was a thousand times as much gas, `scf` for m3 a thirty-fifth."""
    told = hint(run(tmp_path, "natural_gas", f"100 {unit}"))
    named = re.findall(r"`(\w+)`", told)
    assert named == offered
    state = Fraction(tonnes(run(tmp_path, "natural_gas",
                                f"100 {unit}, gas_state: {{temperature: 0 degC, pressure: 101.325"
                                " kPa}")))  # fmt: skip
    for each in offered:
        # from 0 to 20 °C a gas grows by 7.3 %
        assert abs(tonnes(run(tmp_path, "natural_gas", f"100 {each}")) / state - 1) < Fraction(
            8, 100
        )


@pytest.mark.parametrize("key", ["gas_state", "billed_as"])
def test_what_the_meter_or_bill_reads_is_left_open(tmp_path: Path, key: str) -> None:
    """Typed as printed, the example of a state or a bill would be taken for the reader's own."""
    told = hint(run(tmp_path, "natural_gas", "100 m3"))
    (entry,) = re.findall(rf"`({key}: {{.*?}})`", told)
    made = run(tmp_path, "natural_gas", f"100 m3, {entry}")
    assert made.inventory is None
