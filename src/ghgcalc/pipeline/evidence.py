"""Documents cited as evidence: which of them are files of the project, and their SHA-256.

`evidence:` is text. Only an entry that names a regular file inside the project, reached through
no link, is opened, and then as a stream; a URL, a document number or a path out is never touched.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.files import digest
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.text.paths import PathError, check_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.calculation.results.line import Line


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
            digests[name], reason = _digest(folder, name)
            if reason:
                found.append(
                    Diagnostic(
                        "unreadable-file",
                        f"evidence `{name}` {reason}, so it has no sha256",
                        line.location,
                        hint="cite the document itself, a file inside the project folder",
                        severity=Severity.WARNING,
                    )
                )
    return dict(sorted(digests.items())), found


def _digest(folder: Path, name: str) -> tuple[str | None, str]:
    """The digest, or None and why a file that is there was not opened."""
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
