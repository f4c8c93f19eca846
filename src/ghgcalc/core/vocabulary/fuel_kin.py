"""Fuels that publishers call otherwise, or that a word leaves open; for hints, never for choice.

Gas oil, heating oil and diesel are one cut of crude oil under several names, propane is sold as
LPG, pellets are wood; but moisture, blends and tables differ, so a line says itself what it burns.
"""

from __future__ import annotations

import re
from typing import Final

from ghgcalc.core.vocabulary.fuels import FUELS

_WOODS = ("wood_pellets", "wood_chips", "wood_logs")
_KIN: Final[dict[str, tuple[str, ...]]] = {
    "gas_oil": ("diesel", "distillate_fuel_oil_no_2"),
    "marine_gas_oil": ("diesel", "gas_oil"),
    "diesel": ("gas_oil", "distillate_fuel_oil_no_2"),
    "distillate_fuel_oil_no_2": ("diesel", "gas_oil"),
    "fuel_oil": ("residual_fuel_oil_no_6", "residual_fuel_oil_no_5"),
    "marine_fuel_oil": ("fuel_oil",),
    "residual_fuel_oil_no_5": ("fuel_oil",),
    "residual_fuel_oil_no_6": ("fuel_oil",),
    "burning_oil": ("kerosene",),
    "kerosene": ("burning_oil",),
    "propane": ("propane_gas", "lpg"),
    "propane_gas": ("propane", "lpg"),
    "butane": ("lpg",),
    "wood": _WOODS,
    **dict.fromkeys(_WOODS, ("wood",)),
}


# what a pump calls a blend: E10 is petrol with up to 10 % ethanol, B7 diesel with 7 % biodiesel
_PUMP = re.compile(r"([eb])-?(\d{1,2})", re.IGNORECASE)
_BLENDS: Final = {"e": ("petrol", "bioethanol"), "b": ("diesel", "biodiesel")}
_FORECOURT: Final = {"e5": "petrol", "e10": "petrol", "b7": "diesel"}  # sold at UK pumps


def blend_hint(fuel: str) -> str:
    """What to write for the name of a blend, such as E10 or B7, whose shares it does not say."""
    found = _PUMP.fullmatch(fuel.strip())
    if found is None:
        return ""
    fossil, bio = _BLENDS[found[1].lower()]
    sold = _FORECOURT.get(f"{found[1].lower()}{int(found[2])}")
    average = f", or `fuel: {sold}_average_biofuel_blend` in the UK" if sold else ""
    return (
        f"a blend of up to {int(found[2])} % {bio}: in place of `fuel:`, state its shares as"
        f" `parts: {{{fossil}: …, {bio}: …}}`{average}"
    )


def kin_of(fuel: str) -> tuple[str, ...]:
    """Ids of fuels that the same thing is called elsewhere, or that the word may mean.

    A word that is no fuel of the vocabulary leaves open which one is burnt (`raw_coal`), or is
    another language's (`gazole`).
    """
    if fuel in FUELS:
        return _KIN.get(fuel, ())
    from ghgcalc.core.vocabulary.said import meant

    return meant("fuel", fuel)
