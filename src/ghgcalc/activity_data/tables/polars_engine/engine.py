"""The engine: rows to exact sums per key, grouped and summed by Polars (promises 1, 2 and 7).

The distinct time texts are read first, so that rows are grouped by segment and memory depends on
the number of keys, not of rows. One pass groups and sums; each distinct key text is then read once
in Python. Only bills that cross a cut or a month end, and bad rows, ask for a further pass.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.accepted_overlaps import accept_overlaps
from ghgcalc.activity_data.tables.files import find_files
from ghgcalc.activity_data.tables.findings import Tally
from ghgcalc.activity_data.tables.lost_zeros import hold_numbers
from ghgcalc.activity_data.tables.places import Places
from ghgcalc.activity_data.tables.plan import TablePlan, make_plan
from ghgcalc.activity_data.tables.polars_engine import grouping, rounding
from ghgcalc.activity_data.tables.polars_engine.calendar import Calendar, report_calendar
from ghgcalc.activity_data.tables.polars_engine.checks import report
from ghgcalc.activity_data.tables.polars_engine.doubtful import doubtful
from ghgcalc.activity_data.tables.polars_engine.estimates_beside import report_estimates
from ghgcalc.activity_data.tables.polars_engine.excerpts import with_excerpts
from ghgcalc.activity_data.tables.polars_engine.hourly import hours, read_series
from ghgcalc.activity_data.tables.polars_engine.ledger import write_ledger
from ghgcalc.activity_data.tables.polars_engine.listing import read_list
from ghgcalc.activity_data.tables.polars_engine.meter_readings import differences
from ghgcalc.activity_data.tables.polars_engine.named_formats import report_intervals
from ghgcalc.activity_data.tables.polars_engine.near_marks import near_marks
from ghgcalc.activity_data.tables.polars_engine.overlaps import report_overlaps
from ghgcalc.activity_data.tables.polars_engine.passed_over import passed_over
from ghgcalc.activity_data.tables.polars_engine.quantities import needs_more
from ghgcalc.activity_data.tables.polars_engine.quick import quick_groups
from ghgcalc.activity_data.tables.polars_engine.readers import read_file
from ghgcalc.activity_data.tables.polars_engine.repeats import report_repeats
from ghgcalc.activity_data.tables.polars_engine.replacing import (
    Replaced,
    find_replaced,
    report_doubts,
)
from ghgcalc.activity_data.tables.polars_engine.rising import report_rising
from ghgcalc.activity_data.tables.polars_engine.shared_days import report_shared_days, without
from ghgcalc.activity_data.tables.polars_engine.sources import Sources, shown_path
from ghgcalc.activity_data.tables.polars_engine.starts import idle_starts
from ghgcalc.activity_data.tables.polars_engine.whole import (
    refuse_changed,
    stamps_of,
    unless_damaged,
)
from ghgcalc.activity_data.tables.rejected import accept_rejected
from ghgcalc.activity_data.tables.running_totals import running_totals
from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS, KeyedSum, TableSums, to_decimal
from ghgcalc.activity_data.tables.totals import control_totals
from ghgcalc.activity_data.tables.verdict import Verdict
from ghgcalc.core import progress
from ghgcalc.core.diagnostics import Outcome, in_order
from ghgcalc.core.period import Span
from ghgcalc.core.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    import polars as pl

    from ghgcalc.activity_data.tables.polars_engine.calendar import Open
    from ghgcalc.activity_data.tables.polars_engine.quick import Quick
    from ghgcalc.company.table import Table
    from ghgcalc.core.diagnostics import Diagnostic, Location
    from ghgcalc.core.period import ReportingYear

# findings of all rows that show one of them
ABOUT_ROWS = frozenset({"equal-rows", "rising-quantities", "estimate-and-actual"})


def collapse(
    name: str,
    table: Table,
    folder: Path,
    *,
    cuts: Sequence[date],
    facilities: Collection[str],
    year: ReportingYear,
    locate: Callable[[tuple[str | int, ...]], Location],
    open_days: Open | None = None,
    shortest_gap: int = 1,
    spoken_of: Collection[int] = (),
) -> Outcome[TableSums]:
    """Sum the rows of a table by key and segment of time (`Engine.collapse`)."""
    places = Places(name, table, locate)
    plan = make_plan(places, cuts, facilities, year, spoken_of)
    paths, missing = find_files(places, folder)
    plan.keys.times.numbers = hold_numbers(paths)
    found = [*plan.found, *missing]
    stamps = stamps_of(paths)
    progress.expect(sum(stamp.size for stamp in stamps.values()))
    with scratch_folder() as temporary:
        sources = Sources(places, folder, temporary, Tally(name))
        quick = None
        if not any(item.code == "unknown-value" for item in plan.found):
            quick = None if plan.found else quick_groups(plan, paths, sources)
            for path in paths:
                read_file(sources, path, shown_path(path, folder))
            report_intervals(sources)
        result, more = unless_damaged(
            sources,
            lambda: _sums(plan, sources, quick, year, Calendar(open_days or {}, shortest_gap)),
            lambda: _nothing(sources),
        )
        refuse_changed(sources, stamps)
        equal = [item for item in more if item.code in ABOUT_ROWS]
        more = [item for item in more if item.code not in ABOUT_ROWS]
        rows = [*equal, *sources.found, *sources.tally.diagnostics()]
        shown, excerpts = with_excerpts(rows, sources)
    progress.done()
    shown = accept_overlaps(shown, places)
    shown, accepted = accept_rejected(shown, places, result)
    found += [*sources.refused, *shown, *more]
    return Outcome(replace(result, excerpts=excerpts, accepted=accepted), in_order(found))


def _sums(
    plan: TablePlan, sources: Sources, quick: Quick | None, year: ReportingYear, calendar: Calendar
) -> tuple[TableSums, list[Diagnostic]]:
    """Group the rows, read the keys, split what crosses, and check the sums."""
    import polars as pl

    if plan.found or not sources.frames:
        result, _ = _nothing(sources)
        return result, [] if plan.found else control_totals(plan.places, result)
    verdict = Verdict()
    rows, groups, parts, replaced = _grouped(plan, sources, quick, verdict)
    groups = grouping.with_names(groups, plan, verdict)
    groups = grouping.with_times(groups, parts, verdict)
    known = groups.filter("known")
    everything, counted = int(groups["rows"].sum()), int(groups["count"].sum())
    wrong = everything - counted
    if wrong or verdict.refusals:
        report(rows, plan, verdict, sources, numbers=bool(wrong))
    report_doubts(replaced, plan, sources)
    sources.found += [*doubtful(rows, plan, sources), *near_marks(rows, plan, sources)]
    repeats = report_repeats(rows, plan, sources)
    if plan.places.table.read.starts:
        repeats = [*repeats, *idle_starts(rows, plan)]
    if not plan.places.table.reads:
        repeats += report_rising(rows, plan, verdict, sources)
    repeats = [*repeats, *report_estimates(rows, plan, verdict, sources)]
    told = report_overlaps(rows, plan, verdict, sources)
    if repeats and told:  # a bill sent twice is told as such
        told_at = {sources.place(position) for position in told}
        repeats = [item for item in repeats if item.location not in told_at]
    told |= {each.row.position for each in replaced.doubts}
    if "meter" in plan.columns:
        report_calendar(rows, plan, verdict, sources, year, calendar._replace(told=told))
    else:
        report_shared_days(without(rows, told), plan, verdict, sources)
    sources.found += passed_over(plan, sources)
    filtered = sources.rows - everything
    total, used = sources.rejected + sources.rows, int(known["count"].sum())
    good = known.filter(pl.col("count") > 0)
    result = TableSums(
        tuple(_keyed(_by_segment(rows, good, plan, verdict), sources, plan.decimals)),
        total,
        total - filtered - used,
        used,
        _by_unit(good, plan.decimals),
        sources.hashes,
        _bills(rows, good, plan, verdict),
        filtered,
        marks=dict(sorted(verdict.marks.items())),
        read_by_item=_by_item(good, plan.decimals),
        rounded=_rounded(known, plan),
        replaced=replaced.told,
        decimals=plan.decimals,
        above=tuple(sources.above.values()),
    )
    repeats = [*repeats, *running_totals(plan.places, sources.columns, result)]
    return result, [*repeats, *control_totals(plan.places, result)]


def _grouped(
    plan: TablePlan, sources: Sources, quick: Quick | None, verdict: Verdict
) -> tuple[pl.LazyFrame, pl.DataFrame, grouping.Parts, Replaced]:
    """The rows that count, their groups and parts of time, in 15 decimals where a cell has more."""
    import polars as pl

    read, reads = pl.concat(sources.frames), plan.places.table.reads
    rows = grouping.derived(read, plan)
    if reads and needs_more(rows, plan.form):
        plan.decimals = EXACT_DECIMALS
        rows = grouping.derived(read, plan)
    if reads:
        rows = differences(rows, plan, sources)
    if quick is not None:
        verdict.spans = quick.spans
        return rows, quick.groups, quick.parts, Replaced()
    parts = grouping.read_parts(rows, plan, verdict)
    replaced = find_replaced(rows, plan, verdict, sources)
    rows = without(rows, replaced.positions)
    groups = grouping.grouped(rows, plan, parts)
    bad = not reads and groups["count"].sum() < groups["rows"].sum()
    if bad and needs_more(rows, plan.form):
        plan.decimals = EXACT_DECIMALS
        rows = grouping.derived(read, plan)
        replaced = find_replaced(rows, plan, verdict, sources)
        rows = without(rows, replaced.positions)
        groups = grouping.grouped(rows, plan, parts)
    return rows, groups, parts, replaced


def _nothing(sources: Sources) -> tuple[TableSums, list[Diagnostic]]:
    """Sums of no row, where the files give none."""
    rejected = sources.rejected
    return TableSums((), rejected, rejected, 0, {}, sources.hashes), []


def _by_segment(
    rows: pl.LazyFrame, good: pl.DataFrame, plan: TablePlan, verdict: Verdict
) -> pl.DataFrame:
    import polars as pl

    columns = [*grouping.KEYS, *grouping.MEASURES]
    inside = good.filter(~pl.col("crosses")).with_columns(pl.lit(0, pl.Int128).alias("spread"))
    parts = [inside.select(columns)]
    if good["crosses"].any():
        parts.append(grouping.split(rows, plan, verdict))
    return grouping.merged(pl.concat(parts))


def _bills(
    rows: pl.LazyFrame, good: pl.DataFrame, plan: TablePlan, verdict: Verdict
) -> dict[Span, int]:
    """Good rows by the days they cover: segments, and the bills that reach beyond one."""
    import polars as pl

    counted: dict[Span, int] = {}
    inside = good.filter(~pl.col("crosses")).group_by("seg_first", "seg_last")
    for first, last, count in inside.agg(pl.col("count").sum()).rows():
        counted[Span(first, last)] = int(count)
    if good["crosses"].any():
        for span, count in grouping.crossing_bills(rows, plan, verdict).items():
            counted[span] = counted.get(span, 0) + count
    return dict(sorted(counted.items()))


def _keyed(frame: pl.DataFrame, sources: Sources, decimals: int) -> list[KeyedSum]:
    """The sums, in the order of their keys (`KeyedSum.sort_key`)."""
    ordered = frame.sort(grouping.KEYS, nulls_last=False)
    days = list(zip(*(ordered[name].to_list() for name in grouping.SEGMENT), strict=True))
    spans = {ends: Span(*ends) for ends in set(days)}
    facility, item, unit, supplier, *_ = (ordered[name].to_list() for name in grouping.KEYS)
    measures = (ordered[name].to_list() for name in grouping.MEASURES)
    count, total, estimated, spread, first, last, bits = measures
    files = repeat(tuple(sources.shown))
    of_days = [spans[ends] for ends in days]
    return list(
        map(KeyedSum, facility, item, unit, supplier, of_days, total, count, first, last,
            estimated, files, spread, repeat(decimals), bits)
    )  # fmt: skip


def _rounded(known: pl.DataFrame, plan: TablePlan) -> str:
    """What `decimals:` moved in the rows that count."""
    import polars as pl

    if rounding.COLUMNS[0] not in known.columns:
        return ""
    sums = known.group_by("our_unit").agg(pl.col(rounding.COLUMNS).sum()).rows()
    return rounding.told(f"table `{plan.places.name}`", plan.form, sums)


def _by_unit(good: pl.DataFrame, decimals: int) -> dict[str, Decimal]:
    import polars as pl

    sums = good.group_by("our_unit").agg(pl.col("total").sum()).rows()
    return {unit: to_decimal(total, decimals) for unit, total in sorted(sums)}


def _by_item(good: pl.DataFrame, decimals: int) -> dict[tuple[str, str], Decimal]:
    import polars as pl

    sums = good.group_by("our_item", "our_unit").agg(pl.col("total").sum()).rows()
    return {(item, unit): to_decimal(total, decimals) for item, unit, total in sorted(sums)}


class PolarsEngine:
    """The engine of one machine."""

    collapse = staticmethod(collapse)
    read_series = staticmethod(read_series)
    read_list = staticmethod(read_list)
    hours = staticmethod(hours)
    write_ledger = staticmethod(write_ledger)
