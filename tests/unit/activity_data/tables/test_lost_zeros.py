"""Months that a number keeps without their last zero: refused, never read as January."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome


def run(
    folder: Path, name: str, columns: Sequence[str] = ("period",), **read: Any
) -> Outcome[TableSums]:
    table = Table.model_validate({
        "files": name, "read": read, "columns": {"quantity": "q", **dict.fromkeys(columns, "p")},
        "constants": {"facility": "ks", "item": "el", "unit": "kWh"},
        "items": {"el": {"category": "purchased_electricity"}},
    })  # fmt: skip
    return collapse(
        "t", table, folder, cuts=[], facilities={"ks"}, year=ReportingYear(),
        locate=lambda _: Location("company.yaml", 1, 1),
    )  # fmt: skip


def csv(folder: Path, texts: str, **read: Any) -> Outcome[TableSums]:
    rows = "".join(f"{text},{place}\n" for place, text in enumerate(texts.split(), 1))
    (folder / "t.csv").write_text(f"p,q\n{rows}", "utf-8")
    return run(folder, "t.csv", **read)


def workbook(folder: Path, cells: Sequence[Any], **more: Any) -> Outcome[TableSums]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("p", "q"), *((cell, place) for place, cell in enumerate(cells, 1))]:
        sheet.append(row)
    book.save(folder / "t.xlsx")
    return run(folder, "t*", **more)


def refused(outcome: Outcome[TableSums]) -> list[str]:
    return [each.message for each in outcome.diagnostics if each.code == "bad-date"]


def test_a_number_cell_has_no_last_zero(tmp_path: Path) -> None:
    """2023.10 is kept as 2023.1; with one digit it would be January."""
    cells = [2023.04, 2023.09, 2023.1, 2023.11]
    for form in ("YYYY.MM", "YYYY.M"):
        outcome = workbook(tmp_path, cells, period=form)
        (found,) = (each for each in outcome.diagnostics if each.code == "bad-date")
        assert ("`2023.10`" in found.message, "text with two digits" in str(found.hint)) == (
            True, form == "YYYY.MM" or "`period: YYYY.MM`" in str(found.hint),
        )  # fmt: skip
        assert "YYYY.M`" not in str(found.hint)


def test_the_remedy_gives_the_month(tmp_path: Path) -> None:
    outcome = workbook(tmp_path, [2023.04, 2023.09, "2023.10", 2023.11], period="YYYY.MM")
    assert not outcome.diagnostics
    assert {f"{each.span.first:%m}": each.quantity for each in outcome.value.sums} == {
        "04": 1, "09": 2, "10": 3, "11": 4,
    }  # fmt: skip


def test_a_number_cell_may_be_january_or_october(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path, [2023.1, 2023.2, 2023.9], period="YYYY.M"))
    assert not refused(workbook(tmp_path, ["2023.1", "2023.2", "2023.10"], period="YYYY.M"))


@pytest.mark.parametrize(("texts", "count"), [
    ("2024.01 2024.09 2024.1 2024.11", 1),  # both forms
    ("2024.1 2024.2 2024.9 2024.1 2024.11 2024.12", 1),  # no October beside November
    ("2024.1 2024.2 2024.9 2024.10 2024.11", 0),  # texts: a number keeps no zero
    ("2024.1 2024.2 2024.9", 0),
])  # fmt: skip
def test_texts_tell_of_one_another(tmp_path: Path, texts: str, count: int) -> None:
    assert len(refused(csv(tmp_path, texts, period="YYYY.M"))) == count


def test_days_lose_zeros_as_months_do(tmp_path: Path) -> None:
    """15 September, 15 October and 15 November as numbers."""
    of: dict[str, Any] = {"columns": ("from", "to"), "year": "2024"}
    for form in ("DD.MM", "D.M"):
        (found,) = set(refused(workbook(tmp_path, [15.09, 15.1, 15.11], date=form, **of)))
        assert "`15.10`" in found


def test_other_signs_keep_zeros(tmp_path: Path) -> None:
    assert not refused(csv(tmp_path, "2024-01 2024-9 2024-11", period="YYYY-M"))
