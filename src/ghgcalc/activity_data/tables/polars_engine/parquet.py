"""Parquet: typed columns as the texts that a text file would hold."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.day_formats import DateFormat, day_format
from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.findings import shown_cell

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from ghgcalc.company.read import Read

_DIRECTIVES = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "M": "%-m", "D": "%-d"}
_TOKENS = re.compile("YYYY|MM|DD|M|D")


def open_parquet(path: Path) -> tuple[pl.LazyFrame, pl.Schema]:
    """The file and its columns; row numbers stand in `row`, from 1.

    Raises:
        FileRefused: when it is not Parquet.
    """
    import polars as pl

    try:
        frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        return frame.with_row_index("row", 1), frame.collect_schema()
    except pl.exceptions.PolarsError as error:
        reason = shown_cell(str(error).splitlines()[0])
        hint = "write the file again, or export it as CSV"
        raise FileRefused("unreadable-file", f"is not a Parquet file: {reason}", hint) from error


def count_rows(path: Path) -> int:
    """Rows by the file's own metadata."""
    import polars as pl

    return int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())


def as_text(name: str, kind: pl.DataType, read: Read, *, stamp: bool = False) -> pl.Expr:
    """A column as text: numbers with the table's decimal sign, days in its format.

    With `stamp` a moment keeps its time of day and its zone.
    A binary fraction is written with the fewest digits that give it back.

    Raises:
        FileRefused: for lists, structs and binary columns.
    """
    import polars as pl

    cell = pl.col(name)
    if kind == pl.String:
        return cell
    if isinstance(kind, pl.Date | pl.Datetime):
        return _days(cell, kind, read, stamp)
    if kind.is_float() or kind.is_decimal():
        text = _in_full(cell.cast(pl.String)) if kind.is_float() else cell.cast(pl.String)
        text = text.str.replace(r"^(.*\.[0-9]*?)0+$", "$1").str.strip_suffix(".")
        return text if read.decimal == "." else text.str.replace(".", read.decimal, literal=True)
    if kind.is_integer() or isinstance(kind, pl.Boolean | pl.Categorical | pl.Enum):
        return cell.cast(pl.String)
    raise FileRefused(
        "wrong-shape", f"column `{name}` holds {kind}", "give the column texts, numbers or days"
    )


def _in_full(text: pl.Expr) -> pl.Expr:
    """The text of a binary fraction without an exponent: `5.6e-14` in all its digits."""
    import polars as pl

    def written(texts: pl.Series) -> pl.Series:
        known = texts.drop_nulls().unique()
        if not len(known):
            return texts
        full = [f"{Decimal(text):f}" for text in known]
        return texts.replace_strict(known, full, default=None, return_dtype=pl.String)

    short = pl.when(text.str.contains("e", literal=True)).then(text)
    full = short.map_batches(written, return_dtype=pl.String, is_elementwise=True)
    return pl.coalesce(full, text)


def _days(cell: pl.Expr, kind: pl.DataType, read: Read, stamp: bool) -> pl.Expr:
    import polars as pl

    known = day_format(read)
    if not known.plain and not stamp:
        return _written(cell, known)
    form = _TOKENS.sub(lambda match: _DIRECTIVES[match[0]], read.date.replace("%", "%%"))
    text = cell.dt.to_string(form)
    if isinstance(kind, pl.Date):
        return text
    if stamp:
        zoned = isinstance(kind, pl.Datetime) and kind.time_zone is not None
        return cell.dt.to_string(f"{form} %H:%M:%S%.f" + ("%:z" if zoned else ""))
    whole = cell.dt.time() == pl.time(0, 0, 0)
    return pl.when(whole).then(text).otherwise(cell.cast(pl.String))


def _written(cell: pl.Expr, form: DateFormat) -> pl.Expr:
    """Typed days in a format that the engine does not know; each distinct one is written once."""
    import polars as pl

    def write(values: pl.Series) -> pl.Series:
        distinct = values.unique().drop_nulls()
        if values.dtype == pl.Date:
            texts = [form.write(day) for day in distinct]
        else:
            ends = zip(distinct.dt.date(), distinct.dt.time(), strict=True)
            texts = [form.write(day, clock) for day, clock in ends]
        return values.replace_strict(distinct, texts, default=None, return_dtype=pl.String)

    return cell.map_batches(write, return_dtype=pl.String, is_elementwise=True)


def first_rows(path: Path, most: int) -> tuple[list[str], list[list[str]], bool]:
    """Headings and the first rows as texts, and whether there are no others.

    Raises:
        FileRefused: it is not Parquet, or a column holds lists, structs or bytes.
    """
    from ghgcalc.company.read import Read as Plain

    frame, schema = open_parquet(path)
    heads, read = [name for name in schema.names() if name != "row"], Plain()
    texts = [as_text(name, schema[name], read).alias(name) for name in heads]
    rows = frame.head(most + 1).select(texts).collect().rows()
    cells = [["" if cell is None else str(cell).strip() for cell in row] for row in rows[:most]]
    return heads, cells, len(rows) <= most
