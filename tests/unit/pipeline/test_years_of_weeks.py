"""A company of 52-week years: what names a year means its days, from the command to the lock."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import ghgcalc
from ghgcalc.views.amounts import group, weigh
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR5
  reporting_year:
    weeks: {2023: 2023-01-01, 2024: 2023-12-31, 2025: 2024-12-29}
factor_packs: [desnz]
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
facilities:
  leeds: {country: GB}
activities:
  before:
    facility: leeds
    category: purchased_electricity
    quantity: 182_000 kWh
    period: 2023
  a:
    facility: leeds
    category: purchased_electricity
    quantity: 364_000 kWh
    period: 2023-12-31/2024-12-28
metrics:
  staff: {unit: person, values: {2023: 10, 2024: 20}}
base_year:
  year: 2023
  reason: first year of weeks
  significance_threshold: 5%
  figure: scope_2.location_based
periods:
  2024: {status: reviewed}
expect:
  - {period: 2024, figure: scope_2.location_based, value: 75.3662 t, within: 0 t}
  - period: 2024
    figure: intensity.staff.location_based
    value: 3.76831 tCO2e/person
    within: 0 tCO2e/person
"""


def write(folder: Path, text: str = COMPANY) -> Path:
    (folder / "company.yaml").write_text(text)
    return folder / "company.yaml"


def total(path: Path, period: str | None = None) -> Fraction:
    done = ghgcalc.compute(path, period=period)
    assert done.inventory is not None, done.diagnostics
    weighed = weigh(done.inventory.lines)
    return group(weighed, lambda _: "all")["all"].total("location_based") or Fraction(0)


def test_one_year_takes_one_edition(tmp_path: Path) -> None:
    # 364,000 kWh x 0.20705 kg/kWh of DESNZ 2024, the day in 2023 too
    assert total(write(tmp_path)) == Fraction("75.3662")
    assert total(tmp_path / "company.yaml", "2024") == Fraction("75.3662")
    # 13 of 52 weeks
    assert total(tmp_path / "company.yaml", "2024-Q1") == Fraction("75.3662") / 4


def test_check_asks_for_no_other_days(tmp_path: Path) -> None:
    done = run("check", write(tmp_path))
    assert done.exit_code == 0
    assert "calendar-gap" not in done.stderr + done.stdout
    assert "2 reporting years" in done.stderr + done.stdout


def test_notes_name_the_year_of_the_line(tmp_path: Path) -> None:
    done = ghgcalc.compute(write(tmp_path), period="2024")
    assert done.inventory is not None
    notes = [note for note in done.inventory.notes if "no residual mix" in note]
    assert notes
    assert all("GB, 2024" in note and "364 MWh" in note for note in notes)


def test_lock_diff_and_base_year(tmp_path: Path) -> None:
    path = write(tmp_path)
    done = run("lock", path, "--period", "2024")
    assert done.exit_code == 0, done.stderr
    assert "2024" in (tmp_path / "ghgcalc.lock").read_text()
    done = run("compute", path, "--period", "2024", "--locked")
    assert done.exit_code == 0, done.stderr
    done = run("diff", "2023", "2024", "--company", path)
    assert done.exit_code == 0, done.stderr
    assert run("base-year", path).exit_code == 0


def test_rows_of_a_table_fall_into_the_years_of_weeks(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("from,to,qty\n2023-12-30,2024-01-01,3000\n")
    table = """\
tables:
  t:
    files: t.csv
    columns: {from: from, to: to, quantity: qty}
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
"""
    head = COMPANY[: COMPANY.index("activities:")]
    path = write(tmp_path, head + table)
    # two of three days lie in 2024: 2,000 kWh x 0.20705; one in 2023, at its printed figure
    assert total(path, "2024") == Fraction("0.4141")
    assert total(path, "2023") == Fraction("0.20707428859060403")
