"""Find factors in packs by words, region, year and unit: forgiving of typing errors, ranked.

Every word of the query must be met by a word of the row: its name, fuel (under any of its names),
item, qualifiers, category or pack. A word is met exactly, by its beginning, or with a slip or two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.gases import BIOGENIC, UNSPECIFIED, WITHOUT_GWP, blend_id, canonical_gas
from ghgcalc.core.units import Unit, UnitError, parse_unit
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.library import read_blends
from ghgcalc.factors.pack_words import gas_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import Cells

_WORD = re.compile(r"[^\W_]+")
_EXACT, _BEGINS, _SLIP = 1.0, 0.7, 0.4
_NAME, _OTHER = 1.0, 0.6
_SHORTEST_PREFIX, _SHORTEST_SLIP, _LIKENESS, _SPREAD = 3, 4, 0.75, 0.05
_NAMING = ("name", "fuel", "item")
_QUALIFYING = ("vehicle", "technology", "sector", "category", "kind", "id", "region")


class Wanted(NamedTuple):
    """What a search asks: words, and conditions that a row must meet."""

    words: tuple[str, ...]
    region: str | None = None
    year: int | None = None
    unit: Unit | None = None
    category: str | None = None
    lifecycle: str | None = None
    text: str = ""


class Hit(NamedTuple):
    """A factor found, and the publisher's other editions that hold it and meet the search too."""

    factor: Factor
    others: tuple[str, ...] = ()


class Found(NamedTuple):
    """The best hits, how many there are, and words of the packs near a word that met nothing.

    `gas` is the id of a gas or blend where the search names one and no factor: it has only a GWP.
    """

    hits: list[Hit]
    total: int
    near: dict[str, list[str]]
    gas: str = ""


@dataclass(slots=True)
class _Row:
    pack: Pack
    id: str
    names: tuple[frozenset[str], ...]
    naming: frozenset[str]
    other: frozenset[str]
    region: str
    year: int | None
    lifecycle: str
    kind: str
    score: float = 0.0
    left_over: int = 0


@dataclass(slots=True)
class _Vocabulary:
    """The words of all rows, and which of them meet a word of the query and how well."""

    words: set[str] = field(default_factory=set)

    def meeting(self, word: str) -> dict[str, float]:
        met: dict[str, float] = {}
        if len(word) >= _SHORTEST_SLIP:
            near = get_close_matches(word, self.words, n=8, cutoff=_LIKENESS)
            likeness = {known: SequenceMatcher(None, word, known).ratio() for known in near}
            best = max(likeness.values(), default=0)
            met = {known: _SLIP * how for known, how in likeness.items() if how > best - _SPREAD}
        if len(word) >= _SHORTEST_PREFIX:
            met.update((known, _BEGINS) for known in self.words if known.startswith(word))
        if word in self.words:
            met[word] = _EXACT
        exact = {known: how for known, how in met.items() if how > _SLIP}
        return exact or met


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
    asked = parse_unit(unit) if unit is not None else None
    return Wanted(tuple(words_of(text)), region, year, asked, category, lifecycle, text)


def search(packs: Iterable[Pack], ask: Wanted, limit: int) -> Found:
    """The factors that meet `ask`, best first, at most `limit` of them."""
    rows = [row for pack in packs for row in _rows(pack, ask)]
    vocabulary = _Vocabulary()
    for row in rows:
        vocabulary.words |= row.naming | row.other
    meeting = {word: vocabulary.meeting(word) for word in ask.words}
    met = [row for row in rows if _scored(row, meeting.values())]
    met.sort(key=lambda row: _order(row, ask))
    same: dict[tuple[str, str], list[_Row]] = {}
    for row in met:
        same.setdefault((row.pack.info.publisher, row.id), []).append(row)
    near = {
        word: get_close_matches(word, vocabulary.words, n=3, cutoff=0.5)
        for word, met_by in meeting.items()
        if rows and not met_by
    }
    hits = [_hit(group) for group in list(same.values())[:limit]]
    return Found(hits, len(same), near, "" if same else _gas(ask.text))


def _gas(text: str) -> str:
    """A gas or blend by any of its names; "" where the text is none."""
    blend = blend_id(text.strip())
    if blend in read_blends():
        return blend or ""
    weighed = gas_ids() - WITHOUT_GWP - {BIOGENIC, UNSPECIFIED, "C"}
    gas = canonical_gas(text.strip(), weighed) or ""
    return gas if gas in weighed else ""


def _hit(group: Sequence[_Row]) -> Hit:
    first, *others = group
    factor = first.pack.factor(first.id)
    assert factor is not None, "the row was just read"
    return Hit(factor, tuple(sorted(row.pack.info.id for row in others)))


def _rows(pack: Pack, ask: Wanted) -> Iterator[_Row]:
    """Rows that meet the conditions; the words are judged over all packs together."""
    header = pack.header
    title = frozenset(words_of(f"{header.pack} {header.organisation or ''}"))
    for ref in pack.rows("factors"):
        year = ref.cells.get("year") or ref.table.year or header.year
        row = _row(pack, ref.cells, title, int(year) if year else None)
        if _meets(row, ref.cells.get("category", ""), _unit(ref.cells), ask):
            yield row
    for name, own in header.factors.items():
        cells = {key: text for key in _NAMING if (text := getattr(own, key))}
        cells |= {"id": name, "region": own.region, "category": own.category}
        cells |= {"lifecycle": own.lifecycle, "kind": own.kind or ""}
        row = _row(pack, cells, title, own.year or header.year)
        if _meets(row, own.category, own.per, ask):
            yield row


def _row(pack: Pack, cells: Cells, title: frozenset[str], year: int | None) -> _Row:
    names = (
        *(frozenset(_split(cells.get(key, ""))) for key in _NAMING),
        *_fuel_names(cells.get("fuel", "")),
    )
    other = {word for key in _QUALIFYING for word in _split(cells.get(key, ""))}
    return _Row(
        pack,
        cells["id"],
        names,
        frozenset[str]().union(*names),
        frozenset(other) | title,
        cells.get("region", ""),
        year,
        cells.get("lifecycle", "combustion"),
        cells.get("kind", ""),
    )


def _meets(row: _Row, categories: str, unit: Unit, ask: Wanted) -> bool:
    if ask.category is not None and ask.category not in categories.split("|"):
        return False
    if ask.lifecycle is not None and ask.lifecycle != row.lifecycle:
        return False
    if ask.year is not None and row.year not in (None, ask.year):
        return False
    if ask.unit is not None:
        if unit.dimension != ask.unit.dimension:
            return False
        if ask.unit.basis is not None and unit.basis not in (None, ask.unit.basis):
            return False
    return ask.region is None or _distance(row.region, ask.region) is not None


def _distance(have: str, want: str) -> int | None:
    """0 the region itself, 1 the country around it, 2 a part of it, 3 worldwide; None elsewhere."""
    if have == want:
        return 0
    if have and want.startswith(f"{have}-"):
        return 1
    if have.startswith(f"{want}-"):
        return 2
    return None if have else 3


def _scored(row: _Row, meeting: Iterable[dict[str, float]]) -> bool:
    """Whether every word of the query is met; keeps how well, and what the name says beyond."""
    matched: set[str] = set()
    for met in meeting:
        here = {
            word: how * (_NAME if word in row.naming else _OTHER)
            for word, how in met.items()
            if word in row.naming or word in row.other
        }
        if not here:
            return False
        row.score += max(here.values())
        matched |= set(here)
    row.left_over = min((len(name - matched) for name in row.names if name & matched), default=9)
    return True


def _order(row: _Row, ask: Wanted) -> tuple[object, ...]:
    """Nearest region first where one is asked, then best met, direct, plainest name, newest."""
    distance = _distance(row.region, ask.region) if ask.region is not None else 0
    return (
        distance, -row.score, row.lifecycle != "combustion", row.kind not in ("", "grid_average"),
        row.left_over, -(row.year or 0), row.pack.info.id, row.id,
    )  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words of a text, folded: letters and digits of any script."""
    return [match.casefold() for match in _WORD.findall(text)]


@cache
def _split(text: str) -> tuple[str, ...]:
    return tuple(words_of(text))


@cache
def _fuel_names(fuel: str) -> tuple[frozenset[str], ...]:
    """A fuel's printed name and its other names, such as 天然气, as words."""
    known = FUELS.get(fuel)
    if known is None:
        return ()
    return tuple(frozenset(words_of(name)) for name in (known.name, *known.aliases))


def _unit(cells: Cells) -> Unit:
    unit = parse_unit(cells["per"])
    basis = cells.get("basis")
    if basis == "net":
        return unit._replace(basis="net")
    return unit._replace(basis="gross") if basis == "gross" else unit


__all__ = ["Found", "Hit", "UnitError", "Wanted", "search", "wanted", "words_of"]
