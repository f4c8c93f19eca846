"""Rows and groups with the mark of estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.marks import MARK, meaning
from ghgcalc.core.text.controls import replaced

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.verdict import Verdict


def with_marks(groups: pl.DataFrame, plan: TablePlan, verdict: Verdict) -> pl.DataFrame:
    """Turn the text of the mark into the sum that is estimated; refuse texts left open.

    `groups` have `rows` and `known`; where they have a `total`, `estimated` becomes a part of it.
    """
    import polars as pl

    if MARK not in plan.columns:
        if "total" not in groups.columns:
            return groups
        return groups.with_columns(pl.lit(0, dtype=pl.Int128).alias(MARK))
    found: list[tuple[str, bool, bool]] = []
    for text, count in groups.group_by(MARK).agg(pl.col("rows").sum()).rows():
        marks = meaning(plan.places.table, text)
        found.append((text, marks is not None, bool(marks)))
        if marks is None:
            verdict.refuse(MARK, "unknown-value", (text,), count)
        else:
            verdict.count_mark(text.strip(), count, marks=marks)
    schema = {MARK: pl.String, "ok": pl.Boolean, "marks": pl.Boolean}
    lookup = pl.DataFrame(found, schema=schema, orient="row")
    groups = groups.join(lookup, on=MARK, how="left", maintain_order="none")
    groups = groups.with_columns(known=pl.col("known") & pl.col("ok"))
    if "total" in groups.columns:
        part = pl.when("marks").then("total").otherwise(pl.lit(0, dtype=pl.Int128))
        groups = groups.with_columns(part.alias(MARK))
    return groups.drop("ok", "marks")


def with_mark(rows: pl.LazyFrame, plan: TablePlan) -> pl.LazyFrame:
    """Rows with `estimated`, and how and why where their item states it; texts left open go."""
    import polars as pl

    table = plan.places.table
    marks = pl.lit(value=False)
    if MARK in plan.columns:
        text = pl.col(MARK).fill_null("")
        distinct = rows.select(text.unique()).collect(engine="streaming").to_series().to_list()
        known = {each: meaning(table, each) for each in sorted(distinct)}
        rows = rows.filter(text.is_in([each for each, marks in known.items() if marks is not None]))
        marks = text.is_in([each for each, marks in known.items() if marks])
    item = pl.col("our_item")
    stated = {name: each.estimated for name, each in table.items.items() if each.estimated}

    def told(texts: dict[str, str]) -> pl.Expr:
        shown = {name: replaced(text) for name, text in texts.items()}
        return item.replace_strict(shown, default="", return_dtype=pl.String)

    return rows.with_columns(
        (marks | item.is_in(list(stated))).alias(MARK),
        told({name: each.method for name, each in stated.items()}).alias("estimate_method"),
        told({name: each.reason for name, each in stated.items()}).alias("estimate_reason"),
    )
