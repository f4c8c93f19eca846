"""Imports run one way: every module may use those of earlier layers, never of later ones."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1] / "src" / "ghgcalc"
# one line is one layer; a trailing dot stands for every module of a package
LAYERS = (
    (
        "__init__",
        "archives",
        "controls",
        "diagnostics",
        "codes",
        "codes_choice",
        "codes_scope_2",
        "digits",
        "numbers",
        "paths",
        "panics",
        "progress",
        "said",
        "scratch",
        "scripts",
        "spelling",
        "whole_files",
    ),
    (
        "sheet_layout",
        "source",
        "unit_table",
        "unit_sizes",
        "unit_hints",
        "unit_errors",
        "units",
        "gas_units",
        "gases",
        "gas_hints",
    ),
    ("plain_yaml", "strict_yaml", "yaml_keys"),
    ("yaml_text",),
    ("model.",),
    ("load", "findings", "figures"),
    ("factors.", "checks.", "validate", "markets"),
    ("printed_units", "bridges", "heating_values", "convert", "gas_volumes"),
    ("accept_hints",),
    ("accept", "consolidate", "contracts", "allocate", "rates", "lockfile", "lock_text"),
    ("candidates", "stated", "order", "admit", "criteria", "locked"),
    ("ties", "fuel_hints", "offers", "refused"),
    ("resolve", "arithmetic", "tables."),
    ("steam",),
    ("derived_masses",),
    ("energy", "refrigerants"),
    ("expand", "pieces", "factor_card", "recipe", "readings", "estimates"),
    ("stated_rates", "combustion_co2"),
    ("own_values",),
    ("demand", "pricing", "instruments", "leak_rates"),
    ("supplier_rates", "statements"),
    (
        "alike",
        "market",
        "tabular",
        "hourly",
        "assemble",
        "drift",
        "disclosures",
        "base_scope_2",
        "held",
        "periods",
        "kept_rules",
        "spread",
    ),
    ("describe", "lines", "wide"),
    ("pipeline",),
    ("evidence", "ledger", "project_files"),
    ("compare.", "collect."),
    ("views.",),
    ("render.",),
    ("cli.",),
)
# read only when a command or a test asks for it: beside the line, each may use what it needs
BESIDE = ("factors.importers.",)
HEAVY = ("pydantic", "pint", "polars", "rich", "openpyxl", "yaml", "xlsxwriter", "numpy",
         "python_calamine")  # fmt: skip
FACES = ("views", "render")
CORE = {"resolve", "arithmetic", "pipeline", "pricing", "market", "allocate", "expand", "pieces",
        "validate", "load", "assemble"}  # fmt: skip


class Import(NamedTuple):
    """One import statement: who, whom, where, and whether it runs when the module is read."""

    importer: str
    imported: str
    line: int
    eager: bool


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name] = path
    return found


MODULES = modules()


def _typing_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _statements(node: ast.AST, *, eager: bool = True) -> Iterator[tuple[ast.stmt, bool]]:
    for child in ast.iter_child_nodes(node):
        if _typing_only(child):
            for other in getattr(child, "orelse", []):
                yield from _statements(other, eager=eager)
            continue
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, eager
        yield from _statements(child, eager=eager and not inside)


def _named(statement: ast.stmt, package: str) -> Iterator[str]:
    """Absolute names of modules (or of things inside them) that a statement imports."""
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom):
        base = statement.module or ""
        if statement.level:
            kept = package.split(".")[: len(package.split(".")) - statement.level + 1]
            base = ".".join([*kept, base] if base else kept)
        for alias in statement.names:
            inner = f"{base}.{alias.name}".removeprefix("ghgcalc.")
            known = inner in MODULES or f"{inner}.__init__" in MODULES
            yield f"{base}.{alias.name}" if known else base


def imports(name: str) -> Iterator[Import]:
    """The imports of ghgcalc's own modules by one module."""
    package = ".".join(["ghgcalc", *name.split(".")[:-1]])
    for statement, eager in _statements(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        for target in _named(statement, package):
            if target == "ghgcalc" or target.startswith("ghgcalc."):
                inner = target.removeprefix("ghgcalc").removeprefix(".") or "__init__"
                if inner not in MODULES and f"{inner}.__init__" in MODULES:
                    inner = f"{inner}.__init__"
                yield Import(name, inner, statement.lineno, eager)


ALL = [item for name in MODULES for item in imports(name)]


def layer(name: str) -> int | None:
    """The layer of a module; None where it stands beside the line."""
    if any(name.startswith(entry) for entry in BESIDE):
        return None
    for place, entries in enumerate(LAYERS):
        for entry in entries:
            if name == entry or (entry.endswith(".") and name.startswith(entry)):
                return place
    return None


@pytest.mark.parametrize("name", MODULES)
def test_every_module_has_its_layer(name: str) -> None:
    beside = any(name.startswith(entry) for entry in BESIDE)
    assert beside or layer(name) is not None or "." not in name, f"{name} is in no layer"


# top-level modules that are not on the list are allowed, as long as nobody below `cli` knows them
UNPLACED = sorted(name for name in MODULES if layer(name) is None and "." not in name)


def test_imports_run_one_way() -> None:
    wrong = []
    for item in ALL:
        mine, theirs = layer(item.importer), layer(item.imported)
        if mine is not None and theirs is not None and theirs > mine:
            wrong.append(f"{item.importer}:{item.line} imports {item.imported}")
    assert not wrong


def test_new_modules_stand_above_the_line_or_are_placed() -> None:
    wrong = [
        f"{i.importer}:{i.line} imports {i.imported}: place it in LAYERS"
        for i in ALL
        if i.imported in UNPLACED
        and layer(i.importer) is not None
        and (layer(i.importer) or 0) < layer("pipeline")
    ]  # type: ignore[operator]
    assert not wrong


def test_no_cycles_when_modules_are_read() -> None:
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for item in ALL:
        target = item.imported
        if item.eager and target in graph and target != item.importer:
            graph[item.importer].add(target)
    for name, targets in graph.items():  # `from package import module` names the module itself
        targets -= {t for t in targets if t.endswith("__init__") and name.startswith(t[:-8])}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"cycle: {' -> '.join((*path[path.index(name) :], name))}"
        if name in done:
            return
        for target in sorted(graph[name]):
            visit(target, (*path, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_nobody_imports_the_command_line() -> None:
    wrong = [
        f"{i.importer}:{i.line}"
        for i in ALL
        if i.imported.split(".")[0] == "cli" and i.importer.split(".")[0] != "cli"
    ]
    assert not wrong


def test_faces_show_and_never_compute() -> None:
    """`views` and `render` know the inventory's types; what made it they may only name in types."""
    wrong = [
        f"{i.importer}:{i.line} imports {i.imported}"
        for i in ALL
        if i.importer.split(".")[0] in FACES and i.imported.split(".")[0] in CORE
    ]
    assert not wrong


def test_the_engine_of_tables_is_the_only_one_that_knows_polars() -> None:
    wrong = []
    for name, path in MODULES.items():
        for statement, _ in _statements(ast.parse(path.read_text(encoding="utf-8"))):
            if any(t.split(".")[0] == "polars" for t in _named(statement, "ghgcalc")) and (
                not name.startswith("tables.")
            ):
                wrong.append(f"{name}:{statement.lineno}")
    assert not wrong


READERS = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "exists", "is_dir",
           "is_file", "resolve", "stat"}  # fmt: skip


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in child.decorator_list:
                yield from _run_at_import(decorator)
            continue
        if isinstance(child, ast.If) and "__name__" in ast.unparse(child.test):
            continue
        if not isinstance(child, ast.Lambda):
            yield child
            yield from _run_at_import(child)


@pytest.mark.parametrize("name", MODULES)
def test_no_file_is_read_at_import_time(name: str) -> None:
    for node in _run_at_import(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            assert word not in READERS, f"{name}:{node.lineno} calls {word}"


def _loaded_by(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stdout.split()}


@pytest.mark.parametrize("module", ["ghgcalc", "ghgcalc.cli.app", "ghgcalc.core.codes.registry"])
def test_starting_up_is_light(module: str) -> None:
    bare = _loaded_by("import typer" if "cli" in module else "pass")
    assert not (_loaded_by(f"import {module}") - bare) & set(HEAVY)


def test_computing_small_files_needs_no_table_engine() -> None:
    loaded = _loaded_by("import ghgcalc.pipeline.run")
    assert not loaded & {"polars", "openpyxl", "rich", "xlsxwriter", "numpy", "typer"}


@pytest.mark.parametrize("name", MODULES)
def test_modules_stay_short(name: str) -> None:
    limit = 640 if name in ("model.fuels", "codes") else 460
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= limit
