"""What is wrong with the rows of hours: unread times, repeated and missing intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, RowFinding, shown_cell
from ghgcalc.activity_data.tables.number_form import number_form
from ghgcalc.activity_data.tables.number_hints import explain
from ghgcalc.activity_data.tables.polars_engine import quantities
from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.spelling import nearest

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from ghgcalc.activity_data.tables.polars_engine.calendar import Open
    from ghgcalc.activity_data.tables.polars_engine.clock import Clock
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.company.hourly import Series

    Days = tuple[date, date] | None

SHOWN_HOURS = 3
_OFFSETS = "state times in UTC, or with their offset such as `+01:00`"


def report_times(
    rows: pl.LazyFrame, times: pl.DataFrame, series: Series, clock: Clock, sources: Sources
) -> None:
    """Rows whose time is not one: they cannot be placed, or stand inside an interval."""
    import polars as pl

    for reason, code in (("empty", "empty-cell"), ("unread", "bad-date"),
                         ("skipped", "bad-date"), ("between", "bad-date")):  # fmt: skip
        wrong = times.filter(pl.col("bad") == reason)
        if not wrong.height:
            continue
        which = rows.join(wrong.select("time").lazy(), on="time", how="semi")
        days = _days(clock) if reason == "between" else None
        _report(which, code, "time", _of_time(reason, series, clock), sources, days)


def _of_time(reason: str, series: Series, clock: Clock) -> Any:
    form, interval = series.read.date, series.interval

    def said(row: dict[str, Any]) -> tuple[str, str]:
        text = shown_cell(row["time"])
        if reason == "empty":
            return "the cell is empty", f"state when the interval {series.time_marks}s"
        if reason == "skipped":
            return f"`{text}` does not exist in {clock.zone}: the clocks go forward", _OFFSETS
        if reason == "between":
            return (
                f"`{text}` does not {'begin' if series.time_marks == 'start' else 'end'}"
                f" an interval of {interval} in {clock.zone}",
                "correct the time, or state the file's `interval:` and `time_zone:`",
            )
        hint = "set the file's format with `date:` under `read:`"
        if " 24:" in text or "T24:" in text:
            hint = "state `time_marks: end` if the file says when intervals end"
        return f"`{text}` is not a time written {form} HH:MM", hint

    return said


def report_quantities(placed: pl.LazyFrame, sources: Sources, clock: Clock, unit: str) -> None:
    """Rows whose quantity is no number, too long or below zero."""
    form = number_form(sources.places.table.read)

    for code, kind in quantities.refusals(form, None).items():

        def said(row: dict[str, Any], code: str = code) -> tuple[str, str]:
            message, hint = explain(code, row["quantity"] or "", form, unit)
            below = "correct the reading; what a meter gives back is another series"
            return message, below if code == "negative-quantity" else hint

        _report(placed.filter(kind), code, "quantity", said, sources, _days(clock))


def report_repeated(groups: pl.DataFrame, sources: Sources, clock: Clock) -> None:
    """Moments that a meter has in more than one row of the files."""
    import polars as pl

    again = groups.filter(_row("first") != _row("last"))
    found = []
    for row in again.bottom_k(SHOWN_PER_CODE + 1, by="last").sort("last").rows(named=True):
        meter = _meter(row)
        finding = Diagnostic(
            "duplicate-row",
            f"`{_local(row['instant'], clock)}`{meter} stands in more than one row",
            sources.place(row["last"], "time"),
            related=(Related(sources.place(row["first"], "time"), "the first of them"),),
            notes=sources.notes(row["last"], "time", ()),
            hint="remove the row, or name the `meter:` column that tells the two apart",
            days=_days(clock),
        )
        found.append(RowFinding(row["last"], finding))
    if found:
        count = again.select(pl.len()).item()
        sources.tally.add_many("duplicate-row", count, found, _days(clock), "moment")


def report_order(twice: pl.DataFrame, sources: Sources, clock: Clock) -> None:
    """Rows of a repeated local hour in a file that is not in order of time."""

    def said(row: dict[str, Any]) -> tuple[str, str]:
        return (
            f"`{shown_cell(row['time'])}` is two moments in {clock.zone}, and the rows of that day"
            " are not in order of time",
            _OFFSETS,
        )

    if twice.height:
        _report(twice.lazy(), "bad-date", "time", said, sources, _days(clock))


def report_facilities(
    groups: pl.DataFrame, sources: Sources, clock: Clock, facilities: Open
) -> None:
    """Rows of facilities that the company file does not define."""
    import polars as pl

    if "facility" not in groups.columns:
        return
    for text in sorted(set(groups["facility"].unique()) - set(facilities)):
        wrong = groups.filter(pl.col("facility") == text)
        if not text:
            code, message, hint = "empty-cell", "the cell is empty", "state the facility"
        else:
            code, message = "unknown-facility", f"facility `{shown_cell(text)}` is not known"
            near = nearest(text, sorted(facilities))
            hint = "translate it under `names: facility:`"
            hint = f"did you mean `{near}`? Otherwise {hint}" if near else hint

        def said(_: dict[str, Any], pair: tuple[str, str] = (message, hint)) -> tuple[str, str]:
            return pair

        rows = wrong.rename({"first": "position"}).lazy()
        _report(rows, code, "facility", said, sources, _days(clock))


def missing_intervals(
    groups: pl.DataFrame,
    grid: pl.DataFrame,
    series: Series,
    sources: Sources,
    clock: Clock,
    facilities: Open,
) -> list[Diagnostic]:
    """A finding per meter that lacks intervals while its facility was open; one without rows."""
    import polars as pl

    meters = [name for name in ("facility", "meter") if name in groups.columns and groups.height]
    counts = groups.group_by(meters).len() if meters else pl.DataFrame({"len": [groups.height]})
    found = []
    for row in counts.sort(meters).rows(named=True):
        opened, closed = facilities.get(row.get("facility", ""), (None, None))
        wanted = grid
        if opened is not None:
            wanted = wanted.filter(pl.col("day") >= opened)
        if closed is not None:
            wanted = wanted.filter(pl.col("day") <= closed)
        own = groups.filter(**{name: row[name] for name in meters}) if meters else groups
        gaps = wanted.join(own, on="instant", how="anti")["instant"].sort()
        if len(gaps):
            found.append(_gaps(row, list(gaps.head(SHOWN_HOURS)), len(gaps), wanted.height,
                               series, sources, clock))  # fmt: skip
    return found


def _gaps(
    row: dict[str, Any],
    first: list[Any],
    count: int,
    wanted: int,
    series: Series,
    sources: Sources,
    clock: Clock,
) -> Diagnostic:
    shown = ", ".join(f"`{_local(instant, clock)}`" for instant in first)
    more = " …" if count > len(first) else ""
    days = clock.span.first if clock.span.days == 1 else clock.span
    unit = "hours" if series.minutes == 60 else f"intervals of {series.interval}"
    return Diagnostic(
        "hours-missing",
        f"series `{sources.places.name}`{_meter(row)} lacks {count:,} of {wanted:,} {unit} in"
        f" {days}: {shown}{more}",
        sources.places.at("files"),
        hint="add the missing rows, with `0` where nothing was metered; a missing hour is no zero",
        days=_days(clock),
    )


def _days(clock: Clock) -> tuple[date, date]:
    return clock.span.first, clock.span.last


def _meter(row: dict[str, Any]) -> str:
    names = [f"{name} `{shown_cell(row[name])}`" for name in ("facility", "meter") if name in row]
    return f" of {', '.join(names)}" if names else ""


def _local(instant: Any, clock: Clock) -> str:
    import polars as pl

    moment = pl.Series([instant]).dt.convert_time_zone(clock.zone)
    return str(moment.dt.to_string("%Y-%m-%d %H:%M%:z").item())


def _row(name: str) -> pl.Expr:
    import polars as pl

    from ghgcalc.activity_data.tables.positions import WIDE_BITS

    return pl.col(name) // (1 << WIDE_BITS)


def _report(
    which: pl.LazyFrame, code: str, column: str, said: Any, sources: Sources, days: Days
) -> None:
    """Put the first of some rows into the tally, and count all."""
    import polars as pl

    count = which.select(pl.len()).collect(engine="streaming").item()
    if not count:
        return
    names = [*sources.places.table.columns, *(["quantity"] if sources.places.table.unpivot else [])]
    first = which.bottom_k(SHOWN_PER_CODE + 1, by="position").collect(engine="streaming")
    found = []
    for row in first.sort("position").rows(named=True):
        position = row["position"]
        message, hint = said(row)
        cells = [str(row.get(name) or "") for name in names]
        finding = Diagnostic(
            code,
            f"column `{sources.heading(position, column)}`: {message}",
            sources.place(position, column),
            notes=sources.notes(position, column, cells),
            related=() if code == "empty-cell" else (sources.places.mapping(column),),
            hint=hint,
            days=days,
        )
        found.append(RowFinding(position, finding))
    sources.tally.add_many(code, count, found, days)
