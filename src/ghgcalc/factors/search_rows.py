"""Rows of packs as words, in which a search looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ghgcalc.core.units import Unit, parse_unit
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.said import folded
from ghgcalc.factors.boundary import covered
from ghgcalc.factors.library import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import Cells

MARGINS = "margins_only"  # trade and transport alone
_NAMING = ("name", "fuel", "item")
_QUALIFYING = ("vehicle", "technology", "sector", "category", "kind", "id", "region")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as words: of its names, each for itself and together, and of all else it says.

    `usual` is 0 for what a fuel's plain name most probably means, larger for special machines;
    `part` tells rows that are a part of what their name says: other gases of a grid, margins alone.
    `about` is the country of a worldwide row that speaks of one, such as a hotel night's.
    """

    pack: Pack
    id: str
    names: tuple[frozenset[str], ...]
    naming: frozenset[str]
    other: frozenset[str]
    region: str
    year: int | None
    lifecycle: str
    kind: str
    categories: str
    unit: Unit
    members: frozenset[str]
    usual: int
    part: bool = False
    about: str = ""
    burnt: bool = False

    def distance(self, want: str) -> int | None:
        """0 the region itself, 1 what is around it, 2 a part of it, 3 worldwide; None elsewhere."""
        have = self.region
        if want.partition("-")[0] in self.members:
            return 1
        if have == want:
            return 0
        if have and want.startswith(f"{have}-"):
            return 1
        if have.startswith(f"{want}-"):
            return 2
        return None if have else 3


def rows_of(pack: Pack) -> Iterable[Row]:
    """Every row of a pack; those of bundled packs are read once a process."""
    return list(_read(pack)) if pack.info.own else _bundled_rows(pack.info.id)


@cache
def _bundled_rows(pack_id: str) -> tuple[Row, ...]:
    return tuple(_read(library(pack_id)))


def _read(pack: Pack) -> Iterator[Row]:
    header = pack.header
    title = frozenset(folded(f"{header.pack} {header.organisation or ''}"))
    rows = list(pack.rows("factors"))
    completing = {ref.cells.get("with", "").rpartition("/")[2] for ref in rows} - {""}
    for ref in rows:
        year = ref.cells.get("year") or ref.table.year or header.year
        made = _row(pack, ref.cells, title, int(year) if year else None, _unit(ref.cells))
        whole = any(name.startswith("CO2") and text for name, text in ref.cells.items())
        yield replace(made, part=made.part or (made.id in completing and not whole))
    for name, own in header.factors.items():
        cells = {key: text for key in _NAMING if (text := getattr(own, key))}
        cells |= {"id": name, "region": own.region, "category": own.category}
        cells |= {"lifecycle": own.lifecycle, "kind": own.kind or ""}
        yield _row(pack, cells, title, own.year or header.year, own.per)


def _row(pack: Pack, cells: Cells, title: frozenset[str], year: int | None, unit: Unit) -> Row:
    names = (
        *(frozenset(_split(cells.get(key, ""))) for key in _NAMING),
        *_fuel_names(cells.get("fuel", "")),
        *(frozenset(_split(text)) for text in pack.item_words.get(cells.get("item", ""), ())),
    )
    other = {word for key in _QUALIFYING for word in _split(cells.get(key, ""))}
    return Row(
        pack, cells["id"], names, frozenset[str]().union(*names), frozenset(other) | title,
        cells.get("region", ""), year,
        covered(cells.get("lifecycle", "combustion"), cells.get("category", "").split("|"), ""),
        cells.get("kind", ""), cells.get("category", ""), unit,
        frozenset(pack.header.region_members.get(cells.get("region", ""), ())),
        _special(cells, unit), cells.get("technology") == MARGINS,
        _about(cells), bool(cells.get("fuel")),
    )  # fmt: skip


def _about(cells: Cells) -> str:
    """The country that a worldwide row speaks of under `technology`."""
    code = cells.get("technology", "").partition("_")[0].upper()
    return code if code in COUNTRIES and not cells.get("region") else ""


def _special(cells: Cells, unit: Unit) -> int:
    """How far a row of a fuel is from the fuel burnt in a boiler or a lorry of one's own.

    Plain rows and those for roads first, then vehicles per distance, then ships, locomotives and
    machines; of each kind what is for any trade or for manufacturing before other trades.
    """
    if not cells.get("fuel"):
        return 0
    vehicle = cells.get("vehicle", "")
    machine = 0 if vehicle in ("", "road") else 1 if unit.dimension == "km" else 2
    return 2 * machine + (cells.get("sector", "") not in ("", "manufacturing"))


@cache
def _split(text: str) -> tuple[str, ...]:
    return folded(text)


@cache
def _fuel_names(fuel: str) -> tuple[frozenset[str], ...]:
    """A fuel's printed name and its other names, such as 天然气, as words."""
    known = FUELS.get(fuel)
    if known is None:
        return ()
    return tuple(frozenset(folded(name)) for name in (known.name, *known.aliases))


def _unit(cells: Cells) -> Unit:
    unit = parse_unit(cells["per"])
    basis = cells.get("basis")
    if basis == "net":
        return unit._replace(basis="net")
    return unit._replace(basis="gross") if basis == "gross" else unit
