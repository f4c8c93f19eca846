"""Panics of compiled readers over damaged files, as ordinary exceptions.

A reader written in Rust that meets the unthinkable writes its own report to standard error and
raises a `PanicException`, which no `except Exception` catches. Here its report is held back and
the panic becomes a `Panicked`, so that a damaged file is a finding like any other.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ghgcalc.core.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator


class Panicked(ValueError):  # noqa: N818 - said to the reader, not a fault of the program
    """What a compiled reader stumbled over."""


@contextmanager
def panics_caught() -> Iterator[None]:
    """Turn a panic inside into `Panicked`; what else was written to standard error comes after.

    Raises:
        Panicked: with the first line of the panic.
    """
    with _held_back() as kept:
        try:
            yield
        except BaseException as error:  # a panic is no Exception
            if type(error).__name__ != "PanicException":
                raise
            kept.clear()
            raise Panicked(str(error).partition("\n")[0]) from None


@contextmanager
def _held_back() -> Iterator[list[bool]]:
    """Collect what the process writes to standard error; print it afterwards unless cleared."""
    kept = [True]
    try:
        before = os.dup(2)
    except OSError:  # standard error is closed
        yield kept
        return
    with scratch_folder() as folder, (folder / "stderr").open("w+b") as scratch:
        _flush()
        os.dup2(scratch.fileno(), 2)
        try:
            yield kept
        finally:
            _flush()
            os.dup2(before, 2)
            os.close(before)
            if kept:
                scratch.seek(0)
                with suppress(OSError):
                    os.write(2, scratch.read())


def _flush() -> None:
    with suppress(AttributeError, OSError, ValueError):
        sys.stderr.flush()
