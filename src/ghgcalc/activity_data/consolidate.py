"""Cut activities at cut dates, place the pieces by consolidation, weigh them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.cut_dates import CutDates, segment_name
from ghgcalc.activity_data.periods import listed
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Related
from ghgcalc.core.period import ONE_DAY, Span, split_quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from fractions import Fraction

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.activity_data.placement import Placement
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Approach


@dataclass(slots=True)
class Portion:
    """A part of an elementary amount inside one segment, placed and weighed."""

    id: str
    source: ElementaryActivity
    span: Span
    year: int
    quantity: Fraction
    placement: Placement


def cut(
    company: Company,
    calendar: CutDates,
    source: ElementaryActivity,
    approach: Approach,
    years: set[int] | None,
) -> tuple[list[Portion], list[Diagnostic]]:
    """Split one amount at the cut dates and place each piece; keep pieces of `years`.

    Diagnosed: `outside-operation` when it reaches beyond the facility's opening or closing.
    """
    span = source.span
    facility = company.facilities.get(source.facility or "")
    if facility is not None and (facility.opened or facility.closed):
        found = _operation(company, source)
        if found:
            return [], found
    first_year, spans = calendar.segments_of(source)
    if len(spans) == 1:
        if years is not None and first_year not in years:
            return [], []
        placement = calendar.placement(source, facility, span, approach)
        if placement is None:
            return [], []
        source = calendar.as_locked(source, first_year)
        weighed = _weighed(source.quantity, placement)
        return [Portion(source.id, source, span, first_year, weighed, placement)], []
    pieces: list[Portion] = []
    shares = split_quantity(source.quantity, span, spans)
    for index, (part, quantity) in enumerate(zip(spans, shares, strict=True)):
        year = company.year.name_of(part.first)
        if years is not None and year not in years:
            continue
        placement = calendar.placement(source, facility, part, approach)
        if placement is not None:
            name = f"{source.id}/{segment_name(company, part)}"
            told = calendar.as_locked(source, year)
            if told is not source:
                quantity = split_quantity(told.quantity, span, spans)[index]
            pieces.append(Portion(name, told, part, year, _weighed(quantity, placement), placement))
    return pieces, []


def place_of(piece: Portion) -> int:
    """The place of a piece's activity in the file."""
    return piece.source.order


def split_piece(piece: Portion) -> list[Portion]:
    """The pieces whose sum a piece is; itself where it is no sum."""
    source = piece.source
    if source.split is None:
        return [piece]
    return [
        Portion(
            part.id, part, part.span, piece.year,
            _weighed(part.quantity, piece.placement), piece.placement,
        )
        for part in source.split()
    ]  # fmt: skip


def _weighed(quantity: Fraction, placement: Placement) -> Fraction:
    return quantity if placement.weight == 1 else quantity * placement.weight


def _operation(company: Company, source: ElementaryActivity) -> list[Diagnostic]:
    facility = company.facilities[source.facility or ""]
    span = source.span
    before = facility.opened is not None and span.first < facility.opened
    after = facility.closed is not None and span.last > facility.closed
    if not before and not after:
        return []
    key = "opened" if before else "closed"
    day = facility.opened if before else facility.closed
    document = company.document
    other = document.locate(("facilities", source.facility or "", key))
    where = document.locate((*source.path, "period"))
    return [
        Diagnostic(
            "outside-operation",
            f"`{source.id}` covers {span}, but `{source.facility}` {key} {day}",
            where,
            related=(Related(other, f"{key} {day}"),),
            days=(span.first, span.last),
            hint="correct the period, or the facility's dates",
        )
    ]


class Portions(NamedTuple):
    """The pieces of a period's whole reporting years, and lines before consolidation, in words."""

    pieces: list[Portion]
    unplaced: list[str]


def consolidate(
    company: Company,
    wholes: Iterable[ElementaryActivity],
    span: Span,
    approach: Approach,
    *,
    kept: Collection[int] = (),
    whole_rates: Collection[int] = (),
) -> Outcome[Portions]:
    """Cut every amount at the cut dates, place the pieces and weigh them.

    Args:
        company: the company.
        wholes: its amounts, sums of several among them.
        span: the days asked for; pieces of the reporting years that they touch are made.
        approach: the consolidation approach.
        kept: reporting years locked before contracts had days.
        whole_rates: reporting years locked before annual rates counted by days.

    Diagnosed: `outside-operation`.
    """
    name = company.year.name_of
    years = set(range(name(span.first), name(span.last) + 1))
    calendar = CutDates(company, (span.first, span.last + ONE_DAY), kept, whole_rates)
    pieces: list[Portion] = []
    found: list[Diagnostic] = []
    before: dict[str, list[str]] = {}
    for amount in (each for whole in wholes for each in calendar.uncut(whole)):
        made, problems = cut(company, calendar, amount, approach, years)
        found.extend(problems)
        pieces.extend(made)
        facility = company.facilities.get(amount.facility or "")
        if facility is not None and facility.history and amount.span.overlap(span):
            first = min(facility.history)
            if amount.span.first < first:
                before.setdefault(f"{amount.facility} before {first}", []).append(amount.id)
    pieces.sort(key=place_of)
    unplaced = [f"{listed(ids)}: {where}" for where, ids in before.items()]
    return Outcome(Portions(pieces, unplaced), tuple(found))
