"""Matching of consumption with contractual generation by year, month and hour.

match = Σ min(consumption, generation) over the periods of the asked length: what one hour has too
much is of no use to another. Additional information beside the inventory; nothing here reaches a
line or a total.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.clock import ClockError
from ghgcalc.activity_data.tables.collapse import engine
from ghgcalc.calculation.results.matching import (
    MATCHINGS,
    HourlyMatch,
    HourlyMatches,
    MonthMatch,
    SeriesUse,
)
from ghgcalc.company.hourly import Generation
from ghgcalc.core.diagnostics import Diagnostic, Outcome
from ghgcalc.core.units import parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from datetime import date, datetime

    from ghgcalc.activity_data.tables.hour_sums import HourSums
    from ghgcalc.company.company import Company
    from ghgcalc.company.hourly import Hourly, Matching
    from ghgcalc.core.period import Span


def match_hours(company: Company, span: Span) -> Outcome[HourlyMatches]:
    """Match every entry of `hourly:` over the days it shares with the period.

    An entry without a stated period that has no row at all in these days is left out with a note.
    Diagnosed: `hours-missing`, `duplicate-row`, unknown time zones, and what is wrong with rows.
    """
    result = HourlyMatches()
    found: list[Diagnostic] = []
    for name, entry in company.hourly.items():
        days = span
        if entry.period is not None:
            common = company.span_of(entry.period).overlap(span)
            if common is None:
                continue
            days = common
        matched = _matched(company, name, entry, days)
        found += matched.diagnostics
        result = result.joined(matched.value)
    return Outcome(result, tuple(found))


def match_of(
    consumption: Mapping[datetime, int],
    generation: Mapping[datetime, int],
    groups: Iterable[tuple[datetime, Hashable]],
) -> int:
    """Sum, over groups of hours, of the smaller of consumption and generation.

    Args:
        consumption: counts of one unit by the moment an hour begins; an hour that is not there
            has none.
        generation: counts of the same unit.
        groups: every hour with what is settled together: itself, its month or its year.
    """
    used: dict[Hashable, int] = defaultdict(int)
    made: dict[Hashable, int] = defaultdict(int)
    for hour, group in groups:
        used[group] += consumption.get(hour, 0)
        made[group] += generation.get(hour, 0)
    return sum(min(used[group], made[group]) for group in used)


def _matched(company: Company, name: str, entry: Hourly, days: Span) -> Outcome[HourlyMatches]:
    document = company.document
    try:
        hours = engine().hours(entry.time_zone, days)
    except ClockError:
        message = f"time zone `{entry.time_zone}` is not known"
        where = document.locate(("hourly", name, "time_zone"))
        hint = "write `UTC` or a name of the IANA list, such as `Europe/Berlin`"
        unknown = Diagnostic("unknown-value", message, where, hint=hint)
        return Outcome(HourlyMatches(), (unknown,))
    series = _read(company, name, entry, days)
    read, found = series.value, series.diagnostics
    result = HourlyMatches()
    for sums in read.values():
        notes = (sums.rounded,) if sums.rounded else ()
        read_of = HourlyMatches(inputs=sums.hashes, notes=notes, excerpts=sums.excerpts)
        result = result.joined(read_of)
    if entry.period is None and not any(sums.rows for sums in read.values()):
        note = f"hourly matching: `{name}` has no rows in {days}"
        return Outcome(result.joined(HourlyMatches(notes=(note,))), found)
    match = _match(company, name, entry, days, hours, read)
    missing = (item for sums in read.values() for item in sums.missing)
    return Outcome(result.joined(HourlyMatches((match,))), (*found, *missing))


def _read(
    company: Company, name: str, entry: Hourly, days: Span
) -> Outcome[dict[tuple[str, str], HourSums]]:
    """The sums of every series, by side and name."""
    document = company.document
    opened = {key: (each.opened, each.closed) for key, each in company.facilities.items()}
    read = {}
    found: list[Diagnostic] = []
    for side, several in (("consumption", entry.consumption), ("generation", entry.generation)):
        for key, series in several.items():
            outcome = engine().read_series(
                ("hourly", name, side, key),
                series,
                entry.time_zone,
                days,
                document.folder,
                facilities=opened,
                locate=document.locate,
            )
            found.extend(outcome.diagnostics)
            read[side, key] = outcome.value
    return Outcome(read, tuple(found))


def _match(
    company: Company,
    name: str,
    entry: Hourly,
    days: Span,
    hours: dict[datetime, date],
    read: dict[tuple[str, str], HourSums],
) -> HourlyMatch:
    zone = entry.zone or name
    uses, sums, whole = _summed(entry, zone, read)
    used, made = sums["consumption"], sums["generation"]
    year = company.year
    of_day = {day: (year.name_of(day), f"{day:%Y-%m}") for day in sorted(set(hours.values()))}
    months = {hour: of_day[day] for hour, day in hours.items()}
    groups: dict[Matching, Iterable[tuple[datetime, Hashable]]] = {
        "annual": [(hour, key[0]) for hour, key in months.items()],
        "monthly": months.items(),  # apart where a reporting year starts inside a month
        "hourly": [(hour, hour) for hour in hours],
    }
    return HourlyMatch(
        name,
        entry.matching,
        zone,
        entry.time_zone,
        days,
        len(hours),
        Fraction(sum(used.values()), whole),
        Fraction(sum(made.values()), whole),
        {kind: Fraction(match_of(used, made, groups[kind]), whole) for kind in MATCHINGS},
        tuple(uses),
        _months(used, made, months, whole),
    )


def _summed(
    entry: Hourly, zone: str, read: dict[tuple[str, str], HourSums]
) -> tuple[list[SeriesUse], dict[str, dict[datetime, int]], int]:
    """What each series holds, and by side the counts of its hours in the zone, `1/whole` MWh."""
    series = [("consumption", *item) for item in entry.consumption.items()]
    series += [("generation", *item) for item in entry.generation.items()]
    scales = [
        ratio(each.unit, parse_unit("MWh")) / 10 ** read[side, key].decimals
        for side, key, each in series
    ]
    whole = lcm(*(scale.denominator for scale in scales))
    uses = []
    sums: dict[str, dict[datetime, int]] = {"consumption": {}, "generation": {}}
    for (side, key, each), scale in zip(series, scales, strict=True):
        own, size = read[side, key], int(scale * whole)
        place = (each.zone if isinstance(each, Generation) else None) or zone
        mwh = Fraction(sum(own.hours.values()) * size, whole)
        uses.append(SeriesUse(side, key, place, mwh, own.rows))
        counts = sums[side]
        for hour, count in own.hours.items() if place == zone else ():
            counts[hour] = counts.get(hour, 0) + count * size
    return uses, sums, whole


def _months(
    used: dict[datetime, int],
    made: dict[datetime, int],
    months: dict[datetime, tuple[int, str]],
    whole: int,
) -> tuple[MonthMatch, ...]:
    inside: dict[tuple[int, str], list[datetime]] = {}
    for hour, key in months.items():
        inside.setdefault(key, []).append(hour)
    found = []
    for (_, month), own in inside.items():
        kinds: dict[Matching, Fraction] = {
            "monthly": Fraction(match_of(used, made, ((hour, month) for hour in own)), whole),
            "hourly": Fraction(match_of(used, made, ((hour, hour) for hour in own)), whole),
        }
        consumed = Fraction(sum(used.get(hour, 0) for hour in own), whole)
        generated = Fraction(sum(made.get(hour, 0) for hour in own), whole)
        found.append(MonthMatch(month, consumed, generated, kinds))
    return tuple(found)
