"""Refused time cells in words: what is wrong, and the option that reads it, as it is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables import lost_zeros
from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.label_rows import kind_of
from ghgcalc.activity_data.tables.time_cells import TimeCells, TimeRules, start_key
from ghgcalc.activity_data.tables.total_rows import says_total
from ghgcalc.activity_data.tables.written import (
    MOST_TEXTS,
    close_by,
    common_formats,
    firsts,
    formats_of,
    in_years,
    quoted,
    range_of,
    ways,
    yearless,
)
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR, PeriodError, Span, parse_period_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ghgcalc.activity_data.tables.label_rows import Kind
    from ghgcalc.company.table import Table
    from ghgcalc.core.period import ReportingYear

_BOTH = 2
Words = tuple[str, str]
_WIDE_DIGITS = re.compile("[\uff10-\uff19]")
_CORRECT = "correct the day, or state the file's format with `date:` under `read:`"


class TimeReader(TimeCells):
    """Reads time cells and says what is wrong with those that are refused."""

    def __init__(
        self, year: ReportingYear, rules: TimeRules, spoken_of: Collection[int] = ()
    ) -> None:
        super().__init__(year, rules)
        self._spoken_of = spoken_of
        self._near: tuple[int, frozenset[int]] | None = None
        self._sorted: dict[tuple[str, int], tuple[list[str], list[str]]] = {}

    def explain(self, column: str, texts: dict[str, str]) -> Words:
        """Message and hint for a refused cell."""
        found = self.judge(texts)
        why = "" if isinstance(found, Span) else next(f.why for f in found if f.column == column)
        text = texts[column].strip()
        shown = f"`{shown_cell(text)}`"
        if _WIDE_DIGITS.search(text):
            what = {"year": "a year", "period": "a period", "month": "a month"}.get(why, "a day")
            said = f"{shown} is not {what}: it has full-width digits"
            return said, "export the file with digits of ASCII"
        if cut := self._of_lost_zero(column, text, why):
            return cut
        if why == "year":
            return f"{shown} is not a year", "write the year with four digits"
        if why == "range":
            return self._of_range(text)
        if why == "period":
            return self._of_period(text)
        if why in {"month", "later", "both"}:
            return self._of_month(text, why, self.year_of(texts))
        if why in {"midnight", "closes", "before", "turn"}:
            return self._of_ends(column, texts, why)
        year = self.year_of(texts)
        if absent := self.rules.days.absent(text, year):
            return _no_such_day(shown, absent, stated=year is not None)
        return f"{shown} is not a day written {self.rules.days.text}", self._of_day(text, column)

    def _of_lost_zero(self, column: str, text: str, why: str) -> Words | None:
        """A cell that lost a zero, or may have, where those beside it have two digits."""
        if why not in {"month", "day"}:
            return None
        months = self.rules.months
        form = months.text if why == "month" and months is not None else self.rules.days.text
        good = self._met_periods()[0] if why == "month" else self._met_days(column)[0]
        if text in self.lost.get(column, ()) or (good and lost_zeros.is_short(form, text)):
            return lost_zeros.explain(form, text, why)
        return None

    def _years(self) -> frozenset[int]:
        """The years into which a proposed format may put cells; empty where none are known.

        That of the table where one is stated, else those of its cells that can be read and the
        ones beside them, else those of the company file.
        """
        size = sum(map(len, self.met.values())) + len(self.periods)
        if self._near is None or self._near[0] != size:
            self._near = (size, self._known_years())
        return self._near[1]

    def _known_years(self) -> frozenset[int]:
        met = [(year, day) for texts in self.met.values() for (_, year), day in texts.items()]
        stated = {self.rules.year, *(year for year, _ in met)} - {None}
        if stated:
            return frozenset(year for year in stated if year is not None)
        years = {day.day.year for _, day in met if day is not None}
        years |= {year for year in self.periods.values() if year is not None}
        near = years or set(self._spoken_of)
        return frozenset(each for year in near for each in (year - 1, year, year + 1))

    def _formats(self, text: str, of: str = "DMY") -> tuple[str, ...]:
        beside = self._met_periods()[1] if of == "MY" else []
        beside = [*beside, *(cell for column in self.met for cell in self._met_days(column)[1])]
        return in_years(formats_of(text, of), [text, *beside], self._years(), of)

    def _common(self, texts: Iterable[str], of: str = "DMY") -> tuple[str, ...]:
        some = list(texts)
        return close_by(in_years(common_formats(some, of), some, self._years(), of), some, of)

    def _of_both(self) -> tuple[str, ...]:
        """The formats of both ends of bills, which one `date:` states, where neither is read."""
        met = [self._met_days(name) for name in ("from", "to") if self.met.get(name)]
        if len(met) < _BOTH or any(good for good, _ in met):
            return ()
        return self._common([cell for _, bad in met for cell in bad])

    def _of_ends(self, column: str, texts: dict[str, str], why: str) -> Words:
        text = shown_cell(texts[column].strip())
        if why == "midnight":
            return (
                f"`{text}` is the midnight before that day, or after it",
                "state `read: {to: exclusive}` where that day is not billed, or"
                " `read: {to: inclusive}` where it is",
            )
        if why == "turn":
            return f"`{text}` is the midnight that begins the day of its row, or ends it", (
                "state `read: {midnight: ends}` where the row is of that day, or"
                " `read: {midnight: begins}` where it is of the day before"
            )
        if why == "closes":
            return f"`{text}` ends its day, and `to: exclusive` leaves that day out", (
                "remove `to: exclusive` under `read:`"
            )
        first = texts.get("from", "").strip()
        if self.rules.sign is not None or self.rules.follows or not first:
            return f"`{text}` ends before it starts", "correct the two days"
        if self.rules.to == "exclusive" and texts["to"].strip() == first:
            return f"`{text}` is not after `{first}`, and `to: exclusive` leaves its day out", (
                "correct the two days, or remove `to: exclusive` under `read:`"
            )
        message = f"`{text}` is before `{first}`"
        if self.rules.one_day:
            return message, "the interval ends on another day than its row says: correct the times"
        hint = "the bill ends before it starts: correct the two days"
        if not (self.forward or self.rules.one_column or self.rules.joined):
            hint += (
                "; where the file gives last days alone, as dates of bills and of readings, map"
                " none as `from:` and state `read: {from: previous_to}`"
            )
        return message, hint

    def _of_range(self, text: str) -> Words:
        form, sign = self.rules.days.text, self.rules.sign or ""
        found = range_of(text, self._years())
        hint = f"correct the two days, or state the file's format: `date: {quoted(form)}` now"
        if found is not None:
            hint = _set(f"date: {quoted(found[1])}", f'range: "{found[0]}"')
        return f"`{shown_cell(text)}` is not two days written {form} with `{sign}` between", hint

    def _of_day(self, text: str, column: str = "") -> str:
        """The format as it is typed; both, where the column holds two."""
        good, bad = self._met_days(column)
        forms = self._of_both() or self._common([*good, *bad])
        if forms:
            return _either("days", "date", forms)
        both = self._common(bad) or self._formats(text)
        if both and good and all(form.startswith(f"{self.rules.days.text} ") for form in both):
            return _either("times", "date", both)  # typed days at midnight show no time
        if both and good:
            return (
                f"the column holds days written {self.rules.days.text} and {' or '.join(both)}:"
                " export it again in one of them"
            )
        if both:
            some = self._common(bad)
            return _either("days", "date", some) if some else self._several(text, bad, "DMY")
        found = range_of(text, self._years())
        if found is not None:
            return (
                f"the cell holds two days: map it as `period:`, and state `read: {{date:"
                f' {quoted(found[1])}, range: "{found[0]}"}}`'
            )
        months = () if good else self._formats(text, "MY")
        if months:
            return (
                f"the cell holds a month: map it as `period:`, and state {_read('period', months)}"
            )
        if self.rules.days.timed and not self._formats(text):
            return "correct the day and time, or state the file's format with `date:` under `read:`"
        return _CORRECT

    def label(self, column: str, text: str) -> Kind | None:
        """What a text that is no time says of its row."""
        good = self._met_periods()[0] if column == "period" else self._met_days(column)[0]
        form = (self.rules.months or self.rules.days).text if column == "period" else ""
        names = "MMM" in form and not re.search("[YD]", form)
        return kind_of(text, among_times=bool(good), month_names=names)

    def _met_days(self, column: str) -> tuple[list[str], list[str]]:
        met = self.met.get(column, {})
        known = self._sorted.get((column, len(met)))
        if known is None:
            good = {text for (text, _), day in met.items() if day is not None}
            bad = {text for (text, _), day in met.items() if day is None and not _wordy(text)}
            known = sorted(good)[:MOST_TEXTS], sorted(bad)[:MOST_TEXTS]
            self._sorted[column, len(met)] = known
        return known

    def _met_periods(self) -> tuple[list[str], list[str]]:
        key = ("period", -len(self.periods))
        if key not in self._sorted:
            good = sorted(text for text, fine in self.periods.items() if fine)
            bad = sorted(t for t, fine in self.periods.items() if not fine and not _wordy(t))
            self._sorted[key] = good[:MOST_TEXTS], bad[:MOST_TEXTS]
        return self._sorted[key]

    def _of_month(self, text: str, why: str, year: int | None) -> Words:
        months = self.rules.months
        shown, stated = f"`{shown_cell(text)}`", self.rules.days.text
        if why == "both":
            return f"{shown} is a month of {months.text if months else ''} and a day of {stated}", (
                "state formats that no cell fits both"
            )
        if why == "later":
            return f"{shown} is not the first day of a month, which stands for the month", (
                "correct the day; a column of days is mapped as `from` and as `to`"
            )
        if self.rules.first_days and (absent := self.rules.days.absent(text, year)):
            return _no_such_day(shown, absent, stated=year is not None)
        if months is None:
            return f"{shown} is not the first day of a month written {stated}", self._of_day(text)
        message = f"{shown} is not a month written {months.text}"
        return message, self._of_months(text, months.text)

    def _of_months(self, text: str, stated: str) -> str:
        good, bad = self._met_periods()
        forms = self._common([*good, *bad], "MY")
        if forms:
            return _either("months", "period", forms)
        both = self._formats(text, "MY")
        if both and good:
            return (
                f"the column holds months written {stated} and {' or '.join(both)}:"
                " export it again in one of them"
            )
        if both:
            return _either("months", "period", both)
        days = self._common(bad)
        if days and firsts(bad, days[0]):
            return _first_days(days, [stated])
        return "correct the month, or state the file's format with `period:` under `read:`"

    def _of_period(self, text: str) -> Words:
        """A cell that is none of our periods, where no format is stated."""
        try:
            parse_period_text(text)
        except PeriodError as error:
            return f"`{shown_cell(text)}` is not a period", self._of_other_period(text, error.hint)
        return f"`{shown_cell(text)}` lies outside {FIRST_YEAR} … {LAST_YEAR}", "correct the year"

    def _of_other_period(self, text: str, plain: str) -> str:
        good, bad = self._met_periods()
        if self.rules.days.read(text) is not None:
            mine = [cell for cell in bad if self.rules.days.read(cell) is not None]
            if all((day := self.rules.days.read(cell)) and day.day == 1 for cell in mine):
                return self._firsts(good, bad, mine)
            return "the column holds days: name it as `from` and as `to` instead of `period`"
        months = self._formats(text, "MY")
        if months and good and (both := self._common([*good, *bad], "MY")):
            return _either("months", "period", both)
        if months and good:
            return (
                f"the column holds periods written {good[0]} and {' or '.join(months)}:"
                " export it again in one of them"
            )
        if months:
            some = self._common(bad, "MY")
            return _either("months", "period", some) if some else self._several(text, bad, "MY")
        days = self._common(bad) or self._formats(text)
        if days and all(firsts(bad, form) for form in days):
            return _first_days(days, [])
        if days:
            return (
                "the column holds days: name it as `from` and as `to` instead of `period`, with"
                f" {_read('date', days)}"
            )
        found = range_of(text, self._years())
        if found is not None:
            return _set(f"date: {quoted(found[1])}", f'range: "{found[0]}"')
        form = yearless(text)
        if form and not good:
            return f"state the year: `read: {{period: {form}, year: …}}`, or map its column `year:`"
        return plain

    def _firsts(self, good: list[str], bad: list[str], mine: Iterable[str]) -> str:
        """The column holds first days of months, alone or beside months written otherwise."""
        others = [*good, *(cell for cell in bad if cell not in mine)]
        forms = self._common(others, "MY") if others else []
        if not others:
            return "the days stand for months: state `read: {period_from: month}`"
        if len(forms) == 1:
            return (
                "the first days stand for months: state `read:"
                f" {{period: {quoted(forms[0])}, period_from: month}}`"
            )
        return "the column holds days and months: export it again with one of them"

    def _several(self, text: str, texts: Iterable[str], of: str) -> str:
        """The formats of a column that has no one format; that of the cell stands first."""
        known = {self._formats(text, of)[0]: text}
        for other in sorted(texts):
            for form in self._formats(other, of)[:1]:
                known.setdefault(form, other)
        named = ", ".join(f"`{shown_cell(cell)}` ({form})" for form, cell in [*known.items()][:4])
        return f"the column holds several formats: {named}; export it again in one of them"


def _no_such_day(shown: str, absent: str, *, stated: bool) -> Words:
    """Message and hint for a day that its month does not have; no other format is proposed."""
    return f"{shown} is no day: {absent}", "correct the day" + (", or its year" if stated else "")


def first_bill(table: Table, texts: Mapping[str, str]) -> Words:
    """Message and hint for the first bill of a meter or supply, which follows none."""
    key = start_key(table, texts)
    whose = f"meter `{key}`" if "meter" in table.columns else f"`{key}`"
    return (
        f"the first bill of {shown_cell(whose)} has no bill before it to say when it starts",
        f'state its first day: `read: {{starts: {{"{shown_cell(key)}": YYYY-MM-DD}}}}`',
    )


def _wordy(text: str) -> bool:
    """Whether a text says nothing of how the times beside it are written."""
    return says_total(text) or not any(sign.isdigit() for sign in text)


def _read(key: str, forms: Iterable[str]) -> str:
    return " or ".join(f"`read: {{{key}: {quoted(form)}}}`" for form in forms)


def _either(what: str, key: str, forms: Sequence[str]) -> str:
    if len(forms) == 1:
        return f"if the file writes its {what} so, set {ways(key, forms)} under `read:`"
    return f"state which of them the file means, under `read:`: {ways(key, forms)}"


def _first_days(days: Iterable[str], months: Iterable[str]) -> str:
    beside = "".join(f"period: {quoted(form)}, " for form in months)
    found = " or ".join(
        f"`read: {{{beside}date: {quoted(form)}, period_from: month}}`" for form in days
    )
    return f"the days stand for months: state {found}"


def _set(*options: str) -> str:
    return f"if the file writes it so, state `read: {{{', '.join(options)}}}`"
