"""The `estimated` block of the JSON: shares by category and facility, methods, words of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.views.estimates import estimates_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.views.estimates import Estimated

    Marker = Callable[[Fraction | None], str | None]

METHODS = (LOCATION, MARKET)


def estimated_record(inventory: Inventory, number: Marker) -> dict[str, Any]:
    """The block; `number` marks exact numbers for the encoder. Total null: nothing is estimated."""
    found = estimates_of(inventory)
    return {
        "all_scopes": None if found is None else _tonnes(found.total, number),
        "by_category": [] if found is None else [
            {"scope": each.scope, "category": each.category, **_tonnes(each, number),
             "quantity": _quantity(each, number)}
            for each in found.by_category
        ],
        "by_facility": [] if found is None else [
            {"facility": each.facility, **_tonnes(each, number)}
            for each in sorted(found.by_facility, key=lambda each: each.facility or "")
        ],
        "methods": [] if found is None else [
            {"method": way.method or None, "reason": way.reason or None,
             "column": way.column or None,
             "tco2e": {method: number(way.tonnes[method]) for method in METHODS}}
            for way in found.ways
        ],
        "words": [
            {"table": each.table, "column": each.column, "estimated": each.yes,
             "not_estimated": each.no}
            for each in inventory.marks
        ],
    }  # fmt: skip


def _tonnes(each: Estimated, number: Marker) -> dict[str, Any]:
    return {
        method: {"tco2e": number(each.part[method]), "share": number(each.share(method))}
        for method in METHODS
    }


def _quantity(each: Estimated, number: Marker) -> dict[str, Any] | None:
    """The estimated quantity where all lines of a category have units of one kind."""
    known = each.quantity
    if known is None:
        return None
    share = known.part / known.whole if known.whole else None
    return {"value": number(known.part), "unit": known.unit, "share": number(share)}
