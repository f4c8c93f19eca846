"""Diagnostics are values: where, what, why and what to do; never exceptions (DESIGN §6).

In order, and once: a slip in one line of YAML meets every month and every year that the line
prices. Findings that say the same of several lines of a place are folded where they are many;
those that differ in the reporting year alone are always folded, and the years are named.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    YearOf = Callable[[date], int]

T_co = TypeVar("T_co", covariant=True)
ALIKE_SHOWN = 3
MOST_PER_CODE = 1_000
_MANY = 20_000  # findings that are worth folding one by one
_AT_FACILITY = re.compile(r"for: \{facility: (?:'(?:[^']|'')*'|[^,'{}]+), ")
_SUBJECT = re.compile(r"`[^`]*`")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_MOST = 2  # runs of years up to this length are listed


class Severity(StrEnum):
    """How much a diagnostic weighs: errors block totals, warnings and notes are printed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place in a text file: path beside the company file, line and column from 1, caret width."""

    path: str
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Related(NamedTuple):
    """A second place that takes part in the conflict, with a short label."""

    location: Location
    label: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: slug registered in `ghgcalc.core.codes.registry`.
        message: one line, names the thing by its id, expected and found with units.
        location: where it was written; None only for findings about the whole run.
        label: text after the caret.
        related: other places of the same conflict.
        notes: further facts, one line each.
        hint: one action the reader can type.
        instead: the one name that can stand where it was written; "" where none or several can.
        suppose: a word of what was written, and one that the hint names, which may be meant.
        packs: a bundled pack that the hint names.
        supposing: of a finding that shows once another one is mended: how it is mended.
        days: first and last day the finding touches; None when it cannot be placed in time.
        stretches: where it touches some of these days only, the first and last day of each stretch.
        severity: taken from the registry unless stated.
        about: what tells it from others of its code at one place, such as a year or a rule; a part
            of its identity in the eyes of code scanning, so nothing that an edit changes.
        lines, last, periods: of a finding that says once what many lines share (`in_order`): how
            many these are, the last one, and the reporting years; these of all that have days.
    """

    code: str
    message: str
    location: Location | None = None
    label: str = ""
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()
    hint: str | None = None
    days: tuple[date, date] | None = None
    severity: Severity = Severity.ERROR
    lines: int = 1
    last: str = ""
    periods: tuple[int, ...] = ()
    stretches: tuple[tuple[date, date], ...] = ()
    paste: tuple[str, ...] = ()
    instead: str = ""
    supposing: str = ""
    suppose: tuple[str, str] = ("", "")
    packs: tuple[str, ...] = ()
    about: str = ""

    def touches(self, first: date, last: date) -> bool:
        """Whether it speaks of some of these days; a finding that has none speaks of all."""
        if self.days is None:
            return True
        return any(one <= last and first <= other for one, other in self.stretches or (self.days,))

    def sort_key(self) -> tuple[object, ...]:
        """Order of printing: by file, line, column, code, message; what others hide after them."""
        where = self.location or Location("", 0, 0)
        hidden = bool(self.supposing)
        return (where.path, where.line, where.column, hidden, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """What a stage returns: a value built from the valid part, and what it found."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = field(default=())


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is an error."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


# ---- in order, and once -------------------------------------------------------------------------


def _calendar(day: date) -> int:
    return day.year


def in_order(
    diagnostics: Iterable[Diagnostic], year_of: YearOf = _calendar
) -> tuple[Diagnostic, ...]:
    """Sort findings by place, drop repetitions, and say once what many lines or years share.

    Args:
        diagnostics: the findings; some may be folded already.
        year_of: the reporting year of a day; calendar years by default.
    """
    given = dict.fromkeys(diagnostics)
    single = _repeated(given if len(given) <= _MANY else _bounded(given))
    folded = _across_years(_together(single, year_of), year_of)
    ordered = _bounded(sorted(folded, key=Diagnostic.sort_key))
    return tuple(replace(item, periods=_years(item, year_of)) for item in ordered)


def _bounded(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """At most `MOST_PER_CODE` findings of a code and severity, the first ones, and how many more.

    All mistakes are said at once as far as people read them; a file of 300,000 unknown keys is not.
    """
    items = list(diagnostics)
    counts = Counter((item.code, item.severity) for item in items)
    if all(count <= MOST_PER_CODE + 1 for count in counts.values()):
        return items
    kept: list[Diagnostic] = []
    seen: Counter[tuple[str, Severity]] = Counter()
    for item in sorted(items, key=Diagnostic.sort_key):
        kind = (item.code, item.severity)
        seen[kind] += 1
        if seen[kind] <= MOST_PER_CODE:
            kept.append(item)
        elif seen[kind] == MOST_PER_CODE + 1:
            kept.append(
                more_of(item.code, counts[kind] - MOST_PER_CODE, item.location, item.severity)
            )
    return kept


def more_of(
    code: str, count: int, where: Location | None, severity: Severity = Severity.ERROR
) -> Diagnostic:
    """The finding that stands for those of a code which are counted and not shown."""
    message = f"and {count:,} more of this kind, from here on"
    hint = "mend those above first; the next run shows the following ones"
    return Diagnostic(code, message, where, hint=hint, severity=severity)


def year_ranges(years: Iterable[int]) -> str:
    """Years in words, neighbours together: `2014 to 2019, 2023`."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > _MOST else ", ".join(map(str, run)) for run in runs
    )


def _repeated(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings that differ in their days alone, as the segments of one line, become one."""
    known: dict[Diagnostic, list[Diagnostic]] = {}
    for item in diagnostics:
        timeless = item
        if item.days is not None:
            timeless = replace(item, days=None, stretches=(), periods=())
        known.setdefault(timeless, []).append(item)
    for items in known.values():
        yield items[0] if len(items) == 1 else replace(
            items[0], days=_days(items), stretches=(),
            periods=tuple(sorted({year for item in items for year in item.periods})),
        )  # fmt: skip


def _days(items: list[Diagnostic]) -> tuple[date, date] | None:
    """All days of some findings; None where one of them speaks of every day."""
    spans = [item.days for item in items if item.days is not None]
    if len(spans) < len(items):
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)


def _together(diagnostics: Iterable[Diagnostic], year_of: YearOf) -> Iterator[Diagnostic]:
    """Findings that differ in the line they name alone, such as all lines of a table's item."""
    alike: dict[tuple[object, ...], list[Diagnostic]] = {}
    for item in diagnostics:
        cause = _SUBJECT.sub("", item.message, count=1)
        key = (item.code, item.severity, item.location, item.label, item.related, _notes(item),
               _anywhere(item.hint), item.paste, cause)  # fmt: skip
        alike.setdefault(key, []).append(item)
    for items in alike.values():
        if len(items) <= ALIKE_SHOWN or items[0].location is None:
            yield from items
        else:
            yield _merged(items, year_of)


def _across_years(diagnostics: Iterable[Diagnostic], year_of: YearOf) -> Iterator[Diagnostic]:
    """Findings of one place that say the same of several reporting years."""
    alike: dict[tuple[object, ...], list[Diagnostic]] = {}
    for item in diagnostics:
        cause = _SUBJECT.sub("", _timeless(item, item.message), count=1)
        key = (item.code, item.severity, item.location, item.label, cause,
               _timeless(item, item.hint or ""), item.paste)  # fmt: skip
        alike.setdefault(key, []).append(item)
    for items in alike.values():
        several = len({_years(item, year_of) for item in items}) > 1
        if several and items[0].location is not None:
            yield _merged(items, year_of)
        else:
            yield from items


def _timeless(item: Diagnostic, text: str) -> str:
    """A text without the years that its finding speaks of."""
    if item.days is None:
        return text
    first, last = item.days[0].year - 1, item.days[1].year + 1
    return _YEAR.sub(lambda found: "#" if first <= int(found[0]) <= last else found[0], text)


def _years(item: Diagnostic, year_of: YearOf) -> tuple[int, ...]:
    if item.periods or item.days is None:
        return item.periods
    years = {
        year
        for first, last in item.stretches or (item.days,)
        for year in range(year_of(first), year_of(last) + 1)
    }
    return tuple(sorted(years))


def _notes(item: Diagnostic) -> tuple[str, ...]:
    """The notes of a finding without the sentence that an earlier folding added."""
    return item.notes[:-1] if item.lines > 1 else item.notes


def _merged(items: list[Diagnostic], year_of: YearOf) -> Diagnostic:
    """One finding for several: the first of them, how many more there are, and their years."""
    items.sort(key=Diagnostic.sort_key)
    first = items[0]
    years = sorted({year for item in items for year in _years(item, year_of)})
    periods = tuple(years) if len(years) > 1 else ()
    lasts = [item.last or _subject(item) for item in items]
    last = max(lasts)
    lines = sum(item.lines for item in items)
    notes = (*_notes(first), _sentence(first, lines, last, periods))
    same = len({item.hint for item in items}) == 1
    return replace(
        first, notes=notes, lines=lines, last=last, periods=periods, days=_days(items),
        stretches=(), hint=first.hint if same else _anywhere(first.hint),
    )  # fmt: skip


def _anywhere(hint: str | None) -> str | None:
    """A hint of entries for one facility as one for all facilities of the item."""
    return None if hint is None else _AT_FACILITY.sub("for: {", hint)


def _subject(item: Diagnostic) -> str:
    found = _SUBJECT.search(item.message)
    return found[0] if found else ""


def _sentence(first: Diagnostic, lines: int, last: str, periods: tuple[int, ...]) -> str:
    where = f"{year_ranges(periods)}" if periods else ""
    if last == _subject(first) and periods:
        return f"the same in the reporting years {where}"
    more = f"the same for {lines - 1:,} more line{'' if lines == 2 else 's'}"
    more += f", the last {last}" if last else ""
    return f"{more}, in the reporting years {where}" if periods else more
