"""Cells as real files write them: group signs, words, minuses, percentages, blanks, decimals."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.polars_engine.hourly import read_series
from ghgcalc.activity_data.tables.polars_engine.quick import Quick, quick_groups
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.company.cell_words import not_a_word
from ghgcalc.company.hourly import Series
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome, Severity
from ghgcalc.core.period import ReportingYear, Span
from support.command import ROOT
from support.command import run as run_command

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {"quantity": "qty", "unit": "unit", "period": "month"}
CONSTANTS = {"facility": "ks", "item": "el"}


def collapsed(folder: Path, name: str, read: dict[str, Any], **rules: Any) -> Outcome[TableSums]:
    table = Table.model_validate({
        "files": name, "columns": COLUMNS, "constants": CONSTANTS, "read": read,
        "items": {"el": {"category": "purchased_electricity"}}, **rules,
    })  # fmt: skip
    return collapse(
        "t", table, folder, cuts=(), facilities={"ks"}, year=ReportingYear(),
        locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def run(
    folder: Path, cells: list[str], read: dict[str, Any], unit: str = "kWh", **rules: Any
) -> Outcome[TableSums]:
    """The cells as quantities, one in each month, in a file between tabs."""
    lines = [f"{cell}\t{unit}\t2024-{month:02}" for month, cell in enumerate(cells, 1)]
    text = "\n".join(["qty\tunit\tmonth", *lines, ""])
    (folder / "t.tsv").write_text(text, encoding="utf-8")
    return collapsed(folder, "t.tsv", read, **rules)


def values(outcome: Outcome[TableSums]) -> list[Fraction]:
    assert not outcome.diagnostics, outcome.diagnostics
    return [entry.quantity for entry in outcome.value.sums]


def codes(outcome: Outcome[TableSums]) -> list[str]:
    return [item.code for item in outcome.diagnostics]


BLANK = {"decimal": ",", "thousands": " "}
EXPONENT = {"exponents": "true"}


class TestNumbers:
    @pytest.mark.parametrize(("read", "cell", "value"), [
        ({"thousands": ","}, "1,234,567.5", "1234567.5"),
        ({"thousands": ","}, "12,345", "12345"),
        ({"thousands": ","}, "1234.5", "1234.5"),
        ({"thousands": ".", "decimal": ","}, "1.234,56", "1234.56"),
        ({"thousands": ".", "decimal": ","}, "1.234", "1234"),
        ({"thousands": ".", "decimal": ","}, "2.288,94570", "2288.9457"),
        ({"thousands": "'"}, "1'234.5", "1234.5"),
        ({"thousands": "'"}, "1\u2019234\u2019567", "1234567"),
        (BLANK, "1 234,5", "1234.5"), (BLANK, "1\u00a0234,5", "1234.5"),
        (BLANK, "1\u202f234,5", "1234.5"), (BLANK, "1\u2009234", "1234"),
        ({"thousands": "\u00a0"}, "1\u00a0234", "1234"),
        ({"thousands": "\u202f"}, "1\u202f234", "1234"),
        ({"thousands": ",", "grouping": "indian"}, "12,34,567.25", "1234567.25"),
        ({"thousands": ",", "grouping": "indian"}, "1,234", "1234"),
        ({"thousands": ",", "grouping": "indian"}, "1,00,00,000", "10000000"),
        ({"signs": ["£"]}, "£1234", "1234"), ({"signs": ["£"]}, "£ .5", "0.5"),
        ({"signs": ["kWh"]}, "1234 kWh", "1234"), ({"signs": ["kWh"]}, "1234.5kWh", "1234.5"),
        ({"signs": ["kWh"], "thousands": ","}, "1,234 kWh", "1234"),
        ({"signs": ["Rs.", "Rs"]}, "Rs.500", "500"),
        ({"signs": ["approx", "kWh"]}, "approx 5 kWh", "5"),
        ({}, ".6", "0.6"), ({}, "+.25", "0.25"), ({"decimal": ","}, ",6", "0.6"),
        ({"percent": "true"}, "12.5 %", "0.125"), ({"percent": "true"}, "12.5", "12.5"),
        ({}, "5.8742854688", "5.8742854688"), ({}, "0.000000000000001", "1/1000000000000000"),
        ({"percent": "true"}, "1.2345678%", "0.012345678"),
        (EXPONENT, "1e-05", "0.00001"), (EXPONENT, "1.2E+03", "1200"), (EXPONENT, "12E3", "12000"),
        ({**EXPONENT, "decimal": ","}, "1,25e2", "125"),
        (EXPONENT, "1e-15", "1/1000000000000000"),
        ({**EXPONENT, "percent": "true", "signs": ["kWh"]}, "5e1 %", "1/2"),
        ({**EXPONENT, "signs": ["kWh"]}, "2.5e-1 kWh", "1/4"),
        (BLANK, "1\u3000234,5", "1234.5"), ({"signs": ["kWh"]}, "5\u3000kWh", "5"),
    ])  # fmt: skip
    def test_read(self, tmp_path: Path, read: dict[str, Any], cell: str, value: str) -> None:
        unit = "GBP" if "£" in cell else "kWh"
        assert values(run(tmp_path, [cell, "1"], read, unit)) == [Fraction(value), 1]

    @pytest.mark.parametrize(("read", "cell"), [
        ({"thousands": ","}, "1,23"), ({"thousands": ","}, "12,34,567"),
        ({"thousands": ","}, "1,2345"), ({"thousands": ","}, "0,123"), ({"thousands": ","}, ",123"),
        ({"thousands": ","}, "1,234.567,8"), ({"thousands": ","}, "1234,567"),
        ({"thousands": ","}, "1,2_34"), ({"thousands": ","}, "1 234"),
        ({"thousands": ",", "grouping": "indian"}, "1,234,567"),
        ({"thousands": ".", "decimal": ","}, "12.5"), ({"thousands": "\u00a0"}, "1 234"),
        ({"signs": ["£"]}, "€5"), ({"signs": ["£"]}, "£"), ({"signs": ["kWh"]}, "5 kWh kWh"),
        ({"signs": ["Rs"]}, "Rs.500"), ({"signs": ["Rs"]}, "Rs .500"), ({"signs": ["m3"]}, "m35"),
        ({}, "."), ({}, "5."), ({}, ",6"), ({}, "12%"), ({"percent": "true"}, "12%%"),
        ({}, "5-"), ({}, "(5)"), ({}, "\u22125"), ({"negative": "parentheses"}, "(-5)"),
        (EXPONENT, "1e999"), (EXPONENT, "e5"), (EXPONENT, "1e"), (EXPONENT, "1e5.5"),
        (EXPONENT, "1,5e1"),
        ({}, "1e5"), (BLANK, "12\u30005"), ({}, "12\u3000500"), ({}, "\uff11\uff12"),
        ({"negative": "parentheses"}, "(5"), ({"negative": "trailing_minus"}, "-5-"),
    ])  # fmt: skip
    def test_refused(self, tmp_path: Path, read: dict[str, Any], cell: str) -> None:
        assert codes(run(tmp_path, [cell], read)) == ["not-a-number"]

    @pytest.mark.parametrize(("negative", "cell"), [
        ("trailing_minus", "5-"), ("trailing_minus", "5 -"), ("parentheses", "(5)"),
        ("parentheses", "( 5 )"), ("minus_sign", "\u22125"), ("parentheses", "(£5)"),
        ("parentheses", "£(5)"), ("trailing_minus", "£5-"), ("minus_sign", "-£5"),
    ])  # fmt: skip
    def test_negative(self, tmp_path: Path, negative: str, cell: str) -> None:
        read = {"negative": negative, "signs": ["£"]}
        outcome = run(tmp_path, [cell], read, "GBP")
        assert codes(outcome) == ["negative-quantity"]
        # 8 in the month less the 5 of the correction
        lines = f"qty\tunit\tmonth\tkind\n8\tGBP\t2024-01\t\n{cell}\tGBP\t2024-01\tr\n"
        (tmp_path / "t.tsv").write_text(lines, encoding="utf-8")
        marked = collapsed(tmp_path, "t.tsv", read, corrections={"column": "kind", "equals": "r"})
        assert values(marked) == [3]

    def test_packed_and_binary_files(self, tmp_path: Path) -> None:
        import openpyxl
        import polars as pl

        read = {"thousands": ",", "signs": ["kWh"], "empty": ["NA"], "empty_quantities": "skip"}
        rows = [("1,234.5 kWh", "kWh", "2024-01"), ("NA", "kWh", "2024-02")]
        with gzip.open(tmp_path / "t.tsv.gz", "wt", encoding="utf-8") as packed:
            packed.write("\n".join("\t".join(row) for row in [("qty", "unit", "month"), *rows]))
        pl.DataFrame(rows, schema=["qty", "unit", "month"], orient="row").write_parquet(
            tmp_path / "t.parquet"
        )
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in [("qty", "unit", "month"), *rows, (2.5, "kWh", "2024-03")]:
            book.active.append(row)
        book.save(tmp_path / "t.xlsx")
        for name, more in (("t.tsv.gz", []), ("t.parquet", []), ("t.xlsx", [Fraction("2.5")])):
            outcome = collapsed(tmp_path, name, read)
            assert values(outcome) == [Fraction("1234.5"), *more]
            assert outcome.value.rows_filtered == 1

    def test_small_binary_fractions_of_parquet(self, tmp_path: Path) -> None:
        import polars as pl

        frame = pl.DataFrame({"qty": [5.6e-14, 4.898772e-05], "unit": "kWh",
                              "month": ["2024-01", "2024-02"]})  # fmt: skip
        frame.write_parquet(tmp_path / "t.parquet")
        outcome = collapsed(tmp_path, "t.parquet", {})
        assert values(outcome) == [Fraction("0.000000000000056"), Fraction("0.00004898772")]

    def test_filters_read_numbers_alike(self, tmp_path: Path) -> None:
        text = "qty\tunit\tmonth\tsize\n1\tkWh\t2024-01\t1,200 m2\n2\tkWh\t2024-02\t(900)\n"
        (tmp_path / "t.tsv").write_text(text + "4\tkWh\t2024-03\t999.99999999999\n")
        read = {"thousands": ",", "signs": ["m2"], "negative": "parentheses"}
        for least, wanted in (("-900", [1, 2, 4]), ("0", [1, 4]), ("999.99999999999", [1, 4]),
                              ("999.999999999991", [1])):  # fmt: skip
            kept = {"size": {"at_least": least}}
            assert values(collapsed(tmp_path, "t.tsv", read, filter=kept)) == wanted


class TestWords:
    @pytest.mark.parametrize(("signs", "cell", "unit"), [
        (["kWh", "MWh"], "5 MWh", "kWh"), (["£", "€"], "€5", "GBP"), (["MWh"], "MWh 5", "kWh"),
        (["$", "kWh"], "$5 kWh", "USD"),
    ])  # fmt: skip
    def test_another_unit_than_the_row(
        self, tmp_path: Path, signs: list[str], cell: str, unit: str
    ) -> None:
        outcome = run(tmp_path, [cell, "1"], {"signs": signs}, unit)
        assert codes(outcome) == ["unit-mismatch"]
        assert f"its row, `{unit}`" in outcome.diagnostics[0].message
        assert outcome.value.rows_rejected == 1

    @pytest.mark.parametrize(("sign", "unit"), [
        ("kWh", "kWh gross"), ("m3", "Nm3"), ("£", "GBP"), ("$", "CAD"), ("net", "kWh"),
    ])  # fmt: skip
    def test_the_unit_of_the_row(self, tmp_path: Path, sign: str, unit: str) -> None:
        assert values(run(tmp_path, [f"5 {sign}"], {"signs": sign}, unit)) == [5]

    def test_a_constant_unit(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text("qty,month\n5 MWh,2024-01\n")
        columns = {"quantity": "qty", "period": "month"}
        for unit, found in (("kWh", ["unit-mismatch"]), ("MWh", [])):
            outcome = collapsed(tmp_path, "t.csv", {"signs": "MWh"}, columns=columns,
                                constants={**CONSTANTS, "unit": unit})  # fmt: skip
            assert codes(outcome) == found


class TestBlanks:
    WIDE = "month\tel\tgas\n2024-01\t5\tNot Available\n2024-02\tNA\t7\n2024-03\t5O\t-\n"
    RULES: ClassVar[dict[str, Any]] = {
        "columns": {"period": "month"}, "constants": {"facility": "ks"},
        "unpivot": {"el": {"item": "el", "unit": "kWh"}, "gas": {"item": "el", "unit": "MWh"}},
    }  # fmt: skip

    def wide(self, folder: Path, read: dict[str, Any], **rules: Any) -> Outcome[TableSums]:
        (folder / "t.tsv").write_text(self.WIDE)
        return collapsed(folder, "t.tsv", read, **{**self.RULES, **rules})

    def test_an_empty_cell_is_refused_and_never_zero(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, ["5", "NA"], {"empty": "NA"})
        assert codes(outcome) == ["empty-cell"]
        assert [entry.quantity for entry in outcome.value.sums] == [5]

    def test_skipped_in_wide_tables_and_a_slip_stays_one(self, tmp_path: Path) -> None:
        read = {"empty": ["Not Available", "NA", "-"], "empty_quantities": "skip"}
        outcome = self.wide(tmp_path, read)
        assert codes(outcome) == ["not-a-number"]
        assert "`5O`" in outcome.diagnostics[0].message
        assert "signs" not in (outcome.diagnostics[0].hint or "")
        counts = outcome.value
        assert (counts.rows_read, counts.rows_filtered, counts.rows_rejected) == (6, 3, 1)

    def test_by_column(self, tmp_path: Path) -> None:
        read = {"empty": {"gas": ["Not Available", "-"]}, "empty_quantities": "skip"}
        assert codes(self.wide(tmp_path, read)) == ["not-a-number"] * 2  # NA and 5O below `el`

    def test_a_column_that_is_not_read(self, tmp_path: Path) -> None:
        outcome = self.wide(tmp_path, {"empty": {"steam": ["NA"]}})
        assert "unknown-column" in codes(outcome)

    @pytest.mark.parametrize("rules", [
        {"filter": {"unit": {"not_equals": "NA"}}}, {"filter": {"unit": {"equals": ["x", "NA"]}}},
        {"names": {"unit": {"NA": "kWh"}}}, {"corrections": {"column": "unit", "equals": "NA"}},
    ])  # fmt: skip
    def test_what_is_empty_cannot_be_asked_for(self, tmp_path: Path, rules: Any) -> None:
        assert "conflicting-keys" in codes(run(tmp_path, ["1"], {"empty": "NA"}, **rules))

    def test_an_emptied_cell_in_filters(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, ["5", "7"], {"empty": {"month": "2024-02"}},
                      filter={"month": {"not_equals": ""}})  # fmt: skip
        assert values(outcome) == [5]


class TestDecimals:
    def test_a_bill_over_a_month_end_keeps_every_digit(self, tmp_path: Path) -> None:
        # 4 of 10 days: 0.4 * 1.234567890123 = 0.4938271560492, to nine decimals 0.493827156;
        # the rest of the bill is 0.740740734123
        text = "qty\tunit\tfrom\tto\n1.234567890123\tt\t2024-01-28\t2024-02-06\n"
        (tmp_path / "t.tsv").write_text(text)
        columns = {"quantity": "qty", "unit": "unit", "from": "from", "to": "to"}
        outcome = collapsed(tmp_path, "t.tsv", {}, columns=columns)
        assert values(outcome) == [Fraction("0.493827156"), Fraction("0.740740734123")]
        assert outcome.value.read_by_unit == {"t": Decimal("1.234567890123")}

    def test_a_table_is_counted_in_the_decimals_of_its_cells(self, tmp_path: Path) -> None:
        assert run(tmp_path, ["1.123456789", "1"], {}).value.decimals == 9
        assert run(tmp_path, ["1.1234567890", "1"], {}).value.decimals == 9
        assert run(tmp_path, ["1.1234567891", "1"], {}).value.decimals == 15

    def test_rounding_where_one_row_counts(self, tmp_path: Path) -> None:
        """The engine takes a column of one value for a constant."""
        assert values(run(tmp_path, ["5.25"], {"decimals": 2})) == [Fraction("5.25")]
        outcome = run(tmp_path, ["0.30000000000000004", "abc"], {"decimals": 2})
        assert codes(outcome) == ["not-a-number"]
        assert [entry.quantity for entry in outcome.value.sums] == [Fraction("0.3")]

    def test_beyond_fifteen(self, tmp_path: Path) -> None:
        (finding,) = run(tmp_path, ["0.30000000000000004", "1"], {}).diagnostics
        assert finding.code == "number-out-of-range"
        assert "17 decimals" in finding.message
        assert "`decimals: 15` under `read:`" in (finding.hint or "")

    def test_rounded_where_stated_and_told(self, tmp_path: Path) -> None:
        # 0.30000000000000004 loses 4e-17; 31.7999999999999976 gains 3e-16 (…9980 - …99760);
        # 0.1234567890123 has thirteen decimals and stays
        cells = ["0.30000000000000004", "31.7999999999999977", "0.1234567890123"]
        outcome = run(tmp_path, cells, {"decimals": "15"})
        wanted = ["0.3", "31.799999999999998", "0.1234567890123"]
        assert values(outcome) == [Fraction(text) for text in wanted]
        # -4e-17 + 3e-16 = 2.6e-16
        assert outcome.value.rounded == (
            "table `t`: 2 cells with more than 15 decimals rounded to 15 by `decimals`, which moves"
            " the sum by +0.00000000000000026 kWh"
        )

    def test_fewer_decimals_by_unit(self, tmp_path: Path) -> None:
        # half a thousandth goes away from zero: 0.0005 - 1e-16 is down, 0.0005 is up
        cells = ["1.0004999999999999", "2.0005000000000000001", "-3.0015000000000001"]
        outcome = run(tmp_path, [*cells[:2], "4.123"], {"decimals": "3"})
        assert values(outcome) == [1, Fraction("2.001"), Fraction("4.123")]
        assert outcome.value.decimals == 9
        assert "2 cells" in outcome.value.rounded
        # -0.0004999999999999 + 0.0004999999999999999 = 9.99e-17
        assert "+0.0000000000000000999 kWh" in outcome.value.rounded

    def test_nothing_is_said_where_nothing_was_rounded(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, ["1.5", "0.123456789012345"], {"decimals": "9"})
        assert values(outcome) == [Fraction("1.5"), Fraction("0.123456789012345")]
        assert outcome.value.rounded == ""

    def test_series_of_hours(self, tmp_path: Path) -> None:
        # 24 hours of 0.25 kWh but one of 1.0000000001 and one that is rounded, 2.00…04 (16 places)
        cells = ["0.25 kWh"] * 22 + ["1.0000000001", "2.0000000000000004"]
        lines = [f"2024-01-01 {hour:02}:00\t{cell}" for hour, cell in enumerate(cells)]
        (tmp_path / "t.tsv").write_text("\n".join(["time\tqty", *lines, ""]))
        series = Series.model_validate({
            "files": "t.tsv", "columns": {"time": "time", "quantity": "qty"}, "unit": "kWh",
            "read": {"signs": "kWh", "decimals": "12"},
        })  # fmt: skip
        day = Span(date(2024, 1, 1), date(2024, 1, 1))
        outcome = read_series(
            ("hourly", "a", "consumption", "m"), series, "UTC", day, tmp_path, facilities={},
            locate=lambda _: Location("company.yaml", 1, 1),
        )  # fmt: skip
        assert not outcome.diagnostics
        total = Fraction(sum(outcome.value.hours.values()), 10**outcome.value.decimals)
        assert total == Fraction("8.5000000001")
        assert "series `a/consumption/m`: 1 cell with more" in outcome.value.rounded
        assert outcome.value.rounded.endswith("by -0.0000000000000004 kWh")


class TestQuick:
    """Large plain files take a shorter way, which reads the same options."""

    @pytest.mark.parametrize(("read", "cell"), [
        ({"thousands": ".", "decimal": ","}, "1.234,5"), ({"signs": ["kWh"]}, "1234.5 kWh"),
        ({"thousands": "'"}, "1'234.5"), ({"decimal": ","}, "1234,5"),
    ])  # fmt: skip
    def test_the_same_sums(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: dict[str, Any], cell: str
    ) -> None:
        careful = values(run(tmp_path, [cell, "1", ".5" if read.get("decimal") != "," else ",5"],
                             read))  # fmt: skip
        found = []

        def quick(*given: Any) -> Quick | None:
            found.append(quick_groups(*given))
            return found[-1]

        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.quick.SMALLEST", 0)
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.engine.quick_groups", quick)
        assert values(collapsed(tmp_path, "t.tsv", read)) == careful
        # words are judged by the unit of each row, which the shorter way does not look at
        assert (found[0] is None) == ("signs" in read)
        assert careful == [Fraction("1234.5"), 1, Fraction("0.5")]

    def test_a_word_of_another_unit_is_not_passed_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.quick.SMALLEST", 0)
        (tmp_path / "t.csv").write_text("qty,month\n5 MWh,2024-01\n1 kWh,2024-02\n")
        outcome = collapsed(
            tmp_path, "t.csv", {"signs": ["kWh", "MWh"]},
            columns={"quantity": "qty", "period": "month"}, constants={**CONSTANTS, "unit": "kWh"},
        )  # fmt: skip
        assert codes(outcome) == ["unit-mismatch"]


class TestLedger:
    def test_rows_keep_every_digit_of_their_table(self, tmp_path: Path) -> None:
        """One table with twelve decimals, one with one: each is written in its own decimals."""
        text = (ROOT / "examples/real-files/computed-cells/company.yaml").read_text("utf-8")
        for name in ("own.yaml", "frame.csv", "releves.csv"):
            data = (ROOT / "examples/real-files/computed-cells" / name).read_bytes()
            (tmp_path / name).write_bytes(data)
        (tmp_path / "company.yaml").write_text(text, encoding="utf-8")
        done = run_command("lines", tmp_path / "company.yaml", "-o", tmp_path / "lines.csv")
        assert done.exit_code == 0, done.stderr
        with (tmp_path / "lines.csv").open(encoding="utf-8", newline="") as source:
            found = [row["quantity"] for row in csv.DictReader(source)]
        assert found == [
            "136279.799999999990000", "0.300000000000000", "31.799999999999997",
            "0.000025000000000", "12500.750000000", "1011980.500000000", "850.000000000",
        ]  # fmt: skip


class TestDoubt:
    """Three digits behind every point: `12.500` kWh is 12.5 here and 12,500 in a German file."""

    @pytest.mark.parametrize(("cells", "unit"), [
        (["12.500", "9.750", "11.120"], "kWh"), (["12.500", "9.751"], "EUR"),
        (["12.500", "0", "9.750"], "kWh"), (["12.500", "850", "9.750"], "L"),
        (["3.125", "112.875"], "kg"),
    ])  # fmt: skip
    def test_asked(self, tmp_path: Path, cells: list[str], unit: str) -> None:
        outcome = run(tmp_path, cells, {}, unit)
        (finding,) = outcome.diagnostics
        assert finding.code == "decimal-sign-doubtful"
        assert finding.severity is Severity.WARNING
        for read in ({"decimal": "."}, {"decimal": ",", "thousands": "."}):
            assert not run(tmp_path, cells, read, unit).diagnostics

    @pytest.mark.parametrize(("cells", "unit"), [
        (["12.500", "9.750"], "m3"), (["12.512", "9.752"], "Nm3"), (["12.500", "9.750"], "MWh"),
        (["12.500", "9.750"], "t"), (["12.500"], "kWh"), (["12.500", "0.750"], "kWh"),
        (["12.500", "1234.500"], "kWh"), (["12.500", "9.75"], "kWh"), (["1.234", "850"], "kWh"),
        (["12.345", "7.875"], "gal_US"), (["1500", "1250"], "kWh"),
    ])  # fmt: skip
    def test_not_asked(self, tmp_path: Path, cells: list[str], unit: str) -> None:
        assert not run(tmp_path, cells, {}, unit).diagnostics

    def test_beyond_the_rows_looked_at_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.doubtful._SAMPLE", 2)
        assert codes(run(tmp_path, ["1.000"] * 3, {})) == ["decimal-sign-doubtful"]
        assert not run(tmp_path, ["1.000", "2.000", "3.00"], {}).diagnostics

    def test_numbers_of_a_workbook_are_numbers(self, tmp_path: Path) -> None:
        import openpyxl

        book = openpyxl.Workbook()
        assert book.active is not None
        for row in [
            ("qty", "unit", "month"),
            (12.512, "kWh", "2024-01"),
            (9.751, "kWh", "2024-02"),
        ]:
            book.active.append(row)
        book.save(tmp_path / "t.xlsx")
        assert not collapsed(tmp_path, "t.xlsx", {}).diagnostics


class TestExponents:
    @pytest.mark.parametrize(
        ("cell", "hint"),
        [
            ("1e-05", "state `exponents: true` under `read:`"),
            ("1,5e-05", 'state `decimal: ","` and `exponents: true` under `read:`'),
            ("1.5E+00", "state `exponents: true` under `read:`"),
            # 1.2E+03 may be any number from 1150 to 1250
            ("1.2E+03", "export it with all digits; state `exponents: true` under `read:` where"
             " zeros stand for the others"),
        ],
    )  # fmt: skip
    def test_the_hint(self, tmp_path: Path, cell: str, hint: str) -> None:
        assert run(tmp_path, [cell], {}).diagnostics[0].hint == hint

    def test_digits_are_bounded_as_any(self, tmp_path: Path) -> None:
        long = ["1.2345678901234567e-05", "1e16"]
        outcome = run(tmp_path, long, EXPONENT)
        assert codes(outcome) == ["number-out-of-range"] * 2
        assert "has 21 decimals" in outcome.diagnostics[0].message
        read = {**EXPONENT, "decimals": 15}
        outcome = run(tmp_path, long[:1], read)  # 0.000012345678901|234567
        assert [e.quantity for e in outcome.value.sums] == [Fraction(12345678901, 10**15)]

    def test_ids_stay_texts(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text("qty,unit,month,site\n1e1,kWh,2024-01,12E3\n")
        columns = {**COLUMNS, "facility": "site"}
        rules = {"columns": columns, "constants": {"item": "el"}}
        assert codes(collapsed(tmp_path, "t.csv", EXPONENT, **rules)) == ["unknown-facility"]
        rules["names"] = {"facility": {"12E3": "ks"}}
        outcome = collapsed(tmp_path, "t.csv", EXPONENT, **rules)
        assert [e.quantity for e in outcome.value.sums] == [10]
        rules["filter"] = {"site": {"equals": "12000"}}
        assert collapsed(tmp_path, "t.csv", EXPONENT, **rules).value.rows_filtered == 1


@pytest.mark.parametrize(
    "columns",
    [{"reading": "q", "day": "d", "meter": "m"}, {"quantity": ["+q", "-r"], "period": "d"}],
)
def test_no_hint_of_decimals_where_they_are_refused(tmp_path: Path, columns: Any) -> None:
    day = "2024-01" if "period" in columns else "2024-01-01"
    (tmp_path / "t.csv").write_text(f"q,r,d,m\n7.1234567890123456,1,{day},a\n")
    rules = {"columns": columns, "constants": {**CONSTANTS, "unit": "kWh"}}
    found = [x for x in collapsed(tmp_path, "t.csv", {}, **rules).diagnostics
             if x.code == "number-out-of-range"]  # fmt: skip
    assert [each.hint for each in found] == ["write the number with fewer decimals"]


@pytest.mark.parametrize("sign", ["x100", "e3", "×40", "^3", "*1000", "K", "1"])
def test_no_word_beside_a_number_changes_it(sign: str) -> None:
    """`5 x100` is no 5 with a word beside it."""
    assert not_a_word(sign) is not None


@pytest.mark.parametrize("sign", ["kWh", "m3", "Nm3", "£", "E", "kr", "Rs."])
def test_words_that_may_stand_beside_a_number(sign: str) -> None:
    assert not_a_word(sign) is None
