"""A folder of a git repository as it stood at a revision, from the repository's own objects."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class RevisionError(ValueError):
    """What a revision holds cannot be had; says why."""


def git(words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder; names of files are taken as they are, never as patterns.

    Raises:
        OSError: git cannot be started.
    """
    return subprocess.run(
        ["git", *words], cwd=folder or ".", capture_output=True, check=False,
        env={**os.environ, "GIT_LITERAL_PATHSPECS": "1"},
    )  # fmt: skip


def unpack(revision: str, root: Path, folder: Path, scratch: Path) -> None:
    """Write a folder as it stood at a revision into `scratch`; no link in it leads out.

    Args:
        revision: what names the commit.
        root: of the repository.
        folder: seen from the root.
        scratch: where it is written to.

    Raises:
        RevisionError: git cannot give it, or was told to leave files of it out.
    """
    where = folder.as_posix()
    packed = git(["archive", "--format=tar", revision, "--", where], root)
    below = [] if where == "." else [f"{where}/"]
    listed = git(["ls-tree", "-r", "-z", "--name-only", revision, *below], root)
    if packed.returncode:
        raise RevisionError(packed.stderr.decode(errors="replace").strip())
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        there = {member.name.rstrip("/") for member in archive.getmembers()}
        archive.extractall(scratch, filter=_inside)
    names = {name for name in listed.stdout.decode(errors="surrogateescape").split("\0") if name}
    left_out = sorted(names - there)
    if left_out:
        raise RevisionError(
            "git leaves out what .gitattributes marks `export-ignore`, such as"
            f" {left_out[0]} ({len(left_out):,} in all); remove that mark"
        )


def _inside(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo | None:
    """Keep what stays inside; a link out is no file of the project and is left away."""
    try:
        return tarfile.data_filter(member, path)
    except tarfile.FilterError:
        return None
