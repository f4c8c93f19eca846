"""Cells with a bare decimal sign, a percent sign behind parentheses, words that hold a point."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from ghgcalc.activity_data.tables.number_form import NumberForm
from ghgcalc.activity_data.tables.number_hints import explain
from ghgcalc.activity_data.tables.polars_engine import quantities

if TYPE_CHECKING:
    from collections.abc import Mapping

# of a cell, the options that read it, and what it is
READ: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("(50) %", {"negative": ("parentheses",), "percent": True}, "-0.5"),
    ("( 12,5 ) %", {"negative": ("parentheses",), "percent": True, "decimal": ","}, "-0.125"),
    ("50- %", {"negative": ("trailing_minus",), "percent": True}, "-0.5"),
    ("50 % -", {"negative": ("trailing_minus",), "percent": True}, "-0.5"),
    ("kWh .07", {"signs": ("kWh",)}, "0.07"),
    ("m3 .5", {"signs": ("m3",)}, "0.5"),
    ("EUR ,5", {"signs": ("EUR",), "decimal": ","}, "0.5"),
    ("(kWh .5)", {"signs": ("kWh",), "negative": ("parentheses",)}, "-0.5"),
    ("Rs. .5", {"signs": ("Rs.",)}, "0.5"),
    (".5e1", {"exponents": True}, "5"),
    ("-.05E+3", {"exponents": True}, "-50"),
    (",5e-1", {"exponents": True, "decimal": ","}, "0.05"),
    ("kWh .5e1", {"exponents": True, "signs": ("kWh",)}, "5"),
)  # fmt: skip
# the point of these may belong to the word, or no number stands beside it
REFUSED: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("Rs.500", {"signs": ("Rs",)}),
    ("Rs .500", {"signs": ("Rs",)}),
    ("kr .5", {"signs": ("kr",)}),
    ("kWh.07", {"signs": ("kWh",)}),
    ("e5", {"exponents": True}),
    (".e5", {"exponents": True}),
    ("5.e1", {"exponents": True}),
    ("() %", {"negative": ("parentheses",), "percent": True}),
    ("(50-) %", {"negative": ("parentheses", "trailing_minus"), "percent": True}),
    ("- %", {"negative": ("trailing_minus",), "percent": True}),
)


def of_the_engine(cell: str, form: NumberForm) -> str | None:
    """What the engine takes a cell for, plain digits; None where it is no number."""
    text = pl.DataFrame({"cell": [cell]}).select(quantities.cleaned(pl.col("cell"), form))
    (plain,) = text.to_series()
    return plain if re.search(form.number, plain.removesuffix("%")) else None


@pytest.mark.parametrize(("cell", "options", "number"), READ)
def test_read_by_the_hints_and_by_the_engine(
    cell: str, options: Mapping[str, Any], number: str
) -> None:
    form = NumberForm(**options)
    assert form.value(cell) == Fraction(number)
    assert of_the_engine(cell, form) == form.plain(cell)


@pytest.mark.parametrize(("cell", "options"), REFUSED)
def test_refused_by_both(cell: str, options: Mapping[str, Any]) -> None:
    form = NumberForm(**options)
    assert form.value(cell) is None
    assert of_the_engine(cell, form) is None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("(50) %", "state `negative: [parentheses]` and `percent: true` under `read:`"),
        ("kWh .07", 'state `signs: ["kWh"]` under `read:`'),
        (".5e1", "state `exponents: true` under `read:`"),
    ],
)
def test_what_the_hint_states(cell: str, said: str) -> None:
    assert explain("not-a-number", cell, NumberForm())[1] == said


@pytest.mark.parametrize(("cell", "word"), [("Rs.500", "Rs."), ("Rs .500", "Rs .")])
def test_a_point_that_may_belong_to_the_word_is_asked_about(cell: str, word: str) -> None:
    _, hint = explain("not-a-number", cell, NumberForm(signs=("Rs",)))
    assert hint.startswith(f'where its `.` belongs to the word, state `signs: ["Rs", "{word}"]`')
    assert NumberForm(signs=("Rs", word)).value(cell) == 500


def test_a_unit_has_no_point_of_its_own() -> None:
    """`kWh.07` is asked about in words alone: with `kWh.` as a word it would be 7 kWh."""
    _, hint = explain("not-a-number", "kWh.07", NumberForm(signs=("kWh",)))
    assert "signs:" not in hint
