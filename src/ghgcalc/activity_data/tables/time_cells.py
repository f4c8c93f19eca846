"""The time cells of a row to its days; each distinct text is read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables import lost_zeros
from ghgcalc.activity_data.tables.day_formats import (
    END,
    DateFormat,
    Moment,
    day_format,
    month_format,
)
from ghgcalc.activity_data.tables.times import Slip, resolve_period
from ghgcalc.activity_data.tables.written import all_pairs
from ghgcalc.company.joined_columns import joined_of, one_day
from ghgcalc.company.read_times import FILE_NAME, PREVIOUS_TO
from ghgcalc.core.period import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_DAY,
    PeriodError,
    ReportingYear,
    Span,
    month_span,
    parse_period_text,
)
from ghgcalc.core.schema import parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ghgcalc.company.table import Table

_YEAR = re.compile(r"[0-9]{4}")
START_MISSING = "start-missing"


@dataclass(frozen=True, slots=True)
class TimeRules:
    """How the time cells of a table are read.

    Attributes:
        days: the format of its days.
        months: the format of its months, where one is stated.
        first_days: months may stand as their first day.
        sign: what stands between the two days of a cell.
        to: whether the last day is billed, where that is stated.
        one_column: `from` and `to` are the same column.
        midnight: whether 00:00 begins or ends the day of its row, where that is stated.
        joined: the times stand in a column beside that of the days.
        one_day: `from` and `to` are joined, and one cell gives the day of both.
        year: the year of formats without one, where it is the same for all rows.
        follows: the first day is the one after the bill before, in ISO's form.
    """

    days: DateFormat
    months: DateFormat | None = None
    first_days: bool = False
    sign: str | None = None
    to: str | None = None
    one_column: bool = False
    year: int | None = None
    follows: bool = False
    midnight: str | None = None
    joined: bool = False
    one_day: bool = False


def time_rules(table: Table) -> TimeRules:
    """The rules of a table.

    Raises:
        ValueError: when a format is none.
    """
    read, columns = table.read, table.columns
    first = columns.get("from")
    return TimeRules(
        day_format(read),
        month_format(read),
        read.period_from is not None,
        read.range,
        read.to,
        first is not None and first.strip() == columns.get("to", "").strip(),
        int(read.year) if read.year not in {None, FILE_NAME} else None,
        read.from_ == PREVIOUS_TO,
        read.midnight,
        bool(joined_of(columns)),
        one_day(columns),
    )


class Fault(NamedTuple):
    """Why a cell is refused: our name of its column, the code, and what it is in one word."""

    column: str
    code: str
    why: str = ""


class TimeCells:
    """Turns the texts of the time columns into spans."""

    def __init__(self, year: ReportingYear, rules: TimeRules) -> None:
        self.rules = rules
        self._year = year
        self.met: dict[str, dict[tuple[str, int | None], Moment | None]] = {}
        self.periods: dict[str, int | None] = {}
        self.lost: dict[str, frozenset[str]] = {}
        self.forward = False  # the two days of some row stand in order
        self.numbers = False  # the files keep numbers as such, without zeros at their end

    @property
    def may_lose_zeros(self) -> bool:
        """Whether the cells of a column say together which of them can be read."""
        months = self.rules.months
        forms = [self.rules.days.text, *([] if months is None else [months.text])]
        return any(lost_zeros.look_of(form) for form in forms)

    def settle(self) -> bool:
        """Refuse, after all texts were met, those that may have lost a zero; True: there are."""
        if not self.may_lose_zeros:
            return False
        of = {name: [t for t, _ in texts] for name, texts in self.met.items()}
        found = {
            name: lost_zeros.lost(self.rules.days.text, texts, numbers=self.numbers)
            for name, texts in of.items()
        }
        months = self.rules.months
        if months is not None:
            mine = lost_zeros.lost(months.text, self.periods, numbers=self.numbers)
            found["period"] = mine | found.get("period", frozenset())
        self.lost = {name: texts for name, texts in found.items() if texts}
        return bool(self.lost)

    def read(self, texts: dict[str, str]) -> Span | tuple[Slip, ...]:
        """Read one row's time cells, by our column names: `period`, or `from` and `to`."""
        found = self.judge(texts)
        if isinstance(found, Span):
            return found
        return tuple(Slip(fault.column, fault.code) for fault in found)

    def judge(self, texts: dict[str, str]) -> Span | tuple[Fault, ...]:
        """The days of a row, or what is wrong with its cells."""
        empty = [Fault(name, "empty-cell") for name, text in texts.items() if not text.strip()]
        if empty and self.rules.follows:
            empty = [
                Fault("from", "start-missing") if fault.column == "from" else fault
                for fault in empty
            ]
        if empty:
            return tuple(empty)
        year = self.year_of(texts)
        if "year" in texts and year is None:
            return (Fault("year", "bad-date", "year"),)
        name = "period" if "period" in texts else "to"
        if self.rules.sign is not None:
            return self._range(name, texts[name], year)
        if name == "period":
            return self._period(texts[name].strip(), year)
        return self._days(texts, year)

    def _days(self, texts: dict[str, str], year: int | None) -> Span | tuple[Fault, ...]:
        last = self.moment(texts["to"], year, "to")
        first = (
            Moment(parse_day(texts["from"])) if self.rules.follows
            else self.moment(texts["from"], year, "from")
        )  # fmt: skip
        if first is None or last is None:
            ends = (("from", first), ("to", last))
            return tuple(Fault(name, "bad-date", "day") for name, day in ends if day is None)
        rules = self.rules
        if last.midnight and (rules.midnight or (rules.joined and rules.one_day)):
            return self._at_midnight(last.day)
        if rules.one_day and _turned(first, last):
            return (Fault("to", "bad-date", "before"),)
        found = self._between(first, last, "to")
        self.forward = self.forward or isinstance(found, Span)
        return found

    def _at_midnight(self, day: date) -> Span | tuple[Fault, ...]:
        """The day of a row with one day whose interval ends at 00:00."""
        if self.rules.midnight is None:
            return (Fault("to", "bad-date", "turn"),)
        day -= ONE_DAY if self.rules.midnight == "begins" else timedelta()
        return Span(day, day)

    def _between(self, first: Moment, last: Moment, column: str) -> Span | tuple[Fault, ...]:
        """The days from one moment to another; only the day counts where they have a time.

        What begins at 24:00 begins with the next day.
        """
        if first.time == END and not (self.rules.one_column and self.rules.sign is None):
            first = Moment(first.day + ONE_DAY, time())
        midnight = last.midnight or (last.time is None and first.time is not None)
        end = last.day
        if self.rules.to == "exclusive":
            if last.ends_day:
                return (Fault(column, "bad-date", "closes"),)
            if self.rules.one_column and self.rules.sign is None:
                day = end - ONE_DAY if last.midnight else end
                return Span(day, day)
            whole = first.time is None and last.time is None
            if (whole or end > first.day) and last.time != END:
                end -= ONE_DAY
        elif self.rules.to is None and midnight and end > first.day:
            return (Fault(column, "bad-date", "midnight"),)
        return Span(first.day, end) if first.day <= end else (Fault(column, "bad-date", "before"),)

    def _range(self, name: str, text: str, year: int | None) -> Span | tuple[Fault, ...]:
        pairs = [
            (first, last)
            for one, other in all_pairs(text, self.rules.sign or "")
            if (first := self.moment(one, year)) and (last := self.moment(other, year))
        ]
        if len(pairs) != 1:
            return (Fault(name, "bad-date", "range"),)
        return self._between(*pairs[0], name)

    def _period(self, text: str, year: int | None) -> Span | tuple[Fault, ...]:
        rules = self.rules
        spans: set[Span] = set()
        if rules.months is None and not rules.first_days:
            span = self._plain(text)
            return span or (Fault("period", "bad-date", "period"),)
        cut = text in self.lost.get("period", ())
        if not cut and rules.months is not None and (first := rules.months.read(text, year)):
            spans.add(month_span(first.year, first.month))
        day = self.moment(text, year) if rules.first_days else None
        if day is not None and day.day.day == 1:
            spans.add(month_span(day.day.year, day.day.month))
        self.periods[text] = min(spans).first.year if spans else None
        if len(spans) > 1:
            return (Fault("period", "bad-date", "both"),)
        if spans:
            return spans.pop()
        return (Fault("period", "bad-date", "later" if day is not None else "month"),)

    def _plain(self, text: str) -> Span | None:
        try:
            span = resolve_period(parse_period_text(text), self._year)
        except PeriodError:
            span = None
        self.periods[text] = span.first.year if span else None
        return span

    def following(self, texts: dict[str, str]) -> date | None:
        """The day on which the next bill begins, by the `to` of a row; None where it is no day."""
        year = self.year_of(texts)
        last = self.moment(texts["to"], year, "to")
        if last is None:
            return None
        return last.day if self.rules.to == "exclusive" and last.time != END else last.day + ONE_DAY

    def year_of(self, texts: dict[str, str]) -> int | None:
        """The year of cells that are written without one."""
        return _year(texts["year"].strip()) if "year" in texts else self.rules.year

    def moment(self, text: str, year: int | None, column: str = "") -> Moment | None:
        """What a text of a column says in the format of days."""
        key, met = (text.strip(), year), self.met.setdefault(column, {})
        if key not in met:
            met[key] = self.rules.days.moment(*key)
        return None if key[0] in self.lost.get(column, ()) else met[key]


def start_key(table: Table, texts: Mapping[str, str]) -> str:
    """Under which name `starts:` gives the first day: the meter, or facility and item."""
    if "meter" in table.columns:
        return texts.get("meter", "").strip()
    named = table.names.facility
    facility = texts.get("facility", table.constants.facility or "").strip()
    item = texts.get("item", table.constants.item or "").strip()
    return f"{named.get(facility, facility)}/{item}"


def _turned(first: Moment, last: Moment) -> bool:
    """Whether the second time of a day is before the first."""
    return first.time is not None and last.time is not None and last.time < first.time


def _year(text: str) -> int | None:
    return int(text) if _YEAR.fullmatch(text) and FIRST_YEAR <= int(text) <= LAST_YEAR else None
