# ruff: noqa: PT017 - a pattern may be read or refused, and both are judged
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.text.paths import PathError, check_text, expand, inside

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", [
    "http://x/y", "file:///x", "/etc/passwd", "~/x", "C:\\x", "c:x", "a\\b", "$HOME/x", "a\0b",
    "con", "data/NUL.csv", "lpt1", "aux.yaml",
])  # fmt: skip
def test_refused_texts(text: str) -> None:
    with pytest.raises(PathError) as error:
        check_text(text)
    assert error.value.hint


@pytest.mark.parametrize("text", ["a/b.csv", "./a", "文件.csv", "console.csv", "a b", "x..y", ""])
def test_allowed_texts(text: str) -> None:
    check_text(text)


def test_nothing_leaves_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "sites").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("x")
    (root / "sites" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "own.yaml").write_text("x")
    for text in ("../secret.yaml", "sites/../../secret.yaml", "sites/link.yaml"):
        with pytest.raises(PathError):
            inside(root, root, text)
    for pattern in ("../*.yaml", "sites/*.yaml", "./../*.yaml"):
        with pytest.raises(PathError):
            expand(root, root, pattern)
    assert inside(root, root / "sites", "../own.yaml") == root / "sites" / "../own.yaml"
    assert [path.name for path in expand(root, root / "sites", "../*.yaml")] == ["own.yaml"]


def test_what_is_named_as_a_file_is_not_passed_over(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text("x")
    for name in ("d.csv", ".e.csv", "sub"):
        (tmp_path / name).mkdir()
    (tmp_path / "gone.csv").symlink_to("nothing.csv")
    (tmp_path / ".#a.csv").symlink_to("somebody@somewhere.1")  # how Emacs locks a file
    found = [path.name for path in expand(tmp_path, tmp_path, "*.csv")]
    assert found == ["a.csv", "b.csv", "d.csv", "gone.csv"]
    assert [path.name for path in expand(tmp_path, tmp_path, "*")] == ["a.csv", "b.csv", "c.txt"]
    assert expand(tmp_path, tmp_path, "none.csv") == []
    assert expand(tmp_path, tmp_path, "none*.csv") == []


@pytest.mark.parametrize("pattern", ["a**b", "**x", "x" * 300, "x" * 300 + "*", "[", "*/../*"])
def test_odd_patterns_find_nothing_or_are_refused(tmp_path: Path, pattern: str) -> None:
    try:
        assert expand(tmp_path, tmp_path, pattern) == []
    except PathError as error:
        assert error.hint
