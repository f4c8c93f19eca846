"""Measure ghgcalc against floors of the same run: `python -m benchmarks.run [--quick]`.

Every row is a median of five runs, taken in turn with its floor, so that a busy moment of the
machine touches both. Only the ratios are comparable between machines.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate import bare_file, company_file, pack_files, table_files

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
STACK = "import typer, pydantic, pint, yaml, rich"
READ = "import sys, yaml; [None for _ in yaml.parse(open(sys.argv[1]), Loader=yaml.CLoader)]"
GROUP = (
    "import sys, polars as pl; pl.scan_csv(sys.argv[1], infer_schema=False)"
    ".with_columns(pl.col('amount').cast(pl.Decimal(38, 9)))"
    ".group_by('site', 'item', 'unit', 'month').agg(pl.col('amount').sum(), pl.len()).collect()"
)


@dataclass(frozen=True)
class Row:
    """One measurement: a command, the floor it is divided by, and what we aim at."""

    what: str
    command: tuple[str, ...]
    floor_name: str
    floor: tuple[str, ...]
    ratio_aim: float | None = None
    wall_aim: float | None = None
    extra_aim: float | None = None


def main() -> int:
    """Measure, print the table, fail where an aim is missed and `--strict` asks for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the large inputs")
    parser.add_argument("--strict", action="store_true", help="exit 1 where an aim is missed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = [judge(row) for row in rows(Path(folder), quick=options.quick)]
    head = ("what", "median", "floor", "median", "ratio", "peak", "aim", "")
    print_table([head, *lines])
    print(f"\nmedian of {RUNS}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    return int(options.strict and any(line[-1] == "missed" for line in lines))


def rows(folder: Path, *, quick: bool) -> list[Row]:
    """The measurements; inputs are written into `folder`."""
    minimal = str(ROOT / "examples" / "minimal" / "company.yaml")
    floor = (sys.executable, "-c", STACK)
    stack = "import the stack"
    script = command_line()
    found = [
        Row("--version", (*script, "--version"), stack, floor, 1.4),
        Row("compute minimal", (*script, "compute", minimal), stack, floor, 1.4),
        activities(folder, script, 10_000, wall=1.4),
        packs(folder, script, 5, 9_000),
    ]
    if not quick:
        found += [
            activities(folder, script, 100_000, wall=7.5, style="table"),
            activities(folder, script, 100_000, wall=7.5),
            table(folder, script, 1_000_000),
        ]
    return found


def command_line() -> tuple[str, ...]:
    """The installed command beside this interpreter, else the module."""
    beside = Path(sys.executable).with_name("ghgcalc")
    if beside.exists():
        return (str(beside),)
    return (sys.executable, "-c", "from ghgcalc.cli.app import main; main()")


def packs(folder: Path, script: tuple[str, ...], count: int, rows_each: int) -> Row:
    """So many own packs of so many rows, beyond the same line without packs."""
    path, bare = str(pack_files(folder, count, rows_each)), str(bare_file(folder))
    return Row(f"{count} packs of {rows_each:,} rows", (*script, "compute", path),
               "no packs", (*script, "compute", bare), extra_aim=0.15)  # fmt: skip


def activities(
    folder: Path, script: tuple[str, ...], count: int, wall: float, style: str = "json"
) -> Row:
    """So many activities in YAML, the inventory as JSON or on the terminal."""
    path = str(company_file(folder / f"{count}.yaml", count))
    return Row(f"{count:,} activities, {style}", (*script, "compute", path, "--format", style),
               "libyaml events", (sys.executable, "-c", READ, path), wall_aim=wall)  # fmt: skip


def table(folder: Path, script: tuple[str, ...], count: int) -> Row:
    """So many rows of CSV."""
    path = str(table_files(folder, count))
    return Row(f"{count:,} rows of CSV", (*script, "compute", path, "--format", "json"),
               "Polars group-by",
               (sys.executable, "-c", GROUP, str(folder / "bills.csv")))  # fmt: skip


def judge(row: Row) -> tuple[str, ...]:
    """Measure a row and say whether its aim is met."""
    ours, floors, peak = [], [], 0
    for _ in range(RUNS):
        floors.append(run(row.floor)[0])
        wall, memory = run(row.command)
        ours.append(wall)
        peak = max(peak, memory)
    wall, floor = statistics.median(ours), statistics.median(floors)
    ratio = wall / floor
    aim, verdict = "", "informative"
    if row.ratio_aim is not None:
        aim, verdict = f"<= {row.ratio_aim} x", "met" if ratio <= row.ratio_aim else "missed"
    elif row.extra_aim is not None:
        aim = f"<= {row.extra_aim} s more"
        verdict = "met" if wall - floor <= row.extra_aim else "missed"
    elif row.wall_aim is not None:
        aim, verdict = f"<= {row.wall_aim} s", "met" if wall <= row.wall_aim else "missed"
    return (row.what, f"{wall:.2f} s", row.floor_name, f"{floor:.2f} s", f"{ratio:.2f} x",
            f"{peak / 2**20:.0f} MiB", aim, verdict)  # fmt: skip


def run(command: tuple[str, ...]) -> tuple[float, int]:
    """Wall time in seconds and peak memory in bytes of one run; a command that fails ends all."""
    with tempfile.TemporaryFile() as words:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=words, cwd=ROOT)
        _, status, used = os.wait4(child.pid, 0)
        taken = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            words.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{words.read()[-2000:].decode()}")
    return taken, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def print_table(lines: list[tuple[str, ...]]) -> None:
    """Print columns, numbers to the right."""
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    right = {1, 3, 4, 5}
    for line in lines:
        cells = (
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    raise SystemExit(main())
