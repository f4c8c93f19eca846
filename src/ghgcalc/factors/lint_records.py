"""Checks of the tables of a pack that hold no factors: leak rates, parameters, steam enthalpies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.diagnostics import Diagnostic, Location, Severity
from ghgcalc.numbers import NumberError, parse_factor_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ghgcalc.factors.pack import Pack, RowRef

RECORDS: dict[str, tuple[str, ...]] = {
    "leak_rates": ("id", "equipment", "phase", "unit"),
    "parameters": ("id", "name", "unit"),
    "steam_enthalpy": ("id", "pressure_mpa", "temperature_c", "value", "unit"),
}
_NUMBERS = ("value", "low", "high", "pressure_mpa", "temperature_c")
_PHASES = ("installation", "annual", "remaining", "recovery")
_RATE_UNITS = ("%", "fraction")


def lint_records(pack: Pack) -> Iterator[Diagnostic]:
    """Findings of every row that is no factor: columns, numbers, bounds, ids, locators."""
    seen: set[tuple[str, str]] = set()
    for holds, needed in RECORDS.items():
        for row in pack.rows(holds):
            where = Location(f"{pack.shown}/{row.table.file}", row.line, 1)
            name = row.cells.get("id", "")
            if (holds, name) in seen:
                yield Diagnostic(
                    "duplicate-key",
                    f"id `{name}` appears twice",
                    where,
                    hint="give each row an id of its own",
                )
            seen.add((holds, name))
            missing = [column for column in needed if not row.cells.get(column)]
            if missing:
                yield _shape(name, f"has no `{missing[0]}`", where)
                continue
            yield from _figures(row, name, where)
            yield from _rate(row, name, where) if holds == "leak_rates" else ()
            if not row.cells.get("locator"):
                yield Diagnostic(
                    "locator-missing",
                    f"`{name}` has no locator",
                    where,
                    severity=Severity.WARNING,
                    hint="name the table and cell or page",
                )


def _shape(name: str, what: str, where: Location) -> Diagnostic:
    hint = "compare with the columns in docs/format.md"
    return Diagnostic("wrong-shape", f"`{name}` {what}", where, hint=hint)


def _figures(row: RowRef, name: str, where: Location) -> Iterator[Diagnostic]:
    """Numbers are numbers; there is a value or a range; the range is the right way round.

    A printed value outside its printed range is the publisher's misprint and stays.
    """
    numbers: dict[str, Decimal] = {}
    for column in _NUMBERS:
        text = row.cells.get(column)
        if not text:
            continue
        try:
            numbers[column] = parse_factor_number(text)
        except NumberError as error:
            yield Diagnostic(error.code, f"`{name}`: {error.message}", where, hint=error.hint)
            return
    if "value" not in numbers and not {"low", "high"} <= set(numbers):
        yield _shape(name, "has neither a value nor a range", where)
    if {"low", "high"} <= set(numbers) and numbers["low"] > numbers["high"]:
        yield _shape(name, "has a lower bound above its upper one", where)


def _rate(row: RowRef, name: str, where: Location) -> Iterator[Diagnostic]:
    if row.cells["phase"] not in _PHASES:
        yield _shape(name, f"has the unknown phase `{row.cells['phase']}`", where)
    if row.cells["unit"] not in _RATE_UNITS:
        yield _shape(name, f"has the unit `{row.cells['unit']}`, not % or fraction", where)
