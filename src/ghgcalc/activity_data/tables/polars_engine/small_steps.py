"""Rows that rise by steps far smaller than themselves, as readings of a counter do.

A counter shows all that it ever counted, and a row of it grows by what one row's time used. Rows
of what was used differ by chance, and do not all stand in rising order; use that grows steadily, by
3 % a month, does so from month to month, and rows a month apart are not judged here.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

LEAST_STEPS = 5
PART = 20  # the largest step is at most this part of the smallest row
LONGEST = 27  # days of a row, and between two of them: less than every month


def small_steps(known: pl.DataFrame, *, clock: bool) -> pl.DataFrame:
    """The supplies that only rise, each step small beside the rows.

    `known` are rows with the number of their `supply`, `first` and `last` day, the count `scaled`
    and the position. Inside a day they stand in the order of the file, or turned round where the
    newest stands first. Rows of one day alone are judged where they have a time of day: without
    it, they may be sorted by amount.
    """
    import polars as pl

    long = known.filter(pl.len().over("supply") > LEAST_STEPS)
    found = _rising(long, pl.col("position"))
    if long.select(pl.struct("supply", "first").n_unique()).item() < long.height:
        turned = _rising(long, -pl.col("position"))
        found = pl.concat([found, turned]).unique("supply")
    found = found.filter(pl.lit(clock) | (pl.col("days") > 1))
    asked = long["supply"].n_unique()
    if found.height * 2 <= asked:  # few of many, of which some rise by chance
        needed = LEAST_STEPS
        while factorial(needed + 1) < factorial(LEAST_STEPS + 1) * asked:
            needed += 1
        found = found.filter(pl.col("rose") >= needed)
    return found


def _rising(known: pl.DataFrame, order: pl.Expr) -> pl.DataFrame:
    """The supplies that never fall and rise often enough, with what is asked of them."""
    import polars as pl

    same = pl.col("supply") == pl.col("supply").shift(1)
    step = pl.when(same).then(pl.col("scaled") - pl.col("scaled").shift(1))
    steps = known.sort("supply", "first", order).with_columns(step=step)
    fell = steps.filter(pl.col("step") < 0).select("supply").unique()
    found = steps.join(fell, on="supply", how="anti").group_by("supply").agg(
        (pl.col("step") > 0).sum().alias("rose"),
        pl.col("step").max().alias("most"), pl.col("scaled").min().alias("low"),
        _days(pl.col("last") - pl.col("first")).max().add(1).alias("longest"),
        _days(pl.col("first").max() - pl.col("first").min()).alias("long"),
        pl.col("first").n_unique().alias("days"), pl.len().alias("rows"),
        pl.col("scaled").sum().alias("sum"), pl.col("position").min(),
        (pl.col("scaled").max() - pl.col("scaled").min()).alias("between"),
    )  # fmt: skip
    return found.filter(
        pl.col("rose") >= LEAST_STEPS,
        pl.col("low") // PART >= pl.col("most"),
        pl.col("longest") <= LONGEST,
        pl.col("long") <= LONGEST * (pl.col("rows") - 1),
    )


def _days(time: pl.Expr) -> pl.Expr:
    return time.dt.total_days()
