"""GHG-13: a supply whose lines cover a part of the year is named with its days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.calendar_gaps import gaps_of
from ghgcalc.activity_data.tables.day_masks import day_mask, stretches_of
from ghgcalc.activity_data.tables.polars_engine import quick
from ghgcalc.core.period import Span
from ghgcalc.pipeline.check import check

if TYPE_CHECKING:
    from collections.abc import Iterable
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


TABLE = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [desnz]
facilities: {york: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, quantity: kwh, unit: unit, from: from, to: to}
    items: {power: {category: purchased_electricity}}
"""


def of_rows(folder: Path, spans: Iterable[tuple[date, date]], more: str = "") -> list[str]:
    """What `check` says of the days without data of a table's rows."""
    rows = "".join(f"york,power,5,kWh,{first},{last}\n" for first, last in spans)
    (folder / "bills.csv").write_text("site,what,kwh,unit,from,to\n" + rows, "utf-8")
    (folder / "company.yaml").write_text(TABLE + more, "utf-8")
    found = check(folder / "company.yaml").diagnostics
    return [item.message for item in found if item.code == "calendar-gap"]


def days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


class TestRows:
    """A row covers its own days; 2023 has 365."""

    @pytest.mark.parametrize("short_way", [False, True])
    def test_daily_rows_with_a_gap(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short_way: bool
    ) -> None:
        if short_way:
            monkeypatch.setattr(quick, "SMALLEST", 0)
        rows = [(day, day) for day in days(2023)
                if not date(2023, 6, 10) <= day <= date(2023, 6, 25)]  # fmt: skip
        assert of_rows(tmp_path, rows) == [
            "purchased electricity of `york`: no line covers 16 days of 2023:"
            " 2023-06-10 … 2023-06-25"
        ]

    def test_one_day_of_each_month(self, tmp_path: Path) -> None:
        (said,) = of_rows(tmp_path, [(date(2023, m, 1), date(2023, m, 1)) for m in range(1, 13)])
        assert "no line covers 353 days of 2023: 2023-01-02 … 2023-01-31" in said

    def test_bills_that_cross_months_cover_their_days(self, tmp_path: Path) -> None:
        rows = [(date(2023, 1, 1), date(2023, 4, 12)), (date(2023, 4, 20), date(2023, 12, 31))]
        (said,) = of_rows(tmp_path, rows)
        assert said.endswith("no line covers 7 days of 2023: 2023-04-13 … 2023-04-19")
        rows[1] = (date(2023, 4, 13), date(2023, 12, 31))
        assert not of_rows(tmp_path, rows)

    def test_several_rows_together(self, tmp_path: Path) -> None:
        """Two meters of a site, each read on every other day, cover the year together."""
        year = days(2023)
        assert not of_rows(tmp_path, [(day, day) for day in (*year[::2], *year[1::2])])


@pytest.mark.parametrize("stretches", [[(1, 31)], [(1, 1)], [(31, 31)], [(2, 4), (6, 6), (9, 30)]])
def test_masks_hold_the_days_of_a_month(stretches: list[tuple[int, int]]) -> None:
    january = Span(date(2023, 1, 1), date(2023, 1, 31))
    spans = [Span(date(2023, 1, first), date(2023, 1, last)) for first, last in stretches]
    mask = sum(day_mask(*span) for span in spans)
    assert mask.bit_count() == sum(span.days for span in spans)
    assert list(stretches_of(mask, january)) == spans
