"""Units in the order in which a line of a category takes them, and heating values behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.core.unit_sizes import SIZES
from ghgcalc.core.unit_table import ALIASES
from ghgcalc.core.vocabulary.categories import COMBUSTION, PURCHASED_ENERGY
from ghgcalc.core.vocabulary.fuels import FUELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Choice(NamedTuple):
    """Something that can be typed: its text, what is told beside it, and what it means."""

    label: str
    typed: str
    detail: str = ""
    told: str = ""
    key: bool = False


BASES: Final = {"gross": "upper heating value, of gas bills", "net": "lower heating value"}
ENERGY = "J"
_BY_PHASE: Final[Mapping[str, Sequence[str]]] = {
    "gas": (ENERGY, "Nm3", "m3"), "liquid": ("m3", "kg", ENERGY), "solid": ("kg", ENERGY),
}  # fmt: skip
_ANY_FUEL: Final = (ENERGY, "m3", "Nm3", "kg")
# units that bills are written in, before others of their kind
_COMMON: Final = ("kWh", "MWh", "GJ", "Nm3", "Sm3", "m3", "L", "t", "kg")


def fitting_first(units: Iterable[Choice], beside: Mapping[str, str]) -> list[Choice]:
    """Units by what the category and fuel beside them are counted in, the usual ones first."""
    wanted = _dimensions(beside)
    if not wanted:
        return list(units)
    order = {dimension: place for place, dimension in enumerate(wanted)}

    def rank(choice: Choice) -> tuple[int, int]:
        dimension = SIZES[choice.label][2] if choice.label in SIZES else ""
        common = _COMMON.index(choice.label) if choice.label in _COMMON else len(_COMMON)
        return order.get(dimension, len(order)), common if dimension in order else 0

    return sorted(units, key=rank)


def _dimensions(beside: Mapping[str, str]) -> Sequence[str]:
    category, fuel = beside.get("category", ""), FUELS.get(beside.get("fuel", ""))
    if fuel is not None:
        return _BY_PHASE.get(fuel.phase, _ANY_FUEL)
    if category in COMBUSTION:
        return _ANY_FUEL
    powered = category in PURCHASED_ENERGY or category == "self_generated_electricity"
    return (ENERGY, "kg") if powered else ()


def takes_basis(unit: str, beside: Mapping[str, str]) -> bool:
    """Whether net or gross belongs behind a unit: energy of a fuel."""
    name = ALIASES.get(unit.strip(), unit.strip())
    fuel = "fuel" in beside or beside.get("category", "") in COMBUSTION
    return fuel and name in SIZES and SIZES[name][2] == ENERGY
