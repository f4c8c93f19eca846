"""`ghgcalc diff` through the command: sides, causes, formats, refusals."""

from __future__ import annotations

import json
import os
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import command

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).resolve().parents[3]
LUXSHARE = ROOT / "examples/luxshare/company.yaml"
COMPANY = """\
ghgcalc: 1
organization: {{name: A, consolidation_approach: operational_control, gwp_set: {gwp}}}
factor_packs: [desnz]
scope_3: {{fuel_and_energy_related: {{derive: off, reason: not the point of this test}}}}
facilities:
  leeds: {{country: GB}}
  york: {{country: GB, opened: 2024-03-01}}
  bath: {{country: GB, history: {{2024-02-01: {{relation: subsidiary, operated: true}}}}}}
activities:
  gas-23: {{facility: leeds, category: stationary_combustion, fuel: natural_gas,
    quantity: 100 MWh gross, period: 2023}}
  gas-24: {{facility: leeds, category: stationary_combustion, fuel: natural_gas,
    quantity: {gas} MWh gross, period: 2024}}
  york-gas: {{facility: york, category: stationary_combustion, fuel: natural_gas,
    quantity: 10 MWh gross, period: 2024-05}}
  bath-gas: {{facility: bath, category: stationary_combustion, fuel: natural_gas,
    quantity: 20 MWh gross, period: 2024-03}}
  diesel-24: {{facility: leeds, category: mobile_combustion, fuel: diesel,
    quantity: 1000 L, period: 2024}}
"""


def run(*args: str | Path, cwd: Path = ROOT) -> Result:
    return command.run("diff", *args, cwd=cwd, env={"GIT_CONFIG_GLOBAL": os.devnull})


def data(*args: str | Path, cwd: Path = ROOT) -> dict[str, dict[str, object]]:
    done = run(*args, "--format", "json", cwd=cwd)
    assert done.exit_code == 0, done.stderr
    found: dict[str, dict[str, object]] = json.loads(
        done.stdout, parse_float=Decimal, parse_int=Decimal
    )
    return found["diff"]  # type: ignore[return-value]


def causes(found: dict[str, object], method: str = "market_based") -> dict[str, Decimal]:
    return {item["cause"]: item[method] for item in found["causes"]}  # type: ignore[attr-defined]


def company(folder: Path, gas: str = "120", gwp: str = "AR5") -> Path:
    path = folder / "company.yaml"
    path.write_text(COMPANY.format(gas=gas, gwp=gwp), "utf-8")
    return path


def test_luxshare_as_published() -> None:
    found = data("2022", "2023", "--boundary", "sbt", "--company", LUXSHARE)
    change = {(t["figure"], t["method"]): t["change"] for t in found["totals"]}  # type: ignore[attr-defined]
    # printed: 1,479,175 → 671,243 and 1,849,052 → 1,632,614
    assert round(change["scope_1_2", "market_based"]) == -807_932
    assert round(change["scope_1_2", "location_based"]) == -216_438
    totals = {(t["figure"], t["method"]): t for t in found["totals"]}  # type: ignore[attr-defined]
    percent = {key: 100 * item["change"] / item["before"] for key, item in totals.items()
               if item["before"]}  # fmt: skip
    # of the printed totals: 1,632,614 / 1,849,052, 671,243 / 1,479,175, 64,438 / 93,646
    assert abs(percent["scope_1_2", "location_based"] - Decimal("-11.7053")) < Decimal("0.0005")
    assert abs(percent["scope_1_2", "market_based"] - Decimal("-54.6204")) < Decimal("0.0005")
    assert abs(percent["scope_1", None] - Decimal("-31.1898")) < Decimal("0.0005")
    located, market = causes(found, "location_based"), causes(found)
    # by hand: (2,518,754 − 2,819,477.4) MWh × 0.6226; 64,438 − 93,645.6 t reported
    assert located == {
        "instruments": 0, "activity": Decimal("-187230.38884"),
        "reported figure": Decimal("-29207.6"),
    }  # fmt: skip
    # Shapley by hand: quantity × the mean uncovered share of both years × factor
    uncovered = [1 - Decimal("594084.5") / Decimal("2819477.4"),
                 1 - Decimal(755_797 + 788_326) / Decimal(2_518_754)]  # fmt: skip
    by_hand = Decimal("-300723.4") * sum(uncovered) / 2 * Decimal("0.6226")
    assert abs(market["activity"] - by_hand) < Decimal("1e-9")
    assert abs(sum(market.values()) - change["scope_1_2", "market_based"]) < Decimal("1e-9")


def test_boundary_alone() -> None:
    found = data("2023@sbt", "2023@operational", "--company", LUXSHARE)
    for method in ("location_based", "market_based"):
        assert set(causes(found, method)) == {"boundary"}
        # 473 t reported + 5,361 MWh × 0.6226 = 3,810.7586, printed 3,811
        assert causes(found, method)["boundary"] == Decimal("3810.7586")


def test_causes_of_one_company(tmp_path: Path) -> None:
    company(tmp_path)
    found = causes(data("2023", "2024", cwd=tmp_path))
    assert set(found) == {"activity", "emission factor", "opened", "new", "boundary"}
    old, new = Decimal("0.18292892617449666"), Decimal("0.1829")  # DESNZ 2023, 2024 per kWh gross
    by_hand = {
        "activity": 20 * (old + new) / 2,
        "emission factor": (new - old) * (100 + 120) / 2,
        "opened": 10 * new,
        "boundary": 20 * new,
    }
    for name, tonnes in by_hand.items():
        assert abs(found[name] - tonnes) < Decimal("1e-9"), name


def test_an_earlier_state_of_the_same_period(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    company(tmp_path)
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([*git, "add", "."], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-qm", "first"], cwd=tmp_path, check=True)
    company(tmp_path, gas="130", gwp="AR6")
    subprocess.run([*git, "commit", "-qam", "more gas, AR6"], cwd=tmp_path, check=True)
    found = causes(data("HEAD~1", "HEAD", "--period", "2024", cwd=tmp_path))
    assert set(found) == {"data correction", "GWP set"}
    # DESNZ 2024: 0.18253 CO2, 0.00028 CH4 (AR5 28), 0.00009 N2O (AR5 265) per kWh gross
    ar6 = Decimal("0.18253") + Decimal("0.00028") * 27 / 28 + Decimal("0.00009") * 273 / 265
    assert abs(found["data correction"] - 10 * (Decimal("0.1829") + ar6) / 2) < Decimal("1e-9")
    named = data("HEAD~1:company.yaml", "2024", cwd=tmp_path)
    assert causes(named) == found
    gone = run("HEAD:other.yaml", "2024", cwd=tmp_path)
    assert gone.exit_code == 2
    assert "there is no other.yaml at HEAD" in gone.stderr


def test_links_and_marks_of_the_repository_stop_no_comparison(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    (tmp_path / "acme").mkdir()
    company(tmp_path / "acme")
    (tmp_path / "root").symlink_to("/")
    (tmp_path / "acme" / "out").symlink_to("../../..")
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([*git, "add", "."], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-qm", "first"], cwd=tmp_path, check=True)
    company(tmp_path / "acme", gas="130")
    subprocess.run([*git, "commit", "-qam", "more gas"], cwd=tmp_path, check=True)
    found = causes(data("HEAD~1", "HEAD", "--period", "2024", cwd=tmp_path / "acme"))
    assert found == {"data correction": Decimal("1.829")}  # 10 MWh × 0.1829
    (tmp_path / "acme" / ".gitattributes").write_text("company.yaml export-ignore\n", "utf-8")
    subprocess.run([*git, "add", "."], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-qm", "mark"], cwd=tmp_path, check=True)
    done = run("HEAD~1", "HEAD", "--period", "2024", cwd=tmp_path / "acme")
    assert done.exit_code == 2
    assert "such as acme/company.yaml (1 in all)" in done.stderr


def test_a_saved_inventory_is_a_side(tmp_path: Path) -> None:
    company(tmp_path)
    for year in ("2023", "2024"):
        done = command.run(
            "compute", "company.yaml", "--period", year, "-o", f"{year}.json", cwd=tmp_path
        )
        assert done.exit_code == 0, done.stderr
    live, saved = data("2023", "2024", cwd=tmp_path), data("2023.json", "2024.json", cwd=tmp_path)
    live_causes, saved_causes = causes(live), causes(saved)
    assert abs(live_causes["activity"] - saved_causes["activity"]) < Decimal("1e-9")
    assert abs(sum(saved_causes.values()) - sum(live_causes.values())) < Decimal("1e-9")
    assert causes(data("2024.json", "2024", cwd=tmp_path)) == {}
    assert causes(data("2024", "2024", cwd=tmp_path)) == {}


def test_renames_join_what_has_a_new_name(tmp_path: Path) -> None:
    path = company(tmp_path)
    other = tmp_path / "other.yaml"
    text = path.read_text("utf-8").replace("leeds", "leeds-works").replace("gas-24", "boilers")
    other.write_text(text, "utf-8")
    apart = causes(data("company.yaml", "other.yaml", "--period", "2024", cwd=tmp_path))
    assert set(apart) == {"boundary"}
    joined = ["--rename", "leeds=leeds-works", "--rename", "gas-24=boilers"]
    assert causes(data("company.yaml", "other.yaml", *joined, cwd=tmp_path)) == {}
    other.write_text(f"{text}renames: {{leeds: leeds-works, gas-24: boilers}}\n", "utf-8")
    assert causes(data("company.yaml", "other.yaml", cwd=tmp_path)) == {}


def test_a_restated_figure_is_said(tmp_path: Path) -> None:
    path = company(tmp_path)
    path.write_text(
        path.read_text("utf-8")
        + "stated:\n  - {period: 2023, figure: scope_1, value: 20 t, reason: meter error}\n",
        "utf-8",
    )
    out = run("2023", "2024", cwd=tmp_path).stdout
    assert "2023 was restated: scope_1 previously stated 20" in " ".join(out.split())
    assert "now 18" in out
    assert "meter error (company.yaml:" in " ".join(out.split())


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("2023", "nonsense"), "`nonsense` is no period of company.yaml, no file and no git"),
        (("2023", "broken.json"), "is no saved inventory"),
        (("2023", "2024", "--rename", "x"), "write OLD=NEW"),
        (("2023", "2024", "--period", "soon"), "--period"),
        (("2023", "2024", "--period", "2021"), "no side takes the period `2021`"),
        (("2023@all", "2024@all", "--boundary", "sbt"), "no side takes the boundary `sbt`"),
        (("2023", "2024", "--company", "gone.yaml"), "`2023` is no period of gone.yaml, as there"),
        (("2023", "2024", "--rename", "leds=leeds"), "`leds` is no id of 2023"),
        (("2023", "2024", "--rename", "leeds=leds"), "did you mean `leeds`"),
    ],
)
def test_refusals_are_usage_errors(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    company(tmp_path)
    (tmp_path / "broken.json").write_text("{}", "utf-8")
    done = run(*args, cwd=tmp_path)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_that_fits_twice_is_refused(tmp_path: Path) -> None:
    company(tmp_path)
    (tmp_path / "2023").write_text("a file", "utf-8")
    done = run("2023", "2024", cwd=tmp_path)
    assert done.exit_code == 2
    assert "`2023` is a period and a file" in done.stderr


def test_errors_of_a_side_block(tmp_path: Path) -> None:
    path = company(tmp_path)
    path.write_text(path.read_text("utf-8").replace("100 MWh gross", "100 MWh"), "utf-8")
    done = run("2023", "2024", cwd=tmp_path)
    assert done.exit_code == 1
    assert "error[basis-missing]" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("by", ["scope", "category", "facility", "gas", "line"])
@pytest.mark.parametrize("style", ["table", "markdown"])
def test_every_view_is_written(by: str, style: str) -> None:
    done = run("2022", "2023", "--boundary", "sbt", "--company", LUXSHARE, "--by", by,
               "--format", style)  # fmt: skip
    assert done.exit_code == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 100 or style != "table"
    again = run("2022", "2023", "--boundary", "sbt", "--company", LUXSHARE, "--by", by,
                "--format", style)  # fmt: skip
    assert again.stdout == done.stdout


def test_a_rename_to_nothing_is_refused(tmp_path: Path) -> None:
    path = company(tmp_path)
    path.write_text(path.read_text("utf-8") + "renames: {old: diezel-24}\n", "utf-8")
    done = run("2023", "2024", cwd=tmp_path)
    assert done.exit_code == 1
    assert "error[unknown-line]: `renames:` leads from `old` to `diezel-24`" in done.stderr
    assert "did you mean `diesel-24`" in done.stderr


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("figure: scope_2, value: 20 t", "error[unknown-figure]"),
        ("figure: scope_1, value: 20 kWh", "error[unit-mismatch]: `scope_1` is stated in kWh"),
        ("figure: scope_1, value: 20 t, boundary: sbt", "error[unknown-boundary]"),
    ],
)
def test_published_figures_are_judged(tmp_path: Path, entry: str, said: str) -> None:
    path = company(tmp_path)
    path.write_text(path.read_text("utf-8") + f"stated:\n  - {{period: 2023, {entry}}}\n", "utf-8")
    done = run("2023", "2024", cwd=tmp_path)
    assert done.exit_code == 1
    assert said in done.stderr


def test_published_energy_figures_are_no_tonnes(tmp_path: Path) -> None:
    path = company(tmp_path)
    entry = "{period: 2023, figure: energy.renewable_share, value: 63%}"
    path.write_text(path.read_text("utf-8") + f"stated:\n  - {entry}\n", "utf-8")
    assert causes(data("2023", "2024", cwd=tmp_path))


def test_steam_by_mass_that_is_covered_in_mwh(tmp_path: Path) -> None:
    steam = (
        "category: purchased_steam, emission_rate: {CO2: 0.11 t/GJ}, steam_state: {enthalpy:"
        " 2_777 kJ/kg, returned: 83.74 kJ/kg, pressure: 1 MPa, evidence: contract.pdf}"
    )
    proof = "criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}, emission_rate: {CO2: 0 kg/MWh}"
    (tmp_path / "company.yaml").write_text(
        "ghgcalc: 1\norganization: {name: A, consolidation_approach: operational_control,"
        " gwp_set: AR6}\nfacilities: {suzhou: {country: CN}}\nactivities:\n"
        f"  steam-23: {{facility: suzhou, quantity: 500 t, period: 2023, {steam}}}\n"
        f"  steam-24: {{facility: suzhou, quantity: 600 t, period: 2024, {steam}}}\n"
        "instruments:\n"
        f"  green-23: {{type: EAC, carrier: steam, market: CN, volume: 30 MWh, generated: 2023,"
        f" {proof}}}\n"
        f"  green-24: {{type: EAC, carrier: steam, market: CN, volume: 30 MWh, generated: 2024,"
        f" {proof}}}\n",
        "utf-8",
    )
    found = data("2023", "2024", cwd=tmp_path)
    more = 100 * (Decimal(2777) - Decimal("83.74")) / 1000 * Decimal("0.11")  # GJ × t/GJ
    located, market = causes(found, "location_based"), causes(found)
    assert located["activity"] == more
    assert set(market) == {"activity", "instruments"}
    assert abs(sum(market.values()) - more) < Decimal("1e-9")  # 30 MWh at 0 in both years
    # Shapley by hand: 100 t more at the mean uncovered share of both years
    each = (Decimal(2777) - Decimal("83.74")) / 3600  # MWh per tonne
    uncovered = [1 - 30 / (tonnes * each) for tonnes in (Decimal(500), Decimal(600))]
    assert abs(market["activity"] - more * sum(uncovered) / 2) < Decimal("1e-9")


OWNED = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [own.yaml]
facilities:
  plant: {country: GB, history: {2023-07-01: {relation: subsidiary, reason: acquired}}}
  sold: {country: GB, history: {2000-01-01: {},
    2023-10-01: {economic_interest: 0%, operated: false}}}
  joined: {country: GB}
  let: {country: GB, history: {2000-01-01: {economic_interest: 40%, operated: false},
    2023-07-01: {economic_interest: 40%, operated: true}}}
boundaries:
  sbt: {facilities: [plant, sold], history: {2023-09-01: {facilities: [plant, sold, joined]}}}
activities:
"""
ETCH = """\
pack: own
title: Own
factors:
  etch: {category: process_emissions, item: etch, per: t, gases: {CO2: 1 t}, source: lab}
"""


def owned(folder: Path, **tonnes: str) -> Path:
    """One activity per facility and year, `plant_2023="365"`: 1 t of CO2 per tonne."""
    path = folder / "company.yaml"
    lines = "".join(
        f"  {name}: {{facility: {name.partition('_')[0]}, category: process_emissions, item: etch,"
        f" quantity: {amount} t, period: {name.partition('_')[2]}}}\n"
        for name, amount in tonnes.items()
    )
    path.write_text(OWNED + lines, "utf-8")
    (folder / "own.yaml").write_text(ETCH, "utf-8")
    return path


def test_an_acquisition_within_the_year_is_split_by_days(tmp_path: Path) -> None:
    """365 t a year at any time; held on 184 of 365 days of 2023, on all 366 of 2024."""
    owned(tmp_path, plant_2022="365", plant_2023="365", plant_2024="365")
    assert causes(data("2022", "2023", cwd=tmp_path)) == {"boundary": 184}
    assert causes(data("2023", "2024", cwd=tmp_path)) == {"boundary": 181}
    assert causes(data("2024", "2023", cwd=tmp_path)) == {"boundary": -181}


def test_growth_of_an_acquired_plant_is_its_own(tmp_path: Path) -> None:
    # 365 → 401.5 t a year: days (1 − 184/365) × mean(365, 401.5) = 181/365 × 383.25 = 190.05 t,
    # growth 36.5 × mean(184/365, 1) = 36.5 × 549/730 = 27.45 t; together 401.5 − 184 = 217.5 t
    owned(tmp_path, plant_2023="365", plant_2024="401.5")
    by_hand = {"boundary": Decimal("190.05"), "activity": Decimal("27.45")}
    assert causes(data("2023", "2024", cwd=tmp_path)) == by_hand
    turned = {name: -value for name, value in by_hand.items()}
    assert causes(data("2024", "2023", cwd=tmp_path)) == turned
    found = data("2023", "2024", cwd=tmp_path)
    assert found["like_for_like"]["market_based"] == Decimal("27.45")


def test_bills_that_start_with_the_acquisition_count_for_their_days(tmp_path: Path) -> None:
    # only the 184 days since are in the books: 184 t are 365 t a year
    path = owned(tmp_path, plant_2023="184", plant_2024="365")
    text = path.read_text("utf-8").replace("period: 2023}", "period: 2023-07-01/2023-12-31}")
    path.write_text(text, "utf-8")
    assert causes(data("2023", "2024", cwd=tmp_path)) == {"boundary": 181}


def test_a_divestment_within_the_year(tmp_path: Path) -> None:
    # sold on 1 October 2023: 273 of 365 days; 2024 has none of it
    kept = {f"joined_{year}": "5" for year in (2022, 2023, 2024)}
    owned(tmp_path, sold_2022="365", sold_2023="365", **kept)
    assert causes(data("2022", "2023", cwd=tmp_path)) == {"boundary": -92}
    assert causes(data("2023", "2024", cwd=tmp_path)) == {"boundary": -273}
    assert causes(data("2024", "2023", cwd=tmp_path)) == {"boundary": 273}


def test_a_facility_that_joins_the_boundary_within_the_year(tmp_path: Path) -> None:
    # from 1 September 2023 on: 122 of 365 days
    owned(tmp_path, joined_2022="365", joined_2023="365", joined_2024="365")
    args = ("--boundary", "sbt")
    assert causes(data("2022", "2023", *args, cwd=tmp_path)) == {"boundary": 122}
    assert causes(data("2023", "2024", *args, cwd=tmp_path)) == {"boundary": 243}
    assert causes(data("2023", "2024", cwd=tmp_path)) == {}


def test_control_that_changes_within_the_year_moves_scopes(tmp_path: Path) -> None:
    """40 % of a plant in category 15 until 30 June 2023 (181 days), Scope 1 since (184 days)."""
    owned(tmp_path, let_2022="365", let_2023="365", let_2024="365")
    for before, after, scope_1, scope_3 in (
        ("2022", "2023", "184", "-73.6"),  # 146 t → 0.4 × 181 = 72.4 t
        ("2023", "2024", "181", "-72.4"),
    ):
        found = data(before, after, cwd=tmp_path)
        assert {item["cause"] for item in found["causes"]} == {"boundary"}  # type: ignore[attr-defined]
        (cause,) = found["causes"]
        by_scope = {item["scope"]: item["market_based"] for item in cause["by_scope"]}  # type: ignore[index]
        assert by_scope == {1: Decimal(scope_1), 3: Decimal(scope_3)}


def test_saved_sides_know_days_and_dates(tmp_path: Path) -> None:
    owned(tmp_path, plant_2023="365", plant_2024="401.5", sold_2023="10", joined_2024="20")
    for year in ("2023", "2024"):
        done = command.run(
            "compute", "company.yaml", "--period", year, "-o", f"{year}.json", cwd=tmp_path
        )
        assert done.exit_code == 0, done.stderr
    live = causes(data("2023", "2024", cwd=tmp_path))
    assert set(live) == {"boundary", "activity", "new"}
    assert causes(data("2023.json", "2024.json", cwd=tmp_path)) == live


def test_a_source_of_another_scope_is_no_match(tmp_path: Path) -> None:
    """The same activity in Scope 3 under one approach, in Scope 1 under another: scopes add up."""
    owned(tmp_path, let_2022="365")
    equity = ("--period", "2022", "--consolidation", "equity_share", "-o", "equity.json")
    done = command.run("compute", "company.yaml", *equity, cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    found = data("2022", "equity.json", cwd=tmp_path)
    (cause,) = found["causes"]
    assert cause["cause"] == "boundary"  # type: ignore[index]
    by_scope = {item["scope"]: item["market_based"] for item in cause["by_scope"]}  # type: ignore[index]
    assert by_scope == {1: 146, 3: -146}


def test_intensity_stands_beside_the_absolute_change(tmp_path: Path) -> None:
    """231.7 → 282.17 t is +21.8 %, while a report shows 73.5 → 55.3 per unit, −24.8 %."""
    path = owned(tmp_path, joined_2021="231.7", joined_2023="282.17")
    text = path.read_text("utf-8")
    units = {
        "2021": Decimal("231.7") / Decimal("73.5"),
        "2023": Decimal("282.17") / Decimal("55.3"),
    }
    values = ", ".join(f'"{year}": {value:.9f}' for year, value in units.items())
    path.write_text(f"{text}metrics:\n  revenue: {{unit: million GBP, values: {{{values}}}}}\n")
    found = data("2021", "2023", cwd=tmp_path)
    (absolute,) = [t for t in found["totals"]  # type: ignore[attr-defined]
                   if (t["figure"], t["method"]) == ("scope_1_2", "market_based")]  # fmt: skip
    assert round(absolute["change"] / absolute["before"] * 100, 1) == Decimal("21.8")
    relative = found["intensities"][1]  # type: ignore[index]
    assert round(relative["before"], 4) == Decimal("73.5")
    assert round(relative["change"] / relative["before"] * 100, 1) == Decimal("-24.8")
    out = " ".join(run("2021", "2023", cwd=tmp_path).stdout.split())
    assert "+21.8" in out
    assert "market-based: 73.50 → 55.30 tCO2e (−24.8 %)" in out
