"""The days of a difference of two readings, from the texts of their days.

A reading stands before the consumption of its day (`start_of_day`) or after it (`end_of_day`). The
difference to the next one is of the days from the first reading up to and without the day of the
second, or from the day after the first up to the second; of two readings on one day, of that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.day_formats import END, Moment
from ghgcalc.activity_data.tables.time_cells import Fault
from ghgcalc.activity_data.tables.time_words import TimeReader
from ghgcalc.company.readings import Readings
from ghgcalc.core.period import ONE_DAY, Span

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from ghgcalc.activity_data.tables.time_cells import TimeRules
    from ghgcalc.core.period import ReportingYear


class ReadingTimes(TimeReader):
    """Reads `from` and `to` as the days of two readings."""

    def __init__(
        self,
        year: ReportingYear,
        rules: TimeRules,
        readings: Readings | None,
        spoken_of: Collection[int] = (),
    ) -> None:
        super().__init__(year, rules, spoken_of)
        self._taken = (readings or Readings()).taken

    def taken_at(self, text: str) -> Moment | None:
        """The day of a reading, with its time where there is one; None where it cannot be read.

        24:00 of a day is the midnight that begins the next one.
        """
        found = self.moment(text, self.rules.year, "from")
        if found is not None and found.time == END and self._taken == "start_of_day":
            return Moment(found.day + ONE_DAY)
        return found

    def judge(self, texts: dict[str, str]) -> Span | tuple[Fault, ...]:
        """The days of the difference, or what is wrong with the text of a reading's day, once."""
        found = []
        for name in ("from", "to"):
            if not texts[name].strip():
                return (Fault("from", "empty-cell"),)
            moment = self.taken_at(texts[name])
            if moment is None:
                return (Fault("from", "bad-date", "day"),)
            found.append(moment.day)
        return days_between(found[0], found[1], self._taken)


def days_between(first: date, last: date, taken: str) -> Span:
    """The days of the difference of readings on two days."""
    if taken == "end_of_day":
        return Span(min(first + ONE_DAY, last), last)
    return Span(first, max(first, last - ONE_DAY))
