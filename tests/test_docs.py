"""The reference pages agree with the code: every key, unit, fuel, gap, figure and worked number.

`docs/format.md` marks its tables with comments such as `<!-- model: Facility -->`; each is compared
with the model. YAML blocks are loaded by the library. In `docs/methods.md` a block after
`<!-- company: NAME -->` is computed, and each figure of the table after `<!-- checked: NAME -->` is
compared at its printed digits; `pycon` blocks run as doctests.
"""

from __future__ import annotations

import doctest
import json
import pkgutil
import re
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from pydantic import BaseModel

from ghgcalc import methods
from ghgcalc.activity_data.tables.formats.registry import FILE_FORMATS
from ghgcalc.calculation.lock import model as lock_models
from ghgcalc.calculation.scope_2.allocate import LEVELS
from ghgcalc.calculation.scope_2.instruments import needed_criteria
from ghgcalc.company import (
    activity,
    base_year,
    check_choice,
    hourly,
    instrument,
    lists,
    organization,
    read,
    readings,
    scope_3,
    table,
)
from ghgcalc.company.company import SECTIONS
from ghgcalc.company.figure_names import figure_names
from ghgcalc.company.instrument import Gap, InstrumentType
from ghgcalc.company.table import COLUMNS
from ghgcalc.core.codes.registry import CODES
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.numbers import rounded
from ghgcalc.core.text.document import load_document
from ghgcalc.core.unit_table import ALIASES, AMBIGUOUS, CURRENCIES, NATURAL
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.dimensions import taken
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors import fuel_properties
from ghgcalc.factors import model as factor_models
from ghgcalc.factors.importers import mapping as import_models
from ghgcalc.factors.importers.mapping_read import bundled_mappings
from ghgcalc.factors.importers.table import import_table
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.inventory.expectations import figure_value
from ghgcalc.methods import keys, uses
from ghgcalc.pipeline.check_choices import BY_CODE
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render import coverage_page, factors_page
from ghgcalc.render.registry import FINDING_FORMATS, FORMATS, KINDS
from ghgcalc.render.schemas import pages as schema_pages

ROOT = Path(__file__).resolve().parent.parent
PAGES = {name: (ROOT / "docs" / name).read_text("utf-8")
         for name in ("format.md", "methods.md", "scope-3.md", "decisions.md", "python.md",
                      "architecture.md")}  # fmt: skip
PAGES |= {name: (ROOT / name).read_text("utf-8") for name in ("CONTRIBUTING.md", "CHANGELOG.md")}
FORMAT = PAGES["format.md"] + PAGES["scope-3.md"]
METHODS = PAGES["methods.md"] + PAGES["scope-3.md"]
OF_METHODS = tuple(import_module(f"{methods.__name__}.{found.name}")
                   for found in pkgutil.iter_modules(methods.__path__))  # fmt: skip
MODULES = (organization, activity, *OF_METHODS, fuel_properties, lists, read, readings, table,
           hourly, instrument, base_year, check_choice, scope_3, factor_models, import_models,
           lock_models)  # fmt: skip
MODELS: dict[str, type[BaseModel]] = {
    name: found
    for module in MODULES
    for name, found in vars(module).items()
    if isinstance(found, type) and issubclass(found, BaseModel)
    and found.__module__ == module.__name__
    and found not in (activity.ActivityKeys, lists.Listing, lists.Entries,
                      lock_models.LockedValues, scope_3.Scope3, keys.MethodKeys, keys.AmountKeys,
                      uses.OneUse)
}  # fmt: skip
METHOD_KEYS = {"location_based", "market_based"}
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"(?:<!-- company: (?P<mark>[\w-]+) -->\n+)?"
                    r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$",
                    re.M | re.S)  # fmt: skip


class Fence(NamedTuple):
    """A fenced block: language, file it stands for, text, its mark and its line."""

    kind: str
    file: str
    body: str
    mark: str
    line: int


def fences(page: str) -> list[Fence]:
    """Every fenced block of a page."""
    return [
        Fence(m["kind"], m["file"] or "", m["body"], m["mark"] or "",
              page.count("\n", 0, m.start("body")) + 1)
        for m in _FENCE.finditer(page)
    ]  # fmt: skip


def rows_after(page: str, mark: str) -> list[list[str]]:
    """Cells of the table that follows a mark, without its heading."""
    assert page.count(mark) == 1, f"{mark} stands {page.count(mark)} times"
    lines = page[page.index(mark) :].splitlines()[1:]
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("|"):
            found.append([cell.strip() for cell in _CELL_BREAK.split(line)[1:-1]])
        elif found:
            break
    return found[2:]


def code_of(cell: str) -> list[str]:
    """The texts in code font of a cell."""
    return re.findall(r"`([^`]+)`", cell)


def names_after(mark: str) -> list[str]:
    """First-column names of a table."""
    return [name for row in rows_after(FORMAT, mark) for name in code_of(row[0])]


# ---- the format's vocabulary ---------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_field_is_described(name: str) -> None:
    rows = rows_after(FORMAT, f"<!-- model: {name} -->")
    fields = {info.alias or key: info for key, info in MODELS[name].model_fields.items()}
    # a table reads in the order in which people write the keys, whatever class holds them
    assert sorted(code_of(row[0])[0] for row in rows) == sorted(fields)
    for row in rows:
        info = fields[code_of(row[0])[0]]
        assert (row[2] == "required") == info.is_required(), f"{name}.{row[0]}: {row[2]}"
        assert row[1], f"{name}.{row[0]} has no type"
        assert row[3], f"{name}.{row[0]} has no meaning"


@pytest.mark.parametrize("name", sorted(MODELS))
def test_choices_are_described(name: str) -> None:
    rows = {code_of(row[0])[0]: row for row in rows_after(FORMAT, f"<!-- model: {name} -->")}
    for key, info in MODELS[name].model_fields.items():
        shown = " ".join(rows[info.alias or key][1:])
        for choice in _choices(info.annotation):
            if (name, key) in {("Instrument", "type"), ("Accept", "gap")}:
                continue  # a table of their own
            assert f"`{choice}`" in shown, f"{name}.{key}: `{choice}` is not named"


def _choices(annotation: Any) -> list[str]:
    if getattr(annotation, "__origin__", None) is not None and "Literal" in str(
        annotation.__origin__
    ):
        return [str(choice) for choice in get_args(annotation)]
    return [choice for inner in get_args(annotation) for choice in _choices(inner)]


def test_sections() -> None:
    assert names_after("<!-- sections -->") == list(SECTIONS)
    required = {row[0].strip("`") for row in rows_after(FORMAT, "<!-- sections -->")
                if row[2] == "required"}  # fmt: skip
    assert required == {"ghgcalc", "organization"}


def test_headings_of_named_formats() -> None:
    rows = {
        code_of(row[0])[0]: code_of(row[2]) for row in rows_after(FORMAT, "<!-- file formats -->")
    }
    assert rows == {name: list(form.headings) for name, form in FILE_FORMATS.items()}


def test_gaps() -> None:
    assert names_after("<!-- gaps -->") == list(get_args(Gap))


def test_checks_that_files_change() -> None:
    changed = {name: check for name, check in BY_CODE.items() if check.severity != Severity.ERROR}
    assert [(code_of(row[0])[0], *row[1:]) for row in rows_after(FORMAT, "<!-- checks -->")] == [
        (
            name, check.severity.value, "yes" if check.plausibility else "no",
            "; ".join(f"`{s.name}` ({s.default}): {s.meaning}" for s in check.settings) or "none",
        )
        for name, check in changed.items()
    ]  # fmt: skip
    start = FORMAT.index("Checks whose findings are errors")
    listed = code_of(FORMAT[start : FORMAT.index("\n\n", start)])
    assert listed == [name for name in BY_CODE if name not in changed]


def test_instrument_types() -> None:
    rows = rows_after(FORMAT, "<!-- instrument types -->")
    assert {code_of(row[0])[0] for row in rows} == set(get_args(InstrumentType))
    for kind, level, criteria in rows:
        name = code_of(kind)[0]
        assert int(level) == LEVELS[name], name
        first, _, more = criteria.partition(", ")
        low, high = map(int, first.split("–"))
        assert (*range(low, high + 1), *([int(more)] if more else [])) == needed_criteria(name)


def test_columns_of_tables() -> None:
    assert names_after("<!-- columns -->") == list(COLUMNS)


def test_output_formats() -> None:
    shown = [(code_of(row[0])[0], tuple(code_of(row[1])), row[2].split(", "))
             for row in rows_after(FORMAT, "<!-- formats -->")]  # fmt: skip
    assert shown == [
        (form.name, form.suffixes,
         [kind for kind in KINDS if form.serves(kind)] + ["ledger"] * form.ledger)
        for form in FORMATS
    ]  # fmt: skip
    said = FORMAT.partition("<!-- formats -->")[0].rpartition("## Output formats")[2]
    assert " or ".join(f"`{name}`" for name in FINDING_FORMATS) in said


def test_figures() -> None:
    named = names_after("<!-- figures -->")
    patterns = {re.sub(r"<metric>", "revenue", name) for name in named}
    single = {c.id for c in CATEGORIES.values() if c.scope != 2}
    for figure in figure_names({"revenue": None}):
        category, _, method = figure.partition(".")
        pattern = figure
        if category in CATEGORIES:
            pattern = "<category>" if category in single else f"<category>.{method}"
        assert pattern in patterns, figure


def test_categories() -> None:
    shown = {
        code_of(line)[0]: [c.strip() for c in line.split("|")[2:-1]]
        for line in FORMAT.splitlines()
        if line.startswith("| `")
        and code_of(line)[0] in CATEGORIES
        and re.match(r"\|[^|]+\| \d \|[^|]*\|[^|]+\|$", line)
    }
    assert shown == {
        c.id: [str(c.scope), str(c.number or ""), c.heading] for c in CATEGORIES.values()
    }


def test_what_categories_take() -> None:
    rows = rows_after(FORMAT, "<!-- takes -->")
    assert {name: row[1] for row in rows for name in code_of(row[0])} == {
        category: taken(category) for category in CATEGORIES
    }


def test_fuels() -> None:
    section = FORMAT[FORMAT.index("\n## Fuels\n") : FORMAT.index("\n## Gases and blends\n")]
    rows = [[c.strip() for c in line.split("|")[1:-1]] for line in section.splitlines()
            if line.startswith("| `")]  # fmt: skip
    shown = [(code_of(r[0])[0], r[1], r[2], r[3] == "yes", tuple(code_of(r[4]))) for r in rows]
    assert shown == [(f.id, f.name, f.phase, f.biogenic, f.aliases) for f in FUELS.values()]


def _unit_rows() -> list[list[str]]:
    first = FORMAT.index("| unit | measures |")
    section = FORMAT[first : FORMAT.index("### Texts that are refused")]
    return [[c.strip() for c in line.split("|")[1:-1]] for line in section.splitlines()
            if line.startswith("| `")]  # fmt: skip


def test_units_have_their_exact_size() -> None:
    rows = _unit_rows()
    assert {code_of(row[0])[0] for row in rows} == NATURAL
    for name, _, size, _ in rows:
        unit = parse_unit(name.strip("`"))
        if size == "base unit":
            assert unit.size == 1, name
            continue
        number, _, of = size.partition(" ")
        assert Fraction(number) == ratio(unit, parse_unit(of)), name


def test_unit_aliases_and_currencies() -> None:
    shown = {alias: code_of(row[0])[0] for row in _unit_rows() for alias in code_of(row[3])}
    assert shown == {alias: unit for alias, unit in ALIASES.items() if unit in NATURAL}
    for name in (*CURRENCIES, *(a for a, unit in ALIASES.items() if unit in CURRENCIES)):
        assert f"`{name}`" in FORMAT, name


def test_ambiguous_units() -> None:
    section = FORMAT[FORMAT.index("### Texts that are refused") : FORMAT.index("### Own units")]
    rows = [[c.strip() for c in line.split("|")[1:-1]] for line in section.splitlines()
            if line.startswith("| `")]  # fmt: skip
    shown = {code_of(text)[0]: tuple(code_of(choices)) for text, choices in rows}
    assert shown == {name: tuple(u for u, _ in choices) for name, choices in AMBIGUOUS.items()}


def test_bundled_packs_are_listed() -> None:
    for pack in bundled_packs():
        assert f"`{pack}`" in FORMAT, pack


def test_the_page_of_the_packs_is_up_to_date(snapshot_update: bool) -> None:
    if snapshot_update:
        factors_page.write(ROOT)
    assert (ROOT / "docs" / "factors.md").read_text("utf-8") == factors_page.page()


def test_the_page_of_the_coverage_is_generated(snapshot_update: bool) -> None:
    if snapshot_update:
        coverage_page.write(ROOT)
    written = (ROOT / "docs" / "coverage.md").read_text("utf-8")
    assert written == coverage_page.page(), "python -m ghgcalc.render.coverage_page"


def test_the_schemas_are_up_to_date(snapshot_update: bool) -> None:
    """`python -m ghgcalc.render.schemas.pages` writes them from the models and this reference."""
    if snapshot_update:
        schema_pages.write(ROOT)
    made = dict(schema_pages.pages(ROOT))
    folder = ROOT / "docs" / "schema"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")} == set(made)
    for path, text in made.items():
        assert (folder / path).read_text("utf-8") == text, path


def test_codes_that_are_named_exist() -> None:
    words = set(re.findall(r"\(`([a-z][a-z0-9]*(?:-[a-z0-9]+)+)`", FORMAT + METHODS))
    words -= {"sbti-v5"}
    assert words
    assert words - set(CODES) == set()


def test_json_keys(tmp_path: Path) -> None:
    from ghgcalc.render.json.inventory import render_json

    (minimal,) = [f for f in fences(FORMAT) if f.body.startswith("ghgcalc: 1\n\norganization:\n"
                                                                "  name: Minimal")]  # fmt: skip
    run = compute(_write(tmp_path, "format.md", minimal.body))
    assert run.inventory is not None
    shown = json.loads(render_json(run.inventory))
    assert names_after("<!-- json -->") == list(shown)
    section = FORMAT[FORMAT.index("<!-- json -->") :]
    line = shown["lines"][0]
    part = line["location_based"]["parts"][0]
    for record in (shown["totals"], shown["by_gas"][0], shown["by_facility"][0], line, part,
                   line["location_based"], part["gases"][0], shown["factors"][0],
                   shown["packs"][0], shown["inputs"][0]):  # fmt: skip
        for key in record:
            assert f"`{key}`" in section or f"`{key}." in section or key in METHOD_KEYS, key


# ---- examples load -------------------------------------------------------------------------------

BASE = """
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR6
  sector: manufacturing
facilities:
  kunshan:
    country: CN
    region: CN-JS
  leeds:
    country: GB
  bacninh:
    country: VN
"""
BLOCKS = [(page, fence) for page, text in PAGES.items() for fence in fences(text)
          if fence.kind == "yaml" and not fence.file.startswith("import/")]  # fmt: skip


def _write(folder: Path, page: str, body: str) -> Path:
    for fence in fences(PAGES[page]):
        if fence.file:
            path = folder / fence.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.body, "utf-8")
    path = folder / "company.yaml"
    path.write_text(body, "utf-8")
    return path


def _errors(run: Run) -> list[str]:
    return [f"{d.location}: {d.code}: {d.message}" for d in run.diagnostics
            if d.severity is Severity.ERROR]  # fmt: skip


def _top_keys(text: str) -> list[str]:
    return re.findall(r"^([a-z_0-9]+):", text, re.M)


def _with_base(body: str) -> str:
    """A fragment inside a whole file: the base's sections that the fragment does not state."""
    parts = ["ghgcalc: 1\n"]
    stated = _top_keys(body)
    for section in re.split(r"^(?=[a-z])", BASE, flags=re.M):
        name = section.partition(":")[0].strip()
        if not name:
            continue
        if name not in stated:
            parts.append(section)
        elif name == "facilities":
            inner = re.findall(r"^  (\w+):$", body, re.M)
            for facility in re.split(r"^(?=  \w)", section.split("\n", 1)[1], flags=re.M):
                if facility.strip() and facility.strip().partition(":")[0] not in inner:
                    body = body.rstrip("\n") + "\n" + facility
    if "activities" not in stated:
        parts.append("activities:\n  vent:\n    facility: leeds\n    category: process_emissions\n"
                     "    gas_masses:\n      CO2: 1 t\n    period: 2023\n")  # fmt: skip
    return "".join(parts) + body


@pytest.mark.parametrize(("page", "fence"), [
    pytest.param(page, fence, id=f"{page}:{fence.line}") for page, fence in BLOCKS
])  # fmt: skip
def test_examples_load(page: str, fence: Fence, tmp_path: Path) -> None:
    if _top_keys(fence.body)[0] == "pack":
        assert fence.file, "an own pack is loaded through the company that names it"
        body = f"factor_packs: [./{fence.file}]\n"
    else:
        body = fence.body
    whole = body if "ghgcalc:" in body else _with_base(body)
    path = _write(tmp_path, page, whole)
    loaded = load_document(path)
    assert loaded.value is not None, loaded.diagnostics
    assert set(_top_keys(body)) <= set(SECTIONS)
    assert _errors(compute(path)) == []


def test_the_import_example(tmp_path: Path) -> None:
    """The mapping of the page makes the CSV of the page, and a company computes with it."""
    path = _write(tmp_path, "format.md", "")
    given = tmp_path / "import"
    outcome, _ = import_table(
        given / "mapping.yaml", "mapping.yaml", [given / "grid.csv"], tmp_path / "made", {}
    )
    assert outcome.diagnostics == ()
    made, shown = (folder / "electricity.csv" for folder in (tmp_path / "made", given))
    assert made.read_text("utf-8") == shown.read_text("utf-8")
    path.write_text(
        _with_base(
            "factor_packs: [./made/pack.yaml]\n"
            "activities:\n  power:\n    facility: lyon\n    category: purchased_electricity\n"
            "    quantity: 1 MWh\n    period: 2023\nfacilities:\n  lyon:\n    country: FR\n"
        ),
        "utf-8",
    )
    run = compute(path)
    assert run.inventory is not None, _errors(run)
    # AR6: 111.50 kg + 12.5 g × 27.0 (CH4 non-fossil)
    assert run.inventory.lines[0].co2e("location_based") * 1000 == Fraction("111.8375")


def test_shipped_mappings_are_listed() -> None:
    assert sorted(names_after("<!-- mappings -->")) == sorted(bundled_mappings())


# ---- worked numbers ------------------------------------------------------------------------------

_CHECKED = re.compile(r"<!-- checked: (?P<name>[\w-]+)(?P<options>[^>]*?) -->")
CHECKED = [(m["name"], dict(part.split("=") for part in m["options"].split()), m[0])
           for m in _CHECKED.finditer(METHODS)]  # fmt: skip


def _company(name: str, options: dict[str, str], folder: Path) -> Run:
    (body,) = [fence.body for fence in fences(METHODS) if fence.mark == name]
    change = options.pop("gwp_set", None)
    if change:
        body, count = re.subn(r"gwp_set: \w+", f"gwp_set: {change}", body)
        assert count == 1
    page = next(
        page for page in ("methods.md", "scope-3.md") if f"<!-- company: {name} -->" in PAGES[page]
    )
    return compute(_write(folder, page, body), **options)  # type: ignore[arg-type]


def _value(run: Run, figure: str) -> Fraction:
    inventory = run.inventory
    assert inventory is not None, _errors(run)
    kind, _, rest = figure.partition(":")
    if kind == "line":
        name, _, method = rest.partition(" ")
        (line,) = [line for line in inventory.lines if line.id == name]
        return line.co2e(method or "location_based")
    if kind == "quantity":
        (line,) = [line for line in inventory.lines if line.id == rest]
        return line.quantity
    if kind in ("used", "surplus"):
        (use,) = [use for use in inventory.instruments if use.id == rest]
        return use.used if kind == "used" else use.surplus
    assert run.project is not None
    company = run.project.company
    value, _ = figure_value(company, inventory.lines, figure,
                            company.year.name_of(inventory.span.last))  # fmt: skip
    assert value is not None
    return value


@pytest.mark.parametrize(("name", "options", "mark"), [
    pytest.param(*entry, id=f"{entry[0]}-{place}") for place, entry in enumerate(CHECKED)
])  # fmt: skip
def test_worked_numbers(name: str, options: dict[str, str], mark: str, tmp_path: Path) -> None:
    run = _company(name, dict(options), tmp_path)
    rows = rows_after(METHODS, mark)
    assert rows
    for row in rows:
        figure = code_of(row[0])[0]
        printed = Decimal(row[1].split()[0].replace(",", ""))
        places = max(-int(printed.as_tuple().exponent), 0)
        assert rounded(_value(run, figure), places) == printed, figure


def test_every_company_of_the_methods_page_is_checked() -> None:
    marks = [fence.mark for fence in fences(METHODS) if fence.mark]
    assert len(marks) == len(set(marks))
    assert {name for name, _, _ in CHECKED} == set(marks)


def test_worked_python() -> None:
    """The blocks are one session: later ones use names of earlier ones."""
    names: dict[str, Any] = {}
    blocks = [fence for fence in fences(METHODS) if fence.kind == "pycon"]
    assert blocks
    for fence in blocks:
        test = doctest.DocTestParser().get_doctest(fence.body, names, "methods.md", None,
                                                   fence.line)  # fmt: skip
        report: list[str] = []
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test, out=report.append, clear_globs=False)
        assert not runner.failures, "".join(report)
        names = test.globs


# ---- links and rule table ------------------------------------------------------------------------


def _anchors(text: str) -> set[str]:
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    found = set(re.findall(r'<a id="([^"]+)">', plain))
    for heading in re.findall(r"^#+ (.+)$", plain, re.M):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.add(slug)
    return found


@pytest.mark.parametrize("page", sorted(PAGES))
def test_links_resolve(page: str) -> None:
    folder = ROOT / "docs" if (ROOT / "docs" / page).exists() else ROOT
    plain = re.sub(r"^```.*?^```$", "", PAGES[page], flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)]+)\)", plain):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        path = folder / name if name else folder / page
        assert path.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in _anchors(path.read_text("utf-8")), f"{page}: {target}"


def test_rule_table_names_existing_files() -> None:
    rows = rows_after(METHODS, "<!-- rules -->")
    assert rows
    for row in rows:
        for name in code_of(row[1]):
            assert (ROOT / "src" / "ghgcalc" / name).exists(), f"{row[0]}: {name}"
        for name in code_of(row[2]):
            assert list(ROOT.glob(name)), f"{row[0]}: {name}"


@pytest.mark.parametrize("page", sorted(PAGES))
def test_no_paths_of_a_machine(page: str) -> None:
    assert not re.search(r"/(?:home|work|opt|Users|tmp)/|[A-Z]:\\", PAGES[page])
