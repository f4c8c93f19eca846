"""Materials: worldsteel, IAI, Nuss & Eckelman 2014 (metals), ACT (electronic components).

Files, in any order: CSV transcriptions. Rows of other sources in them are named in `_LEFT_OUT`.
The packs are written to `folder`/<publisher>/<edition>.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    slug,
    transcription,
    write_pack,
)

_NEEDED = ("id", "name", "value", "unit", "gas", "year", "source", "table", "note")
_INTERVAL = re.compile(r"interval (?P<low>[\d.]+)-(?P<high>[\d.]+)")
_UNITS = {
    "t CO2/t crude steel cast": ("CO2", "t", "t"),
    "t CO2e/t": ("CO2e", "t", "t"),
    "kg CO2e/kg": ("CO2e", "kg", "kg"),
    "g CO2e/cm2": ("CO2e", "g", "cm2"),
    "kg CO2e/IC": ("CO2e", "kg", "piece"),
}
# per 10^4 cm2 is per m2: the exact figure is kept and its unit of area written out
_PER = {"cm2": "1/10000 m2"}
_SHARED = {"category": "purchased_goods_and_services|capital_goods", "lifecycle": "lifecycle"}
_STEEL = "World Steel Association"
_LEFT_OUT = {
    "ivl2019": "a range without a point value",
    "ademe": "sample rows of a share-alike collection",
    "tw": "single second-hand page, terms not stated",
}


class _Pack(NamedTuple):
    publisher: str
    edition: str
    prefix: str
    title: str
    organisation: str
    licence: str
    grade: str
    via: str
    notes: tuple[str, ...]
    year_rule: str
    gwp_set: str = ""
