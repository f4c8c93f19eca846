"""Rows of totals beside the rows that they add up, and an estimate beside what was read.

Several meters of a site overlap rightly, so that days inside one another prove nothing. A row whose
quantity equals the sum of the rows inside its days is a total, and counts them twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.marks import MARK, meaning
from ghgcalc.activity_data.tables.polars_engine.repeats import MOST_COMPARED
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict
    from ghgcalc.core.period import Span


@dataclass(slots=True)
class Rows:
    """The rows of a supply over the same days: their sum, how many, the first; by the mark too."""

    total: int = 0
    count: int = 0
    first: int = -1
    marked: dict[bool, int] = field(default_factory=dict)

    def add(self, total: int, count: int, first: int, marked: bool) -> None:
        """Take further rows."""
        self.total += total
        self.count += count
        self.first = first if self.first < 0 else min(self.first, first)
        self.marked[marked] = min(first, self.marked.get(marked, first))


def nested(spans: Iterable[Span]) -> bool:
    """Whether one of the spans holds another one."""
    reach: Span | None = None
    for span in sorted(set(spans), key=lambda one: (one.first, -one.last.toordinal())):
        if reach is not None and span.last <= reach.last:
            return True
        if reach is None or span.last > reach.last:
            reach = span
    return False


def totals_among(bills: Mapping[Span, Rows]) -> Iterator[tuple[Span, list[Span]]]:
    """Spans whose rows equal the sum of two or more rows inside them, and the days of these."""
    told: set[Span] = set()
    for outer in sorted(bills, key=lambda span: (span.days, span.first)):
        inner = [
            span for span in bills
            if span != outer and span not in told
            and outer.first <= span.first and span.last <= outer.last
        ]  # fmt: skip
        rows = sum(bills[span].count for span in inner)
        whole = bills[outer].total
        if rows > 1 and whole and whole == sum(bills[span].total for span in inner):
            told.add(outer)
            yield outer, inner


def report_totals(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> list[Diagnostic]:
    """Rows that equal the rows inside their days; with a mark, estimates beside readings."""
    table = plan.places.table
    timed = "h" in table.read.date or "time" in plan.columns
    if table.reads or table.read.format is not None or timed or sources.rows > MOST_COMPARED:
        return []
    holds, marked = nested(verdict.spans.values()), MARK in plan.columns
    if not holds and not marked:
        return []
    found: list[Diagnostic] = []
    for key, bills in _supplies(rows, plan, verdict).items():
        for outer, inner in totals_among(bills) if holds else ():
            found.append(_total(key, outer, inner, bills, plan, sources))
        for span, each in bills.items() if marked else ():
            if len(each.marked) > 1:
                found.append(_estimate(span, each, plan, sources))
    return found


def _supplies(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict
) -> dict[tuple[str, ...], dict[Span, Rows]]:
    """The rows of each supply by their days: a meter where one is named, else the key columns."""
    import polars as pl

    names = [*(["meter"] if "meter" in plan.columns else []), *plan.named]
    marks = [MARK] if MARK in plan.columns else []
    asked = [*names, *marks, *plan.times]
    texts = [pl.col(name).fill_null("") for name in asked]
    groups = (
        rows.filter(pl.col("good") & ~pl.col("corrects"))
        .group_by(asked)
        .agg(pl.col("scaled").sum(), pl.len(), pl.col("position").min())
        .select(*texts, "scaled", "len", "position")
        .collect(engine="streaming")
    )
    found: dict[tuple[str, ...], dict[Span, Rows]] = {}
    for *cells, total, count, first in sorted(groups.rows(), key=lambda row: int(row[-1])):
        span = verdict.spans.get(tuple(cells[len(names) + len(marks) :]))
        if span is None:
            continue
        key = tuple(
            cell if name == "meter" else plan.keys.ours(name, cell) or ""
            for name, cell in zip(names, cells, strict=False)
        )
        is_marked = bool(marks) and bool(meaning(plan.places.table, cells[len(names)]))
        found.setdefault(key, {}).setdefault(span, Rows()).add(total, count, first, is_marked)
    return found


def _total(
    key: tuple[str, ...], outer: Span, inner: list[Span], bills: Mapping[Span, Rows],
    plan: TablePlan, sources: Sources,
) -> Diagnostic:  # fmt: skip
    each, table = bills[outer], plan.places.table
    count = sum(bills[span].count for span in inner)
    reason = table.accept_overlaps
    of = f" of {', '.join(f'`{part}`' for part in key if part)}" if any(key) else ""
    what = "row" if each.count == 1 else f"{each.count:,} rows"
    hint = (
        "leave it out by `filter:` or `unpivot:` if it is a total; where its quantity is one of its"
        " own, state `accept_overlaps: the reason` at the table"
    )
    return Diagnostic(
        "subtotal-row",
        f"table `{plan.places.name}`: the {what}{of} for {outer} with"
        f" {to_decimal(each.total, plan.decimals):,f} is the sum of the {count:,} rows inside its"
        " days: a total beside its parts?",
        sources.place(each.first, "quantity"),
        related=(Related(sources.place(bills[inner[0]].first, "quantity"), "one of its parts"),),
        notes=(f"accepted: {reason}",) if reason else sources.notes(each.first, "quantity", ()),
        hint=hint,
        severity=Severity.WARNING if reason else Severity.ERROR,
        days=(outer.first, outer.last),
    )


def _estimate(span: Span, each: Rows, plan: TablePlan, sources: Sources) -> Diagnostic:
    return Diagnostic(
        "estimate-and-actual",
        f"table `{plan.places.name}`: an estimated row and one that is none stand for {span}: does"
        " the later one replace it?",
        sources.place(each.marked[True], MARK),
        related=(Related(sources.place(each.marked[False], MARK), "not estimated"),),
        notes=sources.notes(each.marked[True], MARK, ()),
        hint="leave the estimated row out by `filter:` where it is replaced; leave both where each"
        " is a part of what was used",
        severity=Severity.WARNING,
        days=(span.first, span.last),
    )
