"""A look takes a unit whole: `万千瓦时` is 10,000 kWh, and the 千 of 千瓦时 multiplies nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.shape import unit_in, without_unit
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.core.unit_table import ALIASES, CURRENCIES, NATURAL
from support.looked import kwh_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

# power and money are no quantities of use: which column is one is asked whatever their unit
_NO_USE = {"kW", "MW", "元", "RMB", *CURRENCIES}
_SCALED = {"万千瓦时", "万度", "万立方米", "亿千瓦时", "thousand kWh", "million kWh", "10^3 kWh"}


@pytest.mark.parametrize("heading", ["Usage ({})", "用电量（{}）"])
def test_every_unit_of_a_heading_is_proposed_whole_and_multiplied_by_nothing(
    tmp_path: Path, heading: str
) -> None:
    """All names and other spellings that the units know, and some with a multiplier of theirs."""
    wrong = []
    for unit in sorted({*ALIASES, *NATURAL, *_SCALED} - _NO_USE):
        file = tmp_path / "x.csv"
        file.write_text(f"Month,{heading.format(unit)}\n2024-01,413.5\n2024-02,398\n", "utf-8")
        found = look(file)
        asked = [q for q in found.questions if q.startswith(("unit", "multiplier", "quantity"))]
        if f"      unit: {scalar(unit)}" not in found.proposal or asked:
            wrong.append(unit)
    assert not wrong


@pytest.mark.parametrize(
    ("heading", "kwh"),
    [
        ("用电量（千瓦时）", "413000.5"),
        ("用电量(千瓦时)", "413000.5"),
        ("用电量千瓦时", "413000.5"),
        ("用电量(万千瓦时)", "4130005000"),  # 413,000.5 x 10,000
        ("用电量（度）", "413000.5"),
        ("用电量[兆瓦时]", "413000500"),
    ],
)
def test_the_proposal_as_printed_counts_a_chinese_unit_as_it_is(
    tmp_path: Path, heading: str, kwh: str
) -> None:
    """By hand from the size of the unit."""
    file = tmp_path / "x.csv"
    file.write_text(f"月份,{heading}\n2023年1月,413000.5\n", "gb18030")
    found, errors = kwh_by_proposal(file)
    assert (found, errors) == ({"2023-01": Fraction(kwh)}, [])


@pytest.mark.parametrize(
    "heading", ["用电量 万 (千瓦时)", "用电量(十万千瓦时)", "用电量十万千瓦时", "kWh ('000)"]
)
def test_a_multiplier_beside_the_unit_is_asked(tmp_path: Path, heading: str) -> None:
    """What is no part of a unit that is known may multiply it."""
    file = tmp_path / "x.csv"
    file.write_text(f"Month,{heading}\n2024-01,413.5\n2024-02,398\n", "utf-8")
    found = look(file)
    assert "      unit: …  # such as kWh" in found.proposal


def test_a_unit_ends_a_word_without_spaces_or_stands_in_brackets() -> None:
    """A word of Latin letters ends in no unit: `tenant`, `Werkst`."""
    assert [unit_in(text) for text in ("用气量立方米", "tenant", "（元）", "电度")] == [
        "立方米", None, "元", None]  # fmt: skip
    assert without_unit("用电量(万千瓦时)").strip() == "用电量( )"
