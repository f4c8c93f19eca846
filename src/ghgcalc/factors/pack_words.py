"""Words of packs that lines find factors by: those of the vocabulary, in its own spelling.

A line's fuel, country and gases are known by their ids. A row under another name of one of them
would stand in the pack, pass every other check, and never be found.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ghgcalc.core.gas_hints import gas_hint
from ghgcalc.core.gases import BIOGENIC, UNSPECIFIED, WITHOUT_GWP, blend_id, canonical_gas
from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested
from ghgcalc.core.vocabulary.fuels import fuel_id
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs

_EVERYWHERE = frozenset({"WORLD", "WORLDWIDE", "GLOBAL", "GLO", "ROW", "ALL", "ANY"})


class WordSlip(NamedTuple):
    """A word that is not the vocabulary's: code, text, hint."""

    code: str
    text: str
    hint: str


def other_fuel_name(text: str) -> WordSlip | None:
    """A name that stands for a fuel of the vocabulary and is not its id; None for own fuels."""
    known = fuel_id(text) or fuel_id("_".join(text.casefold().replace("-", " ").split()))
    if known is None or known == text:
        return None
    said = f"`{text}` is another name of fuel `{known}`, not its id"
    return WordSlip("unknown-fuel", said, f"write `{known}`")


def other_region_name(text: str) -> WordSlip | None:
    """A name of a country that is not its code, or one of the whole world."""
    if text.upper() in _EVERYWHERE:
        said = f"region `{text}` is that of no facility"
        return WordSlip("unknown-value", said, "leave it out: without a region it serves all")
    code = None if text in COUNTRIES else suggested(text)
    if code is None:
        return None
    return WordSlip("unknown-value", f"`{text}` is not a country code", f"write `{code}`")


def unknown_gas(text: str) -> WordSlip | None:
    """A gas that no GWP set has, nor a blend's number."""
    if text in gas_ids() or canonical_gas(text, gas_ids()) or blend_id(text) is not None:
        return None
    return WordSlip("unknown-gas", f"gas `{text}` is not known", gas_hint(text, gas_ids()))


@cache
def gas_ids() -> frozenset[str]:
    """Every gas of the GWP packs, and the ids that stand beside them."""
    packs = [open_bundled(name) for name in bundled_packs() if name.startswith("gwp-")]
    gases = {row.cells["gas"] for pack in packs if pack for row in pack.rows("gwp")}
    return frozenset(gases | {BIOGENIC, UNSPECIFIED, "C", "CH4"} | WITHOUT_GWP)
