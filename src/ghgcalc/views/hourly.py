"""Matching by year, month and hour as a table beside the Scope 2 figures, never part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.matching import AS_METERED, MATCHINGS, NOT_IN_FORCE
from ghgcalc.views.table import Column, Number, Row, Table, mwh_places

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.matching import HourlyMatch
    from ghgcalc.company.hourly import Matching
    from ghgcalc.inventory.inventory import Inventory

BY: dict[Matching, str] = {"annual": "by year", "monthly": "by month", "hourly": "by hour"}


def hourly_table(inventory: Inventory) -> Table:
    """Consumption, generation and the matched share of each zone; no rows without the section."""
    rows = [row for match in inventory.hourly for row in _rows(match)]
    columns = (Column("Hourly matching"), Column("MWh", True), Column("%", True))
    return Table("Hourly matching", columns, tuple(rows), notes=(NOT_IN_FORCE, AS_METERED))


def _rows(match: HourlyMatch) -> list[Row]:
    places = mwh_places([match.consumption, match.generation])
    asked = match.matching

    def row(label: str, mwh: Fraction, *, share: bool = True) -> Row:
        part = mwh / match.consumption if share and match.consumption else None
        percent = Number(part * 100, 1) if part is not None else ""
        return Row((label, Number(mwh, places), percent), level=1)

    name = match.id if match.zone == match.id else f"{match.id} ({match.zone})"
    days = str(match.span.first if match.span.days == 1 else match.span)
    head = f"{name}, {days}, {match.hours:,} hours of {match.time_zone}"
    found = [
        Row((head, "", "")),
        row("consumption", match.consumption),
        row("generation in the zone", match.generation),
        row("matched " + BY[asked], match.matched[asked]),
        row("uncovered " + BY[asked], match.uncovered(asked)),
        row("surplus " + BY[asked], match.surplus(asked), share=False),
    ]
    if match.outside:
        found.insert(3, row("generation for other zones", match.outside, share=False))
    others = [kind for kind in MATCHINGS if kind != asked]
    return [*found, *(row(f"beside: matched {BY[kind]}", match.matched[kind]) for kind in others)]
