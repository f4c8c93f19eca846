"""What to write for a unit text that is not known: a unit of the same size, or nothing.

A hint is typed as it is printed, so it must not change what the number means. Two ways lead to
one. A known unit with a multiplier in front (`dekatherm`, `百万kWh`) is answered with the
multiple. A slip of one sign is answered where every known unit that is one sign away has the same
size and measures the same; a changed digit is no slip (`m2` is not `m3`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import plain
from ghgcalc.core.spelling import nation, one_slip
from ghgcalc.core.unit_sizes import SIZES
from ghgcalc.core.unit_table import ALIASES, AMBIGUOUS, CURRENCIES, NATURAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Kind = tuple[Fraction, str]  # size and dimension


class Instead(NamedTuple):
    """What stands for an unknown unit: `multiple` times the unit `name`; nothing where empty.

    Attributes:
        same: a known unit of that very size, where there is one.
        said: why there is nothing.
    """

    name: str = ""
    multiple: Fraction = Fraction(1)
    same: str = ""
    said: str = ""

    @property
    def text(self) -> str:
        """As a unit text: `10 therm`, `10^6 kWh`, `kWh`."""
        return self.name if self.multiple == 1 else f"{multiple_text(self.multiple)} {self.name}"


OTHERWISE = (
    "see the list of units in docs/format.md, or define your own: `units: {own_drum: 200 L}`"
)
_OWN = "define it under `units:`, where names start with `own_`"
_CASE = "check capital and small letters: m is a thousandth, M a million"
# signs of a text whose slips are answered: shorter ones are too often other units; one doubled
# sign is a slip in shorter ones as well
_LEAST, _LEAST_DOUBLED = 5, 3

_SHORT: dict[str, Fraction] = {
    "T": Fraction(10**12), "G": Fraction(10**9), "M": Fraction(10**6), "k": Fraction(1000),
    "h": Fraction(100), "da": Fraction(10), "d": Fraction(1, 10), "c": Fraction(1, 100),
    "m": Fraction(1, 1000),
}  # fmt: skip
_WORDS: dict[str, Fraction] = {
    "giga": Fraction(10**9), "mega": Fraction(10**6), "kilo": Fraction(1000),
    "hecto": Fraction(100), "deka": Fraction(10), "deca": Fraction(10), "deci": Fraction(1, 10),
    "centi": Fraction(1, 100), "milli": Fraction(1, 1000), "thousand": Fraction(1000),
    "million": Fraction(10**6), "billion": Fraction(10**9),
}  # fmt: skip
_CHINESE: dict[str, Fraction] = {
    "十": Fraction(10), "百": Fraction(100), "千": Fraction(1000), "万": Fraction(10**4),
    "萬": Fraction(10**4), "亿": Fraction(10**8), "億": Fraction(10**8),
}  # fmt: skip
# units that take the prefixes of the SI, and parts of known units that are none of their own
_METRIC = frozenset({
    "J", "Wh", "g", "t", "L", "m", "Pa", "bar", "toe", "tce", "tCO2e", "gCO2e", "Nm3", "tkm",
    "cal_IT", "cal_th", "Btu_IT",
})  # fmt: skip
# a tenth to a thousandth of these is in use; `mt` and `mtoe` mean millions more often
_SMALL = frozenset({"J", "Wh", "g", "L", "m", "Pa", "bar"})
_PARTS: dict[str, tuple[str, Fraction]] = {
    "W": ("kW", Fraction(1, 1000)), "Wp": ("kWp", Fraction(1, 1000)),
    "B": ("GB", Fraction(1, 10**9)),
}  # fmt: skip
# a prefix of a power is raised with it
_POWERS: dict[str, tuple[str, Fraction]] = {
    "dm3": ("L", Fraction(1)), "cm3": ("mL", Fraction(1)), "mm3": ("mL", Fraction(1, 1000)),
    "dm2": ("cm2", Fraction(100)), "mm2": ("cm2", Fraction(1, 100)),
    "hm2": ("ha", Fraction(1)), "km2": ("ha", Fraction(100)),
}  # fmt: skip
_POWERED = frozenset({"m2", "m3", "cm2", "ft2", "ft3"})
# M is a thousand in one trade and a million in the next before these, T a thousand or a billion
_TRADED = frozenset({
    "Sm3", "Nm3", "m3_20C", "scf", "bbl", "lb", "gal_us", "gal_imp", "short_ton",
    "long_ton", "therm", "Btu_59F", "Btu_th", *CURRENCIES,
})  # fmt: skip
# names of the same size that no single word of ours has
_SAID: dict[str, str] = {
    "passenger-mile": "person·mi", "passenger mile": "person·mi", "person-mile": "person·mi",
    "passenger-miles": "person·mi", "passenger miles": "person·mi", "person-miles": "person·mi",
    "vehicle-miles": "vehicle-mile", "vehicle miles": "vehicle-mile",
    "vehicle mile": "vehicle-mile", "vehicle kilometre": "vehicle-km",
    "vehicle kilometres": "vehicle-km", "passenger kilometre": "pkm",
    "passenger kilometres": "pkm", "tonne kilometre": "tkm", "tonne kilometres": "tkm",
}  # fmt: skip
# units of something else that are one sign away from ours
_OTHERS = frozenset({
    "kWth", "MWth", "GWth", "kWel", "MWel", "kgoe", "barg", "mbarg", "kPag", "MPag", "therm_UK",
    "m3_20F", "m3_60C", "barn", "mbarn", "kb", "Mb", "Gb", "Tb",
})  # fmt: skip
_METRIC_TONS = ("mt", "mts", "mtco2", "mtco2e")


def multiple_text(value: Fraction) -> str:
    """A multiple as unit texts take it: `10`, `1000`, `10^4`, `0.1`."""
    power = len(str(value.numerator)) - 1
    if power > 3 and value == 10**power:
        return f"10^{power}"
    return plain(value)


def counting_hint(text: str) -> str:
    """What a sign that counts units is written as, such as 万; "" for anything else."""
    value = Fraction(1)
    for sign in text:
        if sign not in _CHINESE:
            return ""
        value *= _CHINESE[sign]
    shown = multiple_text(value)
    return f"`{text}` counts units: write `{shown} kWh`, `{shown} m3`" if text else ""


def instead(name: str, own: Mapping[str, Kind]) -> Instead:
    """What stands for an unknown unit name; `own` are the company's units."""
    if name in _SAID:
        return Instead(_SAID[name])
    if _flipped(name):
        return Instead(said=_CASE)
    found = list(dict.fromkeys(_multiplied(name)))
    cased = _cased(name)
    if len(found) == 1:
        return _of_one_size(*found[0], cased)
    if found or name in _OTHERS:
        return Instead()
    near = cased or _slipped(name, own)
    return Instead(near, said="" if near else _OWN if name.startswith("own_") else "")


def _of_one_size(multiple: Fraction, name: str, cased: str) -> Instead:
    """The multiple, and a unit of that very size where one is known."""
    size, dimension = _kind(name)
    wanted = (size * multiple, dimension)
    if cased and _kind(cased) == wanted:
        return Instead(cased)
    same = [unit for unit in sorted(NATURAL) if _kind(unit) == wanted]
    return Instead(name, multiple, same[0] if same and multiple != 1 else "")


@cache
def _kind(name: str) -> Kind:
    """Size and dimension of a known unit; a currency is its own."""
    name = ALIASES.get(name, name)
    if name in CURRENCIES:
        return Fraction(1), name
    numerator, denominator, dimension = SIZES[name]
    return Fraction(numerator, denominator), dimension


def _known(text: str) -> str | None:
    name = ALIASES.get(text, text)
    return name if name in NATURAL or name in CURRENCIES else None


def _multiplied(text: str) -> Iterator[tuple[Fraction, str]]:
    """The readings of a text as a multiplier and a known unit; two stand for an open question."""
    level = text.replace("³", "3").replace("²", "2").replace("^", "")
    if level in _POWERS:
        name, multiple = _POWERS[level]
        yield multiple, name
        return
    yield from _short(text)
    lowered = text.lower()
    for word, value in _WORDS.items():
        stem = _known(text[len(word) :].lstrip("- ")) if lowered.startswith(word) else None
        if stem is not None and (stem not in _POWERED or word.endswith(("sand", "lion"))):
            yield value, stem
    yield from _counted_in_chinese(text)


def _short(text: str) -> Iterator[tuple[Fraction, str]]:
    for prefix, value in _SHORT.items():
        stem = text[len(prefix) :] if text.startswith(prefix) else ""
        known = _known(stem)
        if stem in _PARTS and value >= 1000:
            name, part = _PARTS[stem]
            yield value * part, name
        elif known in _POWERED:  # `km3` is a thousand m3 in one trade, 10^9 m3 in the SI
            yield from ((Fraction(1000), known), (Fraction(10**9), known))
        elif known in _TRADED and prefix in ("M", "T", "G"):
            yield from ((Fraction(1000), known), (Fraction(10**6), known))
        elif known is not None and _takes(known, prefix, text):
            yield value, known
    if text.startswith("MM") and _known(text[2:]) in _TRADED:
        yield Fraction(10**6), str(_known(text[2:]))


def _takes(name: str, prefix: str, text: str) -> bool:
    """Whether a prefix stands before a unit with the size that the SI gives it."""
    if name in _METRIC:
        return _SHORT[prefix] > 100 or name in _SMALL or text == "dt"
    return name in _TRADED and prefix == "k"


def _counted_in_chinese(text: str) -> Iterator[tuple[Fraction, str]]:
    value = Fraction(1)
    for place, sign in enumerate(text):
        if sign not in _CHINESE:
            return
        value *= _CHINESE[sign]
        stem = _known(text[place + 1 :].strip())
        if stem is not None:
            yield value, stem


def _flipped(text: str) -> bool:
    """Whether the other case of a leading m is a known unit: `mJ` beside `MJ`, `ML` beside `mL`.

    Such a text may be meant as it stands, or be a slip; a metric ton is written `mt` as well.
    """
    if text.lower() in _METRIC_TONS:
        return True
    if text[:1] not in ("m", "M") or (_known(text[1:]) is None and text[1:] not in _PARTS):
        return False
    return _known(text[0].swapcase() + text[1:]) is not None


def _cased(text: str) -> str:
    """The known unit that differs in capitals alone, where all such have one size."""
    if len(text) < 2 or any(_adds(text, name) for name in _longer(text)):
        return ""
    names = _folded().get(text.casefold(), ())
    if not names or any(name in AMBIGUOUS for name in names):
        return ""
    return ALIASES.get(names[0], names[0]) if _one_kind(map(_kind, names)) else ""


@cache
def _folded() -> dict[str, list[str]]:
    """All names by what they are without capitals."""
    found: dict[str, list[str]] = {}
    for name in (*sorted(NATURAL), *ALIASES, *sorted(CURRENCIES), *AMBIGUOUS):
        found.setdefault(name.casefold(), []).append(name)
    return found


@cache
def _of_length(length: int) -> tuple[str, ...]:
    """All names with so many signs, in a fixed order."""
    names = (*sorted(NATURAL), *ALIASES, *sorted(CURRENCIES), *AMBIGUOUS)
    return tuple(name for name in names if len(name) == length)


def _longer(text: str) -> list[str]:
    """The known units that one more sign makes of a text, and that another case does not."""
    same = {_kind(name) for name in _folded().get(text.casefold(), ()) if _known(name)}
    longer = [name for name in _of_length(len(text) + 1) if _known(name)]
    return [name for name in longer if name not in CURRENCIES and _kind(name) not in same]


def _adds(text: str, name: str) -> bool:
    return any(name[:at] + name[at + 1 :] == text for at in range(len(name)))


def _doubled(text: str) -> bool:
    """Whether a known unit has one sign of the text once that stands there twice."""
    return len(text) > _LEAST_DOUBLED and any(
        one == two and _known(text[:at] + text[at + 1 :])
        for at, (one, two) in enumerate(pairwise(text))
    )


def _slipped(text: str, own: Mapping[str, Kind]) -> str:
    """The known unit that is one slip away, where all such have one size."""
    if not text.isascii() or (len(text) < _LEAST and not _doubled(text)):
        return ""
    if any(_known(text[place:]) for place in (1, 2)):
        return ""  # what stands before a known unit counts it: `TkWh`
    around = (name for step in (-1, 0, 1) for name in _of_length(len(text) + step))
    names = [name for name in (*own, *around) if one_slip(text, name)]
    if nation(text):  # a UK measure is no slip of a US one, nor of one of no nation
        names = [name for name in names if nation(name) == nation(text)]
    if any(name in AMBIGUOUS or name in CURRENCIES for name in names):
        return ""
    kinds = [own[name] if name in own else _kind(name) for name in names]
    return ALIASES.get(names[0], names[0]) if names and _one_kind(kinds) else ""


def _one_kind(kinds: Iterable[Kind]) -> bool:
    return len(set(kinds)) == 1
