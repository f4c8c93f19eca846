"""Bad rows: which they are, how many, and one finding for each cause."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.causes import BadCell, causes_of
from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.number_hints import explain, use_with_minus
from ghgcalc.activity_data.tables.polars_engine import quantities, quantity_terms, refused_readings
from ghgcalc.activity_data.tables.polars_engine.starts import supply_columns
from ghgcalc.activity_data.tables.records import SEPARATOR
from ghgcalc.activity_data.tables.time_cells import START_MISSING
from ghgcalc.activity_data.tables.verdict import Refusal
from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.period import ONE_DAY, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import polars as pl

    from ghgcalc.activity_data.tables.causes import Cause
    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict
    from ghgcalc.company.table import Table

# bad texts of a column and code that are looked at; the rows of others are counted
MOST_READ = 20_000
_MOST_STRETCHES = 100


def report(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources, numbers: bool
) -> None:
    """Put the findings of all bad rows into the tally; `numbers`: some quantities are bad."""
    import polars as pl

    for refusal in verdict.refusals.values():
        if _twin(refusal, plan, verdict):
            continue
        cells = plan.times if refusal.column in plan.times else [refusal.column]
        written = pl.concat_str(*(pl.col(c).fill_null("") for c in cells), separator=SEPARATOR)
        if refusal.code == START_MISSING:  # whose bill it is says what is missing
            cells = supply_columns(plan)
        wanted = [SEPARATOR.join(texts) for texts in refusal.texts]
        _tell(_Bad(rows.filter(written.is_in(wanted)), cells, refusal), plan, verdict, sources)
    if not numbers:
        return
    kinds = quantities.refusals(plan.form, plan.places.table.corrections)
    counts = rows.select(**{code: kind.sum() for code, kind in kinds.items()})
    for code, count in counts.collect(engine="streaming").row(0, named=True).items():
        if count:
            first = rows.filter(kinds[code]).bottom_k(MOST_READ, by="position")
            told = code == "unit-mismatch" and "unit" in plan.columns
            cells = [name for name in plan.columns if name.partition(":")[0] == "quantity"]
            cells += ["unit"] if told else []
            bad = _Bad(first, cells, Refusal("quantity", code, count))
            _tell(bad, plan, verdict, sources)


class _Bad(NamedTuple):
    """Rows that are refused, and the columns whose texts say why."""

    rows: pl.LazyFrame
    cells: list[str]
    refusal: Refusal


def _twin(refusal: Refusal, plan: TablePlan, verdict: Verdict) -> bool:
    """Whether both ends of a bill stand in one column, whose bad texts the first end has told."""
    same = plan.columns.get("from") == plan.columns.get("to")
    return same and refusal.column == "to" and ("from", refusal.code) in verdict.refusals


def _tell(bad: _Bad, plan: TablePlan, verdict: Verdict, sources: Sources) -> None:
    import polars as pl

    column, code = bad.refusal.column, bad.refusal.code
    texts = bad.rows.select("position", *(pl.col(name).fill_null("") for name in bad.cells))
    groups = texts.group_by(bad.cells).agg(pl.len().alias("rows"), pl.col("position").min())
    lines = groups.bottom_k(MOST_READ, by="position").collect(engine="streaming")
    cells = [
        BadCell(dict(zip(bad.cells, texts, strict=True)), count, position)
        for *texts, count, position in lines.sort("position").rows()
    ]
    most = 2 * bad.refusal.count > sources.rows
    causes = causes_of(
        column, code, cells, plan.keys, partial(_explain, plan, column, code, most),
        partial(_place, sources),
    )  # fmt: skip
    whole = sum(cell.rows for cell in cells) == bad.refusal.count
    reads = plan.places.table.reads
    unseen = None if reads else verdict.days  # of more rows than are looked at
    days, stretches = _days(bad.rows, plan, verdict) if whole else (unseen, ())
    shown = _rows(bad.rows, [cause.position for cause in causes], plan)
    found = [
        _finding(cause, bad.refusal, days, stretches, shown, plan, sources) for cause in causes
    ]
    sources.tally.add_many(code, bad.refusal.count, found, days if reads else verdict.days)


def _explain(
    plan: TablePlan, column: str, code: str, most: bool, texts: Mapping[str, str]
) -> tuple[str, str]:
    """Message and hint of a cell; `most`: more than half of the table's rows are refused so."""
    table = plan.places.table
    if most and code == "negative-quantity" and _may_have_minus(table):
        message, hint = explain(code, texts[column], plan.form)
        return message, f"{use_with_minus(table.columns['quantity'])}; else {hint}"
    if column == "quantity" and terms_of(plan.places.table.columns):
        return quantity_terms.explain(plan, code, texts)
    if column == "quantity":
        unit = texts.get("unit") or plan.constants.get("unit") or ""
        return explain(code, texts[column], plan.form, unit, rounds=not plan.places.table.reads)
    return plan.keys.explain(column, code, texts)


def _may_have_minus(table: Table) -> bool:
    """Whether `quantity:` is one column, which may be stated with a minus before it."""
    heading = table.columns.get("quantity")
    return heading is not None and not terms_of(table.columns) and not table.reads


def _place(sources: Sources, position: int) -> str:
    where = sources.place(position)
    return f"{where.path}:{where.line}"


def _rows(rows: pl.LazyFrame, positions: list[int], plan: TablePlan) -> dict[int, dict[str, str]]:
    """The cells of some rows, by position."""
    import polars as pl

    names = ["position", *plan.columns]
    found = rows.filter(pl.col("position").is_in(positions)).select(names)
    return {
        int(row.pop("position")): {name: str(text or "") for name, text in row.items()}
        for row in found.collect(engine="streaming").iter_rows(named=True)
    }


def _days(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict
) -> tuple[tuple[date, date] | None, tuple[tuple[date, date], ...]]:
    """First and last day of some rows, and the stretches between; None where one has no days."""
    import polars as pl

    spans: list[Span | None] = [plan.span]
    if plan.places.table.reads:
        spans = _of_readings(rows, plan, verdict)
    elif plan.times:
        texts = rows.select(pl.col(name).fill_null("") for name in plan.times).unique()
        spans = [verdict.spans.get(cells) for cells in texts.collect(engine="streaming").rows()]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None, ()
    stretches = _joined(known)
    days = (stretches[0][0], stretches[-1][1])
    return days, tuple(stretches) if 1 < len(stretches) <= _MOST_STRETCHES else ()


def _of_readings(rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict) -> list[Span | None]:
    """The days that refused readings speak of, and those of refused differences."""
    import polars as pl

    cells = [pl.col(name).fill_null("") for name in plan.times]
    texts = rows.select(*cells, *refused_readings.COLUMNS).unique()
    return [
        Span(first, last) if first and last else verdict.spans.get(tuple(cells))
        for *cells, first, last in texts.collect(engine="streaming").rows()
    ]


def _joined(spans: Iterable[Span]) -> list[tuple[date, date]]:
    """Stretches of days without a day between them that no span holds."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + ONE_DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _finding(
    cause: Cause,
    refusal: Refusal,
    days: tuple[date, date] | None,
    stretches: tuple[tuple[date, date], ...],
    shown: dict[int, dict[str, str]],
    plan: TablePlan,
    sources: Sources,
) -> RowFinding:
    column, position = refusal.column, cause.position
    texts = shown.get(position, {})
    row = sources.notes(position, column, [texts.get(name, "") for name in plan.columns])
    empty = refusal.code == "empty-cell"
    finding = Diagnostic(
        refusal.code,
        f"column `{sources.heading(position, column)}`: {cause.message}",
        sources.place(position, column),
        notes=(*row, *cause.notes),
        related=() if empty else (plan.places.mapping(column),),
        hint=cause.hint,
        days=days,
        stretches=stretches,
        paste=cause.paste,
    )
    return RowFinding(position, finding, cause.rows)
