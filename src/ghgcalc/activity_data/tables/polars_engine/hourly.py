"""Series of metered energy by interval: files to exact sums by hour, and every interval there.

The distinct times are read first and laid on the clock of the zone; then rows are summed by meter
and moment, which tells missing and repeated ones, and by hour. Rows of other days are not judged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.clock import read_stamp
from ghgcalc.activity_data.tables.files import find_files
from ghgcalc.activity_data.tables.findings import Tally
from ghgcalc.activity_data.tables.hour_sums import HourSums
from ghgcalc.activity_data.tables.number_form import number_form
from ghgcalc.activity_data.tables.places import Places
from ghgcalc.activity_data.tables.plan import formats
from ghgcalc.activity_data.tables.polars_engine import quantities, rounding
from ghgcalc.activity_data.tables.polars_engine.clock import Clock
from ghgcalc.activity_data.tables.polars_engine.excerpts import with_excerpts
from ghgcalc.activity_data.tables.polars_engine.hourly_checks import (
    missing_intervals,
    report_facilities,
    report_order,
    report_quantities,
    report_repeated,
    report_times,
)
from ghgcalc.activity_data.tables.polars_engine.quantities import needs_more
from ghgcalc.activity_data.tables.polars_engine.readers import read_file
from ghgcalc.activity_data.tables.polars_engine.sources import Sources, shown_path
from ghgcalc.activity_data.tables.polars_engine.whole import (
    refuse_changed,
    stamps_of,
    unless_damaged,
)
from ghgcalc.activity_data.tables.polars_engine.words import differs
from ghgcalc.activity_data.tables.positions import WIDE_BITS
from ghgcalc.activity_data.tables.sums import DECIMALS, EXACT_DECIMALS
from ghgcalc.company.table import Constants, Heading, Names, Table
from ghgcalc.core import progress
from ghgcalc.core.diagnostics import Outcome, Severity
from ghgcalc.core.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    import polars as pl

    from ghgcalc.activity_data.tables.day_formats import DateFormat
    from ghgcalc.activity_data.tables.polars_engine.calendar import Open
    from ghgcalc.company.hourly import Series
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span


class SeriesPlaces(Places):
    """Places of a series; its quantities stand under one key, however many columns they are."""

    patterns = False

    def source(self, ours: str) -> tuple[str, ...]:
        """Path of what gives one of our columns."""
        if ours.partition(":")[0] in {"wide", "item", "quantity"}:
            return ("columns", "quantity")
        return super().source(ours)


def read_series(
    base: tuple[str, str, str, str],
    series: Series,
    zone: str,
    span: Span,
    folder: Path,
    *,
    facilities: Open,
    locate: Callable[[tuple[str | int, ...]], Location],
) -> Outcome[HourSums]:
    """Sum a series by hour (`Engine.read_series`).

    The order of rows counts only where a local hour is repeated.
    """
    clock = Clock(zone, span)
    places = SeriesPlaces("/".join(base[1:]), _as_table(series), locate, base)
    rules, refused = formats(places)
    paths, missing = find_files(places, folder)
    stamps = stamps_of(paths)
    progress.expect(sum(stamp.size for stamp in stamps.values()))
    with scratch_folder() as temporary:
        sources = Sources(places, folder, temporary, Tally(places.name))
        for path in paths if not refused else ():
            read_file(sources, path, shown_path(path, folder))
        sums = unless_damaged(
            sources, lambda: _sums(sources, series, rules.days, clock, facilities), HourSums
        )
        refuse_changed(sources, stamps)
        rows = [*sources.found, *sources.tally.diagnostics()]
        shown, excerpts = with_excerpts(rows, sources)
    progress.done()
    found = (*refused, *missing, *sources.refused, *shown)
    # a file that the pattern passes over is told and explains no gap
    told = [item for item in missing if item.severity is Severity.ERROR]
    read = (*refused, *told, *sources.refused, *shown)
    refused_any = any(
        item.severity is not Severity.NOTE and item.code != "number-format" for item in read
    )
    gaps = () if refused_any else sums.missing  # a row that was not read is not missing
    return Outcome(replace(sums, missing=gaps, hashes=sources.hashes, excerpts=excerpts), found)


def _as_table(series: Series) -> Table:
    """The series in the words of the readers of tables."""
    columns = {
        name: value for name, value in series.columns if name != "quantity" and value is not None
    }
    wide = series.columns.quantity if len(series.columns.quantity) > 1 else ()
    if not wide:
        columns["quantity"] = series.columns.quantity[0]
    return Table.model_construct(
        files=series.files,
        read=series.read,
        columns=columns,
        constants=Constants.model_construct(unit=str(series.unit)),
        unpivot={heading: Heading(item=heading) for heading in wide},
        filter=series.filter,
        names=Names(facility=series.names.facility),
        items={},
    )


def _sums(
    sources: Sources, series: Series, form: DateFormat, clock: Clock, facilities: Open
) -> HourSums:
    """Rows to sums by meter and moment, judged, then by hour."""
    import polars as pl

    grid = clock.intervals(series.minutes)
    if not sources.frames:
        none = grid.clear().select("instant")
        return HourSums(missing=tuple(missing_intervals(none, grid, series, sources, clock, {})))
    read = pl.concat(sources.frames)
    rows = _derived(read, series, sources)
    times = _read_times(rows, series, form, clock, grid)
    report_times(rows, times, series, clock, sources)
    inside = times.filter(pl.col("bad").is_null() & pl.col("day").is_between(*clock.span))
    placed, decimals = _placed(rows, inside, sources, clock), DECIMALS
    groups = _by_moment(placed, sources)
    if groups["odd"].any() and needs_more(placed, number_form(series.read)):
        decimals = EXACT_DECIMALS
        placed = _placed(_derived(read, series, sources, decimals), inside, sources, clock)
        groups = _by_moment(placed, sources)
    if groups["odd"].any():
        report_quantities(placed, sources, clock, series.unit.text)
    report_repeated(groups, sources, clock)
    report_facilities(groups, sources, clock, facilities)
    gaps = missing_intervals(groups, grid, series, sources, clock, facilities)
    hours = groups.join(grid, on="instant").group_by("hour").agg(pl.col("total").sum()).sort("hour")
    return HourSums(
        dict(hours.rows()), groups.height, tuple(gaps), decimals=decimals,
        rounded=_rounded(placed, series, sources),
    )  # fmt: skip


def _rounded(placed: pl.LazyFrame, series: Series, sources: Sources) -> str:
    """What `decimals:` moved in the rows that count."""
    form = number_form(series.read)
    wanted = rounding.measures(form)
    if not wanted:
        return ""
    sums = placed.select(wanted).collect(engine="streaming").row(0)
    return rounding.told(f"series `{sources.places.name}`", form, [(series.unit.text, *sums)])


def _by_moment(placed: pl.LazyFrame, sources: Sources) -> pl.DataFrame:
    """Sum the rows by meter and moment."""
    import polars as pl

    meters = [name for name in ("facility", "meter") if name in sources.places.table.columns]
    return (
        placed.group_by([*meters, "instant"])
        .agg(
            pl.col("scaled").filter("good").sum().alias("total"),
            (~pl.col("good")).any().alias("odd"),
            pl.col("position").min().alias("first"),
            pl.col("position").max().alias("last"),
        )
        .collect(engine="streaming")
    )


def _derived(
    rows: pl.LazyFrame, series: Series, sources: Sources, decimals: int = DECIMALS
) -> pl.LazyFrame:
    """Add `row`, `text`, `scaled`, `good`; facilities in our words."""
    import polars as pl

    form = number_form(series.read)
    names = {theirs.strip(): ours for theirs, ours in series.names.facility.items()}
    keys = [
        pl.col(name).fill_null("").str.strip_chars()
        for name in ("time", "facility", "meter")
        if name in sources.places.table.columns
    ]
    rows = rows.with_columns(
        *keys, row=pl.col("position") // (1 << WIDE_BITS),
        text=quantities.cleaned(pl.col("quantity"), form), corrects=pl.lit(value=False),
        differs=differs(form, series.unit.text, {}),
    )  # fmt: skip
    if "facility" in sources.places.table.columns:
        rows = rows.with_columns(theirs="facility", facility=pl.col("facility").replace(names))
    rows = rows.with_columns(scaled=quantities.scaled(pl.col("text"), form, decimals))
    good = (pl.col("scaled") >= 0).fill_null(value=False) & ~pl.col("differs")
    return rows.with_columns(good=good)


def _read_times(
    rows: pl.LazyFrame, series: Series, form: DateFormat, clock: Clock, grid: pl.DataFrame
) -> pl.DataFrame:
    """The distinct times: `early` and `late` moment, local `day`, and why one is `bad`."""
    import polars as pl

    back = series.minutes if series.time_marks == "end" else 0
    texts = rows.select("time").unique().collect(engine="streaming")["time"].sort().to_list()
    stamps = [read_stamp(text, form, back) for text in texts]
    frame = pl.DataFrame(
        {
            "time": pl.Series(texts, dtype=pl.String),
            "local": pl.Series([s.local if s else None for s in stamps], dtype=pl.Datetime("us")),
            "offset": pl.Series([s.offset if s else None for s in stamps], dtype=pl.Int64),
        }
    )
    frame = clock.instants(frame)
    within = pl.col("day").is_between(*clock.span)
    return frame.with_columns(
        bad=pl.when(pl.col("time") == "")
        .then(pl.lit("empty"))
        .when(pl.col("local").is_null())
        .then(pl.lit("unread"))
        .when(pl.col("early").is_null())
        .then(pl.lit("skipped"))
        .when(within & ~pl.col("early").is_in(grid["instant"].implode()))
        .then(pl.lit("between"))
    )


def _placed(
    rows: pl.LazyFrame, inside: pl.DataFrame, sources: Sources, clock: Clock
) -> pl.LazyFrame:
    """Give every row its moment; rows of a repeated local time by their order."""
    import polars as pl

    once = pl.col("early") == pl.col("late")
    known = rows.join(inside.filter(once).lazy(), on="time", maintain_order="none")
    known = known.with_columns(instant="early")
    twice = inside.filter(~once)
    if not twice.height:
        return known
    days = inside.filter(pl.col("day").is_in(twice["day"].implode()))
    near = rows.join(days.lazy(), on="time").collect(engine="streaming").sort("position")
    placed = _by_order(near, sources, clock).select(known.collect_schema().names())
    return pl.concat([known, placed.lazy()])


def _by_order(near: pl.DataFrame, sources: Sources, clock: Clock) -> pl.DataFrame:
    """The ambiguous rows of some days: the first of two is the earlier, where the day rises."""
    import polars as pl

    meters = [name for name in ("facility", "meter") if name in sources.places.table.columns]
    once = pl.col("early") == pl.col("late")
    falls = near.filter(once).with_columns(
        falls=pl.col("early").diff().over([*meters, "day"]) < pl.duration()
    )
    falling = falls.filter("falls").select(*meters, "day").unique()
    twice = near.filter(~once)
    keys = [*meters, "day"]
    report_order(twice.join(falling, on=keys, how="semi"), sources, clock)
    turn = pl.col("row").rank("dense").over([*meters, "time"])
    return twice.join(falling, on=keys, how="anti").with_columns(
        instant=pl.when(turn == 1).then("early").otherwise("late")
    )


def hours(zone: str, span: Span) -> dict[datetime, date]:
    """The local day of every hour of some days, by the moment (UTC) it begins.

    Raises:
        ClockError: when the time zone is not known.
    """
    return Clock(zone, span).hours()
