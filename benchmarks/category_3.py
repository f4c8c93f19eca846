"""Measure what deriving category 3 costs: `python -m benchmarks.category_3 [lines]`.

Wall time, processor time and peak memory of `ghgcalc compute` on a table of as many lines of gas
and power, with and without `derive: off`, taken in turn; medians. The aim is 1.3 times.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.run import command_line, print_table
from benchmarks.tables import measured

HEAD = """\
ghgcalc: 1
organization: {name: Bench, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
"""
OFF = "scope_3: {fuel_and_energy_related: {derive: off, reason: measured without}}\n"
TABLE = """\
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, quantity: qty, unit: unit, period: month}
    items:
      gas: {category: stationary_combustion, fuel: natural_gas}
      power: {category: purchased_electricity}
"""
ITEMS = (("gas", "kWh gross"), ("power", "kWh"))


def files(folder: Path, lines: int) -> tuple[Path, Path]:
    """A company file that derives and one that does not, over the same bills by month."""
    chance = random.Random(lines)
    sites = [f"s{number}" for number in range(max(lines // 24, 1))]
    rows = [
        f"{site},{item},{chance.randint(100, 99_999)},{unit},2024-{month:02}"
        for site in sites
        for month in range(1, 13)
        for item, unit in ITEMS
    ]
    (folder / "bills.csv").write_text("\n".join(["site,what,qty,unit,month", *rows, ""]), "utf-8")
    places = "facilities:\n" + "".join(f"  {site}: {{country: GB}}\n" for site in sites)
    derives, without = folder / "derives.yaml", folder / "without.yaml"
    derives.write_text(HEAD + places + TABLE, "utf-8")
    without.write_text(HEAD + OFF + places + TABLE, "utf-8")
    return derives, without


def main() -> int:
    """Measure and print; 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", nargs="?", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        derives, without = files(Path(folder), options.lines)
        ours, floors = [], []
        for _ in range(options.runs):
            floors.append(measured((*command_line(), "compute", str(without))))
            ours.append(measured((*command_line(), "compute", str(derives))))
    ratio = statistics.median(t.cpu for t in ours) / statistics.median(t.cpu for t in floors)
    row = [f"{options.lines:,}"]
    for name in ("wall", "cpu", "memory"):
        row += [
            f"{statistics.median(getattr(t, name) for t in each):.2f}" for each in (ours, floors)
        ]
    print_table([("lines", "wall", "without", "cpu", "without", "MiB", "without", "ratio"),
                 (*row, f"{ratio:.2f}")])  # fmt: skip
    return int(ratio > 1.3)


if __name__ == "__main__":
    raise SystemExit(main())
