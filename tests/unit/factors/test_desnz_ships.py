"""Sea freight of the UK packs: tankers and cargo ships serve any facility, UK ferries do not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from support import command

PACKS = Path(__file__).resolve().parents[3] / "factors/desnz"
EDITIONS = [str(year) for year in range(2019, 2027)]
COMPANY = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities:
  here: {country: COUNTRY}
ACCEPT\
activities:
  ship: {facility: here, category: upstream_transportation, item: freight, vehicle: SHIP,
         technology: average, quantity: 500_000 tkm, period: 2025}
"""
ACCEPT = """\
accept:
  - gap: foreign_region
    for: {facility: here}
    reason: no Vietnamese factor of sea freight
"""
# of version 1.1, whose ships were the United Kingdom's: 500,000 tkm x 0.01612 kg
LOCK = """\
# Written by `ghgcalc lock`; keep it under version control, do not edit it.
# Tonnes are tCO2e with at most 12 decimals; values of factors are as their packs print them.
ghgcalc_lock: 1
company: company.yaml
periods:
  2025:
    seal: 5cda86322b72a8d1ec5159b8058654700e77b90f6d71a52be37e633e917a61ab
    tool: 0.1.0
    rules:
    - annual_rate_by_days
    - contract_days
    consolidation_approach: operational_control
    gwp:
      set: AR5
      pack: gwp-ar5@1.0
      sha256: 0866da4df00a6b5a543dcc22e50dc74fc4a7fa467f8662b1f9ce1358ebcbd5f1
    totals:
      scope_1: 0
      scope_2.location_based: 0
      scope_2.market_based: 0
      scope_3: 8.06
      biogenic_co2: 0
    inputs:
      company.yaml: 43897e98431c6c0ed3e6349b88609da44f9ea12a4e56d85c8340d158be6c3973
    packs:
      desnz-2025@1.1:
        sha256: 3759bfa1a2b098137dbc7eddd7c4d96aef6440b7c25a082246725353a4c5f8f3
        title: UK Government GHG Conversion Factors for Company Reporting 2025, flat file, version 1
        publisher: desnz
        licence: OGL-UK-3.0
        evidence: publisher file
    resolutions:
      QUESTION:
        factor: desnz-2025/freight.container_ship.average.tkm@1.1
        name: Container ship, Average
        category: "downstream_transportation|upstream_transportation"
        per: tkm
        gases:
          CO2e: 0.01612 kg
          CO2e:CO2: 0.01592 kg
          CO2e:CH4: 0.00001 kg
          CO2e:N2O: 0.00019 kg
        item: freight
        technology: average
        vehicle: container_ship
        region: GB
        year: 2025
        year_rule: edition
        gwp_set: AR5
        locator: "Factors by Category!J7021:J7024"
    lines:
      ship: 8.06
"""


def _write(folder: Path, country: str, ship: str = "container_ship", accept: str = "") -> Path:
    text = COMPANY.replace("COUNTRY", country).replace("SHIP", ship).replace("ACCEPT", accept)
    (folder / "company.yaml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("edition", EDITIONS)
def test_ships_have_no_region_but_uk_ferries(edition: str) -> None:
    for table in ("freight", "wtt_freight"):
        with (PACKS / edition / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["id"].count(".") >= 3]
        ships = [row for row in rows if row["vehicle"].endswith(("_ship", "_tanker", "_carrier"))]
        ships += [row for row in rows if row["vehicle"] == "roro_ferry"]
        assert {row["region"] for row in ships} == {""}
        assert len(ships) == 52  # 24 of tankers, 28 of cargo ships
        ferries = [row for row in rows if row["vehicle"] == "large_ropax_ferry"]
        assert [row["region"] for row in ferries] == ["GB"]


@pytest.mark.parametrize("country", ["GB", "VN", "CN"])
def test_a_container_ship_needs_no_foreign_region(tmp_path: Path, country: str) -> None:
    done = command.run("compute", "--format", "csv", cwd=_write(tmp_path, country))
    assert done.exit_code == 0, done.stderr
    assert ",8.06" in done.stdout  # 500,000 tkm x 0.01612 kg


def test_a_ferry_of_uk_operators_is_foreign_elsewhere(tmp_path: Path) -> None:
    done = command.run("compute", cwd=_write(tmp_path, "VN", "large_ropax_ferry"))
    assert done.exit_code == 1
    assert "region GB, facility is VN" in done.stderr
    assert "{gap: foreign_region, for: {activity: ship}" in done.stderr


def test_a_word_of_another_region_is_no_other_vehicle(tmp_path: Path) -> None:
    """It was told to name a ship or a flight; a slip is told the word that it comes near."""
    done = command.run("compute", cwd=_write(tmp_path, "VN", "van_averag"))
    assert "did you mean `van_average` or `hgv_average`?" in done.stderr
    lorry = _write(tmp_path, "VN", "hgv_average") / "company.yaml"
    text = lorry.read_text("utf-8")
    lorry.write_text(text.replace("technology: average", "technology: laden_average"), "utf-8")
    done = command.run("compute", cwd=tmp_path)
    assert "freight.hgv_average.laden_average.tkm: region GB, facility is VN" in done.stderr
    lorry.write_text(text.replace("technology: average", "technology: full"), "utf-8")
    assert "on offer as `technology:`: laden_" in command.run("compute", cwd=tmp_path).stderr


def test_an_entry_for_ships_is_told_as_unused(tmp_path: Path) -> None:
    done = command.run("check", cwd=_write(tmp_path, "VN", accept=ACCEPT))
    assert "warning[accept-unused]: `accept:` entry 1 (foreign_region)" in done.stderr


def test_a_locked_ship_stays_the_united_kingdoms(tmp_path: Path) -> None:
    folder = _write(tmp_path, "VN", accept=ACCEPT)
    question = (
        "upstream_transportation, item freight, technology average, vehicle container_ship,"
        " region VN, 2025, per tkm"
    )
    (folder / "ghgcalc.lock").write_text(LOCK.replace("QUESTION", question), "utf-8")
    done = command.run("compute", cwd=folder)
    assert done.exit_code == 0, done.stderr
    assert "desnz-2025/freight.container_ship.average.tkm: region GB, facility is VN" in done.stdout
    assert "desnz-2025@1.1; drift: none" in done.stdout
    assert command.run("check", "--locked", cwd=folder).exit_code == 0
    shown = command.run("lock", "--upgrade", "--dry-run", cwd=folder).stdout
    assert "+ desnz-2025/freight.container_ship.average.tkm@1.3:" in shown
    assert "effect +0 tCO2e" in shown
