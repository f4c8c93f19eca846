"""Matching of consumption with contractual generation by year, month and hour.

match = Σ min(consumption, generation) over the periods of the asked length: what one hour has too
much is of no use to another. Additional information beside the inventory; nothing here reaches a
line or a total.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from ghgcalc.diagnostics import Diagnostic
from ghgcalc.model.matching import (
    MATCHINGS,
    HourlyMatch,
    HourlyMatches,
    MonthMatch,
    SeriesUse,
)
from ghgcalc.tables.clock import Clock, ClockError
from ghgcalc.tables.hourly import read_series
from ghgcalc.units import parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import date, datetime

    from ghgcalc.model.hourly import Hourly, Matching
    from ghgcalc.model.period import ReportingYear, Span
    from ghgcalc.pipeline import Project
    from ghgcalc.tables.hourly import HourSums

ZERO = Fraction(0)
_NANO = 10**9


def match_hours(project: Project, span: Span, found: list[Diagnostic]) -> HourlyMatches:
    """Match every entry of `hourly:` over the days it shares with the period.

    An entry without a stated period that has no row at all in these days is left out with a note.
    Diagnosed: `hours-missing`, `duplicate-row`, unknown time zones, and what is wrong with rows.
    """
    result = HourlyMatches()
    for name, entry in project.company.hourly.items():
        days = span
        if entry.period is not None:
            common = project.company.span_of(entry.period).overlap(span)
            if common is None:
                continue
            days = common
        match = _matched(project, name, entry, days, result, found)
        if match is not None:
            result.found.append(match)
    result.inputs = dict(sorted(result.inputs.items()))
    return result


def match_of(
    consumption: dict[datetime, Fraction],
    generation: dict[datetime, Fraction],
    groups: Iterable[tuple[datetime, Hashable]],
) -> Fraction:
    """Sum, over groups of hours, of the smaller of consumption and generation.

    Args:
        consumption: MWh by the moment an hour begins; hours without an entry have none.
        generation: the same.
        groups: every hour with what is settled together: itself, its month or its year.
    """
    used: dict[Hashable, Fraction] = defaultdict(Fraction)
    made: dict[Hashable, Fraction] = defaultdict(Fraction)
    for hour, group in groups:
        used[group] += consumption.get(hour, ZERO)
        made[group] += generation.get(hour, ZERO)
    return sum((min(used[group], made[group]) for group in used), ZERO)


def _matched(
    project: Project,
    name: str,
    entry: Hourly,
    days: Span,
    result: HourlyMatches,
    found: list[Diagnostic],
) -> HourlyMatch | None:
    clock = Clock(entry.time_zone, days)
    document = project.company.document
    try:
        hours = dict(clock.intervals(60).select("hour", "day").rows())
    except ClockError:
        message = f"time zone `{entry.time_zone}` is not known"
        where = document.locate(("hourly", name, "time_zone"))
        hint = "write `UTC` or a name of the IANA list, such as `Europe/Berlin`"
        found.append(Diagnostic("unknown-value", message, where, hint=hint))
        return None
    read = _read(project, name, entry, clock, result, found)
    if entry.period is None and not any(sums.rows for sums in read.values()):
        result.notes.append(f"hourly matching: `{name}` has no rows in {days}")
        return None
    found.extend(item for sums in read.values() for item in sums.missing)
    return _match(project, name, entry, days, hours, read)


def _read(
    project: Project,
    name: str,
    entry: Hourly,
    clock: Clock,
    result: HourlyMatches,
    found: list[Diagnostic],
) -> dict[tuple[str, str], HourSums]:
    """The sums of every series, by side and name."""
    company = project.company
    document = company.document
    opened = {key: (each.opened, each.closed) for key, each in company.facilities.items()}
    read = {}
    for side, several in (("consumption", entry.consumption), ("generation", entry.generation)):
        for key, series in several.items():
            outcome = read_series(
                ("hourly", name, side, key),
                series,
                clock,
                document.folder,
                str(document.path).rpartition("/")[0],
                facilities=opened,
                locate=document.locate,
            )
            found.extend(outcome.diagnostics)
            read[side, key] = outcome.value
            result.inputs |= outcome.value.hashes
            for path, lines in outcome.value.excerpts.items():
                known = project.excerpts.get(path)
                project.excerpts[path] = known.joined(lines) if known else lines
    return read


def _match(
    project: Project,
    name: str,
    entry: Hourly,
    days: Span,
    hours: dict[datetime, date],
    read: dict[tuple[str, str], HourSums],
) -> HourlyMatch:
    zone = entry.zone or name
    uses = []
    sums: dict[str, dict[datetime, Fraction]] = {"consumption": {}, "generation": {}}
    for side, several in (("consumption", entry.consumption), ("generation", entry.generation)):
        for key, series in several.items():
            scale = ratio(series.unit, parse_unit("MWh")) / _NANO
            own = read[side, key]
            place = getattr(series, "zone", None) or zone
            uses.append(SeriesUse(side, key, place, sum(own.hours.values()) * scale, own.rows))
            for hour, count in own.hours.items() if place == zone else ():
                sums[side][hour] = sums[side].get(hour, ZERO) + count * scale
    used, made = sums["consumption"], sums["generation"]
    year = project.company.year
    groups: dict[Matching, dict[datetime, Hashable]] = {
        "annual": {hour: year.name_of(day) for hour, day in hours.items()},
        "monthly": {hour: _month(year, day) for hour, day in hours.items()},
        "hourly": {hour: hour for hour in hours},
    }
    return HourlyMatch(
        name,
        entry.matching,
        zone,
        entry.time_zone,
        days,
        len(hours),
        sum(used.values(), ZERO),
        sum(made.values(), ZERO),
        {kind: match_of(used, made, groups[kind].items()) for kind in MATCHINGS},
        tuple(uses),
        _months(used, made, groups["monthly"]),
    )


def _month(year: ReportingYear, day: date) -> tuple[int, str]:
    """A month, apart where a reporting year starts inside it."""
    return year.name_of(day), f"{day:%Y-%m}"


def _months(
    used: dict[datetime, Fraction],
    made: dict[datetime, Fraction],
    months: dict[datetime, Hashable],
) -> tuple[MonthMatch, ...]:
    inside: dict[tuple[int, str], list[datetime]] = {}
    for hour, key in months.items():
        inside.setdefault(cast("tuple[int, str]", key), []).append(hour)
    found = []
    for (_, month), own in inside.items():
        kinds: dict[Matching, Fraction] = {
            "monthly": match_of(used, made, ((hour, month) for hour in own)),
            "hourly": match_of(used, made, ((hour, hour) for hour in own)),
        }
        consumed = sum((used.get(hour, ZERO) for hour in own), ZERO)
        generated = sum((made.get(hour, ZERO) for hour in own), ZERO)
        found.append(MonthMatch(month, consumed, generated, kinds))
    return tuple(found)
