"""The short way for plain YAML: a text whose every line has one of a few unmistakable forms.

`key:`, `key: value`, `- value`, `- key: value`, comments and blank lines; a value is some words, a
quote without escapes, `[a, b]` or `{a: b}`. Such a text is read twice as fast as through
libyaml, to the same data and marks; every other one, and all that is to be refused, is left to it
(`strict_yaml`). Source: YAML 1.1, chapters 5 (characters) and 7 to 9 (scalars, collections).
"""

from __future__ import annotations

import re
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Any

from ghgcalc.core.text.source import (
    LINE_SIZE,
    NULLS,
    List,
    Map,
    SourceFile,
    key_position,
    mark_of,
    position,
    unpack,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEEPEST = 32
_LONGEST = 1 << 16
_PORTION = 1 << 16
# what is neither text for libyaml nor a break of lines that Python and libyaml count alike
_FOREIGN = re.compile(
    "[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_SIGNS = r"""?:,\[\]{}#&*!|>'"%@`"""
_NULL = r"(?:~|null|Null|NULL)"
_KEY = rf"(?!(?:{_NULL}|<<):)[^ \n.\-{_SIGNS}][^ \n{_SIGNS}]{{0,200}}+"
# words of a plain value: `:` before a blank and `#` after one would end it
_WORD = r"[^ \n:#]++(?:(?::(?=[^ \n])|#)[^ \n:#]*+)*+"
_PLAIN = rf"(?!{_NULL}(?: |$))(?:(?=[^\-{_SIGNS}])|(?=-[^ \n])){_WORD}(?: ++{_WORD})*+"
_QUOTED = r"""(?:'[^'\n]*+'(?!')|"[^"\\\n]*+")"""
_CELL = rf"(?:(?!-|{_NULL}[ ,\]}}])[^ \n{_SIGNS}]++(?: ++[^ \n{_SIGNS}]++)*+|{_QUOTED})"
_PAIR = rf"{_KEY}: ++{_CELL}"
_LIST = rf"\[ *+(?:{_CELL}(?: *+, *+{_CELL})*+ *+)?\]"
_DICT = rf"\{{ *+(?:{_PAIR}(?: *+, *+{_PAIR})*+ *+)?\}}"
_OTHER = rf"(?:{_QUOTED}|{_LIST}|{_DICT}|{_NULL})"
_LINE = re.compile(
    r"^( {0,200}+)(- {1,200}+)?+"
    rf"(?:({_KEY}):(?:( {{1,200}}+)(?:({_PLAIN})|({_OTHER}))?+)?+|({_PLAIN})|({_OTHER}))?+"
    rf" *+(?:(?<![^ \n])#[^\n]*+)?+$",
    re.MULTILINE,
)
_FLOW = re.compile(rf"{_LIST}|{_DICT}")
_CELLS = re.compile(_CELL)
_PAIRS = re.compile(rf"({_KEY}):( ++)({_CELL})")


class _NotPlain(Exception):  # noqa: N818 - never leaves this module
    """The lines nest, or a key repeats, so that the strict reader must look at them."""


def read_plain(source: SourceFile) -> Map | None:
    """The mapping that a plain text holds; None where it is not plain, or not one mapping."""
    text = source.text.replace("\r\n", "\n") if "\r" in source.text else source.text
    if _FOREIGN.search(text):
        return None
    try:
        return _Tree(source.index, text).of(chain.from_iterable(_portions(text))) or None
    except _NotPlain:
        return None


def _portions(text: str) -> Iterator[list[tuple[str, ...]]]:
    """The parts of every line, some thousand lines at a time so that they stay near the processor.

    Raises:
        _NotPlain: where a line has none of the forms.
    """
    start, end = 0, -1
    while end < len(text):
        start, end = end + 1, text.find("\n", end + _PORTION)
        if end < 0:
            end = len(text)
        lines = _LINE.findall(text, start, end)
        if len(lines) != text.count("\n", start, end) + 1:
            raise _NotPlain
        yield lines


class _Tree:
    """The collections that are open while lines are read.

    Attributes:
        root: the outermost.
        stack: each with its column, from the root.
        key: the key of the line before, where its value may stand below it; else empty.
        key_at: its place.
    """

    def __init__(self, file: int, text: str) -> None:
        self.base = position(file, 0, 0)
        self.finder = _Places(text)
        self.root = Map()
        self.root.places = {}
        self.stack: list[tuple[int, Map | List]] = [(0, self.root)]
        self.key, self.key_at = "", 0

    def of(self, lines: Iterable[tuple[str, ...]]) -> Map:
        """The root, after all lines.

        Raises:
            _NotPlain: where the strict reader must look.
        """
        here, node, next_at = 0, self.root, self.base
        marks: Any = self.root.places
        late = False
        for pad, dash, key, gap, plain, other, item, other_item in lines:
            column = len(pad)
            at = next_at + column
            next_at += LINE_SIZE
            if not key:
                if dash or item or other_item:
                    self.item(column, at, dash, item, other_item)
                    here = -1
                continue
            if dash or column != here:
                here, node = self.map_at(column, at, dash)
                marks, at = node.places, at + len(dash)
                late = marks.__class__ is tuple
            if key in node:
                raise _NotPlain
            key = intern(key)
            if plain:
                node[key] = plain
                self.key = ""
            elif other:
                node[key] = self.value(other, at + len(key) + 1 + len(gap))
                self.key = ""
            else:
                node[key] = None
                self.key, self.key_at = key, at
            if not late:
                marks[key] = mark_of(at, at + len(key) + 1 + (len(gap) if plain or other else 0))
        return self.root

    def item(self, column: int, at: int, dash: str, item: str, other: str) -> None:
        """Take a line that is one item of a list."""
        if not dash or not (item or other):
            raise _NotPlain
        self.list_at(column, at).append(item or self.value(other, at + len(dash)))

    def map_at(self, column: int, at: int, dash: str) -> tuple[int, Map]:
        """The column and mapping of a key that is not in the mapping of the line before."""
        if dash:
            items, node = self.list_at(column, at), Map()
            column += len(dash)
            node.places = (self.finder, at + len(dash))
            items.append(node)
            self.stack.append((column, node))
        elif self.key and column > self.stack[-1][0]:
            self.open(column, Map(), at)
        else:
            self.close(column, List)
        here, found = self.stack[-1]
        if here != column or not isinstance(found, Map):
            raise _NotPlain
        return here, found

    def list_at(self, column: int, at: int) -> List:
        """The list in which a dash is written."""
        if self.key and column >= self.stack[-1][0]:
            self.open(column, List(), at)
        else:
            self.close(column, Map)
        here, found = self.stack[-1]
        if here != column or not isinstance(found, List):
            raise _NotPlain
        self.key = ""
        return found

    def open(self, column: int, node: Map | List, at: int) -> None:
        """Put a collection under the key of the line before."""
        depth = len(self.stack)
        _, parent = self.stack[-1]
        if not isinstance(parent, Map) or depth > _DEEPEST:
            raise _NotPlain
        # a section may be long and is asked about each of its keys
        node.places = {} if depth == 1 and isinstance(node, Map) else (self.finder, at)
        parent[self.key] = node
        if isinstance(parent.places, dict):
            parent.places[self.key] = mark_of(self.key_at, at)
        self.stack.append((column, node))
        self.key = ""

    def close(self, column: int, kind: type[Map] | type[List]) -> None:
        """Leave the collections to the right of a column, and one of this kind at it."""
        stack = self.stack
        while len(stack) > 1:
            here, node = stack[-1]
            if here < column or (here == column and not isinstance(node, kind)):
                return
            stack.pop()

    def value(self, text: str, at: int) -> Map | List | str | None:
        """What a value in quotes or brackets, or a null, stands for."""
        if len(text) > _LONGEST:
            raise _NotPlain
        first = text[0]
        if first == "[":
            items = List(map(_unquoted, _CELLS.findall(text)))
            items.places = (self.finder, at)
            return items
        if first == "{":
            pairs = _PAIRS.findall(text)
            found = Map((intern(key), _unquoted(cell)) for key, _, cell in pairs)
            if len(found) != len(pairs):
                raise _NotPlain
            found.places = (self.finder, at)
            return found
        return None if text in NULLS else _unquoted(text)


def _unquoted(text: str) -> str:
    return text[1:-1] if text[0] in "'\"" else text


class _Places:
    """Finds places again, in a text that is known to be plain."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._split: list[str] = []

    def of_map(self, at: int) -> dict[str, int]:
        """Of each key and value of the mapping whose first key, or brace, stands at `at`."""
        if (flow := self._flow(at)) is not None:
            start = at - flow.start()
            pairs = _PAIRS.finditer(flow.string, flow.start(), flow.end())
            return {each[1]: mark_of(start + each.start(1), start + each.start(3))
                    for each in pairs}  # fmt: skip
        _, _, column = unpack(at)
        found: dict[str, int] = {}
        above = ""  # the key whose collection may start in the next line
        for start, parts in self._lines_from(at):
            pad, dash, key, gap, plain, other, *_ = (part or "" for part in parts.groups())
            if above and (len(pad) > column or (dash and len(pad) == column)):
                found[above] = mark_of(key_position(found[above]), start + len(pad))
            above = ""
            if found and len(pad) < column:
                break
            if key and len(pad) + len(dash) == column:
                key_at = start + column
                value_at = key_at + len(key) + 1 + (len(gap) if plain or other else 0)
                found[key] = mark_of(key_at, value_at)
                above = "" if plain or other else key
        return found

    def of_list(self, at: int) -> list[int]:
        """Of each item of the list whose first dash, or bracket, stands at `at`."""
        if (flow := self._flow(at)) is not None:
            start = at - flow.start()
            cells = _CELLS.finditer(flow.string, flow.start(), flow.end())
            return [start + each.start() for each in cells]
        _, _, column = unpack(at)
        found: list[int] = []
        for start, parts in self._lines_from(at):
            if len(parts[1]) < column or (len(parts[1]) == column and not parts[2]):
                break
            if len(parts[1]) == column:
                found.append(start + column + len(parts[2]))
        return found

    def _flow(self, at: int) -> re.Match[str] | None:
        _, line, column = unpack(at)
        return _FLOW.match(self._lines()[line], column)

    def _lines_from(self, at: int) -> Iterator[tuple[int, re.Match[str]]]:
        """The lines from a place on that hold a key or an item: start and parts."""
        file, first, _ = unpack(at)
        lines = self._lines()
        for number in range(first, len(lines)):
            parts = _LINE.match(lines[number])
            if parts and (parts[2] or parts[3]):
                yield position(file, number, 0), parts

    def _lines(self) -> list[str]:
        if not self._split:
            self._split = self._text.split("\n")
        return self._split
