"""Electricity by country and year: location-based, residual mix, losses, upstream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ghgcalc.analysis.coverage.cells import (
    ELECTRICITY,
    LOSSES,
    RESIDUAL,
    UPSTREAM,
    Cell,
    cell_of,
)
from ghgcalc.calculation.resolve.candidates import Question
from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.regions import GRIDS, SUBDIVISIONS
from ghgcalc.factors.holes import hole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghgcalc.analysis.coverage.asking import Asker
    from ghgcalc.factors.model import Factor

FIRST: Final = 2019  # the usual base years begin here
POWER, UPSTREAM_CATEGORY = "purchased_electricity", "fuel_and_energy_related"
EU: Final = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
OTHERS: Final = (
    "AU", "BR", "CA", "CH", "CN", "GB", "ID", "IN", "IS", "JP", "KR", "MX", "MY", "NO", "NZ",
    "PH", "SG", "TH", "TR", "TW", "US", "VN", "ZA",
)  # fmt: skip
PLACES: Final = tuple(sorted((*EU, *OTHERS)))


def years_shown(asker: Asker) -> range:
    """From the usual base years to the newest year of any grid factor."""
    known = (factor.year for place in asker.catalog.regions_of(POWER, None, None)
             for factor in asker.rows(POWER, place))  # fmt: skip
    return range(FIRST, max(year for year in known if year is not None) + 1)


def power_cells(asker: Asker, places: Sequence[str] = PLACES) -> list[Cell]:
    """The four kinds of each place, year by year."""
    years = years_shown(asker)
    return [
        told(cell)
        for place in places
        for year in years
        for cell in (
            _grid(asker, place, year, ELECTRICITY, "grid_average"),
            _grid(asker, place, year, RESIDUAL, "residual_mix"),
            _energy_related(asker, place, year, LOSSES, "t_and_d"),
            _energy_related(asker, place, year, UPSTREAM, "upstream"),
        )
    ]


def region_cells(asker: Asker, country: str) -> list[Cell]:
    """Location-based cells of a country's regions and grids that any pack has, by year."""
    known = asker.catalog.regions_of(POWER, None, None)
    codes = {*SUBDIVISIONS.get(country, ()), *GRIDS.get(country, ())} & known
    years = years_shown(asker)
    return [
        told(_grid(asker, place, year, ELECTRICITY, "grid_average"))
        for place in sorted(codes)
        for year in years
    ]


def told(cell: Cell) -> Cell:
    """A cell with the reason and the way out, where the year itself has no factor."""
    if cell.pack and not cell.of_another_year:
        return cell
    hole = hole_of(cell.place, cell.what, cell.year)
    return cell if hole is None else cell._replace(why=hole.why, do=hole.do)


def _grid(asker: Asker, place: str, year: int, what: str, kind: str) -> Cell:
    need = Question(
        POWER, None, None, parse_unit("kWh"), (place,), year, kind,
        as_asked=place == "CN",  # `cn_location: national` asks for it
    )  # fmt: skip
    return cell_of(asker.answer(need), what, "", place, year, "kWh")


def _energy_related(asker: Asker, place: str, year: int, what: str, lifecycle: str) -> Cell:
    """The first item of electricity with a lifecycle that the place has a factor for."""
    best = Cell(what, "", place, year, "kWh")
    for item in _items(asker, place, lifecycle):
        answer = asker.ask(UPSTREAM_CATEGORY, "kWh", (place,), year, item=item)
        found = cell_of(answer, what, item, place, year, "kWh")
        if found.pack and (not best.pack or len(found.accept) < len(best.accept)):
            best = found
    return best


def _items(asker: Asker, place: str, lifecycle: str) -> Iterator[str]:
    for item in asker.items(UPSTREAM_CATEGORY):
        if item.startswith("electricity") and place in asker.catalog.regions_of(
            UPSTREAM_CATEGORY, None, item
        ):
            rows = asker.rows(UPSTREAM_CATEGORY, place, item)
            if any(_is_power(row, lifecycle) for row in rows):
                yield item


def _is_power(row: Factor, lifecycle: str) -> bool:
    return row.lifecycle == lifecycle and row.per.dimension == "J"


def by_place(cells: Iterable[Cell]) -> dict[str, list[Cell]]:
    """Cells by place, in order."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.place, []).append(cell)
    return found
