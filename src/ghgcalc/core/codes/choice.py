"""Codes of the choice of a factor and of acceptances."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "accept-too-wide",
        "An accepted gap opens more than one kind of line",
        "An entry without `for:` prices whatever meets the gap later: accepted for a waste line, it"
        " takes another country's grid for power.",
        "Narrow it with `for:`, to an activity, a facility and item, a category or an instrument.",
    ),
    Code(
        "unused-property",
        "A measured property of the line is not used",
        "A factor per litre, cubic metre or tonne holds its publisher's heating value and density;"
        " a measured one would give way to it in silence.",
        "Write the quantity as energy, pin a factor per energy, or remove the property.",
    ),
)
