"""Strict YAML: what is read equals what was written, and each mark lies on its text."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from ghgcalc.core.text.source import (
    List,
    Map,
    SourceFile,
    key_position,
    location_at,
    unpack,
    value_position,
)
from ghgcalc.core.text.yaml_text import parse
from support.strategies import profile

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
keys = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1,
               max_size=8).filter(lambda key: key != "<<")  # fmt: skip
trees = st.dictionaries(keys, st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8), min_size=1, max_size=4)  # fmt: skip
styles = st.sampled_from([None, '"', "'"])


@given(tree=trees, style=styles, flow=st.booleans())
@profile(150)
def test_data_come_back_with_their_places(tree: Any, style: str | None, flow: bool) -> None:
    assume(_distinct(tree))
    text = yaml.safe_dump(tree, default_style=style, default_flow_style=flow, allow_unicode=True)
    source = SourceFile("c.yaml", text)
    outcome = parse(source)
    assert not outcome.diagnostics
    assert outcome.value == _as_read(tree)
    _marks_lie_on_text(outcome.value, text.split("\n"))


def _distinct(node: Any) -> bool:
    """Whether the keys differ when they are composed too (else `duplicate-key`)."""
    if isinstance(node, list):
        return all(map(_distinct, node))
    if not isinstance(node, dict):
        return True
    return len({normalize("NFC", key) for key in node}) == len(node) and all(
        map(_distinct, node.values())
    )


def _as_read(node: Any) -> Any:
    """What strict reading gives: texts stay, dumped nulls were quoted, keys are composed."""
    if isinstance(node, dict):
        return {normalize("NFC", key): _as_read(value) for key, value in node.items()}
    return [_as_read(item) for item in node] if isinstance(node, list) else node


def _marks_lie_on_text(node: Any, lines: list[str]) -> None:
    marks: list[int] = []
    if isinstance(node, Map):
        assert list(node.marks) == list(node)
        marks = [key_position(m) for m in node.marks.values()]
        marks += [value_position(m) for m in node.marks.values()]
        children = list(node.values())
    elif isinstance(node, List):
        assert len(node.marks) == len(node)
        marks, children = list(node.marks), list(node)
    else:
        return
    for mark in marks:
        file, line, column = unpack(mark)
        assert file == 0
        assert 0 <= line < len(lines)
        assert 0 <= column <= len(lines[line])
    for child in children:
        _marks_lie_on_text(child, lines)


@given(raw=st.text(max_size=60) | st.lists(
    st.sampled_from(["a", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "&x ", "*x", "!t ", "'",
                     '"', "|", ">", "#", "? ", "<<", "---\n", "...\n", "%", "\t", "~", "\u2028",
                     "\x85", "\ufeff"]), max_size=14).map("".join))  # fmt: skip
@profile(300)
def test_any_text_gives_findings_inside_the_file(raw: str) -> None:
    source = SourceFile("c.yaml", raw)
    outcome = parse(source)
    assert outcome.value is not None or outcome.diagnostics
    height = raw.count("\n") + raw.count("\r") + raw.count("\x85") + 2
    height += raw.count("\u2028") + raw.count("\u2029")
    for item in outcome.diagnostics:
        assert item.location is not None
        assert 1 <= item.location.line <= height
        assert item.location.column >= 1
        assert item.location.width >= 1
        assert item.hint
    if isinstance(outcome.value, Map):
        for mark in outcome.value.marks.values():
            location_at([source], key_position(mark), 0)
            location_at([source], value_position(mark), 0)
