"""Lines: what one unit of activity emits, parts priced by it, and lines made of parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghgcalc.company.estimate import Estimate
    from ghgcalc.core.derivation import Derivation
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.model import Factor

ZERO, ONE = Fraction(0), Fraction(1)
_order = attrgetter("order")
LOCATION, MARKET = "location_based", "market_based"
# the source of a tranche that the grid average prices for want of a residual mix (R14)
NO_RESIDUAL = "uncovered, grid average: no residual mix in the packs"
LAST = 1 << 62  # the place of what stands in no activity


class Step(NamedTuple):
    """One printed step: multiply by `value` (written `text`), giving `unit`; `source` says why.

    `ref` names the pack's fuel property that the step rests on.
    """

    value: Fraction
    text: str
    unit: str
    source: str = ""
    ref: str = ""


class UsedGap(NamedTuple):
    """A departure from the strict rules that an `accept:` entry allows; `entry` is its index.

    `instead` is kg CO2e per activity unit by what the departure leaves aside, where it is known.
    """

    kind: str
    detail: str
    entry: int
    instead: Fraction | None = None


class Rejected(NamedTuple):
    """A candidate factor that was not taken, and why."""

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The factor chosen for a key, why, and what was rejected.

    Attributes:
        asked: the question as the lock writes it; "" where no pack was asked.
        lock: where the lock holds the answer; None where a pack gave it.
        complement: the locked row of the gases that the factor leaves to another one.
    """

    factor: Factor | None
    chosen: str
    gaps: tuple[UsedGap, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    alternative: Factor | None = None
    asked: str = ""
    lock: Location | None = None
    complement: Factor | None = None

    @property
    def basis(self) -> str:
        """`exact`, `accepted_gap` or `user_supplied`."""
        if self.gaps:
            return "accepted_gap"
        return "user_supplied" if self.factor is None or self.factor.pack.own else "exact"


class GasRate(NamedTuple):
    """Mass of a gas per activity unit with its GWP: `co2e` kg; `group` None is outside."""

    gas: str
    kg: Fraction
    gwp: Fraction | None
    group: str
    text: str = ""

    @property
    def co2e(self) -> Fraction:
        """Kg CO2e per activity unit."""
        return self.kg * self.gwp if self.gwp is not None else ZERO


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything per one unit of activity: conversion, gases, CO2e; resolved once per key.

    Attributes:
        unit, steps: the activity's unit, and the conversion from it to the factor's.
        gases: the seven gases, kg per unit.
        unspecified: kg CO2e per unit that no gas explains (CO2e-only factors, rounding).
        biogenic: kg biogenic CO2 per unit, outside the scopes.
        outside: gases outside the seven (Montreal and others), kg per unit.
        total, gwp_set: kg CO2e per unit, and the GWP set that weighs it.
        partial: gases of the source that the publisher does not print (R30).
        complement: the row that the factor names for its other gases (`with:`).
    """

    unit: Unit | None
    resolution: Resolution
    gases: tuple[GasRate, ...]
    unspecified: Fraction
    total: Fraction
    gwp_set: str
    biogenic: Fraction = ZERO
    outside: tuple[GasRate, ...] = ()
    steps: tuple[Step, ...] = ()
    partial: str = ""
    gwp_pack: str = ""
    complement: Factor | None = None
    tonnes: Fraction = field(init=False, default=ZERO)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tonnes", self.total / 1000)

    def groups(self) -> dict[str, Fraction]:
        """Kg CO2e per unit by gas group; `unspecified` last."""
        found: dict[str, Fraction] = {}
        for rate in self.gases:
            found[rate.group] = found.get(rate.group, ZERO) + rate.co2e
        if self.unspecified:
            found["unspecified"] = self.unspecified
        return found


class Part(NamedTuple):
    """A quantity priced by one plan: a line, or one tranche of a market-based line.

    `level` is the step of the market-based hierarchy, 1 to 5; 0 stands outside it (R10).
    """

    plan: Plan
    quantity: Fraction
    source: str
    instrument: str | None = None
    level: int = 0

    @property
    def co2e(self) -> Fraction:
        """Tonnes CO2e."""
        return self.quantity * self.plan.tonnes

    @property
    def biogenic(self) -> Fraction:
        """Tonnes of biogenic CO2."""
        return self.quantity * self.plan.biogenic / 1000 if self.plan.biogenic else ZERO


class LineEnergy(NamedTuple):
    """What a Scope 2 line says of its energy: MWh of one unit (None: none), plant, attributes."""

    mwh_each: Fraction | None
    technology: str | None = None
    attributes: str | None = None


@dataclass(slots=True)
class Line:
    """One line of the inventory: a piece of activity data inside one segment of time.

    Attributes:
        id: stable id; equals the activity's where it was not split.
        scope: 1, 2 or 3 after consolidation; `category` likewise (GHG-04).
        source_category: the category as written.
        weight, quantity: consolidation share, and the quantity in `unit` weighted by it.
        location_based, market_based: parts of each method; the same tuple outside Scope 2.
        method: None, or the only method that a reported Scope 2 line speaks for.
        lacks: the method that nobody states for it, so that no sum that holds the line is known.
        kept: whether a lock keeps what the line lacks as the 0 t it was locked with.
        derivation: of a mass of gas that is derived, from what and how.
        notes: choices of the line that are no factors, such as a leak rate and its range.
        energy: of priced Scope 2 lines.
        split: gives, for a line that is the sum of several over a reporting year, these lines.
        order: the activity's place in the file; that of tables, which follow, is `LAST`.
        others: the further activities of a sum.
        estimate: how much of it is an estimate; of the tonnes likewise.
        spread: how much of it is a share by days of bills of more days.
    """

    id: str
    activity: str
    location: Location
    facility: str | None
    country: str | None
    scope: int
    category: str
    source_category: str
    item: str
    span: Span
    weight: Fraction
    quantity: Fraction
    unit: Unit
    location_based: tuple[Part, ...] = ()
    market_based: tuple[Part, ...] = ()
    placement: str = ""
    supplier: str | None = None
    rows: str = ""
    evidence: tuple[str, ...] = ()
    method: str | None = None
    energy: LineEnergy | None = None
    origin: Location | None = None
    notes: tuple[str, ...] = ()
    derivation: Derivation | None = None
    split: Callable[[Line], list[Line]] | None = field(default=None, repr=False, compare=False)
    order: int = LAST
    others: tuple[str, ...] = ()
    estimate: Estimate | None = None
    spread: Fraction = ZERO
    lacks: str | None = None
    kept: bool = False

    def parts(self, method: str) -> tuple[Part, ...]:
        """The parts of a method."""
        return self.location_based if method == LOCATION else self.market_based

    def co2e(self, method: str) -> Fraction | None:
        """Tonnes CO2e under a method; None where they are not known, 0 where others tell them."""
        if self.lacks == method:
            return None
        parts = self.location_based if method == LOCATION else self.market_based
        if len(parts) == 1:
            return parts[0].co2e
        return sum((part.co2e for part in parts), ZERO)

    def biogenic(self, method: str) -> Fraction:
        """Tonnes biogenic CO2 under a method."""
        if not any(part.plan.biogenic for part in self.parts(method)):
            return ZERO
        return sum((part.biogenic for part in self.parts(method)), ZERO)


def plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """A sum; None where an addend is not known."""
    return None if one is None or other is None else one + other


def times(one: Fraction | None, share: Fraction) -> Fraction | None:
    """A product; None where the figure is not known."""
    return None if one is None else one * share


def total_of(lines: Iterable[Line], method: str) -> Fraction | None:
    """Tonnes of lines under a method; None where one of them is not known."""
    found = ZERO
    for line in lines:
        tonnes = line.co2e(method)
        if tonnes is None:
            return None
        found += tonnes
    return found


def lacking(lines: Iterable[Line]) -> frozenset[str]:
    """The methods under which no sum of these lines is known."""
    return frozenset(line.lacks for line in lines if line.lacks is not None)


def lines_of(wholes: Iterable[Line]) -> list[Line]:
    """Lines, with sums of several split into them; in the order of the file."""
    found = [
        line
        for whole in wholes
        for line in ((whole,) if whole.split is None else whole.split(whole))
    ]
    found.sort(key=_order)
    return found
