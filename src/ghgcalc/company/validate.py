"""Document to Company: each section and item is validated on its own, errors become findings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from ghgcalc.company.checks import CHECKS
from ghgcalc.company.checks.ids import check_ids
from ghgcalc.company.company import LISTED, MANY, ONE, SECTIONS, Company, section_model
from ghgcalc.company.own_units import read_own_units
from ghgcalc.core.diagnostics import Diagnostic, Outcome
from ghgcalc.core.finding_limits import Said
from ghgcalc.core.schema_findings import Findings, kind_of
from ghgcalc.core.text.source import List, Map, collector_paused
from ghgcalc.core.units import define_own_units

if TYPE_CHECKING:
    from ghgcalc.core.text.document import Document, KeyPath

FORMAT_VERSION = "1"


def validate(document: Document) -> Outcome[Company | None]:
    """Build the company from what is valid and report everything that is not.

    Diagnosed: `unknown-key`, `missing-key`, `unknown-value`, `wrong-shape`, `bad-id`, `bad-date`,
    number and unit codes, and whatever the checks of `ghgcalc.company.checks` find.
    """
    found: list[Diagnostic] = []
    values: dict[str, Any] = {}
    define_own_units({})
    document.said = Said()
    _check_top(document, found)
    with collector_paused():
        for name, (kind, _) in SECTIONS.items():
            if name in document.root:
                values[name] = _section(document, name, kind, section_model(name), found)
    found.extend(document.said.rest())
    organization = values.get("organization")
    if organization is None:
        return Outcome(None, tuple(found))
    values.pop("ghgcalc", None)
    values.pop("units", None)
    present = {key: value for key, value in values.items() if value is not None}
    company = Company(document=document, year=organization.reporting_year.rule(), **present)
    for check in CHECKS:
        found.extend(check(company))
    return Outcome(company, tuple(found))


def _check_top(document: Document, found: list[Diagnostic]) -> None:
    said = document.said
    findings = Findings(document.root, document.locate, said)
    for key in document.root:
        if key not in SECTIONS and said.room("unknown-key", (key,), document.locate):
            found.append(findings.unknown_key((key,), list(SECTIONS), "the company file"))
    version = document.root.get("ghgcalc")
    if version is None:
        found.append(
            Diagnostic(
                "missing-key",
                "`ghgcalc` (the format version) is missing",
                document.locate(()),
                hint="start with `ghgcalc: 1`",
            )
        )
    elif version != FORMAT_VERSION:
        found.append(
            Diagnostic(
                "unknown-value",
                f"format version `{version}` is not known",
                document.locate(("ghgcalc",)),
                hint="write `ghgcalc: 1`",
            )
        )
    if document.root.get("organization") is None:
        found.append(
            Diagnostic(
                "missing-key",
                "`organization` is missing",
                document.locate(()),
                hint="add `organization:` with name, consolidation_approach and gwp_set",
            )
        )


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    """The reader of a section, built once a process: building it costs more than a small file."""
    return TypeAdapter(model)


def _section(document: Document, name: str, kind: str, model: Any, found: list[Diagnostic]) -> Any:
    node = document.root[name]
    if name == "units":
        return _own_units(document, node, found)
    if kind == ONE:
        return _one(document, (name,), node, _adapter(model), found)
    adapter = _adapter(model)
    if node is None:
        return {}
    if kind == MANY:
        if not isinstance(node, Map):
            found.append(_shape(document, (name,), "entries keyed by id", node))
            return {}
        return _many(document, name, node, adapter, found)
    assert kind == LISTED
    if not isinstance(node, List):
        found.append(_shape(document, (name,), "a list of entries", node))
        return {}
    items = (
        (index, _one(document, (name, index), item, adapter, found))
        for index, item in enumerate(node)
    )
    return {index: item for index, item in items if item is not None}


def _own_units(document: Document, node: Any, found: list[Diagnostic]) -> None:
    """Read `units:` into every amount of the file: each may be stated in the others."""
    if not isinstance(node, Map):
        if node is not None:
            found.append(_shape(document, ("units",), "names and amounts", node))
        return
    found.extend(
        Diagnostic(
            slip.code,
            f"{slip.message} (`units`)",
            document.locate(("units", name), key=slip.at_key),
            hint=slip.hint,
        )
        for name, slip in read_own_units(node).items()
    )


def _many(
    document: Document, name: str, node: Map, adapter: TypeAdapter[Any], found: list[Diagnostic]
) -> dict[str, Any]:
    valid: dict[str, Any] = {}
    found.extend(check_ids(name, node, document.locate))
    findings = Findings(document.root, document.locate, document.said)
    check_python = adapter.validator.validate_python
    for key, item in node.items():
        try:
            valid[key] = check_python(item)
        except ValidationError as error:
            found.extend(findings.of((name, key), adapter, error))
    return valid


def _one(
    document: Document,
    path: KeyPath,
    node: Any,
    adapter: TypeAdapter[Any],
    found: list[Diagnostic],
) -> Any:
    try:
        return adapter.validate_python(node)
    except ValidationError as error:
        found.extend(
            Findings(document.root, document.locate, document.said).of(path, adapter, error)
        )
        return None


def _shape(document: Document, path: KeyPath, expected: str, node: Any) -> Diagnostic:
    return Diagnostic(
        "wrong-shape",
        f"`{path[-1]}` holds {expected}, found {kind_of(node)}",
        document.locate(path),
        hint="see docs/format.md for an example",
    )
