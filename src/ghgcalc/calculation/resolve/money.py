"""Spend in another currency than its factor's: where the mean rates of the year stand.

An amount is not converted by itself: the line states it in the factor's currency, or says by
`spend:` at which prices it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.resolve.candidates import Refusal
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.factors.library import library
from ghgcalc.factors.money import MoneySeries
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.price_year import price_year, prices
from ghgcalc.factors.values import value_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.calculation.resolve.candidates import Question
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack

CROSSED = "USD"  # rates are printed per US dollar, other pairs cross through it


def money_hint(have: Unit, factor: Factor, year: int) -> str:
    """That a rate is needed, of which year's mean, and where it stands among the bundled ones."""
    want = factor.per.dimension
    rates = [_rate(currency, year) for currency in (have.dimension, want) if currency != CROSSED]
    by = f"by the mean rate of {year}, the year of the spend"
    if all(rates):
        shown = " and ".join(f"1 {CROSSED} is {said} ({ref})" for said, ref in filter(None, rates))
        by = f"{by}: {shown}"
    level = prices(factor)
    own = "state `spend:`, which converts it and brings it to the factor's prices"
    return (
        f"{own}, or convert the amount to {want} {by}; the factor is {level or f'per {factor.per}'}"
        + (f", and spend of {year} is not deflated" if level and price_year(factor) != year else "")
    )


def money_refusal(need: Question, factor: Factor) -> Refusal | None:
    """A factor per another currency, whatever else is amiss: no acceptance converts money."""
    have, want = need.unit.dimension, factor.per.dimension
    if have == want or not {have, want} <= CURRENCIES:
        return None
    text = f"it is per {factor.per}, the spend is in {have}"
    return Refusal(text, 0, money_hint(need.unit, factor, need.year), "unit-mismatch")


def bundled_rates(have: str, want: str, year: int) -> str:
    """The newest bundled pack that leads from one currency to another in a year; "" for none."""
    found = [pack.info.id for pack in _packs() if MoneySeries.of_pack(pack).rates(have, want, year)]
    return max(found, default="")


def bundled_changes(series: str, region: str, first: int, last: int) -> str:
    """The newest bundled pack with the price changes of all years between two; "" for none."""
    found = [pack.info.id for pack in _packs("price-index-")
             if MoneySeries.of_pack(pack).changes(series, region, first, last)]  # fmt: skip
    return max(found, default="")


def _rate(currency: str, year: int) -> tuple[str, str] | None:
    """The newest bundled rate of a currency and year as printed, and where it is to be seen."""
    name = f"{currency.lower()}_per_{CROSSED.lower()}.{year}"
    found = {pack.info.id: row for pack in _packs() if (row := value_row(pack, name)) is not None}
    if not found:
        return None
    newest = max(found)
    shown = f"`ghgcalc factors show {newest}/{name}`"
    return f"{found[newest].cells['value']} {currency}", shown


def _packs(publisher: str = "fx-") -> Iterator[Pack]:
    for pack_id, folder in bundled_packs().items():
        if folder.parent.name.startswith(publisher):
            yield library(pack_id)
