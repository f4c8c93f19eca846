"""The shape of files: headings, rows that do not count, empty cells at the end, wide tables."""

from __future__ import annotations

import tempfile
import warnings
from typing import TYPE_CHECKING, Any, ClassVar

import openpyxl
import pytest

from ghgcalc.activity_data.tables.headings import header_of, pattern, star
from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome, Severity
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = {"facility": "Site", "quantity": "kWh", "from": "Day", "to": "Day"}
HEADER = "Site,Day,kWh\n"
LEEDS = "leeds,2024-01-01,5\n"


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def run(folder: Path, content: str | bytes | None = None, **rules: Any) -> Outcome[TableSums]:
    if content is not None:
        data = content.encode() if isinstance(content, str) else content
        (folder / rules.get("files", "t.csv")).write_bytes(data)
    rules = {
        "files": "t.csv",
        "columns": PLAIN,
        "constants": {"item": "el", "unit": "kWh"},
        "items": {
            "el": {"category": "purchased_electricity"},
            "gas": {"category": "stationary_combustion", "fuel": "natural_gas"},
        },
        **rules,
    }
    return collapse(
        "t", Table.model_validate(rules), folder, cuts=(), facilities={"leeds", "york"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def codes(outcome: Outcome[TableSums]) -> list[str]:
    return [item.code for item in outcome.diagnostics]


def total(outcome: Outcome[TableSums], item: str = "el") -> int:
    assert not outcome.diagnostics or {i.severity for i in outcome.diagnostics} == {Severity.NOTE}
    found = sum(entry.quantity for entry in outcome.value.sums if entry.item == item)
    assert found.denominator == 1
    return int(found)


def counts(outcome: Outcome[TableSums]) -> tuple[int, int, int, int]:
    sums = outcome.value
    return sums.rows_read, sums.rows_used, sums.rows_filtered, sums.rows_rejected


def book(path: Path, rows: list[list[object]], *merged: str) -> None:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for cells in merged:
        made.active.merge_cells(cells)
    made.save(path)


class TestHeadings:
    # the second Usage holds 7, the first 5
    TWICE = "Electricity,,,Gas,\nDay,Usage,Site,Meter,Usage\n2024-01-01,5,leeds,g,7\n"

    @pytest.mark.parametrize(
        ("rows", "name", "figure"),
        [
            (2, "Usage#1", 5), (2, "Usage#2", 7), (2, "#5", 7), ([1, 2], "Gas / Usage", 7),
            ([1, 2], "Electricity / Usage", 5), ([1, 2], "Usage#2", 7),
        ],
    )  # fmt: skip
    def test_repeated(self, tmp_path: Path, rows: object, name: str, figure: int) -> None:
        columns = {**PLAIN, "quantity": name}
        outcome = run(tmp_path, self.TWICE, read={"header_row": rows}, columns=columns)
        assert total(outcome) == figure

    @pytest.mark.parametrize(("rows", "hint"), [(2, '`"Usage#2"`'), ([1, 2], '`"Gas / Usage"`')])
    def test_repeated_and_not_told_apart(self, tmp_path: Path, rows: object, hint: str) -> None:
        columns = {**PLAIN, "quantity": "Usage"}
        outcome = run(tmp_path, self.TWICE, read={"header_row": rows}, columns=columns)
        assert codes(outcome) == ["duplicate-key"]
        assert hint in str(outcome.diagnostics[0].hint)

    def test_a_number_beyond(self, tmp_path: Path) -> None:
        columns = {**PLAIN, "quantity": "Usage#3"}
        outcome = run(tmp_path, self.TWICE, read={"header_row": 2}, columns=columns)
        assert codes(outcome) == ["unknown-column"]

    @pytest.mark.parametrize("heading", ["Use\u00a0kWh", "Use  kWh", "\u200bUse kWh", '"Use\nkWh"'])
    def test_white_space_is_folded(self, tmp_path: Path, heading: str) -> None:
        content = f"Site,Day,{heading}\n{LEEDS}"
        assert total(run(tmp_path, content, columns={**PLAIN, "quantity": "Use kWh"})) == 5

    def test_a_heading_as_written_goes_first(self, tmp_path: Path) -> None:
        content = "Site,Day,Use\u00a0kWh,Use kWh,Use kWh#2\nleeds,2024-01-01,5,7,9\n"
        for name, figure in (("Use kWh", 7), ("Use kWh#2", 9)):
            assert total(run(tmp_path, content, columns={**PLAIN, "quantity": name})) == figure

    def test_a_group_ends_where_a_column_stands_alone(self) -> None:
        header = header_of([["Site", "", "Power", "", "Note"], ["", "Code", "Use", "Cost", ""]])
        assert header.cells == ("Site", "Code", "Power / Use", "Power / Cost", "Note")

    @pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
    def test_none(self, tmp_path: Path, name: str) -> None:
        columns = {"facility": "A", "from": "B", "to": "#2", "quantity": "C"}
        rows: list[list[object]] = [["leeds", "2024-01-01", 5], ["york", "2024-01-02", 7]]
        if name == "t.xlsx":
            book(tmp_path / name, rows)
        else:
            text = "".join(",".join(map(str, row)) + "\n" for row in rows)
            (tmp_path / name).write_text(text)
        outcome = run(tmp_path, files=name, read={"header_row": "none"}, columns=columns)
        assert total(outcome) == 12
        assert outcome.value.sums[0].first == (name, 1)
        columns["quantity"] = "D"
        outcome = run(tmp_path, files=name, read={"header_row": "none"}, columns=columns)
        assert codes(outcome) == ["unknown-column"]
        assert "`A` to `C`" in str(outcome.diagnostics[0].hint)

    @pytest.mark.parametrize(
        ("content", "hint"),
        [
            (HEADER.replace(",", ";"), 'set `delimiter: ";"` under `read:`'),
            ("sep=;\n" + HEADER.replace(",", ";"),
             'set `delimiter: ";"` and `header_row: 2` under `read:`'),
            ("Report\n\n" + HEADER, "set `header_row: 3` under `read:`"),
            (HEADER.replace(",", "\t"), 'set `delimiter: "\\t"` under `read:`'),
        ],
    )  # fmt: skip
    def test_elsewhere_is_one_finding(self, tmp_path: Path, content: str, hint: str) -> None:
        outcome = run(tmp_path, content)
        assert [(i.code, i.hint) for i in outcome.diagnostics] == [("header-elsewhere", hint)]

    def test_data_in_place_of_headings(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, "20240101,8769\n20240102,7816\n")
        assert codes(outcome) == ["header-elsewhere"]
        assert "`header_row: none`" in str(outcome.diagnostics[0].hint)

    @pytest.mark.parametrize("rows", ["0", ["2", "1"], ["1", "1"], [], "x", "1001"])
    def test_rows_that_are_none(self, rows: object) -> None:
        with pytest.raises(ValueError, match=r"header_row|whole number"):
            Table.model_validate({"files": "t", "columns": PLAIN, "read": {"header_row": rows}})


class TestEncodings:
    TEXT = HEADER + LEEDS

    @pytest.mark.parametrize("stated", ["utf-16", "utf-8", "cp1252", "gb18030"])
    @pytest.mark.parametrize("own", ["utf-16-le", "utf-16-be"])
    def test_utf_16_without_a_mark(self, tmp_path: Path, stated: str, own: str) -> None:
        outcome = run(tmp_path, self.TEXT.encode(own), read={"encoding": stated})
        code = "not-utf-8" if stated == "utf-8" else "bad-encoding"
        found = [(i.code, i.hint) for i in outcome.diagnostics]
        assert found == [(code, f"set `encoding: {own}` under `read:`")]
        assert total(run(tmp_path, self.TEXT.encode(own), read={"encoding": own})) == 5

    @pytest.mark.parametrize("stated", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf_8_declared_as_utf_16(self, tmp_path: Path, stated: str) -> None:
        outcome = run(tmp_path, self.TEXT, read={"encoding": stated})
        assert [(i.code, i.hint) for i in outcome.diagnostics] == [
            ("bad-encoding", "remove `encoding:` under `read:`")
        ]

    def test_marks(self, tmp_path: Path) -> None:
        data = self.TEXT.encode("utf-16")
        little = data.startswith(b"\xff\xfe")
        own, other = ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le")
        for name in ("utf-16", own):
            assert total(run(tmp_path, data, read={"encoding": name})) == 5
        outcome = run(tmp_path, data, read={"encoding": other})
        assert [i.hint for i in outcome.diagnostics] == ["set `encoding: utf-16` under `read:`"]

    @pytest.mark.parametrize(
        ("text", "encoding", "named"),
        [
            ("Düsseldorf;Öl;Straße", "iso-8859-1", "cp1252"),
            ("工厂一;用电量", "gb18030", "gb18030"),
            ("Завод;Электричество", "cp1251", "cp1251"),
        ],
    )  # fmt: skip
    def test_the_hint_names_one(self, tmp_path: Path, text: str, encoding: str, named: str) -> None:
        (found,) = run(tmp_path, (text + "\n").encode(encoding)).diagnostics
        assert found.code == "not-utf-8"
        assert named in str(found.hint)

    def test_utf_8_declared_otherwise(self, tmp_path: Path) -> None:
        content = "\ufeff" + self.TEXT.replace("Site", "Ort ü")
        outcome = run(tmp_path, content, read={"encoding": "cp1252"}, columns={
            **PLAIN, "facility": "Ort ü"})  # fmt: skip
        assert codes(outcome) == ["bad-encoding"]
        assert "remove `encoding:`" in str(outcome.diagnostics[0].hint)


class TestFilters:
    TOTALS = HEADER + LEEDS + "Total 2024,,12\nyork,2024-01-02,7\n"

    @pytest.mark.parametrize(
        "rule",
        [
            {"not_matches": "Total*"}, {"not_matches": "Total ????"}, {"matches": ["l*", "york"]},
            {"not_matches": ["Sum*", "T*2024"]},
        ],
    )  # fmt: skip
    def test_patterns(self, tmp_path: Path, rule: dict[str, object]) -> None:
        outcome = run(tmp_path, self.TOTALS, filter={"Site": rule})
        assert total(outcome) == 12
        assert counts(outcome) == (3, 2, 1, 0)

    @pytest.mark.parametrize("text", ["a.b", "a(b", "a|b", "a[b", "a\\b", "a$b", "a^b", "a+b"])
    def test_signs_of_expressions_are_themselves(self, tmp_path: Path, text: str) -> None:
        content = HEADER + LEEDS + f"{text}x,2024-01-01,9\n"
        assert total(run(tmp_path, content, filter={"Site": {"not_matches": f"{text}?"}})) == 5
        outcome = run(tmp_path, content, filter={"Site": {"not_matches": text}})
        assert codes(outcome) == ["unknown-facility"]
        assert pattern("a*") == "^(?s:a.*)$"

    def test_a_range_after_a_text(self, tmp_path: Path) -> None:
        content = HEADER + LEEDS + ",,\n,,544 in all\nyork,2024-01-02,900\n"
        text, most = {"not_equals": ""}, {"at_most": "299"}
        outcome = run(tmp_path, content, filter={"Site": text, "kWh": most})
        assert (total(outcome), counts(outcome)) == (5, (4, 1, 3, 0))
        outcome = run(tmp_path, content, filter={"kWh": most, "Site": text})
        (found,) = outcome.diagnostics
        said = "column `kWh`: `544 in all` is not a number; its filter asks so"
        assert (found.code, found.notes) == ("not-a-number", (f"{said}: t.csv:4",))
        content = HEADER + LEEDS + "york,2024-01-02,\n"
        outcome = run(tmp_path, content, filter={"kWh": {"not_equals": "", "at_most": "299"}})
        assert (total(outcome), counts(outcome)) == (5, (2, 1, 1, 0))

    @pytest.mark.parametrize("row", ["Total,12\n", "Total 1,,,12,,\n", "Total\n"])
    def test_ragged_rows_that_a_filter_names(self, tmp_path: Path, row: str) -> None:
        outcome = run(tmp_path, HEADER + LEEDS + row, filter={"Site": {"not_matches": "Total*"}})
        assert (total(outcome), counts(outcome)) == (5, (2, 1, 1, 0))

    @pytest.mark.parametrize(
        "rule", [{"equals": "leeds"}, {"matches": "l*"}, {"not_equals": "Total"}]
    )
    def test_ragged_rows_that_may_count_are_refused(
        self, tmp_path: Path, rule: dict[str, str]
    ) -> None:
        content = HEADER + LEEDS + "York, UK,2024-01-01,7\n"
        outcome = run(tmp_path, content, filter={"Site": rule})
        assert (codes(outcome), counts(outcome)) == (["ragged-row"], (2, 1, 0, 1))

    def test_a_cell_that_is_not_there_leaves_nothing_out(self, tmp_path: Path) -> None:
        content = "Site,kWh,Day\nleeds,5,2024-01-01\nleeds,7\n"
        rule = {"Day": {"not_equals": ""}}
        assert codes(run(tmp_path, content, filter=rule)) == ["ragged-row"]
        outcome = run(tmp_path, content.replace("leeds,7", "End"), filter=rule)
        assert (total(outcome), counts(outcome)) == (5, (2, 1, 1, 0))


class TestWide:
    WIDE = "Site,Month,Elec,Gas\nleeds,2024-01,36,100\nleeds,2024-02,36,n/a\nleeds,2024-03,36,\n"
    COLUMNS: ClassVar = {"facility": "Site", "period": "Month"}
    HEADINGS: ClassVar = {
        "Elec": {"item": "el", "unit": "kWh"},
        "Gas": {"item": "gas", "unit": "kWh gross"},
    }

    def wide(self, folder: Path, content: str, **rules: Any) -> Outcome[TableSums]:
        rules = {"columns": self.COLUMNS, "unpivot": self.HEADINGS, "constants": {}, **rules}
        return run(folder, content, **rules)

    def test_a_filter_judges_its_own_cells(self, tmp_path: Path) -> None:
        outcome = self.wide(tmp_path, self.WIDE, filter={"Gas": {"not_equals": ["n/a", ""]}})
        # 3 × 36 kWh of power, 100 of gas; 6 cells, two of them left out
        assert (total(outcome), total(outcome, "gas"), counts(outcome)) == (108, 100, (6, 4, 2, 0))

    def test_a_range_of_cells(self, tmp_path: Path) -> None:
        outcome = self.wide(tmp_path, self.WIDE, filter={"Gas": {"at_least": "1"}})
        assert codes(outcome) == ["not-a-number"]
        assert counts(outcome) == (6, 4, 0, 2)
        assert outcome.diagnostics[0].location == Location("t.csv", 3, 18, 3)
        outcome = self.wide(tmp_path, self.WIDE, filter={
            "Month": {"equals": "2024-01"}, "Gas": {"at_most": "99"}})  # fmt: skip
        assert (total(outcome), counts(outcome)) == (36, (6, 1, 5, 0))

    def test_quarter_hours(self, tmp_path: Path) -> None:
        hours = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30, 45)]
        content = f"Site,Day,{','.join(hours)},Note\n" + "".join(
            f"leeds,2024-01-0{day},{','.join(['2'] * 96)},x\n" for day in (1, 2)
        )
        outcome = self.wide(
            tmp_path, content, columns={"facility": "Site", "from": "Day", "to": "Day"},
            constants={"unit": "kWh"}, unpivot={"??:??": {"item": "el"}},
        )  # fmt: skip
        assert (total(outcome), counts(outcome)[0]) == (2 * 96 * 2, 192)

    @pytest.mark.parametrize(
        ("headings", "key", "period"),
        [("2024-01,2024-02", "20??-*", "heading"), ("Use 2024-01,Use 2024-02", "Use *", "*")],
    )
    def test_months_as_headings(self, tmp_path: Path, headings: str, key: str, period: str) -> None:
        outcome = self.wide(
            tmp_path, f"Site,{headings}\nleeds,5,7\n", columns={"facility": "Site"},
            constants={"item": "el", "unit": "kWh"}, unpivot={key: {"period": period}},
            filter={key: {"not_equals": "9"}},
        )  # fmt: skip
        assert [(e.span.first.month, e.quantity) for e in outcome.value.sums] == [(1, 5), (2, 7)]

    @pytest.mark.parametrize(
        ("headings", "key", "period", "read"),
        [
            ("Jan-24,Feb-24", "*-24", "heading", {"period": "MMM-YY"}),
            ("kWh Jan,kWh Feb", "kWh *", "*", {"period": "MMM", "year": "2024"}),
        ],
    )
    def test_months_as_headings_in_a_form_of_their_own(
        self, tmp_path: Path, headings: str, key: str, period: str, read: dict[str, str]
    ) -> None:
        outcome = self.wide(
            tmp_path, f"Site,{headings}\nleeds,5,7\n", columns={"facility": "Site"},
            constants={"item": "el", "unit": "kWh"}, unpivot={key: {"period": period}}, read=read,
        )  # fmt: skip
        assert [(e.span.first.month, e.quantity) for e in outcome.value.sums] == [(1, 5), (2, 7)]

    @pytest.mark.parametrize(
        ("headings", "keys", "code"),
        [
            ("Jan kWh,Total kWh", ["*kWh"], "conflicting-keys"),
            ("Jan kWh,Jan kWh", ["*kWh"], "duplicate-key"),
            ("Jan kWh,Feb kWh", ["*kWh", "J*"], "conflicting-keys"),
            ("Jan,Feb", ["*kWh"], "unknown-column"),
        ],
    )
    def test_patterns_that_are_refused(
        self, tmp_path: Path, headings: str, keys: list[str], code: str
    ) -> None:
        unpivot = {key: {"item": "el", "unit": "kWh"} for key in keys}
        content = f"Site,Month,{headings}\nleeds,2024-01,5,7\n"
        assert codes(self.wide(tmp_path, content, unpivot=unpivot)) == [code]

    def test_a_written_heading_goes_before_a_pattern(self, tmp_path: Path) -> None:
        content = "Site,Month,Gas kWh,Jan kWh\nleeds,2024-01,5,7\n"
        unpivot = {"* kWh": self.HEADINGS["Elec"], "Gas kWh": self.HEADINGS["Gas"]}
        outcome = self.wide(tmp_path, content, unpivot=unpivot)
        assert (total(outcome), total(outcome, "gas")) == (7, 5)

    def test_stars(self) -> None:
        assert star("Use * kWh", "Use Jan 24 kWh") == "Jan 24"
        assert star("*-*", "a-b") is None


class TestTrailing:
    def test_every_row_has_one(self, tmp_path: Path) -> None:
        content = HEADER + "".join(f"leeds,2024-01-{day:02},1,\n" for day in range(1, 32))
        outcome = run(tmp_path, content)
        assert (total(outcome), codes(outcome)) == (31, ["trailing-delimiter"])
        outcome = run(tmp_path, content, read={"trailing_delimiter": "ignore"})
        assert (total(outcome), codes(outcome)) == (31, [])

    def test_only_the_header_has_one(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, f"Site,Day,kWh,,\n{LEEDS}{LEEDS.replace('5', '7')}")
        assert (total(outcome), codes(outcome)) == (12, ["trailing-delimiter"])

    def test_some_rows_have_one(self, tmp_path: Path) -> None:
        content = HEADER + LEEDS + "leeds,2024-01-02,7,\n"
        outcome = run(tmp_path, content)
        assert codes(outcome) == ["ragged-row"]
        assert "`trailing_delimiter: ignore`" in str(outcome.diagnostics[0].hint)
        assert total(run(tmp_path, content, read={"trailing_delimiter": "ignore"})) == 12

    WIDER = "Site,Day,kWh,Meter,Note\n"

    def test_rows_without_their_last_empty_cells(self, tmp_path: Path) -> None:
        content = self.WIDER + LEEDS + "leeds,2024-01-02,7,M1\nleeds,2024-01-03,9,M1,x\n"
        outcome = run(tmp_path, content)
        assert codes(outcome) == ["ragged-row"]
        assert "`trailing_delimiter: ignore`" in str(outcome.diagnostics[0].hint)
        ignore = {"trailing_delimiter": "ignore"}
        assert total(run(tmp_path, content, read=ignore)) == 21
        assert total(run(tmp_path, content.replace("x\n", '"x, y"\n'), read=ignore)) == 21
        # a column that is read is not left out, one that may be empty is
        columns = {**PLAIN, "meter": "Meter"}
        outcome = run(tmp_path, content, read=ignore, columns=columns)
        assert "ragged-row" in codes(outcome)
        columns = {**PLAIN, "supplier": "Meter"}
        assert total(run(tmp_path, content, read=ignore, columns=columns)) == 21

    @pytest.mark.parametrize("quoted", ["", 'leeds,2024-01-03,4,"a, b",x\n'])
    def test_a_last_line_that_may_be_cut_off(self, tmp_path: Path, quoted: str) -> None:
        content = f"{self.WIDER}{quoted}{LEEDS}leeds,2024-01-02,7"  # of 70, perhaps
        ignore = {"trailing_delimiter": "ignore"}
        assert codes(run(tmp_path, content, read=ignore)) == ["ragged-row"]
        assert total(run(tmp_path, content + "\n", read=ignore)) == (16 if quoted else 12)
        # with a sign between cells after it, the number is whole
        assert total(run(tmp_path, content + ",,", read=ignore)) == (16 if quoted else 12)

    @pytest.mark.parametrize("rows", ["leeds,2024-01-01,1,\nleeds,2024-01-02,1,5\n",
                                      "leeds,2024-01-01,1,5\n", "leeds,2024-01-01\n"])  # fmt: skip
    @pytest.mark.parametrize("option", ["refuse", "ignore"])
    def test_nothing_stands_under_a_wrong_heading(
        self, tmp_path: Path, rows: str, option: str
    ) -> None:
        outcome = run(tmp_path, HEADER + rows, read={"trailing_delimiter": option})
        assert "ragged-row" in codes(outcome)


class TestSheets:
    def test_merged_cells_in_rows_that_do_not_count(self, tmp_path: Path) -> None:
        rows = [["Site", "Day", "kWh"], ["leeds", "2024-01-01", 5], ["Total", None, None],
                ["leeds", "2024-01-02", 7], ["Total", None, None]]  # fmt: skip
        book(tmp_path / "t.xlsx", rows, "A3:C3", "A5:C5")
        outcome = run(tmp_path, files="t.xlsx", filter={"Site": {"not_equals": "Total"}})
        assert (total(outcome), counts(outcome)) == (12, (4, 2, 2, 0))
        outcome = run(tmp_path, files="t.xlsx")
        assert codes(outcome) == ["workbook-layout"]
        assert "A3:C3" in outcome.diagnostics[0].message
        assert "2 rows that count" in outcome.diagnostics[0].message

    def test_a_name_merged_downwards_is_not_empty(self, tmp_path: Path) -> None:
        rows = [["Site", "Day", "kWh"], ["leeds", "2024-01-01", 5], [None, "2024-01-02", 7]]
        book(tmp_path / "t.xlsx", rows, "A2:A3")
        outcome = run(tmp_path, files="t.xlsx", filter={"Site": {"not_equals": ""}})
        assert codes(outcome) == ["workbook-layout"]

    def test_a_formula_without_value_in_a_row_that_does_not_count(self, tmp_path: Path) -> None:
        rows = [["Site", "Day", "kWh"], ["leeds", "2024-01-01", 5], ["Total", "", "=C2"]]
        book(tmp_path / "t.xlsx", rows)
        assert codes(run(tmp_path, files="t.xlsx")) == ["formula-without-value"]
        outcome = run(tmp_path, files="t.xlsx", filter={"Site": {"not_matches": "T*"}})
        assert (total(outcome), counts(outcome)) == (5, (2, 1, 1, 0))

    def test_headings_in_two_merged_rows(self, tmp_path: Path) -> None:
        rows = [["Site", "Day", "Power", None], [None, None, "Use", "Cost"],
                ["leeds", "2024-01-01", 5, 9]]  # fmt: skip
        book(tmp_path / "t.xlsx", rows, "A1:A2", "B1:B2", "C1:D1")
        columns = {**PLAIN, "quantity": "Power / Use"}
        outcome = run(tmp_path, files="t.xlsx", read={"header_row": [1, 2]}, columns=columns)
        assert total(outcome) == 5

    def test_libraries_do_not_warn(self, tmp_path: Path) -> None:
        book(tmp_path / "t.xlsx", [["Site", "Day", "kWh"], ["leeds", "2024-01-01", "=1"]])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            run(tmp_path, files="t.xlsx")


class TestFiles:
    def test_working_files_of_other_programs(self, tmp_path: Path) -> None:
        for name in ("~$b.csv", "._b.csv", ".~lock.b.csv"):
            (tmp_path / name).write_bytes(b"\0\5\x16\7 not rows")
        (tmp_path / "b.csv").write_text(HEADER + LEEDS)
        assert total(run(tmp_path, files="*.csv")) == 5

    def test_hidden_files_are_read_by_name_alone(self, tmp_path: Path) -> None:
        (tmp_path / ".a.csv").write_text(HEADER + LEEDS)
        (tmp_path / "b.csv").write_text(HEADER + LEEDS)
        assert total(run(tmp_path, files="*.csv")) == 5
        assert total(run(tmp_path, files=["*.csv", ".a.csv"])) == 10
        assert total(run(tmp_path, files=".*.csv")) == 5

    def test_files_of_another_case_are_said(self, tmp_path: Path) -> None:
        for name in ("1.csv", "2.CSV", "3.Csv"):
            (tmp_path / name).write_text(HEADER + LEEDS)
        found = [each for each in run(tmp_path, files="*.csv").diagnostics
                 if each.code == "file-not-found"]  # fmt: skip
        assert ["`2.CSV`" in each.message for each in found] == [True, False]
        outcome = run(tmp_path, files=["*.csv", "*.CSV", "*.Csv"])
        assert "file-not-found" not in codes(outcome)
        assert total(outcome) == 15

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b'<?xml version="1.0"?><feed/>', "XML"), (b"<!DOCTYPE html><html>", "web page"),
            (b'{"a": 1}', "JSON"), (b"%PDF-1.7", "PDF"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("rows", ["1", "none"])
    def test_no_tables(self, tmp_path: Path, content: bytes, what: str, rows: str) -> None:
        outcome = run(tmp_path, content, read={"header_row": rows})
        assert codes(outcome) == ["no-table"]
        assert what in outcome.diagnostics[0].message
