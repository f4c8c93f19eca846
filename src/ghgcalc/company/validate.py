"""Document to Company: each section and item is validated on its own, errors become findings."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from ghgcalc.company.checks import CHECKS
from ghgcalc.company.checks.ids import check_ids
from ghgcalc.company.company import LISTED, MANY, ONE, SECTIONS, Company, section_model
from ghgcalc.company.own_units import read_own_units
from ghgcalc.core.check import found_by
from ghgcalc.core.diagnostics import Diagnostic, Outcome
from ghgcalc.core.finding_limits import Said
from ghgcalc.core.period import PeriodError, parse_period_text
from ghgcalc.core.schema_findings import Findings, kind_of
from ghgcalc.core.text.source import List, Map, collector_paused
from ghgcalc.core.units import define_own_units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ghgcalc.company.organization import Organization
    from ghgcalc.core.period import ReportingYear
    from ghgcalc.core.text.document import Document, KeyPath

FORMAT_VERSION = "1"


def validate(document: Document) -> Outcome[Company | None]:
    """Build the company from what is valid and report everything that is not.

    Diagnosed: `unknown-key`, `missing-key`, `unknown-value`, `wrong-shape`, `bad-id`, `bad-date`,
    number and unit codes, and whatever the checks of `ghgcalc.company.checks` find.
    """
    define_own_units({})
    said = Said()
    findings = Findings(document.root, document.locate, said)
    found = [*_top(document, findings)]
    values: dict[str, Any] = {}
    with collector_paused():
        for name, (kind, _) in SECTIONS.items():
            if name in document.root:
                section = _section(document, name, kind, findings, values.get("organization"))
                values[name] = section.value
                found.extend(section.diagnostics)
    found.extend(said.rest())
    organization = values.get("organization")
    if organization is None:
        return Outcome(None, tuple(found))
    values.pop("ghgcalc", None)
    values.pop("units", None)
    present = {key: value for key, value in values.items() if value is not None}
    company = Company(document=document, year=organization.reporting_year.rule(), **present)
    found.extend(found_by(CHECKS, company, company.checks))
    return Outcome(company, tuple(found))


def _top(document: Document, findings: Findings) -> Iterator[Diagnostic]:
    """Findings of the file as a whole: unknown sections, the version, no organization."""
    for key in document.root:
        if key not in SECTIONS and findings.said.room("unknown-key", (key,), document.locate):
            yield findings.unknown_key((key,), list(SECTIONS), "the company file")
    version = document.root.get("ghgcalc")
    if version is None:
        yield Diagnostic(
            "missing-key",
            "`ghgcalc` (the format version) is missing",
            document.locate(()),
            hint="start with `ghgcalc: 1`",
        )
    elif version != FORMAT_VERSION:
        yield Diagnostic(
            "unknown-value",
            f"format version `{version}` is not known",
            document.locate(("ghgcalc",)),
            hint="write `ghgcalc: 1`",
        )
    if document.root.get("organization") is None:
        yield Diagnostic(
            "missing-key",
            "`organization` is missing",
            document.locate(()),
            hint="add `organization:` with name, consolidation_approach and gwp_set",
        )


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    """The reader of a section, built once a process: building it costs more than a small file."""
    return TypeAdapter(model)


def _section(
    document: Document,
    name: str,
    kind: str,
    findings: Findings,
    organization: Organization | None,
) -> Outcome[Any]:
    """The valid part of a section: an entry, or entries by id or place."""
    node = document.root[name]
    if name == "units":
        return Outcome(None, tuple(_own_units(document, node)))
    adapter = _adapter(section_model(name))
    if kind == ONE:
        return _one((name,), node, adapter, findings)
    if node is None:
        return Outcome({})
    if kind == MANY:
        if not isinstance(node, Map):
            return Outcome({}, (_shape(document, (name,), "entries keyed by id", node),))
        year = organization.reporting_year.rule() if organization is not None else None
        return _many(document, name, node, adapter, findings,
                     year if name == "activities" else None)  # fmt: skip
    assert kind == LISTED
    if not isinstance(node, List):
        return Outcome({}, (_shape(document, (name,), "a list of entries", node),))
    return _listed(name, node, adapter, findings)


def _own_units(document: Document, node: Any) -> Iterator[Diagnostic]:
    """Read `units:` into every amount of the file: each may be stated in the others."""
    if not isinstance(node, Map):
        if node is not None:
            yield _shape(document, ("units",), "names and amounts", node)
        return
    for name, slip in read_own_units(node).items():
        place = document.locate(("units", name), key=slip.at_key)
        yield Diagnostic(slip.code, f"{slip.message} (`units`)", place, hint=slip.hint)


def _many(
    document: Document,
    name: str,
    node: Map,
    adapter: TypeAdapter[Any],
    findings: Findings,
    year: ReportingYear | None,
) -> Outcome[dict[str, Any]]:
    """The valid entries; what is wrong with one that has days speaks of these alone."""
    valid: dict[str, Any] = {}
    found = [*check_ids(name, node, document.locate)]
    check_python = adapter.validator.validate_python
    for key, item in node.items():
        try:
            valid[key] = check_python(item)
        except ValidationError as error:
            days = _days(item, year) if year is not None else None
            found.extend(
                replace(one, days=days) for one in findings.of((name, key), adapter, error)
            )
    return Outcome(valid, tuple(found))


def _days(entry: Any, year: ReportingYear) -> tuple[date, date] | None:
    """The days of an activity whose period can be read, whatever else of it cannot."""
    text = entry.get("period") if isinstance(entry, Map) else None
    if not isinstance(text, str):
        return None
    try:
        span = year.resolve(parse_period_text(text))
    except PeriodError:
        return None
    return span.first, span.last


def _listed(
    name: str, node: List, adapter: TypeAdapter[Any], findings: Findings
) -> Outcome[dict[int, Any]]:
    read = [_one((name, index), item, adapter, findings) for index, item in enumerate(node)]
    valid = {index: item.value for index, item in enumerate(read) if item.value is not None}
    return Outcome(valid, tuple(one for item in read for one in item.diagnostics))


def _one(path: KeyPath, node: Any, adapter: TypeAdapter[Any], findings: Findings) -> Outcome[Any]:
    try:
        return Outcome(adapter.validate_python(node))
    except ValidationError as error:
        return Outcome(None, tuple(findings.of(path, adapter, error)))


def _shape(document: Document, path: KeyPath, expected: str, node: Any) -> Diagnostic:
    return Diagnostic(
        "wrong-shape",
        f"`{path[-1]}` holds {expected}, found {kind_of(node)}",
        document.locate(path),
        hint="see docs/format.md for an example",
    )
