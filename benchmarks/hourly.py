"""Measure hourly matching: `python -m benchmarks.hourly [--sites 50] [--runs 5]`.

Half-hour readings of so many sites over a year in one file, hourly generation of two plants in
another, `ghgcalc energy` to the terminal; beside it the same company without `hourly:`. Median wall
time, processor time and peak memory. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.run import command_line, print_table
from benchmarks.tables import measured

HALVES = 17_520
_HEAD = """ghgcalc: 1
organization: {name: Hours, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [desnz]
activities:
  power: {facility: site-000, category: purchased_electricity, quantity: 1 MWh, period: 2023}
facilities:
"""
_HOURLY = """hourly:
  britain:
    matching: hourly
    time_zone: ZONE
    consumption:
      meters:
        files: FILE
        columns: {time: time, quantity: kWh, facility: site}
        unit: kWh
        interval: 30 min
    generation:
      plants:
        files: plants.csv
        columns: {time: time, quantity: [wind, solar]}
        unit: MWh
"""


def readings(sites: int, zone: str) -> object:
    """Site by site, as meters are exported; local times without offset where `zone` is not UTC."""
    import polars as pl

    times = pl.datetime_range(
        pl.datetime(2023, 1, 1),
        pl.datetime(2023, 12, 31, 23, 30),
        "30m",
        time_zone="UTC",
        eager=True,
    )
    local = times.dt.convert_time_zone(zone).dt.to_string("%Y-%m-%d %H:%M")
    row = pl.int_range(0, sites * HALVES, dtype=pl.Int64, eager=True)
    frame = pl.DataFrame({"row": row}).with_columns(
        place=pl.col("row") % HALVES, number=pl.col("row") // HALVES
    )
    return frame.select(
        time=local.gather(frame["place"]),
        site=pl.lit("site-") + pl.col("number").cast(pl.String).str.zfill(3),
        kWh=(pl.col("row") * 48271 % 9000).cast(pl.String)
        + pl.lit(".")
        + (pl.col("row") * 7 % 1000).cast(pl.String).str.zfill(3),
    )


def company(folder: Path, sites: int, suffix: str, zone: str) -> Path:
    """The company file and its two tables."""
    import polars as pl

    frame = readings(sites, zone)
    assert isinstance(frame, pl.DataFrame)
    name = f"meters-{zone.replace('/', '-')}{suffix}"
    frame.write_csv(folder / name) if suffix == ".csv" else frame.write_parquet(folder / name)
    hours = frame.head(HALVES).gather_every(2).with_row_index("k")
    hours.select(
        "time",
        wind=(pl.col("k") * 7919 % 400),
        solar=pl.when((pl.col("k") % 24).is_between(7, 17))
        .then(pl.col("k") * 31 % 90)
        .otherwise(0),
    ).write_csv(folder / "plants.csv")
    head = _HEAD + "".join(f"  site-{site:03}: {{country: GB}}\n" for site in range(sites))
    path = folder / f"company-{zone.replace('/', '-')}{suffix}.yaml"
    path.write_text(head + _HOURLY.replace("FILE", name).replace("ZONE", zone), "utf-8")
    (folder / "bare.yaml").write_text(head, "utf-8")
    return path


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=50)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    lines = [("rows", "kind", "clock", "wall", "without", "cpu", "without", "MiB")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix, zone in ((".csv", "UTC"), (".csv", "Europe/London"), (".parquet", "UTC")):
            path = company(folder, options.sites, suffix, zone)
            lines.append(line(path, folder / "bare.yaml", options, suffix, zone))
    print_table(lines)
    return 0


def line(
    path: Path, bare: Path, options: argparse.Namespace, suffix: str, zone: str
) -> tuple[str, ...]:
    """One row of the table; both commands are run in turn."""
    ours, others = [], []
    for _ in range(options.runs):
        others.append(measured((*command_line(), "energy", str(bare))))
        ours.append(measured((*command_line(), "energy", str(path))))
    wall, cpu = (statistics.median(each[part] for each in ours) for part in (0, 1))
    wall_bare, cpu_bare = (statistics.median(each[part] for each in others) for part in (0, 1))
    memory = max(each.memory for each in ours)
    return (f"{options.sites * HALVES:,}", suffix[1:], zone, f"{wall:.2f} s", f"{wall_bare:.2f} s",
            f"{cpu:.2f} s", f"{cpu_bare:.2f} s", f"{memory:.0f}")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
