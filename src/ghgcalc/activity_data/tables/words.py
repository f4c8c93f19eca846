"""Words beside the numbers of cells: whether one says the unit that its row states."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.company.cell_words import CURRENCY_SIGNS
from ghgcalc.core.units import UnitError, parse_unit

VOLUMES = frozenset({"m3", "Nm3"})  # dimensions: as measured, and of a gas at its state
# Nm3, Sm3 and m3 at 15 to 25 degrees lie within a tenth; no multiple of a unit does
_STATES = Fraction(9, 10), Fraction(11, 10)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.core.units import Unit


def agrees(word: str, unit: str, names: Mapping[str, str]) -> bool:
    """Whether a word is no other unit than the row's (`MWh` beside `kWh`, `£` beside `EUR`).

    A word that is no unit and no sign of a currency says nothing against any unit. Volumes of gas
    are compared by size: a cell may leave out their state.
    """
    word, unit = word.strip(), names.get(unit.strip(), unit.strip())
    stated = _unit(unit)
    if stated is None:
        return True  # said at the unit itself
    currencies = CURRENCY_SIGNS.get(word)
    if currencies is not None:
        return stated.dimension in currencies
    written = _unit(names.get(word, word))
    if written is None:
        return True
    if {written.dimension, stated.dimension} == VOLUMES:
        return _STATES[0] <= written.size / stated.size <= _STATES[1]
    return (written.size, written.dimension) == (stated.size, stated.dimension)


def may_differ(signs: Iterable[str], unit: str | None, names: Mapping[str, str]) -> bool:
    """Whether a word of `signs` may be another unit than the rows'; `unit` is None for a column."""
    if unit is not None:
        return not all(agrees(sign, unit, names) for sign in signs)
    return any(sign in CURRENCY_SIGNS or is_unit(names.get(sign, sign)) for sign in signs)


def is_unit(word: str) -> bool:
    """Whether a word is a unit that is known without doubt."""
    return _unit(word.strip()) is not None


def _unit(text: str) -> Unit | None:
    try:
        return parse_unit(text)
    except (UnitError, ValueError, ArithmeticError, LookupError, TypeError, RecursionError):
        return None
