"""The check of the sums by the user's control totals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.keys import unit_error
from ghgcalc.company.checks.names import near_hint
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import every_digit
from ghgcalc.core.units import Quantity, UnitError, parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.activity_data.tables.sums import TableSums


def control_totals(places: Places, result: TableSums) -> list[Diagnostic]:
    """Compare the sums that the user states, by unit or by item and unit, with those read.

    Where rows are rejected and nothing accepts it, their sum is not compared: it is another one
    for that reason alone, and a part of it is no figure to show.
    """
    return [item for stated in _stated(places, result) for item in _judged(places, result, stated)]


class _Stated(NamedTuple):
    """A control total: where it stands, whose it is, and what was read of the same, by unit."""

    path: tuple[str, ...]
    of: str
    unit: str
    amount: Quantity
    read: Mapping[str, Decimal]


def _stated(places: Places, result: TableSums) -> Iterator[_Stated]:
    for key, total in places.table.control_totals.items():
        if isinstance(total, Quantity):
            yield _Stated(("control_totals", key), "", key, total, result.read_by_unit)
            continue
        read = {unit: total for (item, unit), total in result.read_by_item.items() if item == key}
        for unit, amount in total.items():
            yield _Stated(("control_totals", key, unit), key, unit, amount, read)


def _judged(places: Places, result: TableSums, stated: _Stated) -> Iterator[Diagnostic]:
    unit = places.table.names.unit.get(stated.unit, stated.unit).strip()
    items = places.table.items
    if stated.of and stated.of not in items:
        hint = near_hint(stated.of, items, "name a text of the table's `items:`")
        message = f"`{stated.of}` of `control_totals` is no item of table `{places.name}`"
        yield places.finding("unknown-item", message, *stated.path[:2], hint=hint)
        return
    error = unit_error(unit)
    if error:
        code, message, hint = error
        yield places.finding(code, message, *stated.path, hint=hint)
        return
    try:
        want = stated.amount.value * ratio(stated.amount.unit, parse_unit(unit))
    except UnitError as wrong:
        yield places.finding(wrong.code, wrong.message, *stated.path, hint=wrong.hint)
        return
    short = result.rows_rejected and places.table.accept_rejected is None
    if not short and want != Fraction(stated.read.get(unit, Decimal(0))):
        yield _differs(places, result, stated, unit, want)


def _differs(
    places: Places, result: TableSums, stated: _Stated, unit: str, want: Fraction
) -> Diagnostic:
    read = Fraction(stated.read.get(unit, Decimal(0)))
    notes = [f"difference: {every_digit(read - want)} {unit} (read − stated)"]
    if result.rows_rejected:
        notes.append(f"{result.rows_rejected:,} of {result.rows_read:,} rows were rejected")
    if unit not in stated.read:
        units = ", ".join(f"`{name}`" for name in stated.read) or "none"
        notes.append(f"units read: {units}")
    of = f" of item `{stated.of}`" if stated.of else ""
    return Diagnostic(
        "control-total-differs",
        f"table `{places.name}`: the rows{of} sum to {every_digit(read)} {unit},"
        f" the control total states {every_digit(want)} {unit}",
        places.at(*stated.path),
        notes=tuple(notes),
        hint="find the missing or repeated rows, or correct the control total",
    )
