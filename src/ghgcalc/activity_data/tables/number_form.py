"""How the cells of a table write numbers: the steps that bring a cell to plain digits.

Each step is one pattern and what is kept of it, in words that Python and the engines read alike, so
that a hint judges a cell exactly as the engine does. Nothing is guessed: a text that no step knows
stays as it is, and is then refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS
from ghgcalc.activity_data.tables.words import is_unit
from ghgcalc.core.numbers import MAX_INTEGER_DIGITS

if TYPE_CHECKING:
    from ghgcalc.company.read import Read

BLANKS = " \u00a0\u202f\u2009\u3000"  # what separates a number from its word
MINUS = "\u2212"
MOST_DIGITS = 60  # decimals of a cell that `decimals:` rounds
PERCENT_DECIMALS = 2  # a percentage has two decimals more than its cell shows
_BLANK = f"[{BLANKS}]*"
_SIGNS_OF = {"'": "['\u2019]", " ": f"[{BLANKS}]"}  # the typographic apostrophe; any blank


class Step(NamedTuple):
    """What a text that matches becomes; `${1}` is the first group."""

    pattern: str
    kept: str

    def __call__(self, text: str) -> str:
        """The text after the step."""
        return re.sub(self.pattern, self.kept.replace("${", r"\g<").replace("}", ">"), text)


class Word(NamedTuple):
    """A step that takes a word away; `groups` are those that may hold the word."""

    pattern: str
    kept: str
    groups: tuple[int, ...]


@dataclass(frozen=True)
class NumberForm:
    """The signs of a table's numbers; attributes as of `read:`."""

    decimal: str = "."
    thousands: str | None = None
    indian: bool = False
    signs: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    percent: bool = False
    decimals: int | None = None
    exponents: bool = False

    @property
    def changes(self) -> bool:
        """Whether a cell may hold more than its digits."""
        return bool(self.steps) or self.grouped is not None or self.exponents

    @cached_property
    def exponent(self) -> str:
        """The pattern of a number with a power of ten: sign, digits, decimals, power, `%`."""
        point = re.escape(self.decimal)
        whole = rf"([0-9]{{1,40}})(?:{point}([0-9]{{1,40}}))?"
        bare = rf"{point}([0-9]{{1,40}})"
        return rf"^([+\-]?)(?:{whole}|{bare})[eE]([+\-]?[0-9]{{1,2}})(%?)$"

    def in_full(self, text: str) -> str:
        """A number with a power of ten in all its digits; any other text as it is."""
        match = re.fullmatch(self.exponent, text) if self.exponents else None
        if match is None:
            return text
        sign, whole, part, bare, power, percent = match.groups(default="")
        size = Decimal(f"{whole or 0}.{part or bare or 0}").as_tuple()
        assert isinstance(size.exponent, int)
        shifted = Decimal((0, size.digits, size.exponent + int(power)))
        return f"{sign}{shifted:f}".replace(".", self.decimal) + percent

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What is done to a cell before its digits are read, in this order; `%` goes to its end."""
        made = [Step(MINUS, "-")] if "minus_sign" in self.negative else []
        made += [Step(word.pattern, word.kept) for word in self.words]
        if self.percent:
            made.append(
                Step(rf"^([^%]*[0-9)\-]){_BLANK}%{_BLANK}(\)?){_BLANK}(-?)$", "${1}${2}${3}%")
            )
        inside = rf"[0-9{re.escape(self.decimal)}][^()+\-]*?"
        if "parentheses" in self.negative:
            made.append(Step(rf"^\({_BLANK}({inside}){_BLANK}\)(%?)$", "-${1}${2}"))
        if "trailing_minus" in self.negative:
            made.append(Step(rf"^({inside}){_BLANK}-(%?)$", "-${1}${2}"))
        return tuple(made)

    @cached_property
    def texts(self) -> list[str]:
        """The words, the longest first."""
        return sorted((sign.strip() for sign in self.signs), key=lambda text: (-len(text), text))

    @property
    def simple(self) -> str | None:
        """The pattern of plain digits, in groups or not, with one word behind them."""
        if not self.signs:
            return None
        between = f"{self.group_sign}?" if self.thousands else ""
        point = re.escape(self.decimal)
        digits = rf"(?:[0-9]{between})*[0-9](?:{point}[0-9]+)?"
        return rf"^[+\-]?{digits}{_BLANK}(?:{_any(self.texts)})$"

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The steps that take a word away: one before the number, one behind it."""
        if not self.signs:
            return ()
        texts = self.texts
        point = re.escape(self.decimal)
        open_ended = [text for text in texts if not (text[-1].isalnum() or text[-1] == ".")]
        with_digit = [text for text in texts if text[-1].isdigit()]
        lettered = [text for text in texts if text not in open_ended and text not in with_digit]
        # after a word with letters a bare decimal sign may belong to the word: `Rs.500`, `kr .5`;
        # a unit has none, and `Rs.` has its own: `kWh .07`, `Rs. .5`
        units = [text for text in (*lettered, *with_digit)
                 if is_unit(text) or text[-1] == self.decimal]  # fmt: skip
        kinds = (
            (open_ended, _BLANK, rf"[0-9{point}]"),
            (lettered, _BLANK, "[0-9]"),
            (with_digit, f"[{BLANKS}]+", "[0-9]"),
            (units, f"[{BLANKS}]+", f"{point}[0-9]"),
        )
        before = [
            rf"({_any(of)}){between}([+\-]?{first}.*|\(.*)" for of, between, first in kinds if of
        ]
        groups = tuple(range(2, 2 + 2 * len(before), 2))
        kept = "${1}" + "".join(f"${{{group + 1}}}" for group in groups)
        return (
            Word(rf"^([+\-]?\(?{_BLANK})(?:{'|'.join(before)})$", kept, groups),
            Word(rf"^(.*[0-9)\-]){_BLANK}({_any(texts)})(\)?-?)$", "${1}${3}", (2,)),
        )

    @cached_property
    def grouped(self) -> str | None:
        """The pattern of a number in groups of digits; None where no sign stands between them."""
        if self.thousands is None:
            return None
        sign, point = self.group_sign, re.escape(self.decimal)
        groups = (
            rf"[1-9][0-9]?(?:{sign}[0-9]{{2}})*{sign}[0-9]{{3}}"
            if self.indian
            else rf"[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+"
        )
        return rf"^[+\-]?{groups}(?:{point}[0-9]+)?%?$"

    @property
    def group_sign(self) -> str:
        """The pattern of the sign between groups of digits."""
        thousands = self.thousands or ""
        return _SIGNS_OF.get(thousands) or re.escape(thousands)

    def exact(self, decimals: int) -> str:
        """The pattern of plain digits with so many decimals at most, zeros at the end aside."""
        return self._digits(f"{{1,{MAX_INTEGER_DIGITS}}}", f"{{1,{decimals}}}")

    @property
    def number(self) -> str:
        """The pattern of plain digits of any length."""
        return self._digits("+", "+")

    @property
    def long(self) -> str:
        """The pattern of digits that `decimals:` rounds: sign, whole part, decimals."""
        point = re.escape(self.decimal)
        return (
            rf"^([+\-]?)((?:0*[0-9]{{1,{MAX_INTEGER_DIGITS}}})?){point}([0-9]{{1,{MOST_DIGITS}}})$"
        )

    def _digits(self, whole: str, decimals: str) -> str:
        point = re.escape(self.decimal)
        return rf"^[+\-]?(?:0*[0-9]{whole}(?:{point}[0-9]{decimals}0*)?|{point}[0-9]{decimals}0*)$"

    def plain(self, text: str) -> str:
        """A cell after all steps: plain digits, and `%`, where it is a number."""
        text = text.strip()
        for step in self.steps:
            text = step(text)
        if self.grouped is not None and re.search(self.grouped, text):
            text = re.sub(self.group_sign, "", text)
        return self.in_full(text).replace("_", "")

    def value(self, text: str) -> Fraction | None:
        """The number that a cell is read as; None where it is refused, or rounded."""
        plain = self.plain(text)
        hundredth = self.percent and plain.endswith("%")
        digits = plain.removesuffix("%") if hundredth else plain
        most = EXACT_DECIMALS - (PERCENT_DECIMALS if hundredth else 0)
        if not re.search(self.exact(most), digits):
            return None
        number = Fraction(Decimal(digits.replace(self.decimal, ".")))
        return number / 100 if hundredth else number


def number_form(read: Read) -> NumberForm:
    """The form that a table states."""
    return NumberForm(
        read.decimal,
        read.thousands,
        read.grouping == "indian",
        read.signs,
        read.negative,
        read.percent,
        read.decimals,
        read.exponents,
    )


def _any(texts: list[str]) -> str:
    return "|".join(re.escape(text) for text in texts)
