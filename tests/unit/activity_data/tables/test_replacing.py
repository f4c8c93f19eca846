"""`replaces: estimated`: which estimates go, what is asked, and what is told; sums by hand."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.nesting import Row
from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.replacing import Doubt, estimates_beside
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear, Span
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome


def row(kind: str, first: int, last: int, position: int = 0) -> Row:
    """A row of days of January: `E` an estimate, `A` none, `C` a correction, `D` of an estimate."""
    span = Span(date(2024, 1, first), date(2024, 1, last))
    return Row(span, position, -1 if kind in "CD" else 1, kind in "CD", kind in "ED")


def judged(*rows: tuple[str, int, int], clock: int = 0) -> list[tuple[int, Doubt | None]]:
    some = [row(*each, position) for position, each in enumerate(rows)]
    return [(each.row.position, each.doubt) for each in estimates_beside(some, clock)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("E", 1, 10), ("A", 1, 10)], [(0, None)]),
        ([("E", 1, 10), ("A", 11, 20)], []),
        ([("A", 1, 20), ("E", 1, 10), ("E", 11, 20)], [(1, None), (2, None)]),
        ([("E", 1, 30), ("A", 1, 10), ("A", 21, 31), ("A", 11, 20)], [(0, None)]),
        ([("E", 1, 30), ("A", 1, 10), ("A", 21, 31)], [(0, Doubt.PARTLY)]),
        ([("E", 1, 10), ("A", 10, 20)], [(0, Doubt.PARTLY)]),
        ([("E", 1, 10), ("E", 1, 10), ("A", 1, 10)], [(0, Doubt.SEVERAL), (1, Doubt.SEVERAL)]),
        ([("E", 1, 10), ("E", 1, 10), ("A", 1, 10), ("A", 1, 10)], [(0, None), (1, None)]),
        ([("E", 1, 10), ("E", 5, 10), ("A", 1, 10)], [(0, Doubt.SEVERAL), (1, Doubt.SEVERAL)]),
        ([("E", 1, 10), ("D", 1, 10), ("A", 1, 10)], []),  # credited as a whole
        ([("E", 1, 10), ("D", 1, 9), ("A", 1, 10)], [(0, Doubt.CORRECTED)]),
        ([("E", 1, 10), ("C", 3, 3), ("A", 1, 10)], [(0, Doubt.CORRECTED)]),
        ([("E", 1, 10), ("D", 1, 10)], []),
    ],
)
def test_what_replaces_an_estimate(
    rows: list[tuple[str, int, int]], found: list[tuple[int, Doubt | None]]
) -> None:
    assert judged(*rows) == found


def test_times_within_a_day_are_asked_about() -> None:
    assert judged(("E", 1, 2), ("A", 1, 2), clock=2) == [(0, Doubt.CLOCK)]
    assert judged(("E", 1, 3), ("A", 1, 3), clock=2) == [(0, None)]


RULES: dict[str, Any] = {
    "files": "*.csv",
    "columns": {"facility": "site", "meter": "meter", "period": "month", "quantity": "qty",
                "unit": "unit", "estimated": "est"},
    "constants": {"item": "el"},
    "items": {"el": {"category": "purchased_electricity"}},
    "replaces": "estimated",
}  # fmt: skip
HEADER = "site,meter,month,qty,unit,est"


def read(folder: Path, *files: list[str], **rules: Any) -> Outcome[TableSums]:
    for number, rows in enumerate(files):
        (folder / f"t{number}.csv").write_text("\n".join([HEADER, *rows, ""]), "utf-8")
    return collapse(
        "t", Table.model_validate(RULES | rules), folder, cuts=(), facilities={"ks", "bn"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def codes(outcome: Outcome[TableSums]) -> list[str]:
    return [each.code for each in outcome.diagnostics if each.code != "calendar-gap"]


class TestTables:
    # the estimates of M1 go (1000 + 900 kWh), those of M2 and of M1 at the other site stay
    ROWS = (
        "ks,M1,2024-01,1000,kWh,yes", "ks,M1 ,2024-02,900,kWh,yes", "ks,M2,2024-01,50,kWh,yes",
        "bn,M1,2024-01,7,kWh,yes",
    )  # fmt: skip
    READ = ("ks,M1,2024-01-01/2024-02-29,2.1,MWh,no",)

    def test_rows_of_another_file_in_another_unit_replace_them(self, tmp_path: Path) -> None:
        outcome = read(tmp_path, list(self.ROWS), list(self.READ))
        assert codes(outcome) == []
        sums = outcome.value
        assert {k: str(v) for k, v in sums.read_by_unit.items()} == {"kWh": "57", "MWh": "2.1"}
        assert (sums.rows_read, sums.rows_used, sums.rows_filtered) == (5, 3, 2)
        assert sums.replaced == (
            "table `t`: `replaces: estimated` leaves out 2 estimates, 1,900 kWh, which rows of the"
            " same meter and days replace: t0.csv:2, t0.csv:3"
        )
        assert sum(entry.scaled_estimated for entry in sums.sums) == 57 * 10**9

    def test_control_totals_are_of_the_rows_that_count(self, tmp_path: Path) -> None:
        totals = {"kWh": "57 kWh", "MWh": "2.1 MWh"}
        assert codes(read(tmp_path, [*self.ROWS, *self.READ], control_totals=totals)) == []
        totals = {"kWh": "1957 kWh", "MWh": "2.1 MWh"}
        found = codes(read(tmp_path, [*self.ROWS, *self.READ], control_totals=totals))
        assert found == ["control-total-differs"]

    def test_cells_of_more_decimals(self, tmp_path: Path) -> None:
        read_ = "ks,M1,2024-01-01/2024-02-29,2.12345678901,MWh,no"
        outcome = read(tmp_path, [*self.ROWS, read_])
        assert str(outcome.value.read_by_unit["MWh"]) == "2.12345678901"
        assert str(outcome.value.read_by_unit["kWh"]) == "57"

    def test_without_the_key_both_count_under_a_warning_that_names_it(self, tmp_path: Path) -> None:
        rows = ["ks,M1,2024-01,1000,kWh,yes", "ks,M1,2024-01,1.1,MWh,no"]
        outcome = read(tmp_path, rows, replaces=None)
        (found,) = (each for each in outcome.diagnostics if each.code == "estimate-and-actual")
        assert found.hint is not None
        assert "state `replaces: estimated`" in found.hint
        assert outcome.value.rows_used == 2
        typed = read(tmp_path, rows)
        assert codes(typed) == []
        assert {k: str(v) for k, v in typed.value.read_by_unit.items()} == {"MWh": "1.1"}

    def test_a_part_of_the_days_is_an_error(self, tmp_path: Path) -> None:
        rows = ["ks,M1,2024-01,10,kWh,yes", "ks,M1,2024-01-20/2024-02-29,15,kWh,no"]
        assert "replaces-unclear" in codes(read(tmp_path, rows))

    def test_nothing_to_replace_is_said(self, tmp_path: Path) -> None:
        assert read(tmp_path, list(self.ROWS)).value.replaced == (
            "table `t`: `replaces: estimated` leaves out no row"
        )

    def test_rows_without_a_meter_replace_nothing(self, tmp_path: Path) -> None:
        rows = ["ks,,2024-01,10,kWh,yes", "ks,,2024-01,12,kWh,no"]
        outcome = read(tmp_path, rows)
        assert codes(outcome) == ["estimate-and-actual"]
        assert outcome.value.rows_used == 2


@pytest.mark.parametrize("without", ["meter", "estimated"])
def test_the_key_asks_for_its_columns(without: str) -> None:
    columns = {name: text for name, text in RULES["columns"].items() if name != without}
    with pytest.raises(ValueError, match=f"no column `{without}`"):
        Table.model_validate(RULES | {"columns": columns})


COMPANY = """\
ghgcalc: 1
organization: {name: Example Ltd, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
facilities: {ks: {country: GB}}
tables:
  t:
    files: t.csv
    columns: {meter: meter, period: month, quantity: qty, estimated: est}
    constants: {facility: ks, item: el, unit: kWh}
    items: {el: {category: purchased_electricity}}
    replaces: estimated
"""


def test_the_ledger_leaves_them_out_too(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY)
    rows = ["meter,month,qty,est", "M,2024-01,1000,yes", "M,2024-02,30,yes", "M,2024-01,900,no"]
    (tmp_path / "t.csv").write_text("\n".join([*rows, ""]))
    done = compute(tmp_path / "company.yaml")
    assert done.project is not None
    assert done.inventory is not None
    assert sum(line.quantity for line in done.inventory.lines) == 930
    target = tmp_path / "lines.csv"
    write_lines(done.project, done.inventory, target)
    with target.open(encoding="utf-8") as file:
        quantities = [Fraction(line["quantity"]) for line in csv.DictReader(file)]
    assert sorted(quantities) == [30, 900]


MONTH = st.tuples(st.integers(1, 99), st.sampled_from(["read", "estimated", "replaced"]))


@settings(max_examples=15, deadline=None)
@given(st.lists(MONTH, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_a_file_with_estimates_that_were_replaced_equals_the_file_without(
    tmp_path_factory: pytest.TempPathFactory, months: list[tuple[int, str]], order: Any
) -> None:
    plain, whole = [], []
    for number, (amount, kind) in enumerate(months, 1):
        start = f"ks,M,2024-{number:02d}"
        plain.append(f"{start},{amount},kWh,{'yes' if kind == 'estimated' else 'no'}")
        if kind == "replaced":
            whole.append(f"{start},{amount + number},kWh,yes")
    rows = [*plain, *whole]
    order.shuffle(rows)
    found = [
        [(each.span, each.scaled, each.scaled_estimated) for each in outcome.value.sums]
        for outcome in (
            read(tmp_path_factory.mktemp("a"), plain, replaces=None),
            read(tmp_path_factory.mktemp("b"), rows),
        )
    ]
    assert found[0] == found[1]
