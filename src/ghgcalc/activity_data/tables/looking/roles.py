"""Which column may be what: by its kind first, then by the words of its heading."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.columns import Column, value_of
from ghgcalc.activity_data.tables.looking.kinds import form_of, is_year, month_forms
from ghgcalc.activity_data.tables.looking.shape import unit_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

_WORDS = {
    "quantity": "quantity|qty|usage|consumption|amount|volume|verbrauch|menge|consumo|consommation|"
    "quantité|cantidad|verbruik|energy|value|数量|用量|使用量|电量|wert",
    "facility": "site|facility|building|property|location|plant|branch|standort|gebäude|werk|"
    "edificio|bâtiment|工厂|厂|地点|拠点|사업장",
    "item": "item|fuel|type|commodity|utility|energy|product|material|category|art|energieträger|"
    "combustible|项目|种类|品目",
    "meter": "meter|zähler|compteur|contador|mpan|mprn|nmi|ean|zählpunkt|表号|电表",
    "estimated": "estimat|read type|reading type|status|quality|geschätzt|estimada|ablese",
    "supplier": "supplier|vendor|utility name|lieferant|versorger|fournisseur|供应商",
    "from": "start|from|begin|von|ab|desde|début|inicio|起|開始|开始",
    "to": "end|to|until|bis|hasta|fin|止|終|结束",
    "reading": "reading|stand|index|register|counter|dial|表码|读数|示数",
}
_RISING_ROWS = 6
_FIRST, _LAST = 32_874, 55_153  # 1990 to 2050
_DATED = re.compile(r"(?i)date|day|datum|tag\b|fecha|jour|日")
_NUMBERED = re.compile(r"(?i)\b(no|nr|num|number|id|ref|doc|invoice|code|rechnung)\b|nummer|号")
_MOST_GROUPS = 200


class Roles(NamedTuple):
    """Columns by what they may be; `others` are further numbers that may be the quantity."""

    by: dict[str, Column]
    others: list[Column]
    wide: list[tuple[Column, str]]
    rising: bool


def hinted(role: str, name: str) -> bool:
    """Whether a heading has a word for a role."""
    text = name.casefold()
    return any(
        re.search(rf"(?<![a-zäöü]){re.escape(word)}", text) for word in _WORDS[role].split("|")
    )


def roles_of(columns: Sequence[Column]) -> Roles:
    """What each column may be."""
    wide = _wide(columns)
    taken = {column.place for column, _ in wide}
    left = [column for column in columns if column.place not in taken and column.kind != "empty"]
    by = _times(left)
    if not wide:
        numbers = [c for c in left if c.kind == "number" and c not in by.values()]
        ranked = sorted(numbers, key=lambda c: (_likely(c), c.place))
        if ranked:
            by["quantity"] = ranked[0]
        others = ranked[1:]
    else:
        others = []
    for role, kinds in (("meter", ("id", "text", "number")), ("facility", ("text", "id")),
                        ("item", ("text",)), ("estimated", ("flag",)),
                        ("supplier", ("text",))):  # fmt: skip
        fitting = [c for c in left if c.kind in kinds and c not in by.values()
                   and hinted(role, c.name)]  # fmt: skip
        if fitting:
            by[role] = fitting[0]
    units = [c for c in left if c.kind == "unit" and c not in by.values()]
    if units:
        by["unit"] = units[0]
    others = [column for column in others if column not in by.values()]
    quantity = by.get("quantity")
    rising = quantity is not None and _only_rises(quantity, left, by)
    return Roles(by, others, wide, rising)


def _likely(column: Column) -> tuple[bool, ...]:
    """Smaller is likelier: names a unit, has a word for a quantity, is no number of a meter."""
    return (
        bool(_NUMBERED.search(column.name)) or bool(_DATED.search(column.name)),
        unit_in(column.name) is None,
        not hinted("quantity", column.name),
        hinted("meter", column.name) and not hinted("reading", column.name),
    )


def _times(columns: Sequence[Column]) -> dict[str, Column]:
    days = [c for c in columns if c.kind == "day"]
    if len(days) >= 2:
        first = next((c for c in days if hinted("from", c.name)), days[0])
        last = next((c for c in days if c is not first and hinted("to", c.name)), None)
        last = last or next(c for c in days if c is not first)
        return {"from": first, "to": last}
    if days:
        return {"from": days[0], "to": days[0]}
    ranges = [c for c in columns if c.kind == "range"]
    if ranges:
        return {"period": ranges[0]}
    serials = [c for c in columns if c.kind == "number" and _serial(c)]
    months = [c for c in columns if c.kind == "month"] or [c for c in columns if c.kind == "year"]
    if not months and serials:
        return {"from": serials[0], "to": serials[0]}
    return {"period": months[0]} if months else {}


def _serial(column: Column) -> bool:
    """Whether numbers below a heading of days may be days counted by a spreadsheet."""
    values = [value_of(column, text) for _, text in column.cells]
    near = all(value is not None and _FIRST <= value <= _LAST for value in values)
    return near and bool(_DATED.search(column.name))


def _wide(columns: Sequence[Column]) -> list[tuple[Column, str]]:
    """Columns of numbers below headings that are months or years, with the period of each."""
    numbers = [c for c in columns if c.kind in ("number", "empty", "year")]
    names = [c.name for c in numbers]
    years = [c for c in numbers if is_year(c.name)]
    if len(years) >= 2:
        return [(c, c.name) for c in years]
    heads = [c for c in numbers if month_forms([c.name])]
    forms = month_forms([c.name for c in heads]) if len(heads) >= 3 else ()
    if forms:
        form = form_of(forms[0], months=True)
        days = [(c, form.read(c.name)) for c in heads]
        return [(c, f"{day:%Y-%m}") for c, day in days if day is not None]
    bare = [c for c in numbers if form_of("MMM", months=True).read(c.name[:3], 2000)]
    return [(c, f"…-{_month(c.name):02}") for c in bare] if len(bare) >= 3 and names else []


def _month(name: str) -> int:
    day = form_of("MMM", months=True).read(name[:3], 2000)
    assert day is not None
    return day.month


def _only_rises(quantity: Column, columns: Iterable[Column], by: dict[str, Column]) -> bool:
    """Whether the numbers of each meter, site or item only rise: readings of a counter."""
    needed = 4 if hinted("reading", quantity.name) else _RISING_ROWS
    keys = [c for c in columns if c.kind in ("text", "id") or c is by.get("meter")]
    cells = {c.place: dict(c.cells) for c in keys}
    for chosen in ([c] for c in keys):
        if _rises(quantity, cells[chosen[0].place], needed):
            return True
    return _rises(quantity, {}, needed)


def _rises(quantity: Column, key: dict[int, str], needed: int) -> bool:
    runs: dict[str, list[Decimal | None]] = {}
    for row, text in quantity.cells:
        runs.setdefault(key.get(row, ""), []).append(value_of(quantity, text))
    if len(runs) > _MOST_GROUPS or max(map(len, runs.values()), default=0) < needed:
        return False
    return all(_rising(run) for run in runs.values())


def _rising(run: list[Decimal | None]) -> bool:
    steps = [(a, b) for a, b in pairwise(run) if a is not None and b is not None]
    if len(steps) != len(run) - 1 or any(a > b for a, b in steps):
        return False
    return sum(a != b for a, b in steps) * 2 >= len(steps)


def days_of(column: Column, form: str) -> list[tuple[int, date]]:
    """The days of a column by row."""
    read = form_of(form, months=column.kind == "month")
    return [(row, day) for row, text in column.cells if (day := read.read(text)) is not None]
