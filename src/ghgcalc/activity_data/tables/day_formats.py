"""Formats of days and months: what a cell says, and how a typed day is written as one.

`YYYY YY MMMM MMM MM M DD D`, for a time of day `hh h mm ss AM offset`, or `serial`: days counted by
a spreadsheet. Years of two digits are those of POSIX: 69 … 99 are 1969 … 1999, 00 … 68 2000 … 2068.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.company.read_times import SERIALS
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR, ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.company.read_times import ReadTimes

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
CENTURY = 69
_CUT = 3  # letters of `Jan`
MOST_DAYS = 31
END = time.max  # 24:00 of a day
_TOKEN = re.compile(r"YYYY|YY|MMMM|MMM|MM|M|DD|D|hh|h|mm|ss|AM|offset|Z$")
_DIGITS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "hh": r"(?P<hour>[0-9]{2})",
    "h": r"(?P<hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
}
_OTHERS = {
    "AM": r"(?P<half>[AaPp]\.?[Mm]\.?)",
    "offset": r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)",
}
# what each token says; a format says a thing once
_KINDS = {"YYYY": "Y", "YY": "Y", "MMMM": "M", "MMM": "M", "MM": "M", "M": "M", "DD": "D", "D": "D",
          "hh": "h", "h": "h", "mm": "m", "ss": "s", "AM": "p", "offset": "o"}  # fmt: skip
_CLOCKS = frozenset({"", "hm", "hms", "hmp", "hmsp", "hmo", "hmso"})
_LOOSE = frozenset({"M", "D", "h"})
_SERIAL = re.compile(r"(?P<day>[0-9]{1,6})(?P<part>[.,][0-9]+)?")
_LAST_SECOND = 24 * 60 * 60


class Moment(NamedTuple):
    """A day as written, and its time of day where the cell holds one."""

    day: date
    time: time | None = None

    @property
    def midnight(self) -> bool:
        """Whether it is the first moment of its day, and says so."""
        return self.time is not None and self.time == time()

    @property
    def ends_day(self) -> bool:
        """Whether it stands in the last minute of its day, 24:00 apart."""
        last = self.time is not None and (self.time.hour, self.time.minute) == (23, 59)
        return last and self.time != END


class DateFormat:
    """Reads days, or months as their first day, written in one format."""

    def __init__(self, text: str, months: Sequence[str] = (), *, of: str = "DMY") -> None:
        """Compile the format.

        Args:
            text: the format.
            months: the names that `MMM` stands for; English ones where none are given.
            of: what it says once each: `DMY` for days, `MY` for months; the year may be absent.

        Raises:
            ValueError: when that does not each stand in it once.
        """
        tokens = _tokens(text)
        kinds = "".join(sorted(kind for token in tokens if (kind := _KINDS[token]) in "DMY"))
        clock = "".join(kind for token in tokens if (kind := _KINDS[token]) not in "DMY")
        odd = clock not in _CLOCKS or (clock and of == "MY") or re.search("[0-9]", text)
        if kinds not in {of, of[:-1]} or odd or _runs_together(text):
            raise ValueError(text)
        self.text = text
        self.dated = "Y" in kinds
        self.timed = bool(clock)
        self.plain = self.dated and set(tokens) <= {"YYYY", "MM", "DD", "M", "D"}
        self._tokens = tokens
        self._names = _names(months)
        parts, end = [], 0
        for match in _TOKEN.finditer(text):
            parts += [re.escape(text[end : match.start()]), self._group(_plain(match[0]))]
            end = match.end()
        self._pattern = re.compile("".join(parts) + re.escape(text[end:]))

    def _group(self, token: str) -> str:
        if token == "ss":
            return _DIGITS[token] + r"(?:[.,][0-9]+)?"
        if token in {"MMM", "MMMM"}:
            known = sorted(self._names[token], key=len, reverse=True)
            return f"(?P<name>(?i:{'|'.join(map(re.escape, known))}))"
        return _DIGITS.get(token) or _OTHERS[token]

    def read(self, text: str, year: int | None = None) -> date | None:
        """The day, or None when the text is not one."""
        found = self.moment(text, year)
        return found.day if found else None

    def moment(self, text: str, year: int | None = None) -> Moment | None:
        """The day and time of day; `year` is that of formats without one."""
        match = self._pattern.fullmatch(text)
        if match is None:
            return None
        parts = match.groupdict()
        number = self._year(parts, year)
        try:
            day = date(number, self._month(parts), int(parts.get("day") or 1))
            clock = _clock(parts) if self.timed else None
        except ValueError:
            return None
        return Moment(day, clock) if FIRST_YEAR <= number <= LAST_YEAR else None

    def absent(self, text: str, year: int | None = None) -> str | None:
        """Year and day of a text whose month has not so many days, in words; else None."""
        match = self._pattern.fullmatch(text)
        if match is None:
            return None
        parts = match.groupdict()
        number, month, day = self._year(parts, year), self._month(parts), int(parts.get("day") or 1)
        if not (FIRST_YEAR <= number <= LAST_YEAR and 1 <= month <= len(MONTHS)):
            return None
        if not monthrange(number, month)[1] < day <= MOST_DAYS:
            return None
        return f"{number} has no {day} {MONTHS[month - 1]}"

    def _year(self, parts: dict[str, str | None], year: int | None) -> int:
        if (written := parts.get("year")) is not None:
            return int(written)
        if (short := parts.get("short")) is not None:
            return int(short) + (1900 if int(short) >= CENTURY else 2000)
        return year or 0

    def _month(self, parts: dict[str, str | None]) -> int:
        name = parts.get("name")
        if name is None:
            return int(parts["month"] or 0)
        every = self._names["MMM"] | self._names["MMMM"]
        return every[name.casefold()]

    def write(self, day: date, clock: time = time()) -> str:
        """A typed day as this format has it; as YYYY-MM-DD where it could not be read back."""
        text = _TOKEN.sub(lambda match: self._part(_plain(match[0]), day, clock), self.text)
        if not self.timed:
            text = text if clock == time() else f"{text} {clock.isoformat()}"
            if clock != time():
                return text
        found = self.moment(text)
        if (
            found is not None
            and found.day == day
            and found.midnight == (self.timed and clock == time())
        ):
            return text
        return day.isoformat() if clock == time() else f"{day} {clock.isoformat()}"

    def _part(self, token: str, day: date, clock: time) -> str:
        if token in {"MMM", "MMMM"}:
            names = self._names[token]
            return next(name for name, number in names.items() if number == day.month).title()
        hour = (clock.hour % 12 or 12) if "AM" in self._tokens else clock.hour
        values = {"YYYY": f"{day.year:04}", "YY": f"{day.year % 100:02}", "MM": f"{day.month:02}",
                  "M": str(day.month), "DD": f"{day.day:02}", "D": str(day.day),
                  "hh": f"{hour:02}", "h": str(hour), "mm": f"{clock.minute:02}",
                  "ss": f"{clock.second:02}", "AM": "AM" if clock.hour < 12 else "PM",
                  "offset": ""}  # fmt: skip
        return values[token]


class SerialDays(DateFormat):
    """Days counted by a spreadsheet, with a part of a day for its time.

    The 1900 system counts 29 February 1900, which never was: 59 is 28 February, 61 is 1 March.
    """

    def __init__(self, system: str) -> None:
        self.text, self.dated, self.timed, self.plain = system, True, False, False
        self._start = SERIALS[system]
        self._leap = system == "serial"

    def moment(self, text: str, year: int | None = None) -> Moment | None:
        """The day and, where there is a part of one, the time to the nearest second."""
        match = _SERIAL.fullmatch(text)
        if match is None:
            return None
        number, clock = int(match["day"]), None
        part = Fraction((match["part"] or "").replace(",", ".") or 0)
        if part:
            seconds = int(part * _LAST_SECOND + Fraction(1, 2))
            number, seconds = number + seconds // _LAST_SECOND, seconds % _LAST_SECOND
            clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        if self._leap and (number in {0, 60}):
            return None
        day = self._start + timedelta(days=number) + (ONE_DAY if self._leap and number < 60 else
                                                      timedelta())  # fmt: skip
        return Moment(day, clock) if day.year <= LAST_YEAR else None

    def absent(self, text: str, year: int | None = None) -> str | None:
        """None: a count has no months."""
        return None

    def write(self, day: date, clock: time = time()) -> str:
        """The count of a typed day; its time as a part in 10^-10."""
        number = (day - self._start).days
        number -= 1 if self._leap and number < 61 else 0
        seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
        if number < (1 if self._leap else 0):
            return day.isoformat()
        part = Fraction(seconds, _LAST_SECOND)
        return f"{number}.{int(part * 10**10):010d}" if seconds else str(number)


def day_format(read: ReadTimes) -> DateFormat:
    """The format of the days of a table.

    Raises:
        ValueError: when it is none.
    """
    return _made(read.date, read.months)


@lru_cache(maxsize=64)
def _made(text: str, months: tuple[str, ...]) -> DateFormat:
    return SerialDays(text) if text in SERIALS else DateFormat(text, months)


def month_format(read: ReadTimes) -> DateFormat | None:
    """The format of its months, where one is stated.

    Raises:
        ValueError: when it is none.
    """
    return None if read.period is None else DateFormat(read.period, read.months, of="MY")


def is_month_format(text: str) -> bool:
    """Whether a text is a format of months with their year."""
    try:
        return DateFormat(text, of="MY").dated
    except ValueError:
        return False


def _plain(token: str) -> str:
    return "offset" if token == "Z" else token


def _tokens(text: str) -> list[str]:
    return [_plain(token) for token in _TOKEN.findall(text)]


def _runs_together(text: str) -> bool:
    """Whether a number of one or two digits stands beside another without a sign between."""
    run: list[str] = []
    end = 0
    for match in [*_TOKEN.finditer(text), None]:
        touches = match is not None and match.start() == end and match[0] in _DIGITS
        if not touches:
            if len(run) > 1 and not _LOOSE.isdisjoint(run):
                return True
            run = []
        if match is not None and match[0] in _DIGITS:
            run.append(match[0])
            end = match.end()
    return False


def _names(months: Sequence[str]) -> dict[str, dict[str, int]]:
    """The names of months, folded, by token."""
    if months:
        own = {name.strip().casefold(): number for number, name in enumerate(months, 1)}
        return {"MMM": own, "MMMM": own}
    full = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
    short = {name[:3]: number for name, number in full.items()}
    return {"MMM": {**short, "sept": 9, **full}, "MMMM": full}


def month_token(name: str) -> str:
    """The token that a month's English name is proposed as: `MMM` where it is cut short."""
    return "MMM" if len(name) <= _CUT or name.casefold() == "sept" else "MMMM"


def _clock(parts: dict[str, str | None]) -> time:
    """The time of day; twelve-hour clocks begin their halves with 12.

    Raises:
        ValueError: when there is no such time.
    """
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if (hour, minute, second) == (24, 0, 0) and not parts.get("half"):
        return END
    half = (parts.get("half") or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute, second)
