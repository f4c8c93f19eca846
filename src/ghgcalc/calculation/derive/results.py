"""What became of category 3: what was derived, what could not be, what is stated, what waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ExactSums

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from ghgcalc.calculation.derive.answers import Answer
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part


class Hole(NamedTuple):
    """A quantity without a factor of category 3; `parts` are a, b, c.

    `why` is "" where entries of `accept:` alone, which `hint` prints, would free it.
    """

    parts: str
    carrier: str
    region: str
    unit: str
    why: str
    hint: str
    quantity: Fraction
    lines: int


class NotAdded(NamedTuple):
    """Tonnes that are stated already, by these activities, so that they are not derived."""

    parts: str
    carrier: str
    activities: tuple[str, ...]
    tonnes: Fraction


class Off(NamedTuple):
    """What the file does not want derived: parts, facility ("" for each), and why."""

    parts: str
    facility: str
    reason: str


@dataclass(frozen=True, slots=True)
class Derived:
    """Lines of category 3 of whole reporting years; of the days asked for, all that is to be said.

    Attributes:
        tonnes: what is derived, by part.
        silent: there are lines that ask, and no pack prints what they ask for.
        waiting: tonnes by reporting year whose lock is from before anything was derived.
    """

    lines: list[Line] = field(default_factory=list)
    tonnes: Mapping[str, Fraction] = field(default_factory=dict)
    holes: tuple[Hole, ...] = ()
    not_added: tuple[NotAdded, ...] = ()
    off: tuple[Off, ...] = ()
    silent: bool = False
    waiting: Mapping[int, Fraction] = field(default_factory=dict)


class Gathering:
    """Collects what is to be said of the days asked for, as exact sums."""

    def __init__(self) -> None:
        self._tonnes: PlanSums[str] = PlanSums()
        self._waiting: PlanSums[int] = PlanSums()
        self._not_added: PlanSums[tuple[str, str, tuple[str, ...]]] = PlanSums()
        self._holes: ExactSums[tuple[str, str, str, str, str, str]] = ExactSums()
        self._counts: dict[tuple[str, str, str, str, str, str], int] = {}
        self._off: dict[Off, None] = {}

    def made(self, parts: str, part: Part) -> None:
        """A derived quantity."""
        self._tonnes.add(parts, (part,))

    def waits(self, year: int, part: Part) -> None:
        """A quantity of a closed year."""
        self._waiting.add(year, (part,))

    def stated(self, parts: str, carrier: str, by: tuple[str, ...], part: Part) -> None:
        """A quantity that the file states already."""
        self._not_added.add((parts, carrier, by), (part,))

    def lacks(self, answer: Answer, quantity: Fraction, unit: str) -> None:
        """A quantity without a factor."""
        ask = answer.ask
        key = (ask.parts, ask.carrier, answer.region, unit, answer.why, answer.hint)
        self._holes.add(key, quantity)
        self._counts[key] = self._counts.get(key, 0) + 1

    def unwanted(self, off: Off) -> None:
        """What the file does not want derived."""
        self._off[off] = None

    def result(self, lines: list[Line]) -> Derived:
        """All that was collected, in an order that no order of lines changes."""
        holes = (Hole(*key, quantity, self._counts[key]) for key, quantity in self._holes.items())
        tonnes = self._not_added.tonnes()
        return Derived(
            lines,
            dict(sorted(self._tonnes.tonnes().items())),
            tuple(sorted(holes)),
            tuple(sorted(NotAdded(*key, co2e) for key, co2e in tonnes.items())),
            tuple(sorted(self._off)),
            waiting=dict(sorted(self._waiting.tonnes().items())),
        )
