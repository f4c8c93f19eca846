"""Which lines an inventory holds: those of a boundary; selection changes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.organization import ALL

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company


def in_boundary(company: Company, line: Line, boundary: str | None) -> bool:
    """Whether a line belongs to a boundary on its first day; without one, every line does."""
    if boundary is None:
        return True
    members = company.boundaries[boundary].members_on(line.span.first)
    return members == ALL or (line.facility is not None and line.facility in members)


def select(company: Company, lines: list[Line], boundary: str | None) -> list[Line]:
    """The lines of a boundary; selection never changes a line (DESIGN §2)."""
    return [line for line in lines if in_boundary(company, line, boundary)]
