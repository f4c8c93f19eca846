"""`ghgcalc table` and weeks and quarters: their days by ISO 8601, and what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.spans import period_of
from support.looked import read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path


# week 1 has the first Thursday: 4 January 2024, 5 January 2023, 2 January 2020
@pytest.mark.parametrize(("text", "period"), [
    ("KW 01/2024", "2024-01-01/2024-01-07"), ("2024-W01", "2024-01-01/2024-01-07"),
    ("2024W52", "2024-12-23/2024-12-29"), ("KW1/2023", "2023-01-02/2023-01-08"),
    ("W01 2025", "2024-12-30/2025-01-05"), ("2020-W53", "2020-12-28/2021-01-03"),
    ("Week 9 2024", "2024-02-26/2024-03-03"), ("Semaine 2 2024", "2024-01-08/2024-01-14"),
    ("2021-W53", ""), ("KW 00/2024", ""), ("KW 01", ""), ("2024", ""), ("KW 012024", ""),
    ("Q1 2024", "2024-Q1"), ("Q4/2023", "2023-Q4"), ("2024 Q2", "2024-Q2"),
    ("1. Quartal 2024", "2024-Q1"), ("Q5 2024", ""), ("Q1", ""), ("Q1 24", ""),
])  # fmt: skip
def test_days_of_weeks_and_quarters(text: str, period: str) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(("texts", "period", "month"), [
    (("KW 01/2024", "KW 02/2024"), "2024-01-01/2024-01-07", "2024-01"),
    (("2024-W10", "2024-W11"), "2024-03-04/2024-03-10", "2024-03"),
])  # fmt: skip
def test_a_week_is_read_by_what_is_told(
    texts: tuple[str, str], period: str, month: str, tmp_path: Path
) -> None:
    """The first week's 5 kWh alone; the second is of a table of its own."""
    file = tmp_path / "weeks.csv"
    file.write_text(f"Woche,Verbrauch kWh\n{texts[0]},5\n{texts[1]},7\n", "utf-8")
    found = look(file)
    assert f"      period: …  # such as {period}" in found.proposal
    assert any(f"`constants: {{period: {period}}}`" in each for each in found.questions)
    filled = read_by_proposal(file, period=period, equals=f'"{texts[0]}"')
    assert filled == ({month: 5}, [])


def test_a_quarter_is_read_by_what_is_told(tmp_path: Path) -> None:
    """6 kWh of three months, by days: 31, 29 and 31 of 91."""
    file = tmp_path / "quarters.csv"
    file.write_text("Quarter,kWh\nQ1 2024,6\nQ2 2024,7\n", "utf-8")
    sums, errors = read_by_proposal(file, period="2024-Q1", equals="Q1 2024")
    assert (sum(sums.values()), errors) == (6, [])


def test_quarters_that_are_read_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "quarters.csv"
    file.write_text("Quarter,kWh\n2024-Q1,6\n2024-Q2,7\n2024-Q3,9\n", "utf-8")
    assert "      period: Quarter" in look(file).proposal
    sums, errors = read_by_proposal(file)
    assert (sum(sums.values()), errors) == (22, [])


def test_weeks_beside_a_time_of_rows_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "weeks.csv"
    file.write_text("Date,Week,kWh\n2024-01-01,2024-W01,5\n2024-01-08,2024-W02,7\n", "utf-8")
    lines = look(file).proposal
    assert "      from: Date" in lines
    assert not any("Week" in line for line in lines)


def test_numbers_of_weeks_beside_a_year_are_told(tmp_path: Path) -> None:
    file = tmp_path / "weeks.csv"
    file.write_text("Year,Week,kWh\n2024,1,5\n2024,2,7\n2024,3,9\n", "utf-8")
    assert any("`Week` numbers the weeks of `Year`" in each for each in look(file).questions)
