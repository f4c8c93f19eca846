"""Parts of Energy that no sum rests on: quality criteria, stated figures, hourly matching."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.matching import MATCHINGS, NOT_IN_FORCE
from ghgcalc.render.xlsx.book import cell
from ghgcalc.render.xlsx.energy_table import (
    AMOUNT,
    CARRIER,
    ELECTRICITY,
    LEVEL,
    PART,
    PARTS_OF_1,
    REMARK,
    SHARE,
    TYPE,
    UNIT,
    VERDICT,
    WHAT,
    Value,
    mwh_value,
    plain_number,
)  # fmt: skip
from ghgcalc.render.xlsx.styles import TONNES
from ghgcalc.views.energy import computed_beside
from ghgcalc.views.hourly import BY
from ghgcalc.views.words import plain_id

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.energy_table import EnergyTable
    from ghgcalc.views.energy import Energy


def write_criteria(table: EnergyTable, inventory: Inventory) -> None:
    """The Scope 2 Quality Criteria that each instrument must meet, with what answers them."""
    for use in inventory.instruments:
        for answer in use.answers:
            texts = {
                PART: "Quality criteria", CARRIER: use.carrier, WHAT: use.id,
                TYPE: plain_id(use.type), VERDICT: answer.state, REMARK: answer.evidence,
            }  # fmt: skip
            table.put(texts, {LEVEL: plain_number(answer.number)})


def write_stated(
    table: EnergyTable, inventory: Inventory, energy: Energy, figures: dict[str, str]
) -> None:
    """Figures that the company states, computed ones below each.

    Args:
        table: where they go.
        inventory: what is stated.
        energy: what is computed.
        figures: the cell or formula of each computed figure.
    """
    for item in inventory.stated:
        computed = computed_beside(energy, item)
        share = item.figure == "energy.renewable_share"
        column, unit = (SHARE, "") if share else (AMOUNT, item.unit)
        size, shown = (item.size, PARTS_OF_1) if share else (Fraction(1), TONNES)
        remark = "; ".join(text for text in (item.citation, str(item.location)) if text)
        texts = {PART: "Stated", WHAT: plain_id(item.figure.partition(".")[2]), UNIT: unit}
        words = {**texts, TYPE: "stated", REMARK: remark}
        stated = table.put(words, {column: Value(item.value * size, shown)})
        if computed is None:
            table.put({**texts, TYPE: "computed", REMARK: "nothing to compare"}, {})
            continue
        known = figures.get(item.figure, "") if share or item.size == 1 else ""
        held = Value(computed * size, shown, known and f"={known}")
        row = table.put({**texts, TYPE: "computed"}, {column: held})
        text = f"={cell(row, column)}-{cell(stated, column)}"
        held = Value((computed - item.value) * size, shown, text)
        table.put({**texts, TYPE: "difference"}, {column: held})


def write_hourly(table: EnergyTable, inventory: Inventory) -> None:
    """Matching by year, month and hour: values, of no use to any formula of the workbook."""
    for match in inventory.hourly:
        texts = {PART: "Hourly matching", CARRIER: ELECTRICITY, WHAT: match.id, UNIT: "MWh"}
        words = {**texts, TYPE: "consumption", REMARK: f"{match.zone}, {match.span}"}
        row = table.put(words, {AMOUNT: mwh_value(match.consumption)})
        whole = cell(row, AMOUNT)
        table.put({**texts, TYPE: "generation"}, {AMOUNT: mwh_value(match.generation)})
        for kind in MATCHINGS:
            values = {AMOUNT: mwh_value(match.matched[kind])}
            share = match.share(kind)
            if share is not None:
                text = f"={cell(table.row, AMOUNT)}/{whole}"
                values[SHARE] = Value(share, PARTS_OF_1, text)
            table.put({**texts, TYPE: f"matched {BY[kind]}", REMARK: NOT_IN_FORCE}, values)
