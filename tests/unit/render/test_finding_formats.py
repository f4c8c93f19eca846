"""Findings for programs: GitHub annotations, SARIF, JUnit; each meets its publisher's schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema

from ghgcalc.core.diagnostics import Diagnostic, Location, Related, Severity
from ghgcalc.render.registry import FINDING_FORMATS, findings
from ghgcalc.render.yaml_paths import keys_above
from support.command import run

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = Path(__file__).parents[2] / "schemas"
XSDS = [
    xmlschema.XMLSchema(SCHEMAS / name) for name in ("windyroad-JUnit.xsd", "jenkins-junit-10.xsd")
]
SARIF = jsonschema.Draft4Validator(
    json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
)
YAML = """\
facilities:
  leeds: {country: GB}
activities:
  # a boiler
  boiler:
    facility: leeds
    quantity: 12 kwhh
accept:
  - gap: earlier_year
    reason: a
  - gap: later_year
    for: {category: purchased_electricity}
""".splitlines()
HERE = Location("a b/company.yaml", 7, 15, 7)
ODD = Diagnostic(
    "unknown-unit", 'a "unit", 100% <odd>: ₂\n\x1b[31m', HERE, notes=("one, two",),
    hint="write `kWh`", related=(Related(Location("a b/company.yaml", 5, 3), ""),),
)  # fmt: skip
NOWHERE = Diagnostic("calendar-gap", "nothing is there", severity=Severity.WARNING)
LINES = {"a b/company.yaml": YAML}


def _many(count: int, severity: Severity) -> list[Diagnostic]:
    return [
        Diagnostic("unknown-unit", f"unit {n}", Location("a.csv", n, 1), severity=severity)
        for n in range(1, count + 1)
    ]


# ---- GitHub --------------------------------------------------------------------------------------


def test_an_annotation_is_one_line_with_its_signs_escaped() -> None:
    text = findings("github", [ODD], LINES)
    assert text == (
        "::error file=a b/company.yaml,line=7,endLine=7,col=15,endColumn=22,"
        'title=ghgcalc unknown-unit::a "unit", 100%25 <odd>: ₂ \ufffd[31m'
        "%0Anote: one, two%0Ahint: write `kWh`\n"
    )


@pytest.mark.parametrize(("count", "shown", "more"), [(10, 10, ""), (11, 9, "and 2 more errors")])
def test_a_step_shows_ten_of_a_kind(count: int, shown: int, more: str) -> None:
    given = [NOWHERE, *_many(count, Severity.ERROR)]
    rows = findings("github", given, {}).splitlines()
    assert sum(row.startswith("::error file=") for row in rows) == shown
    assert sum(row.startswith("::error") for row in rows) <= 10
    assert rows[0].startswith("::error")
    assert any(row.startswith("::warning title=ghgcalc calendar-gap::") for row in rows)
    assert (more in rows[-1]) if more else "more" not in rows[-1]


# ---- SARIF ---------------------------------------------------------------------------------------


def _sarif(given: list[Diagnostic], lines: dict[str, list[str]]) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(findings("sarif", given, lines))
    SARIF.validate(log)
    (one,) = log["runs"]
    return dict(one)


@pytest.mark.parametrize("given", [[], [ODD, NOWHERE], _many(3, Severity.NOTE)])
def test_sarif_meets_its_schema(given: list[Diagnostic]) -> None:
    one = _sarif(given, LINES)
    rules = one["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in one["results"]] == [d.code for d in given]
    assert [each["level"] for each in one["results"]] == [d.severity.value for d in given]


def test_a_place_is_relative_and_escaped() -> None:
    (result,) = _sarif([ODD], LINES)["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b/company.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 7, "startColumn": 15, "endLine": 7, "endColumn": 22}
    assert "\x1b" not in result["message"]["text"]


def _prints(given: list[Diagnostic], lines: dict[str, list[str]]) -> list[str]:
    return [
        each["partialFingerprints"]["primaryLocationLineHash"]
        for each in _sarif(given, lines)["results"]
    ]


def test_fingerprints_survive_lines_put_in_above() -> None:
    moved = ["# new", "", *YAML]
    later = Diagnostic("unknown-unit", "another text", HERE._replace(line=9))
    assert _prints([ODD], LINES) == _prints([later], {"a b/company.yaml": moved})
    other = Diagnostic("unknown-unit", "the same", HERE._replace(line=6))
    assert _prints([ODD], LINES) != _prints([other], LINES)
    assert len(set(_prints([ODD, ODD], LINES))) == 2


def test_findings_of_one_place_keep_their_fingerprints_when_another_is_mended() -> None:
    """Requirements of profiles, and totals of years, stand at one place each."""
    given = [
        Diagnostic("profile-requirement", "is not met", HERE, about=f"{profile} {rule}")
        for profile in ("ghgp", "iso14064-1")
        for rule in ("GHG-11.1", "GHG-11.2")
    ]
    prints = _prints(given, LINES)
    assert len(set(prints)) == 4
    assert _prints(given[1:], LINES) == prints[1:]
    assert _prints(given[::-1], LINES) == prints[::-1]


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        (1, ("facilities",)),
        (2, ("facilities", "leeds")),
        (7, ("activities", "boiler", "quantity")),
        (9, ("accept", "0", "gap")),
        (10, ("accept", "0", "reason")),
        (11, ("accept", "1", "gap")),
        (12, ("accept", "1", "for")),
        (99, ("accept", "1", "for")),
    ],
)
def test_keys_above_a_line(line: int, keys: tuple[str, ...]) -> None:
    assert keys_above(YAML, line) == keys


# ---- JUnit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [[], [ODD], [NOWHERE, ODD, *_many(2, Severity.ERROR)]])
def test_junit_meets_both_schemas(given: list[Diagnostic]) -> None:
    text = findings("junit", given, LINES)
    for schema in XSDS:
        schema.validate(text)
    suite = ElementTree.fromstring(text)[0]
    cases = suite.findall("testcase")
    assert len(cases) == int(suite.attrib["tests"]) == max(len(given), 1)
    failed = [case for case in cases if case.find("failure") is not None]
    assert len(failed) == int(suite.attrib["failures"])
    assert len(failed) == sum(item.severity is Severity.ERROR for item in given)
    assert all(
        "hint: write `kWh`" in (case[0].text or "")
        for case in failed
        if "<odd>" in case.attrib["name"]
    )


# ---- the commands --------------------------------------------------------------------------------


def _valid(name: str, text: str) -> None:
    judges: dict[str, Callable[[str], object]] = {
        "json": json.loads, "sarif": lambda found: SARIF.validate(json.loads(found)),
        "junit": lambda found: [schema.validate(found) for schema in XSDS],
    }  # fmt: skip
    judges.get(name, len)(text)


@pytest.mark.parametrize("name", FINDING_FORMATS)
def test_check_writes_its_findings_as_the_result(name: str, tmp_path: Path) -> None:
    path = tmp_path / "company.yaml"
    path.write_text("ghgcalc: 1\nfacilities: {a: {country: GB, b: 1}}\n", "utf-8")
    done = run("check", path, "--format", name)
    assert done.exit_code == 1
    assert not done.stderr
    assert "unknown-key" in done.stdout
    _valid(name, done.stdout)
    other = run("check", path, "--diagnostics", name)
    assert other.stderr
    if name not in ("text",):
        assert done.stdout == other.stderr


@pytest.mark.parametrize("beside", [(), ("company.yaml",)])
@pytest.mark.parametrize("name", ["json", "github", "sarif", "junit"])
def test_a_company_file_that_is_not_there_stands_in_every_report(
    name: str, beside: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "company.yaml").write_text("ghgcalc: 1\n", "utf-8")  # `missing-key`
    done = run("check", "nope.yaml", *beside, "--format", name, cwd=tmp_path)
    assert done.exit_code == 2
    assert "Error: nope.yaml does not exist" in done.stderr
    _valid(name, done.stdout)
    assert "file-not-found" in done.stdout
    assert "nope.yaml" in done.stdout
    assert ("missing-key" in done.stdout) == bool(beside)
    again = run("check", "nope.yaml", *beside, "--diagnostics", name, cwd=tmp_path)
    assert "file-not-found" in again.stderr


# ---- what fails ----------------------------------------------------------------------------------


def test_a_case_fails_where_the_command_does(tmp_path: Path) -> None:
    """An entry of `accept:` that nothing needs is a warning."""
    (tmp_path / "company.yaml").write_text(
        "ghgcalc: 1\n"
        "organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}\n"
        "facilities: {a: {country: GB}}\n"
        "activities:\n"
        "  vent: {facility: a, category: process_emissions, gas_masses: {CO2: 5 t}, period: 2024}\n"
        "accept: [{gap: earlier_year, reason: none}]\n", "utf-8",
    )  # fmt: skip
    for more, failures, code in (
        ((), "0", 0),
        (("--strict",), "1", 1),
        (("--fail-on", "note"), "1", 1),
    ):
        done = run("check", "--format", "junit", *more, cwd=tmp_path)
        assert done.exit_code == code
        _valid("junit", done.stdout)
        assert ElementTree.fromstring(done.stdout)[0].get("failures") == failures


def test_a_profile_is_a_suite_with_a_case_of_each_requirement(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(
        "ghgcalc: 1\n"
        "organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}\n"
        "facilities: {a: {country: GB}}\n"
        "activities:\n"
        "  vent: {facility: a, category: process_emissions, gas_masses: {CO2: 5 t},"
        " period: 2024}\n", "utf-8",
    )  # fmt: skip
    words = ("check", "--profile", "ghgp", "--profile", "iso14064-1", "--format")
    done = run(*words, "junit", cwd=tmp_path)
    _valid("junit", done.stdout)
    told = json.loads(run(*words, "json", cwd=tmp_path).stdout)["profiles"]
    checked, *suites = ElementTree.fromstring(done.stdout)
    assert checked.get("failures") == "0"
    assert len(suites) == len(told) == 2
    for suite, profile in zip(suites, told, strict=True):
        outcomes = [each["outcome"] for each in profile["requirements"]]
        assert suite.get("tests") == str(len(outcomes))
        assert suite.get("failures") == str(outcomes.count("fail"))
        idle = len(outcomes) - outcomes.count("fail") - outcomes.count("pass")
        assert suite.get("skipped") == str(idle)


def test_a_failure_keeps_its_name_when_lines_move_and_no_two_share_one() -> None:
    def names(*given: Diagnostic) -> list[str | None]:
        suite = ElementTree.fromstring(findings("junit", list(given), LINES))[0]
        return [case.get("name") for case in suite.findall("testcase")]

    moved = Diagnostic(ODD.code, ODD.message, HERE._replace(line=9))
    assert names(ODD) == names(moved)
    assert len(set(names(ODD, moved))) == 2
