"""Category 3 as the file states it: of what, where and for which days nothing is derived."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.consolidate import split_piece
from ghgcalc.calculation.derive.asks import CATEGORY, ELECTRIC, ITEMS, T_AND_D
from ghgcalc.core.period import ONE_DAY, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.results.plan import Part

_ALL = "abc"


class Statement(NamedTuple):
    """A stated line: `carrier` None speaks of all, `parts` of a, b, c."""

    activity: str
    carrier: str | None
    parts: str
    span: Span


def statement_of(piece: Portion, part: Part) -> Statement:
    """What a stated line of category 3 speaks of; of all that its keys do not tell apart."""
    source = piece.source
    name, span = source.activity, piece.span
    if source.data.losses is not None:
        return Statement(name, ELECTRIC, "c", span)
    if source.fuel is not None:
        return Statement(name, source.fuel, "a", span)
    known = ITEMS.get(source.data.item or "")
    if known is not None:
        return Statement(name, *known, span)
    factor = part.plan.resolution.factor
    parts = "c" if factor is not None and factor.lifecycle == T_AND_D else _ALL
    return Statement(name, None, parts, span)


class Stated:
    """The statements of a period by facility; one without a facility speaks of them all."""

    def __init__(self, priced: Iterable[tuple[Portion, Part]]) -> None:
        self._by_place: dict[str | None, list[Statement]] = defaultdict(list)
        for piece, part in priced:
            if piece.placement.category == CATEGORY and piece.placement.scope == 3:
                made = [statement_of(each, part) for each in split_piece(piece)]
                self._by_place[piece.source.facility].extend(made)

    def __bool__(self) -> bool:
        return bool(self._by_place)

    def of(self, facility: str | None, carrier: str, parts: str) -> list[Statement]:
        """The statements that speak of a carrier and of one of some parts at a facility."""
        places = dict.fromkeys((facility, None))
        return [
            each
            for place in places
            for each in self._by_place.get(place, ())
            if each.carrier in (None, carrier) and not set(parts).isdisjoint(each.parts)
        ]


def runs(span: Span, statements: Iterable[Statement]) -> list[tuple[Span, bool]]:
    """Some days as runs that tile them, each with whether a statement speaks of it."""
    edges = {span.first, span.last + ONE_DAY}
    told = [each.span for each in statements]
    for days in told:
        edges |= {day for day in (days.first, days.last + ONE_DAY) if span.first < day <= span.last}
    ordered = sorted(edges)
    found: list[tuple[Span, bool]] = []
    for first, end in pairwise(ordered):
        run = Span(first, end - ONE_DAY)
        stated = any(days.holds(run) for days in told)
        if found and found[-1][1] == stated:
            run = Span(found.pop()[0].first, run.last)
        found.append((run, stated))
    return found
