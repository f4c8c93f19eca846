"""The recipes of docs/python.md run as written, in one session, in a copy of the examples."""

from __future__ import annotations

import doctest
import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import ghgcalc
from support.command import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")
BLOCKS = re.findall(r"^```pycon\n(.*?)^```$", PAGE, re.M | re.S)
LUXSHARE = ROOT / "examples" / "luxshare" / "company.yaml"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the page was run."""
    folder = tmp_path_factory.mktemp("page")
    for name in ("minimal", "luxshare"):
        shutil.copytree(ROOT / "examples" / name, folder / "examples" / name)
    report: list[str] = []
    body = "\n".join(BLOCKS)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        test = doctest.DocTestParser().get_doctest(body, {}, "python.md", None, 0)
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test, out=report.append)
    assert not runner.failures, "".join(report)
    assert runner.tries >= 40
    return folder


def test_the_recipes_run_as_written(session: Path) -> None:
    assert (session / "inventory.xlsx").is_file()


def test_what_they_write_is_what_the_command_writes(session: Path) -> None:
    for name in ("inventory.json", "inventory.csv", "inventory.xlsx"):
        done = run(
            "compute", "examples/minimal/company.yaml", "-o", f"of-command-{name}", cwd=session
        )
        assert done.exit_code == 0, done.stderr
        assert (session / name).read_bytes() == (session / f"of-command-{name}").read_bytes()


def test_the_table_names_each_function_with_its_options() -> None:
    rows = re.findall(r"^\| `ghgcalc\.(\w+)\((.*?)\)` \| `(\w+)` \|", PAGE, re.M)
    assert [name for name, _, _ in rows] == ["load", "compute", "check", "diff"]
    for name, said, result in rows:
        function = getattr(ghgcalc, name)
        code = function.__code__
        options = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        assert tuple(word.strip().rstrip("=") for word in said.split(",")) == options
        assert function.__annotations__["return"] == result
        assert result in ghgcalc.__all__


def test_diff_is_the_difference_of_the_command(tmp_path: Path) -> None:
    from ghgcalc.render.difference import difference_json

    words = ("diff", "2022", "2023@sbt", "--boundary", "operational", "--format", "json",
             "--company", LUXSHARE)  # fmt: skip
    printed = json.loads(run(*words, cwd=tmp_path).stdout)
    found = ghgcalc.diff("2022", "2023@sbt", company=LUXSHARE, boundary="operational")
    assert found.difference is not None
    assert json.loads(difference_json(found.difference)) == printed
    assert {item.code for item in found.diagnostics} == {"instrument-not-applied"}


def test_renames_join_what_has_two_names(tmp_path: Path) -> None:
    """Half of a boiler's gas; boiler and facility have other names in the second file."""
    text = (ROOT / "examples" / "minimal" / "company.yaml").read_text("utf-8")
    half = text.replace("boiler:", "heater:").replace("leeds", "york").replace("120_000", "60_000")
    sides = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for side, body in zip(sides, (text, half), strict=True):
        side.write_text(body, "utf-8")
    apart = ghgcalc.diff(*sides).difference
    joined = ghgcalc.diff(*sides, renames={"boiler": "heater", "leeds": "york"}).difference
    assert apart is not None
    assert joined is not None
    # the meter with three lines of category 3, the boiler with one
    assert len(apart.changes) == 8
    assert len(joined.changes) == 6
    # 60,000 kWh × (0.1829 + 0.03021 upstream) kg less: 12.7866 t
    assert {str(v) for v in joined.causes("location_based").values()} == {"-63933/5000"}


def test_a_side_with_errors_gives_findings_and_no_difference() -> None:
    wrong = ROOT / "tests" / "errors" / "basis-missing" / "company.yaml"
    found = ghgcalc.diff(wrong, ROOT / "examples" / "minimal" / "company.yaml")
    assert found.difference is None
    assert [item.code for item in found.diagnostics] == ["basis-missing"]
    assert {source.path for source in found.sources} >= {"company.yaml"}
    assert ghgcalc.diff(ghgcalc.compute(wrong), ghgcalc.compute(wrong)).difference is None


def test_a_saved_side_is_not_compared_with_one_computed_now(session: Path, tmp_path: Path) -> None:
    from ghgcalc import SideError

    saved = session / "inventory.json"
    both = ghgcalc.diff(saved, saved).difference
    assert both is not None
    assert both.causes("market_based") == {}
    computed = session / "examples" / "minimal" / "company.yaml"
    for other in (computed, ghgcalc.compute(computed), ghgcalc.compute(computed).inventory):
        assert other is not None
        with pytest.raises(SideError, match="computed now"):
            ghgcalc.diff(saved, other)
    with pytest.raises(SideError, match="snapshot_of_workbook"):
        ghgcalc.diff(session / "inventory.xlsx", saved)
    with pytest.raises(SideError, match=r"no period of .*company\.yaml, as there is no such file"):
        ghgcalc.diff("2022", "2023", company=tmp_path / "company.yaml")


@pytest.mark.parametrize("example", ["minimal", "luxshare"])
def test_periods_of_one_loading_are_those_of_the_file(example: str) -> None:
    from ghgcalc.render.json.inventory import render_json

    path = ROOT / "examples" / example / "company.yaml"
    project = ghgcalc.load(path).project
    assert project is not None
    texts = [ghgcalc.compute(side).inventory for side in (project, path, project)]
    first, *others = [render_json(found) for found in texts if found is not None]
    assert others == [first, first]


def test_what_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    missing = tmp_path / "company.yaml"
    results: list[Any] = [ghgcalc.load(missing), ghgcalc.compute(missing), ghgcalc.check(missing)]
    for result in results:
        assert [item.code for item in result.diagnostics] == ["file-not-found"]
        assert result.project is None
    assert not results[-1].holds
    (tmp_path / "company.yaml").write_text("a: [", "utf-8")
    assert [source.path for source in ghgcalc.load(missing).sources] == ["company.yaml"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"period": "last year"}, "bad-date"),
        ({"period": "1999"}, "no-activities"),
        ({"boundary": "sbt"}, "unknown-boundary"),
        ({"approach": "equity"}, "unknown-value"),
    ],
)
def test_what_is_asked_wrongly_is_a_finding(asked: dict[str, Any], code: str) -> None:
    done = ghgcalc.compute(ROOT / "examples" / "minimal" / "company.yaml", **asked)
    assert done.inventory is None
    assert [item.code for item in done.diagnostics] == [code]


def test_an_expectation_that_fails_closes_the_gate() -> None:
    judged = ghgcalc.check(ROOT / "tests" / "errors" / "expectation-failed" / "company.yaml")
    assert "expectation-failed" in {item.code for item in judged.diagnostics}
    assert not judged.holds
