"""Companies that several tests compute."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ghgcalc.core.text.document import load_document
from ghgcalc.pipeline.run import compute
from support.command import ROOT

if TYPE_CHECKING:
    from ghgcalc.pipeline.run import Run

CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))
ERRORS = ROOT / "tests" / "errors"
ERROR_FOLDERS = sorted(
    path.name for path in ERRORS.iterdir() if path.is_dir() and not path.name.startswith("_")
)
EXAMPLES = ("minimal", "luxshare", "opulent")
# own factors in `own.yaml` beside it: 2 t and 1 t of a process, 30 t of power
COMPANY = """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [own.yaml]
facilities: {leeds: {country: GB}, york: {country: GB}}
activities:
  process: {facility: leeds, category: process_emissions, item: etch, period: 2024,
            quantity: 1000 kg}
  other: {facility: york, category: process_emissions, item: etch, period: 2024, quantity: 500 kg}
  power: {facility: leeds, category: purchased_electricity, period: 2024, quantity: 100 MWh}
"""
PACK = """
pack: own
title: Own factors
factors:
  etch: {category: process_emissions, item: etch, per: kg, gases: {CO2: 2 kg}, source: lab}
  grid: {category: purchased_electricity, kind: grid_average, per: MWh, region: GB, year: 2024,
         gases: {CO2: 300 kg, CH4: 0 kg, N2O: 0 kg}, source: operator}
"""
# a site that fills in a template
SITE = """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}, york: {country: GB}}
activities:
  boiler: {facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2024,
           quantity: 120_000.250 kWh gross, evidence: [a.pdf, "b, c.pdf"], note: "=1+1: \\"x\\" #y"}
  meter-2023: {facility: leeds, category: purchased_electricity, period: 2023,
               quantity: 250 MWh}
  pv-2023: {facility: leeds, category: self_generated_electricity, attributes: kept,
            period: 2023, quantity: 10 MWh}
  other: {facility: york, category: purchased_electricity, period: 2024, quantity: 1 MWh}
"""


def activities_of(path: Path) -> Any:
    """Activities as the loader reads them: keys and texts."""
    return load_document(path).value.root.get("activities")


@cache
def example_run(name: str, period: str | None = None, boundary: str | None = None) -> Run:
    """An example of the project, computed once a process, for tests that only look at it."""
    return compute(ROOT / "examples" / name / "company.yaml", period=period, boundary=boundary)


@cache
def cases() -> dict[str, dict[str, Any]]:
    """The worked examples of `tests/cases` by name, as written; read once a process."""
    return {path.stem: load_yaml(path) for path in CASES}


def load_yaml(path: Path) -> Any:
    """A YAML file as libyaml reads it, ten times as quick as `yaml.safe_load`."""
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


_RUNS: dict[tuple[object, ...], Run] = {}


def compute_once(path: str | Path, **asked: Any) -> Run:
    """`compute`, once a process for the same file, as named from the same folder, and question.

    For files that no test changes: the command's ways of writing one inventory are looked at, and
    each of them computes it anew.
    """
    key = (Path.cwd(), str(path), *sorted(asked.items()))
    if key not in _RUNS:
        _RUNS[key] = compute(path, **asked)
    return _RUNS[key]
