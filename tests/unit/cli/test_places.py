"""Saved outputs name files beside the company file; findings open from the working folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import command

OPULENT = Path(__file__).parents[3] / "examples" / "opulent"


@pytest.mark.usefixtures("computed_once")  # once from each folder, for every format
def test_the_working_folder_changes_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "deep" / "opulent"
    shutil.copytree(OPULENT, project)
    saved: dict[str, list[bytes]] = {}
    for folder, company in (
        (tmp_path, "deep/opulent/company.yaml"),
        (project, "company.yaml"),
        (project.parent, str(project / "company.yaml")),
        (project.parent, "../deep/./opulent/company.yaml"),
    ):
        monkeypatch.chdir(folder)
        for suffix in ("json", "csv", "md", "txt", "xlsx"):
            target = tmp_path / f"out.{suffix}"
            words = ["compute", company, "--period", "2024", "-o", str(target)]
            assert command.run(*words).exit_code == 0
            saved.setdefault(suffix, []).append(target.read_bytes())
    for suffix, made in saved.items():
        assert made == [made[0]] * 4, suffix
        assert b"deep" not in made[0]


def test_findings_open_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acme" / "sites").mkdir(parents=True)
    (tmp_path / "acme" / "company.yaml").write_text(
        "ghgcalc: 1\norganization:\n  name: A\n  consolidation_approach: operational_control\n"
        "  gwp_set: AR6\ninclude: [sites/*.yaml]\n",
        encoding="utf-8",
    )
    (tmp_path / "acme" / "sites" / "york.yaml").write_text("colour: red\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = command.run("check", "acme/company.yaml")
    assert "acme/sites/york.yaml:1:1: error[unknown-key]" in found.stderr
    assert "1 | colour: red" in found.stderr
