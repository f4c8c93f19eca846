"""Checks that a line measures what its category counts: no MWh come of kWp, no litres of money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.units import dimension_label, parse_unit
from ghgcalc.core.vocabulary.dimensions import taken, takes

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Table
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.units import Unit


def fits(activity: Activity) -> bool:
    """Whether the quantity of an activity is of a kind that its category takes."""
    quantity, category = activity.quantity, activity.category
    return quantity is None or category is None or takes(category, quantity.unit.dimension)


def check_dimension(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    """`unit-mismatch` of an activity that does not fit."""
    if fits(activity):
        return []
    assert activity.quantity is not None
    assert activity.category is not None
    where = company.document.locate(("activities", name, "quantity"))
    slip = _mismatch(name, activity.category, activity.quantity.unit, where)
    span = company.span_of(activity.period)
    return [replace(slip, days=(span.first, span.last))]


def _mismatch(name: str, category: str, unit: Unit, where: Location) -> Diagnostic:
    kind = dimension_label(unit.dimension)
    shown = f"{unit} ({kind})" if kind != unit.text else str(unit)
    hint = f"state {taken(category)}"
    if unit.dimension == "kgCO2e":
        hint = "state another party's CO2e as `reported:`; " + hint
    return Diagnostic(
        "unit-mismatch",
        f"`{name}` is in {shown}, which is no activity data of {category}",
        where,
        hint=hint,
    )


def check_sums(
    company: Company, name: str, table: Table, sums: list[KeyedSum], found: list[Diagnostic]
) -> list[KeyedSum]:
    """The sums of a table whose unit fits their item; the others are said, once for each unit."""
    wrong: dict[tuple[str, str], list[KeyedSum]] = {}
    good: dict[tuple[str, str], bool] = {}
    for entry in sums:
        kind = (entry.item, entry.unit)
        if kind not in good:
            good[kind] = _item_fits(table, *kind)
        if not good[kind]:
            wrong.setdefault(kind, []).append(entry)
    if not wrong:
        return sums
    for (text, unit), entries in sorted(wrong.items()):
        if f"{name}/{text}" in company.faulty:
            continue
        where = company.document.locate(("tables", name, "items", text), key=True)
        slip = _mismatch(f"{name}/{text}", table.items[text].category, parse_unit(unit), where)
        rows = sum(entry.rows for entry in entries)
        file, line = min(entry.first for entry in entries)
        days = (min(e.span.first for e in entries), max(e.span.last for e in entries))
        note = f"{rows:,} row{'s' if rows > 1 else ''}, first {file}:{line}"
        found.append(replace(slip, notes=(note,), days=days))
    return [entry for entry in sums if good[entry.item, entry.unit]]


def _item_fits(table: Table, text: str, unit: str) -> bool:
    item = table.items[text]
    if item.storage is not None or item.gas is not None or item.cop is not None:
        return True  # their own readers say what they take
    return takes(item.category, parse_unit(unit).dimension)
