"""Rows of tables accounted for: read, used, other periods, filtered, rejected (promise 5)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.period import Span


@dataclass(slots=True)
class ControlTotal:
    """Rows of a table: read = used + other periods + filtered + rejected, and sums by unit."""

    table: str
    read: int
    used: int
    other_periods: int
    filtered: int
    rejected: int
    sums: dict[str, Fraction]
    used_sums: dict[str, Fraction]


def control_totals(tables: Mapping[str, TableSums], span: Span) -> list[ControlTotal]:
    """Rows read = used + other periods + filtered + rejected, and sums by unit (promise 5)."""
    result = []
    for name, sums in tables.items():
        overlaps = {days: span.overlap(days) is not None for days in {e.span for e in sums.sums}}
        used_sums: dict[str, int] = {}
        for entry in sums.sums:
            if overlaps[entry.span]:
                used_sums[entry.unit] = used_sums.get(entry.unit, 0) + entry.scaled
        # a bill that reaches into the period is used in it, once, however many pieces it has
        used = sum(count for days, count in sums.bills.items() if span.overlap(days))
        result.append(
            ControlTotal(
                name,
                sums.rows_read,
                used,
                sums.rows_used - used,
                sums.rows_filtered,
                sums.rows_rejected,
                {unit: Fraction(total) for unit, total in sums.read_by_unit.items()},
                {unit: Fraction(total, 10**sums.decimals) for unit, total in used_sums.items()},
            )
        )
    return result
