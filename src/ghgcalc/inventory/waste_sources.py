"""Waste that is priced by several publishers, whose cut-offs differ (`waste-sources-mixed`).

DESNZ counts of recycling and energy recovery the transport to the plant alone, the EPA hub the
process as well (METHODS of both): a sum of their rows is a figure of neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.vocabulary.dimensions import MASS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.calculation.results.line import Line

_CATEGORIES = frozenset({"waste_generated", "end_of_life_treatment"})


def mixed_waste_sources(lines: Iterable[Line]) -> Iterator[Diagnostic]:
    """One finding where bundled rows of several publishers price waste by its mass.

    Args:
        lines: what was calculated.

    Diagnosed: `waste-sources-mixed`.
    """
    found: dict[str, Line] = {}
    for line in lines:
        if line.category not in _CATEGORIES:
            continue
        for part in line.parts(LOCATION):
            factor = part.plan.resolution.factor
            if factor is None or factor.pack.own or factor.per.dimension != MASS:
                continue
            found.setdefault(factor.pack.publisher, line)
    if len(found) > 1:
        yield _finding(found)


def _finding(found: dict[str, Line]) -> Diagnostic:
    named = " and ".join(f"`{publisher}` (`{line.id}`)" for publisher, line in found.items())
    last = list(found.values())[-1]
    return Diagnostic(
        "waste-sources-mixed",
        f"waste is priced by {named}, which draw the line of a treatment differently",
        last.location,
        hint="pin `factor:` of one publisher, or write `checks: {waste-sources-mixed: {severity:"
        " note, reason: …}}` where both are meant",
        severity=Severity.WARNING,
        days=(last.span.first, last.span.last),
    )
