"""The clock of a time zone: the intervals of some days, and times of day as instants.

A local hour that is repeated in autumn gives two instants, one that spring leaves out gives none.
The time zones are those that come with Polars, the same on every machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.period import ONE_DAY

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from ghgcalc.activity_data.tables.times import DateFormat
    from ghgcalc.core.period import Span

FINEST = 15
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


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a time zone over some days, both included."""

    zone: str
    span: Span

    def intervals(self, minutes: int) -> pl.DataFrame:
        """Every interval of the days: `instant` it begins, `hour` that holds it, local `day`.

        Raises:
            ClockError: when the time zone is not known.
        """
        import polars as pl

        first = datetime.combine(self.span.first - ONE_DAY, time())
        last = datetime.combine(self.span.last + 2 * ONE_DAY, time())
        every = pl.datetime_range(first, last, f"{FINEST}m", time_zone="UTC", eager=True)
        frame = every.alias("instant").to_frame()
        try:
            local = frame.with_columns(pl.col("instant").dt.convert_time_zone(self.zone).alias("l"))
        except (pl.exceptions.ComputeError, ValueError) as error:
            raise ClockError(self.zone) from error
        minute = pl.col("l").dt.minute().cast(pl.Int64)
        whole = local.with_columns(
            hour=pl.col("instant") - pl.duration(minutes=minute), day=pl.col("l").dt.date()
        )
        inside = pl.col("day").is_between(self.span.first, self.span.last)
        return whole.filter(inside & (minute % minutes == 0)).drop("l")

    def hours(self) -> dict[datetime, date]:
        """The local day of every hour, by the moment it begins; part of an hour is one, too."""
        every = self.intervals(FINEST).select("hour", "day").unique("hour", maintain_order=True)
        return dict(every.rows())

    def instants(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Add `early` and `late` (UTC) and the local `day` to `local` and `offset` (minutes)."""
        import polars as pl

        stated = (pl.col("local") - pl.duration(minutes="offset")).dt.replace_time_zone("UTC")
        here = pl.when(pl.col("offset").is_null()).then("local")
        frame = frame.with_columns(
            early=pl.coalesce(stated, self._utc(here, "earliest")),
            late=pl.coalesce(stated, self._utc(here, "latest")),
        )
        return frame.with_columns(day=pl.col("early").dt.convert_time_zone(self.zone).dt.date())

    def _utc(self, local: pl.Expr, which: str) -> pl.Expr:
        known = local.dt.replace_time_zone(
            self.zone,
            ambiguous=which,  # type: ignore[arg-type] # a literal of two
            non_existent="null",
        )
        return known.dt.convert_time_zone("UTC")


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
