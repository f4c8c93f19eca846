"""Rows that `accept:` entries admit and that others go before: what is said of them.

An entry permits and prefers nothing (DESIGN §5), so a row of the whole country without a gap goes
before one of the province that an entry was written for. The line's note says what that one would
give, and an entry without use says which row it admits and how it is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import ZERO, significant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Passed
    from ghgcalc.factors.model import Factor

_NAMED, _DIGITS = 3, 5


class PassedOver(NamedTuple):
    """A row that an entry admits, for a line that another row serves: `taken`, without it."""

    activity: str
    taken: str
    other: Passed


def by_entry(lines: Iterable[Line]) -> dict[int, PassedOver]:
    """The first such row of each entry, in the order of the lines."""
    found: dict[int, PassedOver] = {}
    seen: set[int] = set()
    for line in lines:
        if line.derived_from is not None:  # nothing can be pinned for it
            continue
        for part in (*line.location_based, *line.market_based):
            resolution = part.plan.resolution
            if not resolution.passed or resolution.factor is None or id(part.plan) in seen:
                continue
            seen.add(id(part.plan))
            for other in resolution.passed:
                for gap in other.gaps:
                    known = PassedOver(_name(line), resolution.factor.ref, other)
                    found.setdefault(gap.entry, known)
    return found


def nearer_notes(lines: Iterable[Line]) -> list[str]:
    """Rows of a more specific region that are passed over, with the tonnes that they would give."""
    names: dict[tuple[str, str], dict[str, None]] = {}
    rows: dict[tuple[str, str], tuple[Factor, Passed]] = {}
    sums: dict[tuple[str, str], tuple[Fraction, Fraction]] = {}
    for line in lines:
        for part in (line.location_based or line.market_based) if not line.derived_from else ():
            factor, other = part.plan.resolution.factor, part.plan.resolution.nearer
            if factor is None or other is None or other.instead is None:
                continue
            key = (other.factor.ref, factor.ref)
            rows.setdefault(key, (factor, other))
            names.setdefault(key, {})[_name(line)] = None
            ours, theirs = sums.get(key, (ZERO, ZERO))
            sums[key] = (ours + part.co2e, theirs + part.quantity * other.instead / 1000)
    return [
        f"{_shown(list(names[key]))}: {nearer_words(*rows[key])}:"
        f" {significant(theirs, _DIGITS)} instead of {significant(ours, _DIGITS)} tCO2e"
        for key, (ours, theirs) in sorted(sums.items())
    ]


def nearer_words(taken: Factor, other: Passed) -> str:
    """What is passed over and why, without the tonnes."""
    place = taken.region or "worldwide"
    return (
        f"{taken.ref} ({place}) needs no accepted gap and goes before {other.factor.ref}"
        f" ({other.factor.region}), which `factor:` takes"
    )


def _name(line: Line) -> str:
    """What a line is called in the file: of a table, without the days of its piece."""
    of_table = line.rows or line.split is not None
    return (line.activity.rpartition("/")[0] if of_table else "") or line.activity


def _shown(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
