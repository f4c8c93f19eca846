"""Where a cursor stands in a YAML text, also in one that is half typed: keys above, key or value.

A parser refuses such a text. Indentation, dashes, quotes and brackets up to the cursor tell enough;
what stands in block scalars is passed over.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ENTRY = "-"  # an entry of a list, among keys
_KEY = re.compile(
    r"""("[^"\n]*"|'[^'\n]*'|[^\s#'"\-?{\[\],&*!|>%@`][^:#\n]*?|-[^\s:#][^:#\n]*?) *:(?=\s|$)"""
)
_DASH = re.compile(r"-(?= |$)")
_SCALAR = re.compile(r"[|>][+\-0-9]* *(#.*)?$")


class YamlPlace(NamedTuple):
    """A place in a YAML text.

    Attributes:
        path: the keys above, outermost first, `ENTRY` for an entry of a list; of a value with its
            own key.
        value: whether a value is typed here; else a key.
        typed: what stands between the start of the word and the cursor.
        start: where that word starts, in code points from 0.
        beside: the keys of the same mapping that stand before it.
    """

    path: tuple[str, ...]
    value: bool
    typed: str
    start: int
    beside: dict[str, str]


class _Level:
    """A mapping or list that is open: `indent` of block ones, `sign` of flow ones."""

    def __init__(self, indent: int, sign: str = "") -> None:
        self.indent, self.sign = indent, sign
        self.key: str | None = ENTRY if sign in {ENTRY, "["} else None
        self.keys: dict[str, str] = {}
        self.word = 0  # where the word that is read starts


def place_at(text: str, offset: int) -> YamlPlace:
    """The place of a code point, counted from 0."""
    scan = _Scan(text[:offset])
    return scan.place()


class _Scan:
    """Reads a text up to its end and keeps what is open there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._block: list[_Level] = []
        self._flow: list[_Level] = []
        self._deeper = -1  # indentation above which lines are those of a block scalar
        self._word = 0  # where the last word starts, outside flow collections
        self._value = False
        start = 0
        for line in text.splitlines(keepends=True) or [""]:
            self._line(start, line.rstrip("\r\n"))
            start += len(line)
        if text[-1:] in {"\n", "\r"}:
            self._line(start, "")

    def _line(self, start: int, line: str) -> None:
        self._value, self._word = False, start + len(line) - len(line.lstrip(" "))
        if self._flow:
            self._in_flow(start, line, 0)
            return
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and 0 <= self._deeper < indent:
            return
        if line.strip():
            self._deeper = -1
        at = indent
        if line[at : at + 1] == "#":
            return
        while dash := _DASH.match(line, at):
            self._close(at, dash=True)
            self._block.append(_Level(at, ENTRY))
            at = dash.end()
            at += len(line[at:]) - len(line[at:].lstrip(" "))
            self._value = True
        self._word = start + at
        key = _KEY.match(line, at)
        if key is not None:
            self._key(at, key[1].strip("'\""))
            self._rest(start, line, key.end(), indent)
        elif self._value:
            self._rest(start, line, at, indent)
        else:
            self._close(at)

    def _key(self, indent: int, name: str) -> None:
        self._close(indent)
        if not self._block or self._block[-1].indent != indent or self._block[-1].sign == ENTRY:
            self._block.append(_Level(indent))
        self._block[-1].key = name
        self._block[-1].keys[name] = ""

    def _close(self, indent: int, *, dash: bool = False) -> None:
        """Leave what is indented deeper; a dash also ends the entry before it."""
        while self._block:
            last = self._block[-1]
            if last.indent > indent or (dash and last.indent == indent and last.sign == ENTRY):
                self._block.pop()
            else:
                return

    def _rest(self, start: int, line: str, at: int, indent: int) -> None:
        """What follows a key or a dash: a value, the start of a flow collection, or nothing."""
        self._value = True
        rest = line[at:]
        self._word = start + at + len(rest) - len(rest.lstrip(" "))
        if _SCALAR.match(rest.strip()):
            self._deeper = indent
        elif rest.lstrip(" ")[:1] in {"{", "["}:
            self._in_flow(start, line, at)
        elif self._block and self._block[-1].key not in {None, ENTRY}:
            self._block[-1].keys[str(self._block[-1].key)] = _plain(rest)

    def _in_flow(self, start: int, line: str, at: int) -> None:
        """Read signs of flow collections; outside of them the line ends."""
        if self._flow and not self._text[self._flow[-1].word : start].strip():
            self._flow[-1].word = start
        while at < len(line):
            sign = line[at]
            if sign in "{[":
                self._flow.append(_Level(0, sign))
                self._flow[-1].word = start + at + 1
            elif sign in "}]" and self._flow:
                self._told(start + at)
                self._flow.pop()
                if not self._flow:
                    return
                self._flow[-1].word = start + at + 1
            elif sign in "'\"" and not self._text[self._flow[-1].word : start + at].strip():
                at = line.find(sign, at + 1)
                if at < 0:
                    return
            elif sign == "," and self._flow:
                self._told(start + at)
                self._flow[-1].word = start + at + 1
                if self._flow[-1].sign == "{":
                    self._flow[-1].key = None
            elif sign == ":" and line[at + 1 : at + 2] in {"", " "} and self._flow[-1].key is None:
                level = self._flow[-1]
                level.key = _plain(self._text[level.word : start + at])
                level.keys[level.key] = ""
                level.word = start + at + 1
            elif sign == "#" and line[at - 1 : at] in {"", " "}:
                return
            at += 1

    def _told(self, end: int) -> None:
        level = self._flow[-1]
        if level.sign == "{" and level.key is not None:
            level.keys[level.key] = _plain(self._text[level.word : end])

    def place(self) -> YamlPlace:
        """What is open at the end of the text."""
        block = [level.key for level in self._block]
        if self._flow:
            last = self._flow[-1]
            path = [*block, *(level.key for level in self._flow)]
            raw = self._text[last.word :]
            start = last.word + len(raw) - len(raw.lstrip())
            value, beside = last.key is not None, last.keys
        else:
            value, start = self._value, self._word
            path = list(block)
            if not value and self._block and self._block[-1].sign != ENTRY:
                indent = start - (self._text.rfind("\n", 0, start) + 1)
                path = path[:-1] if self._block[-1].indent == indent else path
            at_level = self._block[-1] if self._block else None
            beside = at_level.keys if at_level is not None and (value or path != block) else {}
        keys = tuple(key for key in path if key is not None)
        return YamlPlace(keys, value, self._text[start:], start, beside)


def _plain(text: str) -> str:
    return text.split(" #")[0].strip().strip("'\"")
