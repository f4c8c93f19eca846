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
