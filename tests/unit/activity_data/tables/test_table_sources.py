"""Sources of tables: every dress of the same rows gives the same sums, or says what is wrong."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import openpyxl
import polars as pl
import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.activity_data.tables.workbooks import cell_text, column_letters
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome
from ghgcalc.core.period import ReportingYear
from ghgcalc.core.schema import Model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = ("site", "item", "qty", "unit", "from", "to")
ROWS = [
    ("ks", "el", "1200.5", "kWh", date(2023, 1, 1), date(2023, 1, 31)),
    ("ks", "el", "0.25", "kWh", date(2023, 1, 1), date(2023, 1, 31)),
    ("bn", "el", "3", "kWh", date(2023, 2, 1), date(2023, 2, 28)),
]
COLUMNS = {"facility": "site", "item": "item", "quantity": "qty", "unit": "unit",
           "from": "from", "to": "to"}  # fmt: skip
SUMS = [("bn", Decimal(3)), ("ks", Decimal("1200.75"))]


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def run(folder: Path, files: str | list[str], **rules: Any) -> Outcome[TableSums]:
    rules = {
        "files": files,
        "columns": COLUMNS,
        "items": {"el": {"category": "purchased_electricity"}},
        **rules,
    }
    return collapse(
        "bills", Table.model_validate(rules), folder, cuts=(), facilities={"ks", "bn"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def sums(outcome: Outcome[TableSums]) -> list[tuple[str, Decimal]]:
    return [(entry.facility, entry.quantity) for entry in outcome.value.sums]


def codes(outcome: Outcome[TableSums]) -> list[str]:
    return [item.code for item in outcome.diagnostics]


def text(sign: str = ",", rows: list[tuple[object, ...]] | None = None) -> str:
    lines = [HEADER, *(ROWS if rows is None else rows)]
    return "".join(sign.join(map(str, line)) + "\n" for line in lines)


def book(path: Path, rows: list[tuple[object, ...]], above: int = 0) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Bills"
    for number in range(above):
        sheet.append([f"title {number}"])
    for line in [HEADER, *rows]:
        sheet.append(list(line))
    made.save(path)
    return made


def numbers() -> list[tuple[object, ...]]:
    return [(*row[:2], float(str(row[2])), *row[3:]) for row in ROWS]


def parquet(path: Path, **kinds: pl.DataType | type[pl.DataType]) -> None:
    frame = pl.DataFrame(ROWS, schema=list(HEADER), orient="row")
    frame.with_columns(pl.col(name).cast(kind) for name, kind in kinds.items()).write_parquet(path)


def zstd(path: Path) -> None:
    pl.LazyFrame({"line": text().splitlines()}).sink_csv(
        path, include_header=False, quote_style="never", separator="\x1f", compression="zstd",
        check_extension=False,
    )  # fmt: skip


DRESSES: dict[str, Callable[[Path], object]] = {
    "a.csv": lambda path: path.write_text(text()),
    "a.tsv": lambda path: path.write_text(text("\t")),
    "a.csv.gz": lambda path: path.write_bytes(gzip.compress(text().encode())),
    "a.csv.zst": zstd,
    "a.xlsx": lambda path: book(path, ROWS),
    "b.xlsx": lambda path: book(path, numbers()),
    "a.parquet": parquet,
    "b.parquet": lambda path: parquet(path, qty=pl.Float64),
    "c.parquet": lambda path: parquet(path, qty=pl.Decimal(12, 4), site=pl.Categorical),
    "d.parquet": lambda path: parquet(path, **{"from": pl.Datetime, "to": pl.String}),
}


@pytest.mark.parametrize("name", DRESSES)
def test_every_dress_gives_the_same_sums(tmp_path: Path, name: str) -> None:
    DRESSES[name](tmp_path / name)
    outcome = run(tmp_path, name)
    assert not outcome.diagnostics
    assert sums(outcome) == SUMS
    value = outcome.value
    assert (value.rows_read, value.rows_used, value.rows_rejected) == (3, 3, 0)
    assert list(value.hashes) == [name]
    first = 1 if name.endswith(".parquet") else 2
    assert value.sums[1].first == (name, first)
    assert value.sums[1].last == (name, first + 1)
    assert not list((tmp_path / "temporary").iterdir())


def test_a_folder_holds_tables(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("a.csv", "a.xlsx", "a.parquet", "a.csv.gz"):
        DRESSES[name](tmp_path / "data" / name)
    (tmp_path / "data" / "readme.md").write_text("about")
    (tmp_path / "data" / "~$a.xlsx").write_text("lock of a spreadsheet program")
    outcome = run(tmp_path, "data")
    assert sums(outcome) == [(name, 4 * amount) for name, amount in SUMS]
    assert outcome.value.rows_read == 12
    assert codes(run(tmp_path, "temporary")) == ["file-not-found"]


@pytest.mark.parametrize(
    ("encoding", "site"),
    [("utf-16", "工厂"), ("big5", "工廠"), ("shift_jis", "工場"), ("cp1252", "Münch"),
     ("cp1250", "Łódź"), ("euc_kr", "공장")],
)  # fmt: skip
def test_encodings(tmp_path: Path, encoding: str, site: str) -> None:
    (tmp_path / "a.csv").write_bytes(text().replace("ks", site).encode(encoding))
    outcome = run(tmp_path, "a.csv", read={"encoding": encoding}, names={"facility": {site: "ks"}})
    assert not outcome.diagnostics
    assert sums(outcome) == SUMS


def test_titles_above_the_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Export\n\n" + text())
    book(tmp_path / "a.xlsx", ROWS, above=2)
    for name in ("a.csv", "a.xlsx"):
        outcome = run(tmp_path, name, read={"header_row": 3})
        assert not outcome.diagnostics
        assert outcome.value.sums[0].first == (name, 6)
    (found,) = run(tmp_path, "a.csv").diagnostics
    assert (found.code, found.hint) == ("header-elsewhere", "set `header_row: 3` under `read:`")


class TestDecimals:
    def test_a_decimal_comma_must_be_stated(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(text(";").replace("1200.5", "1200,5"))
        outcome = run(tmp_path, "a.csv", read={"delimiter": ";"})
        assert codes(outcome) == ["not-a-number"]
        rows = text(";").replace("1200.5", "1200,5").replace("0.25", "0,25")
        (tmp_path / "a.csv").write_text(rows)
        assert sums(run(tmp_path, "a.csv", read={"delimiter": ";", "decimal": ","})) == SUMS

    @pytest.mark.parametrize("decimal", [".", ","])
    def test_grouped_digits_are_refused(self, tmp_path: Path, decimal: str) -> None:
        (tmp_path / "a.csv").write_text(text(";").replace("1200.5", "1.200,5"))
        outcome = run(tmp_path, "a.csv", read={"delimiter": ";", "decimal": decimal})
        assert "not-a-number" in codes(outcome)

    def test_numbers_of_a_workbook_need_no_statement(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", numbers())
        assert sums(run(tmp_path, "a.xlsx", read={"decimal": ",", "date": "D.M.YYYY"})) == SUMS

    @pytest.mark.parametrize(
        ("cell", "want"),
        [(0.1 + 0.2, "0.3"), (5.0, "5"), (1e15, "1000000000000000"), (1e-7, "0.0000001"), (7, "7"),
         (True, "TRUE"), (None, ""), ("#N/A", "#N/A"), (date(2024, 2, 9), "2024-02-09")],
    )  # fmt: skip
    def test_cells(self, cell: object, want: str) -> None:
        read: Model = Table.model_validate({"files": "a", "columns": COLUMNS, "items": {}}).read
        assert cell_text(cell, read) == want  # type: ignore[arg-type]

    def test_letters(self) -> None:
        assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == [
            "A", "Z", "AA", "ZZ", "AAA",
        ]  # fmt: skip

    @pytest.mark.parametrize(("value", "code"), [
        (float("nan"), "not-a-number"), (float("inf"), "not-a-number"),
        (1e300, "number-out-of-range"),
    ])  # fmt: skip
    def test_no_numbers_in_parquet(self, tmp_path: Path, value: float, code: str) -> None:
        frame = pl.DataFrame([(*ROWS[0][:2], value, *ROWS[0][3:])], schema=list(HEADER),
                             orient="row")  # fmt: skip
        frame.write_parquet(tmp_path / "a.parquet")
        outcome = run(tmp_path, "a.parquet")
        assert codes(outcome) == [code]
        assert outcome.diagnostics[0].notes[0].startswith("row 1: ks | el | ")

    def test_lists_in_parquet(self, tmp_path: Path) -> None:
        pl.DataFrame({name: [[1]] for name in HEADER}).write_parquet(tmp_path / "a.parquet")
        assert codes(run(tmp_path, "a.parquet")) == ["wrong-shape"]


class TestWorkbooks:
    def test_a_bad_cell_is_named_as_the_spreadsheet_does(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", [ROWS[0], (*ROWS[1][:2], "#N/A", *ROWS[1][3:])])
        outcome = run(tmp_path, "a.xlsx")
        found = outcome.diagnostics[0]
        assert (found.code, found.location) == ("not-a-number", Location("a.xlsx", 3, 3))
        assert found.notes == (
            "cell C3 of sheet `Bills`: ks | el | #N/A | kWh | 2023-01-01 | 2023-01-31",
        )

    def test_a_formula_counts_by_its_stored_value_only(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", [ROWS[2], (*ROWS[1][:2], "=1+1", *ROWS[1][3:])])
        outcome = run(tmp_path, "a.xlsx")
        assert codes(outcome) == ["formula-without-value"]
        assert "`C3`" in outcome.diagnostics[0].message
        assert (outcome.value.rows_read, outcome.value.rows_rejected) == (2, 1)
        assert sums(outcome) == [("bn", 3)]

    def test_a_formula_beside_the_columns_read_does_not_matter(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", [(*row, "=1+1") for row in ROWS])
        assert sums(run(tmp_path, "a.xlsx")) == SUMS

    @pytest.mark.parametrize(("rule", "want"), [("read", 3), ("skip", 2)])
    def test_hidden_rows(self, tmp_path: Path, rule: str, want: int) -> None:
        made = book(tmp_path / "a.xlsx", ROWS)
        made["Bills"].row_dimensions[4].hidden = True
        made.save(tmp_path / "a.xlsx")
        outcome = run(tmp_path, "a.xlsx")
        assert codes(outcome) == ["workbook-layout"]
        assert "rows 4 of" in outcome.diagnostics[0].message
        assert run(tmp_path, "a.xlsx", read={"hidden_rows": rule}).value.rows_read == want

    @pytest.mark.parametrize(("cells", "bad"), [("A2:A3", True), ("H2:I3", False)])
    def test_merged_cells(self, tmp_path: Path, cells: str, bad: bool) -> None:
        made = book(tmp_path / "a.xlsx", ROWS)
        made["Bills"].merge_cells(cells)
        made.save(tmp_path / "a.xlsx")
        assert ("workbook-layout" in codes(run(tmp_path, "a.xlsx"))) == bad

    def test_sheets(self, tmp_path: Path) -> None:
        made = book(tmp_path / "a.xlsx", ROWS)
        made.create_sheet("Notes")
        made.save(tmp_path / "a.xlsx")
        assert codes(run(tmp_path, "a.xlsx")) == ["unknown-sheet"]
        assert codes(run(tmp_path, "a.xlsx", read={"sheet": "Bill"})) == ["unknown-sheet"]
        assert codes(run(tmp_path, "a.xlsx", read={"sheet": "Notes"})) == ["empty-file"]
        assert sums(run(tmp_path, "a.xlsx", read={"sheet": "Bills"})) == SUMS

    def test_empty_rows_are_passed_over_and_counted(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", [ROWS[0], (None,) * 6, ROWS[2]])
        outcome = run(tmp_path, "a.xlsx")
        assert (outcome.value.rows_read, outcome.value.sums[0].first) == (2, ("a.xlsx", 4))


def replaced(path: Path, part: str, data: bytes) -> None:
    """Write a workbook again with other bytes in one part."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


class TestHostileFiles:
    SHEET = "xl/worksheets/sheet1.xml"

    @pytest.mark.parametrize(
        "content", [b"", b"a,b\n", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0"]
    )
    @pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.parquet", "a.csv.gz", "a.csv.zst"])
    def test_damaged_files(self, tmp_path: Path, name: str, content: bytes) -> None:
        (tmp_path / name).write_bytes(content)
        found = codes(run(tmp_path, name))
        assert found
        assert set(found) <= {"bad-workbook", "unreadable-file", "empty-file"}

    def test_a_part_that_explodes(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", ROWS)
        replaced(tmp_path / "a.xlsx", "xl/media.bin", b"\0" * (12 << 20))
        outcome = run(tmp_path, "a.xlsx")
        assert codes(outcome) == ["bad-workbook"]
        assert "100 times" in outcome.diagnostics[0].message

    def test_too_many_parts(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
            for number in range(2001):
                made.writestr(str(number), b"")
        assert "2,001 parts" in run(tmp_path, "a.xlsx").diagnostics[0].message

    def test_a_part_outside(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", ROWS)
        replaced(tmp_path / "a.xlsx", "../x", b"")
        assert "outside" in run(tmp_path, "a.xlsx").diagnostics[0].message

    @pytest.mark.parametrize(
        "xml",
        [
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
            b"<worksheet><sheetData><row", b"", b"<worksheet/>",
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<sheetData><row r="x"><c r="1"><f>1</f></c></row></sheetData></worksheet>',
        ],
    )  # fmt: skip
    def test_hostile_xml(self, tmp_path: Path, xml: bytes) -> None:
        book(tmp_path / "a.xlsx", ROWS)
        replaced(tmp_path / "a.xlsx", self.SHEET, xml)
        assert set(codes(run(tmp_path, "a.xlsx"))) <= {"bad-workbook", "empty-file"}
        assert codes(run(tmp_path, "a.xlsx"))

    def test_shared_strings_that_are_not_there(self, tmp_path: Path) -> None:
        book(tmp_path / "a.xlsx", ROWS)
        xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        xml += b'<sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData></worksheet>'
        replaced(tmp_path / "a.xlsx", self.SHEET, xml)
        assert codes(run(tmp_path, "a.xlsx")) == ["bad-workbook"]

    def test_gzip_beyond_proportion(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.unpack._FREE", 0)
        (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a" * (1 << 20)))
        assert codes(run(tmp_path, "a.csv.gz")) == ["too-large"]


class TestWideTables:
    COLUMNS: ClassVar = {"facility": "site", "item": "item", "unit": "unit"}
    TEXT = "site,item,unit,Jan,Feb\nks,el,kWh,10,20\nbn,el,kWh,1,\n"
    MONTHS: ClassVar = {"Jan": {"period": "2023-01"}, "Feb": {"period": "2023-02"}}

    def run(self, folder: Path, content: str, **rules: Any) -> Outcome[TableSums]:
        (folder / "a.csv").write_text(content)
        return run(folder, "a.csv", **{"columns": self.COLUMNS, "unpivot": self.MONTHS, **rules})

    def test_a_column_per_month(self, tmp_path: Path) -> None:
        outcome = self.run(tmp_path, self.TEXT, read={"empty_quantities": "skip"})
        assert not outcome.diagnostics
        found = [(s.facility, s.span.first.month, s.quantity) for s in outcome.value.sums]
        assert found == [("bn", 1, 1), ("ks", 1, 10), ("ks", 2, 20)]
        value = outcome.value
        assert (value.rows_read, value.rows_used, value.rows_filtered) == (4, 3, 1)

    def test_an_empty_cell_is_refused_where_it_stands(self, tmp_path: Path) -> None:
        outcome = self.run(tmp_path, self.TEXT)
        found = outcome.diagnostics[0]
        assert (found.code, found.location) == ("empty-cell", Location("a.csv", 3, 13))
        assert found.message.startswith("column `Feb`")
        assert outcome.value.rows_rejected == 1

    def test_item_and_unit_per_heading(self, tmp_path: Path) -> None:
        outcome = self.run(
            tmp_path, "site,month,Strom,Gas\nks,2023-01,5,7\n",
            columns={"facility": "site", "period": "month"},
            unpivot={"Strom": {"item": "el", "unit": "MWh"},
                     "Gas": {"item": "gas", "unit": "kWh gross"}},
            items={"el": {"category": "purchased_electricity"},
                   "gas": {"category": "stationary_combustion", "fuel": "natural_gas"}},
        )  # fmt: skip
        assert not outcome.diagnostics
        found = [(s.item, s.unit, s.quantity) for s in outcome.value.sums]
        assert found == [("el", "MWh", 5), ("gas", "kWh gross", 7)]

    def test_a_heading_that_is_not_there(self, tmp_path: Path) -> None:
        months = {**self.MONTHS, "Mar": {"period": "2023-03"}}
        assert codes(self.run(tmp_path, self.TEXT, unpivot=months)) == ["unknown-column"]

    @pytest.mark.parametrize(
        "unpivot",
        [{"Jan": {}}, {"Jan": {"period": "2023-01"}, "Feb": {"unit": "kWh"}},
         {"Jan": {"period": "2023-01", "unit": "kWh"}}],
    )  # fmt: skip
    def test_rules_that_contradict(self, unpivot: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="unpivot"):
            Table.model_validate(
                {"files": "a", "columns": self.COLUMNS, "items": {}, "unpivot": unpivot}
            )


class TestFilters:
    def run(self, folder: Path, **rules: Any) -> Outcome[TableSums]:
        kinds = ("paid", "open", "paid")
        lines = [(*row, kind) for row, kind in zip(ROWS, kinds, strict=True)]
        body = text(rows=lines).replace("to\n", "to,state\n", 1)
        (folder / "a.csv").write_text(body)
        return run(folder, "a.csv", **rules)

    @pytest.mark.parametrize(
        ("rule", "want"),
        [
            ({"state": {"equals": "paid"}}, ["3", "1200.5"]),
            ({"state": {"equals": ["paid", "open"]}}, ["3", "1200.75"]),
            ({"state": {"not_equals": "paid"}}, ["0.25"]),
            ({"qty": {"at_least": "3"}}, ["3", "1200.5"]),
            ({"qty": {"at_least": "0.25", "at_most": "3"}}, ["3", "0.25"]),
            ({"from": {"at_least": "2023-02-01"}}, ["3"]),
            ({"from": {"at_most": "2023-01-31"}, "state": {"equals": "open"}}, ["0.25"]),
        ],
    )  # fmt: skip
    def test_rows_that_count(self, tmp_path: Path, rule: dict[str, Any], want: list[str]) -> None:
        outcome = self.run(tmp_path, filter=rule)
        assert not outcome.diagnostics
        assert [entry.quantity for entry in outcome.value.sums] == [Decimal(each) for each in want]
        value = outcome.value
        assert value.rows_read == 3
        assert value.rows_used + value.rows_filtered == 3

    @pytest.mark.parametrize(
        ("rule", "code"),
        [({"site": {"at_least": "1"}}, "not-a-number"), ({"qty": {"at_most": "2023-01-01"}},
                                                          "bad-date")],
    )  # fmt: skip
    def test_a_cell_that_cannot_be_compared(
        self, tmp_path: Path, rule: dict[str, Any], code: str
    ) -> None:
        outcome = self.run(tmp_path, filter=rule)
        assert codes(outcome) == [code]  # once for all three rows
        assert (outcome.value.rows_read, outcome.value.rows_rejected) == (3, 3)

    @pytest.mark.parametrize(
        "rule", [{}, {"at_least": "x"}, {"at_least": "1", "at_most": "2023-01-01"}]
    )
    def test_rules_that_say_nothing(self, rule: dict[str, str]) -> None:
        with pytest.raises(ValueError, match=r"filter|neither|bound"):
            Table.model_validate(
                {"files": "a", "columns": COLUMNS, "items": {}, "filter": {"state": rule}}
            )


class TestDaysMet:
    """The short way looks up times that it has met; it says what reading with care says."""

    RULES: ClassVar[dict[str, Any]] = {"columns": {**COLUMNS, "from": "from", "to": "from"}}

    @staticmethod
    def write(folder: Path, suffix: str, *, gap: bool = False) -> None:
        for index in range(4):  # each file brings days met before and new ones
            days = [date(2022, 11, 1) + timedelta(days=17 * step) for step in range(8 + 6 * index)]
            rows = [("ks", "el", "1.25", "kWh", day, day) for day in days]
            rows += [("bn", "el", "1", "kWh", None, None)] if gap and index == 2 else []
            frame = pl.DataFrame(rows, schema=list(HEADER), orient="row")
            if suffix == "csv":
                frame.write_csv(folder / f"{index}.csv")
            else:
                frame.with_columns(pl.col("qty").cast(pl.Decimal(12, 3))).write_parquet(
                    folder / f"{index}.parquet"
                )

    @pytest.mark.parametrize("suffix", ["csv", "parquet"])
    @pytest.mark.parametrize("gap", [False, True])
    def test_as_with_care(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, gap: bool
    ) -> None:
        self.write(tmp_path, suffix, gap=gap)
        with monkeypatch.context() as patch:
            patch.setattr(
                "ghgcalc.activity_data.tables.polars_engine.engine.quick_groups", lambda *_: None
            )
            careful = run(tmp_path, f"*.{suffix}", **self.RULES)
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.quick.SMALLEST", 0)
        assert run(tmp_path, f"*.{suffix}", **self.RULES) == careful
        assert sum(entry.rows for entry in careful.value.sums) == 8 + 14 + 20 + 26
        assert len({entry.span for entry in careful.value.sums}) == 14
        # beyond what is looked up by place, the days to 2 December 2022, or three texts
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.quick._DAYS", 365 * 123 + 1)
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.quick._MOST_TEXTS", 3)
        assert run(tmp_path, f"*.{suffix}", **self.RULES) == careful
