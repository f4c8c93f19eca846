"""Expectations of the file: the computed figure beside each, and those that fail as findings."""

from __future__ import annotations

from fractions import Fraction
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, Line, times, total_of
from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.calculation.scope_2.statements import SECOND_LINE, unstated, words_of
from ghgcalc.company.figure_names import parse_figure
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import grouped, signed
from ghgcalc.core.units import Unit, parse_unit, ratio
from ghgcalc.core.vocabulary.categories import BY_CONSOLIDATION, CATEGORIES
from ghgcalc.inventory.inventory import ExpectationResult
from ghgcalc.inventory.select import select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.company.company import Company
    from ghgcalc.company.figure_names import Figure
    from ghgcalc.core.period import Span

EVALUATE = "add its activities, or take the expectation out"


class Unknown(NamedTuple):
    """Why a figure has no value, and what gives it one; both empty where neither is known."""

    reason: str = ""
    remedy: str = ""


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
    boundary = f" --boundary {quote(result.boundary)}" if result.boundary else ""
    return Diagnostic(
        "expectation-failed",
        f"`{result.figure}` of {where} is {grouped(result.actual, places)} {result.unit},"
        f" expected {shown}",
        result.location,
        label=f"off by {signed(difference, places).replace('-', '−')}",
        notes=(f"cited: {result.citation}",) if result.citation else (),
        hint=f"see `ghgcalc compute {quote(result.file)} --period {result.period}{boundary}`",
    )


def _remedy(result: ExpectationResult) -> str:
    if result.remedy:
        return result.remedy
    if result.reason:
        return f"add the activity data of {result.period}, or correct `period:`"
    return "add the metric's value for this period"


def figure_value(
    company: Company, lines: list[Line], figure: str, year: int, boundary: str | None = None
) -> tuple[Fraction | None, Unit]:
    """The computed value of a figure over selected lines, in tonnes or tonnes per metric unit.

    None where it is not known, or of Scope 3 and no line speaks of it: that was not evaluated.
    """
    parsed = parse_figure(figure, company.metrics)
    tonne = parse_unit("tCO2e")
    totals = totals_of(lines)
    method = parsed.method or LOCATION
    if parsed.metric is not None:
        metric = company.metrics[parsed.metric]
        value = metric.values.get(str(year))
        if value is None or value <= 0 or metric.boundary not in (None, boundary):
            return None, tonne
        unit = parse_unit(f"tCO2e/{metric.unit.text}")
        return times(totals.scope_1_2(method), 1 / Fraction(value)), unit
    if parsed.total == "scope_2":
        return totals.scope_2[method], tonne
    if parsed.total == "scope_1_2":
        return totals.scope_1_2(method), tonne
    if parsed.total == "all_scopes":
        return totals.all_scopes(method), tonne
    if parsed.total in ("scope_1", "scope_3", "biogenic_co2"):
        return getattr(totals, parsed.total), tonne
    chosen = [line for line in lines if line.category == parsed.total]
    return None if not (chosen or _zero_without_lines(parsed)) else total_of(chosen, method), tonne


def _zero_without_lines(figure: Figure) -> bool:
    """Whether a figure without a line is 0, as in Scopes 1 and 2, rather than not evaluated."""
    if figure.total in BY_CONSOLIDATION:
        return True
    known = CATEGORIES.get(figure.total)
    return figure.total != "scope_3" and (known is None or known.scope < 3)


def why_unknown(company: Company, lines: list[Line], figure: str) -> Unknown:
    """Why a figure has no value: not evaluated, or others state the other method alone."""
    parsed = parse_figure(figure, company.metrics)
    if parsed.metric is None and not _zero_without_lines(parsed):
        of = "Scope 3" if parsed.total == "scope_3" else f"`{parsed.total}`"
        return Unknown(f"no line is of {of}, and what was not evaluated is not 0", EVALUATE)
    why = _not_stated(lines, parsed)
    return Unknown(why, SECOND_LINE if why else "")


def _not_stated(lines: list[Line], parsed: Figure) -> str:
    """Who states the other method of Scope 2 alone; else empty."""
    if parsed.total in ("scope_1", "biogenic_co2"):
        return ""
    whole = parsed.total in ("scope_2", "scope_1_2", "all_scopes")
    held = [
        line for line in lines
        if line.lacks == (parsed.method or LOCATION) and (whole or line.category == parsed.total)
    ]  # fmt: skip
    return words_of(unstated(held))


def expectations(
    company: Company, lines: list[Line], period: Span, boundary: str | None, missing: str = ""
) -> list[ExpectationResult]:
    """Expectations of the asked period; of all boundaries where none is asked.

    `missing` says why no figure of the period can be computed: then none holds.
    """
    results: list[ExpectationResult] = []
    for index, item in company.expect.items():
        if company.year.resolve(item.period) != period:
            continue
        if boundary is not None and item.boundary != boundary:
            continue
        if item.boundary is not None and item.boundary not in company.boundaries:
            continue
        chosen = select(company, lines, item.boundary)
        actual, unit = figure_value(
            company, chosen, item.figure, company.year.name_of(period.last), item.boundary
        )
        why = Unknown() if actual is not None else why_unknown(company, chosen, item.figure)
        where = company.document.locate(("expect", index, "value"))
        scale = _scale(item.value.unit, unit)
        within = _scale(item.within.unit, unit)
        results.append(
            ExpectationResult(
                index,
                item.figure,
                str(item.period),
                item.boundary,
                item.value.value * scale,
                item.within.value * within,
                None if missing else actual,
                unit.text,
                where,
                item.citation or "",
                missing or why.reason,
                "" if missing else why.remedy,
                company.document.named,
            )
        )
    return results


def unjudged(company: Company, period: Span, reason: str) -> list[ExpectationResult]:
    """Expectations of a period whose totals are blocked, in their own units; some may be faulty."""
    return [
        ExpectationResult(
            index, item.figure, str(item.period), item.boundary, item.value.value,
            item.within.value * item.within.unit.size / item.value.unit.size, None,
            item.value.unit.text, company.document.locate(("expect", index, "value")),
            item.citation or "", reason,
        )
        for index, item in company.expect.items()
        if company.year.resolve(item.period) == period
    ]  # fmt: skip


def _scale(source: Unit, target: Unit) -> Fraction:
    """Tonnes may be written `t` or `tCO2e`: both mean the figure's own unit."""
    if source.dimension == target.dimension:
        return ratio(source, target)
    mass = target.text.replace("tCO2e", "t")
    return ratio(source, parse_unit(mass))
