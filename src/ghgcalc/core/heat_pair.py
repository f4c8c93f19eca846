"""Both heating values of a fuel in one block: the gross one lies a little above the net one.

The difference is the heat of condensing the water of the flue gas: some 5 % for coal and oil, 11 %
for natural gas, 18 % for hydrogen. Less than none is a swapped pair, far more a slipped point.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.core.numbers import plain

if TYPE_CHECKING:
    from ghgcalc.core.units import Quantity

MOST = Fraction(5, 4)  # gross over net; hydrogen, 141.8 over 120.0 MJ/kg, has the most
CODE = "out-of-bounds"
HINT = "copy `gcv` (the larger) and `ncv` from the analysis or the bill"


def unlikely_pair(net: Quantity, gross: Quantity, density: Quantity | None = None) -> str | None:
    """Why two heating values of one fuel are no pair; None where they may be one, or cannot meet.

    Args:
        net: energy per mass, volume or volume at a state.
        gross: the same; per mass where `net` is per volume, or the reverse, by the density.
        density: mass per volume.
    """
    below, above = _per_mass(net, density), _per_mass(gross, density)
    if net.unit.dimension == gross.unit.dimension:
        below, above = net.value * net.unit.size, gross.value * gross.unit.size
    if not below or above is None:
        return None
    if above < below:
        return f"the gross heating value `{gross}` lies below the net one, `{net}`"
    if above > MOST * below:
        times = plain(above / below, 2)
        return (
            f"the gross heating value `{gross}` is {times} times the net one, `{net}`;"
            " it is 1.25 times at most"
        )
    return None


def _per_mass(value: Quantity, density: Quantity | None) -> Fraction | None:
    """The heating value per mass; None where the density does not lead there."""
    size = value.value * value.unit.size
    if value.unit.dimension == "J/kg":
        return size
    if density is None or not density.number:
        return None
    per_volume = value.unit.dimension.removeprefix("J/")
    if density.unit.dimension != f"kg/{per_volume}":
        return None
    return size / (density.value * density.unit.size)
