"""Energy apart from tonnes: carriers, coverage, renewable share, bridge (S2-08, S2-09, R36, PL-09).

Sums over the inventory's Scope 2 lines; nothing here is priced. Lines that another party reported
hold no energy and stand in the bridge alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ZERO, SizedSums
from ghgcalc.core.vocabulary.technology import source_of
from ghgcalc.views.energy_parts import (
    CARRIERS,
    OWN,
    Origin,
    TranchePlace,
    carrier_of,
    kept_source,
    mwh_of_one,
    origin_of,
    tranche_place,
)  # fmt: skip

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part, Plan
    from ghgcalc.inventory.inventory import Inventory, StatedFigure


class Place(NamedTuple):
    """Where energy was used: carrier and facility."""

    carrier: str
    facility: str | None


@dataclass(slots=True)
class Use:
    """MWh bought, generated with attributes kept, and generated with attributes sold."""

    purchased: Fraction = ZERO
    kept: Fraction = ZERO
    sold: Fraction = ZERO

    @property
    def total(self) -> Fraction:
        """MWh consumed: own power is consumption too (PL-09)."""
        return self.purchased + self.kept + self.sold

    def add(self, origin: Origin, mwh: Fraction) -> None:
        """Add MWh of one origin."""
        if origin == "purchased":
            self.purchased += mwh
        elif origin == "kept":
            self.kept += mwh
        else:
            self.sold += mwh


@dataclass(slots=True)
class Tranche:
    """MWh of one instrument, rate or mix, with the tonnes of both methods."""

    carrier: str
    level: int
    kind: str
    name: str
    instrument: str | None
    mwh: Fraction = ZERO
    location: Fraction = ZERO
    market: Fraction = ZERO

    @property
    def place(self) -> TranchePlace:
        """Its row of the bridge."""
        return TranchePlace(self.carrier, self.level or 6, self.kind, self.name)

    @property
    def difference(self) -> Fraction:
        """Location-based minus market-based tonnes."""
        return self.location - self.market


@dataclass(slots=True)
class Share:
    """Renewable MWh ÷ MWh consumed; `unapplied` are renewable instruments that do not count."""

    instruments: Fraction = ZERO
    own: Fraction = ZERO
    direct: Fraction = ZERO
    consumed: Fraction = ZERO
    unapplied: Fraction = ZERO
    not_stated: Fraction = ZERO

    @property
    def numerator(self) -> Fraction:
        """Renewable MWh: applied instruments, own power and direct lines with their attributes."""
        return self.instruments + self.own + self.direct

    @property
    def value(self) -> Fraction | None:
        """The share; None where no electricity was consumed."""
        return self.numerator / self.consumed if self.consumed else None

    @property
    def with_unapplied(self) -> Fraction | None:
        """The share if instruments that are not applied were counted."""
        return (self.numerator + self.unapplied) / self.consumed if self.consumed else None


@dataclass(slots=True)
class Attributed:
    """MWh of applied instruments and own power × location factor: attributed, never deducted."""

    mwh: Fraction = ZERO
    tonnes: Fraction = ZERO
    unpriced: Fraction = ZERO

    @property
    def factor(self) -> Fraction | None:
        """Tonnes per MWh that the two imply."""
        return self.tonnes / self.mwh if self.mwh else None


@dataclass(slots=True)
class Energy:
    """The energy block of an inventory."""

    places: dict[Place, Use] = field(default_factory=dict)
    tranches: list[Tranche] = field(default_factory=list)
    share: Share = field(default_factory=Share)
    attributed: Attributed = field(default_factory=Attributed)
    reported: dict[str, Fraction | None] = field(default_factory=dict)

    def carriers(self) -> dict[str, Use]:
        """MWh by carrier, in the order of the categories."""
        found: dict[str, Use] = {}
        for name in dict.fromkeys(CARRIERS.values()):
            uses = [use for place, use in self.places.items() if place.carrier == name]
            if uses:
                found[name] = Use(
                    sum((use.purchased for use in uses), ZERO),
                    sum((use.kept for use in uses), ZERO),
                    sum((use.sold for use in uses), ZERO),
                )
        return found

    def bridge_numbers(self) -> dict[TranchePlace, int]:
        """A number for each row of the bridge."""
        return {tranche.place: number for number, tranche in enumerate(self.tranches, 1)}

    def by_level(self) -> dict[tuple[str, int], Fraction]:
        """MWh by carrier and step of the hierarchy."""
        found: dict[tuple[str, int], Fraction] = {}
        for tranche in self.tranches:
            key = (tranche.carrier, tranche.level)
            found[key] = found.get(key, ZERO) + tranche.mwh
        return dict(sorted(found.items()))

    def by_type(self) -> dict[tuple[str, str], Fraction]:
        """MWh by carrier and instrument type."""
        found: dict[tuple[str, str], Fraction] = {}
        for tranche in self.tranches:
            if tranche.instrument is not None:
                key = (tranche.carrier, tranche.kind)
                found[key] = found.get(key, ZERO) + tranche.mwh
        return dict(sorted(found.items()))


def energy_of(inventory: Inventory) -> Energy:
    """The energy block of the selected lines."""
    energy = Energy(reported={LOCATION: ZERO, MARKET: ZERO})
    sums: PlanSums[_Key] = PlanSums()
    located: dict[tuple[int, int], tuple[Plan, Fraction | None]] = {}
    uses: SizedSums[tuple[Place, Origin]] = SizedSums()
    for line in inventory.wholes:
        if line.scope != 2:
            continue
        if line.energy is None:
            for method in (LOCATION, MARKET):
                energy.reported[method] = plus(energy.reported[method], line.co2e(method))
            continue
        carrier = carrier_of(line)
        plan, each = line.location_based[0].plan, line.energy.mwh_each
        # a line without stated energy has 0 MWh, yet its place is named
        uses.add((Place(carrier, line.facility), origin_of(line)), line.quantity, each or ZERO)
        located[id(plan), id(each)] = (plan, each)
        for part in line.market_based:
            sums.add(_key(carrier, part, plan, each), (part,))
        if carrier == "electricity" and line.energy.attributes == "kept":
            _own(energy, inventory, line)
    for (place, origin), mwh in uses.items():
        energy.places.setdefault(place, Use()).add(origin, mwh)
        if place.carrier == "electricity":
            energy.share.consumed += mwh
    energy.tranches = _tranches(sums, located)
    _renewable(energy, {use.id: use for use in inventory.instruments})
    return energy


def mwh_of(line: Line) -> Fraction:
    """MWh of a line; 0 where it states no energy."""
    each = line.energy.mwh_each if line.energy is not None else None
    return line.quantity * each if each is not None else ZERO


class _Key(NamedTuple):
    """What parts share that stand in one row at one location-based rate per MWh.

    `located` and `each` are identities: plans and MWh per unit are shared by many lines.
    """

    carrier: str
    level: int
    kind: str
    name: str
    located: int
    each: int


def _key(carrier: str, part: Part, located: Plan, each: Fraction | None) -> _Key:
    place = tranche_place(carrier, part)
    return _Key(carrier, part.level, place.kind, place.name, id(located), id(each))


def _tranches(
    sums: PlanSums[_Key], located: dict[tuple[int, int], tuple[Plan, Fraction | None]]
) -> list[Tranche]:
    """One row per instrument, rate or mix; a tranche's location-based tonnes follow its MWh."""
    found: dict[TranchePlace, Tranche] = {}
    for key, plan, quantity in sums.items():
        place = TranchePlace(key.carrier, key.level or 6, key.kind, key.name)
        tranche = found.get(place)
        if tranche is None:
            instrument = key.name if key.kind else None
            tranche = Tranche(key.carrier, key.level, key.kind, key.name, instrument)
            found[place] = tranche
        at, each = located[key.located, key.each]
        there = at.tonnes  # per unit of the line
        tranche.market += quantity * plan.tonnes
        if each is None:  # no energy stated: the line is one part in its own unit
            tranche.location += quantity * there
            continue
        mwh = quantity * mwh_of_one(plan, each)
        tranche.mwh += mwh
        tranche.location += mwh / each * there
    return [found[place] for place in sorted(found)]


def _own(energy: Energy, inventory: Inventory, line: Line) -> None:
    """Own and direct-line power with its attributes, and what the grid would have emitted."""
    mwh = mwh_of(line)
    source = kept_source(line)
    if source == "renewable":
        if line.source_category == OWN:
            energy.share.own += mwh
        else:
            energy.share.direct += mwh
        energy.attributed.mwh += mwh
        tonnes = inventory.own_grid.get(line.id)
        if tonnes is None:
            energy.attributed.unpriced += mwh
        else:
            energy.attributed.tonnes += tonnes - (line.co2e(MARKET) or ZERO)
    elif source == "not stated":
        energy.share.not_stated += mwh


def _renewable(energy: Energy, uses: dict[str, InstrumentUse]) -> None:
    for tranche in energy.tranches:
        if tranche.instrument is None or tranche.carrier != "electricity":
            continue
        use = uses[tranche.instrument]
        source = source_of(use.record.get("technology"), use.type)
        if source == "renewable":
            energy.share.instruments += tranche.mwh
            energy.attributed.mwh += tranche.mwh
            energy.attributed.tonnes += tranche.difference
        elif source == "not stated":
            energy.share.not_stated += tranche.mwh
    for use in uses.values():
        named = source_of(use.record.get("technology"), use.type)
        if use.rejected and use.carrier == "electricity" and named == "renewable":
            energy.share.unapplied += use.volume - use.carried


def computed_beside(energy: Energy, stated: StatedFigure) -> Fraction | None:
    """The computed value of a stated energy figure, in the stated unit."""
    values = {
        "energy.renewable_share": energy.share.value,
        "energy.renewable_mwh": energy.share.numerator,
        "energy.attributed_reduction": energy.attributed.tonnes,
        "energy.location_minus_market": sum((t.difference for t in energy.tranches), ZERO),
    }
    value = values[stated.figure]
    return None if value is None else value / stated.size
