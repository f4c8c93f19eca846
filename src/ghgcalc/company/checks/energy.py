"""Checks of energy lines: which keys fit which category (S2-08, R18, R22 to R25)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.methods.registry import PLACED

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.table import Item
    from ghgcalc.core.text.document import Document, KeyPath

_STORAGE = re.compile(r"batter|storage|pumped|储能|抽水", re.IGNORECASE)


def check_energy(
    document: Document, path: KeyPath, name: str, activity: Activity | Item
) -> list[Diagnostic]:
    """Energy keys stand on the categories that they speak of, one way to a factor only."""
    found: list[Diagnostic] = []
    asked = [
        (method, key)
        for method in PLACED
        for key in method.keys
        if getattr(activity, key, None) is not None
    ]
    for method, key in asked:
        if activity.category not in method.categories:
            found.append(
                Diagnostic(
                    "conflicting-keys",
                    f"`{key}` of `{name}` does not fit category {activity.category}",
                    document.locate((*path, key), key=True),
                    hint=method.misplaced
                    or f"use `category: {method.categories[0]}`, or remove `{key}`",
                )
            )
    priced = [key for method, key in asked if method.prices]
    other = "emission_rate" if activity.emission_rate is not None else ""
    if priced and (other or len(priced) > 1):
        second = other or priced[1]
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
