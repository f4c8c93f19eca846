"""What editors have open: texts by file, and the company files that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ghgcalc.cli.assistant.folder import marked
from ghgcalc.core.text.document import load_document
from ghgcalc.core.text.source import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

YAML: Final = (".yaml", ".yml")
HIGHEST, MOST = 8, 200  # folders looked at above a file, and YAML files looked at in each


@dataclass(frozen=True, slots=True)
class Buffers:
    """The texts of an editor that may not be saved yet, by absolute path.

    Attributes:
        texts: by path.
        roots: folders that the editor works in; above them no company file is looked for.
        encoding: of columns, as agreed with the editor.
    """

    texts: Mapping[Path, str] = field(default_factory=dict)
    roots: tuple[Path, ...] = ()
    encoding: str = "utf-16"

    def beside(self, company: Path) -> dict[str, str]:
        """The texts below the folder of a company file, by the paths that places carry."""
        return {
            path.relative_to(company.parent).as_posix(): text
            for path, text in self.texts.items()
            if path.is_relative_to(company.parent)
        }

    def companies(self, path: Path) -> list[Path]:
        """The company files that a file belongs to: itself, or those that include it.

        Looked for in the folder of the file and those above it, up to the folder that the editor
        works in; of the nearest folder that has any.
        """
        if path.suffix not in YAML:
            return []
        if self._is_company(path):
            return [path]
        for folder in self._above(path):
            shown = path.relative_to(folder).as_posix()
            named = [each for each in _yaml_files(folder) if self._is_company(each)]
            found = [each for each in named if self._includes(each, shown)]
            if found:
                return found
        return []

    def _is_company(self, path: Path) -> bool:
        return marked(path, self.texts.get(path))

    def _includes(self, company: Path, shown: str) -> bool:
        document = load_document(company, self.beside(company)).value
        return any(source.path == shown for source in document.files)

    def _above(self, path: Path) -> Iterator[Path]:
        """The folder of a file and those above it, up to a root of the editor."""
        for folder in islice(path.parents, HIGHEST):
            yield folder
            if folder in self.roots or (folder / ".git").exists():
                return


def _yaml_files(folder: Path) -> list[Path]:
    """The first YAML files that stand in a folder itself; none where it cannot be read."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in YAML)
    except OSError:  # a folder above that is not ours to read holds no company file of ours
        return []
    return [path for path in islice(files, MOST) if path.is_file() and not path.is_symlink()]


def readable(text: str) -> str | None:
    """A text of an editor as a file would hold it; None where none could: over 64 MiB.

    A mark of the byte order at its start is none of its signs, as in a file.
    """
    raw = text.removeprefix("\ufeff").encode("utf-16", "surrogatepass")
    return raw.decode("utf-16", "replace") if len(text) <= MAX_BYTES else None
