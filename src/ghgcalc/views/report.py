"""The whole report of an inventory, as terminal and Markdown show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.views.amounts import category_of, everything_of, weigh
from ghgcalc.views.breakdown import DIMENSIONS, breakdown_table
from ghgcalc.views.estimates import estimates_table
from ghgcalc.views.facts import facts_of
from ghgcalc.views.scope_3 import status_table
from ghgcalc.views.sources import sources_table
from ghgcalc.views.table import Report
from ghgcalc.views.totals import totals_table
from ghgcalc.views.words import heading_words

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory


def report_of(inventory: Inventory, by: str | None = None, *, whole: bool = False) -> Report:
    """Head, tables and facts.

    Args:
        inventory: what was computed.
        by: a dimension that replaces the category rows: scope, category, facility, gas, country
            or month.
        whole: for a file: nothing is left out that a screen has no room for.
    """
    # sums over a year tell all but months apart
    lines = inventory.lines if by == "month" else inventory.wholes
    weighed = weigh(lines, everything_of if by in DIMENSIONS else category_of)
    tables = [totals_table(inventory, weighed, categories=by in (None, "category"))]
    if by in DIMENSIONS:
        tables.append(breakdown_table(inventory, weighed, by))
    elif by is None:
        sources = sources_table(inventory)
        tables += [sources] if sources.rows else []
    statuses = status_table(inventory, whole=whole) if by in (None, "category") else None
    tables += [statuses] if statuses is not None else []
    estimated = estimates_table(inventory, whole=whole)
    tables += [estimated] if estimated is not None else []
    return Report(heading_words(inventory), tuple(tables), facts_of(inventory, whole=whole))
