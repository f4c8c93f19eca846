"""Conversions between units of one kind as printed steps: both units, digits that hold."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.core.numbers import in_full
from ghgcalc.core.step import Step
from ghgcalc.core.units import ratio

if TYPE_CHECKING:
    from ghgcalc.core.units import Unit


def unit_steps(unit: Unit, per: Unit) -> tuple[Step, ...]:
    """The ratio of two units of one kind as a step that shows both; nothing where it is 1."""
    value = ratio(unit, per)
    if value == 1:
        return ()
    here, there = counted(unit), counted(per)
    text = f"{in_full(value)} {there}/{here}"
    if not _ends(value) and _ends(1 / value):  # ÷ 3.6 MJ/kWh rather than × 0.277777777777778
        text = f"÷ {in_full(1 / value)} {here}/{there}"
    return (Step(value, text, str(per), "unit"),)


def counted(unit: Unit) -> str:
    """A unit behind a number: one that is a count itself, `10000 Nm3`, stands in brackets."""
    return f"({unit.text})" if unit.text[:1].isdigit() else unit.text


def _ends(value: Fraction) -> bool:
    """Whether `in_full` writes a value with all its decimals."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1 and Fraction(in_full(value).replace(",", "")) == value
