"""The numbers of a proposal: decimal and thousands signs, what stands beside or instead of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.block_times import Part
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.kinds import Number
    from ghgcalc.activity_data.tables.looking.opened import Opened
    from ghgcalc.activity_data.tables.looking.roles import Roles

_KEPT = 15


def signs_of(opened: Opened, roles: Roles) -> Part:
    """The entries of `read:` for the numbers that may be the quantities."""
    numbers = [c for c, _ in roles.wide] or roles.clocks
    numbers = numbers or [*(roles.quantity.open_for or filter(None, [roles.quantity.column]))]
    forms = [column.number for column in numbers if column.number is not None]
    if not forms:
        return Part({}, ["quantity: no column of numbers was found"])
    shared = [pair for pair in forms[0].signs if all(_fits(pair, f) for f in forms)]
    shared = sorted(shared, key=lambda pair: not pair[1] and pair[0] == ".")
    plain = all(f.signs == ((".", ""),) for f in forms)
    if not plain and len(forms) > 1:
        strict = [pair for f in forms for pair in f.signs if f.signs != ((".", ""),)]
        shared = [*dict.fromkeys(p for p in strict if all(_fits(p, f) for f in forms))]
        grouped = [pair for pair in shared if pair[1]]
        shared = grouped if any(_needs_groups(f) for f in forms) else shared
    read: dict[str, str] = {}
    asked: list[str] = []
    beside = _by_others(shared, numbers, roles) if len(shared) > 1 and not plain else None
    if beside is not None and opened.kind == "text":
        shared = [beside[0]]
        asked.append(f"numbers: taken as {_told(beside[0])}, as `{beside[1].name}` is written: its"
                     " cells fit nothing else")  # fmt: skip
    if len(shared) > 1 and not plain and opened.kind == "text":
        read["decimal"] = f"{OPEN}  # {' or '.join(map(_told, shared))}"
        sample = next((t for c in numbers for _, t in c.cells if re.search("[.,]", t)), "")
        asked.append(f"numbers: `{sample}` fits {' and '.join(map(_told, shared))}; every cell"
                     " has three digits after its sign")  # fmt: skip
    elif shared and not plain:
        decimal, group = shared[0]
        read |= {"decimal": f'"{decimal}"'} if decimal != "." else {}
        read |= {"thousands": _escaped(group)} if group else {}
        read |= {"grouping": "indian"} if any(f.indian for f in forms) else {}
    elif not plain:
        read["decimal"] = f'{OPEN}  # "." or ","'
        asked.append("numbers: the columns are written in different ways")
    read |= _beside(numbers)
    words = [*dict.fromkeys(word for column in numbers for word in column.missing)]
    if words:
        read["empty"] = f"[{', '.join(map(scalar, words))}]"
        asked.append(f"empty: {', '.join(f'`{w}`' for w in words)} stand where there is no value;"
                     " `empty_quantities: skip` leaves such cells out")  # fmt: skip
    empty = sum(column.empty for column in numbers)
    if empty:
        asked.append(f"empty: {empty:,} cells of quantities are empty; `empty_quantities: skip`"
                     " leaves them out")  # fmt: skip
    if words or empty:
        read["empty_quantities"] = f"{OPEN}  # skip leaves them out"
    return Part(read, asked + _odd(numbers))


def _by_others(
    shared: list[tuple[str, str]], numbers: list[Column], roles: Roles
) -> tuple[tuple[str, str], Column] | None:
    """The one pair of signs by which further columns of the file are written, and such a column."""
    found = ((c, c.number) for c in roles.quantity.others if c not in numbers)
    told = [(c, form) for c, form in found
            if form and len(form.signs) == 1 and (form.decimals or form.signs[0][1])]  # fmt: skip
    fitting = [pair for pair in shared if all(_fits(pair, form) for _, form in told)]
    return (fitting[0], told[0][0]) if told and len(fitting) == 1 else None


def _fits(pair: tuple[str, str], form: Number) -> bool:
    """Whether a pair of signs reads numbers: also those without a group, and whole ones."""
    whole = form.signs == ((".", ""),) and not form.decimals
    return pair in form.signs or whole or (pair[0], "") in form.signs


def _needs_groups(form: Number) -> bool:
    return all(group for _, group in form.signs)


def _beside(numbers: list[Column]) -> dict[str, str]:
    forms = [column.number for column in numbers if column.number is not None]
    words = sorted({word for form in forms for word in form.words})
    negative = sorted({name for form in forms for name in form.negative})
    read: dict[str, str] = {}
    if words:
        read["signs"] = f"[{', '.join(map(scalar, words))}]"
    if negative:
        read["negative"] = f"[{', '.join(negative)}]"
    if any(form.exponents for form in forms):
        read["exponents"] = "true"
    if any(form.percent for form in forms):
        read["percent"] = "true"
    if any(form.decimals > _KEPT for form in forms):
        read["decimals"] = str(_KEPT)
    return read


def _odd(numbers: list[Column]) -> list[str]:
    return [
        f"cells: {', '.join(c.odd[:3])} of `{c.name}` are no {c.kind}s" for c in numbers if c.odd
    ]


def _told(pair: tuple[str, str]) -> str:
    decimal, group = pair
    return f'`decimal: "{decimal}"' + (f", thousands: {_escaped(group)}`" if group else "`")


def _escaped(sign: str) -> str:
    return f'"\\u{ord(sign):04x}"' if sign in "\u00a0\u202f" else f'"{sign}"'
