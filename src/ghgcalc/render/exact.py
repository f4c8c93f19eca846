"""Products of a quantity and a plan's rates as text, by integers alone.

`product(q, Rate.of(r))` is `plain(q * r, 12)`, digit for digit; a plan's rates are prepared once
and serve all of its lines, which makes ten thousand lines quick.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import plain
from ghgcalc.core.units import OWN_PREFIX

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part, Plan
    from ghgcalc.core.units import Unit
    from ghgcalc.inventory.inventory import Inventory

PLACES = 12
_SCALE = 10**PLACES


class Rate(NamedTuple):
    """A rate per unit: numerator times 2·10^12, and denominator."""

    scaled: int
    denominator: int

    @classmethod
    def of(cls, value: Fraction) -> Rate:
        """Prepare a rate."""
        return cls(2 * _SCALE * value.numerator, value.denominator)


def product(quantity: Fraction, rate: Rate) -> str:
    """Quantity times rate with at most 12 decimals, half away from zero."""
    half = quantity.denominator * rate.denominator
    return times(quantity.numerator, Prepared(rate.scaled, half, 2 * half))


class Prepared(NamedTuple):
    """A rate for quantities of one denominator: units of 1e-12 are (n · top + half) // whole."""

    top: int
    half: int
    whole: int

    @classmethod
    def of(cls, rate: Rate, denominator: int) -> Prepared:
        """Prepare a rate, reduced so that products stay small."""
        half = denominator * rate.denominator
        common = gcd(rate.scaled, half)
        return cls(rate.scaled // common, half // common, 2 * (half // common))


def times(numerator: int, rate: Prepared) -> str:
    """`product` for the numerator of a quantity."""
    top, half, whole = rate
    scaled = numerator * top
    if not scaled:
        return "0"
    units, part = divmod((abs(scaled) + half) // whole, _SCALE)
    # an f-string takes a third longer, and there are a million of them
    shown = ("%d.%012d" % (units, part)).rstrip("0") if part else str(units)  # noqa: UP031
    return f"-{shown}" if scaled < 0 and shown != "0" else shown


class PlanRates:
    """The rates of a plan, tonnes and kilograms per unit of its quantity."""

    __slots__ = ("biogenic", "gases", "groups", "outside", "plan", "total", "unspecified")

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.total = Rate.of(plan.total / 1000)
        self.biogenic = Rate.of(plan.biogenic / 1000)
        self.unspecified = Rate.of(plan.unspecified / 1000)
        self.gases = [(rate, Rate.of(rate.kg), Rate.of(rate.co2e / 1000)) for rate in plan.gases]
        self.outside = [
            (rate, Rate.of(rate.kg), Rate.of(rate.co2e / 1000)) for rate in plan.outside
        ]
        self.groups = {name: Rate.of(value / 1000) for name, value in plan.groups().items()}


class RateBook:
    """Prepared rates by plan."""

    def __init__(self) -> None:
        self._known: dict[int, PlanRates] = {}

    def of(self, plan: Plan) -> PlanRates:
        """The prepared rates of a plan."""
        known = self._known.get(id(plan))
        if known is None:
            known = self._known[id(plan)] = PlanRates(plan)
        return known

    def tonnes(self, parts: tuple[Part, ...]) -> str:
        """Tonnes CO2e of all parts."""
        if len(parts) == 1:
            return product(parts[0].quantity, self.of(parts[0].plan).total)
        return plain(sum((part.co2e for part in parts[1:]), parts[0].co2e), PLACES)

    def biogenic(self, parts: tuple[Part, ...]) -> str:
        """Tonnes of biogenic CO2 of all parts."""
        if len(parts) == 1:
            return product(parts[0].quantity, self.of(parts[0].plan).biogenic)
        return plain(sum((part.biogenic for part in parts[1:]), parts[0].biogenic), PLACES)


def own_units(inventory: Inventory) -> dict[str, Unit]:
    """The units of the company file that lines and parts are in, by their text."""
    units: dict[int, Unit | None] = {}
    for line in inventory.lines:
        units[id(line.unit)] = line.unit
        for part in (*line.location_based, *line.market_based):
            units[id(part.plan.unit)] = part.plan.unit
    own = {str(u): u for u in units.values() if u is not None and OWN_PREFIX in u.text}
    return dict(sorted(own.items()))


def unit_of(line: Line, part: Part) -> str:
    """The unit of a part's quantity."""
    return str(part.plan.unit or line.unit)
