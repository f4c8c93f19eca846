"""The README is run: its outputs are what the installed command prints, its example is the file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMAND = Path(sys.executable).with_name("ghgcalc")
BLOCK = re.compile(r"<!-- output: (?P<args>[^>]+?) -->\n```text\n(?P<text>.*?)```", re.DOTALL)


def run(args: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(
        [COMMAND, *args.split()],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


def printed(args: str) -> str:
    done = run(args)
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
    assert len(re.findall(r"^python3 -m venv .* && .*pytest -n auto$", text, re.MULTILINE)) == 1


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    text = README.read_text("utf-8")
    for name in ("compute", "check", "explain", "explain-error", "lock", "factors list",
                 "factors show", "factors lint", "factors import"):  # fmt: skip
        done = run(f"{name} --help")
        assert done.returncode == 0, name
        assert len(done.stdout.splitlines()) > 5, name
        assert name.split()[-1] in text


@pytest.mark.parametrize("example", ["minimal", "luxshare", "opulent"])
def test_examples_are_judged_fine(example: str) -> None:
    done = run(f"check examples/{example}/company.yaml")
    assert done.returncode == 0, done.stderr
    assert "0 errors" in done.stdout


def test_the_published_inventory_holds_in_all_cells() -> None:
    done = run("check examples/luxshare/company.yaml")
    assert "21 expectations, 0 errors" in done.stdout


def test_output_is_the_same_twice_and_from_another_folder(tmp_path: Path) -> None:
    company = ROOT / "examples/opulent/company.yaml"
    for kind in ("json", "csv", "md", "txt"):
        for copy in ("one", "two"):
            done = run(f"compute {company} --period 2024 -o {tmp_path}/{copy}.{kind}", tmp_path)
            assert done.returncode == 0, done.stderr
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()
