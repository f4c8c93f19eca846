from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from ghgcalc.core.numbers import (
    ExactSums,
    NumberError,
    grouped,
    parse_factor_number,
    parse_number,
    parse_quantity_number,
    parse_share,
    plain,
    rounded,
    signed,
    significant,
)


@pytest.mark.parametrize(("text", "value"), [
    ("1_250_000", "1250000"), ("+5", "5"), ("-0.5", "-0.5"), ("1e3", "1000"), ("1.5E-2", "0.015"),
    ("007", "7"), ("0.10", "0.10"),
])  # fmt: skip
def test_reads_plain_decimals(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(("text", "hint"), [
    ("1,234.5", "`1_234.5`"), ("１２", "ASCII"), ("−5", "ASCII"), ("inf", "finite"),
    (".nan", "finite"), ("-Infinity", "finite"), ("5.", "such as"), (".5", "such as"),
    ("1__0", "such as"), ("1_", "such as"), ("0x10", "such as"), ("1e9999", "such as"),
    ("", "such as"), (" 5", "such as"), ("5\n", "such as"), ("٣", "such as"),
])  # fmt: skip
def test_refuses_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(NumberError) as error:
        parse_number(text)
    assert error.value.code == "not-a-number"
    assert hint in (error.value.hint or "")


@pytest.mark.parametrize(("text", "meant"), [
    ("12,5", "12.5"), ("3400,5", "3400.5"), ("8,42769", "8.42769"), ("1.000,5", "1_000.5"),
    ("13.900,5", "13_900.5"), ("1,250,000", "1_250_000"), ("1.250.000", "1_250_000"),
    ("1,250.5", "1_250.5"), ("1.250,500", "1_250.500"), ("0,250", "0.250"), ("-1,5", "-1.5"),
    ("1234,567", "1234.567"), ("12 500", "12_500"), ("12\u202f500", "12_500"),
    ("12'500.25", "12_500.25"), ("1_250,5", "1_250.5"),
])  # fmt: skip
def test_a_number_in_other_signs_is_spelled_in_ours(text: str, meant: str) -> None:
    with pytest.raises(NumberError) as error:
        parse_number(text)
    assert error.value.hint == f"write `{meant}`"


@pytest.mark.parametrize("text", ["1,250", "-12,500", "1,000", "12,50,000", "1,2.3", "1.2.3",
                                  "12 5", "1.000.00", "5,", ",5", "1,2,3"])  # fmt: skip
def test_a_number_with_two_readings_or_none_is_not_spelled(text: str) -> None:
    with pytest.raises(NumberError) as error:
        parse_number(text)
    assert not [digit for digit in error.value.hint or "" if digit.isdigit()] or (
        "such as 1234.5" in (error.value.hint or "")
    )


def test_a_share_in_other_signs_keeps_its_percent_sign() -> None:
    with pytest.raises(NumberError) as error:
        parse_share("50,4 %")
    assert error.value.hint == "write `50.4%`"


@pytest.mark.parametrize("text", [
    "123456789012345", "0.123456789", "1.500000000000000", "1e14", "5e-9", "0", "0.000", "-1e14",
    "123456789012345.123456789",
])  # fmt: skip
def test_quantities_within_the_digits_are_exact(text: str) -> None:
    assert parse_quantity_number(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["1234567890123456", "0.1234567891234567", "1e15", "1e-16", "1e999"]
)
def test_quantities_are_never_rounded_but_refused(text: str) -> None:
    with pytest.raises(NumberError) as error:
        parse_quantity_number(text)
    assert error.value.code == "number-out-of-range"


@pytest.mark.parametrize(("text", "fine"), [
    ("1e30", True), ("9.9e30", True), ("1e31", False), ("1e-30", True), ("9e-31", False),
    ("0e999", True),
])  # fmt: skip
def test_factor_values_have_a_bounded_exponent(text: str, fine: bool) -> None:
    if fine:
        assert parse_factor_number(text) == Decimal(text)
    else:
        with pytest.raises(NumberError, match="outside"):
            parse_factor_number(text)


@pytest.mark.parametrize(("text", "share"), [
    ("60%", Fraction(3, 5)), ("0.6", Fraction(3, 5)), ("33.3 %", Fraction(333, 1000)),
    ("0%", Fraction(0)), ("-5%", Fraction(-1, 20)),
])  # fmt: skip
def test_shares(text: str, share: Fraction) -> None:
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["%", "60%%", "1,5%", "x"])
def test_bad_shares(text: str) -> None:
    with pytest.raises(NumberError):
        parse_share(text)


@pytest.mark.parametrize(("value", "places", "text"), [
    (Fraction(1, 2), 0, "1"), (Fraction(-1, 2), 0, "-1"), (Fraction(5, 2), 0, "3"),
    (Fraction(1, 3), 4, "0.3333"), (Fraction(2, 3), 4, "0.6667"), (Fraction(25, 1000), 2, "0.03"),
    (Fraction(-25, 1000), 2, "-0.03"), (Fraction(249999, 10**7), 2, "0.02"), (Fraction(0), 2, "0"),
])  # fmt: skip
def test_rounds_half_away_from_zero(value: Fraction, places: int, text: str) -> None:
    assert rounded(value, places) == Decimal(text)


def test_rounding_keeps_every_digit_of_large_values() -> None:
    """15 digits of Mt in kilograms and nine decimals are more than a default context holds."""
    value = Fraction(123456789012345678901234567890123456789, 10**9)
    assert Fraction(rounded(value, 9)) == value


@pytest.mark.parametrize(("value", "text"), [
    (Fraction(5), "5"), (Fraction(1, 8), "0.125"), (Fraction(1, 3), "0.333333333333"),
    (Fraction(-1, 3), "-0.333333333333"), (Fraction(1, 10**13), "0"), (Fraction(-1, 10**13), "0"),
    (Fraction(2, 10**12), "0.000000000002"), (Fraction(-5, 2), "-2.5"),
])  # fmt: skip
def test_plain_text(value: Fraction, text: str) -> None:
    assert plain(value) == text


def test_grouped_text() -> None:
    assert grouped(Fraction(12345678, 10), 1) == "1,234,567.8"
    assert grouped(Fraction(-1234)) == "-1,234"
    assert grouped(Fraction(0), 2) == "0.00"


def test_what_is_not_zero_never_reads_as_zero() -> None:
    """Half a unit of the last place is rounded up; below it stands what it is less than."""
    assert [grouped(Fraction(text)) for text in ("0.499", "0.5", "1")] == ["<1", "1", "1"]
    assert [grouped(Fraction(text), 1) for text in ("0.04", "-0.04", "-0.05")] == [
        "<0.1", ">-0.1", "-0.1",
    ]  # fmt: skip
    assert grouped(Fraction(1, 10**9), 2) == "<0.01"
    assert [signed(Fraction(text), 1) for text in ("2", "0.01", "-0.01", "0", "-2")] == [
        "+2.0", "<0.1", ">-0.1", "0.0", "-2.0",
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), [
    (Fraction(0), "0"), (Fraction(5, 18), "0.277778"), (Fraction(1234567), "1,234,567"),
    (Fraction(1), "1"), (Fraction(1, 10**9), "0.000000001"), (Fraction(-5, 18), "-0.277778"),
    (Fraction(999999999, 10**9), "1"),
])  # fmt: skip
def test_significant_text(value: Fraction, text: str) -> None:
    assert significant(value) == text


def test_exact_sums_keep_keys_apart_and_reduce_once() -> None:
    sums: ExactSums[str] = ExactSums()
    for key, text in (("b", "1/3"), ("a", "1/6"), ("b", "-0.25"), ("b", "2/3"), ("a", "-1/6")):
        sums.add(key, Fraction(text))
    assert list(sums.items()) == [("b", Fraction(3, 4)), ("a", Fraction(0))]
