"""Overlaps of rows that the company file states to be honest: each a step less severe."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.activity_data.tables.places import Places

_WARNED = frozenset({"subtotal-row", "bill-twice"})
_NOTED = frozenset({"nested-rows", "calendar-overlap", "estimate-and-actual", "sum-of-others"})


def accept_overlaps(found: Iterable[Diagnostic], places: Places) -> list[Diagnostic]:
    """Weigh overlaps by the table's `accept_overlaps:`: errors are warnings, warnings notes."""
    rule, found = places.table.accept_overlaps, list(found)
    if rule is None:
        return found
    if not any(item.code in _WARNED | _NOTED for item in found):
        message = f"no rows of table `{places.name}` overlap as `accept_overlaps` describes"
        where, hint = places.at("accept_overlaps"), "remove `accept_overlaps:`"
        unused = Diagnostic("accept-unused", message, where, hint=hint, severity=Severity.WARNING)
        return [*found, unused]
    return [_weighed(item, f"accepted: {rule.reason}") for item in found]


def _weighed(item: Diagnostic, said: str) -> Diagnostic:
    if item.code not in _WARNED | _NOTED:
        return item
    severity = Severity.WARNING if item.code in _WARNED else Severity.NOTE
    hint = "remove `accept_overlaps:` where its reason no longer holds"
    return replace(item, severity=severity, notes=(*item.notes, said), hint=hint)
