"""`ghgcalc table`: names of months, line breaks in cells, labels that stand once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.month_names import named_month, names_of
from support.looked import completed, read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

SUMS = {"2024-01": 5, "2024-02": 4, "2024-03": 7}


def written(folder: Path, text: str, name: str = "bills.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize(("months", "form"), [
    (("Januar 2024", "Februar 2024", "März 2024"), "MMM YYYY"),
    (("janv.-24", "févr.-24", "mars-24"), "MMM-YY"),
    (("ene-24", "feb-24", "mar-24"), "MMM-YY"),
    (("ENERO 2024", "FEBRERO 2024", "MARZO 2024"), "MMM YYYY"),
    (("gennaio 2024", "febbraio 2024", "marzo 2024"), "MMM YYYY"),
    (("2024年一月", "2024年二月", "2024年三月"), "YYYY年MMM"),
    (("Tháng 1/2024", "Tháng 2/2024", "Tháng 3/2024"), "MMM/YYYY"),
    (("styczeń 2024", "luty 2024", "marzec 2024"), "MMM YYYY"),
    (("Jan. 2024", "Feb. 2024", "März 2024"), "MMM YYYY"),
    (("januari 2024", "februari 2024", "maart 2024"), "MMM YYYY"),
])  # fmt: skip
def test_months_by_their_names(months: tuple[str, ...], form: str, tmp_path: Path) -> None:
    rows = "".join(f"{month};{n}\n" for month, n in zip(months, (5, 4, 7), strict=True))
    file = written(tmp_path, f"Period;kWh\n{rows}")
    proposal = look(file).proposal
    assert f"      period: {form}" in proposal
    assert any(line.startswith("      months: [") for line in proposal)
    assert read_by_proposal(file) == (SUMS, [])


@pytest.mark.parametrize("months", [
    ("Januar", "Februar", "März"), ("Jan", "Feb", "Mär"), ("enero", "febrero", "marzo"),
    ("janv.", "févr.", "mars"), ("一月", "二月", "三月"), ("1月", "2月", "3月"),
    ("Tháng 1", "Tháng 2", "Tháng 3"), ("1", "2", "3"), ("01", "02", "03"),
])  # fmt: skip
def test_names_without_a_year(months: tuple[str, ...], tmp_path: Path) -> None:
    """The year is asked, or stands in a column, or in the file's name; wide tables alike."""
    rows = "".join(f"{month};{n}\n" for month, n in zip(months, (5, 4, 7), strict=True))
    file = written(tmp_path, f"Monat;kWh\n{rows}", "power-2024.csv")
    assert "      year: …  # such as 2024, or file_name" in look(file).proposal
    assert read_by_proposal(file, year="2024") == (SUMS, [])
    assert read_by_proposal(file, year="file_name") == (SUMS, [])
    rows = "".join(f"2024;{row}\n" for row in rows.splitlines())
    file = written(tmp_path, f"Jahr;Monat;kWh\n{rows}")
    assert "      year: Jahr" in look(file).proposal
    assert read_by_proposal(file) == (SUMS, [])
    if not months[0].isdecimal():
        wide = look(written(tmp_path, f"Site;{';'.join(months)}\nA;5;4;7\n")).proposal
        assert [line for line in wide if "{period: …-0" in line] != []


def test_a_month_in_two_ways_is_told(tmp_path: Path) -> None:
    """`months:` has one name of each: nothing is proposed that cannot be read."""
    assert names_of(["Mär", "März"]) == ()
    assert (named_month("mai"), named_month("sept."), named_month("north")) == (5, 9, 0)
    assert names_of(["Jan", "März"])[:3] == ("Jan", "Feb", "März")
    file = written(tmp_path, "Monat;kWh\nMär 2024;5\nMärz 2024;4\nApr 2024;7\n")
    found = look(file)
    assert not any("months:" in line for line in found.proposal)
    assert any("of several forms" in each for each in found.questions)


def test_days_with_names(tmp_path: Path) -> None:
    text = "Von;Bis;kWh\n1. Januar 2024;31. Januar 2024;5\n1. Februar 2024;29. Februar 2024;4\n"
    file = written(tmp_path, text)
    assert "      date: D. MMM YYYY" in look(file).proposal
    assert read_by_proposal(file) == ({"2024-01": 5, "2024-02": 4}, [])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("text", "facts"), [
    ('Site,"Verbrauch\n(kWh)",Month\nA,5,2024-01\n"B\nC",4,2024-02\nA,7,2024-03\n', "row 1"),
    ('"Report\nof power"\nSite,"kWh\nused",Month\nA,5,2024-01\nB,4,2024-02\nB,7,2024-03\n',
     "row 3, below 1 other rows"),
    ('"Report\n\nof\npower",x\n\nSite,kWh,Month,Note\nA,5,2024-01,"a\nb"\nB,4,2024-02,c\n'
     'B,7,2024-03,"d\n\ne"\n', "row 6, below 1 other rows"),
    ('Power,,\nSite,"kWh\nused",Month\nA,5,2024-01\nB,4,2024-02\nB,7,2024-03\n', ""),
    ('Site,kWh,Month\nA,5,2024-01\n"Total\nof A",5,\nB,4,2024-02\nB,7,2024-03\n', "row 1"),
])  # fmt: skip
def test_line_breaks_in_cells(text: str, facts: str, end: str, tmp_path: Path) -> None:
    """Headings are found by the line at which they begin, as `header_row:` counts."""
    file = written(tmp_path, text.replace("\n", end))
    found = look(file)
    assert facts in dict(found.facts)["headings"]
    assert found.rows == 3
    assert read_by_proposal(file, not_equals=f'"Total{" " * len(end)}of A"') == (SUMS, [])


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_what_breaks_no_line_of_a_table(sign: str, tmp_path: Path) -> None:
    """Signs that other programs take for line ends stay in their cell, and in quoted YAML."""
    text = f"Site,kWh,Month\nA{sign}x,5,2024-01\nB,4,2024-02\nB,7,2024-03\n"
    file = written(tmp_path, text)
    assert look(file).rows == 3
    assert read_by_proposal(file) == (SUMS, [])


LABELS = """Site;Month;kWh
Leeds;2024-01;100
;2024-02;90
;2024-03;95
York;2024-01;50
;2024-02;40
;2024-03;45
"""


def by_site(file: Path) -> dict[tuple[str, str], int]:
    company = file.with_name("company.yaml")
    text = completed(look(file)).replace("Leeds: leeds", "Leeds: leeds\n        York: york")
    text = text.replace("        York: leeds\n", "").replace("GB}}", "GB}, york: {country: GB}}")
    company.write_text(text, "utf-8")
    project = ghgcalc.load(company).project
    assert project is not None, ghgcalc.load(company).diagnostics
    (table,) = project.tables.values()
    return {(each.facility, f"{each.span.first:%m}"): int(each.quantity) for each in table.sums}


SITES = {("leeds", "01"): 100, ("leeds", "02"): 90, ("leeds", "03"): 95, ("york", "01"): 50,
         ("york", "02"): 40, ("york", "03"): 45}  # fmt: skip


def test_labels_that_stand_once(tmp_path: Path) -> None:
    file = written(tmp_path, LABELS)
    found = look(file)
    assert "      fill_down: [Site]" in found.proposal
    assert any(each.startswith("labels: `Site` has 2 labels for 6 rows") for each in
               found.questions)  # fmt: skip
    assert by_site(file) == SITES
    book = openpyxl.Workbook()
    for row in LABELS.splitlines():
        cells = row.split(";")
        book.active.append([*(cell or None for cell in cells[:2]),
                            int(cells[2]) if cells[2].isdecimal() else cells[2]])  # fmt: skip
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("A5:A7")
    book.save(tmp_path / "b.xlsx")
    assert by_site(tmp_path / "b.xlsx") == SITES


def test_labels_within_labels(tmp_path: Path) -> None:
    """The site stands once for its months, each month once for its meters."""
    text = ("Monat;Site;Art;kWh\n2024-01;Leeds;Strom;5\n;;Wärme;1\n;York;Strom;2\n;;Wärme;3\n"
            "2024-02;Leeds;Strom;4\n;;Wärme;1\n;York;Strom;3\n;;Wärme;3\n")  # fmt: skip
    file = written(tmp_path, text)
    assert "      fill_down: [Monat, Site]" in look(file).proposal
    assert read_by_proposal(file) == ({"2024-01": 11, "2024-02": 11}, [])


@pytest.mark.parametrize("text", [
    # an empty cell among many labels is a gap; a note is no label; an estimate stands for its row
    "Site;Month;kWh\nA;2024-01;5\n;2024-02;4\nA;2024-03;7\nB;2024-01;1\n",
    "Month;kWh;Note\n2024-01;5;moved\n2024-02;4;\n2024-03;7;\n2024-04;7;read\n2024-05;7;\n",
    "Month;kWh;Read type\n2024-01;5;Estimated\n2024-02;4;\n2024-03;7;Actual\n2024-04;7;\n",
])  # fmt: skip
def test_what_is_no_label(text: str, tmp_path: Path) -> None:
    found = look(written(tmp_path, text))
    assert not any("fill_down" in line for line in found.proposal)


def test_empty_keys_are_told(tmp_path: Path) -> None:
    found = look(written(tmp_path, "Site;Month;kWh\nA;2024-01;5\n;2024-02;4\nA;2024-03;7\n"))
    (told,) = [each for each in found.questions if each.startswith("empty: 1 cells of `Site`")]
    assert "`read: {fill_down: [Site]}`" in told


def test_parquet_has_no_labels(tmp_path: Path) -> None:
    frame = pl.DataFrame({"Site": ["A", None, "B", None], "Month": ["2024-01", "2024-02"] * 2,
                          "kWh": [5, 4, 3, 2]})  # fmt: skip
    frame.write_parquet(tmp_path / "p.parquet")
    assert not any("fill_down" in line for line in look(tmp_path / "p.parquet").proposal)
