"""Counters and running totals among the columns of a file: asked about, never proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.looking.look import Look


def seen(folder: Path, text: str) -> Look:
    path = folder / "readings.csv"
    path.write_text(text, "utf-8")
    return look(path)


def asked(found: Look) -> str:
    return "\n".join(found.questions)


def two(values: list[tuple[int, int]]) -> str:
    return "Day,Main (kWh),Annex (kWh)\n" + "".join(
        f"2024-03-{n:02},{main},{annex}\n" for n, (main, annex) in enumerate(values, 13)
    )


@pytest.mark.parametrize("rows", [4, 7])
def test_several_counters(tmp_path: Path, rows: int) -> None:
    found = seen(tmp_path, two([(100_200 + 120 * n, 50_100 + 60 * n) for n in range(rows)]))
    assert '      quantity: …  # "Main (kWh)" or "Annex (kWh)"' in found.proposal
    assert "reading: `Main (kWh)`, `Annex (kWh)` only rise, as the readings of a" in asked(found)
    assert "may each be the quantity" not in asked(found)  # nor is their sum offered


def test_one_of_two_is_a_counter(tmp_path: Path) -> None:
    found = seen(tmp_path, two([(100_200 + 120 * n, 60 - n % 3) for n in range(7)]))
    assert "reading: `Main (kWh)` only rises" in asked(found)
    assert "may each be the quantity" in asked(found)


def test_few_days_of_one(tmp_path: Path) -> None:
    """Four days are asked about where the steps are small; months and large steps are not."""
    days = "Day,Use kWh\n" + "".join(f"2024-03-{13 + n},{900 + n}\n" for n in range(4))
    assert "      quantity: …  # Use kWh" in seen(tmp_path, days).proposal
    large = "Day,Use kWh\n" + "".join(f"2024-03-{13 + n},{900 + 90 * n}\n" for n in range(4))
    assert "      quantity: Use kWh" in seen(tmp_path, large).proposal
    months = days.replace("2024-03-1", "2024-0")
    assert "      quantity: Use kWh" in seen(tmp_path, months).proposal


def test_running_totals(tmp_path: Path) -> None:
    alone = seen(tmp_path, "Month,Power YTD (kWh)\n2024-01,90\n2024-02,175\n2024-03,240\n")
    assert '      quantity: …  # "Power YTD (kWh)"' in alone.proposal
    assert "quantity: `Power YTD (kWh)`: running totals by the heading" in asked(alone)
    text = "Mois,Roanne cumul kWh,Lyon cumul kWh\n2024-01,210,95\n2024-02,408,185\n"
    several = seen(tmp_path, text)
    assert "      quantity: …  # Roanne cumul kWh or Lyon cumul kWh" in several.proposal
    assert "`Roanne cumul kWh`, `Lyon cumul kWh`: running totals" in asked(several)


def test_a_running_total_beside_the_use_of_each_month(tmp_path: Path) -> None:
    text = "Month,Use kWh,Use YTD kWh\n2024-01,90,90\n2024-02,85,175\n2024-03,65,240\n"
    assert "      quantity: Use kWh" in seen(tmp_path, text).proposal
    other = text.replace("Use kWh", "Floor m2", 1)  # no use of its unit: the reader says
    assert "      quantity: …  # Floor m2 or Use YTD kWh" in seen(tmp_path, other).proposal


def test_running_totals_below_months(tmp_path: Path) -> None:
    heads = "Site,Jan,Jan,Feb,Feb\n,kWh,kWh YTD,kWh,kWh YTD\n"
    found = seen(tmp_path, f"{heads}A,100,100,120,220\nB,80,80,70,150\n")
    lines = [line.strip() for line in found.proposal]
    assert "Jan / kWh: {period: …-01}" in lines
    assert not any("YTD" in line for line in lines)
    alone = seen(tmp_path, f"{heads.replace(',kWh,', ',m3 YTD,')}A,1,100,12,220\nB,8,80,7,150\n")
    assert "Feb / kWh YTD: {period: …}" in [line.strip() for line in alone.proposal]
    assert "`Jan / m3 YTD`, `Jan / kWh YTD`" in asked(alone)
