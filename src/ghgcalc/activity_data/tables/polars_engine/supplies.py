"""The good rows of a table by supply: a meter's of one item and unit, or those of a supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.keys import NAMED
from ghgcalc.activity_data.tables.marks import MARK, meaning
from ghgcalc.activity_data.tables.nesting import Row

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.verdict import Verdict

# meter or supplier, facility, item, unit
Supply = tuple[str, str, str, str]
LONGEST_CLOCK = 2  # days that an interval of some hours may touch


def has_clock(plan: TablePlan) -> bool:
    """Whether rows are of times within a day, which several of them share."""
    return plan.places.table.read.format is not None or plan.keys.times.rules.days.timed


def rows_by_supply(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict
) -> dict[Supply, list[Row]]:
    """The good rows whose keys and days can be read; memory grows with them."""
    import polars as pl

    keys = [*(["meter"] if "meter" in plan.columns else []), *plan.named]
    marks = [MARK] if MARK in plan.columns else []
    texts = list(dict.fromkeys([*keys, *plan.times, *marks]))
    columns = ["position", "scaled", "corrects", *(pl.col(name).fill_null("") for name in texts)]
    lines = rows.filter("good").select(columns).collect(engine="streaming")
    known: dict[tuple[str, ...], Supply | None] = {}
    found: dict[Supply, list[Row]] = {}
    for position, scaled, corrects, *cells in lines.sort("position").iter_rows():
        named = tuple(cells[: len(keys)])
        if named not in known:
            known[named] = _supply(dict(zip(keys, named, strict=True)), plan)
        supply = known[named]
        span = verdict.spans.get(tuple(cells[len(keys) : len(cells) - len(marks)]))
        if supply is None or span is None:
            continue
        estimated = bool(marks) and bool(meaning(plan.places.table, cells[-1]))
        row = Row(span, position, int(scaled), bool(corrects), estimated)
        found.setdefault(supply, []).append(row)
    return found


def _supply(texts: dict[str, str], plan: TablePlan) -> Supply | None:
    """Whose rows these are; None where a key cannot be read, which has been said."""
    if any(plan.keys.code(name, texts[name]) for name in plan.named):
        return None
    ours = {name: plan.keys.ours(name, texts[name]) for name in plan.named}
    facility, item, unit, supplier = (
        ours.get(name, plan.constants.get(name)) or "" for name in NAMED
    )
    meter = texts.get("meter", "").strip()
    return (f"meter {meter}" if meter else supplier, facility, item, unit)
