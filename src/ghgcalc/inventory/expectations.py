"""Expectations that fail, as findings with their place in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import grouped, signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.inventory.inventory import ExpectationResult


def as_diagnostics(results: Iterable[ExpectationResult]) -> list[Diagnostic]:
    """One `expectation-failed` finding for each expectation that does not hold."""
    return [_finding(result) for result in results if not result.holds]


def places_of(result: ExpectationResult) -> int:
    """Decimals of the expectation as written, and two more, so that a difference shows."""
    places = 0
    while places < 10 and any(
        (value * 10**places).denominator != 1 for value in (result.expected, result.within)
    ):
        places += 1
    return places + 2


def _finding(result: ExpectationResult) -> Diagnostic:
    where = f"{result.period}, boundary {result.boundary}" if result.boundary else result.period
    places = places_of(result)
    shown = f"{grouped(result.expected, places)} ± {grouped(result.within, places)} {result.unit}"
    if result.actual is None:
        why = f": {result.reason}" if result.reason else ""
        message = f"`{result.figure}` of {where} cannot be computed{why}; expected {shown}"
        return Diagnostic(
            "expectation-failed",
            message,
            result.location,
            hint=_remedy(result),
        )
    difference = result.actual - result.expected
    boundary = f" --boundary {result.boundary}" if result.boundary else ""
    return Diagnostic(
        "expectation-failed",
        f"`{result.figure}` of {where} is {grouped(result.actual, places)} {result.unit},"
        f" expected {shown}",
        result.location,
        label=f"off by {signed(difference, places).replace('-', '−')}",
        notes=(f"cited: {result.citation}",) if result.citation else (),
        hint=f"see `ghgcalc compute --period {result.period}{boundary}`",
    )


def _remedy(result: ExpectationResult) -> str:
    if result.remedy:
        return result.remedy
    if result.reason:
        return f"add the activity data of {result.period}, or correct `period:`"
    return "add the metric's value for this period"
