"""Contracts and tariffs have days; certificates are matched over the reporting year."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.results.line import lines_of
from ghgcalc.pipeline.lock import lock_years
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.lock import render_lock

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.inventory.inventory import Inventory

F = Fraction
# residual mix 0.5 t/MWh; 365 days of 2025 with 1 MWh each, 181 of them before July
OWN = """\
pack: own
title: Own
gwp_set: AR5
factors:
  grid: {category: purchased_electricity, kind: grid_average, per: MWh,
    gases: {CO2: 0.4 t, CH4: 0 kg, N2O: 0 kg}, region: XX, source: hand}
  mix: {category: purchased_electricity, kind: residual_mix, per: MWh,
    gases: {CO2: 0.5 t, CH4: 0 kg, N2O: 0 kg}, region: XX, source: hand}
  gas: {category: stationary_combustion, fuel: natural_gas, per: MWh net,
    gases: {CO2: 0.2 t, CH4: 0 kg, N2O: 0 kg}, source: hand}
"""
HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [./own.yaml]
facilities: {a: {country: XX}, b: {country: XX}}
"""
METER = (
    "{{facility: {place}, category: purchased_electricity, quantity: {mwh} MWh, period: {when}}}"
)
MET = "emission_rate: {CO2: 0 kg/MWh}, criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x}"


def meter(name: str, mwh: str, when: str, place: str = "a") -> str:
    return f"  {name}: " + METER.format(mwh=mwh, when=f'"{when}"', place=place) + "\n"


def contract(name: str, mwh: str, more: str, kind: str = "PPA") -> str:
    return f"  {name}: {{type: {kind}, market: XX, volume: {mwh} MWh, {more}, {MET}}}\n"


def run(folder: Path, meters: str, contracts: str, period: str = "2025", more: str = "") -> Run:
    (folder / "own.yaml").write_text(OWN, "utf-8")
    path = folder / "company.yaml"
    path.write_text(f"{HEAD}{more}activities:\n{meters}instruments:\n{contracts}", "utf-8")
    return compute(path, period=period)


def inventory(made: Run) -> Inventory:
    assert made.inventory is not None, made.diagnostics
    return made.inventory


def market(made: Run) -> Fraction:
    return inventory(made).totals.scope_2["market_based"]


def use(made: Run, name: str = "ppa") -> InstrumentUse:
    (found,) = [each for each in inventory(made).instruments if each.id == name]
    return found


SECOND = "supplied: 2025-07-01/2025-12-31, generated: 2025"


@pytest.mark.parametrize(
    ("kind", "days", "used"),
    [
        ("PPA", "generated: 2025-07-01/2025-12-31", 184),
        ("PPA", SECOND, 184),
        ("green_tariff", "generated: 2025-Q4", 92),
        ("direct_purchase", "generated: 2025-02", 28),
        ("supplier_rate", "supplied: 2025-01, generated: 2025", 31),
        ("fund_right", "supplied: 2025-Q1, generated: 2025", 90),
        ("PPA", "generated: 2025", 300),
        ("PPA", "supplied: 2024-07-01/2026-06-30, generated: 2025", 300),
        ("PPA", "supplied: 2024-07-01/2025-06-30, generated: 2025", 181),
        ("fund_right", "generated: 2025-Q4", 300),  # says nothing of its days
        ("GO", "generated: 2025-07-01/2025-12-31", 300),  # a certificate is of the year
        ("I-REC", "generated: 2025-12", 300),
    ],
)
def test_a_contract_is_matched_in_its_days_alone(
    tmp_path: Path, kind: str, days: str, used: int
) -> None:
    """A yearly bill of 1 MWh a day; 300 MWh on offer."""
    made = run(tmp_path, meter("power", "365", "2025"), contract("ppa", "300", days, kind))
    assert use(made).used == used
    assert use(made).surplus == 300 - used
    assert market(made) == (365 - used) * F(1, 2)


def test_the_bill_is_cut_at_the_days_and_adds_up(tmp_path: Path) -> None:
    made = run(tmp_path, meter("power", "365", "2025"), contract("ppa", "100", SECOND))
    found = {line.id: line for line in lines_of(inventory(made).wholes)}
    first, second = found.values()
    assert list(found) == ["power/2025-01-01..2025-06-30", "power/2025-07-01..2025-12-31"]
    assert first.quantity + second.quantity == 365
    assert [part.instrument for part in first.market_based] == [None]
    assert [part.instrument for part in second.market_based] == ["ppa", None]
    assert sum(part.quantity for part in second.market_based) == 184


def test_a_period_outside_the_days_matches_nothing(tmp_path: Path) -> None:
    lines = meter("power", "365", "2025")
    held = contract("ppa", "100", SECOND)
    assert market(run(tmp_path, lines, held, "2025-01-01/2025-06-30")) == F(181, 2)
    assert market(run(tmp_path, lines, held, "2025-07-01/2025-12-31")) == F(84, 2)


def test_other_sources_and_places_are_not_cut(tmp_path: Path) -> None:
    lines = meter("power", "365", "2025") + meter("other", "365", "2025", "b")
    lines += (
        "  boiler: {facility: a, category: stationary_combustion, fuel: natural_gas,"
        " quantity: 10 MWh net, period: 2025}\n"
    )
    made = run(tmp_path, lines, contract("ppa", "10", f"{SECOND}, facilities: [a]"))
    ids = [line.id for line in inventory(made).lines]
    assert ids == [
        "power/2025-01-01..2025-06-30", "power/2025-07-01..2025-12-31", "other", "boiler",
    ]  # fmt: skip


def test_contracts_share_by_days_and_certificates_go_first(tmp_path: Path) -> None:
    """365 MWh; 73 MWh of certificates leave 80 % of each day. A contract of October to December
    takes 50 of 73.6 MWh; one of July to December 60 of the 147.2 − 50 MWh left in its days."""
    held = (
        contract("go", "73", "generated: 2025", "GO")
        + contract("half", "60", SECOND)
        + contract("quarter", "50", "generated: 2025-Q4")
    )
    made = run(tmp_path, meter("power", "365", "2025"), held)
    assert [use(made, name).used for name in ("go", "quarter", "half")] == [73, 50, 60]
    assert market(made) == F(365 - 183, 2)
    covered: dict[str, Fraction] = {}
    for line in inventory(made).lines:
        for part in line.market_based:
            if part.instrument:
                covered[f"{line.span.first:%m} {part.instrument}"] = part.quantity
    assert covered["10 quarter"] == 50
    assert covered["07 half"] == 60 * F(92 * 4, 5) / (F(184 * 4, 5) - 50)
    assert covered["10 half"] == 60 - covered["07 half"]
    assert covered["01 go"] == F(181, 5)


@pytest.mark.parametrize(("mwh", "fits"), [("184", True), ("185", False)])
def test_an_explicit_allocation_keeps_to_the_days(tmp_path: Path, mwh: str, fits: bool) -> None:
    days = f"{SECOND}, allocate: {{a: {mwh} MWh}}"
    made = run(tmp_path, meter("power", "365", "2025"), contract("ppa", "300", days))
    if fits:
        assert use(made).used == 184
        assert market(made) == F(181, 2)
    else:
        (found,) = [d for d in made.diagnostics if d.code == "over-allocated"]
        assert "in 2025-07-01/2025-12-31" in found.message


def test_months_of_a_table_and_alike_bills_are_cut_too(tmp_path: Path) -> None:
    """Twelve rows of 10 MWh; from 11 July 21 of 31 days of July and five months."""
    rows = "".join(f"2025-{month:02d},10\n" for month in range(1, 13))
    (tmp_path / "power.csv").write_text(f"month,mwh\n{rows}", "utf-8")
    table = (
        "tables:\n  power:\n    files: power.csv\n    columns: {period: month, quantity: mwh}\n"
        "    constants: {facility: a, unit: MWh, item: p}\n"
        "    items: {p: {category: purchased_electricity}}\n"
    )
    held = contract("ppa", "500", "generated: 2025-07-11/2025-12-31")
    served = F(round(F(10 * 21 * 10**9, 31)), 10**9) + 50
    by_table = run(tmp_path, meter("none", "0", "2025"), held, more=table)
    assert abs(use(by_table).used - served) <= F(1, 10**9)
    bills = "".join(meter(f"m{month}", "10", f"2025-{month:02d}") for month in range(1, 13))
    by_bills = run(tmp_path, bills, held)
    assert abs(use(by_bills).used - served) <= F(1, 10**9)
    assert market(by_bills) == market(by_table)


def test_days_outside_the_year_it_serves_are_said(tmp_path: Path) -> None:
    held = contract("ppa", "10", "supplied: 2024-01-01/2024-06-30, generated: 2025")
    made = run(tmp_path, meter("power", "365", "2025"), held)
    assert use(made).rejected == "supplied 2024-01-01/2024-06-30, outside the reporting year 2025"
    assert [d.code for d in made.diagnostics] == ["instrument-not-applied"]
    assert market(made) == F(365, 2)


def test_certificates_have_no_days_of_supply(tmp_path: Path) -> None:
    made = run(tmp_path, meter("power", "365", "2025"), contract("go", "10", SECOND, "GO"))
    assert [d.code for d in made.diagnostics] == ["conflicting-keys"]


@pytest.mark.parametrize("year", ["2022", "2027"])
def test_an_instrument_of_a_year_without_data_is_said(tmp_path: Path, year: str) -> None:
    held = contract("go", "10", f"generated: {year}", "GO")
    made = run(tmp_path, meter("power", "365", "2025"), held)
    (found,) = made.diagnostics
    assert (found.code, found.severity) == ("instrument-not-applied", "warning")
    assert f"serves {year}, a reporting year without activity data" in found.message


def test_a_year_locked_before_stays(tmp_path: Path) -> None:
    """The lock of an earlier version names no rules: its year is matched as a whole."""
    leak = (
        "  leak: {facility: a, category: fugitive_emissions, gas: R-410A, period: 2025-01,"
        " leakage: {charge: 3 kg, annual_rate: 5%}}\n"
    )
    lines, held = meter("power", "365", "2025") + leak, contract("ppa", "200", SECOND)
    path = tmp_path / "company.yaml"
    fresh = run(tmp_path, lines, held)
    assert use(fresh).used == 184
    section = lock_years(path, []).sections[2025]
    assert section.rules == ("annual_rate_by_days", "contract_days", "category_3_derived")
    # as the version before locked it: no rules, figures over the whole year
    old = section.model_copy(
        update={
            "rules": (),
            "lines": {},
            "totals": {},
        }
    )
    (tmp_path / "ghgcalc.lock").write_text(render_lock("company.yaml", {2025: old}), "utf-8")
    kept = compute(path, period="2025")
    assert use(kept).used == 200
    assert market(kept) == F(165, 2)
    assert inventory(kept).totals.scope_1 == F("0.15") * F("1923.5") / 1000
    told = [note for note in inventory(kept).notes if "was locked before" in note]
    assert len(told) == 2
    again = lock_years(path, [])  # writing the lock again keeps the rule of the year
    assert again.sections[2025].rules == ()
    assert again.sections[2025].totals["scope_2.market_based"] == F(165, 2)
    upgraded = lock_years(path, [], upgrade=True).sections[2025]
    assert upgraded.rules == ("annual_rate_by_days", "contract_days", "category_3_derived")
    assert upgraded.totals["scope_2.market_based"] == F(181, 2)
