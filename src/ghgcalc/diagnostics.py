"""Diagnostics are values: where, what, why and what to do; never exceptions (DESIGN §6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

T = TypeVar("T")
ALIKE_SHOWN = 3
_SUBJECT = re.compile(r"`[^`]*`")


class Severity(StrEnum):
    """How much a diagnostic weighs: errors block totals, warnings and notes are printed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place in a text file: path beside the company file, line and column from 1, caret width."""

    path: str
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Span(NamedTuple):
    """A second place that takes part in the conflict, with a short label."""

    location: Location
    label: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: slug registered in `ghgcalc.codes`.
        message: one line, names the thing by its id, expected and found with units.
        location: where it was written; None only for findings about the whole run.
        label: text after the caret.
        related: other places of the same conflict.
        notes: further facts, one line each.
        hint: one action the reader can type.
        days: first and last day the finding touches; None when it cannot be placed in time.
        severity: taken from the registry unless stated.
    """

    code: str
    message: str
    location: Location | None = None
    label: str = ""
    related: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    hint: str | None = None
    days: tuple[date, date] | None = None
    severity: Severity = Severity.ERROR

    def sort_key(self) -> tuple[object, ...]:
        """Order of printing: by file, line, column, code, message."""
        where = self.location or Location("", 0, 0)
        return (where.path, where.line, where.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage returns: a value built from the valid part, and what it found."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = field(default=())


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is an error."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort findings by place, drop exact repetitions, and say once what many lines share."""
    return tuple(sorted(_together(dict.fromkeys(diagnostics)), key=Diagnostic.sort_key))


def _together(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings that differ in the line they name alone, such as all lines of a table's item."""
    alike: dict[tuple[object, ...], list[Diagnostic]] = {}
    for item in diagnostics:
        cause = _SUBJECT.sub("", item.message, count=1)
        key = (item.code, item.severity, item.location, item.label, item.related, item.notes,
               item.hint, cause)  # fmt: skip
        alike.setdefault(key, []).append(item)
    for items in alike.values():
        if len(items) <= ALIKE_SHOWN or items[0].location is None:
            yield from items
            continue
        items.sort(key=Diagnostic.sort_key)
        subject = _SUBJECT.search(items[-1].message)
        last = f", the last {subject[0]}" if subject else ""
        note = f"the same for {len(items) - 1:,} more lines{last}"
        yield replace(items[0], notes=(*items[0].notes, note))
