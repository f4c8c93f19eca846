"""Findings as annotations of GitHub Actions: the heaviest first, within what a step may show.

Source: GitHub documentation, "Workflow commands for GitHub Actions"; a step shows ten annotations
of each kind (CI-03).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Severity
from ghgcalc.render.diagnostics import said
from ghgcalc.render.text import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.render.style import Style

SHOWN = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def form(diagnostics: Iterable[Diagnostic], _lines: Mapping[str, Sequence[str]], _: Style) -> str:
    """Findings in the format `github`."""
    kept: Counter[Severity] = Counter()
    left: Counter[Severity] = Counter()
    rows: list[str] = []
    ranked = sorted(diagnostics, key=lambda item: list(Severity).index(item.severity))
    totals = Counter(item.severity for item in ranked)
    for item in ranked:
        # the last annotation of a kind that has more says how many these are
        room = SHOWN if totals[item.severity] <= SHOWN else SHOWN - 1
        if kept[item.severity] < room:
            kept[item.severity] += 1
            rows.append(_annotation(item))
        else:
            left[item.severity] += 1
    for severity, count in left.items():
        noun = plural(count, f"more {severity.value}")
        rows.append(f"::{_COMMANDS[severity]}::and {noun}; the log of `ghgcalc check` shows all")
    return "".join(f"{row}\n" for row in rows)


def remark(text: str) -> str:
    """An error annotation of the whole run, which stands at no file."""
    return f"::error title=ghgcalc ci::{_escaped(safe(text), _DATA)}"


def _annotation(item: Diagnostic) -> str:
    where = item.location
    properties = {"title": f"ghgcalc {item.code}"}
    if where is not None:
        properties = {
            "file": where.path, "line": str(max(where.line, 1)),
            "endLine": str(max(where.line, 1)), "col": str(max(where.column, 1)),
            "endColumn": str(max(where.column, 1) + where.width), **properties,
        }  # fmt: skip
    text = _escaped(said(item), _DATA)
    shown = ",".join(f"{key}={_escaped(safe(text), _PROPERTY)}" for key, text in properties.items())
    return f"::{_COMMANDS[item.severity]} {shown}::{text}"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
