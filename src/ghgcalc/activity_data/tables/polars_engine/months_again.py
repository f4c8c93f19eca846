"""Months that begin again below a `year:` that holds for every row: of a second year?

*Jan … Dec, Jan … Dec* without a year in any cell are twenty-four months of the one year stated.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.marks import MARK
from ghgcalc.activity_data.tables.polars_engine.row_texts import row_texts
from ghgcalc.activity_data.tables.polars_engine.supplies import has_clock, rows_by_supply
from ghgcalc.activity_data.tables.positions import unpacked_position
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from ghgcalc.activity_data.tables.nesting import Row
    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.polars_engine.supplies import Supply
    from ghgcalc.activity_data.tables.sums_of_others import Texts
    from ghgcalc.activity_data.tables.verdict import Verdict

_LEAST = 2  # months that begin again


class _Again(NamedTuple):
    """Rows of a supply and file: the first time through the months, and from their second on."""

    supply: Supply
    first: list[Row]
    second: list[Row]


def report_months_again(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources, told: frozenset[int]
) -> None:
    """A warning for a table whose months begin again in one file, supply by supply.

    Only where a `year:` of `read:` makes them of one year, no column of meters tells rows apart
    (bills of meters are compared by their meters), and no other column does: one with the same text
    in all rows of the first time, and another in all of the second.

    Diagnosed: `calendar-overlap`, once for the table.
    """
    table = plan.places.table
    if table.read.year is None or "meter" in plan.columns or MARK in plan.columns:
        return
    if table.unpivot or has_clock(plan) or not _repeat(rows, plan):
        return
    supplies = rows_by_supply(rows, plan, verdict)
    found = [again for supply, several in supplies.items()
             for again in _begun_again(supply, several, told)]  # fmt: skip
    texts = row_texts(rows, plan, sources) if found else {}
    found = [again for again in found if not _apart(again, texts)]
    if found:
        sources.tally.add(_told(found, plan, sources))


def _repeat(rows: pl.LazyFrame, plan: TablePlan) -> bool:
    """Whether two rows of one supply have the same texts for their days."""
    import polars as pl

    names = list(dict.fromkeys([*plan.named, *plan.times]))
    if not plan.times:
        return False
    texts = [pl.col(name).fill_null("").str.strip_chars() for name in names]
    asked = rows.filter(pl.col("good") & ~pl.col("corrects")).select(texts)
    return bool(asked.select(pl.struct(names).is_duplicated().any()).collect().item())


def _begun_again(supply: Supply, several: Sequence[Row], told: frozenset[int]) -> Iterator[_Again]:
    """Files in which all months stand once before the first of them stands again, twice at most."""
    left = [row for row in several if row.position not in told and not row.corrects]
    for _, group in groupby(left, key=lambda row: unpacked_position(row.position)[0]):
        rows = list(group)
        spans = [row.span for row in rows]
        once = next((at for at, span in enumerate(spans) if span in spans[:at]), len(spans))
        first, second = rows[:once], rows[once:]
        if len(second) < _LEAST or not {*spans[once:]} <= {*spans[:once]}:
            continue
        if [row.scaled for row in first[: len(second)]] != [row.scaled for row in second]:
            yield _Again(supply, first, second)


def _apart(again: _Again, texts: Texts) -> bool:
    """Whether a column has one text in the first rows and another one in those that repeat them."""
    for by_row in texts.values():
        first = {by_row.get(row.position, "") for row in again.first}
        second = {by_row.get(row.position, "") for row in again.second}
        if len(first) == 1 and first.isdisjoint(second):
            return True
    return False


def _told(found: list[_Again], plan: TablePlan, sources: Sources) -> RowFinding:
    again, table = found[0], plan.places.table
    row = again.second[0]
    other = next(each for each in again.first if each.span == row.span)
    more = f", and so do {len(found) - 1:,} more supplies" if len(found) > 2 else ""
    more = ", and so does one more supply" if len(found) == 2 else more
    days = [day for each in found for later in each.second for day in later.span]
    finding = Diagnostic(
        "calendar-overlap",
        f"table `{plan.places.name}`: the months of item `{again.supply[2]}` of"
        f" `{again.supply[1]}` begin again{more}, and `year: {table.read.year}` makes both times of"
        f" one year: {len(again.second):,} months count twice",
        sources.place(row.position, "quantity"),
        related=(Related(sources.place(other.position, "quantity"), "the first time"),),
        notes=sources.notes(row.position, "quantity", ()),
        hint="where the second time is of another year, end this table above it (`read: {last_row:"
        " …}`) and read it by a table with its own `year:`; where all are of one year, as of two"
        " meters, map a column that names those as `meter:`, or state `accept_overlaps:"
        " {reason: …}`",
        days=(min(days), max(days)),
        severity=Severity.WARNING,
    )
    return RowFinding(row.position, finding)
