"""Rows that repeat others: refused where the table asks so, else told.

Rows of a wide table are compared as they stand in the file, with all their cells: a cell is no row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, RowFinding
from ghgcalc.activity_data.tables.positions import WIDE_BITS
from ghgcalc.activity_data.tables.records import SEPARATOR
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

# beyond this the comparison of every row with every other costs memory that only `unique:` asks for
MOST_COMPARED = 200_000


def report_repeats(rows: pl.LazyFrame, plan: TablePlan, sources: Sources) -> list[Diagnostic]:
    """Findings of repeated rows; those that `unique:` refuses go into the tally."""
    table = plan.places.table
    if table.unique:
        columns = [name if name in plan.columns else f"unique:{index}"
                   for index, name in enumerate(table.unique)]  # fmt: skip
        columns = [name for name in columns if name in plan.columns]
        if not _tells(columns, plan):
            return [_of_headings(plan)]
        first, count = _repeats(_as_written(rows, columns, plan), columns, SHOWN_PER_CODE + 1)
        found = [_refused(position, other, plan, sources) for position, other in first]
        if found:
            sources.tally.add_many("duplicate-row", count, found, None, "row")
        return []
    if sources.rows > MOST_COMPARED or table.read.format:
        return []  # intervals of a named format are compared by their time (`report_intervals`)
    columns = [name for name in plan.columns if name != "correction"]
    written = _as_written(rows, columns, plan).filter("good")
    first, count = _repeats(written, columns, 1)
    return [_told(*first[0], count, plan, sources)] if first else []


def _given(plan: TablePlan) -> set[str]:
    """The columns that the headings of a wide table give; none of others."""
    headings = list(plan.places.table.unpivot.values())[:1]
    return {name for heading in headings for name, value in heading if value is not None}


def _tells(columns: list[str], plan: TablePlan) -> bool:
    """Whether some column may differ from row to row."""
    return not set(columns) <= _given(plan)


def _as_written(rows: pl.LazyFrame, columns: list[str], plan: TablePlan) -> pl.LazyFrame:
    """The rows of the file: of a wide table its cells together, under `quantity`."""
    import polars as pl

    if not plan.places.table.unpivot:
        return rows
    given, first = _given(plan), 1 << WIDE_BITS
    cell = (pl.col("position") % first).cast(pl.String) + SEPARATOR
    cell = cell + pl.col("quantity").fill_null("").str.strip_chars()
    whole = rows.with_columns(cell=cell, row=pl.col("position") // first * first)
    return whole.group_by(pl.col("row").alias("position")).agg(
        *(pl.col(name).first() for name in columns if name != "quantity" and name not in given),
        *(pl.lit("").first().alias(name) for name in columns if name in given),
        pl.col("cell").sort_by("position").str.join(SEPARATOR).alias("quantity"),
        pl.col("good").all(),
    )


def _of_headings(plan: TablePlan) -> Diagnostic:
    names = ", ".join(f"`{name}`" for name in plan.places.table.unique)
    return plan.places.finding(
        "conflicting-keys",
        f"`unique:` of table `{plan.places.name}` asks for {names}, which its headings give to"
        " every row alike",
        "unique",
        hint="name a column of the file whose cells differ from row to row",
    )


def _repeats(
    rows: pl.LazyFrame, columns: list[str], most: int
) -> tuple[list[tuple[int, int]], int]:
    """The first repeated rows, each with the row it repeats, and how many there are."""
    import polars as pl

    cells = [pl.col(name).fill_null("").str.strip_chars() for name in columns]
    rows = rows.select("position", *cells)
    groups = rows.group_by(columns).agg(pl.col("position").min().alias("first"), pl.len())
    many = groups.filter(pl.col("len") > 1).collect(engine="streaming")
    if not many.height:
        return [], 0
    count = int(many["len"].sum()) - many.height
    again = rows.join(many.lazy(), on=columns, how="inner", maintain_order="none")
    again = again.filter(pl.col("position") != pl.col("first")).select("position", "first")
    shown = again.bottom_k(most, by="position").collect(engine="streaming").sort("position")
    return [(int(one), int(other)) for one, other in shown.rows()], count


def _refused(position: int, other: int, plan: TablePlan, sources: Sources) -> RowFinding:
    names = ", ".join(f"`{name}`" for name in plan.places.table.unique)
    first = sources.place(other)
    finding = Diagnostic(
        "duplicate-row",
        f"the row repeats another one in {names}",
        sources.place(position),
        related=(Related(first, "the first of them"),),
        notes=sources.notes(position, "", ()),
        hint="remove the row, or name under `unique:` the column that tells the two apart",
    )
    return RowFinding(position, finding)


def _told(position: int, other: int, count: int, plan: TablePlan, sources: Sources) -> Diagnostic:
    rows = "row repeats" if count == 1 else "rows repeat"
    return Diagnostic(
        "equal-rows",
        f"table `{plan.places.name}`: {count:,} {rows} another one in every column read;"
        " all of them count",
        sources.place(position),
        related=(Related(sources.place(other), "equal to this one"),),
        notes=sources.notes(position, "", ()),
        hint="state `unique: [columns]` to have repeated rows refused",
        severity=Severity.NOTE,
    )
