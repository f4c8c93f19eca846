"""Plans: what one unit of activity emits by the factor chosen for it, and parts priced by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import ZERO

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.conversion import Conversion
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.step import Step
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.model import Factor


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


class Passed(NamedTuple):
    """A row that `accept:` entries admit and that another one goes before.

    Attributes:
        reason: why it lost, in words.
        nearer: whether it is of a more specific region than the row that is taken.
        instead: kg CO2e per activity unit by it, where it is nearer and its gases can be weighed.
    """

    factor: Factor
    conversion: Conversion
    gaps: tuple[UsedGap, ...]
    reason: str
    nearer: bool
    instead: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The factor chosen for a key, why, and what was rejected.

    Attributes:
        asked: the question as the lock writes it; "" where no pack was asked.
        lock: where the lock holds the answer; None where a pack gave it.
        complement: the locked row of the gases that the factor leaves to another one.
        passed: rows that entries of the file admit and that the factor goes before.
    """

    factor: Factor | None
    chosen: str
    gaps: tuple[UsedGap, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    alternative: Factor | None = None
    asked: str = ""
    lock: Location | None = None
    complement: Factor | None = None
    passed: tuple[Passed, ...] = ()

    @property
    def nearer(self) -> Passed | None:
        """The row of a more specific region that is passed over, where there is one."""
        return next((each for each in self.passed if each.nearer), None)

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
        blends: whether it takes the composition of a refrigerant blend from the bundled pack.
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
    blends: bool = False
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


# kinds of tranche that no instrument covers
UNCOVERED, SUPPLIER_RATE = "uncovered", "supplier rate"
LOCATION_FACTOR = "location-based factor"


class Part(NamedTuple):
    """A quantity priced by one plan: a line, or one tranche of a market-based line.

    `level` is the step of the market-based hierarchy, 1 to 5; 0 stands outside it (R10).
    `tranche` is its kind where no instrument covers it; "" where `source` says it all.
    """

    plan: Plan
    quantity: Fraction
    source: str
    instrument: str | None = None
    level: int = 0
    tranche: str = ""

    @property
    def co2e(self) -> Fraction:
        """Tonnes CO2e."""
        return self.quantity * self.plan.tonnes

    @property
    def biogenic(self) -> Fraction:
        """Tonnes of biogenic CO2."""
        return self.quantity * self.plan.biogenic / 1000 if self.plan.biogenic else ZERO
