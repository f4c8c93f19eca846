"""The printed equations of a priced quantity: rounded for reading, and true as they are printed.

A row goes on from the one above: what stands there, times the operation, is the row's result.
Digits are chosen from the tonnes backwards, as few as let every product and sum of printed numbers
come within half a unit of the last printed digit.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.derivation import WORDS
from ghgcalc.core.gases import REST
from ghgcalc.core.numbers import ZERO, in_full, plain, significant
from ghgcalc.core.units import parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import GasRate, Part, Plan
    from ghgcalc.core.step import Step

DIGITS, MASS_DIGITS, DECIMALS = 7, 6, 9  # at least: of tonnes and steps, of masses; of quantities
_MOST = 30
_OF = " % of "


class StepRow(NamedTuple):
    """A step: what it does, the running value, where it comes from."""

    operation: str
    result: str
    source: str = ""


class GasRow(NamedTuple):
    """A gas: factor as printed, mass, GWP, tonnes CO2e."""

    operation: str
    mass: str
    gwp: str
    tonnes: str


class Equations(NamedTuple):
    """The rows of one priced quantity.

    Attributes:
        derived: how a mass of gas came about, before its quantity.
        quantity: what is priced.
        steps: its conversion, and a printed total that is used.
        aside: a printed total that is not used.
        gases, result: what is emitted.
    """

    derived: tuple[StepRow, ...]
    quantity: str
    steps: tuple[StepRow, ...]
    aside: str
    gases: tuple[GasRow, ...]
    result: str


class Number(NamedTuple):
    """A number as printed: its text, what the text says, half a unit of its last digit."""

    text: str
    value: Fraction
    half: Fraction

    def is_near(self, value: Fraction) -> bool:
        """Whether a value rounds to it."""
        return abs(value - self.value) <= self.half


def number(text: str) -> Number:
    """A printed text as a number."""
    decimals = len(text.partition(".")[2])
    return Number(text, Fraction(text.replace(",", "")), Fraction(1, 2 * 10**decimals))


def grouped_plain(value: Fraction, places: int = DECIMALS) -> str:
    """A quantity with its decimals, digits grouped; cut after `places`."""
    text = plain(value, places)
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole != "-0" else text


def equations(line: Line, part: Part) -> Equations:
    """The rows of a part of a line.

    Args:
        line: what the part belongs to; its derivation is told.
        part: the quantity and its plan.
    """
    plan, word = part.plan, WORDS.get(part.source, part.source)
    total, rest, tonnes = _tonnes(part)
    masses = [
        _mass(part.quantity * rate.kg / 1000, rate.gwp, tonne)
        for rate, tonne in zip(plan.gases, tonnes, strict=True)
    ]
    printed, used = _printed_total(plan)
    asks = [
        (rate.kg / 1000 / size, mass)
        for rate, (mass, size) in zip(plan.gases, masses, strict=True)
        if _is_product(rate, part)
    ]
    asks += [(plan.tonnes, total)] if printed and used else []
    first, rows = _running(line, part, asks)
    if printed and used:
        rows.append(StepRow(f"× {printed}", f"= {total.text} tCO2e", "total as printed"))
    shares: dict[str, list[tuple[Fraction, Number]]] = {}
    for rate, (mass, size) in zip(plan.gases, masses, strict=True):
        blend = _blend_of(rate, part)
        if blend and rate.kg:
            share = rate.kg / _blend_share(blend, part) / 1000 / size
            shares.setdefault(blend, []).append((share, mass))
    gases = tuple(
        GasRow(
            _operation(rate, part, word, _all(shares.get(_blend_of(rate, part), []))),
            f"= {mass.text} {'t' if size == 1 else 'kg'} {rate.gas}",
            "no GWP" if rate.gwp is None else f"× {in_full(rate.gwp)} ({plan.gwp_set})",
            f"= {tonne.text if tonne else '–'} tCO2e",
        )
        for rate, (mass, size), tonne in zip(plan.gases, masses, tonnes, strict=True)
    )
    aside = _aside(part) if printed and not used else ""
    return Equations(_derived(line), first, tuple(rows), aside, gases, _result(part, total, rest))


def _derived(line: Line) -> tuple[StepRow, ...]:
    """The terms of a mass of gas, and the days of the line where it has not all of them."""
    found = line.derivation
    if found is None:
        return ()
    rows = [
        StepRow(step.text, f"= {grouped_plain(step.value)} {step.unit}", step.words)
        for step in found.steps
    ]
    own = line.quantity / line.weight if line.weight else found.kg
    if own != found.kg and line.span.days < found.days:
        text = f"{grouped_plain(found.kg)} kg × {line.span.days} ÷ {found.days}"
        rows.append(StepRow(text, f"= {significant(own, DIGITS)} kg", "days of the line"))
    return tuple(rows)


def _grown(
    value: Fraction, holds: Callable[[Fraction], bool], write: Callable[[Fraction, int], str],
    least: int,
) -> Number:  # fmt: skip
    """A value with as few digits, at least `least`, as let what follows from it hold."""
    for digits in range(least, _MOST):
        found = number(write(value, digits))
        if holds(found.value):
            return found
    return found


def _tonnes(part: Part) -> tuple[Number, Number, list[Number | None]]:
    """The total, what no gas explains, and the tonnes of each gas: they add up as printed."""
    total = number(significant(part.co2e, DIGITS))
    left = part.quantity * part.plan.unspecified / 1000
    exact = [
        None if rate.gwp is None else part.quantity * rate.co2e / 1000 for rate in part.plan.gases
    ]
    for digits in range(DIGITS, _MOST):
        rest = number(significant(left, digits))
        found = [None if each is None else number(significant(each, digits)) for each in exact]
        added = rest.value + sum((each.value for each in found if each), ZERO)
        if not found or total.is_near(added):
            break
    return total, rest, found


def _mass(tonnes: Fraction, gwp: Fraction | None, co2e: Number | None) -> tuple[Number, Fraction]:
    """A mass in t, or in kg below one, and the tonnes of that unit; its CO2e follows from it."""
    size = Fraction(1, 1000) if tonnes and abs(tonnes) < 1 else Fraction(1)

    def holds(value: Fraction) -> bool:
        return gwp is None or co2e is None or co2e.is_near(value * size * gwp)

    return _grown(tonnes / size, holds, significant, MASS_DIGITS), size


def _running(
    line: Line, part: Part, asks: list[tuple[Fraction, Number]]
) -> tuple[str, list[StepRow]]:
    """The quantity and its conversion, step by step, with the digits that what follows asks for.

    `asks` are results per unit of the quantity.
    """
    steps = part.plan.steps
    asks = [(each / (_product(steps) or 1), result) for each, result in asks]
    values = [part.quantity]
    units = [str(part.plan.unit or line.unit)]
    for step in steps:
        values.append(values[-1] * step.value)
        units.append(_bracketed(step.unit) or units[-1])
    shown: list[Number] = []
    for place in range(len(steps), -1, -1):
        write, least = (significant, DIGITS) if place else (grouped_plain, DECIMALS)
        shown.insert(0, _grown(values[place], _all(asks), write, least))
        if place:
            asks = [(steps[place - 1].value, shown[0])]
    rows = [
        StepRow(_times(step), f"= {each.text} {unit}".rstrip(), step.source)
        for step, each, unit in zip(steps, shown[1:], units[1:], strict=True)
    ]
    first = f"{shown[0].text} {units[0]}"
    if line.weight in (0, 1) or part.quantity != line.quantity or line.unit != part.plan.unit:
        return first, rows
    stated = _grown(line.quantity / line.weight, _all([(line.weight, shown[0])]), grouped_plain, 9)
    share = StepRow(f"× {in_full(line.weight * 100)} %", f"= {first}", "consolidated share")
    return f"{stated.text} {units[0]}", [share, *rows]


def _all(asks: Sequence[tuple[Fraction, Number]]) -> Callable[[Fraction], bool]:
    return lambda value: all(result.is_near(value * factor) for factor, result in asks)


def _product(steps: Sequence[Step]) -> Fraction:
    """What a quantity is multiplied by to come to the factor's unit."""
    return prod((step.value for step in steps), start=Fraction(1))


def _bracketed(unit: str) -> str:
    """A unit behind a number: one that is a count itself, `10000 Nm3`, stands in brackets."""
    return f"({unit})" if unit[:1].isdigit() else unit


def _times(step: Step) -> str:
    return step.text if step.text.startswith("÷") else f"× {step.text}"


def _printed_total(plan: Plan) -> tuple[str, bool]:
    """A CO2e total as the publisher prints it, and whether that total is the line's."""
    factor = plan.resolution.factor
    if factor is None or "CO2e" not in factor.gases:
        return "", False
    return f"{factor.gases['CO2e'].amount} CO2e/{factor.per}", _total_as_printed(plan) == plan.total


def _total_as_printed(plan: Plan) -> Fraction:
    """Kg CO2e per unit by the publisher's total."""
    factor = plan.resolution.factor
    assert factor is not None
    amount = factor.gases["CO2e"].amount
    return amount.value * ratio(amount.unit, parse_unit("kg")) * _product(plan.steps)


def _aside(part: Part) -> str:
    """The publisher's total where the gases are weighed anew under another GWP set."""
    factor = part.plan.resolution.factor
    assert factor is not None
    tonnes = significant(part.quantity * _total_as_printed(part.plan) / 1000, DIGITS)
    under = f" under {factor.gwp_set}" if factor.gwp_set else ""
    rest = " and what they leave of it" if part.plan.unspecified else ""
    return f"total printed{under}: {tonnes} t, not used; sum of the gases below{rest}"


def _blend_of(rate: GasRate, part: Part) -> str:
    """The blend that a gas is a component of; "" for gases of factors, and single ones."""
    return rate.text.partition(_OF)[2] if part.plan.resolution.factor is None else ""


def _is_product(rate: GasRate, part: Part) -> bool:
    """Whether a mass is the quantity times what its row shows."""
    blend = _blend_of(rate, part)
    return bool(rate.text) and (not blend or _blend_share(blend, part) == 1)


def _blend_share(blend: str, part: Part) -> Fraction:
    """Kg of a blend per kg of all gases of a part."""
    rates = (*part.plan.gases, *part.plan.outside)
    return sum((rate.kg for rate in rates if _blend_of(rate, part) == blend), ZERO)


def _operation(rate: GasRate, part: Part, word: str, holds: Callable[[Fraction], bool]) -> str:
    """What makes a mass; the mass of one blend among several lets its components hold."""
    blend = _blend_of(rate, part)
    if not rate.text:
        return word
    if not blend or _is_product(rate, part):
        return f"× {rate.text}"
    mass = _grown(_blend_share(blend, part) * part.quantity, holds, grouped_plain, DECIMALS)
    return f"{mass.text} kg × {rate.text}"


def _not_told_apart(part: Part) -> str:
    """The CO2e printed of gases in one sum beside others; "" where there is none."""
    factor = part.plan.resolution.factor
    if factor is None or REST not in factor.gases:
        return ""
    return f" ({factor.gases[REST].amount} CO2e/{factor.per}, not told apart)"


def _result(part: Part, total: Number, rest: Number) -> str:
    text = f"= {total.text} tCO2e"
    if rest.value and part.plan.gases:
        text += f", of which {rest.text} t no printed gas explains{_not_told_apart(part)}"
    elif rest.value:
        text += ", gases not stated"
    if part.biogenic:
        text += f"; {significant(part.biogenic, DIGITS)} t biogenic CO2 outside the scopes"
    return text
