"""Times of day as written in the rows of metered series."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.day_formats import DateFormat

MOST_OFFSET = 14 * 60
_STAMP = re.compile(
    r"(?P<day>.+?)(?:(?:T| +)(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.0+)?)?"
    r" ?(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)


class ClockError(ValueError):
    """A time zone that is not known."""


class Stamp(NamedTuple):
    """A time as written: the reading of the clock, and minutes ahead of UTC where stated."""

    local: datetime
    offset: int | None


def read_stamp(text: str, form: DateFormat, minutes: int) -> Stamp | None:
    """Read a day and time of day; `minutes` is what the clock went on since the interval began.

    A day alone is its first moment, as spreadsheets write it. 24:00 ends a day.
    """
    match = _STAMP.fullmatch(text.strip())
    day = form.read(match["day"]) if match else None
    if match is None or day is None:
        return None
    hour, minute, second = (int(match[part] or 0) for part in ("h", "m", "s"))
    ends = minutes > 0 and (hour, minute, second) == (24, 0, 0)
    if not ends and (hour > 23 or minute > 59 or second > 59):
        return None
    passed = timedelta(hours=hour, minutes=minute - minutes, seconds=second)
    offset = _offset(match["offset"])
    if offset is not None and abs(offset) > MOST_OFFSET:
        return None
    return Stamp(datetime.combine(day, time()) + passed, offset)


def _offset(text: str | None) -> int | None:
    if text is None or text == "Z":
        return 0 if text else None
    digits = text[1:].replace(":", "")
    size = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -size if text.startswith("-") else size
