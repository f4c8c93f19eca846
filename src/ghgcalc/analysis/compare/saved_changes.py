"""A saved JSON inventory against the recomputed one: every value that differs, by its path."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.analysis.compare.misstatement import METHODS, Stated, StatedLine
from ghgcalc.analysis.compare.saved import SavedError

if TYPE_CHECKING:
    from collections.abc import Iterator

# what differs without anybody having changed a figure: another version, moved files
_ASIDE = frozenset({"ghgcalc", "inputs", "diagnostics"})
_PLACE = re.compile(r"(?:.*[/\\])?([^/\\]+:\d+:\d+)")
_KEYS = ("id", "factor", "path", "facility", "category", "gas", "metric", "table", "figure")


class Change(NamedTuple):
    """A place that differs: cell or path, as stated, as recomputed."""

    place: str
    stated: str
    recomputed: str


def stated_json(data: dict[str, Any]) -> Stated:
    """Lines and totals of a saved inventory.

    Raises:
        SavedError: a key is missing.
    """
    try:
        lines = {
            line["id"]: StatedLine(
                int(line["scope"]),
                {m: Fraction(line[m]["tco2e"]) if line[m] else None for m in METHODS},
            )
            for line in data["lines"]
        }
        totals = data["totals"]
        stated = {(1, m): Fraction(totals["scope_1"]) for m in METHODS}
        stated |= {(2, m): Fraction(totals["scope_2"][m]) for m in METHODS
                   if totals["scope_2"][m] is not None}  # fmt: skip
        if totals["scope_3"] is not None:
            stated |= {(3, m): Fraction(totals["scope_3"]) for m in METHODS}
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise SavedError(f"is not a complete inventory: {error!r}") from error
    return Stated(lines, stated)


def json_changes(stated: dict[str, Any], computed: dict[str, Any]) -> list[Change]:
    """Every leaf that differs; records of a list are paired by their id."""
    return [
        change
        for key in dict.fromkeys([*computed, *stated])
        if key not in _ASIDE
        for change in _differing(key, stated.get(key), computed.get(key))
    ]


def _differing(path: str, stated: Any, computed: Any) -> Iterator[Change]:
    if isinstance(stated, dict) and isinstance(computed, dict):
        for key in dict.fromkeys([*computed, *stated]):
            if key != "location":
                yield from _differing(f"{path}.{key}", stated.get(key), computed.get(key))
    elif isinstance(stated, list) and isinstance(computed, list):
        left, right = _keyed(stated), _keyed(computed)
        for key in dict.fromkeys([*right, *left]):
            yield from _differing(f"{path}[{key}]", left.get(key), right.get(key))
    elif not same_text(stated, computed):
        yield Change(path, _shown(stated), _shown(computed))


def same_text(left: Any, right: Any) -> bool:
    """Equal values; places in files may be named from another folder."""
    if left == right:
        return True
    if not (isinstance(left, str) and isinstance(right, str)):
        return False
    one, other = _PLACE.fullmatch(left), _PLACE.fullmatch(right)
    return bool(one and other and one[1] == other[1])


def _keyed(items: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, item in enumerate(items):
        named = [str(item[k]) for k in _KEYS if item.get(k)] if isinstance(item, dict) else []
        key = named[0] if named else str(place)
        found[key if key not in found else f"{key}#{place}"] = item
    return found


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a record"
    return str(value)
