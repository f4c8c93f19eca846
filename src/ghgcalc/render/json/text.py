"""JSON text: records one per line, numbers written exactly from marked texts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ghgcalc.core.numbers import plain
from ghgcalc.core.text.controls import escaped_json

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.plan import UsedGap
    from ghgcalc.core.diagnostics import Location

_NUMBER = re.compile(r'"\\u0000(-?\d+(?:\.\d+)?)"')


_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def written(top: list[tuple[str, Any]]) -> str:
    """A record of keys, one per line; records of lists one per line."""
    body = ",\n".join(f'  "{key}": {json_value(value)}' for key, value in top)
    return "{\n" + body + "\n}\n"


def json_value(value: Any) -> str:
    """A value; a list has one record per line."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {dumped(item)}" for item in value) + "\n  ]"
    return dumped(value)


def dumped(value: Any) -> str:
    """Encode and strip the quotes around marked numbers."""
    return escaped_json(_NUMBER.sub(r"\1", _encode(value)))


def indented(value: Any) -> str:
    """A record that people read too: one value per line, marked numbers written exactly."""
    written = json.dumps(value, ensure_ascii=False, indent=1)
    return escaped_json(_NUMBER.sub(r"\1", written)) + "\n"


def number(value: Fraction | None) -> str | None:
    """A number marked for the last pass; user text cannot hold the mark's NUL."""
    return None if value is None else "\0" + plain(value, 12)


def place(location: Location | None) -> str | None:
    """`file:line:column`."""
    return None if location is None else str(location)


def gap_record(gap: UsedGap) -> dict[str, Any]:
    """An accepted gap in use."""
    return {"kind": gap.kind, "detail": gap.detail, "entry": gap.entry}
