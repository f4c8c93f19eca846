"""Rows of equal days of which one is the sum of all the others: tariffs beside their total.

A sum that comes about by chance is told apart by what repeats: rows with one text, which the other
rows of their days do not have, equal the sum of the others over and over.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.nesting import LEAST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.activity_data.tables.nesting import Row
    from ghgcalc.core.period import Span

ROWS = LEAST + 1  # those above zero of which one may be the sum of the others


class Label(NamedTuple):
    """A column, and the text by which rows that are sums differ from the others."""

    column: str
    text: str


class Sum(NamedTuple):
    """A row that equals the sum of the others of its days.

    Attributes:
        row: the sum.
        others: how many rows above zero it adds up; `first`: the place of the first of them.
        sure: whether other days show the same, so that it is none by chance.
        label: what marks it; None where no column does.
    """

    row: Row
    others: int
    first: int
    sure: bool
    label: Label | None


Texts = dict[str, dict[int, str]]  # by column and place of the row


def counted(rows: Sequence[Row]) -> list[Row]:
    """The rows that may be a sum or its parts: neither zero nor corrections."""
    return [row for row in rows if row.scaled > 0 and not row.corrects]


def sum_row(rows: Sequence[Row]) -> Row | None:
    """The row that equals the sum of all the others; each is above zero, so there is but one."""
    whole = sum(row.scaled for row in rows)
    return next((row for row in rows if 2 * row.scaled == whole), None)


def sums_over_days(
    by_span: Mapping[Span, Sequence[Row]], texts: Texts, mapped: frozenset[str]
) -> list[Sum]:
    """The sums among the rows of one facility, category and unit, by their days.

    Args:
        by_span: the rows by days, in the order of the files.
        texts: of each column, the texts of the rows.
        mapped: the columns whose texts tell supplies apart; those of others are remarks.
    """
    asked = {span: kept for span, rows in by_span.items() if len(kept := counted(rows)) >= ROWS}
    sums = {span: row for span, rows in asked.items() if (row := sum_row(rows)) is not None}
    label = _label(asked, sums, texts)
    placed = label is None and _by_place(asked, sums, texts, mapped)
    found = []
    for span, row in sums.items():
        marked = label is not None and texts[label.column].get(row.position) == label.text
        others = [each.position for each in asked[span] if each is not row]
        sure = marked or placed
        found.append(Sum(row, len(others), min(others), sure, label if marked else None))
    return found


def _own(row: Row, rows: Sequence[Row], texts: Mapping[int, str]) -> str:
    """The text of a row that no other one of its days has; empty where there is none."""
    text = texts.get(row.position, "")
    shared = any(texts.get(each.position) == text for each in rows if each is not row)
    return "" if shared else text


def _label(
    asked: Mapping[Span, Sequence[Row]], sums: Mapping[Span, Row], texts: Texts
) -> Label | None:
    """The text that marks the sums of most days: of two at least, and of most where it stands."""
    best: tuple[int, Label] | None = None
    for column, each in texts.items():
        own = Counter(_own(row, asked[span], each) for span, row in sums.items())
        distinct = ({each.get(row.position) for row in rows} for rows in asked.values())
        stands = Counter(text for texts_of in distinct for text in texts_of)
        for text, count in own.items():
            if not text or count < LEAST or (best is not None and count <= best[0]):
                continue
            if 2 * count > stands[text]:
                best = count, Label(column, text)
    return best[1] if best else None


def _by_place(
    asked: Mapping[Span, Sequence[Row]],
    sums: Mapping[Span, Row],
    texts: Texts,
    mapped: frozenset[str],
) -> bool:
    """Whether nothing but its place marks the sum: the first, or the last, row of all days."""
    if len(sums) < LEAST or len(sums) < len(asked):
        return False
    told = (_own(row, asked[s], texts[n]) for n in mapped & set(texts) for s, row in sums.items())
    if any(told):
        return False
    firsts = sum(asked[span][0] is row for span, row in sums.items())
    lasts = sum(asked[span][-1] is row for span, row in sums.items())
    return len(sums) in (firsts, lasts)
