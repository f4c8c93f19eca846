"""Rows of equal days of which one is the sum of the others: tariffs, meters, items, headings.

Right are 100 + 200 + 300 + 110 + 210 + 310 = 1,230 kWh; with the sums 600 and 630 it is 2,460.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Diagnostic, Location, Severity
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Month,Register,kWh"
ROWS = ["2024-01,Peak,100", "2024-01,Mid,200", "2024-01,Off,300", "2024-01,All,600",
        "2024-02,Peak,110", "2024-02,Mid,210", "2024-02,Off,310", "2024-02,All,630"]  # fmt: skip
COLUMNS = {"quantity": "kWh", "period": "Month"}
CONSTANTS = {"facility": "ks", "item": "el", "unit": "kWh"}
POWER = {"category": "purchased_electricity"}
ALL = "filter: {Register: {not_equals: All}}"
WIDE = ["峰电量", "平电量", "谷电量", "合计电量"]
WIDE_ROWS = ["2024-01,100,200,300,600", "2024-02,110,210,310,630"]
FREE: dict[str, Any] = {"constants": {"facility": "ks", "unit": "kWh"}}


def found(
    folder: Path, lines: list[str], header: str = HEADER, **rules: Any
) -> tuple[list[Diagnostic], Any]:
    """What is said of sums, and the kWh that count."""
    (folder / "t.csv").write_text("\n".join([header, *lines]) + "\n", "utf-8")
    stated = {"files": "t.csv", "columns": COLUMNS, "constants": CONSTANTS, "items": {"el": POWER}}
    outcome = collapse(
        "bills", Table.model_validate(stated | rules), folder, cuts=(), facilities={"ks", "bn"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip
    codes = {"subtotal-row", "sum-of-others", "accept-unused"}
    said = [item for item in outcome.diagnostics if item.code in codes]
    assert outcome.value is not None
    return said, outcome.value.read_by_unit.get("kWh")


def lines_of(said: list[Diagnostic], code: str, severity: Severity) -> list[int]:
    assert all((item.code, item.severity) == (code, severity) for item in said)
    return [item.location.line for item in said if item.location]


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"columns": COLUMNS | {"meter": "Register"}},
        {"columns": COLUMNS | {"item": "Register"}, **FREE,
         "items": dict.fromkeys(["Peak", "Mid", "Off", "All"], POWER)},
    ],
)  # fmt: skip
def test_tariffs_and_their_sum(tmp_path: Path, rules: dict[str, Any]) -> None:
    said, counted = found(tmp_path, ROWS, **rules)
    assert counted == 2460
    assert lines_of(said, "subtotal-row", Severity.ERROR) == [5, 9]
    assert "600 kWh, equals the sum of the 3 others" in said[0].message
    assert all(ALL in (item.hint or "") for item in said)


def test_what_the_hint_says_gives_the_right_number(tmp_path: Path) -> None:
    said, counted = found(tmp_path, ROWS, filter={"Register": {"not_equals": "All"}})
    assert counted == 1230
    # 100 + 200 is 300 in January alone: chance, and told as such
    assert lines_of(said, "sum-of-others", Severity.WARNING) == [4]


def test_a_heading_of_a_wide_table(tmp_path: Path) -> None:
    wide = {name: {"item": "el"} for name in WIDE}
    rules: dict[str, Any] = {"columns": {"period": "Month"}, **FREE}
    said, _ = found(tmp_path, WIDE_ROWS, ",".join(["Month", *WIDE]), **rules, unpivot=wide)
    assert lines_of(said, "subtotal-row", Severity.ERROR) == [2, 3]
    assert all("remove `合计电量:` from `unpivot:`" in (item.hint or "") for item in said)
    # rows of tariffs below headings of months
    months = {"Jan": {"period": "2024-01"}, "Feb": {"period": "2024-02"}}
    lines = ["Peak,1,4", "Mid,2,5", "All,3,9"]
    said, _ = found(tmp_path, lines, "Register,Jan,Feb", columns={}, unpivot=months)
    assert lines_of(said, "subtotal-row", Severity.ERROR) == [4, 4]
    assert ALL in (said[0].hint or "")


def test_a_column_of_a_quantity(tmp_path: Path) -> None:
    header, terms = ",".join(["Month", *WIDE]), [f"+{name}" for name in WIDE]
    columns = {"period": "Month", "quantity": terms}
    (one,), _ = found(tmp_path, WIDE_ROWS, header, columns=columns)
    assert lines_of([one], "subtotal-row", Severity.ERROR) == [2]
    assert 'leave `"+合计电量"` out' in (one.hint or "")
    assert found(tmp_path, WIDE_ROWS, header, columns=columns | {"quantity": terms[:3]}) == (
        [], 1230
    )  # fmt: skip
    said, _ = found(tmp_path, WIDE_ROWS[:1], header, columns=columns)
    assert lines_of(said, "sum-of-others", Severity.WARNING) == [2]
    assert not found(tmp_path, [*WIDE_ROWS, "2024-03,1,2,3,7"], header, columns=columns)[0]


def test_buildings_and_the_whole_site(tmp_path: Path) -> None:
    lines = [f"2024-0{month},{name},{kwh}" for month in (1, 2, 3)
             for name, kwh in (("Building A", 7), ("Building B", month), ("Whole site", 7 + month))
             ]  # fmt: skip
    said, _ = found(tmp_path, lines, columns=COLUMNS | {"meter": "Register"})
    assert lines_of(said, "subtotal-row", Severity.ERROR) == [4, 7, 10]
    assert "filter: {Register: {not_equals: Whole site}}" in (said[0].hint or "")


def test_sums_of_each_meter(tmp_path: Path) -> None:
    lines = [f"{meter},{row}" for meter in ("M1", "M2") for row in ROWS]
    said, _ = found(tmp_path, lines, f"Meter,{HEADER}", columns=COLUMNS | {"meter": "Meter"})
    assert lines_of(said, "subtotal-row", Severity.ERROR) == [5, 9, 13, 17]


def test_chance_is_a_warning_at_most(tmp_path: Path) -> None:
    lines = ["2024-01,A,100", "2024-01,B,200", "2024-01,C,300",
             "2024-02,A,300", "2024-02,B,100", "2024-02,C,200"]  # fmt: skip
    meters = COLUMNS | {"meter": "Register"}
    (one,), _ = found(tmp_path, lines, columns=meters)
    assert (one.code, one.severity) == ("sum-of-others", Severity.WARNING)
    assert "likewise 1 more row" in one.message
    # C = A + B in two months of five
    lines = [f"2024-0{m},{name},{kwh}" for m in range(1, 6)
             for name, kwh in (("A", 2), ("B", m), ("C", m + (2 if m < 3 else 5)))]  # fmt: skip
    (one,), _ = found(tmp_path, lines, columns=meters)
    assert (one.code, one.severity) == ("sum-of-others", Severity.WARNING)


def test_two_rows_zeros_and_corrections_are_no_sum(tmp_path: Path) -> None:
    two = ["2024-01,A,5", "2024-01,B,5", "2024-02,A,6", "2024-02,B,6"]
    assert not found(tmp_path, two)[0]
    zeros = [row for text in two for row in (text, f"{text[:7]},Z,0")]
    assert not found(tmp_path, zeros)[0]
    # 100 + 200 - 10 = 290 is no sum: what is taken back is no part
    lines = ["2024-01,A,100", "2024-01,B,200", "2024-01,A,-10", "2024-01,C,290"]
    assert not found(tmp_path, lines, corrections={"negative": True})[0]


def test_other_facilities_categories_and_units_are_no_part(tmp_path: Path) -> None:
    header = "Month,Site,kWh"
    lines = [row.replace("All", "bn") for row in ROWS]
    lines = [row.replace(name, "ks") for row, name in
             zip(lines, ["Peak", "Mid", "Off", "bn"] * 2, strict=True) if name != "bn"
             ] + [lines[3], lines[7]]  # fmt: skip
    columns = COLUMNS | {"facility": "Site"}
    said, _ = found(tmp_path, lines, header, columns=columns,
                    constants={"item": "el", "unit": "kWh"})  # fmt: skip
    # 100 + 200 of one site is 300 in January
    assert lines_of(said, "sum-of-others", Severity.WARNING) == [4]


def test_no_filter_that_drops_an_honest_row(tmp_path: Path) -> None:
    said, _ = found(tmp_path, [*ROWS, "2024-03,All,50"])
    assert lines_of(said, "subtotal-row", Severity.ERROR) == [5, 9]
    assert "not_equals" not in (said[0].hint or "")


def test_it_is_stated_that_all_count(tmp_path: Path) -> None:
    said, _ = found(tmp_path, ROWS, accept_overlaps={"reason": "four meters"})
    assert lines_of(said, "subtotal-row", Severity.WARNING) == [5, 9]
    said, _ = found(tmp_path, ROWS[:4], accept_overlaps={"reason": "four meters"})
    assert lines_of(said, "sum-of-others", Severity.NOTE) == [5]
