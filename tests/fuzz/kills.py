"""`python -m tests.fuzz.kills --moments 200`: commands are killed while they write.

Each moment starts a command over an older output, kills it with signal 9, and looks at the target:
it is the old one whole or the new one whole (a folder may be set aside under a draft's name, from
where the next run brings it back). The next run must give the new one and leave no draft.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from .child import Limits, run, start, warm
from .made_seeds import made
from .seeds import COMPANY, ROOT, read_folder, write_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .seeds import Files, Words

_DRAFT = ".ghgcalc-"
_LIMITS = Limits(cpu=60, wall=120)


@dataclass(frozen=True)
class Job:
    """A command that writes one output.

    Attributes:
        name: of the kind of output.
        words: the command.
        target: the file or folder that it writes.
        before: the project that the older output is made of; None where there is none.
        after: the project that the newer one is made of.
    """

    name: str
    words: Words
    target: str
    before: Files | None
    after: Files


_OUT: dict[str, Words] = {
    "JSON": ("compute", COMPANY, "-o", "out.json"),
    "CSV": ("compute", COMPANY, "-o", "out.csv"),
    "Markdown": ("compute", COMPANY, "-o", "out.md"),
    "text": ("energy", COMPANY, "-o", "out.txt"),
    "workbook": ("compute", COMPANY, "-o", "out.xlsx"),
    "ledger CSV": ("lines", COMPANY, "-o", "ledger.csv"),
    "ledger Parquet": ("lines", COMPANY, "-o", "ledger.parquet"),
    "lock": ("lock", COMPANY, "--upgrade"),
    "template": ("template", COMPANY, "-o", "t.xlsx", "--facility", "kunshan", "--period", "2024"),
    "comparison JSON": ("diff", "2023", "2024", "-o", "change.json"),
    "comparison CSV": ("diff", "2023", "2024", "-o", "change.csv"),
    "comparison MD": ("diff", "2023", "2024", "-o", "change.md"),
    "comparison book": ("diff", "2023", "2024", "-o", "change.xlsx"),
}


def jobs() -> list[Job]:
    """A command for every kind of output, and for every writer of a kind."""
    opulent = read_folder(ROOT / "examples/opulent")
    older = _with(opulent, "sites/kunshan.yaml", b"14_000 GJ", b"13_999 GJ")
    older = _with(older, "sites/abroad.yaml", b"quantity: 9_400 MWh", b"quantity: 9_399 MWh")
    older = _with(older, COMPANY, b"Opulent Precision Group", b"Older Group")
    found = [Job(name, words, _target(words), older, opulent) for name, words in _OUT.items()]
    return [*found, _import_job(), *_pack_jobs()]


def _with(files: Files, name: str, old: bytes, new: bytes) -> Files:
    assert old in files[name], (name, old)
    return {**files, name: files[name].replace(old, new)}


def _target(words: Words) -> str:
    return words[words.index("-o") + 1] if "-o" in words else "ghgcalc.lock"


def _import_job() -> Job:
    """The activity file of a filled-in workbook; the older one comes from a longer quantity."""
    (source,) = [s for s in made() if (s.kind, s.name) == ("template", "opulent")]
    files = source.seed.files
    words = ("import", "site.xlsx", COMPANY, "-o", "import.yaml")
    older = _with(
        files, "sites/kunshan.yaml", b"gas_masses: {NF3: 12.4 kg", b"gas_masses: {NF3: 99 kg"
    )
    return Job("activity file", words, "import.yaml", older, files)


def _pack_jobs() -> list[Job]:
    (source,) = [s for s in made() if (s.kind, s.name) == ("mapping", "csv")]
    files = source.seed.files
    older = _with(_with(files, "grid.csv", b"111.50", b"99.25"), "mapping.yaml", b'"1"', b'"0"')
    words = ("factors", "import", "table", "mapping.yaml", "grid.csv", "-o", "own")
    new = ("factors", "new", "own.yaml")
    return [Job("pack", words, "own", older, files), Job("new pack", new, "own.yaml", None, {})]


# ---- one moment ---------------------------------------------------------------------------------


class Kills:
    """A job with its old and new outputs, killed again and again.

    Attributes:
        counts: of what was found.
        torn: what must not be, in words.
    """

    def __init__(self, job: Job, folder: Path) -> None:
        self.job = job
        self.folder = folder
        self.counts: Counter[str] = Counter()
        self.torn: list[str] = []
        self.old = self._made(job.before) if job.before is not None else {}
        begun = time.monotonic()
        self.new = self._made(job.after)
        self.seconds = time.monotonic() - begun
        if not self.new or self.new == self.old:
            raise SystemExit(f"{job.name}: old and new do not differ")

    def _lay(self, files: Files) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        write_folder(files, self.folder)

    def _made(self, files: Files) -> Files:
        """What the job writes for a project."""
        self._lay(files)
        self._finish()
        return self._output()

    def _finish(self) -> None:
        done = run(self.job.words, self.folder, _LIMITS)
        if done.exit != 0:
            raise SystemExit(f"{self.job.name}: {done}")

    def _output(self) -> Files:
        target = self.job.target
        inside = read_folder(self.folder)
        return {n: c for n, c in inside.items() if n == target or n.startswith(f"{target}/")}

    def _drafts(self) -> list[Path]:
        return sorted(self.folder.rglob(f"{_DRAFT}*"))

    def once(self, rng: Random) -> bool:
        """One moment: at a random time, or a random time after the draft appeared.

        Returns:
            Whether the command was killed; False where it had ended before.
        """
        self._lay({**self.job.after, **self.old})
        pid, ended = self._start()
        if rng.random() < 0.5:
            time.sleep(rng.random() * self.seconds * 1.05)
        else:
            self._until_draft(pid)
            time.sleep(rng.random() ** 3 * 0.04)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        os.close(ended)
        killed = os.WIFSIGNALED(status)
        self.counts["killed" if killed else "had ended"] += 1
        if killed:
            self._look()
        elif self._output() != self.new or self._drafts():
            self.torn.append(f"{self.job.name}: a run that was not killed left {self._drafts()}")
        return killed

    def _start(self) -> tuple[int, int]:
        with tempfile.TemporaryFile() as out:
            return start(self.job.words, self.folder, out, out, _LIMITS)

    def _until_draft(self, pid: int) -> None:
        """Wait until a draft is there, or the command has ended."""
        place = (self.folder / self.job.target).parent
        latest = time.monotonic() + 60
        while time.monotonic() < latest:
            if any(name.startswith(_DRAFT) for name in os.listdir(place)):  # noqa: PTH208
                return
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                return

    def _look(self) -> None:
        """Judge what a killed run left, and what the next run makes of it."""
        found, drafts = self._output(), self._drafts()
        self.counts["drafts left"] += bool(drafts)
        if found == self.new:
            self.counts["new whole"] += 1
        elif found == self.old:
            self.counts["old whole"] += 1
        elif not found and any(
            read_folder(p) == self._inside(self.old) for p in drafts if p.is_dir()
        ):
            self.counts["old set aside"] += 1
        else:
            self.torn.append(f"{self.job.name}: {sorted(found)} beside {drafts}")
        self._inputs()
        if self.job.name == "new pack" and found:  # it is never overwritten
            (self.folder / self.job.target).unlink()
        self._finish()
        if self._output() != self.new or self._drafts():
            self.torn.append(f"{self.job.name}: the next run leaves {self._drafts()}")

    def _inside(self, files: Files) -> Files:
        return {name.partition("/")[2]: content for name, content in files.items()}

    def _inputs(self) -> None:
        now = read_folder(self.folder)
        for name, content in self.job.after.items():
            if now.get(name) != content and name != self.job.target:
                self.torn.append(f"{self.job.name}: the input {name} was changed")


def main(words: Sequence[str] | None = None) -> int:
    """Kill every job in turn; 1 where something was torn."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz.kills")
    options.add_argument("--moments", type=int, default=200, help="how many kills")
    options.add_argument("--seed", default="1", help="of the random moments")
    asked = options.parse_args(words)
    warm()
    rng = Random(asked.seed)
    work = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        all_jobs = [Kills(job, work / "project") for job in jobs()[: asked.moments]]
        for number in range(asked.moments):
            while not all_jobs[number % len(all_jobs)].once(rng):
                pass  # it had ended before
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sys.stdout.write(_report(all_jobs))
    return 1 if any(job.torn for job in all_jobs) else 0


def _report(all_jobs: Sequence[Kills]) -> str:
    """The counts by kind of output."""
    names = ("killed", "had ended", "old whole", "new whole", "old set aside", "drafts left")
    rows = [f"{'output':<16}" + "".join(f"{name:>15}" for name in names)]
    total: Counter[str] = Counter()
    for job in all_jobs:
        total.update(job.counts)
        rows.append(f"{job.job.name:<16}" + "".join(f"{job.counts[n]:>15}" for n in names))
    rows.append(f"{'together':<16}" + "".join(f"{total[name]:>15}" for name in names))
    torn = [text for job in all_jobs for text in job.torn]
    return "\n".join([*rows, "", f"{len(torn)} torn", *torn, ""])


if __name__ == "__main__":
    raise SystemExit(main())
