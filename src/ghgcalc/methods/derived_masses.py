"""Masses of gas from balances, leak rates and other units, with every printed term.

Sources: IPCC 2006 vol. 3 ch. 7, Tiers 2a and 2b; US EPA material balance, simplified and full.
Terms keep the unit of the file; they meet in kilograms by a printed step.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.derivation import (
    MASS_BALANCE,
    MEASURED,
    SCREENING,
    SERVICE_BALANCE,
    STATED,
    Derivation,
    DerivedStep,
    DerivedTerm,
)
from ghgcalc.core.numbers import ZERO, in_full, plain
from ghgcalc.core.printed_units import unit_steps
from ghgcalc.core.units import Unit, UnitError, dimension_label, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.core.period import ReportingYear, Span
    from ghgcalc.core.units import Quantity
    from ghgcalc.methods.refrigerant_keys import Leakage, MassBalance, ServiceBalance

KG = "kg"
KG_UNIT = Unit("kg", "kg", Fraction(1))
_PARTIAL = 12  # decimals of partial results in a printed sum, more than of the sum


class _Signed(NamedTuple):
    """A term of a balance: its key, `+` or `−`, and the stated amount."""

    name: str
    sign: str
    amount: Quantity

    @property
    def value(self) -> Fraction:
        """The amount with its sign, in its own unit."""
        return -self.amount.value if self.sign == "−" else self.amount.value


def kilograms(amount: Quantity | None) -> Fraction:
    """A stated mass in kilograms; 0 where there is none.

    Raises:
        UnitError: `unit-mismatch` for an amount that is no mass.
    """
    if amount is None:
        return ZERO
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


def stated_masses(masses: Mapping[str, Quantity], days: int, method: str) -> Derivation | None:
    """The kilograms of masses stated in other units; None where all are in kilograms.

    Raises:
        UnitError: `unit-mismatch`.
    """
    if all(amount.unit.text == KG for amount in masses.values()):
        return None
    steps = [
        step._replace(words=gas)
        for gas, amount in masses.items()
        for step in _to_kilograms(str(amount), amount.value, amount.unit)
    ]
    total = sum((kilograms(amount) for amount in masses.values()), ZERO)
    terms = tuple(DerivedTerm(gas, str(amount)) for gas, amount in masses.items())
    return Derivation(method, total, days, terms, tuple(steps))


def measured(masses: Mapping[str, Quantity], days: int) -> Derivation | None:
    """Of `gas_masses:`."""
    return stated_masses(masses, days, MEASURED)


def stated(gas: str, amount: Quantity, days: int) -> Derivation | None:
    """Of `quantity:` beside `gas:`."""
    return stated_masses({gas: amount}, days, STATED)


def mass_balance(form: MassBalance, days: int) -> Derivation:
    """Start − end + acquired − disbursed − capacity added + capacity retired."""
    signs = {"inventory_start": "+", "inventory_end": "−", "acquired": "+", "disbursed": "−",
             "capacity_added": "−", "capacity_retired": "+"}  # fmt: skip
    return _balance(MASS_BALANCE, form, signs, days)


def service_balance(form: ServiceBalance, days: int) -> Derivation:
    """(New charge − new capacity) + recharge + (disposed capacity − recovered)."""
    signs = {"new_charge": "+", "new_capacity": "−", "recharge": "+", "disposed_capacity": "+",
             "recovered": "−"}  # fmt: skip
    return _balance(SERVICE_BALANCE, form, signs, days)


def _balance(
    method: str, form: MassBalance | ServiceBalance, signs: Mapping[str, str], days: int
) -> Derivation:
    terms = [
        _Signed(name, sign, amount)
        for name, sign in signs.items()
        if (amount := getattr(form, name)) is not None
    ]
    total = sum((kilograms(t.amount) * (-1 if t.sign == "−" else 1) for t in terms), ZERO)
    listed = tuple(DerivedTerm(term.name, str(term.amount)) for term in terms)
    return Derivation(method, total, days, listed, tuple(_summed(terms)))


def _summed(terms: Sequence[_Signed]) -> list[DerivedStep]:
    """The sum in the unit of the terms where they share one, else in kilograms."""
    if not terms:
        return []
    words = _joined([(term.sign, term.name.replace("_", " ")) for term in terms])
    units = {term.amount.unit.text: term.amount.unit for term in terms}
    if len(units) == 1:
        ((text, unit),) = units.items()
        total = sum((term.value for term in terms), ZERO)
        shown = _joined([(term.sign, str(term.amount)) for term in terms])
        sum_ = DerivedStep(shown, total, text, words)
        return [sum_, *_to_kilograms(f"{_plain(total)} {text}", total, unit)]
    steps: list[DerivedStep] = []
    parts = []
    for term in terms:
        more = _to_kilograms(str(term.amount), term.amount.value, term.amount.unit)
        steps += [step._replace(words=term.name.replace("_", " ")) for step in more]
        parts.append((term.sign, f"{_plain(kilograms(term.amount))} {KG}"))
    total = sum((kilograms(t.amount) * (-1 if t.sign == "−" else 1) for t in terms), ZERO)
    return [*steps, DerivedStep(_joined(parts), total, KG, words)]


def _joined(parts: Sequence[tuple[str, str]]) -> str:
    """`50 kg − 30 kg + 20 kg`; a first term that is taken away is taken from nothing."""
    (sign, first), *rest = parts
    start = first if sign == "+" else f"0 {first.rpartition(' ')[2]} − {first}"
    return start + "".join(f" {sign} {text}" for sign, text in rest)


def _to_kilograms(shown: str, value: Fraction, unit: Unit) -> list[DerivedStep]:
    """`264 lb × 0.45359237 kg/lb`; nothing where it is kilograms already."""
    return [
        DerivedStep(f"{shown} {_times(step.text)}", value * step.value, KG, "unit")
        for step in unit_steps(unit, KG_UNIT)
    ]


def _times(text: str) -> str:
    return text if text.startswith("÷") else f"× {text}"


def _plain(value: Fraction) -> str:
    return plain(value, _PARTIAL)


def years_of(form: Leakage, span: Span, year: ReportingYear) -> Fraction:
    """Years that an annual rate counts for: those stated, else those of the period.

    Source: IPCC 2006 vol. 3 ch. 7, Tier 2a, whose rates are of a year of operation.
    """
    if form.years is not None:
        return form.years
    return sum((Fraction(days, of) for days, of in year.shares(span)), ZERO)


def leakage(form: Leakage, span: Span, year: ReportingYear) -> Derivation:
    """Charge × annual rate × years + installed × its rate + disposed × what was lost of it."""
    losses = [*_operation(form, span, year), *_life_cycle(form)]
    steps: list[DerivedStep] = []
    for text, value, unit, words in losses:
        steps.append(DerivedStep(text, value, unit.text, words))
        steps += _to_kilograms(f"{_plain(value)} {unit.text}", value, unit)
    kept = [value * _per_kilogram(unit) for _, value, unit, _ in losses]
    total = sum(kept, ZERO)
    if len(losses) > 1:
        text = " + ".join(f"{_plain(value)} {KG}" for value in kept)
        steps.append(DerivedStep(text, total, KG, "all losses"))
    return Derivation(SCREENING, total, span.days, tuple(_terms(form)), tuple(steps))


_Loss = tuple[str, Fraction, Unit, str]


def _operation(form: Leakage, span: Span, year: ReportingYear) -> list[_Loss]:
    kilograms(form.charge)
    rate = form.annual_rate
    if not rate:
        return []
    words, time = "charge × annual rate", ""
    shares = year.shares(span)
    if form.years is not None and form.years != 1:
        words, time = f"{words} × years", f" × {in_full(form.years)}"
    elif form.years is None and shares != [(shares[0][1], shares[0][1])]:
        parts = " + ".join(f"{days} ÷ {of}" for days, of in shares)
        words = f"{words} × days of the year"
        time = f" × ({parts})" if len(shares) > 1 else f" × {parts}"
    value = form.charge.value * rate * years_of(form, span, year)
    return [(f"{form.charge} × {_percent(rate)}{time}", value, form.charge.unit, words)]


def _life_cycle(form: Leakage) -> list[_Loss]:
    """What escapes when equipment is filled, and at the end of its life."""
    found: list[_Loss] = []
    if form.installed is not None:
        kilograms(form.installed)
        rate = form.installation_rate or ZERO
        text = f"{form.installed} × {_percent(rate)}"
        words = "installed × installation rate"
        found.append((text, form.installed.value * rate, form.installed.unit, words))
    if form.disposed is not None:
        kilograms(form.disposed)
        text, words, value = str(form.disposed), "disposed", form.disposed.value
        if form.remaining is not None:
            text, words = f"{text} × {_percent(form.remaining)}", f"{words} × remaining"
            value *= form.remaining
        if form.recovery is not None:
            text += f" × (100 % − {_percent(form.recovery)})"
            words, value = f"{words} × (1 − recovery)", value * (1 - form.recovery)
        found.append((text, value, form.disposed.unit, words))
    return found


def _terms(form: Leakage) -> list[DerivedTerm]:
    """The stated terms in the order of the file's description."""
    found = [DerivedTerm("charge", str(form.charge))]
    for name in ("annual_rate", "years", "installed", "installation_rate", "disposed",
                 "remaining", "recovery"):  # fmt: skip
        value = getattr(form, name)
        if value is None:
            continue
        if name == "years":
            found.append(DerivedTerm(name, in_full(value)))
        else:
            text = _percent(value) if isinstance(value, Fraction) else str(value)
            found.append(DerivedTerm(name, text))
    return found


def _percent(share: Fraction) -> str:
    return f"{in_full(share * 100)} %"
