"""Documents cited as evidence: which of them are files of the project, and their SHA-256.

`evidence:` is text. Only an entry that names a regular file inside the project, reached through
no link, is opened, and then as a stream; a URL, a document number or a path out is never touched.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from ghgcalc.activity_data.cited import cited_below
from ghgcalc.activity_data.tables.files import digest
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity
from ghgcalc.core.text.paths import PathError, check_text
from ghgcalc.core.text.source import List, Map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.pipeline.project import Project

# sections that every reporting year rests on, as far as it rests on any
_UNDATED = ("facilities", "suppliers", "markets", "metrics")


def evidence_digests(
    lines: Iterable[Line], folder: Path
) -> tuple[dict[str, str | None], list[Diagnostic]]:
    """SHA-256 of each document that lines cite, None where there is no such file.

    Diagnosed as a warning, at the first line that cites it: `unreadable-file` for a link, a
    device, or a file that cannot be read.
    """
    digests: dict[str, str | None] = {}
    found: list[Diagnostic] = []
    for line in lines:
        for name in line.evidence:
            if name in digests:
                continue
            digests[name], reason = digest_of(folder, name)
            if reason:
                found.append(_unread(name, reason, line.location))
    return dict(sorted(digests.items())), found


def _unread(name: str, reason: str, where: Location) -> Diagnostic:
    return Diagnostic(
        "unreadable-file",
        f"evidence `{name}` {reason}, so it has no sha256",
        where,
        hint="cite the document itself, a file inside the project folder",
        severity=Severity.WARNING,
    )


def evidence_of_year(
    project: Project, span: Span, instruments: Iterable[InstrumentUse]
) -> Outcome[dict[str, str]]:
    """SHA-256 of the files that a reporting year cites, by their names.

    These are those of its activities and items, under whatever key `evidence:` stands, of its
    instruments, and of facilities, suppliers, markets and metrics, which bear no year.

    Diagnosed as a warning, at the place that cites it: `unreadable-file`.
    """
    document = project.company.document
    paths: list[KeyPath] = [(name,) for name in _UNDATED]
    paths += dict.fromkeys(each.path for each in project.amounts if each.span.overlap(span))
    paths += [("instruments", use.id) for use in instruments]
    digests: dict[str, str] = {}
    found: list[Diagnostic] = []
    seen: set[str] = set()
    for where, name in (cited for path in paths for cited in _cited(document.root, path)):
        if name in seen:
            continue
        seen.add(name)
        value, reason = digest_of(document.folder, name)
        if value is not None:
            digests[name] = value
        elif reason:
            found.append(_unread(name, reason, document.locate(where)))
    return Outcome(dict(sorted(digests.items())), tuple(found))


def _cited(root: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Texts that cite documents below a place of the file, with their own places."""
    node = root
    for part in path:
        if isinstance(node, Map) and isinstance(part, str):
            node = node.get(part)
        elif isinstance(node, List) and isinstance(part, int):
            node = node[part]
    yield from cited_below(node, path, cites=False)


def digest_of(folder: Path, name: str) -> tuple[str | None, str]:
    """The digest, or None and why a file that is there was not opened.

    The name is one of a file inside the project, reached through no link; else it is only text.
    """
    try:
        check_text(name)
    except PathError:
        return None, ""
    parts = name.split("/")
    if ".." in parts:
        return None, ""
    path = folder
    try:
        for part in parts:
            path = path / part
            if stat.S_ISLNK(os.lstat(path).st_mode):
                return None, "is a link and is not followed"
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            return digest(path), ""
    except PermissionError as error:
        return None, f"cannot be read: {error.strerror}"
    except (OSError, ValueError):  # no such file, or a text that can be no name of one
        return None, ""
    return None, "" if stat.S_ISDIR(mode) else "is no regular file and is not opened"
