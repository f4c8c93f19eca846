"""Totals asked from Python: no name is taken for another, and nothing for 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ghgcalc
from ghgcalc.render.json.inventory import render_json

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
scope_3: {fuel_and_energy_related: {derive: off, reason: no part of this}}
facilities: {leeds: {country: GB}}
activities:
  m23: {facility: leeds, category: purchased_electricity, quantity: 100 MWh, period: 2023}
  m24: {facility: leeds, category: purchased_electricity, quantity: 100 MWh, period: 2024}
  chiller: {facility: leeds, category: fugitive_emissions, gas_masses: {R-404A: 1 kg}, period: 2024}
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    return path


@pytest.mark.parametrize("name", ["market-based", "x", "", None, "LOCATION_BASED"])
def test_a_name_that_is_no_method_is_refused(name: Any, company: Path) -> None:
    inventory = ghgcalc.compute(company, period="2024").inventory
    assert inventory is not None
    line = inventory.lines[0]
    for ask in (
        inventory.totals.scope_1_2, inventory.totals.all_scopes, line.parts, line.co2e,
    ):  # fmt: skip
        with pytest.raises(ValueError, match="write `location_based` or `market_based`"):
            ask(name)


def test_scope_3_without_lines_was_not_evaluated(company: Path) -> None:
    inventory = ghgcalc.compute(company, period="2024").inventory
    assert inventory is not None
    assert inventory.totals.scope_3 is None
    assert inventory.totals.all_scopes("location_based") == inventory.totals.scope_1_2(
        "location_based"
    )


@pytest.mark.parametrize("order", [("2023", "2024"), ("2024", "2023")])
def test_periods_of_one_project_are_those_of_fresh_ones(
    order: tuple[str, ...], company: Path
) -> None:
    """The blend of 2024 is no pack of 2023."""
    project = ghgcalc.load(company).project
    assert project is not None
    for period in order:
        ours, fresh = (
            ghgcalc.compute(each, period=period).inventory for each in (project, company)
        )
        assert ours is not None
        assert fresh is not None
        assert render_json(ours) == render_json(fresh)
        blends = "refrigerants-ashrae-34-2019" in [pack.id for pack in ours.packs]
        assert blends is (period == "2024")
