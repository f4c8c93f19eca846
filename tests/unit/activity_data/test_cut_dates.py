"""Cut dates: every day on which something that prices a line changes, and no other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.consolidate import cut
from ghgcalc.activity_data.cut_dates import CutDates, segment_name
from ghgcalc.company.validate import validate
from ghgcalc.core.period import ReportingYear, Span
from ghgcalc.core.text.document import load_document
from ghgcalc.pipeline.project import open_project
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.company import Company

COMPANY = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
facilities:
  a:
    country: GB
    opened: 2024-02-10
    closed: 2025-10-19
    history: {2024-02-10: {}, 2024-05-04: {relation: associate, operated: false}}
  b: {country: NO}
boundaries:
  in: {facilities: [a], history: {2024-08-08: {facilities: [b]}, 2024-09-09: {facilities: [b]}}}
  every: {facilities: all, history: {2024-11-11: {facilities: [a, b]}}}
  left: {facilities: all, history: {2024-12-12: {facilities: [b]}}}
suppliers:
  volt:
    rates:
      2024-03-03/2024-04-20: {emission_rate: {CO2: 1 kg/MWh}, criteria_met: {1: x}}
instruments:
  ppa: {type: PPA, market: NO, volume: 1 MWh, generated: 2024-06-06/2024-07-07,
    emission_rate: {CO2: 0 kg/MWh}, criteria_met: {1: x}}
activities:
  line: {facility: b, category: purchased_electricity, quantity: 1 MWh, period: 2024}
"""
OF_A = ["2024-02-10", "2024-05-04", "2024-08-08", "2024-12-12"]
OF_B = ["2024-08-08"]
OF_RATES = ["2024-03-03", "2024-04-21"]
OF_CONTRACT = ["2024-06-06", "2024-07-08"]
YEARS = ["2024-01-01", "2025-01-01"]


@pytest.fixture
def company(tmp_path: Path) -> Company:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    found = validate(load_document(path).value)
    assert found.value is not None, found.diagnostics
    return found.value


def days(*texts: str) -> list[date]:
    return sorted({date.fromisoformat(text) for text in texts})


def test_tables_are_cut_at_the_days_of_everybody(company: Company) -> None:
    """Among them the opening, and the day after the closing, which rows may not cross."""
    found = CutDates(company).table_cuts(2024, 2024)
    assert found == days(*YEARS, *OF_A, *OF_B, *OF_RATES, *OF_CONTRACT, "2025-10-20")


@pytest.mark.parametrize(
    ("facility", "supplier", "carrier", "expected"),
    [
        # without a place: outside the boundaries that no longer hold all
        (None, None, None, ["2024-11-11", "2024-12-12"]),
        ("a", None, None, OF_A),
        ("a", "volt", "electricity", [*OF_A, *OF_RATES]),  # the contract is of another market
        ("b", None, "electricity", [*OF_B, *OF_CONTRACT]),
        ("b", None, None, OF_B),
        ("b", None, "steam", OF_B),
    ],
)
def test_a_line_is_cut_at_its_own_days(
    company: Company,
    facility: str | None,
    supplier: str | None,
    carrier: str | None,
    expected: list[str],
) -> None:
    span = Span(date(2024, 3, 1), date(2024, 12, 31))
    assert CutDates(company).cuts(facility, supplier, span, carrier) == days(*YEARS, *expected)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2024-02-10/2025-10-19", None),
        ("2024-02-09/2024-03-01", "but `a` opened 2024-02-10"),
        ("2025-10-01/2025-10-20", "but `a` closed 2025-10-19"),
        ("2024-01-01/2025-12-31", "but `a` opened 2024-02-10"),
    ],
)
def test_consumption_outside_the_days_of_operation(
    tmp_path: Path, period: str, said: str | None
) -> None:
    path = tmp_path / "company.yaml"
    line = f"facility: a, category: process_emissions, gas_masses: {{CO2: 1 t}}, period: {period}"
    path.write_text(f"{COMPANY}  more: {{{line}}}\n", "utf-8")
    (found,) = [d for d in compute(path).diagnostics if d.code == "outside-operation"] or [None]
    assert (found is None) == (said is None)
    if found is not None and said is not None:
        assert said in found.message
        (other,) = found.related
        assert other.location.line == (6 if "opened" in said else 7)


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01..2024-02-28"),
    ],
)
def test_names_of_segments(company: Company, first: str, last: str, name: str) -> None:
    assert company.year == ReportingYear()
    span = Span(date.fromisoformat(first), date.fromisoformat(last))
    assert segment_name(company, span) == name


@pytest.mark.parametrize(
    ("period", "years", "pieces"),
    [
        ("2024", {2024}, {"line": 366}),
        ("2024", None, {"line": 366}),
        ("2024", {2023, 2025}, {}),
        # 183 days of each year
        ("2023-07-02/2024-07-01", {2024}, {"line/2024-01-01..2024-07-01": 183}),
        ("2023-07-02/2024-07-01", {2023}, {"line/2023-07-02..2023-12-31": 183}),
        ("2023-07-02/2024-07-01", {2022}, {}),
        ("2023-07-02/2024-07-01", None,
         {"line/2023-07-02..2023-12-31": 183, "line/2024-01-01..2024-07-01": 183}),
    ],
)  # fmt: skip
def test_only_pieces_of_the_years_asked_for_are_kept(
    tmp_path: Path, period: str, years: set[int] | None, pieces: dict[str, int]
) -> None:
    path = tmp_path / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        " gwp_set: AR6}\nfacilities: {a: {country: GB}}\nactivities:\n  line: {facility: a,"
        f" category: process_emissions, gas_masses: {{CO2: 366 t}}, period: {period}}}\n",
        "utf-8",
    )
    project = open_project(path).value.project
    assert project is not None
    (source,) = project.amounts
    made, problems = cut(
        project.company, CutDates(project.company), source, "operational_control", years
    )
    assert not problems
    # the amount of a piece is its share of the masses, which stand per unit
    shares = {piece.id: piece.quantity / source.quantity * 366 for piece in made}
    assert shares == pieces
