"""Damaged and malformed files are findings with exit 1: never a traceback, never a lost row."""

from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest

from support.command import run
from support.raw_books import book

if TYPE_CHECKING:
    pass

COMPANY = """
ghgcalc: 1
organization: {name: A, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: data/bills.*
    columns: {quantity: qty, period: month}
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
"""
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>qty</t></is></c>' \
       '<c r="B1" t="inlineStr"><is><t>month</t></is></c></row>'  # fmt: skip


def row(number: object, quantity: int, cell: str = "") -> str:
    reference = f' r="{number}"'
    return (
        f'<row{reference}><c r="A{number}"><v>{quantity}</v></c>{cell}'
        f'<c r="B{number}" t="inlineStr"><is><t>2024-01</t></is></c></row>'
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sound_sheet_is_read_whatever_size_it_states(project: Path) -> None:
    book(Path("data/bills.xlsx"), HEAD + row(2, 100) + row(5, 50), dimension="A1:B2")
    done = run("compute", "--format", "csv")
    assert done.exit_code == 0
    assert "bills/leeds/power/2024-01" in done.stdout
    assert ",150,kWh," in done.stdout


@pytest.mark.parametrize(("rows", "said"), [
    (row(2, 100) + row(2, 50), "has row 2 after row 2"),
    (row(9, 100) + row(5, 50), "has row 5 after row 9"),
    (row(2, 100) + row("99999999999", 50), "has a row 99,999,999,999"),
    (row(2, 100) + row(1048577, 50), "has a row 1,048,577"),
    (row(2, 999, '<c r="A2"><v>50</v></c>'), "has the cell A2 in row 2 out of order or twice"),
    (row(2, 999, '<c r="A3"><v>50</v></c>'), "has the cell A3 in row 2 out of order or twice"),
])  # fmt: skip
def test_rows_that_a_reader_would_lose_are_refused(project: Path, rows: str, said: str) -> None:
    book(Path("data/bills.xlsx"), HEAD + rows)
    done = run("compute")
    assert done.exit_code == 1
    assert "error[bad-workbook]" in done.stderr
    assert said in done.stderr


def test_a_flipped_byte_of_gzip_is_a_finding(project: Path) -> None:
    whole = gzip.compress(b"qty,month\n" + b"100,2024-01\n" * 300, mtime=0)
    outcomes = set()
    for place in range(10, len(whole) - 8, 3):
        made = bytearray(whole)
        made[place] ^= 0x55
        Path("data/bills.csv.gz").write_bytes(made)
        outcomes.add(run("compute").exit_code)
    assert outcomes <= {0, 1}  # 0: a byte that no check of the format covers
    assert 1 in outcomes


def test_a_flipped_byte_of_a_workbook_is_a_finding(project: Path) -> None:
    book(Path("good.xlsx"), HEAD + row(2, 100))
    with (
        zipfile.ZipFile("good.xlsx") as source,
        zipfile.ZipFile("packed.xlsx", "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    whole = Path("packed.xlsx").read_bytes()
    outcomes = set()
    for place in range(0, len(whole), 23):
        made = bytearray(whole)
        made[place] ^= 0x55
        Path("data/bills.xlsx").write_bytes(made)
        outcomes.add(run("compute").exit_code)
    assert outcomes <= {0, 1}


def test_damaged_parquet_is_a_finding(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    frame = pl.DataFrame({"qty": [str(n) for n in range(1, 400)], "month": ["2024-01"] * 399})
    frame.write_parquet("good.parquet", compression="uncompressed")
    whole = Path("good.parquet").read_bytes()
    outcomes, panics = set(), 0
    for place in range(4, len(whole), max(len(whole) // 60, 1)):
        made = bytearray(whole)
        made[place : place + 4] = b"\xff\xff\xff\xff"
        Path("data/bills.parquet").write_bytes(made)
        outcomes.add(run("compute", "--diagnostics", "json").exit_code)
        panics += "panicked" in capfd.readouterr().err
    assert outcomes == {0, 1}
    assert panics == 0


def test_a_table_that_changes_while_it_is_read_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ghgcalc.activity_data.tables.polars_engine import engine

    Path("data/bills.csv").write_text("qty,month\n100,2024-01\n", "utf-8")
    real = engine.quick_groups

    def later(*words: object) -> object:
        found = real(*words)  # type: ignore[arg-type]
        Path("data/bills.csv").write_text("qty,month\n900,2024-01\n", "utf-8")
        return found

    monkeypatch.setattr(engine, "quick_groups", later)
    done = run("compute")
    assert done.exit_code == 1
    assert "`data/bills.csv` changed while it was read" in done.stderr


class PanicException(BaseException):
    """What a compiled reader raises; no `Exception`."""


def test_a_panic_of_the_quick_reader_leaves_the_file_to_the_careful_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pl.DataFrame({"qty": [100, 50], "month": ["2024-01", "2024-02"]})
    frame.write_parquet("data/bills.parquet")
    calls = []

    def panicking(*_: object) -> None:
        calls.append(1)
        raise PanicException("assertion failed: offset + length <= self.length")

    from ghgcalc.activity_data.tables.polars_engine import grouping

    monkeypatch.setattr(grouping, "by_part_if_good", panicking)
    done = run("compute", "--format", "csv")
    assert calls == [1]
    assert done.exit_code == 0, done.stderr
    assert "bills/leeds/power/2024-01" in done.stdout


def test_a_template_of_short_dimension_loses_no_row(project: Path) -> None:
    Path("data/bills.csv").write_text("qty,month\n100,2024-01\n", "utf-8")
    words = ["template", "-o", "form.xlsx", "--facility", "leeds", "--period", "2024"]
    assert run(*words).exit_code == 0
    form = openpyxl.load_workbook("form.xlsx")
    sheet = form["Activity data"]
    heads = [cell.value for cell in sheet[1]]
    filled = {"Category": "purchased_electricity", "Period": "2024", "Quantity": 77, "Unit": "MWh"}
    for heading, value in filled.items():
        sheet.cell(sheet.max_row + (heading == "Category"), heads.index(heading) + 1, value)
    form.save("filled.xlsx")
    with zipfile.ZipFile("filled.xlsx") as source, zipfile.ZipFile("short.xlsx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            stated = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:O1"', content)
            target.writestr(name, stated)
    done = run("import", "short.xlsx")
    assert "77 MWh" in done.stdout, done.stderr
