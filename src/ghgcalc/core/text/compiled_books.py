"""Workbooks read by calamine, which is compiled: fast, and not to be trusted with every file.

It makes room for every cell that a sheet spans and follows every chain of an old workbook, so a
damaged file can take all memory or end the process. Each file is judged before it is opened.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ghgcalc.core.panics import Panicked, panics_caught
from ghgcalc.core.text.old_workbooks import MAX_CELLS, unsound_xls
from ghgcalc.core.text.sheet_layout import unsound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineWorkbook

_ZIP = b"PK"


class BookRefused(ValueError):  # noqa: N818 - said to the reader, not a fault of the program
    """A workbook that is not opened, or that the reader stumbled over; ends a sentence."""


@contextmanager
def compiled_book(path: Path) -> Iterator[CalamineWorkbook]:
    """A workbook (.xls or .xlsx) opened by calamine; sheets are read inside.

    Raises:
        BookRefused: its structure does not hold, or the reader stumbles over it.
        OSError: the file cannot be read at all.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    with path.open("rb") as stream:
        packed = stream.read(len(_ZIP)) == _ZIP
    reason = unsound(path, cells=MAX_CELLS) if packed else unsound_xls(path)
    if reason:
        raise BookRefused(reason)
    try:
        with panics_caught():
            yield CalamineWorkbook.from_path(str(path))
    except (CalamineError, Panicked) as error:
        raise BookRefused(f"cannot be read: {error}"[:120]) from error
