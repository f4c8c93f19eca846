"""Counts times rates as texts: the engine's 128 bits and Python's whole numbers agree."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

pl = pytest.importorskip("polars")

from ghgcalc.activity_data.tables.polars_engine.ledger import rounded  # noqa: E402
from ghgcalc.activity_data.tables.polars_engine.products import Products  # noqa: E402

COUNTS = st.integers(-(10**24), 10**24)
RATES = st.fractions(-(10**9), 10**9, max_denominator=10**18) | st.builds(
    Fraction, st.integers(0, 10**20), st.integers(1, 10**30)
)


def texts(counts: list[int], rates: list[Fraction], numbers: list[int], decimals: int) -> list[str]:
    found = Products(rates, decimals).texts(
        pl.Series(counts, dtype=pl.Int128), pl.Series(numbers, dtype=pl.Int32)
    )
    return list(found.to_list())


@given(st.lists(st.tuples(COUNTS, RATES), min_size=1, max_size=8), st.sampled_from([9, 12]))
def test_as_exact_arithmetic_has_it(pairs: list[tuple[int, Fraction]], decimals: int) -> None:
    counts, rates = [count for count, _ in pairs], [rate for _, rate in pairs]
    expected = [rounded(Fraction(count, 10**9) * rate, decimals) for count, rate in pairs]
    # `-0.000` would be a sign without a number
    expected = [text if text.strip("-0.") else text.lstrip("-") for text in expected]
    assert texts(counts, rates, list(range(len(pairs))), decimals) == expected


def test_halves_go_away_from_zero() -> None:
    """0.5 and 1.5 units of the last place become 1 and 2, whatever their sign."""
    half = [Fraction(1, 2 * 10**12) * 10**9]
    assert texts([1, -1, 3, -3], half, [0] * 4, 12) == [
        "0.000000000001", "-0.000000000001", "0.000000000002", "-0.000000000002",
    ]  # fmt: skip


def test_what_128_bits_cannot_hold() -> None:
    """10^15 units at 1/3 with a denominator beyond the engine: 333,333,333,333,333.333…"""
    assert texts([10**24, 3], [Fraction(10**40, 3 * 10**40 + 1), Fraction(1)], [0, 1], 12) == [
        "333333333333333.333333333333", "0.000000003000",
    ]  # fmt: skip
