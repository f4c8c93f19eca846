"""Measure tables against the engine's own group-by: `python -m benchmarks.tables [rows …]`.

Wall time, processor time and peak memory of `ghgcalc compute` and of a bare Polars streaming scan,
group-by and Decimal sum of the same file, taken in turn; medians. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate import meter_files
from benchmarks.run import command_line, print_table

FLOOR = (
    "import sys, polars as pl; name = sys.argv[1];"
    "rows = pl.scan_parquet(name) if name.endswith('.parquet')"
    " else pl.scan_csv(name, infer_schema=False);"
    "rows.with_columns(pl.col('quantity').cast(pl.Decimal(38, 9)))"
    ".group_by('site', 'date', 'activity', 'unit').agg(pl.col('quantity').sum(), pl.len())"
    ".collect(engine='streaming')"
)


class Taken(NamedTuple):
    """What one run took: seconds, seconds of all processors, MiB."""

    wall: float
    cpu: float
    memory: float


def measured(command: tuple[str, ...]) -> Taken:
    """Run a command; one that fails ends the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", help="where the inputs are written; default: temporary")
    options = parser.parse_args()
    lines = [("rows", "kind", "wall", "floor", "ratio", "cpu", "floor", "ratio", "MiB")]
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for rows in options.rows:
            for suffix in (".csv", ".parquet"):
                lines.append(line(Path(folder), rows, suffix, options.runs))
            for path in Path(folder).glob("meters-*"):
                path.unlink()
    print_table(lines)
    return 0


def line(folder: Path, rows: int, suffix: str, runs: int) -> tuple[str, ...]:
    """One row of the table."""
    company = meter_files(folder, rows, suffix)
    floor = (sys.executable, "-c", FLOOR, str(folder / f"meters-{rows}{suffix}"))
    floors, ours = [], []
    for _ in range(runs):
        floors.append(measured(floor))
        ours.append(measured((*command_line(), "compute", str(company))))
    wall, cpu = (statistics.median(each[part] for each in ours) for part in (0, 1))
    wall_floor, cpu_floor = (statistics.median(each[part] for each in floors) for part in (0, 1))
    memory = max(each.memory for each in ours)
    return (f"{rows:,}", suffix[1:], f"{wall:.2f} s", f"{wall_floor:.2f} s",
            f"{wall / wall_floor:.2f} x", f"{cpu:.2f} s", f"{cpu_floor:.2f} s",
            f"{cpu / cpu_floor:.2f} x", f"{memory:.0f}")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
