"""What a pack covers: rows, printed values, regions and years of each of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import CsvTable

_SINGLE = frozenset({"value", "gwp", "mass_percent"})


class Coverage(NamedTuple):
    """One table of a pack, or all rows stated in its YAML.

    `values` counts printed figures: each gas of a row is one, bounds are not counted.
    """

    holds: str
    file: str
    rows: int
    values: int
    categories: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int, ...]


def coverage(pack: Pack) -> list[Coverage]:
    """The tables of a pack, in its order."""
    return [_of(table, pack.header.year) for table in pack.tables]


def _of(table: CsvTable, pack_year: int | None) -> Coverage:
    rows = values = 0
    categories: set[str] = set()
    regions: set[str] = set()
    years: set[int] = set()
    stated = table.table.year or pack_year
    for row in table.all():
        rows += 1
        values += sum(1 for name in row.cells if name.endswith("]") or name in _SINGLE)
        categories.update(row.cells.get("category", "").split("|"))
        regions.add(row.cells.get("region", ""))
        year = row.cells.get("year") or stated
        if year:
            years.add(int(year))
    return Coverage(
        table.table.holds,
        table.table.file,
        rows,
        values,
        tuple(sorted(categories - {""})),
        tuple(sorted(regions)),
        tuple(sorted(years)),
    )
