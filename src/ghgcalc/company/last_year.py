"""The same source a year before: which activities speak of it, and how much it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.core.period import Span

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def kind_of(activity: Activity) -> tuple[Any, ...]:
    """What tells the sources of a facility apart."""
    return (activity.category, activity.fuel, activity.item, activity.gas, activity.supplier,
            activity.technology, activity.vehicle, activity.attributes)  # fmt: skip


def shifted(period: str, years: int) -> str | None:
    """A period some years later, `2023-04` to `2024-04`; None where it names no year."""
    if not _YEAR.search(period):
        return None
    return _YEAR.sub(lambda match: f"{int(match[1]) + years:04}", period)


def belongs(span: Span, days: Span) -> bool:
    """Whether some days belong to the form of a period: the last lies in it.

    A bill across the turn of two periods stands in the form of its last day alone; what is longer
    than the period, such as a year's line in the form of a month, in none.
    """
    return span.first <= days.last <= span.last and days.days <= span.days
