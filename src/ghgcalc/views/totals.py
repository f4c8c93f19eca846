"""The main table: scopes, categories, both Scope 2 methods, intensities, biogenic CO2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus, times
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.inventory.not_evaluated import not_evaluated
from ghgcalc.inventory.scope_3_methods import scope_3_methods
from ghgcalc.inventory.scope_3_status import answered
from ghgcalc.views.amounts import Amounts, group
from ghgcalc.views.table import Column, Number, Row, Table, figure_places, places_for
from ghgcalc.views.words import METHOD_WORDS, heading_of, methods_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.inventory.scope_3_methods import MethodsOf
    from ghgcalc.views.amounts import Weighed
    from ghgcalc.views.table import Cell

METHODS = (LOCATION, MARKET)
SCOPE_3_COUNT = sum(row.scope == 3 for row in CATEGORIES.values())


def totals_table(inventory: Inventory, weighed: list[Weighed], *, categories: bool = True) -> Table:
    """The two-column table of an inventory; `categories` adds the rows below each scope."""
    totals = inventory.totals
    places = places_for(totals.all_scopes(method) for method in METHODS)
    whole = group(weighed, lambda line: "")
    amounts = whole.get("", Amounts())
    parts = _categories(weighed) if categories else {}
    told = scope_3_methods(inventory.wholes) if categories else {}
    rows: list[Row] = []
    for scope in (1, 2):
        rows.append(_scope(f"Scope {scope}", scope, amounts, places, parts))
        rows += parts_rows(parts, scope, places, told)
    rows.append(Row(("Scope 1 + 2", *_sum(amounts, places))))
    rows += _intensities(inventory)
    rows.append(_scope("Scope 3", 3, amounts, places, parts, _missing(inventory, weighed)))
    rows += parts_rows(parts, 3, places, told)
    if 3 in amounts.seen:
        cells = tuple(_cell(totals.all_scopes(method), places) for method in METHODS)
        rows.append(Row(("Scope 1 + 2 + 3", *cells)))
    biogenic = biogenic_cell(inventory, places)
    rows.append(Row(("Biogenic CO2, outside scopes", biogenic, ""), remark="t CO2"))
    columns = (Column(""), *(Column(METHOD_WORDS[method], True) for method in METHODS))
    return Table("Totals", columns, tuple(rows), unit="tCO2e")


def biogenic_cell(inventory: Inventory, places: int) -> Cell:
    """Biogenic CO2; None where factors are silent about it, so that 0 is no result (R28)."""
    known = "biogenic_co2" not in not_evaluated(inventory)
    return Number(inventory.totals.biogenic_co2, places) if known else None


def _categories(weighed: list[Weighed]) -> dict[tuple[int, str], Amounts]:
    found = group(weighed, lambda line: (line.scope, line.category))
    order = {name: index for index, name in enumerate(CATEGORIES)}

    def rank(key: object) -> tuple[int, int, str]:
        assert isinstance(key, tuple)
        return (key[0], order.get(key[1], 99), key[1])

    return {key: found[key] for key in sorted(found, key=rank) if isinstance(key, tuple)}


def _scope(
    label: str,
    scope: int,
    amounts: Amounts,
    places: int,
    parts: dict[tuple[int, str], Amounts],
    remark: str = "",
) -> Row:
    cells = tuple(_cell(amounts.of(scope, method), places) for method in METHODS)
    if scope < 3 and scope not in amounts.seen:  # nothing of it happened, or nothing was entered
        cells, remark = (Number(ZERO, places), Number(ZERO, places)), "no activity data"
    if scope == 2:
        remark = remark or _not_stated(amounts)
    return Row((label, *cells), remark=remark, sums=any(key[0] == scope for key in parts))


def _cell(value: Fraction | None, places: int) -> Cell:
    return None if value is None else Number(value, places)


def parts_rows(
    parts: dict[tuple[int, str], Amounts],
    scope: int,
    places: int,
    told: Mapping[str, MethodsOf],
) -> list[Row]:
    """The category rows of a scope; those of Scope 3 say by which methods, where `told`."""
    return [
        Row(
            (heading_of(name), *(_cell(amounts.of(scope, m), places) for m in METHODS)),
            level=1,
            remark=methods_words(told[name]) if name in told else "",
        )
        for (number, name), amounts in parts.items()
        if number == scope
    ]


def _sum(amounts: Amounts, places: int) -> tuple[Cell, ...]:
    return tuple(_cell(plus(amounts.scope_1, amounts.scope_2[m]), places) for m in METHODS)


def _intensities(inventory: Inventory) -> list[Row]:
    rows = []
    for name, unit, value in inventory.metrics:
        label = f"t / {unit}" if unit not in ("", "1") else f"t / {name}"
        several = sum(other == unit for _, other, _ in inventory.metrics) > 1
        label = f"{label} {name}" if several and unit not in ("", "1") else label
        if not value:
            rows.append(Row((label, None, None), level=1, remark=f"{name} is 0"))
            continue
        ratios = [times(inventory.totals.scope_1_2(method), 1 / value) for method in METHODS]
        places = max((figure_places(ratio) for ratio in ratios if ratio is not None), default=0)
        rows.append(Row((label, *(_cell(ratio, places) for ratio in ratios)), level=1))
    return rows


def _not_stated(amounts: Amounts) -> str:
    """What tells a figure that nobody states from one that does not exist."""
    lost = [METHOD_WORDS[method] for method in METHODS if amounts.scope_2[method] is None]
    return f"{' and '.join(lost)} not stated" if lost else ""


def _missing(inventory: Inventory, weighed: list[Weighed]) -> str:
    seen = {item.line.category for item in weighed if item.line.scope == 3}
    seen |= {each.category for each in inventory.scope_3.categories if answered(each)}
    known = sum(CATEGORIES[name].scope == 3 for name in seen if name in CATEGORIES)
    missing = SCOPE_3_COUNT - known
    return f"{missing} of {SCOPE_3_COUNT} categories not evaluated" if missing else ""
