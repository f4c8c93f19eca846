"""`check` as a gate: several company files in one result, and how light a finding fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
"""
GOOD = f"""{HEAD}\
activities:
  gas: {{facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2023,
    quantity: 100 MWh gross}}
"""
# an entry that no line needs is a warning, which the file may lower
WARNS = f"""{GOOD}\
accept:
- {{gap: earlier_year, reason: none needed}}
"""
NOTES = f"""{WARNS}\
checks: {{accept-unused: {{severity: note, reason: kept for next year}}}}
"""
BROKEN = GOOD.replace("leeds, category", "hull, category")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("good", GOOD), ("warns", WARNS), ("notes", NOTES), ("broken", BROKEN)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "company.yaml").write_text(text, "utf-8")
    return tmp_path


def _files(*names: str) -> list[str]:
    return [f"{name}/company.yaml" for name in names]


# ---- several files -------------------------------------------------------------------------------


def test_each_file_is_judged_and_the_exit_code_is_the_worst(folder: Path) -> None:
    done = run("check", *_files("broken", "good", "warns"), cwd=folder)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "broken/company.yaml: 1 activity, 0 reporting years, 1 error, 0 warnings",
        "good/company.yaml: 1 activity, 1 reporting year, 0 errors, 0 warnings",
        "warns/company.yaml: 1 activity, 1 reporting year, 0 errors, 1 warning",
    ]
    heads = [row for row in done.stderr.splitlines() if "[" in row and "]: " in row]
    assert [row.split(": ")[0].split(":")[0] for row in heads] == _files("broken", "warns")
    assert run("check", *_files("good", "warns"), cwd=folder).exit_code == 0


def test_every_format_holds_the_findings_of_all(folder: Path) -> None:
    words = ("check", *_files("warns", "broken", "good"), "--format")
    found = {name: run(*words, name, cwd=folder) for name in ("json", "github", "sarif", "junit")}
    wanted = [("warns/company.yaml", "accept-unused"), ("broken/company.yaml", "unknown-facility")]
    assert {done.exit_code for done in found.values()} == {1}
    listed = json.loads(found["json"].stdout)
    assert [(item["path"], item["code"]) for item in listed] == wanted
    (one,) = json.loads(found["sarif"].stdout)["runs"]
    places = [
        item["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for item in one["results"]
    ]
    assert places == [path for path, _ in wanted]
    rows = found["github"].stdout.splitlines()  # the heaviest first
    assert [row.split(" ")[0] for row in rows] == ["::error", "::warning"]
    assert [row.split("file=")[1].split(",")[0] for row in rows] == [p for p, _ in wanted[::-1]]
    suite = ElementTree.fromstring(found["junit"].stdout)[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")


def test_a_file_that_is_not_there_hides_no_other(folder: Path) -> None:
    done = run("check", "nowhere.yaml", *_files("broken"), "good", "--format", "json", cwd=folder)
    assert done.exit_code == 2
    found = [(item["path"], item["code"]) for item in json.loads(done.stdout)]
    assert found == [
        ("nowhere.yaml", "file-not-found"), ("good", "unreadable-file"),
        ("broken/company.yaml", "unknown-facility"),
    ]  # fmt: skip
    assert "nowhere.yaml does not exist" in done.stderr
    assert "good is a folder" in done.stderr


def test_a_file_named_twice_is_judged_once(folder: Path) -> None:
    done = run("check", "warns/company.yaml", "./warns/../warns/company.yaml", cwd=folder)
    assert done.stdout.count("1 warning") == 1


# ---- how light a finding fails -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "least", "code"),
    [
        ("warns", "error", 0), ("warns", "warning", 1), ("warns", "note", 1),
        ("notes", "error", 0), ("notes", "warning", 0), ("notes", "note", 1),
        ("good", "note", 0), ("broken", "error", 1),
    ],
)  # fmt: skip
def test_fail_on(folder: Path, name: str, least: str, code: int) -> None:
    done = run("check", *_files(name), "--fail-on", least, cwd=folder)
    assert done.exit_code == code
    if least == "warning":
        assert run("check", *_files(name), "--strict", cwd=folder).exit_code == code


def test_strict_contradicts_another_threshold(folder: Path) -> None:
    for least, code in (("error", 2), ("note", 2), ("warning", 1)):
        done = run("check", *_files("warns"), "--strict", "--fail-on", least, cwd=folder)
        assert done.exit_code == code
        assert ("--strict means --fail-on warning" in done.stderr) == (code == 2)
