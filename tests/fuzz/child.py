"""One command in a forked child: what it said, how it ended, and what it cost.

A fork costs a few milliseconds where a new interpreter costs half a second, and lets a hang be
killed and memory be measured. The parent must stay without threads, so it never reads a table.
"""

from __future__ import annotations

import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from ghgcalc.cli.app import main, script

from .seeds import COMPANY, ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

MIB = 1 << 20
POLL = 0.02
CRASHED = 70  # an exception that the command line did not catch


@dataclass(frozen=True)
class Limits:
    """What one command may take.

    Attributes:
        cpu: seconds of processor time; on a busy machine these may last much longer.
        wall: seconds without any progress, for a command that waits for ever.
        memory: bytes resident.
        file: bytes of the largest file it may write.
    """

    cpu: int = 10
    wall: float = 60
    memory: int = 1024 * MIB
    file: int = 2048 * MIB


@dataclass(frozen=True)
class Ran:
    """What a command did.

    Attributes:
        exit: its exit code; None where a limit or a signal ended it.
        stopped: `hang`, `memory` or `signal N`; empty otherwise.
        out: standard output.
        err: standard error.
        seconds: processor time.
        peak: bytes resident at most.
    """

    exit: int | None
    stopped: str
    out: bytes
    err: bytes
    seconds: float
    peak: int


_WARM = (
    "check c.yaml", "compute c.yaml -o a.json", "compute c.yaml -o a.xlsx", "explain c.yaml boiler",
    "diff c.yaml c.yaml", "energy c.yaml --format markdown", "verify a.xlsx c.yaml", "lock c.yaml",
    "template c.yaml -o t.xlsx --facility leeds --period 2024", "import t.xlsx c.yaml",
    "factors new own.yaml", "factors lint own.yaml",
)  # fmt: skip


def warm() -> None:
    """Load what most commands need, once, before the first fork; no command with tables."""
    os.environ["GHGCALC_TRACEBACK"] = "1"
    os.environ["POLARS_MAX_THREADS"] = "1"
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples/minimal/bills", Path(folder, "bills"))
        shutil.copy(ROOT / "examples/minimal" / COMPANY, Path(folder, "c.yaml"))
        os.chdir(folder)
        try:
            for words in _WARM:
                _quietly(words.split())
        finally:
            os.chdir(before)


def _quietly(words: Sequence[str]) -> None:
    kept = sys.argv, sys.stdout, sys.stderr
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        sys.argv, sys.stdout, sys.stderr = ["ghgcalc", *words], nowhere, nowhere
        try:
            main()
        except SystemExit as ended:
            if ended.code:
                raise RuntimeError(f"warming up: {words} ended with {ended.code}") from None
        finally:
            sys.argv, sys.stdout, sys.stderr = kept


def run(words: Sequence[str], folder: Path, limits: Limits | None = None) -> Ran:
    """Run `ghgcalc WORDS` inside a folder."""
    limits = limits or Limits()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid, ended = start(words, folder, out, err, limits)
        stopped = _watch(pid, ended, limits)
        os.close(ended)
        _, status, used = os.wait4(pid, 0)
        out.seek(0)
        err.seek(0)
        peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        if not stopped and os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            stopped = "hang" if number == signal.SIGXCPU else f"signal {number}"
        if not stopped and peak > limits.memory:
            stopped = "memory"
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        seconds = used.ru_utime + used.ru_stime
        return Ran(code, stopped, out.read(), err.read(), seconds, peak)


def start(
    words: Sequence[str], folder: Path, out: BinaryIO, err: BinaryIO, limits: Limits
) -> tuple[int, int]:
    """Fork the command; its process and a pipe that closes when it ends."""
    sys.stdout.flush()
    sys.stderr.flush()
    ended, held = os.pipe()
    pid = os.fork()
    if pid:
        os.close(held)
        return pid, ended
    try:
        os.close(ended)
        _child(words, folder, out, err, limits)
    finally:
        os._exit(CRASHED)


def _child(
    words: Sequence[str], folder: Path, out: BinaryIO, err: BinaryIO, limits: Limits
) -> NoReturn:
    """The command, in the child, which it ends."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    os.chdir(folder)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["ghgcalc", *words]
    try:
        script()
    except BaseException:  # noqa: BLE001 - whatever leaves the program is what is looked for
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(CRASHED)


def _watch(pid: int, ended: int, limits: Limits) -> str:
    """Wait for the end of a child; kill it at a limit and say which."""
    latest, used = time.monotonic() + limits.wall, ""
    while not select.select([ended], [], [], POLL)[0]:
        stopped = "memory" if _resident(pid) > limits.memory else ""
        now, last = time.monotonic(), used
        used = _progress(pid)
        if used != last or used.startswith("R"):
            latest = now + limits.wall
        if now > latest:
            stopped = "hang"
        if stopped:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            return stopped
    return ""


def _progress(pid: int) -> str:
    """State and processor time of a process; empty where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return " ".join((fields[0], *fields[11:13]))


def _resident(pid: int) -> int:
    """Bytes resident now; 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()
