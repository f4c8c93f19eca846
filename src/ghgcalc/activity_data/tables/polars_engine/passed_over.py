"""Columns that the patterns of `unpivot` leave out although they look like what they take.

`"???"` takes `Jan` and `Feb` and passes over `June` and `Sept`: their use would be missing without
a word. Told are headings that say a month, as those that are taken do, in a year of theirs; times
of day; and columns of numbers among those that are taken. Not told is what stands beside each of
them alike (a cost beside each month), a sum of them, and a month that another column gives.
"""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.file_columns import OWN, WIDE
from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.headings import is_pattern
from ghgcalc.activity_data.tables.looking.month_names import named_month
from ghgcalc.activity_data.tables.number_form import number_form
from ghgcalc.activity_data.tables.polars_engine.sources import Passed
from ghgcalc.activity_data.tables.total_rows import says_total, scalar
from ghgcalc.core.diagnostics import Diagnostic, Location, Related, Severity
from ghgcalc.core.period import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.beginning import Beginning
    from ghgcalc.activity_data.tables.file_columns import FileColumns
    from ghgcalc.activity_data.tables.headings import Header
    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.company.table import Table

SAMPLE = 20  # rows whose cells say whether a column holds numbers
_SHOWN = 12
_CLOCK = re.compile(r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?: ?[AaPp][Mm])?")
_PART = re.compile(
    r"(?i)(?:.*[\W_])?(?:[qht][1-4]|[1-4]\. ?quartal|ytd|quarter|year|jahr)(?:[\W_].*)?"
)


class _Left(NamedTuple):
    """The columns of a file that are told: those of a month or time, and other numbers."""

    times: list[Passed]
    others: list[Passed]


def has_patterns(sources: Sources) -> bool:
    """Whether the columns of a table are named by patterns."""
    return sources.places.patterns and any(map(is_pattern, sources.places.table.unpivot))


def take_passed(
    sources: Sources,
    index: int,
    header: Header,
    beginning: Beginning | None,
    sample: Sequence[Sequence[str]],
) -> None:
    """Take up the columns with a heading that no key of the table names."""
    columns, table = sources.columns[index], sources.places.table
    if not any(is_pattern(wide.key) and wide.key != wide.heading for wide in columns.wide):
        return
    if beginning is not None:
        row = sources.header_rows.get(index, table.read.last_header_row)
        lines = beginning.lines[row : row + SAMPLE]
        sample = _split(lines, sources.delimiters.get(index, ","))
    taken = set(columns.places.values())
    sources.passed[index] = [
        Passed(place, heading, _numbers(table, place, sample))
        for place, heading in enumerate(header.cells)
        if heading and place not in taken
    ]


def _split(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []


def _numbers(table: Table, place: int, rows: Sequence[Sequence[str]]) -> bool:
    form = number_form(table.read)
    cells = [row[place].strip() for row in rows if place < len(row)]
    blank = {text.strip() for texts in table.read.empty.values() for text in texts}
    filled = [cell for cell in cells if cell and cell not in blank]
    return bool(filled) and all(form.value(cell) is not None for cell in filled)


def passed_over(plan: TablePlan, sources: Sources) -> list[Diagnostic]:
    """The warning, of the first file that shows it."""
    for index in sorted(sources.passed):
        columns = sources.columns[index]
        left = _Left(*_of_times(plan, columns, sources.passed[index]))
        if left.times or left.others:
            return [_warning(plan, sources, index, left)]
    return []


def _of_times(
    plan: TablePlan, columns: FileColumns, passed: Sequence[Passed]
) -> tuple[list[Passed], list[Passed]]:
    """The passed columns that say a time like those taken, and the numbers among those taken."""
    table, times = plan.places.table, []
    headings = [wide.heading for wide in columns.wide if is_pattern(wide.key)]
    if any(wide.value(table, "period") for wide in columns.wide):
        taken = [_span(plan, wide.value(table, "period") or "") for wide in columns.wide]
        spans = [span for span in taken if span is not None]
        times = [
            each
            for each in passed
            if _one_more(_span(plan, each.heading), spans) or _other_month(each.heading, headings)
        ]
    elif all(map(_CLOCK.fullmatch, headings)):
        times = [each for each in passed if _CLOCK.fullmatch(each.heading)]
    among = _among(columns, passed)
    return times, [each for each in among if each not in times]


def _span(plan: TablePlan, text: str) -> Span | None:
    found = plan.keys.times.judge({"period": text})
    return found if isinstance(found, Span) else None


def _one_more(span: Span | None, taken: Sequence[Span]) -> bool:
    """Whether it is none of the days that are taken, and in a year of theirs."""
    years = {each.first.year for each in taken}
    return span is not None and span.first.year in years and not any(map(span.overlap, taken))


def _other_month(heading: str, taken: Sequence[str]) -> bool:
    """Whether a heading is the name of a month beside names, none of which says it."""
    month, known = named_month(heading), [named_month(each) for each in taken]
    return bool(month) and all(known) and month not in known


def _among(columns: FileColumns, passed: Sequence[Passed]) -> list[Passed]:
    """The columns of numbers between those taken, where they do not stand beside each alike."""
    places = sorted(columns.places[f"{WIDE}{number}"] for number in range(len(columns.wide)))
    gaps = [[p for p in passed if p.numbers and one < p.place < other and not _sum(p.heading)]
            for one, other in pairwise(places)]  # fmt: skip
    if len(gaps) > 1 and len({len(gap) for gap in gaps}) == 1:
        return []
    return [each for gap in gaps for each in gap]


def _sum(heading: str) -> bool:
    return says_total(heading) or bool(_PART.fullmatch(heading))


def _warning(plan: TablePlan, sources: Sources, index: int, left: _Left) -> Diagnostic:
    places, shown = plan.places, sources.shown[index]
    every = [*left.times, *left.others]
    named = ", ".join(f"`{shown_cell(each.heading)}`" for each in every[:_SHOWN])
    more = f" and {len(every) - _SHOWN:,} more" if len(every) > _SHOWN else ""
    column = "the column" if len(every) == 1 else "the columns"
    row = sources.header_rows.get(index, places.table.read.last_header_row)
    return Diagnostic(
        "column-passed-over",
        f"table `{places.name}`: no pattern of `unpivot` takes {column} {named}{more} of `{shown}`"
        f"{_what(left)}",
        Location(shown, max(row, 1), every[0].place + 1),
        related=(Related(places.at("unpivot"), "the patterns"),),
        hint=_hint(plan, left),
        severity=Severity.WARNING,
    )


def _what(left: _Left) -> str:
    if not left.others:
        return ", which say times like those that are taken"
    if not left.times:
        return ", which hold numbers among those that are taken"
    return ", which say times or hold numbers like those that are taken"


def _hint(plan: TablePlan, left: _Left) -> str:
    """What to state: typed where the headings say their time in the table's format."""
    table = plan.places.table
    rules = [rule.model_dump(exclude_none=True) for rule in table.unpivot.values()]
    same = all(rule == rules[0] for rule in rules[1:])
    readable = [e for e in left.times if "period" not in rules[0] or _span(plan, e.heading)]
    whole = rules[0].get("period", OWN) == OWN
    if same and whole and readable and len(readable) == len(left.times):
        said = ", ".join(f"{key}: {scalar(str(value))}" for key, value in rules[0].items())
        keys = ", ".join(f"{scalar(each.heading)}: {{{said}}}" for each in readable)
        typed = f"name what counts under `unpivot:` as well: `unpivot: {{{keys}}}`"
    else:
        typed = "name what counts under `unpivot:` as well, with what its cells are"
        if any(named_month(each.heading) for each in left.times):
            typed += ", and list the names of months under `read: {months: […]}`"
    return f"{typed}; where they do not count, lower `column-passed-over` under `checks:`"
