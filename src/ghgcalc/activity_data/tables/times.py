"""The time of a row: formats of days, periods, and the segments between cuts and month ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.core.period import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_DAY,
    PeriodError,
    PeriodSpec,
    ReportingYear,
    Span,
    month_span,
    months_of,
    parse_period_text,
    split_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKEN = re.compile(r"YYYY|MM|DD|M|D")
_COMMON = ("YYYY-MM-DD", "YYYY/MM/DD", "YYYY/M/D", "YYYYMMDD", "YYYY.MM.DD")
_GROUPS = {
    "YYYY": r"(?P<y>[0-9]{4})",
    "MM": r"(?P<m>[0-9]{2})",
    "DD": r"(?P<d>[0-9]{2})",
    "M": r"(?P<m>[0-9]{1,2})",
    "D": r"(?P<d>[0-9]{1,2})",
}


class Slip(NamedTuple):
    """A cell that is refused: our name of its column, and the code."""

    column: str
    code: str


class DateFormat:
    """Reads days written in one format of YYYY, MM and DD (M and D: one or two digits)."""

    def __init__(self, text: str) -> None:
        """Compile the format.

        Raises:
            ValueError: when year, month and day do not each stand in it once.
        """
        tokens = sorted(token[0] for token in _TOKEN.findall(text))
        glued = re.search(r"(?:YYYY|MM|DD|M|D){2}", text)
        loose = re.search(r"(?<!M)M(?!M)|(?<!D)D(?!D)", text)
        if tokens != ["D", "M", "Y"] or re.search("[0-9]", text) or (glued and loose):
            raise ValueError(text)
        parts, end = [], 0
        for match in _TOKEN.finditer(text):
            parts += [re.escape(text[end : match.start()]), _GROUPS[match[0]]]
            end = match.end()
        self.text = text
        self._pattern = re.compile("".join(parts) + re.escape(text[end:]))

    def read(self, text: str) -> date | None:
        """The day, or None when the text is not one."""
        match = self._pattern.fullmatch(text)
        if match is None or not FIRST_YEAR <= int(match["y"]) <= LAST_YEAR:
            return None
        try:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            return None


class Calendar:
    """Cut dates and month starts: in which segment does a day lie."""

    def __init__(self, cuts: Iterable[date]) -> None:
        self._cuts = sorted(set(cuts))

    def segment(self, day: date) -> Span:
        """The piece of time between cut dates and month ends that holds the day."""
        month = month_span(day.year, day.month)
        place = bisect_right(self._cuts, day)
        first = max(month.first, self._cuts[place - 1]) if place else month.first
        if place < len(self._cuts):
            return Span(first, min(month.last, self._cuts[place] - ONE_DAY))
        return Span(first, month.last)

    def pieces(self, span: Span) -> list[Span]:
        """Tile a span by the segments it touches."""
        starts = [common.first for _, common in months_of(span)]
        return split_at(span, [*starts, *self._cuts])


def resolve_period(spec: PeriodSpec, year: ReportingYear) -> Span | None:
    """First and last day of a period, or None when it lies outside the years we know."""
    try:
        span = year.resolve(spec)
    except (ValueError, OverflowError):
        return None
    return span if span.first.year >= FIRST_YEAR and span.last.year <= LAST_YEAR else None


class TimeReader:
    """Turns the texts of the time columns into spans; each distinct text is read once."""

    def __init__(self, year: ReportingYear, form: DateFormat) -> None:
        self._year = year
        self._form = form
        self._days: dict[str, date | None] = {}

    def read(self, texts: dict[str, str]) -> Span | tuple[Slip, ...]:
        """Read one row's time cells, by our column names: `period`, or `from` and `to`."""
        empty = tuple(Slip(name, "empty-cell") for name, text in texts.items() if not text.strip())
        if empty:
            return empty
        if "period" in texts:
            return self._period(texts["period"]) or (Slip("period", "bad-date"),)
        days = {name: self._day(text) for name, text in texts.items()}
        wrong = tuple(Slip(name, "bad-date") for name, day in days.items() if day is None)
        first, last = days["from"], days["to"]
        if first is None or last is None:
            return wrong
        return Span(first, last) if first <= last else (Slip("to", "bad-date"),)

    def explain(self, column: str, texts: dict[str, str]) -> tuple[str, str]:
        """Message and hint for a cell whose slip is `bad-date`."""
        text = texts[column].strip()
        if column == "period":
            return self._explain_period(text)
        if self._day(texts[column]) is not None:
            message = f"`{text}` is before `{texts['from'].strip()}`"
            return message, "the bill ends before it starts: correct the two days"
        return f"`{shown_cell(text)}` is not a day written {self._form.text}", self._hint(text)

    def _period(self, text: str) -> Span | None:
        try:
            return resolve_period(parse_period_text(text), self._year)
        except PeriodError:
            return None

    def _explain_period(self, text: str) -> tuple[str, str]:
        try:
            parse_period_text(text)
        except PeriodError as error:
            hint = error.hint
            if self._form.read(text) is not None:
                hint = "the column holds days: name it as `from` and as `to` instead of `period`"
            return f"`{shown_cell(text)}` is not a period", hint
        return f"`{shown_cell(text)}` lies outside {FIRST_YEAR} … {LAST_YEAR}", "correct the year"

    def _day(self, text: str) -> date | None:
        if text not in self._days:
            self._days[text] = self._form.read(text.strip())
        return self._days[text]

    def _hint(self, text: str) -> str:
        loose = re.sub("M+", "M", re.sub("D+", "D", self._form.text))
        for form in (loose, *_COMMON):
            try:
                fits = DateFormat(form).read(text)
            except ValueError:
                continue
            if fits:
                return f"if the file writes its days so, set `date: {form}` under `read:`"
        return "correct the day, or state the file's format with `date:` under `read:`"
