"""`ghgcalc base-year`: the cumulative test, what counts, what is computed, the gate."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from support import command

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

HEAD = """\
ghgcalc: 1
organization: {name: Case, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities:
  leeds: {country: GB}
  bath: {country: GB, history: {2024-07-01: {relation: subsidiary, operated: true}}}
activities:
  leeds-gas: {facility: leeds, category: stationary_combustion, fuel: natural_gas,
    quantity: 5000 MWh gross, period: 2023}
  bath-gas: {facility: bath, category: stationary_combustion, fuel: natural_gas,
    quantity: 200 MWh gross, period: 2023}
"""


def company(folder: Path, base: str, *changes: str, threshold: str = "5%", more: str = "") -> Path:
    stated = f"stated:\n  - {{period: 2023, figure: scope_1, value: {base}}}\n" if base else ""
    lines = "".join(f"    - {{{change}}}\n" for change in changes)
    path = folder / "company.yaml"
    path.write_text(
        f"{HEAD}{stated}{more}base_year:\n  year: 2023\n  reason: r\n  figure: scope_1\n"
        f"  significance_threshold: {threshold}\n" + (f"  changes:\n{lines}" if lines else ""),
        "utf-8",
    )
    return path


def run(path: Path, *args: str) -> Result:
    return command.run("base-year", path, *args)


def decided(path: Path) -> dict[str, Any]:
    done = run(path, "--format", "json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    return found


def effect(tonnes: str, day: str = "2024-02-01", kind: str = "structural", more: str = "") -> str:
    return f"date: {day}, kind: {kind}, description: d, effect: {tonnes}{more}"


def percent(share: Decimal) -> Decimal:
    return round(share * 100, 2)


def test_two_small_changes_reach_the_threshold_together(tmp_path: Path) -> None:
    # GHG-10: base 1,000 t; +30 t (3 %) and +25 t (2.5 %) → 5.5 %, recalculated to 1,055 t
    found = decided(
        company(tmp_path, "1_000 t", effect("30 t"), effect("25 t", kind="methodology"))
    )
    assert percent(found["largest_share"]) == 3
    assert percent(found["sum_share"]) == Decimal("5.5")
    assert found["recalculation_due"] is True
    assert found["restated_tco2e"] == 1055


@pytest.mark.parametrize(
    ("changes", "share", "due"),
    [
        # hand-computed vectors on a base of 27,930 kg (carbonos B01-B08)
        ([effect("1_330 kg")], "4.76", False),
        ([effect("1_330 kg"), effect("1_330 kg", "2024-05-01")], "9.52", True),
        ([effect("570 kg")], "2.04", False),
        ([effect("1_397 kg")], "5.00", True),  # 5.0018 %: the exact share decides
        ([effect("9_310 kg")], "33.33", True),
        ([effect("-9_310 kg")], "33.33", True),  # decreases trigger as increases do
    ],
)
def test_published_thresholds(tmp_path: Path, changes: list[str], share: str, due: bool) -> None:
    found = decided(company(tmp_path, "27_930 kg", *changes))
    assert percent(found["sum_share"]) == Decimal(share)
    assert found["recalculation_due"] is due


def test_the_threshold_itself_is_reached(tmp_path: Path) -> None:
    assert decided(company(tmp_path, "100 t", effect("5 t")))["recalculation_due"] is True
    assert decided(company(tmp_path, "100 t", effect("4.999999 t")))["recalculation_due"] is False


def test_the_sum_starts_anew_after_a_recalculation_and_goes_on_after_a_refusal(
    tmp_path: Path,
) -> None:
    first = effect("1_330 kg", more=", recalculated: 2024-03-01")
    found = decided(company(tmp_path, "27_930 kg", first, effect("558 kg", "2024-05-01")))
    assert percent(found["sum_share"]) == Decimal("2.00")
    declined = effect("1_330 kg", more=", declined: below the threshold")
    found = decided(company(tmp_path, "27_930 kg", declined, effect("558 kg", "2024-05-01")))
    assert percent(found["sum_share"]) == Decimal("6.76")
    assert found["recalculation_due"] is True


def test_what_never_triggers(tmp_path: Path) -> None:
    growth = effect("500 t", kind="organic")
    both = effect("500 t", kind="outsourcing", more=", already_reported: true")
    found = decided(company(tmp_path, "1_000 t", growth, both))
    assert found["recalculation_due"] is False
    assert {change["standing"] for change in found["changes"]} == {"never a trigger"}
    out = effect("500 t", kind="outsourcing")
    assert decided(company(tmp_path, "1_000 t", out))["recalculation_due"] is True


def test_offsetting_changes_are_said(tmp_path: Path) -> None:
    path = company(tmp_path, "1_000 t", effect("40 t", kind="error"), effect("-40 t", kind="error"))
    found = decided(path)
    assert found["sum_share"] == 0
    assert percent(found["sizes_share"]) == 8
    assert found["recalculation_due"] is False
    assert "changes that offset each other reach it" in run(path).stdout


def test_a_mid_year_acquisition_is_computed_for_the_whole_base_year(tmp_path: Path) -> None:
    change = "date: 2024-07-01, kind: structural, description: Bath acquired, facility: bath"
    found = decided(company(tmp_path, "", change))
    factor = Decimal("0.18292892617449666")  # DESNZ 2023, natural gas, kg CO2e per kWh gross
    assert found["emissions_origin"] == "computed"
    assert abs(found["emissions_tco2e"] - 5000 * factor) < Decimal("1e-9")
    assert found["changes"][0]["computed"] is True
    assert abs(found["changes"][0]["effect_tco2e"] - 200 * factor) < Decimal("1e-9")
    assert found["recalculation_due"] is False  # 200 of 5,000 MWh is 4 %


def test_an_empty_base_year_is_no_error_and_decides_nothing(tmp_path: Path) -> None:
    found = decided(company(tmp_path, "0 t", effect("5 t")))
    assert (found["sum_share"], found["recalculation_due"]) == (0, None)  # 5 t are no share of 0
    assert decided(company(tmp_path, "0 t"))["recalculation_due"] is False


def test_previously_and_currently_stated_stand_beside_the_computed(tmp_path: Path) -> None:
    more = "  - {period: 2023, figure: scope_1, value: 900 t, status: currently_stated}\n"
    found = decided(company(tmp_path, "1_000 t", effect("44 t"), more=more))
    assert found["emissions_tco2e"] == 900
    assert found["emissions_origin"] == "currently stated"
    assert [item["status"] for item in found["stated"]] == ["previously_stated", "currently_stated"]
    assert all(round(item["computed_tco2e"]) == 915 for item in found["stated"])


def test_the_gate(tmp_path: Path) -> None:
    due = company(tmp_path, "1_000 t", effect("60 t"))
    assert run(due).exit_code == 0
    assert run(due, "--gate").exit_code == 1
    made = effect("60 t", more=", recalculated: 2024-03-01")
    assert run(company(tmp_path, "1_000 t", made), "--gate").exit_code == 0
    assert run(company(tmp_path, "1_000 t"), "--gate").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  figure: scope_1\n", "", "says no figure"),
        ("  figure: scope_1\n", "  figure: scope_2\n", "error[unknown-figure]"),
        ("  significance_threshold: 5%\n", "", "has no threshold"),
        ("  year: 2023\n", "  year: soon\n", "error[bad-date]"),
        ("  year: 2023\n", "  year: 2023\n  boundary: sbt\n", "error[unknown-boundary]"),
        ("effect: 30 t", "facility: lyon", "error[unknown-facility]"),
        (", effect: 30 t", "", "states no effect"),
        ("effect: 30 t", "effect: 30 t, recalculated: 2024-03-01, declined: x", "conflicting-keys"),
    ],
)
def test_what_is_missing_is_said_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = company(tmp_path, "1_000 t", effect("30 t"))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    done = run(path)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "company.yaml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


BASE = """
ghgcalc: 1
organization: {name: X, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
base_year:
  year: 2024
  figure: FIGURE
  reason: first year
  significance_threshold: 5%
  changes: [{kind: error, date: 2025-06-01, description: a meter, effect: 5 tDONE}]
activities:
  a: {facility: leeds, category: purchased_electricity, quantity: 10 MWh, period: 2024}
"""


@pytest.mark.parametrize(("figure", "done", "code", "said"), [
    ("scope_1", "", 1, "undecided: scope_1 of 2024 is 0"),  # 5 t are no share of nothing
    ("scope_2.location_based", "", 1, "recalculation is due: to 7.071 t"),  # 5 of 2.07 t
    ("scope_2.location_based", ", recalculated: 2025-07-01", 0, "no recalculation is due"),
    ("scope_2.location_based", ", recalculated: 2020-01-01", 1, "before the change of 2025-06-01"),
])  # fmt: skip
def test_the_gate_asks_for_a_base_and_for_days_in_order(
    tmp_path: Path, figure: str, done: str, code: int, said: str
) -> None:
    text = BASE.replace("FIGURE", figure).replace("DONE", done)
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    found = run(tmp_path / "company.yaml", "--gate")
    assert found.exit_code == code, found.stdout
    assert said in " ".join((found.stdout + found.stderr).split())
