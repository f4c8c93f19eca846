"""Words of `corrections:` but for their case or blanks: a row that would count the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.core.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources


def near_marks(rows: pl.LazyFrame, plan: TablePlan, sources: Sources) -> Iterator[Diagnostic]:
    """An error for each text that is a stated mark but for case and blanks, at its first row."""
    import polars as pl

    rule = plan.places.table.corrections
    if rule is None or rule.column is None:
        return
    text = pl.col("correction").fill_null("").str.strip_chars()
    stated = {"".join(mark.casefold().split()): mark.strip() for mark in rule.equals}
    exact = [mark.strip() for mark in rule.equals]
    asked = rows.select("position", text=text).filter(~pl.col("text").is_in(exact))
    texts = asked.group_by("text").agg(pl.col("position").min(), pl.len().alias("rows"))
    for line in texts.collect(engine="streaming").sort("position").iter_rows(named=True):
        mark = stated.get("".join(str(line["text"]).casefold().split()))
        if mark is None:
            continue
        shown, position = shown_cell(str(line["text"])), int(line["position"])
        rows_ = f", in {line['rows']:,} rows" if line["rows"] > 1 else ""
        yield Diagnostic(
            "unknown-value",
            f"column `{sources.heading(position, 'correction')}`: `{shown}` is not `{mark}`, which"
            f" marks corrections, but for case or blanks{rows_}",
            sources.place(position, "correction"),
            hint=f'state it as well, `equals: ["{mark}", "{shown}"]`, where such rows correct;'
            " write another word where they do not",
        )
