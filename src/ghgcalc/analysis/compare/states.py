"""Lines of one kind together: one state per method, from which the same tonnes come out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.compare.attribution import State, Tranche, tonnes_of
from ghgcalc.analysis.compare.snapshot import snap_total
from ghgcalc.core.numbers import ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from ghgcalc.analysis.compare.snapshot import SnapLine, SnapPart


def state_of(lines: Sequence[SnapLine], method: str) -> State | None:
    """The state of lines under a method; None where quantities or masses cancel out.

    Days held, share, conversion, masses and GWPs are means weighted by what they multiply, so that
    the product gives the sum of the lines exactly. A line that speaks of the other method alone
    has no quantity under this one.
    """
    lines = [line for line in lines if line.parts[method]]
    gross = sum((line.quantity for line in lines), ZERO)
    parts = [part for line in lines for part in line.parts[method]]
    net = sum((part.quantity for part in parts), ZERO)
    if not gross or not net:
        return None
    tranches: dict[str, list[SnapPart]] = {}
    for part in parts:
        tranches.setdefault(part.tranche, []).append(part)
    found = {name: _tranche(members, net) for name, members in tranches.items()}
    if any(tranche is None for tranche in found.values()):
        return None
    whole = sum((line.quantity / line.held for line in lines), ZERO)
    if not whole:
        return None
    priced = {name: tranche for name, tranche in found.items() if tranche is not None}
    state = State(net / gross, whole, priced, gross / whole)
    told = snap_total(lines, method)
    return state if tonnes_of(state) == told else None


def _tranche(parts: Sequence[SnapPart], net: Fraction) -> Tranche | None:
    quantity = sum((part.quantity for part in parts), ZERO)
    if not quantity:
        return None
    pers = {part.per for part in parts}
    per, conversion = "", ONE
    if len(pers) == 1:
        per = pers.pop()
        conversion = sum((p.quantity * p.conversion for p in parts), ZERO) / quantity
    if not conversion:
        per, conversion = "", ONE
    units = quantity * conversion
    masses: dict[str, Fraction] = {}
    weighed: dict[str, Fraction] = {}
    for gas in (gas for part in parts for gas in part.gases):
        masses[gas.gas] = masses.get(gas.gas, ZERO) + gas.kg
        weighed[gas.gas] = weighed.get(gas.gas, ZERO) + gas.kg * gas.gwp
    gwps = _gwps(parts, masses, weighed)
    return Tranche(
        quantity / net, conversion, per, {gas: kg / units for gas, kg in masses.items()}, gwps
    )


def _gwps(
    parts: Iterable[SnapPart], masses: dict[str, Fraction], weighed: dict[str, Fraction]
) -> dict[str, Fraction]:
    """Mean GWP of each gas; a gas of no mass keeps its printed one."""
    printed = {gas.gas: gas.gwp for part in parts for gas in part.gases}
    return {gas: weighed[gas] / kg if kg else printed[gas] for gas, kg in masses.items()}
