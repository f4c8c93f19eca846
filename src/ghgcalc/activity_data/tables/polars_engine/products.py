"""Counts of a table times exact rates, as decimal texts: by the engine where 128 bits hold them."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.sums import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    import polars as pl

_MOST = 2**127 - 1


class Products:
    """Writes count × rate to so many decimals, rounded half away from zero.

    With count × top / bottom in units of the last decimal, the rounded number is
    (2 · |count| · |top| + bottom) // (2 · bottom), in whole numbers; the sign comes after. Counts
    are of 10^-`counted`.
    """

    def __init__(self, rates: Sequence[Fraction], decimals: int, counted: int = DECIMALS) -> None:
        import polars as pl

        self._decimals = decimals
        self._terms = [_reduced(abs(rate), decimals, counted) for rate in rates]
        self._below = pl.Series([rate < 0 for rate in rates], dtype=pl.Boolean)
        held = [(2 * top, bottom) if 2 * bottom <= _MOST and 2 * top <= _MOST else (0, 1)
                for top, bottom in self._terms]  # fmt: skip
        self._tops = pl.Series([top for top, _ in held], dtype=pl.Int128)
        self._bottoms = pl.Series([bottom for _, bottom in held], dtype=pl.Int128)
        # the largest count whose product 128 bits hold
        self._room = pl.Series(
            [(_MOST - bottom) // (2 * top) if top and 2 * top <= _MOST and 2 * bottom <= _MOST
             else 0 if top else _MOST
             for top, bottom in self._terms], dtype=pl.Int128)  # fmt: skip

    def texts(self, counts: pl.Series, rates: pl.Series) -> pl.Series:
        """One text for each count and the number of its rate."""
        import polars as pl

        of_rates = {"top": self._tops, "bottom": self._bottoms, "room": self._room,
                    "below": self._below}  # fmt: skip
        frame = pl.DataFrame({"count": counts.cast(pl.Int128), "rate": rates}).with_columns(
            pl.col("count").abs().alias("size"),
            *(values.gather(rates).alias(name) for name, values in of_rates.items()),
        )
        fits = pl.col("size") <= pl.col("room")
        units = (pl.when(fits).then("size").otherwise(0) * pl.col("top") + pl.col("bottom")) // (
            pl.col("bottom") * 2
        )
        shift = 10**self._decimals
        frame = frame.select("count", "rate", "below", fits.alias("fits"), units=units)
        text = _written(pl.col("units"), shift, self._decimals)
        minus = ((pl.col("count") < 0) != pl.col("below")) & (pl.col("units") > 0)
        frame = frame.with_columns(text=pl.when(minus).then(pl.lit("-") + text).otherwise(text))
        found = frame["text"]
        beyond = frame["fits"].not_().arg_true()
        if len(beyond):
            pairs = frame[beyond].select("count", "rate").rows()
            found = found.scatter(beyond, [self._text(count, rate) for count, rate in pairs])
        return found

    def _text(self, count: int, rate: int) -> str:
        """The same for one row in whole numbers of Python."""
        top, bottom = self._terms[rate]
        units = (2 * abs(count) * top + bottom) // (2 * bottom)
        whole, part = divmod(units, 10**self._decimals)
        minus = (count < 0) != self._below[rate] and units
        return f"{'-' if minus else ''}{whole}.{part:0{self._decimals}d}"


def _reduced(rate: Fraction, decimals: int, counted: int) -> tuple[int, int]:
    top, bottom = rate.numerator * 10**decimals, rate.denominator * 10**counted
    common = gcd(top, bottom)
    return top // common, bottom // common


def _written(units: pl.Expr, shift: int, decimals: int) -> pl.Expr:
    import polars as pl

    whole, part = units // pl.lit(shift, pl.Int128), units % pl.lit(shift, pl.Int128)
    return whole.cast(pl.String) + "." + part.cast(pl.String).str.zfill(decimals)
