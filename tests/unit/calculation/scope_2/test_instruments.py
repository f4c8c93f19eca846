"""The day on which the market of an instrument is read, and who belongs to it then."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from ghgcalc.calculation.scope_2.instruments import market_day
from ghgcalc.core.period import ReportingYear, parse_period_text
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("generated", "day"),
    [
        ("2024", date(2025, 1, 1)),  # before the year it serves: its first day
        ("2024-11", date(2025, 1, 1)),
        ("2025", date(2025, 1, 1)),
        ("2025-04", date(2025, 4, 1)),
        ("2025-12-31/2025-12-31", date(2025, 12, 31)),
        ("2026-02", date(2025, 12, 31)),  # after it: its last day
    ],
)
def test_generation_is_brought_inside_the_year_it_serves(generated: str, day: date) -> None:
    company = cast("Any", SimpleNamespace(year=ReportingYear()))
    instrument = cast("Any", SimpleNamespace(generated=parse_period_text(generated)))
    assert market_day(company, instrument, 2025) == day


def test_a_certificate_of_last_year_serves_the_market_of_this_year(tmp_path: Path) -> None:
    """NO and SE are one market to the end of 2024: in 2025 a certificate of SE serves SE alone."""
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: Own\nfactors:\n  grid: {category: purchased_electricity, per: MWh,"
        " kind: grid_average, region: NO, gases: {CO2: 0.4 t}, source: hand}\n",
        "utf-8",
    )
    path = tmp_path / "company.yaml"
    path.write_text(
        """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6,
  vintage_window: [-12, 0]}
factor_packs: [./own.yaml]
facilities: {a: {country: NO}}
markets:
  JOINT:
    members: [NO, SE]
    history: {2025-01-01: {members: [DE]}}
    evidence: [members.pdf]
activities:
  power: {facility: a, category: purchased_electricity, quantity: 10 MWh, period: 2025}
instruments:
  go: {type: GO, market: SE, volume: 10 MWh, generated: 2024-12, used_in: 2025,
    emission_rate: {CO2: 0 kg/MWh}, criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}}
""",
        "utf-8",
    )
    run = compute(path, period="2025")
    assert run.inventory is not None, run.diagnostics
    (use,) = run.inventory.instruments
    assert (use.market, use.used) == ("SE", 0)
    assert use.rejected == "criterion 5: no electricity consumption in market SE"
    assert run.inventory.totals.scope_2["market_based"] == 4  # 10 MWh × 0.4 t
