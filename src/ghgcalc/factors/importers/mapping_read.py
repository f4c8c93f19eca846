"""Read a mapping: strict YAML, parameters, the model, and what its keys must say together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, has_errors
from ghgcalc.core.schema_findings import Findings
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.document import locate, read_text
from ghgcalc.core.text.paths import PathError, check_text
from ghgcalc.core.text.source import List, Map, SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.core.units import UnitError, parse_unit
from ghgcalc.factors.importers.grid import position
from ghgcalc.factors.importers.mapping import ImportMapping, ImportTable
from ghgcalc.factors.lint_rows import COLUMNS, REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.core.text.document import KeyPath

_PARAMETER = re.compile(r"\$\{([^}]*)\}")
_OF_KEYS = ("unknown-key", "missing-key", "missing-unit", "conflicting-keys")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class ReadMapping(NamedTuple):
    """A mapping and the places of its keys."""

    mapping: ImportMapping
    source: SourceFile
    place: Callable[..., Location]


class Slip(NamedTuple):
    """A mistake before it is placed: code, text, keys, hint."""

    code: str
    text: str
    keys: KeyPath
    hint: str


def mappings_folder() -> Path:
    """The folder of the mappings that ship with the program."""
    return Path(__file__).parent / "mappings"


def bundled_mappings() -> dict[str, Path]:
    """The mappings that ship with the program, by name."""
    return {path.stem: path for path in sorted(mappings_folder().glob("*.yaml"))}


def read_mapping(
    path: Path, shown: str, settings: Mapping[str, str]
) -> tuple[Outcome[ReadMapping | None], list[SourceFile]]:
    """Read a mapping; each mistake carries file, line and column.

    `settings` are values of parameters, from `--set`; the second value holds the mapping's text
    for excerpts, where it could be read.
    """
    text = read_text(path, shown)
    if text.value is None:
        return Outcome(None, text.diagnostics), []
    source = SourceFile(shown, text.value[0])
    return _mapping(source, settings), [source]


def _mapping(source: SourceFile, settings: Mapping[str, str]) -> Outcome[ReadMapping | None]:
    parsed = parse(source)
    if parsed.value is None:
        return Outcome(None, parsed.diagnostics)
    tree = parsed.value

    def place(path: KeyPath, *, key: bool = False) -> Location:
        return locate(tree, [source], path, key=key)

    found = [*parsed.diagnostics, *_set_parameters(tree, settings, place)]
    if has_errors(found):  # what a missing value stands in would be refused once more
        return Outcome(None, tuple(found))
    try:
        mapping = ImportMapping.model_validate(tree)
    except ValidationError as error:
        adapter = TypeAdapter(ImportMapping)
        found += Findings(tree, place).of(("",), adapter, error, subject="the mapping")
        return Outcome(None, tuple(found))
    found += [
        Diagnostic(
            slip.code, slip.text, place(slip.keys, key=slip.code in _OF_KEYS), hint=slip.hint
        )
        for slip in _slips(mapping)
    ]
    value = None if has_errors(found) else ReadMapping(mapping, source, place)
    return Outcome(value, tuple(found))


def _set_parameters(
    tree: Map, settings: Mapping[str, str], place: Callable[..., Location]
) -> list[Diagnostic]:
    """Fill `${name}` in every text; a parameter without value or meaning is a finding."""
    stated = tree.get("parameters")
    stated = stated if isinstance(stated, Map) else Map()
    stated = {name: entry for name, entry in stated.items() if isinstance(entry, Map)}
    values = {name: entry.get("default") for name, entry in stated.items()} | dict(settings)
    found = [
        Diagnostic(
            "unknown-key",
            f"the mapping has no parameter `{name}`",
            place(("parameters",), key=True),
            hint="use one of: " + (", ".join(stated) or "none"),
        )
        for name in settings
        if name not in stated
    ]

    def fill(text: str, keys: KeyPath) -> str:
        for name in _PARAMETER.findall(text):
            if values.get(name) is None:
                values[name] = ""  # said once
                meaning = stated[name].get("meaning") if name in stated else "not defined"
                message = f"parameter `{name}` has no value: {meaning}"
                hint = f"add `--set {name}=…`, or define it under `parameters:`"
                found.append(Diagnostic("missing-key", message, place(keys), hint=hint))
        return _PARAMETER.sub(lambda match: values.get(match[1], match[0]) or "", text)

    for key in tree:
        if key != "parameters":
            _walk(tree, key, (key,), fill)
    return found


def _walk(node: Any, key: Any, keys: KeyPath, fill: Callable[[str, KeyPath], str]) -> None:
    value = node[key]
    if isinstance(value, str):
        node[key] = fill(value, keys)
    elif isinstance(value, Map):
        for name in value:
            _walk(value, name, (*keys, name), fill)
    elif isinstance(value, List):
        for index in range(len(value)):
            _walk(value, index, (*keys, index), fill)


def _slips(mapping: ImportMapping) -> Iterator[Slip]:
    for key in ("tables", "factors", "fuel_properties"):
        if getattr(mapping.pack, key):
            hint = "remove the key; tables stand under `tables:` of the mapping"
            yield Slip("unknown-key", f"`{key}` is no key of a mapped pack", ("pack", key), hint)
    files = [table.file for table in mapping.tables]
    for index, table in enumerate(mapping.tables):
        base = ("tables", index)
        if table.file in files[:index]:
            hint = "give each table a CSV of its own"
            yield Slip("duplicate-key", f"`{table.file}` stands twice", (*base, "file"), hint)
        for slip in (*_file(table), *_columns(table), *_gases(table),
                     *_texts(table, mapping.pack.year)):  # fmt: skip
            yield slip._replace(keys=(*base, *slip.keys))


def _file(table: ImportTable) -> Iterator[Slip]:
    try:
        check_text(table.file)
        plain = "/" not in table.file and table.file.endswith(".csv")
    except PathError:
        plain = False
    if not plain:
        hint = "write a file name such as `electricity.csv`"
        yield Slip("path-outside", f"`{table.file}` is not the name of a CSV", ("file",), hint)
    book = table.kind in ("xlsx", "xls")
    if book and not table.sheet:
        yield Slip("missing-key", "`sheet` of the workbook is missing", (), "add `sheet:`")
    if not book and table.sheet:
        hint = "remove it, or write `kind: xlsx`"
        yield Slip("unknown-key", f"`sheet` is no key of a {table.kind} file", ("sheet",), hint)
    if len(table.delimiter) != 1:
        hint = 'write one character, such as `";"`'
        yield Slip("wrong-shape", f"`{table.delimiter}` is no delimiter", ("delimiter",), hint)
    if table.decimal == table.thousands:
        hint = "use two different signs"
        yield Slip("conflicting-keys", "`thousands` is the decimal sign", ("thousands",), hint)
    for address in table.cells:
        if position(address) is None:
            yield Slip("unknown-value", f"`{address}` is no cell", ("cells", address),
                       "write column letters and row, such as `A3`")  # fmt: skip


def _columns(table: ImportTable) -> Iterator[Slip]:
    known = [*COLUMNS[table.holds], *(["unit"] if table.holds == "factors" else [])]
    for section in ("columns", "constants", "templates", "names"):
        for name in getattr(table, section):
            if name not in known:
                near = nearest(name, known)
                hint = f"did you mean `{near}`?" if near else "use " + ", ".join(known)
                yield Slip("unknown-key", f"`{name}` is not one of our columns",
                           (section, name), hint)  # fmt: skip
    both = set(table.columns) & set(table.constants)
    for name in sorted(both):
        yield Slip("conflicting-keys", f"`{name}` is a column and a constant",
                   ("constants", name), "remove one of the two")  # fmt: skip
    spread = table.spread.column if table.spread else None
    if spread is not None and (spread not in known or spread in table.columns):
        hint = "write one that no other key gives, such as `year`"
        yield Slip("unknown-key", f"`{spread}` is not one of our free columns",
                   ("spread", "column"), hint)  # fmt: skip
    have = {*table.columns, *table.constants, *table.templates, spread}
    if table.holds == "factors" and "unit" in have:
        have.add("per")
    for need in REQUIRED[table.holds]:
        if need not in have:
            hint = f"add `{need}:` to `columns`, `constants` or `templates`"
            yield Slip("missing-key", f"nothing gives `{need}`", (), hint)
    for index, name in enumerate(table.fill_down):
        if name not in table.columns:
            yield Slip("unknown-key", f"`{name}` of `fill_down` is not in `columns`",
                       ("fill_down", index), "name one of `columns`")  # fmt: skip


def _gases(table: ImportTable) -> Iterator[Slip]:
    if table.spread and table.gases:
        yield Slip("conflicting-keys", "`spread` and `gases` stand together", ("spread",),
                   "remove one of the two")  # fmt: skip
    if (table.holds == "factors") != bool(table.gas_units):
        text = "`gases` is missing" if table.holds == "factors" else "`gases` belongs to factors"
        yield Slip("missing-key" if table.holds == "factors" else "unknown-key", text,
                   ("gases",), "state `gases:` for `holds: factors` only")  # fmt: skip
    whole = "unit" in {*table.columns, *table.constants}
    for gas, unit in table.gas_units.items():
        keys: KeyPath = ("spread",) if table.spread else ("gases", gas)
        if unit is None and not whole:
            yield Slip("missing-unit", f"`{gas}` has no unit", keys,
                       "add `unit: g`, or a column `unit` such as `g/kWh`")  # fmt: skip
        try:
            parse_unit(unit or "kg")
        except UnitError as error:
            yield Slip(error.code, error.message, (*keys, "unit"),
                       error.hint or "write a mass such as `g`")  # fmt: skip


def _texts(table: ImportTable, year: int | None) -> Iterator[Slip]:
    have = {*table.columns, *table.constants, *table.templates}
    have |= {table.spread.column} if table.spread else set()
    have |= {"year"} if (table.year or year) is not None else set()
    have |= {"per"} if table.holds == "factors" else set()  # the second half of a `unit`
    for name, text in table.templates.items():
        for used in PLACEHOLDER.findall(text):
            if used not in have or (used == name and name not in table.columns):
                hint = "use one of: " + ", ".join(sorted(have - {name}))
                yield Slip("unknown-key", f"`{{{used}}}` of the template is not one of the columns",
                           ("templates", name), hint)  # fmt: skip
