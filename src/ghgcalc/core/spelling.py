"""Known names near a mistyped one: only those whose adoption is a mended slip.

A hint is typed as it is printed. A near name of another thing (`plant-2` for `plant-1`, `AR4` for
`AR3`, `Verbrauch MWh` for `Verbrauch kWh`) gives a wrong number without a word, so a name is
offered where it differs by slips of the pen alone, and where no other known name is as near.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DOUBLE = re.compile(r"([^\W\d_])\1+")
_WORD = re.compile(r"[\W_]+")
_LONGEST = 200  # signs; what is longer is no name that somebody mistyped
_MOST_NAMES = 2_000  # beyond it a look at each, for each finding, takes minutes
_SLIPS_FROM = ((4, 1), (8, 2))  # signs of a word, and the slips that it may hold
_LOOKALIKE = frozenset({("0", "O"), ("0", "o"), ("1", "l"), ("1", "I")})

# the word of a nation is another unit, grid or table, not a slip: a UK gallon is 1.2 US gallons
_NATIONS = {
    "us": "US", "usa": "US", "american": "US", "uk": "UK", "imp": "UK", "imperial": "UK",
    "british": "UK", "english": "UK", "canadian": "CA",
}  # fmt: skip
_GLUED = re.compile(r"^(usa?|uk|imp)(?=gal|ton)|(?<=gal|ton|lon)s?(usa?|uk|imp)$")


@lru_cache(maxsize=1 << 12)
def nation(text: str) -> str:
    """The nation whose measure or thing a text names (`UK gal`, `gal_us`); empty for none."""
    words = _WORD.split(text.casefold().replace(".", ""))
    for word in words:
        glued = _GLUED.search(word)
        said = (glued[1] or glued[2]) if glued else word
        if said in _NATIONS:
            return _NATIONS[said]
    return ""


def _of_another(text: str, name: str) -> bool:
    """Whether a name drops or changes the nation that a text names, also at the front of a word."""
    if nation(text):
        return nation(text) != nation(name)
    pairs = zip(_words(text), _words(name), strict=False)
    return any({one[:2], two[:2]} == {"us", "uk"} for one, two in pairs)


def one_slip(text: str, name: str) -> bool:
    """Whether one sign left out, added, changed, or two exchanged make `name` of `text`.

    A digit stands for itself: it is none of these signs, but for `0` and `1` written for letters.
    """
    if text == name or abs(len(text) - len(name)) > 1:
        return False
    short, long = sorted((text, name), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    one, two = short[start:], long[start:]
    if len(short) == len(long):
        fits = one[1:] == two[1:] or (one[1::-1] == two[:2] and one[2:] == two[2:])
    else:
        fits = one == two[1:]
    return fits and (_digits(text) == _digits(name) or _lookalike(text, name))


def slips(text: str, name: str, most: int = 2) -> int | None:
    """How many slips lead from `text` to `name`; None for more than `most`."""
    if abs(len(text) - len(name)) > most:
        return None
    if _digits(text) != _digits(name) and not _lookalike(text, name):
        return None
    before: list[int] = []
    row = list(range(len(name) + 1))
    for place, sign in enumerate(text, 1):
        last, row = row, [place]
        for other, wanted in enumerate(name, 1):
            cost = min(last[other] + 1, row[other - 1] + 1, last[other - 1] + (sign != wanted))
            swapped = place > 1 and other > 1 and sign == name[other - 2]
            if swapped and text[place - 2] == wanted:
                cost = min(cost, before[other - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def nearest(text: str, known: Iterable[str], *, headings: bool = False) -> str | None:
    """The one known name that a text is a slip of; None where there is none, or more than one.

    Capitals and the signs between words do not count, a word cut short does not either
    (`equity` for `equity_share`), where one name alone fits. Digits are never mended. `headings`
    of tables may hold units, whose short words are not mended either.
    """
    known = known if isinstance(known, Collection) else list(known)
    if len(text) > _LONGEST or len(known) > _MOST_NAMES:
        return None
    names = [name for name in dict.fromkeys(known) if not _of_another(text, name)]
    wanted = _words(text)
    for fits in (_same, _doubled, _begun, _misspelt):
        found = [name for name in names if fits(wanted, _words(name))]
        if found:
            return found[0] if len(found) == 1 else None
    found = [] if headings else [name for name in names if _short_misspelt(wanted, _words(name))]
    return found[0] if len(found) == 1 else None


def _same(text: list[str], name: list[str]) -> bool:
    return "".join(text) == "".join(name) != ""


def _doubled(text: list[str], name: list[str]) -> bool:
    return _DOUBLE.sub(r"\1", " ".join(text)) == _DOUBLE.sub(r"\1", " ".join(name)) != ""


def _begun(text: list[str], name: list[str]) -> bool:
    return 0 < len(text) < len(name) and name[: len(text)] == text and len("".join(text)) > 3


def _misspelt(text: list[str], name: list[str]) -> bool:
    """Whether each word is the name's own, with slips."""
    if len(text) != len(name):
        one, two = "".join(text), "".join(name)
        return bool(one and two) and slips(one, two, _allowed(two)) is not None
    return bool(text) and all(
        one == two or slips(one, two, _allowed(two)) is not None
        for one, two in zip(text, name, strict=True)
    )


def _short_misspelt(text: list[str], name: list[str]) -> bool:
    """Whether the last letter of one short word is another, as in `natural_gaz`."""
    pairs = [pair for pair in zip(text, name, strict=False) if pair[0] != pair[1]]
    if len(text) != len(name) or len(pairs) != 1 or len("".join(name)) < 2 * _SLIPS_FROM[0][0]:
        return False
    ((one, two),) = pairs
    return len(one) == len(two) == 3 and one[:-1] == two[:-1] and (one + two).isalpha()


def _allowed(word: str) -> int:
    """Slips that a word may hold; a word with digits is a number's or a formula's, and has none."""
    if any(sign.isdigit() for sign in word):
        return 0
    return max((most for length, most in _SLIPS_FROM if len(word) >= length), default=0)


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> list[str]:
    return [word for word in _WORD.split(text.casefold()) if word]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _lookalike(text: str, name: str) -> bool:
    """Whether the only digit that differs was written for a letter: `tC02e` for `tCO2e`."""
    if len(text) != len(name):
        return False
    other = [pair for pair in zip(text, name, strict=True) if pair[0] != pair[1]]
    return len(other) == 1 and other[0] in _LOOKALIKE
