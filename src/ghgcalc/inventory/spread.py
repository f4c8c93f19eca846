"""Tonnes that rest on spreading by days: bills of more days than the month or period shown.

A quantity over many days says nothing of a month in it; the share by days is an assumption (see
"Splitting by days" in docs/methods.md), and a report of months says how much rests on it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ONE, ZERO, grouped
from ghgcalc.core.period import month_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.core.period import ReportingYear, Span
    from ghgcalc.inventory.inventory import Inventory

Shares = dict[str, Fraction | None]


def in_one_month(span: Span) -> bool:
    """Whether some days lie in one calendar month."""
    return (span.first.year, span.first.month) == (span.last.year, span.last.month)


def shares_by_month(lines: Iterable[Line], totals: Mapping[str, Fraction | None]) -> Shares:
    """The share of the tonnes of months that was spread by days, by method."""
    return _shares(
        ((line, line.spread if in_one_month(line.span) else ONE) for line in lines), totals
    )


def _shares(
    weighed: Iterable[tuple[Line, Fraction]], totals: Mapping[str, Fraction | None]
) -> Shares:
    sums: PlanSums[str] = PlanSums()
    for line, share in weighed:
        if not share:
            continue
        for method in (LOCATION, MARKET):
            parts = line.parts(method)
            if share != 1:
                parts = tuple(part._replace(quantity=part.quantity * share) for part in parts)
            sums.add(method, parts)
    found = sums.tonnes()
    return {
        method: found.get(method, ZERO) / whole if whole else None
        for method, whole in totals.items()
    }


def totals_by_method(inventory: Inventory) -> Shares:
    """Tonnes of all scopes by method; None where they are not known."""
    return {method: inventory.totals.all_scopes(method) for method in (LOCATION, MARKET)}


def sentence(shares: Shares) -> str:
    """Such as `98.3 % of the tonnes location-based, 97.1 % market-based`; "" where nothing is."""
    if not any(shares.values()):
        return ""
    texts = [_percent(shares[method]) for method in (LOCATION, MARKET)]
    if texts[0] == texts[1]:
        return f"{texts[0]} of the tonnes"
    return f"{texts[0]} of the tonnes location-based and {texts[1]} market-based"


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else f"{grouped(share * 100, 1)} %"


def month_note(inventory: Inventory) -> str:
    """What a table of months says of them; "" where every bill lies in one month."""
    told = sentence(shares_by_month(inventory.lines, totals_by_method(inventory)))
    return told and f"{told} are of bills of more than one month, spread by days"


def period_notes(inventory: Inventory, year: ReportingYear) -> list[str]:
    """What a part of a year says of itself where bills reach beyond it."""
    span = inventory.span
    whole = year.span(year.name_of(span.first)).first == span.first
    if whole and year.span(year.name_of(span.last)).last == span.last:
        return []
    shares = _shares(((line, line.spread) for line in inventory.lines), totals_by_method(inventory))
    told = sentence(shares)
    if not told:
        return []
    month = month_span(span.first.year, span.first.month) == span
    tables = any(line.spread and line.rows for line in inventory.lines)
    upto = "" if month or not tables else "up to "
    return [f"{upto}{told} of {inventory.period} are shares of bills of more days, spread by days"]
