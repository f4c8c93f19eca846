"""What the bundled packs cover, as tables that people read."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.coverage.cells import (
    ELECTRICITY,
    KINDS,
    LOSSES,
    RESIDUAL,
    UPSTREAM,
    Cell,
    marks,
    spans,
)
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.views.table import Column, Fact, Number, Report, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghgcalc.analysis.coverage.library import Coverage
    from ghgcalc.analysis.coverage.scope_3 import Offer

NOTHING = "–"
BESIDE = (RESIDUAL, LOSSES, UPSTREAM)
LEGEND = (
    "A, B, C, file, PDF, derived: how the figure reached us (`ghgcalc factors show` says more)",
    "in brackets: what `accept:` must hold. −1: earlier_year, a factor of one year before; +1:"
    " later_year; gases: co2e_without_gases; GWP: other_gwp_set; wider: wider_region, or state"
    " `region:` or `grid:`; property: other_publisher_property",
)


class Missing(NamedTuple):
    """A hole: places and years, why nothing is bundled and what to do."""

    places: tuple[str, ...]
    what: str
    years: str
    why: str
    do: str


def coverage_report(found: Coverage) -> Report:
    """Power, fuels, Scope 3 and holes of a country, or of all in short."""
    power = _years_down(found) if found.country else _in_short(found)
    fuels = [table for category in _categories(found.fuels) for table in fuel_tables(
        [cell for cell in found.fuels if cell.what == category], category)]  # fmt: skip
    tables = [power, *_parts(found), *fuels, scope_3_table(found.offers)]
    holes = missing(found.power)
    facts = [Fact("How to read it", tuple((line,) for line in LEGEND))]
    if holes:
        said = tuple((_missing_text(hole),) for hole in holes)
        facts.append(Fact("Missing", said, alert=True))
    place = found.country or "all places"
    return Report(("Bundled factors", place, found.gwp_set), tuple(tables), tuple(facts))


def _missing_text(hole: Missing) -> str:
    return f"{', '.join(hole.places)}, {KINDS[hole.what]}, {hole.years}: {hole.why}; {hole.do}"


def cell_text(cell: Cell) -> str:
    """An answer in a few signs, such as `eea B [GWP, gases]`."""
    if not cell.pack:
        return "state more" if cell.several else NOTHING
    return f"{publisher(cell.pack)} {cell.grade}{marks(cell.accept)}"


def publisher(pack: str) -> str:
    """The publisher's folder of a pack."""
    return bundled_packs()[pack].parent.name


# ---- power ---------------------------------------------------------------------------------------


def _years_down(found: Coverage) -> Table:
    columns = (Column("year"), *(Column(KINDS[kind]) for kind in KINDS))
    by_year: dict[int | None, dict[str, Cell]] = {}
    for cell in found.power:
        by_year.setdefault(cell.year, {})[cell.what] = cell
    rows = tuple(
        Row((str(year), *(cell_text(cells[kind]) for kind in KINDS)))
        for year, cells in by_year.items()
    )
    return Table(f"Electricity of {found.country}", columns, rows)


def _in_short(found: Coverage) -> Table:
    columns = (Column("country"), *(Column(KINDS[kind]) for kind in KINDS))
    rows = [
        Row((", ".join(places), *texts))
        for texts, places in _alike(found.power, lambda cells: tuple(
            in_years(cell for cell in cells if cell.what == kind) for kind in KINDS))
    ]  # fmt: skip
    return Table("Electricity", columns, tuple(rows))


def _parts(found: Coverage) -> list[Table]:
    """Parts of countries that packs publish by: how many of them, in which years."""
    rows = part_rows(found.regions)
    if not rows:
        return []
    columns = (Column("regions"), Column("electricity, location-based"))
    return [Table("Regions and grids", columns, tuple(Row(row) for row in rows))]


def part_rows(cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """Regions whose answers are alike in one row, with their years."""
    return [
        (_listed(places), texts[0])
        for texts, places in _alike(cells, lambda found: (in_years(found),))
    ]


def year_rows(found: Coverage) -> tuple[list[int], list[tuple[str, ...]]]:
    """The years, and a row for places that are alike: a cell per year, then the other kinds."""
    years = sorted({cell.year for cell in found.power if cell.year is not None})

    def row(cells: Sequence[Cell]) -> tuple[str, ...]:
        grid = {cell.year: cell_text(cell) for cell in cells if cell.what == ELECTRICITY}
        beside = [in_years(c for c in cells if c.what == kind) for kind in BESIDE]
        return (*(grid[year] for year in years), *beside)

    return years, [(", ".join(places), *texts) for texts, places in _alike(found.power, row)]


def _alike(cells: Iterable[Cell], key: object) -> list[tuple[tuple[str, ...], list[str]]]:
    """Places whose cells give the same texts, in the order of the first of them."""
    by_place: dict[str, list[Cell]] = {}
    for cell in cells:
        by_place.setdefault(cell.place, []).append(cell)
    found: dict[tuple[str, ...], list[str]] = {}
    for place, own in by_place.items():
        found.setdefault(key(own), []).append(place)  # type: ignore[operator]
    return list(found.items())


def in_years(cells: Iterable[Cell]) -> str:
    """Answers of the year itself, by publisher: `desnz 2021–2026, eea 2024 [gases]`."""
    runs: dict[tuple[str, str], list[int]] = {}
    for cell in cells:
        if cell.pack and not cell.of_another_year and cell.year is not None:
            key = (f"{publisher(cell.pack)}", marks(cell.accept))
            runs.setdefault(key, []).append(cell.year)
    return ", ".join(f"{name} {spans(years)}{said}" for (name, said), years in runs.items()) or (
        NOTHING
    )


def missing(cells: Iterable[Cell]) -> list[Missing]:
    """The holes of power: places with the same years, reason and remedy in one."""
    at: dict[tuple[str, str, str, str], list[int]] = {}
    for cell in cells:
        if cell.why and cell.year is not None:
            at.setdefault((cell.place, cell.what, cell.why, cell.do), []).append(cell.year)
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for (place, what, why, do), years in at.items():
        found.setdefault((what, spans(years), why, do), []).append(place)
    return [
        Missing(tuple(places), what, years, why, do)
        for (what, years, why, do), places in found.items()
    ]


# ---- fuels ---------------------------------------------------------------------------------------


def _categories(cells: Iterable[Cell]) -> list[str]:
    return list(dict.fromkeys(cell.what for cell in cells))


def fuel_tables(cells: Sequence[Cell], category: str) -> list[Table]:
    """A table per set of units: fuels and places with the pack that answers each unit."""
    rows: dict[tuple[str, ...], dict[tuple[str, tuple[str, ...]], list[str]]] = {}
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.name, cell.place), []).append(cell)
    for (fuel, place), own in groups.items():
        texts = tuple(map(cell_text, own))
        if any(text != NOTHING for text in texts):
            units = tuple(cell.unit for cell in own)
            alike = rows.setdefault(units, {}).setdefault((fuel, texts), [])
            alike.append(place or "elsewhere")
    title = category.replace("_", " ")
    return [
        Table(
            f"Fuels of {title}, per {', '.join(units)}",
            (Column(title), Column("place"), *(Column(unit) for unit in units)),
            tuple(
                Row((fuel, ", ".join(places), *texts)) for (fuel, texts), places in found.items()
            ),
        )
        for units, found in rows.items()
    ]


# ---- Scope 3 -------------------------------------------------------------------------------------


def scope_3_table(offers: Sequence[Offer]) -> Table:
    """Categories with the publishers of each place; places that are alike in one row."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for offer in offers:
        alike.setdefault(_offer_texts(offer), []).append(offer.place or "worldwide")
    columns = (
        Column("category"), Column("place"), Column("publisher"), Column("items", True),
        Column("without\naccept:", True), Column("years"), Column("per"), Column("grade"),
    )  # fmt: skip
    rows = [
        Row((texts[0], _listed(places), texts[1], *map(_count, texts[2:4]), *texts[4:]))
        for texts, places in alike.items()
    ]
    return Table("Processes, steam, heat and Scope 3", columns, tuple(rows))


def _count(text: str) -> Number:
    return Number(Fraction(text))


def _offer_texts(offer: Offer) -> tuple[str, ...]:
    units = sorted(offer.units)
    shown = ", ".join(units[:4]) + (" …" if len(units) > 4 else "")
    return (
        offer.category, offer.publisher, str(len(offer.items)), str(len(offer.free)),
        spans(offer.years) or "any", shown, ", ".join(sorted(offer.grades)),
    )  # fmt: skip


def _listed(places: Sequence[str], most: int = 6) -> str:
    if len(places) <= most:
        return ", ".join(places)
    return f"{', '.join(places[:3])} … {places[-1]} ({len(places)})"
