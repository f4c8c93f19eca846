"""Two snapshots compared: totals, causes, lines. The causes sum to the change, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.compare.attribution import attribute
from ghgcalc.analysis.compare.causes import (
    CAUSES,
    NOT_LIKE_FOR_LIKE,
    Circumstances,
    cause_of_player,
    cause_of_unmatched,
)
from ghgcalc.analysis.compare.match import match, renamed
from ghgcalc.analysis.compare.snapshot import METHODS, evaluated, snap_total
from ghgcalc.analysis.compare.states import state_of
from ghgcalc.calculation.results.line import LOCATION, judge_method, plus, times
from ghgcalc.core.arguments import no_name, scopes_of
from ghgcalc.core.numbers import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.analysis.compare.match import Match
    from ghgcalc.analysis.compare.snapshot import SnapLine, Snapshot

Effects = dict[tuple[str, str], Fraction]
MINUS = Fraction(-1)


class Figure(NamedTuple):
    """A total before and after, in tonnes CO2e; None where a side does not know it."""

    name: str
    method: str | None
    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """After minus before; None where one of them is not known."""
        return plus(self.after, times(self.before, MINUS))

    @property
    def share(self) -> Fraction | None:
        """The change over what was before; None over 0, and where it is not known."""
        return times(self.change, 1 / self.before) if self.before else None


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
    before: Mapping[str, Fraction | None]
    after: Mapping[str, Fraction | None]
    effects: Mapping[str, Effects]

    def change(self, method: str) -> Fraction | None:
        """Tonnes of change under a method; None where a side does not know them.

        Raises:
            ValueError: there is no such method.
        """
        judge_method(method)
        return plus(self.after[method], times(self.before[method], MINUS))

    def cause(self, method: str, name: str) -> Fraction:
        """Tonnes that one cause makes, 0 where it makes none.

        Raises:
            ValueError: there is no such method, or no such cause.
        """
        judge_method(method)
        if name not in CAUSES:
            no_name(name, "cause", CAUSES)
        return sum((v for (cause, _), v in self.effects[method].items() if cause == name), ZERO)


@dataclass(frozen=True, slots=True)
class Difference:
    """The comparison of two inventories.

    Every method raises a ValueError for a name that is no Scope 2 method, and for a scope that is
    none of 1, 2, 3; a TypeError where `scopes` is one scope instead of several.
    """

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    figures: tuple[Figure, ...] = field(default=())

    def computed(self, method: str, scopes: Iterable[int] = (1, 2, 3)) -> bool:
        """Whether the change over scopes is known: no line of a side lacks the method there."""
        wanted = scopes_of(scopes)
        return not self.lacking(method) or 2 not in wanted

    def lacking(self, method: str) -> tuple[str, ...]:
        """The lines of either side whose figure of a method nobody states, `2024: landlord`."""
        judge_method(method)
        return tuple(
            f"{side.label}: {line.id}"
            for side in (self.before, self.after)
            for line in side.lines
            if line.lacks == method
        )

    @property
    def not_evaluated(self) -> tuple[str, ...]:
        """The sides without Scope 3, by label: no line of it is not 0 t of it."""
        return tuple(
            side.label for side in (self.before, self.after) if not evaluated(side.lines, 3)
        )

    def causes(self, method: str, scopes: Iterable[int] = (1, 2, 3)) -> dict[str, Fraction]:
        """Tonnes by cause over scopes, in the order of `CAUSES`; causes of nothing are left out.

        There are none of a change that is not known: some of its causes would be missing.
        """
        wanted = scopes_of(scopes)
        if not self.computed(method, wanted):
            return {}
        found: dict[str, Fraction] = {}
        for change in self.changes:
            if change.scope in wanted:
                for (cause, _), tonnes in change.effects[method].items():
                    found[cause] = found.get(cause, ZERO) + tonnes
        return {name: found[name] for name in CAUSES if name in found}

    def like_for_like(self, method: str, scopes: Iterable[int] = (1, 2, 3)) -> Fraction | None:
        """The change without boundary, consolidation, method, GWP set and restatements."""
        wanted = scopes_of(scopes)
        if not self.computed(method, wanted):
            return None
        causes = self.causes(method, wanted)
        return sum((v for name, v in causes.items() if name not in NOT_LIKE_FOR_LIKE), ZERO)

    def restated(self, method: str) -> Fraction | None:
        """Tonnes of all scopes before, restated for what is left out of like for like.

        After the sale of a unit that emitted 25 of 75 t it is 50 t (Corporate Standard, ch. 5).
        """
        after = self.total("all_scopes", method).after
        return plus(after, times(self.like_for_like(method), MINUS))

    def total(self, name: str, method: str | None = None) -> Figure:
        """A total: `scope_1`, `scope_2`, `scope_1_2`, `scope_3` or `all_scopes`, under a method.

        Those of Scope 1 and of Scope 3 are the same under both methods, and need none. Scope 3 of
        a side without a line of it is None: it was not evaluated; `all_scopes` holds it as far as
        it was.

        Raises:
            ValueError: there is no such total or method; or Scope 2 is in it, and none is named.
        """
        named = {f.method: f for f in self.figures if f.name == name}
        if not named:
            no_name(name, "total", dict.fromkeys(f.name for f in self.figures))
        if None not in named or method is not None:
            judge_method(method)
        return named[None] if None in named else named[method]

    @property
    def same_period(self) -> bool:
        """Whether two versions of the same days are compared: nothing changed but what is known."""
        return self.before.span == self.after.span


class Intensity(NamedTuple):
    """Scope 1 + 2 per unit of a metric that both sides state, in tonnes CO2e per unit."""

    label: str
    unit: str
    method: str
    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """After minus before; None where one of them is not known."""
        return plus(self.after, times(self.before, MINUS))


def intensities(found: Difference) -> list[Intensity]:
    """Intensities of both sides, by metric and method; of metrics in one unit and not 0."""
    old, new = ({(label, unit): value for label, unit, value in side.metrics if value}
                for side in (found.before, found.after))  # fmt: skip
    totals = {f.method: f for f in found.figures if f.name == "scope_1_2"}
    return [
        Intensity(
            *key,
            method,
            times(totals[method].before, 1 / old[key]),
            times(totals[method].after, 1 / new[key]),
        )
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


def _tonnes(lines: tuple[SnapLine, ...]) -> dict[str, Fraction | None]:
    return {method: snap_total(lines, method) for method in METHODS}


def _effects(pair: Match, sides: Circumstances, method: str) -> Effects:
    if any(line.lacks == method for line in (*pair.before, *pair.after)):
        return {}
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
    def total(side: Snapshot, method: str, scopes: tuple[int, ...]) -> Fraction | None:
        if scopes == (3,) and not evaluated(side.lines, 3):
            return None
        return snap_total((line for line in side.lines if line.scope in scopes), method)

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
