"""Stated rates as factors: units say what was stated, mixed units come together exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import Location
from ghgcalc.core.gas_units import one_unit, split_rate
from ghgcalc.core.units import Quantity, UnitError, define_own_units, parse_unit
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.factors.pack import own_gas
from ghgcalc.factors.stated import stated_factor
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path


def rate(number: str, unit: str) -> Quantity:
    return Quantity(Decimal(number), parse_unit(unit))


def test_a_co2e_unit_is_shown_as_the_mass_it_is() -> None:
    """0.6226 tCO2e is 622.6 kg and reads `t`, not `kg`."""
    value = own_gas(rate("0.6226", "tCO2e"))
    assert value.as_co2e
    assert str(value.amount) == "0.6226 t"
    assert value.amount.value * value.amount.unit.size == Fraction("622.6")


def test_rates_in_several_units_come_to_the_first_one() -> None:
    """0.36 kg/kWh is 0.1 kg/MJ; a therm has no finite decimals in MJ: its unit says so."""
    stated = {
        "CO2": rate("0.2", "kg/MJ"),
        "CH4": rate("0.36", "kgCO2e/kWh"),
        "N2O": rate("0.0036", "kg/therm"),
    }
    factor = stated_factor("line", stated, "process_emissions", Location("c.yaml", 1, 1))
    assert str(factor.per) == "MJ"
    assert str(factor.gases["CH4"].amount) == "0.1 kg"
    for gas, size in (
        ("CO2", 1),
        ("CH4", Fraction(10, 36)),
        ("N2O", Fraction(10**9, 105505585262)),
    ):
        amount = factor.gases[gas].amount
        assert parse_unit(str(amount.unit)) == amount.unit
        assert amount.value * amount.unit.size == stated[gas].value * Fraction(size)


@pytest.mark.parametrize(("first", "second", "code"), [
    ("kg/kWh gross", "kg/kWh net", "basis-mismatch"),
    ("kg/kWh net", "g/GJ gross", "basis-mismatch"),
    ("kg/kWh", "kg/kWh net", "basis-mismatch"),
    ("kgCO2e/MJ gross", "kg/MJ", "basis-mismatch"),
    ("kg/kWh", "kg/L", "unit-mismatch"),
    ("kg/m3", "kg/Nm3", "unit-mismatch"),
])  # fmt: skip
def test_all_gases_of_a_rate_share_one_unit(first: str, second: str, code: str) -> None:
    """In either order, at the gas that differs: the heating value of one gas is not another's."""
    for one, two in ((first, second), (second, first)):
        stated = {"CO2": rate("0.2", one), "CH4": rate("0.1", one), "N2O": rate("0.1", two)}
        assert [(gas, slip.code) for gas, slip in one_unit(stated)] == [("N2O", code)]
        with pytest.raises(UnitError):
            stated_factor("line", stated, "process_emissions", Location("c.yaml", 1, 1))


def test_a_heating_value_of_an_own_unit_counts_in_a_rate() -> None:
    try:
        define_own_units({"own_block": Quantity(Decimal(10), parse_unit("kWh gross"))})
        assert split_rate(rate("2", "kg/own_block"))[1].basis == "gross"
        mixed = {"CO2": rate("2", "kg/own_block"), "N2O": rate("0.1", "g/kWh net")}
        assert [gas for gas, _ in one_unit(mixed)] == ["N2O"]
    finally:
        define_own_units({})


def test_mixed_rates_are_said_once_wherever_they_stand(tmp_path: Path) -> None:
    """Lines, items of tables, instruments and suppliers: at each gas that differs."""
    mixed = "{N2O: 0.1 g/kWh gross, CO2: 0.2 kg/kWh net}"
    (tmp_path / "rows.csv").write_text("kWh\n5\n")
    (tmp_path / "company.yaml").write_text(f"""\
ghgcalc: 1
organization: {{name: X, consolidation_approach: operational_control, gwp_set: AR5}}
facilities: {{leeds: {{country: GB}}}}
activities:
  line: {{facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2024,
         quantity: 1000 kWh gross, citation: x, emission_rate: {mixed}}}
  power: {{facility: leeds, category: purchased_electricity, period: 2024, quantity: 1 MWh,
          supplier: s}}
tables:
  rows:
    files: rows.csv
    columns: {{quantity: kWh}}
    constants: {{facility: leeds, item: gas, unit: kWh gross, period: 2024}}
    items:
      gas: {{category: stationary_combustion, fuel: natural_gas, citation: x,
            emission_rate: {mixed}}}
instruments:
  guarantee: {{type: GO, market: GB, volume: 1 MWh, generated: 2024, emission_rate: {mixed}}}
suppliers:
  s: {{rates: {{"2024": {{emission_rate: {mixed}}}}}}}
""")
    run = compute(tmp_path / "company.yaml")
    found = [item.message for item in run.diagnostics if item.code == "basis-mismatch"]
    said = "the rate of `CO2` is per kWh net, that of `N2O` per kWh gross"
    assert sorted(found) == [f"`{n}`: {said}" for n in ("guarantee", "line", "rows/gas", "s")]
    assert run.inventory is None


def test_the_mass_of_a_gas_has_no_heating_value(tmp_path: Path) -> None:
    """In own packs the unit stands apart, and with it the heating value."""
    (tmp_path / "gas.csv").write_text(
        "id,category,fuel,per,CO2 [kg net],locator\ncell,stationary_combustion,natural_gas,"
        "kWh gross,0.2,t. 1\n"
    )
    (tmp_path / "own.yaml").write_text("""\
pack: own
title: Own values
tables: [{file: gas.csv, holds: factors}]
factors:
  gas: {category: stationary_combustion, fuel: natural_gas, per: kWh gross,
        gases: {CO2: 0.2 kg gross, N2O: 0.1 g net}}
""")
    found = read_pack_file(tmp_path / "own.yaml", "own.yaml", tmp_path)
    assert [item.code for item in found.diagnostics] == ["basis-mismatch"] * 3
