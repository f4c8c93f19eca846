"""Answers as JSON text: exact numbers, findings with what a person is to be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ghgcalc.core.diagnostics import Severity
from ghgcalc.render.diagnostics import as_record
from ghgcalc.render.json.text import indented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.cli.assistant.folder import Undecided
    from ghgcalc.core.diagnostics import Diagnostic, Location

MOST_FINDINGS = 100
WITHHELD = "errors block the totals: the findings say which; no total is told beside them"


def answer(**parts: object) -> str:
    """A record as JSON text; numbers marked by a NUL are written exactly."""
    return indented(parts)


def findings(found: Sequence[Diagnostic], company: str | Path) -> dict[str, Any]:
    """Findings, the first of many, and the questions that the errors among them put to a person.

    A hint is what a person may type where it is true; which of several is true, no tool knows.
    Places are paths in the served folder; those of bundled packs stay as they are.
    """
    folder = Path(company).parent
    shown = [_placed(item, folder) for item in found[:MOST_FINDINGS]]
    counts = {each.value: sum(item.severity is each for item in found) for each in Severity}
    return {
        "counts": counts,
        "findings": [as_record(item) for item in shown],
        "findings_left_out": len(found) - len(shown),
        "questions": [_question(item) for item in shown if item.severity is Severity.ERROR],
    }


def _placed(item: Diagnostic, folder: Path) -> Diagnostic:
    """A finding at its place in the served folder."""

    def moved(where: Location) -> Location:
        here = folder / where.path
        return where._replace(path=here.as_posix()) if here.exists() else where

    related = tuple(each._replace(location=moved(each.location)) for each in item.related)
    where = None if item.location is None else moved(item.location)
    return replace(item, location=where, related=related)


def _question(item: Diagnostic) -> dict[str, Any]:
    return {
        "at": None if item.location is None else str(item.location),
        "question": item.message,
        "candidates": [*item.notes, *([item.hint] if item.hint else [])],
    }


def undecided(asked: Undecided) -> str:
    """What a person is to be asked, with the candidates; none of them is taken."""
    return answer(question=asked.question, candidates=asked.candidates)
