"""What rests on estimates: tonnes under both methods and quantities, by category and facility.

A line's estimated share holds for its quantity and, as they are proportional to it, its tonnes
(Corporate Standard ch. 7 and Scope 3 Standard ch. 7 ask for the quality of activity data).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus, times
from ghgcalc.core.numbers import ZERO, ExactSums, grouped
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.views.amounts import Amounts, Bucket, group, weigh
from ghgcalc.views.energy import Place, mwh_of
from ghgcalc.views.energy_parts import carrier_of
from ghgcalc.views.table import Column, Number, Row, Table, places_for
from ghgcalc.views.words import METHOD_WORDS, NOT_FACILITY, heading_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.core.units import Unit
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.views.table import Cell

METHODS = (LOCATION, MARKET)
SHOWN = 8
Tonnes = dict[str, Fraction | None]


class Quantity(NamedTuple):
    """The estimated part of a quantity and the whole, in one unit."""

    part: Fraction
    whole: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Estimated:
    """A category, a facility or everything: tonnes that are estimated, and all its tonnes.

    Attributes:
        scope, category, facility: what it is; None where it is not told apart by that.
        part, whole: tonnes by method; None where a line states the other method alone.
        quantity: where all its lines have units of one kind.
    """

    part: Tonnes
    whole: Tonnes
    scope: int | None = None
    category: str | None = None
    facility: str | None = None
    quantity: Quantity | None = None

    def share(self, method: str) -> Fraction | None:
        """The estimated share of the tonnes of a method; None of nothing or what is not known."""
        whole = self.whole[method]
        return times(self.part[method], 1 / whole) if whole else None


class Way(NamedTuple):
    """One way of estimating, with the tonnes that rest on it by method."""

    method: str
    reason: str
    column: str
    tonnes: Tonnes


class Estimates(NamedTuple):
    """Everything, by category in the standards' order, by facility largest first, by method."""

    total: Estimated
    by_category: list[Estimated]
    by_facility: list[Estimated]
    ways: list[Way]


def estimates_of(inventory: Inventory) -> Estimates | None:
    """What rests on estimates; None where nothing does."""
    lines = inventory.wholes
    marked = [line for line in lines if line.estimate is not None]
    if not marked:
        return None
    parts = [_part_of(line) for line in marked]
    whole, part = weigh(lines, _bucket), weigh(parts, _bucket)
    total = _estimated(group(part, _all)[""], group(whole, _all)[""])
    return Estimates(
        total,
        _by_category(lines, parts, group(part, _category), group(whole, _category)),
        _by_facility(group(part, _facility), group(whole, _facility)),
        _ways(marked, parts),
    )


def _bucket(line: Line) -> Bucket:
    return Bucket(line.scope, line.category, line.facility)


def _all(_: Bucket) -> Hashable:
    return ""


def _category(bucket: Bucket) -> Hashable:
    return bucket.scope, bucket.category


def _facility(bucket: Bucket) -> Hashable:
    return bucket.facility


def _part_of(line: Line) -> Line:
    """The estimated part of a line."""
    assert line.estimate is not None
    share = line.estimate.share

    def scaled(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(part._replace(quantity=part.quantity * share) for part in parts)

    if share == 1:
        return line
    return replace(
        line, quantity=line.quantity * share, split=None,
        location_based=scaled(line.location_based), market_based=scaled(line.market_based),
    )  # fmt: skip


def _tonnes(amounts: Amounts, scope: int | None = None) -> Tonnes:
    if scope is None:
        return {method: amounts.total(method) for method in METHODS}
    return {method: amounts.of(scope, method) for method in METHODS}


def _estimated(part: Amounts, whole: Amounts) -> Estimated:
    return Estimated(_tonnes(part), _tonnes(whole))


def _by_category(
    lines: Iterable[Line],
    parts: Iterable[Line],
    part: dict[Hashable, Amounts],
    whole: dict[Hashable, Amounts],
) -> list[Estimated]:
    order = {name: index for index, name in enumerate(CATEGORIES)}
    all_of, part_of = _quantities(lines, part), _quantities(parts, part)
    found = []
    for key, amounts in part.items():
        assert isinstance(key, tuple)
        scope, category = key
        quantity = None
        if key in all_of and key in part_of:
            size, units = all_of[key]
            unit = min(units, key=lambda each: (each.size, each.text)) if size else None
            if unit is not None:
                quantity = Quantity(part_of[key][0] / unit.size, size / unit.size, str(unit))
        found.append(Estimated(_tonnes(amounts, scope), _tonnes(whole[key], scope), scope,
                               category, quantity=quantity))  # fmt: skip
    found.sort(key=lambda e: (e.scope, order.get(e.category or "", 99), e.category))
    return found


def _quantities(
    lines: Iterable[Line], wanted: dict[Hashable, Amounts]
) -> dict[tuple[int, str], tuple[Fraction, list[Unit]]]:
    """Quantities by scope and category in the base size of their kind; others are left out."""
    units: dict[int, Unit] = {}  # by identity: a unit's hash costs more than a sum
    sums: ExactSums[tuple[int, str, int]] = ExactSums()
    for line in lines:
        if (line.scope, line.category) in wanted:
            units[id(line.unit)] = line.unit
            sums.add((line.scope, line.category, id(line.unit)), line.quantity)
    found: dict[tuple[int, str], tuple[Fraction, list[Unit]]] = {}
    for (scope, category, unit), quantity in sums.items():
        size, members = found.get((scope, category), (ZERO, []))
        found[scope, category] = (size + quantity * units[unit].size, [*members, units[unit]])
    return {
        key: known
        for key, known in found.items()
        if len({(unit.dimension, unit.basis) for unit in known[1]}) == 1
    }


def _by_facility(part: dict[Hashable, Amounts], whole: dict[Hashable, Amounts]) -> list[Estimated]:
    found = []
    for key, amounts in part.items():
        assert key is None or isinstance(key, str)
        found.append(Estimated(_tonnes(amounts), _tonnes(whole[key]), facility=key))
    found.sort(key=lambda e: (*map(_size, (e.part[MARKET], e.part[LOCATION])), e.facility or ""))
    return found


def _size(tonnes: Fraction | None) -> Fraction:
    """The order of tonnes, largest first."""
    return -(tonnes or ZERO)


def _ways(marked: list[Line], parts: list[Line]) -> list[Way]:
    """Methods and reasons as stated, those with the most tonnes first."""
    by_way: dict[tuple[str, str, str], list[Line]] = {}
    for line, part in zip(marked, parts, strict=True):
        assert line.estimate is not None
        by_way.setdefault(line.estimate[1:], []).append(part)
    found = [
        Way(*way, _tonnes(group(weigh(members, _bucket), _all)[""]))
        for way, members in by_way.items()
    ]
    return sorted(found, key=lambda way: (_size(way.tonnes[MARKET]), way[:3]))


def estimated_energy(inventory: Inventory) -> dict[Place, Fraction]:
    """Estimated MWh by carrier and facility; places without an estimate are left out."""
    found: dict[Place, Fraction] = {}
    for line in inventory.wholes:
        if line.scope == 2 and line.estimate is not None and line.energy is not None:
            place = Place(carrier_of(line), line.facility)
            found[place] = found.get(place, ZERO) + mwh_of(line) * line.estimate.share
    return found


# ---- the table -------------------------------------------------------------------------------


def estimates_table(inventory: Inventory, *, whole: bool = False) -> Table | None:
    """Estimated tonnes and shares; `whole`: every facility and every way of estimating."""
    found = estimates_of(inventory)
    if found is None:
        return None
    places = places_for(inventory.totals.all_scopes(method) for method in METHODS)
    rows = [_row("All scopes", found.total, places, 0)]
    rows += [_row(heading_of(e.category or ""), e, places, 1) for e in found.by_category]
    rows.append(Row(("By facility", "", "", "", "", "")))
    sites = found.by_facility
    most = len(sites) if whole or len(sites) <= SHOWN + 1 else SHOWN
    rows += [_row(e.facility or NOT_FACILITY, e, places, 1) for e in sites[:most]]
    if sites[most:]:
        rows.append(_row(f"{len(sites) - most:,} others", _joined(sites[most:]), places, 1))
    columns = (
        Column("Estimated"), Column(METHOD_WORDS[LOCATION], True), Column("%", True),
        Column(METHOD_WORDS[MARKET], True), Column("%", True), Column("% of quantity", True),
    )  # fmt: skip
    return Table("Estimated", columns, tuple(rows), _said(found.ways, places, whole), "tCO2e")


def _joined(rest: list[Estimated]) -> Estimated:
    def over(of: Callable[[Estimated], Tonnes]) -> Tonnes:
        found: Tonnes = dict.fromkeys(METHODS, ZERO)
        for each in rest:
            found = {method: plus(found[method], of(each)[method]) for method in METHODS}
        return found

    return Estimated(over(lambda each: each.part), over(lambda each: each.whole))


def _row(label: str, entry: Estimated, places: int, level: int) -> Row:
    cells: list[Cell] = []
    for method in METHODS:
        share = entry.share(method)
        part = entry.part[method]
        cells.append(None if part is None else Number(part, places))
        cells.append(None if share is None else Number(share * 100, 1))
    known = entry.quantity
    cells.append(Number(known.part / known.whole * 100, 1) if known else "")
    return Row((label, *cells), level=level)


def _said(ways: list[Way], places: int, whole: bool) -> tuple[str, ...]:
    """How it was estimated, and why."""
    most = len(ways) if whole or len(ways) <= SHOWN + 1 else SHOWN
    said = []
    for way in ways[:most]:
        how = f"{way.method}: {way.reason}" if way.method else f"marked in column {way.column}"
        tonnes = way.tonnes[MARKET]
        much = "–" if tonnes is None else f"{grouped(tonnes, places)} tCO2e"
        said.append(f"{how} ({much} market-based)")
    return (*said, f"and {len(ways) - most:,} more") if ways[most:] else tuple(said)
