"""Files written whole or not at all: a draft beside the target, flushed to disk, then renamed.

A run that is killed leaves the target as it was; its draft is swept by the next run that writes
the same name. Drafts have short names of a fixed form, whatever the target is called.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if sys.platform != "win32":  # there an open draft cannot be removed, which protects it as well
    import fcntl

_PREFIX = ".ghgcalc-"


class NotReplaced(OSError):  # noqa: N818 - said to the user, not a fault of the program
    """A target that may not be replaced, such as a pipe; the message ends a sentence."""


def write_whole(target: Path, write: Callable[[Path], object], *, suffix: str = "") -> None:
    """Let `write` fill a draft, then put it in the target's place.

    Args:
        target: the file, which keeps its permissions where it exists.
        write: fills the draft that it is given.
        suffix: what the draft's name must end in, for writers that go by it.

    Raises:
        NotReplaced: the target is no regular file.
        OSError: it cannot be written.
    """
    mode = _mode_of(target)
    draft = _draft_of(target, suffix)
    with _held(draft, mode):
        try:
            write(draft)
            _to_disk(draft)
            draft.replace(target)
            _to_disk(target.parent)
        finally:
            with suppress(OSError):  # what went wrong is said already; a read-only disk says more
                draft.unlink(missing_ok=True)


def write_folder(target: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` make a folder beside the target, then put it in the target's place.

    Raises:
        NotReplaced: the target is no folder.
        OSError: it cannot be written.
    """
    if target.exists() and not target.is_dir():
        raise NotReplaced("is no folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft, before = _draft_of(target, ".new"), _draft_of(target, ".old", sweep=False)
    draft.mkdir()
    try:
        fill(draft)
        for path in sorted(draft.iterdir()):
            _to_disk(path)
        _to_disk(draft)
        if target.exists():
            target.rename(before)
        draft.rename(target)
        _to_disk(target.parent)
    except BaseException:
        if before.exists() and not target.exists():
            before.rename(target)
        raise
    finally:
        for left in (draft, before):
            shutil.rmtree(left, ignore_errors=True)


def _mode_of(target: Path) -> int | None:
    """The permissions of an existing file, None where there is none."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found):
        kind = "a folder" if stat.S_ISDIR(found) else "no regular file"
        raise NotReplaced(f"is {kind} and is not replaced")
    return stat.S_IMODE(found)


def _draft_of(target: Path, suffix: str, *, sweep: bool = True) -> Path:
    """The draft's path; what killed runs left of the same target is removed first."""
    key = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]
    if sweep:
        for left in sorted(target.parent.glob(f"{_PREFIX}{key}.*")):
            _sweep(left, target)
    return target.with_name(f"{_PREFIX}{key}.{os.getpid()}.part{suffix}")


def _sweep(left: Path, target: Path) -> None:
    """Remove a draft that nobody writes; a folder set aside comes back if it is all there is."""
    with suppress(OSError):
        if left.is_dir():
            if _alive(left):
                return
            if left.suffix == ".old" and not target.exists():
                left.rename(target)
            else:
                shutil.rmtree(left)
        elif _free(left):
            left.unlink()


def _alive(left: Path) -> bool:
    """Whether the process that made a folder still runs; its number stands in the name."""
    number = left.name.split(".")[-3]
    if sys.platform == "win32" or not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _free(left: Path) -> bool:
    """Whether nobody holds a draft: its writer locks it, and the lock ends with the process."""
    if sys.platform != "win32":
        with left.open("rb") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
    return True


@contextmanager
def _held(draft: Path, mode: int | None) -> Iterator[None]:
    """Make the draft with the target's permissions; hold its lock, so that no run sweeps it."""
    with draft.open("wb") as stream:
        if mode is not None:
            draft.chmod(mode)
        if sys.platform == "win32":
            stream.close()
        else:
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _to_disk(path: Path) -> None:
    """Flush a file or folder; file systems that cannot are left to their own ways."""
    with suppress(OSError):  # Windows opens no folders
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
