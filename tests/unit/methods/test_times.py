"""What is of a year, in periods of other lengths: leak rates, intensities."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

# 3 kg of R-410A lose 5 % a year, 0.15 kg; AR5 weighs its halves HFC-32 677 and HFC-125 3170
A_YEAR = Fraction("0.15") * Fraction("1923.5") / 1000
COMPANY = """\
ghgcalc: 1
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR5
{year}facilities:
  leeds: {{country: GB{opened}}}
activities:
  ac:
    facility: leeds
    category: fugitive_emissions
    gas: R-410A
    leakage: {{charge: 3 kg, annual_rate: 5%{more}}}
    period: {period}
"""
FISCAL = '  reporting_year: {starts: "04-01", named_by: end}\n'


def run(
    folder: Path, period: str, asked: str | None = None, *, more: str = "", year: str = "",
    opened: str = "",
) -> Run:  # fmt: skip
    path = folder / "company.yaml"
    text = COMPANY.format(period=period, more=more, year=year, opened=opened)
    path.write_text(text, "utf-8")
    return compute(path, period=asked)


def tonnes(made: Run) -> Fraction:
    assert made.inventory is not None, made.diagnostics
    return made.inventory.totals.scope_1


@pytest.mark.parametrize(
    ("period", "share"),
    [
        ("2024", Fraction(1)),
        ("2023", Fraction(1)),
        ("2024-01-01/2024-12-31", Fraction(1)),
        ("2024-01", Fraction(31, 366)),
        ("2023-01", Fraction(31, 365)),
        ("2024-02", Fraction(29, 366)),
        ("2023-Q1", Fraction(90, 365)),
        ("2024-07-01/2024-12-31", Fraction(184, 366)),
        ("2024-06-15/2024-06-15", Fraction(1, 366)),
    ],
)
def test_an_annual_rate_counts_for_the_days(tmp_path: Path, period: str, share: Fraction) -> None:
    assert tonnes(run(tmp_path, period)) == A_YEAR * share


def test_months_and_halves_add_up_to_the_year(tmp_path: Path) -> None:
    months = [tonnes(run(tmp_path, f"2024-{month:02d}")) for month in range(1, 13)]
    assert sum(months) == A_YEAR
    quarters = [tonnes(run(tmp_path, f"2023-Q{k}")) for k in range(1, 5)]
    assert sum(quarters) == A_YEAR


def test_several_years_give_the_sum_of_their_shares_and_are_split_by_days(tmp_path: Path) -> None:
    """2023-07-01 to 2025-01-31: 184/365 + 1 + 31/365 years; days 184 + 366 + 31 = 581."""
    period = "2023-07-01/2025-01-31"
    whole = A_YEAR * (Fraction(184, 365) + 1 + Fraction(31, 365))
    parts = [tonnes(run(tmp_path, period, year)) for year in ("2023", "2024", "2025")]
    assert sum(parts) == whole  # whatever the cut dates, the pieces are the whole
    assert abs(parts[1] - whole * 366 / 581) < Fraction(1, 10**9)


def test_the_year_is_the_reporting_year(tmp_path: Path) -> None:
    """April 2023 to March 2024 has 366 days."""
    assert tonnes(run(tmp_path, "2024", year=FISCAL)) == A_YEAR
    assert tonnes(run(tmp_path, "2024-01", "2024", year=FISCAL)) == A_YEAR * Fraction(31, 366)
    assert tonnes(run(tmp_path, "2023-05", "2024", year=FISCAL)) == A_YEAR * Fraction(31, 366)


def test_what_happens_once_is_not_spread(tmp_path: Path) -> None:
    """Installation and disposal are of the period: 2 kg × 1 % + 4 kg × 50 % = 2.02 kg."""
    more = ", installed: 2 kg, installation_rate: 1%, disposed: 4 kg, recovery: 50%"
    once = Fraction("2.02") * Fraction("1923.5") / 1000
    assert tonnes(run(tmp_path, "2024-01", more=more)) == A_YEAR * Fraction(31, 366) + once


@pytest.mark.parametrize(
    ("period", "years", "fits"),
    [
        ("2024", "1", True),
        ("2023-01-01/2024-12-31", "2", True),
        ("2024-07-01/2024-12-31", "0.5", True),  # six months
        ("2023-01-01/2023-07-02", "0.5", True),  # 183 of 365 days: half a day more than half
        ("2023-07-01/2024-06-30", "1", True),  # twelve months over two reporting years
        ("2024-Q2", "0.25", True),
        ("2024-01", "0.0833", True),
        ("2024", "2", False),
        ("2024", "0.5", False),
        ("2024-01", "1", False),
        ("2024-01", "0.1", False),
        ("2024-Q1", "0.3", False),
        ("2023-01-01/2024-12-31", "1", False),
        ("2024-06-15/2024-06-15", "0", False),
    ],
)
def test_stated_years_are_those_of_the_period(
    tmp_path: Path, period: str, years: str, fits: bool
) -> None:
    made = run(tmp_path, period, period, more=f", years: {years}")
    if fits:
        assert tonnes(made) == A_YEAR * Fraction(years)
    else:
        (found,) = [d for d in made.diagnostics if d.code == "period-differs"]
        assert made.inventory is None
        assert found.location is not None
        assert found.location.line == 13
        assert [span.location.line for span in found.related] == [14]


def test_the_days_are_printed(tmp_path: Path) -> None:
    def notes(period: str, **kinds: str) -> tuple[str, ...]:
        made = run(tmp_path, period, period, **kinds)
        assert made.inventory is not None
        return made.inventory.lines[0].notes

    assert notes("2024") == ()
    assert notes("2024-01") == ("annual rate 5%, of a year: × 31 ÷ 366 days",)
    assert notes("2024-07-01/2024-12-31", more=", years: 0.5") == (
        "annual rate 5%, of a year: × 0.5 years, as stated",
    )


INTENSITY = """
metrics:
  revenue: {unit: million EUR, values: {2024: 10}}
expect:
  - {period: PERIOD, figure: FIGURE, value: 0.0289 t/million EUR, within: 1 t/million EUR}
"""


@pytest.mark.parametrize(
    ("period", "refused"), [("2024", False), ("2024-Q1", True), ("2024-01-01/2024-12-31", False)]
)
def test_an_intensity_is_of_a_reporting_year(tmp_path: Path, period: str, refused: bool) -> None:
    """The revenue of a year beside the tonnes of a quarter would be a quarter of the intensity."""
    path = tmp_path / "company.yaml"
    text = COMPANY.format(period="2024", more="", year="", opened="") + INTENSITY
    path.write_text(
        text.replace("PERIOD", period).replace("FIGURE", "intensity.revenue.location_based"),
        "utf-8",
    )
    made = compute(path, period=period)
    assert [d.code for d in made.diagnostics if d.code == "period-differs"] == (
        ["period-differs"] if refused else []
    )
    assert (made.inventory is None) == refused
