from __future__ import annotations

import gc

import pytest

from ghgcalc.core.text.source import (
    Map,
    SourceFile,
    collector_paused,
    key_position,
    location_at,
    mark_of,
    position,
    unpack,
    value_position,
)
from ghgcalc.core.text.yaml_text import parse


def codes(text: str) -> list[str]:
    return [item.code for item in parse(SourceFile("c.yaml", text)).diagnostics]


@pytest.mark.parametrize(("text", "value"), [
    ("a: NO", "NO"), ("a: 0123", "0123"), ("a: 1e5", "1e5"), ("a: 12:30", "12:30"),
    ("a: 2023-01-01", "2023-01-01"), ("a: yes", "yes"), ("a: ''", ""), ("a: 'null'", "null"),
    ("a: null", None), ("a: ~", None), ("a:", None), ("a: Null", None), ("a: nULL", "nULL"),
    ("a: |\n  x\n  y\n", "x\ny\n"), ("a: >\n  x\n  y\n", "x y\n"), ("a: !!str 5", "5"),
    ("a: !!int 5", "5"), ("\ufeffa: 5", "5"), ("a: 5 # note", "5"), ("a: !!str null", "null"),
    ("a: !!str", ""),
])  # fmt: skip
def test_scalars_stay_text(text: str, value: str | None) -> None:
    outcome = parse(SourceFile("c.yaml", text))
    assert not outcome.diagnostics
    assert outcome.value == {"a": value}


@pytest.mark.parametrize(("text", "code"), [
    ("", "empty-file"), ("# note\n", "empty-file"), ("---\n", "empty-file"),
    ("- a\n", "wrong-shape"), ("text", "wrong-shape"),
    ("a: 1\na: 2\n", "duplicate-key"), ("{a: 1, a: 2}", "duplicate-key"),
    ("a: !foo x", "unknown-tag"), ("a: !!python/object:os.system x", "unknown-tag"),
    ("a: !foo {b: c}", "unknown-tag"), ("a: &x {b: 1}\nc: {<<: *x}", "merge-key"),
    ("a: &x [*x]", "recursive-alias"), ("a: &x {b: *x}", "recursive-alias"),
    ("a: *x", "yaml-syntax"),
    ("a: 1\n---\nb: 2\n", "yaml-syntax"), ("a: [1", "yaml-syntax"), ("a:\n\t- b", "yaml-syntax"),
    ("? [a]\n: b", "yaml-syntax"), ("~: x", "yaml-syntax"), ("a: \x01", "yaml-syntax"),
    ("a: b: c", "yaml-syntax"), ("a: " + "[" * 100 + "]" * 100, "too-large"),
])  # fmt: skip
def test_findings(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(("text", "line", "column"), [
    ("{", 1, 2), ("a: [1", 1, 6), ("a: [1\n", 1, 6), ("a: 1\nb: {c: 2,\n", 2, 10),
    ("a: 1\nb: [\n\n", 3, 1), ("a: 'x\n", 1, 4),
])  # fmt: skip
def test_what_is_missing_at_the_end_is_shown_on_a_line_that_exists(
    text: str, line: int, column: int
) -> None:
    (item,) = parse(SourceFile("c.yaml", text)).diagnostics
    assert item.code == "yaml-syntax"
    assert item.location == ("c.yaml", line, column, 1)


def test_both_places_of_a_repeated_key() -> None:
    (item,) = parse(SourceFile("c.yaml", "a: 1\nb: 2\n  \na: 3\n")).diagnostics
    assert item.location is not None
    assert (item.location.line, item.location.column) == (4, 1)
    assert item.related[0].location.line == 1


def test_all_mistakes_at_once() -> None:
    assert codes("a: 1\na: 2\nb: !t x\n<<: {c: d}\n") == [
        "duplicate-key", "unknown-tag", "merge-key"]  # fmt: skip


def test_aliases_are_read_and_bombs_are_not() -> None:
    outcome = parse(SourceFile("c.yaml", "a: &x [1, 2]\nb: *x\n"))
    assert outcome.value == {"a": ["1", "2"], "b": ["1", "2"]}
    bomb = "a: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"k{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    assert codes(bomb)[-1] == "too-large"


def test_marks_point_at_keys_and_values() -> None:
    source = SourceFile("c.yaml", 'a:\n  bb: "x y" # note\n  c: [1, 22]\n')
    tree = parse(source).value
    assert isinstance(tree, Map)
    inner = tree["a"]
    key = location_at([source], key_position(inner.marks["bb"]))
    value = location_at([source], value_position(inner.marks["bb"]))
    assert (key.line, key.column, key.width) == (2, 3, 2)
    assert (value.line, value.column, value.width) == (2, 7, 5)
    item = location_at([source], inner["c"].marks[1])
    assert (item.line, item.column, item.width) == (3, 10, 2)


def test_packed_places() -> None:
    packed = position(3, 123_456, 789)
    assert unpack(packed) == (3, 123_456, 789)
    assert key_position(mark_of(packed, 5)) == packed
    assert value_position(mark_of(5, packed)) == packed
    assert unpack(position(1, 2, 1 << 22)) == (1, 2, (1 << 20) - 1)


def test_the_collector_comes_back() -> None:
    assert gc.isenabled()
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline: str) -> None:
    text = newline.join(["a: 1", "b: !t x", ""])
    (item,) = parse(SourceFile("c.yaml", text)).diagnostics
    assert item.location is not None
    assert item.location.line == 2


def test_lines_are_those_of_yaml() -> None:
    """A form feed in a comment is no line end for YAML; the excerpt must show the right line."""
    source = SourceFile("c.yaml", "# page\x1c one\na: 1\na: 2\n")
    found = parse(source).diagnostics
    for item in found:
        assert item.location is not None
        if item.code == "duplicate-key":
            assert source.lines[item.location.line - 1].startswith("a: 2")
