"""Refrigerants to kilograms of gas: measured masses, balances, screening by rates.

Source: IPCC 2006 vol. 3 ch. 7; US EPA. A rate of a year counts for the days of the line's period.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from ghgcalc.bridges import ConversionError
from ghgcalc.numbers import plain
from ghgcalc.units import Unit, UnitError, dimension_label, ratio

if TYPE_CHECKING:
    from ghgcalc.model.activity import Activity, Leakage, MassBalance, ServiceBalance
    from ghgcalc.model.period import ReportingYear, Span
    from ghgcalc.units import Quantity

KG = "kg"
KG_UNIT = Unit("kg", "kg", Fraction(1))


def gas_masses(activity: Activity, span: Span, year: ReportingYear) -> dict[str, Fraction] | None:
    """Kilograms by gas of the measured, balanced or screened forms; None for other activities.

    Args:
        activity: what happened.
        span: its days; an annual rate counts for them.
        year: the reporting year, which such a rate is a year of.

    Raises:
        ConversionError: `negative-emission`, `missing-key`; UnitError: `unit-mismatch`.
    """
    if (
        activity.gas is None
        and activity.category != "fugitive_emissions"
        and not (
            activity.gas_masses
            or activity.mass_balance
            or activity.service_balance
            or activity.leakage
        )
    ):
        return None
    if activity.gas_masses is not None:
        found = {gas: _kilograms(amount) for gas, amount in activity.gas_masses.items()}
        for gas, kg in found.items():
            if kg < 0 and activity.corrects is None:
                raise ConversionError(
                    "negative-quantity", f"the mass of {gas} is negative", "state what was emitted"
                )
        return found
    kg_emitted: Fraction | None = None
    if activity.mass_balance is not None:
        kg_emitted = _balance(activity.mass_balance)
    elif activity.service_balance is not None:
        kg_emitted = _service(activity.service_balance)
    elif activity.leakage is not None:
        kg_emitted = _leak(activity.leakage, span, year)
    elif activity.gas is not None and activity.quantity is not None:
        kg_emitted = _kilograms(activity.quantity)
    if kg_emitted is None:
        if activity.category == "fugitive_emissions" and not (
            activity.item or activity.factor or activity.emission_rate or activity.fuel
        ):
            raise ConversionError(
                "missing-key", "no `gas:` says what leaked", "add `gas: R-410A` or `gas: HFC-134a`"
            )
        return None
    if activity.gas is None:
        raise ConversionError(
            "missing-key", "no `gas:` says what leaked", "add `gas: R-410A` or `gas: HFC-134a`"
        )
    if kg_emitted < 0 and activity.corrects is None:
        raise ConversionError(
            "negative-emission",
            f"the balance gives a negative emission of {plain(kg_emitted, 6)} kg",
            "check stocks, capacities and recovered amounts",
        )
    return {activity.gas: kg_emitted}


def _kilograms(amount: Quantity | None) -> Fraction:
    if amount is None:
        return Fraction(0)
    if amount.unit.dimension != KG:
        raise UnitError(
            "unit-mismatch",
            f"`{amount}` is {dimension_label(amount.unit.dimension)}, not mass",
            "gases are stated in kg, t, g or lb",
        )
    scale = _per_kilogram(amount.unit)
    return amount.value if scale == 1 else amount.value * scale


@lru_cache(maxsize=256)
def _per_kilogram(unit: Unit) -> Fraction:
    return ratio(unit, KG_UNIT)


def _balance(form: MassBalance) -> Fraction:
    return (
        _kilograms(form.inventory_start) - _kilograms(form.inventory_end)
        + _kilograms(form.acquired) - _kilograms(form.disbursed)
        - _kilograms(form.capacity_added) + _kilograms(form.capacity_retired)
    )  # fmt: skip


def _service(form: ServiceBalance) -> Fraction:
    return (
        _kilograms(form.new_charge) - _kilograms(form.new_capacity)
        + _kilograms(form.recharge)
        + _kilograms(form.disposed_capacity) - _kilograms(form.recovered)
    )  # fmt: skip


def years_of(form: Leakage, span: Span, year: ReportingYear) -> Fraction:
    """Years that an annual rate counts for: those stated, else those of the period.

    Source: IPCC 2006 vol. 3 ch. 7, Tier 2a, whose rates are of a year of operation.
    """
    if form.years is not None:
        return form.years
    return sum((Fraction(days, of) for days, of in year.shares(span)), Fraction(0))


def leak_notes(activity: Activity, span: Span, year: ReportingYear) -> tuple[str, ...]:
    """What a screening says of its time, where that is not just one reporting year."""
    form = activity.leakage
    if form is None or not form.annual_rate:
        return ()
    shares = year.shares(span)
    if form.years is not None:
        if form.years == 1:
            return ()
        time = f"{plain(form.years, 6)} years, as stated"
    elif shares == [(shares[0][1], shares[0][1])]:
        return ()
    else:
        time = " + ".join(f"{days} ÷ {of} days" for days, of in shares)
    return (f"annual rate {plain(form.annual_rate * 100, 6)}%, of a year: × {time}",)


def _leak(form: Leakage, span: Span, year: ReportingYear) -> Fraction:
    emitted = Fraction(0)
    if form.annual_rate:
        emitted = _kilograms(form.charge) * form.annual_rate * years_of(form, span, year)
    emitted += _kilograms(form.installed) * (form.installation_rate or Fraction(0))
    remaining = form.remaining if form.remaining is not None else Fraction(1)
    recovery = form.recovery if form.recovery is not None else Fraction(0)
    return emitted + _kilograms(form.disposed) * remaining * (1 - recovery)
