"""Consumption that errors keep out of a reporting year: what would only follow from it is not said.

An instrument whose consumption is refused covers nothing, or too much, for that reason alone; the
error at the line says so already, and no total is shown beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.scope_2.instruments import Eligible


class Refused(NamedTuple):
    """What of a reporting year is not known.

    Attributes:
        pieces: the Scope 2 pieces that were refused, each with its market and carrier.
        data: whether errors keep activity data out before it is known what they are.
    """

    pieces: Sequence[tuple[tuple[str, str], Portion]] = ()
    data: bool = False

    def may_use(self, entry: Eligible) -> bool:
        """Whether an instrument might cover some of it."""
        offer, pool = entry.offer, (entry.use.market, entry.use.carrier)
        return self.data or any(
            key == pool
            and (offer.facilities is None or piece.source.facility in offer.facilities)
            and (offer.days is None or offer.days.overlap(piece.span) is not None)
            for key, piece in self.pieces
        )

    def may_use_at(self, entry: Eligible, facility: str) -> bool:
        """Whether an instrument might cover some of it at a facility."""
        return self.data or any(
            one[1].source.facility == facility and Refused((one,)).may_use(entry)
            for one in self.pieces
        )
