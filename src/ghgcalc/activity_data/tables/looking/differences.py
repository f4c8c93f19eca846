"""Two columns of readings in each row, and whether a third holds their difference."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.columns import value_of
from ghgcalc.activity_data.tables.looking.multiples import Multiple, multiplier_in, multiplies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_NUMBER = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


class Difference(NamedTuple):
    """How a column of quantities stands to two columns of readings.

    Attributes:
        column: that of the quantities.
        first, last: those of the readings, the earlier one first.
        by: what multiplies the differences, as the file says it; "" for nothing.
        times: whether the quantities are the differences times that.
        odd: the first row that is neither, with its text; None where all rows are alike.
        left_out: the multiplier that the readings' headings say and the quantities lack.
    """

    column: Column
    first: Column
    last: Column
    by: str = ""
    times: bool = False
    odd: tuple[int, str] | None = None
    left_out: Multiple | None = None


def difference_of(
    plain: Sequence[Column], readings: Sequence[Column], numbers: Sequence[Column]
) -> Difference | None:
    """The quantities that are differences of two readings in all rows; else the odd row of one.

    Args:
        plain: columns that may be the quantities.
        readings: columns of readings, by their headings.
        numbers: all columns of numbers, among them that of a multiplier.
    """
    if len(readings) != 2 or not plain:
        return None
    first, last = _in_order(readings[0], readings[1])
    found = [_compared(c, first, last, numbers) for c in plain]
    whole = [each for each in found if each is not None and each.odd is None]
    if len(whole) == 1:
        return whole[0]
    return found[0] if len(plain) == 1 else None


def _in_order(one: Column, other: Column) -> tuple[Column, Column]:
    """The readings of which most are the lower ones first."""
    ends = _values(other)
    pairs = [(value, ends[row]) for row, value in _values(one).items() if row in ends]
    return (one, other) if sum(a <= b for a, b in pairs) * 2 >= len(pairs) else (other, one)


def _values(column: Column) -> dict[int, Decimal]:
    found = ((row, Decimal(text) if column.kind == "year" else value_of(column, text))
             for row, text in column.cells)  # fmt: skip
    return {row: value for row, value in found if value is not None}


def _compared(
    column: Column, first: Column, last: Column, numbers: Sequence[Column]
) -> Difference | None:
    begin, end, amounts = _values(first), _values(last), _values(column)
    rows = [row for row in amounts if row in begin and row in end]
    if not rows:
        return None
    half = Decimal(1).scaleb(-(column.number.decimals if column.number else 0)) / 2
    by, factors, said = _multiplier(first, last, numbers)
    alone = {row for row in rows if abs(amounts[row] - (end[row] - begin[row])) <= half}
    times = {row for row in rows
             if abs(amounts[row] - (end[row] - begin[row]) * factors.get(row, said)) <= half
             and (row in factors or said != 1)}  # fmt: skip
    if len(times) == len(rows):
        return Difference(column, first, last, by, times=True)
    if len(alone) == len(rows):
        told = next((words for c in (last, first) if (words := multiplier_in(c.name))[0]), None)
        lacks = Multiple(f"`{(last if multiplier_in(last.name)[0] else first).name}`",
                         told[0], told[1]) if told else None  # fmt: skip
        return Difference(column, first, last, by, left_out=lacks)
    ratio = _one_ratio([(amounts[row], end[row] - begin[row]) for row in rows])
    if ratio:
        return Difference(column, first, last, ratio, times=True)
    fitting = times if len(times) >= len(alone) else alone
    texts = dict(column.cells)
    odd = next(row for row in rows if row not in fitting)
    return Difference(column, first, last, by, odd=(odd, texts[odd]))


def _one_ratio(pairs: list[tuple[Decimal, Decimal]]) -> str:
    """The whole number by which two or more differences are multiplied alike; "" where none is."""
    ratios = {amount / step if step else None for amount, step in pairs}
    found = ratios.pop() if len(ratios) == 1 and len(pairs) > 1 else None
    return f"{int(found)}" if found is not None and found > 1 and found == int(found) else ""


def _multiplier(
    first: Column, last: Column, numbers: Sequence[Column]
) -> tuple[str, dict[int, Decimal], Decimal]:
    """What the file says of a multiplier, it by row, and that of the headings; 1 is none."""
    columns = [c for c in numbers if multiplies(c.name) and c not in (first, last)]
    if len(columns) == 1:
        return f"`{columns[0].name}`", _values(columns[0]), Decimal(1)
    for column in (last, first):
        number = multiplier_in(column.name)[1]
        if _NUMBER.fullmatch(number):
            return number, {}, Decimal(number)
    return "", {}, Decimal(1)


def told_of(found: Difference) -> str:
    """What was compared, in a sentence."""
    pair = f"`{found.last.name}` − `{found.first.name}`"
    if found.odd is not None:
        row, text = found.odd
        pair = f"{pair}, nor × {found.by}," if found.by else pair
        return (f"quantity: `{found.column.name}` is not {pair} in all rows (row {row}: `{text}`):"
                " name it if it is what was used, or correct the file at its source")  # fmt: skip
    pair = f"({pair}) × {found.by}" if found.times else pair
    return f"quantity: `{found.column.name}` is {pair} in every row"
