"""Years of 52 or 53 weeks: first days by name, checked, and every day in one year."""

from __future__ import annotations

from datetime import date

import pytest

from ghgcalc.core.period import PeriodError, Span, parse_period_text, parse_week_years

# ends on the last Saturday of December; 2028 has 53 weeks
YEARS = parse_week_years(
    {2027: date(2026, 12, 27), 2028: date(2027, 12, 26), 2029: date(2028, 12, 31)}
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-12-26", 2026), ("2026-12-27", 2027), ("2027-12-25", 2027), ("2027-12-26", 2028),
        ("2028-12-30", 2028), ("2028-12-31", 2029), ("2029-12-29", 2029), ("2029-12-30", 2030),
        ("2025-12-28", 2026), ("2025-12-27", 2025),
    ],
)  # fmt: skip
def test_the_year_of_a_day(day: str, name: int) -> None:
    found = date.fromisoformat(day)
    assert YEARS.name_of(found) == name
    assert YEARS.span(name).first <= found <= YEARS.span(name).last


def test_lengths() -> None:
    assert [YEARS.span(name).days for name in (2026, 2027, 2028, 2029, 2030)] == [
        364, 364, 371, 364, 364,
    ]  # fmt: skip
    assert YEARS.named == Span(date(2026, 12, 27), date(2029, 12, 29))


def test_quarters_have_thirteen_weeks_and_the_last_what_is_left() -> None:
    spans = [YEARS.resolve(parse_period_text(f"2028-Q{number}")) for number in (1, 2, 3, 4)]
    assert [span.days for span in spans] == [91, 91, 91, 98]
    assert (spans[0].first, spans[-1].last) == (date(2027, 12, 26), date(2028, 12, 30))


def test_days_are_shared_by_the_years_that_hold_them() -> None:
    # 2027-12-25 is the last of 364 days, 2027-12-26 and 27 the first of 371
    assert YEARS.shares(Span(date(2027, 12, 25), date(2027, 12, 27))) == [(1, 364), (2, 371)]


def test_the_year_of_factors_is_that_of_most_days() -> None:
    assert YEARS.majority_year(YEARS.span(2027)) == 2027
    assert YEARS.majority_year(YEARS.span(2029)) == 2029


@pytest.mark.parametrize(
    ("starts", "part"),
    [
        ({2023: date(2023, 1, 1), 2025: date(2025, 1, 1)}, "no year between"),
        ({2023: date(2023, 1, 1), 2024: date(2023, 12, 30)}, "363 days"),
        ({2024: date(2023, 12, 31), 2025: date(2023, 12, 30)}, "has -1 days"),
        ({2024: date(2014, 12, 28)}, "cannot start on 2014-12-28"),
    ],
)  # fmt: skip
def test_slips(starts: dict[int, date], part: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_week_years(starts)
    assert part in refused.value.message


def test_calendar_years_may_stand_before_weeks() -> None:
    years = parse_week_years({2022: date(2022, 1, 1), 2023: date(2023, 1, 1)})
    assert years.span(2022).days == 365
