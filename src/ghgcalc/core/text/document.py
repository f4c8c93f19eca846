"""Read the company file and what it includes into one document of data and marks."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from ghgcalc.core.arguments import mapping_of, path_of, wrong
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, Related
from ghgcalc.core.text.paths import PathError, expand, irregular
from ghgcalc.core.text.source import (
    MAX_BYTES,
    List,
    Map,
    SourceFile,
    key_position,
    location_at,
    unpack,
    value_position,
)
from ghgcalc.core.text.yaml_text import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})
MAX_INCLUDE_DEPTH = 16
MAX_INCLUDES = 5_000
MOST_REPEATED = 1_000
KeyPath = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """The merged data of a company file, its files, and the places of everything in it.

    Attributes:
        root: merged top-level mapping (`include` removed).
        files: every YAML file read, in reading order.
        path: the name of the company file.
        folder: its folder, which is the project root; absolute, links as they are.
        hashes: sha256 of each file by shown path.
        complete: whether every file could be parsed; if not, only the excerpts are of use.
        named: the company file with its folder as the user named it, for outputs.
    """

    root: Map
    files: list[SourceFile]
    path: str
    folder: Path
    hashes: dict[str, str] = field(default_factory=dict)
    complete: bool = True
    named: str = ""

    def line_of(self, section: str, name: str) -> Location:
        """The place of an item's key, without measuring its caret: quick, for every line."""
        index, line, column = unpack(key_position(self.root[section].marks[name]))
        return Location(self.files[index].path, line + 1, column + 1)

    def locate(self, path: KeyPath, *, key: bool = False) -> Location:
        """Find the place of the value (or the key) at `path`; a missing part gives its parent.

        Raises:
            TypeError: `path` is no tuple; a lone text would be taken letter by letter.
        """
        if not isinstance(path, tuple):
            wrong("path", "a tuple of keys, such as ('facilities', 'leeds')", path)
        return locate(self.root, self.files, path, key=key)


def locate(root: Any, files: list[SourceFile], path: KeyPath, *, key: bool = False) -> Location:
    """Walk `path` through a marked tree and return the last place that exists."""
    node, packed = root, 0
    for depth, part in enumerate(path):
        if isinstance(node, Map) and isinstance(part, str) and part in node.marks:
            last = depth == len(path) - 1
            mark = node.marks[part]
            below = node.get(part)
            use_key = (key and last) or isinstance(below, Map | List)
            packed = key_position(mark) if use_key else value_position(mark)
            node = below
        elif isinstance(node, List) and isinstance(part, int) and part < len(node.marks):
            packed, node = node.marks[part], node[part]
        else:
            break
    return location_at(files, packed)


def read_text(path: Path, shown: str) -> Outcome[tuple[str, str] | None]:
    """Read a UTF-8 file; returns (text, sha256). Diagnosed: `file-not-found`, `not-utf-8`."""
    here = Location(shown, 1, 1)
    try:
        reason = irregular(path)
        if reason:
            hint = "name a text file"
            return Outcome(
                None, (Diagnostic("unreadable-file", f"`{shown}` {reason}", here, hint=hint),)
            )
        if path.stat().st_size > MAX_BYTES:
            return Outcome(
                None,
                (
                    Diagnostic(
                        "too-large",
                        f"`{shown}` exceeds 64 MiB",
                        here,
                        hint="move bulk activity data to a table",
                    ),
                ),
            )
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "cannot be read"
        return Outcome(
            None,
            (
                Diagnostic(
                    "file-not-found",
                    f"`{shown}`: {reason}",
                    here,
                    hint="check the name and the folder",
                ),
            ),
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Outcome(
            None,
            (
                Diagnostic(
                    "not-utf-8",
                    f"`{shown}` is not UTF-8 at byte {error.start + 1}",
                    Location(shown, line, 1),
                    hint="save the file as UTF-8",
                ),
            ),
        )
    return Outcome((text, hashlib.sha256(raw).hexdigest()))


def load_document(company: str | Path, texts: Mapping[str, str] = NO_TEXTS) -> Outcome[Document]:
    """Load a company file and its includes; places are named relative to its folder.

    `texts` are read in the place of files, by the path that places carry.

    Diagnosed: everything `yaml_text.parse` finds, `file-not-found`, `not-utf-8`, `path-outside`,
    `include-cycle`, `duplicate-key`.

    Raises:
        TypeError: `company` is no path, or `texts` no mapping.
    """
    mapping_of(texts, "texts", "texts by path")
    path = path_of(company, "company")
    document = Document(Map(), [], path.name, _absolute(path.parent), named=str(path))
    loader = _Loader(document, texts)
    loader.document.root.marks = {}
    loader.load(path, path.name, ())
    return Outcome(loader.document, tuple(loader.found))


def _absolute(folder: Path) -> Path:
    """A folder wherever the process goes later: what is read when a period is asked stays there."""
    try:
        return folder.absolute()
    except OSError:  # the working folder is gone; reading the file says so
        return folder


class _Loader:
    """Reads a file and what it includes into one document, and keeps what it finds on the way."""

    def __init__(self, document: Document, texts: Mapping[str, str]) -> None:
        self.document, self._texts = document, texts
        self.found: list[Diagnostic] = []
        self._included: dict[Path, Location] = {}  # where each included file is named
        self._repeated = 0  # how often one is named again

    def load(self, path: Path, shown: str, chain: tuple[Path, ...]) -> None:
        """Read and merge a file, then the files that it includes; `chain` are those above it."""
        tree = self._tree(path, shown)
        if tree is None:
            self.document.complete = False
            return
        includes = tree.pop("include", None)
        mark = tree.marks.pop("include", None)
        self._merge(tree)
        if includes is not None and mark is not None:
            self._include(includes, mark, path, (*chain, path.resolve()))

    def _tree(self, path: Path, shown: str) -> Map | None:
        """The marked data of a file, which becomes one of the document's; None: not readable."""
        read = read_text(path, shown)
        self.found.extend(read.diagnostics)
        if read.value is None:
            return None
        text, digest = read.value
        text = self._texts.get(shown, text)
        source = SourceFile(shown, text, len(self.document.files))
        self.document.files.append(source)
        self.document.hashes[shown] = digest
        parsed = parse(source)
        self.found.extend(parsed.diagnostics)
        return parsed.value

    def _finding(
        self, code: str, message: str, where: Location, hint: str, first: Location | None = None
    ) -> None:
        related = () if first is None else (Related(first, "first here"),)
        self.found.append(Diagnostic(code, message, where, related=related, hint=hint))

    # ---- what a file includes

    def _include(self, includes: Any, mark: int, path: Path, chain: tuple[Path, ...]) -> None:
        """Load the files that `include` of a file names, in its order, up to the limits."""
        for pattern, place in self._named(includes, mark):
            if self._repeated > MOST_REPEATED:
                return
            where = location_at(self.document.files, place)
            for match in self._matches(pattern, path, where):
                if len(self._included) >= MAX_INCLUDES:
                    text = f"more than {MAX_INCLUDES:,} files are included"
                    hint = "move activity data to tables, which take any number of files"
                    self._finding("too-large", text, where, hint)
                    return
                self._follow(match, pattern, where, chain)

    def _named(self, includes: Any, mark: int) -> list[tuple[Any, int]]:
        """What `include` holds, each with its mark: one name, or a list of them."""
        if isinstance(includes, str):
            return [(includes, value_position(mark))]
        if isinstance(includes, List):
            return list(zip(includes, includes.marks, strict=True))
        where = location_at(self.document.files, value_position(mark))
        hint = "write `include: [sites/*.yaml]`"
        self._finding("wrong-shape", "`include` lists file names", where, hint)
        return []

    def _matches(self, pattern: Any, path: Path, where: Location) -> list[Path]:
        """The files of a name or glob, from the folder of the file that names them."""
        if not isinstance(pattern, str):
            hint = "write one file name or glob per item"
            self._finding("wrong-shape", "`include` lists file names", where, hint)
            return []
        try:
            matches = expand(self.document.folder, path.parent, pattern)
        except PathError as error:
            self._finding("path-outside", error.message, where, error.hint)
            return []
        if not matches:
            hint = "check the name, relative to this file"
            self._finding("file-not-found", f"`{pattern}` matches no file", where, hint)
        return matches

    def _follow(self, match: Path, pattern: str, where: Location, chain: tuple[Path, ...]) -> None:
        """Load an included file, unless it stands above or was included before."""
        resolved = match.resolve()
        if resolved in chain or len(chain) >= MAX_INCLUDE_DEPTH:
            hint = "remove one of the two includes"
            self._finding("include-cycle", f"`{pattern}` includes itself", where, hint)
            return
        shown = os.path.relpath(match, self.document.folder).replace(os.sep, "/")
        first = self._included.setdefault(resolved, where)
        if first is where:
            self.load(match, shown, chain)
        else:
            self._twice(shown, where, first)

    def _twice(self, shown: str, where: Location, first: Location) -> None:
        """A file included again would count its lists twice, and by chains a million times."""
        self._repeated += 1
        if self._repeated <= MOST_REPEATED:
            text, hint = f"`{shown}` is included twice", "remove one of the two"
            self._finding("duplicate-key", text, where, hint, first)

    # ---- one document of several files

    def _merge(self, tree: Map) -> None:
        """Put a file's sections beside those read before: entries and lists are joined."""
        root = self.document.root
        for key, value in tree.items():
            mark = tree.marks[key]
            present = root.get(key)
            if key not in root:
                root[key] = value
                root.marks[key] = mark
            elif isinstance(present, Map) and isinstance(value, Map):
                root[key] = self._joined(present, value)
            elif isinstance(present, List) and isinstance(value, List):
                joined = List([*present, *value])
                joined.marks = [*present.marks, *value.marks]
                root[key] = joined
            else:
                self._defined_twice(key, root.marks[key], mark)

    def _joined(self, present: Map, more: Map) -> Map:
        """The entries of both; one that both hold stays as it was read first."""
        joined = Map(present)
        joined.marks = dict(present.marks)
        for key, value in more.items():
            if key in joined:
                self._defined_twice(key, joined.marks[key], more.marks[key])
            else:
                joined[key] = value
                joined.marks[key] = more.marks[key]
        return joined

    def _defined_twice(self, key: str, first: int, second: int) -> None:
        places = [location_at(self.document.files, key_position(mark)) for mark in (second, first)]
        text, hint = f"`{key}` is defined in two files", "rename or remove one of the two"
        self._finding("duplicate-key", text, places[0], hint, places[1])
