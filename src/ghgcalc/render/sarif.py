"""Findings as SARIF 2.1.0, for code scanning: alerts that survive edits above them.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0; limits of code scanning
per run and the fingerprint's name from GitHub's documentation (CI-05).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ghgcalc.core.codes.registry import CODES
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.text.controls import escaped_json
from ghgcalc.core.version import __version__
from ghgcalc.render.diagnostics import said
from ghgcalc.render.text import safe
from ghgcalc.render.yaml_paths import keys_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ghgcalc.core.diagnostics import Diagnostic, Location
    from ghgcalc.render.style import Style

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST = 25_000  # results of a run
_YAML = (".yaml", ".yml")
_KEEPS = 5_000  # of them; the heaviest stand first
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def form(diagnostics: Iterable[Diagnostic], lines: Mapping[str, Sequence[str]], _: Style) -> str:
    """Findings in the format `sarif`."""
    found = list(diagnostics)
    if len(found) > _KEEPS:
        found.sort(key=lambda item: list(Severity).index(item.severity))
    found = found[:MOST]
    codes = sorted({item.code for item in found})
    places = {code: place for place, code in enumerate(codes)}
    seen: dict[str, int] = {}
    results = [_result(item, places[item.code], lines, seen) for item in found]
    run = {
        "tool": {"driver": {
            "name": "ghgcalc", "version": __version__, "rules": [_rule(code) for code in codes]
        }},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }  # fmt: skip
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped_json(json.dumps(log, ensure_ascii=False, indent=1)) + "\n"


def _rule(slug: str) -> dict[str, Any]:
    code = CODES[slug]
    return {
        "id": slug,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why},
        "help": {"text": code.fix, "markdown": f"{code.why}\n\n**Mend it:** {code.fix}"},
    }


def _result(
    item: Diagnostic, rule: int, lines: Mapping[str, Sequence[str]], seen: dict[str, int]
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": _LEVELS[item.severity],
        "message": {"text": said(item)},
    }
    if item.location is not None:
        made["locations"] = [{"physicalLocation": _physical(item.location)}]
    if item.related:
        made["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(each.location),
             "message": {"text": safe(each.label) or "see here"}}
            for number, each in enumerate(item.related)
        ]  # fmt: skip
    made["partialFingerprints"] = {"primaryLocationLineHash": _fingerprint(item, lines, seen)}
    return made


def _physical(where: Location) -> dict[str, Any]:
    line, column = max(where.line, 1), max(where.column, 1)
    return {
        "artifactLocation": {
            "uri": quote(where.path.replace("\\", "/")), "uriBaseId": "%SRCROOT%"
        },
        "region": {
            "startLine": line, "startColumn": column, "endLine": line,
            "endColumn": column + max(where.width, 1),
        },
    }  # fmt: skip


def _fingerprint(item: Diagnostic, lines: Mapping[str, Sequence[str]], seen: dict[str, int]) -> str:
    """A name of the finding that holds when lines above it change: code, file and keys.

    What a finding is `about` tells it from others of its code there, so that none takes the name of
    another once that one is mended; those that say nothing of the kind are numbered.
    """
    where, parts = item.location, [item.code, *([item.about] if item.about else [])]
    if where is not None:
        text = lines.get(where.path, ())
        yaml = where.path.lower().endswith(_YAML)
        parts += [where.path, *(keys_above(text, where.line) if yaml else _row(text, where.line))]
    else:
        parts.append(item.message)
    made = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    seen[made] = seen.get(made, 0) + 1
    return f"{made}:{seen[made]}"


def _row(lines: Sequence[str], line: int) -> list[str]:
    """The text of a table's row, which keeps its words when rows above it go."""
    return [lines[line - 1].strip()] if 0 < line <= len(lines) else []
