"""Activities as YAML that ghgcalc reads back text for text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ghgcalc.collect.read import Collected

# texts that YAML reads as one plain scalar, whatever stands around them
_PLAIN = re.compile(r"[\w+.-][\w+./%()-]*(?: [\w+./%()-]+)*")


def activities_yaml(collected: Collected, shown: str) -> str:
    """An `activities:` section; `shown` names the workbook in a comment."""
    head = f"# {collected.facility} {collected.period}, from {' '.join(shown.split())}\n"
    lines = [head, "activities:\n"]
    for name, tree in collected.activities.items():
        lines.append(f"  {_scalar(name)}:\n")
        lines += [f"    {key}: {_flow(value)}\n" for key, value in tree.items()]
    if not collected.activities:
        lines[-1] = "activities: {}\n"
    return "".join(lines)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return "null" if value is None else _scalar(value)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in ("null", "~", "true", "false", "yes", "no"):
        return text
    return json.dumps(text, ensure_ascii=False)
