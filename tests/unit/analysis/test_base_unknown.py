"""`base-year` where an effect is not known: not computed, undecided, and never 0."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
ghgcalc: 1
organization: {{name: Case, consolidation_approach: operational_control, gwp_set: AR5}}
factor_packs: [own.yaml]
facilities:
  leeds: {{country: GB}}
  york: {{country: GB{york}}}
base_year:
  year: 2023
  reason: first
  figure: scope_1
  significance_threshold: 5%
  changes:
    - {{date: {day}, kind: structural, description: york, facility: york{change}}}
{more}activities:
  leeds: {{facility: leeds, category: process_emissions, item: etch, quantity: 1000 t,
    period: 2023}}
{lines}"""
PACK = """\
pack: own
title: Own
factors:
  etch: {category: process_emissions, item: etch, per: t, gases: {CO2: 1 t}, source: lab}
"""
BOUGHT = ", history: {2024-07-01: {relation: subsidiary}}"


def york(tonnes: str, period: str, name: str = "york") -> str:
    return (
        f"  {name}: {{facility: york, category: process_emissions, item: etch, quantity: {tonnes},"
        f" period: {period}}}\n"
    )


def asked(folder: Path, *args: str, **parts: str) -> Any:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    keys = {"york": BOUGHT, "day": "2024-07-01", "change": "", "more": "", "lines": "", **parts}
    (folder / "company.yaml").write_text(FILE.format(**keys), "utf-8")
    return run("base-year", folder / "company.yaml", *args)


def decided(folder: Path, **parts: str) -> dict[str, Any]:
    done = asked(folder, "--format", "json", **parts)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    return found


def test_an_acquired_facility_without_data_leaves_it_undecided(tmp_path: Path) -> None:
    found = decided(tmp_path)
    (change,) = found["changes"]
    assert change["effect_tco2e"] is None
    assert change["computed"] is False
    assert change["running_sum_tco2e"] is None
    assert found["undecided"] == ["york has no data in 2023"]
    assert [
        found[k] for k in ("recalculation_due", "sum_share", "sizes_share", "restated_tco2e")
    ] == ([None] * 4)
    done = asked(tmp_path, "--gate")
    assert done.exit_code == 1
    assert "undecided: york has no data in 2023" in done.stdout
    assert "not computed" in done.stdout
    assert "no recalculation is due" not in done.stdout
    assert done.stderr.count("warning[base-year-without-data]") == 1
    assert asked(tmp_path).exit_code == 0  # without the gate nothing fails


def test_a_facility_opened_after_the_base_year_is_organic(tmp_path: Path) -> None:
    life = f", opened: 2024-02-01{BOUGHT}"
    found = decided(tmp_path, york=life)
    (change,) = found["changes"]
    assert (change["effect_tco2e"], change["standing"]) == (0, "never a trigger")
    assert "organic growth" in change["remark"]
    assert (found["recalculation_due"], found["undecided"]) == (False, [])
    done = asked(tmp_path, "--gate", york=life)
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize("opened", ["2023-12-31", "2023-01-01", "2010-05-01"])
def test_one_opened_in_or_before_it_existed(tmp_path: Path, opened: str) -> None:
    found = decided(tmp_path, york=f", opened: {opened}{BOUGHT}")
    days = "2023-12-31 to 2023-12-31" if opened == "2023-12-31" else "2023"
    assert found["undecided"] == [f"york has no data in {days}"]


def test_data_make_it_known(tmp_path: Path) -> None:
    # 40 of 1,000 t is 4 %, 60 t is 6 %
    for tonnes, due in (("40 t", False), ("60 t", True)):
        found = decided(tmp_path, lines=york(tonnes, "2023"))
        assert found["changes"][0]["effect_tco2e"] == Decimal(tonnes.split()[0])
        assert (found["recalculation_due"], found["undecided"]) == (due, [])


def test_data_of_the_held_days_alone_say_nothing_of_the_others(tmp_path: Path) -> None:
    """Bought on 1 July of the base year itself: its first half is missing, which is not 0."""
    bought = {"york": ", history: {2023-07-01: {relation: subsidiary}}", "day": "2023-07-01"}
    held = york("60 t", "2023-07-01/2023-12-31")
    found = decided(tmp_path, **bought, lines=held)
    assert found["undecided"] == ["york has no data in 2023-01-01 to 2023-06-30"]
    found = decided(tmp_path, **bought, lines=held + york("30 t", "2023-01-01/2023-06-30", "y"))
    assert (found["changes"][0]["effect_tco2e"], found["undecided"]) == (30, [])


def test_a_stated_base_year_without_activities_is_no_proof_of_nothing(tmp_path: Path) -> None:
    """Before, the change vanished: no effect, no finding, an open gate."""
    stated = "stated:\n  - {period: 2023, figure: scope_1, value: 1000 t}\n"
    asked(tmp_path, more=stated, lines=york("5 t", "2024"))
    path = tmp_path / "company.yaml"
    path.write_text(
        path.read_text("utf-8").replace("    period: 2023}", "    period: 2024}"), "utf-8"
    )
    done = run("base-year", path, "--gate")
    assert done.exit_code == 1
    assert "undecided: york has no data in 2023" in done.stdout


def test_one_known_effect_is_enough_to_be_due(tmp_path: Path) -> None:
    """60 of 1,000 t reach 5 % whatever york adds; 40 t do not, and then nothing is decided."""
    known = "    - {{date: 2024-02-01, kind: error, description: d, effect: {} t}}\n"
    found = decided(tmp_path, more=known.format(60))
    assert (found["recalculation_due"], found["undecided"]) == (True, [])
    assert found["restated_tco2e"] is None
    assert (
        "recalculation is due, to what is not known"
        in asked(tmp_path, more=known.format(60)).stdout
    )
    found = decided(tmp_path, more=known.format(40))
    assert found["undecided"] == ["york has no data in 2023"]
    assert found["changes"][0]["running_sum_tco2e"] == 40


def test_what_never_counts_need_not_be_known(tmp_path: Path) -> None:
    for more in (", already_reported: true", ", recalculated: 2024-08-01"):
        found = decided(tmp_path, change=more)
        assert found["changes"][0]["effect_tco2e"] is None
        assert (found["recalculation_due"], found["undecided"]) == (False, [])


@pytest.mark.parametrize("through", ["", ", through: leeds"])
def test_a_change_before_the_facility_is_held_is_not_computed(tmp_path: Path, through: str) -> None:
    """A day too early there is no state to compute by; the next day it is all of the 60 t."""
    held = f", history: {{2024-07-01: {{economic_interest: 40%{through}}}}}"
    for day, effect in (("2024-06-30", None), ("2024-07-01", 60)):
        found = decided(tmp_path, york=held, day=day, lines=york("60 t", "2023"))
        assert found["changes"][0]["effect_tco2e"] == effect
        missing = [] if effect else [f"york is not held on {day}"]
        assert found["undecided"] == missing
    done = asked(tmp_path, york=held, day="2024-06-30", lines=york("60 t", "2023"))
    assert "facility `york` has no state on 2024-06-30" in done.stderr
