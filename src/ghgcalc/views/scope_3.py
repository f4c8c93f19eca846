"""The status of every Scope 3 category, with what the screening and estimates say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.numbers import grouped, significant
from ghgcalc.core.vocabulary.scope_3_boundaries import MINIMUM
from ghgcalc.views.table import Column, Number, Row, Table, places_for
from ghgcalc.views.words import heading_of, plain_id

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.inventory.scope_3_status import CategoryStatus
    from ghgcalc.views.table import Cell


def status_table(inventory: Inventory, *, whole: bool = False) -> Table | None:
    """The table of statuses; None where the file says nothing of them.

    Args:
        inventory: what was computed.
        whole: for a file: with the minimum boundary and the justification of each category.
    """
    standing = inventory.scope_3
    if not standing.told:
        return None
    sizes = [t for each in standing.categories for t in (each.tonnes, each.screening)]
    places = places_for(sizes)
    columns = [Column("Scope 3"), Column("Status"), Column("tCO2e", True)]
    columns += [Column("Screening", True)] if standing.screening is not None else []
    columns.append(Column("Left out"))
    columns += [Column("Minimum boundary"), Column("Justification")] if whole else []
    rows = []
    for each in standing.categories:
        cells: list[Cell] = [heading_of(each.category), plain_id(each.status),
                             _number(each.tonnes, places)]  # fmt: skip
        if standing.screening is not None:
            cells.append(_number(each.screening, places))
        cells.append(_left_out(each))
        cells += [MINIMUM[each.category].boundary, each.justification] if whole else []
        rows.append(Row(tuple(cells)))
    notes = []
    if (screening := standing.screening) is not None:
        cited = f", {screening.citation}" if screening.citation else ""
        notes.append(f"Screening of {screening.date}, {screening.method}{cited}: in no total")
    return Table("Scope 3 status", tuple(columns), tuple(rows), tuple(notes))


def _number(value: Fraction | None, places: int) -> Cell:
    return None if value is None else Number(value, places)


def _left_out(each: CategoryStatus) -> str:
    words = [plain_id(each.exclusion)] if each.exclusion is not None else []
    if each.share is not None:
        words.append(f"{significant(each.share * 100, 3)} %")
    if each.estimate is not None:
        words.append(f"{grouped(each.estimate)} t")
    return ", ".join(words)
