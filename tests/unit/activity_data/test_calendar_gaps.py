"""GHG-13: a supply whose lines cover a part of the year is named with its days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.calendar_gaps import gaps_of
from ghgcalc.core.period import Span
from ghgcalc.pipeline.check import check

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR6
factor_packs: [desnz]
facilities:
  york:
    country: GB
{facility}activities:
"""
LINE = """\
  {name}:
    facility: york
    category: {category}
{fuel}    quantity: 10 {unit}
    period: {period}
"""


def gaps(folder: Path, *lines: tuple[str, str], facility: str = "") -> list[str]:
    """What `check` says of days without data, for (category, period) lines."""
    text = HEAD.format(facility=facility)
    for index, (category, period) in enumerate(lines):
        fuel = "    fuel: natural_gas\n" if category == "stationary_combustion" else ""
        unit = "L" if category == "mobile_combustion" else "MWh gross" if fuel else "MWh"
        fuel = "    fuel: diesel\n" if category == "mobile_combustion" else fuel
        text += LINE.format(
            name=f"a{index}", category=category, fuel=fuel, unit=unit, period=period
        )
    path = folder / "company.yaml"
    path.write_text(text, encoding="utf-8")
    found = check(path).diagnostics
    assert {item.code for item in found} <= {"calendar-gap"}
    return [item.message for item in found]


def test_a_missing_month_is_named(tmp_path: Path) -> None:
    months = [
        ("purchased_electricity", f"2023-{month:02d}") for month in range(1, 13) if month != 4
    ]
    assert gaps(tmp_path, *months) == [
        "purchased electricity of `york`: no line covers 30 days of 2023: 2023-04-01 … 2023-04-30"
    ]


def test_a_leap_year_and_a_year_that_is_still_open(tmp_path: Path) -> None:
    """January to the 30th of November of 2024: 31 days are missing; February has 29."""
    lines = [
        ("stationary_combustion", "2024-01"),
        ("stationary_combustion", "2024-03-01/2024-11-30"),
    ]
    assert gaps(tmp_path, *lines) == [
        "stationary combustion (natural_gas) of `york`: no line covers 60 days of 2024:"
        " 2024-02-01 … 2024-02-29, 2024-12-01 … 2024-12-31"
    ]


@pytest.mark.parametrize(
    ("lines", "facility"),
    [
        ([("purchased_electricity", "2023")], ""),
        ([("mobile_combustion", "2023-04")], ""),
        ([("purchased_electricity", "2023-04-01/2023-12-31")], "    opened: 2023-04-01\n"),
        ([("purchased_electricity", "2023-Q1")], "    closed: 2023-03-31\n"),
        (
            [("purchased_electricity", "2023-04-01/2023-12-31")],
            "    history:\n      2023-04-01: {relation: subsidiary, economic_interest: 100%,"
            " operated: true, reason: acquired}\n",
        ),
    ],
)
def test_whole_years_and_single_purchases_are_silent(
    tmp_path: Path, lines: list[tuple[str, str]], facility: str
) -> None:
    assert gaps(tmp_path, *lines, facility=facility) == []


def test_overlapping_and_outer_spans() -> None:
    year = Span(date(2023, 1, 1), date(2023, 12, 31))
    outer = Span(date(2022, 12, 15), date(2023, 1, 14))
    inner = Span(date(2023, 1, 10), date(2023, 12, 30))
    assert gaps_of([inner, outer], year) == [Span(date(2023, 12, 31), date(2023, 12, 31))]
    assert gaps_of([Span(date(2022, 1, 1), date(2024, 1, 1))], year) == []
    assert gaps_of([Span(date(2021, 1, 1), date(2021, 1, 2))], year) == [year]
