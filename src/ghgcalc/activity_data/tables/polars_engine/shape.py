"""Filters and wide tables: from a file's own rows to rows of one quantity each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.columns import wanted_columns, year_of_file
from ghgcalc.activity_data.tables.day_formats import day_format
from ghgcalc.activity_data.tables.polars_engine.quantities import scaled
from ghgcalc.activity_data.tables.sums import DECIMALS
from ghgcalc.core.schema import parse_day

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.company.read import RowFilter
    from ghgcalc.company.table import Table

WIDE, FILTER = "wide:", "filter:"


def file_columns(table: Table) -> dict[str, str]:
    """What a file's header must hold: our names, `wide:` and `filter:` columns, to theirs."""
    wanted = wanted_columns(table)
    if table.unpivot:
        wanted = {ours: theirs for ours, theirs in wanted.items() if theirs != "unpivot"}
    wanted |= {f"{WIDE}{index}": heading for index, heading in enumerate(table.unpivot)}
    return wanted | {f"{FILTER}{index}": heading for index, heading in enumerate(table.filter)}


def as_compared(ours: str, text: pl.Expr, table: Table) -> pl.Expr:
    """A column of Parquet in NFC where rows are compared by it; keys are when they are read."""
    named = ours in {"correction", "meter", *table.unique} or "time" in table.columns
    if named or ours.startswith((FILTER, "unique:")):
        return text.str.normalize("NFC")
    return text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Rows whose cell cannot be compared with the bounds of a filter."""

    column: str
    code: str
    which: pl.Expr


def _text(index: int) -> pl.Expr:
    import polars as pl

    return pl.col(f"{FILTER}{index}").fill_null("").str.strip_chars()


def _value(rule: RowFilter, index: int, table: Table) -> tuple[pl.Expr, list[object]]:
    """The cell as a day or a count of 1e-9, and the bounds alike; null where it is neither."""
    import polars as pl

    from ghgcalc.core.numbers import parse_number

    bounds = (rule.at_least, rule.at_most)
    if rule.by_day:
        days = [parse_day(text) if text else None for text in bounds]
        form = day_format(table.read)
        value = _text(index).map_batches(
            lambda texts: texts.replace_strict(
                (known := texts.unique()), [form.read(text) for text in known],
                return_dtype=pl.Date,
            ),
            return_dtype=pl.Date,
            is_elementwise=True,
        )  # fmt: skip
        return value, list(days)
    least, most = (Fraction(parse_number(text)) * 10**DECIMALS if text else None for text in bounds)
    whole = [None if least is None else ceil(least), None if most is None else floor(most)]
    value = scaled(_text(index).str.replace_all("_", "", literal=True), table.read.decimal)
    return value, [*whole]


def unreadable(table: Table) -> list[Unreadable]:
    """The rows that a range cannot judge, by filter."""
    found = []
    for index, rule in enumerate(table.filter.values()):
        if rule.at_least is not None or rule.at_most is not None:
            value, _ = _value(rule, index, table)
            code = "bad-date" if rule.by_day else "not-a-number"
            found.append(Unreadable(f"{FILTER}{index}", code, value.is_null()))
    return found


def kept(table: Table) -> pl.Expr:
    """Whether a row passes every filter."""
    import polars as pl

    every = pl.lit(value=True)
    for index, rule in enumerate(table.filter.values()):
        text = _text(index)
        if rule.equals:
            every &= text.is_in([one.strip() for one in rule.equals])
        if rule.not_equals:
            every &= ~text.is_in([one.strip() for one in rule.not_equals])
        if rule.at_least is None and rule.at_most is None:
            continue
        value, (least, most) = _value(rule, index, table)
        if least is not None:
            every &= value >= least
        if most is not None:
            every &= value <= most
    return every


def shaped(frame: pl.LazyFrame, table: Table) -> pl.LazyFrame:
    """Filter rows, then one row per heading of a wide table; `position` counts the heading."""
    import polars as pl

    if table.filter:
        frame = frame.filter(kept(table))
    wanted = wanted_columns(table)
    year = ["year"] if year_of_file(table) else []
    if table.unpivot:
        names = [f"{WIDE}{index}" for index in range(len(table.unpivot))]
        kept_names = [
            "position",
            *year,
            *(ours for ours, name in wanted.items() if name != "unpivot"),
        ]
        frame = frame.unpivot(
            on=names, index=kept_names, variable_name="heading", value_name="quantity"
        )
        frame = frame.with_columns(
            pl.col("position") + _of_heading(names, list(range(len(names))), pl.Int64),
            *(
                _of_heading(names, [getattr(each, ours) for each in table.unpivot.values()],
                            pl.String).alias(ours)
                for ours, name in wanted.items()
                if name == "unpivot" and ours != "quantity"
            ),
        )  # fmt: skip
    frame = frame.select("position", *wanted, *year)
    if table.read.empty_quantities == "skip":
        frame = frame.filter(pl.col("quantity").fill_null("").str.strip_chars() != "")
    return frame


def _of_heading(names: list[str], values: list[object], kind: type[pl.DataType]) -> pl.Expr:
    import polars as pl

    return pl.col("heading").replace_strict(names, values, return_dtype=kind)
