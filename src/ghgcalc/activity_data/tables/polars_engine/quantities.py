"""The quantity column: pattern, exact cast to a count of 10^-9 or 10^-15, reasons for refusal."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.number_form import BLANKS, PERCENT_DECIMALS
from ghgcalc.activity_data.tables.sums import DECIMALS, EXACT_DECIMALS
from ghgcalc.core.numbers import MAX_INTEGER_DIGITS

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.number_form import NumberForm
    from ghgcalc.company.table import Corrections


def cleaned(cell: pl.Expr, form: NumberForm) -> pl.Expr:
    """A cell's text without what the table's form takes away (`NumberForm.plain`)."""
    import polars as pl

    if form.changes:
        # batch by batch: as one expression, each step would be worked out anew for every later one
        cell = cell.map_batches(partial(_plain, form), return_dtype=pl.String, is_elementwise=True)
    return cell.fill_null("").str.strip_chars().str.replace_all("_", "", literal=True)


def _plain(form: NumberForm, cells: pl.Series) -> pl.Series:
    """The same of a batch, before `_` goes."""
    text = _without_word(cells.str.strip_chars(), form)
    for step in form.steps:
        # only what matches is taken apart: to look costs far less
        found = text.str.contains(step.pattern)
        if found.any():
            text = text.zip_with(~found, text.str.replace(step.pattern, step.kept))
    if form.grouped is not None:
        found = text.str.contains(form.grouped)
        text = text.zip_with(~found, _ungrouped(text, form))
    return _in_full(text, form) if form.exponents else text


def _in_full(text: pl.Series, form: NumberForm) -> pl.Series:
    """Powers of ten in all their digits; each distinct text is written once."""
    found = text.str.contains(form.exponent).fill_null(value=False)
    if not found.any():
        return text
    known = text.filter(found).unique()
    full = [form.in_full(each) for each in known]
    return text.replace(known, full)


def _ungrouped(text: pl.Series, form: NumberForm) -> pl.Series:
    if form.group_sign == re.escape(form.thousands or ""):
        return text.str.replace_all(form.thousands or "", "", literal=True)
    return text.str.replace_all(form.group_sign, "")


def _without_word(text: pl.Series, form: NumberForm) -> pl.Series:
    """The short way for digits with one word behind them: the same as the step of words."""
    if form.simple is None:
        return text
    found, bare = text.str.contains(form.simple), text
    for sign in form.texts:
        bare = bare.str.strip_suffix(sign)
    return text.zip_with(~found, bare.str.strip_chars_end(BLANKS))


def scaled(text: pl.Expr, form: NumberForm, decimals: int = DECIMALS) -> pl.Expr:
    """The number as a count of 10^-decimals; null where the text is not exactly one."""
    import polars as pl

    if not form.percent:
        value = counted(pl.when(text.str.contains(form.exact(decimals))).then(text), form, decimals)
    else:
        hundredth, digits = text.str.ends_with("%"), text.str.strip_suffix("%")
        fewer = digits.str.contains(form.exact(decimals - PERCENT_DECIMALS))
        fits = pl.when(hundredth).then(fewer).otherwise(digits.str.contains(form.exact(decimals)))
        value = counted(pl.when(fits).then(digits), form, decimals)
        value = pl.when(hundredth).then(value // pl.lit(100, pl.Int128)).otherwise(value)
    if form.decimals is None or form.decimals > decimals:
        return value
    return pl.when(is_rounded(text, form)).then(_rounded(text, form, decimals)).otherwise(value)


def counted(text: pl.Expr, form: NumberForm, decimals: int = DECIMALS) -> pl.Expr:
    """The same, rounded where `is_plain` does not hold: the engine's cast alone."""
    import polars as pl

    plain = text.str.replace(form.decimal, ".", literal=True) if form.decimal != "." else text
    return plain.cast(pl.Decimal(38, decimals), strict=False).to_physical()


def is_plain(text: pl.Expr, form: NumberForm) -> pl.Expr:
    """Whether a text is an exact number of the shorter count as it stands."""
    return text.str.contains(form.exact(DECIMALS)).fill_null(value=False)


def needs_more(rows: pl.LazyFrame, form: NumberForm) -> bool:
    """Whether a row's `text` is a number that only the longer count holds."""
    import polars as pl

    asked = rows.select(_is_longer(pl.col("text"), form).any())
    return bool(asked.collect(engine="streaming").item())


def _is_longer(text: pl.Expr, form: NumberForm) -> pl.Expr:
    digits = text.str.strip_suffix("%") if form.percent else text
    percent = PERCENT_DECIMALS if form.percent else 0
    more = digits.str.contains(form.exact(EXACT_DECIMALS))
    more &= ~digits.str.contains(form.exact(DECIMALS - percent))
    if form.decimals is not None and form.decimals > DECIMALS:
        more |= is_rounded(text, form)
    return more


def is_rounded(text: pl.Expr, form: NumberForm) -> pl.Expr:
    """Whether `decimals:` rounds a text: it has more decimals than any count."""
    return text.str.contains(form.long) & ~text.str.contains(form.exact(EXACT_DECIMALS))


def _rounded(text: pl.Expr, form: NumberForm, decimals: int) -> pl.Expr:
    """The number to the decimals stated, half away from zero: the first digit left out decides."""
    import polars as pl

    most = form.decimals or 0
    sign, whole, part = (text.str.extract(form.long, group) for group in (1, 2, 3))
    kept = pl.concat_str([pl.lit("0"), whole, pl.lit("."), part.str.slice(0, most)])
    up = pl.when(part.str.slice(most, 1) >= "5").then(pl.lit(10 ** (decimals - most), pl.Int128))
    size = kept.cast(pl.Decimal(38, decimals), strict=False).to_physical() + up.otherwise(0)
    # `-size` is refused by the engine where all rows are one
    return pl.when(sign == "-").then(size * -1).otherwise(size)


def is_held() -> pl.Expr:
    """Whether a decimal number is there and has no more digits than a text may have."""
    import polars as pl

    most = 10 ** (MAX_INTEGER_DIGITS + DECIMALS)
    return (pl.col("scaled").abs() < pl.lit(most, pl.Int128)).fill_null(value=False)


def is_correction(rule: Corrections | None) -> pl.Expr:
    """Whether the row may be negative; asks for `scaled`, as printed."""
    import polars as pl

    if rule is None:
        return pl.lit(value=False)
    if rule.negative:
        return (pl.col("scaled") < 0).fill_null(value=False)
    marks = [text.strip() for text in rule.equals]
    return pl.col("correction").fill_null("").str.strip_chars().is_in(marks)


def signed(rule: Corrections | None) -> pl.Expr:
    """`scaled` as it counts: a sign that the file prints the other way round is turned."""
    import polars as pl

    value = pl.col("scaled")
    if rule is None or rule.sign != "reversed":
        return value
    return pl.when(is_correction(rule)).then(value * -1).otherwise(value)


def has_its_sign(rule: Corrections | None) -> pl.Expr:
    """Whether a `scaled` is there and has a sign that its row may have; asks for `corrects`."""
    import polars as pl

    value = pl.col("scaled")
    if rule is None or not rule.asks:
        return value.is_not_null() & ((value >= 0) | pl.col("corrects"))
    return pl.when("corrects").then(value <= 0).otherwise(value >= 0)


def refusals(form: NumberForm, rule: Corrections | None) -> dict[str, pl.Expr]:
    """By code, which rows are refused; asks for `text`, `scaled`, `corrects` and `differs`."""
    import polars as pl

    text, value, differs = pl.col("text"), pl.col("scaled"), pl.col("differs")
    number = (text.str.strip_suffix("%") if form.percent else text).str.contains(form.number)
    empty = text == ""
    found = {
        "empty-cell": empty,
        "not-a-number": value.is_null() & ~empty & ~number,
        "number-out-of-range": value.is_null() & number,
        "unit-mismatch": value.is_not_null() & differs,
        "negative-quantity": (value < 0) & ~pl.col("corrects") & ~differs,
    }
    if rule is not None and rule.asks:
        found["correction-sign"] = (value > 0) & pl.col("corrects") & ~differs
    return found
