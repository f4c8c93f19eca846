"""The findings of a company file at their places in the files that an editor shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.cli.editor.buffers import YAML
from ghgcalc.cli.editor.positions import START, Positions, Stretch, in_line
from ghgcalc.core.text.paths import PathError, inside
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.foresight import is_word
from ghgcalc.render.diagnostics import said
from ghgcalc.render.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ghgcalc.cli.editor.buffers import Buffers
    from ghgcalc.core.diagnostics import Diagnostic, Location
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.pipeline.project import Project


class Place(NamedTuple):
    """A file and a stretch of it."""

    path: Path
    stretch: Stretch


class Finding(NamedTuple):
    """A finding where an editor shows it.

    Attributes:
        place: its file and stretch; of findings of the whole run the start of the company file.
        text: message, notes and hint.
        related: other places of the same conflict, each with its label.
        written: what stands at the place.
        instead: the one word that can stand there; "" where none or several can.
    """

    place: Place
    text: str
    item: Diagnostic
    related: tuple[tuple[Place, str], ...] = ()
    written: str = ""
    instead: str = ""


class Judged(NamedTuple):
    """The findings of a company file, and its project, or None where it holds no company."""

    findings: list[Finding]
    project: Project | None


def judged(company: Path, buffers: Buffers) -> Judged:
    """What `ghgcalc check` finds of a company file, with the texts of an editor."""
    found = check(company, texts=buffers.beside(company))
    placer = Placer(company, buffers, found.sources)
    placed = [placer.finding(item) for item in found.diagnostics]
    return Judged([*placed, *filter(None, map(_in_yaml, placed))], found.project)


def _in_yaml(finding: Finding) -> Finding | None:
    """A finding in a table once more where the company file speaks of it, as it is mended there."""
    if finding.place.path.suffix in YAML:
        return None
    other = next((place for place, _ in finding.related if place.path.suffix in YAML), None)
    if other is None:
        return None
    item = replace(finding.item, paste=())  # what is pasted is offered at the first one
    return Finding(other, finding.text, item, ((finding.place, "the cell of the table"),))


class Placer:
    """Finds our places in the files of a project, never outside of it."""

    def __init__(self, company: Path, buffers: Buffers, sources: Iterable[SourceFile]) -> None:
        self._company, self._encoding = company, buffers.encoding
        self._sources = {each.path: each for each in sources}
        self._known: dict[str, Positions] = {}

    def finding(self, item: Diagnostic) -> Finding:
        """A finding at its place."""
        place = None if item.location is None else self.place(item.location)
        related = tuple(
            (at, safe(each.label) or "see here")
            for each in item.related
            if (at := self.place(each.location)) is not None
        )
        if place is None:
            told = f"{safe(str(item.location))}: " if item.location else ""
            return Finding(Place(self._company, START), told + said(item), item, related)
        written = self._written(item.location)
        known = not item.supposing and place.path.suffix in YAML and is_word(written)
        return Finding(place, said(item), item, related, written, item.instead if known else "")

    def place(self, where: Location) -> Place | None:
        """Where a place opens; None where it is no file of the project, as of bundled packs."""
        path = file_of(self._company.parent, where.path)
        if path is None:
            return None
        source = self._sources.get(where.path)
        if source is None or not source.text:  # rows of a table
            line = _line(source, where.line)
            return Place(path, in_line(where, line, self._encoding))
        return Place(path, self._positions(source).stretch(where))

    def _positions(self, source: SourceFile) -> Positions:
        if source.path not in self._known:
            self._known[source.path] = Positions(source.text, self._encoding)
        return self._known[source.path]

    def _written(self, where: Location | None) -> str:
        source = None if where is None else self._sources.get(where.path)
        line = "" if where is None else _line(source, where.line)
        return "" if where is None else line[where.column - 1 : where.column - 1 + where.width]


def file_of(folder: Path, shown: str) -> Path | None:
    """The file of a project that a place names; None where it is none, or lies outside."""
    try:
        path = inside(folder, folder, shown)
        return path if path.is_file() else None
    except (PathError, OSError):
        return None


def _line(source: SourceFile | None, line: int) -> str:
    """A line, from 1, of a text or of the rows that are kept of a table; "" where it is not."""
    if source is None or not 0 < line <= len(source.lines):
        return ""
    return source.lines[line - 1]
