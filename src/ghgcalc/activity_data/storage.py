"""Whose rows are whose: each sum of a table belongs to a line, storage's sums to one together.

Storage consumes what it was charged and did not give back (S2-08), so the sums of a `discharged`
item are taken from those of the `charged` one of the same facility, supplier and segment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import ONE
from ghgcalc.core.units import parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.company.table import Table
    from ghgcalc.core.period import Span


class Reading(NamedTuple):
    """What a sum is to its line: the line's id, and the line's units in one unit of the sum."""

    line: str
    factor: Fraction


class _Key(NamedTuple):
    facility: str
    supplier: str | None
    span: Span


def _key(entry: KeyedSum) -> _Key:
    return _Key(entry.facility, entry.supplier, entry.span)


def stores(table: Table) -> bool:
    """Whether readings of the table are of storage, so that several make one line."""
    return any(item.storage is not None for item in table.items.values())


def readings(table: Table, sums: Sequence[KeyedSum], ids: Sequence[str]) -> list[Reading]:
    """What each sum is to its line, in the order of the sums; `ids` are their own ids.

    Raises:
        UnitError: `unit-mismatch` where readings of one storage are no energies.
    """
    if not stores(table):
        return [Reading(line, ONE) for line in ids]
    first: dict[_Key, tuple[str, str]] = {}
    kinds = [table.items[entry.item].storage for entry in sums]
    for wanted in ("charged", "discharged"):  # what was given back alone is a line of its own
        for entry, line, kind in zip(sums, ids, kinds, strict=True):
            if kind == wanted:
                first.setdefault(_key(entry), (line, entry.unit))
    found: list[Reading] = []
    for entry, line, kind in zip(sums, ids, kinds, strict=True):
        if kind is None:
            found.append(Reading(line, ONE))
            continue
        target, unit = first[_key(entry)]
        same = ONE if unit == entry.unit else ratio(parse_unit(entry.unit), parse_unit(unit))
        found.append(Reading(target, same if kind == "charged" else -same))
    return found


def quantities(sums: Sequence[KeyedSum], of: Sequence[Reading]) -> dict[str, Fraction]:
    """The quantity of each line, in the unit of the sum whose id it has."""
    found: dict[str, Fraction] = {}
    for entry, reading in zip(sums, of, strict=True):
        value = entry.quantity
        if reading.factor is not ONE:
            value *= reading.factor
        known = found.get(reading.line)
        found[reading.line] = value if known is None else known + value
    return found
