"""`ghgcalc table`: tariffs in columns, tables side by side, sides of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from support.looked import sums_of

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.looked import Look


def looked(folder: Path, text: str) -> Look:
    file = folder / "usage.csv"
    file.write_text(text, "utf-8")
    return look(file)


def open_quantity(found: Look) -> str:
    return next(line for line in found.proposal if line.startswith("      quantity:"))


@pytest.mark.parametrize(("one", "other"), [
    ("HT", "NT"), ("Verbrauch HT", "Verbrauch NT"), ("HT (kWh)", "NT (kWh)"), ("HP", "HC"),
    ("Peak", "Off-peak"), ("On-Peak kWh", "Off-Peak kWh"), ("峰", "谷"),
    ("Hochtarif", "Niedertarif"), ("Heures pleines", "Heures creuses"),
])  # fmt: skip
def test_tariffs_are_offered_as_their_sum(one: str, other: str, tmp_path: Path) -> None:
    """`HT` was read as *hors taxes*, peak as power, and the other column alone was taken."""
    found = looked(tmp_path, f"Month,{one},{other}\n2024-01,141,69\n2024-02,186,42\n2024-03,17,6\n")
    assert open_quantity(found) == f'      quantity: …  # ["+{one}", "+{other}"]'
    assert any(each.startswith("tariffs: ") for each in found.questions)


def test_the_sum_of_tariffs_as_offered(tmp_path: Path) -> None:
    """141 + 69, 186 + 42, 17 + 6."""
    file = tmp_path / "usage.csv"
    file.write_text("Month,HT,NT\n2024-01,141,69\n2024-02,186,42\n2024-03,17,6\n", "utf-8")
    found = sums_of(file, quantity='["+HT", "+NT"]')
    assert found == {"2024-01": 210, "2024-02": 228, "2024-03": 23}


@pytest.mark.parametrize("head", [
    "Month,kWh,Montant HT,Montant TTC", "Month,kWh,HT,TVA", "Month,kWh,Peak kW,Off-peak kW",
    "Month,kWh,Day rate (£),Night rate (£)", "Month,kWh,平均,峰",
])  # fmt: skip
def test_money_and_power_are_no_tariffs(head: str, tmp_path: Path) -> None:
    found = looked(tmp_path, f"{head}\n2024-01,141,69,7\n2024-02,186,42,9\n2024-03,17,6,3\n")
    assert not any(each.startswith("tariffs: ") for each in found.questions)
    assert "+" not in open_quantity(found)


SIDE = "Month,kWh,,Month,kWh\n{}"


@pytest.mark.parametrize("months", [
    ("2023-01", "2023-02", "2023-03", "2024-01", "2024-02", "2024-03"),
    ("2023-01-01", "2023-02-01", "2023-03-01", "2024-01-01", "2024-02-01", "2024-03-01"),
])  # fmt: skip
def test_times_of_tables_side_by_side_are_no_first_and_last_day(
    months: tuple[str, ...], tmp_path: Path
) -> None:
    rows = "".join(f"{months[n]},{5 + n},,{months[3 + n]},{9 * n + 2}\n" for n in range(3))
    found = looked(tmp_path, f"Month,kWh,,Month,kWh\n{rows}")
    times = [line.split(":", 1) for line in found.proposal
             if line.split(":")[0] in ("      from", "      to", "      period")]  # fmt: skip
    assert times
    assert {text.strip() for _, text in times} == {'…  # "Month#1" or "Month#2"'}
    assert any("2 tables stand side by side" in each for each in found.questions)
    assert not any("add and take away" in each for each in found.questions)


def test_two_days_of_one_table_stand_as_before(tmp_path: Path) -> None:
    """One number to the right of both: first and last day, which the headings do not tell."""
    found = looked(tmp_path, "Date,Date,kWh\n2024-01-01,2024-01-31,5\n2024-02-01,2024-02-29,7\n")
    assert '      from: …  # "Date#1"' in found.proposal
    assert not any("side by side" in each for each in found.questions)


@pytest.mark.parametrize(("heading", "debit", "credit"), [
    ("S/H", "S", "H"), ("Soll/Haben", "Soll", "Haben"), ("SHKZG", "S", "H"), ("D/C", "D", "C"),
    ("Dr/Cr", "Dr", "Cr"), ("借贷", "借", "贷"),
])  # fmt: skip
def test_sides_of_an_account_are_asked_as_corrections(
    heading: str, debit: str, credit: str, tmp_path: Path
) -> None:
    """A filter was asked, and *remove it where all count* added what is taken away."""
    rows = f"2024-01-05,{credit},897\n2024-01-19,{debit},1797\n2024-02-02,{debit},520\n"
    found = looked(tmp_path, f"Date,{heading},kWh\n{rows}")
    at = found.proposal.index("    corrections:")
    assert found.proposal[at + 1 : at + 3] == (
        f"      column: {heading}",
        f"      equals: [{credit}]",
    )
    assert "    filter:" not in found.proposal
    assert any(f"are the rows of `{credit}` taken away" in each for each in found.questions)


def test_letters_below_another_heading_are_no_sides(tmp_path: Path) -> None:
    found = looked(tmp_path, "Date,Group,kWh\n2024-01-05,H,8\n2024-01-19,S,7\n2024-02-02,S,5\n")
    assert "    corrections:" not in found.proposal
