"""A smaller project with the same fault: files, lines and characters that it does not need go."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .seeds import Files

    Holds = Callable[[Files], bool]

_FINE = 400  # characters that are taken away one by one


def minimise(files: Files, holds: Holds, *, tries: int = 250) -> Files:
    """The smallest project found that still has the fault.

    Args:
        files: the project.
        holds: whether a project has the fault.
        tries: how often it may be asked.
    """
    left = [tries]

    def asked(made: Files) -> bool:
        left[0] -= 1
        return left[0] >= 0 and holds(made)

    for name in sorted(files, key=lambda name: -len(files[name])):
        fewer = {path: content for path, content in files.items() if path != name}
        if asked(fewer):
            files = fewer
    for name in sorted(files, key=lambda name: -len(files[name])):
        files = _smaller(files, name, asked)
    return files


def _smaller(files: Files, name: str, holds: Holds) -> Files:
    """The project with as few lines, then characters, of one file as it takes."""

    def with_parts(parts: Sequence[bytes]) -> Files:
        return {**files, name: b"".join(parts)}

    if b"\0" in files[name]:
        return files
    parts: list[bytes] = files[name].splitlines(keepends=True)
    parts = fewest(parts, lambda made: holds(with_parts(made)))
    whole = b"".join(parts)
    if len(whole) <= _FINE:
        parts = fewest([whole[at : at + 1] for at in range(len(whole))],
                       lambda made: holds(with_parts(made)))  # fmt: skip
    return with_parts(parts)


def fewest(parts: list[bytes], holds: Callable[[list[bytes]], bool]) -> list[bytes]:
    """Delta debugging: leave out ever smaller runs of parts while the fault stays."""
    size = max(len(parts) // 2, 1)
    while parts:
        at = 0
        while at < len(parts):
            made = parts[:at] + parts[at + size :]
            if holds(made):
                parts = made
            else:
                at += size
        if size == 1:
            break
        size //= 2
    return parts
