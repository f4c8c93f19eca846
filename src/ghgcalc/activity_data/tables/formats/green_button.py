"""Green Button: interval readings of a utility as XML, also zipped (NAESB REQ.21, ESPI)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from ghgcalc.activity_data.tables.formats.espi_codes import (
    DIALS,
    ESTIMATED,
    FLOWS,
    QUALIFIERS,
    QUALITIES,
    SERVICES,
    UNITS,
)
from ghgcalc.activity_data.tables.formats.espi_feed import read_feed
from ghgcalc.activity_data.tables.formats.espi_time import (
    EspiClock,
    ZoneClock,
    local_day,
    local_time,
    read_rule,
)
from ghgcalc.activity_data.tables.formats.rows import FormatRefused, FormatRow
from ghgcalc.activity_data.tables.formats.safe_xml import documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.activity_data.tables.formats.espi_feed import Feed, Reading, Resource
    from ghgcalc.activity_data.tables.formats.espi_time import Clock
    from ghgcalc.company.read import Read

_MOST_MULTIPLIER = 12
_MOST_DIGITS = 40
_LAST_MOMENT = 7_258_118_400  # 2200-01-01
_AGAIN = "replace it by a file that follows NAESB REQ.21 (ESPI)"


def read_green_button(path: Path, read: Read) -> Iterator[FormatRow]:
    """The interval readings of a file, or of every `.xml` of an archive, one row each.

    Raises:
        FormatRefused: `bad-xml`, `bad-meter-file`, `too-large` and what archives are refused for.
        OSError: when it cannot be read.
    """
    number = 0
    for name, stream in documents(path, (".xml",)):
        try:
            feed = read_feed(stream)
            for block in feed.of["IntervalBlock"]:
                series = _series(feed, block, read)
                for place, reading in enumerate(block.readings):
                    number += 1
                    yield _row(number, series, block, place, reading)
        except FormatRefused as error:
            if not name:
                raise
            message = f"holds `{name}`, which {error.message}"
            raise FormatRefused(error.code, message, error.hint, error.line) from error


class _Series(NamedTuple):
    """What the readings of a block share."""

    meter: str
    title: str
    service: str
    name: str
    unit: str
    flow: str
    dial: bool
    qualifier: str
    quality: str
    multiplier: int
    length: str
    clock: Clock


def _series(feed: Feed, block: Resource, read: Read) -> _Series:
    meter = feed.above(block, "MeterReading")
    kind = feed.named(meter, "ReadingType")
    if kind is None:
        message = f"has a block of readings, `{block.own or block.title}`, without its ReadingType"
        raise FormatRefused("bad-meter-file", message, _AGAIN)
    point = feed.above(meter, "UsagePoint") if meter is not None else None
    texts = kind.texts
    flow, qualifier = texts.get("flowDirection", ""), texts.get("dataQualifier", "")
    uom = texts.get("uom", "0")
    return _Series(
        point.id if point is not None else "",
        point.title if point is not None else "",
        SERVICES.get(point.texts.get("ServiceCategory/kind", ""), "") if point else "",
        (meter.title or meter.id) if meter is not None else "",
        UNITS.get(uom, f"uom {uom}"),
        FLOWS.get(flow, f"flow {flow}"),
        texts.get("accumulationBehaviour", "") in DIALS,
        QUALIFIERS.get(qualifier, f"qualifier {qualifier}"),
        texts.get("defaultQuality", ""),
        _multiplier(texts.get("powerOfTenMultiplier", "")),
        texts.get("intervalLength", ""),
        _clock(feed, point, read),
    )


def _multiplier(text: str) -> int:
    number = _whole(text or "0")
    if number is None or abs(number) > _MOST_MULTIPLIER:
        message = f"states the powerOfTenMultiplier `{text[:20]}`"
        raise FormatRefused("bad-meter-file", message, _AGAIN)
    return number


def _clock(feed: Feed, point: Resource | None, read: Read) -> Clock:
    if read.time_zone is not None:
        return ZoneClock(ZoneInfo(read.time_zone))
    zone = feed.named(point, "LocalTimeParameters")
    if zone is None:
        raise FormatRefused(
            "bad-meter-file",
            "does not say its time zone (LocalTimeParameters): the days of its readings are open",
            "state it: `read: {format: green_button, time_zone: America/Chicago}`",
        )
    texts = zone.texts
    offset, saving = (_whole(texts.get(key) or "0") for key in ("tzOffset", "dstOffset"))
    try:
        begins, ends = (read_rule(texts.get(key) or "0") for key in ("dstStartRule", "dstEndRule"))
    except (ValueError, OverflowError):
        begins = ends = offset = None
    if offset is None or saving is None or max(abs(offset), abs(saving)) > 14 * 3600:
        message = "has LocalTimeParameters that are no offset and no rules of ESPI"
        hint = "state the zone: `read: {format: green_button, time_zone: America/Chicago}`"
        raise FormatRefused("bad-meter-file", message, hint)
    return EspiClock(offset, saving, begins, ends)


def _row(number: int, series: _Series, block: Resource, place: int, reading: Reading) -> FormatRow:
    start, length = _times(series, block, place, reading)
    last = start + max(length, 1) - 1
    clock = series.clock
    amount = _scaled(reading.value, series.multiplier)
    codes = reading.qualities or ((series.quality,) if series.quality else ())
    cells = [
        series.meter, series.title, series.service, series.name,
        "" if series.dial else amount, amount if series.dial else "", series.unit,
        local_day(start, clock), local_day(last, clock),
        local_time(start, clock), local_time(start + length, clock),
        series.flow, "dial" if series.dial else "interval", series.qualifier,
        ", ".join(QUALITIES.get(code, f"quality {code}") for code in codes),
        "yes" if ESTIMATED.intersection(codes) else "no",
    ]  # fmt: skip
    return FormatRow(number, 0, cells, None if series.dial else (start, start + length))


def _times(series: _Series, block: Resource, place: int, reading: Reading) -> tuple[int, int]:
    """Start and length in seconds; without a time of its own, the n-th interval of the block."""
    length = _whole(reading.duration or series.length)
    start = _whole(reading.start)
    if not reading.start and length is not None:
        first = _whole(block.texts.get("interval/start", ""))
        start = None if first is None else first + place * length
    fits = start is not None and length is not None
    if not fits or not 0 <= start <= _LAST_MOMENT or not 0 <= length <= _LAST_MOMENT:  # type: ignore[operator]
        message = (
            f"has a reading without its time: start `{reading.start[:20]}`,"
            f" duration `{(reading.duration or series.length)[:20]}`"
        )
        raise FormatRefused("bad-meter-file", message, _AGAIN)
    assert start is not None
    assert length is not None
    return start, length


def _whole(text: str) -> int | None:
    """A whole number of at most 18 digits."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def _scaled(text: str, multiplier: int) -> str:
    """A value times a power of ten, digit by digit; what is no number stays as written."""
    digits = text.removeprefix("-").replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return text
    sign, coefficient, exponent = Decimal(text).as_tuple()
    assert isinstance(exponent, int)
    scaled = f"{Decimal((sign, coefficient, exponent + multiplier)):f}"
    return scaled.rstrip("0").rstrip(".") if "." in scaled else scaled
