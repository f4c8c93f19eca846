"""One cause is one finding: what only follows from data that errors keep out is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.run import compute
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}, york: {country: GB}, oslo: {country: "NO"}}
activities:
"""
MET = (
    "emission_rate: {CO2: 0 kg/MWh}, generated: 2024, criteria_met: {1: a, 2: a, 3: a, 4: a, 5: a}"
)
YEAR = "category: purchased_electricity, period: 2024"
GAS = "category: stationary_combustion, fuel: natural_gas, period: 2024"


def codes(folder: Path, text: str, *, judge: bool = False) -> list[str]:
    path = folder / "company.yaml"
    path.write_text(HEAD + text, "utf-8")
    found = check(path).diagnostics if judge else compute(path).diagnostics
    return [item.code for item in found]


# ---- instruments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("quantity: 10 MWh, factor: desnz-2024/none", "unknown-factor"),  # when it is priced
        ("quantity: 10 MWg", "unknown-unit"),  # before it is a line at all
    ],
)
def test_an_instrument_whose_consumption_is_refused_is_silent(
    tmp_path: Path, line: str, code: str
) -> None:
    text = f"""
  gas: {{facility: leeds, {GAS}, quantity: 10 kWh (gross)}}
  small: {{facility: leeds, {YEAR}, quantity: 1 MWh}}
  meter: {{facility: york, {YEAR}, {line}}}
instruments:
  whole: {{type: REGO, market: GB, volume: 5 MWh, {MET}}}
  fixed: {{type: REGO, market: GB, volume: 5 MWh, allocate: {{york: 5 MWh}}, {MET}}}
  bound: {{type: REGO, market: GB, volume: 5 MWh, facilities: [york], {MET}}}
"""
    assert codes(tmp_path, text) == [code]
    mended = text.replace(line, "quantity: 20 MWh")
    assert codes(tmp_path, mended) == []


def test_no_consumption_that_is_priced(tmp_path: Path) -> None:
    """A missing factor is no missing meter: DESNZ has no power of Norway."""
    text = f"""
  meter: {{facility: oslo, {YEAR}, quantity: 10 MWh}}
instruments:
  go: {{type: GO, market: "NO", volume: 5 MWh, {MET}}}
"""
    assert codes(tmp_path, text) == ["missing-factor"]


def test_faults_of_its_own_and_of_another_market_are_told(tmp_path: Path) -> None:
    text = f"""
  meter: {{facility: york, {YEAR}, quantity: 10 MWh, factor: desnz-2024/none}}
instruments:
  open: {{type: REGO, market: GB, volume: 5 MWh, {MET.replace("3: a, ", "")}}}
  abroad: {{type: GO, market: FR, volume: 5 MWh, {MET}}}
  heat: {{type: GO, market: GB, carrier: heat, volume: 5 MWh, {MET}}}
"""
    found = codes(tmp_path, text)
    assert found == ["unknown-factor", *["instrument-not-applied"] * 3]


def test_a_facility_without_faults_is_still_over_allocated(tmp_path: Path) -> None:
    text = f"""
  small: {{facility: leeds, {YEAR}, quantity: 1 MWh}}
  meter: {{facility: york, {YEAR}, quantity: 10 MWh, factor: desnz-2024/none}}
instruments:
  fixed: {{type: REGO, market: GB, volume: 5 MWh, allocate: {{leeds: 5 MWh}}, {MET}}}
"""
    assert "over-allocated" in codes(tmp_path, text)


def test_a_month_is_blocked_by_another_whose_consumption_shares_an_instrument(
    tmp_path: Path,
) -> None:
    """40 MWh over 12 months of 10 MWh cover a third; over the 11 that can be read, 40/110."""
    months = "".join(
        f"  m{n:02}: {{facility: leeds, category: purchased_electricity, period: 2024-{n:02},"
        f" quantity: 10 MWh{', factor: desnz-2024/none' if n == 7 else ''}}}\n"
        for n in range(1, 13)
    )
    rego = f"instruments:\n  go: {{type: REGO, market: GB, volume: 40 MWh, {MET}}}\n"
    path = tmp_path / "company.yaml"
    path.write_text(HEAD + months + rego, "utf-8")
    assert compute(path, period="2024-02").inventory is None
    path.write_text(HEAD + months, "utf-8")  # nothing is shared
    assert compute(path, period="2024-02").inventory is not None


# ---- the lock -----------------------------------------------------------------------------------


def test_no_partial_total_beside_a_lock(tmp_path: Path) -> None:
    lines = "".join(
        f"  {name}: {{facility: leeds, {GAS}, quantity: 10_000 kWh (gross)}}\n" for name in "ab"
    )
    path = tmp_path / "company.yaml"
    path.write_text(HEAD + lines, "utf-8")
    assert run("lock", path).exit_code == 0
    path.write_text(HEAD + lines.replace("10_000 kWh", "x kWh", 1), "utf-8")
    assert [item.code for item in compute(path).diagnostics] == ["not-a-number"]
    path.write_text(HEAD + lines.replace("10_000", "20_000", 1), "utf-8")
    moved = compute(path).diagnostics
    assert [item.code for item in moved] == ["lock-drift-figure"] * 2 + ["lock-drift-input"]
    # DESNZ 2024, 10,000 kWh more: 0.1829 kg each as burned, 0.03021 kg each upstream
    assert [item.message.replace(" of 2024 is locked as", "") for item in moved[:2]] == [
        "`scope_1` 3.658 tCO2e and is now 5.487 tCO2e: +1.829 tCO2e",
        "`scope_3` 0.6042 tCO2e and is now 0.9063 tCO2e: +0.3021 tCO2e",
    ]


# ---- what is there, but refused -----------------------------------------------------------------


def test_what_names_a_refused_entry_is_silent(tmp_path: Path) -> None:
    text = f"""
  gas: {{facility: hull, {GAS}, quantity: 10 kWh (gross)}}
  landlord: {{facility: york, {YEAR}, reported: 5 tCO2, method: location_based, by: L}}
  landlord-m: {{facility: york, {YEAR}, reported: x tCO2, method: market_based, by: L}}
  power: {{facility: york, {YEAR}, quantity: 1 MWh, supplier: acme}}
  other: {{facility: york, {YEAR}, quantity: 1 MWh, supplier: zeta}}
instruments:
  rego: {{type: REGO, market: GB, volume: 1 MWh, facilities: [hull], {MET}}}
suppliers:
  acme: {{market: GB, rates: {{2024x: {{emission_rate: {{CO2: 1 kg/MWh}}}}}}}}
  zeta: {{marked: GB}}
boundaries:
  north: {{facilities: [hull]}}
  south: {{facilties: [york]}}
targets:
  t: {{figure: total.market_based, boundary: south, base: 2020, year: 2030, reduction: 30 %}}
stated:
  - {{period: 2023, figure: scope_1, value: 1 tCO2e, boundary: south, evidence: [a.pdf]}}
"""
    head = HEAD.replace("york: {country", "hull: {country: GB, opened: 2024-x}, york: {country")
    (tmp_path / "company.yaml").write_text(head + text, "utf-8")
    found = {item.code for item in compute(tmp_path / "company.yaml").diagnostics}
    assert "bad-date" in found
    assert found.isdisjoint({
        "unknown-facility", "unknown-boundary", "unknown-supplier", "rate-not-applied",
        "scope-2-method-missing", "instrument-not-applied",
    })  # fmt: skip


def test_a_line_whose_co2_stands_in_a_refused_one(tmp_path: Path) -> None:
    car = "category: mobile_combustion, fuel: diesel, period: 2024, facility: york"
    text = f"""
  fuel: {{{car}, quantity: 1 Lt}}
  car: {{{car}, quantity: 1 km, co2_counted_in: fuel, factor: own/car}}
"""
    own = "pack: own\ntitle: O\nfactors:\n  car: {category: mobile_combustion, fuel: diesel,\n"
    own += "    per: km, gases: {CH4: 1 g, N2O: 1 g}, source: s}\n"
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    (tmp_path / "company.yaml").write_text(HEAD.replace("[desnz]", "[desnz, own.yaml]") + text)
    found = [item.code for item in compute(tmp_path / "company.yaml").diagnostics]
    assert found == ["unknown-unit"]


# ---- tables -------------------------------------------------------------------------------------

TABLE = """
  x: {facility: york, category: purchased_electricity, period: 2024, quantity: 1 MWh}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, period: month, quantity: q, unit: u}
    items: {el: {category: purchased_electricity}}
    control_totals: {MWh: 120 MWh}
"""


def bills(folder: Path, july: str, *, left_out: int = 0) -> None:
    rows = [
        f"leeds,el,2024-{n:02},{july if n == 7 else '10'},MWh,m1\n"
        for n in range(1, 13)
        if n != left_out
    ]
    (folder / "bills.csv").write_text("site,what,month,q,u,meter\n" + "".join(rows), "utf-8")


@pytest.mark.parametrize("meter", [False, True])
def test_a_refused_row_is_no_missing_bill(tmp_path: Path, *, meter: bool) -> None:
    text = TABLE.replace("unit: u}", "unit: u, meter: meter}") if meter else TABLE
    bills(tmp_path, "1x0")
    assert codes(tmp_path, text, judge=True) == ["not-a-number"]
    bills(tmp_path, "1x0", left_out=3)  # a bill that is missing indeed
    assert sorted(codes(tmp_path, text, judge=True)) == ["calendar-gap", "not-a-number"]
    bills(tmp_path, "10")
    assert codes(tmp_path, text, judge=True) == []


def test_days_that_cannot_be_read_are_no_missing_bill(tmp_path: Path) -> None:
    text = TABLE.replace("unit: u}", "unit: u, meter: meter}")
    bills(tmp_path, "10")
    path = tmp_path / "bills.csv"
    path.write_text(path.read_text("utf-8").replace("2024-07", "2024-x7"), "utf-8")
    assert codes(tmp_path, text, judge=True) == ["bad-date"]


def test_the_sum_of_accepted_rejections_is_compared(tmp_path: Path) -> None:
    bills(tmp_path, "1x0")
    accepted = TABLE + "    accept_rejected: {reason: lost, at_most: 1}\n"
    found = codes(tmp_path, accepted)
    assert "control-total-differs" in found
