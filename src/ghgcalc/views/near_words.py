"""What a list of words has instead where no row holds what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from ghgcalc.core.unit_hints import counting_hint
from ghgcalc.core.vocabulary.said import entries, folded
from ghgcalc.views.vocabulary import listing_of

if TYPE_CHECKING:
    from ghgcalc.views.vocabulary import Asked

MOST: Final = 8
# kinds of words in `core/vocabulary/synonyms.csv`, by kind of list
_SAID = {"fuels": "fuel", "units": "unit", "items": "item"}


@dataclass(frozen=True, slots=True)
class NothingFound:
    """That no row holds the words asked for, and the words of the list that are near."""

    kind: str
    words: tuple[str, ...]
    near: tuple[str, ...] = ()
    hint: str = ""

    def __str__(self) -> str:
        """One sentence."""
        shown = " and ".join(f"`{word}`" for word in self.words)
        told = f"nothing found: {self.kind} have no row with {shown}" if shown else (
            f"nothing found: no {self.kind}")  # fmt: skip
        near = "near: " + ", ".join(f"`{word}`" for word in self.near) if self.near else ""
        found = "; ".join(filter(None, (told, self.hint, near)))
        return found if self.hint or near else f"{found}; `ghgcalc list {self.kind}` shows all"


def nothing_found(kind: str, asked: Asked) -> NothingFound:
    """What is said where a list has no row that holds each word of `asked`."""
    rows = listing_of(kind, asked._replace(words=())).rows
    typed = {row[0] for row in rows}
    near: dict[str, None] = {}
    for word in asked.words:
        near |= dict.fromkeys(each for each in _meant(kind, word) if each in typed)
        names = {name.casefold(): row[0] for row in rows for name in _names(row)}
        alike = get_close_matches(word.casefold(), names, n=MOST, cutoff=0.7)
        near |= dict.fromkeys(names[each] for each in alike)
    hint = "; ".join(filter(None, map(counting_hint, asked.words))) if kind == "units" else ""
    return NothingFound(kind, asked.words, tuple(near)[:MOST], hint)


def _names(row: tuple[str, ...]) -> list[str]:
    """What a row is typed as, and the other ways of its last cell."""
    return [row[0], *(name for name in row[-1].split(", ") if name)]


def _meant(kind: str, word: str) -> list[str]:
    """What words that hold a text mean, the ones that begin with it first."""
    text = " ".join(folded(word))
    if kind not in _SAID or not text:
        return []
    found: list[tuple[bool, str]] = []
    for words, several in entries().items():
        joined = " ".join(words)
        if text not in joined:
            continue
        later = not joined.startswith(text)
        there = (said for said in several if said.kind == _SAID[kind])
        found += [(later, means) for said in there for means in said.means]
    return [means for _, means in sorted(found)]
