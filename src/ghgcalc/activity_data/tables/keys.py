"""The key columns: each distinct text is read once, ours for theirs or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.label_rows import Kind, Label, repeats
from ghgcalc.activity_data.tables.marks import MARK
from ghgcalc.activity_data.tables.marks import explain as explain_mark
from ghgcalc.activity_data.tables.time_cells import START_MISSING
from ghgcalc.activity_data.tables.time_words import first_bill
from ghgcalc.activity_data.tables.total_rows import is_total, leave_out
from ghgcalc.company.joined_columns import joined_of
from ghgcalc.core.period import Span
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.scripts import composed, narrow
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ghgcalc.activity_data.tables.time_words import TimeReader
    from ghgcalc.activity_data.tables.times import Slip
    from ghgcalc.company.table import Table

NAMED = ("facility", "item", "unit", "supplier")
TIMES = ("period", "from", "to", "year")


def unit_error(text: str) -> tuple[str, str, str] | None:
    """Code, message and hint when a unit text cannot be read."""
    try:
        size = parse_unit(text).size
    except UnitError as error:
        return error.code, error.message, error.hint
    except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError, RecursionError):
        size = Fraction(0)
    hint = "see the list of units in docs/format.md"
    return None if size else ("unknown-unit", f"unit `{shown_cell(text)}` is not known", hint)


@dataclass(slots=True)
class KeyReader:
    """Reads key texts by the table's rules."""

    table: Table
    facilities: Collection[str]
    times: TimeReader
    _codes: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def ours(self, column: str, text: str) -> str | None:
        """Our text for theirs; None for a supplier that is not named."""
        text = composed(text.strip())
        names: Mapping[str, str] = getattr(self.table.names, column, {})
        return names.get(text, text) or None

    def code(self, column: str, text: str) -> str | None:
        """The code of the refusal, None for a good text."""
        key = (column, text)
        if key not in self._codes:
            self._codes[key] = self._code(column, self.ours(column, text))
        return self._codes[key]

    def _code(self, column: str, ours: str | None) -> str | None:
        if column == "supplier":
            return None
        if ours is None:
            return "empty-cell"
        if column == "facility":
            return None if ours in self.facilities else "unknown-facility"
        if column == "item":
            return None if ours in self.table.items else "unknown-item"
        error = unit_error(ours)
        return error[0] if error else None

    def explain(self, column: str, code: str, texts: Mapping[str, str]) -> tuple[str, str]:
        """Message and hint for a refused key cell."""
        if code == "empty-cell":
            return "the cell is empty", f"state the {column}; remove a row without data"
        if code == START_MISSING:
            return first_bill(self.table, texts)
        if code == "bad-date":
            return self.times.explain(column, {k: texts[k] for k in TIMES if k in texts})
        if column == MARK:
            return explain_mark(self.table, texts[column])
        text = composed(texts[column].strip())
        ours = self.ours(column, text) or ""
        mapped = f" (`{shown_cell(ours)}` here)" if ours != text else ""
        if column == "unit":
            _, message, hint = unit_error(ours) or ("", "", "")
            return message + mapped, hint + "; or translate it under `names: unit:`"
        message = f"{column} `{shown_cell(text)}`{mapped} is not known"
        heading = self.table.columns.get(column)
        if heading is not None and is_total(text, self.named(column)):
            return message, f"{leave_out(self.table, heading, text)}: the row is a sum of others"
        if column == "item":
            return message, _suggest(text, self.table.items, "add it to the table's `items:`")
        return message, _suggest(text, self.named(column), "translate it under `names: facility:`")

    def label(self, column: str, texts: Mapping[str, str]) -> Label | None:
        """The label that stands in a time column of a row, in this one if there."""
        for name in (column, *TIMES):
            heading, text = self.table.columns.get(name), composed(texts.get(name, "").strip())
            if not text or heading is None or name in joined_of(self.table.columns):
                continue
            if repeats(heading, text):
                return Label(heading, text, Kind.HEADING)
            if kind := self.times.label(name, text):
                return Label(heading, text, kind)
        return None

    def named(self, column: str) -> list[str]:
        """The texts that a column may hold, theirs and ours."""
        if column == "item":
            return list(self.table.items)
        return [*self.facilities, *self.table.names.facility]


def _suggest(text: str, known: Iterable[str], action: str) -> str:
    names = sorted(known)
    near = narrow(text) if narrow(text) in names else nearest(text, names)
    return f"did you mean `{near}`? Otherwise {action}" if near else action


def time_columns(columns: Iterable[str]) -> list[str]:
    """Which of our columns give the time, in a fixed order."""
    return [name for name in TIMES if name in columns]


def read_times(
    rows: Iterable[tuple[str, ...]], names: list[str], reader: TimeReader
) -> tuple[dict[tuple[str, ...], Span], dict[tuple[str, ...], tuple[Slip, ...]]]:
    """Spans and refusals of the distinct time texts."""
    rows = list(rows)
    found = _read_times(rows, names, reader)
    return _read_times(rows, names, reader) if reader.settle() else found


def _read_times(
    rows: Iterable[tuple[str, ...]], names: list[str], reader: TimeReader
) -> tuple[dict[tuple[str, ...], Span], dict[tuple[str, ...], tuple[Slip, ...]]]:
    good: dict[tuple[str, ...], Span] = {}
    bad: dict[tuple[str, ...], tuple[Slip, ...]] = {}
    for row in rows:
        span = reader.read(dict(zip(names, row, strict=True)))
        if isinstance(span, Span):
            good[row] = span
        else:
            bad[row] = span
    return good, bad
