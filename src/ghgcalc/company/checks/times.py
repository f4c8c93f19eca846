"""Checks of times stated twice: what is of a year beside a period of another length."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.company.figure_names import FigureError, parse_figure
from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.numbers import plain
from ghgcalc.core.period import whole_months

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import PeriodSpec, Span

MONTHS = 12
# what rounding a length of time to decimals of a year may move: half a day
TOLERANCE = Fraction(1, 730)


def check_times(company: Company) -> list[Diagnostic]:
    """What is of a year, or of a stated length, has a period of that length.

    Diagnosed: `period-differs` for `leakage: years:` of another length, by days and by months, and
    for an intensity, whose metric is of a reporting year, over another period.
    """
    found: list[Diagnostic] = []
    for index, item in company.expect.items():
        found += _intensity(company, "expect", index, item.figure, item.period)
    for index, stated in company.stated.items():
        found += _intensity(company, "stated", index, stated.figure, stated.period)
    for name, activity in company.activities.items():
        form = activity.leakage
        if form is None or form.years is None or not form.annual_rate:
            continue
        span = company.span_of(activity.period)
        if not any(abs(form.years - one) <= TOLERANCE for one in lengths(company, span)):
            found.append(_differs(company, name, activity, span))
            company.faulty.add(name)
    return found


def lengths(company: Company, span: Span) -> list[Fraction]:
    """The length of a period in years: by days of the reporting years, by whole months."""
    by_days = sum((Fraction(days, of) for days, of in company.year.shares(span)), Fraction(0))
    months = whole_months(span)
    return [by_days] if months is None else [by_days, Fraction(months, MONTHS)]


def _intensity(
    company: Company, section: str, index: int, figure: str, period: PeriodSpec
) -> list[Diagnostic]:
    try:
        metric = parse_figure(figure, company.metrics).metric
    except FigureError:  # another check says it, where it is one
        return []
    span = company.span_of(period)
    year = company.year.name_of(span.last)
    if metric is None or company.year.span(year) == span:
        return []
    return [
        Diagnostic(
            "period-differs",
            f"`{figure}` is of a reporting year, its period `{period}` is not",
            company.document.locate((section, index, "period")),
            hint=f"write `period: {year}`, or state a figure in tonnes",
            days=(span.first, span.last),
        )
    ]


def _differs(company: Company, name: str, activity: Activity, span: Span) -> Diagnostic:
    form = activity.leakage
    assert form is not None
    assert form.years is not None
    path = ("activities", name)
    document = company.document
    period = document.locate((*path, "period"))
    stated = plain(form.years, 6)
    return Diagnostic(
        "period-differs",
        f"`{name}` states `years: {stated}` in a period of {span.days:,} days",
        document.locate((*path, "leakage", "years")),
        related=(Related(period, f"{span.first} to {span.last}"),),
        hint="remove `years:`, then the days of the period count; or correct the period to the"
        " days on which the equipment was in use",
        days=(span.first, span.last),
    )
