"""Mendings that a finding states itself: the one word that can stand there, lines to paste."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.cli.editor.buffers import YAML
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.render.text import plural
from ghgcalc.render.yaml_paths import keys_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghgcalc.cli.editor.findings import Finding, Place
    from ghgcalc.cli.editor.positions import Positions, Stretch

_BLOCK = re.compile(r" *[^\s#{\[-][^#{\[]*: *(?:#.*)?")  # a key whose value stands below it


class Action(NamedTuple):
    """A change of the text of one file.

    Attributes:
        title: what it does.
        stretch: what `new` stands in place of.
        finding: what it mends.
        sure: whether nothing else could be meant.
    """

    title: str
    place: Place
    new: str
    finding: Finding
    sure: bool = False


def actions_at(findings: Iterable[Finding], asked: Place, positions: Positions) -> Iterator[Action]:
    """What mends findings that touch a stretch of a text, as that text stands now."""
    for finding in findings:
        here = finding.place.path == asked.path and finding.place.stretch.meets(asked.stretch)
        if here and finding.instead and _stands(finding, positions):
            title = f"write `{finding.instead}` for `{finding.written}`"
            yield Action(title, finding.place, finding.instead, finding, sure=True)
        if finding.item.paste and asked.path.suffix in YAML:
            places = (finding.place, *(place for place, _ in finding.related))
            near = [place.stretch for place in places if place.path == asked.path]
            if any(stretch.meets(asked.stretch) for stretch in near):
                yield from _pasted(finding, asked, positions, near[0])


def _stands(finding: Finding, positions: Positions) -> bool:
    """Whether the text at a finding is the one that was judged."""
    start, end = (positions.offset(spot) for spot in finding.place.stretch)
    return positions.text[start:end] == finding.written


def _pasted(
    finding: Finding, asked: Place, positions: Positions, near: Stretch
) -> Iterator[Action]:
    """The lines of a finding in the mapping that they belong to, where it is in block style.

    What only the reader knows stands in them as `…`, which is refused until it is filled in.
    """
    lines = positions.text.splitlines(keepends=True)
    paste, indent = finding.item.paste, _indent(finding.item.paste[0])
    at = positions.line_of(positions.offset(near.start)) - 1
    head = _above(lines, at, indent - 2)
    if head is None:
        return
    end = head + 1
    for place in range(head + 1, len(lines)):
        if lines[place].strip() and _indent(lines[place]) < indent:
            break
        end = place + 1 if lines[place].strip() else end
    before = "".join(lines[:end])
    start = "" if before.endswith(("\n", "\r")) else "\n"
    new = start + "".join(f"{line}\n" for line in paste)
    path = (*keys_above(lines, head + 1),)
    count = sum(_indent(line) == indent for line in paste)
    if _adds(positions.text, before + new + "".join(lines[end:]), path, count):
        where = asked._replace(stretch=positions.between(len(before), len(before)))
        yield Action(f"add {plural(count, 'line')} to `{path[-1]}:`, to be filled in", where, new,
                     finding)  # fmt: skip


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _above(lines: Sequence[str], at: int, indent: int) -> int | None:
    """The line of a key with a block below it, at or above a line, at an indentation."""
    for place in range(min(at, len(lines) - 1), -1, -1):
        found = _indent(lines[place])
        if lines[place].strip() and found <= indent:
            block = found == indent and _BLOCK.fullmatch(lines[place].rstrip())
            return place if block else None
    return None


def _adds(before: str, after: str, path: Sequence[str], count: int) -> bool:
    """Whether a change of a text adds so many keys at `path` and leaves everything else."""
    old, new = (parse(SourceFile("", text)) for text in (before, after))
    if old.value is None or new.value is None or len(new.diagnostics) != len(old.diagnostics):
        return False
    was, now = _at(old.value, path), _at(new.value, path)
    if was is None or now is None:
        return False
    added = [key for key in now if key not in was]
    for key in added:
        del now[key]
    return len(added) == count and bool(new.value == old.value)


def _at(node: Any, path: Sequence[str]) -> dict[str, Any] | None:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else None
