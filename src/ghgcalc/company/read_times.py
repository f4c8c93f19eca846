"""How the time of a row is written: options under `read:` that turn cells into days."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from ghgcalc.company.joined_columns import joined_of, one_day
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR
from ghgcalc.core.schema import Day, Model, Text, Texts, parse_day, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "file_name"
PREVIOUS_TO = "previous_to"
SERIALS = {"serial": date(1899, 12, 30), "serial_1904": date(1904, 1, 1)}
_YEAR = re.compile(r"[0-9]{4}")
MONTHS = 12


def _starts(value: Any) -> Any:
    """One day for all first bills, or a day by meter."""
    if not isinstance(value, str):
        return value
    try:
        return {"": parse_day(value)}
    except ValueError:
        raise refuse("bad-date", f"`{value}` is not a day", "write YYYY-MM-DD") from None


class ReadTimes(Model):
    """What the cells of the time columns look like, and which days they mean."""

    date: Text = "YYYY-MM-DD"
    period: Text | None = None
    period_from: Literal["month"] | None = None
    range: Text | None = None
    from_: Literal["previous_to"] | None = Field(default=None, alias="from")
    starts: Annotated[dict[Text, Day], BeforeValidator(_starts)] = Field(default_factory=dict)
    to: Literal["inclusive", "exclusive"] | None = None
    midnight: Literal["begins", "ends"] | None = None
    year: Text | None = None
    months: Texts = ()

    @model_validator(mode="after")
    def _times_agree(self) -> ReadTimes:
        if self.starts and self.from_ is None:
            raise _idle("starts", "they are the first days where `from: previous_to` is stated")
        for name in ("period", "period_from", "from_"):
            if self.range is not None and getattr(self, name) is not None:
                raise _idle("range", f"`{name.strip('_')}` beside it says otherwise")
        if self.year not in {None, FILE_NAME} and not _is_year(self.year or ""):
            raise refuse(
                "unknown-value",
                f"`year: {self.year}` is neither a year nor `{FILE_NAME}`",
                f"write the year with four digits, or `year: {FILE_NAME}`",
            )
        self._months_named()
        return self

    def _months_named(self) -> None:
        if not self.months:
            return
        if len({name.strip().casefold() for name in self.months}) != MONTHS:
            raise refuse(
                "wrong-shape",
                f"`months` names {len(self.months)} months that differ, not {MONTHS}",
                "write the twelve names as the file does, January first",
            )
        if "MMM" not in f"{self.date} {self.period or ''}":
            raise _idle("months", "no format has `MMM`")

    @property
    def timed(self) -> bool:
        """Whether the days of the files come with a time of day."""
        return "hh" in self.date or "h:" in self.date or self.date in SERIALS


def _is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(text)) and FIRST_YEAR <= int(text) <= LAST_YEAR


def _idle(key: str, reason: str) -> Exception:
    return refuse("conflicting-keys", f"`{key}` cannot act: {reason}", f"remove `{key}:`")


def check_series(read: ReadTimes) -> None:
    """Refuse options of time for a series of intervals, whose cells are times of day anyway.

    Raises:
        PydanticCustomError: naming the option.
    """
    for name in type(read).model_fields.keys() & set(ReadTimes.model_fields):
        if name in read.model_fields_set - {"date", "months"}:
            raise _idle(name.strip("_"), "a series states the time of each interval")
    if read.timed or _lacks_year(read.date):
        raise refuse(
            "unknown-value",
            f"`{read.date}` is not a format of days for a series",
            "write the day alone, such as `date: MM/DD/YYYY`; the time of day after it is read",
        )


def check_times(read: ReadTimes, columns: Mapping[str, str]) -> None:
    """Refuse options of time that the columns of a table give nothing to act on.

    Raises:
        PydanticCustomError: naming the option.
    """
    by_days = {"from", "to"} <= set(columns) or read.from_ is not None
    one = columns.get("from") is not None and columns.get("from") == columns.get("to")
    _check_midnight(read, columns, one=one)
    if read.from_ is not None and "from" in columns:
        raise _idle("from", "the column `from` gives the first day")
    if read.range is not None and not one and (by_days or "period" not in columns):
        raise _idle("range", "map one column, as in `period: their heading`")
    for key in ("period", "period_from"):
        if getattr(read, key) is not None and (by_days or "period" not in columns):
            raise _idle(key, "no column `period` gives the time")
    if read.to is not None and not by_days and read.range is None:
        raise _idle("to", "no column `to` gives the last day")
    if read.to == "exclusive" and one and read.range is None and not read.timed:
        raise _idle("to", "`from` and `to` are one column of days, and each row is its day")
    _check_year(read, columns, by_days=by_days)


def takes_exclusive(read: ReadTimes, columns: Mapping[str, str]) -> bool:
    """Whether `to: exclusive` can still be stated: where nothing says otherwise and it can act."""
    if read.to is not None:
        return False
    try:
        check_times(read.model_copy(update={"to": "exclusive"}), columns)
    except PydanticCustomError:
        return False
    return True


def _check_midnight(read: ReadTimes, columns: Mapping[str, str], *, one: bool) -> None:
    """Whether 00:00 begins or ends a day can be asked where one cell gives the day of a row."""
    joined = joined_of(columns)
    if joined and not read.timed:
        raise refuse(
            "missing-key",
            f"`{next(iter(joined))}` is a day and its time, and `date: {read.date}` has no time",
            "state how both are written, with a blank between them, as in"
            " `read: {date: DD.MM.YYYY hh:mm}`",
        )
    if read.midnight is not None and not (read.timed and (one or one_day(columns))):
        raise _idle("midnight", "it is for rows whose `from` and `to` have one day, with a time")
    if read.to is not None and (read.midnight is not None or one_day(columns)):
        raise _idle("to", "a row has one day, and `midnight:` says what 00:00 at its end is")


def _check_year(read: ReadTimes, columns: Mapping[str, str], *, by_days: bool) -> None:
    """A format without a year needs one from elsewhere, one with a year does not take another."""
    column = "year" in columns
    if read.year is not None and column:
        raise _idle("year", "the column `year` gives it")
    by_period = not by_days and read.range is None and read.period_from is None
    forms = [read.period] if by_period else [read.date, *([read.period] if read.period else [])]
    lacking = [form for form in forms if form is not None and _lacks_year(form)]
    stated = column or read.year is not None
    if stated and by_period and read.period is None and "period" in columns:
        raise refuse(
            "missing-key",
            "a year is given beside the column `period`, and no form of its months is stated",
            "state it as the file writes them, such as `read: {period: M}` or `{period: MMM}`",
        )
    if lacking and not stated:
        raise refuse(
            "missing-key",
            f"`{lacking[0]}` has no year, and nothing else gives it",
            f"state `read: {{year: YYYY}}`, with its year, or `year: {FILE_NAME}`, or map a column"
            " `year:`",
        )
    if stated and not lacking:
        raise _idle("year", "the cells of the time columns hold their year")


def _lacks_year(form: str) -> bool:
    """Whether days or months are written without a year; what is no format is told later."""
    return "YY" not in form and form not in SERIALS and "M" in form
