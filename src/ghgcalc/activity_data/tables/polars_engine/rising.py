"""Quantities of a meter that never fall: readings of a counter, taken for what was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict

LEAST_DAYS = 12
# a larger table is not looked at: a further pass over it would cost a tenth of its sums
MOST_ROWS = 200_000


def report_rising(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> list[Diagnostic]:
    """A warning where what stands under `quantity` rises from day to day over `LEAST_DAYS`.

    What tells supplies apart are the meter, if there is one, and the key columns. Days on which it
    stands still are passed over; a day below any before it says that these are no readings.
    """
    import polars as pl

    if not plan.times or plan.places.table.unpivot or not verdict.spans:
        return []
    if sources.rows > MOST_ROWS:
        return []
    keys = [*(["meter"] if "meter" in plan.columns else []), *plan.named]
    days = pl.DataFrame(
        [(*texts, span.last) for texts, span in verdict.spans.items()],
        schema={**dict.fromkeys(plan.times, pl.String), "on": pl.Date}, orient="row",
    ).lazy()  # fmt: skip
    cells = [pl.col(name).fill_null("") for name in {*plan.times, *keys}]
    columns = ["position", "scaled", *{*plan.times, *keys}]
    asked = rows.filter(pl.col("good") & ~pl.col("corrects")).select(columns)
    rows = asked.collect(engine="streaming").lazy().with_columns(cells)
    known = rows.join(days, on=plan.times, how="inner", maintain_order="none")
    by_day = known.group_by([*keys, "on"]).agg(
        pl.col("scaled").min().alias("low"), pl.col("scaled").max().alias("high"),
        pl.col("scaled").sum().alias("sum"), pl.len().alias("rows"),
        pl.col("position").min(),
    ).sort([*keys, "on"])  # fmt: skip
    before = pl.col("high").shift(1)
    before = before.over(keys) if keys else before
    steps = by_day.with_columns(falls=pl.col("low") < before, rises=pl.col("low") > before)
    found = _by_supply(steps, keys).collect()
    return [_told(line, plan, sources) for line in found.head(1).iter_rows(named=True)]


def _by_supply(steps: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    """The supplies that never fall, with how many more of them there are."""
    import polars as pl

    measures = [
        pl.col("falls").any().alias("fell"), pl.col("rises").sum().alias("rose"),
        pl.col("rows").sum(), pl.col("sum").sum(), pl.col("position").min(),
        (pl.col("high").last() - pl.col("low").first()).alias("between"),
    ]  # fmt: skip
    found = steps.group_by(keys).agg(measures) if keys else steps.select(measures)
    rising = found.filter(~pl.col("fell").fill_null(value=False), pl.col("rose") >= LEAST_DAYS - 1)
    return rising.with_columns(supplies=pl.len()).sort("position")


def _told(line: dict[str, object], plan: TablePlan, sources: Sources) -> Diagnostic:
    position = int(str(line["position"]))
    names = [f"{name} `{str(line[name]).strip()}`" for name in ("meter", "facility", "item")
             if str(line.get(name) or "").strip()]  # fmt: skip
    whose = f" of {', '.join(names)}" if names else ""
    more = int(str(line["supplies"])) - 1
    others = f", and so do those of {more:,} more" if more else ""
    whole, between = (
        to_decimal(int(str(line[name])), plan.decimals) for name in ("sum", "between")
    )
    return Diagnostic(
        "rising-quantities",
        f"column `{sources.heading(position, 'quantity')}`: the quantities{whose} only rise, over"
        f" {int(str(line['rows'])):,} rows{others}: readings of a counter? They sum to {whole:,f};"
        f" from the first to the last it counted {between:,f}",
        sources.place(position, "quantity"),
        related=(Related(plan.places.at("columns", "quantity"), "summed as what was used"),),
        notes=sources.notes(position, "quantity", ()),
        hint="name the column as `reading:` instead of `quantity:`, and its day as `day:`, where it"
        " holds readings; leave it where more was used each time",
        severity=Severity.WARNING,
    )
