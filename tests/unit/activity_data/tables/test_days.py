"""Days, months and times of day as files write them; figures worked by hand."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pydantic import ValidationError

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BY_PERIOD = {"quantity": "qty", "period": "a"}
BY_DAYS = {"quantity": "qty", "from": "a", "to": "b"}
Cells = tuple[Any, ...]


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def table(read: dict[str, Any], columns: dict[str, str], **rules: Any) -> Table:
    given = {"facility": "ks", "item": "el", "unit": "kWh"}
    constants = {name: value for name, value in given.items() if name not in columns}
    return Table.model_validate(
        {"files": "t*", "read": read, "columns": columns, "constants": constants,
         "items": {"el": {"category": "purchased_electricity"}}, **rules}
    )  # fmt: skip


def collapsed(folder: Path, made: Table) -> Outcome[TableSums]:
    return collapse(
        "t", made, folder, cuts=(), facilities={"ks", "bn"}, year=ReportingYear(),
        locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def run(
    folder: Path, rows: Sequence[Cells], read: dict[str, Any], columns: dict[str, str],
    head: Cells = ("qty", "a", "b"), **rules: Any,
) -> Outcome[TableSums]:  # fmt: skip
    width = max(map(len, rows))
    lines = [head[:width], *rows]
    text = "".join(";".join(map(str, line)) + "\n" for line in lines)
    (folder / "t.csv").write_text(text, "utf-8")
    return collapsed(folder, table({"delimiter": ";", **read}, columns, **rules))


def months(outcome: Outcome[TableSums]) -> dict[str, str]:
    """The sums by month, where nothing was refused."""
    assert not [found for found in outcome.diagnostics if found.severity.value == "error"]
    found: dict[str, Any] = {}
    for each in outcome.value.sums:
        name = f"{each.span.first:%Y-%m}"
        found[name] = found.get(name, 0) + each.quantity
    return {name: str(value) for name, value in sorted(found.items())}


def hint(outcome: Outcome[TableSums]) -> str:
    found = [each for each in outcome.diagnostics if each.severity.value == "error"]
    assert found
    return found[0].hint or ""


class TestMonths:
    @pytest.mark.parametrize(
        ("form", "text", "month"),
        [
            ("YYYYMM", "202401", "2024-01"), ("YYYY/MM", "2024/01", "2024-01"),
            ("MM/YYYY", "01/2024", "2024-01"), ("MMM-YY", "Jan-16", "2016-01"),
            ("YYYY年M月", "2024年12月", "2024-12"), ("MMMM YYYY", "september 2024", "2024-09"),
            ("MMM YYYY", "Sept 2024", "2024-09"), ("YYYY-M", "2024-1", "2024-01"),
            ("MMM-YY", "MAY-68", "2068-05"), ("MMM-YY", "May-69", "1969-05"),
        ],
    )  # fmt: skip
    def test_forms(self, tmp_path: Path, form: str, text: str, month: str) -> None:
        assert months(run(tmp_path, [(5, text)], {"period": form}, BY_PERIOD)) == {month: "5"}

    @pytest.mark.parametrize(
        ("text", "option"),
        [
            ("202401", "`period: YYYYMM`"), ("2024/02", "`period: YYYY/MM`"),
            ("03/2024", "`period: MM/YYYY`"), ("Apr-24", "`period: MMM-YY`"),
            ("2024年5月", "`period: YYYY年M月`"), ("2024-1", "`period: YYYY-M`"),
            ("June 2024", "`period: MMMM YYYY`"),
        ],
    )  # fmt: skip
    def test_the_hint_is_what_reads_it(self, tmp_path: Path, text: str, option: str) -> None:
        outcome = run(tmp_path, [(5, text)], {}, BY_PERIOD)
        assert option in hint(outcome)
        form = option.strip("`").removeprefix("period: ")
        assert list(months(run(tmp_path, [(5, text)], {"period": form}, BY_PERIOD)).values()) == [
            "5"
        ]

    def test_two_forms_are_refused_by_name(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [(5, "202401"), (5, "2024/02")], {"period": "YYYYMM"}, BY_PERIOD)
        assert "written YYYYMM and YYYY/MM" in hint(outcome)
        outcome = run(tmp_path, [(5, "202401"), (5, "2024/02")], {}, BY_PERIOD)
        assert "`202401` (YYYYMM), `2024/02` (YYYY/MM)" in hint(outcome)

    def test_months_named_otherwise(self, tmp_path: Path) -> None:
        names = ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]
        rows = [(5, "Mär 24"), (7, "OKT 24")]
        read = {"period": "MMM YY", "months": names}
        assert months(run(tmp_path, rows, read, BY_PERIOD)) == {"2024-03": "5", "2024-10": "7"}
        assert run(tmp_path, rows, {"period": "MMM YY"}, BY_PERIOD).value.rows_rejected == 2

    def test_a_format_of_months_for_days(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [(5, "202401")], {"date": "YYYYMM"}, BY_PERIOD)
        assert "`read: {period: YYYYMM}`" in hint(outcome)


class TestFirstDays:
    def test_a_column_of_first_days(self, tmp_path: Path) -> None:
        read = {"date": "DD/MM/YYYY", "period_from": "month"}
        outcome = run(tmp_path, [(31, "01/01/2024"), (29, "01/02/2024")], read, BY_PERIOD)
        assert months(outcome) == {"2024-01": "31", "2024-02": "29"}
        assert {each.span.days for each in outcome.value.sums} == {31, 29}

    def test_another_day_is_refused(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [(1, "2024-01-02")], {"period_from": "month"}, BY_PERIOD)
        assert "not the first day of a month" in outcome.diagnostics[0].message

    def test_hints(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [(1, "2024-01-01"), (1, "2024-02-01")], {}, BY_PERIOD)
        assert "`read: {period_from: month}`" in hint(outcome)
        outcome = run(tmp_path, [(1, "2024-01-01"), (1, "2024-02-03")], {}, BY_PERIOD)
        assert "as `from` and as `to`" in hint(outcome)
        outcome = run(tmp_path, [(1, "1-Jun-24")], {}, BY_PERIOD)
        assert "`read: {date: D-MMM-YY, period_from: month}`" in hint(outcome)

    def test_first_days_beside_texts_in_a_workbook(self, tmp_path: Path) -> None:
        book = Workbook()
        for line in (("qty", "a"), (5, date(2024, 1, 1)), (7, "Feb-24")):
            book.active.append(line)
        book.save(tmp_path / "t.xlsx")
        told = collapsed(tmp_path, table({}, BY_PERIOD))
        assert "`read: {period: MMM-YY, period_from: month}`" in hint(told)
        read = {"period": "MMM-YY", "period_from": "month"}
        assert months(collapsed(tmp_path, table(read, BY_PERIOD))) == {
            "2024-01": "5", "2024-02": "7",
        }  # fmt: skip

    def test_a_cell_that_is_a_month_and_a_day(self, tmp_path: Path) -> None:
        read = {"period": "YYYYMM", "date": "YYMMDD", "period_from": "month"}
        outcome = run(tmp_path, [(1, "201201")], read, BY_PERIOD)  # 2012-01, or 2020-12-01
        assert "a month of YYYYMM and a day of YYMMDD" in outcome.diagnostics[0].message


class TestDays:
    @pytest.mark.parametrize(
        ("form", "text"),
        [
            ("D-MMM-YY", "5-Jan-24"), ("MM/DD/YY", "01/05/24"), ("MMMM D, YYYY", "January 5, 2024"),
            ("MM/DD/YYYY hh:mm", "01/05/2024 13:15"),
            ("YYYY-MM-DDThh:mm:ssoffset", "2024-01-05T00:15:00+01:00"),
            ("YYYY-MM-DDThh:mm:ssZ", "2024-01-05T00:15:00.000Z"),
            ("M/D/YYYY h:mm AM", "1/5/2024 9:15 pm"), ("serial", "45296"), ("serial", "45296.5"),
            ("serial_1904", "43834"), ("DD.MM.YYYY hh:mm", "05.01.2024 24:00"),
        ],
    )  # fmt: skip
    def test_forms(self, tmp_path: Path, form: str, text: str) -> None:
        outcome = run(tmp_path, [(5, text)], {"date": form}, {**BY_DAYS, "to": "a"})
        assert months(outcome) == {"2024-01": "5"}
        (bill,) = outcome.value.bills
        assert (bill.first, bill.last) == (date(2024, 1, 1), date(2024, 1, 31))
        # a line of the segment alone says no day: a cut before and after it does
        made = table({"delimiter": ";", "date": form}, {**BY_DAYS, "to": "a"})
        cut = collapse("t", made, tmp_path, cuts=(date(2024, 1, 5), date(2024, 1, 6)),
                       facilities={"ks"}, year=ReportingYear(),
                       locate=lambda _: Location("c", 1, 1))  # fmt: skip
        assert [each.span for each in cut.value.sums] == [(date(2024, 1, 5), date(2024, 1, 5))]

    @pytest.mark.parametrize(
        ("text", "day"), [("59", "1900-02-28"), ("60", None), ("61", "1900-03-01"), ("0", None)]
    )
    def test_the_leap_day_that_never_was(self, tmp_path: Path, text: str, day: str | None) -> None:
        outcome = run(tmp_path, [(5, text)], {"date": "serial"}, {**BY_DAYS, "to": "a"})
        assert bool(outcome.diagnostics) == (day is None)
        assert not day or months(outcome) == {day[:7]: "5"}

    @pytest.mark.parametrize(
        ("texts", "option"),
        [
            (["03/30/2024 00:15"], "MM/DD/YYYY hh:mm"), (["1/13/24", "11/3/24"], "M/D/YY"),
            (["2024-01-05T00:15:00+01:00"], "YYYY-MM-DDThh:mm:ssoffset"), (["45296"], "serial"),
            (["5-Jan-24"], "D-MMM-YY"), (["1/15/2024 9:15 PM"], "M/D/YYYY h:mm AM"),
            (["03/04/2024", "30/04/2024"], "DD/MM/YYYY"), (["20240130 01:00"], "YYYYMMDD hh:mm"),
        ],
    )  # fmt: skip
    def test_the_hint_is_what_reads_it(self, tmp_path: Path, texts: list[str], option: str) -> None:
        rows = [(1, text) for text in texts]
        columns = {**BY_DAYS, "to": "a"}
        assert f"`date: {option}`" in hint(run(tmp_path, rows, {}, columns))
        assert run(tmp_path, rows, {"date": option}, columns).value.rows_used == len(texts)

    def test_a_day_of_two_readings_is_asked_about(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [(1, "03/04/2024")], {}, {**BY_DAYS, "to": "a"})
        assert "`date: DD/MM/YYYY` or `date: MM/DD/YYYY`" in hint(outcome)

    def test_two_forms_are_refused_by_name(self, tmp_path: Path) -> None:
        rows = [(1, "03/30/2024"), (1, "2024-03-31")]
        outcome = run(tmp_path, rows, {"date": "MM/DD/YYYY"}, {**BY_DAYS, "to": "a"})
        assert "written MM/DD/YYYY and YYYY-MM-DD" in hint(outcome)


class TestEnds:
    JANUARY = ((31, "2024-01-01", "2024-02-01"),)

    def test_exclusive(self, tmp_path: Path) -> None:
        # inclusive: 31 of 32 days, 30.03125 of 31
        assert months(run(tmp_path, self.JANUARY, {}, BY_DAYS)) == {
            "2024-01": "961/32", "2024-02": "31/32",
        }  # fmt: skip
        assert months(run(tmp_path, self.JANUARY, {"to": "exclusive"}, BY_DAYS)) == {
            "2024-01": "31"
        }

    def test_exclusive_of_its_own_first_day(self, tmp_path: Path) -> None:
        rows = [(1, "2024-01-01", "2024-01-01")]
        outcome = run(tmp_path, rows, {"to": "exclusive"}, BY_DAYS)
        assert "is not after" in outcome.diagnostics[0].message

    TIMED: ClassVar = {"date": "YYYY-MM-DD hh:mm"}

    def test_midnight_is_asked_about(self, tmp_path: Path) -> None:
        rows = [(31, "2024-01-01 00:00", "2024-02-01 00:00")]
        outcome = run(tmp_path, rows, self.TIMED, BY_DAYS)
        assert outcome.value.rows_rejected == 1
        assert "`read: {to: exclusive}`" in hint(outcome)
        assert "`read: {to: inclusive}`" in hint(outcome)
        read = {**self.TIMED, "to": "exclusive"}
        assert months(run(tmp_path, rows, read, BY_DAYS)) == {"2024-01": "31"}
        read["to"] = "inclusive"
        assert months(run(tmp_path, rows, read, BY_DAYS))["2024-02"] == "31/32"

    def test_intervals_to_midnight(self, tmp_path: Path) -> None:
        rows = [(1, "2024-01-31 23:30", "2024-01-31 23:45"),
                (2, "2024-01-31 23:45", "2024-02-01 00:00")]  # fmt: skip
        read = {**self.TIMED, "to": "exclusive"}
        assert months(run(tmp_path, rows, read, BY_DAYS)) == {"2024-01": "3"}

    def test_readings_in_the_afternoon_follow_on(self, tmp_path: Path) -> None:
        # 31 days from 2 Jan to 1 Feb: 30 of them in January
        rows = [(31, "2024-01-02 14:30", "2024-02-02 09:00")]
        read = {**self.TIMED, "to": "exclusive"}
        assert months(run(tmp_path, rows, read, BY_DAYS)) == {"2024-01": "30", "2024-02": "1"}

    def test_the_last_minute_is_not_left_out(self, tmp_path: Path) -> None:
        rows = [(31, "2024-01-01 00:00", "2024-01-31 23:59")]
        assert months(run(tmp_path, rows, self.TIMED, BY_DAYS)) == {"2024-01": "31"}
        outcome = run(tmp_path, rows, {**self.TIMED, "to": "exclusive"}, BY_DAYS)
        assert "remove `to: exclusive`" in hint(outcome)
        rows = [(31, "2024-01-01 00:00", "2024-01-31 24:00")]
        for more in ({}, {"to": "exclusive"}, {"to": "inclusive"}):
            assert months(run(tmp_path, rows, {**self.TIMED, **more}, BY_DAYS)) == {"2024-01": "31"}

    def test_a_column_that_says_when_intervals_end(self, tmp_path: Path) -> None:
        rows = [(1, "2024-01-31 23:45"), (2, "2024-02-01 00:00")]
        read = {**self.TIMED, "to": "exclusive"}
        assert months(run(tmp_path, rows, read, {**BY_DAYS, "to": "a"})) == {"2024-01": "3"}

    def test_a_range_in_one_cell(self, tmp_path: Path) -> None:
        rows = [(31, "01/01/2024 - 01/31/2024"), (29, "02/01/2024-02/29/2024")]
        read = {"date": "MM/DD/YYYY", "range": "-"}
        assert months(run(tmp_path, rows, read, BY_PERIOD)) == {"2024-01": "31", "2024-02": "29"}
        assert '`read: {date: MM/DD/YYYY, range: " - "}`' in hint(
            run(tmp_path, rows[:1], {}, BY_PERIOD)
        )
        # the sign stands in the days, too: one cut alone gives two days
        rows = [(31, "2024-01-01-2024-01-31")]
        assert months(run(tmp_path, rows, {"range": "-"}, BY_PERIOD)) == {"2024-01": "31"}
        rows = [(31, "2024-01-01 - 2024-02-01")]
        read = {"range": " - ", "to": "exclusive"}
        assert months(run(tmp_path, rows, read, BY_PERIOD)) == {"2024-01": "31"}


class TestNoOtherYear:
    """No hint proposes a format that puts cells into another year than the rest of them."""

    @pytest.mark.parametrize(
        ("read", "good", "bad", "said"),
        [
            ({"date": "DD.MM", "year": "2023"}, "01.02", "29.02", "2023 has no 29 February"),
            ({"date": "DD.MM.YY"}, "01.02.23", "29.02.23", "2023 has no 29 February"),
            ({"date": "YYYYMMDD"}, "20240401", "20240431", "2024 has no 31 April"),
        ],
    )
    def test_a_day_that_never_was(
        self, tmp_path: Path, read: dict[str, Any], good: str, bad: str, said: str
    ) -> None:
        outcome = run(tmp_path, [(5, good, good), (6, good, bad)], read, BY_DAYS)
        assert f"`{bad}` is no day: {said}" in outcome.diagnostics[0].message
        assert hint(outcome).removesuffix(", or its year") == "correct the day"
        first = {**read, "period_from": "month"}
        outcome = run(tmp_path, [(5, bad)], first, BY_PERIOD)
        assert said in outcome.diagnostics[0].message

    def test_years_of_the_other_cells(self, tmp_path: Path) -> None:
        # YY.MM.DD would read 31.12.24 as 24 December 2031
        rows = [(5, "2024-01-01", "31.12.24")]
        assert hint(run(tmp_path, rows, {}, BY_DAYS)) == (
            "if the file writes its days so, set `date: DD.MM.YY` under `read:`"
        )
        # 18264 is 1 January 1950, 45322 is 31 January 2024
        outcome = run(tmp_path, [(5, "2024-01-01", "18264")], {}, BY_DAYS)
        assert "serial" not in hint(outcome)
        outcome = run(tmp_path, [(5, "2024-01-01", "45322")], {}, BY_DAYS)
        assert "`date: serial`" in hint(outcome)

    def test_the_year_that_is_stated(self, tmp_path: Path) -> None:
        read = {"period": "MMM", "year": "2024"}
        assert "MMM-YY" in hint(run(tmp_path, [(5, "Jan-24")], read, BY_PERIOD))
        for texts in (["Jan-23"], ["Jan-24", "Feb-23"]):
            outcome = run(tmp_path, [(5, text) for text in texts], read, BY_PERIOD)
            assert "YY" not in hint(outcome)

    def test_years_that_the_company_file_names(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text("qty,a\n5,12.11.24\n")
        made = table({}, {"quantity": "qty", "from": "a", "to": "a"})
        for years, odd in (((), True), ((2024,), False), ((2025,), False), ((2012,), True)):
            found = collapse(
                "t", made, tmp_path, cuts=(), facilities={"ks"}, year=ReportingYear(),
                locate=lambda path: Location("company.yaml", len(path), 1), spoken_of=years,
            )  # fmt: skip
            assert ("YY.MM.DD" in hint(found)) is odd
            assert ("DD.MM.YY" in hint(found)) is (2012 not in years)

    def test_no_year_of_ours_stands_in_a_hint(self, tmp_path: Path) -> None:
        with pytest.raises(ValidationError, match="has no year") as caught:
            table({"date": "DD.MM."}, BY_DAYS)
        assert "{year: YYYY}" in str(caught.value.errors())
        with pytest.raises(ValidationError, match="neither a year nor"):
            table({"date": "DD.MM.", "year": "YYYY"}, BY_DAYS)


class TestYears:
    def test_a_constant(self, tmp_path: Path) -> None:
        rows = [(31, "01.01.", "31.01.")]
        read = {"date": "DD.MM.", "year": "2024"}
        assert months(run(tmp_path, rows, read, BY_DAYS)) == {"2024-01": "31"}
        read = {"period": "MMM", "year": "2023"}
        assert months(run(tmp_path, [(5, "Feb")], read, BY_PERIOD)) == {"2023-02": "5"}

    def test_a_column(self, tmp_path: Path) -> None:
        columns = {"quantity": "qty", "period": "b", "year": "a"}
        outcome = run(tmp_path, [(5, 2023, 2), (7, 2024, 12)], {"period": "M"}, columns)
        assert months(outcome) == {"2023-02": "5", "2024-12": "7"}
        outcome = run(tmp_path, [(5, 23, 2)], {"period": "M"}, columns)
        assert "`23` is not a year" in outcome.diagnostics[0].message

    @pytest.mark.parametrize("wide", [False, True])
    def test_the_name_of_the_file(self, tmp_path: Path, *, wide: bool) -> None:
        for name, quantity in (("t 2023.csv", 5), ("t 2024 (20240131).csv", 7)):
            (tmp_path / name).write_text(f"qty,a\n{quantity},Feb\n")
        more = {"unpivot": {"qty": {"item": "el"}}} if wide else {}
        made = Table.model_validate(
            {"files": "t*", "read": {"period": "MMM", "year": "file_name"},
             "columns": {"period": "a"} if wide else BY_PERIOD,
             "constants": {"facility": "ks", "unit": "kWh", **({} if wide else {"item": "el"})},
             "items": {"el": {"category": "purchased_electricity"}}, **more}
        )  # fmt: skip
        assert months(collapsed(tmp_path, made)) == {"2023-02": "5", "2024-02": "7"}
        (tmp_path / "t.csv").write_text("qty,a\n1,Feb\n")
        found = collapsed(tmp_path, made).diagnostics[0]
        assert "holds no year of four digits in its name" in found.message

    @pytest.mark.parametrize(
        ("read", "columns", "part"),
        [
            ({"date": "DD.MM."}, BY_DAYS, "has no year"),
            ({"year": "2024"}, BY_DAYS, "hold their year"),
            ({"year": "24", "date": "DD.MM."}, BY_DAYS, "neither a year nor"),
            ({"period": "YYYYMM"}, BY_DAYS, "no column `period`"),
            ({"period_from": "month"}, BY_DAYS, "no column `period`"),
            ({"to": "exclusive"}, BY_PERIOD, "no column `to`"),
            ({"to": "exclusive"}, {**BY_DAYS, "to": "a"}, "one column of days"),
            ({"range": " - "}, BY_DAYS, "map one column"),
            ({"from": "previous_to"}, BY_DAYS, "gives the first day"),
            ({"starts": "2024-01-01"}, BY_DAYS, "where `from: previous_to`"),
            ({"months": ["Jan"]}, BY_DAYS, "not 12"),
        ],
    )  # fmt: skip
    def test_options_that_cannot_act(
        self, read: dict[str, Any], columns: dict[str, str], part: str
    ) -> None:
        with pytest.raises(ValidationError, match=part):
            table(read, columns)


class TestStarts:
    COLUMNS: ClassVar = {"quantity": "qty", "to": "b", "meter": "a"}
    ROWS = ((29, "M1", "2024-02-29"), (31, "M1", "2024-01-31"), (120, "M2", "2024-02-29"))

    def test_each_bill_follows_the_one_before(self, tmp_path: Path) -> None:
        read = {"from": "previous_to", "starts": {"M1": "2024-01-01", "M2": "2024-01-01"}}
        outcome = run(tmp_path, self.ROWS, read, self.COLUMNS)
        # M2: 2 a day over 60 days, 31 of them in January
        assert months(outcome) == {"2024-01": "93", "2024-02": "87"}

    def test_exclusive_ends_are_first_days(self, tmp_path: Path) -> None:
        rows = [(31, "M1", "2024-02-01"), (29, "M1", "2024-03-01"), (29, "M1", "2024-03-01")]
        read = {"from": "previous_to", "to": "exclusive", "starts": "2024-01-01"}
        assert months(run(tmp_path, rows, read, self.COLUMNS)) == {"2024-01": "31", "2024-02": "58"}

    def test_a_first_bill_without_a_start(self, tmp_path: Path) -> None:
        read = {"from": "previous_to", "starts": {"M1": "2024-01-01"}}
        outcome = run(tmp_path, self.ROWS, read, self.COLUMNS)
        assert [each.code for each in outcome.diagnostics].count("start-missing") == 1
        assert '{starts: {"M2": YYYY-MM-DD}}' in hint(outcome)
        assert outcome.value.rows_rejected == 1

    def test_without_a_meter_by_facility_and_item(self, tmp_path: Path) -> None:
        columns = {"quantity": "qty", "to": "b", "facility": "a"}
        rows = [(31, "Kunshan", "2024-01-31"), (29, "ks", "2024-02-29")]
        read = {"from": "previous_to", "starts": {"ks/el": "2024-01-01"}}
        names = {"facility": {"Kunshan": "ks"}}
        outcome = run(tmp_path, rows, read, columns, names=names)
        assert months(outcome) == {"2024-01": "31", "2024-02": "29"}

    def test_a_start_of_no_meter(self, tmp_path: Path) -> None:
        read = {"from": "previous_to", "starts": {"M3": "2024-01-01"}}
        found = run(tmp_path, self.ROWS, read, self.COLUMNS).diagnostics
        assert any("`starts` names `M3`" in each.message for each in found)

    def test_facility_and_item_are_constants(self, tmp_path: Path) -> None:
        # no column says whose bill a row is: all are of `ks/el`, and the hint's key is taken
        columns = {"quantity": "qty", "to": "a"}
        rows = [(31, "2024-01-31"), (29, "2024-02-29")]
        assert '{starts: {"ks/el": YYYY-MM-DD}}' in hint(
            run(tmp_path, rows, {"from": "previous_to"}, columns)
        )
        read = {"from": "previous_to", "starts": {"ks/el": "2024-01-01"}}
        assert months(run(tmp_path, rows, read, columns)) == {"2024-01": "31", "2024-02": "29"}
        read = {"from": "previous_to", "starts": {"bn/el": "2024-01-01"}}
        assert hint(run(tmp_path, rows, read, columns)) == "it has `ks/el`"


class TestSharedDays:
    ROWS = ((31, "2024-01-01", "2024-02-01"), (29, "2024-02-01", "2024-03-01"),
            (31, "2024-03-01", "2024-04-01"))  # fmt: skip

    @pytest.mark.parametrize("meter", [False, True])
    def test_told_once_for_the_table(self, tmp_path: Path, *, meter: bool) -> None:
        columns = {**BY_DAYS, "meter": "m"} if meter else BY_DAYS
        rows = [(*row, "M1") for row in self.ROWS]
        outcome = run(tmp_path, rows, {}, columns, head=("qty", "a", "b", "m"))
        found = [each for each in outcome.diagnostics if each.code == "calendar-overlap"]
        assert len(found) == 1
        assert "2 of 3 bills begin on the day on which the one before ends" in found[0].message
        assert "`read: {to: exclusive}`" in (found[0].hint or "")
        outcome = run(tmp_path, rows, {"to": "exclusive"}, columns, head=("qty", "a", "b", "m"))
        assert not [each for each in outcome.diagnostics if each.code == "calendar-overlap"]
        assert months(outcome) == {"2024-01": "31", "2024-02": "29", "2024-03": "31"}

    def test_bills_that_follow_on_are_no_rule(self, tmp_path: Path) -> None:
        rows = [*self.ROWS[:2], (31, "2024-03-02", "2024-03-31")]
        assert not run(tmp_path, rows, {}, BY_DAYS).diagnostics


class TestTyped:
    """Cells that are days already: dates of a workbook, timestamps of Parquet."""

    ROWS = ((1, datetime(2024, 1, 31, 23, 30), datetime(2024, 2, 1)),  # noqa: DTZ001
            (2, datetime(2024, 2, 1), datetime(2024, 2, 1, 0, 30)))  # noqa: DTZ001  # fmt: skip

    def write(self, folder: Path, kind: str) -> None:
        if kind == "parquet":
            frame = pl.DataFrame(list(self.ROWS), schema=["qty", "a", "b"], orient="row")
            frame.write_parquet(folder / "t.parquet")
            return
        book = Workbook()
        for line in (("qty", "a", "b"), *self.ROWS):
            book.active.append(line)
        book.save(folder / "t.xlsx")

    @pytest.mark.parametrize("kind", ["parquet", "xlsx"])
    @pytest.mark.parametrize(
        "form", ["YYYY-MM-DD hh:mm", "D-MMM-YY h:mm AM", "MM/DD/YYYY hh:mm:ss"]
    )
    def test_times(self, tmp_path: Path, kind: str, form: str) -> None:
        self.write(tmp_path, kind)
        read = {"date": form, "to": "exclusive"}
        assert months(collapsed(tmp_path, table(read, BY_DAYS))) == {"2024-01": "1", "2024-02": "2"}
        told = collapsed(tmp_path, table({"date": form}, BY_DAYS))
        assert "`read: {to: exclusive}`" in hint(told)

    @pytest.mark.parametrize("kind", ["parquet", "xlsx"])
    def test_a_time_that_no_format_states(self, tmp_path: Path, kind: str) -> None:
        self.write(tmp_path, kind)
        assert "`date: YYYY-MM-DD hh:mm:ss`" in hint(collapsed(tmp_path, table({}, BY_DAYS)))

    @pytest.mark.parametrize("form", ["serial", "D-MMM-YY", "YYYY-MM-DD"])
    def test_days(self, tmp_path: Path, form: str) -> None:
        book = Workbook()
        for line in (("qty", "a"), (5, date(2024, 1, 5)), (7, date(1999, 2, 1))):
            book.active.append(line)
        book.save(tmp_path / "t.xlsx")
        outcome = collapsed(tmp_path, table({"date": form}, {**BY_DAYS, "to": "a"}))
        assert months(outcome) == {"1999-02": "7", "2024-01": "5"}

    def test_days_that_the_century_does_not_hold(self, tmp_path: Path) -> None:
        frame = pl.DataFrame({"qty": [5], "a": [date(1905, 1, 5)]})
        frame.write_parquet(tmp_path / "t.parquet")
        outcome = collapsed(tmp_path, table({"date": "DD/MM/YY"}, {**BY_DAYS, "to": "a"}))
        assert "`1905-01-05` is not a day" in outcome.diagnostics[0].message

    @pytest.mark.parametrize(("mac", "other"), [(True, "serial"), (False, "serial_1904")])
    def test_systems_are_not_guessed(self, tmp_path: Path, *, mac: bool, other: str) -> None:
        book = Workbook()
        if mac:
            book.epoch = CALENDAR_MAC_1904
        right = "serial_1904" if mac else "serial"
        # 5 January 2024: 45,296 of 1900, 1,462 fewer of 1904
        for line in (("qty", "a"), (5, 43834 if mac else 45296)):
            book.active.append(line)
        book.save(tmp_path / "t.xlsx")
        columns = {**BY_DAYS, "to": "a"}
        outcome = collapsed(tmp_path, table({"date": other}, columns))
        assert f"`read: {{date: {right}}}`" in hint(outcome)
        assert months(collapsed(tmp_path, table({"date": right}, columns))) == {"2024-01": "5"}


def test_first_bills_without_a_start_are_one_finding(tmp_path: Path) -> None:
    read = {"from": "previous_to"}
    outcome = run(tmp_path, TestStarts.ROWS, read, TestStarts.COLUMNS)
    (found,) = [each for each in outcome.diagnostics if each.code == "start-missing"]
    assert found.paste == (
        "starts:",
        "  M1: YYYY-MM-DD  # t.csv:3",
        "  M2: YYYY-MM-DD  # t.csv:4",
    )


class TestBeginningAt24:
    """What begins at 24:00 begins with the next day, whatever `to:` says."""

    @pytest.mark.parametrize("to", [None, "exclusive"])
    def test_bills_from_midnight_to_midnight(self, tmp_path: Path, to: str | None) -> None:
        read = {"date": "DD.MM.YYYY hh:mm", **({"to": to} if to else {})}
        rows = [
            (310, "31.12.2023 24:00", "31.01.2024 24:00"),
            (290, "31.01.2024 24:00", "29.02.2024 24:00"),
        ]
        found = run(tmp_path, rows, read, BY_DAYS)
        assert not found.diagnostics
        assert months(found) == {"2024-01": "310", "2024-02": "290"}

    def test_a_quarter_of_an_hour_after_the_turn_of_the_year(self, tmp_path: Path) -> None:
        rows = [
            (3, "2023-12-31 23:45", "2023-12-31 24:00"),
            (5, "2023-12-31 24:00", "2024-01-01 00:15"),
            (7, "2024-01-01 00:15", "2024-01-01 00:30"),
        ]
        read = {"date": "YYYY-MM-DD hh:mm", "to": "exclusive"}
        found = run(tmp_path, rows, read, BY_DAYS)
        assert months(found) == {"2023-12": "3", "2024-01": "12"}

    def test_two_moments_in_one_cell(self, tmp_path: Path) -> None:
        read = {"date": "DD.MM.YYYY hh:mm", "range": " - ", "to": "exclusive"}
        rows = [(310, "31.12.2023 24:00 - 31.01.2024 24:00")]
        found = run(tmp_path, rows, read, BY_PERIOD)
        assert months(found) == {"2024-01": "310"}

    def test_one_column_says_when_intervals_end(self, tmp_path: Path) -> None:
        read = {"date": "YYYY-MM-DD hh:mm", "to": "exclusive"}
        columns = {"quantity": "qty", "from": "a", "to": "a"}
        found = run(tmp_path, [(4, "2024-01-31 24:00")], read, columns)
        assert months(found) == {"2024-01": "4"}


class TestTwoColumns:
    """The day in one column, its times in others; rows of 1, 2 and 4 kWh."""

    HEAD = ("qty", "day", "start", "end")
    ROWS = ((1, "31.01.2024", "23:30", "23:45"), (2, "31.01.2024", "23:45", "00:00"),
            (4, "01.02.2024", "00:00", "00:15"))  # fmt: skip
    ENDS: ClassVar = {"quantity": "qty", "from": ["day", "start"], "to": ["day", "end"]}
    ONE: ClassVar = {"quantity": "qty", "from": ["day", "end"], "to": ["day", "end"]}
    READ: ClassVar = {"date": "DD.MM.YYYY hh:mm"}

    def run(self, folder: Path, read: dict[str, Any], columns: Any = None, rows: Any = None) -> Any:
        return run(
            folder, rows or self.ROWS, {**self.READ, **read}, columns or self.ENDS, self.HEAD
        )

    @pytest.mark.parametrize("columns", [ENDS, ONE])
    def test_midnight_is_asked_about(self, tmp_path: Path, columns: Any) -> None:
        outcome = self.run(tmp_path, {}, columns)
        assert outcome.value.rows_rejected == 1
        assert "{midnight: ends}" in hint(outcome)
        assert "{midnight: begins}" in hint(outcome)
        ends = self.run(tmp_path, {"midnight": "ends"}, columns)
        assert months(ends) == {"2024-01": "3", "2024-02": "4"}
        # the interval that ends with 31 January is of the row of 1 February: all of it is January's
        rows = [(1, "31.01.2024", "23:30", "23:45"), (2, "01.02.2024", "23:45", "00:00")]
        begins = self.run(tmp_path, {"midnight": "begins"}, columns, rows)
        assert months(begins) == {"2024-01": "3"}
        ends = self.run(tmp_path, {"midnight": "ends"}, columns, rows)
        assert months(ends) == {"2024-01": "1", "2024-02": "2"}

    def test_24_00_ends_the_day_of_its_row(self, tmp_path: Path) -> None:
        rows = [(2, "31.01.2024", "23:45", "24:00"), (3, "31.01.2024", "00:00", "24:00")]
        for columns in (self.ENDS, self.ONE):
            assert months(self.run(tmp_path, {}, columns, rows)) == {"2024-01": "5"}

    def test_an_end_before_its_start_is_refused(self, tmp_path: Path) -> None:
        rows = [(2, "31.01.2024", "23:45", "00:30")]
        outcome = self.run(tmp_path, {"midnight": "ends"}, rows=rows)
        assert "`31.01.2024 00:30` is before `31.01.2024 23:45`" in outcome.diagnostics[0].message

    def test_days_of_their_own(self, tmp_path: Path) -> None:
        # both ends have a day: midnight is that of any bill
        rows = [(31, "01.01.2024", "00:00", "01.02.2024", "00:00")]
        head, read = ("qty", "a", "b", "c", "d"), self.READ
        columns = {"quantity": "qty", "from": ["a", "b"], "to": ["c", "d"]}
        assert "{to: exclusive}" in hint(run(tmp_path, rows, read, columns, head))
        outcome = run(tmp_path, rows, {**read, "to": "exclusive"}, columns, head)
        assert months(outcome) == {"2024-01": "31"}
        assert {each.span.days for each in outcome.value.sums} == {31}

    @pytest.mark.parametrize("row", [("", "23:45", "24:00"), ("31.01.2024", "23:45", "")])
    def test_half_a_moment_is_empty(self, tmp_path: Path, row: Cells) -> None:
        outcome = self.run(tmp_path, {}, rows=[(2, *row)])
        assert {each.code for each in outcome.diagnostics} == {"empty-cell"}

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        columns = {"quantity": "qty", "from": ["day", "start"], "to": ["day", "stop"]}
        found = self.run(tmp_path, {}, columns).diagnostics
        assert [each.code for each in found] == ["unknown-column"]
        assert "`stop`" in found[0].message

    def test_typed_cells(self, tmp_path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(self.HEAD)
        day = datetime(2024, 1, 31)  # noqa: DTZ001 (a spreadsheet has no zone)
        sheet.append([1, day, time(23, 30), time(23, 45)])
        sheet.append([2, day.date(), time(23, 45), time(0, 0)])
        sheet.append([3, day, "23:45", "24:00"])
        book.save(tmp_path / "t.xlsx")
        read = {**self.READ, "midnight": "ends"}
        assert months(collapsed(tmp_path, table(read, self.ENDS))) == {"2024-01": "6"}
        (tmp_path / "t.xlsx").unlink()
        frame = pl.DataFrame(
            {"qty": [2], "day": [day.date()], "start": ["23:45"], "end": ["00:00"]}
        )
        frame.write_parquet(tmp_path / "t.parquet")
        assert months(collapsed(tmp_path, table(read, self.ENDS))) == {"2024-01": "2"}

    @pytest.mark.parametrize(
        ("read", "columns", "part"),
        [
            ({"date": "DD.MM.YYYY"}, ENDS, "has no time"),
            ({"midnight": "ends"}, BY_DAYS, "have one day"),
            ({"midnight": "ends", "date": "YYYY-MM-DD hh:mm"}, BY_DAYS, "have one day"),
            ({"midnight": "ends", "to": "exclusive", **READ}, ONE, "a row has one day"),
            ({"to": "exclusive", **READ}, ENDS, "a row has one day"),
            (READ, {**ENDS, "from": ["day"]}, "does not name two headings"),
            (READ, {**ENDS, "from": ["day", " "]}, "does not name two headings"),
            (READ, {"reading": "qty", "day": "day", "from": ["day", "end"]}, "is one column"),
        ],
    )
    def test_what_cannot_act(self, read: dict[str, Any], columns: Any, part: str) -> None:
        with pytest.raises(ValidationError, match=part):
            table(read, columns)


def test_dates_of_bills_before_their_readings_lead_to_previous_to(tmp_path: Path) -> None:
    """As a portal lists them: the day of the bill, then that of the reading before it."""
    rows = [(10, "2024-02-03", "2024-01-31"), (20, "2024-03-04", "2024-02-29")]
    outcome = run(tmp_path, rows, {}, BY_DAYS)
    assert "`read: {from: previous_to}`" in (outcome.diagnostics[0].hint or "")
    typed = {"from": "previous_to", "starts": "2024-01-01"}
    with pytest.raises(ValidationError, match="gives the first day"):
        run(tmp_path, rows, typed, BY_DAYS)
    outcome = run(tmp_path, rows, typed, {"quantity": "qty", "to": "b"})
    assert not outcome.diagnostics
    assert sum(entry.quantity for entry in outcome.value.sums) == 30
    # one row alone is turned: its days are wrong, not the form
    mixed = [*rows, (30, "2024-03-01", "2024-03-31")]
    outcome = run(tmp_path, mixed, {}, BY_DAYS)
    assert not [each for each in outcome.diagnostics if "previous_to" in (each.hint or "")]
