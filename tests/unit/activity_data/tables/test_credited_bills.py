"""A bill, its exact negative and new bills over the same days: the days are billed once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.run import compute
from support.companies import PACK

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

COMPANY = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, from: from, to: to, quantity: q, METER}
    constants: {unit: kWh}
    items: {el: {category: purchased_electricity}}
    corrections: RULE
"""
FIRST, WHOLE = ("2024-01-01", "2024-06-30", "600", ""), ("2024-07-01", "2024-12-31", "500", "")
BACK = ("2024-07-01", "2024-12-31", "-500", "c")
PARTS = [("2024-07-01", "2024-09-30", "240", ""), ("2024-10-01", "2024-12-31", "250", "")]


def found(
    folder: Path, *rows: tuple[str, str, str, str], rule: str = "{negative: true}",
    meter: bool = True,
) -> list[str]:  # fmt: skip
    text = COMPANY.replace("RULE", rule).replace("METER", "meter: m" if meter else "supplier: s")
    text += "suppliers: {acme: {market: GB}}\n"
    (folder / "company.yaml").write_text(text, "utf-8")
    lines = [f"leeds,el,{first},{last},{q},{kind},m1,acme" for first, last, q, kind in rows]
    (folder / "bills.csv").write_text("\n".join(["site,what,from,to,q,kind,m,s", *lines, ""]))
    return [item.code for item in check(folder / "company.yaml").diagnostics
            if item.code != "rate-not-applied"]  # fmt: skip


@pytest.mark.parametrize("meter", [True, False])
@pytest.mark.parametrize(
    "rule", ["{negative: true}", "{column: kind, equals: c, sign: as_printed}"]
)
def test_a_credited_bill_warns_of_nothing(tmp_path: Path, rule: str, *, meter: bool) -> None:
    assert found(tmp_path, FIRST, WHOLE, BACK, *PARTS, rule=rule, meter=meter) == []
    assert found(tmp_path, FIRST, WHOLE, *PARTS, rule=rule, meter=meter) == ["nested-rows"]


def test_new_bills_of_the_same_sum_are_no_parts_of_the_old_one(tmp_path: Path) -> None:
    """240 + 260 are the 500 that were credited: without the credit they are its parts."""
    parts = [PARTS[0], ("2024-10-01", "2024-12-31", "260", "")]
    assert found(tmp_path, FIRST, WHOLE, BACK, *parts) == []
    assert found(tmp_path, FIRST, WHOLE, *parts) == ["subtotal-row"]


def test_a_bill_made_again_for_the_same_days(tmp_path: Path) -> None:
    again = ("2024-07-01", "2024-12-31", "480", "")
    assert found(tmp_path, FIRST, WHOLE, BACK, again) == []
    assert found(tmp_path, FIRST, WHOLE, again) == ["calendar-overlap"]


def test_a_bill_made_again_for_days_of_another(tmp_path: Path) -> None:
    """The credited bill is gone; the one made instead of it overlaps June all the same."""
    longer = ("2024-06-01", "2024-12-31", "480", "")
    assert found(tmp_path, FIRST, WHOLE, BACK, longer) == ["calendar-overlap"]


def test_a_credit_of_a_part_takes_no_days_back(tmp_path: Path) -> None:
    part = ("2024-07-01", "2024-12-31", "-300", "c")
    assert found(tmp_path, FIRST, WHOLE, part, *PARTS) == ["nested-rows"]


def test_one_credit_takes_back_one_bill(tmp_path: Path) -> None:
    assert "bill-twice" not in found(tmp_path, FIRST, WHOLE, WHOLE, BACK)
    assert "bill-twice" in found(tmp_path, FIRST, WHOLE, WHOLE, WHOLE, BACK)


MARKED = """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [own.yaml]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {period: month, quantity: kWh}
    constants: {facility: leeds, item: power, unit: kWh}
    corrections: {column: mark, equals: CR, sign: as_printed}
    items: {power: {category: purchased_electricity}}
"""


def marked(folder: Path, *rows: str) -> Run:
    """The run of bills with marked corrections; the power has 300 kg per MWh."""
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(MARKED, "utf-8")
    (folder / "bills.csv").write_text("\n".join(("month,kWh,mark", *rows, "")), "utf-8")
    return compute(folder / "company.yaml")


def test_a_marked_correction_may_have_fifteen_decimals(tmp_path: Path) -> None:
    run = marked(tmp_path, "2024-06,599,", "2024-06,-1.1234567891,CR")
    assert run.inventory is not None, run.diagnostics
    # 599 - 1.1234567891 = 597.8765432109 kWh
    assert sum(line.quantity for line in run.inventory.lines) == Fraction("597.8765432109")


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (("2024-01,7,", "2024-01,x,CR"), ["not-a-number"]),
        (("2024-01,7,", "2024-01,,CR"), ["empty-cell"]),
        # the bill that the credit takes back is the one that cannot be read
        (("2024-01,x,", "2024-01,-7,CR", "2024-02,3,"), ["not-a-number"]),
        (("2024-01,5,", "2024-01,-7,CR"), ["negative-quantity"]),
    ],
)
def test_a_bad_cell_of_a_marked_row_is_one_finding(
    tmp_path: Path, rows: tuple[str, ...], codes: list[str]
) -> None:
    run = marked(tmp_path, *rows)
    assert run.inventory is None
    assert [d.code for d in run.diagnostics if d.severity is Severity.ERROR] == codes
