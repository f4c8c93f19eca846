"""Checks of the sums: the user's control totals, and keys whose corrections exceed their bills."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.keys import unit_error
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import plain
from ghgcalc.core.units import UnitError, parse_unit, ratio

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.activity_data.tables.sums import KeyedSum, TableSums


def negative_keys(places: Places, sums: list[KeyedSum]) -> list[Diagnostic]:
    """One finding per key whose net is negative."""
    found = []
    negative = [entry for entry in sums if entry.scaled < 0]
    for entry in sorted(negative, key=lambda entry: entry.sort_key()):
        supplier = f", supplier `{entry.supplier}`" if entry.supplier else ""
        message = (
            f"table `{places.name}`: corrections exceed the bills of `{entry.facility}`,"
            f" item `{entry.item}`{supplier}, {entry.span}:"
            f" net {to_decimal(entry.scaled):,f} {entry.unit} of {entry.rows} rows"
        )
        hint = "enter the corrected bills, or date the correction as the bill that it corrects"
        days = (entry.span.first, entry.span.last)
        where = places.at("corrections")
        found.append(Diagnostic("negative-quantity", message, where, hint=hint, days=days))
    return found


def control_totals(places: Places, result: TableSums) -> list[Diagnostic]:
    """Compare the sums that the user states with those that were read."""
    found = []
    for key, stated in places.table.control_totals.items():
        unit = places.table.names.unit.get(key, key).strip()
        where = ("control_totals", key)
        error = unit_error(unit)
        if error:
            code, message, hint = error
            found.append(places.finding(code, message, *where, hint=hint))
            continue
        read = result.read_by_unit.get(unit, Decimal(0))
        try:
            want = stated.value * ratio(stated.unit, parse_unit(unit))
        except UnitError as wrong:
            found.append(places.finding(wrong.code, wrong.message, *where, hint=wrong.hint))
            continue
        if want != Fraction(read):
            found.append(_differs(places, result, key, unit, want))
    return found


def _differs(places: Places, result: TableSums, key: str, unit: str, want: Fraction) -> Diagnostic:
    read = result.read_by_unit.get(unit, Decimal(0))
    notes = [f"difference: {plain(Fraction(read) - want)} {unit} (read − stated)"]
    if result.rows_rejected:
        notes.append(f"{result.rows_rejected:,} of {result.rows_read:,} rows were rejected")
    if unit not in result.read_by_unit:
        units = ", ".join(f"`{name}`" for name in result.read_by_unit) or "none"
        notes.append(f"units read: {units}")
    return Diagnostic(
        "control-total-differs",
        f"table `{places.name}`: the rows sum to {plain(Fraction(read))} {unit},"
        f" the control total states {plain(want)} {unit}",
        places.at("control_totals", key),
        notes=tuple(notes),
        hint="find the missing or repeated rows, or correct the control total",
    )
