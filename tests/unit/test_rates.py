"""Stated rates as factors: units say what was stated, mixed units come together exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ghgcalc.diagnostics import Location
from ghgcalc.factors.pack import own_gas
from ghgcalc.rates import stated_factor
from ghgcalc.units import Quantity, parse_unit


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
