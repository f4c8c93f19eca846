"""Reporting years whose section of the lock is another one than at the base."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.lock.model import NOT_STATED
from ghgcalc.core.numbers import plain
from ghgcalc.inventory.lock_figures import PLACES, line_changes, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from ghgcalc.calculation.lock.model import Section
    from ghgcalc.core.diagnostics import Location


class Relocked(NamedTuple):
    """A year that was locked anew.

    Attributes:
        place: its section now, beside the company file.
        figures: each locked total that is another one: what it was, what it is, the change.
        lines: how many locked lines are other ones.
    """

    year: int
    place: Location
    figures: tuple[str, ...]
    lines: int

    @property
    def moved(self) -> bool:
        """Whether any locked tonne is another one."""
        return bool(self.figures or self.lines)


def relocked_years(
    before: Mapping[int, Section], after: Mapping[int, Section]
) -> tuple[Relocked, ...]:
    """The years that both locks hold with different seals, the newest first."""
    years = sorted(before.keys() & after.keys(), reverse=True)
    return tuple(
        Relocked(year, after[year].place, tuple(_figures(before[year], after[year])),
                 len(line_changes(before[year].values.lines, after[year].values.lines)))
        for year in years
        if before[year].values.seal != after[year].values.seal
    )  # fmt: skip


def _figures(before: Section, after: Section) -> Iterator[str]:
    was, now = before.values.totals, after.values.totals
    for name in dict.fromkeys((*was, *now)):
        old, new = was.get(name), now.get(name)
        if old != new or (name in was) != (name in now):
            change = "" if old is None or new is None else f": {signed(Fraction(new - old))} tCO2e"
            yield f"`{name}` was locked as {_tonnes(old)} and is now {_tonnes(new)}{change}"


def _tonnes(value: Decimal | None) -> str:
    return NOT_STATED if value is None else f"{plain(Fraction(value), PLACES)} tCO2e"
