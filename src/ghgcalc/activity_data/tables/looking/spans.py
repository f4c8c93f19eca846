"""Weeks and quarters as the time of a row: which read as they are, and which take a table each."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR, PeriodError, parse_period_text

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.looking.columns import Column

_WEEK = r"(?:kw|cw|w|wk|week|woche|sem|sem\.|semaine|semana|settimana|uke|vecka|tydzień)"
_WEEKS = (
    re.compile(rf"(?i){_WEEK}[\s.]*(?P<week>[0-9]{{1,2}})\s?[-/.,\s]\s?(?P<year>[0-9]{{4}})"),
    re.compile(rf"(?i)(?P<year>[0-9]{{4}})\s?[-/.\s]?\s?{_WEEK}[\s.]*(?P<week>[0-9]{{1,2}})"),
)
_QUARTER = r"(?:q|qtr|quarter|quartal|trimestre|kwartał|kwartaal)"
_QUARTERS = (
    re.compile(rf"(?i){_QUARTER}[\s.]*(?P<number>[1-4])\s?[-/.,'\s]?\s?(?P<year>[0-9]{{4}})"),
    re.compile(rf"(?i)(?P<year>[0-9]{{4}})\s?[-/.\s]?\s?{_QUARTER}[\s.]*(?P<number>[1-4])"),
    re.compile(rf"(?i)(?P<number>[1-4])\s?\.?\s?{_QUARTER}[-/.,\s]*(?P<year>[0-9]{{4}})"),
)
_WEEK_HEADING = re.compile(
    r"(?i)(?<![^\W\d_])(week|kw|cw|woche|kalenderwoche|semaine|semana|settimana|tydzień)(?![^\W\d_])"
    r"|周|週|tuần"
)
_LAST_WEEK = 53


def plain_periods(column: Column) -> bool:
    """Whether all cells are periods that are read without an option, such as `2024-Q1`."""
    if column.kind not in ("text", "id") or not column.cells:
        return False
    return all(_plain(text) for text in {text for _, text in column.cells})


def _plain(text: str) -> bool:
    try:
        parse_period_text(text)
    except PeriodError:
        return False
    return True


def period_of(text: str) -> str:
    """An ISO 8601 week or a calendar quarter as `constants: {period: …}` has it; "" for neither."""
    for form in _WEEKS:
        match = form.fullmatch(text)
        if match is not None:
            return _days(int(match["year"]), int(match["week"]))
    for form in _QUARTERS:
        match = form.fullmatch(text)
        if match is not None:
            return f"{match['year']}-Q{match['number']}"
    return ""


def _days(year: int, week: int) -> str:
    """Monday to Sunday of a week; "" where the year has no such week."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    try:
        ends = [date.fromisocalendar(year, week, day) for day in (1, 7)]
    except ValueError:
        return ""
    return f"{ends[0]}/{ends[1]}"


def spans_of(column: Column | None) -> dict[str, str]:
    """Each text of a column of weeks or quarters, and its period; none where one is neither."""
    texts = [] if column is None else [*dict.fromkeys(text for _, text in column.cells)]
    found = {text: period_of(text) for text in texts}
    return found if all(found.values()) else {}


def counts_weeks(column: Column) -> bool:
    """Whether a column numbers the weeks of a year."""
    return bool(_WEEK_HEADING.search(column.name)) and column.kind == "number" and all(
        text.isdecimal() and 1 <= int(text) <= _LAST_WEEK for _, text in column.cells)  # fmt: skip


def told_of_spans(name: str, spans: dict[str, str]) -> str:
    """Weeks and quarters in a form that no option reads."""
    text, period = next(iter(spans.items()))
    what = "the week, by ISO 8601," if "/" in period else "the quarter, if a calendar's,"
    typed = f"`filter: {{{scalar(name)}: {{equals: {scalar(text)}}}}}`"
    return (f"time: `{text}` of `{name}` is {what} `{period}`, in a form that no option reads: a"
            f" table for each, with {typed} and `constants: {{period: {period}}}`; or have the"
            " export print days")  # fmt: skip
