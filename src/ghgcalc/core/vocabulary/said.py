"""What people write for countries, categories, fuels, items, units and packs, in several languages.

`synonyms.csv` is the one list of such words: hints in company files and `factors search` read it,
and nothing of it is ever applied to a calculation. A row is a kind, words that mean the same,
what they mean (several, the likeliest first), and a note.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

Kind = Literal[
    "country", "region", "category", "fuel", "item", "unit", "pack", "absent", "advice", "gas",
    "basis", "hole",
]  # fmt: skip
FILE: Final = Path(__file__).with_name("synonyms.csv")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"})
_ES = ("ses", "xes", "zes", "ches", "shes")
_NO_PLURAL = ("ss", "us", "is", "as")
_SHORTEST_PLURAL = 4


class Said(NamedTuple):
    """An entry: its kind, what the words mean, and a note, such as why a pack is not bundled."""

    kind: str
    means: tuple[str, ...]
    note: str


@cache
def entries() -> dict[tuple[str, ...], tuple[Said, ...]]:
    """The entries by their words, folded."""
    found: dict[tuple[str, ...], tuple[Said, ...]] = {}
    with FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            means = tuple(filter(None, row["means"].split("|")))
            said = Said(row["kind"], means, row["note"] or "")
            for words in row["words"].split("|"):
                key = folded(words)
                if said not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), said)
    return found


def said_of(kind: Kind, text: str) -> Said | None:
    """The entry of a kind for a text; None where it is no such word."""
    found = entries().get(folded(text), ())
    return next((said for said in found if said.kind == kind), None)


def meant(kind: Kind, text: str) -> tuple[str, ...]:
    """What a text means as a kind of word, the likeliest first; empty where it means nothing."""
    said = said_of(kind, text)
    return said.means if said is not None else ()


def folded(text: str) -> tuple[str, ...]:
    """The words of a text without capitals, accents, hyphens and plurals, in any script."""
    return tuple(fold(match) for match in _WORD.findall(text))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One word: small letters, no accents, singular."""
    plain = word.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        marked = (sign for sign in parts if not _accent(sign))
        plain = unicodedata.normalize("NFC", "".join(marked))
    return _singular(plain) if plain.isascii() else plain


def _accent(sign: str) -> bool:
    """Whether a sign is an accent of Latin letters; marks of other scripts are part of a letter."""
    return "\u0300" <= sign <= "\u036f"


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or not word.isalpha():
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(_ES):
        return word[:-2]
    return word if word.endswith(_NO_PLURAL) else word[:-1]
