"""Cut dates: every day on which something that decides a line changes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ghgcalc.activity_data.placement import Placement, placement_on
from ghgcalc.company.contracts import ContractDays, carrier_of
from ghgcalc.company.holding import changes_of
from ghgcalc.company.markets import Markets
from ghgcalc.company.organization import ALL, Approach, Facility
from ghgcalc.core.period import ONE_DAY, Span, split_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company

LOCKED_RATE = "annual rate as locked: of a whole year, whatever the days"


class CutDates:
    """The cut dates of a company: every day on which something that prices a line changes.

    Reporting years that were locked before a rule keep to what was: contracts have no days in
    `kept`, and annual rates count as a whole in `whole_rates`.
    """

    def __init__(
        self,
        company: Company,
        extra: tuple[date, ...] = (),
        kept: Collection[int] = (),
        whole_rates: Collection[int] = (),
    ) -> None:
        self.company = company
        self.extra = extra
        self.whole_rates = whole_rates
        self.placements: dict[tuple[str, str | None, int, date], Placement | None] = {}
        self.markets = Markets.of_company(company)
        self.contracts = ContractDays.of_company(company, self.markets, kept)
        self._cuts: dict[tuple[str | None, str | None, str | None, int, int], list[date]] = {}
        self._segments: dict[
            tuple[str | None, str | None, str | None, Span], tuple[int, list[Span]]
        ] = {}

    def cuts(
        self, facility: str | None, supplier: str | None, span: Span, carrier: str | None = None
    ) -> list[date]:
        """Sorted cut dates that concern a facility and a supplier over the years of a span.

        `carrier` is what contracts that may serve the line carry.
        """
        first = self.company.year.name_of(span.first)
        last = self.company.year.name_of(span.last)
        key = (facility, supplier, carrier, first, last)
        if key not in self._cuts:
            days = {self.company.year.span(name).first for name in range(first, last + 2)}
            days |= set(self.extra) | self._facility_days(facility) | self._rate_days(supplier)
            days |= self.contracts.cuts(facility, carrier) if carrier is not None else set()
            self._cuts[key] = sorted(days)
        return self._cuts[key]

    def _facility_days(self, facility: str | None) -> set[date]:
        """Span on which a facility's state, or its membership in a boundary, changes."""
        days: set[date] = set()
        known = self.company.facilities.get(facility or "")
        if known is not None:
            days |= changes_of(self.company.facilities, facility or "")
            days |= self.markets.changes(known.country)
        for boundary in self.company.boundaries.values():
            for day in boundary.history:
                before, after = boundary.members_on(day - ONE_DAY), boundary.members_on(day)
                if _member(facility, before) != _member(facility, after):
                    days.add(day)
        return days

    def _rate_days(self, supplier: str | None) -> set[date]:
        """Span on which a supplier's rate starts or ends."""
        days: set[date] = set()
        known = self.company.suppliers.get(supplier or "")
        for name in known.rates if known is not None else ():
            span = _period(self.company, name)
            if span is not None:
                days |= {span.first, span.last + ONE_DAY}
        return days

    def table_cuts(self, first: int, last: int) -> list[date]:
        """Cut dates of every facility and supplier, and reporting years, for tables."""
        days = {self.company.year.span(name).first for name in range(first, last + 2)}
        for facility in self.company.facilities:
            days |= self._facility_days(facility)
            known = self.company.facilities[facility]
            days |= {known.opened} if known.opened else set()
            days |= {known.closed + ONE_DAY} if known.closed else set()
            days |= self.contracts.cuts(facility, None)
        for supplier in self.company.suppliers:
            days |= self._rate_days(supplier)
        return sorted(days)

    def placement(
        self, source: ElementaryActivity, facility: Facility | None, part: Span, approach: Approach
    ) -> Placement | None:
        """Where a part of a source stands; None before its facility is consolidated."""
        day = part.first if facility is not None and facility.history else date.min
        key = (source.category, source.facility, source.scope, day)
        if key not in self.placements:
            self.placements[key] = placement_on(
                self.company, source.category, source.scope, source.facility, part.first, approach
            )
        return self.placements[key]

    def as_locked(self, source: ElementaryActivity, year: int) -> ElementaryActivity:
        """An amount as its year was locked, where that was before annual rates had days."""
        if source.former is None or year not in self.whole_rates:
            return source
        kept = source.former
        return replace(source, quantity=kept.kg, derivation=kept, notes=(LOCKED_RATE,), former=None)

    def uncut(self, source: ElementaryActivity) -> list[ElementaryActivity]:
        """An amount, or what it is the sum of where a cut date lies within."""
        if source.split is None:
            return [source]
        _, spans = self.segments_of(source)
        return [source] if len(spans) == 1 else source.split()

    def segments_of(self, source: ElementaryActivity) -> tuple[int, list[Span]]:
        """The reporting year an amount starts in and its days cut into segments."""
        carrier = carrier_of(source.category, source.data) if self.contracts.known else None
        return self.segments(source.facility, source.supplier, source.span, carrier)

    def segments(
        self, facility: str | None, supplier: str | None, span: Span, carrier: str | None = None
    ) -> tuple[int, list[Span]]:
        """The reporting year a span starts in and the span cut into segments."""
        key = (facility, supplier, carrier, span)
        if key not in self._segments:
            cuts = self.cuts(facility, supplier, span, carrier)
            inner = cuts[bisect_right(cuts, span.first) : bisect_right(cuts, span.last)]
            spans = split_at(span, inner) if inner else [span]
            self._segments[key] = (self.company.year.name_of(span.first), spans)
        return self._segments[key]


def _member(facility: str | None, members: object) -> bool:
    return members == ALL or (isinstance(members, tuple) and facility in members)


def _period(company: Company, text: str) -> Span | None:
    from ghgcalc.core.period import PeriodError, parse_period_text

    try:
        return company.year.resolve(parse_period_text(text))
    except PeriodError:
        return None


def segment_name(company: Company, span: Span) -> str:
    """Short name of a segment: the reporting year, the month, or the days."""
    year = company.year.name_of(span.first)
    if company.year.span(year) == span:
        return str(year)
    from ghgcalc.core.period import month_span

    if month_span(span.first.year, span.first.month) == span:
        return f"{span.first:%Y-%m}"
    return f"{span.first}..{span.last}"


FIRST_YEAR, LAST_YEAR = 1990, 2100


def cuts_of(company: Company, kept: Collection[int] = (), edges: Iterable[date] = ()) -> list[date]:
    """Cut dates that months do not hold already, `edges` of the days asked for among them."""
    first = LAST_YEAR if company.year.in_months else FIRST_YEAR
    return sorted({*CutDates(company, (), kept).table_cuts(first, LAST_YEAR), *edges})
