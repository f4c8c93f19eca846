"""What packs offer, read from their columns alone: regions with factors, items with their units."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import CsvTable


QUALIFIERS = ("vehicle", "technology", "sector")


class Priced(NamedTuple):
    """A region with a factor, and the year that the factor is of; empty where it names none."""

    region: str
    year: str


class Offered(NamedTuple):
    """An item of some categories and the unit its factor is per."""

    categories: tuple[str, ...]
    item: str
    per: str


def regions_priced(pack: Pack, category: str) -> set[Priced]:
    """Regions and years of a pack's factors of a category."""
    found: set[Priced] = set()
    for table in pack.holding("factors"):
        if not table.serves(category):
            continue
        year = str(table.table.year or pack.header.year or "")
        for categories, region, own in zip(
            *_columns(table, "category", "region", "year"), strict=True
        ):
            if category in categories.split("|"):
                found.add(Priced(region, own or year))
    for own_factor in pack.header.factors.values():
        if category in own_factor.category.split("|"):
            found.add(Priced(own_factor.region, str(own_factor.year or pack.header.year or "")))
    return found


def items_offered(pack: Pack) -> Iterator[Offered]:
    """Items of a pack's factors."""
    seen = {
        each
        for table in pack.holding("factors")
        for each in zip(*_columns(table, "category", "item", "per"), strict=True)
        if each[1]
    }
    for categories, item, per in sorted(seen):
        yield Offered(tuple(categories.split("|")), item, per)
    for factor in pack.header.factors.values():
        if factor.item:
            yield Offered(tuple(factor.category.split("|")), factor.item, factor.per.text)


class Qualified(NamedTuple):
    """A word of `vehicle:`, `technology:` or `sector:` that tells rows of some categories apart."""

    categories: tuple[str, ...]
    key: str
    word: str


def qualifiers_offered(pack: Pack) -> set[Qualified]:
    """The words of a pack's factors beside fuel and item."""
    found = {
        Qualified(tuple(categories.split("|")), key, word)
        for table in pack.holding("factors")
        for key in QUALIFIERS
        for categories, word in zip(*_columns(table, "category", key), strict=True)
        if word
    }
    for factor in pack.header.factors.values():
        for key in QUALIFIERS:
            if word := getattr(factor, key):
                found.add(Qualified(tuple(factor.category.split("|")), key, word))
    return found


def _columns(table: CsvTable, *names: str) -> list[Sequence[str]]:
    """Columns as text; empty texts where the table has none of a name."""
    texts = table.texts
    rows = len(table.raw()[1])
    return [texts.get(name) or [""] * rows for name in names]
