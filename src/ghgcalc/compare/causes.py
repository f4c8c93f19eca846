"""The names of causes: what moved of a matched source, and why an unmatched one came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.compare import attribution as moved
from ghgcalc.compare.snapshot import MASSES, REPORTED

if TYPE_CHECKING:
    from ghgcalc.compare.match import Match
    from ghgcalc.compare.snapshot import SnapLine, Snapshot

ACTIVITY, FACTOR, PROPERTY = "activity", "emission factor", "unit or fuel property"
GWP_SET, METHOD, INSTRUMENTS = "GWP set", "method", "instruments"
CONSOLIDATION, BOUNDARY = "consolidation", "boundary"
OPENED, CLOSED, NEW, ENDED = "opened", "closed", "new", "ended"
RESTATEMENT, CORRECTION, REPORTED_FIGURE = "restatement", "data correction", "reported figure"
CAUSES = (
    INSTRUMENTS, ACTIVITY, REPORTED_FIGURE, FACTOR, PROPERTY, OPENED, CLOSED, NEW, ENDED,
    CONSOLIDATION, BOUNDARY, METHOD, GWP_SET, RESTATEMENT, CORRECTION,
)  # fmt: skip
# what a like-for-like comparison leaves out: the inventory changed, not the emissions
NOT_LIKE_FOR_LIKE = frozenset(
    {CONSOLIDATION, BOUNDARY, METHOD, GWP_SET, RESTATEMENT, CORRECTION}
)  # fmt: skip
_OF_PLAYER = {
    moved.SHARE: CONSOLIDATION, moved.QUANTITY: ACTIVITY, moved.COVERAGE: INSTRUMENTS,
    moved.CONVERSION: PROPERTY, moved.MASS: FACTOR, moved.GWP: GWP_SET,
}  # fmt: skip

# CDP questionnaire 7.10.1: reasons for a change of gross emissions
CDP = {
    INSTRUMENTS: "Change in renewable energy consumption",
    ACTIVITY: "Change in output",
    OPENED: "Change in output",
    CLOSED: "Change in output",
    NEW: "Change in output",
    ENDED: "Change in output",
    CONSOLIDATION: "Change in boundary",
    BOUNDARY: "Change in boundary",
    METHOD: "Change in methodology",
    GWP_SET: "Change in methodology",
    PROPERTY: "Change in physical operating conditions",
    FACTOR: "Change in methodology",
    RESTATEMENT: "Other",
    CORRECTION: "Other",
    REPORTED_FIGURE: "Unidentified",
}


class Circumstances(NamedTuple):
    """The two sides as wholes."""

    before: Snapshot
    after: Snapshot

    @property
    def same_period(self) -> bool:
        """Whether both sides speak of the same days: then activity data were corrected."""
        return self.before.span == self.after.span


def made_of(lines: tuple[SnapLine, ...]) -> set[str]:
    """How the amounts of lines are known."""
    return {part.made for line in lines for parts in line.parts.values() for part in parts}


def cause_of_player(player: str, pair: Match, sides: Circumstances) -> str:
    """The name of what moved in a matched source."""
    old, new = made_of(pair.before), made_of(pair.after)
    if old != new and player in (moved.QUANTITY, moved.CONVERSION, moved.MASS):
        return METHOD
    if player == moved.MASS and new == {MASSES}:
        return _amount(pair, sides)
    if player == moved.QUANTITY:
        return REPORTED_FIGURE if new == {REPORTED} else _amount(pair, sides)
    return _OF_PLAYER[player]


def _amount(pair: Match, sides: Circumstances) -> str:
    if any(line.corrects for line in (*pair.before, *pair.after)):
        return RESTATEMENT
    return CORRECTION if sides.same_period else ACTIVITY


def cause_of_unmatched(pair: Match, sides: Circumstances) -> str:
    """Why a source stands on one side only."""
    line, lines = pair.first, pair.after or pair.before
    if any(each.corrects for each in lines):
        return RESTATEMENT
    here, there = (sides.after, sides.before) if pair.after else (sides.before, sides.after)
    if any(_moved_scope(each, there) for each in lines) or _outside(line.facility, there):
        return BOUNDARY
    if there.sites is not None and line.facility and line.facility not in there.sites:
        return BOUNDARY
    if sides.same_period:
        return CORRECTION
    known = any(other.facility == line.facility for other in there.lines)
    if known:
        return NEW if pair.after else ENDED
    return _came(line, here, sides) if pair.after else _went(line, here, sides)


def _moved_scope(line: SnapLine, there: Snapshot) -> bool:
    """Whether the other side has the source in another scope or category."""
    return any(
        (other.facility, other.item, other.dimension) == (line.facility, line.item, line.dimension)
        and other.activity == line.activity
        and (other.scope, other.category) != (line.scope, line.category)
        for other in there.lines
    )


def _outside(facility: str, there: Snapshot) -> bool:
    return there.inside is not None and bool(facility) and facility not in there.inside


def _came(line: SnapLine, here: Snapshot, sides: Circumstances) -> str:
    site = (here.sites or {}).get(line.facility)
    if site is None:
        return NEW if here.sites is not None else BOUNDARY
    if site.acquired is not None and site.acquired > sides.before.span.first:
        return BOUNDARY
    if site.opened is not None and site.opened > sides.before.span.first:
        return OPENED
    return NEW


def _went(line: SnapLine, here: Snapshot, sides: Circumstances) -> str:
    site = (here.sites or {}).get(line.facility)
    later = (sides.after.sites or {}).get(line.facility)
    closed = (later or site).closed if (later or site) else None  # type: ignore[union-attr]
    if site is None and here.sites is None:
        return BOUNDARY
    if closed is not None and closed <= sides.after.span.last:
        return CLOSED
    return ENDED
