"""Newer editions of the packs in use: which lines they would serve, and how far these move."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.analysis.outdated import Outdated, Used, outdated
from ghgcalc.calculation.lock.read import seal_of
from ghgcalc.pipeline.project import open_project, reporting_years
from support import command

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2023]
scope_3: {fuel_and_energy_related: {derive: off, reason: no part of this}}
accept:
  - {gap: earlier_year, reason: not published when this was made, max_years: 2}
facilities: {leeds: {country: GB}}
activities:
  power-23: {facility: leeds, category: purchased_electricity, quantity: 10 MWh, period: 2023}
  power: {facility: leeds, category: purchased_electricity, quantity: 1000 MWh, period: 2024}
"""
PINNED = COMPANY.replace("period: 2024", "period: 2024, factor: desnz-2023/uk.kwh")


def found_in(folder: Path, text: str = COMPANY) -> Outdated:
    path = folder / "company.yaml"
    path.write_text(text, "utf-8")
    project = open_project(path).value.project
    assert project is not None
    found, problems = outdated(project, reporting_years(project.company, project.amounts))
    assert problems == ()
    return found


def moving(found: Outdated) -> list[Used]:
    return [each for each in found.used if each.newer is not None]


@pytest.mark.parametrize("text", [COMPANY, PINNED], ids=["searched", "pinned"])
def test_the_edition_of_the_year_would_serve_a_line_of_an_earlier_one(
    tmp_path: Path, text: str
) -> None:
    (row,) = moving(found_in(tmp_path, text))
    assert (row.year, row.pack.ref, row.newer and row.newer.id) == (
        2024, "desnz-2023@1.3", "desnz-2024"
    )  # fmt: skip
    # DESNZ flat files, UK electricity generated: 2023 prints 0.207074 kg CO2e/kWh, 2024 0.20705;
    # over 1,000 MWh that is 1000 × (0.20705 − 0.207074) = −0.024 t
    assert row.moved.location is not None
    assert round(float(row.moved.location), 3) == -0.024
    assert row.moved.lines == ("power",)


def test_nothing_newer_is_said_where_the_edition_is_that_of_the_year(tmp_path: Path) -> None:
    found = found_in(tmp_path, COMPANY.replace("desnz-2023", "desnz"))
    assert moving(found) == []
    assert {each.pack.id for each in found.used if each.year == 2024} == {"desnz-2024", "gwp-ar5"}
    assert all(total.location == total.market == 0 for total in found.totals.values())


def test_a_superseded_pack_that_the_file_names_gives_way(tmp_path: Path) -> None:
    text = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [moe-japan-2026]
accept: [{gap: later_year, reason: only that list}]
facilities: {naha: {country: JP, region: JP-47}}
activities:
  power: {facility: naha, category: purchased_electricity, quantity: 1000 MWh, period: 2025}
"""
    found = found_in(tmp_path, text)
    (row,) = moving(found)
    assert (row.pack.id, row.by, row.newer and row.newer.id) == (
        "moe-japan-2026", "moe-japan-2026-06", "moe-japan-2026-06"
    )  # fmt: skip


def test_a_locked_version_gives_way_to_the_bundled_one_and_the_lock_stays(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY.replace("desnz-2023", "desnz"), "utf-8")
    assert command.run("lock", cwd=tmp_path).exit_code == 0
    lock = tmp_path / "ghgcalc.lock"
    head, mark, body = lock.read_text("utf-8").partition("  2024:\n")
    # as if the first version of the pack had printed 0.1 kg more of CO2 per kWh
    old = body.replace("desnz-2024/uk.kwh@1.3", "desnz-2024/uk.kwh@1.0")
    old = old.replace("desnz-2024@1.3:", "desnz-2024@1.0:")
    old = old.replace("CO2e: 0.20705 kg", "CO2e: 0.30705 kg").replace("0.20493 kg", "0.30493 kg")
    seal = next(row for row in old.splitlines() if row.startswith("    seal:"))
    lock.write_text(head + mark + old.replace(seal, f"    seal: {seal_of(mark + old)}"), "utf-8")
    before = lock.read_bytes()
    found = found_in(tmp_path, COMPANY.replace("desnz-2023", "desnz"))
    rows = moving(found)
    assert [(row.pack.ref, row.by, row.newer and row.newer.ref) for row in rows] == [
        ("desnz-2024@1.0", "desnz-2024@1.3", "desnz-2024@1.3")
    ]
    # 1,000 MWh at 0.1 kg less: −100 t, by both methods
    assert (rows[0].moved.location, rows[0].moved.market) == (-100, -100)
    assert lock.read_bytes() == before


def test_the_command_prints_both_forms_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    table = command.run("factors", "outdated", cwd=tmp_path)
    assert table.exit_code == 0
    row = next(line for line in table.stdout.splitlines() if "desnz-2024" in line)
    assert "desnz-2023@1.3" in row
    assert "−0.024" in row
    done = command.run("factors", "outdated", "--year", "2024", "--format", "json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert [(each["pack"], each["newer"] is None) for each in told["packs"]] == [
        ("desnz-2023@1.3", False), ("gwp-ar5@1.0", True)
    ]  # fmt: skip
    (total,) = told["totals"]
    assert total["lines"] == 1
    assert total["market_based_tco2e"] == told["packs"][0]["market_based_tco2e"]
    assert [path.name for path in tmp_path.iterdir()] == ["company.yaml"]


def test_a_year_without_activities_and_a_broken_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    done = command.run("factors", "outdated", "--year", "2019", cwd=tmp_path)
    assert done.exit_code == 2
    assert "2023, 2024" in done.stderr
    broken = COMPANY.replace("1000 MWh", "1000 parsecs")  # 2024 alone: 2023 is told
    (tmp_path / "company.yaml").write_text(broken, "utf-8")
    done = command.run("factors", "outdated", "--format", "json", cwd=tmp_path)
    assert "unknown-unit" in done.stderr
    assert [total["year"] for total in json.loads(done.stdout)["totals"]] == [2023]
    (tmp_path / "company.yaml").write_text(broken.replace("10 MWh", "10 parsecs"), "utf-8")
    done = command.run("factors", "outdated", cwd=tmp_path)
    assert done.exit_code == 1
    assert "unknown-unit" in done.stderr
    assert done.stdout == ""


ERCOT = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [egrid-2022]
ACCEPTfacilities: {austin: {country: US, grid: US-ERCT}}
activities:
  power: {facility: austin, category: purchased_electricity, quantity: 1000 MWh, period: YEARPIN}
"""


def ercot(year: int, *, accepted: bool = True, pin: str = "") -> str:
    gap = "accept: [{gap: earlier_year, for: {activity: power}, reason: r, max_years: 2}]\n"
    text = ERCOT.replace("ACCEPT", gap if accepted else "").replace("YEAR", str(year))
    return text.replace("PIN", f", factor: {pin}" if pin else "")


@pytest.mark.parametrize("pin", ["", "egrid-2022/electricity.us_erct.grid_average"])
def test_who_continues_a_series_is_newer_where_it_covers_the_year(tmp_path: Path, pin: str) -> None:
    """eGRID ends with 2023: of 2024 is Cornerstone's run, which `check` names where nothing fits.

    ERCT in lb/MWh: eGRID2022 771.083 CO2, 0.049 CH4, 0.007 N2O (EPA's hub of 2024, table 6);
    Cornerstone 700.7, 0.040, 0.006; AR5, 0.45359237 kg to the pound.
    """
    (row,) = moving(found_in(tmp_path, ercot(2024, pin=pin)))
    assert (row.pack.id, row.newer and row.newer.id) == ("egrid-2022", "cornerstone-2026")
    old = Fraction("771.083") + Fraction("0.049") * 28 + Fraction("0.007") * 265
    new = Fraction("700.7") + Fraction("0.040") * 28 + Fraction("0.006") * 265
    assert row.moved.location == (new - old) * Fraction("0.45359237")
    assert row.word == "a newer one serves its lines"
    (tmp_path / "company.yaml").write_text(ercot(2024, accepted=False), "utf-8")
    refused = command.run("check", cwd=tmp_path)
    assert "hint: add `cornerstone` to `factor_packs`" in refused.stderr


def test_the_publishers_own_edition_of_the_year_is_newer_before_others(tmp_path: Path) -> None:
    (row,) = moving(found_in(tmp_path, ercot(2023)))
    assert row.newer
    assert row.newer.id == "egrid-2023"
    (tmp_path / "company.yaml").write_text(ercot(2023, accepted=False), "utf-8")
    assert "hint: add `egrid-2023`" in command.run("check", cwd=tmp_path).stderr


def test_a_pack_with_a_newer_one_is_not_called_current(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    rows = command.run("factors", "outdated", "--year", "2024", cwd=tmp_path).stdout.splitlines()
    assert not any("current" in row for row in rows if "desnz-2023" in row)
    assert any("current" in row for row in rows if "gwp-ar5" in row)
    done = command.run("factors", "outdated", "--year", "2024", "--format", "json", cwd=tmp_path)
    told = {each["pack"]: each["status"] for each in json.loads(done.stdout)["packs"]}
    assert told["desnz-2023@1.3"] == "a newer one serves its lines"
    assert told["gwp-ar5@1.0"].startswith("current; licence-limited: ")
