"""What part of a life cycle a row covers, as outputs say it.

`lifecycle: combustion` is the default of packs and means that nothing of a supply chain is inside.
It is said in so many words where something is burnt for the line: fuels, power and heat. A hotel
night, a tonne of waste, a cubic metre of water or a process is no combustion, and its publisher
says what is inside, or nobody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.vocabulary.categories import COMBUSTION, PURCHASED_ENERGY

if TYPE_CHECKING:
    from collections.abc import Collection

    from ghgcalc.factors.model import Factor

# as publishers of product footprints print them, in the note of a row
STATED = frozenset({"cradle to gate", "cradle to grave", "gate to gate", "gate to grave"})
_WORDS = {"lifecycle": "life cycle", "t_and_d": "transmission and distribution"}
_BURNT = COMBUSTION | PURCHASED_ENERGY


def covered(lifecycle: str, categories: Collection[str], note: str) -> str:
    """The boundary that a row's note states, else its part of the life cycle; "" if none is told.

    Args:
        lifecycle: as the pack has it.
        categories: what the row serves.
        note: the row's.
    """
    if note in STATED:
        return note
    if lifecycle == "combustion":
        return lifecycle if _BURNT.issuperset(categories) else ""
    return lifecycle


def boundary_of(factor: Factor) -> str:
    """What a factor covers in words, such as `combustion`, `life cycle` or `gate to grave`."""
    part = covered(factor.lifecycle, factor.categories, factor.note)
    return _WORDS.get(part, part)
