"""What each line of a file cites as evidence, and what has become of the documents."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.cited import names_a_file
from ghgcalc.pipeline.evidence import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.calculation.lock.model import Section
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.pipeline.project import Project


class State(StrEnum):
    """What an entry of `evidence:` is."""

    HASHED = "hashed"
    CHANGED = "changed"
    MISSING = "missing"
    NOT_OPENED = "not opened"
    TEXT = "text only"
    NONE = "none"


class Cited(NamedTuple):
    """A document that a line cites.

    Attributes:
        line: id of the activity; of a table its id, facility and item, whose key cites.
        place: where the file says so.
        evidence: as written; "" where the line cites nothing.
        locked: the reporting years whose lock holds this very file.
        sha256: of the file as it is now; "" where there is none.
    """

    line: str
    place: Location
    evidence: str
    state: State
    locked: tuple[int, ...] = ()
    sha256: str = ""


def evidence_states(project: Project) -> list[Cited]:
    """Every line with each document that it cites, in the order of the file.

    `changed` is said where the lock holds a hash of the line's years, `missing` there, too, and of
    what names a file that is not there; other text is `text only`.
    """
    lines: dict[str, list[ElementaryActivity]] = {}
    for amount in project.amounts:
        lines.setdefault(_name(amount), []).append(amount)
    known: dict[str, tuple[str | None, str]] = {}
    return [
        found for name, amounts in lines.items() for found in _line(project, name, amounts, known)
    ]


def _name(amount: ElementaryActivity) -> str:
    """What is listed once: an activity, or an item of a table at a facility, whatever its days."""
    if not amount.table:
        return amount.activity
    parts = (amount.table, amount.facility, str(amount.path[-1]))
    return "/".join(part for part in parts if part)


def _line(
    project: Project,
    name: str,
    amounts: Sequence[ElementaryActivity],
    known: dict[str, tuple[str | None, str]],
) -> Iterator[Cited]:
    place = amounts[0].location
    cited = list(dict.fromkeys(text for amount in amounts for text in amount.evidence))
    if not cited:
        yield Cited(name, place, "", State.NONE)
    sections = _sections(project, amounts)
    folder = project.company.document.folder
    for text in cited:
        if text not in known:
            known[text] = digest_of(folder, text)
        now, reason = known[text]
        held = {each.year: each.values.evidence.get(text) for each in sections}
        locked = tuple(year for year, value in held.items() if value and value == now)
        hashes = {value for value in held.values() if value}
        state = _state(now, reason, hashes)
        if state is State.TEXT and _promised(folder, text):
            state = State.MISSING
        yield Cited(name, place, text, state, locked, now or "")


def _promised(folder: Path, text: str) -> bool:
    """Whether a text names a file that is not there; a folder is one that nobody hashes."""
    return names_a_file(text, folder) and not (folder / text).is_dir()


def _state(now: str | None, reason: str, hashes: set[str]) -> State:
    """What a document is, by its digest now and those that the lock holds."""
    if now is not None:
        return State.HASHED if hashes <= {now} else State.CHANGED
    if reason:
        return State.NOT_OPENED
    return State.MISSING if hashes else State.TEXT


def _sections(project: Project, amounts: Sequence[ElementaryActivity]) -> list[Section]:
    """The sections of the lock that speak of a line's years."""
    lock, year = project.lock, project.company.year
    if lock is None or lock.foreign:
        return []
    years = {
        name
        for amount in amounts
        for name in range(year.name_of(amount.span.first), year.name_of(amount.span.last) + 1)
    }
    return [each for name, each in sorted(lock.sections.items()) if name in years and each.sealed]
