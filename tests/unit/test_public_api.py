"""The public names: what `from ghgcalc import …` gives in a fresh interpreter."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import ghgcalc

ROOT = Path(ghgcalc.__file__).parent
MINIMAL = Path(__file__).resolve().parents[2] / "examples" / "minimal" / "company.yaml"
NAMES = sorted(ghgcalc.__all__)


def fresh(code: str) -> str:
    """What the code prints in an interpreter that has imported nothing of ghgcalc."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


# DESNZ 2024: 120,000 kWh gross × 0.1829 kg = 21.948 t = 5487/250 t
@pytest.mark.parametrize(
    "first",
    [
        "from ghgcalc import compute",
        "import ghgcalc.pipeline.run; from ghgcalc import compute",
        "import ghgcalc; compute = ghgcalc.compute",
        "from ghgcalc import *; import ghgcalc.pipeline.check; from ghgcalc import compute",
    ],
)
def test_compute_is_a_function_and_can_be_called_twice(first: str) -> None:
    twice = "; ".join(
        [
            first,
            f"runs = [compute({str(MINIMAL)!r}) for _ in range(2)]",
            f"import ghgcalc; runs.append(ghgcalc.compute({str(MINIMAL)!r}))",
            "print(*(str(run.inventory.totals.scope_1) for run in runs))",
        ]
    )
    assert fresh(twice).split() == ["5487/250"] * 3


@pytest.mark.parametrize("order", [1, -1])
def test_every_name_is_imported_first_in_either_order(order: int) -> None:
    """One line each: what a name needs, it imports itself, whatever was imported before."""
    lines = [f"from ghgcalc import {name}; print({name!r})" for name in NAMES[::order]]
    assert fresh("\n".join(lines)).split() == NAMES[::order]


@pytest.mark.parametrize("name", ["load", "check", "compute", "diff"])
def test_each_function_is_called_twice_first(name: str) -> None:
    """First of all names in a process, and again after its module and the others' were imported."""
    sides = [str(MINIMAL)] * (2 if name == "diff" else 1)
    said = fresh(
        f"import ghgcalc; ghgcalc.{name}(*{sides}); import ghgcalc.cli.app,"
        f" ghgcalc.pipeline.check, ghgcalc.pipeline.run, ghgcalc.analysis.compare.comparison;"
        f"print(ghgcalc.{name}(*{sides}).diagnostics)"
    )
    assert said.split() == ["()"]


def test_public_names_are_what_their_homes_define() -> None:
    after = (
        "import ghgcalc.cli.app, ghgcalc.pipeline.run, ghgcalc.pipeline.check,"
        " ghgcalc.activity_data.tables.polars_engine.engine"
    )
    said = fresh(
        f"{after}; import ghgcalc, types;"
        f"print(*(n for n in {NAMES!r} if isinstance(getattr(ghgcalc, n), types.ModuleType)))"
    )
    assert said.split() == []
    assert {"load", "compute", "check", "diff", "Diagnostic", "Inventory"} <= set(NAMES)


def public_names(package: Path) -> set[str]:
    """Names that the `__init__` of a package defines, imports from elsewhere, or lists."""
    tree = ast.parse((package / "__init__.py").read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            found |= {str(name) for name in ast.literal_eval(node.value)}
    return found


def submodules(package: Path) -> set[str]:
    return {path.stem for path in package.glob("*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }


PACKAGES = sorted(path.parent for path in ROOT.rglob("__init__.py"))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_submodule_bears_a_public_name(package: Path) -> None:
    assert not (public_names(package) - {"annotations"}) & submodules(package)


def test_packages_were_found() -> None:
    assert len(PACKAGES) >= 10
    assert set(NAMES) <= public_names(ROOT)
