"""Find factors in packs by words, region, year and unit: forgiving of typing errors, ranked.

Every word of the query must be met by a word of the row: its name, fuel (under any of its names),
item, qualifiers, category or pack. A word is met exactly, by its beginning, with a slip or two, or
by what people call the same (`factors/search_words.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.units import Unit, UnitError, parse_unit
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.said import folded
from ghgcalc.factors.library import library
from ghgcalc.factors.search_words import Term, unblanked, understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import Cells

_EXACT, _BEGINS, _SLIP = 1.0, 0.7, 0.4
_SAID = 0.9  # another word for the same: after those that have the word itself
_NAME, _OTHER = 1.0, 0.6
_SHORTEST_PREFIX, _SHORTEST_SLIP, _LIKENESS, _SPREAD = 3, 4, 0.75, 0.05
_NAMING = ("name", "fuel", "item")
_QUALIFYING = ("vehicle", "technology", "sector", "category", "kind", "id", "region")


class Wanted(NamedTuple):
    """What a search asks: terms, and conditions that a row must meet.

    Attributes:
        advice: what needs no row.
        rather: a unit that the words name; rows of its kind come first.
        places: words of the place that the words name; rows that are called so come first.
    """

    terms: tuple[Term, ...]
    region: str | None = None
    year: int | None = None
    unit: Unit | None = None
    category: str | None = None
    lifecycle: str | None = None
    advice: tuple[str, ...] = ()
    rather: Unit | None = None
    places: frozenset[str] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether anything is looked for among the rows."""
        conditions = (self.region, self.year, self.unit, self.category, self.lifecycle)
        asked = any(each is not None for each in conditions) and not self.advice
        return bool(self.terms) or asked


class Hit(NamedTuple):
    """A factor found, and the publisher's other editions that hold it and meet the search too."""

    factor: Factor
    others: tuple[str, ...] = ()


class Found(NamedTuple):
    """The best hits, how many there are, and words of the packs near a word that met nothing.

    `advice` is what to do where no factor is needed, or where none may be bundled; `region` the
    place asked for.
    """

    hits: list[Hit]
    total: int
    near: dict[str, list[str]]
    advice: tuple[str, ...] = ()
    region: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as words: of its names, each for itself and together, and of all else it says."""

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


class _Met(NamedTuple):
    """A row that meets the search, how well, and how much its name says beyond it."""

    row: _Row
    score: float
    left_over: int


@dataclass(slots=True)
class _Vocabulary:
    """The words of all rows, and which of them meet a term of the query and how well."""

    words: set[str] = field(default_factory=set)

    def meeting(self, term: Term) -> dict[str, float]:
        """Words of the rows that meet a term; those with a slip only where nothing else does."""
        word, met = term.word, dict[str, float]()
        if len(word) >= _SHORTEST_PREFIX:
            met.update((known, _BEGINS) for known in self.words if known.startswith(word))
        if word in self.words:
            met[word] = _EXACT
        if not word.isascii() and unblanked(word):  # 天然气 in 天然气货车运输, without blanks
            met |= {known: _BEGINS for known in self.words if word in known and known not in met}
        if met or term.ways or len(word) < _SHORTEST_SLIP:
            return met
        near = get_close_matches(word, self.words, n=8, cutoff=_LIKENESS)
        likeness = {known: SequenceMatcher(None, word, known).ratio() for known in near}
        best = max(likeness.values(), default=0)
        return {known: _SLIP * how for known, how in likeness.items() if how > best - _SPREAD}

    def near(self, word: str) -> list[str]:
        """Words that a query may mean where it met nothing."""
        return get_close_matches(word, self.words, n=3, cutoff=0.5)


def wanted(
    text: str,
    *,
    region: str | None = None,
    year: int | None = None,
    unit: str | None = None,
    category: str | None = None,
    lifecycle: str | None = None,
) -> Wanted:
    """A search as typed.

    Raises:
        UnitError: `unit` is not a unit.
    """
    said = understood(text)
    asked = parse_unit(unit) if unit is not None else None
    rather = said.unit if asked is None else None
    if rather is not None and not said.terms:  # the unit alone is what is looked for
        asked, rather = rather, None
    return Wanted(
        said.terms, region or said.region, year, asked, category, lifecycle, said.advice, rather,
        said.places if region is None else frozenset(),
    )  # fmt: skip


def search(packs: Iterable[Pack], ask: Wanted, limit: int) -> Found:
    """The factors that meet `ask`, best first, at most `limit` of them."""
    read = (row for pack in packs for row in _rows(pack)) if ask.asks else ()
    rows = [row for row in read if _meets(row, ask)]
    vocabulary = _Vocabulary()
    for row in rows:
        vocabulary.words |= row.naming | row.other
    meeting = {term: vocabulary.meeting(term) for term in ask.terms}
    met = [found for row in rows if (found := _scored(row, meeting)) is not None]
    met.sort(key=lambda found: _order(found, ask))
    same: dict[tuple[str, str], list[_Row]] = {}
    for row, _, _ in met:
        same.setdefault((row.pack.info.publisher, row.id), []).append(row)
    near = {
        term.shown: vocabulary.near(term.word)
        for term, met_by in meeting.items()
        if rows and not met_by and not any(_has(row, way) for way in term.ways for row in rows)
    }
    hits = [_hit(group) for group in list(same.values())[:limit]]
    return Found(hits, len(same), near, ask.advice, ask.region)


def _hit(group: Sequence[_Row]) -> Hit:
    first, *others = group
    factor = first.pack.factor(first.id)
    assert factor is not None, "the row was just read"
    return Hit(factor, tuple(sorted(row.pack.info.id for row in others)))


def _rows(pack: Pack) -> Iterable[_Row]:
    """Every row of a pack; those of bundled packs are read once a process."""
    return list(_read(pack)) if pack.info.own else _bundled_rows(pack.info.id)


@cache
def _bundled_rows(pack_id: str) -> tuple[_Row, ...]:
    return tuple(_read(library(pack_id)))


def _read(pack: Pack) -> Iterator[_Row]:
    header = pack.header
    title = frozenset(folded(f"{header.pack} {header.organisation or ''}"))
    for ref in pack.rows("factors"):
        year = ref.cells.get("year") or ref.table.year or header.year
        yield _row(pack, ref.cells, title, int(year) if year else None, _unit(ref.cells))
    for name, own in header.factors.items():
        cells = {key: text for key in _NAMING if (text := getattr(own, key))}
        cells |= {"id": name, "region": own.region, "category": own.category}
        cells |= {"lifecycle": own.lifecycle, "kind": own.kind or ""}
        yield _row(pack, cells, title, own.year or header.year, own.per)


def _row(pack: Pack, cells: Cells, title: frozenset[str], year: int | None, unit: Unit) -> _Row:
    names = (
        *(frozenset(_split(cells.get(key, ""))) for key in _NAMING),
        *_fuel_names(cells.get("fuel", "")),
        *(frozenset(_split(text)) for text in pack.item_words.get(cells.get("item", ""), ())),
    )
    other = {word for key in _QUALIFYING for word in _split(cells.get(key, ""))}
    return _Row(
        pack, cells["id"], names, frozenset[str]().union(*names), frozenset(other) | title,
        cells.get("region", ""), year, cells.get("lifecycle", "combustion"),
        cells.get("kind", ""), cells.get("category", ""), unit,
        frozenset(pack.header.region_members.get(cells.get("region", ""), ())),
    )  # fmt: skip


def _meets(row: _Row, ask: Wanted) -> bool:
    """Whether a row meets the conditions; the words are judged over all packs together."""
    if ask.category is not None and ask.category not in row.categories.split("|"):
        return False
    if ask.lifecycle is not None and ask.lifecycle != row.lifecycle:
        return False
    if ask.year is not None and row.year not in (None, ask.year):
        return False
    if ask.unit is not None:
        if row.unit.dimension != ask.unit.dimension:
            return False
        if ask.unit.basis is not None and row.unit.basis not in (None, ask.unit.basis):
            return False
    return ask.region is None or _distance(row, ask.region) is not None


def _distance(row: _Row, want: str) -> int | None:
    """0 the region itself, 1 what is around it, 2 a part of it, 3 worldwide; None elsewhere."""
    have = row.region
    if want.partition("-")[0] in row.members:
        return 1
    if have == want:
        return 0
    if have and want.startswith(f"{have}-"):
        return 1
    if have.startswith(f"{want}-"):
        return 2
    return None if have else 3


def _scored(row: _Row, meeting: Mapping[Term, dict[str, float]]) -> _Met | None:
    """How well a row meets every term of the query; None where it lacks one."""
    matched: set[str] = set()
    score = 0.0
    for term, met in meeting.items():
        here = {
            word: how * (_NAME if word in row.naming else _OTHER)
            for word, how in met.items()
            if word in row.naming or word in row.other
        }
        best = max(here.values(), default=0.0)
        said = [way for way in term.ways if _has(row, way)]
        if said and term.instead and here:
            best = _EXACT * _NAME  # what the word is called as a category, beside the word
        elif said and not (term.instead and met):
            best = max(best, *(_SAID * (_NAME if way & row.naming else _OTHER) for way in said))
            matched = matched.union(*said)
        if not best:
            return None
        score += best
        matched |= set(here)
    left_over = min((len(name - matched) for name in row.names if name & matched), default=9)
    return _Met(row, score, left_over)


def _has(row: _Row, way: frozenset[str]) -> bool:
    """Whether a row has every word of a way to say a term."""
    return all(word in row.naming or word in row.other for word in way)


def _order(met: _Met, ask: Wanted) -> tuple[object, ...]:
    """Nearest region first where one is asked, then best met, direct, plainest name, newest."""
    row = met.row
    distance = _distance(row, ask.region) if ask.region is not None else 0
    elsewhere = bool(ask.places) and not ask.places & (row.naming | row.other)
    other_unit = ask.rather is not None and row.unit.dimension != ask.rather.dimension
    return (
        elsewhere and distance, distance, other_unit, -met.score, "leased" in row.other,
        row.lifecycle != "combustion", row.kind not in ("", "grid_average"), met.left_over,
        -(row.year or 0), row.pack.info.id, row.id,
    )  # fmt: skip


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


__all__ = ["Found", "Hit", "UnitError", "Wanted", "search", "wanted"]
