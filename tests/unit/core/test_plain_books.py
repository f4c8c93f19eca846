"""A workbook whose parts are damaged is none that every reader reads alike; it is no crash."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from ghgcalc.core.text.plain_books import plain_sheet, sheet_names

if TYPE_CHECKING:
    from pathlib import Path

PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "head",
    [b'<?xml version="1.0" encoding="x"?>', b"<!DOCTYPE a []>", b"<", b"", b"\xff\xfe"],
)
def test_damaged_parts(part: str, head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    Workbook().save(path)
    assert sheet_names(path) is not None
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    body = parts[part].partition(b"?>")[2] if parts[part].startswith(b"<?") else parts[part]
    parts[part] = head + body if head else b""
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    assert sheet_names(path) is None or part == "xl/styles.xml"
    plain_sheet(path, "xl/worksheets/sheet1.xml")
