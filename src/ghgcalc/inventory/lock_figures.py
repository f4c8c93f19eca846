"""Tonnes and paths as the lock writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.lock.model import NOT_STATED, Tonnes
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.core.numbers import ZERO, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.calculation.results.line import Line

PLACES = 12


def signed(value: Fraction) -> str:
    """Tonnes with their sign, `+12.5`, exact up to 12 decimals."""
    text = plain(value, PLACES)
    return text if text.startswith("-") else f"+{text}"


def effect_text(located: Fraction, market: Fraction) -> str:
    """One number where both methods move alike, else both."""
    if located == market:
        return f"{signed(located)} tCO2e"
    return f"{signed(located)} tCO2e location-based, {signed(market)} tCO2e market-based"


def figures_of(lines: list[Line]) -> dict[str, str | None]:
    """The totals that a lock keeps, as text with at most 12 decimals; None is not known."""
    totals = totals_of(lines)
    return {
        "scope_1": plain(totals.scope_1, PLACES),
        "scope_2.location_based": _plain(totals.scope_2[LOCATION]),
        "scope_2.market_based": _plain(totals.scope_2[MARKET]),
        "scope_3": plain(totals.scope_3 or ZERO, PLACES),
        "biogenic_co2": plain(totals.biogenic_co2, PLACES),
    }


def _plain(value: Fraction | None) -> str | None:
    return None if value is None else plain(value, PLACES)


def tonnes_of(line: Line) -> Tonnes:
    """Tonnes of a line under both methods as the lock writes them."""
    texts = (_plain(line.co2e(LOCATION)), _plain(line.co2e(MARKET)))
    return Tonnes(*(None if text is None else Decimal(text) for text in texts))


def line_changes(
    before: Mapping[str, Tonnes], after: Mapping[str, Tonnes]
) -> list[tuple[str, Tonnes | None, Tonnes | None]]:
    """Lines that differ, the biggest change first."""

    def size(name: str) -> Fraction:
        old, new = before.get(name), after.get(name)
        return max(abs(_size(new, i) - _size(old, i)) for i in (0, 1))

    names = [n for n in {**before, **after} if before.get(n) != after.get(n)]
    return [
        (name, before.get(name), after.get(name))
        for name in sorted(names, key=lambda n: (-size(n), n))
    ]


def _size(tonnes: Tonnes | None, place: int) -> Fraction:
    """Tonnes for the order of changes; what is not known moves by all of it."""
    return Fraction((tonnes[place] if tonnes else None) or 0)


def tonnes_text(tonnes: Tonnes) -> str:
    """`2.5`, or `2.5 location_based, 1.5 market_based`, or `2.5 location_based, not stated …`."""
    one, two = (NOT_STATED if each is None else plain(Fraction(each), PLACES) for each in tonnes)
    return one if one == two else f"{one} location_based, {two} market_based"
