"""Scope 2 of the base year under both methods: as stated, as computed, or by proxy (S2-09, R35).

Location-based may stand in for a market-based base year only where `market_based_proxy:` says so
and why; nothing stands in for a location-based one.
Source: GHG Protocol Scope 2 Guidance (2015), chapters 7 and 9.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import grouped
from ghgcalc.core.period import PeriodError, Span, parse_period_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.company.base_year import BaseYear, Stated
    from ghgcalc.company.company import Company

WORDS = {LOCATION: "location-based", MARKET: "market-based"}
COMPUTED, PROXY = "computed", "location-based as proxy"
_HINTS = {
    LOCATION: "state it under `stated:`",
    MARKET: "state it under `stated:`, or write `base_year: market_based_proxy:` with a reason",
}


class MethodTotal(NamedTuple):
    """A base-year total of Scope 2 in tonnes: None where it is missing; `origin` says whence."""

    method: str
    tonnes: Fraction | None
    origin: str


def base_span(company: Company, base: BaseYear) -> Span | None:
    """The days of the base year; None where its name is no period."""
    try:
        return company.year.resolve(parse_period_text(base.year))
    except PeriodError:
        return None


def stated_base(company: Company, base: BaseYear, figure: str) -> Stated | None:
    """What the file says was stated of the base year: as it is stated now, else as it was."""
    span = base_span(company, base)
    found = [
        item
        for item in company.stated.values()
        if (item.figure, item.boundary) == (figure, base.boundary)
        and company.year.resolve(item.period) == span
    ]
    current = [item for item in found if item.status == "currently_stated"] or found
    return current[-1] if current else None


def tonnes_of(stated: Stated) -> Fraction:
    """A stated total in tonnes."""
    return stated.value.value * stated.value.unit.size / 1000


def base_figure(base: BaseYear) -> str:
    """The figure that the base year is measured on: location-based where that is its proxy."""
    figure = base.figure or ""
    if base.market_based_proxy is None:
        return figure
    return figure.replace(f".{MARKET}", f".{LOCATION}")


def base_scope_2(
    company: Company, base: BaseYear, computed: Callable[[str], Fraction | None]
) -> tuple[MethodTotal, MethodTotal]:
    """Both totals of the base year; `computed` gives a figure from the file's own activities."""
    location = _total(company, base, LOCATION, computed)
    proxy = base.market_based_proxy
    if proxy is not None:
        return location, MethodTotal(MARKET, location.tonnes, f"{PROXY}: {proxy.reason}")
    return location, _total(company, base, MARKET, computed)


def _total(
    company: Company, base: BaseYear, method: str, computed: Callable[[str], Fraction | None]
) -> MethodTotal:
    figure = f"scope_2.{method}"
    stated = stated_base(company, base, figure)
    if stated is not None:
        return MethodTotal(method, tonnes_of(stated), stated.status.replace("_", " "))
    value = computed(figure)
    missing = f"missing: {_HINTS[method]}"
    return MethodTotal(method, value, COMPUTED if value is not None else missing)


def base_year_notes(company: Company, *, has_data: bool) -> list[str]:
    """What a report says of Scope 2 of the base year; `has_data`: the file holds its activities.

    What the activities give is shown by `ghgcalc base-year`, and not computed for a note.
    """
    base = company.base_year
    if base is None or base_span(company, base) is None:
        return []
    what = f"base year {base.year}" + (f", boundary {base.boundary}" if base.boundary else "")
    used = [word for method, word in WORDS.items() if f".{method}" in (base.figure or "")]
    notes = [f"Scope 2 method of the {what}: {word} (S2-09)" for word in used]
    totals = base_scope_2(company, base, lambda _: None)
    if has_data and base.market_based_proxy is None and all(t.tonnes is None for t in totals):
        return notes
    told = "; ".join(_told(total, has_data) for total in totals)
    return [*notes, f"Scope 2 of the {what}: {told} (S2-09, R35)"]


def _told(total: MethodTotal, has_data: bool) -> str:
    word = WORDS[total.method]
    if total.tonnes is not None:
        return f"{word} {grouped(total.tonnes)} t, {total.origin}"
    if total.origin.startswith(PROXY):
        return f"{word}: {total.origin}"
    return f"{word} {'computed from its activities' if has_data else total.origin}"
