"""The printed values of a factor as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.gases import UNSPECIFIED

if TYPE_CHECKING:
    from ghgcalc.factors.model import Factor, GasValue


def value_text(gas: str, value: GasValue) -> str:
    """One printed value, such as `0.18253 kg CO2e of CO2`."""
    return f"{value.amount} {'CO2e of ' if value.as_co2e else ''}{gas}"


def headline(factor: Factor) -> str:
    """The printed total, else the gases."""
    total = factor.gases.get(UNSPECIFIED)
    if total is not None:
        return value_text(UNSPECIFIED, total)
    return " + ".join(value_text(gas, value) for gas, value in factor.gases.items())
