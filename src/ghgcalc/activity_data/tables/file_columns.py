"""Which column of a file gives what a table wants: ours, cells of a wide table, filters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.columns import cell_columns
from ghgcalc.activity_data.tables.headings import folded, is_pattern, star
from ghgcalc.activity_data.tables.positions import WIDE_BITS
from ghgcalc.activity_data.tables.total_rows import is_total
from ghgcalc.core.text.scripts import narrow

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.headings import Header
    from ghgcalc.company.table import Table

WIDE, FILTER = "wide:", "filter:"
MOST_WIDE = 1 << WIDE_BITS
# a heading's own text, and what the `*` of its pattern stands for, read as the period
OWN, STAR = "heading", "*"


class Wide(NamedTuple):
    """A column whose cells are quantities: its key under `unpivot`, and its heading."""

    key: str
    heading: str

    def value(self, table: Table, ours: str) -> str | None:
        """What the key says of the cells; of the period it may be the heading's own text."""
        stated: str | None = getattr(table.unpivot[self.key], ours)
        if ours == "period" and stated == OWN:
            return self.heading
        return star(self.key, self.heading) if ours == "period" and stated == STAR else stated


class Unfound(NamedTuple):
    """A column that is not there, or not once.

    Attributes:
        ours: our name, `wide:N` or `filter:N` by the number of its key.
        theirs: the text of the company file.
        places: the columns that it names.
        why: `missing`, `several`, `twice` (two keys take one column), `total`, `many`,
            or `width` (it would fit but for full-width signs).
        heading: the heading that is wrong.
    """

    ours: str
    theirs: str
    places: list[int]
    why: str
    heading: str = ""


@dataclass(slots=True)
class FileColumns:
    """The columns of one file.

    Attributes:
        places: ours, `wide:N` and `filter:N`, to the column from 0.
        wide: the columns of quantities of a wide table; `wide:N` is the one with index N.
        cell_filters: by number of a filter, the indices of `wide` whose cells it judges.
        filled: the columns from 0 whose empty cells are filled from above, the outer ones first.
        unfound: what stands in the way.
    """

    places: dict[str, int] = field(default_factory=dict)
    filled: tuple[int, ...] = ()
    wide: list[Wide] = field(default_factory=list)
    cell_filters: dict[int, frozenset[int]] = field(default_factory=dict)
    unfound: list[Unfound] = field(default_factory=list)


def wanted_headings(table: Table) -> dict[str, str]:
    """What a header must hold: our names, `wide:` and `filter:` columns, to theirs."""
    wanted = cell_columns(table)
    if table.unpivot:
        wanted = {ours: theirs for ours, theirs in wanted.items() if theirs != "unpivot"}
    wanted |= {f"{WIDE}{index}": heading for index, heading in enumerate(table.unpivot)}
    return wanted | {f"{FILTER}{index}": heading for index, heading in enumerate(table.filter)}


def file_columns(table: Table, header: Header, *, patterns: bool = True) -> FileColumns:
    """Find the columns of a table in a file's header.

    Args:
        table: its rules.
        header: the headings.
        patterns: whether keys of `unpivot` may be patterns.
    """
    found, wanted = FileColumns(), wanted_headings(table)
    for ours, theirs in cell_columns(table).items():
        if not (table.unpivot and theirs == "unpivot"):
            _one(found, header, ours, theirs)
    keys = {key: header.places(key) for key in table.unpivot}
    if patterns and any(is_pattern(key) and not at for key, at in keys.items()):
        _wide_by_pattern(found, header, keys)
        _wide_but_for_width(found, header)
    else:
        for index, key in enumerate(table.unpivot):
            _one(found, header, f"{WIDE}{index}", key)
            found.wide.append(Wide(key, key))
    for index, theirs in enumerate(table.filter):
        own = _cells_of(found, header, theirs)
        if own:
            found.cell_filters[index] = own
        else:
            _one(found, header, f"{FILTER}{index}", theirs)
    places = (_named(found, wanted, theirs) for theirs in table.read.fill_down)
    found.filled = tuple(place for place in places if place is not None)
    return found


def _named(found: FileColumns, wanted: dict[str, str], theirs: str) -> int | None:
    """The column of a heading that is read; None where the file does not have it."""
    fits = (ours for ours, name in wanted.items() if name.strip() == theirs.strip())
    return next((found.places[ours] for ours in fits if ours in found.places), None)


def _one(found: FileColumns, header: Header, ours: str, theirs: str) -> None:
    places = header.places(theirs)
    if len(places) == 1:
        found.places[ours] = places[0]
    else:
        found.unfound.append(Unfound(ours, theirs, places, "several" if places else "missing"))


def _cells_of(found: FileColumns, header: Header, theirs: str) -> frozenset[int]:
    """The columns of quantities that a filter judges cell by cell."""
    own = {index for index, wide in enumerate(found.wide) if wide.key == theirs}
    places = header.places(theirs)
    if not own and len(places) == 1:
        own = {i for i in range(len(found.wide)) if found.places.get(f"{WIDE}{i}") == places[0]}
    return frozenset(own)


def _wide_by_pattern(found: FileColumns, header: Header, keys: dict[str, list[int]]) -> None:
    """Take the columns of each key, in order; a heading written out goes before patterns."""
    written = {place for places in keys.values() for place in places} | set(found.places.values())
    owner: dict[int, str] = {}
    for index, (key, places) in enumerate(keys.items()):
        ours = f"{WIDE}{index}"
        if len(places) == 1:
            _take(found, places[0], Wide(key, key))
            continue
        fits = [each for each in header.matching(key) if each[0] not in written]
        if places or not is_pattern(key) or not fits:
            why = "several" if places else "missing"
            found.unfound.append(Unfound(ours, key, places, why))
            continue
        for place, text in fits:
            odd = "twice" if place in owner else _odd(header, key, (place, text), fits)
            if odd:
                found.unfound.append(Unfound(ours, key, [place], odd, owner.get(place, text)))
                break
            owner[place] = key
            _take(found, place, Wide(key, text))
    if len(found.wide) > MOST_WIDE:
        found.unfound.append(Unfound(f"{WIDE}0", next(iter(keys)), [], "many"))


def _wide_but_for_width(found: FileColumns, header: Header) -> None:
    """Refuse headings that a pattern passes over for their full-width signs alone."""
    plain = replace(header, cells=tuple(map(narrow, header.cells)))
    taken = set(found.places.values())
    for key in dict.fromkeys(each.key for each in found.wide if is_pattern(each.key)):
        for place, _ in plain.matching(key):
            if place not in taken and plain.cells[place] != header.cells[place]:
                heading = header.cells[place]
                found.unfound.append(Unfound(f"{WIDE}0", key, [place], "width", heading))


def _take(found: FileColumns, place: int, wide: Wide) -> None:
    found.places[f"{WIDE}{len(found.wide)}"] = place
    found.wide.append(wide)


def _odd(header: Header, key: str, one: tuple[int, str], fits: list[tuple[int, str]]) -> str:
    """Why a column that fits a pattern is not taken: it repeats another one, or it adds up."""
    place, text = one
    if sum(header.cells[place] == header.cells[other] for other, _ in fits) > 1:
        return "several"
    words = {text, text.split()[0], text.split()[-1]}
    own = folded(key).casefold()
    return "total" if any(is_total(w, ()) and w.casefold() not in own for w in words) else ""
