"""Sums of tables whose unit fits what their item counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.company.checks.dimensions import mismatch
from ghgcalc.company.joined_columns import joined_of
from ghgcalc.company.table_units import POWER, power_hint
from ghgcalc.core.diagnostics import Outcome
from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.dimensions import ENERGY, takes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Table


def fitting_sums(
    company: Company, name: str, table: Table, sums: Sequence[KeyedSum]
) -> Outcome[Sequence[KeyedSum]]:
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
        return Outcome(sums)
    found = []
    for (text, unit), entries in sorted(wrong.items()):
        if f"{name}/{text}" in company.faulty:
            continue
        where = company.document.locate(("tables", name, "items", text), key=True)
        slip = mismatch(f"{name}/{text}", table.items[text].category, parse_unit(unit), where)
        rows = sum(entry.rows for entry in entries)
        file, line = min(entry.first for entry in entries)
        days = (min(e.span.first for e in entries), max(e.span.last for e in entries))
        note = f"{rows:,} row{'s' if rows > 1 else ''}, first {file}:{line}"
        asked = _asked(name, table, text, unit, entries)
        found.append(replace(slip, notes=(note,), days=days, hint=asked or slip.hint))
    fitting = [entry for entry in sums if good[entry.item, entry.unit]]
    return Outcome(fitting, tuple(found))


def _asked(name: str, table: Table, text: str, unit: str, entries: Sequence[KeyedSum]) -> str:
    """What makes a power energy where rows are of times within a day; "" elsewhere.

    A power beside a month or a day may be its peak, which no unit makes an energy.
    """
    power = parse_unit(unit).dimension == POWER and takes(table.items[text].category, ENERGY)
    within = table.read.timed or bool(joined_of(table.columns)) or bool(table.unpivot)
    many = any(e.rows > (e.days.bit_count() or e.span.days) for e in entries)
    return power_hint(table, name, unit) if power and within and many else ""


def _item_fits(table: Table, text: str, unit: str) -> bool:
    item = table.items[text]
    unit = item.unit_of(unit)
    if item.storage is not None or item.gas is not None or item.cop is not None:
        return True  # their own readers say what they take
    return takes(item.category, parse_unit(unit).dimension)
