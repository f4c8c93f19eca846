"""Scope 2 statements of one method, and the second line that gives the other (S2-01, GHG-08).

Another party states Scope 2 location-based, market-based, or in two lines both. Two lines of one
facility and category, of complementary methods and the same days, are one source: each gives what
the other leaves open. A statement without its counterpart leaves the other method unknown, which
is not 0, and with it every sum of that method that holds the line.

Sources: Scope 2 Guidance (2015), 4.1 and 7.1; Corporate Standard, chapter 9.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.period import ONE_DAY, Span
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company

CODE = "scope-2-method-missing"
OTHER = {LOCATION: MARKET, MARKET: LOCATION}
_WORDS = {LOCATION: "location-based", MARKET: "market-based"}
_PLAIN = re.compile(r"[\w.](?:[\w ./%()-]*[\w.%)])?", re.ASCII)
SECOND_LINE = "add the second `reported:` line, of the other method"
PASTED = 5  # second lines written out; the others are named


class Statement(NamedTuple):
    """A `reported:` line of Scope 2: its activity, method, source and days."""

    activity: str
    method: str
    source: tuple[str | None, str]
    said: tuple[str | None, str | None]
    span: Span


class Unstated(NamedTuple):
    """A statement without its counterpart in a period; `kept`: a lock holds its figure, 0 t."""

    activity: str
    method: str
    kept: bool = False


def statements(company: Company) -> list[Statement]:
    """Every Scope 2 statement, but those that correct another one of the same method."""
    found = []
    for name, activity in company.activities.items():
        scope = CATEGORIES[activity.category].scope if activity.category else activity.scope
        if activity.reported is None or activity.method is None or scope != 2:
            continue
        corrected = company.activities.get(activity.corrects or "")
        if corrected is not None and corrected.method == activity.method:
            continue
        kind = activity.category or f"reported_scope_{scope}"
        found.append(Statement(
            name, activity.method, (activity.facility, kind), (activity.by, activity.item),
            company.span_of(activity.period),
        ))  # fmt: skip
    return found


def open_days(company: Company) -> dict[str, tuple[Span, ...]]:
    """The days of each statement on which nobody states the other method.

    Statements of one party and item are matched first, then all of a facility and category.
    """
    known = statements(company)
    first = _open(known, lambda each: (each.source, each.said))
    left = [each._replace(span=part) for each in known for part in first.get(each.activity, ())]
    return _open(left, lambda each: each.source)


def _open(
    known: Iterable[Statement], key: Callable[[Statement], Hashable]
) -> dict[str, tuple[Span, ...]]:
    groups: dict[Hashable, list[Statement]] = {}
    for each in known:
        groups.setdefault(key(each), []).append(each)
    found: dict[str, tuple[Span, ...]] = {}
    for members in groups.values():
        for each in members:
            days = tuple(part for part in _parts(members) if _lacks(each, members, part))
            if days:
                found[each.activity] = (*found.get(each.activity, ()), *days)
    return found


def _parts(members: list[Statement]) -> list[Span]:
    """The days of all members, cut wherever one of them starts or ends."""
    starts = sorted({each.span.first for each in members}
                    | {each.span.last + ONE_DAY for each in members})  # fmt: skip
    return [Span(one, two - ONE_DAY) for one, two in pairwise(starts)]


def _lacks(each: Statement, members: list[Statement], part: Span) -> bool:
    """Whether on these days more is stated of its method than of the other."""
    if each.span.overlap(part) is None:
        return False
    there = [other.method for other in members if other.span.overlap(part) is not None]
    return there.count(each.method) > there.count(OTHER[each.method])


# ---- on the lines of a computation --------------------------------------------------------------


def settle(company: Company, lines: Iterable[Line], lock: Lock | None) -> None:
    """Tell each line of a statement whether its other method is unknown (`Line.lacks`).

    A line whose counterpart stands beside it lacks nothing. Where consolidation moves both to
    Scope 3, which has no methods, the location-based one counts alone. A reporting year that
    was locked with both figures keeps them (`Line.kept`).
    """
    told = [line for line in lines if line.method is not None]
    missing = open_days(company) if told else {}
    for line in told:
        assert line.method is not None
        days = missing.get(line.activity, ())
        lacking = any(line.span.overlap(part) is not None for part in days)
        activity = company.activities[line.activity]
        if line.scope == 3 and line.method == MARKET and _natural_scope(activity.category) != 3:
            if not lacking:
                line.location_based = line.market_based = ()
        elif line.scope == 2 and lacking:
            year = company.year.name_of(line.span.first)
            line.kept = _locked(lock, year, line.activity)
            line.lacks = None if line.kept else OTHER[line.method]


def _natural_scope(category: str | None) -> int:
    return CATEGORIES[category].scope if category else 2


def _locked(lock: Lock | None, year: int, activity: str) -> bool:
    """Whether a lock holds both figures of an activity's lines."""
    section = lock.sections.get(year) if lock is not None and not lock.foreign else None
    if section is None:
        return False
    return any(
        None not in tonnes
        for name, tonnes in section.values.lines.items()
        if name == activity or name.startswith(f"{activity}/")
    )


def unstated(lines: Iterable[Line]) -> list[Unstated]:
    """The statements among some lines whose other method is not stated, once each."""
    found = [
        Unstated(line.activity, line.method, line.kept)
        for line in lines
        if line.method is not None and (line.lacks or line.kept)
    ]
    return list(dict.fromkeys(found))


def words_of(found: Iterable[Unstated]) -> str:
    """`landlord` states Scope 2 location-based alone; of several, who states what."""
    texts = []
    for method in (LOCATION, MARKET):
        names = [f"`{name}`" for name in dict.fromkeys(e.activity for e in found
                                                      if e.method == method)]  # fmt: skip
        if names:
            head = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
            verb = "state" if len(names) > 1 else "states"
            texts.append(f"{head} {verb} Scope 2 {_WORDS[method]} alone")
    return "; ".join(texts)


def warning(company: Company, found: list[Unstated]) -> list[Diagnostic]:
    """One warning for all of them, with the second lines to paste; none where there are none."""
    if not found:
        return []
    found = sorted(found, key=lambda each: list(company.activities).index(each.activity))
    names = list(dict.fromkeys(each.activity for each in found))
    places = [company.document.locate(("activities", name), key=True) for name in names]
    days = [company.span_of(company.activities[name].period) for name in names]
    pasted = [second_line(company, name) for name in names[:PASTED]]
    lost = " and ".join(_WORDS[OTHER[m]] for m in (LOCATION, MARKET)
                        if any(each.method == m and not each.kept for each in found))  # fmt: skip
    sums = f", and every {lost} sum that holds it" if lost else ""
    notes = [f"add also `{text}`" for text in pasted[1:]]
    if len(names) > PASTED:
        notes.append(f"and the second lines of {len(names) - PASTED} more in the same way")
    kept = [f"`{each.activity}`" for each in found if each.kept]
    if kept:
        notes.append(f"{', '.join(kept)}: the year is locked and keeps the 0 t it was locked with")
    return [
        Diagnostic(
            "scope-2-method-missing",
            f"{words_of(found)}: the other method's figure is missing, not 0{sums}",
            places[0],
            severity=Severity.WARNING,
            related=tuple(Related(place, "and here") for place in places[1:PASTED]),
            notes=tuple(notes),
            hint=f"add the second line, with its tonnes: `{pasted[0]}`",
            days=(min(day.first for day in days), max(day.last for day in days)),
        )
    ]


def second_line(company: Company, name: str) -> str:
    """The second `reported:` line of a statement, with its tonnes left open."""
    activity = company.activities[name]
    assert activity.method is not None
    method = OTHER[activity.method]
    free = base = f"{name}-{_WORDS[method].partition('-')[0]}"
    count = 1
    while free in company.activities:
        count += 1
        free = f"{base}-{count}"
    keys = {
        "facility": activity.facility, "category": activity.category,
        "scope": None if activity.category else str(activity.scope), "item": activity.item,
        "reported": "… tCO2e", "method": method, "by": activity.by,
        "gwp_set": activity.gwp_set, "period": activity.period.text,
    }  # fmt: skip
    texts = [f"{key}: {_quoted(key, text)}" for key, text in keys.items() if text is not None]
    return f"{_quoted('', free)}: {{{', '.join(texts)}}}"


def _quoted(key: str, text: str) -> str:
    """A value inside a flow map: quoted where its letters would mean something there."""
    if key == "reported" or _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
