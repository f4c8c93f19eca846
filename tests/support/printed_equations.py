"""Printed equations, read and evaluated: numbers, units and gases as `explain` writes them.

    sum      = product (("+" | "−") product)*
    product  = factor (("×" | "÷" | " / ") factor)*
    factor   = number ["%"] [unit] | "(" sum ")" [unit]

Behind a unit may stand the gas that it is of (`kg CO2e of CH4/kWh`), behind a share its blend
(`50 % of R-410A`), behind a GWP its set (`28 (AR5)`).
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from ghgcalc.core.units import UnitError, parse_unit

NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_ENDS = re.compile(r"\)|\s+[×÷+−/](?=\s)")
_SET = re.compile(r"\s*\((?:AR\d|SAR|TAR)\)")
_OF_BLEND = re.compile(r"% of [^\s×÷]+")
_GAS = re.compile(  # ` CO2e of CH4`, ` C`, ` HFC-134a`, behind a unit
    r"\s+(?:CO2e of )?(?:CO2e|CO2_\w+|CO2|CH4\w*|N2O|SF6|NF3|C\d*F\d+|C|(?:HFC|HCFC|PFC|R)-[^\s/]+)"
    r"(?=/|$)"
)
# what methods of Scope 3 count, which is no unit
COUNTED = re.compile(
    r"\b(?:uses?|products?|years?|days?|asked|people|times|sold|packages?|trips?)\b"
)
_SHARE_OF = re.compile(rf"({NUMBER}[^×÷+−]*?) of ({NUMBER}.*)$")
_SPECIAL = {"K": ("K", Fraction(1))}


class Amount(NamedTuple):
    """A value in base units, and the powers of these units."""

    value: Fraction
    powers: tuple[tuple[str, int], ...] = ()

    def times(self, other: Amount, sign: int = 1) -> Amount:
        powers = Counter(dict(self.powers))
        for name, power in other.powers:
            powers[name] += sign * power
        left = tuple(sorted((name, power) for name, power in powers.items() if power))
        return Amount(self.value * other.value**sign, left)


def _is_unit(words: str) -> bool:
    try:
        parse_unit(words)
    except UnitError:
        return False
    return True


def unit_of(text: str) -> Amount:
    """A unit text as an amount; CO2e counts as its mass."""
    words = re.sub(r"[()]|(?<=\d),(?=\d{3})", "", text).strip()
    if COUNTED.fullmatch(words) or (COUNTED.search(words) and not _is_unit(words)):
        words = COUNTED.sub("1", words)
        above, *below = (each.strip() for each in words.split("/"))
        found = Amount(Fraction(1))
        for name, sign in ((above, 1), *((each, -1) for each in below)):
            if name != "1":
                found = found.times(unit_of(name), sign)
        return found
    if words in _SPECIAL:
        name, size = _SPECIAL[words]
        return Amount(size, ((name, 1),))
    unit = parse_unit(words)
    powers: Counter[str] = Counter()
    above, *below = unit.dimension.replace("kgCO2e", "kg").split("/")
    for names, sign in ((above, 1), *((each, -1) for each in below)):
        for name in names.split("·"):
            base, _, power = name.partition("^")
            if base != "1":
                powers[base] += sign * int(power or 1)
    return Amount(unit.size, tuple(sorted((n, p) for n, p in powers.items() if p)))


class Reader:
    """Reads one expression."""

    def __init__(self, text: str) -> None:
        plain = _OF_BLEND.sub("%", _SET.sub("", text)).replace(" of packaging", "").strip()
        plain = plain.replace(")/piece", ") ÷ 1 piece")
        # `240 t of 1,800 t` is a share; what is counted has no unit
        self.text = _SHARE_OF.sub(r"(\1) ÷ (\2)", plain)
        self.at = 0

    def take(self, characters: str) -> str:
        """The next character if it is one of some; else nothing is taken, no space either."""
        match = re.compile(r"\s*(\S)").match(self.text, self.at)
        if match is None or match[1] not in characters:
            return ""
        self.at = match.end()
        return match[1]

    def whole(self) -> Amount:
        found = self.sum()
        assert self.at >= len(self.text), f"`{self.text}` cannot be read at {self.at}"
        return found

    def sum(self) -> Amount:
        found = self.product()
        while sign := self.take("+−"):
            other = self.product()
            assert other.powers == found.powers, f"`{self.text}` adds unlike units"
            found = found._replace(
                value=found.value + (other.value if sign == "+" else -other.value)
            )
        return found

    def product(self) -> Amount:
        found = self.factor()
        while sign := self.take("×÷/"):
            found = found.times(self.factor(), 1 if sign == "×" else -1)
        return found

    def factor(self) -> Amount:
        if self.take("("):
            found = self.sum()
            assert self.take(")"), self.text
            return self.with_unit(found)
        match = re.compile(rf"\s*({NUMBER})").match(self.text, self.at)
        assert match, f"`{self.text}` has no number at {self.at}"
        self.at = match.end()
        found = Amount(Fraction(match[1].replace(",", "")))
        if self.take("%"):
            return found._replace(value=found.value / 100)
        return self.with_unit(found)

    def with_unit(self, found: Amount) -> Amount:
        """A unit reaches to the next operator, or to the bracket that closes around it."""
        match = re.compile(r"\s+(?=[^\s×÷+−/)])").match(self.text, self.at)
        if match is None:
            return found
        end, depth = match.end(), 0
        while end < len(self.text) and not (depth == 0 and _ENDS.match(self.text, end)):
            depth += {"(": 1, ")": -1}.get(self.text[end], 0)
            end += 1
        unit, self.at = self.text[match.end() : end], end
        return found.times(unit_of(_GAS.sub("", unit)))


def evaluate(text: str) -> Amount:
    """The value of an expression."""
    return Reader(text).whole()


def half_digit(text: str) -> Amount:
    """Half a unit of the last printed digit of `number unit`."""
    match = re.match(rf"\s*({NUMBER})(.*)", text)
    assert match, text
    decimals = len(match[1].partition(".")[2])
    half = evaluate(f"1{match[2]}")
    return half._replace(value=abs(half.value) / (2 * 10**decimals))
