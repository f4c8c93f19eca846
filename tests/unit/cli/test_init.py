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
        comment = " ".join(next((folder / "activities").iterdir()).read_text().split("\n  # "))
        assert "Scope 2 is 0 without it" in comment
        assert "factors/own.yaml" in comment
        assert "no power in this example" in done.stdout
    else:
        assert "no power" not in done.stdout
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
        ".ghgcalc/pack.schema.json", ".gitattributes", ".gitignore", ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
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
        # EPA and MEE publish by grid region and province; no table is of 2030
        ("--country US --year 2023", "name its region or grid (US-"),
        ("--country CN --year 2023", "name its region or grid (CN-"),
        ("--country GB --year 2030", "the nearest years that are priced, 20"),
        ("--country AQ --year 2024", "power of AQ in 2024"),
    ],
)
def test_power_that_nothing_prices_is_told(words: str, said: str, tmp_path: Path) -> None:
    done = run("init", tmp_path / "a", *words.split())
    assert done.exit_code == 0
    assert "no power in this example, so its Scope 2 is 0 and no statement" in done.stdout
    assert said in done.stdout
    assert "year:" not in done.stdout


def test_a_year_that_nobody_stated_is_told(tmp_path: Path) -> None:
    """The ministry's factors of the provinces end with 2023."""
    done = run("init", tmp_path / "a b", "--country", "CN", "--region", "CN-JS")
    assert "year: 2023, as none was stated" in done.stdout
    company = (tmp_path / "a b" / "company.yaml").as_posix()
    assert f"next: ghgcalc compute '{company}'\n" in done.stdout


@pytest.mark.parametrize("option", ["--name", "--region"])
@pytest.mark.parametrize("text", ["DE-A\nevil: 1", "DE-A\tB", "DE-A\x85b: 1", "DE-A\u202eB"])
def test_signs_that_nobody_sees_are_refused(option: str, text: str, tmp_path: Path) -> None:
    """A line end in a name closed the comment that it stood in."""
    source = tmp_path / "bills.csv"
    source.write_text("Date,kWh\n2024-01-31,5\n", "utf-8")
    for more in ((), ("--from", str(source))):
        done = run("init", tmp_path / "a", "--country", "DE", option, text, *more)
        assert done.exit_code == 2
        assert f"{option} holds a line end" in done.stderr
        assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--country UK", "`UK` is not a country code"),
        ("--country CN --region CN-XX", "`CN-XX` is no region of CN"),
        ("--year 1066", "1990"),
        ("--country DE --region CN-JS", "region `CN-JS` is not in DE"),
        ("--country XX", "`XX` names no country"),
    ],
)
def test_wrong_words_are_refused(words: str, said: str, tmp_path: Path) -> None:
    done = run("init", tmp_path / "a", *words.split())
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("country", "region", "year"), [("DE", "DE-BY", 2023), ("FR", "FR-IDF", 2023)]
)
def test_a_region_whose_grid_is_the_country_has_its_power(
    tmp_path: Path, country: str, region: str, year: int
) -> None:
    words = ("--country", country, "--region", region, "--year", str(year))
    made = run("init", tmp_path / "a", *words)
    assert made.exit_code == 0
    assert "no power" not in made.stdout + made.stderr
    judged = ghgcalc.check(tmp_path / "a" / "company.yaml")
    assert judged.diagnostics == ()
    assert judged.project is not None
    categories = {each.category for each in judged.project.company.activities.values()}
    assert "purchased_electricity" in categories
