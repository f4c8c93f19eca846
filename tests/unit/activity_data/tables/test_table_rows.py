"""Rows of tables: repeated ones, accepted bad ones, the calendar of meters, excerpts."""

from __future__ import annotations

import tempfile
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome, Severity
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "no,meter,site,item,qty,unit,from,to\n"
COLUMNS = {"facility": "site", "item": "item", "quantity": "qty", "unit": "unit",
           "from": "from", "to": "to"}  # fmt: skip


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def run(folder: Path, lines: list[str], **rules: Any) -> Outcome[TableSums]:
    (folder / "t.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines))
    opened = rules.pop("opened", {})
    year = rules.pop("year", ReportingYear())
    rules = {
        "files": "t.csv",
        "columns": COLUMNS,
        "items": {"el": {"category": "purchased_electricity"}},
        **rules,
    }
    return collapse(
        "bills", Table.model_validate(rules), folder, cuts=(), facilities={"ks", "bn"},
        year=year, locate=lambda path: Location("company.yaml", len(path), 1), open_days=opened,
    )  # fmt: skip


def codes(outcome: Outcome[TableSums]) -> list[str]:
    return [item.code for item in outcome.diagnostics]


def bill(first: str, last: str, qty: str = "1", no: str = "", meter: str = "M1") -> str:
    return f"{no},{meter},ks,el,{qty},kWh,{first},{last}"


JANUARY = ("2024-01-01", "2024-01-31")


class TestRepeats:
    def test_equal_rows_are_told_and_count(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [bill(*JANUARY)] * 3 + [bill(*JANUARY, qty="2")])
        (note,) = outcome.diagnostics
        assert (note.code, note.severity) == ("equal-rows", Severity.NOTE)
        assert "2 rows repeat" in note.message
        assert note.location is not None
        assert (note.location.line, note.related[0].location.line) == (3, 2)
        assert outcome.value.sums[0].quantity == 5

    def test_rows_that_differ_in_a_column_not_read_are_told(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [bill(*JANUARY, no="1"), bill(*JANUARY, no="2")])
        assert codes(outcome) == ["equal-rows"]
        outcome = run(tmp_path, [bill(*JANUARY, no="1"), bill(*JANUARY, no="2")], unique="no")
        assert not outcome.diagnostics

    @pytest.mark.parametrize("unique", [["no"], ["no", "facility"], ["no", "site"]])
    def test_unique_columns(self, tmp_path: Path, unique: list[str]) -> None:
        lines = [bill(*JANUARY, no=str(number % 30), qty=str(number)) for number in range(55)]
        outcome = run(tmp_path, lines, unique=unique)
        (found,) = outcome.diagnostics
        assert found.code == "duplicate-row"
        assert found.message.endswith("; likewise 24 more rows")
        assert found.notes[-1] == "and 5 more rows"
        assert outcome.diagnostics[0].location == Location("t.csv", 32, 1, len(lines[30]))
        assert outcome.diagnostics[0].related[0].location.line == 2

    def test_a_column_that_is_not_there(self, tmp_path: Path) -> None:
        assert codes(run(tmp_path, [bill(*JANUARY)], unique="number")) == ["unknown-column"]

    def test_large_tables_are_compared_only_where_asked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.repeats.MOST_COMPARED", 2)
        lines = [bill(*JANUARY, no="1")] * 3
        assert not run(tmp_path, lines).diagnostics
        assert codes(run(tmp_path, lines, unique="no")) == ["duplicate-row"]


class TestRepeatsOfWideTables:
    """Rows are compared as they stand in the file: by all their cells, never with themselves."""

    WIDE: ClassVar[dict[str, Any]] = {
        "columns": {"from": "day", "to": "day"},
        "constants": {"facility": "ks", "item": "el"},
        "unpivot": {"low": {"unit": "kWh"}, "high": {"unit": "kWh"}},
    }

    def run(self, folder: Path, *lines: str, **rules: Any) -> Outcome[TableSums]:
        (folder / "w.csv").write_text("".join(f"{line}\n" for line in ("day,low,high", *lines)))
        return run(folder, [], files="w.csv", **{**self.WIDE, **rules})

    def test_one_cell_in_common_is_no_repetition(self, tmp_path: Path) -> None:
        outcome = self.run(tmp_path, "2024-01-01,5,5", "2024-01-02,0,7", "2024-01-02,0,9")
        assert not outcome.diagnostics
        assert sum(entry.quantity for entry in outcome.value.sums) == 26

    def test_all_cells_in_common_are(self, tmp_path: Path) -> None:
        lines = ["2024-01-01,5,6", "2024-01-02,5,6", "2024-01-01,6,5", "2024-01-01,5,6"]
        (note,) = self.run(tmp_path, *lines).diagnostics
        assert (note.code, note.message) == (
            "equal-rows",
            "table `bills`: 1 row repeats another one in every column read; all of them count",
        )
        assert note.location is not None
        assert (note.location.line, note.related[0].location.line) == (5, 2)

    @pytest.mark.parametrize("unique", [["from"], ["from", "unit"], ["from", "low"]])
    def test_unique_rows(self, tmp_path: Path, unique: list[str]) -> None:
        assert not self.run(tmp_path, "2024-01-01,5,5", "2024-01-02,5,5", unique=unique).diagnostics
        outcome = self.run(tmp_path, "2024-01-01,5,5", "2024-01-01,5,6", unique=unique)
        (found,) = outcome.diagnostics
        assert found.code == "duplicate-row"
        assert found.location is not None
        assert (found.location.line, found.related[0].location.line) == (3, 2)

    def test_unique_quantities_are_all_cells_of_a_row(self, tmp_path: Path) -> None:
        lines = ["2024-01-01,5,5", "2024-01-02,5,6", "2024-01-03,5,5"]
        (found,) = self.run(tmp_path, *lines, unique=["quantity"]).diagnostics
        assert found.location is not None
        assert found.location.line == 4

    def test_what_headings_give_tells_no_rows_apart(self, tmp_path: Path) -> None:
        outcome = self.run(tmp_path, "2024-01-01,5,5", unique=["unit"])
        assert codes(outcome) == ["conflicting-keys"]

    def test_rows_without_a_quantity_are_not_compared(self, tmp_path: Path) -> None:
        lines = ["2024-01-01,,", "2024-01-01,,", "2024-01-01,5,5"]
        outcome = self.run(tmp_path, *lines, read={"empty_quantities": "skip"}, unique=["from"])
        assert not outcome.diagnostics


class TestAcceptRejected:
    LINES = (bill(*JANUARY), bill(*JANUARY, qty=""), bill(*JANUARY, qty="x"))

    def run(self, folder: Path, **rule: Any) -> Outcome[TableSums]:
        rule = {"reason": "meter replaced", **rule}
        return run(folder, list(self.LINES), accept_rejected=rule)

    def test_a_rejected_row_is_an_error(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, list(self.LINES))
        assert [item.severity for item in outcome.diagnostics] == [Severity.ERROR] * 2
        assert outcome.value.accepted == ""

    def test_accepted_with_a_reason(self, tmp_path: Path) -> None:
        outcome = self.run(tmp_path)
        assert {item.severity for item in outcome.diagnostics} == {Severity.WARNING}
        assert sorted(codes(outcome)) == ["empty-cell", "not-a-number", "rows-rejected"]
        assert outcome.value.accepted == (
            "table `bills`: 2 of 3 rows are rejected and left out: meter replaced"
        )
        assert outcome.value.rows_rejected == 2

    def test_only_the_codes_named(self, tmp_path: Path) -> None:
        outcome = self.run(tmp_path, codes="empty-cell")
        found = {item.code: item.severity for item in outcome.diagnostics}
        assert found["empty-cell"] is Severity.WARNING
        assert found["not-a-number"] is Severity.ERROR

    @pytest.mark.parametrize(("most", "error"), [(1, True), (2, False)])
    def test_at_most(self, tmp_path: Path, most: int, error: bool) -> None:
        outcome = self.run(tmp_path, at_most=str(most))
        assert (Severity.ERROR in {item.severity for item in outcome.diagnostics}) == error

    def test_a_rule_that_matches_nothing(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, [bill(*JANUARY)], accept_rejected={"reason": "x"})
        assert codes(outcome) == ["accept-unused"]

    def test_repeated_rows_are_not_left_out(self, tmp_path: Path) -> None:
        lines = [bill(*JANUARY, no="1")] * 2
        outcome = run(tmp_path, lines, unique="no", accept_rejected={"reason": "x"})
        assert Severity.ERROR in {item.severity for item in outcome.diagnostics}
        assert outcome.value.sums[0].quantity == 2


class TestCalendar:
    def run(self, folder: Path, *bills: str, **rules: Any) -> list[str]:
        outcome = run(folder, list(bills), columns={**COLUMNS, "meter": "meter"}, **rules)
        assert {item.severity for item in outcome.diagnostics} <= {Severity.WARNING}
        return [item.message for item in outcome.diagnostics]

    def test_a_year_without_gaps(self, tmp_path: Path) -> None:
        assert not self.run(
            tmp_path, bill("2023-12-16", "2024-02-29"), bill("2024-03-01", "2024-12-31"),
            bill("2023-01-01", "2023-12-15"),
        )  # fmt: skip

    def test_days_without_a_bill(self, tmp_path: Path) -> None:
        found = self.run(
            tmp_path, bill("2024-01-03", "2024-02-28"), bill("2024-03-01", "2024-12-30")
        )
        assert found == [
            "meter `M1`: no bill covers 2024-01-01 … 2024-01-02, 2 days",
            "meter `M1`: no bill covers 2024-02-29, 1 day",  # a leap day
            "meter `M1`: no bill covers 2024-12-31, 1 day",
        ]

    def test_each_meter_for_itself(self, tmp_path: Path) -> None:
        year = ("2024-01-01", "2024-12-31")
        assert not self.run(tmp_path, bill(*year), bill(*year, qty="2", meter="M2"))

    def test_overlaps(self, tmp_path: Path) -> None:
        found = self.run(
            tmp_path, bill("2024-01-01", "2024-06-30"), bill("2024-03-01", "2024-03-31"),
            bill("2024-06-30", "2024-12-31"),
        )  # fmt: skip
        assert found == [
            "meter `M1`: 2024-03-01 … 2024-03-31, 31 days, stands in two bills",
            "meter `M1`: 2024-06-30, 1 day, stands in two bills",
        ]

    def test_fiscal_years(self, tmp_path: Path) -> None:
        year = ReportingYear(4, 1, "start")
        assert not self.run(tmp_path, bill("2023-04-01", "2024-03-31"), year=year)
        assert len(self.run(tmp_path, bill("2023-04-01", "2024-03-31"))) == 2

    def test_opening_and_closing(self, tmp_path: Path) -> None:
        opened = {"ks": (date(2024, 2, 1), date(2024, 10, 31))}
        assert not self.run(tmp_path, bill("2024-02-01", "2024-10-31"), opened=opened)

    def test_corrections_have_no_days(self, tmp_path: Path) -> None:
        year = ("2024-01-01", "2024-12-31")
        assert not self.run(
            tmp_path, bill(*year, qty="9"), bill(*year, qty="-1", no="c"),
            corrections={"column": "no", "equals": "c"},
        )  # fmt: skip

    def test_without_a_meter_nothing_is_said(self, tmp_path: Path) -> None:
        assert not run(tmp_path, [bill(*JANUARY), bill(*JANUARY, qty="2")]).diagnostics
