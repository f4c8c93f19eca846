"""Bills on the calendar: days of a meter without a bill, and days billed twice (GHG-13)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.polars_engine.replacing import replaceable
from ghgcalc.activity_data.tables.polars_engine.shared_days import (
    Bill,
    Key,
    report_shared,
    sharing,
    takes_exclusive,
    without,
)
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.period import ONE_DAY, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict
    from ghgcalc.core.period import ReportingYear

    Open = Mapping[str, tuple[date | None, date | None]]

_EXCLUSIVE = "where it is the first day of the next bill, state `read: {to: exclusive}`"
_REPLACES = "where readings replace estimates, state `replaces: estimated`"
_OTHERWISE = (
    "leave out by a `filter:` a bill that another one replaces",
    "where both count, as of two tariffs, state `accept_overlaps: {reason: …}`",
)
_TO = {"inclusive": "`to` is the last day billed", "exclusive": "`to` is the first day not billed"}


class Calendar(NamedTuple):
    """When facilities opened and closed, the days from which a gap is told, bills told before."""

    open_days: Open
    shortest_gap: int = 1
    told: frozenset[int] = frozenset()


def report_calendar(
    rows: pl.LazyFrame,
    plan: TablePlan,
    verdict: Verdict,
    sources: Sources,
    year: ReportingYear,
    calendar: Calendar,
) -> None:
    """Put gaps and overlaps of every meter into the tally, as warnings.

    Args:
        rows: the derived rows; corrections have no days of their own.
        plan: the table's rules, whose columns hold `meter`.
        verdict: the time texts read.
        sources: the files.
        year: how reporting years run: a year with a bill should be billed whole.
        calendar: when facilities opened and closed, and which gaps are told.
    """
    supplies, unread = _bills(rows, plan, verdict)
    standing = supplies
    if calendar.told:
        standing, _ = _bills(without(rows, calendar.told), plan, verdict)
    shared = report_shared(standing, plan, sources)
    gone = cache(lambda: replaceable(rows, plan, verdict))
    plain = any(sharing(bills).follow for bills in standing.values())
    for (meter, facility, item), bills in supplies.items():
        name = f"meter `{meter}`"
        rule = (meter, facility, item) in shared
        others = () if plan.places.table.reads else standing.get((meter, facility, item), ())
        for before, after in _overlaps(others):
            if rule and before.span.last == after.span.first:
                continue
            replaced = not gone().isdisjoint({before.position, after.position})
            hint = _hint(before, after, plan, plain=plain, replaced=replaced)
            sources.tally.add(_overlap(name, before, after, hint, sources))
        if (meter, facility, item) in unread:
            continue
        days = calendar.open_days.get(facility, (None, None))
        for gap, beside in _gaps(bills, year, days):
            if gap.days >= calendar.shortest_gap:
                sources.tally.add(_gap(name, gap, beside, sources))


def _bills(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict
) -> tuple[dict[Key, list[Bill]], set[Key]]:
    """The bills of each meter in order of days, and the meters with days that cannot be read.

    A bill whose quantity is refused has its days all the same: they are not missing. Memory
    follows the number of distinct bills.
    """
    import polars as pl

    keys = ["meter", *(name for name in ("facility", "item") if name in plan.columns)]
    bills = rows.filter(~pl.col("corrects").fill_null(value=False))
    groups = bills.group_by([*keys, *plan.times]).agg(pl.col("position").min())
    found: dict[Key, list[Bill]] = {}
    unread: set[Key] = set()
    texts = [pl.col(name).fill_null("") for name in (*keys, *plan.times)]
    for *cells, position in groups.select(*texts, "position").collect(engine="streaming").rows():
        span = verdict.spans.get(tuple(cells[len(keys) :]))
        if not cells[0].strip():
            continue
        known = dict(zip(keys, cells, strict=False))
        facility = plan.constants.get("facility") or plan.keys.ours("facility", known["facility"])
        key = (cells[0].strip(), facility or "", known.get("item", "").strip())
        if span is None:
            unread.add(key)
        else:
            found.setdefault(key, []).append(Bill(span, position))
    return {key: sorted(found[key]) for key in sorted(found)}, unread


def _overlaps(bills: Sequence[Bill]) -> Iterator[tuple[Bill, Bill]]:
    latest = bills[0] if bills else None
    for bill in bills[1:]:
        assert latest is not None
        if bill.span.first <= latest.span.last:
            yield latest, bill
        latest = max(latest, bill, key=lambda one: one.span.last)


def _gaps(
    bills: list[Bill], year: ReportingYear, open_days: tuple[date | None, date | None]
) -> Iterator[tuple[Span, Bill]]:
    """Days without a bill in the reporting years of the first to the last one."""
    opened, closed = open_days
    start = year.span(year.name_of(bills[0].span.first)).first
    end = year.span(year.name_of(max(bill.span.last for bill in bills))).last
    day = max(start, opened) if opened else start
    end = min(end, closed) if closed else end
    last = bills[0]
    for bill in bills:
        if bill.span.first > day:
            yield Span(day, bill.span.first - ONE_DAY), bill
        day = max(day, bill.span.last + ONE_DAY)
        last = max(last, bill, key=lambda one: one.span.last)
    if day <= end:
        yield Span(day, end), last


def _hint(before: Bill, after: Bill, plan: TablePlan, *, plain: bool, replaced: bool) -> str:
    """What may be meant.

    Args:
        before: the bill that reaches into another one.
        after: that other one.
        plan: the table's rules.
        plain: bills of the table follow on each other day by day; `to: exclusive` would take a day
            from each of those.
        replaced: one of the two is an estimate that `replaces: estimated` leaves out.
    """
    table = plan.places.table
    ends = f"; {_TO[table.read.to or 'inclusive']}" if "to" in table.columns else ""
    shares = before.span.last == after.span.first and min(before.span.days, after.span.days) > 1
    asked = [_EXCLUSIVE] if shares and not plain and takes_exclusive(plan) else []
    asked += [_REPLACES] if replaced else []
    return "; ".join([f"correct the days{ends}", *asked, *_OTHERWISE])


def _overlap(name: str, before: Bill, after: Bill, hint: str, sources: Sources) -> RowFinding:
    common = Span(after.span.first, min(before.span.last, after.span.last))
    finding = Diagnostic(
        "calendar-overlap",
        f"{name}: {_stretch(common)}, {_days(common)}, stands in two bills",
        sources.place(after.position, "from"),
        related=(Related(sources.place(before.position), "the bill before"),),
        notes=sources.notes(after.position, "from", ()),
        hint=hint,
        days=(common.first, common.last),
        severity=Severity.WARNING,
    )
    return RowFinding(after.position, finding)


def _gap(name: str, gap: Span, beside: Bill, sources: Sources) -> RowFinding:
    finding = Diagnostic(
        "calendar-gap",
        f"{name}: no bill covers {_stretch(gap)}, {_days(gap)}",
        sources.place(beside.position, "from"),
        notes=sources.notes(beside.position, "from", ()),
        hint="add the missing bill, or a row with `0` where nothing was used",
        days=(gap.first, gap.last),
        severity=Severity.WARNING,
    )
    return RowFinding(beside.position, finding)


def _days(span: Span) -> str:
    return f"{span.days:,} day" + ("s" if span.days != 1 else "")


def _stretch(span: Span) -> str:
    return str(span.first) if span.days == 1 else f"{span.first} … {span.last}"
