"""Profiles: small companies that hold everything, or lack exactly one disclosure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from ghgcalc.analysis.profiles.judge import as_findings, judge_profiles
from ghgcalc.analysis.profiles.registry import PROFILES, profile_of
from ghgcalc.analysis.profiles.requirement import Outcome
from ghgcalc.pipeline.project import load
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.analysis.profiles.requirement import Profile

# every disclosure of both profiles that a file can hold, each by the key that the reference names
WHOLE = """\
ghgcalc: 1
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR6
  note: makes tools in Leeds
factor_packs: [./own.yaml, desnz]
responsible: {name: A. Example, role: head of environment}
facilities:
  leeds: {country: GB}
  hull: {country: GB}
base_year:
  year: 2023
  reason: the first inventory
  policy: recalculated for changes of 5 %
  significance_threshold: 5%
  figure: scope_1
  changes:
  - {date: 2024-06-01, kind: structural, description: a workshop was sold, effect: -1 tCO2e}
assurance:
- {period: 2024, level: limited, body: Verifier Ltd}
exclusions:
- {facility: hull, source: an empty store, justification: no energy is used there}
activities:
  gas-23: {facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2023,
    quantity: 1_000 MWh gross, uncertainty: 5%}
  gas-24: {facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2024,
    quantity: 1_000 MWh gross, uncertainty: 5%}
  heater: {facility: leeds, category: stationary_combustion, fuel: pellets, period: 2024,
    quantity: 2 t, factor: own/pellets}
  power: {facility: leeds, category: purchased_electricity, period: 2024, quantity: 10 MWh,
    uncertainty: 2%}
  flat: {facility: leeds, category: purchased_electricity, period: 2024, quantity: 1 MWh,
    emission_rate: {CO2: 0.2 kg/kWh}, citation: the letter of the landlord}
instruments:
  rego:
    type: REGO
    market: GB
    volume: 5 MWh
    emission_rate: {CO2: 0 kg/MWh}
    generated: 2024
    retired: {date: 2024-12-20, beneficiary: Example}
    criteria_met: {1: contract, 2: contract, 3: contract, 4: contract, 5: contract}
accept:
- {gap: stated_rate, for: {activity: flat}, reason: the landlord's own supply}
"""
OWN = """\
pack: own
version: 1
title: Own factors
factors:
  pellets: {category: stationary_combustion, fuel: pellets, per: t, gases: {CO2: 3 kg, CH4: 1 kg},
    source: laboratory 12}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    return tmp_path


def judged(folder: Path, text: str, period: str | None = "2024") -> dict[str, Profile]:
    path = folder / "company.yaml"
    path.write_text(text, "utf-8")
    loaded = load(path)
    assert loaded.project is not None, loaded.diagnostics
    made = judge_profiles(loaded.project, list(PROFILES), "company.yaml", period)
    return {profile.name: profile for profile in made}


def outcomes(profile: Profile, outcome: Outcome) -> set[str]:
    return {item.requirement.rule for item in profile.judged if item.answer.outcome is outcome}


def failed(folder: Path, text: str) -> set[str]:
    return set().union(*(outcomes(each, Outcome.FAIL) for each in judged(folder, text).values()))


def without(pattern: str, by: str = "") -> str:
    made, count = re.subn(pattern, by, WHOLE, flags=re.MULTILINE)
    assert count == 1, pattern
    return made


def test_a_file_that_holds_everything(folder: Path) -> None:
    made = judged(folder, WHOLE)
    assert [each.reason for p in made.values() for _, each, _ in p.judged
            if each.outcome is Outcome.FAIL] == []  # fmt: skip
    ghgp, iso = made["ghgp"], made["iso14064-1"]
    assert not outcomes(ghgp, Outcome.NOT_APPLICABLE)  # category 3 is derived
    assert not outcomes(ghgp, Outcome.NOT_JUDGED)
    # what a program cannot read
    assert outcomes(iso, Outcome.NOT_JUDGED) == {f"ISO-04.{n}" for n in ("e2", "n", "q", "r")}
    assert outcomes(iso, Outcome.NOT_APPLICABLE) == {"ISO-04.h"}


# what is taken away, and the rules that it was for
LACKS = {
    r"^  note: .*\n": {"ISO-04.a"},
    r"^responsible: .*\n": {"ISO-04.b"},
    r"^assurance:\n.*\n": {"ISO-04.s"},
    r"^exclusions:\n.*\n": {"GHG-12"},
    r"^base_year:\n(  .*\n)+": {"GHG-11.7", "ISO-04.k"},
    r"^  policy: .*\n  signif.*\n  figure: .*\n  changes:\n.*\n": {"GHG-11.7", "ISO-04.k"},
    r"^  gas-23: .*\n.*\n": {"GHG-11.7", "ISO-04.k"} | {"GHG-11.8", "ISO-04.l"},
    r"(?<=effect: )-1 tCO2e": {"GHG-11.8", "ISO-04.l"},
    r", effect: -1 tCO2e": {"GHG-11.8", "ISO-04.l"},
    r", citation: the letter of the landlord": {"GHG-11.10", "ISO-04.o"},
    r"(?<=10 MWh),\n    uncertainty: 2%": {"ISO-04.p"},
    r"5: contract(?=}\naccept:\n)": {"S2-04"},
}
BY = {
    r"(?<=effect: )-1 tCO2e": "-100 tCO2e",  # of 1,000 MWh gas: half of the base year
    r"5: contract(?=}\naccept:\n)": "",
}


@pytest.mark.parametrize("pattern", LACKS)
def test_a_file_that_lacks_one_disclosure(folder: Path, pattern: str) -> None:
    text = without(pattern, BY.get(pattern, ""))
    if "S2-04" in LACKS[pattern]:
        text = text.replace(", }", "}") + (
            "- {gap: criteria_assumed, for: {instrument: rego}, reason: promised}\n"
        )
    assert failed(folder, text) == LACKS[pattern]


OF_SCOPE_2 = r"^  power: .*\n.*\n  flat: .*\n.*\n"
REPORTED = """\
  shared: {facility: leeds, category: CATEGORY, scope: SCOPE, reported: 3 tCO2e, gwp_set: AR6,
    uncertainty: 9%, by: the landlord, period: 2024MORE}
instruments:
"""
ACCEPTED = "- {gap: co2e_without_gases, for: {activity: shared}, reason: a total was stated}\n"


def reported(category: str, scope: int, more: str = "") -> str:
    line = REPORTED.replace("CATEGORY", category).replace("SCOPE", str(scope))
    return without(r"^instruments:\n", line.replace("MORE", more)) + ACCEPTED


def test_a_scope_without_a_line_needs_an_exclusion(folder: Path) -> None:
    bare = re.sub(OF_SCOPE_2, "", WHOLE, flags=re.MULTILINE).partition("accept:")[0]
    assert failed(folder, bare) == {"GHG-11.2a", "ISO-04.e1"}
    meters = "- {category: purchased_electricity, source: meters, justification: in the rent}"
    excluded = bare.replace("exclusions:\n", f"exclusions:\n{meters}\n")
    assert failed(folder, excluded) == set()


def test_gases_of_direct_emissions(folder: Path) -> None:
    assert failed(folder, reported("fugitive_emissions", 1)) == {"GHG-11.6", "ISO-04.f2"}


def test_scope_2_that_states_one_method_alone(folder: Path) -> None:
    text = reported("purchased_heat", 2, ", method: location_based")
    assert failed(folder, text) == {"S2-01"}
    (answer,) = (
        item.answer
        for item in judged(folder, text)["ghgp"].judged
        if item.requirement.rule == "S2-01"
    )
    assert answer.at == ("activities", "shared")
    assert "`method: market_based`" in answer.remedy


def test_an_own_factor_without_a_source(folder: Path) -> None:
    (folder / "own.yaml").write_text(OWN.replace(",\n    source: laboratory 12", ""), "utf-8")
    assert failed(folder, WHOLE) == {"GHG-11.10", "ISO-04.o"}


def test_a_part_of_a_year_is_no_reporting_period(folder: Path) -> None:
    made = judged(folder, WHOLE, "2024-Q1")
    assert outcomes(made["ghgp"], Outcome.FAIL) == {"GHG-11.3"}
    assert outcomes(made["iso14064-1"], Outcome.FAIL) == {"ISO-04.c"}


def test_totals_with_errors_fail_and_nothing_is_said_of_what_they_hold(folder: Path) -> None:
    made = judged(folder, without("quantity: 2 t", "quantity: 2 kWh"))
    assert outcomes(made["ghgp"], Outcome.FAIL) == {"GHG-11.4"}
    assert outcomes(made["iso14064-1"], Outcome.FAIL) == {"ISO-04.f1"}
    left = {each.rule for each in profile_of("ghgp")[1] if each.totals}
    assert outcomes(made["ghgp"], Outcome.NOT_JUDGED) == left
    later = judged(folder, WHOLE, "2031")["ghgp"]
    assert {"GHG-11.4", "GHG-12"} == outcomes(later, Outcome.FAIL)
    empty = "".join(WHOLE.partition("base_year:")[0])
    for period in ("2024", None):
        assert "GHG-11.4" in outcomes(judged(folder, empty, period)["ghgp"], Outcome.FAIL)


def test_a_company_without_facilities(folder: Path) -> None:
    text = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
activities:
  trips: {category: business_travel, scope: 3, reported: 3 tCO2e, gwp_set: AR5, by: the agency,
    period: 2024}
exclusions:
- {category: purchased_electricity, source: meters, justification: none is used}
- {category: mobile_combustion, source: cars, justification: none is owned}
base_year: {year: 2024, reason: first, significance_threshold: 5%}
"""
    made = judged(folder, text)
    assert outcomes(made["ghgp"], Outcome.FAIL) == {"GHG-11.1"}
    gwp = [item for item in made["iso14064-1"].judged if item.requirement.rule == "ISO-04.t"]
    assert gwp[0].answer.outcome is Outcome.NOT_JUDGED  # AR5 is not the latest


def test_a_finding_stands_at_its_section_or_at_the_file(folder: Path) -> None:
    text = without(r"effect: -1 tCO2e", "effect: -100 tCO2e")
    (found,) = as_findings(judged(folder, text)["ghgp"])
    row = text.splitlines().index("  changes:") + 1
    assert found.location is not None
    assert (found.location.path, found.location.line) == ("company.yaml", row)
    (bare,) = as_findings(judged(folder, without(r"^responsible: .*\n"))["iso14064-1"])
    assert bare.location is not None
    assert bare.location.line == 1
    assert bare.hint == "write `responsible:` with `name:` and `role:`"


# ---- the command ---------------------------------------------------------------------------------


def test_the_command_in_every_format(folder: Path) -> None:
    (folder / "company.yaml").write_text(without(r"^  note: .*\n"), "utf-8")
    words = ("check", "--profile", "iso14064-1", "--profile", "ghgp", "--period", "2024")
    shown = run(*words, cwd=folder)
    assert shown.exit_code == 1
    assert "company.yaml: 5 activities, 2 reporting years, 1 error, 0 warnings" in shown.stdout
    assert "16 met by the file, 1 not met, 1 not applicable, 4 not judged." in shown.stdout
    assert "error[profile-requirement]: `ISO-04.a`" in shown.stderr
    said = re.sub(r"\s+", " ", shown.output).replace("no statement of conformity with", "")
    assert "conform" not in said
    data = json.loads(run(*words, "--format", "json", cwd=folder).stdout)
    assert [item["code"] for item in data["findings"]] == ["profile-requirement"]
    iso, ghgp = data["profiles"]
    assert (iso["profile"], ghgp["profile"]) == ("iso14064-1", "ghgp")
    assert iso["period"] == {"name": "2024", "first": "2024-01-01", "last": "2024-12-31"}
    assert iso["requirements"][0] == {
        "rule": "ISO-04.a", "text": "description of the organisation",
        "source": "ISO 14064-1:2018, 9.3.1 a", "outcome": "fail",
        "reason": "`organization:` names it and does not describe it",
        "remedy": "write `note:` under `organization:`: what it does, and where",
        "path": "company.yaml", "line": 2,
    }  # fmt: skip
    for name in ("github", "sarif", "junit"):
        done = run(*words, "--format", name, cwd=folder)
        assert done.exit_code == 1
        assert "profile-requirement" in done.stdout
        assert "ISO-04.a" in done.stdout


def test_several_files_and_places_that_open_from_here(folder: Path) -> None:
    for name, text in (("a", WHOLE), ("b", without(r"^responsible: .*\n"))):
        (folder / name).mkdir()
        (folder / name / "company.yaml").write_text(text, "utf-8")
        (folder / name / "own.yaml").write_text(OWN, "utf-8")
    files = ("a/company.yaml", "b/company.yaml")
    done = run("check", *files, "--profile", "iso14064-1", "--format", "json", cwd=folder)
    assert done.exit_code == 1
    data = json.loads(done.stdout)
    assert [item["path"] for item in data["findings"]] == ["b/company.yaml"]
    assert [item["file"] for item in data["profiles"]] == list(files)
    assert data["profiles"][1]["requirements"][1]["path"] == "b/company.yaml"
    assert run("check", files[0], "--profile", "iso14064-1", cwd=folder).exit_code == 0


def test_slips_of_the_command(folder: Path) -> None:
    (folder / "company.yaml").write_text(WHOLE, "utf-8")
    for words, said in (
        (("--profile", "iso14064"), "did you mean `iso14064-1`?"),
        (("--period", "2024"), "--period is for --profile"),
        (("--profile", "ghgp", "--period", "2024-13"), "--period: "),
    ):
        done = run("check", *words, cwd=folder)
        assert done.exit_code == 2
        assert said in done.stderr


@pytest.mark.parametrize("name", PROFILES)
def test_tables_read_well(name: str) -> None:
    title, requirements = profile_of(name)
    rules = [each.rule for each in requirements]
    assert title
    assert len(set(rules)) == len(rules)
    assert all(each.text and each.source for each in requirements)
