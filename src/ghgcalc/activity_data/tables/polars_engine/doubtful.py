"""A point in every quantity before exactly three digits: decimals, or groups of thousands?

`12.500`, `9.750` and `11.120` kWh read as 12.5, 9.75 and 11.12 where a German file means thousands.
Nobody can tell from the cells, so the question is asked as a warning, but only where the thousands
are the likelier reading:

* neither `decimal:` nor `thousands:` is stated, and the cells are text;
* every quantity is one to three digits, a point and three digits, and could so be grouped (`0.250`
  and `1234.500` could not), or a whole number below a thousand, which a file that pads its decimals
  (a cell ends in 0) would not write;
* the unit is one that nobody reads to its thousandth: kWh, kg, L, km, money. Three decimals of a
  t, MWh, GJ or m3 are kg, kWh, MJ and litres, which meters and weighbridges do show.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

_GROUPS = r"^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$"
_WHOLE = r"^[0-9]{1,3}$"
_FEWEST = 2  # quantities in groups; one alone says little
_SAMPLE = 500  # rows after which most tables are cleared
# by dimension, the largest unit of which a thousandth is nothing: kWh, kg, litre, mile
_FINE = {"J": Fraction(3_600_000), "kg": Fraction(1), "m3": Fraction(1, 1000), "m": Fraction(1610)}


def doubtful(rows: pl.LazyFrame, plan: TablePlan, sources: Sources) -> list[Diagnostic]:
    """The warning where it is due; `rows` are derived ones."""
    import polars as pl

    read = plan.places.table.read
    if "decimal" in read.model_fields_set or read.thousands or set(sources.kinds) != {"text"}:
        return []
    if plan.places.table.reads:  # counters do show three decimals
        return []
    text = pl.col("text")
    unit = pl.col("unit") if "unit" in plan.columns else pl.lit(plan.constants["unit"])
    asked = rows.select("position", "text", unit=unit.fill_null("")).filter(text != "")
    kinds = {"groups": text.str.contains(_GROUPS), "whole": text.str.contains(_WHOLE)}
    for some in (asked.head(_SAMPLE), asked):
        counts = (
            some.with_columns(**kinds)
            .group_by("unit")
            .agg(
                pl.col("groups", "whole").sum(),
                (~pl.col("groups") & ~pl.col("whole")).sum().alias("other"),
                ((text != "0") & pl.col("whole")).sum().alias("bare"),
                (pl.col("groups") & text.str.ends_with("0")).sum().alias("padded"),
                pl.col("position").filter("groups").min().alias("first"),
            )
            .collect(engine="streaming")
        )
        if counts["other"].sum() or not counts["groups"].sum():
            return []
    fine = counts.filter(pl.Series([_is_fine(plan, text) for text in counts["unit"]]))
    if fine["groups"].sum() < _FEWEST or (counts["bare"].sum() and not counts["padded"].sum()):
        return []
    return [_warning(int(fine.select(pl.col("first").min()).item()), rows, plan, sources)]


def _is_fine(plan: TablePlan, text: str) -> bool:
    """Whether a unit is one that nobody reads to its thousandth."""
    try:
        unit = parse_unit(plan.keys.ours("unit", text) or "")
    except (UnitError, ValueError, ArithmeticError, LookupError, TypeError, RecursionError):
        return False
    return unit.dimension in CURRENCIES or unit.size <= _FINE.get(unit.dimension, Fraction(-1))


def _warning(position: int, rows: pl.LazyFrame, plan: TablePlan, sources: Sources) -> Diagnostic:
    import polars as pl

    cell = rows.filter(pl.col("position") == position).select("text").collect().item()
    return Diagnostic(
        "decimal-sign-doubtful",
        f"table `{plan.places.name}`: every quantity has three digits behind its point, as"
        f" `{cell}` has: decimals, or thousands?",
        sources.place(position, "quantity"),
        related=(Related(plan.places.at(*plan.places.source("quantity")), "read here"),),
        hint='state under `read:` `decimal: "."` where they are decimals, or `decimal: ","` and'
        ' `thousands: "."` where the point groups digits',
        severity=Severity.WARNING,
    )
