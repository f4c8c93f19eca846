"""Answers as JSON text: exact numbers, findings with what a person is to be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.spelling import nearest
from ghgcalc.render.diagnostics import as_record
from ghgcalc.render.json.text import indented

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

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


def arguments_refused(tool: str, known: Collection[str], error: ValidationError) -> str:
    """What is wrong with the arguments of a question, and which it takes."""
    told = dict.fromkeys(_argument(item, known) for item in error.errors())
    takes = ", ".join(known) or "none"
    return f"{tool}: {'; '.join(told)}; arguments: {takes}"


def _argument(item: ErrorDetails, known: Collection[str]) -> str:
    name = str(item["loc"][0]) if item["loc"] else ""
    if item["type"] == "extra_forbidden":
        near = nearest(name, known)
        return f"no argument `{name}`" + (f", did you mean `{near}`?" if near else "")
    if item["type"] == "missing":
        return f"`{name}` is missing"
    if item["type"] == "literal_error":
        return f"`{name}` is one of {item.get('ctx', {}).get('expected', '')}"
    words = item["msg"].removeprefix("Input should be ")
    return f"`{name}` should be {words}"


def no_data(company: str, period: str | None, found: Sequence[Diagnostic]) -> str | None:
    """That a period has no activity data; None where something else keeps totals back."""
    errors = [item for item in found if item.severity is Severity.ERROR]
    if not errors or any(item.code != "no-activities" for item in errors):
        return None
    told = f"of {period} " if period else ""
    return (
        f"{company} holds no activity data {told}".rstrip() + ": there is no total, and none is 0"
    )


def undecided(asked: Undecided) -> str:
    """What a person is to be asked, with the candidates; none of them is taken."""
    return answer(question=asked.question, candidates=asked.candidates)
