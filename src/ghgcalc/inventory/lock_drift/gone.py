"""Locked reporting years of which a file holds no activity data any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.lock.model import FILE, NOT_STATED
from ghgcalc.core.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from ghgcalc.calculation.lock.model import Section
    from ghgcalc.core.period import Span


def without_data(year: int) -> str:
    """What to do about a locked year without data: `ghgcalc lock` has nothing to write for it."""
    return f"restore the data of {year}; where the year is to go, take its section out of `{FILE}`"


def gone_year(section: Section, days: Span, *, strict: bool) -> Diagnostic:
    """That a locked year is gone from the file; its locked totals, in tCO2e, are notes.

    Args:
        section: the year as it was locked.
        days: of its reporting year.
        strict: whether it is an error, as with `--locked`, rather than a warning.
    """
    totals = section.values.totals.items()
    return Diagnostic(
        "lock-drift-figure",
        f"{section.year} is locked, and the file holds no activity data of it any more",
        section.place,
        notes=tuple(
            f"`{name}` is locked as {NOT_STATED if value is None else f'{value:f} tCO2e'}"
            for name, value in totals if value != 0
        ),
        hint=without_data(section.year), days=(days.first, days.last),
        severity=Severity.ERROR if strict else Severity.WARNING,
    )  # fmt: skip
