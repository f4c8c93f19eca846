"""Every command block of the README and of docs/ is typed, and what it shows is what is printed."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from support.command import ROOT
from support.pages import CUT, Filled, Session, Typed, Written, fences, fits, steps

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
GENERATED = {
    "docs/errors.md",
    "docs/factors.md",
    "docs/coverage.md",
}  # no commands of their own: tests of the pages
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
         for path in (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))}  # fmt: skip
MINIMAL = {"company.yaml": "examples/minimal/company.yaml", "bills": "examples/minimal/bills"}
# what a page stands in: folders and files of the repository by the name they have there
STARTS: dict[str, dict[str, str]] = {
    "README.md": {"examples": "examples", **MINIMAL},
    "docs/ci.md": {**MINIMAL, "a": "examples/minimal", "b": "examples/minimal"},
    "docs/query.md": {"examples/minimal": "examples/minimal"},
}
COMMITTED = {"docs/ci.md"}  # as the branch main of a repository
_SET_UP = "sets up an environment from a package index; .ci/run types it"
# what is shown and not typed, and why; `*` at the end stands for the rest of a line
NOT_RUN: dict[str, str] = {
    "python3 -m venv .venv && .venv/bin/pip install -q . && "
    ".venv/bin/ghgcalc compute examples/minimal/company.yaml": _SET_UP,
    'python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && '
    ".venv/bin/pytest -n auto --dist worksteal": _SET_UP,
    "python3 -m venv .venv && . .venv/bin/activate && pip install .": _SET_UP,
    "ghgcalc factors import table mapping.yaml grid.csv -o factors/made-up":
        "the files stand below it; tests/test_docs.py imports them",
    "ghgcalc factors import aib residual.xlsx -o factors/aib-2024 --set year=2024 --set kind=xlsx "
    "--set sheet=Residual": "a licensed table that nobody may pass on",
    "python -m benchmarks.*": "measures for minutes",
    'python -m cProfile -s cumulative "$(command -v ghgcalc)" compute company.yaml --format json':
        "prints times",
    "check-jsonschema --schemafile .ghgcalc/company.schema.json company.yaml":
        "another program; tests/schemas holds every example against the schemas with it",
}  # fmt: skip
RUN = sorted(name for name, text in PAGES.items()
             if any(isinstance(step, Typed) for step in steps(text)))  # fmt: skip
_TYPED = re.compile(
    r"^(?:\$ |ghgcalc |git |pip |pipx |uv |\.venv/|python3? |check-jsonschema )", re.M
)
SYSTEMS = ("GITHUB_", "CI_", "BITBUCKET_", "SYSTEM_", "CHANGE_", "GIT_")


def _entry(line: str) -> str | None:
    """The entry of NOT_RUN that a line is under."""
    return next((entry for entry in NOT_RUN if line == entry
                 or (entry.endswith("*") and line.startswith(entry[:-1]))), None)  # fmt: skip


def _folder(page: str, folder: Path) -> Path:
    for name, source in STARTS.get(page, {}).items():
        path = ROOT / source
        if path.is_dir():
            shutil.copytree(path, folder / name, dirs_exist_ok=True)
        else:
            shutil.copy(path, folder / name)
    return folder


@pytest.fixture(autouse=True)
def _no_ci_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader's shell: what `ghgcalc ci` reads of the system that runs the tests is not there."""
    for name in [name for name in os.environ if name.startswith(SYSTEMS)]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("page", RUN)
def test_what_a_page_types_prints_what_it_shows(
    page: str, tmp_path: Path, snapshot_update: bool
) -> None:
    text = PAGES[page]
    session = Session(_folder(page, tmp_path))
    if page in COMMITTED:
        session.type("git init --quiet -b main && git add . && git commit --quiet -m 2024")
        assert session.code == 0
    todo = steps(text)
    answers: dict[int, list[str]] = {}
    for place, step in enumerate(todo):
        if isinstance(step, Written):
            session.write(step)
            continue
        if isinstance(step, Filled):
            session.fill(step)
            continue
        if _entry(step.line):
            continue
        printed = session.type(step.line).splitlines()
        where = f"{page}:{step.place}: $ {step.line}"
        if step.shown is not None and not fits(step.shown, printed):
            rewritten = snapshot_update and CUT not in step.shown
            assert rewritten, "\n".join([where, "shown:", *step.shown, "printed:", *printed])
            answers[step.place] = printed
        then = todo[place + 1] if place + 1 < len(todo) else None
        if not (isinstance(then, Typed) and then.line == "echo $?"):
            assert session.code == 0, "\n".join([where, *printed])
    if answers:
        (ROOT / page).write_text(_with(text, answers), "utf-8")


def _with(text: str, answers: dict[int, list[str]]) -> str:
    """A page with what is printed today, where nothing of it is cut."""
    rows = text.split("\n")
    for place in sorted(answers, reverse=True):
        end = place
        while not rows[end].startswith(("$ ", "```")):
            end += 1
        rows[place:end] = answers[place]
    return "\n".join(rows)


def test_what_is_not_typed_stands_in_a_page() -> None:
    shown = {step.line for text in PAGES.values() for step in steps(text)
             if isinstance(step, Typed)}  # fmt: skip
    assert set(NOT_RUN) - {_entry(line) for line in shown} == set()


@pytest.mark.parametrize("page", sorted(set(PAGES) - GENERATED))
def test_no_command_hides_in_another_block(page: str) -> None:
    assert not re.search(r"^(?: +`{3}| *~{3})", PAGES[page], re.M), "a fence begins its line"
    for kind, title, body, line in fences(PAGES[page]):
        if kind not in ("console", "sh") and not title:
            assert not _TYPED.search(body), f"{page}:{line}: a command belongs in `console` or `sh`"


@pytest.mark.parametrize(("shown", "printed", "same"), [
    (["a", "b"], ["a", "b"], True),
    (["a"], ["a", "b"], False),
    (["a", CUT], ["a", "b"], True),
    ([CUT, "b"], ["a", "b"], True),
    (["a", CUT, "b"], ["a", "b"], True),
    (["a", CUT, "a"], ["a"], False),
    ([CUT, "b", CUT], ["a", "b", "c"], True),
    ([CUT, "c", CUT, "b", CUT], ["a", "b", "c"], False),
])  # fmt: skip
def test_a_cut_stands_for_lines(shown: list[str], printed: list[str], same: bool) -> None:
    assert fits(tuple(shown), printed) is same
