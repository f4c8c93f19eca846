"""What may stand at a place: the keys and words of the JSON Schema that the models give."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.cli.editor.yaml_place import ENTRY
from ghgcalc.core.json_schemas import schema_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Node = dict[str, Any]


class Allowed(NamedTuple):
    """What may stand at a place.

    Attributes:
        keys: with what each means.
        words: the words that a value may be; none where it is open.
        measured: whether it is a quantity, a number with a unit.
    """

    keys: dict[str, str]
    words: list[str]
    measured: bool


def allowed(schema: str, path: Sequence[str]) -> Allowed:
    """What may stand at the value of `path` in a file of the schema's kind."""
    root = _schema(schema)
    nodes = [root]
    for key in path:
        nodes = [below for node in nodes for each in _every(node, root)
                 if (below := _below(each, key)) is not None]  # fmt: skip
    keys: dict[str, str] = {}
    words: dict[str, None] = {}
    quantity = root["definitions"]["Activity"]["properties"]["quantity"]["pattern"]
    measured = False
    for node in nodes:
        for each in _every(node, root):
            for name, told in each.get("properties", {}).items():
                keys.setdefault(name, told.get("description", ""))
            words.update(dict.fromkeys(w for w in each.get("enum", ()) if isinstance(w, str)))
            measured = measured or each.get("pattern") == quantity
    return Allowed(keys, list(words), measured)


def _below(node: Node, key: str) -> Node | None:
    if key == ENTRY:
        found = node.get("items")
    else:
        found = node.get("properties", {}).get(key, node.get("additionalProperties"))
    return found if isinstance(found, dict) else None


def _every(node: Node, root: Node) -> Iterator[Node]:
    """A node and all that it is made of."""
    yield node
    if "$ref" in node:
        yield from _every(root["definitions"][node["$ref"].rpartition("/")[2]], root)
    for joint in ("anyOf", "allOf", "oneOf"):
        for each in node.get(joint, ()):
            yield from _every(each, root)


@lru_cache
def _schema(name: str) -> Node:
    found: Node = json.loads(schema_text(name))
    return found
