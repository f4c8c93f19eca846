"""An estimate and a reading of one supply and the same days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome

RULES: dict[str, Any] = {
    "files": "t.csv",
    "columns": {"meter": "meter", "period": "month", "quantity": "kwh", "estimated": "est"},
    "constants": {"facility": "ks", "item": "el", "unit": "kWh"},
    "items": {"el": {"category": "purchased_electricity"}},
}


def run(folder: Path, rows: list[str], **rules: Any) -> Outcome[TableSums]:
    (folder / "t.csv").write_text("\n".join(["meter,month,kwh,est", *rows, ""]), "utf-8")
    return collapse(
        "t", Table.model_validate(RULES | rules), folder, cuts=(), facilities={"ks"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def told(outcome: Outcome[TableSums]) -> list[tuple[str, str, int]]:
    return [
        (each.code, each.severity.value, each.location.line if each.location else 0)
        for each in outcome.diagnostics
        if each.code != "calendar-gap"
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["M,2024-01,1000,yes", "M,2024-01,1100,no"], [("estimate-and-actual", "warning", 2)]),
        (["M,2024-01,1000,yes", "M,2024-01,1000,no"], [("estimate-and-actual", "warning", 2)]),
        (["M,2024-01,1000,yes", "M,2024-02,1100,no"], []),
        (["M,2024-01,1000,yes", "N,2024-01,1100,no"], []),
        (["M,2024-01,1000,yes", "M,2024-01,1100,yes"], [("calendar-overlap", "warning", 3)]),
        (["M,2024-01,1000,yes", "M,2024-01,1000,yes"], [("bill-twice", "error", 3)]),
    ],
)
def test_an_estimate_beside_what_was_read(
    tmp_path: Path, rows: list[str], found: list[tuple[str, str, int]]
) -> None:
    assert told(run(tmp_path, rows)) == found


def test_a_stated_reason_lets_both_count(tmp_path: Path) -> None:
    rows = ["M,2024-01,1000,yes", "M,2024-01,1100,no"]
    outcome = run(tmp_path, rows, accept_overlaps={"reason": "the day and the night register"})
    assert told(outcome) == [("estimate-and-actual", "note", 2)]
    assert sum(entry.quantity for entry in outcome.value.sums) == 2100
