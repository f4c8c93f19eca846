"""What the distinct key texts of a table came to: days, and rows that are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ghgcalc.core.period import Span

Texts = tuple[str, ...]


@dataclass(slots=True)
class Refusal:
    """The rows whose cell of one column is refused with one code."""

    column: str
    code: str
    count: int = 0
    texts: list[Texts] = field(default_factory=list)


@dataclass(slots=True)
class Verdict:
    """What the distinct key texts came to.

    Attributes:
        spans: good time texts and what they mean.
        refusals: by column and code, the texts that are refused and their rows.
        days: first and last day of all rows with a refusal; None when some cannot be placed.
        marks: rows by the text of the mark of estimates, and whether it is one.
    """

    spans: dict[Texts, Span] = field(default_factory=dict)
    refusals: dict[tuple[str, str], Refusal] = field(default_factory=dict)
    days: tuple[date, date] | None = None
    marks: dict[tuple[str, bool], int] = field(default_factory=dict)

    def refuse(self, column: str, code: str, texts: Texts, count: int) -> None:
        """Count the rows of one distinct text."""
        refusal = self.refusals.setdefault((column, code), Refusal(column, code))
        refusal.count += count
        refusal.texts.append(texts)

    def count_mark(self, text: str, count: int, *, marks: bool) -> None:
        """Count the rows of one text of the mark."""
        self.marks[text, marks] = self.marks.get((text, marks), 0) + count
