"""Rows whose number carries a word: whether it says another unit than the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.number_form import MINUS
from ghgcalc.activity_data.tables.records import SEPARATOR
from ghgcalc.activity_data.tables.words import agrees, may_differ

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from ghgcalc.activity_data.tables.number_form import NumberForm


def differs(form: NumberForm, constant: str | None, names: Mapping[str, str]) -> pl.Expr:
    """Whether a word beside the quantity is another unit than the constant or the row says."""
    import polars as pl

    if not may_differ(form.signs, constant, names):
        return pl.lit(value=False)
    unit = pl.col("unit") if constant is None else pl.lit(constant)

    def judged(pairs: pl.Series) -> pl.Series:
        known = pairs.unique()
        verdicts = [
            not all(agrees(word, each["unit"], names) for word in each["words"].split(SEPARATOR))
            for each in known
        ]
        frame = known.struct.unnest().with_columns(other=pl.Series(verdicts, dtype=pl.Boolean))
        joined = pairs.struct.unnest().join(
            frame, on=["words", "unit"], how="left", maintain_order="left"
        )
        return joined["other"].fill_null(value=False)

    pair = pl.struct(words=_words(form), unit=unit.fill_null(""))
    return pair.map_batches(judged, return_dtype=pl.Boolean, is_elementwise=True)


def _words(form: NumberForm) -> pl.Expr:
    """The words of a cell: the one before its number and the one behind it; empty for none."""
    import polars as pl

    text = pl.col("quantity").fill_null("").str.strip_chars()
    if "minus_sign" in form.negative:
        text = text.str.replace(MINUS, "-", literal=True)
    found = []
    for word in form.words:
        found += [text.str.extract(word.pattern, group) for group in word.groups]
        text = text.str.replace(word.pattern, word.kept)
    return pl.concat_str(found, separator=SEPARATOR, ignore_nulls=True)
