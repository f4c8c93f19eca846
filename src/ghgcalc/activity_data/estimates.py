"""Estimates of a table's lines, and the words that its rows mark them with."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.marks import MARK
from ghgcalc.company.estimate import (
    WHOLE,
    Estimate,
    EstimateWords,
    marked_estimate,
    stated_estimate,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.activity_data.tables.sums import KeyedSum, TableSums
    from ghgcalc.company.table import Item, Table

WORDS_SHOWN = 8


def estimate_of(table: Table, item: Item, sums: Iterable[KeyedSum]) -> Estimate | None:
    """What is estimated of the sums of an item.

    An item that is stated to be estimated is so whole, whatever its rows say. What storage lost
    is the difference of readings, and an estimate where one of them is.
    """
    stated = stated_estimate(item)
    if stated is not None or MARK not in table.columns:
        return stated
    part = whole = 0
    for entry in sums:
        part += entry.scaled_estimated
        whole += entry.scaled
    if item.storage is not None:
        return Estimate(WHOLE, column=table.columns[MARK]) if part else None
    return marked_estimate(Fraction(part), Fraction(whole), table.columns[MARK])


def estimate_words(
    tables: Mapping[str, Table], sums: Mapping[str, TableSums]
) -> list[EstimateWords]:
    """How the column `estimated` of each table that has one was read."""
    found = []
    for name, read in sums.items():
        column = tables[name].columns.get(MARK)
        if column is not None and read.marks:
            yes = {text: rows for (text, marks), rows in read.marks.items() if marks}
            no = {text: rows for (text, marks), rows in read.marks.items() if not marks}
            found.append(EstimateWords(name, column, yes, no))
    return found


def words_note(words: EstimateWords) -> str:
    """A sentence that counts the words."""
    head = f"column `{words.column}` of table `{words.table}` marks"
    yes = f" as estimated: {_counted(words.yes)}" if words.yes else " no row as estimated"
    return f"{head}{yes}{f'; not estimated: {_counted(words.no)}' if words.no else ''}"


def _counted(words: dict[str, int]) -> str:
    ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{f'`{text}`' if text else 'empty'} {_rows(rows)}"
             for text, rows in ranked[:WORDS_SHOWN]]  # fmt: skip
    rest = ranked[WORDS_SHOWN:]
    if rest:
        rows = _rows(sum(count for _, count in rest))
        shown.append(f"{len(rest):,} other text{'' if len(rest) == 1 else 's'} {rows}")
    return ", ".join(shown)


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
