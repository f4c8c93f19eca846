"""The times of a proposal: formats of days and months, which days count, what is open."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.block_fiscal import (
    asked_of_fiscal,
    asked_of_wide,
    counted_of,
)
from ghgcalc.activity_data.tables.looking.kinds import (
    PLAIN_MONTH,
    bare_month_forms,
    form_of,
    names_in,
)
from ghgcalc.activity_data.tables.looking.month_names import names_of
from ghgcalc.activity_data.tables.looking.roles import days_of
from ghgcalc.activity_data.tables.looking.side_by_side import named_of, told_of_tables
from ghgcalc.activity_data.tables.looking.spans import counts_weeks, spans_of, told_of_spans
from ghgcalc.activity_data.tables.looking.year_rows import (
    asked_of_labels,
    asked_of_misfits,
    labels_of,
    read_of_labels,
)
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles

_MOST_GAPS = 6
_TWO_YEARS = re.compile(r"(?:19|20)?([0-9]{2})[/-]([0-9]{2})")
_PLAIN_DAY = "YYYY-MM-DD"
_MIDNIGHT = re.compile(r"0?0:00(:00)?")
_SERIAL_ZERO = date(1899, 12, 30).toordinal()


class Part(NamedTuple):
    """Entries of `read:`, what is asked, and entries of `columns:` that stand in for the guess."""

    read: dict[str, str]
    asked: list[str]
    columns: Mapping[str, str] = MappingProxyType({})


def times_of(roles: Roles) -> Part:
    """The entries of `read:` for the times, what cannot be told, and cells of another kind."""
    told = _with_names(_times_of(roles), roles)
    columns = {c.place: c for role in ("period", "from", "to") if (c := roles.by.get(role))}
    misfits = [asked_of_misfits(column) for column in columns.values()
               if column.misfits and not labels_of(column)]  # fmt: skip
    if roles.beside:
        named = dict.fromkeys(key for key in ("period", "from", "to") if key in roles.by)
        told = told._replace(asked=[told_of_tables(roles.beside), *told.asked],
                             columns=dict.fromkeys(named, named_of(roles.beside)))  # fmt: skip
    column = roles.by.get("period")
    strict = misfits and column is not None and column.forms == (PLAIN_MONTH,)
    return told._replace(
        read=told.read | ({"period": PLAIN_MONTH} if strict else {}), asked=[*told.asked, *misfits]
    )


def _with_names(told: Part, roles: Roles) -> Part:
    """The names of months that the formats stand for, where they are not English."""
    columns = {c.place: c for role in ("period", "from", "to") if (c := roles.by.get(role))}
    if roles.wide or not any(column.names for column in columns.values()):
        return told
    texts = [text for column in columns.values() for _, text in column.cells]
    name = next(column.name for column in columns.values() if column.names)
    names = names_of(texts)
    if not names:
        return told._replace(asked=[*told.asked, f"time: `{name}` writes a month in two ways, which"
                                    " `months:` cannot name"])  # fmt: skip
    written = " ".join(texts).casefold()
    guessed = [each for each in names if each.casefold() not in written]
    asked = [f"months: `months:` has the names of months as `{name}` writes them"
             + (f"; {', '.join(guessed)} stand in no row" if guessed else "")]  # fmt: skip
    listed = f"[{', '.join(map(scalar, names))}]"
    return told._replace(read=told.read | {"months": listed}, asked=[*told.asked, *asked])


def _no_month(column: Column) -> str:
    """What cells that can be read as months may be else: `2009/10` of 2010, `May 10` of a month."""
    found = [_TWO_YEARS.fullmatch(text) for _, text in column.cells]
    if all(m is not None and int(m[2]) == (int(m[1]) + 1) % 100 for m in found):
        return "a year that runs over two"
    days = {day for _, day in days_of(column, column.forms[0])}
    short = "YY" in column.forms[0] and "YYYY" not in column.forms[0]
    if short and len(days) > 2 and len({day.month for day in days}) == 1:
        return "a day without its year"
    return ""


def _times_of(roles: Roles) -> Part:
    if roles.wide:
        if "year" in roles.by:
            return _of_headings(roles)
        open_ = any(period.startswith(OPEN) for _, period in roles.wide)
        return Part({}, [asked_of_wide(roles)] if open_ else [])
    column = roles.by.get("period") or roles.by.get("from")
    if column is None and (spans := spans_of(roles.mixed)) and roles.mixed is not None:
        return Part({}, [told_of_spans(roles.mixed.name, spans)])
    if column is None and roles.mixed is not None:
        # a constant period would make every row, and every sum among them, one of all its days
        return Part({}, [f"time: the times of `{roles.mixed.name}` are of several forms: which rows"
                         " count, by `filter:`, and how are they written?"])  # fmt: skip
    if column is None:
        return Part({}, ["time: no column of days or months was found: state `period:` under"
                          " `constants:`"])  # fmt: skip
    if column.kind == "year":
        weeks = next((c.name for c in roles.quantity.others if counts_weeks(c)), "")
        told = (f"time: `{weeks}` numbers the weeks of `{column.name}`, and nothing reads it: each"
                " row is taken as of its whole year")  # fmt: skip
        return Part({}, [told] if weeks else [])
    if column.kind == "period":
        return Part({}, [])
    if column.kind == "number":
        sample = column.cells[0][1]
        told = f"`{column.name}` is taken as days counted by a spreadsheet (45292 is 2024-01-01)"
        days = [date.fromordinal(_SERIAL_ZERO + int(text)) for _, text in column.cells
                if text.isdecimal()]  # fmt: skip
        more = _one_day(roles, column, days, clock=False)
        return Part({"date": "serial"}, [f"time: {told}: is `{sample}` such a day?", *more.asked],
                    more.columns)  # fmt: skip
    if column.kind == "range":
        return _ranges(column)
    if "Y" not in column.forms[0] and "year" in roles.by:
        return Part({"period": column.forms[0]}, [])
    if "Y" not in column.forms[0]:
        return _of_bare_months(column, roles)
    other = _no_month(column) if column.kind == "month" else ""
    if other:
        return Part({"period": f"{OPEN}  # {column.forms[0]}, if these are months"},
                    [f"period: `{column.cells[0][1]}` of `{column.name}` may be a month, or"
                     f" {other}"])  # fmt: skip
    key, usual = ("period", PLAIN_MONTH) if column.kind == "month" else ("date", _PLAIN_DAY)
    forms = _shared(roles) if key == "date" else column.forms
    if not forms:
        names = f"`{roles.by['from'].name}` and `{roles.by['to'].name}`"
        return Part({key: OPEN}, [f"{key}: {names} are written in different ways"])
    read = {} if forms == (usual,) else {key: _quoted(forms[0])}
    asked = []
    if len(forms) > 1:
        both = " or ".join(f"`{key}: {form}`" for form in forms)
        read = {key: f"{OPEN}  # {' or '.join(forms)}"}
        asked.append(f"{key}: every cell of `{column.name}` fits {both} ({_both(column)})")
    more = _spans(roles, key, forms)
    if "clock" in more.read and len(forms) == 1:
        read = {"date": _quoted(f"{forms[0]} {more.read['clock']}")}
    rest = {name: text for name, text in more.read.items() if name != "clock"}
    return Part(read | rest, asked + more.asked + _gaps(roles, column, forms), more.columns)


def _of_bare_months(column: Column, roles: Roles) -> Part:
    if labels_of(column):
        return Part({"period": column.forms[0]} | read_of_labels(column), asked_of_labels(column))
    asked = asked_of_fiscal(roles) or [f"time: which year are the months of `{column.name}`?"]
    return Part({"period": column.forms[0], "year": f"{OPEN}  # such as 2024, or file_name"}
                | counted_of(roles), asked)  # fmt: skip


def _of_headings(roles: Roles) -> Part:
    """Headings that are months, whose year a column says."""
    heads = [column.name for column, _ in roles.wide]
    form = bare_month_forms(heads)[0]
    names = names_in((form,), heads, months=True)
    listed = {"months": f"[{', '.join(map(scalar, names))}]"} if names else {}
    return Part({"period": form} | listed, [])


def years_of(roles: Roles) -> tuple[int, ...]:
    """The years in which rows begin; none where the file does not tell them."""
    column = roles.by.get("period") or roles.by.get("from")
    if roles.wide and "year" in roles.by:
        found = {int(text) for _, text in roles.by["year"].cells}
    elif roles.wide:
        found = {int(period[:4]) for _, period in roles.wide if period[:4].isdecimal()}
    elif column is not None and (column.kind == "year" or "year" in roles.by):
        found = {int(text) for _, text in roles.by.get("year", column).cells}
    elif column is None or column.kind not in ("day", "month") or "Y" not in column.forms[0]:
        found = set()
    else:
        known = [{day.year for _, day in days_of(column, form)} for form in column.forms]
        found = known[0] if all(years == known[0] for years in known) else set()
    return tuple(sorted(found))


def _spans(roles: Roles, key: str, forms: tuple[str, ...]) -> Part:
    if key == "period" or "from" not in roles.by:
        return Part({}, [])
    column = roles.by["from"]
    if column is not roles.by["to"]:
        return Part({}, []) if roles.rising else _ends(roles, forms[0])
    days = [day for _, day in days_of(column, forms[0])]
    clock = "hh" in forms[0]
    if clock and not roles.rising and _at_midnight(column, forms[0]):
        asked = (f"midnight: does 00:00 in `{column.name}` end the day before, as where each time"
                 " is the end of its interval (`to: exclusive`), or begin its own day (`to:"
                 " inclusive`)?")  # fmt: skip
        return Part({"to": f"{OPEN}  # exclusive or inclusive"}, [asked])
    for form in forms[1:]:  # 01/01, 02/01, 03/01 are twelve months rather than twelve days
        other = [day for _, day in days_of(column, form)]
        if _of_months(other):
            days = other
    return _one_day(roles, column, days, clock=clock)


def _of_months(days: list[date]) -> bool:
    """Whether days are the first ones of different months."""
    return len({*days}) > 1 and all(day.day == 1 for day in days)


def _at_midnight(column: Column, form: str) -> bool:
    """Whether a time of day is 00:00 by its own clock, whatever its offset."""
    read = form_of(form, names=column.names)
    moments = (read.moment(text) for _, text in column.cells)
    return any(moment is not None and moment.midnight for moment in moments)


def _ranges(column: Column) -> Part:
    """Two days in one cell."""
    first = column.cells[0][1]
    read = {"range": f'"{column.between}"', "to": f"{OPEN}  # inclusive or exclusive"}
    asked = [f"to: is the last day of `{first}` billed (`to: inclusive`) or not (`exclusive`)?"]
    if len(column.forms) > 1:
        both = " or ".join(f"`date: {form}`" for form in column.forms)
        return Part(read | {"date": f"{OPEN}  # {' or '.join(column.forms)}"},
                     [f"date: every cell of `{column.name}` fits {both}", *asked])  # fmt: skip
    usual = column.forms == (_PLAIN_DAY,)
    form = form_of(column.forms[0], names=column.names)
    ends = ([form.read(part.strip()) for part in text.split(column.between)]
            for _, text in column.cells)  # fmt: skip
    if any(first == last for first, last in ends):  # whose only day would be left out
        read, asked = {"range": read["range"]}, []
    return Part(read | ({} if usual else {"date": _quoted(column.forms[0])}), asked)


def _shared(roles: Roles) -> tuple[str, ...]:
    """The formats that fit the columns of both days."""
    return tuple(f for f in roles.by["from"].forms if f in roles.by["to"].forms)


def _both(column: Column) -> str:
    by_form = [days_of(column, form) for form in column.forms]
    place = next((i for i, row in enumerate(zip(*by_form, strict=True))
                  if len({day for _, day in row}) > 1), 0)  # fmt: skip
    days = [str(found[place][1]) for found in by_form]
    return f"`{column.cells[place][1]}` is {' or '.join(days)}"


def _pairs(roles: Roles, form: str) -> tuple[int, int]:
    """How many rows of a supply begin on the day on which another ends, and how many after it."""
    first, last = roles.by["from"], roles.by["to"]
    keys = [dict(roles.by[role].cells) for role in ("meter", "facility", "item")
            if role in roles.by]  # fmt: skip
    if "hh" in form:
        ends_at = {text for _, text in last.cells}
        return sum(text in ends_at for _, text in first.cells), 0
    starts = [(*(key.get(row) for key in keys), day.toordinal())
              for row, day in days_of(first, form)]  # fmt: skip
    ends = {(*(key.get(row) for key in keys), day.toordinal()) for row, day in days_of(last, form)}
    after = sum((*start[:-1], _before(start[-1])) in ends for start in starts)
    return sum(start in ends for start in starts), after


def _before(day: object) -> int:
    assert isinstance(day, int)
    return day - 1


def _ends(roles: Roles, form: str) -> Part:
    """Whether the last days count: by how bills follow each other, else it is asked."""
    first, last = roles.by["from"], roles.by["to"]
    if roles.unsure:
        days = f"`{first.name}`, `{last.name}`"
        return Part({}, [f"time: the headings do not tell which of {days} is the first and which"
                         " the last day, if they are days of use at all"],
                    {"from": f"{OPEN}  # {scalar(first.name)}",
                     "to": f"{OPEN}  # {scalar(last.name)}"})  # fmt: skip
    same, after = _pairs(roles, form)
    if same and not after and (same > 1 or "hh" in form):
        told = (
            f"to: bills begin on the day on which the one before ends, so `{last.name}`"
            " is taken as not billed (`to: exclusive`); remove it if that day counts"
        )
        return Part({"to": "exclusive"}, [told])
    if "hh" in form and not _at_midnight(last, form) and _within_days(first, last, form):
        return Part({}, [])
    ends = dict(days_of(last, form))
    if any(ends.get(row) == day for row, day in days_of(first, form)) and not same:
        return Part({}, [])  # a row of one day, which would be left out
    if (after and not same) or first.cells == last.cells or _ends_of_months(last, form):
        return Part({}, [])
    asked = f"to: is the day of `{last.name}` billed (`to: inclusive`) or not (`to: exclusive`)?"
    return Part({"to": f"{OPEN}  # inclusive or exclusive"}, [asked])


def _within_days(first: Column, last: Column, form: str) -> bool:
    ends = dict(days_of(last, form))
    return all(ends.get(row) == day for row, day in days_of(first, form))


def _ends_of_months(column: Column, form: str) -> bool:
    days = [day for _, day in days_of(column, form)]
    return bool(days) and all((day.toordinal() + 1) == _next_month(day) for day in days)


def _next_month(day: date) -> int:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day.replace(year=year, month=month, day=1).toordinal()


def _one_day(roles: Roles, column: Column, days: list[date], *, clock: bool) -> Part:
    """One column of days: of rows a day apart that day, else what they cover is asked."""
    if roles.rising or (clock and not roles.times):
        return Part({}, [])
    name = scalar(column.name)
    if roles.times:
        return _clocks(roles, name)
    steps = [(b - a).days for a, b in pairwise(sorted(set(days)))]
    if steps and sum(step == 1 for step in steps) * 2 >= len(steps):
        return Part({}, [])
    month = (f" Its month: `period: {name}` in place of from and to, and `read: {{period_from:"
             " month}`.")  # fmt: skip
    asked = (
        f"time: what time does a row cover? That day alone: `to: {name}`."
        f"{month if all(day.day == 1 for day in days) else ''} Since the row"
        f" before: `to: {name}` without `from:`, and `read: {{from: previous_to}}`"
    )
    return Part({}, [asked], {"to": f"{OPEN}  # {name}, if that day alone"})


def _clocks(roles: Roles, name: str) -> Part:
    """Times of day in columns of their own."""
    first, last = roles.times[0], roles.times[-1]
    texts = [text for c in (first, last) for _, text in c.cells]
    midnight = any(_MIDNIGHT.fullmatch(text) for _, text in last.cells)
    if first is last and not midnight:
        return Part({}, [])
    clock = "hh:mm" if all(text.index(":") == 2 for text in texts) else "h:mm"
    clock += ":ss" * (texts[0].count(":") == 2)
    if len({text.count(":") for text in texts}) > 1:
        told = f"time: `{first.name}` and `{last.name}` are written in different ways"
        return Part({}, [told], {"to": f"{OPEN}  # {name}, if every row is of its own day"})
    pair = {"from": f"[{name}, {scalar(first.name)}]", "to": f"[{name}, {scalar(last.name)}]"}
    if not midnight:
        return Part({"clock": clock}, [], pair)
    told = (f"midnight: a row stands at 00:00 in `{last.name}`: does it end its day (`ends`) or"
            " begin it (`begins`), so that what it ends is of the day before?")  # fmt: skip
    return Part({"clock": clock, "midnight": f"{OPEN}  # ends or begins"}, [told], pair)


def _gaps(roles: Roles, column: Column, forms: tuple[str, ...]) -> list[str]:
    """Months between the first and the last one of which no row covers a day.

    A row covers the days from its first to its last one; of the last alone it is open whether it
    counts, so that a row does not reach a month by its first day only.
    """
    if len(forms) != 1:
        return []
    first, last = roles.by.get("from"), roles.by.get("to")
    starts = days_of(column, forms[0])
    ends = dict(days_of(last, forms[0])) if column is first and last not in (None, first) else {}
    have: set[int] = set()
    for row, day in starts:
        low, high = sorted((day.toordinal(), ends.get(row, day).toordinal()))
        have.update(range(_month(low), _month(max(low, high - 1)) + 1))
    if len(have) < 2:
        return []
    months = range(min(have), max(have) + 1)
    missing = [f"{at // 12}-{at % 12 + 1:02}" for at in months if at not in have]
    if not missing or len(missing) * 2 > len(months):
        return []
    more = f" and {len(missing) - _MOST_GAPS} more" if len(missing) > _MOST_GAPS else ""
    listed = f"{', '.join(missing[:_MOST_GAPS])}{more}"
    if ends and last is not None:
        return [f"gaps: no row from `{column.name}` to `{last.name}` covers {listed}"]
    return [f"gaps: no row of `{column.name}` is of {listed}"]


def _month(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def _quoted(form: str) -> str:
    return f'"{form}"' if re.search(r"[:,#]", form) else form
