"""Rows of a facility that add up those of all others: `All buildings` beside each building."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.columns import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_OTHERS, _TIMES = 2, 2  # facilities that are added up, and times at which the sum is seen


def sum_among(names: Column, amounts: Sequence[Column], times: Column | None) -> tuple[str, ...]:
    """The texts of a column whose amounts are those of all other texts together, at each time.

    Args:
        names: such as the facilities.
        amounts: one column, or those of a wide table, each of its own time.
        times: of one column of amounts, how its rows tell their time.
    """
    at = dict(names.cells)
    when = dict(times.cells) if times is not None else {}
    if times is None and len(amounts) < _TIMES:
        return ()
    by_time: dict[object, dict[str, Decimal]] = {}
    for column in amounts:
        for row, text in column.cells:
            value, name = value_of(column, text), at.get(row)
            if value is None or name is None:
                continue
            found = by_time.setdefault(when.get(row, column.place), {})
            found[name] = found.get(name, Decimal(0)) + value
    texts = dict.fromkeys(at.values())
    return tuple(text for text in texts if _adds_up(text, [*by_time.values()]))


def _adds_up(text: str, by_time: list[dict[str, Decimal]]) -> bool:
    mine = [found for found in by_time if found.get(text)]
    if len(mine) < _TIMES:
        return False
    return all(
        sum(value != 0 for name, value in found.items() if name != text) >= _OTHERS
        and found[text] * 2 == sum(found.values())
        for found in mine
    )
