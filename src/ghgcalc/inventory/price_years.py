"""Spend of one year that is priced by factors per money of another (`spend-not-deflated`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, lines_of
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.numbers import ZERO, grouped
from ghgcalc.factors.price_year import not_deflated, price_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company

SHOWN = 3


class _Group(NamedTuple):
    """Lines of one year's spend by one pack, in the words that are said of them."""

    pack: str
    said: str


def not_deflated_spend(company: Company, wholes: Iterable[Line]) -> Iterator[Diagnostic]:
    """One finding for all lines of a year that are priced by a pack's money of another year.

    Args:
        company: knows its reporting years.
        wholes: what was calculated.

    Diagnosed: `spend-not-deflated`.
    """
    found: dict[_Group, list[tuple[Line, Fraction]]] = {}
    for line in lines_of(line for line in wholes if _spent(line)):
        year = company.year.majority_year(company.year.span(company.year.name_of(line.span.last)))
        for part in line.parts(LOCATION):
            factor = part.plan.resolution.factor
            said = "" if factor is None else not_deflated(factor, year)
            if factor is not None and said:
                group = _Group(factor.pack.id, said)
                found.setdefault(group, []).append((line, part.co2e))
    for group, lines in found.items():
        yield _finding(group, lines)


def _spent(line: Line) -> bool:
    """Whether a factor of it is per money of a stated year, to which it was not brought."""
    if line.at_prices:
        return False
    factors = (part.plan.resolution.factor for part in line.parts(LOCATION))
    return any(factor is not None and price_year(factor) is not None for factor in factors)


def _finding(group: _Group, lines: list[tuple[Line, Fraction]]) -> Diagnostic:
    tonnes = sum((each for _, each in lines), ZERO)
    names = list(dict.fromkeys(line.id for line, _ in lines))
    count = "1 line" if len(names) == 1 else f"{len(names):,} lines"
    more = len(names) - SHOWN
    listed = ", ".join(f"`{name}`" for name in names[:SHOWN])
    first, _ = lines[0]
    return Diagnostic(
        "spend-not-deflated",
        f"{count} of {grouped(tonnes, 3)} tCO2e by `{group.pack}`: {group.said}",
        first.location,
        notes=(listed + (f" and {more:,} more" if more > 0 else ""),),
        hint="state `spend:`, which brings the amount to the factor's year, or say by `checks:"
        " {spend-not-deflated: {severity: note, reason: …}}` that it is, or why it is not",
        severity=Severity.WARNING,
        days=(first.span.first, first.span.last),
    )
