"""The mass of a gas is stated as such: carbon and CO2 are other masses, by 44/12 and more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.gas_units import check_mass_of
from ghgcalc.core.units import UnitError, define_own_units, parse_quantity, parse_unit
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("gas", "unit", "times"), [
    ("CO2", "tC", "44/12"), ("CO2", "t C", "44/12"), ("CO2", "kgC/L", "44/12"),
    ("CO2_biogenic", "kg C", "44/12"), ("CO2", "thousand tC", "44/12"),
    ("CO2", "10^3 t C", "44/12"),
    ("CO2", "own_load", "44/12"), ("CO2", "kWh·kgC/MJ", "44/12"), ("co2", "tC", "44/12"),
    ("CH4", "tC", "16/12"), ("CH4_fossil", "kgC/GJ net", "16/12"), ("HFC-134a", "tC", ""),
    ("N2O", "kgC", ""), ("CH4", "tCO2", ""), ("N2O", "kgCO2/kWh gross", ""), ("CO2e", "tCO2", ""),
    ("C", "tCO2", ""), ("CO2e", "kgC/kWh", ""),
])  # fmt: skip
def test_another_substance_is_refused(gas: str, unit: str, times: str) -> None:
    """44 g of CO2 and 16 g of CH4 hold 12 g of carbon."""
    try:
        define_own_units({"own_load": parse_quantity("5 tC")})
        with pytest.raises(UnitError) as error:
            check_mass_of(gas, parse_unit(unit))
    finally:
        define_own_units({})
    assert error.value.code == "unit-mismatch"
    assert error.value.hint.partition("× ")[2] == times


@pytest.mark.parametrize(("gas", "unit"), [
    ("CO2", "tCO2"), ("CO2", "kgCO2/kWh"), ("CO2_biogenic", "tCO2"), ("C", "kg C"), ("C", "tC"),
    ("CO2", "t"), ("CH4", "kgCO2e/L"), ("CO2", "kg/tC"), ("CO2", "kg/kgCO2"), ("CO2e", "t CO2e"),
])  # fmt: skip
def test_the_gas_itself_is_taken(gas: str, unit: str) -> None:
    check_mass_of(gas, parse_unit(unit))


def test_carbon_is_refused_wherever_a_gas_is_stated(tmp_path: Path) -> None:
    """Lines, balances, items, rows of tables, instruments, suppliers: at the place of the mass."""
    (tmp_path / "rows.csv").write_text("t\n5\n")
    (tmp_path / "company.yaml").write_text("""\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {site: {country: GB}}
activities:
  masses: {facility: site, category: process_emissions, period: 2024,
    gas_masses: {CO2: 5 tC}}
  of-co2: {facility: site, category: process_emissions, period: 2024,
    gas_masses: {CH4: 5 tCO2, CO2: 1 tCO2}}
  rate: {facility: site, category: process_emissions, period: 2024, quantity: 1 L, citation: x,
    emission_rate: {CO2: 0.7 kgC/L}}
  leak: {facility: site, category: fugitive_emissions, period: 2024, gas: R-744,
    quantity: 5 kgC}
  balance: {facility: site, category: fugitive_emissions, period: 2024, gas: HFC-134a,
    mass_balance: {inventory_start: 2 kg,
      inventory_end: 1 kgC}}
tables:
  rows:
    files: rows.csv
    columns: {quantity: t}
    constants: {facility: site, item: x, unit: t, period: 2024}
    items:
      x: {category: process_emissions, citation: x,
        emission_rate: {CO2: 0.7 kgC/t}}
instruments:
  guarantee: {type: GO, market: GB, volume: 1 MWh, generated: 2024,
    emission_rate: {CO2: 0.1 kgC/MWh}}
suppliers:
  s: {rates: {"2024": {
    emission_rate: {CH4: 0.1 kgCO2/MWh}}}}
""")
    run = compute(tmp_path / "company.yaml")
    found = [item for item in run.diagnostics if item.code == "unit-mismatch"]
    lines = [item.location and item.location.line for item in found]
    assert sorted(lines) == [6, 8, 10, 12, 15, 23, 26, 29]
    assert run.inventory is None


def test_rows_of_a_table_are_masses_of_its_gas(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("amount\n5\n")
    (tmp_path / "company.yaml").write_text("""\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {site: {country: GB}}
tables:
  rows:
    files: rows.csv
    columns: {quantity: amount}
    constants: {facility: site, item: x, unit: tC, period: 2024}
    items: {x: {category: process_emissions, gas: CO2}}
""")
    run = compute(tmp_path / "company.yaml")
    assert [item.code for item in run.diagnostics if "mass of carbon" in item.message] == [
        "unit-mismatch"
    ]
    assert run.inventory is None


def test_own_packs_state_gases(tmp_path: Path) -> None:
    (tmp_path / "gas.csv").write_text(
        "id,category,per,CO2 [kg C],C [kg C],CH4 [kgCO2],locator\n"
        "cell,process_emissions,t,0.2,0.1,0.3,t. 1\n"
    )
    (tmp_path / "own.yaml").write_text("""\
pack: own
title: Own values
tables: [{file: gas.csv, holds: factors}]
factors:
  gas: {category: process_emissions, per: t, gases: {CO2: 0.2 tC, N2O: 0.1 kgCO2}}
""")
    found = read_pack_file(tmp_path / "own.yaml", "own.yaml", tmp_path)
    assert [item.code for item in found.diagnostics] == ["unit-mismatch"] * 4
