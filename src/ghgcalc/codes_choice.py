"""Codes of the choice of a factor and of acceptances; `codes.py` joins them to the registry."""

from __future__ import annotations

ROWS = (
    (
        "unused-property",
        "A measured property of the line is not used",
        "A factor per litre, cubic metre or tonne holds its publisher's heating value and density;"
        " a measured one would give way to it in silence.",
        "Write the quantity as energy, pin a factor per energy, or remove the property.",
    ),
)
