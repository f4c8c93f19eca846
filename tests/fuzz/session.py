"""One run of the harness: mutants, their commands, counts, and what failed."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .child import Limits, run
from .judge import Fault, judge
from .minimise import minimise
from .mutate import mutant
from .seeds import read_folder, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .child import Ran
    from .mutate import Mutant
    from .seeds import Files, Source, Words

_FEW = 25  # tries of minimising what takes long


@dataclass
class Counts:
    """What was run, and how it ended."""

    mutants: int = 0
    commands: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    mutators: Counter[str] = field(default_factory=Counter)
    exits: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[Fault] = field(default_factory=Counter)
    slowest: float = 0
    largest: int = 0

    def add(self, made: Mutant, words: Words, ran: Ran) -> None:
        """Count one command."""
        self.commands += 1
        end = ran.stopped or str(ran.exit)
        self.exits[made.seed.kind, end] += 1
        self.slowest = max(self.slowest, ran.seconds)
        self.largest = max(self.largest, ran.peak)


class Session:
    """Mutants of one seed, in a folder of its own.

    Attributes:
        counts: what was run so far.
    """

    def __init__(
        self, sources: list[Source], seed: str, folder: Path, *,
        limits: Limits | None = None, say: Callable[[str], object] = print, small: bool = True,
    ) -> None:  # fmt: skip
        self.sources = sources
        self.seed = seed
        self.folder = folder
        self.limits = limits or Limits()
        self.say = say
        self.small = small
        self.counts = Counts()
        self._work = Path(tempfile.mkdtemp(prefix="fuzz-"))

    def close(self) -> None:
        """Remove the working folder."""
        shutil.rmtree(self._work, ignore_errors=True)

    def run(self, numbers: Iterable[int], over: Callable[[], bool]) -> None:
        """Try the mutants of some numbers until the time is over."""
        for number in numbers:
            if over():
                break
            self.one(number)

    def one(self, number: int) -> None:
        """Try one mutant."""
        made = mutant(self.sources, self.seed, number)
        self.counts.mutants += 1
        self.counts.kinds[made.seed.kind] += 1
        self.counts.mutators.update(made.mutators)
        for words in made.commands:
            ran, faults = self.tried(words, made.files)
            self.counts.add(made, words, ran)
            for fault in faults:
                self._failed(fault, number, made, words, ran)

    def tried(self, words: Words, files: Files) -> tuple[Ran, list[Fault]]:
        """Lay a project down, run a command in it and judge."""
        place = self._work / "project"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        write_folder(files, place)
        ran = run(words, place, self.limits)
        return ran, judge(words, files, ran, read_folder(place))

    def _failed(self, fault: Fault, number: int, made: Mutant, words: Words, ran: Ran) -> None:
        """Count a fault; the first of its sort is minimised and kept."""
        self.counts.faults[fault] += 1
        if self.counts.faults[fault] > 1:
            return
        self.say(f"{number}: {fault.kind}: {fault.what} ({made.seed.kind}/{made.seed.name},"
                 f" {', '.join(made.mutators)}): ghgcalc {shlex.join(words)}")  # fmt: skip
        files = made.files
        if self.small:
            tries = _FEW if ran.stopped or ran.seconds > 2 else 250
            files = minimise(files, lambda less: fault in self.tried(words, less)[1], tries=tries)
            ran, _ = self.tried(words, files)
        self._keep(fault, number, words, files, ran)

    def _keep(self, fault: Fault, number: int, words: Words, files: Files, ran: Ran) -> None:
        """Write the failing project and how to repeat it."""
        place = self.folder / fault.name
        shutil.rmtree(place, ignore_errors=True)
        write_folder(files, place / "project")
        again = f"python -m tests.fuzz --seed {self.seed} --only {number}"
        text = (
            f"{fault.kind}: {fault.what}\n\ncd project && ghgcalc {shlex.join(words)}\n"
            f"before it was minimised: {again}\n\n"
            f"exit {ran.exit} {ran.stopped}, {ran.seconds:.1f} s, {ran.peak >> 20} MiB\n\n"
        )
        said = text.encode("utf-8", "replace") + ran.err
        (place / "failure.txt").write_bytes(said)
        self.say(f"  kept in {place}")


def summary(counts: Counts) -> str:
    """The counts as text: by kind of input and exit, by mutator, and the faults."""
    ends = sorted({end for _, end in counts.exits})
    rows = [
        f"{counts.mutants} mutants, {counts.commands} commands, slowest {counts.slowest:.1f} s of"
        f" CPU, largest {counts.largest >> 20} MiB",
        "",
        f"{'kind':<12}{'mutants':>9}" + "".join(f"{'exit ' + end:>10}" for end in ends),
    ]
    for kind in sorted(counts.kinds):
        cells = "".join(f"{counts.exits[kind, end]:>10}" for end in ends)
        rows.append(f"{kind:<12}{counts.kinds[kind]:>9}{cells}")
    rows += ["", *(f"{name:<20}{count:>9}" for name, count in sorted(counts.mutators.items())), ""]
    rows += [f"{count:>6} × {fault.kind}: {fault.what}" for fault, count in counts.faults.items()]
    return "\n".join([*rows, f"{len(counts.faults)} kinds of failure"])
