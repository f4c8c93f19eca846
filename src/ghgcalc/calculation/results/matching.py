"""What matching by year, month and hour came to; it is beside the inventory, never inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.core.text.row_lines import RowLines, joined_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.company.hourly import Matching
    from ghgcalc.core.period import Span

MATCHINGS: Final[tuple[Matching, ...]] = ("annual", "monthly", "hourly")
NOT_IN_FORCE = (
    "additional information: matching by the hour is drafted for the revised Scope 2 Guidance,"
    " which is not in force; no Scope 2 figure uses it"
)
AS_METERED = "quantities as metered, whatever the consolidation and the boundary asked"


class SeriesUse(NamedTuple):
    """A series of the file: MWh inside the days matched, and the rows they came from."""

    side: str
    name: str
    zone: str
    mwh: Fraction
    rows: int


class MonthMatch(NamedTuple):
    """MWh of one calendar month, `matched` by that month as a whole and by its hours."""

    month: str
    consumption: Fraction
    generation: Fraction
    matched: dict[Matching, Fraction]


@dataclass(slots=True)
class HourlyMatch:
    """One matching zone over the days asked; energies in MWh.

    Attributes:
        zone: where consumption and generation must lie to be matched.
        hours: hours of the local clock inside the days: 23 or 25 where it is set.
        generation: inside the zone; `outside` is that of other zones, matched with nothing.
        matched: by year, month and hour.
    """

    id: str
    matching: Matching
    zone: str
    time_zone: str
    span: Span
    hours: int
    consumption: Fraction
    generation: Fraction
    matched: dict[Matching, Fraction]
    series: tuple[SeriesUse, ...] = ()
    months: tuple[MonthMatch, ...] = ()

    @property
    def outside(self) -> Fraction:
        """MWh generated for other zones."""
        away = (use.mwh for use in self.series if use.zone != self.zone)
        return sum(away, Fraction(0))

    def share(self, matching: Matching) -> Fraction | None:
        """Matched share of consumption; None where nothing was consumed."""
        return self.matched[matching] / self.consumption if self.consumption else None

    def uncovered(self, matching: Matching) -> Fraction:
        """MWh consumed without generation in the same year, month or hour."""
        return self.consumption - self.matched[matching]

    def surplus(self, matching: Matching) -> Fraction:
        """MWh generated in the zone while less was consumed."""
        return self.generation - self.matched[matching]


@dataclass(frozen=True, slots=True)
class HourlyMatches:
    """All entries of a period, the files they rest on, and a note on each left without rows.

    `excerpts` holds the lines that findings show, by file.
    """

    found: tuple[HourlyMatch, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    excerpts: Mapping[str, RowLines] = field(default_factory=dict)

    def joined(self, other: HourlyMatches) -> HourlyMatches:
        """These matches and those of another entry."""
        return HourlyMatches(
            (*self.found, *other.found),
            {**self.inputs, **other.inputs},
            (*self.notes, *other.notes),
            joined_lines(self.excerpts, other.excerpts),
        )
