"""`read: {last_row: N}`: a table that ends above another one in the same file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
import pytest
from openpyxl import Workbook

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from support.looked import HEAD, read_by_proposal, sums_by_month

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

TABLE = """tables:
  bills:
    files: FILE
    read: {READ}
    columns: {quantity: kWh, period: Month}
    constants: {facility: leeds, item: item, unit: kWh}
    items: {item: {category: purchased_electricity}}
"""
ROWS = (["Month", "kWh"], ["2024-01", 10], ["2024-02", 20], ["Month", "kWh"], ["2024-01", 700],
        ["2024-02", 800])  # fmt: skip
TEXT = "".join(f"{month},{kwh}\n" for month, kwh in ROWS)


def read(folder: Path, file: str, options: str) -> tuple[dict[str, Fraction], list[str]]:
    company = folder / "company.yaml"
    company.write_text(HEAD + TABLE.replace("FILE", file).replace("READ", options), "utf-8")
    loaded = ghgcalc.load(company)
    errors = [item.code for item in loaded.diagnostics if item.severity == "error"]
    if errors or loaded.project is None:
        return {}, errors
    (table,) = loaded.project.tables.values()
    return sums_by_month(table), []


@pytest.mark.parametrize("quote", ["", '"'])
def test_of_texts(tmp_path: Path, quote: str) -> None:
    (tmp_path / "b.csv").write_text(TEXT.replace("2024-01", f"{quote}2024-01{quote}"), "utf-8")
    assert read(tmp_path, "b.csv", "last_row: 3") == ({"2024-01": 10, "2024-02": 20}, [])
    assert read(tmp_path, "b.csv", "last_row: 2") == ({"2024-01": 10}, [])
    assert read(tmp_path, "b.csv", "header_row: 4") == ({"2024-01": 700, "2024-02": 800}, [])
    assert read(tmp_path, "b.csv", "header_row: 4, last_row: 5") == ({"2024-01": 700}, [])
    assert read(tmp_path, "b.csv", "header_row: 1")[1]  # the headings in row 4 are no month


@pytest.mark.parametrize("hidden", [False, True])
def test_of_a_sheet(tmp_path: Path, *, hidden: bool) -> None:
    """Hidden rows of the table below are not asked about."""
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.row_dimensions[6].hidden = hidden
    book.save(tmp_path / "b.xlsx")
    assert read(tmp_path, "b.xlsx", "last_row: 3") == ({"2024-01": 10, "2024-02": 20}, [])
    assert read(tmp_path, "b.xlsx", "last_row: 6")[1]


def test_the_hint_at_headings_among_the_rows(tmp_path: Path) -> None:
    """Both tables are read as the hint says; a filter alone would add 1,500 kWh of another."""
    (tmp_path / "b.csv").write_text(TEXT, "utf-8")
    text = HEAD + TABLE.replace("FILE", "b.csv").replace("    read: {READ}\n", "")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    loaded = ghgcalc.load(tmp_path / "company.yaml")
    (hint,) = [each.hint or "" for each in loaded.diagnostics if each.code == "bad-date"]
    above, below = re.findall(r"`read: \{([^}]*)\}`", hint)
    assert read(tmp_path, "b.csv", above) == ({"2024-01": 10, "2024-02": 20}, [])
    assert read(tmp_path, "b.csv", below) == ({"2024-01": 700, "2024-02": 800}, [])


@pytest.mark.parametrize(("options", "code"), [
    ("last_row: 1", "out-of-bounds"), ("header_row: 4, last_row: 4", "out-of-bounds"),
    ("last_row: …", "not-a-number"), ("format: nem12, last_row: 9", "conflicting-keys"),
])  # fmt: skip
def test_what_cannot_act_is_refused(tmp_path: Path, options: str, code: str) -> None:
    (tmp_path / "b.csv").write_text(TEXT, "utf-8")
    assert read(tmp_path, "b.csv", options)[1] == [code]


def test_parquet_holds_one_table(tmp_path: Path) -> None:
    pl.DataFrame({"Month": ["2024-01"], "kWh": ["10"]}).write_parquet(tmp_path / "b.parquet")
    assert read(tmp_path, "b.parquet", "last_row: 3")[1] == ["conflicting-keys"]


# ---- headings among the rows, looked at ---------------------------------------------------------

POWER = "Electricity\nMonth,kWh\n2024-01,12000\n2024-02,11500\n2024-03,11800\n"


def lines(folder: Path, text: str) -> tuple[Path, list[str], list[str]]:
    file = folder / "b.csv"
    file.write_text(text, "utf-8")
    found = look(file)
    return file, [*found.proposal], [each for each in found.questions if each.startswith("rows: ")]


@pytest.mark.parametrize("below", [
    "\nGas\nMonth,kWh\n2024-01,30000\n2024-02,28000\n",
    "\nGas\nMonth,m3\n2024-01,30000\n2024-02,28000\n",
    "Month,kWh\n2025-01,30000\n2025-02,28000\n",
    "\n2025\nMONTH,kWh\n2025-01,30000\n",
])  # fmt: skip
def test_headings_below_are_asked_about(tmp_path: Path, below: str) -> None:
    """35,300 kWh stand above; what is below them may be gas, or the next year."""
    file, proposal, (asked,) = lines(tmp_path, POWER + below)
    row = POWER.count("\n") + below[: below.casefold().index("month")].count("\n") + 1
    assert f"      last_row: …  # 5, above the headings in row {row}" in proposal
    assert f"`header_row: {row}`" in asked
    assert read_by_proposal(file, last_row="5") == (
        {"2024-01": 12000, "2024-02": 11500, "2024-03": 11800}, []
    )  # fmt: skip


def test_pages_of_one_table(tmp_path: Path) -> None:
    """The headings of each page are left out by the filter that is told."""
    text = "Month,kWh\n2024-01,1\n2024-02,2\nMonth,kWh\n2024-03,3\nMonth,kWh\n2024-04,4\n"
    file, proposal, (asked,) = lines(tmp_path, text)
    assert "row 4, 6 repeats" in asked
    assert "`filter: {Month: {not_equals: [Month]}}`" in asked
    company = "\n".join(line for line in proposal if "last_row" not in line and line != "    read:")
    company = company.replace(
        "    items:", "    filter: {Month: {not_equals: [Month]}}\n    items:"
    )
    company = company.replace("facility: …", "facility: leeds")
    company = company.replace("category: …", "category: purchased_electricity")
    file.with_name("company.yaml").write_text(f"{HEAD}{company}\n", "utf-8")
    loaded = ghgcalc.load(file.with_name("company.yaml"))
    assert loaded.project is not None, loaded.diagnostics
    (table,) = loaded.project.tables.values()
    assert sums_by_month(table) == {f"2024-0{n}": n for n in (1, 2, 3, 4)}


@pytest.mark.parametrize("text", [
    "Month,kWh\n2024-01,1\n2024-02,n/a\n2024-03,3\n",
    "Site,Month,kWh\nLeeds,2024-01,1\nHull,2024-02,2\nYork,open,3\nYork,2024-03,estimated\n",
    "Site,Unit,kWh\nLeeds,kWh,1\nHull,kWh,2\nSite,kWh,3\n",
    "Month,kWh\n2024-01,1\n2024-02,2\nTotal,see below\n",
])  # fmt: skip
def test_rows_of_data_are_no_headings(tmp_path: Path, text: str) -> None:
    _, proposal, _ = lines(tmp_path, text)
    assert not any("last_row" in line for line in proposal)
