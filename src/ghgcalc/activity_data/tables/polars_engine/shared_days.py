"""Bills that begin on the day on which the one before ends: told once for a table.

A source that prints the first day of the next bill as the end of this one does so in every row.
Where more bills of a meter share a day than follow on the next one, or where no column names meters
and all bills of a supply share one, the table is told of `read: {to: exclusive}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.polars_engine.repeats import MOST_COMPARED
from ghgcalc.company.read_times import takes_exclusive as may_be_exclusive
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.period import ONE_DAY, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict

Key = tuple[str, str, str]


class Bill(NamedTuple):
    """The days of a bill and the position of its row."""

    span: Span
    position: int


def without(rows: pl.LazyFrame, positions: frozenset[int]) -> pl.LazyFrame:
    """Rows but for those at some positions."""
    import polars as pl

    return rows.filter(~pl.col("position").is_in(sorted(positions))) if positions else rows


def takes_exclusive(plan: TablePlan) -> bool:
    """Whether the table can state `read: {to: exclusive}`."""
    table = plan.places.table
    return table.read.format is None and may_be_exclusive(table.read, table.columns)


class Sharing(NamedTuple):
    """What the bills of one supply come to: pairs that share a day, and bills that follow on."""

    pairs: list[tuple[Bill, Bill]]
    follow: int


def sharing(bills: Iterable[Bill]) -> Sharing:
    """Compare each bill with those that end where it begins; single days are no bills here."""
    long = {bill.span: bill for bill in bills if bill.span.days > 1}
    ends = {bill.span.last: bill for bill in long.values()}
    pairs = [(ends[bill.span.first], bill) for bill in long.values() if bill.span.first in ends]
    return Sharing(pairs, sum(bill.span.first - ONE_DAY in ends for bill in long.values()))


def report_shared(
    supplies: Mapping[Key, list[Bill]], plan: TablePlan, sources: Sources
) -> frozenset[Key]:
    """Tell the table once of the supplies whose bills share days as a rule; which they are."""
    if not takes_exclusive(plan):
        return frozenset()
    found = {key: sharing(bills) for key, bills in supplies.items()}
    if "meter" in plan.columns:
        rule = {key: each for key, each in found.items() if len(each.pairs) > each.follow}
    else:
        rule = {key: each for key, each in found.items() if each.pairs and not each.follow}
    pairs = [pair for each in rule.values() for pair in each.pairs]
    if len(pairs) == 1 and "meter" in plan.columns:  # as like a slip: told by its days
        return frozenset()
    if pairs:
        bills = sum(len(supplies[key]) for key in rule)
        plain = any(each.follow for each in found.values())
        sources.tally.add(_shared(pairs, bills, plan, sources, plain=plain))
    return frozenset(rule)


def report_shared_days(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> None:
    """The same for a table without meters: bills of one facility, item, unit and supplier."""
    read = plan.places.table.read
    ranges = "to" in plan.times or read.range is not None
    if not ranges or read.to is not None or read.from_ is not None:
        return
    if sources.rows > MOST_COMPARED:  # each bill is compared with others of its supply
        return
    spans = [Bill(span, 0) for span in verdict.spans.values()]
    if sharing(spans).pairs:
        report_shared(_supplies(rows, plan, verdict), plan, sources)


def _supplies(rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict) -> dict[Key, list[Bill]]:
    import polars as pl

    good = rows.filter(pl.col("good") & ~pl.col("corrects"))
    groups = good.group_by([*plan.named, *plan.times]).agg(pl.col("position").min())
    texts = [pl.col(name).fill_null("") for name in (*plan.named, *plan.times)]
    found: dict[Key, list[Bill]] = {}
    for *cells, position in groups.select(*texts, "position").collect(engine="streaming").rows():
        span = verdict.spans.get(tuple(cells[len(plan.named) :]))
        if span is not None:
            named = zip(plan.named, cells, strict=False)
            ours = {name: plan.keys.ours(name, text) or "" for name, text in named}
            supply = f"{ours.get('unit', '')}\t{ours.get('supplier', '')}"
            key = (ours.get("facility", ""), ours.get("item", ""), supply)
            found.setdefault(key, []).append(Bill(span, position))
    return {key: sorted(found[key]) for key in sorted(found)}


def _shared(
    pairs: list[tuple[Bill, Bill]], bills: int, plan: TablePlan, sources: Sources, *, plain: bool
) -> RowFinding:
    before, after = min(pairs, key=lambda pair: pair[1].position)
    days = sorted(pair[1].span.first for pair in pairs)
    some = " of the meters or supplies that do so; the others go into a table of their own"
    what = "bill begins" if len(pairs) == 1 else "bills begin"
    finding = Diagnostic(
        "calendar-overlap",
        f"table `{plan.places.name}`: {len(pairs):,} of {bills:,} {what} on the day on which the"
        " one before ends",
        sources.place(after.position, "from"),
        related=(Related(sources.place(before.position), "the bill before"),),
        notes=sources.notes(after.position, "from", ()),
        hint="state `read: {to: exclusive}` where that day belongs to the later bill alone"
        f"{', for the table' + some if plain else ''}; `{{to: inclusive}}` where it is in both",
        days=(days[0], days[-1]),
        severity=Severity.WARNING,
    )
    return RowFinding(after.position, finding)
