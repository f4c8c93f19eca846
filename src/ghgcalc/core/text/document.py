"""Read the company file and what it includes into one document of data and marks."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, Related
from ghgcalc.core.finding_limits import Said
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
        path: the company file as the user named it.
        folder: its folder, which is the project root.
        hashes: sha256 of each file by shown path.
        complete: whether every file could be parsed; if not, only the excerpts are of use.
        included: where each included file is named; `repeated`: how often one is named again.
        said: how many findings of its form were made.
    """

    root: Map
    files: list[SourceFile]
    path: str
    folder: Path
    hashes: dict[str, str] = field(default_factory=dict)
    complete: bool = True
    included: dict[Path, Location] = field(default_factory=dict)
    repeated: int = 0
    said: Said = field(default_factory=Said)

    def line_of(self, section: str, name: str) -> Location:
        """The place of an item's key, without measuring its caret: quick, for every line."""
        index, line, column = unpack(key_position(self.root[section].marks[name]))
        return Location(self.files[index].path, line + 1, column + 1)

    def locate(self, path: KeyPath, *, key: bool = False) -> Location:
        """Find the place of the value (or the key) at `path`; a missing part gives its parent."""
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


def load_document(company: str | Path) -> Outcome[Document]:
    """Load a company file and its includes; places are named relative to its folder.

    Diagnosed: everything `yaml_text.parse` finds, `file-not-found`, `not-utf-8`, `path-outside`,
    `include-cycle`, `duplicate-key`.
    """
    path = Path(company)
    found: list[Diagnostic] = []
    document = Document(Map(), [], path.name, path.parent)
    document.root.marks = {}
    _load_file(document, path, path.name, (), found)
    return Outcome(document, tuple(found))


def _load_file(
    document: Document, path: Path, shown: str, chain: tuple[Path, ...], found: list[Diagnostic]
) -> None:
    outcome = read_text(path, shown)
    found.extend(outcome.diagnostics)
    if outcome.value is None:
        document.complete = False
        return
    text, digest = outcome.value
    source = SourceFile(shown, text, len(document.files))
    document.files.append(source)
    document.hashes[shown] = digest
    parsed = parse(source)
    found.extend(parsed.diagnostics)
    if parsed.value is None:
        document.complete = False
        return
    tree = parsed.value
    includes = tree.pop("include", None)
    mark = tree.marks.pop("include", None)
    _merge(document, document.root, tree, found)
    if includes is not None and mark is not None:
        _include(document, includes, mark, path, (*chain, path.resolve()), found)


def _include(
    document: Document,
    includes: Any,
    mark: int,
    path: Path,
    chain: tuple[Path, ...],
    found: list[Diagnostic],
) -> None:
    if isinstance(includes, str):
        patterns: list[Any] = [includes]
        places = [value_position(mark)]
    elif isinstance(includes, List):
        patterns, places = list(includes), list(includes.marks)
    else:
        where = location_at(document.files, value_position(mark))
        found.append(
            Diagnostic(
                "wrong-shape",
                "`include` lists file names",
                where,
                hint="write `include: [sites/*.yaml]`",
            )
        )
        return
    for pattern, place in zip(patterns, places, strict=True):
        if document.repeated > MOST_REPEATED:
            return
        where = location_at(document.files, place)
        if not isinstance(pattern, str):
            found.append(
                Diagnostic(
                    "wrong-shape",
                    "`include` lists file names",
                    where,
                    hint="write one file name or glob per item",
                )
            )
            continue
        try:
            matches = expand(document.folder, path.parent, pattern)
        except PathError as error:
            found.append(Diagnostic("path-outside", error.message, where, hint=error.hint))
            continue
        if not matches:
            found.append(
                Diagnostic(
                    "file-not-found",
                    f"`{pattern}` matches no file",
                    where,
                    hint="check the name, relative to this file",
                )
            )
        for match in matches:
            if len(document.included) >= MAX_INCLUDES:
                found.append(
                    Diagnostic(
                        "too-large",
                        f"more than {MAX_INCLUDES:,} files are included",
                        where,
                        hint="move activity data to tables, which take any number of files",
                    )
                )
                return
            if match.resolve() in chain or len(chain) >= MAX_INCLUDE_DEPTH:
                found.append(
                    Diagnostic(
                        "include-cycle",
                        f"`{pattern}` includes itself",
                        where,
                        hint="remove one of the two includes",
                    )
                )
                continue
            shown = os.path.relpath(match, document.folder).replace(os.sep, "/")
            first = document.included.setdefault(match.resolve(), where)
            if first is not where:
                _twice(document, shown, where, first, found)
                continue
            _load_file(document, match, shown, chain, found)


def _twice(
    document: Document, shown: str, where: Location, first: Location, found: list[Diagnostic]
) -> None:
    """A file included again would count its lists twice, and by chains a million times."""
    document.repeated += 1
    if document.repeated <= MOST_REPEATED:
        found.append(
            Diagnostic(
                "duplicate-key",
                f"`{shown}` is included twice",
                where,
                related=(Related(first, "first here"),),
                hint="remove one of the two",
            )
        )


def _merge(document: Document, into: Map, tree: Map, found: list[Diagnostic]) -> None:
    for key, value in tree.items():
        mark = tree.marks[key]
        if key not in into:
            into[key] = value
            into.marks[key] = mark
            continue
        present = into[key]
        if isinstance(present, Map) and isinstance(value, Map):
            if into is document.root:
                into[key] = present = _copy(present)
            _merge_ids(document, present, value, found)
        elif isinstance(present, List) and isinstance(value, List):
            joined = List([*present, *value])
            joined.marks = [*present.marks, *value.marks]
            into[key] = joined
        else:
            _repeated(document, key, into.marks[key], mark, found)


def _copy(node: Map) -> Map:
    copied = Map(node)
    copied.marks = dict(node.marks)
    return copied


def _merge_ids(document: Document, into: Map, tree: Map, found: list[Diagnostic]) -> None:
    for key, value in tree.items():
        if key in into:
            _repeated(document, key, into.marks[key], tree.marks[key], found)
        else:
            into[key] = value
            into.marks[key] = tree.marks[key]


def _repeated(
    document: Document, key: str, first: int, second: int, found: list[Diagnostic]
) -> None:
    found.append(
        Diagnostic(
            "duplicate-key",
            f"`{key}` is defined in two files",
            location_at(document.files, key_position(second)),
            related=(Related(location_at(document.files, key_position(first)), "first here"),),
            hint="rename or remove one of the two",
        )
    )
