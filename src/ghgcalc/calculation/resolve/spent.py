"""Spend and the factor that it is asked for: the way between their moneys, or what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.conversion import Conversion
from ghgcalc.calculation.resolve.candidates import Refusal
from ghgcalc.calculation.resolve.money import bundled_changes, bundled_rates
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.spend import money_steps

if TYPE_CHECKING:
    from ghgcalc.calculation.resolve.candidates import Question
    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.money import MoneySeries
    from ghgcalc.methods.spend import NotConverted, SpendTerms


def spent_conversion(need: Question, factor: Factor, series: MoneySeries) -> Conversion | Refusal:
    """The steps from spend to a factor's money, or all that is in their way at once."""
    assert need.spent is not None
    steps, problems = money_steps(need.spent, need.unit, factor, series)
    if not problems:
        return Conversion(steps, direct=need.unit.dimension == factor.per.dimension)
    text = "; ".join(each.text for each in problems)
    return Refusal(f"its factor {text}", 0, _hint(problems, need.spent), "spend-not-converted")


def locked_way(need: Question, factor: Factor, series: MoneySeries) -> Conversion:
    """The same of a locked factor by locked rates and prices.

    Raises:
        ConversionError: when there is no such way.
    """
    found = spent_conversion(need, factor, series)
    if isinstance(found, Refusal):
        raise ConversionError(found.code, found.text, found.hint)
    return found


def _hint(problems: tuple[NotConverted, ...], spent: SpendTerms) -> str:
    """What to add: packs, or own values in their place, then what the line alone can say."""
    packs: dict[str, None] = {}
    instead: dict[str, None] = {}
    said: dict[str, None] = {}
    for each in problems:
        named = bundled_rates(*each.pair, spent.year) if each.pair is not None else ""
        if each.changes:
            named = bundled_changes(spent.series, *each.changes)
        if named:
            packs[named] = None
        (instead if named else said)[each.hint] = None
    shown = " and ".join(f"`{name}`" for name in packs)
    bundled = [f"add {shown} to `factor_packs`, or {', '.join(instead)}"] if packs else []
    return "; ".join([*bundled, *said])
