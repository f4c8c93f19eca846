"""Activities as YAML that ghgcalc reads back text for text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Literal

from ghgcalc.core.text.controls import escaped_yaml, replaced

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.collect.changes import Collected

# texts that YAML reads as one plain scalar, whatever stands around them
_PLAIN = re.compile(r"[\w+.-][\w+./%()-]*(?: [\w+./%()-]+)*")


# the first line of what an import writes; nothing else may be replaced by one
_MARK = "# written by ghgcalc import: "
_OLDER_MARK = re.compile(r"# \S+ \S+, from \S.*")


def written_by_import(path: Path) -> Literal["yes", "older", "no"]:
    """Whether an import wrote a file, by its first lines; `older`: one that did not mark it.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        first, second = stream.readline(4096), stream.readline(4096)
    if first.startswith(_MARK.encode()):
        return "yes"
    try:
        older = _OLDER_MARK.fullmatch(first.decode().rstrip("\r\n"))
    except UnicodeDecodeError:
        return "no"
    return "older" if older and second.startswith(b"activities:") else "no"


def activities_yaml(collected: Collected, shown: str) -> str:
    """An `activities:` section; `shown` names the workbook in a comment."""
    source = " ".join(replaced(shown).split())
    of = " ".join(replaced(f"{collected.facility} {collected.period}").split())
    head = f"{_MARK}{of}, from {source}\n"
    lines = [head, "activities:\n"]
    for name, tree in collected.activities.items():
        lines.append(f"  {_scalar(name)}:\n")
        lines += [f"    {key}: {flow(value)}\n" for key, value in tree.items()]
    if not collected.activities:
        lines[-1] = "activities: {}\n"
    return "".join(lines)


def flow(value: Any) -> str:
    """A tree of texts on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return "null" if value is None else _scalar(value)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in ("null", "~", "true", "false", "yes", "no"):
        return text
    return escaped_yaml(json.dumps(text, ensure_ascii=False))
