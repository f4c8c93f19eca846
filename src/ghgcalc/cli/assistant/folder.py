"""The one folder of a session: which files may be named, and which company files it holds."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ghgcalc.core.text.paths import PathError, inside, irregular

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(rb"^(?:\xef\xbb\xbf)?ghgcalc[ ]*:", re.MULTILINE)
HEAD = 1 << 16  # bytes read of a file to see whether it is a company file
MOST, DEEPEST = 2000, 4  # files looked at, and levels of folders


class NotAnswered(ValueError):  # noqa: N818 - said to the asker, not a fault of the program
    """A question that gets no answer; the text says why and what to ask instead."""


class Undecided(NotAnswered):
    """A question that fits several things; whoever asks is to ask a person."""

    def __init__(self, question: str, candidates: list[str]) -> None:
        super().__init__(question)
        self.question, self.candidates = question, candidates


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder that holds everything a session may read."""

    root: Path

    def file(self, text: str) -> Path:
        """A file of the folder, relative to it.

        Raises:
            NotAnswered: it leaves the folder, is not there, or is no file.
        """
        try:
            path = inside(self.root, self.root, text)
            why = irregular(path)
        except PathError as error:
            raise NotAnswered(f"{error.message}; {error.hint}") from error
        except OSError as error:
            raise NotAnswered(f"`{text}` cannot be read: {error.strerror}") from error
        if why:
            raise NotAnswered(f"`{text}` {why}")
        return Path(os.path.normpath(text))

    def company(self, text: str | None) -> Path:
        """The company file that is named, or the only one of the folder.

        Raises:
            NotAnswered: there is none.
            Undecided: there are several.
        """
        if text is not None:
            return self.file(text)
        found = self.companies()
        if not found:
            raise NotAnswered("the folder holds no company file (a YAML file with `ghgcalc: 1`)")
        if len(found) > 1:
            raise Undecided("which company file is meant?", found)
        return Path(found[0])

    def companies(self) -> list[str]:
        """The company files, as paths in the folder, sorted."""
        looked = islice(self._yaml_files(), MOST)
        return sorted(path.relative_to(self.root).as_posix() for path in looked if marked(path))

    def _yaml_files(self) -> Iterator[Path]:
        for parent, folders, names in os.walk(self.root):
            here = Path(parent)
            depth = len(here.relative_to(self.root).parts)
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if depth >= DEEPEST:
                folders.clear()
            for name in sorted(names):
                path = here / name
                if name.endswith((".yaml", ".yml")) and path.is_file() and not path.is_symlink():
                    yield path


def marked(path: Path, text: str | None = None) -> bool:
    """Whether a file, or a text in its place, has the key that every company file has."""
    if text is not None:
        return _MARK.search(text[:HEAD].encode("utf-8", "replace")) is not None
    try:
        with path.open("rb") as file:
            return _MARK.search(file.read(HEAD)) is not None
    except OSError:  # it is told when it is named
        return False
