"""Quantities of several columns: their exact sum as a text, or what is wrong with one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables import number_hints
from ghgcalc.activity_data.tables.columns import term_column
from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.polars_engine import quantities
from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS
from ghgcalc.company.quantity_terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan

_SCALE = 10**EXACT_DECIMALS
_ADDS = "\u2212("  # no number: a minus that would turn into a plus


def summed(rows: pl.LazyFrame, plan: TablePlan) -> pl.LazyFrame:
    """Add `quantity`: the sum of its terms, or the text of the first that is no amount."""
    import polars as pl

    total, wrong = pl.lit(0, pl.Int128), pl.lit(None, pl.String)
    terms = terms_of(plan.places.table.columns)
    for place, term in enumerate(terms):
        text = pl.col(term_column(place)).fill_null("").str.strip_chars()
        value = quantities.scaled(quantities.cleaned(text, plan.form), plan.form, EXACT_DECIMALS)
        # beside others it would turn a minus into a plus; alone, the file prints use with a minus
        adds = value < 0 if term.sign == "-" and len(terms) > 1 else pl.lit(value=False)
        slip = pl.when(value.is_null()).then(text).when(adds).then(_ADDS + text + pl.lit(")"))
        wrong = pl.coalesce(wrong, slip)
        total = total + (value if term.sign == "+" else value * -1)
    whole, part = total.abs() // _SCALE, total.abs() % _SCALE
    sign = pl.when(total < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    digits = part.cast(pl.String).str.zfill(EXACT_DECIMALS)
    shown = sign + whole.cast(pl.String) + pl.lit(plan.form.decimal) + digits
    return rows.with_columns(quantity=pl.coalesce(wrong, shown))


def is_empty(columns: Mapping[str, str]) -> pl.Expr:
    """Whether a row has no amount in any column of its quantity."""
    import polars as pl

    names = [term_column(place) for place in range(len(terms_of(dict(columns))))] or ["quantity"]
    return pl.all_horizontal(pl.col(name).fill_null("").str.strip_chars() == "" for name in names)


def explain(plan: TablePlan, code: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """Message and hint for a refused row; `texts` are its cells by our columns."""
    cells: list[str] = []
    terms = terms_of(plan.places.table.columns)
    for place, term in enumerate(terms):
        cell = texts[term_column(place)].strip()
        shown = f"`{term.heading}`"
        if not cell:
            return f"{shown} is empty, and an empty cell is not 0", (
                "write the amount, or `0` for none; `read: {empty_quantities: skip}` leaves out"
                " rows in which all of them are empty"
            )
        if texts["quantity"] == f"{_ADDS}{cell})":
            return f"{shown} holds `{shown_cell(cell)}`, which `-{term.heading}` would add", (
                f'write `"+{term.heading}"` where the file prints its minus'
            )
        if texts["quantity"] == cell:
            message, hint = number_hints.explain(code, cell, plan.form, rounds=False)
            return f"{shown}: {message}", hint
        cells.append(f"{'' if not cells and term.sign == '+' else f'{term.sign} '}{cell}")
    whole, _, part = texts["quantity"].partition(plan.form.decimal)
    net = whole + (plan.form.decimal + part.rstrip("0") if part.rstrip("0") else "")
    if code != "negative-quantity":
        return number_hints.explain(code, net, plan.form, rounds=False)
    if len(terms) == 1 and terms[0].sign == "-":
        heading, cell = terms[0].heading, texts[term_column(0)].strip()
        return f"`{heading}` holds `{shown_cell(cell)}`, which `-{heading}` takes away", (
            f"{number_hints.CORRECTS}; where the file prints use without a minus, write"
            f" `quantity: {heading}`"
        )
    return f"`{' '.join(cells)}` is {net}, less than nothing", (
        "check which column holds what; a row may be below zero as a correction alone"
    )
