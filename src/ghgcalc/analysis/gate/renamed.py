"""The company file of the base that a file of another name goes on from."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ghgcalc.analysis.compare.revisions import RevisionError, git

if TYPE_CHECKING:
    from ghgcalc.analysis.gate.base import Base

_COMPANY: Final = re.compile(rb"^ghgcalc\s*:", re.MULTILINE)
_SUFFIXES: Final = (".yaml", ".yml")


def former_files(base: Base, inside: PurePosixPath) -> tuple[PurePosixPath, ...]:
    """The company files of the base that a company file may have been, seen from the root.

    One where git sees a rename, else those that have gone from its folder; none for a new file.

    Args:
        base: the commit compared with, which has no file of this name.
        inside: the company file, seen from the root.

    Raises:
        RevisionError: git cannot say.
    """
    asked = ["diff", "-M", "--diff-filter=R", "--name-status", "-z", base.commit]
    words = _listed(base, asked)
    moved = dict(zip(words[2::3], words[1::3], strict=True))
    if (old := moved.get(inside.as_posix())) and _is_company(base, old):
        return (PurePosixPath(old),)
    folder = inside.parent.as_posix()
    below = [] if folder == "." else [f"{folder}/"]
    there = _listed(base, ["ls-tree", "-z", "--name-only", base.commit, *below])
    return tuple(
        PurePosixPath(name)
        for name in there
        if name.endswith(_SUFFIXES) and not (base.root / name).exists() and _is_company(base, name)
    )


def _is_company(base: Base, name: str) -> bool:
    done = git(["cat-file", "blob", f"{base.commit}:{name}"], base.root)
    return _COMPANY.search(done.stdout) is not None


def _listed(base: Base, words: list[str]) -> list[str]:
    done = git(words, base.root)
    if done.returncode:
        raise RevisionError(done.stderr.decode("utf-8", "replace").strip())
    return [text for text in done.stdout.decode("utf-8", "surrogateescape").split("\0") if text]
