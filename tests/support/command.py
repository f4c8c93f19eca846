"""The command line, run in the process of the test, and the installed command.

`run` costs a tenth of a process of its own and gives what that prints: tests/test_commands.py
compares the two, command by command. A test starts `installed` only where it is about the process:
signals, closed streams, encodings, hash seeds, a folder that is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from ghgcalc.cli.app import command_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typer.testing import Result

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = Path(sys.executable).with_name("ghgcalc")
# whatever the terminal of the tests is; help is two narrower: 80, as in typer's runner
PLAIN = {"NO_COLOR": "1", "COLUMNS": "82"}


def run(*words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Result:
    """What the command gives: `exit_code`, `stdout`, `stderr`, and `output`, both as they came.

    An exception that the command lets out is a bug and fails the test where it was raised.

    Args:
        words: the arguments; paths and numbers are written as texts.
        cwd: the working folder; that of the test where none is given.
        env: variables beside those of the test.
    """
    texts = [str(word) for word in words]
    with chdir(cwd or Path.cwd()):
        return CliRunner(env={**PLAIN, **(env or {})}).invoke(
            command_line(texts[0] if texts else ""), texts, prog_name="ghgcalc",
            catch_exceptions=False,
        )  # fmt: skip


def installed(
    *words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The installed command in a process of its own, with `run`'s arguments."""
    return subprocess.run(
        [INSTALLED, *(str(word) for word in words)], cwd=cwd,
        env={**os.environ, **PLAIN, **(env or {})},
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


def verified(*words: object) -> tuple[int, dict[str, Any]]:
    """The exit code of `verify` and what it says as JSON."""
    done = run("verify", *words, "--format", "json")
    return done.exit_code, json.loads(done.stdout)
