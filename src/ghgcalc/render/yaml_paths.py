"""The keys above a place in a YAML text, by indentation: a name for it that survives edits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY = re.compile(r"""^( *)(?:- +)*(?:"([^"]*)"|'([^']*)'|([^\s#'"\-][^:#]*?)) *:(?: |$)""")
_ENTRY = re.compile(r"^( *)- ")


def keys_above(lines: Sequence[str], line: int) -> tuple[str, ...]:
    """The keys that lead to a line, outermost first; a list's entry is its number.

    Block style is followed; what stands inside a flow collection has the keys of its line.

    Args:
        lines: of a YAML text.
        line: from 1.
    """
    found: list[str] = []
    depth = 1 << 30
    for at in range(min(line, len(lines)) - 1, -1, -1):
        text = lines[at]
        entry = _ENTRY.match(text)
        key = _KEY.match(text)
        if key is not None:
            indent = len(text) - len(text.lstrip(" -"))
            if indent < depth:
                found.append(next(part for part in key.groups()[1:] if part is not None))
                depth = indent
        if entry is not None and len(entry[1]) < depth:
            depth = len(entry[1])
            found.append(str(_place_in_list(lines, at, depth)))
        if depth == 0:
            break
    return tuple(reversed(found))


def _place_in_list(lines: Sequence[str], at: int, indent: int) -> int:
    """How many entries of the same list stand above one."""
    count = 0
    for above in range(at - 1, -1, -1):
        text = lines[above]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        own = len(text) - len(text.lstrip(" "))
        if own < indent or (own == indent and not text.startswith(" " * indent + "-")):
            break
        count += own == indent
    return count
