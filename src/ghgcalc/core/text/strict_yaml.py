"""Strict YAML: text to data with marks, read from libyaml's events (CI-10, XL-05).

Every scalar stays text (the field's type reads it); only an unquoted empty value, `~` or `null`
becomes None. Duplicate keys, foreign tags, merge keys, recursive aliases and bombs are findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from sys import intern
from typing import Any

import yaml

from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, Related
from ghgcalc.core.text.paths import LOCK_FILE
from ghgcalc.core.text.source import (
    COLUMN_BITS,
    NULLS,
    POSITION_BITS,
    List,
    Map,
    SourceFile,
    collector_paused,
    key_position,
    location_at,
    position,
)

MAX_DEPTH = 64
MAX_EXPANDED_NODES = 5_000_000
_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
)


@dataclass(slots=True)
class _Frame:
    """A container being filled."""

    node: Any
    marks: Any
    is_map: bool
    start: int
    anchor: str | None
    key: str | None = None
    key_at: int = 0
    size: int = 1
    skip: bool = False


class _Builder:
    """Turns one file's events into a tree and findings."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.base = position(source.index, 0, 0)
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_anchors: set[str] = set()
        self.found: list[Diagnostic] = []
        self.root: Any = None
        self.documents = 0
        self.fatal = False

    def report(self, code: str, at: int, message: str, hint: str | None = None) -> None:
        self.found.append(Diagnostic(code, message, location_at([self.source], at, 0), hint=hint))

    def run(self) -> None:
        """Drive the events; plain scalars, nine events in ten, take the short way."""
        loader = getattr(yaml, "CLoader", yaml.Loader)(self.source.text.encode())
        next_event = loader.get_event
        scalar_kind, base, nulls, stack = yaml.ScalarEvent, self.base, NULLS, self.stack
        try:
            while (event := next_event()) is not None:
                if type(event) is scalar_kind and stack and event.tag is event.anchor is None:
                    frame = stack[-1]
                    mark: Any = event.start_mark
                    column = mark.column
                    at = base | (mark.line << 20) | (column if column < 1048576 else 1048575)
                    value: str | None = event.value
                    if value in nulls and event.implicit[0] and not event.style:
                        value = None
                    key = frame.key
                    if key is not None:
                        frame.node[key] = value
                        frame.marks[key] = (frame.key_at << 80) | at
                        frame.size += 1
                        frame.key = None
                    elif (
                        frame.is_map
                        and not frame.skip
                        and value.__class__ is str
                        and (value not in frame.marks and value != "<<")
                    ):
                        frame.key, frame.key_at = intern(value), at
                    else:
                        self.place(value, at, 1)
                elif self.event(event):
                    return
        finally:
            loader.dispose()

    def event(self, event: Any) -> bool:
        """Take any event; True ends the reading."""
        kind = type(event)
        if kind is yaml.MappingStartEvent:
            self.start(event, Map(), {})
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.end()
        elif kind is yaml.SequenceStartEvent:
            self.start(event, List(), [])
        elif kind is yaml.ScalarEvent:
            self.scalar(event)
        elif kind is yaml.AliasEvent:
            self.alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.report(
                    "yaml-syntax",
                    self.at(event),
                    "a second YAML document starts here",
                    "keep one document per file; use `include:` for more files",
                )
                return True
        return self.fatal

    def at(self, event: Any) -> int:
        mark = event.start_mark
        column: int = min(mark.column, (1 << COLUMN_BITS) - 1)
        line: int = mark.line
        return self.base | (line << COLUMN_BITS) | column

    def scalar(self, event: Any) -> None:
        at = self.at(event)
        if event.tag is not None and event.tag not in _CORE_TAGS:
            self.unknown_tag(event.tag, at)
        value: str | None = event.value
        if event.style in (None, "") and value in NULLS and event.implicit[0]:
            value = None
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self.place(value, at, 1)

    def unknown_tag(self, tag: str, at: int) -> None:
        self.report("unknown-tag", at, f"tag `{tag}` is not read", "remove the tag")

    def start(self, event: Any, node: Any, marks: dict[str, int] | list[int]) -> None:
        at = self.at(event)
        if event.tag is not None and event.tag not in _CORE_TAGS:
            self.unknown_tag(event.tag, at)
        if len(self.stack) >= MAX_DEPTH:
            self.report("too-large", at, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
            self.fatal = True
            return
        anchor = event.anchor
        if anchor:
            self.open_anchors.add(anchor)
        node.marks = marks
        self.stack.append(_Frame(node, marks, type(node) is Map, at, anchor))

    def end(self) -> None:
        frame = self.stack.pop()
        if frame.anchor:
            self.open_anchors.discard(frame.anchor)
            self.anchors[frame.anchor] = (frame.node, frame.size)
        self.place(frame.node, frame.start, frame.size)

    def alias(self, event: Any) -> None:
        at = self.at(event)
        if event.anchor in self.open_anchors:
            self.report(
                "recursive-alias",
                at,
                f"alias `*{event.anchor}` contains itself",
                "write the values out",
            )
            self.place(None, at, 1)
            return
        if event.anchor not in self.anchors:
            self.report(
                "yaml-syntax",
                at,
                f"alias `*{event.anchor}` has no anchor",
                f"define `&{event.anchor}` before it is used",
            )
            self.place(None, at, 1)
            return
        value, size = self.anchors[event.anchor]
        self.place(value, at, size)

    def place(self, value: Any, at: int, size: int) -> None:
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        frame.size += size
        if frame.size > MAX_EXPANDED_NODES and self.anchors:
            self.report(
                "too-large",
                at,
                "aliases expand to more than 5,000,000 nodes",
                "write the values out or use a table",
            )
            self.fatal = True
            return
        key = frame.key
        if key is not None:
            frame.node[key] = value
            frame.marks[key] = (frame.key_at << POSITION_BITS) | at
            frame.key = None
        elif not frame.is_map:
            frame.node.append(value)
            frame.marks.append(at)
        elif frame.skip:
            frame.skip = False
        else:
            self.key(frame, value, at)

    def key(self, frame: _Frame, value: Any, at: int) -> None:
        node = frame.node
        if not isinstance(value, str):
            shown = "an empty key" if value is None else "a list or map as key"
            self.report("yaml-syntax", at, f"{shown} cannot be read", "quote the key")
            frame.skip = True
        elif value == "<<":
            self.report(
                "merge-key",
                at,
                "merge keys `<<` are not read",
                "write the keys out, or put shared values into a table",
            )
            frame.skip = True
        elif isinstance(node, Map) and value in node:
            first = location_at([self.source], key_position(node.marks[value]), 0)
            self.found.append(
                Diagnostic(
                    "duplicate-key",
                    f"key `{value}` appears twice",
                    location_at([self.source], at, 0),
                    related=(Related(first, "first here"),),
                    hint="keep one of the two",
                )
            )
            frame.skip = True
        else:
            frame.key, frame.key_at = value, at


def read_strict(source: SourceFile) -> Outcome[Map | None]:
    """Parse one file whose root must be a mapping.

    Diagnosed: `yaml-syntax`, `duplicate-key`, `unknown-tag`, `merge-key`, `recursive-alias`,
    `too-large`, `empty-file`, `wrong-shape`.
    """
    builder = _Builder(source)
    with collector_paused():
        try:
            builder.run()
        except yaml.YAMLError as error:
            builder.found.append(_syntax_finding(source, error))
            return Outcome(None, tuple(builder.found))
        except RecursionError:  # pragma: no cover - libyaml has its own nesting limit
            builder.report("too-large", builder.base, "nested too deeply", "flatten it")
    if builder.fatal:
        return Outcome(None, tuple(builder.found))
    here = Location(source.path, 1, 1)
    if builder.root is None:
        found = Diagnostic(
            "empty-file", f"`{source.path}` holds no data", here, hint="start with `ghgcalc: 1`"
        )
        return Outcome(None, (*builder.found, found))
    if not isinstance(builder.root, Map):
        found = Diagnostic(
            "wrong-shape",
            "the file must be a mapping of keys to values",
            here,
            hint="start with `ghgcalc: 1`",
        )
        return Outcome(None, (*builder.found, found))
    return Outcome(builder.root, tuple(builder.found))


_CONFLICT = re.compile(r"(?:<{7}|\|{7}|>{7})(?: |$)|={7}$")


def _conflict(source: SourceFile) -> Diagnostic | None:
    """The first mark of a merge conflict that version control left in a file."""
    for place, line in enumerate(source.lines, 1):
        if _CONFLICT.match(line.rstrip()):
            return Diagnostic(
                "yaml-syntax",
                f"not valid YAML: `{line[:7]}` is the mark of a merge conflict",
                Location(source.path, place, 1),
                hint="take the whole file of one side, and run `ghgcalc lock`"
                if source.path == LOCK_FILE
                else "keep what counts of both sides, and remove the marks",
            )
    return None


def _syntax_finding(source: SourceFile, error: yaml.YAMLError) -> Diagnostic:
    conflict = _conflict(source)
    if conflict is not None:
        return conflict
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened is not None and "quoted scalar" in str(getattr(error, "context", "")):
        where = Location(source.path, opened.line + 1, opened.column + 1)
        return Diagnostic(
            "yaml-syntax",
            "not valid YAML: the quote opened here is not closed",
            where,
            hint="close the quote on the same line",
        )
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    hint = "check indentation, quotes and brackets on this line and the one above"
    if "\t" in source.text:
        hint = "use spaces, not tabs, for indentation"
    if mark is None:
        where = Location(source.path, *_place_of(source.text, getattr(error, "position", 0)))
        hint = "remove the control character"
    else:
        where = _reached(source, mark.line, mark.column)
    return Diagnostic("yaml-syntax", f"not valid YAML: {problem}", where, hint=hint)


def _reached(source: SourceFile, line: int, column: int) -> Location:
    """Where reading stopped, from 0; what is missing at the end is shown after the last line."""
    lines = source.lines
    if line < len(lines) or not lines:
        return Location(source.path, line + 1, column + 1)
    return Location(source.path, len(lines), len(lines[-1]) + 1)


def _place_of(text: str, offset: object) -> tuple[int, int]:
    index = offset if isinstance(offset, int) else 0
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
