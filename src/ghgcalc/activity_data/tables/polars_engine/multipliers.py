"""The multiplier of a meter: how much of the unit one count of it is."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, RowFinding, shown_cell
from ghgcalc.activity_data.tables.number_form import NumberForm
from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import MAX_INTEGER_DIGITS, NumberError, parse_number

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

# digits of a multiplier's numerator and of the decimals counted: 128 bits hold the product
_DIGITS = 6 + EXACT_DECIMALS
_HINT = "write how much of the unit one count is, such as 40; 1 where it is the unit itself"


def multiplied(pairs: pl.DataFrame, plan: TablePlan, sources: Sources) -> pl.DataFrame:
    """Differences times their multiplier, exactly; rows whose multiplier is none are told.

    Diagnosed into the tally of `sources`: `not-a-number`, `number-out-of-range`.
    """
    import polars as pl

    constant = plan.places.table.constants.multiplier
    if constant is None and "multiplier" not in plan.columns:
        return pairs
    pairs = pairs.with_columns(
        pl.col("multiplier").fill_null("").str.strip_chars()
        if "multiplier" in plan.columns
        else pl.lit(f"{constant:f}").alias("multiplier")
    )
    form = plan.form if "multiplier" in plan.columns else NumberForm()
    most = 10 ** (_DIGITS - plan.decimals)
    known = {text: _read(text, form, most) for text in pairs["multiplier"].unique().to_list()}
    good = {text: ratio for text, ratio in known.items() if ratio is not None}
    pairs = _left_out(pairs, ~pl.col("multiplier").is_in(list(good)), "not-a-number", plan, sources)
    ratios = pl.DataFrame(
        [(text, ratio.numerator, ratio.denominator) for text, ratio in good.items()],
        schema={"multiplier": pl.String, "above": pl.Int128, "below": pl.Int128},
        orient="row",
    )
    pairs = pairs.join(ratios, on="multiplier", how="left", maintain_order="left")
    pairs = pairs.with_columns(whole=pl.col("used") * pl.col("above"))
    beyond = pl.lit(10 ** (plan.decimals + MAX_INTEGER_DIGITS), pl.Int128)
    far = (pl.col("whole") % pl.col("below") != 0) | (pl.col("whole") // pl.col("below") >= beyond)
    pairs = _left_out(pairs, far, "number-out-of-range", plan, sources)
    pairs = pairs.with_columns(used=pl.col("whole") // pl.col("below"))
    return pairs if "multiplier" in plan.columns else pairs.drop("multiplier")


def _read(text: str, form: NumberForm, most: int) -> Fraction | None:
    try:
        found = Fraction(parse_number(form.plain(text).replace(form.decimal, ".")))
    except NumberError:
        return None
    return found if found > 0 and found.numerator <= most else None


def _left_out(
    pairs: pl.DataFrame, which: pl.Expr, code: str, plan: TablePlan, sources: Sources
) -> pl.DataFrame:
    wrong = pairs.filter(which).sort("position")
    if not wrong.height:
        return pairs
    column = "multiplier" if "multiplier" in plan.columns else "quantity"
    found = []
    for position, text in wrong.select("position", "multiplier").head(SHOWN_PER_CODE + 1).rows():
        heading = plan.columns[column]
        message = f"column `{heading}`: `{shown_cell(text)}` is not a multiplier above zero"
        if code == "number-out-of-range":
            message = f"column `{heading}`: the difference times `{text}` has too many digits"
        finding = Diagnostic(code, message, sources.place(position, column), hint=_HINT)
        found.append(RowFinding(position, finding))
    sources.tally.add_many(code, wrong.height, found, None, "multiplier")
    sources.rejected += wrong.height
    sources.rows -= wrong.height
    return pairs.filter(~which)
