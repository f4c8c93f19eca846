"""`ghgcalc table`: the printed block is YAML that names each thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from support.looked import read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    file = folder / "bills.csv"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("below", ["kWh;EUR", "Usage kWh;Cost EUR"])
def test_a_month_over_two_columns_names_each_heading_once(below: str, tmp_path: Path) -> None:
    """Each month's heading stood twice below `unpivot:`. 100 + 110 and 200 + 220 kWh."""
    text = f"Site;Jan;;Feb;\n;{below};{below}\nLeeds;100;30;200;10\nYork;110;33;220;11\n"
    file = written(tmp_path, text)
    lines = look(file).proposal
    assert len({*lines}) == len(lines)
    completed = "\n".join(line.replace("…-0", "2024-0") for line in lines)
    assert completed.count("{period: 2024-0") == 2
    file.write_text(text.replace("Jan;", "Jan 24;").replace("Feb;", "Feb 24;"), "utf-8")
    assert read_by_proposal(file) == ({"2024-01": 210, "2024-02": 420}, [])


def test_repeated_headings_are_numbered_from_the_first(tmp_path: Path) -> None:
    """`kWh` that stands twice is refused as a name; a heading `Cost#2` of its own keeps it."""
    text = "Site,Month,kWh,kWh,Cost#2,Cost,Cost\nA,2024-01,5,6,1,2,3\nA,2024-02,7,8,1,2,4\n"
    file = written(tmp_path, text)
    found = look(file)
    names = [column.name for column in found.columns]
    assert names[2:] == ["kWh#1", "kWh#2", "Cost#2", "Cost#1", "#7"]
    assert read_by_proposal(file, quantity='"kWh#2"') == ({"2024-01": 6, "2024-02": 8}, [])


def test_headings_of_months_with_their_year_and_unit(tmp_path: Path) -> None:
    """`Jan 2024 kWh` says the year, which was asked."""
    file = written(tmp_path, "Site,Jan 2024 kWh,Feb 2024 kWh\nA,5,6\nB,7,8\n")
    assert "      Jan 2024 kWh: {period: 2024-01}" in look(file).proposal
    assert read_by_proposal(file) == ({"2024-01": 12, "2024-02": 14}, [])


def test_a_file_without_amounts_asks_for_their_column(tmp_path: Path) -> None:
    """`columns:` without an entry is no mapping; a wide file without facilities has `{}`."""
    lines = look(written(tmp_path, "Note,Text\nhello,world\nand,more\n")).proposal
    assert "      quantity: …  # no column of numbers was found" in lines
    file = written(tmp_path, "Jan 2024 kWh,Feb 2024 kWh\n5,6\n")
    assert "    columns: {}" in look(file).proposal
    assert read_by_proposal(file) == ({"2024-01": 5, "2024-02": 6}, [])


@pytest.mark.parametrize("heading", ["a: b kWh", "- c kWh", "* kWh"])
def test_names_beside_an_open_key_are_written_as_they_are_typed(
    heading: str, tmp_path: Path
) -> None:
    file = written(tmp_path, f"Month,{heading},Other kWh\n2024-01,5,6\n2024-02,7,9\n")
    line = next(line for line in look(file).proposal if line.startswith("      quantity: …"))
    typed = line.split("  # ", 1)[1].split(" or ")[0]
    assert read_by_proposal(file, quantity=typed) == ({"2024-01": 5, "2024-02": 7}, [])
