"""`ghgcalc init`: what it writes computes at once and is judged without a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

import ghgcalc
from ghgcalc.analysis.gate.base import VARIABLES
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "power"),
    [
        # DESNZ 2024 per gas under AR5, as CO2e: 0.20493 + 0.0009 × 27/28 + 0.00122 × 273/265
        ("--country GB --year 2024", "0.20705468"),
        ("--country VN --year 2023", "0.6592"),  # t per MWh, of the Vietnamese ministry for 2023
        ("--country CN --region CN-JS --year 2023", ""),
        ("--country US --region US-ERCT --year 2023", ""),
        ("--country FR --year 2024", "no factor"),
        ("--country AQ --ci none", "no factor"),
    ],
)
def test_it_computes_without_a_finding(words: str, power: str, tmp_path: Path) -> None:
    """1.5 kg × 1,530 (GWP of HFC-134a, AR6 table 7.SM.7) = 2.295 t; 120 MWh at the grid's rate."""
    folder = tmp_path / "new"
    done = run("init", folder, *words.split())
    assert done.exit_code == 0, done.output
    assert run("check", folder / "company.yaml", "--strict").exit_code == 0
    found = ghgcalc.compute(folder / "company.yaml")
    assert not found.diagnostics
    assert found.inventory is not None
    assert float(found.inventory.totals.scope_1 or 0) == pytest.approx(2.295)
    located = float(found.inventory.totals.scope_2["location_based"] or 0)
    if power == "no factor":
        assert located == 0
        assert (
            "state one in factors/own.yaml" in next((folder / "activities").iterdir()).read_text()
        )
    else:
        assert located == pytest.approx(120 * float(power)) if power else located > 0


def test_the_files_of_a_repository(tmp_path: Path) -> None:
    run(
        "init", tmp_path / "a", "--name", 'A "B" {C} 工厂', "--facility", "昆山 1", "--ci", "gitlab"
    )
    files = sorted(
        path.relative_to(tmp_path / "a").as_posix()
        for path in (tmp_path / "a").rglob("*") if path.is_file()
    )  # fmt: skip
    year = next(name for name in files if name.startswith("activities/"))[-9:-5]
    assert files == [
        ".ghgcalc/company.schema.json", ".ghgcalc/include.schema.json",
        ".ghgcalc/pack.schema.json", ".gitignore", ".gitlab-ci.yml", ".pre-commit-config.yaml",
        "README.md",
        f"activities/昆山-1-{year}.yaml", "company.yaml", "data/.gitkeep", "factors/own.yaml",
    ]  # fmt: skip
    company = yaml.safe_load((tmp_path / "a" / "company.yaml").read_text("utf-8"))
    assert company["organization"]["name"] == 'A "B" {C} 工厂'
    assert run("check", tmp_path / "a" / "company.yaml", "--strict").exit_code == 0


@pytest.mark.parametrize("gate", ["github", "gitlab"])
def test_the_workflow_gates(gate: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS", *(name for name, _ in VARIABLES)):
        monkeypatch.delenv(name, raising=False)
    run("init", tmp_path, "--ci", gate)
    if gate == "github":
        flow = yaml.safe_load((tmp_path / ".github/workflows/inventory.yml").read_text("utf-8"))
        steps = [step.get("run", "") for step in flow["jobs"]["inventory"]["steps"]]
    else:
        steps = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text("utf-8"))["inventory"][
            "script"
        ]
    hooks = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text("utf-8"))
    steps += [hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]]
    commands = [step for step in steps if step.startswith("ghgcalc")]
    assert commands == ["ghgcalc ci --output-dir out", "ghgcalc check"]
    for command in commands:
        assert run(*command.split()[1:], cwd=tmp_path).exit_code == 0
    assert (tmp_path / "out" / "company" / "inventory.xlsx").is_file()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours", "utf-8")
    done = run("init", tmp_path)
    assert done.exit_code == 2
    assert "README.md exists and is not overwritten" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--country UK", "`UK` is not a country code"),
        ("--country CN --region CN-XX", "`CN-XX` is no region of CN"),
        ("--year 1066", "1990"),
    ],
)
def test_wrong_words_are_refused(words: str, said: str, tmp_path: Path) -> None:
    done = run("init", tmp_path / "a", *words.split())
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "a").exists()
