"""Checks of energy lines: which keys fit which category (S2-08, R18, R22 to R25)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.table import Item
    from ghgcalc.core.text.document import Document, KeyPath

_STORAGE = re.compile(r"batter|storage|pumped|储能|抽水", re.IGNORECASE)
_FITS = {
    "steam_state": ("purchased_steam", "purchased_heat"),
    "cop": ("purchased_cooling",),
    "storage": ("purchased_electricity",),
    "losses": ("fuel_and_energy_related",),
    "chp": ("purchased_heat", "purchased_steam"),
}
ENERGY_KEYS = frozenset(_FITS)
_PRICED = ("cop", "losses", "chp")


def check_energy(
    document: Document, path: KeyPath, name: str, activity: Activity | Item
) -> list[Diagnostic]:
    """Energy keys stand on the categories that they speak of, one way to a factor only."""
    found: list[Diagnostic] = []
    for key, fits in _FITS.items():
        if getattr(activity, key) is not None and activity.category not in fits:
            found.append(
                Diagnostic(
                    "conflicting-keys",
                    f"`{key}` of `{name}` does not fit category {activity.category}",
                    document.locate((*path, key), key=True),
                    hint=f"use `category: {fits[0]}`, or remove `{key}`",
                )
            )
    priced = [key for key in _PRICED if getattr(activity, key) is not None]
    others = [key for key in ("emission_rate",) if getattr(activity, key) is not None]
    if priced and (others or len(priced) > 1):
        second = others[0] if others else priced[1]
        found.append(
            Diagnostic(
                "conflicting-keys",
                f"`{priced[0]}` and `{second}` of `{name}` both price the line",
                document.locate((*path, second), key=True),
                hint="keep one of them",
            )
        )
    own = activity.category == "self_generated_electricity"
    if own and _STORAGE.search(activity.technology or ""):
        found.append(
            Diagnostic(
                "storage-is-not-generation",
                f"`{name}` enters what storage gives back as own generation",
                document.locate((*path, "technology")),
                hint="remove the line; only what storage loses is consumption: `storage:"
                " {charged: …, discharged: …}` on purchased electricity",
            )
        )
    return found
