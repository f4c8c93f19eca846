"""Workbooks that are not opened, and why."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ghgcalc.core.text import archives
from ghgcalc.core.text.archives import refusal


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    made = xlsxwriter.Workbook(str(path))
    made.add_worksheet().write_string(0, 0, "text")
    made.close()
    return path


def add(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


def test_an_ordinary_workbook_is_opened(book: Path) -> None:
    assert refusal(book) == ""


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("../evil.xml", b"<a/>", "outside itself"),
        ("/etc/evil.xml", b"<a/>", "outside itself"),
        ("xl/vbaProject.bin", b"macro", "holds macros"),
        ("xl/extra.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "document type"),
        ("xl/bomb.xml", b" " * (archives.RATIO_FROM + 1), "100 times its size"),
    ],
)  # fmt: skip
def test_what_is_refused(name: str, data: bytes, words: str, book: Path) -> None:
    add(book, name, data)
    assert words in refusal(book)


def test_sizes(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 100)
    assert "unpacks to" in refusal(book)
    monkeypatch.setattr(archives, "MAX_PARTS", 3)
    assert "more than 3" in refusal(book)


def test_no_archive(tmp_path: Path) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("text", "utf-8")
    assert "is not a readable workbook" in refusal(text)
    assert "is not a readable workbook" in refusal(tmp_path / "none.xlsx")
