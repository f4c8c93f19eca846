"""Which column holds the units of the quantities; currencies are those of money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.columns import is_currency
from ghgcalc.activity_data.tables.looking.quantity import is_amount, sort_of_column
from ghgcalc.activity_data.tables.looking.shape import unit_in
from ghgcalc.activity_data.tables.looking.words import names_unit
from ghgcalc.core.units import UnitError, parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_MOST = 30
_AMBIGUOUS = re.compile(r"(?i)(?<!\w)(units?|unités?|unidad(es)?|unidade|unità|eenheid|"
                        r"(?:\w+)?einheit(en)?|jednostka|me)(?!\w)")  # fmt: skip


class Units(NamedTuple):
    """The column of units; of several, or one that headings contradict, what is to be chosen."""

    column: Column | None = None
    open_for: tuple[str, ...] = ()


def units_of(
    columns: Sequence[Column], taken: Sequence[Column], amounts: Sequence[Column]
) -> Units:
    """Look for the units of some amounts among columns that nothing takes."""
    left = [c for c in columns if c not in taken and c not in amounts]
    money = [c for c in left if is_currency(c)]
    found = [c for c in left if c not in money and _holds_units(c)]
    found = [c for c in found if names_unit(c.name)] or found
    priced = [c for c in amounts if sort_of_column(c) == "money" or is_amount(c)]
    if amounts and not found and len(priced) == len(amounts):
        found = [c for c in money if c.kind == "unit"]
    if not found:
        return Units()
    beside = [c for amount in amounts for c in found if c.place == amount.place + 1]
    first = beside[0] if beside and len(amounts) == 1 else found[0]
    if any(c.cells != first.cells for c in found):
        return Units(open_for=tuple(c.name for c in found))
    heads = [unit for c in amounts if (unit := unit_in(c.name)) is not None]
    texts = {text for _, text in first.cells}
    if any(not _same(head, text) for head in heads for text in texts):
        return Units(open_for=(first.name, *heads))
    return Units(first)


def _holds_units(column: Column) -> bool:
    """All texts are units; or the heading says so, and some are: `kWh x1000`, `Cubic Metres`.

    Below a heading that is of units of measure alone, such as `ĐVT`, words of a language (`Lít`)
    are taken as well, to be translated; a `Unit` may be one of an organisation.
    """
    if column.kind == "unit":
        return True
    texts = {text for _, text in column.cells}
    if column.kind not in ("text", "id") or not names_unit(column.name) or len(texts) > _MOST:
        return False
    if any(unit_in(f"({text})") or unit_in(text) for text in texts):
        return True
    words = not any(sign.isdecimal() for text in texts for sign in text)
    return words and column.kind == "text" and not _AMBIGUOUS.search(column.name)


def _same(heading: str, text: str) -> bool:
    """Whether two units are one; of what is no unit nothing is said."""
    try:
        mine, other = parse_unit(heading), parse_unit(text)
        return mine.dimension == other.dimension and ratio(mine, other) == 1
    except UnitError:
        return True
