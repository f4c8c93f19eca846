"""The README is run: its outputs are what the command prints, its example is the file."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from support.command import ROOT, installed, run

README = ROOT / "README.md"
BLOCK = re.compile(r"<!-- output: (?P<args>[^>]+?) -->\n```text\n(?P<text>.*?)```", re.DOTALL)


def printed(args: str) -> str:
    done = run(*args.split(), cwd=ROOT)
    return done.stdout + done.stderr


def test_outputs_are_what_the_command_prints(request: pytest.FixtureRequest) -> None:
    text = README.read_text("utf-8")
    current = BLOCK.sub(
        lambda m: f"<!-- output: {m['args']} -->\n```text\n{printed(m['args'])}```", text
    )
    if request.config.getoption("--snapshot-update"):
        README.write_text(current, "utf-8")
    assert len(BLOCK.findall(text)) >= 3
    assert current == README.read_text("utf-8")


def test_the_example_is_the_file() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert (ROOT / "examples/minimal/company.yaml").read_text("utf-8") in blocks


def test_there_are_two_commands_that_do_everything() -> None:
    text = README.read_text("utf-8")
    assert len(re.findall(r"^python3 -m venv .* && .*ghgcalc compute ", text, re.MULTILINE)) == 1
    tested = r"^python3 -m venv .* && .*pytest -n auto --dist worksteal$"
    assert len(re.findall(tested, text, re.MULTILINE)) == 1


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    text = README.read_text("utf-8")
    for name in ("compute", "check", "explain", "explain-error", "lock", "factors list",
                 "factors show", "factors lint", "factors import"):  # fmt: skip
        done = run(*name.split(), "--help")
        assert done.exit_code == 0, name
        assert len(done.stdout.splitlines()) > 5, name
        assert name.split()[-1] in text


@pytest.mark.parametrize("example", ["minimal", "opulent"])
def test_examples_are_judged_fine(example: str) -> None:
    """The README shows how luxshare is judged, and `test_pages.py` that it is."""
    done = run("check", f"examples/{example}/company.yaml", cwd=ROOT)
    assert done.exit_code == 0, done.stderr
    assert "0 errors" in done.stdout


@pytest.mark.parametrize("kind", ["json", "csv", "md", "txt"])
def test_output_is_the_same_twice_and_from_another_folder(kind: str, tmp_path: Path) -> None:
    """Here and in a process whose sets have another order."""
    words = ("compute", ROOT / "examples/opulent/company.yaml", "--period", "2024", "-o")
    done = run(*words, tmp_path / f"one.{kind}", cwd=ROOT)
    assert done.exit_code == 0, done.stderr
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    again = installed(*words, tmp_path / f"two.{kind}", cwd=tmp_path, env={"PYTHONHASHSEED": seed})
    assert again.returncode == 0, again.stderr
    assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()
