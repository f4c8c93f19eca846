"""`ghgcalc table`: quantities beside the two readings that they are the difference of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from support.looked import kwh_by_proposal, read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, headings: str, *rows: str) -> Path:
    """Two months of one meter, 100 to 150 and 150 to 180 on the dial."""
    file = folder / "index.csv"
    lines = [f"A,2024-01,100,150,{rows[0]}", f"A,2024-02,150,180,{rows[1]}"]
    file.write_text("\n".join([f"Meter,Month,{headings}", *lines]), "utf-8")
    return file


@pytest.mark.parametrize(("headings", "rows"), [
    ("Index début (x40),Index fin (x40),Consommation (kWh)", ("2000", "1200")),
    ("Previous Reading,Current Reading,Units Consumed (kWh),MF", ("2000,40", "1200,40")),
    ("Index début,Index fin,Consommation (kWh)", ("2000", "1200")),
    ("Index début (x40),Index fin (x40),Consommation (kWh),Autre (kWh)", ("2000,7", "1200,9")),
])  # fmt: skip
def test_multiplied_differences_hold_their_multiplier(
    headings: str, rows: tuple[str, str], tmp_path: Path
) -> None:
    """50 × 40 and 30 × 40: nothing is asked, and another column does not stand beside it."""
    file = written(tmp_path, headings, *rows)
    found = look(file)
    assert "      unit: kWh" in found.proposal
    assert not any(each.startswith("multiplier:") for each in found.questions)
    assert any("× " in each and "in every row" in each for each in found.questions)
    assert read_by_proposal(file) == ({"2024-01": 2000, "2024-02": 1200}, [])


def test_differences_without_the_multiplier_of_the_headings(tmp_path: Path) -> None:
    """50 and 30 counts: with `40 kWh` as the unit of one count 2000 and 1200 kWh."""
    headings = "Index début (x40),Index fin (x40),Consommation (kWh)"
    file = written(tmp_path, headings, "50", "30")
    found = look(file)
    assert "      unit: …  # such as 40 kWh, or kWh where the numbers hold it" in found.proposal
    assert any(each.startswith("multiplier: `Index fin (x40)` speaks of `x40`")
               for each in found.questions)  # fmt: skip
    assert kwh_by_proposal(file, unit="40 kWh") == ({"2024-01": 2000, "2024-02": 1200}, [])


def test_plain_differences_are_told(tmp_path: Path) -> None:
    """The heading of an empty column is no multiplier."""
    file = written(tmp_path, "Opening index,Closing index,CT x40,Units kWh", ",50", ",30")
    found = look(file)
    assert any("`Units kWh` is `Closing index` − `Opening index` in every row" in each
               for each in found.questions)  # fmt: skip
    assert read_by_proposal(file) == ({"2024-01": 50, "2024-02": 30}, [])


def test_what_is_no_difference_in_one_row_is_open(tmp_path: Path) -> None:
    headings = "Index début (x40),Index fin (x40),Consommation (kWh)"
    found = look(written(tmp_path, headings, "2000", "1300"))
    assert '      quantity: …  # "Consommation (kWh)"' in found.proposal
    assert any("nor × 40, in all rows (row 3: `1300`)" in each for each in found.questions)


def test_rounded_quantities_are_differences(tmp_path: Path) -> None:
    """110.04 − 100.5 = 9.54 and 121.6 − 110.04 = 11.56, printed as 10 and 12."""
    file = tmp_path / "index.csv"
    file.write_text("Month,Index début,Index fin,Consommation kWh\n2024-01,100.50,110.04,10\n"
                    "2024-02,110.04,121.60,12\n", "utf-8")  # fmt: skip
    assert "      quantity: Consommation kWh" in look(file).proposal
