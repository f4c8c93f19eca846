"""Both readers of .xlsx give the same texts, and what they would not goes the careful way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.workbooks import open_plain, open_with_care
from ghgcalc.company.read import Read
from ghgcalc.core.text import plain_books

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READ = Read.model_validate({"date": "YYYY-MM-DD hh:mm:ss"})
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(-1e20, 1e20, allow_nan=False, width=64),
    st.decimals(0, 10**6, places=4).map(float),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x4FFF, exclude_characters="_"),
            max_size=6).filter(lambda text: not text.startswith("=")),
    st.sampled_from(["a\nb", " a ", "<&>'\"", "1", "#N/A", "TRUE", "2024-01-01", "e\u0301"]),
    st.datetimes(datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2199-01-01")).map(
        lambda at: at.replace(microsecond=0)
    ),
    st.dates(date(1901, 1, 1), date(2199, 1, 1)),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=8)


def by_openpyxl(path: Path, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell is not None:
                book.active.cell(row, column).value = cell
                if isinstance(cell, str):
                    book.active.cell(row, column).data_type = "s"
    book.save(path)


def by_xlsxwriter(path: Path, rows: list[list[object]]) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write(row, column, cell)
    book.close()


def texts(rows: object) -> list[tuple[int, list[str]]]:
    """Rows with cells, without the empty cells at their end."""
    found = []
    for row, cells in rows:  # type: ignore[attr-defined]
        while cells and not cells[-1]:
            cells = cells[:-1]
        if cells:
            found.append((row, cells))
    return found


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_both_give_the_same(
    tmp_path: Path, write: Callable[[Path, list[list[object]]], None], rows: list[list[object]]
) -> None:
    path = tmp_path / "t.xlsx"
    write(path, rows)
    quick, careful = open_plain(path, READ), open_with_care(path, READ)
    found = texts(careful.rows)
    careful.close()
    if quick is not None:  # numbers of 16 digits and escapes go the careful way
        assert texts(quick.rows) == found


START = datetime.fromisoformat("2024-01-01")
PLAIN: list[list[object]] = [["Site", "Day", "kWh"]] + [
    ["leeds", START + timedelta(days=day), day / 4] for day in range(40)
]


def test_a_plain_export_goes_the_quick_way(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    for write in (by_openpyxl, by_xlsxwriter):
        write(path, PLAIN)
        quick = open_plain(path, READ)
        assert quick is not None
        rows = list(quick.rows)
        assert rows[3] == (4, ["leeds", "2024-01-03 00:00:00", "0.5"])
        assert len(rows) == 41


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<v>0.5</v>", b"<v>1234567890123456</v>"), (b'<c r="C4"', b'<c r="C4" t="e"'),
        (b"<v>0.5</v>", b"<f>1/2</f><v>0.5</v>"), (b'<row r="4"', b'<row hidden="1" r="4"'),
        (b'<row r="4"', b'<row r="9"'), (b'<c r="C4"', b'<c r="B4"'), (b'<c r="C4"', b"<c"),
        (b'<c r="C4"', b'<c r="C5"'), (b"</sheetData>", b'</sheetData><mergeCell ref="A4:B4"/>'),
        (b"</worksheet>", b""), (b'<c r="B4" s="1"', b'<c r="B4" s="7"'),
        (b'<c r="C4"', b'<c r="C444"'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("chunk", [1 << 20, 1500])
def test_what_is_not_plain_goes_the_careful_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, before: bytes, after: bytes
) -> None:
    monkeypatch.setattr(plain_books, "_CHUNK", chunk)
    path, changed = tmp_path / "t.xlsx", tmp_path / "changed.xlsx"
    by_xlsxwriter(path, PLAIN)
    with ZipFile(path) as source, ZipFile(changed, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "xl/worksheets/sheet1.xml":
                assert before in data
                data = data.replace(before, after, 1)
            target.writestr(part, data)
    assert open_plain(path, READ) is not None
    assert open_plain(changed, READ) is None


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        ("yyyy-mm-dd", True), ("dd/mm/yyyy hh:mm:ss", True), ("#,##0.00", True),
        ('yyyy"年"m"月"d"日"', True), ("[$-409]d-mmm-yy", True), ("[h]:mm", False),
        ('#,##0 "kWh"', True), ("h:mm", False), ("0.0 d", False), ("[Red]0.00", True),
    ],
)  # fmt: skip
def test_formats(tmp_path: Path, code: str, plain: bool) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 45_292.5
    book.active["A1"].number_format = code
    book.save(tmp_path / "t.xlsx")
    quick = open_plain(tmp_path / "t.xlsx", READ)
    assert (quick is not None) == plain
    if quick is not None:
        careful = open_with_care(tmp_path / "t.xlsx", READ)
        assert texts(quick.rows) == texts(careful.rows)
        careful.close()


def test_days_counted_from_1904(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx", {"date_1904": True})
    book.add_worksheet().write(0, 0, 1)
    book.close()
    assert open_plain(tmp_path / "t.xlsx", READ) is None
    careful = open_with_care(tmp_path / "t.xlsx", READ)
    assert texts(careful.rows) == [(1, ["1"])]
    careful.close()
