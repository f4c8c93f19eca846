"""Rows of one facility, category and unit over equal days, one of them the sum of the others.

The engine looks for such days first; only where there are some are rows looked at one by one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.polars_engine.leaving_out import remedy
from ghgcalc.activity_data.tables.polars_engine.row_texts import HEADING, MAPPED, row_texts
from ghgcalc.activity_data.tables.polars_engine.supplies import has_clock, rows_by_supply
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.activity_data.tables.sums_of_others import (
    ROWS,
    Sum,
    counted,
    sums_over_days,
)
from ghgcalc.activity_data.tables.total_rows import leave_out
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from ghgcalc.activity_data.tables.nesting import Row
    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.polars_engine.supplies import Supply
    from ghgcalc.activity_data.tables.sums_of_others import Texts
    from ghgcalc.activity_data.tables.verdict import Verdict
    from ghgcalc.core.period import Span

# facility, category, unit, and the supply where its rows alone are meant
Scope = tuple[str, str, str, str]
Days = dict["Span", list["Row"]]

_OURS = "our:"
_HONEST = "where these rows count beside the others, state `accept_overlaps: {reason: …}`"
_WORDS = "leave out by a `filter:` on the column that marks them the rows that add up others"


def report_equal_days(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources, told: frozenset[int]
) -> frozenset[int]:
    """Put sums of rows of equal days into the tally; the places of those that are errors.

    Args:
        rows: with their counts, `good` and `corrects`.
        plan: the table's rules.
        verdict: what the texts of times came to.
        sources: the files, and the tally.
        told: rows that other findings speak of, or that a correction takes back.
    """
    if has_clock(plan) or not _some(rows, plan, verdict):
        return frozenset()
    supplies = rows_by_supply(rows, plan, verdict)
    texts = row_texts(rows, plan, sources)
    mapped = {plan.columns[name] for name in MAPPED if name in plan.columns} | {HEADING}
    whole, of_supply = _scopes(supplies, plan, told)
    found: list[tuple[Scope, Sum]] = []
    for scope, days in of_supply.items():
        sums = sums_over_days(days, texts, frozenset(mapped))
        found += [(scope, each) for each in sums if each.sure]
    below = {each.row.position for _, each in found}
    for scope, days in whole.items():
        left = {span: [r for r in rs if r.position not in below] for span, rs in days.items()}
        found += [(scope, each) for each in sums_over_days(left, texts, frozenset(mapped))]
    hint = _hint(found, [*whole.values(), *of_supply.values()], texts, rows, plan, sources)
    for scope, each in found:
        made = _told(scope, each, hint, plan, sources)
        sources.tally.add(made, kind="" if each.sure else "sum")
    return frozenset(each.row.position for _, each in found if each.sure)


def _some(rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict) -> bool:
    """Whether one of several rows of equal days is the sum of the others, by the engine."""
    import polars as pl

    whose = [*plan.named, *(["meter"] if "meter" in plan.columns else [])]
    whose = [name for name in whose if name != "supplier" or "meter" not in plan.columns]
    asked = rows.filter(pl.col("good") & ~pl.col("corrects") & (pl.col("scaled") > 0))
    names = [*whose, *plan.times]
    small = (
        asked.select("scaled", *(pl.col(name).fill_null("") for name in names), all=pl.lit(1))
        .group_by([*names, "all"])
        .agg(whole=pl.col("scaled").sum(), most=pl.col("scaled").max(), rows=pl.len())
        .collect(engine="streaming")
    )
    numbers = {span: number for number, span in enumerate(dict.fromkeys(verdict.spans.values()))}
    days = {texts: numbers[span] for texts, span in verdict.spans.items()}
    spans = [days.get(texts) for texts in small.select(plan.times).rows()]
    if not plan.times:
        spans = [days.get(())] * small.height
    small = small.with_columns(pl.Series("span", spans, dtype=pl.Int64), *_ours(small, plan))
    small = small.filter(pl.col("span").is_not_null())
    of = ["span", *(name for name in small.columns if name.startswith(_OURS))]
    together = {"whole": pl.col("whole").sum(), "most": pl.col("most").max(),
                "rows": pl.col("rows").sum()}  # fmt: skip
    levels = [small.group_by(keys).agg(**together) for keys in (of, [*whose, *of])]
    fits = (pl.col("rows") >= ROWS) & (2 * pl.col("most") == pl.col("whole"))
    return any(level.filter(fits).height for level in levels)


def _ours(small: pl.DataFrame, plan: TablePlan) -> list[pl.Expr]:
    """Our facility, category and unit of texts."""
    import polars as pl

    made = []
    for name in ("facility", "item", "unit"):
        if name in plan.columns:
            known = small[name].unique().to_list()
            ours = [plan.keys.ours(name, text) or "" for text in known]
            if name == "item":
                ours = [_category(each, plan) for each in ours]
            text = pl.col(name).replace_strict(known, ours, return_dtype=pl.String)
            made.append(text.alias(_OURS + name))
    return made


def _category(item: str, plan: TablePlan) -> str:
    stated = plan.places.table.items.get(item)
    return stated.category if stated else ""


def _scopes(
    supplies: Mapping[Supply, list[Row]], plan: TablePlan, told: frozenset[int]
) -> tuple[dict[Scope, Days], dict[Scope, Days]]:
    """The rows by days of each facility, category and unit, and those of each supply of several."""
    whole: dict[Scope, Days] = {}
    single: dict[Scope, Days] = {}
    for (name, facility, item, unit), rows in supplies.items():
        category = _category(item, plan)
        own = single.setdefault((f"{name} {item}", facility, category, unit), {})
        shared = whole.setdefault(("", facility, category, unit), {})
        for row in rows:
            if row.position not in told:
                own.setdefault(row.span, []).append(row)
                shared.setdefault(row.span, []).append(row)
    several = Counter(scope[1:] for scope in single)
    for days in whole.values():
        for each in days.values():
            each.sort(key=lambda row: row.position)
    return whole, {scope: days for scope, days in single.items() if several[scope[1:]] > 1}


def _hint(
    found: list[tuple[Scope, Sum]],
    groups: list[Days],
    texts: Texts,
    rows: pl.LazyFrame,
    plan: TablePlan,
    sources: Sources,
) -> str:
    """What leaves the sums out and no other amount, as it is typed."""
    sums = {each.row.position for _, each in found if each.sure}
    labels = {each.label for _, each in found if each.sure}
    columns = {label.column for label in labels if label}
    if not sums or None in labels or len(columns) != 1:
        return _WORDS
    (column,) = columns
    marks = {label.text for label in labels if label}
    marked = {place for place, text in texts[column].items() if text in marks}
    # a day on which one tariff alone counts, and its sum; days without any amount
    halves = [(kept, _whole(kept)) for days in groups for kept in map(counted, days.values())]
    same = {row.position for kept, whole in halves for row in kept if 2 * row.scaled == whole}
    if column == HEADING:
        return remedy(rows, plan, sources, frozenset(sums | (same & marked)))
    import polars as pl

    left = rows.filter(pl.col("position").is_in(sorted(marked - sums - same)))
    amounts = left.filter(pl.col("scaled").fill_null(1) != 0).select(pl.len())
    if amounts.collect().item():
        return _WORDS
    return leave_out(plan.places.table, column, *sorted(marks))


def _whole(rows: Sequence[Row]) -> int:
    return sum(row.scaled for row in rows)


def _told(scope: Scope, each: Sum, hint: str, plan: TablePlan, sources: Sources) -> RowFinding:
    _, facility, category, unit = scope
    position, span = each.row.position, each.row.span
    days = str(span.first) if span.days == 1 else f"{span.first} … {span.last}"
    message = (
        f"`{category}` of `{facility}`: the row of {days},"
        f" {to_decimal(each.row.scaled, plan.decimals):,f} {unit}, equals the sum of the"
        f" {each.others:,} others of these days"
    )
    place, notes = sources.place(position, "quantity"), sources.notes(position, "quantity", ())
    related = (Related(sources.place(each.first, "quantity"), "the first of them"),)
    ends = (span.first, span.last)
    if each.sure:
        finding = Diagnostic(
            "subtotal-row", f"{message}: a subtotal?", place, related=related, notes=notes,
            hint=f"{hint}; {_HONEST}", days=ends,
        )  # fmt: skip
    else:
        finding = Diagnostic(
            "sum-of-others", f"{message}; all of them count", place, related=related, notes=notes,
            hint=f"leave it out by a `filter:` where it adds up the others; {_HONEST}",
            days=ends, severity=Severity.WARNING,
        )  # fmt: skip
    return RowFinding(position, finding)
