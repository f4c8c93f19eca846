"""Which totals nobody evaluated: what tells their 0 from a 0 that is a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.inventory.scope_2_notes import silent_packs

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory


def not_evaluated(inventory: Inventory) -> list[str]:
    """The totals that no line speaks of: `scope_1`, `scope_2`, `scope_3`, `biogenic_co2`.

    Biogenic CO2 is known where its sum is not zero, or where some line is there and every grid
    factor gives it (R28); a zero beside factors that are silent about it is no result.
    """
    seen = {line.scope for line in inventory.wholes}
    found = [f"scope_{scope}" for scope in (1, 2, 3) if scope not in seen]
    unknown = not seen or bool(silent_packs([line for line in inventory.wholes if line.scope == 2]))
    if not inventory.totals.biogenic_co2 and unknown:
        found.append("biogenic_co2")
    return found
