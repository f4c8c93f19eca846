"""What can be typed at a cursor: keys, words, and the names of the company file and its packs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.cli.editor.positions import Positions, Stretch
from ghgcalc.cli.editor.schema import allowed
from ghgcalc.cli.editor.unit_choices import BASES, Choice, fitting_first, takes_basis
from ghgcalc.cli.editor.yaml_place import place_at
from ghgcalc.core.gases import BIOGENIC
from ghgcalc.core.unit_sizes import SIZES
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import dimension_label
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.regions import GRIDS, SUBDIVISIONS
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.vocabulary import items_offered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ghgcalc.cli.editor.positions import Spot
    from ghgcalc.cli.editor.yaml_place import YamlPlace
    from ghgcalc.pipeline.project import Project

_MEASURED = re.compile(r"[+-]?[0-9][0-9_.]*\s+")
# keys whose value names an entry of a section of the company file
SECTIONS = {
    "facility": "facilities", "facilities": "facilities", "supplier": "suppliers",
    "boundary": "boundaries", "corrects": "activities",
}  # fmt: skip
_GASES = ("CO2", "CH4", "N2O", "SF6", "NF3", BIOGENIC)  # those that every set knows
_BY_GAS = {"gas_masses", "emission_rate", "gases"}


class Choices(NamedTuple):
    """What can be typed in the place of a stretch."""

    stretch: Stretch
    choices: list[Choice]


def choices_at(
    positions: Positions, spot: Spot, project: Project | None, *, include: bool = False
) -> Choices:
    """What can be typed at a cursor.

    Args:
        positions: of the text, which may be half typed.
        spot: the cursor.
        project: the company as it was last read; None where it could not be.
        include: whether the file is one that a company file includes.
    """
    offset = positions.offset(spot)
    place = place_at(positions.text, offset)
    may = allowed("include" if include else "company", place.path)
    start = place.start + (place.typed[:1] in {"'", '"'})
    if not place.value or may.keys:
        colon = "" if positions.text[offset : offset + 1] == ":" else ": "
        found = list(_keys(place, may.keys, project, colon))
    elif may.measured and (number := _MEASURED.match(place.typed)):
        start += number.end()
        unit, blank, _ = place.typed[number.end() :].rpartition(" ")
        if blank and takes_basis(unit, place.beside):
            start += len(unit) + 1
            found = [Choice(basis, basis, told) for basis, told in BASES.items()]
        else:
            found = fitting_first(_units(project), place.beside)
    else:
        found = list(_values(place, may.words, project))
    return Choices(positions.between(min(start, offset), offset), found)


def _keys(
    place: YamlPlace, keys: Mapping[str, str], project: Project | None, colon: str
) -> Iterable[Choice]:
    for name, told in keys.items():
        if name not in place.beside:
            yield Choice(name, name + colon, told=told, key=True)
    if not keys and place.path[-1:] and place.path[-1] in _BY_GAS:
        for gas in _gases(project):
            yield Choice(gas.label, gas.typed + colon, key=True)


def _values(place: YamlPlace, words: list[str], project: Project | None) -> Iterable[Choice]:
    """The words of a value, and the names that the company and its packs have for its key."""
    key = next((part for part in reversed(place.path) if part != "-"), "")
    used = _countries(project) if key == "country" else set()
    for word in sorted(words, key=lambda word: word not in used) if used else words:
        yield Choice(word, word, _DETAILS.get(key, _nothing)(word))
    if key in SECTIONS and project is not None:
        entries = project.company.document.root.get(SECTIONS[key])
        names = entries if isinstance(entries, dict) else ()
        yield from (Choice(name, scalar(name), _described(entries, name)) for name in names)
    elif key == "factor_packs":
        yield from _packs()
    elif key in {"region", "grid"} and not words:
        yield from _regions(SUBDIVISIONS if key == "region" else GRIDS, place.beside)
    elif key == "gas":
        yield from _gases(project)
    elif key == "item" and project is not None:
        yield from _items(project, place.beside.get("category", ""))
    elif key == "unit" and not words:
        yield from _units(project)


def _countries(project: Project | None) -> set[str]:
    """The countries of the company's facilities."""
    facilities = project.company.facilities.values() if project is not None else ()
    return {facility.country for facility in facilities if facility.country}


def _nothing(_: str) -> str:
    return ""


def _category(word: str) -> str:
    known = CATEGORIES.get(word)
    return f"Scope {known.scope}: {known.heading}" if known else ""


def _fuel(word: str) -> str:
    known = FUELS.get(word)
    return f"{known.name}, {known.phase}" if known else ""


_DETAILS: Mapping[str, Callable[[str], str]] = {
    "category": _category, "fuel": _fuel,
}  # fmt: skip


def _described(entries: object, name: str) -> str:
    """A few words of an entry: its country, category or name."""
    entry = entries.get(name) if isinstance(entries, dict) else None
    if not isinstance(entry, dict):
        return ""
    parts = (entry.get(key) for key in ("name", "country", "category"))
    return ", ".join(part for part in parts if isinstance(part, str))


def _packs() -> Iterable[Choice]:
    packs = bundled_packs()
    publishers: dict[str, list[str]] = {}
    for name, folder in packs.items():
        publishers.setdefault(folder.parent.name, []).append(name)
    for publisher, editions in publishers.items():
        yield Choice(publisher, publisher, f"every edition: {', '.join(editions)}")
    yield from (Choice(name, name, "this edition alone") for name in packs)


def _regions(known: Mapping[str, frozenset[str]], beside: Mapping[str, str]) -> Iterable[Choice]:
    country = beside.get("country", "")
    for each in [country] if country in known else [] if country else sorted(known):
        yield from (Choice(code, code) for code in sorted(known[each]))


def _gases(project: Project | None) -> Iterable[Choice]:
    names = _GASES if project is None else [*_GASES, *sorted(project.catalog.gwp.values)]
    yield from (Choice(name, scalar(name)) for name in dict.fromkeys(names))


def _items(project: Project, category: str) -> Iterable[Choice]:
    found: dict[str, dict[str, None]] = {}
    for pack in project.catalog.searched:
        for offered in items_offered(pack):
            if not category or category in offered.categories:
                found.setdefault(offered.item, {})[f"per {offered.per}, {pack.info.id}"] = None
    for item, told in sorted(found.items()):
        yield Choice(item, scalar(item), "; ".join(list(told)[:3]))


def _units(project: Project | None) -> Iterable[Choice]:
    for name, (_, _, dimension) in SIZES.items():
        yield Choice(name, name, dimension_label(dimension))
    yield from (Choice(name, name, "currency") for name in sorted(CURRENCIES))
    own = project.company.document.root.get("units") if project is not None else None
    for name in own if isinstance(own, dict) else ():
        yield Choice(name, name, "of the company file")
