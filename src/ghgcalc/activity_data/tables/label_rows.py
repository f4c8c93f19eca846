"""Rows whose time cell holds no time: sums, headings and notes among the bills.

A filter leaves them out. Whether such a row counts nothing of its own only the reader knows, so a
hint asks, and names the filter as it is typed.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.headings import folded
from ghgcalc.activity_data.tables.total_rows import leave_out, says_total
from ghgcalc.activity_data.tables.written import is_month_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.company.table import Table

_STRETCH = re.compile(
    r"(?<![^\W_])(?:Q ?[1-4]|[1-4] ?Q|[HS] ?[12]|[12] ?H|FY|CY|YTD|quarter|half|year|annual"
    r"|Quartal|Halbjahr|Jahr|trimestre|semestre)(?![^\W\d_])|季度|年度|上半年|下半年|全年",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a label says of its row."""

    SUM = "sum"
    STRETCH = "stretch"
    NOTE = "note"
    HEADING = "heading"


class Label(NamedTuple):
    """The heading of a time column, a text in it that is no time, and what it says."""

    heading: str
    text: str
    kind: Kind


def kind_of(text: str, *, among_times: bool, month_names: bool) -> Kind | None:
    """What a text that is no time says of its row; None where it may be a time written otherwise.

    Args:
        text: the cell.
        among_times: other cells of its column are times.
        month_names: months may stand as a name alone, of any language.
    """
    if says_total(text):
        return Kind.SUM
    if not among_times:
        return None
    if _STRETCH.search(text):
        return Kind.STRETCH
    wordy = not any(sign.isdigit() for sign in text) and any(sign.isalpha() for sign in text)
    return Kind.NOTE if wordy and not month_names and not is_month_name(text) else None


def repeats(heading: str, text: str) -> bool:
    """Whether a cell is the heading of its column again."""
    return folded(text).casefold() == folded(heading).casefold()


def hint_of(table: Table, labels: Sequence[Label], row: int) -> str:
    """How the rows of labels of one heading and kind are left out; `row` is the first of them."""
    heading, _, kind = labels[0]
    several = len({label.text for label in labels}) > 1
    texts = dict.fromkeys(label.text for label in labels)
    typed = leave_out(table, heading, *texts)
    rows, add, count = ("the rows", "add", "count") if several else ("the row", "adds", "counts")
    if kind is Kind.HEADING:
        return (
            f"the headings stand again: where another table begins in row {row},"
            f" `read: {{last_row: {row - 1}}}` ends this one above it, and one with"
            f" `read: {{header_row: {row}}}` reads it; where the rows go on, {typed}"
        )
    if kind is Kind.SUM:
        return f"{typed} where {rows} {add} up others"
    if kind is Kind.STRETCH:
        return (
            f"where {rows} {add} up others, {typed}; export the days of what {count} beside them,"
            " as 2024-Q1 or 2024-01-01/2024-03-31"
        )
    return (
        f"where {rows} {count} nothing, as a heading, a note or a sum, {typed}; what {count} needs"
        " its days: export it again with them"
    )
