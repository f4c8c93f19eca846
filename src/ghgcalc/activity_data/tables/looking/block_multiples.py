"""The multipliers of a proposal: `multiplier:` of readings, the unit of one count of quantities.

None is filled in: whether the numbers of the file hold it already, only the reader knows. Only a
column of factors beside readings is mapped, and said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.roles import Roles

_EXAMPLE = "40"


def constant_of(roles: Roles) -> dict[str, str]:
    """`multiplier:` of readings, or the open unit of quantities, under `constants:`."""
    if not roles.multiples or "multiplier" in roles.by:
        return {}
    if roles.rising:
        return {"multiplier": f"{OPEN}  # {_digits(roles)}, or 1 where the readings hold it"}
    if "unit" in roles.by or roles.units.open_for:
        return {}
    return {"unit": f"{OPEN}  # such as {_number(roles)} kWh, or kWh where the numbers hold it"}


def of_units(texts: Sequence[str], roles: Roles) -> dict[str, str]:
    """The units of the file, open where a count may be more than one of them."""
    if not roles.multiples or roles.rising:
        return {}
    return {text: f"{OPEN}  # {text}, or {_number(roles)} {text} where a count is as many"
            for text in texts}  # fmt: skip


def asked_of(roles: Roles) -> list[str]:
    """Where the file speaks of multipliers, and what is written for it."""
    column = roles.by.get("multiplier")
    if column is not None:
        return [f"multiplier: differences are multiplied by `{column.name}`; remove the line if the"
                " readings hold it already"]  # fmt: skip
    if not roles.multiples:
        return []
    told = "; ".join(dict.fromkeys(
        each.where if each.column is not None else f"{each.where} speaks of `{each.words}`"
        for each in roles.multiples[:4]
    ))  # fmt: skip
    if roles.rising:
        return [f"multiplier: {told}: do the readings hold it already (`multiplier: 1`), or are"
                f" differences multiplied by it (`multiplier: {_digits(roles)}`)? Of two, their"
                " product"]  # fmt: skip
    asked = (f"multiplier: {told}: do the numbers hold it already? If not, the unit is that of one"
             f" count: `{_number(roles)} kWh`")  # fmt: skip
    by = next((each.column for each in roles.multiples if each.column is not None), None)
    if by is not None and len({text for _, text in by.cells}) > 1:
        first = scalar(by.cells[0][1])
        asked += (f"; by row, `columns: {{unit: {scalar(by.name)}}}` with `names: {{unit:"
                  f" {{{first}: {_number(roles)} kWh}}}}` and so on")  # fmt: skip
    return [asked]


def _number(roles: Roles) -> str:
    return next((each.number for each in roles.multiples if each.number), _EXAMPLE)


def _digits(roles: Roles) -> str:
    found = _number(roles)
    return found if re.fullmatch(r"[0-9.]+", found) else _EXAMPLE
