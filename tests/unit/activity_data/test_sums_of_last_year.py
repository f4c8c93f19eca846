"""Sums of table rows beside those of the same months of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc import check

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: item, quantity: qty, unit: unit, period: month}
    items: {power: {category: purchased_electricity}}
"""


def found(folder: Path, then: list[str], now: list[str], more: str = "") -> list[str]:
    rows = [f"leeds,power,{text.replace(' ', ',')},{year}-{month:02}"
            for year, texts in ((2023, then), (2024, now))
            for month, text in enumerate(texts, 1)]  # fmt: skip
    (folder / "bills.csv").write_text("site,item,qty,unit,month\n" + "\n".join(rows), "utf-8")
    (folder / "company.yaml").write_text(FILE + more, "utf-8")
    told = check(folder / "company.yaml").diagnostics
    return [item.message for item in told if item.code == "far-from-last-year"]


def test_a_unit_that_slipped_is_doubted(tmp_path: Path) -> None:
    # by hand: 3 × 250 MWh after 3 × 250 kWh is 1,000 times
    (said,) = found(tmp_path, ["250 kWh"] * 3, ["250 MWh"] * 3)
    assert "purchased electricity of `leeds`" in said
    assert "is 1,000 times the" in said
    (said,) = found(tmp_path, ["250 MWh"] * 3, ["250 kWh"] * 3)
    assert "is 1/1,000 of the" in said


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (["100 kWh"] * 2, ["999 kWh"] * 2),  # 9.99 times
        (["100 kWh"], ["90 kWh"] * 12),  # eleven months more are no growth of the first
        (["0 kWh"] * 2, ["500 kWh"] * 2),
        (["0.5 MWh", "0.1 MWh"], ["510 kWh", "1500 kWh"]),  # a month of 15 times, a sum of 3.35
    ],
)
def test_what_is_no_slip_is_not(tmp_path: Path, then: list[str], now: list[str]) -> None:
    assert not found(tmp_path, then, now)


def test_the_file_sets_the_bound(tmp_path: Path) -> None:
    more = "checks: {far-from-last-year: {settings: {times: 5}}}\n"
    assert found(tmp_path, ["100 kWh"] * 2, ["500 kWh"] * 2, more)
    assert not found(tmp_path, ["100 kWh"] * 2, ["499 kWh"] * 2, more)
