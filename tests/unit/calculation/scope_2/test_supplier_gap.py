from pathlib import Path

from ghgcalc.core.diagnostics import Severity
from ghgcalc.pipeline.run import compute

COMPANY = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
suppliers:
  volt:
    rates:
      2023: {emission_rate: {CO2: 100 kg/MWh}, criteria_met: {1: a, 2: a, 3: a, 4: a, 5: a, 6: a}}
activities:
  power:
    facility: leeds
    category: purchased_electricity
    quantity: 10 MWh
    supplier: volt
    period: 2024
"""


def test_a_supplier_without_a_rate_for_the_days_is_said(tmp_path: Path) -> None:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    run = compute(path)
    (finding,) = [item for item in run.diagnostics if item.code == "rate-not-applied"]
    assert finding.severity is Severity.WARNING
    assert "no rate of supplier `volt` covers 2024-01-01/2024-12-31" in finding.message
    assert run.inventory is not None
    # DESNZ 2024: 0.20705 kg CO2e/kWh; the rate of 2023 never serves 2024
    assert run.inventory.totals.scope_2["market_based"] * 10000 == 20705
