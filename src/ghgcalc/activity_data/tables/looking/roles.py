"""Which column may be what: by its kind first, then by the words of its heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from ghgcalc.activity_data.tables.headings import JOINED
from ghgcalc.activity_data.tables.looking.columns import Column, is_currency, value_of
from ghgcalc.activity_data.tables.looking.fiscal import fiscal_beside, fiscal_of, is_fiscal
from ghgcalc.activity_data.tables.looking.kinds import (
    bare_month_forms,
    day_forms,
    form_of,
    is_year,
    month_forms,
    names_in,
)
from ghgcalc.activity_data.tables.looking.marks import Mark, marks_of, tells_itself, texts_of
from ghgcalc.activity_data.tables.looking.month_names import named_month
from ghgcalc.activity_data.tables.looking.multiples import (
    Multiple,
    multiples_of,
    multiplies,
)
from ghgcalc.activity_data.tables.looking.places import (
    facility_of,
    is_invoice,
    item_of,
    names_energies,
)
from ghgcalc.activity_data.tables.looking.quantity import Quantity, quantity_of, sort_of_column
from ghgcalc.activity_data.tables.looking.shape import unit_in, without_unit
from ghgcalc.activity_data.tables.looking.side_by_side import beside_of
from ghgcalc.activity_data.tables.looking.spans import plain_periods
from ghgcalc.activity_data.tables.looking.sums_seen import sum_among
from ghgcalc.activity_data.tables.looking.units import Units, units_of
from ghgcalc.activity_data.tables.looking.words import hinted, sort_of, tells_reads
from ghgcalc.activity_data.tables.running_words import runs_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ghgcalc.activity_data.tables.said_units import Said

_FIRST, _LAST = 32_874, 55_153  # 1990 to 2050
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")
_MANY_CLOCKS = 12
_MOST_COMPARED = 200
HEADING = "heading"  # a period that the heading says
CLOCKS = "??:??"  # the pattern of headings such as 00:15


class Roles(NamedTuple):
    """Columns by what they may be.

    Attributes:
        by: our column and theirs.
        quantity: what was found of quantities.
        wide: columns below headings that are months or years, with the period of each.
        clocks: whether columns stand below times of day.
        times: columns of times of day beside a column of days.
        unsure: days of which none is told by its heading.
        units: the column of units, or what they may be.
        vendors: a column that names suppliers; nothing maps it.
        sums: facilities whose amounts are those of all others together.
        multiples: the multipliers of quantities that the file speaks of.
        mixed: where no column is of times, one most cells of which are, of several forms.
        marks: columns that nothing maps and that may decide which rows count.
        invoices: columns of the numbers of invoices that nothing maps.
        said: what lines beside the table say of its unit.
        beside: the columns of time of tables that stand side by side.
    """

    by: dict[str, Column]
    quantity: Quantity
    wide: list[tuple[Column, str]]
    clocks: list[Column]
    times: list[Column]
    unsure: bool
    marks: list[Mark]
    multiples: tuple[Multiple, ...] = ()
    units: Units = Units()
    vendors: Column | None = None
    sums: tuple[str, ...] = ()
    mixed: Column | None = None
    invoices: tuple[Column, ...] = ()
    said: tuple[Said, ...] = ()
    beside: tuple[Column, ...] = ()

    @property
    def rising(self) -> bool:
        """Whether the quantities are differences of readings."""
        return self.quantity.reading

    @property
    def fiscal(self) -> Column | None:
        """A column of years that begin in another month than January, beside bare months."""
        return self.by.get("fiscal")


def roles_of(columns: Sequence[Column], beside: Sequence[tuple[str, str]] = ()) -> Roles:
    """What each column may be; `beside` are lines above and below the rows, each with its row."""
    columns = [*map(_counted, columns)]
    wide = _wide(columns)
    clocks = [c for c in columns if _CLOCK.fullmatch(c.name)]
    clocks = clocks if len(clocks) >= _MANY_CLOCKS and not wide else []
    taken = {column.place for column in (*(c for c, _ in wide), *clocks)}
    left = [column for column in columns if column.place not in taken and column.kind != "empty"]
    wide, years = _with_years(wide, left)
    tables = beside_of(columns) if not wide and not clocks else ()
    by, unsure = _times([c for c in left if c not in tables[1:]]) if not wide else (years, False)
    fiscal = fiscal_of(columns, by) or fiscal_beside(wide, left)
    by |= {"fiscal": fiscal} if fiscal is not None else {}
    times = [c for c in left if c.kind in ("text", "id")
             and all(_CLOCK.fullmatch(text) for _, text in c.cells)]  # fmt: skip
    left = [c for c in left if c not in times]
    found = Quantity() if wide or clocks else quantity_of(left, [*by.values(), *tables])
    if tables:  # whose columns are never added
        found = found._replace(why=())
    if found.column is not None:
        by["quantity"] = found.column
    places = [c for c, _ in wide] or clocks
    places = places or [*(found.open_for or filter(None, [found.column]))]
    multiples = _of_difference(multiples_of(left, places, beside), found)
    if found.reading and len(multiples) == 1 and _numbers(multiples[0].column):
        by["multiplier"] = multiples[0].column
    rest = [c for c in left if not multiplies(c.name)]
    by |= _others(rest, by)
    units = units_of(rest, [*by.values()], places)
    by |= {"unit": units.column} if units.column is not None else {}
    vendors = [c for c in rest if c.kind in ("text", "id") and c not in by.values()
               and hinted("supplier", c.name)]  # fmt: skip
    rest = [c for c in rest if c.name not in units.open_for and not is_currency(c)
            and (c not in vendors or tells_itself(c))]  # fmt: skip
    return Roles(
        by, found, wide, clocks, times, unsure, marks_of(rest, by), multiples, units,
        vendors[0] if vendors else None, _sums(by, found, wide), _mixed(left),
        tuple(c for c in rest if c not in by.values() and is_invoice(c)), beside=tables,
    )  # fmt: skip


def _of_difference(told: tuple[Multiple, ...], found: Quantity) -> tuple[Multiple, ...]:
    """None where the quantities are differences that are multiplied already."""
    if found.difference is None or found.difference.odd is not None:
        return told
    lacks = found.difference.left_out
    return () if found.difference.times else (*told, *([lacks] if lacks else []))


def _sums(
    by: dict[str, Column], found: Quantity, wide: Sequence[tuple[Column, str]]
) -> tuple[str, ...]:
    names, times = by.get("facility"), by.get("period") or by.get("from")
    if names is None or found.reading:
        return ()
    if wide:
        return sum_among(names, [c for c, _ in wide], None)
    amounts = found.open_for or tuple(filter(None, [found.column]))
    seen = (sum_among(names, [c], times) for c in amounts if times is not None)
    return next(filter(None, seen), ())


def _numbers(column: Column | None) -> TypeGuard[Column]:
    return column is not None and column.kind == "number"


_MONTH = re.compile(
    r"(?i)(month|monat|mois|mes|mese|mês|maand|miesiąc|månad|måned|ay|月|月份|tháng|periode?|buchungsperiode)"
)


def _counted(column: Column) -> Column:
    """A column of numbers from 1 to 12 below a word for months is one of months.

    One of periods that are read without an option, such as `2024-Q1`, is one of periods.
    """
    if plain_periods(column):
        return column._replace(kind="period")
    if column.kind != "number" or not _MONTH.fullmatch(column.name):
        return column
    texts = [text for _, text in column.cells]
    if not all(text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 12 for text in texts):
        return column
    return column._replace(kind="month", forms=("M",), number=None)


_TIMELIKE = re.compile(r"(?i)\b(Q[1-4]|H[12]|FY)\b|(?<!\d)(19|20)\d\d(?!\d)")


def _mixed(columns: Sequence[Column]) -> Column | None:
    """A column of texts, three of five of which are a month, day, quarter or year."""
    for column in columns:
        texts = [text for _, text in column.cells] if column.kind in ("text", "id") else []
        texts = texts[:: max(len(texts) // _MOST_COMPARED, 1)]
        like = [t for t in texts if _TIMELIKE.search(t) or month_forms([t]) or day_forms([t])]
        if len(like) >= 2 and len(like) * 5 >= len(texts) * 3:
            return column
    return None


def has_amounts(roles: Roles) -> bool:
    """Whether there is a column that may be the quantities."""
    return bool(roles.wide or roles.clocks or roles.quantity.column or roles.quantity.open_for)


def _others(left: Sequence[Column], by: dict[str, Column]) -> dict[str, Column]:
    """Meter, facility, item and mark of estimates."""
    reads = [c for c in left if c.kind in ("text", "flag", "id") and c not in by.values()
             and tells_reads(c.name, texts_of(c))
             and (len(texts_of(c)) > 1 or hinted("estimated", c.name))]  # fmt: skip
    found: dict[str, Column] = {"estimated": reads[0]} if reads else {}
    for role, kinds in (("meter", ("id", "text", "number")), ("facility", ("text", "id", "number")),
                        ("item", ("text",)), ("estimated", ("flag",))):  # fmt: skip
        fitting = [c for c in left if c.kind in kinds and c not in (*by.values(), *found.values())
                   and hinted(role, c.name) and not _is_value(c) and not is_currency(c)
                   and not (role == "item" and tells_itself(c))]  # fmt: skip
        if fitting and role not in found:
            found[role] = fitting[0]
    free = [c for c in left if c.kind == "text" and c not in (*by.values(), *found.values())]
    energies = [c for c in free if hinted("item", c.name) and names_energies(c)]
    if energies and not ("item" in found and names_energies(found["item"])):
        found["item"] = energies[0]
    if "facility" not in found:
        free = [c for c in left if c not in (*by.values(), *found.values())]
        place = facility_of(free, found.get("item"))
        found |= {"facility": place} if place is not None else {}
    if "item" not in found:
        free = [c for c in left if c not in (*by.values(), *found.values()) and not tells_itself(c)]
        item = item_of([c for c in free if not _is_value(c) and not is_currency(c)])
        found |= {"item": item} if item is not None else {}
    return found


def _is_value(column: Column) -> bool:
    """Whether a column of numbers holds amounts rather than names of meters."""
    return column.kind == "number" and sort_of_column(column) not in ("meter", "numbered")


def _times(columns: Sequence[Column]) -> tuple[dict[str, Column], bool]:
    """The columns of time, and whether it is unsure which day is which."""
    days = [c for c in columns if c.kind == "day"]
    if len(days) >= 2:
        first = next((c for c in days if hinted("from", c.name)), None)
        last = next((c for c in days if c is not first and hinted("to", c.name)), None)
        unsure = first is None or last is None
        first = first or next(c for c in days if c is not last)
        last = last or next(c for c in days if c is not first)
        return {"from": first, "to": last}, unsure
    if days:
        return {"from": days[0], "to": days[0]}, False
    ranges = [c for c in columns if c.kind in ("range", "period")]
    if ranges:
        return {"period": ranges[0]}, False
    serials = [c for c in columns if c.kind == "number" and _serial(c)]
    months = [c for c in columns if c.kind == "month"]
    if any("Y" not in c.forms[0] for c in months):  # beside which a financial year is no calendar's
        columns = [c for c in columns if not is_fiscal(c)]
        months = [c for c in months if not is_fiscal(c)]
    months = months or [c for c in columns if c.kind == "year" and sort_of(c.name, has_unit=False)
                        == "dated"]  # fmt: skip
    if not months and serials:
        return {"from": serials[0], "to": serials[0]}, False
    if not months:
        return {}, False
    years = [c for c in columns if c.kind == "year" and c is not months[0]
             and sort_of(c.name, has_unit=False) == "dated"]  # fmt: skip
    lacking = months[0].kind == "month" and "Y" not in months[0].forms[0]
    return {"period": months[0]} | ({"year": years[0]} if lacking and years else {}), False


def _serial(column: Column) -> bool:
    """Whether numbers below a heading of days may be days counted by a spreadsheet."""
    values = [value_of(column, text) for _, text in column.cells]
    near = all(value is not None and _FIRST <= value <= _LAST for value in values)
    return near and sort_of(column.name, has_unit=False) == "dated"


def _wide(columns: Sequence[Column]) -> list[tuple[Column, str]]:
    """Columns of quantities below headings that are months or years, with the period of each."""
    parts = [(c, part) for c in columns for part in _head(c.name)]
    heads = [(c, part) for c, part in parts if month_forms([part]) and not is_year(part)]
    forms = month_forms([part for _, part in heads]) if len(heads) >= 2 else ()
    if forms:
        names = names_in(forms, [part for _, part in heads], months=True)
        form = form_of(forms[0], months=True, names=names)
        days = [(c, form.read(part)) for c, part in heads]
        return [*_energy([(c, f"{day:%Y-%m}") for c, day in days if day is not None])]
    years = [(c, part) for c, part in parts if is_year(part)]
    named = {c.place: month for c, part in parts if (month := _month(part))}
    both = [(c, f"{year}-{named[c.place]:02}") for c, year in years if c.place in named]
    if len(both) >= 2:
        return [*_energy(both)]
    if len(years) >= 2:
        return [*_energy(years)]
    bare = [(c, month) for c, part in parts if (month := _month(part))]
    return [*_energy([(c, f"…-{month:02}") for c, month in bare])] if len(bare) >= 3 else []


def _with_years(
    wide: list[tuple[Column, str]], left: Sequence[Column]
) -> tuple[list[tuple[Column, str]], dict[str, Column]]:
    """Months without a year, read as their headings where a column says the year of a row."""
    years = [c for c in left if c.kind == "year" and not is_fiscal(c)
             and sort_of(c.name, has_unit=False) == "dated"]  # fmt: skip
    bare = bool(wide) and all(period.startswith("…") for _, period in wide)
    if len(years) != 1 or not bare or not bare_month_forms([c.name for c, _ in wide]):
        return wide, {}
    return [(c, HEADING) for c, _ in wide], {"year": years[0]}


def _head(name: str) -> list[str]:
    """The parts of a heading that may be a month: of two rows each, and without its unit."""
    bare = re.sub(r"#[0-9]+$", "", name)
    rest = re.sub(r"\W+$", "", without_unit(bare))
    alone = [rest] if rest != bare and JOINED not in bare else []
    return [bare, *(bare.split(JOINED) if JOINED in bare else alone)]


def _energy(found: list[tuple[Column, str]]) -> Iterator[tuple[Column, str]]:
    """Without those that are money or power; where all are, all. Each column is there once."""
    once = [*{c.place: (c, period) for c, period in reversed(found)}.values()][::-1]
    kept = [(c, period) for c, period in once if not (JOINED in c.name and _is_beside(c))]
    yield from kept or once


def _is_beside(column: Column) -> bool:
    rest = [part for part in column.name.split(JOINED) if not month_forms([part])]
    named = column._replace(name=" ".join(rest))
    beside = runs_on(named.name) or sort_of_column(named) in ("money", "power", "factor")
    return bool(rest) and beside


def _month(name: str) -> int:
    """The month of a heading such as `Jan`, `January` or `Jan kWh`; 0 where it is none."""
    if whole := named_month(name):
        return whole
    word, _, rest = name.partition(" ")
    if rest and unit_in(rest) is None:
        return 0
    day = form_of("M月", months=True).read(word, 2000)
    return day.month if day is not None else named_month(word) or named_month(word.rstrip("."))


def days_of(column: Column, form: str) -> list[tuple[int, date]]:
    """The days of a column by row."""
    read = form_of(form, months=column.kind == "month", names=column.names)
    return [(row, day) for row, text in column.cells if (day := read.read(text)) is not None]
