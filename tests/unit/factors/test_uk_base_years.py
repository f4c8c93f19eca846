"""UK base years 2019 and 2020: their own edition; what stood for it stays where it is locked.

Printed kg CO2e per kWh: electricity 0.2556 (2019), 0.23314 (2020), 0.21233 (2021); gas, gross
0.18385, 0.18387, 0.18316; losses 0.0217, 0.02005, 0.01879.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support import command

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {{name: X, consolidation_approach: operational_control, gwp_set: AR4}}
factor_packs: [{packs}]
scope_3: {{fuel_and_energy_related: {{derive: off, reason: not the point of this test}}}}
facilities:
  leeds: {{country: GB}}
accept:
  - gap: later_year
    for: {{pack: desnz-2021}}
    reason: the base year had no edition of its own
activities:
  power: {{facility: leeds, category: purchased_electricity, quantity: 1 GWh, period: {year}}}
  gas: {{facility: leeds, category: stationary_combustion, fuel: natural_gas,
        quantity: 1 GWh gross, period: {year}}}
  losses: {{facility: leeds, category: fuel_and_energy_related, item: electricity,
           quantity: 1 GWh, period: {year}}}
"""


def _write(folder: Path, year: int, packs: str) -> Path:
    (folder / "company.yaml").write_text(COMPANY.format(year=year, packs=packs), "utf-8")
    return folder


def _totals(folder: Path) -> dict[str, Any]:
    done = command.run("compute", "--format", "json", cwd=folder)
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["totals"]
    return found


def _figures(folder: Path) -> tuple[float, float, float]:
    totals = _totals(folder)
    return totals["scope_1"], totals["scope_2"]["location_based"], totals["scope_3"]


@pytest.mark.parametrize(
    ("year", "tonnes"), [(2019, (183.85, 255.6, 21.7)), (2020, (183.87, 233.14, 20.05))]
)
def test_a_base_year_takes_its_own_edition_beside_an_accepted_later_one(
    tmp_path: Path, year: int, tonnes: tuple[float, float, float]
) -> None:
    folder = _write(tmp_path, year, "desnz")
    assert _figures(folder) == tonnes  # 183.16, 212.33 and 18.79 of 2021 before
    check = command.run("check", cwd=folder)
    unused = "warning[accept-unused]: `accept:` entry 1 (later_year) is not needed: `power` takes"
    assert f"{unused} `desnz-{year}/uk.kwh`, which goes before `desnz-2021/uk.kwh`" in check.stderr


def test_a_locked_base_year_keeps_the_later_edition(tmp_path: Path) -> None:
    folder = _write(tmp_path, 2019, "desnz-2021")
    done = command.run("lock", cwd=folder)
    assert done.exit_code == 0, done.stderr
    _write(tmp_path, 2019, "desnz")
    assert _figures(folder) == (183.16, 212.33, 18.79)
    shown = command.run("lock", "--upgrade", "--dry-run", "--period", "2019", cwd=folder).stdout
    assert "scope_2.location_based: 212.33 -> 255.6 (+43.27)" in shown
