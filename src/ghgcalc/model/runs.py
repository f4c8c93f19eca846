"""Runs of lines: months of one meter differ in days and quantity alone, and sums are linear."""

from __future__ import annotations

from copy import copy
from operator import is_
from typing import TYPE_CHECKING

from ghgcalc.numbers import exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from ghgcalc.model.inventory import Line, Part


def runs_of(lines: Iterable[Line]) -> list[Line]:
    """Lines, each run of alike ones of a table joined into one with the sum of quantities.

    Whatever asks neither for days nor for single lines sums runs instead, exactly alike. A joined
    line keeps the first one's id, days and rows.
    """
    found: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if run and _alike(run[0], line):
            run.append(line)
            continue
        if run:
            found.append(_joined(run))
        run = [line]
    if run:
        found.append(_joined(run))
    return found


def _alike(one: Line, two: Line) -> bool:
    """Whether two lines of a table differ in nothing but their id, days, rows and quantities."""
    return (
        one.kin is not None
        and one.kin is two.kin
        and one.facility == two.facility
        and one.supplier == two.supplier
        and one.category == two.category
        and one.scope == two.scope
        and _same(one.location_based, two.location_based)
        and (
            (one.market_based is one.location_based and two.market_based is two.location_based)
            or _same(one.market_based, two.market_based)
        )
    )


def _same(one: tuple[Part, ...], two: tuple[Part, ...]) -> bool:
    """Whether parts are priced alike; plans are shared, so they are compared by identity."""
    if len(one) == len(two) == 1:
        return one[0].plan is two[0].plan and one[0][2:] == two[0][2:]
    return [(id(part.plan), part[2:]) for part in one] == [(id(p.plan), p[2:]) for p in two]


def _joined(run: list[Line]) -> Line:
    if len(run) == 1:
        return run[0]
    whole = copy(run[0])
    quantities = [line.quantity for line in run]
    whole.quantity = exact_sum(quantities)
    whole.location_based = _sums([line.location_based for line in run], quantities, whole.quantity)
    if run[0].market_based is run[0].location_based:
        whole.market_based = whole.location_based
    else:
        whole.market_based = _sums([line.market_based for line in run], quantities, whole.quantity)
    return whole


def _sums(
    parts: list[tuple[Part, ...]], quantities: list[Fraction], whole: Fraction
) -> tuple[Part, ...]:
    """The parts with their quantities; a part that is the whole line shares its sum."""
    found = []
    for column in zip(*parts, strict=True):
        own = [part.quantity for part in column]
        shared = all(map(is_, own, quantities))
        found.append(column[0]._replace(quantity=whole if shared else exact_sum(own)))
    return tuple(found)
