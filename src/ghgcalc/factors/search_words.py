"""What a search as typed means: places and units become conditions, other words for a thing ways.

A word of `synonyms.csv` that a row does not have itself is met by the words that it stands for. A
gas, or a publisher whose tables may not be bundled, is answered by what to do. A year, a heating
value's basis (`Hs`, `PCI`) and losses of a grid become conditions, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.gases import UNSPECIFIED, WITHOUT_GWP, blend_id, canonical_gas
from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.said import entries, fold, folded
from ghgcalc.factors.library import read_blends
from ghgcalc.factors.pack_words import gas_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghgcalc.core.units import Basis, Unit
    from ghgcalc.core.vocabulary.said import Said

_LONGEST = 4  # words of a name
_OF_FUELS = frozenset({"CO2", "CH4", "N2O", "CO2_biogenic", "CH4_fossil", "CH4_non_fossil"})
_GAS = re.compile(r"(?=.*\d)[A-Za-z0-9()₀-₉-]+")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_THINGS = ("fuel", "item")
_YEAR = re.compile(r"(?:19[89]|20[0-4])[0-9]")


class Term(NamedTuple):
    """One thing that a row must have: the word as typed, or every word of one of the ways.

    `instead`: the ways count only where no row has the word itself, as those of a category do.
    """

    word: str
    shown: str
    ways: tuple[frozenset[str], ...] = ()
    instead: bool = False


class Understood(NamedTuple):
    """A search as meant: terms, the place and unit that its words name, and what to do instead.

    Attributes:
        places: the words of the place, which names of rows may hold as well.
        year: the year that a word is.
        basis: `gross` or `net`.
        what: the kind of factor whose holes are known: `electricity`, `residual_mix`, `t_and_d` or
            `wtt`.
    """

    terms: tuple[Term, ...]
    region: str | None = None
    unit: Unit | None = None
    advice: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    year: int | None = None
    basis: Basis | None = None
    what: str | None = None


@dataclass(slots=True)
class _Meaning:
    """What the words of a search have named so far."""

    terms: list[Term] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    region: str | None = None
    places: frozenset[str] = frozenset()
    unit: Unit | None = None
    year: int | None = None
    basis: Basis | None = None
    what: str | None = None

    def take(self, words: Sequence[str], kinds: dict[str, Said]) -> None:
        """Words in their order, and what they are known as."""
        self._note(kinds)
        if kinds.keys() & {"absent", "gas"} or ("advice" in kinds and "item" not in kinds):
            return
        if "basis" in kinds:
            self.basis = self.basis or ("net" if kinds["basis"].means[0] == "net" else "gross")
        elif self.region is None and kinds.keys() & {"country", "region"}:
            self.region = (kinds.get("region") or kinds["country"]).means[0]
            self.places = frozenset((*words, fold(self.region.partition("-")[0])))
        elif self.unit is None and "unit" in kinds:
            self.unit = parse_unit(kinds["unit"].means[0])
        elif self.year is None and len(words) == 1 and _YEAR.fullmatch(words[0]):
            self.year = int(words[0])
        elif kinds.keys() != {"hole"}:
            self.terms += _terms(words, kinds)

    def place(self, typed: Sequence[str]) -> None:
        """A country's code beside power, such as `electricity CA`; elsewhere IT is no country."""
        code = next((word for word in typed if word in COUNTRIES), None)
        if code is not None:
            self.region = code
            self.places = frozenset({fold(code)})
            self.terms = [term for term in self.terms if term.word != fold(code)]

    def _note(self, kinds: dict[str, Said]) -> None:
        """What is said of words whatever else they are: what to do, and holes that are known."""
        category = kinds.get("category")
        said = kinds.get("absent") or kinds.get("advice") or kinds.get("basis") or category
        if "gas" in kinds:
            self.advice.append(_weighed(kinds["gas"].means[0]))
        elif said is not None and said.note:
            self.advice.append(said.note)
        if "hole" in kinds:
            self.what = kinds["hole"].means[0]
        elif category is not None and category.means[0] == "purchased_electricity":
            self.what = self.what or "electricity"


def understood(text: str) -> Understood:
    """What a search means."""
    meaning = _Meaning()
    rest: list[str] = []
    for word in text.split():
        gas = _gas(word)
        if gas is None:
            rest += folded(word) if not unblanked(word) else _cut(word)
        else:
            meaning.advice.append(_weighed(gas))
    for words, found in _named(rest):
        meaning.take(words, {said.kind: said for said in reversed(found)})
    if meaning.what is not None and meaning.region is None:
        meaning.place(text.split())
    return Understood(
        tuple(meaning.terms), meaning.region, meaning.unit, tuple(dict.fromkeys(meaning.advice)),
        meaning.places, meaning.year, meaning.basis, meaning.what,
    )  # fmt: skip


def _weighed(gas: str) -> str:
    return (
        f"no factor is needed for {gas}: write `gas: {gas}` and its mass, which the GWP set weighs"
    )


def _terms(words: Sequence[str], kinds: dict[str, Said]) -> Iterator[Term]:
    """A named thing as one term; words without a name one by one."""
    things = [kind for kind in _THINGS if kind in kinds]
    meant = things or [kind for kind in ("category", "pack") if kind in kinds]
    ways = [way for kind in meant for way in kinds[kind].means]
    if not ways:
        yield from (Term(word, word) for word in words)
        return
    said = tuple(frozenset(folded(way)) for way in ways)
    if len(words) == 1:
        yield Term(words[0], words[0], said, instead=not things)
        return
    shown = " ".join(words)
    yield Term(shown, shown, (frozenset(words), *said))


def _named(words: Sequence[str]) -> Iterator[tuple[Sequence[str], tuple[Said, ...]]]:
    """Words cut into the longest names that are known, in their order."""
    known, place = entries(), 0
    while place < len(words):
        most = min(_LONGEST, len(words) - place)
        size = next((n for n in range(most, 0, -1) if tuple(words[place : place + n]) in known), 1)
        part = tuple(words[place : place + size])
        yield part, known.get(part, ())
        place += size


def _gas(word: str) -> str | None:
    """The refrigerant or process gas that a word names; None for those that fuels give off."""
    if not _GAS.fullmatch(word) or word.isdigit():
        return None
    blend = blend_id(word)
    if blend is not None and blend in read_blends():
        return blend
    weighed = gas_ids() - WITHOUT_GWP - {UNSPECIFIED, "C"}
    gas = canonical_gas(word, weighed)
    return gas if gas in weighed - _OF_FUELS else None


def unblanked(word: str) -> bool:
    """Whether a word is of a script that sets no blanks between words."""
    return _IDEOGRAPHS.search(word) is not None


def _cut(text: str) -> list[str]:
    """A text without blanks between its words, cut at the longest names known in it."""
    found: list[str] = []
    place = 0
    while place < len(text):
        size = next((n for n in range(len(text) - place, 1, -1)
                     if fold(text[place : place + n]) in _one_word()), 0)  # fmt: skip
        if size:
            found.append(fold(text[place : place + size]))
            place += size
            continue
        end = place + 1
        while end < len(text) and not any(
            fold(text[end : end + n]) in _one_word() for n in range(2, len(text) - end + 1)
        ):
            end += 1
        found += folded(text[place:end])
        place = end
    return found


@cache
def _one_word() -> frozenset[str]:
    """Names of one word: those of the list, and those of the fuels."""
    fuels = (fold(alias) for fuel in FUELS.values() for alias in fuel.aliases)
    return frozenset({words[0] for words in entries() if len(words) == 1} | set(fuels))
