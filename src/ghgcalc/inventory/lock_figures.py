"""Tonnes and paths as the lock writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.lock.model import NOT_EVALUATED, NOT_STATED, Tonnes, TotalChange
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.core.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.calculation.results.line import Line

PLACES = 12
_SCOPE_3 = "scope_3"
_FIGURES = (
    "scope_1", "scope_2.location_based", "scope_2.market_based", _SCOPE_3, "biogenic_co2",
)  # fmt: skip


def signed(value: Fraction) -> str:
    """Tonnes with their sign, `+12.5`, exact up to 12 decimals."""
    text = plain(value, PLACES)
    return text if text.startswith("-") else f"+{text}"


def effect_text(located: Fraction, market: Fraction) -> str:
    """One number where both methods move alike, else both."""
    if located == market:
        return f"{signed(located)} tCO2e"
    return f"{signed(located)} tCO2e location-based, {signed(market)} tCO2e market-based"


def figures_of(lines: list[Line]) -> dict[str, Decimal | None]:
    """The totals that a lock keeps, in tCO2e of at most 12 decimals; None is not known.

    Scope 3 without a line is not evaluated, which is not 0: it has no total.
    """
    totals = totals_of(lines)
    scope_3 = {} if totals.scope_3 is None else {_SCOPE_3: _kept(totals.scope_3)}
    return {
        "scope_1": _kept(totals.scope_1),
        "scope_2.location_based": _kept(totals.scope_2[LOCATION]),
        "scope_2.market_based": _kept(totals.scope_2[MARKET]),
        **scope_3,
        "biogenic_co2": _kept(totals.biogenic_co2),
    }


def total_changes(
    before: Mapping[str, Decimal | None] | None, after: Mapping[str, Decimal | None]
) -> tuple[TotalChange, ...]:
    """Each total of a lock's section (None: there was none) beside that of another.

    The first locks held 0 for a Scope 3 that was not evaluated: beside none it says the same.
    """
    made = []
    for figure in _FIGURES:
        new = _said(after, figure)
        old = None
        if before is not None and (figure in before or figure == _SCOPE_3):
            old = _said(before, figure)
        made.append(TotalChange(figure, new if old == 0 and new == NOT_EVALUATED else old, new))
    return tuple(made)


def _said(totals: Mapping[str, Decimal | None], figure: str) -> Decimal | str:
    value = totals.get(figure)
    if value is not None:
        return value
    return NOT_STATED if figure in totals else NOT_EVALUATED


def _kept(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(plain(value, PLACES))


def tonnes_of(line: Line) -> Tonnes:
    """Tonnes of a line under both methods as the lock writes them."""
    return Tonnes(_kept(line.co2e(LOCATION)), _kept(line.co2e(MARKET)))


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
