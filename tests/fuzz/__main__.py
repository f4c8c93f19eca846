"""`python -m tests.fuzz --seconds 60`: see `tests.fuzz`."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from .child import warm
from .made_seeds import made
from .seeds import ROOT, sources
from .session import Session, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

_LARGE = "opulent"


def main(words: Sequence[str] | None = None) -> int:
    """Run the harness; 1 where something failed."""
    asked, begun = _options().parse_args(words), time.monotonic()
    if not hasattr(os, "fork"):
        sys.stderr.write("the harness forks a child for each command; this system cannot\n")
        return 2
    found = [s for s in [*sources(), *made()] if asked.seeds in f"{s.kind}/{s.name}"]
    found = [s for s in found if not (asked.small and _LARGE in s.name)]
    if not found:
        sys.stderr.write(f"no seed is named `{asked.seeds}`\n")
        return 2
    warm()
    session = Session(found, asked.seed, asked.out, say=_say, small=not asked.raw)
    numbers = asked.only or itertools.count(asked.first)
    if asked.runs is not None:
        numbers = itertools.islice(numbers, asked.runs)
    try:
        session.run(numbers, lambda: _used(begun, cpu=asked.cpu) >= asked.seconds)
    except KeyboardInterrupt:
        _say("interrupted")
    finally:
        session.close()
    _say(summary(session.counts))
    return 1 if session.counts.faults else 0


def _options() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    made.add_argument(
        "--seconds", type=float, default=float("inf"), help="how long, from the start"
    )
    made.add_argument("--cpu", action="store_true", help="seconds of CPU, not of the clock")
    made.add_argument("--runs", type=int, help="how many mutants")
    made.add_argument("--seed", default="1", help="of the random numbers")
    made.add_argument("--first", type=int, default=0, help="the first mutant")
    made.add_argument("--only", type=int, nargs="+", help="mutants by number, to repeat them")
    made.add_argument("--seeds", default="", help="only seeds whose kind/name holds this")
    made.add_argument("--small", action="store_true", help="leave the largest example out")
    made.add_argument("--out", type=Path, default=ROOT / ".fuzz", help="where failures are kept")
    made.add_argument("--raw", action="store_true", help="keep failures as they are found")
    return made


def _used(begun: float, *, cpu: bool) -> float:
    """Seconds since the start: of the clock, or of CPU with those of all children."""
    return sum(os.times()[:4]) if cpu else time.monotonic() - begun


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
