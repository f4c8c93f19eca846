"""Answers as JSON text: exact numbers, findings with what a person is to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.core.diagnostics import Severity
from ghgcalc.render.diagnostics import as_record
from ghgcalc.render.json.text import indented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.cli.assistant.folder import Undecided
    from ghgcalc.core.diagnostics import Diagnostic

MOST_FINDINGS = 100
WITHHELD = "errors keep lines out of the totals; no total is told until they are mended"


def answer(**parts: object) -> str:
    """A record as JSON text; numbers marked by a NUL are written exactly."""
    return indented(parts)


def findings(found: Sequence[Diagnostic]) -> dict[str, Any]:
    """Findings, the first of many, and the questions that the errors among them put to a person.

    A hint is what a person may type where it is true; which of several is true, no tool knows.
    """
    shown = found[:MOST_FINDINGS]
    counts = {each.value: sum(item.severity is each for item in found) for each in Severity}
    return {
        "counts": counts,
        "findings": [as_record(item) for item in shown],
        "findings_left_out": len(found) - len(shown),
        "questions": [_question(item) for item in shown if item.severity is Severity.ERROR],
    }


def _question(item: Diagnostic) -> dict[str, Any]:
    return {
        "at": None if item.location is None else str(item.location),
        "question": item.message,
        "candidates": [*item.notes, *([item.hint] if item.hint else [])],
    }


def undecided(asked: Undecided) -> str:
    """What a person is to be asked, with the candidates; none of them is taken."""
    return answer(question=asked.question, candidates=asked.candidates)
