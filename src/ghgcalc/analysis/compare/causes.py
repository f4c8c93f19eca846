"""The names of causes: what moved of a matched source, and why an unmatched one came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.compare import attribution as moved
from ghgcalc.analysis.compare.snapshot import MASSES, REPORTED, evaluated
from ghgcalc.inventory.held_days import Site

if TYPE_CHECKING:
    from datetime import date

    from ghgcalc.analysis.compare.match import Match
    from ghgcalc.analysis.compare.snapshot import SnapLine, Snapshot

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
    moved.HELD: BOUNDARY, moved.SHARE: CONSOLIDATION, moved.QUANTITY: ACTIVITY,
    moved.COVERAGE: INSTRUMENTS, moved.CONVERSION: PROPERTY, moved.MASS: FACTOR,
    moved.GWP: GWP_SET,
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

    @property
    def same_instruments(self) -> bool:
        """Whether both sides hold the same instruments; False where a side does not say."""
        return self.before.contracts is not None and (self.before.contracts == self.after.contracts)


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
        corrected = sides.same_period or new != {REPORTED}
        return _amount(pair, sides) if corrected else REPORTED_FIGURE
    if player == moved.COVERAGE and sides.same_period and sides.same_instruments:
        return _amount(pair, sides)  # the same MWh were spent on corrected amounts
    return _OF_PLAYER[player]


def _amount(pair: Match, sides: Circumstances) -> str:
    if any(line.corrects for line in (*pair.before, *pair.after)):
        return RESTATEMENT
    return CORRECTION if sides.same_period else ACTIVITY


def cause_of_unmatched(pair: Match, sides: Circumstances) -> str:
    """Why a source stands on one side only; the same name whichever side is asked for first."""
    line, lines = pair.first, pair.after or pair.before
    if any(each.corrects for each in lines):
        return RESTATEMENT
    here, there = (sides.after, sides.before) if pair.after else (sides.before, sides.after)
    if any(each.scope == 3 for each in lines) and not evaluated(there.lines, 3):
        return BOUNDARY  # that side draws its reporting boundary without Scope 3
    if _born_after(line.facility, here, there):
        return OPENED
    if any(_moved_scope(each, there) for each in lines) or _outside(line.facility, there):
        return BOUNDARY
    if sides.same_period:
        return CORRECTION
    site = (there.sites or here.sites or {}).get(line.facility)
    early = there.span < here.span
    if not early and site is not None and _since(site.divested, there.span.first):
        return BOUNDARY
    if any(other.facility == line.facility for other in there.lines):
        return NEW if early else ENDED
    if site is None and line.facility and here.sites is None:
        return BOUNDARY
    return _came(site or Site(), there) if early else _went(site or Site(), there)


def _born_after(facility: str, here: Snapshot, there: Snapshot) -> bool:
    """Whether a facility opened after an earlier period ended.

    It is growth, whenever it was acquired: nothing of it belongs to that period (Corporate
    Standard, chapter 5).
    """
    site = (here.sites or {}).get(facility) or (there.sites or {}).get(facility)
    if site is None or site.opened is None or not there.span < here.span:
        return False
    known = (there.sites or {}).get(facility)
    return site.opened > there.span.last and (known is None or known.inside)


def _since(day: date | None, last: date) -> bool:
    return day is not None and day <= last


def _moved_scope(line: SnapLine, there: Snapshot) -> bool:
    """Whether the other side has the source in another scope or category."""
    return any(
        (other.facility, other.item, other.dimension) == (line.facility, line.item, line.dimension)
        and (
            other.activity == line.activity
            or (other.source_category and other.source_category == line.source_category)
        )
        and (other.scope, other.category) != (line.scope, line.category)
        for other in there.lines
    )


def _outside(facility: str, there: Snapshot) -> bool:
    """Whether a facility is none of the other side, or outside its boundary."""
    if there.sites is None or not facility:
        return False
    site = there.sites.get(facility)
    return site is None or not site.inside


def _came(site: Site, there: Snapshot) -> str:
    """Why a facility has no lines in the earlier period `there`."""
    if site.acquired is not None and site.acquired > there.span.first:
        return BOUNDARY
    if site.opened is not None and site.opened > there.span.first:
        return OPENED
    return NEW


def _went(site: Site, there: Snapshot) -> str:
    """Why a facility has no lines in the later period `there`."""
    if _since(site.divested, there.span.last):
        return BOUNDARY
    return CLOSED if _since(site.closed, there.span.last) else ENDED
