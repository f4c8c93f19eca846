"""Which files a table names, of what kind they are, and what is packed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR
from ghgcalc.core.refusal import Refused
from ghgcalc.core.text.paths import PathError, expand

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.core.diagnostics import Diagnostic

PACKED = (".gz", ".zst")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
TEXTS = (".csv", ".tsv", ".tab", ".txt")
PARQUET = (".parquet", ".pq")
_SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


class FileRefused(Refused):
    """A file that cannot be read: code, message and hint of the finding, and its line."""

    line = 1


def kind_of(name: str) -> str:
    """`text`, `workbook` or `parquet`, by the name; everything unknown is text."""
    name = name.lower()
    if name.endswith(WORKBOOKS):
        return "workbook"
    return "parquet" if name.endswith(PARQUET) else "text"


def digest(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def year_in(name: str) -> str:
    """The year that a file's name holds.

    Raises:
        FileRefused: when it holds none, or two that differ.
    """
    base = name.rpartition("/")[2]
    runs = [run for run in re.findall("[0-9]+", base) if len(run) == len("2024")]
    years: list[str] = sorted({run for run in runs if FIRST_YEAR <= int(run) <= LAST_YEAR})
    if len(years) == 1:
        return years[0]
    what = f"holds {' and '.join(years)}" if years else "holds no year of four digits"
    raise FileRefused(
        "bad-date", f"{what} in its name", "state `read: {year: YYYY}` for its table, with its year"
    )


def _readable(path: Path) -> bool:
    name = path.name.lower()
    for packing in PACKED:
        name = name.removesuffix(packing)
    return not name.startswith((".", "~$")) and name.endswith((*TEXTS, *WORKBOOKS, *PARQUET))


def _working(path: Path) -> bool:
    """Whether another program keeps the file for itself: locks of Excel and LibreOffice, macOS."""
    return path.name.startswith(("~$", "._", ".~lock.")) or path.name.lower() in _SYSTEM


def _passed_over(path: Path, pattern: str) -> bool:
    """Whether a glob leaves a file out: working and hidden ones, unless it begins with a dot."""
    hidden = path.name.startswith(".") and not pattern.rpartition("/")[2].startswith(".")
    return hidden or _working(path)


def files_matching(folder: Path, pattern: str) -> list[Path]:
    """Files of a pattern, and the tables directly inside each folder that it names.

    A glob does not take the working files of other programs and hidden ones; a name written out
    does.

    Raises:
        FileRefused: a glob meets what is named as its files are and is none.
        PathError: as `expand`.
    """
    found: list[Path] = []
    plain = not any(sign in pattern for sign in "*?[")
    for path in expand(folder, folder, pattern):
        if not plain and not path.is_file():
            what = "a folder" if path.is_dir() else "a link to nothing, a pipe or a device"
            message = f"`{path.name}`, which `{pattern}` names, is {what}, not a file"
            hint = "rename it; a folder whose files are to be read is named by itself"
            raise FileRefused("unreadable-file", message, hint)
        if path.is_dir():
            inner = pattern.rstrip("/") + "/*"
            found += [one for one in expand(folder, folder, inner) if _readable(one)]
        elif plain or not _passed_over(path, pattern):
            found.append(path)
    return [path for path in found if path.is_file()]


_SUFFIX = re.compile(r"(?:\.[A-Za-z]+)+$")


def _in_other_case(folder: Path, pattern: str) -> list[Path]:
    """Files that a glob passes over for the case of their suffix alone: `2.CSV` of `*.csv`."""
    suffix = _SUFFIX.search(pattern)
    if suffix is None or not any(sign in pattern for sign in "*?["):
        return []
    either = re.sub("[A-Za-z]", lambda found: f"[{found[0].lower()}{found[0].upper()}]", suffix[0])
    return [
        path for path in expand(folder, folder, pattern[: suffix.start()] + either)
        if path.is_file() and not _passed_over(path, pattern)
    ]  # fmt: skip


def find_files(places: Places, folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Expand the table's patterns; a file that two patterns name is read once."""
    paths: dict[Path, Path] = {}
    found: list[Diagnostic] = []
    others: list[tuple[Path, str, tuple[str | int, ...]]] = []
    for index, pattern in enumerate(places.table.files):
        where: tuple[str | int, ...] = (
            ("files", index) if len(places.table.files) > 1 else ("files",)
        )
        try:
            matches = files_matching(folder, pattern)
            others += [(path, pattern, where) for path in _in_other_case(folder, pattern)]
        except FileRefused as error:
            found.append(places.finding(error.code, error.message, *where, hint=error.hint))
            continue
        except PathError as error:
            found.append(places.finding("path-outside", error.message, *where, hint=error.hint))
            continue
        except (OSError, ValueError, NotImplementedError, RuntimeError) as error:
            message = f"`{shown_cell(pattern)}` cannot be expanded: {error}"
            hint = "write a relative path, such as `data/power-*.csv`"
            found.append(places.finding("path-outside", message, *where, hint=hint))
            continue
        if not matches:
            message = f"no file matches `{pattern}` of table `{places.name}`"
            hint = "check the name; the path is relative to the folder of the company file"
            found.append(places.finding("file-not-found", message, *where, hint=hint))
        for path in matches:
            paths.setdefault(path.resolve(), path)
    for path, pattern, where in others:
        if path.resolve() not in paths:
            message = (
                f"`{shown_cell(path.name)}` is not read: `{pattern}` names files of another case"
            )
            hint = (
                "name it as well, or rename the file; move it elsewhere where it is not to be read"
            )
            told = places.finding("file-not-found", message, *where, hint=hint)
            found.append(replace(told, severity=Severity.WARNING))
    return list(paths.values()), found
