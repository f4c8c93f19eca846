"""The year whose prices a factor per money is of: an amount of another year buys less or more.

A published factor of spend is per money of its data year, unless its pack says another. No amount
is deflated by itself, but what `spend:` states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.unit_table import CURRENCIES

if TYPE_CHECKING:
    from ghgcalc.factors.model import Factor


def price_year(factor: Factor) -> int | None:
    """The year of its prices; None of a factor that is per no money, or that states no year.

    That of its data, where its pack does not say at which prices it is.
    """
    if factor.prices is not None:
        return factor.prices.year
    return factor.year if factor.per.dimension in CURRENCIES else None


def prices(factor: Factor) -> str:
    """In words, such as `per USD at prices of 2019`; "" where it is per no money of a year."""
    year = price_year(factor)
    return "" if year is None else f"per {factor.per} at prices of {year}"


def not_deflated(factor: Factor, year: int) -> str:
    """The same with what becomes of spend of another year; "" where it is of the factor's."""
    said = prices(factor)
    if not said or price_year(factor) == year:
        return ""
    return f"{said}, spend of {year} is not deflated"
