"""Codes of Green Button files in words (NAESB REQ.21, `espi.xsd`: UomType, FlowDirectionType …)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

# ESPI's unit symbol to ours; others are written `uom 125`, which `names:` can translate
UNITS: Final = MappingProxyType({
    "0": "none", "31": "J", "38": "W", "42": "m3", "61": "VA", "63": "VAr", "71": "VAh",
    "72": "Wh", "73": "VArh", "119": "ft3", "128": "gal_US", "130": "gal_UK", "132": "Btu",
    "134": "L", "169": "therm",
})  # fmt: skip
SERVICES: Final = MappingProxyType({
    "0": "electricity", "1": "gas", "2": "water", "4": "pressure", "5": "heat", "6": "cold",
    "7": "communication", "8": "time",
})  # fmt: skip
FLOWS: Final = MappingProxyType({
    "": "", "0": "", "1": "forward", "4": "net", "19": "reverse", "20": "total",
})  # fmt: skip
# readings of the dial: bulk quantity, continuous cumulative, cumulative, summation
DIALS: Final = frozenset({"1", "2", "3", "9"})
QUALIFIERS: Final = MappingProxyType({
    "": "", "0": "", "2": "average", "8": "maximum", "9": "minimum", "12": "normal",
})  # fmt: skip
QUALITIES: Final = MappingProxyType({
    "0": "valid", "7": "manually edited", "8": "estimated using reference day",
    "9": "estimated using linear interpolation", "10": "questionable", "11": "derived",
    "12": "projected", "13": "mixed", "14": "raw", "15": "normalized for weather", "16": "other",
    "17": "validated", "18": "verified", "19": "revenue quality",
})  # fmt: skip
# estimated by a reference day or interpolation, forecast, and partly so
ESTIMATED: Final = frozenset({"8", "9", "12", "13"})
