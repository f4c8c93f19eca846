"""What leaves out some rows of a table and no other one, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.marks import MARK
from ghgcalc.activity_data.tables.positions import unpacked_position
from ghgcalc.activity_data.tables.total_rows import leave_out, scalar

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

MOST_TEXTS = 12


def remedy(rows: pl.LazyFrame, plan: TablePlan, sources: Sources, positions: frozenset[int]) -> str:
    """How rows that add up others are left out: by a heading, by a filter, or in words."""
    if plan.places.table.unpivot:
        return _of_headings(rows, sources, positions)
    return _filter(rows, plan, positions) or (
        "leave out by a `filter:` on the column that marks them the rows that add up others"
    )


def _of_headings(rows: pl.LazyFrame, sources: Sources, positions: frozenset[int]) -> str:
    """The headings of a wide table whose cells are sums; only those with no other cell may go."""
    import polars as pl

    columns = {unpacked_position(each)[2] for each in positions}
    headings = sorted({sources.heading(each, "quantity") for each in positions})
    named = ", ".join(f"`{scalar(heading)}:`" for heading in headings)
    others = rows.filter(~pl.col("position").is_in(sorted(positions)) & (pl.col("scaled") != 0))
    left = {unpacked_position(each)[2] for each in others.select("position").collect().to_series()}
    written = set(headings) <= set(sources.places.table.unpivot)
    if written and columns.isdisjoint(left):
        return f"remove {named} from `unpivot:`: what stands below adds up others"
    return f"below {named} of `unpivot:` some cells add up others: correct them"


def _filter(rows: pl.LazyFrame, plan: TablePlan, positions: frozenset[int]) -> str:
    """A filter by one column, whose texts in these rows stand in no other one."""
    import polars as pl

    asked = [*plan.times, *plan.named, *(n for n in ("meter", MARK) if n in plan.columns)]
    if plan.places.table.read.from_ is not None and "from" in asked:
        asked.remove("from")
    texts = [pl.col(name).fill_null("").str.strip_chars() for name in asked]
    which = pl.col("position").is_in(sorted(positions))
    whole = rows.select(which.alias("these"), *texts).collect(engine="streaming")
    for name in asked:
        these = set(whole.filter("these")[name].to_list())
        others = set(whole.filter(~pl.col("these"))[name].to_list())
        if these.isdisjoint(others) and "" not in these and len(these) <= MOST_TEXTS:
            return leave_out(plan.places.table, plan.columns[name], *sorted(these))
    return ""
