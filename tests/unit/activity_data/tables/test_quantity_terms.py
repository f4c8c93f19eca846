"""Quantities of several columns: exact sums, and what is refused of their cells."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome

PV = ["+PV", "-Fed in"]


def table(quantity: Any = PV, **more: Any) -> Table:
    return Table.model_validate({
        "files": "t.csv", "columns": {"quantity": quantity, "period": "month"},
        "constants": {"facility": "ks", "item": "el", "unit": "kWh"},
        "items": {"el": {"category": "purchased_electricity"}}, **more,
    })  # fmt: skip


def run(folder: Path, rows: str, quantity: Any = PV, head: str = "month,PV,Fed in",
        **more: Any) -> Outcome[TableSums]:  # fmt: skip
    (folder / "t.csv").write_text(f"{head}\n{rows}\n", "utf-8")
    return collapse(
        "t", table(quantity, **more), folder, cuts=[], facilities={"ks"}, year=ReportingYear(),
        locate=lambda _: Location("company.yaml", 1, 1),
    )  # fmt: skip


def test_columns_are_added_and_taken_away(tmp_path: Path) -> None:
    """100.25 − 20.000000001 + 5 − 5."""
    outcome = run(tmp_path, "2024-01,100.25,20.000000001\n2024-01,5,5")
    assert not outcome.diagnostics
    assert outcome.value.sums[0].quantity == Fraction(80_249_999_999, 10**9)


def test_the_first_sign_is_ours(tmp_path: Path) -> None:
    outcome = run(tmp_path, "2024-01,7,3", ["++A", "--A"], "month,+A,-A")
    assert outcome.value.sums[0].quantity == 4


@pytest.mark.parametrize(
    ("row", "code", "says"),
    [("80,", "empty-cell", "`Fed in` is empty"), (",3", "empty-cell", "`PV` is empty"),
     ("x,3", "not-a-number", "`PV`: `x`"), ("5,-3", "not-a-number", "would add"),
     ("5,7.25", "negative-quantity", "`5 - 7.25` is -2.25")],
)  # fmt: skip
def test_cells_that_give_no_sum(tmp_path: Path, row: str, code: str, says: str) -> None:
    outcome = run(tmp_path, f"2024-01,{row}\n2024-02,9,2")
    (finding,) = outcome.diagnostics
    assert (finding.code, finding.location and finding.location.line) == (code, 2)
    assert says in finding.message
    assert [entry.quantity for entry in outcome.value.sums] == [7]


def test_a_printed_minus_is_added(tmp_path: Path) -> None:
    assert run(tmp_path, "2024-01,5,-3", ["+PV", "+Fed in"]).value.sums[0].quantity == 2


def test_rows_without_any_are_left_out_where_stated(tmp_path: Path) -> None:
    read = {"empty_quantities": "skip"}
    outcome = run(tmp_path, "2024-01,5,3\n2024-02,,", read=read)
    assert (outcome.diagnostics, outcome.value.rows_filtered) == ((), 1)
    (finding,) = run(tmp_path, "2024-01,5,3\n2024-02,4,", read=read).diagnostics
    assert finding.code == "empty-cell"


def test_a_row_below_zero_as_a_correction(tmp_path: Path) -> None:
    rows = "2024-01,5,3\n2024-02,4,5"
    outcome = run(tmp_path, rows, corrections={"negative": "true"})
    assert [entry.quantity for entry in outcome.value.sums] == [2, -1]
    # what would turn a minus into a plus is none, whatever is stated
    assert run(tmp_path, "2024-01,5,-3", corrections={"negative": "true"}).diagnostics


@pytest.mark.parametrize("quantity", [[], ["PV"], ["+"], ["+PV", "-PV"], [["+PV"]], {"a": "b"}])
def test_terms_need_a_sign_and_a_heading(quantity: Any) -> None:
    with pytest.raises(ValidationError):
        table(quantity)


def test_other_columns_have_one_heading() -> None:
    with pytest.raises(ValidationError):
        Table.model_validate({
            "files": "t.csv", "columns": {"quantity": "q", "period": ["+a", "+b"]},
            "constants": {"facility": "ks", "item": "el", "unit": "kWh"}, "items": {},
        })  # fmt: skip


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=9)


@settings(max_examples=15)
@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=5))
def test_the_sum_is_that_of_fractions(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[Any, Any]]
) -> None:
    rows = "\n".join(f"2024-01,{max(pair):f},{min(pair):f}" for pair in pairs)
    outcome = run(tmp_path_factory.mktemp("t"), rows)
    want = sum((Fraction(max(pair)) - Fraction(min(pair)) for pair in pairs), Fraction(0))
    assert [entry.quantity for entry in outcome.value.sums] == [want]


ISSUES = "2024-01,-200\n2024-01,-50\n2024-01,30"


def of_issues(folder: Path, quantity: Any = "Menge", **more: Any) -> Outcome[TableSums]:
    return run(folder, ISSUES, quantity, "month,Menge", **more)


def test_one_column_with_a_minus_prints_use_below_zero(tmp_path: Path) -> None:
    """200 + 50 − 30."""
    outcome = of_issues(tmp_path, ["-Menge"], corrections={"negative": True})
    assert not outcome.diagnostics
    assert outcome.value.sums[0].quantity == 220


def test_a_row_without_its_minus_may_be_marked(tmp_path: Path) -> None:
    """200 − 30: `262` takes a goods issue back."""
    rows, rule = "2024-01,-200,261\n2024-01,30,262", {"column": "type", "equals": "262"}
    outcome = run(tmp_path, rows, ["-Menge"], "month,Menge,type", corrections=rule)
    assert not outcome.diagnostics
    assert outcome.value.sums[0].quantity == 170


def test_hints_of_use_with_a_minus_lead_to_the_number(tmp_path: Path) -> None:
    """Most rows below zero: the column with its minus, then what the rows above zero are."""
    (first,) = of_issues(tmp_path).diagnostics
    assert (first.code, 'state `quantity: ["-Menge"]`' in str(first.hint)) == (
        "negative-quantity", True,
    )  # fmt: skip
    (second,) = of_issues(tmp_path, ["-Menge"]).diagnostics
    assert (second.code, second.location and second.location.line) == ("negative-quantity", 4)
    assert "`corrections: {negative: true}`" in str(second.hint)


def test_few_rows_below_zero_are_no_use_with_a_minus(tmp_path: Path) -> None:
    (found,) = run(tmp_path, "2024-01,5\n2024-01,-2", "Menge", "month,Menge").diagnostics
    assert "-Menge" not in str(found.hint)
