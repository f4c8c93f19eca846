"""Draw a seeded sample of mutants of the calculating modules, run it, and print the score.

mutmut makes the mutants and runs the tests; the modules and tests stand in `pyproject.toml`. Only
mutants that change how a figure is found are drawn: comparisons, arithmetic, numbers, branches.
Words are compared elsewhere (`tests/errors`), and a value replaced by None fails anywhere.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import libcst as cst
from mutmut import __main__ as tool
from mutmut.configuration import config
from mutmut.mutation import mutators
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import mangled_name_from_mutant_name

from .named import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator

LEFT_OUT = {
    mutators.operator_string, mutators.operator_assignment, mutators.operator_arg_removal,
    mutators.operator_dict_arguments, mutators.operator_lambda,
}  # fmt: skip
KILLED = (1, 3)  # what pytest exits with where a test fails, or it cannot even run
OPPOSITE = {"min": "max", "max": "min", "any": "all", "all": "any"}


def extremes(node: cst.Call) -> Iterator[cst.Call]:
    """The least for the greatest, one of them for all of them."""
    if isinstance(node.func, cst.Name) and node.func.value in OPPOSITE:
        yield node.with_changes(func=cst.Name(OPPOSITE[node.func.value]))


def choose_operators() -> None:
    """Leave what changes a figure, in the list that the tool reads."""
    kept = [pair for pair in mutators.mutation_operators if pair[1] not in LEFT_OUT]
    mutators.mutation_operators[:] = [*kept, (cst.Call, extremes)]  # type: ignore[index]


def by_file() -> None:
    """Run the test files of a mutant, quick ones first: most die early, and ids cost more."""
    made = tool.get_mutant_runner

    def runner(workers: int = 1) -> Any:
        found = made(workers)
        submit = found.submit

        def submit_files(name: str, tests: list[str], *limits: float) -> None:
            seconds: dict[str, float] = {}
            for test, spent in state().duration_by_test.items():
                file = test.partition("::")[0]
                seconds[file] = seconds.get(file, 0) + spent
            files = {test.partition("::")[0] for test in tests}
            submit(name, sorted(files, key=lambda file: (seconds[file], file)), *limits)

        found.submit = submit_files
        return found

    tool.get_mutant_runner = runner


def mutants() -> list[str]:
    """Every mutant by name; a pattern of modules that finds none is an error."""
    files = [path for path in tool.walk_mutatable_files() if path.suffix == ".py"]
    for pattern in config().only_mutate:
        if not any(path.match(pattern) for path in files):
            sys.exit(f"only_mutate: `{pattern}` names no module")
    return sorted(name for path in files for name in results_of(path))


def results_of(path: Path) -> dict[str, int | None]:
    """Exit code of each mutant of a module; None where it has not run."""
    meta = Path("mutants", f"{path}.meta")
    return json.loads(meta.read_text("utf-8"))["exit_code_by_key"] if meta.exists() else {}


def codes() -> dict[str, int | None]:
    """Exit code of every mutant; those killed before are not run again."""
    found: dict[str, int | None] = {}
    for path in tool.walk_mutatable_files():
        found |= results_of(path)
    return found


def drawn(names: list[str], size: int, seed: int) -> list[str]:
    """The named mutants and a sample of the others, the same for the same code and seed."""
    wanted = [named_mutant(names, *each) for each in NAMED]
    others = sorted(set(names) - set(wanted))
    sample = random.Random(seed).sample(others, min(size - len(wanted), len(others)))
    return sorted({*wanted, *sample})


def named_mutant(names: list[str], function: str, before: str, after: str) -> str:
    """The mutant of a function whose line reads `after` in the place of `before`."""
    for name in names:
        if mangled_name_from_mutant_name(name).rpartition("ǁ")[2].rpartition("x_")[2] != function:
            continue
        lines = get_diff_for_mutant(name).splitlines()[3:]
        old = [line[1:].strip() for line in lines if line.startswith("-")]
        new = [line[1:].strip() for line in lines if line.startswith("+")]
        if [line.replace(before, after) for line in old] == new != old:
            return name
    sys.exit(f"no mutant of `{function}` turns `{before}` into `{after}`")


def report(found: dict[str, int | None]) -> None:
    """Counts by outcome, and the diff of each mutant that lives."""
    counts: dict[str, int] = {}
    for name, code in found.items():
        status = status_by_exit_code[code]
        counts[status] = counts.get(status, 0) + 1
        if status != "killed":
            print(f"\n# {status}: {name}\n{get_diff_for_mutant(name)}")  # noqa: T201
    print(f"\n{len(found)} mutants: {counts}")  # noqa: T201


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="mutants to run")
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--also", nargs="*", default=[], help="more test files, for what lives")
    parser.add_argument("--names", nargs="*", help="these mutants alone")
    return parser.parse_args()


def main() -> None:
    """Make the mutants, run those of the sample that are not killed yet, report."""
    asked = options()
    choose_operators()
    by_file()
    config().pytest_add_cli_args_test_selection.extend(asked.also)
    Path("mutants").mkdir(exist_ok=True)
    tool.copy_src_dir()
    tool.create_mutants(asked.workers)
    every = mutants()
    names = asked.names or drawn(every, asked.sample, asked.seed)
    print(f"{len(names)} of {len(every)} mutants, seed {asked.seed}")  # noqa: T201
    found = {name: code for name, code in codes().items() if name in names}
    alive = [name for name in names if found[name] not in KILLED]
    if alive:
        tool._run(alive, asked.workers)
        found |= {name: code for name, code in codes().items() if name in alive}
    report(found)


if __name__ == "__main__":
    main()
