"""What a file says of multipliers: `Index (x40)`, a column of factors, a line above the headings.

A quantity that is not multiplied by them yet is too small by so much. Whether it is, only the
reader knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.activity_data.tables.looking.shape import unit_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_NUMBER = r"[0-9](?:[0-9.,'’]*[0-9])?"
_TIMES = (rf"(?:(?<![\w.,/])x|[×✕*])\s?(?P<behind>{_NUMBER})(?![\w])|"
          rf"(?<![\w.,/])(?P<before>{_NUMBER})\s?[x×✕*](?!\w)|(?P<cn>{_NUMBER})\s?倍|"
          r"(?<![\w.,])(?P<power>10\s?\^\s?-?[0-9]|10[⁻²³⁴⁵⁶⁷⁸⁹]+|1e[+-]?[0-9])(?!\w)")  # fmt: skip
_WORDS = (
    r"multipl(?:ier|y|ied|ic|ik|o\b)\w*|moltiplic\w*|vermenigvuldig\w*|mnożn\w*|mnozn\w*|"
    r"\w*faktor(?:en)?\b|\w*factors?\b|\bk\s?=|\bm\.?f\b\.?|facteur|fattore|\bfator|\w*wandler\w*|\bratio|"
    r"coef\w*|koeff\w*|współczynnik|umrechnung\w*|\bkonstante|\w*zählerkonstante|"
    r"meter constant|pulse (?:value|weight)|impulswert\w*|\bct\b(?!/)|"
    r"倍率|倍数|乘率|乗率|变比|變比|互感|hệ số(?: nhân)?"
)
# factors that no amount of energy is multiplied by, or that make other units of it
_OTHERS = re.compile(
    r"(?i)power.?fact|load.?fact|fact\w* de p(uissance|otencia)|leistungsf|lastf|emission|emisi|"
    r"émission|co2|cos\s?φ|brennwert|zustand|calorific|calorífico|loss|verlust|temp|hdd|cdd|"
    r"degree|percent|%|price|preis|prix|precio|capacity|performance|功率因|công suất|排放|\bct\s*/|"
    r"\(ct\)"
)
_SIGNED = re.compile(rf"(?i){_TIMES}")
_WORDED = re.compile(
    rf"(?i)(?:{_WORDS})[^0-9\n]{{0,14}}?(?P<number>{_NUMBER}(?:\s?[/:]\s?{_NUMBER})?)"
)
_NAMES = re.compile(rf"(?i)(?:{_WORDS})")
_BRACKETED = re.compile(rf"(?i)[(\[]\s?(?:[x×✕*]\s?{_NUMBER}|{_NUMBER}\s?[x×✕*])\s?[)\]]")
_ONE: Final = re.compile(r"0*1([.,]0{1,2})?")
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FACTOR = re.compile(rf"(?i)[x×✕*]?\s?({_NUMBER})(\s?[/:]\s?{_NUMBER})?\s?[x×✕*]?")


class Multiple(NamedTuple):
    """A multiplier: where the file speaks of it, its words, and the column where it is a whole one.

    `number` is what a unit or a meter may be multiplied by, "" where it is not one number.
    """

    where: str
    words: str
    number: str = ""
    column: Column | None = None


def multiplies(name: str) -> bool:
    """Whether a heading is a word for what amounts are multiplied by."""
    return bool(_NAMES.search(name)) and not _OTHERS.search(name)


def multiplier_in(text: str) -> tuple[str, str]:
    """The words of a multiplier other than 1 in a text and its number; empty where none is."""
    found = None if _OTHERS.search(text) else _WORDED.search(text)
    number = found["number"] if found else ""
    if found is None:
        found = _SIGNED.search(text)
        number = next((part for part in found.groups() if part), "") if found else ""
    if found is None or _ONE.fullmatch(number):
        return "", ""
    return found[0].strip(), number


def without_multiplier(name: str) -> str:
    """A heading without what it says of a multiplier; the whole where nothing else is there."""
    words, _ = multiplier_in(name)
    rest = name.replace(words, " ") if words else name
    return rest if re.search(r"\w", rest) else name


def multiples_of(
    columns: Sequence[Column], places: Sequence[Column], beside: Sequence[tuple[str, str]]
) -> tuple[Multiple, ...]:
    """The multipliers of quantities that a file speaks of.

    Args:
        columns: those that may hold factors, or names with one.
        places: those of quantities.
        beside: lines above the headings and below the rows, each with where it stands.
    """
    found = [_of_column(column) for column in columns if column not in places]
    found += [_said(f"`{c.name}`", c.name) or _beside_unit(c.name) for c in places]
    found += [_said(where, text) for where, text in beside if not _signs_alone(text)]
    for column in columns:
        if column.kind in ("text", "id") and column not in places and not multiplies(column.name):
            texts = dict.fromkeys(text for _, text in column.cells)
            told = (_said(f"`{text}` of `{column.name}`", text) for text in texts
                    if not _signs_alone(text))  # fmt: skip
            found.append(next((each for each in told if each is not None), None))
    return tuple(each for each in found if each is not None)


def _signs_alone(text: str) -> bool:
    """Whether a text multiplies by signs within other words at most: `2 x 400 kVA`."""
    return not (_BRACKETED.search(text) or (_WORDED.search(text) and not _OTHERS.search(text)))


def _said(where: str, text: str) -> Multiple | None:
    words, number = multiplier_in(text)
    if words in (unit_in(text) or ""):  # `(10^3 kWh)` is a unit as it stands
        return None
    return Multiple(where, words, number if _plain(number) else "") if words else None


def _beside_unit(name: str) -> Multiple | None:
    """A number next to the unit of a heading (`100s kWh`, `kWh/10`), or a word without its number.

    Of one digit it is a name, such as that of a tariff, of four perhaps a year.
    """
    unit = unit_in(name)
    if unit is not None and not unit[0].isdigit():
        text = re.escape(unit)
        found = re.search(rf"(?<![\w.,:-])({_NUMBER})s?[\s(\[]*{text}(?!\w)|"
                          rf"(?<!\w){text}[\s)\]]*[/@:eE]\s?({_NUMBER})(?!\w)", name)  # fmt: skip
        number = next((part for part in found.groups() if part), "") if found else ""
        if found and (len(number) > 1 or found[2]) and not _A_YEAR.fullmatch(number):
            return Multiple(f"`{name}`", found[0].strip(), "")
    word = _NAMES.search(name)
    return Multiple(f"`{name}`", word[0]) if word and multiplies(name) else None


def _of_column(column: Column) -> Multiple | None:
    """A column of factors, one of which is not 1."""
    if column.kind not in ("number", "text", "id") or not multiplies(column.name):
        return None
    texts = [*dict.fromkeys(text for _, text in column.cells)]
    known = [match for text in texts if (match := _FACTOR.fullmatch(text))]
    if not known or len(known) * 2 < len(texts) or all(_ONE.fullmatch(m[1]) and not m[2]
                                                       for m in known):  # fmt: skip
        return None
    number = known[0][1] if len(texts) == 1 and not known[0][2] and _plain(known[0][1]) else ""
    return Multiple(f"`{column.name}`", column.name, number, column)


def _plain(number: str) -> bool:
    """Whether a number is read in one way only."""
    return bool(re.fullmatch(r"[0-9]+|[0-9]+\.[0-9]{1,2}|0\.[0-9]+", number))
