"""Labels that stand once for several rows: `read: {fill_down: …}`, or a refusal that names it."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl
import pytest
from pydantic import ValidationError

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["Month", "Site", "kWh"]
COLUMNS = {"period": "Month", "facility": "Site", "quantity": "kWh"}
MONTH = {"fill_down": ["Month"]}
# January: 1 + 2 + 3; February: 4
ROWS: list[list[Any]] = [["2024-01", "ks", 1], [None, "ks", 2], [None, "bn", 3],
                         ["2024-02", "ks", 4]]  # fmt: skip


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def table(read: dict[str, Any], **rules: Any) -> Table:
    return Table.model_validate(
        {"files": "t.*", "read": read, "columns": COLUMNS,
         "constants": {"item": "el", "unit": "kWh"},
         "items": {"el": {"category": "purchased_electricity"}}, **rules}
    )  # fmt: skip


def run(folder: Path, read: dict[str, Any], **rules: Any) -> Outcome[TableSums]:
    return collapse(
        "t", table(read, **rules), folder, cuts=(), facilities={"ks", "bn"}, year=ReportingYear(),
        locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def book(folder: Path, rows: list[list[Any]], *merged: str) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in [HEAD, *rows]:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    made.save(folder / "t.xlsx")


def text(folder: Path, *lines: str) -> None:
    (folder / "t.csv").write_text("\n".join((",".join(HEAD), *lines)) + "\n", "utf-8")


def sums(outcome: Outcome[TableSums]) -> dict[str, int]:
    assert not [each for each in outcome.diagnostics if each.severity.value == "error"]
    found: dict[str, int] = {}
    for each in outcome.value.sums:
        key = f"{each.span.first:%m} {each.facility}"
        found[key] = found.get(key, 0) + int(each.quantity)
    return found


def refused(outcome: Outcome[TableSums]) -> list[tuple[str, int]]:
    """Codes and lines of the errors."""
    return [
        (each.code, each.location.line if each.location else 0)
        for each in outcome.diagnostics
        if each.severity.value == "error"
    ]


class TestSheets:
    def test_the_hint_names_the_option_that_reads_them(self, tmp_path: Path) -> None:
        book(tmp_path, ROWS, "A2:A4")
        found = run(tmp_path, {}).diagnostics
        assert [each.code for each in found] == ["workbook-layout"]
        assert "`read: {fill_down: [Month]}`" in (found[0].hint or "")
        assert sums(run(tmp_path, MONTH)) == {"01 ks": 3, "01 bn": 3, "02 ks": 4}

    def test_two_columns_of_labels(self, tmp_path: Path) -> None:
        rows = [["2024-01", "ks", 1], [None, None, 2], [None, "bn", 3], ["2024-02", "ks", 4]]
        book(tmp_path, rows, "A2:A4", "B2:B3")
        hint = run(tmp_path, {}).diagnostics[0].hint or ""
        assert "`read: {fill_down: [Month, Site]}`" in hint
        read = {"fill_down": ["Month", "Site"]}
        assert sums(run(tmp_path, read)) == {"01 ks": 3, "01 bn": 3, "02 ks": 4}
        # the month alone leaves the other merged cells refused, and the hint keeps what is stated
        hint = run(tmp_path, MONTH).diagnostics[0].hint or ""
        assert "`read: {fill_down: [Month, Site]}`" in hint

    def test_merged_quantities_are_never_filled(self, tmp_path: Path) -> None:
        book(tmp_path, ROWS, "C2:C3")
        found = run(tmp_path, MONTH).diagnostics
        assert [each.code for each in found] == ["workbook-layout"]
        assert "fill_down" not in (found[0].hint or "")

    def test_a_merged_label_ends_with_its_cells(self, tmp_path: Path) -> None:
        book(tmp_path, ROWS, "A2:A3")  # row 4 has no month, and no merged cell gives it one
        assert refused(run(tmp_path, MONTH)) == [("empty-cell", 4)]
        book(tmp_path, [*ROWS[:2], [None, "bn", 3], [None, "ks", 4]], "A2:A3", "A4:A5")
        outcome = run(tmp_path, MONTH)  # merged cells without a label
        assert refused(outcome) == [("empty-cell", 4)]
        assert outcome.value.rows_rejected == 2

    def test_labels_over_an_empty_row(self, tmp_path: Path) -> None:
        rows = [["2024-01", "ks", 1], [None, None, None], [None, "bn", 3]]
        book(tmp_path, rows, "A2:A4")
        assert sums(run(tmp_path, MONTH)) == {"01 ks": 1, "01 bn": 3}
        book(tmp_path, rows)
        assert refused(run(tmp_path, MONTH)) == [("empty-cell", 4)]

    def test_a_hidden_row_holds_the_label(self, tmp_path: Path) -> None:
        book(tmp_path, ROWS, "A2:A4")
        made = openpyxl.load_workbook(tmp_path / "t.xlsx")
        made.active.row_dimensions[2].hidden = True
        made.save(tmp_path / "t.xlsx")
        read = {**MONTH, "hidden_rows": "skip"}
        assert sums(run(tmp_path, read)) == {"01 ks": 2, "01 bn": 3, "02 ks": 4}

    def test_a_filter_sees_the_label(self, tmp_path: Path) -> None:
        book(tmp_path, ROWS, "A2:A4")
        outcome = run(tmp_path, MONTH, filter={"Month": {"equals": "2024-01"}})
        assert sums(outcome) == {"01 ks": 3, "01 bn": 3}
        assert outcome.value.rows_filtered == 1


class TestTexts:
    def test_a_label_holds_until_the_next_one(self, tmp_path: Path) -> None:
        text(tmp_path, "2024-01,ks,1", ",ks,2", ",bn,3", "2024-02,ks,4")
        assert refused(run(tmp_path, {})) == [("empty-cell", 3)]
        assert sums(run(tmp_path, MONTH)) == {"01 ks": 3, "01 bn": 3, "02 ks": 4}

    def test_what_ends_it(self, tmp_path: Path) -> None:
        text(tmp_path, "2024-01,ks,1", "", ",ks,2")  # an empty line
        assert refused(run(tmp_path, MONTH)) == [("empty-cell", 4)]
        text(tmp_path, "2024-01,ks,1", "2024-02,ks", ",ks,2")  # a row that cannot be read
        assert sorted(refused(run(tmp_path, MONTH))) == [("empty-cell", 4), ("ragged-row", 3)]
        text(tmp_path, ",ks,2", "2024-02,ks,4")  # nothing above
        assert refused(run(tmp_path, MONTH)) == [("empty-cell", 2)]

    def test_a_new_outer_label_ends_the_inner_one(self, tmp_path: Path) -> None:
        text(tmp_path, "2024-01,ks,1", ",,2", "2024-02,,4")
        read = {"fill_down": ["Month", "Site"]}
        assert refused(run(tmp_path, read)) == [("empty-cell", 4)]
        assert sums(run(tmp_path, {"fill_down": ["Site", "Month"]})) == {"01 ks": 3, "02 ks": 4}

    def test_a_cell_of_two_lines_is_no_empty_line(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text('Month,Site,kWh,Note\n2024-01,ks,1,"a\nb"\n,ks,2,c\n')
        assert sums(run(tmp_path, MONTH)) == {"01 ks": 3}


def test_what_cannot_act(tmp_path: Path) -> None:
    for heading, part in (("kWh", "holds quantities"), ("Year", "does not read")):
        with pytest.raises(ValidationError, match=part):
            table({"fill_down": [heading]})
    with pytest.raises(ValidationError, match="holds quantities"):
        table(MONTH, columns={"facility": "Site"}, unpivot={"Month": {"period": "2024-01"}})
    frame = pl.DataFrame({"Month": ["2024-01"], "Site": ["ks"], "kWh": [1]})
    frame.write_parquet(tmp_path / "t.parquet")
    assert [code for code, _ in refused(run(tmp_path, MONTH))] == ["conflicting-keys"]
