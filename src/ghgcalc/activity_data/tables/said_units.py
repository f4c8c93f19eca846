"""The unit or scale that a line beside a table states for all of it: `Alle Angaben in Tsd. kWh`.

A line is read only where it says so: after a word for units (`Units: MWh`, `单位：万千瓦时`), after
`in` (`Valeurs en milliers de kWh`), or in brackets at its end (`Consumption (MWh)`). One that
states several units says so of all of them (`MWh and EUR`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.activity_data.tables.said_pairs import is_money, pair_in
from ghgcalc.company.table_units import POWER
from ghgcalc.core.text.scripts import composed, narrow
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST: Final = 200
_SCALES: Final[tuple[tuple[int, str], ...]] = (
    (10**3, r"tsd\.?|tausend|thousands?|'?000'?s?|1[.,'’ \u00a0\u202f]?000s?|milliers?|milhares|"
            r"miles|mil|migliaia|duizend(?:en)?|duizendtallen|tys\.?|tysiąc(?:e|ach)|tusen|"
            r"nghìn|ngàn|千|천|10\s?\^\s?3|10³"),
    (10**4, r"10[.,'’ \u00a0\u202f]?000|万|萬|만|10\s?\^\s?4|10⁴"),
    (10**5, r"lakhs?|100[.,'’ ]?000|10\s?\^\s?5"),
    (10**6, r"mio\.?|mill\.?|millions?|millionen|milioni|millones|milhões|miljoen(?:en)?|mln\.?|"
            r"milion(?:y|ach)|triệu|百万|1[.,'’ ]?000[.,'’ ]?000|10\s?\^\s?6|10⁶"),
    (10**7, r"crores?"),
    (10**8, r"亿|億|억"),
    (10**9, r"mrd\.?|milliarden|milliards?|miliard(?:y|ach)|10\s?\^\s?9"),
)  # fmt: skip
_OF: Final = r"(?:\s?(?:of|de|d['’]|di|van|von)\s?)?"
_FORMS: Final = tuple(
    (number, re.compile(rf"(?i)(?:{words}){_OF}\s*[x×]?\s*(?P<unit>\D.*)?"))
    for number, words in _SCALES
)
_BEHIND: Final = tuple(
    (number, re.compile(rf"(?i)(?P<unit>[^\s].*?)\s*[x×✕*]\s*(?:{words})"))
    for number, words in _SCALES
)
_CURRENCY: Final = re.compile(r"[Tk]\s?(EUR|CHF|USD|GBP|PLN|CZK|SEK|NOK|DKK)|T(€)")
_LABEL: Final = re.compile(
    r"(?i)(?:(?<!\w)(?:units?(?: of measure(?:ment)?)?|uom|(?:maß|mengen|mess)?einheit(?:en)?|"
    r"unités?|unidad(?:es)?|unidades?|unità|eenheid|eenheden|jednostk[ai]|enhet(?:er)?|enheder|"
    r"đơn vị(?: tính)?|đvt)(?!\w)|单位|單位|単位|단위)\s*(?P<sign>[:=为為是])?\s*(?P<said>.+)"
)
_IN: Final = re.compile(
    r"(?i)(?:^|(?<=\s)|(?<=[(\[]))(?:in|en|em|i|w|v|tính bằng)\s+(?P<said>\S.*)"
)
_ALL: Final = re.compile(
    r"(?i)(?<!\w)(?:all(?:e|es|er)?|every|values?|figures?|numbers?|data|amounts?|quantities|"
    r"werte?|angaben|zahlen|mengen|daten|toutes|tous|valeurs?|données|quantités|chiffres|todos|"
    r"todas|valores|datos|cantidades|dados|tutti|tutte|valori|dati|quantità|waarden|cijfers|"
    r"gegevens|wartości|dane|ilości|värden|số liệu|giá trị)(?!\w)|数据|数值|全部|所有"
)
_END: Final = re.compile(
    r"(?i)[,;.)\]](?:\s|$)|\s[(\[–—|-]|"
    r"\s(?:unless|except|if|by|for|sofern|soweit|falls|für|nach|sauf|pour|salvo|tenzij|chyba)\s"
)
_GROUPED: Final = re.compile(r"10{0,2}[.,'’ ]000")
_COUNTED: Final = re.compile(r"^\d[\d_.]*\s*(?=\D)")
_MOST_CELLS: Final = 6
ENERGY: Final = "J"
_MINUTE: Final = 60  # seconds
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")


class SaidUnit(NamedTuple):
    """What a line states.

    Attributes:
        text: the words of the line that state it.
        unit: a unit that is read, such as `1000 kWh`; "" where a scale alone is stated.
        scale: the number that a word or figure beside the unit counts; else 1.
        every: whether the line speaks of all values, or of the unit by this word.
        others: further units that the line states, none of money.
        money: whether it states money beside them.
    """

    text: str
    unit: str
    scale: int
    every: bool
    others: tuple[str, ...] = ()
    money: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        """All that is stated but money."""
        return (self.unit, *self.others) if self.unit else ()

    def nearest(self, unit: str) -> str:
        """The one of the dimension of a unit, else the first."""
        same = parse_unit(unit).dimension
        found = (each for each in self.units if parse_unit(each).dimension == same)
        return next(found, self.unit)


class Said(NamedTuple):
    """A row beside a table, by name, and what it states."""

    where: str
    said: SaidUnit


def contradicts(said: SaidUnit, unit: str) -> bool:
    """Whether a line states another size of a unit, or a scale that it does not have."""
    ours = parse_unit(unit)
    if not said.unit:
        return unit_without_count(ours.text) == ours.text
    same = [each for each in map(parse_unit, said.units) if each.dimension == ours.dimension]
    return bool(same) and all(each.size != ours.size for each in same)


def of_another_kind(said: SaidUnit, unit: str) -> bool:
    """Whether a line about all values states units of other dimensions, and no money for money.

    A count of energy, such as 0.5 Wh, is a power in W over a part of an hour.
    """
    if not said.every or not said.units or (said.money and is_money(unit)):
        return False
    ours = parse_unit(unit)
    for theirs in map(parse_unit, said.units):
        counted = theirs.dimension == POWER and unit_without_count(unit) != unit
        over = ours.dimension == ENERGY and _MINUTE <= ours.size / theirs.size <= 60 * _MINUTE
        if theirs.dimension == ours.dimension or (counted and over):
            return False
    return True


def unit_without_count(text: str) -> str:
    """A unit without the figure that counts it: `40 kWh` counts kWh."""
    return _COUNTED.sub("", text, count=1)


def said_in(cells: Sequence[str]) -> SaidUnit | None:
    """What a row beside a table states; None where it states nothing.

    In a row of several cells only a word for units or for all values tells it from headings.
    """
    filled = [text for cell in cells if (text := cell.strip())]
    if len(filled) == 1:
        return said_unit(filled[0])
    if not filled or len(filled) > _MOST_CELLS:
        return None
    if _cut(filled):
        return said_unit("; ".join(filled))
    if len({unit for text in filled if (unit := _known(text)) is not None}) > 1:
        return None  # the units of columns
    tries = [*filled, *(f"{one} {other}" for one, other in pairwise(filled))]
    found = (said_unit(text) for text in tries if _LABEL.search(text) or _ALL.search(text))
    return next(filter(None, found), None)


def _cut(cells: Sequence[str]) -> bool:
    """Whether some cells are one bracket, cut at its sign: `(MWh; EUR)`."""
    text = narrow("".join(cells))
    return text[0] in "([" and text[-1] in ")]" and not set(text[:-1]) & set(")]")


def is_unit_row(cells: Sequence[str]) -> bool:
    """Whether cells are a bracket of units, or one is `单位：万千瓦时`: no headings."""
    if len(cells) > 1 and _cut(cells):
        return said_in(cells) is not None
    lines = (" ".join(narrow(composed(cell)).split()) for cell in cells)
    labels = ((line, _LABEL.search(line)) for line in lines)
    return any(label and label["sign"] and said_unit(line) for line, label in labels)


@lru_cache(maxsize=512)
def said_unit(line: str) -> SaidUnit | None:
    """What a line states as the unit or scale of a table; None of other lines."""
    line = " ".join(narrow(composed(line)).split())
    if not line or len(line) > _LONGEST:
        return None
    label = _LABEL.search(line)
    several = _several(line)
    if several is not None:
        return several
    if label is not None:
        return _first(label["said"], every=True, short=bool(label["sign"]))
    every = bool(_ALL.search(line))
    for found in _IN.finditer(line):
        said = _first(found["said"], every=every)
        if said is not None:
            return said
    bracket = _BRACKETS.search(line)
    if bracket is not None:
        return _read(bracket[1].strip(), every=every)
    alone = line.strip("()[] ")
    said = _read(alone, every=True)
    if said is not None:
        return said if said.unit else None
    return _tail(line) if every else None


def _several(line: str) -> SaidUnit | None:
    """What a line of several units states: the one that is no money, else all of them."""
    every = bool(_LABEL.search(line) or _ALL.search(line))

    def read(text: str) -> str | None:
        found = _read(text, every=every, short=every)
        return None if found is None else found.unit

    pair = pair_in(line, read)
    if pair is None:
        return None
    bare = line.startswith(tuple(f"{sign}{pair.texts[0]}" for sign in ("", "(", "[")))
    text, (first, *others) = ", ".join(pair.texts), pair.units
    return SaidUnit(text, first, 1, every or bare, tuple(others), pair.money)


def _first(said: str, *, every: bool, short: bool = False) -> SaidUnit | None:
    """The longest beginning of a text, up to a sign or a word that ends it, that is a unit."""
    ends = [found.start() for found in _END.finditer(said)]
    for end in [len(said), *reversed(ends)]:
        text = said[:end].strip().rstrip(".)]") if end else ""
        found = _read(said[:end].strip(), every=every, short=short)
        found = found or _read(text, every=every, short=short)
        if found is not None:
            return found
    return None


def _tail(line: str) -> SaidUnit | None:
    """`Werte: kWh × 1000`: what stands behind the last colon of a line about all values."""
    _, colon, rest = line.rpartition(":")
    return _read(rest.strip(), every=True) if colon else None


def _read(text: str, *, every: bool, short: bool = False) -> SaidUnit | None:
    if not text or "/" in text or (len(text) < 2 and not (short or every) and text.isascii()):
        return None
    whole = None if _GROUPED.match(text) else _known(text)  # `1.000 kWh` counts in thousands here
    if whole is not None:
        return SaidUnit(text, whole, 1, every)
    number, unit = _scaled(text)
    if number == 1 or (not unit and not re.search(r"[^\W\d]", text)):
        return None
    return SaidUnit(text, f"{number} {unit}" if unit else "", number, every)


def _scaled(text: str) -> tuple[int, str]:
    """A number that counts and the unit that it counts, "" for none; 1 where nothing counts."""
    currency = _CURRENCY.fullmatch(text)
    if currency is not None:
        return 1000, currency[1] or "EUR"
    for number, form in (*_FORMS, *_BEHIND):
        found = form.fullmatch(text)
        rest = (found["unit"] or "").strip() if found is not None else ""
        unit = _known(rest) if rest else ""
        if found is not None and unit is not None:
            return number, unit
    return 1, ""


_COUNTS: Final = frozenset({"s", "night", "person", "piece"})


def _known(text: str) -> str | None:
    """A unit that a table may be in, as it is read: `Kwh` is `kwh`; no length of time, no count."""
    for each in (text, text.lower()):
        try:
            found = parse_unit(each)
        except UnitError:
            continue
        return None if found.dimension in _COUNTS else each
    return None
