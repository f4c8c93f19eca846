"""Packed files unpacked beside the reading, within bounds."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.findings import shown_cell

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20


_ZSTD = b"\x28\xb5\x2f\xfd"


# deflate reaches 1,032; bills repeat themselves, but hardly more than this
_MOST_RATIO, _FREE = 250, 64 * _CHUNK


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
