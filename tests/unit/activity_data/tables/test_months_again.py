"""Months that begin again below one `year:`, and what a look says of years above their months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.running_words import runs_on

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {leeds: {country: GB}}
tables:
  usage:
    files: "*.csv"
    read: {period: MMM, year: 2024READ}
    columns: {quantity: kWh, period: MonthMORE}
    constants: {facility: leeds, item: power, unit: kWh}
    items:
      power: {category: purchased_electricity, emission_rate: {CO2: 1 kg/kWh}, citation: x}
"""
RUN_ON = "Month,kWh\nJan,5\nFeb,6\nMar,7\nJan,8\nFeb,9\nMar,10\n"


def found_in(folder: Path, *texts: str, read: str = "", more: str = "") -> list[str]:
    for number, text in enumerate(texts):
        (folder / f"{number}.csv").write_text(text, "utf-8")
    file = folder / "company.yaml"
    file.write_text(COMPANY.replace("READ", read).replace("MORE", more), "utf-8")
    loaded = ghgcalc.load(file)
    assert not [item for item in loaded.diagnostics if item.severity == "error"]
    return [item.message for item in loaded.diagnostics if item.code == "calendar-overlap"]


@pytest.mark.parametrize("text", [
    RUN_ON,
    "Month,kWh\n2023,\nJan,5\nFeb,6\nMar,7\n2024,\nJan,8\nFeb,9\nMar,10\n",
    "Month,kWh,Cost\nJan,5,1\nFeb,6,2\nMar,7,3\nJan,8,4\nFeb,9,5\nMar,10,6\n",
])  # fmt: skip
def test_months_that_begin_again_are_told_once(text: str, tmp_path: Path) -> None:
    """The second three months were summed with the first, without a word."""
    read = ", empty_quantities: skip"
    (message,) = found_in(tmp_path, text, read=read if "2023" in text else "")
    assert "begin again, and `year: 2024` makes both times of one year: 3 months" in message


def test_the_parts_of_two_years_as_hinted(tmp_path: Path) -> None:
    assert not found_in(tmp_path, RUN_ON, read=", last_row: 4")


@pytest.mark.parametrize("texts", [
    ["Month,kWh\nJan,5\nJan,8\nFeb,6\nFeb,9\n"],  # two meters, month by month
    ["Month,kWh,Building\nJan,5,A\nFeb,6,A\nJan,8,B\nFeb,9,B\n"],  # told apart by a column
    ["Month,kWh\nJan,5\nFeb,6\n", "Month,kWh\nJan,8\nFeb,9\n"],  # a file for each meter
    ["Month,kWh\nJan,5\nFeb,6\nMar,7\nMar,8\n"],  # one further bill
])  # fmt: skip
def test_rows_of_one_year_are_not_told(texts: list[str], tmp_path: Path) -> None:
    assert not found_in(tmp_path, *texts)


def test_years_above_their_months_ask_for_a_table_each(tmp_path: Path) -> None:
    """They were called sums, one year was asked, and `skip` read both into it."""
    file = tmp_path / "usage.csv"
    file.write_text(
        "Month,kWh\n2023,\nJan,5\nFeb,6\nMar,7\nApr,3\n2024,\nJan,8\nFeb,9\nMar,10\nApr,2\n"
    )
    found = look(file)
    assert "      last_row: …  # 6, above `2024`" in found.proposal
    assert any("stand above months as their year" in each for each in found.questions)
    assert not any("add up others" in each for each in found.questions)


@pytest.mark.parametrize("heading", [
    "kWh cum.", "Verbrauch kum.", "kWh kum", "kWh since Jan 1", "kWh since 1 January",
    "kWh seit 1.1.", "kWh seit Jahresbeginn", "kWh seit Jahresanfang", "cum. usage",
])  # fmt: skip
def test_words_of_running_totals(heading: str) -> None:
    assert runs_on(heading)


@pytest.mark.parametrize("heading", ["Gas (cum)", "Water cum", "Document", "Circumference kWh"])
def test_cubic_metres_run_on_no_more_than_others(heading: str) -> None:
    """`cum` is a cubic metre in India."""
    assert not runs_on(heading)
