"""Damage that keeps the syntax: the trees of YAML and JSON documents."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from yaml.resolver import Resolver

from .mutate_bytes import DATES, NUMBERS, SCALARS, UNITS, lines, tokens
from .seeds import ROOT

if TYPE_CHECKING:
    from random import Random

    from .mutate_bytes import Mutator

_DEEP = 200
_MAX = 200_000


@cache
def _strange() -> tuple[yaml.Node, ...]:
    """Subtrees from elsewhere: every entry of the example that uses everything."""
    found: list[yaml.Node] = []
    for path in sorted((ROOT / "examples/opulent").rglob("*.yaml")):
        root = yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)
        found += [node for pair in _pairs(root) for node in pair]
    return tuple(found)


def _nodes(node: yaml.Node | None) -> list[yaml.Node]:
    """A node and all below it, once each."""
    found: list[yaml.Node] = []
    waiting = [node]
    seen = set()
    while waiting:
        here = waiting.pop()
        if here is None or id(here) in seen:
            continue
        seen.add(id(here))
        found.append(here)
        if isinstance(here, yaml.MappingNode):
            waiting += [part for pair in here.value for part in pair]
        elif isinstance(here, yaml.SequenceNode):
            waiting += here.value
    return found


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return [p for here in _nodes(node) if isinstance(here, yaml.MappingNode) for p in here.value]


def yaml_tree(rng: Random, data: bytes) -> bytes:
    """Change keys and values of a YAML document, and write it again."""
    try:
        root = yaml.compose(data.decode("utf-8"), yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return rng.choice([tokens, lines])(rng, data)
    if root is None or len(data) > _MAX:
        return tokens(rng, data)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        _change(rng, root)
    try:
        return yaml.serialize(root, width=10_000, allow_unicode=True).encode("utf-8", "replace")
    except (yaml.YAMLError, RecursionError):
        return tokens(rng, data)


def _change(rng: Random, root: yaml.Node) -> None:
    """One change of a tree in place."""
    kinds = (yaml.MappingNode, yaml.SequenceNode)
    nodes = [node for node in _nodes(root) if isinstance(node, kinds) and node.value]
    if not nodes:
        return
    node = rng.choice(nodes)
    at = rng.randrange(len(node.value))
    how = rng.randrange(8)
    if how == 0:
        del node.value[at]
    elif how == 1:
        node.value.insert(at, copy.deepcopy(rng.choice(node.value)))
    elif how == 2:
        rng.shuffle(node.value)
    elif isinstance(node, yaml.SequenceNode):
        node.value[at] = _other(rng, node.value[at])
    else:
        _change_pair(rng, root, node, at, how)


def _change_pair(rng: Random, root: yaml.Node, node: yaml.MappingNode, at: int, how: int) -> None:
    """One change of a key or its value."""
    key, value = node.value[at]
    if how == 3:
        key = _other(rng, key)
    elif how == 4:
        key = rng.choice(_pairs(root))[0]
    elif how == 5:
        value = rng.choice(_pairs(root))[1]
        if value in _nodes(node.value[at][0]) or node in _nodes(value):
            value = _scalar(rng, "x")
    else:
        value = _other(rng, value)
    node.value[at] = (key, value)


def _other(rng: Random, node: yaml.Node) -> yaml.Node:
    """What may stand in the place of a node."""
    how = rng.randrange(12)
    if how == 0:
        return yaml.ScalarNode("tag:yaml.org,2002:null", "")
    if how == 1:
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [node] * rng.choice([0, 1, 2]))
    if how == 2:
        pairs = [(_scalar(rng, "x"), node)]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs[: rng.choice([0, 1])])
    if how == 3:
        return copy.deepcopy(rng.choice(_strange()))
    if how == 4 and rng.random() < 0.2:
        for _ in range(_DEEP):
            node = yaml.SequenceNode("tag:yaml.org,2002:seq", [node])
        return node
    return _scalar(rng, node.value if isinstance(node, yaml.ScalarNode) else "x")


def _scalar(rng: Random, text: str) -> yaml.ScalarNode:
    """A scalar like another one."""
    number, space, unit = text.partition(" ")
    how = rng.randrange(6)
    if how == 0:
        text = f"{rng.choice(NUMBERS)}{space}{unit}"
    elif how == 1:
        text = f"{number} {rng.choice(UNITS)}"
    elif how == 2:
        text = f"{rng.choice(NUMBERS)} {rng.choice(UNITS)}"
    elif how == 3:
        text = rng.choice(DATES)
    elif how == 4:
        text = rng.choice(["-", " ", "x", "0", "٣", "\u0301"]).join([text, ""])
    else:
        text = rng.choice(SCALARS)
    style = rng.choice([None, None, None, "'", '"'])
    return yaml.ScalarNode("tag:yaml.org,2002:str" if style else _tag(text), text, style=style)


def _tag(text: str) -> str:
    """The tag that the text has by itself, so that it is written plain."""
    found = Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return str(found)


# ---- JSON ---------------------------------------------------------------------------------------

_JSON: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 10**40, "", "x", "1", "-1.5", "NaN", "1e999", [], {},
    [[]], {"a": 1}, "2024", "x" * 5000, "\u202e", "\x00", "\ud800", float("nan"), float("inf"),
    [None],
)  # fmt: skip


def json_tree(rng: Random, data: bytes) -> bytes:
    """Change values and keys of a JSON document, and write it again."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return tokens(rng, data)
    for _ in range(rng.choice([1, 1, 2, 4])):
        _change_json(rng, root)
    return json.dumps(root, indent=1, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")


def _change_json(rng: Random, root: object) -> None:
    """Walk down to a value at random depth and change it."""
    here: Any = root
    while isinstance(here, dict | list) and here:
        key = rng.choice(sorted(here)) if isinstance(here, dict) else rng.randrange(len(here))
        below = here[key]
        if isinstance(below, dict | list) and below and rng.random() < 0.8:
            here = below
            continue
        how = rng.randrange(6)
        if how == 0:
            del here[key]
        elif how == 1 and isinstance(here, list):
            here.append(copy.deepcopy(below))
        elif how == 2 and isinstance(here, dict):
            here[rng.choice([f"{key}x", "id", "lines", ""])] = below
        else:
            here[key] = copy.deepcopy(rng.choice(_JSON))
        return


TREES: dict[str, Mutator] = {"YAML tree": yaml_tree}
JSONS: dict[str, Mutator] = {"JSON tree": json_tree}
