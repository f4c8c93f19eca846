"""NEM12: interval data of the Australian market (AEMO, Meter Data File Format NEM12 & NEM13, 2.6).

A 200 record opens a data stream of a meter; each 300 record below it is a day of intervals, on
Australian Eastern Standard Time; 400 records say the quality of intervals where the day's varies.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.formats.rows import FormatRefused, FormatRow
from ghgcalc.activity_data.tables.formats.safe_xml import documents

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.read import Read

AEST = timezone(timedelta(hours=10))
LENGTHS = (5, 10, 15, 30, 60)
_UNITS = {unit.casefold(): unit for unit in (
    "MWh", "kWh", "Wh", "MVArh", "kVArh", "VArh", "MVAr", "kVAr", "VAr", "MW", "kW", "W", "MVAh",
    "kVAh", "VAh", "MVA", "kVA", "VA", "kV", "V", "kA", "A", "pf",
)}  # fmt: skip
# of the first letter of a suffix: drawn from the grid, and fed into it; AEMO speaks from the grid
_FLOWS = {"E": "forward", "B": "reverse"}
_FLAGS = frozenset("AEFNSV")
_ESTIMATED = frozenset("EFS")
_DAY = re.compile(r"[0-9]{8}")
_AFTER = 5  # cells of a 300 record after its values
_AGAIN = "replace it by a file that follows AEMO's Meter Data File Format (NEM12)"


def read_nem12(path: Path, read: Read) -> Iterator[FormatRow]:
    """The intervals of a file, or of the one file of an archive, one row each.

    Raises:
        FormatRefused: `bad-meter-file` at its line, `too-large` and what archives are refused for.
        OSError: when it cannot be read.
    """
    found = list(_texts(path))
    if len(found) > 1:
        hint = "unpack it, and name the files inside"
        raise FormatRefused("bad-meter-file", f"holds {len(found)} files", hint)
    yield from _File(found[0]).rows()


def _texts(path: Path) -> Iterator[str]:
    for _, stream in documents(path, (".csv", ".txt", ".nem12", ".dat")):
        try:
            yield stream.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 at byte {error.start + 1}"
            raise FormatRefused("bad-meter-file", message, _AGAIN) from error


@dataclass(slots=True)
class _Stream:
    """A 200 record."""

    meter: str
    register: str
    suffix: str
    serial: str
    unit: str
    minutes: int


@dataclass(slots=True)
class _Day:
    """A 300 record, and the qualities that 400 records give its intervals."""

    line: int
    day: date
    stream: _Stream
    values: list[str]
    quality: str
    reason: str
    of: dict[int, tuple[str, str]] = field(default_factory=dict)


class _File:
    """The records of a file, one after the other."""

    def __init__(self, text: str) -> None:
        self._records = csv.reader(io.StringIO(text, newline=None), strict=True)
        self._stream: _Stream | None = None
        self._day: _Day | None = None
        self._open = False
        self.days = 0

    @property
    def line(self) -> int:
        """The line last read."""
        return self._records.line_num

    def rows(self) -> Iterator[FormatRow]:
        """The rows of all days."""
        try:
            for cells in self._records:
                if any(cells):
                    yield from self._record([cell.strip() for cell in cells])
        except csv.Error as error:
            raise self._refused(f"cannot be read: {error}") from error
        yield from self._closed()
        if self._open:
            raise self._refused("ends without its 900 record: it may be cut short")
        if not self.days:
            raise self._refused("holds no 300 record: no intervals")

    def _refused(self, message: str, line: int = 0) -> FormatRefused:
        return FormatRefused("bad-meter-file", message, _AGAIN, line or max(self.line, 1))

    def _record(self, cells: list[str]) -> Iterator[FormatRow]:
        kind = cells[0]
        if kind == "400":
            self._quality(cells)
            return
        if kind in {"100", "200", "300", "900"}:
            yield from self._closed()
        if kind == "100":
            self._header(cells)
        elif kind == "200":
            self._stream = self._opened(cells)
        elif kind == "300":
            self._day = self._read(cells)
        elif kind == "900":
            self._open, self._stream = False, None
        elif kind != "500":
            message = f"line {self.line} begins with `{kind[:20]}`, which is no record of NEM12"
            raise self._refused(message)

    def _header(self, cells: list[str]) -> None:
        version = cells[1].upper() if len(cells) > 1 else ""
        if version != "NEM12":
            raise self._refused(f"is {version or 'of no stated version'}, not NEM12")
        if self._open:
            raise self._refused(f"has a header in line {self.line} before the 900 record")
        self._open = True

    def _opened(self, cells: list[str]) -> _Stream:
        if len(cells) < 9:
            raise self._refused(f"line {self.line}: a 200 record has at least 9 cells")
        _, meter, _, register, suffix, _, serial, unit, minutes = cells[:9]
        if minutes not in {str(length) for length in LENGTHS}:
            raise self._refused(f"line {self.line}: an interval of `{minutes[:20]}` minutes")
        if not meter or not suffix:
            raise self._refused(f"line {self.line}: the 200 record names no NMI or no suffix")
        ours = _UNITS.get(unit.casefold(), unit)
        return _Stream(meter, register, suffix, serial, ours, int(minutes))

    def _read(self, cells: list[str]) -> _Day:
        stream = self._stream
        if stream is None:
            raise self._refused(f"line {self.line}: a 300 record without a 200 record above it")
        count = 24 * 60 // stream.minutes
        if not count + 3 <= len(cells) <= count + 2 + _AFTER:
            raise self._refused(
                f"line {self.line}: the 300 record has {len(cells)} cells; a day, {count} values of"
                f" {stream.minutes} minutes and a quality are expected"
            )
        day = _day(cells[1])
        if day is None:
            raise self._refused(f"line {self.line}: `{cells[1][:20]}` is not a day (YYYYMMDD)")
        after = [*cells[count + 2 :], "", ""]
        self._flag(after[0], f"after {count} values of {stream.minutes} minutes ")
        return _Day(self.line, day, stream, cells[2 : count + 2], after[0], after[1])

    def _flag(self, quality: str, where: str = "") -> None:
        if quality[:1] not in _FLAGS:
            shown = f"stands `{quality[:20]}`" if quality else "stands nothing"
            message = f"line {self.line}: {where}{shown}, where a quality flag is expected"
            raise self._refused(message)

    def _quality(self, cells: list[str]) -> None:
        """A 400 record: the quality of some intervals of the day above it."""
        day = self._day
        if day is None:
            raise self._refused(f"line {self.line}: a 400 record without a 300 record above it")
        first, last = (int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
                       for text in [*cells, "", ""][1:3])  # fmt: skip
        if not 1 <= first <= last <= len(day.values):
            raise self._refused(
                f"line {self.line}: intervals `{','.join(cells[1:3])[:20]}` are none of the"
                f" {len(day.values)} of that day"
            )
        quality, reason = [*cells, "", ""][3:5]
        self._flag(quality)
        for place in range(first - 1, last):
            if place in day.of:
                raise self._refused(f"line {self.line}: interval {place + 1} has a quality twice")
            day.of[place] = quality, reason

    def _closed(self) -> Iterator[FormatRow]:
        """The rows of the day read last, once its 400 records are known."""
        day, self._day = self._day, None
        if day is None:
            return
        self.days += 1
        if day.quality.startswith("V") and len(day.of) < len(day.values):
            missing = next(place for place in range(len(day.values)) if place not in day.of)
            message = f"line {day.line}: no 400 record says the quality of interval {missing + 1}"
            raise self._refused(message, day.line)
        yield from _rows(day)


def _rows(day: _Day) -> Iterator[FormatRow]:
    """The intervals of a day; the time of Queensland knows no daylight saving."""
    stream, of_day = day.stream, day.day.isoformat()
    head = [stream.meter, stream.suffix, stream.register, stream.serial]
    flow = _FLOWS.get(stream.suffix[:1].upper(), "other")
    length = stream.minutes * 60
    midnight = int(datetime.combine(day.day, time(), AEST).timestamp())
    ends = [*_clock(stream.minutes), f"{(day.day + timedelta(days=1)).isoformat()}T00:00:00+10:00"]
    times = [f"{of_day}T{clock}" for clock in ends[:-1]] + ends[-1:]
    for place, value in enumerate(day.values):
        quality, reason = day.of.get(place, (day.quality, day.reason))
        flag = quality[:1]
        cells = [
            *head, "" if flag == "N" else value, stream.unit, of_day, of_day,
            times[place], times[place + 1], flow, quality,
            "yes" if flag in _ESTIMATED else "no", reason,
        ]  # fmt: skip
        start = midnight + place * length
        yield FormatRow(day.line, place, cells, (start, start + length))


@cache
def _clock(minutes: int) -> tuple[str, ...]:
    """The clock at which the intervals of a day begin."""
    return tuple(
        f"{start // 60:02}:{start % 60:02}:00+10:00" for start in range(0, 24 * 60, minutes)
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
