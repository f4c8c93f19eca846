from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.text.document import load_document
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / "company.yaml"


def codes(path: Path) -> list[str]:
    return [item.code for item in load_document(path).diagnostics]


def test_includes_merge_by_id(tmp_path: Path) -> None:
    path = write(tmp_path, company="include: [a.yaml, b.yaml]\n"
                 "activities: {x: {p: 1}}\naccept: [m]\n",
                 a="activities: {y: {p: 2}}\naccept: [n]\n", b="facilities: {f: {}}\n")  # fmt: skip
    outcome = load_document(path)
    assert not outcome.diagnostics
    document = outcome.value
    assert document is not None
    assert document.root == {"activities": {"x": {"p": "1"}, "y": {"p": "2"}},
                             "accept": ["m", "n"], "facilities": {"f": {}}}  # fmt: skip
    assert document.locate(("activities", "y")).path.endswith("a.yaml")
    assert document.locate(("accept", 1)).path.endswith("a.yaml")
    assert len(document.hashes) == 3


@pytest.mark.parametrize("name", ["company.yaml", "ghgcalc.lock"])
def test_the_mark_of_a_merge_conflict_is_named(tmp_path: Path, name: str) -> None:
    text = "a:\n  b: 1\n<<<<<<< HEAD\n  c: 2\n=======\n  c: 3\n>>>>>>> other\n"
    parsed = parse(SourceFile(name, text, 0))
    (found,) = parsed.diagnostics
    assert (found.code, found.location.line) == ("yaml-syntax", 3)
    assert "`<<<<<<<` is the mark of a merge conflict" in found.message
    assert ("ghgcalc lock" in found.hint) == (name == "ghgcalc.lock")


def test_a_folder_or_a_broken_link_among_includes_is_an_error(tmp_path: Path) -> None:
    """A folder named as a file of the glob was passed over, and three activities with it."""
    path = write(tmp_path, company="include: [a*.yaml]\n", a="activities: {y: {p: 2}}\n")
    (tmp_path / "a-2024.yaml").mkdir()
    assert codes(path) == ["unreadable-file"]
    (tmp_path / "a-2024.yaml").rmdir()
    assert codes(path) == []
    (tmp_path / "a-2024.yaml").symlink_to("gone.yaml")
    assert codes(path) == ["file-not-found"]


def test_the_order_of_includes_shows_in_no_id(tmp_path: Path) -> None:
    parts = {"a": "activities: {y: {}}\n", "b": "activities: {z: {}}\n"}
    roots = [
        load_document(write(tmp_path, company=f"include: [{order}]\n", **parts)).value
        for order in ("a.yaml, b.yaml", "b.yaml, a.yaml", "'?.yaml'")
    ]
    assert all(root is not None and set(root.root["activities"]) == {"y", "z"} for root in roots)


@pytest.mark.parametrize(("company", "other", "code"), [
    ("include: a.yaml\nactivities: {x: {}}\n", "activities: {x: {}}\n", "duplicate-key"),
    ("include: a.yaml\nghgcalc: 1\n", "ghgcalc: 1\n", "duplicate-key"),
    ("include: a.yaml\n", "include: company.yaml\nx: 1\n", "include-cycle"),
    ("include: a.yaml\n", "include: a.yaml\n", "include-cycle"),
    ("include: no.yaml\n", "", "file-not-found"), ("include: no*.yaml\n", "", "file-not-found"),
    ("include: ../a.yaml\n", "", "path-outside"), ("include: {a: b}\n", "", "wrong-shape"),
    ("include: [[a]]\n", "", "wrong-shape"), ("include: a.yaml\n", "- x\n", "wrong-shape"),
    ("include: a.yaml\n", "", "empty-file"),
])  # fmt: skip
def test_findings(tmp_path: Path, company: str, other: str, code: str) -> None:
    assert code in codes(write(tmp_path, company=company, a=other))


def test_a_section_of_two_shapes(tmp_path: Path) -> None:
    path = write(tmp_path, company="include: a.yaml\nactivities: {x: {}}\n", a="activities: [1]\n")
    assert codes(path) == ["duplicate-key"]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "company.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    (item,) = load_document(path).diagnostics
    assert item.code == "not-utf-8"
    assert item.location is not None
    assert item.location.line == 2


def test_missing_parts_give_the_nearest_place(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, company="a:\n  b:\n    c: 1\n")).value
    assert document is not None
    assert document.locate(("a", "b", "none")).line == 2
    assert document.locate(("none",)).line == 1
    assert document.locate(("a", "b", "c")).column == 8
    assert document.locate(("a", "b", "c"), key=True).column == 5


@pytest.mark.parametrize("include", ["a**b", "x" * 300, "x" * 300 + "*", "**", "[", "*/.."])
def test_odd_includes_are_findings(tmp_path: Path, include: str) -> None:
    found = codes(write(tmp_path, company=f"include: '{include}'\nghgcalc: 1\n"))
    assert set(found) <= {"file-not-found", "path-outside", "include-cycle"}
    assert found
