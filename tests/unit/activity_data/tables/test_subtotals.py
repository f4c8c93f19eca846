"""Totals beside the rows that they add up, and estimates beside readings; sums by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.polars_engine.subtotals import nested
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear, Span

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome

ITEMS = {"el": {"category": "purchased_electricity"}}
MONTHS = ["2024-01,100", "2024-02,200", "2024-03,300"]


def run(folder: Path, rows: list[str], head: str = "month,kwh", **rules: Any) -> Outcome[TableSums]:
    (folder / "t.csv").write_text("\n".join([head, *rows, ""]), "utf-8")
    columns = {"period": "month", "quantity": "kwh", **rules.pop("columns", {})}
    given_ = {"facility": "ks", "item": "el", "unit": "kWh"}
    table = Table.model_validate({
        "files": "t.csv", "columns": columns, "items": ITEMS, **rules,
        "constants": {name: value for name, value in given_.items() if name not in columns},
    })  # fmt: skip
    return collapse(
        "t", table, folder, cuts=(), facilities={"ks", "bn"}, year=ReportingYear(),
        locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def told(outcome: Outcome[TableSums]) -> list[tuple[str, str, int]]:
    return [
        (each.code, each.severity.value, each.location.line if each.location else 0)
        for each in outcome.diagnostics
        if each.code in ("subtotal-row", "estimate-and-actual")
    ]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([*MONTHS, "2024-Q1,600"], [5]),
        (["2024-Q1,600", *MONTHS], [2]),
        ([*MONTHS, "2024-Q1,600", "2024,600"], [5]),  # then the year holds the same three months
        ([*MONTHS, "2024-Q1,601"], []),
        (["2024-01,600", "2024-Q1,600"], []),  # one row is no sum
        ([*MONTHS, "2024-Q2,600"], []),
        (["2024-01,0", "2024-02,0", "2024-Q1,0"], []),
    ],
)
def test_a_row_that_is_the_sum_of_those_inside_it(
    tmp_path: Path, rows: list[str], lines: list[int]
) -> None:
    found = told(run(tmp_path, rows))
    assert [line for _, _, line in found][: len(lines)] == lines
    assert len(found) == len(lines) + ("2024,600" in rows)
    assert {severity for _, severity, _ in found} <= {"error"}


def test_supplies_are_judged_by_themselves(tmp_path: Path) -> None:
    rows = ["ks,2024-01,100", "bn,2024-02,200", "ks,2024-Q1,300"]
    assert told(run(tmp_path, rows, "site,month,kwh", columns={"facility": "site"})) == []


def test_a_stated_reason_lets_it_count(tmp_path: Path) -> None:
    rows = [*MONTHS, "2024-Q1,600"]
    outcome = run(tmp_path, rows, accept_overlaps="two meters, one billed by the quarter")
    assert told(outcome) == [("subtotal-row", "warning", 5)]
    assert sum(entry.quantity for entry in outcome.value.sums) == 1200


def test_a_heading_of_totals(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("site,Jan,Feb,Total\nks,100,100,200\n", "utf-8")
    table = Table.model_validate({
        "files": "t.csv", "columns": {"facility": "site"}, "items": ITEMS,
        "constants": {"item": "el", "unit": "kWh"},
        "unpivot": {"Jan": {"period": "2024-01"}, "Feb": {"period": "2024-02"},
                    "Total": {"period": "2024"}},
    })  # fmt: skip
    outcome = collapse(
        "t", table, tmp_path, cuts=(), facilities={"ks"}, year=ReportingYear(),
        locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip
    assert told(outcome) == [("subtotal-row", "error", 2)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["2024-01,1000,yes", "2024-01,1100,no"], [("estimate-and-actual", "warning", 2)]),
        (["2024-01,1000,yes", "2024-02,1100,no"], []),
        (["2024-01,1000,yes", "2024-01,1100,yes"], []),
    ],
)
def test_an_estimate_beside_what_was_read(
    tmp_path: Path, rows: list[str], found: list[tuple[str, str, int]]
) -> None:
    columns = {"estimated": "est"}
    assert told(run(tmp_path, rows, "month,kwh,est", columns=columns)) == found


SPAN = st.tuples(st.integers(1, 28), st.integers(0, 5)).map(
    lambda ends: Span(date(2024, 1, ends[0]), date(2024, 1, min(ends[0] + ends[1], 31)))
)


@given(st.lists(SPAN, max_size=8))
def test_the_screening_misses_no_span_inside_another(spans: list[Span]) -> None:
    wanted = any(
        one != other and one.first <= other.first and other.last <= one.last
        for one in spans for other in spans
    )  # fmt: skip
    assert nested(spans) is wanted
