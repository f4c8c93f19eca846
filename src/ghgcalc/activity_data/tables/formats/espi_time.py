"""The clock of a Green Button file: offsets and daylight saving as ESPI encodes them.

NAESB REQ.21 (ESPI), `LocalTimeParameters`: offsets in seconds; the days on which daylight saving
begins and ends are rules of 32 bits (`DstRuleType`): seconds 0-11, hour 12-16, day of the week
17-19 (Monday 1), day of the month 20-24, operator 25-27, month 28-31.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY = 86_400
NO_RULE = 0xFFFFFFFF
_EPOCH = date(1970, 1, 1)
_LAST = 7


class Clock(Protocol):
    """Says how far local time is ahead of UTC."""

    def offset(self, moment: int) -> int:
        """Seconds ahead of UTC at a moment in seconds since 1970."""


class DstRule(NamedTuple):
    """A day and time of each year; `weekday` and `day` are 0 where they do not apply."""

    seconds: int
    weekday: int
    day: int
    operator: int
    month: int

    def of(self, year: int) -> int:
        """The moment of a year, in seconds of the local clock since 1970.

        Raises:
            ValueError: when the rule names no day of that year.
        """
        return (self._day(year) - _EPOCH).days * DAY + self.seconds

    def _day(self, year: int) -> date:
        if self.operator == 0:
            return date(year, self.month, self.day)
        if not 1 <= self.weekday <= 7:
            raise ValueError("no day of the week")
        if self.operator == _LAST:
            following = date(year + self.month // 12, self.month % 12 + 1, 1)
            last = following - timedelta(days=1)
            return last - timedelta(days=(last.isoweekday() - self.weekday) % 7)
        first = date(year, self.month, max(self.day, 1) if self.operator == 1 else 1)
        found = first + timedelta(days=(self.weekday - first.isoweekday()) % 7)
        if self.operator > 1:
            found += timedelta(weeks=self.operator - 2)
        return found


def read_rule(text: str) -> DstRule | None:
    """A rule from its eight hexadecimal digits; None where daylight saving is switched off.

    Raises:
        ValueError: when it is no rule.
    """
    bits = int(text, 16)
    if bits == NO_RULE or bits == 0:
        return None
    seconds = (bits & 0xFFF) + (bits >> 12 & 0x1F) * 3600
    rule = DstRule(seconds, bits >> 17 & 7, bits >> 20 & 0x1F, bits >> 25 & 7, bits >> 28 & 0xF)
    if bits > NO_RULE or not 1 <= rule.month <= 12:
        raise ValueError(text)
    rule.of(2000)  # a leap year has every day of the calendar
    return rule


class EspiClock:
    """A fixed offset with daylight saving by two rules."""

    def __init__(
        self, offset: int, saving: int, begins: DstRule | None, ends: DstRule | None
    ) -> None:
        self._offset, self._saving = offset, saving
        self._rules = (begins, ends) if begins and ends and saving else None
        self._years: dict[int, tuple[int, int]] = {}

    def offset(self, moment: int) -> int:
        """Seconds ahead of UTC."""
        if self._rules is None:
            return self._offset
        standard = moment + self._offset
        year = (_EPOCH + timedelta(days=standard // DAY)).year
        if year not in self._years:
            begins, ends = (rule.of(year) for rule in self._rules)
            # the clock that reads the end of daylight saving runs ahead by it
            self._years[year] = begins, ends - self._saving
        begins, ends = self._years[year]
        north = begins < ends
        summer = begins <= standard < ends if north else not ends <= standard < begins
        return self._offset + (self._saving if summer else 0)


class ZoneClock:
    """The clock of an IANA time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._hours: dict[int, int] = {}

    def offset(self, moment: int) -> int:
        """Seconds ahead of UTC; no zone changes within a quarter of an hour."""
        quarter = moment // 900
        if quarter not in self._hours:
            at = datetime.fromtimestamp(quarter * 900, UTC).astimezone(self._zone)
            offset = at.utcoffset()
            assert offset is not None
            self._hours[quarter] = int(offset.total_seconds())
        return self._hours[quarter]


def local_day(moment: int, clock: Clock) -> str:
    """The local day of a moment, as YYYY-MM-DD."""
    return (_EPOCH + timedelta(days=(moment + clock.offset(moment)) // DAY)).isoformat()


def local_time(moment: int, clock: Clock) -> str:
    """A moment as local time with its offset."""
    zone = timezone(timedelta(seconds=clock.offset(moment)))
    return datetime.fromtimestamp(moment, zone).isoformat()
