"""The house: twelve rooms, one direction, no circle (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1] / "src" / "ghgcalc"
ROOMS = ("core", "factors", "methods", "company", "activity_data", "calculation", "inventory",
         "pipeline", "analysis", "views", "render", "cli")  # fmt: skip
FACES = ("views", "render")
# what views and renderers may know of a calculation
RESULTS = ("calculation.results.", "calculation.formula", "calculation.lock.",
           "calculation.factor_card")  # fmt: skip
HIDDEN = ("activity_data", "methods", "pipeline")
POLARS = "activity_data.tables.polars_engine."
HEAVY = ("pydantic", "pint", "polars", "rich", "openpyxl", "yaml", "xlsxwriter", "numpy",
         "python_calamine")  # fmt: skip


class Import(NamedTuple):
    """One import of a name: who, whom, where; under `TYPE_CHECKING` and in functions as well."""

    importer: str
    imported: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported} {self.name}".rstrip()


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name] = path
    return found


MODULES = modules()


def _imports(name: str) -> Iterator[Import]:
    """The imports of ghgcalc's own modules by one module."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}:{node.lineno}: imports are written out"
            for alias in node.names:
                yield from _import(name, node, node.module or "", alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from _import(name, node, alias.name, "")


def _import(name: str, node: ast.stmt, base: str, what: str) -> Iterator[Import]:
    if base.split(".")[0] != "ghgcalc":
        return
    inner = base.removeprefix("ghgcalc").removeprefix(".")
    for found in (f"{inner}.{what}".strip("."), inner or "__init__"):
        for module in (found, f"{found}.__init__"):
            if module in MODULES:
                yield Import(name, module, node.lineno, what if module.startswith(inner) else "")
                return


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@cache
def every() -> tuple[Import, ...]:
    return tuple(item for name in MODULES for item in _imports(name))


def room(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def test_the_root_holds_the_rooms_alone() -> None:
    assert {room(name) for name in MODULES} == {"__init__", *ROOMS}
    assert [name for name in MODULES if "." not in name] == ["__init__"]


def test_rooms_use_those_before_them() -> None:
    """Imports for types and inside functions count: what is named is known."""
    wrong = {
        (item.importer, item.imported): str(item)
        for item in every()
        if "__init__" not in (item.importer, item.imported)
        and ROOMS.index(room(item.imported)) > ROOMS.index(room(item.importer))
    }
    assert list(wrong.values()) == []


def test_no_module_leads_back_to_itself() -> None:
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for item in every():
        if item.importer not in (item.imported, "__init__"):
            graph[item.importer].add(item.imported)
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


def test_nobody_takes_a_private_name() -> None:
    wrong = [
        str(item) for item in every() if item.name.startswith("_") and item.name != "__version__"
    ]
    assert not wrong


def test_faces_show_and_never_compute() -> None:
    wrong = [
        str(item)
        for item in every()
        if room(item.importer) in FACES
        and (room(item.imported) in HIDDEN or room(item.imported) == "calculation")
        and not item.imported.startswith(RESULTS)
    ]
    assert not wrong


def test_one_engine_of_tables_knows_polars() -> None:
    wrong = []
    for name in MODULES:
        for node in ast.walk(tree(name)):
            said = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            said += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(text.split(".")[0] == "polars" for text in said) and not name.startswith(POLARS):
                wrong.append(name)
    assert not wrong


PAGE = (ROOT.parents[1] / "docs" / "architecture.md").read_text("utf-8")


def _rows(mark: str) -> list[list[str]]:
    """The cells of the table after a mark of the page, without its heading."""
    table = PAGE.split(f"<!-- {mark} -->\n")[1].split("\n\n")[0]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]


def test_the_page_says_of_each_room_what_its_first_line_says() -> None:
    said = [(name.strip("`"), sentence) for name, sentence in _rows("rooms")]
    code = {name: ast.parse(MODULES[f"{name}.__init__"].read_text("utf-8")) for name in ROOMS}
    assert said == [(name, ast.get_docstring(code[name])) for name in ROOMS]
    assert [name for name in ROOMS if len(code[name].body) != 1] == []  # the sentence alone


def test_the_page_names_modules_and_registries_that_exist() -> None:
    paths = re.findall(r"`((?!tests/)[\w/]+(?:\.py|/))`", PAGE)
    assert len(paths) > 40
    assert [text for text in paths if not (ROOT / text).exists()] == []
    for _, registry, _ in _rows("registries"):
        name, path = re.findall(r"`([^`]+)`", registry)
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        targets = [
            target
            for node in tree.body
            for target in (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AnnAssign)
                else []
            )
        ]
        assert name in {ast.unparse(target) for target in targets}, registry


def test_the_page_names_what_faces_may_know() -> None:
    said = PAGE.split("<!-- results -->")[1].split(" alone")[0]
    assert {f"calculation.{name}" for name in re.findall(r"`(\w+)`", said)} == {
        text.rstrip(".") for text in RESULTS
    }


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
    for node in _run_at_import(tree(name)):
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
    limit = 400
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= limit


def _filled_lists(source: ast.AST) -> Iterator[str]:
    """Parameters that are lists and are added to by the function which was handed them."""
    for function in ast.walk(source):
        if not isinstance(function, ast.FunctionDef):
            continue
        given = function.args
        lists = {
            one.arg
            for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)
            if one.annotation is not None and ast.unparse(one.annotation).startswith("list[")
        }
        for node in ast.walk(function):
            filled: ast.AST | None = None
            if isinstance(node, ast.AugAssign):
                filled = node.target
            elif isinstance(node, ast.Attribute) and node.attr in ("append", "extend", "insert"):
                filled = node.value
            if isinstance(filled, ast.Name) and filled.id in lists:
                yield f"{function.name}({filled.id}) in line {node.lineno}"


@pytest.mark.parametrize("name", MODULES)
def test_nobody_fills_the_list_of_a_caller(name: str) -> None:
    """What a function finds is what it returns; a class may add to its own state."""
    assert list(_filled_lists(tree(name))) == []


def test_a_filled_list_is_seen() -> None:
    text = "def f(a: list[int], b: list[int], c: set[int]) -> None:\n    a.append(1)\n    b += [2]"
    assert set(_filled_lists(ast.parse(text))) == {"f(a) in line 2", "f(b) in line 3"}


def test_functions_stay_small() -> None:
    """A function over 60 lines does two things."""
    long = [
        f"{name}.{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for name in MODULES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= 60
    ]
    assert long == []
