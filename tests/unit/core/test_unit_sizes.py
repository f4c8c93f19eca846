from fractions import Fraction

from ghgcalc.core.unit_sizes import SIZES
from ghgcalc.core.units import measured_sizes, parse_unit


def test_the_kept_sizes_are_what_pint_says() -> None:
    assert measured_sizes() == SIZES


def test_currencies_and_compounds_come_from_pint() -> None:
    assert parse_unit("million CNY").size == 1_000_000
    assert parse_unit("kg/MWh").size == Fraction(1, 3_600_000_000)


def test_products_and_quotients_equal_pint() -> None:
    from ghgcalc.core import units

    for text in ("GJ/t", "MJ/Nm3", "kg/MWh", "TJ/Gg", "kg/L", "GJ/10000 Nm3", "mmBtu/short_ton"):
        known = parse_unit(text)
        _, powers = units._powers(text, text)
        size, _ = units._powers(text, text)
        asked = units._asked(text, powers, size, None)
        assert (asked.dimension, asked.size) == (known.dimension, known.size), text
