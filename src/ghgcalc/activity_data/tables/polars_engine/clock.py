"""The clock of a time zone by Polars, whose time zones are the same on every machine.

A local hour that is repeated in autumn gives two instants, one that spring leaves out gives none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.clock import ClockError
from ghgcalc.core.period import ONE_DAY, Span

if TYPE_CHECKING:
    import polars as pl


FINEST = 15


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
