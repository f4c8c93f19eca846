"""`ghgcalc table` guesses aloud: kinds, what it cannot tell, what is no table."""

from __future__ import annotations

import gzip
import json
from fractions import Fraction
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.looking.encodings import best_encodings
from ghgcalc.activity_data.tables.looking.kinds import day_forms, number_form
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.opened import KNOWN_ENCODINGS
from support.command import run
from support.looked import sums_of


def written(folder: Path, text: str, name: str = "bills.csv", encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        (["01/02/2024", "12/11/2024"], ("DD/MM/YYYY", "MM/DD/YYYY")),
        (["01/02/2024", "13/02/2024"], ("DD/MM/YYYY",)),
        (["2/14/24"], ("M/D/YY",)),
        (["1-Jul-10"], ("D-MMM-YY",)),
        (["2024-03-30T00:15:00+01:00"], ("YYYY-MM-DDThh:mm:ssoffset",)),
        (["2024-02-30"], ()),
    ],
)
def test_formats_of_days(cells: list[str], forms: tuple[str, ...]) -> None:
    """All that fit every cell and differ in meaning."""
    assert day_forms(cells) == forms


@pytest.mark.parametrize(
    ("cells", "signs"),
    [
        (["1", "20"], ((".", ""),)),
        (["1,234.50", "7"], ((".", ","),)),
        (["12.500", "9.750"], ((".", ""), (",", "."))),
        (["12.500", "9.75"], ((".", ""),)),
        (["1,234", "2,345"], ((",", ""), (".", ","))),
        (["1'234.5"], ((".", "'"),)),
        (["1\u202f234,5"], ((",", "\u202f"),)),
        ([".6"], ((".", ""),)),
    ],
)
def test_forms_of_numbers(cells: list[str], signs: tuple[tuple[str, str], ...]) -> None:
    """Where three digits follow each sign, it may be either."""
    found = number_form(cells)
    assert found is not None
    assert found.signs == signs


def test_what_stands_beside_numbers() -> None:
    found = number_form(["£5", "(£3)", "7-"])
    assert found is not None
    assert (found.words, found.negative) == (("£",), ("parentheses", "trailing_minus"))
    assert number_form(["Z-1"]) is None
    assert number_form(["5 kWh"]) is not None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("工厂,用电量,数据", "gb18030"), ("使用した電力のデータ", "shift_jis"),
        ("사용 전력량 자료", "euc_kr"), ("Zähler für Gebäude", "cp1252"),
        ("naïve text", "utf-8"), ("plain", "utf-16"),
    ],
)  # fmt: skip
def test_encodings(text: str, encoding: str) -> None:
    """The likeliest first; several where the bytes do not tell."""
    assert best_encodings((text * 3).encode(encoding), KNOWN_ENCODINGS)[0] == encoding


def test_what_cannot_be_told_is_asked(tmp_path: Path) -> None:
    """Day or month first, decimals or thousands: both are named, neither is taken."""
    file = written(tmp_path, "Site,Date,Usage\nA,01/02/2024,1.234\nB,03/04/2024,2.345\n")
    found = look(file)
    assert any("`01/02/2024` is 2024-02-01 or 2024-01-02" in text for text in found.questions)
    assert "      date: …  # DD/MM/YYYY or MM/DD/YYYY" in found.proposal
    assert any(line.startswith("      decimal: …") for line in found.proposal)
    # 1.234 kWh on 2 January and 2.345 kWh on 4 March, by the answers of an American
    sums = sums_of(file, date="MM/DD/YYYY", decimal='"."')
    assert sums == {"2024-01": Fraction("1.234"), "2024-03": Fraction("2.345")}


def test_two_rows_of_headings_and_repeated_ones(tmp_path: Path) -> None:
    text = "Site,Power,,Gas,\n,Usage,Cost,Usage,Cost\nA,12,3,4,5\nB,13,3,4,6\n"
    found = look(written(tmp_path, text))
    assert [column.name for column in found.columns][1:3] == ["Power / Usage", "Power / Cost"]
    assert "      header_row: [1, 2]" in found.proposal
    again = look(written(tmp_path, "Month,Use,Use\n2024-01,1,2\n2024-02,3,4\n"))
    assert [column.name for column in again.columns] == ["Month", "Use#1", "Use#2"]


def test_no_headings(tmp_path: Path) -> None:
    """8,769 and 8,123 in January 2024, columns by their place."""
    file = written(tmp_path, "20240101,8769\n20240102,8123\n20240103,99\n")
    assert sums_of(file) == {"2024-01": Fraction(8769 + 8123 + 99)}


def test_wide_tables(tmp_path: Path) -> None:
    """A column per month: 1.5 + 2 in January, 3 + 4 in March."""
    file = written(tmp_path, "Building,Jan-24,Feb-24,Mar-24\nA,1.5,2,3\nB,2,5,4\n")
    assert sums_of(file) == {
        "2024-01": Fraction("3.5"), "2024-02": Fraction(7), "2024-03": Fraction(7),
    }  # fmt: skip


def test_a_counter_gaps_totals_and_words(tmp_path: Path) -> None:
    """What only rises, months without a row, rows that add up others, words for no value."""
    counter = "".join(f"M1;2024-{m:02}-15;{1000 + 37 * m}\n" for m in (1, 2, 3, 4, 6, 7, 8))
    found = look(written(tmp_path, f"meter;day;Zählerstand kWh\n{counter}"))
    assert [column.kind for column in found.columns] == ["text", "day", "reading"]
    assert "      reading: Zählerstand kWh" in found.proposal
    assert any("is of 2024-05" in text for text in found.questions)
    text = "Site,Month,kWh\nA,2024-01,5\nB,2024-01,Not Available\nTotal,,5\n"
    found = look(written(tmp_path, text))
    assert "      empty: [Not Available]" in found.proposal
    assert "      Site: {not_equals: [Total]}" in found.proposal


def test_bills_that_share_a_day(tmp_path: Path) -> None:
    """The end of each bill is the start of the next: 100 kWh of January, 50 of February 2024."""
    text = ("from,to,kWh\n2024-01-01,2024-02-01,100\n2024-02-01,2024-03-01,50\n"
            "2024-03-01,2024-04-01,70\n")  # fmt: skip
    file = written(tmp_path, text)
    assert "      to: exclusive" in look(file).proposal
    assert sums_of(file) == {"2024-01": Fraction(100), "2024-02": Fraction(50),
                             "2024-03": Fraction(70)}  # fmt: skip


def test_ranges_serials_and_months_without_a_year(tmp_path: Path) -> None:
    """31 kWh from 13 January to 12 February 2024: 19 of 31 days in January."""
    file = written(tmp_path, "Service,kWh\n1/13/24 - 2/12/24,31\n2/13/24 - 2/14/24,4\n")
    assert '      range: " - "' in look(file).proposal
    sums = sums_of(file, to="inclusive")
    assert sums == {"2024-01": Fraction(19), "2024-02": Fraction(12 + 4)}
    file = written(tmp_path, "Date,kWh\n45292,10\n45351,20\n")  # 1 January, 29 February
    assert sums_of(file) == {"2024-01": Fraction(10), "2024-02": Fraction(20)}
    file = written(tmp_path, "Month,kWh\nJan,10\nMar,20\n")
    assert sums_of(file, year="2023") == {"2023-01": Fraction(10), "2023-03": Fraction(20)}


def test_workbooks_parquet_and_packed_files(tmp_path: Path) -> None:
    """12 kWh of January and 30 of February, in four kinds of files."""
    rows = [("Site", "Month", "kWh"), ("A", "2024-01", 12), ("A", "2024-02", 30)]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Notes")["A1"] = "none"
    book.save(tmp_path / "b.xlsx")
    frame = pl.DataFrame(rows[1:], schema=[*rows[0]], orient="row")
    frame.write_parquet(tmp_path / "p.parquet")
    text = "\n".join(",".join(map(str, row)) for row in rows)
    (tmp_path / "g.csv.gz").write_bytes(gzip.compress(text.encode()))
    written(tmp_path, text.replace(",", "\t"), "t.tsv")
    for name in ("b.xlsx", "p.parquet", "g.csv.gz", "t.tsv"):
        assert sums_of(tmp_path / name) == {"2024-01": 12, "2024-02": 30}, name
    assert "      sheet: Sheet" in look(tmp_path / "b.xlsx").proposal


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4 x", "no-table"), (b"100,NEM12,200405011135,MDA1,Ret1\n", "no-table"),
        (bytes(range(256)) * 9, "no-table"), (b"", "empty-file"), (b"\n\n\n", "empty-file"),
    ],
)  # fmt: skip
def test_what_is_no_table(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(data)
    with pytest.raises(FileRefused) as refused:
        look(file)
    assert refused.value.code == code
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(FileRefused):
        look(tmp_path / "x.xlsx")
    assert run("table", file).exit_code == 1


def test_the_command(tmp_path: Path) -> None:
    """YAML with comments, the same twice; JSON; exit 2 for no file."""
    file = written(tmp_path, "工厂,月份,kWh\n昆山,2024年1月,5\n", encoding="gb18030")
    done = run("table", file)
    assert done.exit_code == 0
    assert done.stdout == run("table", file).stdout
    assert "#   月份  month    YYYY年M月; 2024年1月\n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 102
    told = json.loads(run("table", file, "--format", "json").stdout)
    assert told["facts"]["encoding"] == "gb18030"
    assert told["proposal"] in done.stdout
    assert run("table", tmp_path / "none.csv").exit_code == 2


def test_files_are_named_from_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    file = written(tmp_path / "data", "Date,kWh\n2024-01-31,5\n2024-02-29,6\n")
    for word, cwd, named in (
        ("data/bills.csv", tmp_path, "data/bills.csv"),
        ("./data/../data/bills.csv", tmp_path, "data/bills.csv"),
        (file, tmp_path, "data/bills.csv"),
        ("bills.csv", tmp_path / "data", "bills.csv"),
        (file, Path("/"), file.relative_to("/").as_posix()),
    ):
        assert f"    files: {named}\n" in run("table", word, cwd=cwd).stdout
    (tmp_path / "site").mkdir()
    for outside in ("../data/bills.csv", file):
        shown = run("table", outside, cwd=tmp_path / "site").stdout
        assert "    files: bills.csv\n" in shown


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        # the second bill covers February and March
        (["01-01,01-31", "02-01,03-31", "04-01,04-30", "05-01,05-31"], ""),
        (["01-15,02-14", "02-15,04-14", "04-15,05-14"], ""),
        # the last day is that of the next reading: 1 March does not reach into March
        (["01-01,02-01", "02-01,03-01", "04-01,05-01"], "covers 2024-03"),
        (["01-01,01-31", "02-01,02-29", "04-01,04-30"], "covers 2024-03"),
        (["01-01,01-31", "03-01,03-31", "04-01,04-30", "06-01,06-30"], "covers 2024-02, 2024-05"),
    ],
)
def test_gaps_are_months_that_no_row_covers(rows: list[str], said: str, tmp_path: Path) -> None:
    lines = [",".join(f"2024-{day}" for day in row.split(",")) + ",500" for row in rows]
    file = written(tmp_path, "\n".join(["Start,End,kWh", *lines, ""]))
    gaps = [each for each in look(file).questions if each.startswith("gaps")]
    assert gaps == ([f"gaps: no row from `Start` to `End` {said}"] if said else [])
