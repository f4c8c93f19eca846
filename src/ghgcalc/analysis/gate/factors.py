"""Which lines are priced by another factor than before, or by other values of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.compare.snapshot import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.analysis.compare.difference import Difference
    from ghgcalc.analysis.compare.snapshot import SnapLine, Snapshot
    from ghgcalc.factors.model import Factor
    from ghgcalc.inventory.inventory import Inventory

_Priced = dict[tuple[str, ...], "Factor"]
_Key = tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]


class FactorChange(NamedTuple):
    """Factors of lines before and after, under some methods; `lines` are their ids after."""

    methods: tuple[str, ...]
    before: tuple[Factor, ...]
    after: tuple[Factor, ...]
    lines: tuple[str, ...]


def factor_changes(
    found: Difference, before: Inventory, after: Inventory
) -> tuple[FactorChange, ...]:
    """Changed factors of the sources that both sides have; equal under both methods, said once.

    Args:
        found: the comparison of both inventories.
        before: whose snapshot stands before.
        after: whose snapshot stands after.
    """
    old, new = _factors(found.before, before), _factors(found.after, after)
    groups: dict[_Key, dict[str, list[str]]] = {}
    named: dict[tuple[str, ...], Factor] = {}
    for change in found.changes:
        pair = change.pair
        for method in METHODS if pair.before and pair.after else ():
            one, two = _of(pair.before, old[method]), _of(pair.after, new[method])
            named |= one | two
            key = (tuple(sorted(one.keys() - two.keys())), tuple(sorted(two.keys() - one.keys())))
            if any(key):
                lines = groups.setdefault(key, {}).setdefault(method, [])
                lines += [line.id for line in pair.after]
    return tuple(
        FactorChange(methods, tuple(named[each] for each in key[0]),
                     tuple(named[each] for each in key[1]), tuple(lines))
        for key, by_method in groups.items()
        for methods, lines in _shared(by_method)
    )  # fmt: skip


def _shared(by_method: Mapping[str, list[str]]) -> list[tuple[tuple[str, ...], list[str]]]:
    """The lines by method; once where they are the same under all."""
    every = list(by_method.values())
    if len(every) == len(METHODS) and all(lines == every[0] for lines in every):
        return [(METHODS, every[0])]
    return [((method,), lines) for method, lines in by_method.items()]


def _factors(side: Snapshot, inventory: Inventory) -> dict[str, dict[str, _Priced]]:
    """The factors of each line of a snapshot by method, by what tells one from another."""
    found: dict[str, dict[str, _Priced]] = {method: {} for method in METHODS}
    for snap, line in zip(side.lines, inventory.lines, strict=True):
        for method in METHODS:
            priced = found[method].setdefault(snap.id, {})
            for part in line.parts(method):
                factor = part.plan.resolution.factor
                if factor is not None:
                    priced[_identity(factor)] = factor
    return found


def _identity(factor: Factor) -> tuple[str, ...]:
    gases = (f"{gas}: {value.amount} {value.as_co2e}" for gas, value in factor.gases.items())
    version = str(factor.pack.header.version)
    return (factor.ref, version, str(factor.per), str(factor.oxidation), *sorted(gases))


def _of(lines: Iterable[SnapLine], priced: Mapping[str, _Priced]) -> _Priced:
    return {name: factor for line in lines for name, factor in priced.get(line.id, {}).items()}
