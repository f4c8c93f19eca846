"""Refrigerants to kilograms of gas: measured masses, balances, screening by rates.

Source: IPCC 2006 vol. 3 ch. 7; US EPA. A rate of a year counts for the days of the line's period.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.derivation import MEASURED, STATED, Derivation
from ghgcalc.core.numbers import plain
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.derived_masses import (
    kilograms,
    leakage,
    mass_balance,
    measured,
    service_balance,
    stated,
)

if TYPE_CHECKING:
    from ghgcalc.core.period import ReportingYear, Span
    from ghgcalc.methods.keys import StatedGas


class GasMasses(NamedTuple):
    """Kilograms by gas, what they rest on in words, and how they were derived, if they were."""

    masses: dict[str, Fraction]
    method: str
    derivation: Derivation | None


def gas_masses(activity: StatedGas, span: Span, year: ReportingYear) -> GasMasses | None:
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
        found = {gas: kilograms(amount) for gas, amount in activity.gas_masses.items()}
        for gas, kg in found.items():
            if kg < 0 and activity.corrects is None:
                raise ConversionError(
                    "negative-quantity", f"the mass of {gas} is negative", "state what was emitted"
                )
        return GasMasses(found, MEASURED, measured(activity.gas_masses, span.days))
    kg_emitted: Fraction | None = None
    derived = _derived(activity, span, year)
    if derived is not None:
        kg_emitted = derived.kg
    elif activity.gas is not None and activity.quantity is not None:
        kg_emitted = kilograms(activity.quantity)
        derived = stated(activity.gas, activity.quantity, span.days)
    if kg_emitted is None:
        if activity.category == "fugitive_emissions" and not (
            activity.item or activity.factor or activity.emission_rate or activity.fuel
        ):
            raise _no_gas()
        return None
    if activity.gas is None:
        raise _no_gas()
    if kg_emitted < 0 and activity.corrects is None:
        raise ConversionError(
            "negative-emission",
            f"the balance gives a negative emission of {plain(kg_emitted, 6)} kg",
            "check stocks, capacities and recovered amounts",
        )
    method = STATED if derived is None else derived.method
    return GasMasses({activity.gas: kg_emitted}, method, derived)


def _no_gas() -> ConversionError:
    hint = "add `gas: …` with its name, as R-410A or HFC-134a are"
    return ConversionError("missing-key", "no `gas:` says what leaked", hint)


def _derived(activity: StatedGas, span: Span, year: ReportingYear) -> Derivation | None:
    """The mass of a balance or a screening; None for other forms."""
    if activity.mass_balance is not None:
        return mass_balance(activity.mass_balance, span.days)
    if activity.service_balance is not None:
        return service_balance(activity.service_balance, span.days)
    if activity.leakage is not None:
        return leakage(activity.leakage, span, year)
    return None


def leak_notes(activity: StatedGas, span: Span, year: ReportingYear) -> tuple[str, ...]:
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


def as_before(activity: StatedGas, span: Span, year: ReportingYear) -> Derivation | None:
    """A screening whose annual rate counts as a whole whatever the days, as it once did.

    None where that is the mass of today.
    """
    form = activity.leakage
    if form is None or form.years is not None or not leak_notes(activity, span, year):
        return None
    return leakage(form.model_copy(update={"years": Fraction(1)}), span, year)
