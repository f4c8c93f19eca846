"""The largest sources, market-based: where to look first."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import MARKET
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ZERO, exact_sum
from ghgcalc.views.table import Bar, Column, Number, Row, Table, places_for
from ghgcalc.views.words import NOT_FACILITY, about, tranche_of, words_of

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory

SHOWN = 8


def sources_table(inventory: Inventory) -> Table:
    """Category with its tranche or item, facility, tonnes, share and a bar; the top eight."""
    sums = _sums(inventory)
    whole = inventory.totals.all_scopes(MARKET)
    # largest first, then by name; only the shown ones are ordered
    counted = [(-value, key) for key, value in sums.items() if value]
    places = places_for([whole])
    top = [(key, -value) for value, key in nsmallest(SHOWN, counted)]
    longest = top[0][1] if top and top[0][1] > 0 else None
    rows = [
        Row(
            (
                what,
                place,
                Number(value, places),
                _percent(value, whole),
                Bar(max(value / longest, ZERO)) if longest else "",
            )
        )
        for (what, place), value in top
    ]
    if len(counted) > SHOWN:
        rest = -exact_sum(value for value, _ in counted) - exact_sum(value for _, value in top)
        rows.append(
            Row(
                (
                    f"{len(counted) - SHOWN:,} others",
                    "",
                    Number(rest, places),
                    _percent(rest, whole),
                    "",
                )
            )
        )
    rows += _unknown(inventory)
    columns = (
        Column("Largest sources, market-based"),
        Column(""),
        Column("tCO2e", True),
        Column("%", True),
        Column(""),
    )
    return Table("Largest sources, market-based", columns, tuple(rows))


def _sums(inventory: Inventory) -> dict[tuple[str, str], Fraction]:
    """Tonnes by words and facility; the words of alike lines are made once."""
    words: dict[tuple[str, str, bool], str] = {}
    sums: PlanSums[tuple[str, str]] = PlanSums()
    for line in inventory.wholes:
        power = line.scope == 2
        place = line.facility or NOT_FACILITY
        for part in line.market_based:
            kind = (line.category, part.source if power else line.item, part.instrument is None)
            known = words.get(kind)
            if known is None:
                tranche = f"{words_of(line.category)}, {tranche_of(part)}" if power else ""
                known = words[kind] = tranche or about(line)
            sums.add((known, place), (part,))
    return sums.tonnes()


def _unknown(inventory: Inventory) -> list[Row]:
    """Lines that are larger or smaller than those above: nobody states them market-based."""
    names = dict.fromkeys(
        (f"{about(line)}, not stated", line.facility or NOT_FACILITY)
        for line in inventory.wholes
        if line.lacks == MARKET
    )
    return [Row((what, place, None, None, "")) for what, place in names]


def _percent(value: Fraction, whole: Fraction | None) -> Number | None:
    return Number(value / whole * 100, 1) if whole else None
