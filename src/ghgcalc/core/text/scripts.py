"""Names in any script: one form of each text (NFC), what an id may hold, letters that look alike.

Sources: Unicode Standard Annex 15 (normalization forms), Annex 31 (identifiers: marks go on with
the letter before them), Technical Standard 39 (confusable letters).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, is_normalized, name, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_ID = 256
# the signs of ASCII in the width of a Chinese or Japanese sign, and the blank of that width
FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
ID_HINT = "use letters, digits, `-`, `_` and `.`, no spaces"
_ID = re.compile(r"[^\W_][\w.+\-()]*")
# letters and marks that show nothing: fillers, joiners of graphemes, variation selectors
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
                    "\U000e0100-\U000e01ef]")  # fmt: skip
# letters of two scripts that print alike, each with the Latin one
_CYRILLIC = dict(
    zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝӏ", "ABESIJKMHOPCTYXaesijopcyxhdqwl", strict=True)
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρικυ", "ABEZHIKMNOPTYXovapiku", strict=True))
_NAMES = frozenset("αικ")  # alone, names of phases and sites
_LATIN = frozenset({*_CYRILLIC.values(), *_GREEK.values()})
_TO_LATIN = str.maketrans(_CYRILLIC | _GREEK)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def composed(text: str) -> str:
    """The text in NFC, the form in which texts are compared; one that is in it costs nothing."""
    if text.isascii() or is_normalized("NFC", text):
        return text
    return normalize("NFC", text)


def narrow(text: str) -> str:
    """A text with the signs of ASCII for full-width ones (`ｋＷｈ` is `kWh`)."""
    return normalize("NFKC", text) if FULL_WIDTH.search(text) else text


def is_id(text: str) -> bool:
    """Whether a text can be an id: letters of any script with their marks, digits, `-_.+()`."""
    if len(text) > LONGEST_ID:
        return False
    if text.isascii():
        return _ID.fullmatch(text) is not None
    return _ID.fullmatch(bare(text)) is not None and not _BLANK.search(text)


def bare(text: str) -> str:
    """A text without the marks that follow a letter: vowels of Hindi or Thai, accents."""
    kept: list[str] = []
    on_letter = False
    for sign in text:
        if category(sign) in {"Mn", "Mc"}:
            if not on_letter:
                kept.append(sign)
            continue
        on_letter = sign.isalpha()
        kept.append(sign)
    return "".join(kept)


def id_of(text: str) -> str:
    """A text with `-` for whatever cannot stand in an id; marks stay with their letters."""
    signs = (
        sign if sign.isalnum() or sign in "_.+-" or category(sign) in {"Mn", "Mc"} else "-"
        for sign in text
    )
    return re.sub("-{2,}", "-", "".join(signs)).strip("-")


class Lookalike(NamedTuple):
    """A letter that prints like one of the script around it."""

    sign: str
    script: str
    among: str

    def __str__(self) -> str:
        words = f"U+{ord(self.sign):04X} {name(self.sign)}"
        return f"`{self.sign}` ({words}) among {self.among.capitalize()} letters"


def lookalike(text: str) -> Lookalike | None:
    """The first letter of an id that prints like one of another script used in it.

    Scripts that share no shapes may be mixed (`昆山-plant`, `サイトA`), and so may whole words of
    Latin, Cyrillic and Greek (`завод-plant`), unless every letter of a word looks like another.
    """
    if text.isascii():
        return None
    words = [[(sign, _script(sign)) for sign in word] for word in _words(text)]
    whole = Counter(script for word in words for _, script in word if script)
    if len(whole) < 2:
        return None
    for word in words:
        own = Counter(script for _, script in word if script)
        if len(own) > 1:
            most = own.most_common(1)[0][0]
        elif own and all(_alike(sign) for sign, _ in word) and word[0][0] not in _NAMES:
            most = next(script for script, _ in whole.most_common() if script not in own)
            if whole[most] < sum(own.values()):
                continue  # the other word is the odd one
        else:
            continue
        for sign, script in word:
            if script and script != most and _alike(sign):
                return Lookalike(sign, script, most)
    return None


def skeleton(text: str) -> str:
    """A text with the Latin letter for each that prints like it; equal ones look the same."""
    return text if text.isascii() else text.translate(_TO_LATIN)


def alike_ids(ids: Iterable[str]) -> dict[str, str]:
    """Ids that print like an earlier one, to that one; a section's ASCII ids cost a look each."""
    keys = list(ids)
    if all(map(str.isascii, keys)):
        return {}
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for key in keys:
        other = first.setdefault(skeleton(key), key)
        if other != key:
            found[key] = other
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", bare(text))


def _script(sign: str) -> str:
    """Latin, Cyrillic or Greek; empty for a letter of another script."""
    if sign.isascii():
        return "LATIN"
    first = name(sign, "").partition(" ")[0]
    return first if first in _SCRIPTS else ""


def _alike(sign: str) -> bool:
    return sign in _CYRILLIC or sign in _GREEK or sign in _LATIN
