"""A day and its time of day from two columns: one text, with a blank between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.company.joined_columns import joined_of

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.company.read import Read
    from ghgcalc.company.table import Table

_CLOCK = re.compile(r"[,T ]*h.*$")
_SECONDS = r"^([0-9]{1,2}:[0-9]{2}):00$"


def with_joined(frame: pl.LazyFrame, table: Table, *, typed: bool) -> pl.LazyFrame:
    """Add the columns that two of a file give together; empty where one of the cells is.

    Args:
        frame: the cells of a file.
        table: its rules.
        typed: the file has cells of days and times, which are written with seconds.
    """
    import polars as pl

    made = []
    for ours in joined_of(table.columns):
        day, clock = (pl.col(f"{ours}:{n}").fill_null("").str.strip_chars() for n in (0, 1))
        if typed and "ss" not in table.read.date:
            clock = clock.str.replace(_SECONDS, "${1}")
        text = pl.concat_str([day, clock], separator=" ")
        made.append(
            pl.when((day != "") & (clock != "")).then(text).otherwise(pl.lit("")).alias(ours)
        )
    return frame.with_columns(made) if made else frame


def read_of_cells(table: Table) -> Read:
    """The rules by which typed days are written: without the time that stands beside them."""
    if not joined_of(table.columns):
        return table.read
    return table.read.model_copy(update={"date": _CLOCK.sub("", table.read.date)})
