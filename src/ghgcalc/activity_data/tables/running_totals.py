"""Quantities below a heading that says they run on: each row holds those before it once more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.running_words import runs_on, shows_counter
from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.core.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.file_columns import FileColumns
    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.activity_data.tables.sums import TableSums

_OF_COUNTERS = (
    "name the column of a counter as `reading:` and its day as `day:`, in place of `quantity:`, and"
    " write a table for each of several"
)
_OF_TOTALS = (
    "leave all rows but the last of each year out by `filter:`, and state the time that it holds as"
    " `period:` under `constants:`; the column of a counter is a `reading:`, with its day as `day:`"
)


def running_totals(
    places: Places, columns: Sequence[FileColumns], sums: TableSums
) -> list[Diagnostic]:
    """A warning where a heading of quantities speaks of running totals or of readings.

    One total of each supply and year, as a filter leaves it, holds the whole and is not doubted.

    Diagnosed: `running-total`, once for all headings of the table.
    """
    table = places.table
    if table.reads or not table.read.header_row or table.read.format:
        return []
    headings = _headings(places, columns)
    found = [(heading, path) for heading, path in headings.items()
             if runs_on(heading) or shows_counter(heading)]  # fmt: skip
    totals = all(runs_on(heading) for heading, _ in found)
    if not found or (totals and _once_a_year(sums, len(headings))):
        return []
    (heading, path), more = found[0], len(found) - 1
    others = f", and so do {more:,} more headings" if more > 1 else ""
    others = ", and so does one more heading" if more == 1 else others
    total = runs_on(heading)
    what = "running totals" if total else "readings of a counter"
    return [Diagnostic(
        "running-total",
        f"table `{places.name}`: heading `{heading}` speaks of {what}{others}, and every row is"
        " summed as what was used",
        places.at(*path),
        hint=f"{_OF_TOTALS if total else _OF_COUNTERS}; where each row holds the use of its own"
        " time alone, lower `running-total` under `checks:`",
        severity=Severity.WARNING,
    )]  # fmt: skip


def _headings(places: Places, columns: Sequence[FileColumns]) -> dict[str, tuple[str, ...]]:
    """The headings of quantities, each with its place in the company file."""
    table = places.table
    if table.unpivot:
        return {wide.heading: ("unpivot", wide.key) for each in columns for wide in each.wide}
    named = [term.heading for term in terms_of(table.columns)] or [table.columns["quantity"]]
    return dict.fromkeys(named, ("columns", "quantity"))


def _once_a_year(sums: TableSums, headings: int) -> bool:
    """Whether each supply has one row in a year at most, of each heading."""
    supplies = {(each.facility, each.item, each.unit, each.supplier) for each in sums.sums}
    spans: dict[int, list[int]] = defaultdict(list)
    for span, count in sums.bills.items():
        spans[span.first.year].append(count)
    most = len(supplies) * headings
    return all(len(counts) == 1 and counts[0] <= most for counts in spans.values())
