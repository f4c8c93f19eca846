"""A rate stated on grid power: asked, refused at zero, or left alone where no pack serves."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.lock import lock_years
from ghgcalc.pipeline.run import compute
from ghgcalc.render.lock import render_lock

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

F = Fraction
FILE = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [PACKS]
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
ACCEPT
facilities:
  site: {country: GB}
  suzhou: {country: CN, region: CN-JS}
  oslo: {country: NO}
activities:
  power: {facility: site, category: purchased_electricity, quantity: 1_000 MWh, period: 2024, MORE}
"""
ENTRY = "accept:\n  - {gap: stated_rate, for: {activity: power}, reason: metered network}"
RATE = "emission_rate: {CO2: 10 kg/MWh}"
ZERO = "emission_rate: {CO2: 0 kg/MWh, CH4: 0 g/MWh, N2O: 0 g/MWh}"


def computed(
    folder: Path, more: str, *, accept: str = "", packs: str = "desnz", site: str = "", **year: int
) -> Run:
    text = FILE.replace("PACKS", packs).replace("ACCEPT", accept).replace("MORE", more)
    if site:
        text = text.replace("facility: site", f"facility: {site}")
    if year:
        text = text.replace("period: 2024", f"period: {year['year']}")
    (folder / "company.yaml").write_text(text, encoding="utf-8")
    return compute(folder / "company.yaml")


@pytest.mark.parametrize(("packs", "site", "year"), [
    ("desnz-2024", "site", 2024), ("desnz", "site", 2021), ("mee-china", "suzhou", 2023),
    ("desnz-2024", "site", 2019),  # the region is served, though in another year
    ("./own.yaml", "oslo", 2024),  # an own pack is named as well
])  # fmt: skip
@pytest.mark.parametrize(("rate", "code"), [
    (RATE, "gap-not-accepted"), (ZERO, "zero-grid-rate"),
    ("emission_rate: {CO2e: 0 kgCO2e/kWh}", "zero-grid-rate"),
    ("emission_rate: {CO2_biogenic: 3 kg/MWh}", "zero-grid-rate"),
])  # fmt: skip
def test_a_served_region_asks(
    tmp_path: Path, packs: str, site: str, year: int, rate: str, code: str
) -> None:
    own = "pack: own\ntitle: Own\nfactors:\n  no: {category: purchased_electricity, region: NO,"
    (tmp_path / "own.yaml").write_text(own + " per: MWh, gases: {CO2: 20 kg}}\n", encoding="utf-8")
    run = computed(tmp_path, rate, packs=packs, site=site, year=year)
    assert run.inventory is None
    assert [item.code for item in run.diagnostics] == [code]
    accepted = computed(tmp_path, rate, packs=packs, site=site, year=year, accept=ENTRY)
    assert (accepted.inventory is None) == (code == "zero-grid-rate"), accepted.diagnostics


def test_the_hint_is_ready_to_paste(tmp_path: Path) -> None:
    (found,) = computed(tmp_path, RATE).diagnostics
    _, _, tail = (found.hint or "").partition("`accept:` `")
    entry = tail.removesuffix("`").replace("reason: …", "reason: measured")
    assert entry.startswith("- {gap: stated_rate, for: {activity: power}")
    run = computed(tmp_path, RATE, accept=f"accept:\n  {entry}")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_2["location_based"] == 10


def test_the_report_says_what_the_published_factor_gives(tmp_path: Path) -> None:
    """DESNZ 2024 prints 0.20705 kg CO2e per kWh for the United Kingdom: 207.05 t."""
    run = computed(tmp_path, RATE, accept=ENTRY)
    assert run.inventory is not None
    (gap,) = run.inventory.accepted
    assert (gap.kind, gap.lines) == ("stated_rate", ("power",))
    assert gap.details == ("stated/power in place of desnz-2024/uk.kwh",)
    assert gap.effect == "location-based 10.000 tCO2e, with the published factor 207.050 tCO2e"


@pytest.mark.parametrize(("more", "packs", "site"), [
    (f"{ZERO}, attributes: kept", "desnz", "site"),
    (f"{RATE}, attributes: sold", "desnz", "site"),
    (ZERO, "desnz", "oslo"), (RATE, "mee-china", "site"), (RATE, "", "site"),
])  # fmt: skip
def test_direct_lines_and_regions_without_a_pack_are_free(
    tmp_path: Path, more: str, packs: str, site: str
) -> None:
    run = computed(tmp_path, more, packs=packs, site=site)
    assert run.inventory is not None, run.diagnostics
    assert not run.inventory.accepted


def test_a_year_in_the_lock_is_free(tmp_path: Path) -> None:
    """Locked while no pack served the region; naming one later changes nothing."""
    before = computed(tmp_path, ZERO, packs="mee-china")
    assert before.inventory is not None
    text = render_lock("company.yaml", lock_years(tmp_path / "company.yaml", [2024]).sections)
    (tmp_path / "ghgcalc.lock").write_text(text, encoding="utf-8")
    after = computed(tmp_path, ZERO, packs="mee-china, desnz")
    assert after.inventory is not None, after.diagnostics
    assert after.inventory.totals == before.inventory.totals


TABLE = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
ACCEPT
facilities: {leeds: {country: GB}, york: {country: GB}, oslo: {country: NO}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: item, quantity: kwh, unit: unit, from: from, to: to}
    items:
      power: {category: purchased_electricity, emission_rate: {CO2: RATE kg/MWh}}
"""
ROWS = "site,item,kwh,unit,from,to\n" + "".join(
    f"{site},power,1000,kWh,2024-0{month}-01,2024-0{month}-28\n"
    for site in ("leeds", "york", "oslo") for month in (1, 2)
)  # fmt: skip


def tabled(folder: Path, accept: str, rate: str = "10") -> Run:
    (folder / "bills.csv").write_text(ROWS, encoding="utf-8")
    text = TABLE.replace("ACCEPT", accept).replace("RATE", rate)
    (folder / "company.yaml").write_text(text, encoding="utf-8")
    return compute(folder / "company.yaml")


def test_an_item_of_a_table_is_asked_once_for_its_rate(tmp_path: Path) -> None:
    refused = tabled(tmp_path, "")
    codes = {item.code for item in refused.diagnostics}
    assert codes == {"gap-not-accepted"}
    assert not any("oslo" in item.message for item in refused.diagnostics)
    (entry,) = {(item.hint or "").partition("`accept:` `")[2] for item in refused.diagnostics}
    assert entry.startswith("- {gap: stated_rate, for: {factor: stated/bills/power}")
    run = tabled(tmp_path, "accept:\n  " + entry.removesuffix("`").replace("…", "measured"))
    assert run.inventory is not None, run.diagnostics
    (gap,) = run.inventory.accepted
    assert {line.split("/")[1] for line in gap.lines} == {"leeds", "york"}
    # 6 bills of 1 MWh at 10 kg; 4 of them in GB at 207.05 kg
    assert run.inventory.totals.scope_2["location_based"] == F("0.06")
    assert gap.effect == "location-based 0.040 tCO2e, with the published factor 0.828 tCO2e"


def test_a_facility_narrows_the_entry_of_a_table(tmp_path: Path) -> None:
    run = tabled(tmp_path, "accept: [{gap: stated_rate, for: {facility: leeds}, reason: x}]")
    assert run.inventory is None
    assert {item.code for item in run.diagnostics} == {"gap-not-accepted"}
    assert all("york" in item.message for item in run.diagnostics)


def test_an_item_at_zero_is_refused(tmp_path: Path) -> None:
    accept = "accept: [{gap: stated_rate, reason: x}]"
    run = tabled(tmp_path, accept, "0")
    assert "zero-grid-rate" in {item.code for item in run.diagnostics}
    assert run.inventory is None
