"""An estimate beside what was read: rows of one supply and the same days, one of them marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.marks import MARK, meaning
from ghgcalc.activity_data.tables.polars_engine.repeats import MOST_COMPARED
from ghgcalc.activity_data.tables.polars_engine.replacing import replaceable
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict
    from ghgcalc.core.period import Span


def report_estimates(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> list[Diagnostic]:
    """Estimates over whose days another row of the supply stands that is none."""
    table = plan.places.table
    timed = "h" in table.read.date or "time" in plan.columns
    unasked = table.reads or table.read.format is not None or timed
    if MARK not in plan.columns or unasked or sources.rows > MOST_COMPARED:
        return []
    both = [(span, first) for (_, span), first in _firsts(rows, plan, verdict).items()
            if len(first) > 1]  # fmt: skip
    gone = replaceable(rows, plan, verdict) if both else frozenset()
    return [
        _beside(span, first, plan, sources, replaced=first[True] in gone) for span, first in both
    ]


def _firsts(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict
) -> dict[tuple[tuple[str, ...], Span], dict[bool, int]]:
    """The first row of a supply and its days, marked as an estimate or not."""
    import polars as pl

    table = plan.places.table
    names = [*(["meter"] if "meter" in plan.columns else []), *plan.named]
    of_meter = {"meter", "facility", "item"}
    asked = list(dict.fromkeys([*names, MARK, *plan.times]))
    groups = (
        rows.filter(pl.col("good") & ~pl.col("corrects"))
        .group_by(asked)
        .agg(pl.col("position").min())
        .select(*(pl.col(name).fill_null("") for name in asked), "position")
        .collect(engine="streaming")
    )
    found: dict[tuple[tuple[str, ...], Span], dict[bool, int]] = {}
    for *cells, position in sorted(groups.rows(), key=lambda row: int(row[-1])):
        texts = dict(zip(asked, cells, strict=True))
        span = verdict.spans.get(tuple(texts[name] for name in plan.times))
        if span is None:
            continue
        meter = texts.get("meter", "").strip()
        if meter and table.replaces:
            continue  # told where it is open
        key = tuple(
            meter if name == "meter" else plan.keys.ours(name, texts[name]) or ""
            for name in names
            if not meter or name in of_meter
        )
        marked = bool(meaning(table, texts[MARK]))
        found.setdefault((key, span), {}).setdefault(marked, position)
    return found


def _beside(
    span: Span, first: dict[bool, int], plan: TablePlan, sources: Sources, *, replaced: bool
) -> Diagnostic:
    """The warning; `replaced`: the key that leaves the estimate out is right as it is typed."""
    option = "where it does, leave the estimate out by a `filter:`"
    if replaced:
        option = (
            "state `replaces: estimated` at the table where it does, or leave the estimate out by a"
            " `filter:`"
        )
    elif "meter" not in plan.columns:
        option += "; where a column of the file tells meters apart, map it as `meter:` first"
    elif plan.places.table.replaces:
        option = "state the meter where it does, or leave the estimate out by a `filter:`"
    return Diagnostic(
        "estimate-and-actual",
        f"table `{plan.places.name}`: an estimated row and one that is none stand for {span}: does"
        " the later one replace it?",
        sources.place(first[True], MARK),
        related=(Related(sources.place(first[False], MARK), "not estimated"),),
        notes=sources.notes(first[True], MARK, ()),
        hint=f"{option}; where both count, state `accept_overlaps: {{reason: …}}`",
        severity=Severity.WARNING,
        days=(span.first, span.last),
    )
