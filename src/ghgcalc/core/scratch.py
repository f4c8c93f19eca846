"""Folders for temporary files, and what is said where there is none."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class NoScratch(OSError):  # noqa: N818 - about the machine, not a fault of the program
    """No folder for temporary files can be written to."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of this run alone, removed at its end.

    Raises:
        NoScratch: the machine has no place for it.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="ghgcalc-", ignore_cleanup_errors=True)
    except OSError as error:
        raise NoScratch(
            "no folder for temporary files can be written to; name one in the environment"
            " variable TMPDIR"
        ) from error
    with made as folder:
        yield Path(folder)
