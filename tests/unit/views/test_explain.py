"""What `explain`, JSON and the workbook say of a line's steps: true, in both units, copyable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.explain import render_explanation
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.xlsx.workbook import write_workbook
from ghgcalc.views.explain import explain_line, matching

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """ghgcalc: 1
organization: {{name: X, consolidation_approach: {approach}, gwp_set: {gwp}}}
scope_3: {{fuel_and_energy_related: {{derive: off, reason: not the point of this test}}}}
"""
RATES = """
factor_packs: [desnz-2024]
facilities: {site: {country: GB}}
activities:
  power: {facility: site, category: purchased_electricity, quantity: 3_000 kWh,
    supplier: green_power, period: 2024}
instruments:
  rego: {type: REGO, market: GB, volume: 1_000 kWh, emission_rate: {CO2: 0.05 kg/kWh},
    generated: 2024, criteria_met: {1: a, 2: a, 3: a, 4: a, 5: a}}
suppliers:
  green_power: {market: GB, rates: {2024: {emission_rate: {CO2: 0.1 kg/kWh},
    criteria_met: {1: a, 2: a, 3: a, 4: a, 5: a, 6: a}}}}
"""


def run_of(folder: Path, text: str, gwp: str = "AR5", approach: str = "operational_control") -> Run:
    path = folder / "company.yaml"
    path.write_text(HEAD.format(gwp=gwp, approach=approach) + text, "utf-8")
    run = compute(path)
    assert run.inventory is not None, [d.message for d in run.diagnostics]
    return run


def explained(run: Run, name: str) -> str:
    assert run.inventory is not None
    (line,) = matching(run.inventory, name)
    return render_explanation(explain_line(run.inventory, line, (LOCATION, MARKET), {}))


def test_rates_per_kwh_show_both_units(tmp_path: Path) -> None:
    shown = explained(run_of(tmp_path, RATES), "power")
    # 1 MWh of 3 is covered by the certificate, 2 by the supplier
    for row in ("× 1,000 kWh/MWh                     = 1,000 kWh", "= 2,000 kWh"):
        assert row in shown
    assert "MWh unit" not in shown
    assert "1,000 MWh" not in shown


def test_the_rate_of_a_supplier_is_called_so(tmp_path: Path) -> None:
    shown = explained(run_of(tmp_path, RATES), "power")
    of_supplier = shown[shown.index("supplier rate of") :]
    assert "market-based: supplier rate of green_power, 66.67 % of the line" in shown
    assert "rate of the supplier" in of_supplier
    assert "rate of the instrument" not in of_supplier
    assert shown.count("rate of the instrument") == 1


def test_json_and_workbook_say_the_step_in_both_units(tmp_path: Path) -> None:
    run = run_of(tmp_path, RATES)
    assert run.inventory is not None
    assert run.project is not None
    (line,) = json.loads(render_json(run.inventory))["lines"]
    for part in line["market_based"]["parts"]:
        (step,) = part["steps"]
        assert (step["value"], step["text"], step["unit"]) == (1000, "1,000 kWh/MWh", "kWh")
    target = tmp_path / "x.xlsx"
    write_workbook(run.inventory, run.project.catalog, target, {})
    sheet = load_workbook(target)["Conversions"]
    words = {cell.value for row in sheet.iter_rows(min_row=2) for cell in row}
    assert "1,000 kWh/MWh" in words
    assert not words & {"1000", "1,000"}
    tranches = {c.value for row in load_workbook(target)["Tranches"].iter_rows() for c in row}
    assert "supplier rate of green_power" in tranches


GAS = """
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}}
activities:
  boiler: {facility: leeds, category: stationary_combustion, fuel: natural_gas,
    quantity: 120_000 kWh gross, period: 2024}
"""


def test_a_printed_total_of_another_gwp_set_is_not_used(tmp_path: Path) -> None:
    shown = explained(run_of(tmp_path, GAS, "AR6"), "boiler")
    # 120,000 kWh × 0.1829 kg = 21.948 t under AR5; 21,903.6 + 33.6 × 27 / 28 + 10.8 × 273 / 265 kg
    assert "total printed under AR5: 21.948 t, not used; sum of the gases below" in shown
    assert "total as printed" not in shown
    assert "\n  = 21.94713 tCO2e" in shown
    assert "÷ 28 (AR5)" in shown
    assert "× 27 (AR6)" in shown


def test_a_printed_total_of_the_same_set_is_used(tmp_path: Path) -> None:
    shown = explained(run_of(tmp_path, GAS), "boiler")
    assert "= 21.948 tCO2e  total as printed" in shown
    assert "not used" not in shown


def test_the_share_of_a_line_is_a_step(tmp_path: Path) -> None:
    held = "{leeds: {country: GB, history: {2020-01-01: {economic_interest: 41.5%}}}}"
    text = GAS.replace("{leeds: {country: GB}}", held)
    shown = explained(run_of(tmp_path, text, approach="equity_share"), "boiler")
    assert "\n  120,000 kWh gross\n" in shown
    assert "× 41.5 %" in shown
    assert "= 49,800 kWh gross" in shown


@pytest.mark.parametrize("name", ["de.grid_average", "de.residual_mix"])
def test_ids_in_headings_can_be_copied(name: str, tmp_path: Path) -> None:
    pack = (
        "pack: own_grid\ntitle: Grid\nfactors:\n"
        "  de.grid_average: {category: purchased_electricity, kind: grid_average, region: DE,"
        " per: MWh, gases: {CO2: 400 kg}}\n"
        "  de.residual_mix: {category: purchased_electricity, kind: residual_mix, region: DE,"
        " per: MWh, gases: {CO2: 700 kg}}\n"
    )
    (tmp_path / "own.yaml").write_text(pack, "utf-8")
    text = (
        "factor_packs: [./own.yaml]\nfacilities: {a: {country: DE}}\nactivities:\n"
        "  p: {facility: a, category: purchased_electricity, quantity: 1 MWh, period: 2024}\n"
    )
    shown = explained(run_of(tmp_path, text), "p")
    assert f"own_grid/{name}" in shown
    assert "own grid" not in shown
    assert "grid average.2" not in shown
    assert "location-based: own_grid/de.grid_average" in shown


def test_an_item_in_a_heading_can_be_copied(tmp_path: Path) -> None:
    text = (
        "activities:\n  steel: {category: purchased_goods_and_services, item: flat_steel_2,"
        " quantity: 10 t, emission_rate: {CO2: 2 t/t}, period: 2024}\n"
    )
    shown = explained(run_of(tmp_path, text), "steel")
    assert "· flat_steel_2 · Scope 3" in shown


def test_a_refused_factor_of_one_country_beside_a_worldwide_one_has_a_reason(
    tmp_path: Path,
) -> None:
    text = """
factor_packs: [ipcc-2006, desnz-2024]
accept:
  - {gap: foreign_region, reason: r}
  - {gap: other_publisher_property, reason: r}
facilities: {a: {country: DE}}
activities:
  cars: {facility: a, category: mobile_combustion, fuel: diesel, quantity: 9_500 L,
    vehicle: road, period: 2024}
"""
    run = run_of(tmp_path, text)
    assert run.inventory is not None
    (line,) = run.inventory.lines
    told = [
        value
        for part in explain_line(run.inventory, line, (LOCATION,), {}).parts
        for label, value in part.facts
        if label == "refused"
    ]
    assert any(value.startswith("desnz-2024") for value in told)
    for value in told:
        reason = value.split("  ", 1)[1]
        assert reason == reason.strip()
        assert "wider than" not in reason  # a country is no wider than the world
        assert reason.rsplit(" ", 1)[-1] not in ("than", "of", "is", "for", "in")
