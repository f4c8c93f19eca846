"""The computed inventory: plans per unit, lines, tranches, totals; exact fractions throughout."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, ZERO, lacking, lines_of
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.inventory.held_days import Standing

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Line, UsedGap
    from ghgcalc.calculation.results.matching import HourlyMatch
    from ghgcalc.company.estimate import EstimateWords
    from ghgcalc.company.organization import Approach
    from ghgcalc.core.diagnostics import Diagnostic, Location
    from ghgcalc.core.period import Span


class StatedFigure(NamedTuple):
    """An energy figure as published elsewhere: `size` is its unit in MWh, tonnes or parts of 1."""

    figure: str
    value: Fraction
    unit: str
    size: Fraction
    location: Location
    citation: str = ""


class CriterionAnswer(NamedTuple):
    """A criterion of an instrument: `met`, `not met`, `unanswered`, `assumed`; its document."""

    number: int
    state: str
    evidence: str = ""


@dataclass(slots=True)
class InstrumentUse:
    """What became of an instrument: volume, used, surplus, and why it was not applied.

    Attributes:
        carried: MWh that certificates bundled with this contract stand for; they are counted there.
        answers: the quality criteria it must meet (S2-04).
        record: what the file states beside: technology, vintage, registry, serials and so on.
        days: of a contract; None is the whole reporting year.
    """

    id: str
    type: str
    market: str
    carrier: str
    volume: Fraction
    used: Fraction = ZERO
    location: Location | None = None
    rejected: str = ""
    criteria: str = ""
    co2e: Fraction = ZERO
    gaps: tuple[UsedGap, ...] = ()
    carried: Fraction = ZERO
    answers: tuple[CriterionAnswer, ...] = ()
    record: dict[str, str | None] = field(default_factory=dict)
    days: Span | None = None

    @property
    def surplus(self) -> Fraction:
        """MWh that covered nothing."""
        return ZERO if self.rejected else self.volume - self.carried - self.used


class GapShare(NamedTuple):
    """Tonnes that rest on an entry, and their share of the total, both of one Scope 2 method."""

    method: str
    co2e: Fraction
    share: Fraction | None


@dataclass(slots=True)
class AcceptedGap:
    """An `accept:` entry in force: what it covers, its effect.

    `shares` has the market-based method where every line of it rests on the entry, else the
    location-based one first, and the market-based one where some lines do.
    `categories` are those of its lines as written; `scope_2` where one of them is Scope 2.
    """

    entry: int
    kind: str
    reason: str
    location: Location
    details: tuple[str, ...]
    lines: tuple[str, ...]
    shares: tuple[GapShare, ...]
    effect: str = ""
    categories: tuple[str, ...] = ()
    scope_2: bool = False


@dataclass(slots=True)
class ExpectationResult:
    """A figure asserted in the file beside the computed one; `reason` is why there is none."""

    entry: int
    figure: str
    period: str
    boundary: str | None
    expected: Fraction
    within: Fraction
    actual: Fraction | None
    unit: str
    location: Location
    citation: str = ""
    reason: str = ""
    remedy: str = ""

    @property
    def holds(self) -> bool:
        """Whether the computed figure lies within the tolerance."""
        return self.actual is not None and abs(self.actual - self.expected) <= self.within


@dataclass(slots=True)
class ControlTotal:
    """Rows of a table: read = used + other periods + filtered + rejected, and sums by unit."""

    table: str
    read: int
    used: int
    other_periods: int
    filtered: int
    rejected: int
    sums: dict[str, Fraction]
    used_sums: dict[str, Fraction]


class PackUse(NamedTuple):
    """A pack that the inventory rests on."""

    id: str
    version: str
    title: str
    sha256: str
    licence: str
    evidence: str
    own: bool


class LockUse(NamedTuple):
    """How far the lock decides an inventory; `drift` has one sentence per difference."""

    file: str
    sha256: str
    periods: tuple[int, ...]
    resolutions: int
    packs: tuple[str, ...]
    open_lines: tuple[str, ...]
    drift: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class Totals:
    """Tonnes CO2e by scope and method, biogenic CO2 apart, gases outside the seven apart.

    A total is None where a line that it holds states the other method alone.
    """

    scope_1: Fraction = ZERO
    scope_2: dict[str, Fraction | None] = field(default_factory=dict)
    scope_3: Fraction = ZERO
    biogenic_co2: Fraction = ZERO

    def scope_1_2(self, method: str) -> Fraction | None:
        """Scope 1 + 2 under a method."""
        scope_2 = self.scope_2.get(method, ZERO)
        return None if scope_2 is None else self.scope_1 + scope_2

    def all_scopes(self, method: str) -> Fraction | None:
        """Scopes 1 + 2 + 3 under a method."""
        part = self.scope_1_2(method)
        return None if part is None else part + self.scope_3


def totals_of(lines: list[Line]) -> Totals:
    """Sum lines; biogenic CO2 by the location-based parts (they exist for each line)."""
    sums: PlanSums[tuple[int, str]] = PlanSums()
    for line in lines:
        sums.add((line.scope, LOCATION), line.location_based)
        if line.scope == 2:
            sums.add((2, MARKET), line.market_based)
    totals = Totals()
    scope_2 = {LOCATION: ZERO, MARKET: ZERO}
    for (scope, method), plan, quantity in sums.items():
        tonnes = plan.tonnes * quantity
        if scope == 1:
            totals.scope_1 += tonnes
        elif scope == 2:
            scope_2[method] += tonnes
        else:
            totals.scope_3 += tonnes
        if method == LOCATION and plan.biogenic:
            totals.biogenic_co2 += plan.biogenic * quantity / 1000
    unknown = lacking(lines)
    totals.scope_2 = {m: None if m in unknown else value for m, value in scope_2.items()}
    return totals


@dataclass(slots=True)
class Inventory:
    """The result that every view renders; numbers are tonnes as exact fractions.

    Attributes:
        wholes: the lines, or sums of them over a reporting year (`Line.split`), which serve
            whatever asks for no days and no single line.
        own_grid: tonnes that own generation, attributes kept, would have had at the grid average.
        stated: energy figures as published elsewhere; `hourly`: matching, beside the totals.
        standing: what comparing needs to know of facilities and days.
        marks: how tables mark their estimates.
    """

    name: str
    period: str
    span: Span
    boundary: str | None
    approach: Approach
    gwp_set: str
    wholes: list[Line]
    totals: Totals
    instruments: list[InstrumentUse] = field(default_factory=list)
    accepted: list[AcceptedGap] = field(default_factory=list)
    expectations: list[ExpectationResult] = field(default_factory=list)
    control_totals: list[ControlTotal] = field(default_factory=list)
    packs: list[PackUse] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    metrics: list[tuple[str, str, Fraction]] = field(default_factory=list)
    exclusions: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)
    status: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    not_consolidated: list[str] = field(default_factory=list)
    lock: LockUse | None = None
    own_grid: dict[str, Fraction] = field(default_factory=dict)
    stated: list[StatedFigure] = field(default_factory=list)
    hourly: list[HourlyMatch] = field(default_factory=list)
    standing: Standing = field(default_factory=Standing)
    marks: list[EstimateWords] = field(default_factory=list)
    _lines: list[Line] | None = field(default=None, repr=False, compare=False)

    @property
    def lines(self) -> list[Line]:
        """Every line; made from `wholes` when first asked for."""
        if self._lines is None:
            self._lines = lines_of(self.wholes)
        return self._lines

    @property
    def holds(self) -> bool:
        """Whether every expectation holds."""
        return all(result.holds for result in self.expectations)
