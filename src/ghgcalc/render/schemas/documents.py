"""The schemas, put together: models and vocabulary, with the words of each key and an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from ghgcalc.calculation.lock.model import LockFile
from ghgcalc.company.company import LISTED, MANY, SECTIONS, section_model
from ghgcalc.company.joined_columns import TIMED
from ghgcalc.company.table import COLUMNS
from ghgcalc.core.codes.registry import CODES
from ghgcalc.core.json_schemas import DRAFT_07, SCHEMAS
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.importers.mapping import ImportMapping
from ghgcalc.factors.model import PackHeader
from ghgcalc.render.schemas.findings import Findings
from ghgcalc.render.schemas.forms import OR_NOTHING, TEXT, TEXTS, VOCABULARY, Json
from ghgcalc.render.schemas.generator import Generator
from ghgcalc.render.schemas.inventory import Inventory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ghgcalc.render.schemas.words import Row, Tables

DIALECTS: Final = {
    DRAFT_07: "http://json-schema.org/draft-07/schema#",
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
}
_WHOLE: Final[dict[str, Any]] = {
    "pack": PackHeader, "mapping": ImportMapping, "lock": LockFile, "inventory": Inventory,
    "findings": Findings,
}  # fmt: skip
# models whose keys are explained at another one
_SAME_WORDS = {"Item": "Activity", "Generation": "Series", "LockedValues": "LockedResolution"}
# keys that take any text, and words that are known for them
_SUGGESTED = {"fuel": "Fuel"}

_WORDS: Final[dict[str, tuple[Callable[[], Iterable[str]], str]]] = {
    "Category": (lambda: CATEGORIES, "A category of the inventory."),
    "Country": (lambda: sorted(COUNTRIES), "A code of ISO 3166-1 with two letters."),
    "Fuel": (
        lambda: sorted({each for f in FUELS.values() for each in (f.id, *f.aliases)}),
        "A fuel that the program knows, under one of its names.",
    ),
}
_PARAMETER = "\\$\\{[^}]+\\}"
_INCLUDE = (
    "Files whose sections are merged into this one. Takes: a path or a list of paths, relative to"
    " this file; `*` stands for any signs."
)

Examples = dict[str, dict[str, Any]]


class UndescribedError(LookupError):
    """A key without words or without an example."""


class Words:
    """What is said of keys: the tables of the reference, and examples."""

    def __init__(self, tables: Tables, examples: Examples) -> None:
        self.tables = tables
        self.examples = examples

    def of(self, model: str, key: str) -> tuple[str, Any]:
        """Sentences and an example.

        Raises:
            UndescribedError: a table or examples.yaml lacks the key.
        """
        other = _SAME_WORDS.get(model, model)
        row: Row | None = next(
            (t[key] for name in (model, other) if key in (t := self.tables.get(name, {}))), None
        )
        if row is None:
            raise UndescribedError(f"`{key}` of {model} stands in no table of docs/format.md")
        for name in (model, other, "shared"):
            if key in self.examples.get(name, {}):
                return row.sentences, self.examples[name][key]
        raise UndescribedError(f"`{key}` of {model} has no example in examples.yaml")


def document(name: str, draft: str, words: Words) -> Json:
    """One schema.

    Args:
        name: one of `SCHEMAS`.
        draft: one of `DRAFTS`.
        words: what its keys mean.
    """
    made = _company(words, whole=name == "company") if name in ("company", "include") else None
    if made is None:
        made = _of_model(_WHOLE[name], words)
    if name == "mapping":
        made = _filled_in(made)
    made.pop("title", None)
    title = f"ghgcalc: {SCHEMAS[name].replace('`', '')}"
    whole = {"$schema": DIALECTS[draft], "title": title, **made}
    used = sorted(set(_asked(whole)))
    definitions = {**whole.pop("definitions", {}), **{each: _vocabulary(each) for each in used}}
    if definitions:
        whole["definitions"] = definitions
    named: Json = _named(whole)
    if draft == DRAFT_07:
        return named
    modern: Json = _modern(named)
    return modern


def _of_model(model: Any, words: Words) -> Json:
    made = TypeAdapter(model).json_schema(
        schema_generator=Generator, ref_template="#/definitions/{model}"
    )
    definitions = made.pop("$defs", {})
    if "properties" in made:
        _describe(made, model.__name__, words)
    for name, each in definitions.items():
        _describe(each, name, words)
    _fill(made, definitions)
    return {**made, **({"definitions": definitions} if definitions else {})}


def _fill(made: Json, definitions: Json) -> None:
    """An example `{}` of a key that holds an object is made of the examples of its keys."""
    for model in (made, *definitions.values()):
        for each in model.get("properties", {}).values():
            if each.get("examples") == [{}] and "$ref" in each:
                each["examples"] = [_example(each["$ref"], definitions)]


def _example(reference: str, definitions: Json) -> Json:
    found: Json = {}
    for key, each in definitions[reference.rpartition("/")[2]]["properties"].items():
        (example,) = each["examples"]
        nested = example == {} and "$ref" in each
        found[key] = _example(each["$ref"], definitions) if nested else example
    return found


def _company(words: Words, *, whole: bool) -> Json:
    """The sections of a company file; an included one may have any of them, and need none."""
    asked: list[tuple[str, Any, TypeAdapter[Any]]] = [
        (name, "validation", TypeAdapter(section_model(name))) for name in SECTIONS
    ]
    entries, found = TypeAdapter.json_schemas(
        asked, schema_generator=Generator, ref_template="#/definitions/{model}"
    )
    definitions = found["$defs"]
    for name, each in definitions.items():
        _describe(each, name, words)
    columns: Json = {our: dict(TEXT) for our in COLUMNS}
    several = definitions["Table"]["properties"]["columns"]["additionalProperties"]
    columns |= {our: dict(several) for our in ("quantity", *TIMED)}
    definitions["Columns"] = {
        "description": "Our columns, and the headings of the file that stand for them.",
        "type": "object", "additionalProperties": False, "properties": columns,
    }  # fmt: skip
    _describe(definitions["Columns"], "columns", words)
    table = definitions["Table"]["properties"]["columns"]
    definitions["Table"]["properties"]["columns"] = {
        "description": table["description"], "examples": table["examples"],
        "$ref": "#/definitions/Columns",
    }  # fmt: skip
    properties: Json = {
        "include": {**TEXTS, "description": _INCLUDE, "examples": [["activities/*.yaml"]]}
    }
    for name, (held, _) in SECTIONS.items():
        entry: Json = entries[(name, "validation")]
        if name == "ghgcalc":
            properties[name] = {"enum": [1, "1"]}
        elif held == MANY:
            properties[name] = {"type": ["object", "null"], "additionalProperties": entry}
        elif held == LISTED:
            properties[name] = {"type": ["array", "null"], "items": entry}
        else:
            properties[name] = entry
    properties["checks"]["propertyNames"] = {"enum": sorted(CODES)}
    made: Json = {"type": "object", "additionalProperties": False, "properties": properties}
    _describe(made, "sections", words)
    if whole:
        made["required"] = ["ghgcalc", "organization"]
    return {**made, "definitions": definitions}


def _describe(made: Json, model: str, words: Words) -> None:
    """Give each key its words and an example, but where the model itself has them."""
    made.pop("title", None)  # the name of a class
    for key, each in made.get("properties", {}).items():
        if key in _SUGGESTED and {*TEXT["type"]} <= {*each.get("type", ())}:
            kinds = each.pop("type")
            each["anyOf"] = [{VOCABULARY: _SUGGESTED[key]}, {"type": kinds}]
        if "description" not in each:
            each["description"], example = words.of(model, key)
            each["examples"] = [example]


def _filled_in(node: Any) -> Any:
    """A mapping may have `${name}` where a word or a number is asked: `--set` fills it in."""
    if isinstance(node, list):
        return [_filled_in(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _filled_in(each) for key, each in node.items()}
    if not (isinstance(made.get("enum"), list) or isinstance(made.get("pattern"), str)):
        return made
    said = {key: made.pop(key) for key in ("description", "examples", "default") if key in made}
    return {**said, "anyOf": [made, {"type": "string", "pattern": _PARAMETER}]}


def _vocabulary(asked: str) -> Json:
    """The definition of a vocabulary: its words, and nothing where that is allowed."""
    words, description = _WORDS[asked.removesuffix(OR_NOTHING)]
    nothing = [None] if asked.endswith(OR_NOTHING) else []
    return {"description": description, "enum": [*words(), *nothing]}


def _asked(node: Any) -> Iterator[str]:
    """The vocabularies that a schema names."""
    if isinstance(node, dict):
        if VOCABULARY in node:
            yield node[VOCABULARY]
        for each in node.values():
            yield from _asked(each)
    elif isinstance(node, list):
        for each in node:
            yield from _asked(each)


def _named(node: Any) -> Any:
    """References in the form of draft-07, where nothing may stand beside one."""
    if isinstance(node, list):
        return [_named(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _named(each) for key, each in node.items()}
    reference = made.pop("$ref", None)
    vocabulary = made.pop(VOCABULARY, None)
    if vocabulary is not None:
        reference = f"#/definitions/{vocabulary}"
    if reference is None:
        return made
    return {**made, "allOf": [{"$ref": reference}]} if made else {"$ref": reference}


def _modern(node: Any) -> Any:
    """The same in 2020-12: definitions are called `$defs`."""
    if isinstance(node, list):
        return [_modern(each) for each in node]
    if isinstance(node, str):
        return node.replace("#/definitions/", "#/$defs/")
    if not isinstance(node, dict):
        return node
    return {("$defs" if key == "definitions" else key): _modern(each) for key, each in node.items()}
