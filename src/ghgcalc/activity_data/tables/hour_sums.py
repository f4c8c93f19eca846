"""A metered series by hour, exact."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.sums import DECIMALS

if TYPE_CHECKING:
    from datetime import datetime

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.row_lines import RowLines


@dataclass(frozen=True, slots=True)
class HourSums:
    """A series inside the days of a clock.

    Attributes:
        hours: exact sums in 10^-`decimals` of the series' unit, by the moment (UTC) an hour begins.
        rows: rows that contributed.
        missing: findings at intervals without a row; said when the zone is matched at all.
        decimals: those of the counts: 9, or 15 where a cell has more.
        rounded: which cells `decimals:` rounded, and what that moved.
    """

    hours: dict[datetime, int] = field(default_factory=dict)
    rows: int = 0
    missing: tuple[Diagnostic, ...] = ()
    hashes: dict[str, str] = field(default_factory=dict)
    excerpts: dict[str, RowLines] = field(default_factory=dict, compare=False)
    decimals: int = DECIMALS
    rounded: str = ""
