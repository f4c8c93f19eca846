"""A snapshot: what comparing needs of an inventory, computed now or read from a saved file."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.instrument_use import NOTHING_TO_COVER
from ghgcalc.calculation.results.line import LOCATION, MARKET, plus
from ghgcalc.core.numbers import ZERO, plain
from ghgcalc.inventory.held_days import HeldDays

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.core.period import Span
    from ghgcalc.inventory.held_days import Site
    from ghgcalc.inventory.inventory import Inventory

METHODS = (LOCATION, MARKET)
UNSPECIFIED = "unspecified"
FACTOR, MASSES, REPORTED = "factor", "gas masses", "reported"
REST = "uncovered"


class GasMass(NamedTuple):
    """Kilograms of a gas and its GWP; `unspecified` is CO2e that no gas explains, GWP 1."""

    gas: str
    kg: Fraction
    gwp: Fraction

    @property
    def tonnes(self) -> Fraction:
        """Tonnes CO2e."""
        return self.kg * self.gwp / 1000


class SnapPart(NamedTuple):
    """A priced part of a line.

    Attributes:
        tranche: type of the instrument that covers it; `uncovered` for all else.
        quantity: weighted, in the base unit of its dimension.
        conversion: from the base unit to the factor's unit.
        per: the factor's unit; conversions to different units are not compared.
        made: how the amount is known: by factor, by masses of gas, or reported.
    """

    tranche: str
    quantity: Fraction
    conversion: Fraction
    per: str
    made: str
    gases: tuple[GasMass, ...]


class SnapLine(NamedTuple):
    """A line; `quantity` is before the consolidation share, in the base unit.

    `held` is the share of the period's days on which its facility stands where the line does,
    `source_category` the category before consolidation, `lacks` the method that nobody states.
    """

    id: str
    activity: str
    facility: str
    country: str
    scope: int
    category: str
    item: str
    dimension: str
    weight: Fraction
    quantity: Fraction
    corrects: bool
    parts: Mapping[str, tuple[SnapPart, ...]]
    held: Fraction = Fraction(1)
    source_category: str = ""
    lacks: str = ""

    def tonnes(self, method: str) -> Fraction | None:
        """Tonnes CO2e under a method; None where nobody states them."""
        if self.lacks == method:
            return None
        return sum((gas.tonnes for part in self.parts[method] for gas in part.gases), ZERO)


def evaluated(lines: Iterable[SnapLine], scope: int) -> bool:
    """Whether lines tell a scope: Scopes 1 and 2 without lines are 0, Scope 3 is not evaluated."""
    return scope != 3 or any(line.scope == scope for line in lines)


def snap_total(lines: Iterable[SnapLine], method: str) -> Fraction | None:
    """Tonnes of lines under a method; None where one of them is not known."""
    found: Fraction | None = ZERO
    for line in lines:
        found = plus(found, line.tonnes(method))
    return found


class Contract(NamedTuple):
    """An instrument as a side holds it: MWh as texts of 12 decimals, and why it is not applied."""

    id: str
    type: str
    market: str
    volume: str
    rejected: str

    @classmethod
    def of(cls, name: str, kind: str, market: str, volume: Fraction, rejected: str) -> Contract:
        """One that no consumption took is as much there as one that is spent.

        Saved inventories hold the reason as a text alone, which begins as this program wrote it.
        """
        applied = rejected.startswith(NOTHING_TO_COVER)
        return cls(name, kind, market, plain(volume, 12), "" if applied else rejected)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One side of a comparison.

    Attributes:
        label: as the user named it.
        sites: facilities that the side knows, with their dates; None where a file does not say.
        metrics: denominators of intensities: label, unit, value.
        notes: what was stated before, and other words that belong to the comparison.
        contracts: the instruments of the side by id; None where a file does not say.
    """

    label: str
    name: str
    period: str
    span: Span
    boundary: str | None
    approach: str
    gwp_set: str
    lines: tuple[SnapLine, ...]
    sites: Mapping[str, Site] | None = None
    metrics: tuple[tuple[str, str, Fraction], ...] = ()
    notes: tuple[str, ...] = field(default=())
    contracts: tuple[Contract, ...] | None = None


def snapshot(inventory: Inventory, label: str) -> Snapshot:
    """The snapshot of a computed inventory."""
    types = {use.id: use.type for use in inventory.instruments}
    corrects = frozenset(inventory.standing.corrections)
    return Snapshot(
        label,
        inventory.name,
        inventory.period,
        inventory.span,
        inventory.boundary,
        inventory.approach,
        inventory.gwp_set,
        tuple(
            _line(line, types, line.activity in corrects, held_of(inventory, line))
            for line in inventory.lines
        ),
        dict(inventory.standing.sites),
        tuple(inventory.metrics),
        contracts=tuple(sorted(
            Contract.of(use.id, use.type, use.market, use.volume, use.rejected)
            for use in inventory.instruments
        )),
    )  # fmt: skip


def held_of(inventory: Inventory, line: Line) -> Fraction:
    """The share of the period's days on which the line's source stands where the line does."""
    days = inventory.standing.held.get(HeldDays.of(line))
    return Fraction(days, inventory.span.days) if days else Fraction(1)


def _line(line: Line, types: Mapping[str, str], corrects: bool, held: Fraction) -> SnapLine:
    located = _parts(line, line.location_based, types)
    market = located
    if line.market_based is not line.location_based:
        market = _parts(line, line.market_based, types)
    quantity = line.quantity / line.weight if line.weight else line.quantity
    return SnapLine(
        line.id,
        line.activity,
        line.facility or "",
        line.country or "",
        line.scope,
        line.category,
        line.item,
        line.unit.dimension,
        line.weight,
        quantity * line.unit.size,
        corrects,
        {LOCATION: located, MARKET: market},
        held,
        line.source_category,
        line.lacks or "",
    )


def in_line_units(
    parts: Sequence[SnapPart], foreign: Sequence[bool], whole: Fraction
) -> tuple[SnapPart, ...]:
    """Parts whose quantities sum to the line's `whole`, in its base unit.

    Steam by mass is covered in MWh: parts of another dimension (`foreign`) are turned into the
    line's, so that their share of it is their coverage; mass per unit and conversion follow.
    """
    if not any(foreign):
        return tuple(parts)
    own = sum((p.quantity for p, other in zip(parts, foreign, strict=True) if not other), ZERO)
    rest = sum((p.quantity for p, other in zip(parts, foreign, strict=True) if other), ZERO)
    scale = (whole - own) / rest if rest else Fraction(1)
    if not scale:
        return tuple(parts)
    return tuple(
        p._replace(quantity=p.quantity * scale, conversion=p.conversion / scale) if other else p
        for p, other in zip(parts, foreign, strict=True)
    )


def _parts(line: Line, parts: tuple[Part, ...], types: Mapping[str, str]) -> tuple[SnapPart, ...]:
    units = [part.plan.unit or line.unit for part in parts]
    return in_line_units(
        [_part(line, part, types) for part in parts],
        [unit.dimension != line.unit.dimension for unit in units],
        line.quantity * line.unit.size,
    )


def _part(line: Line, part: Part, types: Mapping[str, str]) -> SnapPart:
    plan, quantity = part.plan, part.quantity
    unit = plan.unit or line.unit
    product = Fraction(1)
    for step in plan.steps:
        product *= step.value
    factor = plan.resolution.factor
    made = FACTOR if factor is not None else REPORTED if part.source == REPORTED else MASSES
    gases = [
        GasMass(rate.gas, quantity * rate.kg, rate.gwp)
        for rate in plan.gases
        if rate.gwp is not None
    ]
    if plan.unspecified:
        gases.append(GasMass(UNSPECIFIED, quantity * plan.unspecified, Fraction(1)))
    tranche = types.get(part.instrument or "", REST)
    return SnapPart(
        tranche,
        quantity * unit.size,
        product / unit.size,
        str(factor.per) if factor is not None else "",
        made,
        tuple(gases),
    )
