"""Which days are asked for, what of the file lies in them, and what lies far from all else."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ghgcalc.company.contracts import year_of
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity, has_errors, year_ranges
from ghgcalc.core.period import PeriodError, Span, parse_period_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location

SHOWN = 5


def asked_period(
    company: Company,
    wholes: Sequence[ElementaryActivity],
    text: str | None,
    found: Sequence[Diagnostic],
) -> Outcome[tuple[Span | None, str]]:
    """The days that are asked for, by name; the newest reporting year with activities by default.

    Args:
        company: the company.
        wholes: every amount of its file.
        text: a period as written in files.
        found: the findings so far; what has errors of its own is not called missing.

    Diagnosed: `bad-date`; `no-activities` where nothing at all, or nothing of these days, is in
    the file.
    """
    year = company.year
    if text is not None:
        try:
            spec = parse_period_text(text)
        except PeriodError as error:
            slip = Diagnostic("bad-date", error.message, hint=error.hint)
            return Outcome((None, text), (slip,))
        span = year.resolve(spec)
        if any_in(company, wholes, span) or blocked(found, span):
            return Outcome((span, text))
        years = years_of(company, wholes) or refused(company, found)
        if years:
            return Outcome((span, text), (_nothing(company, years, text),))
        return Outcome((span, text), no_data(company, found))
    if not wholes:
        return Outcome((None, ""), no_data(company, found))
    newest = max([*(year.name_of(amount.span.last) for amount in wholes), *refused(company, found)])
    return Outcome((year.span(newest), str(newest)))


def refused(company: Company, found: Iterable[Diagnostic]) -> set[int]:
    """The reporting years of errors that are placed in time: their data are there, but refused.

    A year whose every line is refused must not be passed over for an earlier one.
    """
    name = company.year.name_of
    return {
        year
        for item in found
        if item.severity is Severity.ERROR and item.days is not None
        for first, last in item.stretches or (item.days,)
        for year in range(name(first), name(last) + 1)
    }


def blocked(found: Iterable[Diagnostic], span: Span) -> bool:
    """Whether errors block the totals of a span: those of its days, and those without any."""
    return any(item.severity is Severity.ERROR and touches(item, span) for item in found)


def touches(diagnostic: Diagnostic, span: Span) -> bool:
    """Whether a finding speaks of some day of a span; one without days speaks of all."""
    return diagnostic.touches(*span)


def no_data(company: Company, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """That a file holds no activity data at all; not said where errors refuse what it holds."""
    if has_errors(found):
        return ()
    message, hint = "the file holds no activity data", "add `activities:` or `tables:`"
    if company.tables:
        names = listed([f"`{name}`" for name in company.tables])
        message = f"{message}: no row of table {names} counts"
        hint = "add the rows below the header of its file, or correct `filter:`"
    return (Diagnostic("no-activities", message, company.document.locate(()), hint=hint),)


def _nothing(company: Company, years: set[int], text: str) -> Diagnostic:
    return Diagnostic(
        "no-activities",
        f"the file holds no activity data of `{text}`",
        company.document.locate(()),
        notes=(f"reporting years with activity data: {year_ranges(years)}",),
        hint=f"ask for one of them, such as `{max(years)}`, or add the data of `{text}`",
    )


def years_of(company: Company, wholes: Iterable[ElementaryActivity]) -> set[int]:
    """The reporting years that activity data touch."""
    name = company.year.name_of
    found: set[int] = set()
    for span in {whole.span for whole in wholes}:
        found.update(range(name(span.first), name(span.last) + 1))
    return found


# ---- what lies in a period ----------------------------------------------------------------------


def any_in(company: Company, wholes: Sequence[ElementaryActivity], span: Span) -> bool:
    """Whether any activity data lie in a period; a sum over a year is looked into."""
    return any(
        whole.span.overlap(span)
        and (whole.split is None or span.holds(whole.span) or any(_days(company, whole, span)))
        for whole in wholes
    )


def _days(company: Company, whole: ElementaryActivity, span: Span) -> Iterator[Span]:
    """The days of the parts of a sum that lie in a period."""
    if whole.table:
        assert whole.split is not None
        return (part.span for part in whole.split() if part.span.overlap(span))
    spans = (company.span_of(company.activities[name].period) for name in _names(whole))
    return (each for each in spans if each.overlap(span))


def _names(whole: ElementaryActivity) -> Iterator[str]:
    return chain((whole.activity,), whole.others)


def outside_notes(
    company: Company, wholes: Sequence[ElementaryActivity], span: Span, text: str
) -> list[str]:
    """The activities that lie wholly outside a period, counted, the first of them by id.

    Rows of tables are accounted for by their control totals.
    """
    outside: list[str] = []
    for whole in wholes:
        if whole.table or span.holds(whole.span):
            continue
        if whole.split is None:
            names: Iterable[str] = () if whole.span.overlap(span) else (whole.activity,)
        else:
            names = (
                name
                for name in _names(whole)
                if not company.span_of(company.activities[name].period).overlap(span)
            )
        outside += names
    if not outside:
        return []
    order = {name: place for place, name in enumerate(company.activities)}
    ids = sorted(outside, key=order.__getitem__)
    count = "1 activity lies" if len(ids) == 1 else f"{len(ids):,} activities lie"
    return [f"{count} outside {text} and in no figure of it: {listed(ids)}"]


def listed(ids: list[str]) -> str:
    """Up to five ids, and how many more there are."""
    more = len(ids) - SHOWN
    return ", ".join(ids[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def unserved(company: Company, wholes: Sequence[ElementaryActivity]) -> list[Diagnostic]:
    """Instruments that serve a reporting year without activity data: mistyped, perhaps.

    Diagnosed: `instrument-not-applied`.
    """
    if not company.instruments or not wholes:
        return []
    years = years_of(company, wholes)
    found = []
    for name, instrument in company.instruments.items():
        year = year_of(company, instrument)
        if year in years:
            continue
        key = "used_in" if instrument.used_in is not None else "generated"
        found.append(
            Diagnostic(
                "instrument-not-applied",
                f"`{name}` ({instrument.type}) is not applied: it serves {year}, a reporting year"
                " without activity data",
                company.document.locate(("instruments", name, key)),
                severity=Severity.WARNING,
                days=_year(company, year),
                notes=(f"reporting years with activity data: {year_ranges(years)}",),
                hint="correct `generated:`, or state the reporting year it serves as `used_in:`",
            )
        )
    return found


# ---- what lies far from all else ----------------------------------------------------------------


def distant_periods(
    company: Company, wholes: Sequence[ElementaryActivity], far: int
) -> list[Diagnostic]:
    """Reporting years more than `far` from all others, or lines over more: mistyped, perhaps.

    Diagnosed: `distant-period`, unless the file speaks of that year elsewhere too.
    """
    name = company.year.name_of
    spans = {whole.span for whole in wholes}
    firsts = {span: name(span.first) for span in spans}
    lasts = {span: name(span.last) for span in spans}
    found = [
        _long(company, whole) for whole in wholes if lasts[whole.span] - firsts[whole.span] > far
    ]
    counts: dict[int, int] = {}
    for whole in wholes:
        for year in range(firsts[whole.span], lasts[whole.span] + 1):
            counts[year] = counts.get(year, 0) + 1 + len(whole.others)
    lonely = {year for year in counts if _alone(year, counts, far)}
    if lonely and len(lonely) == len(counts):  # the one with most lines is what the file is about
        lonely.remove(max(counts, key=lambda year: (counts[year], -year)))
    for year in sorted(lonely - years_spoken_of(company)) if lonely else ():
        there = [whole for whole in wholes if firsts[whole.span] == year]
        gap = min(abs(year - other) for other in counts if other != year)
        found.append(_distant(company, there, year, gap))
    return found


def _alone(year: int, years: Iterable[int], far: int) -> bool:
    gaps = [abs(year - other) for other in years if other != year]
    return bool(gaps) and min(gaps) > far


def years_spoken_of(company: Company) -> set[int]:
    """Reporting years that the file names beside its activities, which is no slip."""
    names = [str(item.period) for item in company.expect.values()]
    names += [str(item.period) for item in company.stated.values()]
    names += [company.base_year.year] if company.base_year is not None else []
    names += [target.base or "" for target in company.targets.values()]
    names += [*company.periods, *(year for one in company.metrics.values() for year in one.values)]
    return {year for text in names for year in _years_in(company, text)}


def years_named(company: Company) -> set[int]:
    """Reporting years that the file names anywhere, at its activities too."""
    found = years_spoken_of(company)
    for activity in company.activities.values():
        if activity.period is not None:
            found |= _years_in(company, str(activity.period))
    return found


def _years_in(company: Company, text: str) -> set[int]:
    """The reporting year in which a period ends; none where it is no period."""
    try:
        return {company.year.name_of(company.year.resolve(parse_period_text(text)).last)}
    except PeriodError:
        return set()  # another check says it


def _distant(company: Company, there: list[ElementaryActivity], year: int, gap: int) -> Diagnostic:
    first = there[0]
    ids = [name for whole in there for name in ((whole.id,) if whole.table else _names(whole))]
    more = f" and {len(ids) - 1:,} more lie" if len(ids) > 1 else " lies"
    notes = (listed(ids),) if len(ids) > 1 else ()
    return Diagnostic(
        "distant-period",
        f"`{ids[0]}`{more} in {year}, {gap} reporting years from all other activity data",
        _place(company, first),
        severity=Severity.WARNING,
        notes=notes,
        days=_year(company, year),
        hint=f"correct the period, or name {year} under `periods:` where it is meant",
    )


def _long(company: Company, whole: ElementaryActivity) -> Diagnostic:
    name = company.year.name_of
    count = name(whole.span.last) - name(whole.span.first) + 1
    return Diagnostic(
        "distant-period",
        f"`{whole.id}` covers {count} reporting years, {whole.span.first} to {whole.span.last}",
        _place(company, whole),
        severity=Severity.WARNING,
        days=(whole.span.first, whole.span.last),
        hint="correct the period; its quantity is spread evenly over these days",
    )


def _year(company: Company, year: int) -> tuple[date, date]:
    """The days of a reporting year."""
    days = company.year.span(year)
    return days.first, days.last


def _place(company: Company, whole: ElementaryActivity) -> Location:
    if whole.table:
        return whole.location
    return company.document.locate(("activities", whole.activity, "period"))
