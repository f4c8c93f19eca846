"""The computed inventory: plans per unit, lines, tranches, totals; exact fractions throughout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import lines_of
from ghgcalc.inventory.held_days import Standing
from ghgcalc.inventory.scope_3_status import Scope3Standing

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.matching import HourlyMatch
    from ghgcalc.calculation.results.totals import Totals
    from ghgcalc.company.estimate import EstimateWords
    from ghgcalc.company.organization import Approach
    from ghgcalc.core.diagnostics import Diagnostic, Location
    from ghgcalc.core.period import Span
    from ghgcalc.inventory.control_totals import ControlTotal
    from ghgcalc.inventory.data_quality import Score


class StatedFigure(NamedTuple):
    """An energy figure as published elsewhere: `size` is its unit in MWh, tonnes or parts of 1."""

    figure: str
    value: Fraction
    unit: str
    size: Fraction
    location: Location
    citation: str = ""


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
    """A figure asserted in the file beside the computed one; `reason` is why there is none.

    `file` is the company file as it was named.
    """

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
    file: str = ""

    @property
    def holds(self) -> bool:
        """Whether the computed figure lies within the tolerance."""
        return self.actual is not None and abs(self.actual - self.expected) <= self.within


class PackUse(NamedTuple):
    """A pack that the inventory rests on; `status` is its status in words."""

    id: str
    version: str
    title: str
    sha256: str
    licence: str
    evidence: str
    own: bool
    status: str


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
class Inventory:
    """The result that every view renders; numbers are tonnes as exact fractions.

    Attributes:
        wholes: the lines, or sums of them over a reporting year (`Line.split`), which serve
            whatever asks for no days and no single line.
        own_grid: tonnes that own generation, attributes kept, would have had at the grid average.
        stated: energy figures as published elsewhere; `hourly`: matching, beside the totals.
        standing: what comparing needs to know of facilities and days.
        marks: how tables mark their estimates.
        scope_3: the status of every Scope 3 category, what is left out, the screening.
        data_quality: scores by Scope 3 category and indicator.
        part_of_year: how many days have data, in words, where most days of the year have none.
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
    part_of_year: str = ""
    scope_3: Scope3Standing = field(default_factory=Scope3Standing)
    data_quality: dict[str, dict[str, Score]] = field(default_factory=dict)
    _lines: list[Line] | None = field(default=None, repr=False, compare=False)

    @property
    def lines(self) -> list[Line]:
        """Every line; made from `wholes` when first asked for."""
        if self._lines is None:
            self._lines = lines_of(self.wholes)
        return self._lines

    @property
    def gaps_used(self) -> frozenset[int]:
        """The `accept:` entries that lines or instruments needed, by index."""
        held = {gap.entry for use in self.instruments for gap in use.gaps}
        return frozenset(held.union(gap.entry for gap in self.accepted))

    @property
    def holds(self) -> bool:
        """Whether every expectation holds."""
        return all(result.holds for result in self.expectations)
