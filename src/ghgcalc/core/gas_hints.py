"""What to write for a gas that is not known: the same gas by its id, or nothing.

One letter or digit tells two gases apart (`HFC-134` and `HFC-134a`, `NH3` and `NF3`), so nothing is
offered by likeness. A refrigerant's number is its identity, whatever stands before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.core.gas_units import MASSES, split_rate
from ghgcalc.core.gases import blend_id, canonical_gas
from ghgcalc.core.refusal import Refused
from ghgcalc.core.units import parse_quantity
from ghgcalc.core.vocabulary.said import meant as also_said

if TYPE_CHECKING:
    from collections.abc import Collection

_BY_NUMBER = re.compile(
    r"(?:HFC|HCFC|CFC|HFO|HCFO|FC|F|R|Freon|Refrigerant|Kältemittel)[\s_-]*(\d{2,4}[a-z]*(?:\([EZ]\))?)",
    re.IGNORECASE,
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SAID: dict[str, str] = {
    "carbon dioxide": "CO2", "methane": "CH4", "co2eq": "CO2e", "co2-eq": "CO2e", "co2 e": "CO2e",
    "co2e": "CO2e", "co2 eq": "CO2e", "co2equivalent": "CO2e", "biogenic co2": "CO2_biogenic",
    "co2 biogenic": "CO2_biogenic", "co2-biogenic": "CO2_biogenic", "二氧化碳": "CO2",
    "甲烷": "CH4",
}  # fmt: skip
# no greenhouse gas by any set: nothing to report of it
_HARMLESS: dict[str, str] = {
    "nh3": "ammonia", "r717": "ammonia", "ammonia": "ammonia", "氨": "ammonia",
    "h2o": "water", "r718": "water", "water": "water", "n2": "nitrogen", "r728": "nitrogen",
    "nitrogen": "nitrogen", "o2": "oxygen", "r732": "oxygen", "oxygen": "oxygen",
    "ar": "argon", "r740": "argon", "argon": "argon", "he": "helium", "r704": "helium",
    "helium": "helium", "air": "air", "r729": "air",
}  # fmt: skip
_STATED = re.compile(r"([0-9][0-9_.]*) *(mg|g|kg|t|lb) ?([^/ ][^/]*?)? *(/.*)?")
_LAID_OUT = {"emission_rate": "… kg/kWh", "gas_masses": "… kg"}
OTHERWISE = "write the IPCC's id of the gas, or R- and the number of a blend"


def gas_hint(text: str, names: Collection[str]) -> str:
    """The hint for a gas that is not among `names`: its own id, where that is known."""
    plain = " ".join(text.translate(_SUBSCRIPTS).split())
    folded = plain.casefold()
    harmless = _HARMLESS.get(re.sub(r"[\s_-]", "", folded))
    if harmless is not None:
        return f"remove it: {harmless} is no greenhouse gas of the GWP sets, nothing is to report"
    said = _SAID.get(folded) or next(iter(also_said("gas", plain)), None)
    meant = said or canonical_gas(plain.replace(" ", "").replace("_", "-"), names)
    number = _BY_NUMBER.fullmatch(plain)
    if meant is None and number is not None:
        name = f"R-{number[1]}"
        meant = blend_id(name) or canonical_gas(name, names)
    return f"did you mean `{meant}`?" if meant and meant != text else OTHERWISE


def by_gas_hint(key: str, text: str) -> str:
    """How a single rate or mass is stated by gas: as one that is read, else with `…` for it.

    `0.2 kg CO2/kWh` names its gas beside its mass, which stands as the key then.
    """
    gas, stated = _by_gas(text)
    if not _reads(key, stated):
        gas, stated = "CO2", _LAID_OUT[key]
    total = "" if gas == "CO2e" else "; a total of several is `CO2e`"
    return f"name the gas: `{key}: {{{gas}: {stated}}}`{total}"


def _by_gas(text: str) -> tuple[str, str]:
    """The gas that is named beside a mass, and what is left; CO2 where none is."""
    found = _STATED.fullmatch(text.strip())
    if found is None or not found[3]:
        return "CO2", text
    number, mass, named, per = found[1], found[2], found[3], found[4] or ""
    gas = _SAID.get(named.casefold()) or canonical_gas(named, ("CO2", "CH4", "N2O", "SF6", "NF3"))
    if gas == "CO2e":
        return gas, f"{number} {mass}CO2e{per}"
    return (gas, f"{number} {mass}{per}") if gas else ("", "")


def _reads(key: str, text: str) -> bool:
    """Whether a text can stand under a gas."""
    try:
        found = parse_quantity(text)
        if key == "emission_rate":
            split_rate(found)
            return True
        return found.unit.dimension in MASSES
    except Refused:
        return False
