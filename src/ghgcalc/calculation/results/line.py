"""Lines of the inventory: a piece of activity data in one segment of time, made of parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from ghgcalc.activity_data.elementary import LAST
from ghgcalc.core.numbers import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.company.estimate import Estimate
    from ghgcalc.core.derivation import Derivation
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Unit

_order = attrgetter("order")
LOCATION, MARKET = "location_based", "market_based"
# the source of a tranche that the grid average prices for want of a residual mix (R14)
NO_RESIDUAL = "uncovered, grid average: no residual mix in the packs"


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
        calculated_by: of Scope 3, the word of its calculation method (S3-06); else "".
        at_prices: whether it is spend that says at which prices it is.
        quality: scores of its data by indicator, 1 to 4, as stated.
        lacks: the method that nobody states for it, so that no sum that holds the line is known.
        derived_from: the id of the Scope 1 or 2 line that a line of category 3 is derived from.
        kept: whether a lock keeps what the line lacks as the 0 t it was locked with.
        derivation: of a mass of gas that is derived, from what and how.
        notes: choices of the line that are no factors, such as a leak rate and its range.
        energy: of priced Scope 2 lines.
        split: gives, for a line that is the sum of several over a reporting year, these lines.
        order: the activity's place in the file; that of tables, which follow, is `LAST`.
        others: the further activities of a sum.
        members: how many lines it stands for, where it is the sum of a table's.
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
    calculated_by: str = ""
    quality: Mapping[str, int] | None = None
    at_prices: bool = False
    derived_from: str | None = None
    members: int = 1

    @property
    def count(self) -> int:
        """How many lines it stands for."""
        return self.members + len(self.others)

    def parts(self, method: str) -> tuple[Part, ...]:
        """The parts of a method.

        Raises:
            ValueError: there is no such method.
        """
        if method == LOCATION:
            return self.location_based
        return self.market_based if method == MARKET else no_method(method)

    def co2e(self, method: str) -> Fraction | None:
        """Tonnes CO2e under a method; None where they are not known, 0 where others tell them."""
        parts = self.parts(method)
        if self.lacks == method:
            return None
        if len(parts) == 1:
            return parts[0].co2e
        return sum((part.co2e for part in parts), ZERO)

    def biogenic(self, method: str) -> Fraction:
        """Tonnes biogenic CO2 under a method."""
        if not any(part.plan.biogenic for part in self.parts(method)):
            return ZERO
        return sum((part.biogenic for part in self.parts(method)), ZERO)


def judge_method(name: object) -> None:
    """Refuse a name that is no Scope 2 method.

    Raises:
        ValueError: there is no such method.
    """
    if name not in (LOCATION, MARKET):
        no_method(name)


def no_method(name: object) -> NoReturn:
    """Refuse a name that is no Scope 2 method; taken for one it would give another's figure.

    Raises:
        ValueError: always.
    """
    raise ValueError(f"`{name}` is no Scope 2 method: write `{LOCATION}` or `{MARKET}`")


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
