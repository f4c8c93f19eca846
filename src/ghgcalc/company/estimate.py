"""Estimates: how much of a quantity was estimated, how and why. They never change a figure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ghgcalc.company.activity import ActivityKeys

WHOLE = Fraction(1)
NO_WORDS = frozenset({"", "no", "false", "0", "n", "否"})


class Estimate(NamedTuple):
    """How much of a line is an estimate.

    Attributes:
        share: estimated part of the quantity, above 0 and at most 1; of the tonnes likewise, as
            they are proportional to it.
        method, reason: as stated; "" where a column of a table alone marks the rows.
        column: the heading of that column, as the file writes it.
    """

    share: Fraction
    method: str = ""
    reason: str = ""
    column: str = ""


class EstimateWords(NamedTuple):
    """How the cells of a table's column `estimated` were read: rows by text, trimmed."""

    table: str
    column: str
    yes: dict[str, int]
    no: dict[str, int]


def stated_estimate(data: ActivityKeys) -> Estimate | None:
    """The estimate that an activity or an item states: of the whole quantity."""
    known = data.estimated
    return None if known is None else Estimate(WHOLE, known.method, known.reason)


def marked_estimate(part: Fraction, whole: Fraction, column: str) -> Estimate | None:
    """The estimate of rows of which those that sum to `part` are marked.

    A correction without a mark may leave less than the marked rows: then all that is left is one.
    Both are below zero where a month holds a marked correction alone.
    """
    if not part or not whole or (part < 0) != (whole < 0):
        return None
    return Estimate(min(part / whole, WHOLE), column=column)
