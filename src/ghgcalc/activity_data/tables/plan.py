"""What a table asks for, settled once before rows are read: columns, constants, formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.blanks import contradictions
from ghgcalc.activity_data.tables.columns import row_columns
from ghgcalc.activity_data.tables.day_formats import DateFormat, is_month_format
from ghgcalc.activity_data.tables.keys import NAMED, KeyReader, time_columns
from ghgcalc.activity_data.tables.marks import MARK
from ghgcalc.activity_data.tables.number_form import NumberForm, number_form
from ghgcalc.activity_data.tables.reading_times import ReadingTimes
from ghgcalc.activity_data.tables.sums import DECIMALS
from ghgcalc.activity_data.tables.time_cells import TimeRules, time_rules
from ghgcalc.activity_data.tables.time_words import TimeReader
from ghgcalc.activity_data.tables.times import Calendar, resolve_period
from ghgcalc.activity_data.tables.words import may_differ
from ghgcalc.company.quantity_terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import ReportingYear, Span


_NOT = '"\r\n'


@dataclass
class TablePlan:
    """The settled rules of one table.

    Attributes:
        places: where the table is written.
        keys: reader of key texts.
        calendar: the segments of time.
        columns: our columns that the files give, to theirs.
        constants: our key columns that the company file gives.
        span: the constant period, where no column gives the time.
        found: findings at the table itself; rows are not summed when there are any.
        decimals: those of the counts: 9, or 15 where a cell has more.
    """

    places: Places
    keys: KeyReader
    calendar: Calendar
    columns: dict[str, str]
    constants: dict[str, str | None] = field(default_factory=dict)
    span: Span | None = None
    found: list[Diagnostic] = field(default_factory=list)
    decimals: int = DECIMALS

    @property
    def named(self) -> list[str]:
        """The key columns other than time that the files give."""
        return [name for name in NAMED if name in self.columns]

    @property
    def texts(self) -> list[str]:
        """The columns whose texts groups tell apart: keys, and the mark of estimates."""
        return [*self.named, *([MARK] if MARK in self.columns else [])]

    @property
    def times(self) -> list[str]:
        """The time columns that the files give."""
        return time_columns(self.columns)

    @cached_property
    def form(self) -> NumberForm:
        """How the files write numbers."""
        return number_form(self.places.table.read)


def make_plan(
    places: Places,
    cuts: Iterable[date],
    facilities: Collection[str],
    year: ReportingYear,
    spoken_of: Collection[int] = (),
) -> TablePlan:
    """Settle the rules; what contradicts itself becomes a finding at the table."""
    table = places.table
    rules, found = formats(places)
    times = TimeReader(year, rules, spoken_of)
    if table.reads:
        times = ReadingTimes(year, rules, table.readings, spoken_of)
    keys = KeyReader(table, frozenset(facilities), times)
    plan = TablePlan(places, keys, Calendar(cuts), row_columns(table), found=found)
    _read_constants(plan, year)
    return plan


def formats(places: Places) -> tuple[TimeRules, list[Diagnostic]]:
    """How times are read; findings where a format or the sign between cells cannot be one."""
    read, found = places.table.read, []
    try:
        rules = time_rules(places.table)
    except ValueError as error:
        rules = TimeRules(DateFormat("YYYY-MM-DD"))
        found.append(_no_format(places, str(error)))
    delimiter = "," if read.delimiter is None else read.delimiter
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter.isalnum() or delimiter in _NOT:
        message = f"`{delimiter}` cannot delimit cells"
        hint = 'write one ASCII sign, such as "," or ";" or "\\t"'
        found.append(places.finding("unknown-value", message, "read", "delimiter", hint=hint))
    if read.decimals is not None and places.table.reads:
        message = "`decimals` rounds cells, and a difference of rounded readings is not counted"
        hint = "remove `decimals:`, and correct readings with more than 15 decimals"
        found.append(places.finding("conflicting-keys", message, "read", "decimals", hint=hint))
    table = places.table
    unit = None if "unit" in table.columns else table.constants.unit
    if terms_of(table.columns) and may_differ(read.signs, unit, table.names.unit):
        message = "`signs` beside the terms of a quantity are not compared with its unit"
        hint = "state `constants: {unit: …}` in their unit, and that word alone under `signs:`"
        found.append(places.finding("conflicting-keys", message, "read", "signs", hint=hint))
    return rules, [*found, *contradictions(places)]


def _no_format(places: Places, text: str) -> Diagnostic:
    """A text that is stated as a format and is none."""
    read = places.table.read
    if text == read.date and read.period is None and is_month_format(text):
        message = f"`{text}` is a format of months, not of days"
        hint = f"state `read: {{period: {text}}}`, and map the column as `period:`"
        return places.finding("unknown-value", message, "read", "date", hint=hint)
    if text == read.date:
        message = f"`{text}` is not a format of days"
        hint = "write YYYY, MM and DD (M and D: one or two digits) once each, as in YYYY/MM/DD"
        if re.search("[hH]", text):
            hint += "; hours and minutes are `hh:mm`"
        return places.finding("unknown-value", message, "read", "date", hint=hint)
    message = f"`{text}` is not a format of months"
    hint = "write YYYY and MM (M: one or two digits, MMM: a name) once each, as in YYYYMM or MMM-YY"
    return places.finding("unknown-value", message, "read", "period", hint=hint)


def _read_constants(plan: TablePlan, year: ReportingYear) -> None:
    constants = plan.places.table.constants
    for name in NAMED:
        text = getattr(constants, name)
        if name in plan.columns:
            continue
        plan.constants[name] = plan.keys.ours(name, text or "")
        code = plan.keys.code(name, text or "")
        if code:
            message, hint = plan.keys.explain(name, code, {name: text or ""})
            plan.found.append(plan.places.finding(code, message, "constants", name, hint=hint))
    if plan.times:
        return
    plan.span = resolve_period(constants.period, year) if constants.period else None
    if plan.span is None:
        message = f"`{constants.period}` is not a period of the years 1900 … 2200"
        finding = plan.places.finding("bad-date", message, "constants", "period")
        plan.found.append(finding)
