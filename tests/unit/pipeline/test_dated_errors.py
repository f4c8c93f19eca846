"""An activity that cannot be read blocks the days of its period, where these can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {leeds: {country: GB}}
activities:
  vent-23: {facility: leeds, category: process_emissions, gas_masses: {CO2: 5 t}, period: 2023}
  vent-24: {facility: leeds, category: process_emissions, BROKEN, period: PERIOD}
"""


def file(folder: Path, broken: str, period: str, organization: str = "") -> Path:
    path = folder / "company.yaml"
    text = COMPANY.replace("BROKEN", broken).replace("PERIOD", period)
    path.write_text(text.replace("gwp_set: AR6", f"gwp_set: AR6{organization}"), "utf-8")
    return path


@pytest.mark.parametrize(
    "broken",
    [
        "gas_masses: {CO2: 5 parsecs}", "gas_masses: {CO2: many t}", "gas_mass: {CO2: 5 t}",
        "quantity: 5 parsecs, item: etch", "quantity: [5 t]",
    ],
)  # fmt: skip
def test_the_year_of_a_refused_activity_is_blocked_and_no_other(
    tmp_path: Path, broken: str
) -> None:
    """5 t of 2023 stand, whatever is wrong with 2024."""
    path = file(tmp_path, broken, "2024")
    whole = compute(path, period="2023")
    assert whole.inventory is not None
    assert whole.inventory.totals.scope_1 == 5
    assert compute(path, period="2024").inventory is None
    assert compute(path).inventory is None  # the newest year is the refused one
    assert not check(path).holds


@pytest.mark.parametrize("period", ["2024-13", "last year", "[2024]"])
def test_what_cannot_be_dated_blocks_every_year(tmp_path: Path, period: str) -> None:
    path = file(tmp_path, "gas_masses: {CO2: 5 parsecs}", period)
    assert compute(path, period="2023").inventory is None
    assert compute(path, period="2024").inventory is None


def test_the_days_are_those_of_the_reporting_year(tmp_path: Path) -> None:
    """A reporting year from April: the month 2024-02 lies in the year that began in 2023."""
    path = file(tmp_path, "gas_masses: {CO2: 5 parsecs}", "2024-02",
                ", reporting_year: {starts: 04-01, named_by: start}")  # fmt: skip
    assert compute(path, period="2023").inventory is None
