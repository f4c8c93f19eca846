"""Files to begin from: read whole, looked at, each sheet of a workbook by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.of_portal import look_at_portal
from ghgcalc.activity_data.tables.looking.sheets import Sheets, with_amounts
from ghgcalc.core.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.company.looked import Look

MOST_BYTES = 64 * 1024 * 1024  # of a file in a repository; more belongs beside it
_KEPT_NAME = re.compile(r"[^\w .()+,&@=-]")


class Looked(NamedTuple):
    """A file to begin from.

    Attributes:
        path: where it is.
        copy: where the repository keeps it.
        data: its bytes.
        tables: a look at each table in it, the likeliest first.
        passed_over: sheets that hold none, each with the reason.
    """

    path: Path
    copy: str
    data: bytes
    tables: tuple[Look, ...]
    passed_over: tuple[str, ...] = ()


def look_at(path: Path) -> Looked | Diagnostic:
    """Read and look at a file; the finding where it is too large or no table.

    Raises:
        OSError: it cannot be read.
    """
    shown = path.as_posix()
    try:
        data = _bytes(path)
        portal = look_at_portal(path)
        tables, passed = ((portal,), ()) if portal is not None else _tables(path)
    except FileRefused as error:
        text = f"`{shown}` {error.message}"
        return Diagnostic(error.code, text, Location(shown, error.line, 1), hint=error.hint)
    return Looked(path, f"data/{_KEPT_NAME.sub('_', path.name)}", data, tables, passed)


def same_names(files: Iterable[Looked]) -> tuple[Looked, Looked] | None:
    """Two files that would be kept under one name."""
    known: dict[str, Looked] = {}
    for each in files:
        other = known.setdefault(each.copy.casefold(), each)
        if other is not each:
            return other, each
    return None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        hint = "split it, by year for instance, or keep it elsewhere and name it under `tables:`"
        raise FileRefused("too-large", "exceeds 64 MiB, which is much for a repository", hint)
    return data


def _tables(path: Path) -> Sheets:
    """Looks at what holds amounts.

    Raises:
        FileRefused: nothing does.
        OSError: it cannot be read.
    """
    found = with_amounts(path, look(path))
    if not found.tables:
        said = "has no sheet with a" if found.passed_over else "holds no"
        raise _no_amounts(f"{said} column of quantities")
    return found


def _no_amounts(message: str) -> FileRefused:
    hint = "name a file with a row of headings and amounts below; lists of sites or items are" \
           " read beside one (`facility_tables:`, `items_from:`)"  # fmt: skip
    return FileRefused("no-table", message, hint)
