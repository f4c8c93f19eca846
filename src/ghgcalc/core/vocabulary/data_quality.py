"""The indicators of data quality and their scores (S3-08).

Source: Scope 3 Standard, table 7.6 and box 7.2: very good, good, fair and poor, here 1 to 4.
"""

from __future__ import annotations

from typing import Final

TIME: Final = "time"
INDICATORS: Final = ("technology", TIME, "geography", "completeness", "reliability")
BEST, WORST = 1, 4
# less than so many years between the data and the inventory, for 1, 2 and 3
_YEARS: Final = (3, 6, 10)


def time_score(year: int | None, data_year: int | None) -> int:
    """The score of time: below 3 years apart 1, below 6 2, below 10 3; else, or unknown, 4."""
    if year is None or data_year is None:
        return WORST
    apart = abs(year - data_year)
    return next((score for score, most in enumerate(_YEARS, BEST) if apart < most), WORST)
