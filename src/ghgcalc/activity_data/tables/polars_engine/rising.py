"""Quantities of a meter that never fall: readings of a counter, taken for what was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.polars_engine.small_steps import small_steps
from ghgcalc.activity_data.tables.polars_engine.supplies import has_clock
from ghgcalc.activity_data.tables.positions import WIDE_BITS
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict

LEAST_DAYS = 12
# of a larger table its beginning is looked at: a further pass would cost a tenth of its sums
MOST_ROWS, BEGINNING = 200_000, 10_000
_OF_READINGS = (
    "name the column as `reading:` instead of `quantity:`, and its day as `day:`, where it holds"
    " readings; leave it where more was used each time"
)
_OF_HEADINGS = (
    "where these are readings, write a table for each counter, with its column as `reading:` and"
    " its day as `day:`, in place of `unpivot:`; leave it where more was used each time"
)


def report_rising(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> list[Diagnostic]:
    """A warning where what stands under `quantity` rises as a counter does.

    That is from day to day over `LEAST_DAYS`, or from row to row by steps that are small beside it
    (`small_steps`). What tells supplies apart are the meter, if there is one, and the key columns;
    of a wide table also its headings. Days on which it stands still are passed over; one below any
    before it says that these are no readings.
    """
    if not plan.times or not verdict.spans:
        return []
    keys = [*(["meter"] if "meter" in plan.columns else []), *plan.named]
    whole = sources.rows <= MOST_ROWS
    known = _looked_at(rows if whole else rows.head(BEGINNING), plan, verdict, keys)
    by = [keys, [*keys, "heading"]] if plan.places.table.unpivot else [keys]
    most = max((_found(known, each, plan) for each in by), key=lambda rising: rising.height)
    looked = "" if whole else f", of the first {BEGINNING:,} of {sources.rows:,}"
    return [_told(line, f"{looked}{_others(most.height)}", plan, sources)
            for line in most.head(1).iter_rows(named=True)]  # fmt: skip


def _looked_at(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, keys: list[str]
) -> pl.DataFrame:
    """The good rows with `first` and `last` day, their keys and the number of their `heading`."""
    import polars as pl

    names = list(dict.fromkeys([*plan.times, *keys]))
    asked = rows.filter(pl.col("good") & ~pl.col("corrects")).select(
        "position", "scaled", *(pl.col(name).fill_null("") for name in names)
    ).collect(engine="streaming")  # fmt: skip
    texts = asked.select(plan.times).unique().rows()
    days = pl.DataFrame(
        [(*each, span.first, span.last) for each in texts if (span := verdict.spans.get(each))],
        schema={**dict.fromkeys(plan.times, pl.String), "first": pl.Date, "last": pl.Date},
        orient="row",
    )
    known = asked.join(days, on=plan.times, how="inner", maintain_order="none")
    return known.with_columns(heading=pl.col("position") & ((1 << WIDE_BITS) - 1))


def _found(known: pl.DataFrame, keys: list[str], plan: TablePlan) -> pl.DataFrame:
    """The supplies that rise by one of the two rules, by their keys, in the order of their rows."""
    import polars as pl

    supplies = known.select(keys or pl.lit("").alias("all")).unique().with_row_index("supply")
    by = known.join(supplies, on=keys) if keys else known.with_columns(pl.lit(0).alias("supply"))
    by = by.select("supply", "scaled", "position", "first", "last")
    ways = (_by_day(by), small_steps(by, clock=has_clock(plan)))
    most = max(ways, key=lambda rising: rising.height)
    return most.join(supplies, on="supply").sort("position") if keys else most


def _by_day(known: pl.DataFrame) -> pl.DataFrame:
    """The supplies that never fall from day to day."""
    import polars as pl

    by_day = known.group_by("supply", "last").agg(
        pl.col("scaled").min().alias("low"), pl.col("scaled").max().alias("high"),
        pl.col("scaled").sum().alias("sum"), pl.len().alias("rows"),
        pl.col("position").min(),
    ).sort("supply", "last")  # fmt: skip
    same = pl.col("supply") == pl.col("supply").shift(1)
    before = pl.when(same).then(pl.col("high").shift(1))
    steps = by_day.with_columns(falls=pl.col("low") < before, rises=pl.col("low") > before)
    found = steps.group_by("supply").agg(
        pl.col("falls").any().alias("fell"), pl.col("rises").sum().alias("rose"),
        pl.col("rows").sum(), pl.col("sum").sum(), pl.col("position").min(),
        (pl.col("high").last() - pl.col("low").first()).alias("between"),
    )  # fmt: skip
    return found.filter(~pl.col("fell").fill_null(value=False), pl.col("rose") >= LEAST_DAYS - 1)


def _others(supplies: int) -> str:
    return f", and so do those of {supplies - 1:,} more" if supplies > 1 else ""


def _told(line: dict[str, object], more: str, plan: TablePlan, sources: Sources) -> Diagnostic:
    position = int(str(line["position"]))
    names = [f"{name} `{str(line[name]).strip()}`" for name in ("meter", "facility", "item")
             if str(line.get(name) or "").strip()]  # fmt: skip
    whose = f" of {', '.join(names)}" if names else ""
    whole, between = (
        to_decimal(int(str(line[name])), plan.decimals) for name in ("sum", "between")
    )
    wide = bool(plan.places.table.unpivot)
    return Diagnostic(
        "rising-quantities",
        f"column `{sources.heading(position, 'quantity')}`: the quantities{whose} only rise, over"
        f" {int(str(line['rows'])):,} rows{more}: readings of a counter? They sum to {whole:,f};"
        f" from the first to the last it counted {between:,f}",
        sources.place(position, "quantity"),
        related=(Related(plan.places.at(*plan.places.source("quantity")),
                         "summed as what was used"),),
        notes=sources.notes(position, "quantity", ()),
        hint=_OF_HEADINGS if wide else _OF_READINGS,
        severity=Severity.WARNING,
    )  # fmt: skip
