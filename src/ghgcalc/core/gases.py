"""Gases: ids, groups of the inventory, GWP sets and refrigerant blends (GHG-05..07).

The values come from packs (`gwp-ar4` …); this module holds only names and arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

BIOGENIC = "CO2_biogenic"
UNSPECIFIED = "CO2e"
REST = "unspecified"  # CO2e of gases that a publisher sums up beside those it tells apart
GROUPS = ("CO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3")
GROUP_HEADINGS = {
    "CO2": "CO2", "CH4": "CH4", "N2O": "N2O", "HFC": "HFCs", "PFC": "PFCs",
    "SF6": "SF6", "NF3": "NF3", "unspecified": "unspecified (CO2e only)",
}  # fmt: skip
Ch4Origin = Literal["combustion", "fossil", "non_fossil"]
_FORMULAS = {
    "CF4": "PFC-14", "C2F6": "PFC-116", "C3F8": "PFC-218", "c-C4F8": "PFC-318",
    "C4F10": "PFC-31-10", "C5F12": "PFC-41-12", "C6F14": "PFC-51-14", "CHF3": "HFC-23",
    "CH2F2": "HFC-32", "CH3F": "HFC-41", "C4F8": "PFC-318", "R-744": "CO2", "R-50": "CH4",
    "R-7146": "SF6", "C4F6": "CF2=CFCF=CF2", "C5F8": "cyc(-CF2CF2CFCF2CF2-)",
    "c-C5F8": "cyc(-CF2CF2CFCF2CF2-)", "HFE-7100": "HFE-449s1", "HFE-449sl": "HFE-449s1",
    "HFE-7200": "HFE-569sf2", "Novec-1230": "FK-5-1-12", "Novec 1230": "FK-5-1-12",
    "Novec-649": "FK-5-1-12", "Novec 649": "FK-5-1-12",
}  # fmt: skip
_REFRIGERANT = re.compile(r"^[Rr]-?(\d{2,4}[a-z]*(?:\([EZ]\))?)$")
# numbers of 400 and 500 are blends' alone, so `HFC-404A` of some publishers is R-404A
_BLEND = re.compile(r"^(?:R|HFC)-?([45]\d\d[A-Z]{0,2})$", re.IGNORECASE)
_BLEND_NAMES = {"R-507": "R-507A"}  # one blend under two numbers, ASHRAE 34


# gases outside the seven that publishers print and not every bundled GWP set weighs: without a
# GWP their kilograms are reported, in no total
WITHOUT_GWP = frozenset({"C4F6", "C4F8O", "C5F8", "HFE-449s1"})


def _folded(text: str) -> str:
    return text.lower().replace("-", "")


_BY_FORMULA = {_folded(text): gas for text, gas in _FORMULAS.items()}
_OUTSIDE = {_folded(gas): gas for gas in {_FORMULAS.get(text, text) for text in WITHOUT_GWP}}


@dataclass(frozen=True, slots=True)
class GwpSet:
    """A set of 100-year global warming potentials, kg CO2e per kg, with its groups.

    Attributes:
        name: AR4, AR5 or AR6.
        pack: id and version of the pack that holds the values.
        values: GWP by gas id; methane by origin where the set tells them apart.
        groups: `HFC`, `PFC`, `montreal`, `other` … by gas id.
        combustion_ch4: origin used for CH4 of combustion (`ch4_from_combustion`).
        ar5_fossil: whether AR5's 30 for fossil methane is used (GHG-06).
    """

    name: str
    pack: str
    values: Mapping[str, Fraction]
    groups: Mapping[str, str]
    combustion_ch4: Literal["fossil", "non_fossil"] = "non_fossil"
    ar5_fossil: bool = False

    def gwp(self, gas: str, origin: Ch4Origin = "combustion") -> Fraction | None:
        """GWP of a gas, or None where the set has none."""
        if gas in ("CH4_fossil", "CH4_non_fossil"):
            return self.gwp("CH4", "fossil" if gas == "CH4_fossil" else "non_fossil")
        if gas == "CH4":
            if origin == "combustion":
                origin = self.combustion_ch4
            if self.name == "AR5" and not self.ar5_fossil:
                return self.values.get("CH4")
            return self.values.get(f"CH4_{origin}", self.values.get("CH4"))
        return self.values.get(gas)

    def group(self, gas: str) -> str | None:
        """Group of a gas: one of the seven, `montreal`, `other`, or None if unknown."""
        if gas.startswith("CH4"):
            return "CH4"
        return self.groups.get(gas)


@dataclass(frozen=True, slots=True)
class Blend:
    """A refrigerant blend: mass shares by component gas, and where the composition stands."""

    id: str
    shares: Mapping[str, Fraction]
    pack: str
    locator: str


def common_name(gas: str) -> str:
    """A gas for readers: `C4F6 (CF2=CFCF=CF2)`, where the GWP set's id is a structure."""
    formula = next((text for text in sorted(WITHOUT_GWP) if _FORMULAS.get(text) == gas), "")
    return f"{formula} ({gas})" if formula else gas


def known_gas(text: str, gwp: GwpSet) -> str | None:
    """Canonical id of a gas as users write it (`R-134a`, `CF4`, `sf6`), or None."""
    return canonical_gas(text, gwp.values)


def canonical_gas(text: str, names: Collection[str]) -> str | None:
    """The same among the gases of a list."""
    if text in names or text in (BIOGENIC, "CH4", "CH4_fossil", "CH4_non_fossil"):
        return text
    folded = {_folded(name): name for name in names}
    key = _folded(text)
    for named in (_BY_FORMULA, folded, _OUTSIDE):
        if key in named:
            return named[key]
    match = _REFRIGERANT.match(text)
    if match:
        number = match[1].lower()
        hits = [
            name
            for name in names
            if "-" in name
            and name.split("-", 1)[1].lower() == number
            and name.split("-", 1)[0] in {"HFC", "HCFC", "CFC", "HFO", "PFC", "HCFO", "HC"}
        ]
        if len(hits) == 1:
            return hits[0]
    return None


def blend_id(text: str) -> str | None:
    """Canonical blend number (`R-410A`) of a text that looks like one."""
    match = _BLEND.match(text)
    number = f"R-{match[1].upper()}" if match else None
    return _BLEND_NAMES.get(number, number) if number else None
