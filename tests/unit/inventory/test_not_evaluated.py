"""Scope 3 without a line is not evaluated, which is not 0: lock, expectations, verification."""

from __future__ import annotations

from pathlib import Path

import pytest

from ghgcalc.calculation.lock.read import seal_of
from support import command
from support.command import verified

# by hand: 10 t × 1 t/t of Scope 1 in both years; 40 km × 0.1 t/km = 4 t of Scope 3 where it stands
COMPANY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {leeds: {country: GB}}
activities:
  vent: {facility: leeds, category: process_emissions, item: etch, quantity: 10 t,
    emission_rate: {CO2: 1 t/t}, period: 2024}
"""
TAXI = """\
  taxi: {facility: leeds, category: business_travel, item: taxi, quantity: 40 km,
    emission_rate: {CO2: 0.1 t/km}, period: 2024}
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    return path


def locked(company: Path) -> str:
    return company.with_name("ghgcalc.lock").read_text("utf-8")


def as_of_old(company: Path) -> None:
    """The lock as the first ones were: 0 for what was not evaluated, and sealed so."""
    lock = company.with_name("ghgcalc.lock")
    head, _, body = locked(company).partition("  2024:\n")
    old = "      scope_2.market_based: 0\n"
    body = "  2024:\n" + body.replace(old, f"{old}      scope_3: 0\n")
    seal = next(row for row in body.splitlines() if row.startswith("    seal:"))
    body = body.replace(seal, f"    seal: {seal_of(body)}")
    lock.write_text(head + body, "utf-8")


def test_a_lock_has_no_total_of_what_was_not_evaluated(company: Path) -> None:
    done = command.run("lock", company)
    assert "    scope_3: not evaluated\n" in done.stdout
    assert "scope_3" not in locked(company)
    assert command.run("check", company, "--locked").exit_code == 0
    before = locked(company)
    again = command.run("lock", company)
    assert "no resolution or figure changes" in again.stdout
    assert locked(company) == before


def test_scope_3_that_is_evaluated_later_is_drift(company: Path) -> None:
    command.run("lock", company)
    company.write_text(COMPANY + TAXI, "utf-8")
    strict = command.run("compute", company, "--locked")
    said = "`scope_3` of 2024 is locked as not evaluated and is now 4 tCO2e"
    assert strict.exit_code == 1
    assert said in strict.stderr
    assert "scope_3 from not evaluated to 4 tCO2e" in strict.stderr  # what the changed file did
    dry = command.run("lock", company, "--dry-run")
    assert "    scope_3: not evaluated -> 4\n" in dry.stdout
    command.run("lock", company)
    assert "      scope_3: 4\n" in locked(company)
    company.write_text(COMPANY, "utf-8")
    gone = command.run("check", company, "--locked")
    assert gone.exit_code == 1
    assert "`scope_3` of 2024 is locked as 4 tCO2e and is now not evaluated" in gone.stderr


def test_the_0_of_an_old_lock_is_not_evaluated_either(company: Path) -> None:
    command.run("lock", company)
    as_of_old(company)
    before = locked(company)
    strict = command.run("compute", company, "--locked")
    assert (strict.exit_code, strict.stderr) == (0, "")
    assert locked(company) == before
    dry = command.run("lock", company, "--dry-run")
    assert "no resolution or figure changes" in dry.stdout
    company.write_text(COMPANY + TAXI, "utf-8")
    strict = command.run("compute", company, "--locked")
    assert strict.exit_code == 1
    assert "`scope_3` of 2024 is locked as 0 tCO2e and is now 4 tCO2e: +4 tCO2e" in strict.stderr


@pytest.mark.parametrize("figure", ["scope_3", "business_travel"])
def test_an_expected_0_does_not_hold_where_nothing_was_evaluated(
    company: Path, figure: str
) -> None:
    expect = f"expect:\n  - {{period: 2024, figure: {figure}, value: 0 t, within: 5 t}}\n"
    company.write_text(COMPANY + expect, "utf-8")
    done = command.run("check", company)
    assert done.exit_code == 1
    assert f"`{figure}` of 2024 cannot be computed: no line is of" in done.stderr
    assert "what was not evaluated is not 0" in done.stderr
    company.write_text(COMPANY + TAXI + expect, "utf-8")
    assert command.run("compute", company).exit_code == 0  # 4 t lie within 5 t of 0 t


def test_what_nobody_need_enter_is_0_without_a_line(company: Path) -> None:
    rows = (f"  - {{period: 2024, figure: {f}, value: 0 t, within: 0 t}}\n"
            for f in ("scope_2.market_based", "mobile_combustion", "biogenic_co2",
                       "upstream_leased_assets"))  # fmt: skip
    company.write_text(COMPANY + "expect:\n" + "".join(rows), "utf-8")
    assert command.run("compute", company).exit_code == 0


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_a_verification_has_no_figure_of_what_was_not_evaluated(company: Path, suffix: str) -> None:
    saved = company.with_name(f"saved{suffix}")
    command.run("compute", company, "-o", saved)

    def figures() -> dict[tuple[str, str], tuple[float | None, ...]]:
        _, found = verified(saved, company)
        return {
            (f["figure"], f["method"]): (f["stated"], f["recomputed"], f["net"], f["gross"])
            for f in found["figures"]
        }

    same = figures()
    assert same["scope_3", "location_based"] == (None, None, 0, 0)
    assert same["scope_1_2_3", "market_based"] == (10, 10, 0, 0)
    company.write_text(COMPANY + TAXI, "utf-8")  # 4 t were left out of the saved one
    found = figures()
    assert found["scope_3", "location_based"] == (None, 4, -4, 4)
    assert found["scope_1_2_3", "market_based"] == (10, 14, -4, 4)
    command.run("compute", company, "-o", saved)
    company.write_text(COMPANY, "utf-8")
    found = figures()
    assert found["scope_3", "location_based"] == (4, None, 4, 4)
    assert found["scope_1_2_3", "market_based"] == (14, 10, 4, 4)
