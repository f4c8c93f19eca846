"""What generates the power of an instrument or plant: renewable, nuclear, fossil, not stated."""

from __future__ import annotations

import re
from typing import Literal

Source = Literal["renewable", "nuclear", "fossil", "not stated"]
# certificates that exist for renewable generation alone (RULES R16)
RENEWABLE_TYPES = frozenset({"GEC", "REGO", "REC", "LGC", "J-Credit"})
_WORDS: tuple[tuple[Source, re.Pattern[str]], ...] = (
    ("nuclear", re.compile(r"nuclear|核", re.I)),
    ("fossil", re.compile(r"fossil|coal|(?<!bio)gas\b|diesel|oil|lignite|peat|煤|燃气", re.I)),
    (
        "renewable",
        re.compile(
            r"renewable|wind|solar|photovolt|\bpv\b|hydro(?!gen)|geotherm|tidal|wave|marine|bio|wood"
            r"|landfill|sewage|风|光伏|太阳能|水电|生物",
            re.I,
        ),
    ),
)


def source_of(technology: str | None, kind: str = "") -> Source:
    """The source by the technology's words, else by a certificate type that allows one only."""
    text = technology or ""
    if re.search(r"landfill|sewage|biogas", text, re.I):
        return "renewable"
    for source, words in _WORDS:
        if words.search(text):
            return source
    return "renewable" if kind in RENEWABLE_TYPES else "not stated"
