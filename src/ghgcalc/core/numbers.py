"""Numbers at the doors: text to Decimal, Fraction inside, one rounding on the way out."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

from ghgcalc.core.arguments import wrong
from ghgcalc.core.digits import spelled, two_readings
from ghgcalc.core.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ZERO, ONE = Fraction(0), Fraction(1)
K = TypeVar("K")
_NUMBER = re.compile(r"[+-]?\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e\u3000\u2212]")
MAX_INTEGER_DIGITS = 15
MAX_DECIMALS = 15
MAX_EXPONENT = 30


class NumberError(Refused):
    """A text that is not an acceptable number."""


def parse_number(text: str) -> Decimal:
    """Read a plain decimal within 1e±30: digits, optional `_` groups, point, exponent.

    Raises:
        NumberError: `not-a-number` with a hint for commas and full-width signs, or
            `number-out-of-range`.
    """
    if _NUMBER.fullmatch(text) and "__" not in text and not text.endswith("_"):
        number = Decimal(text.replace("_", ""))
        if number and not -MAX_EXPONENT <= number.adjusted() <= MAX_EXPONENT:
            raise NumberError(
                "number-out-of-range",
                f"`{text}` lies outside 1e-30 … 1e30",
                "state the value in a unit of its own size",
            )
        return number
    raise NumberError("not-a-number", f"`{text}` is not a number", _number_hint(text))


def _number_hint(text: str) -> str:
    meant = spelled(text)
    if meant is not None:
        return f"write `{meant}`"
    if two_readings(text):
        return (
            "write `_` between groups of digits, or a point before decimals: a comma may be either"
        )
    if "," in text:
        return "write `_` between groups of digits, a point before decimals"
    if _FULL_WIDTH.search(text):
        return "type the number with ASCII digits and signs"
    if text.strip().lower().lstrip("+-") in {"inf", "nan", ".inf", ".nan", "infinity"}:
        return "state a finite quantity; leave the line out if the value is not known"
    return "write digits with a point for decimals, such as 1234.5"


def parse_quantity_number(text: str) -> Decimal:
    """Read an activity quantity: at most 15 digits before and 15 after the point.

    Raises:
        NumberError: `not-a-number`, or `number-out-of-range`; nothing is ever rounded.
    """
    number = parse_number(text)
    if len(text) <= MAX_DECIMALS and "e" not in text and "E" not in text:
        return number  # too short to be out of range
    digits, decimals = _size(number)
    if digits > MAX_INTEGER_DIGITS or decimals > MAX_DECIMALS:
        raise NumberError(
            "number-out-of-range",
            f"`{text}` has {digits} digits before and {decimals} after the point, more than"
            f" {MAX_INTEGER_DIGITS} and {MAX_DECIMALS}",
            "use a larger or smaller unit, or round the reading yourself",
        )
    return number


def _size(number: Decimal) -> tuple[int, int]:
    """Digits before and after the point, without trailing zeros."""
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or not number:
        return (1, 0)
    stripped = len(digits)
    while exponent < 0 and stripped > 1 and digits[stripped - 1] == 0:
        stripped -= 1
        exponent += 1
    return (max(stripped + exponent, 1), max(-exponent, 0))


def parse_factor_number(text: str) -> Decimal:
    """Read a factor value: any finite decimal whose exponent lies within ±30.

    Raises:
        NumberError: `not-a-number` or `number-out-of-range`.
    """
    return parse_number(text)


def parse_share(text: str) -> Fraction:
    """Read a share, `60%` or `0.6`, as a Fraction.

    Raises:
        NumberError: `not-a-number`.
    """
    if not text.endswith("%"):
        return Fraction(parse_number(text))
    number = text[:-1].rstrip()
    try:
        return Fraction(parse_number(number)) / 100
    except NumberError as error:
        meant = spelled(number)
        if meant is None:
            raise
        # typed as printed, the hint keeps the sign that divides by a hundred
        raise NumberError(error.code, error.message, f"write `{meant}%`") from None


def exact_decimal(value: Fraction) -> Decimal:
    """The decimal that equals a fraction.

    Raises:
        ValueError: when none does.
    """
    places, rest = 0, value.denominator
    while rest % 10 == 0:
        rest //= 10
        places += 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
            places += 1
    if rest != 1:
        raise ValueError(f"{value} has no finite decimals")
    # built from digits: arithmetic on Decimal would round to the context's precision
    digits = tuple(int(digit) for digit in str(abs(int(value * 10**places))))
    return Decimal((int(value < 0), digits, -places))


def every_digit(value: Fraction) -> str:
    """Write a value with every digit; one without finite decimals with 30 of them."""
    try:
        text = f"{exact_decimal(value):f}"
    except ValueError:
        return plain(value, 30)
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimals_of(value: Fraction) -> int:
    """How many decimals a sum of table cells has."""
    _, _, decimals = every_digit(value).partition(".")
    return len(decimals)


def rounded(value: Fraction, places: int) -> Decimal:
    """Round half away from zero, as a spreadsheet's ROUND does, to `places` decimals.

    Raises:
        TypeError: the value is no exact number: a float is none, and None is no figure.
        ValueError: `places` is below 0.
    """
    if not isinstance(value, Fraction | int):
        wrong("value", "an exact figure, as a Fraction", value)
    if not _counts(places):
        _no_places(places)
    scaled = value * 10**places
    doubled = 2 * abs(scaled.numerator) + scaled.denominator
    units = doubled // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(units))
    # built from digits: arithmetic on Decimal would round to the context's precision
    return Decimal((int(value < 0 and units > 0), digits, -places))


def _counts(places: object) -> bool:
    return isinstance(places, int) and places >= 0


def _no_places(places: object) -> NoReturn:
    """Refuse decimals that are none; 10 to a power below 0 is a float, and exact nothing."""
    if not isinstance(places, int):
        wrong("places", "a number of decimals", places)
    raise ValueError(f"`places` is {places}: write 0 or more decimals")


def plain(value: Fraction, places: int = 12) -> str:
    """Write a value with at most `places` decimals, no exponent, no trailing zeros.

    Raises:
        TypeError, ValueError: `places` is no number of decimals.
    """
    if not _counts(places):
        _no_places(places)
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:
        return str(numerator)
    units = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    whole, part = divmod(units, 10**places)
    decimals = f"{part:0{places}d}".rstrip("0")
    sign = "-" if numerator < 0 and units else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def grouped(value: Fraction, places: int = 0) -> str:
    """Write a rounded value with thousands commas for people, `1,234.5`.

    What is not zero never reads as zero: `<1`, `<0.01`, below zero `>-1`.
    """
    number = rounded(value, places)
    if value and not number:
        return f"{'>-' if value < 0 else '<'}{Decimal((0, (1,), -places)):f}"
    return f"{number:,f}"


def signed(value: Fraction, places: int = 0) -> str:
    """The same with a plus sign above zero; `<1` needs none."""
    text = grouped(value, places)
    return f"+{text}" if value > 0 and not text.startswith("<") else text


def significant(value: Fraction, digits: int = 6) -> str:
    """Write a value for a printed step: thousands commas, about `digits` significant digits."""
    if not value:
        return "0"
    magnitude = Decimal(value.numerator) / Decimal(value.denominator)
    places = max(digits - 1 - magnitude.adjusted(), 0)
    text = grouped(value, min(places, 30))
    return text.rstrip("0").rstrip(".") if "." in text else text


FULL_DIGITS = 15  # of a number whose decimals do not end, so that a printed equation holds


def in_full(value: Fraction) -> str:
    """Write a factor of a printed step: all its decimals, or 15 significant digits."""
    return significant(value, FULL_DIGITS)


def summed(sums: dict[int, int]) -> Fraction:
    """The sum of numerators by their denominator, reduced once."""
    if len(sums) == 1:
        ((bottom, top),) = sums.items()
        return Fraction(top, bottom)
    whole = lcm(*sums)
    return Fraction(sum(top * (whole // bottom) for bottom, top in sums.items()), whole)


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """The sum of many fractions; no partial sum is reduced."""
    sums: dict[int, int] = {}
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        sums[denominator] = sums.get(denominator, 0) + numerator
    return summed(sums) if sums else Fraction(0)


class ExactSums(Generic[K]):
    """Exact sums by key. Numerators add up per denominator: no partial sum is reduced."""

    __slots__ = ("_sums",)

    def __init__(self) -> None:
        self._sums: dict[K, dict[int, int]] = {}

    def add(self, key: K, value: Fraction | Decimal) -> None:
        """Add a value under a key."""
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = {}
        numerator, denominator = value.as_integer_ratio()
        sums[denominator] = sums.get(denominator, 0) + numerator

    def items(self) -> Iterator[tuple[K, Fraction]]:
        """Keys and their sums, in order of first appearance."""
        for key, sums in self._sums.items():
            yield key, summed(sums)


class SizedSums(Generic[K]):
    """Exact sums of quantity times size by key: those of one size are added, then multiplied."""

    __slots__ = ("_sizes", "_sums")

    def __init__(self) -> None:
        self._sums: ExactSums[tuple[K, int]] = ExactSums()
        self._sizes: dict[int, Fraction] = {}

    def add(self, key: K, quantity: Fraction, size: Fraction) -> None:
        """Add a quantity of so many each."""
        self._sizes[id(size)] = size  # by identity: a fraction's hash costs more than a sum
        self._sums.add((key, id(size)), quantity)

    def items(self) -> Iterator[tuple[K, Fraction]]:
        """Keys with their products, in order of first appearance; a key comes once per size."""
        for (key, size), value in self._sums.items():
            yield key, value * self._sizes[size]
