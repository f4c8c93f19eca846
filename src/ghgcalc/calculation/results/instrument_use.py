"""What became of contractual instruments: volume, use, surplus, and their quality criteria."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import ZERO

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.plan import UsedGap
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span


# why a good instrument is not applied, as reports and saved inventories say it; the market follows
NOTHING_TO_COVER = "criterion 5: no "


class CriterionState(StrEnum):
    """What is known of a quality criterion."""

    MET = "met"
    NOT_MET = "not met"
    UNANSWERED = "unanswered"
    ASSUMED = "assumed"


class CriterionAnswer(NamedTuple):
    """A criterion of an instrument, its state and its document."""

    number: int
    state: CriterionState
    evidence: str = ""


@dataclass(slots=True)
class InstrumentUse:
    """What became of an instrument: volume, used, surplus, and why it was not applied.

    Attributes:
        unanswered: whether it is not applied for want of answers to its criteria.
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
    unanswered: bool = False
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
