"""The checks of activity data, by diagnostic code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.calendar_gaps import calendar_gaps
from ghgcalc.activity_data.cited import evidence_missing
from ghgcalc.activity_data.last_year import far_from_last_year
from ghgcalc.activity_data.periods import blocked, distant_periods, unserved
from ghgcalc.activity_data.two_categories import two_categories
from ghgcalc.activity_data.two_doors import two_doors
from ghgcalc.activity_data.unnamed_years import unnamed_years
from ghgcalc.company.checks import TIMES
from ghgcalc.core.check import Check, Setting
from ghgcalc.core.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company
    from ghgcalc.core.check import Settings
    from ghgcalc.core.diagnostics import Diagnostic


class ActivityData(NamedTuple):
    """The activity data of a company file.

    Attributes:
        wholes: its amounts; some are the sum of several.
        amounts: each of them, where every one is judged.
        years: the reporting years to judge.
        lost: the errors that keep some of it out, which is not called missing.
    """

    company: Company
    wholes: Sequence[ElementaryActivity]
    amounts: Sequence[ElementaryActivity] = ()
    years: Sequence[int] = ()
    lost: Sequence[Diagnostic] = ()


def _unserved(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    del settings
    return unserved(data.company, data.wholes)


def _unnamed(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    del settings
    return unnamed_years(data.company, data.wholes)


def _distant(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    return distant_periods(data.company, data.wholes, settings["years"])


def _twice(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    del settings
    return two_doors(data.company, data.wholes)


def _categories(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    del settings
    return two_categories(data.wholes)


def _gaps(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    kept_out = partial(blocked, data.lost)
    return calendar_gaps(data.company, data.amounts, data.years, kept_out, settings["days"])


def _far(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    return [*far_from_last_year(data.amounts, settings["times"])]


def _cited(data: ActivityData, settings: Settings) -> list[Diagnostic]:
    del settings
    return [*evidence_missing(data.company.document)]


WARNING = Severity.WARNING
YEARS = Setting("years", 5, 1, "years between a year and all others that are still near")
DAYS = Setting("days", 1, 1, "the shortest stretch without data that is told")
# of each computation
OF_A_PERIOD: tuple[Check[ActivityData], ...] = (
    Check("year-not-named", _unnamed),
    Check("instrument-not-applied", _unserved, WARNING, plausibility=True, complete=True),
    Check("counted-twice", _twice, WARNING, plausibility=True),
    Check("counted-in-two-categories", _categories, WARNING, plausibility=True),
    Check("distant-period", _distant, WARNING, plausibility=True, settings=(YEARS,)),
)
# of the whole file, by `ghgcalc check`
GAP = Check("calendar-gap", _gaps, WARNING, plausibility=True, settings=(DAYS,))
# what `company.checks` asks of activities, of the rows of tables
FAR = Check("far-from-last-year", _far, WARNING, plausibility=True, settings=(TIMES,))
CITED = Check("evidence-missing", _cited, WARNING, plausibility=True)
OF_THE_FILE: tuple[Check[ActivityData], ...] = (GAP, FAR, CITED)
# found while tables are read
ON_THE_WAY: tuple[Check[ActivityData], ...] = (
    Check("calendar-overlap", None, WARNING, plausibility=True),
    Check("column-passed-over", None, WARNING, plausibility=True),
    Check("decimal-sign-doubtful", None, WARNING, plausibility=True),
    Check("equal-rows", None, Severity.NOTE, plausibility=True),
    Check("estimate-and-actual", None, WARNING, plausibility=True),
    Check("heading-unit", None, WARNING, plausibility=True),
    Check("nested-rows", None, WARNING, plausibility=True),
    Check("no-rows", None, WARNING, plausibility=True),
    Check("number-format", None, WARNING, plausibility=True),
    Check("rising-quantities", None, WARNING, plausibility=True),
    Check("running-total", None, WARNING, plausibility=True),
    Check("sum-of-others", None, WARNING, plausibility=True),
    Check("trailing-delimiter", None, Severity.NOTE, plausibility=True),
)
CHECKS: tuple[Check[ActivityData], ...] = (*OF_A_PERIOD, *OF_THE_FILE, *ON_THE_WAY)
