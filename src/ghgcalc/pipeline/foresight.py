"""What the next run would find: a file is judged again as if the first findings were mended.

A category that is misspelt keeps its line from being priced, and so hides that the line's unit has
no basis and its facility no region: each run would show one obstacle. Where a finding names a word
that can stand in a place, or a pack that can be added, the file is judged a second time as if it
did, and errors that only then show are told as well, with what they suppose. They change no figure:
totals are blocked by the finding itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ghgcalc.core.diagnostics import Location, Severity, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.source import SourceFile

Judge: TypeAlias = "Callable[[Mapping[str, str], Sequence[str]], Sequence[Diagnostic]]"
PASSES = 4  # what the second look shows may hold names with one near name again
MOST = 200  # names; a file with more has another fault than spelling
_WORD = re.compile(r"[^\s,:#&*!|>'\"%@`{}\[\]][^,:#'\"`{}\[\]\n]*")


class Edit(NamedTuple):
    """One word of a text that is read as another; `old` is what stands there, quotes included."""

    at: Location
    old: str
    new: str


def with_foreseen(
    found: tuple[Diagnostic, ...],
    sources: Sequence[SourceFile],
    judge: Judge,
) -> tuple[Diagnostic, ...]:
    """Findings in order, with those that `foreseen` adds."""
    more = foreseen(found, sources, judge)
    return in_order((*found, *more)) if more else found


def foreseen(
    found: Iterable[Diagnostic],
    sources: Sequence[SourceFile],
    judge: Judge,
) -> list[Diagnostic]:
    """Errors that following the hints would uncover; none where no hint can be supposed.

    Args:
        found: the findings of the files as they are.
        sources: their texts.
        judge: the findings of other texts in their place, by path, and of further packs.
    """
    known = list(found)
    texts = {source.path: source.text for source in sources if not source.delimiter}
    edits: list[Edit] = []
    packs: list[str] = []
    more: list[Diagnostic] = []
    for _ in range(PASSES):
        errors = [item for item in known if item.severity is Severity.ERROR]
        new = _apart(edits, (edit for item in errors if (edit := _edit(item, texts))))
        named = [name for item in errors for name in item.packs if name not in packs]
        if not (new or named) or len(edits) + len(new) > MOST:
            break
        edits += new
        packs += dict.fromkeys(named)
        shown = {_what(item) for item in known}
        again = [_back(item, edits) for item in judge(_edited(texts, edits), packs)]
        uncovered = [item for item in again if _news(item, shown)]
        known += uncovered
        more += [_supposing(item, edits, packs) for item in uncovered]
    return more


def _apart(known: Sequence[Edit], found: Iterable[Edit]) -> list[Edit]:
    """Edits of places that no other one touches; the first of a place is kept."""
    new: list[Edit] = []
    for edit in found:
        first, last = edit.at.column, edit.at.column + len(edit.old)
        if not any(
            other.at[:2] == edit.at[:2]
            and other.at.column < last
            and first < other.at.column + len(other.old)
            for other in (*known, *new)
        ):
            new.append(edit)
    return new


def _edit(item: Diagnostic, texts: Mapping[str, str]) -> Edit | None:
    """The correction that a finding names; None where its place holds another thing."""
    where, (word, other) = item.location, item.suppose
    if not (item.instead or word) or where is None or where.path not in texts:
        return None
    lines = texts[where.path].splitlines()
    if where.line > len(lines):
        return None
    start = where.column - 1
    old = lines[where.line - 1][start : start + where.width]
    if word:
        before, found, after = old.rpartition(word)
        return Edit(where, old, before + other + after) if found else None
    return Edit(where, old, item.instead) if is_word(old) else None


def is_word(written: str) -> bool:
    """Whether what stands at a place is one plain word, quoted or not, that another can replace."""
    quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "'\""
    return _WORD.fullmatch(written[1:-1] if quoted else written) is not None


def _edited(texts: Mapping[str, str], edits: list[Edit]) -> dict[str, str]:
    """The texts with every correction; lines keep their numbers."""
    found: dict[str, str] = {}
    for path, here in groupby(sorted(edits), key=lambda edit: edit.at.path):
        lines = texts[path].splitlines(keepends=True)
        for edit in sorted(here, key=lambda edit: edit.at.column, reverse=True):
            line, start = lines[edit.at.line - 1], edit.at.column - 1
            lines[edit.at.line - 1] = line[:start] + edit.new + line[start + len(edit.old) :]
        found[path] = "".join(lines)
    return found


def _back(item: Diagnostic, edits: list[Edit]) -> Diagnostic:
    """A finding of the corrected texts at its place in the files as they are."""
    related = tuple(each._replace(location=_place(each.location, edits)) for each in item.related)
    where = None if item.location is None else _place(item.location, edits)
    return replace(item, location=where, related=related)


def _place(where: Location, edits: list[Edit]) -> Location:
    column, width = where.column, where.width
    for edit in sorted(edits):
        if (edit.at.path, edit.at.line) != (where.path, where.line):
            continue
        grown = len(edit.new) - len(edit.old)
        if edit.at.column < column:
            column -= grown
        elif edit.at.column < column + width and (
            edit.at.column > column or width == len(edit.new)
        ):
            width -= grown
    return where._replace(column=column, width=max(width, 1))


def _what(item: Diagnostic) -> tuple[object, ...]:
    return item.code, item.location, item.message


def _news(item: Diagnostic, shown: set[tuple[object, ...]]) -> bool:
    return item.severity is Severity.ERROR and _what(item) not in shown


def _supposing(item: Diagnostic, edits: list[Edit], packs: list[str]) -> Diagnostic:
    """A finding with the corrections it supposes: those of its own lines, else how many."""
    where = item.location
    near = [edit for edit in edits if where is not None and edit.at[:2] == where[:2]]
    if near:
        told = " and ".join(f"`{edit.new}` is written for `{edit.old}`" for edit in near)
    elif packs:
        stand = "stands" if len(packs) == 1 else "stand"
        told = " and ".join(f"`{name}`" for name in packs) + f" {stand} in `factor_packs`"
    elif len(edits) == 1:
        told = f"`{edits[0].new}` is written for `{edits[0].old}` ({edits[0].at})"
    else:
        told = f"the {len(edits)} names that have one near name are corrected"
    return replace(item, supposing=told)
