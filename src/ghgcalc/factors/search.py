"""Find factors in packs by words, region, year and unit: forgiving of typing errors, ranked.

Every word of the query must be met by a word of the row: its name, fuel (under any of its names),
item, qualifiers, category or pack. A word is met exactly, by its beginning, with a slip or two, or
by what people call the same (`factors/search_words.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import UnitError
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.said import folded
from ghgcalc.factors.library import library
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.search_rows import rows_of
from ghgcalc.factors.search_told import hidden, hole_told
from ghgcalc.factors.search_wanted import Wanted, wanted
from ghgcalc.factors.search_words import unblanked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ghgcalc.core.units import Unit
    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.search_rows import Row
    from ghgcalc.factors.search_told import Without
    from ghgcalc.factors.search_words import Term

_EXACT, _BEGINS, _SLIP = 1.0, 0.7, 0.4
_SAID = 0.9  # another word for the same: after those that have the word itself
_NAME, _OTHER = 1.0, 0.6
_SHORTEST_PREFIX, _SHORTEST_SLIP, _LIKENESS, _SPREAD = 3, 4, 0.75, 0.05
_VOLUMES = frozenset({"m3", "Nm3"})
_EVERY_CATEGORY = "|".join(CATEGORIES)


class Hit(NamedTuple):
    """A factor found, and the publisher's other editions that hold it and meet the search too."""

    factor: Factor
    others: tuple[str, ...] = ()


class Found(NamedTuple):
    """The best hits, how many there are, and words of the packs near a word that met nothing.

    `advice` is what to do where no factor is needed, or where none may be bundled; `region` the
    place asked for; `without` the conditions that hide everything.
    """

    hits: list[Hit]
    total: int
    near: dict[str, list[str]]
    advice: tuple[str, ...] = ()
    region: str | None = None
    without: tuple[Without, ...] = ()


class _Met(NamedTuple):
    """A row that meets the search, how well, and how much its name says beyond it.

    `unlikely` counts the meanings of words that are likelier than the row's.
    """

    row: Row
    score: float
    left_over: int
    unlikely: int


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


def search(packs: Iterable[Pack], ask: Wanted, limit: int) -> Found:
    """The factors that meet `ask`, best first, at most `limit` of them."""
    packs = list(packs)
    found = _looked(packs, ask)
    burnt = any(each.row.burnt for each in found.met)
    met = sorted(
        found.met,
        key=lambda each: (burnt and each.row.unit.dimension in CURRENCIES, _order(each, ask)),
    )
    same: dict[tuple[str, str], list[Row]] = {}
    for row, *_ in met:
        same.setdefault((row.pack.info.publisher, row.id), []).append(row)
    hits = [_hit(group) for group in list(same.values())[:limit]]
    without: tuple[Without, ...] = ()
    if not met and ask.terms:
        without = tuple(hidden(ask, partial(_rows_met, packs)))
    near = {} if met or without else _looked(packs, _words_alone(ask)).near
    holes = hole_told(ask, partial(_every_row, packs))
    return Found(hits, len(same), near, (*ask.advice, *holes), ask.region, without)


class _Looked(NamedTuple):
    """Rows that meet a search in no order, and words near those that meet nothing."""

    met: list[_Met]
    near: dict[str, list[str]]


def _looked(packs: Iterable[Pack], ask: Wanted) -> _Looked:
    read = (row for pack in packs for row in rows_of(pack)) if ask.asks else ()
    rows = [row for row in read if _meets(row, ask)]
    vocabulary = _Vocabulary()
    for row in rows:
        vocabulary.words |= row.naming | row.other
    meeting = {term: vocabulary.meeting(term) for term in ask.terms}
    met = [found for row in rows if (found := _scored(row, meeting)) is not None]
    near = {
        term.shown: vocabulary.near(term.word)
        for term, met_by in meeting.items()
        if rows and not met_by and not any(_has(row, way) for way in term.ways for row in rows)
    }
    return _Looked(met, near)


def _rows_met(packs: Iterable[Pack], ask: Wanted) -> list[Row]:
    return [each.row for each in sorted(_looked(packs, ask).met, key=lambda e: _order(e, ask))]


def _words_alone(ask: Wanted) -> Wanted:
    return Wanted(ask.terms, advice=ask.advice)


def _every_row(packs: Sequence[Pack]) -> Iterable[Row]:
    """The rows of the packs searched and of every bundled one: a hole is none of one pack."""
    named = {pack.info.id for pack in packs}
    more = (library(name) for name in bundled_packs() if name not in named)
    return (row for pack in (*packs, *more) for row in rows_of(pack))


def _hit(group: Sequence[Row]) -> Hit:
    first, *others = group
    factor = first.pack.factor(first.id)
    assert factor is not None, "the row was just read"
    return Hit(factor, tuple(sorted(row.pack.info.id for row in others)))


def _meets(row: Row, ask: Wanted) -> bool:
    """Whether a row meets the conditions; the words are judged over all packs together."""
    if ask.category is not None and ask.category not in row.categories.split("|"):
        return False
    if ask.lifecycle is not None and ask.lifecycle != row.lifecycle:
        return False
    other_year = ask.year is not None and row.year not in (None, ask.year)
    if other_year and not (ask.year_said and f"{ask.year}" in row.other):
        return False
    if ask.basis is not None and row.unit.basis not in (None, ask.basis):
        return False
    if ask.unit is not None:
        if row.unit.dimension != ask.unit.dimension:
            return False
        if ask.unit.basis is not None and row.unit.basis not in (None, ask.unit.basis):
            return False
    return ask.region is None or row.distance(ask.region) is not None


def _scored(row: Row, meeting: Mapping[Term, dict[str, float]]) -> _Met | None:
    """How well a row meets every term of the query; None where it lacks one."""
    matched: set[str] = set()
    sure: set[str] = set()
    score, unlikely = 0.0, 0
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
            sure = sure.union(*said)
        elif term.instead:
            best *= _SAID  # the word alone, as of coal for electricity generation
        if not best:
            return None
        score += best
        unlikely += term.ways.index(said[0]) if said else len(term.ways)
        matched |= set(here)
        sure |= {word for word in here if met[word] == _EXACT}
    matched |= sure
    named = [name - (sure or matched) for name in row.names if name & matched]
    return _Met(row, score, min(map(len, named), default=9), unlikely)


def _has(row: Row, way: frozenset[str]) -> bool:
    """Whether a row has every word of a way to say a term; a category's is its own alone."""
    if way in _category_ways(_EVERY_CATEGORY):
        return way in _category_ways(row.categories)
    return all(word in row.naming or word in row.other for word in way)


@cache
def _category_ways(categories: str) -> frozenset[frozenset[str]]:
    """Categories as words."""
    return frozenset(frozenset(folded(name)) for name in categories.split("|"))


def _order(met: _Met, ask: Wanted) -> tuple[object, ...]:
    """What is whole first, nearest region where one is asked, best met, plainest name, newest."""
    row = met.row
    distance = row.distance(ask.region) if ask.region is not None else 0
    elsewhere = bool(ask.places) and not ask.places & (row.naming | row.other)
    other_year = ask.year is not None and row.year not in (None, ask.year)
    other_basis = ask.basis is not None and row.unit.basis != ask.basis
    country = (ask.region or "").partition("-")[0]
    return (
        row.part, bool(country and row.about and row.about != country),
        elsewhere and distance, distance, _other_unit(row.unit, ask.unit or ask.rather),
        other_basis, other_year, -met.score, "leased" in row.other,
        row.lifecycle not in ("", "combustion"),
        row.kind not in ("", "grid_average"), met.unlikely, met.left_over, row.usual,
        -(row.year or 0), row.pack.info.id, row.id,
    )  # fmt: skip


def _other_unit(unit: Unit, want: Unit | None) -> int:
    """0 for the unit wished, 1 for its kind, also gas by its state, 2 for others."""
    if want is None or (unit.dimension == want.dimension and unit.size == want.size):
        return 0
    kin = unit.dimension == want.dimension or {unit.dimension, want.dimension} <= _VOLUMES
    return 1 if kin else 2


__all__ = ["Found", "Hit", "UnitError", "Wanted", "search", "wanted"]
