"""Lines that state several units at once: `All figures in MWh and EUR`, `单位：万千瓦时、元`.

One of energy beside those of money is that of the quantities; of several others nothing is chosen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.company.cell_words import CURRENCY_SIGNS
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable

_BETWEEN: Final = re.compile(
    r"\s*[、;|&]\s*|\s*,(?!\d)\s*|\s*(?P<slash>/)\s*|\s*(?:和|及|与)\s*|\s+(?=[^\s:]+:\s*\S)|"
    r"(?i:\s+(?:and|und|et|y|e|en|i|oder|or|ou|bzw\.?|resp\.?|sowie|và)\s+)"
)
_HEAD: Final = re.compile(
    r"(?i)^.*(?:[:=(\[]|单位[为為是]?|(?:^|\s)(?:in|en|em|w|v|tính bằng)\s)\s*"
)
_NUMBER: Final = re.compile(r"\d")
_COUNT: Final = re.compile(r"1[0.,'’\s]*0\s*(?=\D)")
_SIGNS: Final = "|".join(map(re.escape, CURRENCY_SIGNS))
_MONEY: Final = re.compile(
    rf"(?i)(?:k|t|tsd\.?|mio\.?|千|万|百万)?\s?(?:{_SIGNS}|ct|cents?|euros?|dollars?|đồng|vnđ)"
)


class Pair(NamedTuple):
    """What a line of several units states.

    Attributes:
        texts: those that are no money, as written, each once.
        units: the same as they are read.
        money: whether money is stated beside them.
    """

    texts: tuple[str, ...]
    units: tuple[str, ...]
    money: bool


class _Part(NamedTuple):
    text: str
    unit: str  # "" of money
    labelled: bool


def pair_in(line: str, read: Callable[[str], str | None]) -> Pair | None:
    """The units of a line that states two or more; None of others, and of a rate (`EUR/MWh`).

    Args:
        line: with narrow signs and single blanks.
        read: makes a unit of a text.
    """
    parts = [*_parts(line, read)]
    if len(parts) < 2:
        return None
    units = {part.unit: part.text for part in parts if part.unit}
    if not units:
        return None
    return Pair(tuple(units.values()), tuple(units), any(not part.unit for part in parts))


def is_money(unit: str) -> bool:
    """Whether a unit is one of money."""
    try:
        return parse_unit(unit).dimension in CURRENCIES
    except UnitError:
        return False


def _parts(line: str, read: Callable[[str], str | None]) -> list[_Part]:
    """The first stretch of units that follow each other; none where a slash makes them a rate."""
    parts: list[_Part] = []
    start, slash = 0, False
    for found in [*_BETWEEN.finditer(line), None]:
        text = line[start : found.start() if found else len(line)]
        part = _part(text, read)
        if part is None and len(parts) > 1:
            break
        if part is None:
            parts = []
        else:
            if slash and parts and _is_rate(parts[-1], part):
                return []
            parts.append(part)
        if found is not None:
            start, slash = found.end(), bool(found["slash"])
    return parts


def _is_rate(upper: _Part, lower: _Part) -> bool:
    """`EUR/MWh` and `kWh/m3`, not `万千瓦时/元` and `Electricity: MWh / Cost: EUR`."""
    return not lower.labelled and (bool(lower.unit) or not upper.unit)


def _part(text: str, read: Callable[[str], str | None]) -> _Part | None:
    bare = text.strip(" ()[].")
    behind = _HEAD.sub("", bare)
    for each in dict.fromkeys((bare, behind.strip(" ()[]."))):
        if _MONEY.fullmatch(each):
            return _Part(each, "", each != bare)
        if not each or (_NUMBER.match(each) and not _COUNT.match(each)):
            continue
        unit = read(each)
        if unit:
            return _Part(each, "" if is_money(unit) else unit, each != bare)
    return None
