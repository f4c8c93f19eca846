"""`ghgcalc ci` in a real git repository: a commit of the base, a change, and what is said of it.

The company burns 1,000 L of diesel at 2.6 kg CO2 per litre in 2024: 2.600 t. Every expected tonne
is that product by hand.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from ghgcalc.analysis.gate.base import VARIABLES
from ghgcalc.render.gate import summary_markdown, tag_of
from ghgcalc.views.gate import Section
from ghgcalc.views.table import Fact, Report
from support.command import run

if TYPE_CHECKING:
    from typer.testing import Result

GOLDEN = Path(__file__).parent / "ci_summaries"
COMPANY = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities: {leeds: {country: GB}}
activities:
  van: {facility: leeds, category: mobile_combustion, fuel: diesel, quantity: 1_000 L, period: 2024}
"""
OWN = """\
pack: own
title: Own factors
factors:
  diesel:
    category: mobile_combustion
    fuel: diesel
    per: L
    gases: {CO2: 2.6 kg, CH4: 0 kg, N2O: 0 kg}
    source: delivery specification
"""
LATER = """\
  van-25: {facility: leeds, category: mobile_combustion, fuel: diesel, quantity: 900 L,
    period: 2025}
"""
# nothing of the machine: the same content has the same commit everywhere
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": text for who in ("AUTHOR", "COMMITTER")
       for what, text in (("NAME", "N"), ("EMAIL", "n@example.org"),
                          ("DATE", "2025-01-01T00:00:00+0000"))},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_ci_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job that runs the tests says nothing of this one."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS", *(name for name, _ in VARIABLES)):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, text in GIT.items():
        monkeypatch.setenv(name, text)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """`main` with the company, and a branch that stands on it."""
    made = tmp_path / "repo"
    made.mkdir()
    git(made, "init", "-q", "-b", "main")
    write(made, company=COMPANY, own=OWN)
    commit(made, "base")
    git(made, "checkout", "-q", "-b", "change")
    return made


def commit(folder: Path, words: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", words)


def against_main(folder: Path, *words: object, env: dict[str, str] | None = None) -> Result:
    return run("ci", "--base", "main", *words, cwd=folder, env=env)


def plain(text: str) -> str:
    """Markdown without its escapes."""
    return re.sub(r"\\(\W)", r"\1", text)


def as_golden(name: str, text: str, update: bool) -> None:
    file = GOLDEN / f"{name}.md"
    if update:
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text("utf-8")


def test_an_amount(repo: Path, snapshot_update: bool) -> None:
    """1,500 L make 3.900 t: 1.300 t more, 50 %."""
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    commit(repo, "more diesel")
    done = against_main(repo)
    assert done.exit_code == 0
    assert "| Scope 1 | 2.600 | 3.900 | +1.300 | +50.0 |" in done.stdout
    assert "| data correction: mobile combustion | +1.300 | +1.300 |" in done.stdout
    assert "| company.yaml | changed | read |" in done.stdout
    as_golden("amount", done.stdout, snapshot_update)


def test_a_factor(repo: Path, snapshot_update: bool) -> None:
    """2.7 kg make 2.700 t; the row that changed and its lines are named."""
    write(repo, own=OWN.replace("2.6 kg", "2.7 kg"))
    done = against_main(repo)
    assert "| Scope 1 | 2.600 | 2.700 | +0.100 | +3.8 |" in done.stdout
    row = next(line for line in done.stdout.splitlines() if "2.6 kg CO2" in line)
    assert row.index("2.6 kg CO2") < row.index("2.7 kg CO2")
    assert row.endswith("| 1 | van |")
    as_golden("factor", done.stdout, snapshot_update)


def test_a_lock(repo: Path, snapshot_update: bool) -> None:
    """A year that the lock holds is refused when its factor moves; another year is not."""
    assert run("lock", cwd=repo).exit_code == 0
    write(repo, company=COMPANY + LATER)
    commit(repo, "locked, and a year after it")
    assert against_main(repo).exit_code == 0  # 2025 is open, though a lock stands beside the file
    write(repo, own=OWN.replace("2.6 kg", "2.7 kg"))
    done = against_main(repo)
    assert done.exit_code == 1
    assert "error: lock-drift-factor" in done.stdout
    as_golden("lock", done.stdout, snapshot_update)


def test_a_lock_that_goes(repo: Path) -> None:
    git(repo, "checkout", "-q", "main")
    assert run("lock", cwd=repo).exit_code == 0
    commit(repo, "locked")
    git(repo, "checkout", "-q", "-B", "change")
    (repo / "ghgcalc.lock").unlink()
    done = against_main(repo)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1] == "# GHG inventory: passes · 1 warning"
    assert "`ghgcalc.lock` held 2024 at the base, which no lock holds now" in plain(done.stdout)
    assert "| ghgcalc.lock | removed |" in done.stdout
    assert against_main(repo, "--fail-on", "warning").exit_code == 1


def test_a_lock_that_goes_does_not_let_its_year_move(repo: Path) -> None:
    """2024 was locked with 2.6 t; without its lock it would be 3.9 t."""
    git(repo, "checkout", "-q", "main")
    assert run("lock", cwd=repo).exit_code == 0
    commit(repo, "locked")
    git(repo, "checkout", "-q", "-B", "change")
    (repo / "ghgcalc.lock").unlink()
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    done = against_main(repo)
    assert done.exit_code == 1
    assert "error[lock-lost]" in done.stderr
    assert "which no lock holds now, and the year has moved" in done.stdout


def test_a_head_that_cannot_be_read_has_lost_no_lock(repo: Path) -> None:
    git(repo, "checkout", "-q", "main")
    assert run("lock", cwd=repo).exit_code == 0
    commit(repo, "locked")
    git(repo, "checkout", "-q", "-B", "change")
    write(repo, company="ghgcalc: [\n")
    done = against_main(repo)
    assert done.exit_code == 1
    assert "lock-lost" not in done.stdout + done.stderr


def test_a_year_locked_anew_is_told_with_its_figures(repo: Path) -> None:
    """1,000 L are 2.6 t, 1,500 L are 3.9 t: 1.3 t more, in the lock as in the file."""
    git(repo, "checkout", "-q", "main")
    write(repo, company=COMPANY + LATER)
    assert run("lock", cwd=repo).exit_code == 0
    commit(repo, "two locked years")
    git(repo, "checkout", "-q", "-B", "change")
    write(repo, company=(COMPANY + LATER).replace("1_000 L", "1_500 L"))
    assert run("lock", "--period", "2024", cwd=repo).exit_code == 0
    commit(repo, "restated")
    done = against_main(repo)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].startswith("# GHG inventory: passes · 1 year locked anew · ")
    told = plain(done.stdout)
    assert "`ghgcalc.lock` holds 2024 anew: locked tonnes have moved" in told
    assert "  - `scope_1` was locked as 2.6 tCO2e and is now 3.9 tCO2e: +1.3 tCO2e\n" in told
    assert "1 locked line has other tonnes" in told
    assert "holds 2025 anew" not in told
    assert re.search(r"^ghgcalc\.lock:\d+:\d+: warning\[year-relocked\]", done.stderr, re.MULTILINE)
    assert against_main(repo, "--fail-on", "warning").exit_code == 1


# ---- the verdict in every format -----------------------------------------------------------------


def in_formats(folder: Path, *words: object) -> dict[str, list[tuple[str, str]]]:
    """Severity and code of each finding, as each format gives them."""
    done = against_main(folder, *words, "--output-dir", "out", "--diagnostics", "json")
    hosts = against_main(folder, *words, "--diagnostics", "github")
    sarif = json.loads((folder / "out" / "findings.sarif").read_text("utf-8"))["runs"][0]
    suite = ElementTree.fromstring((folder / "out" / "findings.xml").read_text("utf-8"))[0]
    told = done.stderr[done.stderr.index("[") :]  # behind a slip of the command line
    return {
        "json": [(item["severity"], item["code"]) for item in json.loads(told)],
        "sarif": [(item["level"], item["ruleId"]) for item in sarif["results"]],
        "junit": [("error" if case.find("failure") is not None else "warning",
                   case.get("classname", "").removeprefix("ghgcalc.check."))
                  for case in suite.iter("testcase")
                  if not case.get("name", "").endswith(": passes")],
        "github": [(row.split(" ")[0].strip(":"), row.split("title=ghgcalc ")[1].split(":")[0])
                   for row in hosts.stderr.splitlines()
                   if row.startswith("::") and "title=ghgcalc ci" not in row],
    }  # fmt: skip


def test_a_file_that_passes_is_a_case_of_its_own(repo: Path) -> None:
    against_main(repo, "company.yaml", "gone.yaml", "--output-dir", "out")
    suite = ElementTree.fromstring((repo / "out" / "findings.xml").read_text("utf-8"))[0]
    passed = [case.get("name") for case in suite.iter("testcase") if case.find("failure") is None]
    assert passed == ["company.yaml: passes"]
    write(repo, company=COMPANY.replace("1_000 L", "1_000 parsecs"))
    done = against_main(repo, "--output-dir", "out")
    text = (repo / "out" / "findings.xml").read_text("utf-8")
    assert ": passes" not in text
    counts = [int(word.split(" ")[0]) for word in done.stdout.split(" · ") if " error" in word]
    told = next(row for row in done.stderr.splitlines() if row.startswith("fails: "))
    assert told.startswith(f"fails: {counts[0]} finding")


@pytest.mark.parametrize("weight", ["error", "warning"])
def test_a_threshold_stands_in_every_format(repo: Path, weight: str) -> None:
    """1.3 t more under Scope 1, Scope 1 + 2 and all scopes, the latter two under both methods."""
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    warn = ("--on-threshold", "warn") if weight == "warning" else ()
    found = in_formats(repo, "--threshold-tonnes", 1, *warn)
    assert found == {key: [(weight, "threshold-exceeded")] for key in found}
    done = against_main(repo, "--threshold-tonnes", 1, *warn)
    assert done.exit_code == (weight == "error")
    head = f"company.yaml:1:1: {weight}[threshold-exceeded]: 5 totals of 2024 in `company.yaml`"
    assert f"{head} moved beyond 1 t\n" in done.stderr
    assert "note: `scope_1` was 2.6 tCO2e and is 3.9 tCO2e: +1.3\n" in done.stderr


def test_a_missing_base_stands_in_every_format(repo: Path) -> None:
    found = in_formats(repo, "--base", "no-such")
    assert found == {key: [("error", "base-missing")] for key in found}


def test_a_first_evaluation_of_scope_3_is_beyond_no_threshold(repo: Path) -> None:
    """2.6 t of Scope 1 stand still; 4 t of the first taxis are new, in Scope 3 and all scopes."""
    taxi = (
        "  taxi: {facility: leeds, category: business_travel, item: taxi, quantity: 40 km,\n"
        "    emission_rate: {CO2: 0.1 t/km}, period: 2024}\n"
    )
    write(repo, company=COMPANY + taxi)
    done = against_main(repo, "--threshold-tonnes", 1)
    assert done.exit_code == 0
    assert "Scope 3: not evaluated in base" in done.stdout
    assert "| boundary: business travel | +4.000 | +4.000 |" in done.stdout
    commit(repo, "taxis")
    git(repo, "branch", "-qf", "main")
    write(repo, company=COMPANY + taxi.replace("40 km", "60 km"))  # 2 t more of what is known
    assert against_main(repo, "--threshold-tonnes", 1).exit_code == 1


def test_a_company_file_that_is_not_there_stands_in_every_format(repo: Path) -> None:
    """The others are judged beside it, and the summary and the reports are written."""
    words = ("company.yaml", "gone.yaml")
    found = in_formats(repo, *words)
    assert found.pop("json") == [("error", "file-not-found")]
    assert found == {key: [("error", "file-not-found")] for key in found}
    done = against_main(repo, *words, "--threshold-file", "gone.yaml=5%")
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: gone.yaml does not exist")
    assert "# GHG inventory: fails · 1 error" in done.stdout
    assert "| company.yaml, 2024 |" in done.stdout
    assert against_main(repo, "gone.yaml").exit_code == 2


def test_a_warned_threshold_fails_where_warnings_fail(repo: Path) -> None:
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    words = ("--threshold-tonnes", 1, "--on-threshold", "warn", "--fail-on")
    assert against_main(repo, *words, "error").exit_code == 0
    assert against_main(repo, *words, "warning").exit_code == 1


@pytest.mark.parametrize("committed", [True, False])
def test_a_renamed_company_file_is_held_against_what_it_was(repo: Path, committed: bool) -> None:
    """1,500 L make 3.9 t, 50 % more, by whatever name the file goes."""
    (repo / "company.yaml").unlink()
    write(repo, firma=COMPANY.replace("1_000 L", "1_500 L"))
    if committed:
        commit(repo, "renamed")
    done = against_main(repo, "firma.yaml", "--threshold-percent", 5)
    assert done.exit_code == 1
    assert "- firma.yaml: compared with company.yaml of the base, which it was\n" in done.stdout
    assert "| Scope 1 | 2.600 | 3.900 | +1.300 | +50.0 |" in done.stdout
    assert against_main(repo, "firma.yaml", "--threshold-percent", 50).exit_code == 0


def test_a_rename_loses_the_lock_until_it_names_the_file(repo: Path) -> None:
    git(repo, "checkout", "-q", "main")
    assert run("lock", cwd=repo).exit_code == 0
    commit(repo, "locked")
    git(repo, "checkout", "-q", "-B", "change")
    git(repo, "mv", "company.yaml", "firma.yaml")
    done = against_main(repo, "firma.yaml")
    assert done.exit_code == 1
    said = "firma.yaml: the lock of `company.yaml` held 2024 at the base, which no lock holds now"
    assert said in plain(done.stdout)
    lock = repo / "ghgcalc.lock"
    lock.write_text(lock.read_text("utf-8").replace("company: company", "company: firma"), "utf-8")
    done = against_main(repo, "firma.yaml")
    assert done.exit_code == 0
    assert "computed as with --locked: 2024" in done.stdout


def test_a_file_that_may_have_been_either_of_two_fails(repo: Path) -> None:
    git(repo, "checkout", "-q", "main")
    write(repo, other=COMPANY + LATER)
    commit(repo, "two company files")
    git(repo, "checkout", "-q", "-B", "change")
    (repo / "company.yaml").unlink()
    (repo / "other.yaml").unlink()
    write(repo, firma=COMPANY)  # not committed: git sees no rename
    done = against_main(repo, "firma.yaml")
    assert done.exit_code == 1
    assert "it may have been any of `company.yaml`, `other.yaml`" in plain(done.stdout)
    assert "error[base-unclear]" in done.stderr


def test_a_locked_year_that_goes_whole(repo: Path) -> None:
    """2025 is locked with 900 L at 2.6 kg, 2.34 t, and its data are deleted."""
    git(repo, "checkout", "-q", "main")
    write(repo, company=COMPANY + LATER)
    assert run("lock", cwd=repo).exit_code == 0
    commit(repo, "two locked years")
    git(repo, "checkout", "-q", "-B", "change")
    assert run("check", "--locked", cwd=repo).exit_code == 0
    write(repo, company=COMPANY)
    done = against_main(repo)
    assert done.exit_code == 1
    what = "2025 is locked, and the file holds no activity data of it any more"
    assert "GHG inventory: fails · 1 error" in done.stdout
    row = next(r for r in done.stdout.splitlines() if "error: lock-drift-figure" in r)
    assert f" | {what} | restore the data of 2025" in row
    assert "computed as with --locked: 2024\n" in done.stdout
    judged = run("check", "--locked", cwd=repo)
    assert judged.exit_code == 1
    assert f"error[lock-drift-figure]: {what}" in judged.stderr + judged.stdout
    assert "`scope_1` is locked as 2.34 tCO2e" in judged.stderr + judged.stdout
    plain = run("check", cwd=repo)
    assert plain.exit_code == 0
    assert f"warning[lock-drift-figure]: {what}" in plain.stderr + plain.stdout


def test_a_locked_year_whose_data_are_refused_is_not_called_gone(repo: Path) -> None:
    write(repo, company=COMPANY + LATER)
    assert run("lock", cwd=repo).exit_code == 0
    write(repo, company=COMPANY + LATER.replace("900 L", "900 parsecs"))
    judged = run("check", "--locked", cwd=repo)
    assert judged.exit_code == 1
    assert "no activity data of it any more" not in judged.stderr + judged.stdout


# an error of its days, and one that keeps the line from being dated at all
BROKEN = pytest.mark.parametrize("broken", ["1_000 kWh gross", "1_000 parsecs"])


@BROKEN
def test_a_broken_head(repo: Path, snapshot_update: bool, broken: str) -> None:
    write(repo, company=COMPANY.replace("1_000 L", broken))
    done = against_main(repo, "--threshold-tonnes", 1)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1] == "# GHG inventory: fails · 1 error"
    assert "errors block its total" in done.stdout
    assert "2.600" not in done.stdout  # no total beside one that is not known
    if "kWh" in broken:
        as_golden("broken-head", done.stdout, snapshot_update)


@BROKEN
def test_a_broken_base_is_mended(repo: Path, snapshot_update: bool, broken: str) -> None:
    write(repo, company=COMPANY.replace("1_000 L", broken))
    git(repo, "checkout", "-q", "-B", "main")
    commit(repo, "broken")
    git(repo, "checkout", "-q", "-B", "change")
    write(repo, company=COMPANY)
    done = against_main(repo, "--threshold-percent", 5)
    assert done.exit_code == 0
    assert "Errors in the base of company.yaml" in done.stdout
    assert "not every threshold was held against a total, since the base has errors" in done.stdout
    if "kWh" in broken:
        as_golden("broken-base", done.stdout, snapshot_update)


def test_a_new_company_beside_another_in_folders_with_blanks(
    repo: Path, snapshot_update: bool
) -> None:
    """Names with blanks, CJK signs and signs of patterns; the pack is shared from above."""
    site = repo / "工厂 [1]"
    site.mkdir()
    write(site, **{"公司 2024": COMPANY, "own": OWN})
    write(repo, company=COMPANY.replace("1_000 L", "900 L"))
    commit(repo, "a new company")
    done = against_main(repo, "company.yaml", "工厂 [1]/公司 2024.yaml", "--output-dir", "out")
    assert done.exit_code == 0
    assert "not in the base: a new company file" in done.stdout
    assert "| Scope 1 | 2.600 | 2.340 | -0.260 | -10.0 |".replace("-", "−") in done.stdout
    assert "工厂 \\[1\\]/公司 2024.yaml | new | read" in done.stdout
    made = json.loads(
        (repo / "out" / "工厂 [1]" / "公司 2024" / "inventory.json").read_text("utf-8")
    )
    assert made["totals"]
    as_golden("new-company", done.stdout, snapshot_update)


def test_a_company_in_a_sub_folder_that_moves(repo: Path) -> None:
    site = repo / "a b" / "场地"
    site.mkdir(parents=True)
    write(site, company=COMPANY, own=OWN)
    git(repo, "checkout", "-q", "-B", "main")
    commit(repo, "site")
    git(repo, "checkout", "-q", "-B", "change")
    write(site, company=COMPANY.replace("1_000 L", "2_000 L"))
    done = against_main(site)  # from inside, as well
    assert "| Scope 1 | 2.600 | 5.200 | +2.600 | +100.0 |" in done.stdout
    assert "| a b/场地/company.yaml | changed | read |" in done.stdout
    assert against_main(repo, "a b/场地/company.yaml").exit_code == 0


def test_a_shallow_clone(repo: Path, tmp_path: Path, snapshot_update: bool) -> None:
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    commit(repo, "more")
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "change", repo.as_uri(), "shallow")
    env = {"GITHUB_BASE_REF": "main"}
    done = run("ci", cwd=tmp_path / "shallow", env=env)
    assert done.exit_code == 1
    assert "`main` (GITHUB\\_BASE\\_REF) is not in this clone".replace("\\", "") in done.stderr
    assert "fetch-depth: 0" in done.stderr
    as_golden("shallow", done.stdout, snapshot_update)
    git(tmp_path, "clone", "-q", "--branch", "change", repo.as_uri(), "whole")
    assert run("ci", cwd=tmp_path / "whole", env=env).exit_code == 0


def test_a_shallow_clone_of_both_branches_shares_no_commit(repo: Path, tmp_path: Path) -> None:
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    commit(repo, "more")
    commit_of_main = git(repo, "rev-parse", "main")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", repo.as_uri(), "shallow")
    shallow = tmp_path / "shallow"
    git(shallow, "checkout", "-q", "change")
    done = run("ci", cwd=shallow, env={"CI_MERGE_REQUEST_DIFF_BASE_SHA": commit_of_main})
    assert done.exit_code == 1
    assert "share is not here; fetch the whole history" in done.stderr


def test_what_the_base_did_since_is_no_part_of_the_change(repo: Path) -> None:
    """`main` goes on to 9,000 L; the branch that changed nothing moves nothing."""
    git(repo, "checkout", "-q", "main")
    write(repo, company=COMPANY.replace("1_000 L", "9_000 L"))
    commit(repo, "main goes on")
    git(repo, "checkout", "-q", "change")
    done = against_main(repo, "--threshold-tonnes", 0)
    assert done.exit_code == 0
    assert "| – | 2.600 | 2.600 | 0.000 | 0.0 | no source moved |" in done.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--threshold-tonnes", "1.3"], 0),  # it moves by 1.300 t: not further
        (["--threshold-tonnes", "1.299 t"], 1),
        (["--threshold-percent", "50"], 0),
        (["--threshold-percent", "49.9%"], 1),
        (["--threshold-percent", "1", "--on-threshold", "warn"], 0),
        (["--threshold-percent", "1", "--threshold-file", "company.yaml=60%"], 0),
        (["--threshold-tonnes", "99", "--threshold-file", "company.yaml=1 t"], 1),
        (["--threshold-file", "company.yaml=1t", "--threshold-file", "company.yaml=90%"], 1),
    ],
)
def test_thresholds(repo: Path, words: list[str], code: int) -> None:
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    done = against_main(repo, *words)
    assert done.exit_code == code
    assert ("## Beyond the threshold" in done.stdout) == (bool(code) or "warn" in words)


def test_a_year_that_goes_is_beyond_every_threshold_and_a_new_one_within(repo: Path) -> None:
    write(repo, company=COMPANY + LATER)
    done = against_main(repo, "--threshold-tonnes", 0)
    assert done.exit_code == 0
    assert "a new reporting year" in done.stdout
    write(repo, company=COMPANY.replace("2024", "2025"))
    assert against_main(repo).exit_code == 0
    gone = against_main(repo, "--threshold-tonnes", 999)
    assert gone.exit_code == 1
    assert "company.yaml, 2024: the reporting year has no data any more" in gone.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["--threshold-tonnes", "many"],
        ["--threshold-tonnes", "-1"],
        ["--threshold-file", "company.yaml=5"],
        ["--threshold-file", "other.yaml=5%"],
        ["missing.yaml"],
    ],
)
def test_what_cannot_be_asked_is_usage(repo: Path, words: list[str]) -> None:
    done = against_main(repo, *words)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: ")


def test_a_warned_threshold_is_in_the_heading_and_the_lesser_limit_is_said(repo: Path) -> None:
    """1.3 t more of 2.6 t are 50 %: beyond 1 t, within 100 %."""
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    limits = ("--threshold-tonnes", 1, "--threshold-percent", 100)
    done = against_main(repo, *limits, "--on-threshold", "warn")
    assert done.exit_code == 0
    heading = done.stdout.splitlines()[1]
    assert re.fullmatch(r"# GHG inventory: passes · \d beyond the threshold · 1 warning", heading)
    assert re.search(r"it may move by the lesser of 1\.?0* t and 100\.0 %", done.stdout)


def test_two_limits_of_one_kind_for_one_file_are_usage(repo: Path) -> None:
    twice = ("--threshold-file", "company.yaml=5%", "--threshold-file", "./company.yaml=50%")
    done = against_main(repo, *twice)
    assert done.exit_code == 2
    assert "a second limit of its kind" in done.stderr


def test_without_a_base_nothing_is_compared(repo: Path) -> None:
    done = run("ci", "--threshold-tonnes", 1, cwd=repo)
    assert done.exit_code == 0
    assert "no base was named: nothing was compared" in done.stdout
    assert "since nothing is compared" in done.stdout
    assert "| 2.600 |" in done.stdout


def test_a_base_that_is_no_revision_or_no_repository(repo: Path, tmp_path: Path) -> None:
    done = run("ci", "--base", "--upload-pack=x", cwd=repo)
    assert done.exit_code == 1
    assert "is not in this clone; name another one" in done.stderr
    alone = tmp_path / "alone"
    alone.mkdir()
    write(alone, company=COMPANY, own=OWN)
    done = run("ci", "--base", "main", cwd=alone, env={"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert done.exit_code == 1
    assert "cannot be looked up" in done.stderr


@BROKEN
def test_a_job_of_github(repo: Path, tmp_path: Path, broken: str) -> None:
    """The summary goes behind what the step wrote; findings and reasons are annotations."""
    git(repo, "update-ref", "refs/remotes/origin/main", "main")
    git(repo, "branch", "-q", "-D", "main")
    write(repo, company=COMPANY.replace("1_000 L", broken))
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    done = run("ci", cwd=repo, env={
        "GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(summary),
    })  # fmt: skip
    assert done.stdout == "GHG inventory: fails · 1 error\n"
    first, last = done.stderr.splitlines()
    assert first.startswith("::error file=company.yaml,line=6,")
    assert last == "::error title=ghgcalc ci::1 finding is of severity error or heavier"
    text = summary.read_text("utf-8")
    assert text.startswith("before\n<!-- ghgcalc-ci ")
    assert "errors block its total" in text


def test_a_run_in_a_subfolder_names_files_from_the_root(repo: Path) -> None:
    """GitHub attaches a finding by its path from the root of the repository, else nowhere."""
    site = repo / "sites" / "a"
    site.mkdir(parents=True)
    broken = COMPANY.replace("1_000 L", "1_000 wombats")
    (site / "company.yaml").write_text(broken, "utf-8")
    (site / "own.yaml").write_text(OWN, "utf-8")
    commit(repo, "a site")
    for folder, word in ((site, "company.yaml"), (repo / "sites", "a/company.yaml"),
                         (site, "../../sites/a/company.yaml"),
                         (repo, "sites/a/company.yaml")):  # fmt: skip
        done = against_main(folder, word, "--output-dir", repo / "out",
                            env={"GITHUB_ACTIONS": "true"})  # fmt: skip
        assert done.exit_code == 1
        assert done.stderr.startswith("::error file=sites/a/company.yaml,line=6,")
        (result,) = json.loads((repo / "out/findings.sarif").read_text("utf-8"))["runs"][0][
            "results"
        ]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"] == "sites/a/company.yaml"
        assert "sites/a/company.yaml" in (repo / "out/findings.xml").read_text("utf-8")
        # for people and `check`: the name that opens from the working folder
        assert against_main(folder, word).stderr.startswith(f"{word}:6:")
        assert f"file={word}," in run("check", word, "--format", "github", cwd=folder).stdout


def test_no_inventory_of_an_earlier_run_stays_beside_errors(repo: Path) -> None:
    against_main(repo, "--output-dir", "out")
    kept = repo / "out" / "company" / "inventory.json"
    assert kept.is_file()
    write(repo, company=COMPANY.replace("1_000 L", "1_000 parsecs"))
    assert against_main(repo, "--output-dir", "out").exit_code == 1
    assert sorted(path.name for path in (repo / "out").rglob("*") if path.is_file()) == [
        "comment.md", "findings.sarif", "findings.xml", "summary.md",
    ]  # fmt: skip


def test_outputs_are_the_same_twice(repo: Path) -> None:
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L"))
    made = []
    for name in ("one", "two"):
        against_main(repo, "--output-dir", name)
        files = sorted(path for path in (repo / name).rglob("*") if path.is_file())
        made.append({path.relative_to(repo / name): path.read_bytes() for path in files})
    assert made[0] == made[1]
    assert sorted(map(str, made[0])) == [
        "comment.md", "company/inventory.json", "company/inventory.xlsx", "findings.sarif",
        "findings.xml", "summary.md",
    ]  # fmt: skip


def test_a_file_named_twice_is_judged_once(repo: Path) -> None:
    done = against_main(repo, "company.yaml", "./company.yaml", repo / "company.yaml")
    assert done.stdout.count("company.yaml, 2024 |") == 1


def test_a_base_that_git_gives_in_part_is_refused(repo: Path) -> None:
    (repo / ".gitattributes").write_text("own.yaml export-ignore\n", "utf-8")
    git(repo, "checkout", "-q", "-B", "main")
    commit(repo, "left out")
    done = against_main(repo)
    assert done.exit_code == 2
    assert "git leaves out what .gitattributes marks `export-ignore`" in done.stderr


def test_fail_on_warning(repo: Path) -> None:
    """10 L are a hundredth of the year before: `far-from-last-year`."""
    write(repo, company=COMPANY + LATER.replace("900 L", "10 L"))
    assert against_main(repo).exit_code == 0
    assert against_main(repo, "--fail-on", "warning").exit_code == 1


def test_sections_are_cut_whole_and_the_cut_is_said() -> None:
    sections = [
        Section(f"part {number}", Report((f"part {number}",), (), (Fact("F", (("x " * 1_500,),)),)))
        for number in range(9)
    ]
    head = Report(("passes",), (), ())
    text = summary_markdown(tag_of(["a"]), head, sections, 10_000)
    assert len(text.encode()) <= 10_000
    assert re.findall(r"^## (part \d)$", text, re.MULTILINE) == ["part 0", "part 1"]
    assert (
        "7 sections are left out for want of room: part 2, part 3, part 4, part 5, part 6" in text
    )
    assert "left out" not in summary_markdown(tag_of(["a"]), head, sections, 100_000)


def test_the_tag_is_of_the_set_of_files() -> None:
    assert tag_of(["a", "b"]) == tag_of(["b", "a"]) != tag_of(["a"])
    assert re.fullmatch(r"<!-- ghgcalc-ci [0-9a-f]{16} -->", tag_of(["工厂/公司.yaml"]))


# ---- as hosts render it --------------------------------------------------------------------------


def html(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def test_what_stands_between_backticks_is_code_and_the_rest_as_it_is() -> None:
    odd = "`a|b` `<i>` `` `x` `` *y* `l_o_w` `\\` it`s @you"
    shown = html(summary_markdown("<!-- t -->", Report((), (), (Fact("F", ((odd,),)),)), []))
    item = shown.partition("<li>")[2].partition("</li>")[0]
    assert "<i>" not in item
    assert "<em>" not in item
    words = re.sub(r"</?code>|<!-- -->", "", item)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, sign)
    assert words.replace("`", "") == odd.replace("`", "")
    assert "<code>l_o_w</code>" in item


def test_every_row_of_the_summary_is_a_row_of_its_table(repo: Path) -> None:
    """A name with signs of tables and of HTML breaks none, and figures of a lock are below it."""
    git(repo, "checkout", "-q", "main")
    assert run("lock", cwd=repo).exit_code == 0
    commit(repo, "locked")
    git(repo, "checkout", "-q", "-B", "change")
    write(repo, company=COMPANY.replace("1_000 L", "1_500 L").replace("leeds", "a-b_c"))
    assert run("lock", "--period", "2024", cwd=repo).exit_code == 0
    text = against_main(repo, "--threshold-tonnes", 1).stdout
    shown = html(text)
    assert len(re.findall(r"^\| ---", text, re.MULTILINE)) == shown.count("<table>") > 2
    assert "<code>ghgcalc.lock</code> holds 2024 anew" in shown
    assert "<li><code>scope_1</code> was locked as 2.6 tCO2e" in shown
    assert "`" not in re.sub(r"<!--.*?-->", "", shown)
