"""Number formats of workbooks that show another number or unit than the stored one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, Severity
from ghgcalc.core.period import ReportingYear
from ghgcalc.core.text.number_formats import Shown, shown_as, shown_cells

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums


def run(
    folder: Path, formats: list[str], unit: str = "kWh", stored: float = 5000, **rules: Any
) -> Outcome[TableSums]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["month", "use", "cost"])
    for row, form in enumerate(formats, 2):
        sheet.append([f"2024-{row - 1:02}", stored, 1])
        sheet.cell(row, 2).number_format = form
        sheet.cell(row, 3).number_format = '0" EUR"'  # of a column that is not read
    book.save(folder / "t.xlsx")
    rules = {
        "files": "t.xlsx",
        "columns": {"period": "month", "quantity": "use"},
        "constants": {"facility": "leeds", "item": "el", "unit": unit},
        "items": {"el": {"category": "purchased_electricity"}},
        **rules,
    }
    return collapse(
        "t", Table.model_validate(rules), folder, cuts=(), facilities={"leeds"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def only(outcome: Outcome[TableSums]) -> Diagnostic:
    (found,) = outcome.diagnostics
    return found


def total(outcome: Outcome[TableSums]) -> Fraction:
    return sum((entry.quantity for entry in outcome.value.sums), Fraction(0))


@pytest.mark.parametrize(
    ("code", "thousands", "percent", "text"),
    [
        ("General", 0, False, ""), ("0.00E+00", 0, False, ""), ("#,##0.00", 0, False, ""),
        ('0.0" MWh"', 0, False, "MWh"), ("0.0,", 1, False, ""), ('#,##0,,"M"', 2, False, "M"),
        ("0%", 0, True, ""), ("[$€-407] #,##0.00", 0, False, "€"), ("[$-407]0.0", 0, False, ""),
        ('_-* #,##0.00\\ "€"_-;-* 0\\ "EUR"', 0, False, "€"), (r"0\ \k\W", 0, False, "kW"),
        ("[Red]0", 0, False, ""), ('[>=1000]0.0,"k";0', 1, False, "k"), ("0;;;", 0, False, ""),
    ],
)  # fmt: skip
def test_formats(code: str, thousands: int, percent: bool, text: str) -> None:
    assert shown_as(code) == Shown(code, thousands, percent, text)


@pytest.mark.parametrize("code", ["yyyy-mm-dd", "[h]:mm", "@", ";;;", "d. mmm"])
def test_formats_of_no_number(code: str) -> None:
    assert shown_as(code) is None


@pytest.mark.parametrize(
    ("form", "unit", "hint"),
    [
        ('0.0" MWh"', "kWh", "`constants: {unit: MWh}`"),
        # 5,000 stored and `5 MWh` shown is 5,000 kWh
        ('0," MWh"', "MWh", "`constants: {unit: 0.001 MWh}`"),
        ('0" Tsd. kWh"', "kWh", "`constants: {unit: 1000 kWh}`"),
        ("0.0,", "kWh", "`constants: {unit: 0.001 kWh}`"),
        ('0"k"', "kWh", "`constants: {unit: 1000 kWh}`"),
        ('0"%"', "kWh", "`constants: {unit: 0.01 kWh}`"),
        ("#,##0.00 [$€-407]", "GBP", "`constants: {unit: EUR}`"),
        ("$#,##0", "EUR", "state the currency of `$`"),
    ],
)
def test_what_shows_otherwise_is_told(tmp_path: Path, form: str, unit: str, hint: str) -> None:
    found = only(run(tmp_path, [form, form], unit))
    assert (found.code, found.severity) == ("number-format", Severity.WARNING)
    assert found.location == Location("t.xlsx", 2, 2)
    assert "one more cell" in found.message
    assert hint in (found.hint or "")


@pytest.mark.parametrize(
    ("form", "unit"),
    [
        ('0.0" kWh"', "kWh"), ('0.0" kWh"', "kWh gross"), ('0," MWh"', "kWh"), ('0,"k"', "kWh"),
        ("#,##0.00 [$€-407]", "EUR"), ("$#,##0", "CAD"), ('0" Stück"', "kWh"), ("0.00", "kWh"),
        ('[>=1000]0.0,"k";0', "kWh"),
    ],
)  # fmt: skip
def test_what_shows_what_is_read_is_not(tmp_path: Path, form: str, unit: str) -> None:
    outcome = run(tmp_path, [form], unit)
    assert not outcome.diagnostics
    assert total(outcome) == 5000


def test_the_hints_typed(tmp_path: Path) -> None:
    """5,000 shown as `5` of kWh: 5 kWh; shown as `5 MWh`: 5,000 × 0.001 MWh."""
    for form, unit in (("0,", "0.001 kWh"), ('0"k"', "1000 kWh"), ('0," MWh"', "0.001 MWh")):
        outcome = run(tmp_path, [form], unit)
        assert not outcome.diagnostics
        assert (total(outcome), outcome.value.sums[0].unit) == (5000, unit)
    wrong = {"unit": {"MWh": "kWh"}}  # the format is wrong
    assert not run(tmp_path, ['0" MWh"'], "MWh", names=wrong).diagnostics


def test_percentages_are_stated(tmp_path: Path) -> None:
    found = only(run(tmp_path, ["0%"], stored=0.05))
    assert (found.code, found.severity) == ("not-a-number", Severity.ERROR)
    assert "`read: {percent: true}`" in (found.hint or "")
    outcome = run(tmp_path, ["0%"], stored=0.05, read={"percent": True})
    assert not outcome.diagnostics
    assert total(outcome) == Fraction(5, 100)
    accepted = run(tmp_path, ["0%"], accept_rejected={"reason": "known", "codes": ["not-a-number"]})
    assert "not-a-number" in {x.code for x in accepted.diagnostics if x.severity is Severity.ERROR}


def test_a_column_of_several_units_gets_no_hint_to_type(tmp_path: Path) -> None:
    for formats in (['0" MWh"', "General"], ['0" MWh"', '0" kWh"'], ['0" MWh"', '0" GJ"']):
        found = only(run(tmp_path, formats))
        assert "`constants:" not in (found.hint or "")


def test_the_careful_way_sees_the_same(tmp_path: Path) -> None:
    """A formula sends a workbook the careful way, by another reader."""
    run(tmp_path, ['0" MWh"'])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book["Sheet"]["C2"] = "=1+1"
    book.save(tmp_path / "t.xlsx")
    table = {
        "files": "t.xlsx", "columns": {"period": "month", "quantity": "use"},
        "constants": {"facility": "leeds", "item": "el", "unit": "kWh"},
        "items": {"el": {"category": "purchased_electricity"}},
    }  # fmt: skip
    outcome = collapse(
        "t", Table.model_validate(table), tmp_path, cuts=(), facilities={"leeds"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip
    assert only(outcome).code == "number-format"


def test_cells_that_are_found(tmp_path: Path) -> None:
    """Numbers below the headings in the columns asked for; no text, no empty cell, no other."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ((1, 2, 3), (None, 8, 9), (5, "x", 7), (6, 1, 1)):
        sheet.append(row)
        for column in (1, 2):
            sheet.cell(sheet.max_row, column).number_format = '0" MWh"'
    book.save(tmp_path / "t.xlsx")
    found = shown_cells(tmp_path / "t.xlsx", "xl/worksheets/sheet1.xml", 1, ["A", "C"])
    assert {column: [(c.row, c.stored, c.count) for c in of.values()]
            for column, of in found.columns.items()} == {0: [(3, "5", 2)]}  # fmt: skip
    assert found.others == {2: 3}
