"""The fuzzing harness sees what it looks for: its judge, its minimiser, its limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.child import Ran
from fuzz.judge import judge
from fuzz.minimise import minimise

ROOT = Path(__file__).parents[2]
FILES = {"company.yaml": b"a: 1\nb: 2\n"}
PLACED = "company.yaml:2:1: error[unknown-key]: `b`\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the harness forks")


def ran(code: int | None = 1, err: str = PLACED, out: str = "", stopped: str = "") -> Ran:
    return Ran(code, stopped, out.encode(), err.encode("utf-8", "surrogateescape"), 0.1, 1)


def finding(**place: object) -> str:
    item = {"code": "bad-date", "path": "company.yaml", "line": 1, "column": 1, **place}
    return f"imported\n{json.dumps([item], indent=2)}\n"


CRASH = """Traceback (most recent call last):
  File "/x/src/ghgcalc/load.py", line 3, in read
KeyError: 'a'
internal error: KeyError: 'a'; this is a bug
"""


@pytest.mark.parametrize(("done", "said"), [
    (ran(), []),
    (ran(0, ""), []),
    (ran(2, "Error: no such file\n"), []),
    (ran(3, CRASH), ["crash: KeyError load.py:read"]),
    (ran(1, "thread '<unnamed>' panicked at src/lib.rs\n"), ["crash: panic outside"]),
    (ran(3), ["exit: check 3"]),
    (ran(None, "", stopped="hang"), ["hang: check hang"]),
    (ran(None, "", stopped="signal 11"), ["signal: check signal 11"]),
    (ran(1, "error[bad-date]: when\n"), ["no place: bad-date nowhere"]),
    (ran(1, ""), ["silent: check 1"]),
    (ran(2, "Usage: ghgcalc\n"), ["silent: check 2"]),
    (ran(0, "", out="a\x1b[31m"), ["dirty text: check"]),
    (ran(0, "", out="\u202eabc"), ["dirty text: check"]),
])  # fmt: skip
def test_what_is_a_failure(done: Ran, said: list[str]) -> None:
    found = judge(("check", "company.yaml"), FILES, done, FILES)
    assert [f"{fault.kind}: {fault.what}" for fault in found] == said


@pytest.mark.parametrize(("place", "said"), [
    ({}, []),
    ({"line": 3}, []),  # the empty line after the last line end
    ({"line": 4}, ["bad-date past the end"]),
    ({"line": 0}, ["bad-date without a line"]),
    ({"line": None}, ["bad-date without a line"]),
    ({"path": ""}, ["bad-date nowhere"]),
    ({"path": "bills.xlsx:Sheet", "line": 7}, []),
])  # fmt: skip
def test_a_finding_names_a_place_that_can_be_opened(
    place: dict[str, object], said: list[str]
) -> None:
    words = ("check", "company.yaml", "--diagnostics", "json")
    found = judge(words, FILES, ran(1, finding(**place)), FILES)
    assert [fault.what for fault in found] == said


def test_inputs_stay_and_outputs_are_the_ones_asked_for() -> None:
    words = ("compute", "company.yaml", "-o", "out.csv")
    assert not judge(words, FILES, ran(), {**FILES, "out.csv": b"x"})
    for after, said in (
        ({"company.yaml": b"a: 1\n"}, "changed company.yaml"),
        ({}, "removed company.yaml"),
        ({**FILES, "ghgcalc.lock": b""}, "left ghgcalc.lock"),
        ({**FILES, ".ghgcalc-0123.7.part": b""}, "left a draft"),
    ):
        assert [fault.what for fault in judge(words, FILES, ran(), after)] == [f"compute {said}"]
    assert not judge(("lock", "company.yaml"), FILES, ran(), {**FILES, "ghgcalc.lock": b""})


def test_a_failing_project_is_made_small() -> None:
    lines = [f"key-{number}: value\n" for number in range(40)]
    files = {"company.yaml": "".join(lines).encode(), "bills.csv": b"a,b\n1,2\n", "own.yaml": b"x"}
    small = minimise(files, lambda made: b"key-7" in made.get("company.yaml", b""))
    assert small == {"company.yaml": b"key-7"}
    assert minimise(files, lambda made: made == files) == files


LIMITS = """
import os, sys, time
from pathlib import Path
from tests.fuzz import child
def hang():
    while True: pass
def wait(): time.sleep(60)
def grow():
    kept = []
    while True: kept.append(bytes(8 << 20))
def leave(): raise BaseException("panic")
def end(): sys.stdout.write("said"); sys.stdout.flush(); os._exit(1)
limits = child.Limits(cpu=1, wall=1.5, memory=256 << 20)
for child.script in (hang, wait, grow, leave, end):
    done = child.run(["check"], Path("."), limits)
    print(done.stopped or done.exit, done.out.decode(), done.err.decode().split("\\n")[-2:][0])
"""


def test_the_limits_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ends = [line.rstrip() for line in done.stdout.splitlines()]
    assert ends == ["hang", "hang", "memory", "70  BaseException: panic", "1 said"]


def test_the_same_seed_gives_the_same_mutants() -> None:
    script = (
        "from tests.fuzz.mutate import mutant; from tests.fuzz.seeds import sources\n"
        "found = [mutant(sources(), '7', n) for n in range(30)]\n"
        "print([(m.mutators, m.commands, sorted(m.files.items())) for m in found])"
    )
    texts = {
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True,
                       env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(texts) == 1
    assert len(texts.pop()) > 10_000


def test_a_short_run(tmp_path: Path) -> None:
    words = ["--runs", "4", "--seed", "test", "--out", str(tmp_path), "--seeds", "case/"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *words], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("4 mutants")
    assert "0 kinds of failure" in done.stdout
