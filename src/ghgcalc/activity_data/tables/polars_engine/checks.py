"""Bad rows: which they are, how many, and the findings of the first of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, RowFinding
from ghgcalc.activity_data.tables.polars_engine import quantities
from ghgcalc.activity_data.tables.records import SEPARATOR
from ghgcalc.activity_data.tables.verdict import Refusal
from ghgcalc.core.diagnostics import Diagnostic

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict


def report(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources, numbers: bool
) -> None:
    """Put the findings of all bad rows into the tally; `numbers`: some quantities are bad."""
    import polars as pl

    for refusal in verdict.refusals.values():
        if refusal.column in plan.times:
            cells = [pl.col(name).fill_null("") for name in plan.times]
        else:
            cells = [pl.col(refusal.column).fill_null("")]
        wanted = [SEPARATOR.join(texts) for texts in refusal.texts]
        _fetch(rows, pl.concat_str(cells, separator=SEPARATOR).is_in(wanted),
               refusal, plan, verdict, sources)  # fmt: skip
    if not numbers:
        return
    kinds = quantities.refusals(plan.decimal, plan.places.table.corrections)
    counts = rows.select(**{code: kind.sum() for code, kind in kinds.items()})
    for code, count in counts.collect(engine="streaming").row(0, named=True).items():
        if count:
            _fetch(rows, kinds[code], Refusal("quantity", code, count), plan, verdict, sources)


def _fetch(
    rows: pl.LazyFrame,
    which: pl.Expr,
    refusal: Refusal,
    plan: TablePlan,
    verdict: Verdict,
    sources: Sources,
) -> None:
    names = ["position", *plan.columns]
    first = rows.filter(which).select(names).bottom_k(SHOWN_PER_CODE + 1, by="position")
    found = [
        _finding(row, refusal, plan, verdict, sources)
        for row in first.collect(engine="streaming").iter_rows(named=True)
    ]
    sources.tally.add_many(refusal.code, refusal.count, found, verdict.days)


def _finding(
    row: dict[str, str | int | None],
    refusal: Refusal,
    plan: TablePlan,
    verdict: Verdict,
    sources: Sources,
) -> RowFinding:
    position = int(row.pop("position") or 0)
    texts = {name: str(text or "") for name, text in row.items()}
    column, code = refusal.column, refusal.code
    if column == "quantity":
        message, hint = quantities.explain(code, texts[column], plan.decimal)
    else:
        message, hint = plan.keys.explain(column, code, texts)
    span = verdict.spans.get(tuple(texts[name] for name in plan.times), plan.span)
    empty = code == "empty-cell"
    return RowFinding(
        position,
        Diagnostic(
            code,
            f"column `{sources.heading(position, column)}`: {message}",
            sources.place(position, column),
            notes=sources.notes(position, column, [texts[name] for name in plan.columns]),
            related=() if empty else (plan.places.mapping(column),),
            hint=hint,
            days=(span.first, span.last) if span else None,
        ),
    )
