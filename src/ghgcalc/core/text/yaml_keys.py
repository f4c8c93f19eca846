"""The keys of a read YAML text in one form (NFC), so that they meet texts typed elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import is_normalized

from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.source import List, Map, key_position, location_at, value_position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.core.text.source import SourceFile


def settle(source: SourceFile, tree: Map) -> list[Diagnostic]:
    """Bring all keys of a tree into NFC, in place; a text that is in it is only looked at.

    Escapes in quotes may write marks, so a text with a backslash is walked through as well.
    Diagnosed: `duplicate-key` for keys that are the same then, `yaml-syntax` for NUL.
    """
    escapes = "\\" in source.text
    if not escapes and (source.text.isascii() or is_normalized("NFC", source.text)):
        return []
    found: list[Diagnostic] = []
    for node in _nodes(tree):
        if escapes:
            found += _nuls(source, node)
        if isinstance(node, Map) and any(composed(key) is not key for key in node):
            found += _composed(source, node)
    return found


def _nodes(tree: Map) -> Iterator[Map | List]:
    """Every collection once, however often an alias repeats it."""
    seen: set[int] = set()
    stack: list[Any] = [tree]
    while stack:
        node = stack.pop()
        if not isinstance(node, Map | List) or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        stack.extend(node.values() if isinstance(node, Map) else node)


def _composed(source: SourceFile, node: Map) -> Iterator[Diagnostic]:
    pairs, places = list(node.items()), node.marks
    marks: dict[str, int] = {}
    node.clear()
    for key, value in pairs:
        one = composed(key)
        if one in marks:
            yield Diagnostic(
                "duplicate-key",
                f"key `{one}` appears twice",
                _at(source, key_position(places[key])),
                related=(Related(_at(source, key_position(marks[one])), "first here"),),
                hint="keep one of the two",
            )
            continue
        node[one], marks[one] = value, places[key]
    node.marks = marks


def _nuls(source: SourceFile, node: Map | List) -> Iterator[Diagnostic]:
    """NUL can stand in no text of a file, a name or a spreadsheet."""
    if isinstance(node, Map):
        bad = [
            key_position(node.marks[key]) if "\0" in key else value_position(node.marks[key])
            for key, value in node.items()
            if "\0" in key or (isinstance(value, str) and "\0" in value)
        ]
    else:
        bad = [
            node.marks[index]
            for index, value in enumerate(node)
            if isinstance(value, str) and "\0" in value
        ]
    for at in bad:
        yield Diagnostic(
            "yaml-syntax", "the sign NUL cannot be read", _at(source, at), hint="remove the `\\0`"
        )


def _at(source: SourceFile, packed: int) -> Any:
    return location_at([source], packed, 0)
