"""The quantity column: pattern, exact cast to a count of 1e-9, and the reasons for refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.sums import DECIMALS
from ghgcalc.core.digits import spelled
from ghgcalc.core.numbers import MAX_DECIMALS, MAX_INTEGER_DIGITS

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.company.table import Corrections

_FULL_WIDTH = re.compile(r"[\uff01-\uff5e\u2212]")
_WORDS = {"inf", "nan", "infinity", "-inf", "+inf", "-infinity", "+infinity", "n/a", "-"}
_LONGEST = 60  # signs of a number that is spelled in a hint


def _pattern(decimal: str, digits: str, decimals: str) -> str:
    return rf"^[+-]?0*[0-9]{digits}({re.escape(decimal)}[0-9]{decimals}0*)?$"


def cleaned(decimal: str) -> pl.Expr:
    """The quantity's text without `_` and surrounding white space."""
    import polars as pl

    return pl.col("quantity").fill_null("").str.strip_chars().str.replace_all("_", "", literal=True)


def scaled(text: pl.Expr, decimal: str) -> pl.Expr:
    """The quantity as an integer count of 1e-9; null where the text is not an exact number."""
    import polars as pl

    fits = text.str.contains(
        _pattern(decimal, f"{{1,{MAX_INTEGER_DIGITS}}}", f"{{1,{MAX_DECIMALS}}}")
    )
    return counted(pl.when(fits).then(text), decimal)


def counted(text: pl.Expr, decimal: str) -> pl.Expr:
    """The same, rounded where `is_plain` does not hold: the engine's cast alone."""
    import polars as pl

    plain = text.str.replace(decimal, ".", literal=True) if decimal != "." else text
    return plain.cast(pl.Decimal(38, DECIMALS), strict=False).to_physical()


def is_plain(decimal: str) -> pl.Expr:
    """Whether the quantity's text is an exact number as it stands."""
    import polars as pl

    pattern = _pattern(decimal, f"{{1,{MAX_INTEGER_DIGITS}}}", f"{{1,{MAX_DECIMALS}}}")
    return pl.col("quantity").str.contains(pattern).fill_null(value=False)


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
    """Whether `scaled`, as it counts, has a sign that its row may have; asks for `corrects`."""
    import polars as pl

    value = pl.col("scaled")
    if rule is None or not rule.asks:
        return (value >= 0) | pl.col("corrects")
    return pl.when("corrects").then(value <= 0).otherwise(value >= 0)


def refusals(decimal: str, rule: Corrections | None) -> dict[str, pl.Expr]:
    """By code, which rows are refused; asks for the columns `text`, `scaled` and `corrects`."""
    import polars as pl

    text, value = pl.col("text"), pl.col("scaled")
    number = text.str.contains(_pattern(decimal, "+", "+"))
    empty = text == ""
    found = {
        "empty-cell": empty,
        "not-a-number": value.is_null() & ~empty & ~number,
        "number-out-of-range": value.is_null() & number,
        "negative-quantity": (value < 0) & ~pl.col("corrects"),
    }
    if rule is not None and rule.asks:
        found["correction-sign"] = (value > 0) & pl.col("corrects")
    return found


def explain(code: str, cell: str, decimal: str) -> tuple[str, str]:
    """Message and hint for a refused quantity; `cell` is its text as it stands."""
    text = shown_cell(cell.strip())
    if code == "empty-cell":
        return "the cell is empty", "write the quantity, or `0` for none; remove a row without data"
    if code == "negative-quantity":
        return f"`{text}` is negative", (
            "name the rows that correct others with `corrections: {column, equals}`; where the"
            " minus alone tells them, state `corrections: {negative: true}`"
        )
    if code == "correction-sign":
        return _sign(text)
    if code == "number-out-of-range":
        return (
            f"`{text}` has more than {MAX_INTEGER_DIGITS} digits before"
            f" or {MAX_DECIMALS} after the decimal sign",
            "use a larger unit or round the reading yourself",
        )
    return f"`{text}` is not a number", _hint(cell.strip(), decimal)


def _sign(text: str) -> tuple[str, str]:
    """What is asked where the sign of a marked row may mean two things."""
    if text.startswith("-"):
        return f"`{text}` has a minus, and `sign: reversed` says that marked rows have none", (
            "remove `sign:` where marked rows print their minus; files of either kind are tables"
            " of their own"
        )
    return f"`{text}` is positive in a row that `corrections:` marks: does it take away or add?", (
        "add `sign: reversed` to `corrections:` where the file prints what they take away without"
        " a minus, or `sign: as_printed` where such a row adds what it says"
    )


def _hint(text: str, decimal: str) -> str:
    other = "," if decimal == "." else "."
    bare = text.replace("_", "")
    if re.fullmatch(rf"[+-]?[1-9][0-9]{{0,2}}{re.escape(other)}[0-9]{{3}}", bare):
        return (
            f"remove `{other}` where it groups digits; where it stands before decimals, set"
            f' `decimal: "{other}"` under `read:`'
        )
    if re.fullmatch(rf"[+-]?[0-9]{{1,3}}({re.escape(other)}[0-9]{{3}})+.*", bare):
        return f"remove the thousands separators `{other}`, or use `_`"
    if other in bare and re.fullmatch(rf"[+-]?[0-9]+{re.escape(other)}[0-9]+", bare):
        return f'if the file writes its decimals so, set `decimal: "{other}"` under `read:`'
    if re.fullmatch(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+", bare):
        return "write all digits; the spreadsheet has shortened the number"
    meant = spelled(text) if decimal == "." and len(text) < _LONGEST else None
    if meant is not None:
        return f"write `{meant}`"
    if text.lower() in _WORDS:
        return "state a finite quantity; leave the row out if the value is not known"
    if _FULL_WIDTH.search(text):
        return "type the number with ASCII digits and signs"
    return f"write digits with `{decimal}` for decimals, such as 1234{decimal}5"
