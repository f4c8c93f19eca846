"""The largest sources, market-based: where to look first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.model.inventory import MARKET, ZERO
from ghgcalc.model.plan_sums import PlanSums
from ghgcalc.views.table import Bar, Column, Number, Row, Table, places_for
from ghgcalc.views.words import NOT_FACILITY, about, tranche_of, words_of

if TYPE_CHECKING:
    from ghgcalc.model.inventory import Inventory

SHOWN = 8


def sources_table(inventory: Inventory) -> Table:
    """Category with its tranche or item, facility, tonnes, share and a bar; the top eight."""
    sums = _sums(inventory)
    whole = inventory.totals.all_scopes(MARKET)
    ranked = sorted(
        ((key, value) for key, value in sums.items() if value), key=lambda item: (-item[1], item[0])
    )
    places = places_for([whole])
    top = ranked[:SHOWN]
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
    if len(ranked) > SHOWN:
        rest = sum((value for _, value in ranked[SHOWN:]), ZERO)
        rows.append(
            Row(
                (
                    f"{len(ranked) - SHOWN:,} others",
                    "",
                    Number(rest, places),
                    _percent(rest, whole),
                    "",
                )
            )
        )
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
    for line in inventory.lines:
        for part in line.market_based:
            power = line.scope == 2
            kind = (line.category, part.source if power else line.item, part.instrument is None)
            if kind not in words:
                tranche = f"{words_of(line.category)}, {tranche_of(part)}" if power else ""
                words[kind] = tranche or about(line)
            sums.add((words[kind], line.facility or NOT_FACILITY), (part,))
    return sums.tonnes()


def _percent(value: Fraction, whole: Fraction) -> Number | None:
    return Number(value / whole * 100, 1) if whole else None
