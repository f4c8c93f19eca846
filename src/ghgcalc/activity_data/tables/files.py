"""Which files a table names, of what kind they are, and what is packed."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.text.paths import PathError, expand

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.places import Places

PACKED = (".gz", ".zst")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
TEXTS = (".csv", ".tsv", ".tab", ".txt")
PARQUET = (".parquet", ".pq")
_CHUNK = 1 << 20
_ZSTD = b"\x28\xb5\x2f\xfd"
# deflate reaches 1,032; bills repeat themselves, but hardly more than this
_MOST_RATIO, _FREE = 250, 64 * _CHUNK


class FileRefused(Exception):  # noqa: N818 - said to the reader, not a fault of the program
    """A file that cannot be read: code, message and hint of the finding."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


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


def unpacked(path: Path, target: Path) -> Path:
    """The text file inside `.gz` or `.zst`, written to `target`; any other file itself.

    Raises:
        OSError: when it cannot be read.
        FileRefused: when it is damaged, or unpacks beyond all proportion.
    """
    name = path.name.lower()
    if name.endswith(".gz"):
        _gunzip(path, target)
    elif name.endswith(".zst"):
        _unzstd(path, target)
    else:
        return path
    return target


def _gunzip(path: Path, target: Path) -> None:
    limit, size = path.stat().st_size * _MOST_RATIO + _FREE, 0
    try:
        with gzip.open(path) as source, target.open("wb") as made:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise FileRefused(
                        "too-large",
                        f"unpacks to more than {_MOST_RATIO} times its size",
                        "unpack it yourself if it is what you expect",
                    )
                made.write(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        hint = "pack the file again"
        raise FileRefused("unreadable-file", f"is not whole: {error}", hint) from error


def _unzstd(path: Path, target: Path) -> None:
    """Unpack by the engine, line by line; it knows UTF-8 only."""
    import polars as pl

    with path.open("rb") as source:
        if source.read(4) != _ZSTD:  # the engine would take it for plain text
            raise FileRefused("unreadable-file", "is not packed by zstd", "correct its name")
    try:
        pl.scan_lines(path, glob=False).sink_csv(
            target, include_header=False, quote_style="never", separator="\x1f"
        )
    except pl.exceptions.PolarsError as error:
        reason = shown_cell(str(error).splitlines()[0])
        hint = "unpack it first, for instance with `zstd -d`"
        raise FileRefused("unreadable-file", f"cannot be unpacked: {reason}", hint) from error


def _readable(path: Path) -> bool:
    name = path.name.lower()
    for packing in PACKED:
        name = name.removesuffix(packing)
    return not name.startswith((".", "~$")) and name.endswith((*TEXTS, *WORKBOOKS, *PARQUET))


def files_matching(folder: Path, pattern: str) -> list[Path]:
    """Files of a pattern, and the tables directly inside each folder that it names."""
    found: list[Path] = []
    for path in expand(folder, folder, pattern):
        if path.is_dir():
            inner = pattern.rstrip("/") + "/*"
            found += [one for one in expand(folder, folder, inner) if _readable(one)]
        else:
            found.append(path)
    return [path for path in found if path.is_file()]


def find_files(places: Places, folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Expand the table's patterns; a file that two patterns name is read once."""
    paths: dict[Path, Path] = {}
    found: list[Diagnostic] = []
    for index, pattern in enumerate(places.table.files):
        where = ("files", index) if len(places.table.files) > 1 else ("files",)
        try:
            matches = files_matching(folder, pattern)
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
    return list(paths.values()), found
