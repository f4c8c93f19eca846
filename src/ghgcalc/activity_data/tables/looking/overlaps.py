"""Rows over the same days, of which some are estimates: `replaces: estimated` would choose."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.kinds import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles


def estimates_overlap(roles: Roles) -> bool:
    """Whether rows of one meter that were read differently share more days than their edges."""
    read = roles.by.get("estimated")
    if read is None or roles.rising:
        return False
    keys = [dict(roles.by[role].cells) for role in ("meter", "facility", "item")
            if role in roles.by]  # fmt: skip
    how = dict(read.cells)
    spans = sorted(
        (tuple(key.get(row, "") for key in keys), first, last, how.get(row, ""))
        for row, first, last in _spans(roles)
    )
    group: tuple[str, ...] | None = None
    ends: dict[str, date] = {}
    for key, first, last, text in spans:
        if key != group:
            group, ends = key, {}
        for other, end in ends.items():
            if other != text and (end > first or end == last):
                return True
        ends[text] = max(last, ends.get(text, last))
    return False


def _spans(roles: Roles) -> Iterator[tuple[int, date, date]]:
    """Row, first and last day."""
    by = roles.by
    if "from" in by and "to" in by:
        ends = dict(_days(by["to"]))
        for row, day in _days(by["from"]):
            if row in ends:
                yield row, day, max(day, ends[row])
    elif "period" in by and by["period"].kind == "month":
        for row, day in _days(by["period"]):
            yield row, day, day.replace(day=monthrange(day.year, day.month)[1])


def _days(column: Column) -> Iterator[tuple[int, date]]:
    if not column.forms:
        return
    form = form_of(column.forms[0], months=column.kind == "month", names=column.names)
    for row, text in column.cells:
        if (day := form.read(text, 2000)) is not None:  # which year it is plays no part here
            yield row, day
