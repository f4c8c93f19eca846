# ruff: noqa: PT017 - a text may be read or refused, and both are judged
"""Units: every pair converts exactly, there and back, and against hand-written definitions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.core.numbers import NumberError
from ghgcalc.core.unit_table import ALIASES, AMBIGUOUS, CURRENCIES, NATURAL
from ghgcalc.core.units import Quantity, Unit, UnitError, parse_quantity, parse_unit, ratio
from support.strategies import profile

UNITS = sorted(NATURAL)
names = st.sampled_from(UNITS)


@given(one=names, two=names, three=names)
@profile(300)
def test_ratios_are_exact_and_chain(one: str, two: str, three: str) -> None:
    a, b, c = map(parse_unit, (one, two, three))
    if a.dimension != b.dimension:
        with pytest.raises(UnitError) as error:
            ratio(a, b)
        assert error.value.code == "unit-mismatch"
        return
    assert isinstance(ratio(a, b), Fraction)
    assert ratio(a, b) * ratio(b, a) == 1
    if b.dimension == c.dimension:
        assert ratio(a, b) * ratio(b, c) == ratio(a, c)


@given(one=names, two=names, power=st.sampled_from(["", "^2", "^3"]))
@profile(200)
def test_products_and_quotients_have_the_size_of_their_parts(
    one: str, two: str, power: str
) -> None:
    if {f"{one}{power}", f"{two}{power}"} & set(ALIASES):
        return  # `m^2` is the area unit `m2`, which is no length squared
    a, b = parse_unit(one), parse_unit(two)
    exponent = int(power[1:] or 1)
    assert parse_unit(f"{one}/{two}{power}").size == a.size / b.size**exponent
    assert parse_unit(f"{one}{power}*{two}").size == a.size**exponent * b.size
    assert parse_unit(f"{one}·{two}").dimension == parse_unit(f"{two}·{one}").dimension


@pytest.mark.parametrize("alias", sorted(ALIASES))
def test_an_alias_is_its_unit(alias: str) -> None:
    a, b = parse_unit(alias), parse_unit(ALIASES[alias])
    assert (a.size, a.dimension) == (b.size, b.dimension)


@pytest.mark.parametrize("name", sorted(AMBIGUOUS))
def test_an_ambiguous_name_lists_units_that_can_be_typed(name: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_unit(name)
    assert error.value.code == "unit-ambiguous"
    for candidate, meaning in AMBIGUOUS[name]:
        assert candidate in error.value.hint
        assert meaning in error.value.hint
        parse_unit(candidate)


def test_names_do_not_overlap() -> None:
    assert not set(ALIASES) & NATURAL
    assert not set(ALIASES) & set(AMBIGUOUS)
    assert not set(AMBIGUOUS) & NATURAL
    assert not CURRENCIES & NATURAL
    assert set(ALIASES.values()) <= NATURAL | CURRENCIES


@given(name=names)
@profile(60)
def test_case_is_never_guessed(name: str) -> None:
    """`mW` is not `MW`: another case is its own unit, an alias, or unknown with a hint."""
    for other in {name.lower(), name.upper(), name.swapcase()} - {name}:
        try:
            unit = parse_unit(other)
        except UnitError as error:
            assert error.code in ("unknown-unit", "unit-ambiguous")
            assert error.hint
            continue
        listed = {other} & NATURAL or ALIASES.get(other) == name
        assert listed, (other, unit)


@given(text=st.text(max_size=12) | st.lists(
    st.sampled_from([*UNITS[:30], "/", "*", "·", "^", "^2", " ", "10^3", "million", "0", "5",
                     "net",
                     "gross", "ton", "1_000", "-", "(", "%"]),
    max_size=5).map("".join))  # fmt: skip
@profile(300)
def test_no_text_makes_a_bad_unit(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnitError as error:
        assert error.code in ("unknown-unit", "unit-ambiguous", "missing-unit", "out-of-bounds")
        assert error.message
        return
    assert isinstance(unit, Unit)
    assert unit.size > 0


@given(number=st.decimals(-(10**12), 10**12, places=6), name=names)
@profile(100)
def test_quantities_round_trip(number: object, name: str) -> None:
    quantity = parse_quantity(f"{number:f} {name}")
    assert quantity.number == number
    assert quantity.unit == parse_unit(name)
    assert parse_quantity(str(quantity).replace(",", "_")) == quantity


@given(text=st.text(max_size=20))
@profile(200)
def test_no_text_makes_a_bad_quantity(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except (NumberError, UnitError) as error:
        assert error.hint
        return
    assert isinstance(quantity, Quantity)
