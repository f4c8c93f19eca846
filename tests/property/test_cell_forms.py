"""Properties of cells: a form and the plain form give one inventory; hints, typed, give it too."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.number_form import number_form
from ghgcalc.activity_data.tables.number_hints import explain
from ghgcalc.activity_data.tables.polars_engine import quantities
from ghgcalc.company.read import Read

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.number_form import NumberForm

QUICK = settings(max_examples=40, deadline=None)
FORMS: list[dict[str, Any]] = [
    {}, {"decimal": ","}, {"thousands": ","}, {"thousands": ".", "decimal": ","},
    {"thousands": "'", "signs": ["kWh", "£"]}, {"thousands": " ", "negative": ["trailing_minus"]},
    {"thousands": ",", "grouping": "indian", "percent": True},
    {"thousands": "\u00a0", "decimal": ",", "signs": ["m3", "Rs."], "negative": ["parentheses"]},
    {"thousands": ",", "signs": ["$", "USD"], "negative": ["minus_sign", "parentheses"],
     "percent": True},
    {"exponents": True, "percent": True}, {"exponents": True, "decimal": ",", "signs": ["kWh"]},
]  # fmt: skip
OPTION = re.compile(r"`(decimal|thousands|grouping|signs|negative|percent|exponents): ([^`]+)`")
NUMBERS = st.decimals(min_value=0, max_value=Decimal(10**12), places=None, allow_nan=False).map(
    lambda value: Decimal(f"{round(value, 11):f}")
)
TEXTS = st.text(
    st.sampled_from("0123456789.,' \u00a0\u202f\u3000-+()%_eE£kWhm3RsUD$\u2212\u2019"), max_size=12
)


def read_of(stated: dict[str, Any]) -> Read:
    return Read.model_validate(stated)


def engine_values(texts: list[str], form: NumberForm) -> list[Fraction | None]:
    """What the engine reads, in its longer count."""
    frame = pl.DataFrame({"quantity": texts}, schema={"quantity": pl.String}).lazy()
    frame = frame.with_columns(text=quantities.cleaned(pl.col("quantity"), form))
    counts = frame.select(n=quantities.scaled(pl.col("text"), form, 15)).collect()["n"].to_list()
    return [None if count is None else Fraction(count, 10**15) for count in counts]


def written(value: Decimal, stated: dict[str, Any]) -> str:
    """A number in a form: grouped, with its words and its minus behind or in parentheses."""
    whole, _, part = f"{abs(value):f}".partition(".")
    sign = stated.get("thousands")
    if sign and stated.get("grouping") == "indian":
        head, last = whole[:-3], whole[-3:]
        pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)][::-1]
        whole = sign.join([*pairs, last]) if head else last
    elif sign:
        whole = f"{int(whole):,}".replace(",", sign)
    text = whole + (stated.get("decimal", ".") + part if part else "")
    if stated.get("signs"):
        text = f"{text} {stated['signs'][0]}"
    if value >= 0:
        return text
    negative = stated.get("negative", [""])[0]
    return {"trailing_minus": f"{text}-", "parentheses": f"({text})",
            "minus_sign": f"\u2212{text}"}.get(negative, f"-{text}")  # fmt: skip


@QUICK
@given(st.lists(NUMBERS, min_size=1, max_size=8), st.sampled_from(FORMS), st.booleans())
def test_a_form_and_plain_digits_are_one_number(
    numbers: list[Decimal], stated: dict[str, Any], below: bool
) -> None:
    numbers = [-number if below else number for number in numbers]
    cells = [written(number, stated) for number in numbers]
    wanted = [Fraction(number) for number in numbers]
    assert engine_values(cells, number_form(read_of(stated))) == wanted
    plain = [f"{number:f}" for number in numbers]
    assert engine_values(plain, number_form(Read())) == wanted


@QUICK
@given(st.lists(TEXTS, min_size=1, max_size=30), st.sampled_from(FORMS))
def test_the_engine_and_the_hints_read_alike(texts: list[str], stated: dict[str, Any]) -> None:
    form = number_form(read_of(stated))
    assert engine_values(texts, form) == [form.value(text) for text in texts]


@QUICK
@given(st.lists(NUMBERS, min_size=1, max_size=3), st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_a_hint_typed_reads_the_cell(
    numbers: list[Decimal], its: dict[str, Any], stated: dict[str, Any]
) -> None:
    """Options that a refused cell's hint names read its number, and no other, where it has one."""
    form = number_form(read_of(stated))
    for number in numbers:
        cell = written(number, its)
        if form.value(cell) is not None:
            continue
        _, hint = explain("not-a-number", cell, form)
        options = dict(OPTION.findall(hint))
        if " where it groups " in hint or not options:
            continue
        typed = yaml.safe_load("\n".join(f"{key}: {text}" for key, text in options.items()))
        found = number_form(read_of({**stated, **typed})).value(cell)
        assert found == number, (cell, hint)
