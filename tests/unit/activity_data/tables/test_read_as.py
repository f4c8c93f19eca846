"""`read_as` at an item: its rows alone are read in another unit, as hints print it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

COMPANY = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz, own.yaml]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {item: what, period: p, quantity: q, COLUMN}
    constants: {facility: leeds CONSTANT}
    items:
      power: {category: purchased_electricity}
      gas: {category: stationary_combustion, fuel: FUEL, MORE}
"""
OWN = """
pack: own
title: O
factors:
  bio: {category: stationary_combustion, fuel: biogas, per: Nm3, gases: {CH4: 1 kg}, source: s}
"""
# kg per kWh of DESNZ 2024: power, natural gas by gross and by net heating value
POWER, GROSS, NET = map(Fraction, ("0.20705", "0.1829", "0.20264"))


def run(
    folder: Path, rows: str, more: str = "", fuel: str = "natural_gas", constant: str = ""
) -> Run:
    text = COMPANY.replace("FUEL", fuel).replace(", MORE", f", {more}" if more else "")
    text = text.replace(", COLUMN", "" if constant else ", unit: u")
    text = text.replace(" CONSTANT", f", unit: {constant}" if constant else "")
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / "company.yaml").write_text(text, "utf-8")
    (folder / "bills.csv").write_text(f"what,p,q,u\n{rows}", "utf-8")
    return compute(folder / "company.yaml")


def hints(made: Run) -> list[str]:
    (found,) = made.diagnostics
    assert "at the item" in (found.hint or "")
    assert "`names:" not in (found.hint or "")
    return re.findall(r"`(read_as: [^`]*)`", found.hint or "")


def kilograms(made: Run) -> tuple[Fraction, Fraction]:
    """Of Scope 1 and of power."""
    assert not made.diagnostics
    assert made.inventory is not None
    totals = made.inventory.totals
    one, two = totals.scope_1, totals.scope_2["location_based"]
    assert one is not None
    assert two is not None
    return one * 1000, two * 1000


@pytest.mark.parametrize("constant", ["", "kWh"])
def test_a_heating_value_of_the_gas_alone(tmp_path: Path, constant: str) -> None:
    rows = "power,2024,500,kWh\ngas,2024,1000,kWh\n"
    gross, net = hints(run(tmp_path, rows, constant=constant))
    assert (gross, net) == ("read_as: {kWh: kWh gross}", "read_as: {kWh: kWh net}")
    for typed, factor in ((gross, GROSS), (net, NET)):
        made = run(tmp_path, rows, typed, constant=constant)
        assert kilograms(made) == (1000 * factor, 500 * POWER)


def test_a_unit_in_any_spelling(tmp_path: Path) -> None:
    rows = "power,2024,500,kWh\ngas,2024,2,MW*h\n"
    (gross, _) = hints(run(tmp_path, rows))
    assert kilograms(run(tmp_path, rows, gross)) == (2000 * GROSS, 500 * POWER)


def test_the_state_of_a_gas(tmp_path: Path) -> None:
    """1,000 m3 at 0 °C of a gas of 1 kg CH4 a Nm3, at GWP 28; at 15 °C fewer by 273.15/288.15."""
    rows = "power,2024,500,kWh\ngas,2024,1000,m3\n"
    zero, fifteen, _ = hints(run(tmp_path, rows, fuel="biogas"))
    assert zero == "read_as: {m3: Nm3}"
    assert kilograms(run(tmp_path, rows, zero, "biogas"))[0] == 28_000
    right = 28_000 * Fraction("273.15") / Fraction("288.15")
    assert kilograms(run(tmp_path, rows, fifteen, "biogas"))[0] == right


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("read_as: {kWh: kWx}", "unknown-unit"),
        ("read_as: {kwatthour: kWh gross}", "unknown-unit"),
        ("read_as: {kWh: kWh gross}, storage: charged", "conflicting-keys"),
        ("read_as: {kWh: km}", "unit-mismatch"),
    ],
)
def test_what_cannot_act_is_refused(tmp_path: Path, more: str, code: str) -> None:
    made = run(tmp_path, "power,2024,500,kWh\ngas,2024,1000,kWh\n", more)
    assert code in {each.code for each in made.diagnostics}
