"""A supplier's rate serves its days alone, also where months come from a table (S2-03, R19)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities: {a: {country: NO}}
suppliers:
  volt:
    rates:
      2025-01-01/2025-06-30:
        emission_rate: {CO2: 0.1 t/MWh}
        criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x, 6: x}
tables:
  bills:
    files: bills.csv
    columns: {period: month, quantity: mwh}
    constants: {facility: a, unit: MWh, item: p, supplier: volt}
    items: {p: {category: purchased_electricity}}
"""
OWN = """\
pack: own
title: Own
factors:
  grid: {category: purchased_electricity, kind: grid_average, region: NO, per: MWh,
    gases: {CO2: 0.4 t}, source: hand}
  mix: {category: purchased_electricity, kind: residual_mix, region: NO, per: MWh,
    gases: {CO2: 0.7 t}, source: hand}
"""


def test_monthly_bills_after_the_end_of_a_rate_are_not_priced_by_it(tmp_path: Path) -> None:
    """Six months of 10 MWh at the rate of 0.1 t, six at the residual mix of 0.7 t: 6 + 42 t."""
    rows = "".join(f"2025-{month:02d},10\n" for month in range(1, 13))
    (tmp_path / "bills.csv").write_text(f"month,mwh\n{rows}", "utf-8")
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    run = compute(tmp_path / "company.yaml", period="2025")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_2["market_based"] == 6 * 10 * Fraction(1, 10) + 6 * 7
    tonnes = [line.co2e("market_based") for line in run.inventory.lines]
    assert tonnes == [1] * 6 + [7] * 6
    gaps = [item for item in run.diagnostics if item.code == "rate-not-applied"]
    assert len(gaps) == 6
    assert "covers 2025-07-01/2025-07-31" in gaps[0].message


RATE = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities: {a: {country: NO}}
activities:
  power: {facility: a, category: purchased_electricity, quantity: 10 MWh, supplier: volt,
    period: 2025}
suppliers:
  volt:
    rates:
      2025:
        emission_rate: {CO2: 0.1 t/MWh}
        criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x, 6: x}
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        # at the rate of the year, at its `includes:`, at the supplier
        ("5: x, 6: x", "5: x", "rate-not-applied", 11),
        ("5: x, 6: x}", "5: x, 6: x}\n        includes: [losses]", "rate-not-applied", 14),
        ("      2025:", "      2024:", "rate-not-applied", 9),
        ("volt:\n", "volt:\n    market: SE\n", "rate-not-applied", 9),
        ("CO2: 0.1", "CO2e: 0.1", "gap-not-accepted", 11),
    ],
)
def test_a_rate_that_does_not_serve_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    """10 MWh at the residual mix of 0.7 t instead of 0.1 t."""
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    path = tmp_path / "company.yaml"
    assert RATE.count(old) == 1
    path.write_text(RATE.replace(old, new), "utf-8")
    made = compute(path, period="2025")
    found = next(each for each in made.diagnostics if each.code == code)
    assert found.location is not None
    assert found.location.line == line
    if code == "rate-not-applied":
        assert made.inventory is not None, made.diagnostics
        assert made.inventory.totals.scope_2["market_based"] == 7


def test_a_rate_that_serves_prices_the_line(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "company.yaml").write_text(RATE, "utf-8")
    made = compute(tmp_path / "company.yaml", period="2025")
    assert made.inventory is not None, made.diagnostics
    assert made.inventory.totals.scope_2["market_based"] == 1


def test_a_rate_that_serves_no_day_is_told_once_for_equal_lines(tmp_path: Path) -> None:
    """Two meters of one place, supplier and period: one finding; another period is another."""
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    line = RATE[RATE.index("  power:") : RATE.index("suppliers:")]
    more = line.replace("power", "second") + line.replace("power", "third").replace(
        "2025", "2025-01"
    )
    text = RATE.replace("      2025:", "      2024:").replace("suppliers:", f"{more}suppliers:")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    made = compute(tmp_path / "company.yaml", period="2025")
    found = {each.message for each in made.diagnostics if each.code == "rate-not-applied"}
    assert found == {
        "no rate of supplier `volt` covers 2025-01-01/2025-12-31 of `power`",
        "no rate of supplier `volt` covers 2025-01-01/2025-01-31 of `third`",
    }
    assert made.inventory is not None, made.diagnostics
    assert made.inventory.totals.scope_2["market_based"] == 21  # 30 MWh at 0.7 t
