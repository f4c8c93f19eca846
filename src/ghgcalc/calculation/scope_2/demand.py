"""The energy of Scope 2 lines in MWh, and where it stands: facilities, days of contracts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LineEnergy
from ghgcalc.calculation.scope_2.allocate import Demand
from ghgcalc.core.numbers import ZERO, SizedSums
from ghgcalc.core.units import parse_unit, ratio

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.calculation.scope_2.instruments import Eligible
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Unit

_MWH_PER: dict[str, tuple[Fraction, Fraction]] = {}


def mwh_per(unit: Unit) -> Fraction:
    """MWh per unit of energy."""
    known = _MWH_PER.get(unit.text)  # by text: the hash of a fraction costs more than the ratio
    if known is None or known[0] != unit.size:
        known = _MWH_PER[unit.text] = (unit.size, ratio(unit, parse_unit("MWh")))
    return known[1]


def mwh_each(source: ElementaryActivity) -> Fraction | None:
    """MWh of one unit of a line; None where the line states no energy."""
    if source.mwh is not None:
        return source.mwh
    return mwh_per(source.unit) if source.unit.dimension == "J" else None


def line_energy(source: ElementaryActivity) -> LineEnergy:
    """What a Scope 2 line says of its energy."""
    data = source.data
    return LineEnergy(mwh_each(source), data.technology, data.attributes)


def mwh_of(piece: Portion) -> Fraction:
    """Weighted consumption in MWh; 0 where the line states no energy."""
    return piece.quantity * (mwh_each(piece.source) or ZERO)


def demands_of(members: list[tuple[Portion, Part]], places: Places) -> list[Demand]:
    """Consumption by place and MWh each: quantities are added first, then converted once."""
    sums: SizedSums[tuple[str, Span | None]] = SizedSums()
    for piece, _ in members:
        each = mwh_each(piece.source)
        if each is not None:
            sums.add(places.key(piece), piece.quantity, each)
    return [Demand(facility, mwh, places.within(days)) for (facility, days), mwh in sums.items()]


@dataclass(slots=True)
class Places:
    """Where the consumption of a market stands: facilities, and the days of its contracts.

    Lines are cut at these days, so that each lies inside or outside of each contract's.
    """

    windows: tuple[Span, ...]
    _known: dict[tuple[str, Span | None], str] = field(default_factory=dict)

    @classmethod
    def of(cls, offers: list[Eligible]) -> Places:
        """The days of the contracts on offer."""
        return cls(tuple(sorted({e.offer.days for e in offers if e.offer.days is not None})))

    def key(self, piece: Portion) -> tuple[str, Span | None]:
        """The facility, and the days where contracts have some."""
        return piece.source.facility or "", piece.span if self.windows else None

    def within(self, days: Span | None) -> frozenset[Span]:
        """The contracts' days that some days lie in."""
        return frozenset(w for w in self.windows if days is not None and w.holds(days))

    def place(self, piece: Portion) -> str:
        """The place of a line."""
        key = self.key(piece)
        if key not in self._known:
            facility, days = key
            self._known[key] = Demand(facility, ZERO, self.within(days)).place
        return self._known[key]
