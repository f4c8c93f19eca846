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


class _Found:
    """The findings of one code and kind: the first of them, their rows, their days."""

    def __init__(self) -> None:
        self.first: list[RowFinding] = []
        self.count = 0
        self.days: tuple[date, date] | None = None
        self.known = False


class Tally:
    """Collects row findings by code and caps what is printed.

    Findings of one kind have one cause and one remedy: they are told once, with their rows.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self._found: dict[tuple[str, str], _Found] = {}

    def full(self, code: str, kind: str = "") -> bool:
        """Whether a further finding of this code would only be counted."""
        found = self._found.get((code, kind))
        return found is not None and len(found.first) > SHOWN_PER_CODE

    def count_only(self, code: str, kind: str = "") -> None:
        """Count one row whose finding need not be built."""
        self._found[code, kind].count += 1

    def add(self, finding: RowFinding, kind: str = "") -> None:
        """Take one row's finding."""
        code, days = finding.diagnostic.code, finding.diagnostic.days
        self.add_many(code, 1, [finding], days, kind)

    def add_many(
        self,
        code: str,
        count: int,
        found: list[RowFinding],
        days: tuple[date, date] | None,
        kind: str = "",
    ) -> None:
        """Take the first findings of `count` rows.

        Args:
            code: of the findings.
            count: how many rows have one.
            found: the first of them.
            days: bound the time that all of them touch.
            kind: what they have in common where one finding tells all.
        """
        known = self._found.setdefault((code, kind), _Found())
        before = known.days if known.known else days
        if before is None or days is None:
            days = None
        else:
            days = min(before[0], days[0]), max(before[1], days[1])
        merged = sorted([*known.first, *found], key=lambda item: item.position)
        known.first = merged[: SHOWN_PER_CODE + 1]
        known.count += count
        known.days, known.known = days, True

    def diagnostics(self) -> list[Diagnostic]:
        """One finding per kind; else the first twenty per code, and how many others there are."""
        result: list[Diagnostic] = []
        for (code, kind), found in sorted(self._found.items()):
            if kind:
                result.append(_alike(found))
                continue
            shown = found.first[:SHOWN_PER_CODE]
            result.extend(item.diagnostic for item in shown)
            more = found.count - sum(item.rows for item in shown)
            if more > 0:
                result.append(self._summary(code, more, found))
        return result

    def _summary(self, code: str, more: int, found: _Found) -> Diagnostic:
        rows = "row" if more == 1 else "rows"
        message = f"and {more:,} more {rows} of table `{self.table}` with `{code}`"
        return replace(found.first[-1].diagnostic, message=message, label="", related=(), notes=(),
                       paste=(), days=found.days, stretches=())  # fmt: skip


def _alike(found: _Found) -> Diagnostic:
    """The first finding, with the number of rows and the places of the next ones in notes."""
    first, *others = (item.diagnostic for item in found.first[:SHOWN_PER_CODE])
    more = found.count - 1
    if not more:
        return first
    places: dict[str, list[str]] = {}
    for each in others:
        where = f"{each.location.path}:{each.location.line}" if each.location else ""
        places.setdefault(each.message, []).append(where)
    left = more - len(others)
    notes = [
        f"{'likewise' if message == first.message else message}: {', '.join(several)}"
        for message, several in places.items()
    ]
    notes += [f"and {left:,} more row{'s'[: left > 1]}"] if left > 0 else []
    message = f"{first.message}; likewise {more:,} more row{'s'[: more > 1]}"
    return replace(first, message=message, notes=(*first.notes, *notes), days=found.days,
                   stretches=())  # fmt: skip
