"""The words that a company file may hold, as lists: fuels, units, regions, items and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import plain
from ghgcalc.core.unit_sizes import SIZES
from ghgcalc.core.unit_table import ALIASES, CURRENCIES
from ghgcalc.core.units import dimension_label
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.regions import GRIDS, SUBDIVISIONS
from ghgcalc.factors.library import open_gwp_set, read_blends
from ghgcalc.factors.vocabulary import items_offered, qualifiers_offered, regions_priced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction

    from ghgcalc.core.units import Quantity
    from ghgcalc.factors.pack import Pack


class Asked(NamedTuple):
    """What is listed.

    Attributes:
        packs: those of the company file, or all bundled ones.
        own_units: units that the company file defines.
        category: items of this category alone.
        words: kept are the rows that hold each of them, in any case.
    """

    packs: Sequence[Pack]
    own_units: Mapping[str, Quantity]
    category: str | None = None
    words: tuple[str, ...] = ()


class Listing(NamedTuple):
    """Rows of text under headings; the first cell is what is typed."""

    kind: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _categories(asked: Asked) -> Iterable[tuple[str, ...]]:
    return ((each.id, str(each.scope), each.heading) for each in CATEGORIES.values())


def _fuels(asked: Asked) -> Iterable[tuple[str, ...]]:
    return (
        (fuel.id, fuel.name, fuel.phase, "biogenic" if fuel.biogenic else "fossil",
         ", ".join(fuel.aliases))
        for fuel in sorted({each.id: each for each in FUELS.values()}.values())
    )  # fmt: skip


def _units(asked: Asked) -> Iterable[tuple[str, ...]]:
    others: dict[str, list[str]] = {}
    for text, unit in ALIASES.items():
        others.setdefault(unit, []).append(text)
    for name, (top, bottom, dimension) in SIZES.items():
        size = f"{top:_} {dimension}" if bottom == 1 else f"{top:_}/{bottom:_} {dimension}"
        yield name, dimension_label(dimension), size, ", ".join(others.get(name, ()))
    for name in sorted(CURRENCIES):
        yield name, "currency", "", ""
    for name, quantity in sorted(asked.own_units.items()):
        size = f"{quantity.number:f} {quantity.unit.text}"
        yield name, "of the company file", size, ""


def _priced(packs: Sequence[Pack]) -> dict[str, dict[str, set[str]]]:
    """By region, the packs with factors for power there and their years."""
    found: dict[str, dict[str, set[str]]] = {}
    for pack in packs:
        for priced in regions_priced(pack, "purchased_electricity"):
            found.setdefault(priced.region, {}).setdefault(pack.info.id, set()).add(priced.year)
    return found


def _packs_text(packs: Mapping[str, set[str]]) -> str:
    """The publishers' packs of a region, such as `mee-china 2021-2023`."""
    texts = []
    for name, years in sorted(packs.items()):
        known = sorted(years - {""})
        texts.append(f"{name} {known[0]}–{known[-1]}" if len(known) > 1 else name)
    return ", ".join(texts)


def _places(asked: Asked, known: Mapping[str, frozenset[str]]) -> Iterable[tuple[str, ...]]:
    priced = _priced(asked.packs)
    for country in sorted(known):
        for code in sorted(known[country]):
            yield code, country, _packs_text(priced.get(code, {}))


def _grids(asked: Asked) -> Iterable[tuple[str, ...]]:
    return _places(asked, GRIDS)


def _regions(asked: Asked) -> Iterable[tuple[str, ...]]:
    priced = _priced(asked.packs)
    every = set().union(*(pack.regions() for pack in asked.packs), set())
    countries = {code for code in every if code in COUNTRIES}
    yield from ((code, "", _packs_text(priced.get(code, {}))) for code in sorted(countries))
    yield from _places(asked, SUBDIVISIONS)
    known = {code for codes in (*SUBDIVISIONS.values(), *GRIDS.values()) for code in codes}
    for code in sorted(every - countries - known):
        yield code, code.partition("-")[0], _packs_text(priced.get(code, {}))


def _packs(asked: Asked) -> Iterable[tuple[str, ...]]:
    for pack in asked.packs:
        header = pack.header
        yield pack.info.id, header.version, header.publisher or "", header.title


def _items(asked: Asked) -> Iterable[tuple[str, ...]]:
    """Items by category, with the units that they are counted in and the packs that hold them."""
    found: dict[tuple[str, str], tuple[set[str], dict[str, None]]] = {}
    wanted = set(CATEGORIES) if asked.category is None else {asked.category}
    for pack in asked.packs:
        for offered in items_offered(pack):
            for category in wanted.intersection(offered.categories):
                units, packs = found.setdefault((category, offered.item), (set(), {}))
                units.add(offered.per)
                packs[pack.info.id] = None
    for (category, item), (units, packs) in sorted(found.items(), key=lambda entry: entry[0]):
        yield item, category, ", ".join(sorted(units)), ", ".join(packs)


def _gases(asked: Asked) -> Iterable[tuple[str, ...]]:
    """What `gas:` takes: gases with the GWP sets that weigh them, blends with their parts."""
    sets = {name: open_gwp_set(name)[1].values for name in ("AR4", "AR5", "AR6")}
    for gas in sorted({gas for values in sets.values() for gas in values}):
        weighed = ", ".join(
            f"{name} {_plain(values[gas])}" for name, values in sets.items() if gas in values
        )
        yield gas, "gas", weighed
    for name, blend in sorted(read_blends().items()):
        parts = ", ".join(f"{_plain(100 * share)} % {gas}" for gas, share in blend.shares.items())
        yield name, "blend", parts


def _plain(value: Fraction) -> str:
    return plain(value, 12)


def _qualifiers(asked: Asked) -> Iterable[tuple[str, ...]]:
    """Words beside fuel and item by key and category, with the packs that know them."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    wanted = set(CATEGORIES) if asked.category is None else {asked.category}
    for pack in asked.packs:
        for each in qualifiers_offered(pack):
            for category in wanted.intersection(each.categories):
                found.setdefault((category, each.key, each.word), {})[pack.info.id] = None
    for (category, key, word), packs in sorted(found.items()):
        yield word, f"{key}:", category, ", ".join(packs)


class _List(NamedTuple):
    headings: tuple[str, ...]
    rows: Callable[[Asked], Iterable[tuple[str, ...]]]


LISTS: Mapping[str, _List] = {
    "categories": _List(("category", "scope", "name"), _categories),
    "fuels": _List(("fuel", "name", "phase", "carbon", "also read as"), _fuels),
    "units": _List(("unit", "measures", "size", "also read as"), _units),
    "grids": _List(("grid", "country", "factors for power"), _grids),
    "regions": _List(("region", "country", "factors for power"), _regions),
    "packs": _List(("pack", "version", "publisher", "title"), _packs),
    "items": _List(("item", "category", "per", "packs"), _items),
    "qualifiers": _List(("word", "key", "category", "packs"), _qualifiers),
    "gases": _List(("gas", "is", "100-year GWP, or parts"), _gases),
}


def listing_of(kind: str, asked: Asked) -> Listing:
    """The words of one kind, in order; `asked.words` and `asked.category` narrow them."""
    words = [word.casefold() for word in asked.words]
    rows = (row for row in LISTS[kind].rows(asked)
            if all(word in " ".join(row).casefold() for word in words))  # fmt: skip
    return Listing(kind, LISTS[kind].headings, tuple(rows))
