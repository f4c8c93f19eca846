"""Fuels by place and unit: which pack answers a bill in the units that bills are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ghgcalc.analysis.coverage.cells import Cell, cell_of
from ghgcalc.core.vocabulary.fuels import FUELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghgcalc.analysis.coverage.asking import Asker
    from ghgcalc.core.vocabulary.fuels import Phase

CATEGORIES: Final = ("stationary_combustion", "mobile_combustion")
# what a line says so that one row is meant: the usual sector and machine of a manufacturer
WORDS: Final = {
    "stationary_combustion": {"sector": "manufacturing"},
    "mobile_combustion": {"vehicle": "road"},
}
UNITS: Final[dict[Phase, tuple[str, ...]]] = {
    "gas": ("kWh gross", "GJ net", "Nm3", "Sm3"),
    "liquefied": ("L", "t", "GJ net", "kWh gross"),
    "liquid": ("L", "t", "GJ net", "kWh gross"),
    "solid": ("t", "GJ net"),
}
ELSEWHERE: Final = "ZZ"  # user-assigned: no pack has rows of it
YEAR: Final = 2024


def fuel_cells(asker: Asker, places: Sequence[str] | None = None) -> list[Cell]:
    """Each fuel in the units of its bills, in each place with rows of its own and elsewhere.

    Args:
        asker: the library.
        places: these alone, also where they have no rows of their own.
    """
    return [
        cell
        for category in CATEGORIES
        for fuel in _fuels(asker, category)
        for place in places or _places(asker, category, fuel)
        for cell in _units(asker, category, fuel, place)
    ]


def _fuels(asker: Asker, category: str) -> list[str]:
    """The fuels of a category in the order of the vocabulary."""
    offered = set(asker.catalog.names(category, "fuel"))
    return [fuel for fuel in dict.fromkeys(known.id for known in FUELS.values()) if fuel in offered]


def _places(asker: Asker, category: str, fuel: str) -> Iterator[str]:
    known = asker.catalog.regions_of(category, fuel, None)
    yield from sorted(known - {""})
    if "" in known:
        yield ELSEWHERE


def _units(asker: Asker, category: str, fuel: str, place: str) -> Iterator[Cell]:
    for unit in UNITS[FUELS[fuel].phase]:
        answer = asker.ask(category, unit, (place,), YEAR, fuel=fuel, **WORDS[category])
        shown = "" if place == ELSEWHERE else place
        yield cell_of(answer, category, fuel, shown, YEAR, unit)


def answered(cells: Iterable[Cell]) -> bool:
    """Whether any unit of a fuel and place is answered."""
    return any(cell.pack or cell.several for cell in cells)
