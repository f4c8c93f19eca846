"""Row findings, capped: the first twenty of a code are printed, the rest are counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic

if TYPE_CHECKING:
    from datetime import date

SHOWN_PER_CODE = 20
_TEXT_WIDTH = 60


def shown_cell(text: str) -> str:
    """Write a cell's text for a message: one line, printable, not too long."""
    safe = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[: _TEXT_WIDTH + 1])
    return safe if len(text) <= _TEXT_WIDTH else safe[:_TEXT_WIDTH] + "…"


@dataclass(frozen=True, slots=True)
class RowFinding:
    """A finding at one row; `position` orders rows over all files, `rows` have the same cause."""

    position: int
    diagnostic: Diagnostic
    rows: int = 1


class Tally:
    """Collects row findings by code and caps what is printed."""

    def __init__(self, table: str) -> None:
        self.table = table
        self._found: dict[str, list[RowFinding]] = {}
        self._count: dict[str, int] = {}
        self._days: dict[str, tuple[date, date] | None] = {}

    def full(self, code: str) -> bool:
        """Whether a further finding of this code would only be counted."""
        return len(self._found.get(code, ())) > SHOWN_PER_CODE

    def count_only(self, code: str) -> None:
        """Count one row whose finding need not be built."""
        self._count[code] = self._count.get(code, 0) + 1

    def add(self, finding: RowFinding) -> None:
        """Take one row's finding."""
        self.add_many(finding.diagnostic.code, 1, [finding], finding.diagnostic.days)

    def add_many(
        self, code: str, count: int, found: list[RowFinding], days: tuple[date, date] | None
    ) -> None:
        """Take the first findings of `count` rows; `days` bound the time that all of them touch."""
        known = self._days.get(code, days)
        hull = (min(known[0], days[0]), max(known[1], days[1])) if known and days else None
        merged = sorted([*self._found.get(code, ()), *found], key=lambda item: item.position)
        self._found[code] = merged[: SHOWN_PER_CODE + 1]
        self._count[code] = self._count.get(code, 0) + count
        self._days[code] = hull

    def diagnostics(self) -> list[Diagnostic]:
        """The first twenty per code, then one line that counts the others."""
        result: list[Diagnostic] = []
        for code, found in sorted(self._found.items()):
            result.extend(item.diagnostic for item in found[:SHOWN_PER_CODE])
            more = self._count[code] - sum(item.rows for item in found[:SHOWN_PER_CODE])
            if more > 0:
                result.append(self._summary(code, more, found[-1].diagnostic))
        return result

    def _summary(self, code: str, more: int, at: Diagnostic) -> Diagnostic:
        rows = "row" if more == 1 else "rows"
        message = f"and {more:,} more {rows} of table `{self.table}` with `{code}`"
        return replace(at, message=message, label="", related=(), notes=(), paste=(),
                       days=self._days[code], stretches=())  # fmt: skip
