"""Corrections of tables, netted over the reporting year of the line that they take from.

A credit may stand in a month of its own: the year's factor prices all its months, so the line of
the year holds the bill and the credit. Within a year it takes from the days alone in which the
facility is held alike, since these are weighed alike. Source: `GHG-08` no negatives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.number_hints import use_with_minus
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.company.holding import changes_of
from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.core.diagnostics import Diagnostic, Outcome
from ghgcalc.core.period import Span, split_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Table


class _Line(NamedTuple):
    """What a net is of: a supply in days that are priced and weighed alike."""

    facility: str
    item: str
    unit: str
    supplier: str
    days: Span


def netted(
    company: Company, name: str, sums: Sequence[KeyedSum], *, whole: bool = True
) -> Outcome[Sequence[KeyedSum]]:
    """The sums of a table without those of lines whose corrections exceed their bills.

    Diagnosed: `negative-quantity`, once for each such line; not where the table is not `whole`,
    since the bill may be what cannot be read.
    """
    if all(entry.scaled >= 0 for entry in sums):
        return Outcome(sums)
    lines: dict[_Line, list[KeyedSum]] = {}
    for entry in sums:
        lines.setdefault(_line(company, entry), []).append(entry)
    below = {
        line: entries
        for line, entries in sorted(lines.items())
        if sum(entry.scaled for entry in entries) < 0
    }
    left_out = {entry for entries in below.values() for entry in entries}
    told = below if whole else {}
    found = (_finding(company, name, line, entries) for line, entries in told.items())
    return Outcome([entry for entry in sums if entry not in left_out], tuple(found))


def _use_with_minus(table: Table) -> str:
    """What else may be: any row below zero is taken for a correction, and those are the use."""
    heading = table.columns.get("quantity")
    if table.corrections is None or not table.corrections.negative or heading is None:
        return ""
    return "" if terms_of(table.columns) else f"; {use_with_minus(heading)}"


def _line(company: Company, entry: KeyedSum) -> _Line:
    year = company.year.span(company.year.name_of(entry.span.first))
    parts = split_at(year, changes_of(company.facilities, entry.facility))
    days = next(part for part in parts if part.first <= entry.span.first <= part.last)
    return _Line(entry.facility, entry.item, entry.unit, entry.supplier or "", days)


def _finding(company: Company, name: str, line: _Line, entries: Sequence[KeyedSum]) -> Diagnostic:
    supplier = f", supplier `{line.supplier}`" if line.supplier else ""
    net = sum(entry.scaled for entry in entries)
    lowest = next(entry for entry in entries if entry.scaled < 0)
    file, row = lowest.first
    return Diagnostic(
        "negative-quantity",
        f"table `{name}`: corrections exceed the bills of `{line.facility}`, item `{line.item}`"
        f"{supplier}, {line.days}: net {to_decimal(net, lowest.decimals):,f} {line.unit}"
        f" of {sum(entry.rows for entry in entries):,} rows",
        company.document.locate(("tables", name, "corrections")),
        notes=(f"the first that is below zero is {lowest.span}, {file}:{row}",),
        hint="enter the corrected bills, or date the correction as the bill that it corrects"
        + _use_with_minus(company.tables[name]),
        days=(line.days.first, line.days.last),
    )
