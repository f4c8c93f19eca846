"""The `tables:` block of a look: what the file says is filled in, `…` is left to the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.kinds import PLAIN_MONTH
from ghgcalc.activity_data.tables.looking.roles import days_of
from ghgcalc.activity_data.tables.looking.shape import unit_in
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.core.text.scripts import id_of
from ghgcalc.core.units import UnitError, parse_unit
from ghgcalc.core.vocabulary.fuels import fuel_id

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.opened import Opened
    from ghgcalc.activity_data.tables.looking.roles import Roles
    from ghgcalc.activity_data.tables.looking.shape import Shape

_MOST_LISTED = 400
_MOST_GAPS = 6
_PLAIN_DAY = "YYYY-MM-DD"
_KEPT = 15
_ROLES: tuple[str, ...] = ("facility", "item", "quantity", "unit", "period", "from", "to", "meter",
                           "supplier", "estimated")  # fmt: skip


class Proposal(NamedTuple):
    """The lines of the block, and what its reader is asked or told."""

    lines: list[str]
    questions: list[str]


def propose(path: Path, opened: Opened, shape: Shape, roles: Roles) -> Proposal:
    """Write the block."""
    times = _times(roles)
    signs = _signs(opened, shape, roles)
    read = dict(opened.options) | _header(shape) | times.read | signs.read
    name = id_of(re.sub(r"(\.[A-Za-z0-9]{1,8}){1,2}$", "", path.name)) or "table"
    lines = ["tables:", f"  {scalar(name)}:", f"    files: {scalar(path.name)}"]
    if read:
        lines += ["    read:", *(f"      {key}: {value}" for key, value in read.items())]
    columns, constants = _columns(roles)
    lines += ["    columns:", *(f"      {key}: {value}" for key, value in columns.items())]
    if constants:
        lines += ["    constants:", *(f"      {key}: {value}" for key, value in constants.items())]
    if roles.wide:
        lines += ["    unpivot:", *(f"      {scalar(column.name)}: {{period: {period}}}"
                                    for column, period in roles.wide)]  # fmt: skip
    lines += _filter(shape)
    lines += _items(roles)
    lines += _names(roles)
    asked = [*opened.questions, *times.asked, *signs.asked, *_seen(shape, roles)]
    return Proposal(lines, asked)


class _Part(NamedTuple):
    read: dict[str, str]
    asked: list[str]


def _header(shape: Shape) -> dict[str, str]:
    if not shape.header:
        return {"header_row": "none"}
    if len(shape.header) > 1:
        return {"header_row": f"[{', '.join(map(str, shape.header))}]"}
    return {} if shape.header == (1,) else {"header_row": str(shape.header[0])}


# ---- time ---------------------------------------------------------------------------------------


def _times(roles: Roles) -> _Part:
    if roles.wide:
        open_ = any(period.startswith(OPEN) for _, period in roles.wide)
        year = f"time: which year are the months of the headings? `{OPEN}` stands for it"
        return _Part({}, [year] if open_ else [])
    column = roles.by.get("period") or roles.by.get("from")
    if column is None:
        return _Part({}, ["time: no column of days or months was found: state `period:` under"
                          " `constants:`"])  # fmt: skip
    if column.kind == "year":
        return _Part({}, [])
    if column.kind == "number":
        sample = column.cells[0][1]
        told = f"`{column.name}` is taken as days counted by a spreadsheet (45292 is 2024-01-01)"
        return _Part({"date": "serial"}, [f"time: {told}: is `{sample}` such a day?"])
    if column.kind == "range":
        return _ranges(column)
    if "Y" not in column.forms[0]:
        return _Part({"period": column.forms[0], "year": f"{OPEN}  # such as 2024, or file_name"},
                     [f"time: which year are the months of `{column.name}`?"])  # fmt: skip
    key, usual = ("period", PLAIN_MONTH) if column.kind == "month" else ("date", _PLAIN_DAY)
    forms = _shared(roles) if key == "date" else column.forms
    if not forms:
        names = f"`{roles.by['from'].name}` and `{roles.by['to'].name}`"
        return _Part({key: OPEN}, [f"{key}: {names} are written in different ways"])
    read = {} if forms == (usual,) else {key: _quoted(forms[0])}
    asked = []
    if len(forms) > 1:
        both = " or ".join(f"`{key}: {form}`" for form in forms)
        sample = next(text for _, text in column.cells)
        read = {key: f"{OPEN}  # {' or '.join(forms)}"}
        asked.append(f"{key}: every cell of `{column.name}` fits {both} ({_both(column, sample)})")
    elif key == "date":
        asked += _ends(roles, forms[0])
    return _Part(read | _exclusive(roles, forms[0]), asked + _gaps(column, forms))


def _ranges(column: Column) -> _Part:
    """Two days in one cell."""
    read = {"range": f'"{column.between}"'}
    first = column.cells[0][1]
    asked = [f"to: is the last day of `{first}` billed (`to: inclusive`) or not (`exclusive`)?"]
    if len(column.forms) > 1:
        both = " or ".join(f"`date: {form}`" for form in column.forms)
        return _Part(read | {"date": f"{OPEN}  # {' or '.join(column.forms)}"},
                     [f"date: every cell of `{column.name}` fits {both}", *asked])  # fmt: skip
    usual = column.forms == (_PLAIN_DAY,)
    return _Part(read | ({} if usual else {"date": _quoted(column.forms[0])}), asked)


def _shared(roles: Roles) -> tuple[str, ...]:
    """The formats that fit the columns of both days."""
    return tuple(f for f in roles.by["from"].forms if f in roles.by["to"].forms)


def _both(column: Column, sample: str) -> str:
    days = [day for form in column.forms for _, day in days_of(column, form)[:1]]
    return f"`{sample}` is {' or '.join(map(str, days))}"


def _pairs(roles: Roles, form: str) -> tuple[int, int]:
    """How many rows begin on the day on which another one ends, and how many the day after."""
    first, last = roles.by.get("from"), roles.by.get("to")
    if first is None or last is None or first is last:
        return 0, 0
    starts = [day.toordinal() for _, day in days_of(first, form)]
    ends = {day.toordinal() for _, day in days_of(last, form)}
    return sum(day in ends for day in starts), sum(day - 1 in ends for day in starts)


def _exclusive(roles: Roles, form: str) -> dict[str, str]:
    same, after = _pairs(roles, form)
    return {"to": "exclusive"} if same > after and same > 1 else {}


def _ends(roles: Roles, form: str) -> list[str]:
    column, asked = roles.by["from"], []
    if "to" in _exclusive(roles, form):
        asked.append(
            f"to: bills begin on the day on which the one before ends, so `{roles.by['to'].name}`"
            " is taken as not billed (`to: exclusive`); remove it if that day counts"
        )
    days = {day for _, day in days_of(column, form)}
    if roles.rising:
        return asked
    if column is roles.by["to"] and len(days) > 1 and all(day.day == 1 for day in days):
        asked.append(
            f"time: `{column.name}` holds first days of months only: are they months? Then map it"
            " as `period:` alone and state `read: {period_from: month}`"
        )
    return asked


def _gaps(column: Column, forms: tuple[str, ...]) -> list[str]:
    """Months between the first and the last one in which no row begins."""
    if len(forms) != 1:
        return []
    have = {(day.year, day.month) for _, day in days_of(column, forms[0])}
    if len(have) < 2:
        return []
    first, last = min(have), max(have)
    months = [(n // 12, n % 12 + 1) for n in range(first[0] * 12 + first[1] - 1,
                                                   last[0] * 12 + last[1])]  # fmt: skip
    missing = [f"{year}-{month:02}" for year, month in months if (year, month) not in have]
    if not missing or len(missing) * 2 > len(months):
        return []
    more = f" and {len(missing) - _MOST_GAPS} more" if len(missing) > _MOST_GAPS else ""
    return [f"gaps: no row of `{column.name}` is of {', '.join(missing[:_MOST_GAPS])}{more}"]


# ---- numbers ------------------------------------------------------------------------------------


def _signs(opened: Opened, shape: Shape, roles: Roles) -> _Part:
    numbers = [c for c, _ in roles.wide] or [roles.by[k] for k in ("quantity",) if k in roles.by]
    forms = [column.number for column in numbers if column.number is not None]
    if not forms:
        return _Part({}, ["quantity: no column of numbers was found"])
    shared = [pair for pair in forms[0].signs if all(_fits(pair, f.signs) for f in forms)]
    shared = sorted(shared, key=lambda pair: not pair[1] and pair[0] == ".")
    plain = all(f.signs == ((".", ""),) for f in forms)
    if not plain and len(forms) > 1:
        strict = [pair for f in forms for pair in f.signs if f.signs != ((".", ""),)]
        shared = [*dict.fromkeys(p for p in strict if all(_fits(p, f.signs) for f in forms))]
    read: dict[str, str] = {}
    asked: list[str] = []
    if len(shared) > 1 and not plain and opened.kind == "text":
        read["decimal"] = f"{OPEN}  # {' or '.join(map(_told, shared))}"
        sample = next((t for c in numbers for _, t in c.cells if re.search("[.,]", t)), "")
        asked.append(f"numbers: `{sample}` fits {' and '.join(map(_told, shared))}; every cell"
                     " has three digits after its sign")  # fmt: skip
    elif shared and not plain:
        decimal, group = shared[0]
        read |= {"decimal": f'"{decimal}"'} if decimal != "." else {}
        read |= {"thousands": _escaped(group)} if group else {}
    elif not plain:
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
        read["empty_quantities"] = "skip"
    return _Part(read, asked + _odd(numbers))


def _fits(pair: tuple[str, str], signs: tuple[tuple[str, str], ...]) -> bool:
    return pair in signs or signs == ((".", ""),)


def _beside(numbers: list[Column]) -> dict[str, str]:
    forms = [column.number for column in numbers if column.number is not None]
    words = sorted({word for form in forms for word in form.words})
    negative = sorted({name for form in forms for name in form.negative})
    read: dict[str, str] = {}
    if words:
        read["signs"] = f"[{', '.join(map(scalar, words))}]"
    if negative:
        read["negative"] = f"[{', '.join(negative)}]"
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


def _quoted(form: str) -> str:
    return f'"{form}"' if re.search(r"[:,#]", form) else form


# ---- columns, items, names ----------------------------------------------------------------------


def _columns(roles: Roles) -> tuple[dict[str, str], dict[str, str]]:
    by = roles.by
    columns = {role: scalar(by[role].name) for role in _ROLES if role in by}
    if roles.rising:
        columns = _of_readings(columns)
    constants: dict[str, str] = {}
    if "facility" not in by:
        constants["facility"] = f"{OPEN}  # an id of `facilities:`"
    if "item" not in by:
        constants["item"] = "item"
    if "unit" not in by:
        heads = [by["quantity"].name] if "quantity" in by else [c.name for c, _ in roles.wide]
        found = {unit for head in heads if (unit := unit_in(head)) is not None}
        words = by["quantity"].number if "quantity" in by else None
        found |= {w for w in (words.words if words else ()) if _known_unit(w)}
        constants["unit"] = min(found) if len(found) == 1 else f"{OPEN}  # such as kWh"
    if not {"period", "from"} & set(by) and not roles.wide:
        constants["period"] = f"{OPEN}  # such as 2024"
    return columns, constants


def _of_readings(columns: dict[str, str]) -> dict[str, str]:
    """The columns of a counter: a reading of a day instead of a quantity from and to."""
    names = {"quantity": "reading", "to": "day"}
    meter = {} if "meter" in columns else {"meter": f"{OPEN}  # the column that names the meter"}
    kept = {key: text for key, text in columns.items() if key != "from"}
    return {names.get(key, key): text for key, text in kept.items()} | meter


def _known_unit(text: str) -> bool:
    try:
        parse_unit(text)
    except UnitError:
        return False
    return True


def _filter(shape: Shape) -> list[str]:
    if not shape.totals:
        return []
    lines = ["    filter:"]
    for place, rows in sorted(shape.totals.items()):
        texts = [*dict.fromkeys(cells[place] for _, cells in rows)]
        what = ", ".join(map(scalar, texts))
        lines.append(f"      {scalar(shape.names[place])}: {{not_equals: [{what}]}}")
    return lines


def _items(roles: Roles) -> list[str]:
    column = roles.by.get("item")
    texts = ["item"] if column is None else [*dict.fromkeys(text for _, text in column.cells)]
    lines = ["    items:"]
    for text in texts[:_MOST_LISTED]:
        fuel = fuel_id(text.casefold()) or fuel_id(text)
        perhaps = f"  # perhaps {{category: stationary_combustion, fuel: {fuel}}}" if fuel else ""
        lines.append(f"      {scalar(text)}: {{category: {OPEN}}}{perhaps}")
    return lines


def _names(roles: Roles) -> list[str]:
    lines: list[str] = []
    facility = roles.by.get("facility")
    if facility is not None:
        texts = [*dict.fromkeys(text for _, text in facility.cells)][:_MOST_LISTED]
        lines += ["      facility:", *(f"        {scalar(text)}: {OPEN}" for text in texts)]
    unit = roles.by.get("unit")
    if unit is not None:
        texts = [*dict.fromkeys(text for _, text in unit.cells)]
        odd = [text for text in texts if not _known_unit(text)]
        if odd:
            lines += ["      unit:", *(f"        {scalar(text)}: {OPEN}" for text in odd)]
    return ["    names:", *lines] if lines else []


def _seen(shape: Shape, roles: Roles) -> list[str]:
    told: list[str] = []
    quantity = roles.by.get("quantity")
    if roles.others and quantity is not None:
        named = ", ".join(f"`{column.name}`" for column in roles.others[:8])
        told.append(f"quantity: `{quantity.name}` is taken; also numbers: {named}")
    if roles.rising and quantity is not None:
        told.append(
            f"reading: `{quantity.name}` only rises, as the readings of a counter do: it is mapped"
            " as `reading:`, whose differences count; if it holds quantities, map `quantity:`"
        )
    for rows in shape.totals.values():
        listed = ", ".join(str(row) for row, _ in rows[:5]) + (" …" if len(rows) > 5 else "")
        told.append(
            f"totals: rows {listed} add up others by their word and are left out by `filter:`"
        )
    return told
