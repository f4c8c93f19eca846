"""Facilities, items and names that stand in tables: read into the document before it is checked.

The files become files of the document, and rows become entries whose marks are their cells. Every
later stage then reads them as if they stood in YAML, and its findings point to file, row and cell.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from ghgcalc.activity_data.list_entries import ListReader
from ghgcalc.activity_data.tables.collapse import engine
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Related, has_errors, in_order
from ghgcalc.core.text.source import Map, SourceFile, key_position, location_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.company.lists import Listing
    from ghgcalc.core.text.document import Document

_NAMES = ("facility", "unit", "supplier")


class _Asked(NamedTuple):
    """A list that the document names: where it is written, and where its entries go."""

    path: tuple[str, ...]
    into: tuple[str, ...]
    kind: str


def with_lists(document: Document) -> Outcome[Document]:
    """The document with the entries of its lists; the same where it names none.

    `complete` is False where a list could not be read: what it lacks would be reported at every
    row that names it.
    """
    found: list[Diagnostic] = []
    for asked in list(_asked(document.root)):
        listing = _listing(document, asked)
        if listing is None:
            continue  # validation says what is wrong with it
        merged = _merged(document, asked, listing)
        document = merged.value
        found += merged.diagnostics
    return Outcome(document, tuple(found))


def _asked(root: Map) -> Iterator[_Asked]:
    for name, _ in _maps(root.get("facility_tables")):
        yield _Asked(("facility_tables", name), ("facilities",), "FacilityTable")
    for name, table in _maps(root.get("tables")):
        base = ("tables", name)
        if isinstance(table.get("items_from"), Map):
            yield _Asked((*base, "items_from"), (*base, "items"), "ItemList")
        for column, _ in _maps(table.get("names_from")):
            if column in _NAMES:
                path = (*base, "names_from", column)
                yield _Asked(path, (*base, "names", column), "NameList")


def _maps(node: Any) -> Iterator[tuple[str, Map]]:
    if isinstance(node, Map):
        yield from ((name, each) for name, each in node.items() if isinstance(each, Map))


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    from ghgcalc.company import lists, table

    return TypeAdapter(getattr(table if kind == "ItemList" else lists, kind))


def _listing(document: Document, asked: _Asked) -> Listing | None:
    try:
        listing: Listing = _adapter(asked.kind).validate_python(_node(document.root, asked.path))
    except ValidationError:
        return None
    return listing


def _node(root: Map, path: tuple[str, ...]) -> Any:
    node: Any = root
    for part in path:
        node = node[part]
    return node


def _merged(document: Document, asked: _Asked, listing: Listing) -> Outcome[Document]:
    """The document with one list; its files are files of the document from then on."""
    read = engine().read_list(asked.path, listing, document.folder, locate=document.locate)
    rows, offset = read.value, len(document.files)
    files = [
        SourceFile(file.shown, "", offset + place, file.delimiter, list(file.lines))
        for place, file in enumerate(rows.files)
    ]
    document = replace(
        document,
        files=[*document.files, *files],
        hashes={**document.hashes, **rows.hashes},
        complete=document.complete and not has_errors(read.diagnostics),
    )
    if has_errors(read.diagnostics):
        return Outcome(document, read.diagnostics)
    reader = ListReader(listing, _node(document.root, asked.path), rows, document.files, offset)
    made = reader.entries()
    joined = _joined(document, asked, made.value)
    found = in_order((*made.diagnostics, *joined.diagnostics))
    return Outcome(replace(document, root=joined.value), (*read.diagnostics, *found))


def _joined(document: Document, asked: _Asked, made: Map) -> Outcome[Map]:
    """A root whose section holds the entries too; what stands in both is a finding."""
    root = _copy(document.root)
    place = root
    mark = _mark_of(document.root, asked.path)
    for part in asked.into:
        below = place.get(part)
        if below is not None and not isinstance(below, Map):
            return Outcome(document.root)  # of another shape, which validation says
        place[part] = _copy(below) if isinstance(below, Map) else Map()
        if below is None:
            place[part].marks = {}
            place.marks = {**place.marks, part: mark}
        place = place[part]
    found = []
    for key, value in made.items():
        if key in place:
            found.append(_in_both(document, asked, key, made.marks[key], place.marks[key]))
        else:
            place[key] = value
            place.marks[key] = made.marks[key]
    return Outcome(root, tuple(found))


def _copy(node: Map) -> Map:
    copied = Map(node)
    copied.marks = dict(node.marks)
    return copied


def _mark_of(root: Map, path: tuple[str, ...]) -> int:
    """The mark of the key at the end of a path."""
    above: Map = _node(root, path[:-1])
    return above.marks[path[-1]]


def _in_both(document: Document, asked: _Asked, key: str, here: int, there: int) -> Diagnostic:
    first = location_at(document.files, key_position(there))
    where = location_at(document.files, key_position(here))
    section = ".".join(asked.into)
    return Diagnostic(
        "duplicate-key",
        f"`{key}` of `{section}` stands in `{where.path}` and in `{first.path}`",
        where,
        related=(Related(first, "first here"),),
        hint="remove one of the two",
    )
