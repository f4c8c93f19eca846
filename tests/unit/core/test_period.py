from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ghgcalc.core.period import (
    PeriodError,
    ReportingYear,
    Span,
    month_span,
    months_of,
    parse_period_text,
    parse_year_start,
    split_at,
    split_quantity,
)

JAPAN = ReportingYear(4, 1, "start")
APRIL = ReportingYear(4, 1, "end")


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("text", "year", "expected"), [
    ("2023", ReportingYear(), ("2023-01-01", "2023-12-31")),
    ("2023", APRIL, ("2022-04-01", "2023-03-31")),
    ("2023", JAPAN, ("2023-04-01", "2024-03-31")),
    ("2024-02", APRIL, ("2024-02-01", "2024-02-29")),
    ("2023-Q1", APRIL, ("2022-04-01", "2022-06-30")),
    ("2023-q4", APRIL, ("2023-01-01", "2023-03-31")),
    ("2024-Q1", ReportingYear(), ("2024-01-01", "2024-03-31")),
    ("2023-Q3", ReportingYear(7, 15), ("2023-01-15", "2023-04-14")),
    (" 2023-01-01 / 2023-03-31 ", ReportingYear(), ("2023-01-01", "2023-03-31")),
])  # fmt: skip
def test_periods(text: str, year: ReportingYear, expected: tuple[str, str]) -> None:
    assert year.resolve(parse_period_text(text)) == span(*expected)


@pytest.mark.parametrize("text", [
    "", "23", "2023-13", "2023-00", "2023-Q5", "2023-Q0", "2023-1", "FY2023", "2023/2024",
    "2023-02-29/2023-03-01", "2023-03-01/2023-02-01", "２０２３", "2023-04-01", "0000", "9999",
    "0000-Q1", "9999-Q4", "9999-12-31/9999-12-31", "0001-01-01/0001-01-01", "1899-12",
])  # fmt: skip
def test_texts_that_are_no_period(text: str) -> None:
    with pytest.raises(PeriodError) as error:
        parse_period_text(text)
    assert error.value.hint


@pytest.mark.parametrize("year", [ReportingYear(), APRIL, JAPAN, ReportingYear(12, 31, "end")])
def test_each_day_belongs_to_the_year_that_holds_it(year: ReportingYear) -> None:
    for name in (2023, 2024):
        whole = year.span(name)
        assert year.name_of(whole.first) == year.name_of(whole.last) == name
        assert year.span(name + 1).first.toordinal() == whole.last.toordinal() + 1
        quarters = [year.resolve(parse_period_text(f"{name}-Q{q}")) for q in range(1, 5)]
        assert (quarters[0].first, quarters[-1].last) == whole
        assert sum(q.days for q in quarters) == whole.days


def test_the_majority_of_days_and_the_later_year_on_a_tie() -> None:
    year = ReportingYear()
    assert year.majority_year(APRIL.span(2023)) == 2022
    assert year.majority_year(span("2022-07-02", "2023-07-02")) == 2023
    assert year.majority_year(span("2022-12-31", "2023-01-01")) == 2023


@pytest.mark.parametrize("text", ["02-29", "13-01", "00-10", "04-31", "4-1", "", "0401"])
def test_bad_year_starts(text: str) -> None:
    with pytest.raises(PeriodError):
        parse_year_start(text, "end")


def test_spans() -> None:
    year = ReportingYear().span(2023)
    assert year.days == 365
    assert year.overlap(span("2023-12-31", "2024-05-01")) == span("2023-12-31", "2023-12-31")
    assert year.overlap(span("2024-01-01", "2024-01-01")) is None
    assert year.holds(span("2023-02-01", "2023-02-01"))
    assert not year.holds(span("2022-12-31", "2023-02-01"))
    assert month_span(2023, 12) == span("2023-12-01", "2023-12-31")
    assert [(n, s.days) for n, s in months_of(span("2023-12-30", "2024-02-01"))] == [
        ("2023-12", 2), ("2024-01", 31), ("2024-02", 1)]  # fmt: skip


def test_cuts_outside_or_at_the_start_do_not_cut() -> None:
    whole = span("2023-01-01", "2023-01-10")
    days = [date(2023, 1, 1), date(2022, 1, 1), date(2023, 1, 11), date(2023, 1, 4)] * 2
    assert split_at(whole, days) == [span("2023-01-01", "2023-01-03"),
                                     span("2023-01-04", "2023-01-10")]  # fmt: skip


def test_ten_over_three_days() -> None:
    """round9(10/3) = 3.333333333; round9(20/3) = 6.666666667."""
    whole = span("2023-01-01", "2023-01-03")
    pieces = split_at(whole, [date(2023, 1, 2), date(2023, 1, 3)])
    assert split_quantity(Fraction(10), whole, pieces) == [
        Fraction("3.333333333"), Fraction("3.333333334"), Fraction("3.333333333")]  # fmt: skip
    assert split_quantity(Fraction(1, 3), whole, [whole]) == [Fraction(1, 3)]
