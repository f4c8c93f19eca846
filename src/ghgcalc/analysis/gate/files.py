"""The files of a company that a change touches, as git sees them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.analysis.compare.revisions import RevisionError, git

if TYPE_CHECKING:
    from collections.abc import Collection

    from ghgcalc.analysis.gate.base import Base

WORDS: Final = {"A": "new", "D": "removed", "M": "changed", "T": "changed"}


class ChangedFile(NamedTuple):
    """A file under the root of the repository: what became of it, whether an inventory reads it."""

    name: str
    what: str
    read: bool


def changed_files(base: Base, folder: Path, read: Collection[Path]) -> tuple[ChangedFile, ...]:
    """What differs below a folder between the base and the working tree, by name.

    Args:
        base: the commit compared with.
        folder: of the company file, under the root of the repository.
        read: the files that either side reads.

    Raises:
        RevisionError: git cannot say.
    """
    where = folder.relative_to(base.root).as_posix()
    asked = ["diff", "--no-renames", "--name-status", "-z", base.commit, "--", where]
    words = _listed(asked, base.root)
    found = {name: WORDS.get(sign[:1], "changed") for sign, name in zip(words[::2], words[1::2],
                                                                        strict=True)}  # fmt: skip
    known = {path.resolve() for path in read}
    new = ["ls-files", "--others", "--exclude-standard", "-z", "--", where]
    # what nobody commits is no part of a change, unless the inventory reads it here
    found |= {name: "new" for name in _listed(new, base.root) if _is_read(base, name, known)}
    return tuple(
        ChangedFile(name, what, _is_read(base, name, known)) for name, what in sorted(found.items())
    )


def _is_read(base: Base, name: str, read: Collection[Path]) -> bool:
    return (base.root / name).resolve() in read


def _listed(words: list[str], root: Path) -> list[str]:
    done = git(words, root)
    if done.returncode:
        raise RevisionError(done.stderr.decode("utf-8", "replace").strip())
    return [text for text in done.stdout.decode("utf-8", "surrogateescape").split("\0") if text]
