"""The JSON Schemas: they take what the program takes, refuse slips, and say where."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
from check_jsonschema import main as check_jsonschema
from check_jsonschema.parsers.yaml import construct_yaml_implementation, impl2loader
from click.testing import CliRunner
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import best_match
from pydantic import BaseModel, TypeAdapter

from ghgcalc.calculation.lock.model import LockFile
from ghgcalc.cli import schema as command
from ghgcalc.company.company import SECTIONS, section_model
from ghgcalc.company.validate import validate
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.json_schemas import DRAFT_2020, DRAFTS, SCHEMAS, schema_file, schema_text
from ghgcalc.core.text.document import load_document
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.factors.importers.mapping import ImportMapping
from ghgcalc.factors.model import PackHeader
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.schemas import words
from ghgcalc.render.schemas.forms import NotDescribedError, form_of
from support.command import run
from support.companies import example_run

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = Path(words.__file__).with_name("examples.yaml")
MINIMAL = ROOT / "examples/minimal/company.yaml"
_load = impl2loader(construct_yaml_implementation())  # YAML as an editor and a hook read it


def read(text: str) -> Any:
    return _load(io.BytesIO(text.encode()))


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads(schema_text(name)))


def refused(name: str, document: Any) -> dict[str, str]:
    """Places that a schema refuses, and why."""
    found: dict[str, str] = {}
    for error in validator(name).iter_errors(document):
        deepest = best_match([error])
        place = "/".join(map(str, deepest.absolute_path))
        found[place] = f"{found.get(place, '')} {deepest.message}".strip()
    return found


# ---- the schemas themselves ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", sorted(set(SCHEMAS) - {"include"})
)  # made as that of a company file
def test_both_drafts_are_schemas(name: str) -> None:
    old, new = (json.loads(schema_text(name, draft)) for draft in DRAFTS)
    Draft7Validator.check_schema(old)
    Draft202012Validator.check_schema(new)
    assert "definitions" not in json.dumps(new)
    assert len(_keys(old)) == len(_keys(new)) > 10


def test_the_command_knows_every_schema() -> None:
    assert set(get_args(command.Name)) == set(SCHEMAS)
    assert get_args(command.Draft) == DRAFTS


def _keys(node: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every described key of a schema, by its place."""
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(node, list):
        return [each for inner in node for each in _keys(inner, path)]
    if not isinstance(node, dict):
        return found
    for word, inner in node.items():
        if word in ("properties", "definitions", "$defs"):
            found += [
                (f"{path}.{key}", each) for key, each in inner.items() if word == "properties"
            ]
            found += [one for key, each in inner.items() for one in _keys(each, f"{path}.{key}")]
        elif word in ("items", "additionalProperties", "anyOf", "allOf"):
            found += _keys(inner, path)
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_words_and_an_example_that_it_takes(name: str) -> None:
    whole = json.loads(schema_text(name))
    for place, each in _keys(whole):
        assert len(each["description"]) > 8, place
        assert each["description"].endswith("."), place
        (example,) = each["examples"]
        checked = {**each, "definitions": whole.get("definitions", {})}
        assert not list(Draft7Validator(checked).iter_errors(example)), (place, example)


def _models() -> dict[str, Any]:
    """Every model whose keys stand in a schema of a file that people write, and the lock's."""
    found: dict[str, Any] = {}

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation.__name__ not in found:
                found[annotation.__name__] = annotation
                for info in annotation.model_fields.values():
                    visit(info.annotation)
        else:
            for each in get_args(annotation):
                visit(each)

    for model in (*map(section_model, SECTIONS), PackHeader, ImportMapping, LockFile):
        visit(model)
    return found


def test_every_example_is_read_by_its_model() -> None:
    """As the program reads it: each is a text that the key's own type takes."""
    parsed = parse(SourceFile("examples.yaml", EXAMPLES.read_text("utf-8"), 0))
    assert parsed.value is not None
    assert not parsed.diagnostics
    models = _models()
    count = 0
    for name, examples in parsed.value.items():
        if name in ("shared", "columns"):
            continue
        for key, example in examples.items():
            if name == "sections":
                if key in ("include", "ghgcalc"):
                    continue
                kind, adapter = SECTIONS[key][0], TypeAdapter(section_model(key))
                held = {"many": lambda e: e.values(), "listed": lambda e: e, "one": lambda e: [e]}
                for each in held[kind](example):
                    adapter.validate_python(each)
            else:
                info = next(i for n, i in models[name].model_fields.items()
                            if key == (i.alias or n))  # fmt: skip
                known: Any = info.annotation
                for each in info.metadata:
                    known = Annotated[known, each]
                TypeAdapter(known).validate_python(example)
            count += 1
    assert count > 400


def test_a_new_reading_function_must_be_described() -> None:
    def unheard_of(value: object) -> object:
        return value

    with pytest.raises(NotDescribedError, match="unheard_of"):
        form_of(unheard_of)


# ---- what the program takes, they take -----------------------------------------------------------


def _taken(path: Path) -> bool:
    """Whether the program reads a company file without an error of its keys and words."""
    document = load_document(path)
    if document.value is None or any(d.severity is Severity.ERROR for d in document.diagnostics):
        return False
    return not any(
        d.severity is Severity.ERROR and d.code != "unknown-check"  # told by a later stage
        for d in validate(document.value).diagnostics
    )


def test_company_files_that_are_read_are_taken() -> None:
    files = [*ROOT.glob("examples/**/company.yaml"), *ROOT.glob("tests/errors/*/company.yaml")]
    taken = [path for path in files if path.parent.name != "unknown-check" and _taken(path)]
    assert len(taken) > 100
    for path in taken:
        assert refused("company", read(path.read_text("utf-8"))) == {}, path


def test_included_files_are_taken() -> None:
    assert refused("include", read("activities: {a: {period: 2024, quantity: 1 kWh}}")) == {}
    assert "" in refused("company", read("activities: {}"))  # a company file has its head


def test_packs_and_mappings_are_taken() -> None:
    packs = [*ROOT.glob("factors/*/*/pack.yaml"), *ROOT.glob("examples/**/factors/*.yaml")]
    assert len(packs) > 50
    for path in packs:
        assert refused("pack", read(path.read_text("utf-8"))) == {}, path
    mappings = [*ROOT.glob("src/ghgcalc/factors/importers/mappings/*.yaml")]
    assert len(mappings) > 5
    for path in mappings:
        assert refused("mapping", read(path.read_text("utf-8"))) == {}, path


def test_locks_and_findings_are_taken(tmp_path: Path) -> None:
    company = tmp_path / "company.yaml"
    company.write_text(MINIMAL.read_text("utf-8").replace("[bills/gas-2024.txt]", "bill 7"))
    assert run("lock", company).exit_code == 0
    lock = read((tmp_path / "ghgcalc.lock").read_text("utf-8"))
    assert lock["periods"]["2024"]["resolutions"]
    assert refused("lock", lock) == {}
    count = 0
    for folder in sorted((ROOT / "tests/errors").iterdir())[::12]:
        if (folder / "company.yaml").is_file():
            told = json.loads(run("check", folder / "company.yaml", "--format", "json").stdout)
            count += len(told)
            assert refused("findings", told) == {}, folder
    assert count > 5
    assert refused("findings", [{"code": "missing-unit"}])


def _closed(node: Any) -> Any:
    """A schema of what is written that knows no other keys: what it does not describe is found."""
    if isinstance(node, list):
        return [_closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _closed(each) for key, each in node.items()}
    return {**made, "additionalProperties": False} if "properties" in made else made


def test_an_inventory_is_taken_and_every_key_described() -> None:
    inventory = example_run("opulent").inventory
    assert inventory is not None
    written = json.loads(render_json(inventory))
    closed = Draft7Validator(_closed(json.loads(schema_text("inventory"))))
    assert [(list(e.absolute_path), e.message) for e in closed.iter_errors(written)] == []
    written["totals"]["scope_1"] = "21.9"
    written["lines"][0]["scope"] = 4
    del written["period"]["first"]
    assert set(refused("inventory", written)) == {"totals/scope_1", "lines/0/scope", "period"}


def test_an_inventory_without_data_is_taken() -> None:
    told = run("compute", MINIMAL, "--period", "2020", "--format", "json")
    assert told.exit_code == 1
    assert refused("inventory", json.loads(told.stdout)) == {}


def test_other_spellings_of_a_value_are_taken() -> None:
    """The program reads texts by the type of the key; an editor's YAML has numbers and flags."""
    assert refused("company", read("""\
ghgcalc: "1"
organization: {name: 2030, consolidation_approach: operational_control, gwp_set: AR6,
  ar5_fossil_ch4: "30", vintage_window: [-6, +3]}
factor_packs: desnz
facilities:
  1001: {country: NO, opened: 2009-03-01, history: {2023-07-01: {operated: "TRUE",
    economic_interest: 0.6}, 2024-07-01: {economic_interest: 60 %}}}
boundaries:
activities:
  a: {period: 2023, facility: 1001, category: purchased_electricity, quantity: 3 10^4 kWh, note: }
  b: {period: "2023", category: process_emissions, quantity: 12 thousand kWh, scope: 1, cop: 4}
  c: {period: 2023-Q1, quantity: 340 万kWh, evidence: bill.pdf, factor_year: "2022"}
  d: {period: 2023-01-01/2023-03-31, quantity: -1_250.5 own_drum, fuel: our_own_fuel}
targets: {t: {kind: absolute, scopes: [1, "2"], by: 2032, reduction: 120%}}
""")) == {}  # fmt: skip


# ---- what is a slip, they refuse, with the place -------------------------------------------------

BROKEN = [
    ("company", "  name: Minimal", "  nmae: Minimal", "organization", "'nmae' was unexpected"),
    ("company", "gwp_set: AR5", "gwp_set: AR9", "organization/gwp_set", "AR9"),
    ("company", "activities:", "activites:", "", "'activites' was unexpected"),
    ("company", "country: GB", "country: UK", "facilities/leeds/country", "'UK' is not one of"),
    ("company", "country: GB", "countri: GB", "facilities/leeds", "'countri' was unexpected"),
    ("company", "fuel: natural_gas", "feul: gas", "activities/boiler", "'feul' was unexpected"),
    ("company", "category: stationary_combustion", "category: boiler",
     "activities/boiler/category", "'boiler' is not one of"),
    ("company", "quantity: 250 MWh", "quantity: 250", "activities/meter/quantity", "250"),
    ("company", "quantity: 250 MWh", "quantity: 1,250 MWh", "activities/meter/quantity", "1,250"),
    ("company", "quantity: 250 MWh", "quantity: {value: 250, unit: MWh}",
     "activities/meter/quantity", "is not of type 'string'"),
    ("company", "    period: 2024\n    evidence", "    period: 2024-13-01\n    evidence",
     "activities/boiler/period", "2024-13-01"),
    ("company", "    period: 2024\n    evidence", "    evidence", "activities/boiler",
     "'period' is a required property"),
    ("company", "    country: GB", "    - country: GB", "facilities/leeds", "is not of type"),
    ("company", "ghgcalc: 1", "ghgcalc: 2", "ghgcalc", "2 is not one of"),
    ("company", "ghgcalc: 1", "checks: {calender-gap: {severity: off}}\nghgcalc: 1", "checks",
     "'calender-gap' is not one of"),
    ("pack", "pack: own", "pak: own", "", "'pak' was unexpected"),
    ("pack", "per: GJ ", "per: [GJ] ", "factors/steam-park/per", "is not of type 'string'"),
    ("pack", "CO2: 0.1 t", "CO2: 0.1", "factors/steam-park/gases/CO2", "0.1"),
    ("pack", "property: net_calorific_value", "property: ncv",
     "fuel_properties/coolant-oil-ncv/property", "'ncv' is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "after", "place", "why"), BROKEN)
def test_slips_are_refused_at_their_place(
    name: str, before: str, after: str, place: str, why: str
) -> None:
    from ghgcalc.factors.template import OWN_PACK

    text = OWN_PACK if name == "pack" else MINIMAL.read_text("utf-8")
    assert refused(name, read(text)) == {}
    assert before in text
    found = refused(name, read(text.replace(before, after, 1)))
    assert place in found
    assert why in found[place]


def test_table_columns_are_ours() -> None:
    head = "ghgcalc: 1\norganization: {name: a, consolidation_approach: equity_share, gwp_set: AR6}"
    columns = "{quantity: [+a, -b], from: [Date, Start], item: 2024, peroid: Month}"
    table = f"{{files: a.csv, columns: {columns}, items: {{}}}}"
    found = refused("company", read(f"{head}\ntables: {{t: {table}}}\n"))
    assert list(found) == ["tables/t/columns"]
    assert "'peroid' was unexpected" in found["tables/t/columns"]


# ---- the tool that hooks run, and the command ----------------------------------------------------


def test_check_jsonschema_reads_them(tmp_path: Path) -> None:
    """Its regular expressions are those of ECMA 262, as in editors."""
    schema = ROOT / "docs/schema" / schema_file("company")
    broken = tmp_path / "company.yaml"
    broken.write_text(MINIMAL.read_text("utf-8").replace("fuel: natural_gas", "feul: gas"), "utf-8")
    asked = ["--schemafile", str(schema), str(MINIMAL), str(broken)]
    done = CliRunner().invoke(check_jsonschema, asked)
    assert done.exit_code == 1
    assert f"{broken}::$.activities.boiler: " in done.output
    assert "'feul' was unexpected" in done.output
    assert str(MINIMAL) not in done.output


def test_both_drafts_refuse_the_same() -> None:
    new = Draft202012Validator(json.loads(schema_text("company", DRAFT_2020)))
    document = read(MINIMAL.read_text("utf-8"))
    assert list(new.iter_errors(document)) == []
    document["activities"]["boiler"]["category"] = "boiler"
    document["facilities"]["leeds"]["lease"] = {"type": "rented", "party": "lessee"}
    places = {"/".join(map(str, best_match([error]).absolute_path))
              for error in new.iter_errors(document)}  # fmt: skip
    assert places == set(refused("company", document)) == {
        "activities/boiler/category", "facilities/leeds/lease/type",
    }  # fmt: skip


def test_the_command_prints_and_writes(tmp_path: Path) -> None:
    assert run("schema").stdout == schema_text("company")
    shown = run("schema", "pack", "--draft", DRAFT_2020).stdout
    assert json.loads(shown)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for _ in range(2):  # written again, it is renewed
        done = run("schema", "-o", tmp_path / "kept")
        assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == [
        "company.schema.json", "include.schema.json", "pack.schema.json",
    ]  # fmt: skip
    (tmp_path / "data.json").write_text("{}", "utf-8")
    refusal = run("schema", "-o", tmp_path / "data.json")
    assert refusal.exit_code == 2
    assert "holds no schema" in refusal.stderr
    assert (tmp_path / "data.json").read_text("utf-8") == "{}"
    assert run("schema", "-o", tmp_path / "a.yaml").exit_code == 2


def test_what_init_writes_points_to_its_schemas(tmp_path: Path) -> None:
    """The line that editors read names a file that is there, and it takes the file."""
    run("init", tmp_path, "--country", "GB", "--year", "2024", "--facility", "leeds")
    for name, schema in (("company.yaml", "company"), ("activities/leeds-2024.yaml", "include"),
                         ("factors/own.yaml", "pack")):  # fmt: skip
        first, _, rest = (tmp_path / name).read_text("utf-8").partition("\n")
        path = (tmp_path / name).parent / first.removeprefix("# yaml-language-server: $schema=")
        assert path.read_text("utf-8") == schema_text(schema)
        assert refused(schema, read(rest)) == {}
