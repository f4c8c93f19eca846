"""What `load` read of a relative path is computed wherever the process stands later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ghgcalc
from ghgcalc.pipeline.filed import filed_of
from ghgcalc.pipeline.project_files import files_of
from ghgcalc.render.json.inventory import render_json

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {ks: {country: CN}}
activities:
  vent:
    {facility: ks, category: process_emissions, gas_masses: {CO2: 1 t},
     period: 2024-01-01/2024-01-01, evidence: [bill.txt]}
hourly:
  home:
    matching: hourly
    time_zone: UTC
    period: 2024-01-01/2024-01-01
    consumption: {meter: {files: used.csv, columns: {time: t, quantity: q}, unit: MWh}}
    generation: {wind: {files: used.csv, columns: {time: t, quantity: q}, unit: MWh}}
expect:
  - {figure: scope_1, period: 2024, value: 1 t, within: 0 t}
"""
HOURS = "".join(f"2024-01-01 {hour:02d}:00,1\n" for hour in range(24))


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A company file by a path relative to the working folder, through a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "company.yaml").write_text(COMPANY, "utf-8")
    (tmp_path / "real" / "used.csv").write_text("t,q\n" + HOURS, "utf-8")
    (tmp_path / "real" / "bill.txt").write_text("1 t\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return "link/company.yaml"


def test_a_loaded_project_is_computed_from_another_folder(
    company: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = ghgcalc.load(company).project
    assert project is not None
    here = ghgcalc.compute(project)
    assert here.inventory is not None, here.diagnostics
    (match,) = here.inventory.hourly
    assert match.consumption == 24  # a MWh in each hour of a day
    monkeypatch.chdir(tmp_path / "elsewhere")
    there = ghgcalc.compute(project)
    assert there.inventory is not None, there.diagnostics
    assert render_json(there.inventory) == render_json(here.inventory)
    # sha256 of "1 t\n" by sha256sum
    digest = "eb68f0a5744950868afe67a0755ec1ec0ca4414d70eefee3ebea176902b34542"
    assert filed_of(there).value.digests == {"bill.txt": digest}


def test_places_and_names_stay_as_they_were_given(company: str, tmp_path: Path) -> None:
    project = ghgcalc.load(company).project
    assert project is not None
    document = project.company.document
    assert document.folder == tmp_path / "link"  # the link itself, not what it leads to
    assert document.locate(("activities", "vent", "period")).path == "company.yaml"
    assert tmp_path / "link" / "used.csv" in files_of(project)
    inventory = ghgcalc.compute(project).inventory
    assert inventory is not None
    assert [result.file for result in inventory.expectations] == [company]
    run = ghgcalc.compute(company)
    assert ghgcalc.diff(run, run).before.path == company


def test_without_a_working_folder_the_file_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert [item.code for item in ghgcalc.load("company.yaml").diagnostics] == ["file-not-found"]
