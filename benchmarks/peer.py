"""Measure YAML in, results out against the quickest peer: `python -m benchmarks.peer IF_RUN`.

The peer is Impact Framework (`npm install @grnsft/if` gives `node_modules/.bin/if-run`): YAML with
so many inputs, a factor looked up in a CSV, multiplied, added up, written as YAML. Ours are the
same numbers of activities, validated, with units, both Scope 2 methods and every gas, as JSON and
as the terminal report. Wall time, taken in turn; medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate import company_file
from benchmarks.run import command_line, print_table
from benchmarks.tables import measured

_FACTORS = "item,factor\ncn,0.5366\ngb,0.2070\ndiesel,2.51\ncool,1924\n"
_ITEMS = ("cn", "gb", "diesel", "cool")
_HEAD = """\
name: benchmark
description: benchmark
tags:
aggregation:
  metrics: [carbon]
  type: both
initialize:
  plugins:
    lookup:
      method: CSVLookup
      path: builtin
      config:
        filepath: {factors}
        query: {{item: item}}
        output: [factor, factor]
    carbon:
      method: Multiply
      path: builtin
      config:
        input-parameters: [quantity, factor]
        output-parameter: carbon
      parameter-metadata:
        outputs:
          carbon:
            unit: kg
            description: emissions
            aggregation-method: {{time: sum, component: sum}}
tree:
  children:
    site:
      pipeline:
        compute: [lookup, carbon]
      inputs:
"""


def manifest(folder: Path, inputs: int) -> Path:
    """Write the peer's file with so many inputs, alike in size to our activities."""
    factors = folder / "factors.csv"
    factors.write_text(_FACTORS, "utf-8")
    path = folder / f"peer-{inputs}.yml"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_HEAD.format(factors=factors))
        for index in range(inputs):
            day = f"2023-{index % 12 + 1:02d}-{index % 28 + 1:02d}"
            amount = f"{1000 + index * 37 % 90_000}.{index % 100:02d}"
            stream.write(
                f"        - timestamp: {day}T00:00\n          duration: 86400\n"
                f"          item: {_ITEMS[index % len(_ITEMS)]}\n          quantity: {amount}\n"
                f"          evidence: bills/{index}.pdf\n"
            )
    return path


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("if_run", help="the peer's command, such as node_modules/.bin/if-run")
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    lines = [("activities", "output", "wall", "peer", "ratio", "MiB")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in options.counts:
            company = str(company_file(folder / f"{count}.yaml", count))
            peer = (options.if_run, "-m", str(manifest(folder, count)), "-o", str(folder / "peer"))
            ours = {
                style: (*command_line(), "compute", company, "--format", style)
                for style in ("json", "table")
            }
            walls: dict[str, list[float]] = {style: [] for style in ("peer", *ours)}
            memory = dict.fromkeys(ours, 0.0)
            for _ in range(options.runs):
                walls["peer"].append(measured(peer).wall)
                for style, command in ours.items():
                    taken = measured(command)
                    walls[style].append(taken.wall)
                    memory[style] = max(memory[style], taken.memory)
            floor = statistics.median(walls["peer"])
            for style in ours:
                wall = statistics.median(walls[style])
                lines.append((f"{count:,}", style, f"{wall:.2f} s", f"{floor:.2f} s",
                              f"{wall / floor:.2f} x", f"{memory[style]:.0f}"))  # fmt: skip
    print_table(lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
