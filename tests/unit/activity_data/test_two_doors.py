"""One supply through an activity and a table, or through two tables (`counted-twice`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: Example Ltd, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}, york: {country: GB}}
"""
TABLE = """\
  %s:
    files: %s
    columns: {quantity: kwh, period: month%s}
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
"""
BILLS = "meter,month,kwh\nM,2024-01,900\nM,2024-02,800\n"


def line(quantity: str, period: str, facility: str = "leeds") -> str:
    return (
        f"activities:\n  own: {{facility: {facility}, category: purchased_electricity,"
        f" quantity: {quantity}, period: {period}}}\n"
    )


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    (folder / "company.yaml").write_text(HEAD + text)
    (folder / "a.csv").write_text(BILLS)
    done = compute(folder / "company.yaml")
    assert done.inventory is not None, done.diagnostics
    return [(i.severity.value, i.message) for i in done.diagnostics if i.code == "counted-twice"]


@pytest.mark.parametrize(
    ("activity", "meter", "part"),
    [
        (line("1700 kWh", "2024"), "", "the same quantity in 2024-01-01 … 2024-02-29"),
        (line("5 kWh", "2024-02"), "", "days from 2024-02-01 … 2024-02-29"),
        (line("5 kWh", "2024-03"), "", ""),  # no day is shared
        (line("5 kWh", "2024", "york"), "", ""),
        (line("5 kWh", "2024"), ", meter: meter", ""),  # a meter more
        (line("800 kWh", "2024-02"), ", meter: meter", "the same quantity in 2024-02-01"),
    ],
)
def test_an_activity_beside_a_table(tmp_path: Path, activity: str, meter: str, part: str) -> None:
    found = told(tmp_path, activity + "tables:\n" + TABLE % ("bills", "a.csv", meter))
    assert [severity for severity, _ in found] == ["warning"] * bool(part)
    assert all(part in message for _, message in found)


@pytest.mark.parametrize(("last", "count"), [(800, 1), (801, 0)])
def test_two_tables_of_one_sum(tmp_path: Path, last: int, count: int) -> None:
    (tmp_path / "b.csv").write_text(f"month,kwh\n2024-01,900\n2024-02,{last}\n")
    text = "tables:\n" + TABLE % ("bills", "a.csv", "") + TABLE % ("ledger", "b.csv", "")
    found = told(tmp_path, text)
    assert len(found) == count
    assert all("tables `bills` and `ledger`" in message for _, message in found)


def test_the_reason_under_checks_says_no_more(tmp_path: Path) -> None:
    text = line("5 kWh", "2024-02") + "tables:\n" + TABLE % ("bills", "a.csv", "")
    text += "checks: {counted-twice: {severity: off, reason: the barrier has its own supply}}\n"
    assert told(tmp_path, text) == []
