"""Two snapshots compared: totals, causes, lines. The causes sum to the change, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.compare.attribution import attribute
from ghgcalc.compare.causes import (
    CAUSES,
    NOT_LIKE_FOR_LIKE,
    Circumstances,
    cause_of_player,
    cause_of_unmatched,
)
from ghgcalc.compare.match import match, renamed
from ghgcalc.compare.snapshot import METHODS
from ghgcalc.compare.states import state_of
from ghgcalc.model.line import LOCATION, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.compare.match import Match
    from ghgcalc.compare.snapshot import SnapLine, Snapshot

Effects = dict[tuple[str, str], Fraction]


class Figure(NamedTuple):
    """A total before and after, in tonnes CO2e."""

    name: str
    method: str | None
    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        """After minus before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Change:
    """One source: its tonnes on both sides and the causes of the change by method.

    `effects` maps (cause, gas) to tonnes; a source on one side only has one cause.
    """

    pair: Match
    scope: int
    category: str
    facility: str
    item: str
    before: Mapping[str, Fraction]
    after: Mapping[str, Fraction]
    effects: Mapping[str, Effects]

    def change(self, method: str) -> Fraction:
        """Tonnes of change under a method."""
        return self.after[method] - self.before[method]

    def cause(self, method: str, name: str) -> Fraction:
        """Tonnes that one cause makes."""
        return sum((v for (cause, _), v in self.effects[method].items() if cause == name), ZERO)


@dataclass(frozen=True, slots=True)
class Difference:
    """The comparison of two inventories."""

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    figures: tuple[Figure, ...] = field(default=())

    def causes(self, method: str, scopes: Iterable[int] = (1, 2, 3)) -> dict[str, Fraction]:
        """Tonnes by cause over scopes, in the order of `CAUSES`; causes of nothing are left out."""
        wanted = frozenset(scopes)
        found: dict[str, Fraction] = {}
        for change in self.changes:
            if change.scope in wanted:
                for (cause, _), tonnes in change.effects[method].items():
                    found[cause] = found.get(cause, ZERO) + tonnes
        return {name: found[name] for name in CAUSES if name in found}

    def like_for_like(self, method: str, scopes: Iterable[int] = (1, 2, 3)) -> Fraction:
        """The change without boundary, consolidation, method, GWP set and restatements."""
        causes = self.causes(method, scopes)
        return sum((v for name, v in causes.items() if name not in NOT_LIKE_FOR_LIKE), ZERO)

    def restated(self, method: str) -> Fraction:
        """Tonnes of all scopes before, restated for what is left out of like for like.

        After the sale of a unit that emitted 25 of 75 t it is 50 t (Corporate Standard, ch. 5).
        """
        return self.total("all_scopes", method).after - self.like_for_like(method)

    def total(self, name: str, method: str | None) -> Figure:
        """A total by its name and method."""
        return next(f for f in self.figures if (f.name, f.method) == (name, method))

    @property
    def same_period(self) -> bool:
        """Whether two versions of the same days are compared: nothing changed but what is known."""
        return self.before.span == self.after.span


class Intensity(NamedTuple):
    """Scope 1 + 2 per unit of a metric that both sides state, in tonnes CO2e per unit."""

    label: str
    unit: str
    method: str
    before: Fraction
    after: Fraction


def intensities(found: Difference) -> list[Intensity]:
    """Intensities of both sides, by metric and method; of metrics in one unit and not 0."""
    old, new = ({(label, unit): value for label, unit, value in side.metrics if value}
                for side in (found.before, found.after))  # fmt: skip
    totals = {f.method: f for f in found.figures if f.name == "scope_1_2"}
    return [
        Intensity(*key, method, totals[method].before / old[key], totals[method].after / new[key])
        for key in old
        if key in new
        for method in METHODS
    ]


def difference(
    before: Snapshot, after: Snapshot, renames: Mapping[str, str] | None = None
) -> Difference:
    """Compare two snapshots; `renames` maps ids of `before` to those of `after`."""
    before = renamed(before, renames or {})
    sides = Circumstances(before, after)
    pairs = match(before.lines, after.lines)
    changes = tuple(_change(pair, sides) for pair in pairs)
    return Difference(before, after, changes, tuple(_figures(before, after)))


def _change(pair: Match, sides: Circumstances) -> Change:
    line = pair.first
    effects: dict[str, Effects] = {LOCATION: _effects(pair, sides, LOCATION)}
    effects |= {
        method: effects[LOCATION] if _same(pair) else _effects(pair, sides, method)
        for method in METHODS
        if method != LOCATION
    }
    return Change(
        pair, line.scope, line.category, line.facility, line.item,
        _tonnes(pair.before), _tonnes(pair.after), effects,
    )  # fmt: skip


def _same(pair: Match) -> bool:
    """Whether both methods say the same of every line."""
    return all(len({id(p) for p in line.parts.values()}) == 1 for side in pair[:2] for line in side)


def _tonnes(lines: tuple[SnapLine, ...]) -> dict[str, Fraction]:
    return {m: sum((line.tonnes(m) for line in lines), ZERO) for m in METHODS}


def _effects(pair: Match, sides: Circumstances, method: str) -> Effects:
    if not pair.before or not pair.after:
        return _whole(pair, cause_of_unmatched(pair, sides), method)
    old, new = state_of(pair.before, method), state_of(pair.after, method)
    if old is None or new is None:
        return _whole(pair, cause_of_player("quantity", pair, sides), method)
    found: Effects = {}
    for (player, gas), tonnes in attribute(old, new).items():
        key = (cause_of_player(player, pair, sides), gas)
        found[key] = found.get(key, ZERO) + tonnes
    return {key: tonnes for key, tonnes in found.items() if tonnes}


def _whole(pair: Match, cause: str, method: str) -> Effects:
    """All of a source's change under one cause, by gas."""
    found: Effects = {}
    for lines, sign in ((pair.before, -1), (pair.after, 1)):
        for gas in (gas for line in lines for part in line.parts[method] for gas in part.gases):
            found[cause, gas.gas] = found.get((cause, gas.gas), ZERO) + sign * gas.tonnes
    return {key: tonnes for key, tonnes in found.items() if tonnes}


def _figures(before: Snapshot, after: Snapshot) -> Iterable[Figure]:
    def total(side: Snapshot, method: str, scopes: tuple[int, ...]) -> Fraction:
        return sum((line.tonnes(method) for line in side.lines if line.scope in scopes), ZERO)

    def figure(name: str, method: str | None, *scopes: int) -> Figure:
        under = method or LOCATION
        return Figure(name, method, total(before, under, scopes), total(after, under, scopes))

    yield figure("scope_1", None, 1)
    for method in METHODS:
        yield figure("scope_2", method, 2)
    for method in METHODS:
        yield figure("scope_1_2", method, 1, 2)
    yield figure("scope_3", None, 3)
    for method in METHODS:
        yield figure("all_scopes", method, 1, 2, 3)
