"""First days of bills that state only their last one: the day after the bill before ends.

A bill before is one of the same meter, or of the same facility and item where no column names
meters; rows that end on one day are one bill. The first of each starts where `starts:` says.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.time_cells import start_key

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.core.diagnostics import Diagnostic

MOST_NAMED = 5


def supply_columns(plan: TablePlan) -> list[str]:
    """The columns that tell whose bill a row is."""
    return [name for name in ("meter", "facility", "item") if name in plan.columns]


def with_starts(rows: pl.LazyFrame, plan: TablePlan) -> pl.LazyFrame:
    """Add `from`, in ISO's form; empty for a first bill without a stated start."""
    import polars as pl

    keys = supply_columns(plan)
    ends = ["to", *(["year"] if "year" in plan.columns else [])]
    texts = [pl.col(name).fill_null("") for name in (*keys, *ends)]
    bills = rows.select(texts).unique().collect(engine="streaming")
    lines = list(bills.rows())
    known = [dict(zip([*keys, *ends], line, strict=True)) for line in lines]
    starts = _starts(known, plan)
    found = bills.with_columns(pl.Series("from", starts, dtype=pl.String))
    return rows.with_columns(texts).join(
        found.lazy(), on=[*keys, *ends], how="left", maintain_order="left"
    )


def _starts(bills: list[dict[str, str]], plan: TablePlan) -> list[str]:
    """When each bill starts; a bill whose last day cannot be read is none before another."""
    table, times = plan.places.table, plan.keys.times
    stated = table.read.starts
    follow = [times.following(bill) for bill in bills]
    ours = [_supply(bill, plan) for bill in bills]
    ends: dict[tuple[str, ...], list[date]] = {}
    for supply, day in zip(ours, follow, strict=True):
        if day is not None:
            ends.setdefault(supply, []).append(day)
    before: dict[tuple[tuple[str, ...], date], date] = {}
    for supply, days in ends.items():
        ordered = sorted(set(days))
        before |= {(supply, day): last for last, day in pairwise(ordered)}
    starts = []
    for bill, supply, day in zip(bills, ours, follow, strict=True):
        start = None if day is None else before.get((supply, day))
        if start is None:
            start = stated.get(start_key(table, bill), stated.get(""))
        # an unreadable `to` is refused for itself, whatever stands here
        starts.append("1900-01-01" if day is None else str(start or ""))
    return starts


def _supply(bill: dict[str, str], plan: TablePlan) -> tuple[str, ...]:
    facility = plan.keys.ours("facility", bill["facility"]) if "facility" in bill else ""
    return (bill.get("meter", "").strip(), facility or "", bill.get("item", "").strip())


def idle_starts(rows: pl.LazyFrame, plan: TablePlan) -> list[Diagnostic]:
    """Findings of first days that are stated for what the table does not hold."""
    import polars as pl

    table = plan.places.table
    names = supply_columns(plan)
    texts = [pl.col(name).fill_null("") for name in names]
    every = rows.select(texts).unique().collect(engine="streaming").rows() if names else [()]
    known = {start_key(table, dict(zip(names, each, strict=True))) for each in every}
    what = "meter" if "meter" in plan.columns else "facility and item"
    return [
        plan.places.finding(
            "unknown-value",
            f"`starts` names `{key}`, and table `{plan.places.name}` has no such {what}",
            "read", "starts", key,
            hint=f"it has {', '.join(f'`{each}`' for each in sorted(known)[:MOST_NAMED])}",
        )
        for key in table.read.starts
        if key and key not in known
    ]  # fmt: skip
