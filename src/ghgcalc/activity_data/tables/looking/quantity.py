"""Which column holds the quantities, or why that is left to the reader."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.headings import JOINED
from ghgcalc.activity_data.tables.looking.columns import Column, is_currency, value_of
from ghgcalc.activity_data.tables.looking.differences import (
    Difference,
    difference_of,
    told_of,
)
from ghgcalc.activity_data.tables.looking.kinds import is_year, month_forms
from ghgcalc.activity_data.tables.looking.multiples import multiplies, without_multiplier
from ghgcalc.activity_data.tables.looking.shape import is_rate, unit_in
from ghgcalc.activity_data.tables.looking.tariffs import (
    tariff_names,
    tariffs_of,
    told_of_tariffs,
)
from ghgcalc.activity_data.tables.looking.words import (
    converts,
    feeds_in,
    hinted,
    sort_of,
    sorts_rows,
    tells_interval,
)
from ghgcalc.activity_data.tables.running_words import runs_on
from ghgcalc.company.cell_words import CURRENCY_SIGNS
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ghgcalc.activity_data.tables.looking.words import Sort

_POWER = frozenset({"w", "kw", "mw", "va", "kva", "mva", "kvar", "kvarh"})
_LONG = 9  # digits of a number that names a meter or a document
_RISING_ROWS = 6
_SMALL = 20  # a step of a counter beside what it shows
_FEW = 3
_MOST_GROUPS = 200
_AMOUNT = re.compile(r"(?i)(?<!\w)(amount|value|wert|importe|montant|valor|total)(?!\w)")


class Quantity(NamedTuple):
    """What was found.

    Attributes:
        column: the likeliest column; None where there is none.
        others: further numbers.
        reading: whether its cells are readings of a counter.
        open_for: columns of which the reader names one; none where `column` is sure.
        why: what the reader is asked, a sentence each.
        difference: how the column stands to two columns of readings beside it.
    """

    column: Column | None = None
    others: tuple[Column, ...] = ()
    reading: bool = False
    open_for: tuple[Column, ...] = ()
    why: tuple[str, ...] = ()
    difference: Difference | None = None


def quantity_of(columns: Sequence[Column], taken: Sequence[Column]) -> Quantity:
    """Look for the quantities among columns that no time takes."""
    left = [c for c in columns if c not in taken]
    numbers = [c for c in left if c.kind in ("number", "year") and not _names_a_time(c)]
    tariffs = tariffs_of(numbers)
    sorts = {c.place: sort_of_column(c._replace(name=tariffs.get(c.place, c.name)))
             for c in numbers}  # fmt: skip
    plain = sorted((c for c in numbers if sorts[c.place] == "plain"), key=_likely)
    plain = [c for c in plain if not _constant(c)] or plain  # a step, a size, a code
    plain = _without_totals(plain)
    if any(map(is_currency, left)):  # `Amount` beside a currency is money, but for lack of others
        plain = [c for c in plain if not is_amount(c)] or plain
    readings = [c for c in numbers if sorts[c.place] == "reading"]
    unread = [c for c in left if _unread(c)]
    compared = difference_of(plain, readings, numbers)
    if compared is not None and not unread:
        return _of_difference(compared, numbers)
    if not plain and len(readings) == 1 and not unread:
        return _of_reading(readings[0], numbers, columns)
    rest = plain or readings or [c for c in numbers if sorts[c.place] in ("power", "money")]
    if plain and readings and _likely(plain[0])[:2] == (True, True):
        rest = [*readings, *plain]  # no word says that the plain ones are quantities
    others = tuple(c for c in numbers if c not in rest[:1])
    if not rest and not unread:
        return Quantity(others=others)
    first = rest[0] if rest else unread[0]
    daily = len({c.place for c in taken}) == 1 and taken[0].kind == "day"
    counters = [c for c in rest if sorts[c.place] == "plain" and _counter(c, columns, daily=daily)]
    if len(rest) > 1 or unread or not plain:
        why = (*_why(rest, unread, sorts, counters), *_of_totals(rest))
        return Quantity(first, others, open_for=(*rest, *unread), why=why)
    return _of_plain(first, others, counter=bool(counters))


def _without_totals(plain: list[Column]) -> list[Column]:
    """Without running totals beside a quantity of their unit, or one that its heading tells."""
    units = {unit_in(c.name) for c in plain if runs_on(c.name)}
    kept = [c for c in plain if not runs_on(c.name)]
    known = any(unit_in(c.name) in units or hinted("quantity", c.name) for c in kept)
    return kept if known else plain


def _constant(column: Column) -> bool:
    """Whether three rows or more hold one number, as no amounts that were used do."""
    return len(column.cells) >= _FEW and len({text for _, text in column.cells}) == 1


def _of_difference(found: Difference, numbers: Sequence[Column]) -> Quantity:
    others = tuple(c for c in numbers if c is not found.column)
    open_for = (found.column,) if found.odd is not None else ()
    return Quantity(found.column, others, open_for=open_for, why=(told_of(found),),
                    difference=found)  # fmt: skip


def is_amount(column: Column) -> bool:
    """Whether a heading is a word for an amount, which beside a currency is money."""
    return bool(_AMOUNT.search(column.name))


def sort_of_column(column: Column) -> Sort:
    """What the numbers of a column are, by its heading and what stands beside them."""
    words = column.number.words if column.number else ()
    if any(word in CURRENCY_SIGNS for word in words):
        return "money"
    if any(word.casefold() in _POWER for word in words):
        return "power"
    if converts(column.name) or is_rate(column.name):
        return "factor"
    unit = unit_in(column.name)
    if tells_interval(column.name) and _of_time(unit):
        return "factor"
    if unit is not None and unit.casefold() in _POWER:
        return "power"
    if unit is not None and sort_of(unit, has_unit=False) == "money":
        return "money"
    _, joined, last = column.name.rpartition(JOINED)
    if joined and unit_in(last) is None and sort_of(last, has_unit=False) == "money":
        return "money"  # `万千瓦时 / 电费`: the unit of the heading above is not that of money
    bare = without_multiplier(column.name)
    if unit is None and not words and multiplies(bare):
        return "factor"
    found = sort_of(bare, has_unit=unit is not None or bool(words))
    if sorts_rows(bare):
        return "numbered"
    if found == "plain" and column.number is not None and column.number.percent:
        return "factor"
    named = found == "plain" and unit is None and (_counts(column) or _identifies(column))
    return "numbered" if named else found


def _of_time(unit: str | None) -> bool:
    """Whether a heading names a unit of time, or none: `Interval kWh` is an amount."""
    try:
        return unit is None or parse_unit(unit).dimension == "time"
    except UnitError:
        return False


def _identifies(column: Column) -> bool:
    """Whether the cells are names made of digits: with zeros before them, or very long."""
    return not hinted("quantity", column.name) and all(
        text.isdecimal() and ((text[0] == "0" and len(text) > 1) or len(text) >= _LONG)
        for _, text in column.cells
    )


def _counts(column: Column) -> bool:
    """Whether the cells are 1, 2, 3 … one by one."""
    values = [value_of(column, text) for _, text in column.cells]
    steps = [b - a for a, b in pairwise(values) if a is not None and b is not None]
    return len(values) > 2 and len(steps) == len(values) - 1 and set(steps) == {1}


def _names_a_time(column: Column) -> bool:
    return is_year(column.name) or bool(month_forms([column.name]))


def _likely(column: Column) -> tuple[bool, bool, int]:
    return unit_in(column.name) is None, not hinted("quantity", column.name), column.place


def _unread(column: Column) -> bool:
    """A column of texts below a heading of quantities, most of which hold digits."""
    if column.kind not in ("text", "id") or sort_of_column(column) != "plain":
        return False
    if unit_in(column.name) is None and not hinted("quantity", column.name):
        return False
    return sum(any(s.isdigit() for s in text) for _, text in column.cells) * 2 > len(column.cells)


def _named(columns: Sequence[Column]) -> str:
    return ", ".join(f"`{column.name}`" for column in columns[:8])


def _why(
    rest: Sequence[Column],
    unread: Sequence[Column],
    sorts: dict[int, Sort],
    counters: Sequence[Column],
) -> tuple[str, ...]:
    told = []
    kind = sorts[rest[0].place] if rest else "plain"
    if kind == "money":
        told.append(f"quantity: the only numbers are money: {_named(rest)}; which column is the"
                    " quantity, if any?")  # fmt: skip
    elif kind == "power":
        told.append(f"quantity: {_named(rest)} is power, not energy: kW over a quarter of an hour"
                    " is a quarter as many kWh; name a column of energy")  # fmt: skip
    elif kind == "reading":
        told.append(f"reading: {_named(rest)} are readings of counters by their headings: which one"
                    " is the quantity, or the `reading:` (with `day:` and `meter:`)?")  # fmt: skip
    elif len(rest) > 1 and len(counters) < len(rest):
        told += filter(None, [told_of_tariffs(rest)])
        if len(tariff_names(rest)) < len(rest):
            told.append(_one_of(rest))
    if counters:
        rise = "only rises" if len(counters) == 1 else "only rise"
        told.append(
            f"reading: {_named(counters)} {rise}, as the readings of a counter do: for each counter"
            " a table with `reading:` and `day:` in place of quantity, from and to, whose"
            " differences count; `quantity:` and `unpivot:` only where each cell is what was used"
        )
    if unread:
        told.append(f"quantity: cells of {_named(unread)} hold figures and are not all numbers")
    return tuple(told)


def _one_of(rest: Sequence[Column]) -> str:
    alike = len({unit_in(column.name) for column in rest}) == 1
    joined = ' add and take away (`quantity: ["+A", "-B"]`), or' if alike else ""
    return (f"quantity: {_named(rest)} may each be the quantity: name one, or{joined} name"
            " several below `unpivot:`")  # fmt: skip


# ---- counters -----------------------------------------------------------------------------------


def _of_reading(column: Column, numbers: Sequence[Column], columns: Sequence[Column]) -> Quantity:
    others = tuple(c for c in numbers if c is not column)
    if _only_rises(column, columns, 2):
        return Quantity(column, others, reading=True)
    why = (f"reading: `{column.name}` speaks of readings by its heading, and its cells do not rise"
           " as a counter's do: map it as `quantity:`, or as `reading:` with `day:`",)  # fmt: skip
    return Quantity(column, others, open_for=(column,), why=why)


def _of_plain(column: Column, others: tuple[Column, ...], *, counter: bool) -> Quantity:
    why: list[str] = [*_of_totals([column])]
    if _constant(column):
        text = column.cells[0][1]
        why.append(f"quantity: `{column.name}` holds `{text}` in every row: is that what was used"
                   " each time, or the length of a step, a size or a code?")  # fmt: skip
    if counter:
        why.append(
            f"reading: `{column.name}` only rises, as the readings of a counter do: map it as"
            " `quantity:` if each cell is what was used; if it is a counter, map `reading:` and"
            " `day:` (with `meter:`) in place of quantity, from and to, and differences count"
        )
    if feeds_in(column.name):
        why.append(f"quantity: `{column.name}` is what was fed in or generated by its heading: it"
                   " does not count as used")  # fmt: skip
    return Quantity(column, others, open_for=(column,) if why else (), why=tuple(why))


def _of_totals(columns: Sequence[Column]) -> tuple[str, ...]:
    named = [column for column in columns if runs_on(column.name)]
    return (totals_asked(named),) if named else ()


def totals_asked(columns: Sequence[Column]) -> str:
    """What is asked of columns whose headings speak of running totals."""
    return (
        f"quantity: {_named(columns)}: running totals by the heading, each row of which holds"
        " those before it: take a column of each row's own use, or leave all rows but the"
        " last of each year out by `filter:` and state its `period:` under `constants:`"
    )


def _counter(column: Column, columns: Sequence[Column], *, daily: bool) -> bool:
    """Whether a column rises as a counter does; in few rows of days by small steps alone."""
    if _only_rises(column, columns, _RISING_ROWS):
        return True
    values = [value_of(column, text) for _, text in column.cells]
    known = sorted(value for value in values if value is not None)
    steps = [b - a for a, b in pairwise(known)]
    small = len(known) > _FEW and 0 < max(steps) * _SMALL <= known[0]
    return daily and small and _only_rises(column, columns, _FEW + 1)


def _only_rises(column: Column, columns: Sequence[Column], needed: int) -> bool:
    """Whether the numbers of each meter, site or item rise, but for one start from anew."""
    keys = [c for c in columns if c.kind in ("text", "id") or hinted("meter", c.name)]
    cells = [{}, *(dict(c.cells) for c in keys if c is not column)]
    return any(_rises(column, each, needed) for each in cells)


def _rises(column: Column, key: dict[int, str], needed: int) -> bool:
    runs: dict[str, list[Decimal | None]] = {}
    for row, text in column.cells:
        runs.setdefault(key.get(row, ""), []).append(value_of(column, text))
    if len(runs) > _MOST_GROUPS or max(map(len, runs.values()), default=0) < needed:
        return False
    return all(_rising(run) or _rising(run[::-1]) for run in runs.values())


def _rising(run: list[Decimal | None]) -> bool:
    """Most steps go up; one may fall to less than half: a rollover or a new counter."""
    steps = [(a, b) for a, b in pairwise(run) if a is not None and b is not None]
    falls = [(a, b) for a, b in steps if a > b]
    if len(steps) != len(run) - 1 or len(falls) > 1 or any(b * 2 > a for a, b in falls):
        return False
    return sum(a < b for a, b in steps) * 2 >= len(steps)
