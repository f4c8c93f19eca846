"""What `decimals:` moves: how many cells were rounded, and the exact sum of the differences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.number_form import MOST_DIGITS
from ghgcalc.activity_data.tables.polars_engine.quantities import is_rounded
from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS
from ghgcalc.core.numbers import significant

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from ghgcalc.activity_data.tables.number_form import NumberForm
    from ghgcalc.company.table import Corrections

COLUMNS = ("rounded", "ups", "tail_1", "tail_2")
_CHUNK = MOST_DIGITS // 2  # digits of which 128 bits hold sums
_SHOWN = 3


def measures(form: NumberForm, rule: Corrections | None = None) -> list[pl.Expr]:
    """Sums over good rows: cells rounded, those rounded up, the digits left out in two parts."""
    import polars as pl

    if form.decimals is None:
        return []
    text, most = pl.col("text"), form.decimals
    which = pl.col("good") & is_rounded(text, form)
    below = text.str.starts_with("-")
    if rule is not None and rule.sign == "reversed":
        below = below.xor(pl.col("corrects"))
    sign = pl.when(below).then(-1).otherwise(1).cast(pl.Int128)
    left = text.str.extract(form.long, 3).str.slice(most)
    tail = left.str.pad_end(MOST_DIGITS, "0")

    def digits(start: int) -> pl.Expr:
        part = tail.str.slice(start, _CHUNK).cast(pl.Decimal(38, 0), strict=False)
        return (sign * part.to_physical()).filter(which).sum()

    up = sign * (left.str.slice(0, 1) >= "5").cast(pl.Int128)
    return [
        which.sum().cast(pl.Int64).alias("rounded"),
        up.filter(which).sum().alias("ups"),
        digits(0).alias("tail_1"),
        digits(_CHUNK).alias("tail_2"),
    ]


def told(what: str, form: NumberForm, found: Iterable[tuple[str, int, int, int, int]]) -> str:
    """The sentence for every report; empty where no cell was rounded.

    Args:
        what: the table or series.
        form: how it writes numbers.
        found: unit and sums of `measures`, by unit.
    """
    moved, count, most = {}, 0, form.decimals or 0
    for unit, rounded, ups, first, second in found:
        if rounded:
            count += rounded
            moved[unit] = (
                Fraction(ups, 10**most)
                - Fraction(first, 10 ** (most + _CHUNK))
                - Fraction(second, 10 ** (most + MOST_DIGITS))
            )
    if not count:
        return ""
    cells = "1 cell" if count == 1 else f"{count:,} cells"
    by_unit = ", ".join(f"{_signed(value)} {unit}" for unit, value in sorted(moved.items()))
    return (
        f"{what}: {cells} with more than {EXACT_DECIMALS} decimals rounded to {most} by"
        f" `decimals`, which moves the sum by {by_unit}"
    )


def _signed(value: Fraction) -> str:
    text = significant(abs(value), _SHOWN)
    return f"-{text}" if value < 0 else f"+{text}" if value else text
