"""Filters and wide tables: from a file's own rows to rows of one quantity each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.columns import wanted_columns, year_of_file
from ghgcalc.activity_data.tables.day_formats import day_format
from ghgcalc.activity_data.tables.file_columns import FILTER, WIDE
from ghgcalc.activity_data.tables.headings import pattern
from ghgcalc.activity_data.tables.number_form import number_form
from ghgcalc.activity_data.tables.polars_engine.quantities import cleaned, scaled
from ghgcalc.activity_data.tables.polars_engine.quantity_terms import is_empty
from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS
from ghgcalc.core.schema import parse_day
from ghgcalc.core.text.scripts import FULL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from ghgcalc.activity_data.tables.file_columns import FileColumns
    from ghgcalc.company.read import RowFilter
    from ghgcalc.company.table import Table


def as_compared(ours: str, text: pl.Expr, table: Table) -> pl.Expr:
    """A column of Parquet in NFC where rows are compared by it; keys are when they are read."""
    named = ours in {"correction", "meter", *table.unique} or "time" in table.columns
    judged = ours.startswith(WIDE) and bool(table.filter)
    if named or judged or ours.startswith((FILTER, "unique:")):
        return text.str.normalize("NFC")
    return text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Rows, left by the filters before, whose cell cannot be compared with the bounds of one."""

    column: str
    code: str
    which: pl.Expr


def _text(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).fill_null("").str.strip_chars()


def _narrow(text: pl.Expr) -> pl.Expr:
    """A cell whose full-width signs are those of ASCII (`narrow`)."""
    import polars as pl

    wide = text.str.contains(FULL_WIDTH.pattern)
    return pl.when(wide).then(text.str.normalize("NFKC").str.strip_chars()).otherwise(text)


def _among(text: pl.Expr, texts: tuple[str, ...], patterns: tuple[str, ...]) -> pl.Expr:
    """Whether a cell is one of some texts, or fits one of some patterns."""
    import polars as pl

    found = text.is_in([one.strip() for one in texts]) if texts else pl.lit(value=False)
    for each in patterns:
        found |= text.str.contains(pattern(each))
    return found


def _by_text(rule: RowFilter, text: pl.Expr) -> pl.Expr:
    """Whether a cell passes the part of a filter that speaks of texts."""
    import polars as pl

    passes = pl.lit(value=True)
    if rule.equals:
        passes &= _among(text, rule.equals, ())
    if rule.matches:
        passes &= _among(text, (), rule.matches)
    return passes & ~_among(text, rule.not_equals, rule.not_matches)


def _value(rule: RowFilter, text: pl.Expr, table: Table) -> tuple[pl.Expr, list[object]]:
    """The cell as a day or a count of 1e-15, and the bounds alike; null where it is neither."""
    import polars as pl

    from ghgcalc.core.numbers import parse_number

    bounds = (rule.at_least, rule.at_most)
    if rule.by_day:
        days = [parse_day(text) if text else None for text in bounds]
        form = day_format(table.read)
        value = text.map_batches(
            lambda texts: texts.replace_strict(
                (known := texts.unique()), [form.read(text) for text in known],
                return_dtype=pl.Date,
            ),
            return_dtype=pl.Date,
            is_elementwise=True,
        )  # fmt: skip
        return value, list(days)
    least, most = (
        Fraction(parse_number(text)) * 10**EXACT_DECIMALS if text else None for text in bounds
    )
    whole = [None if least is None else ceil(least), None if most is None else floor(most)]
    numbers = number_form(table.read)
    value = scaled(cleaned(text, numbers), numbers, EXACT_DECIMALS)
    return value, [*whole]


def _steps(
    table: Table, columns: FileColumns, *, cells: bool
) -> Iterator[tuple[str, RowFilter, pl.Expr, pl.Expr]]:
    """The filters of rows, or of cells: column judged, rule, its text, where it does not ask."""
    import polars as pl

    for index, rule in enumerate(table.filter.values()):
        own = columns.cell_filters.get(index)
        if cells and own is not None:
            elsewhere = ~pl.col("heading").is_in([f"{WIDE}{each}" for each in sorted(own)])
            yield "quantity", rule, _text("quantity"), elsewhere
        elif not cells and own is None:
            yield f"{FILTER}{index}", rule, _text(f"{FILTER}{index}"), pl.lit(value=False)


def unreadable(
    table: Table, columns: FileColumns, *, cells: bool = False, full_width: bool = False
) -> list[Unreadable]:
    """The rows, or cells of a wide table, that a range cannot judge, by filter.

    Filters act in their order: a row that one leaves out is not asked by those after it. With
    `full_width` also those that a filter or `corrections:` judges by the width of their signs.
    """
    import polars as pl

    found, before = [], pl.lit(value=True)
    for column, rule, text, elsewhere in _steps(table, columns, cells=cells):
        if full_width:
            differs = _by_text(rule, text) != _by_text(rule, _narrow(text))
            named = ((*rule.equals, *rule.not_equals), (*rule.matches, *rule.not_matches))
            differs &= ~_among(text, *named)
            found.append(Unreadable(column, "unknown-value", before & ~elsewhere & differs))
        before &= elsewhere | _by_text(rule, text)
        if rule.at_least is not None or rule.at_most is not None:
            value, _ = _value(rule, text, table)
            code = "bad-date" if rule.by_day else "not-a-number"
            found.append(Unreadable(column, code, before & ~elsewhere & value.is_null()))
            before &= elsewhere | _in_range(rule, text, table)
    if full_width and not cells and table.corrections and table.corrections.column:
        text, marks = _text("correction"), table.corrections.equals
        differs = _among(text, marks, ()) != _among(_narrow(text), marks, ())
        found.append(Unreadable("correction", "unknown-value", before & differs))
    return found


def _in_range(rule: RowFilter, text: pl.Expr, table: Table) -> pl.Expr:
    """Whether a cell lies between the bounds of a filter; false where it cannot be compared."""
    import polars as pl

    value, (least, most) = _value(rule, text, table)
    inside = pl.lit(value=True)
    if least is not None:
        inside &= value >= least
    if most is not None:
        inside &= value <= most
    return inside.fill_null(value=False)


def kept(table: Table, columns: FileColumns, *, cells: bool = False) -> pl.Expr:
    """Whether a row, or a cell of a wide table, passes every filter."""
    import polars as pl

    every = pl.lit(value=True)
    for _, rule, text, elsewhere in _steps(table, columns, cells=cells):
        passes = _by_text(rule, text)
        if rule.at_least is not None or rule.at_most is not None:
            passes &= _in_range(rule, text, table)
        every &= elsewhere | passes
    return every


def left_out(table: Table, columns: FileColumns, *, ragged: bool) -> pl.Expr:
    """Whether a row with a flaw is one that a filter leaves out whatever the flaw hides.

    A cell that is not known is null, and no filter says anything of it. The cells of a ragged row
    may stand under wrong headings: it goes only where a cell is what a filter names to leave out.
    """
    import polars as pl

    out = pl.lit(value=False)
    for column, rule, text, _ in _steps(table, columns, cells=False):
        if ragged:
            gone = _among(text, rule.not_equals, rule.not_matches)
        else:
            gone = ~_by_text(rule, text)
            if rule.at_least is not None or rule.at_most is not None:
                value, _ = _value(rule, text, table)
                gone |= value.is_not_null() & ~_in_range(rule, text, table)
        out |= pl.col(column).is_not_null() & gone
    return out


def unpivoted(frame: pl.LazyFrame, table: Table, columns: FileColumns) -> pl.LazyFrame:
    """One row per heading of a wide table, which `position` counts; `heading` is its `wide:N`."""
    import polars as pl

    names = [f"{WIDE}{index}" for index in range(len(columns.wide))]
    wanted = wanted_columns(table)
    year = ["year"] if year_of_file(table) else []
    kept_names = ["position", *year, *(ours for ours, name in wanted.items() if name != "unpivot")]
    frame = frame.unpivot(
        on=names, index=kept_names, variable_name="heading", value_name="quantity"
    )
    return frame.with_columns(
        pl.col("position") + _of_heading(names, list(range(len(names))), pl.Int64),
        *(
            _of_heading(names, [each.value(table, ours) for each in columns.wide],
                        pl.String).alias(ours)
            for ours, name in wanted.items()
            if name == "unpivot" and ours != "quantity"
        ),
    )  # fmt: skip


def selected(frame: pl.LazyFrame, table: Table) -> pl.LazyFrame:
    """The columns that are read; without empty quantities where the table skips them."""
    year = ["year"] if year_of_file(table) else []
    frame = frame.select("position", *wanted_columns(table), *year)
    if table.read.empty_quantities == "skip":
        frame = frame.filter(~is_empty(table.columns))
    return frame


def _of_heading(names: list[str], values: list[object], kind: type[pl.DataType]) -> pl.Expr:
    import polars as pl

    return pl.col("heading").replace_strict(names, values, return_dtype=kind)
