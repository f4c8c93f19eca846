"""`ghgcalc table` and financial years beside months: the calendar year is asked, never taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from support.looked import read_by_proposal, sums_by_month

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, heading: str, year: str) -> Path:
    file = folder / "usage.csv"
    rows = "".join(f"{year},{month},{n}\n" for month, n in (("Apr", 5), ("Dec", 7), ("Jan", 9)))
    file.write_text(f"{heading},Month,Usage kWh\n{rows}", "utf-8")
    return file


@pytest.mark.parametrize(("heading", "year"), [
    ("Financial Year", "2023/24"), ("FY", "2023"), ("Fiscal year", "2023"), ("Year", "2023/24"),
    ("Year", "FY24"), ("Geschäftsjahr", "2023/2024"), ("财年", "2023"), ("FY", "2009/10"),
    ("Financial Year", "2023-24"), ("Exercice", "2023"), ("Period", "FY 2023/24"),
])  # fmt: skip
def test_the_year_of_months_of_a_financial_year_is_asked(
    heading: str, year: str, tmp_path: Path
) -> None:
    """`Financial Year: 2023` was read as the calendar year of January as well."""
    found = look(written(tmp_path, heading, year))
    assert "      period: MMM" in found.proposal
    assert "      period: Month" in found.proposal
    assert any(line.startswith("      year: …") for line in found.proposal)
    assert "        equals: …  # those of one calendar year, of [Apr, Dec, Jan]" in found.proposal
    assert any(f"`{heading}` is a year that may begin" in each for each in found.questions)


def test_two_tables_of_the_file_read_it_rightly(tmp_path: Path) -> None:
    """As asked: April and December are of 2023, January is of 2024."""
    file = written(tmp_path, "Financial Year", "2023/24")
    first, errors = read_by_proposal(file, year="2023", equals="[Apr, Dec]")
    assert (first, errors) == ({"2023-04": 5, "2023-12": 7}, [])
    block = file.with_name("company.yaml").read_text("utf-8")
    again = block[block.index("  usage:") :].replace("  usage:", "  later:", 1)
    again = again.replace("year: 2023", "year: 2024").replace("[Apr, Dec]", "Jan")
    file.with_name("company.yaml").write_text(f"{block}{again}", "utf-8")
    project = ghgcalc.load(file.with_name("company.yaml")).project
    assert project is not None
    assert sums_by_month(project.tables["later"]) == {"2024-01": 9}


def test_several_financial_years_are_asked_for_one(tmp_path: Path) -> None:
    file = tmp_path / "usage.csv"
    file.write_text("FY,Month,kWh\n2022/23,Apr,5\n2022/23,Jan,6\n2023/24,Apr,7\n", "utf-8")
    lines = look(file).proposal
    assert any(line.startswith("        equals: …  # one of [") for line in lines)
    assert len([line for line in lines if line == "      FY:"]) == 1


def test_numbers_of_months_may_count_from_the_first_of_the_year(tmp_path: Path) -> None:
    """Period 1 of a financial year may be April."""
    file = tmp_path / "usage.csv"
    file.write_text("FY,Period,kWh\n2024,1,5\n2024,2,6\n2024,3,7\n", "utf-8")
    assert "      period: …  # M, if 1 is January" in look(file).proposal


def test_a_calendar_year_is_mapped(tmp_path: Path) -> None:
    file = written(tmp_path, "Year", "2023")
    assert "      year: Year" in look(file).proposal
    assert read_by_proposal(file) == ({"2023-01": 9, "2023-04": 5, "2023-12": 7}, [])


def test_months_as_headings_beside_a_financial_year(tmp_path: Path) -> None:
    file = tmp_path / "usage.csv"
    file.write_text("Financial Year,Jan,Feb,Mar,Apr\n2024,5,6,7,8\n2025,5,6,7,8\n", "utf-8")
    lines = look(file).proposal
    assert "      Jan: {period: …-01}" in lines
    assert not any("year:" in line for line in lines)


def wide(folder: Path, months: str, years: tuple[str, ...]) -> Path:
    file = folder / "usage.csv"
    names = months.split()
    rows = "".join(f"{year},{','.join('5' * (n + 1) for n, _ in enumerate(names))}\n"
                   for year in years)  # fmt: skip
    file.write_text(f"Financial year,{','.join(names)}\n{rows}", "utf-8")
    return file


def test_headings_of_a_financial_year_are_of_two_calendar_years(tmp_path: Path) -> None:
    """One year was asked for all of them, and all rows were offered to count in it."""
    found = look(wide(tmp_path, "Apr May Dec Jan Mar", ("FY 2023/24", "FY 2024/25")))
    assert "      Dec: {period: …-12}" in found.proposal
    assert "      Jan: {period: …-01}  # the year after that of Apr" in found.proposal
    assert "      Mar: {period: …-03}  # the year after that of Apr" in found.proposal
    assert any("`Jan`, `Mar` are of the calendar year after" in each for each in found.questions)
    listed = "[FY 2023/24, FY 2024/25]"
    one = f"        equals: …  # one of {listed}, each in a table of its own"
    assert one in found.proposal
    assert not any("remove the line" in each for each in found.questions)


@pytest.mark.parametrize("months", ["Jan Feb Mar Apr", "Dec Nov Oct Sep"])
def test_headings_of_a_calendar_year_are_of_one(months: str, tmp_path: Path) -> None:
    found = look(wide(tmp_path, months, ("2023",)))
    assert not any("after that of" in each for each in (*found.proposal, *found.questions))
