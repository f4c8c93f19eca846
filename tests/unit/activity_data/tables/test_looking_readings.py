"""`ghgcalc table` and readings: the side of their day on which they stand, steps, empty columns."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from support.looked import read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

ASKED = "      taken: …  # start_of_day or end_of_day"


def written(folder: Path, text: str) -> Path:
    file = folder / "readings.csv"
    file.write_text(text, "utf-8")
    return file


def readings(*days: str) -> str:
    """100, 131 and 160 on the dial of one meter."""
    numbers = (100, 131, 160)
    rows = "".join(f"M1,{day},{n}\n" for day, n in zip(days, numbers, strict=True))
    return f"Meter,Date,Reading kWh\n{rows}"


def test_readings_on_last_days_of_months_ask_for_their_side(tmp_path: Path) -> None:
    """31 kWh of 31 days and 29 of 29: by the evening each is its own month's.

    By the morning 1 kWh of each is of the month before: 30 + 1 and 28 + 1, of December and on.
    """
    file = written(tmp_path, readings("31/12/2023", "31/01/2024", "29/02/2024"))
    found = look(file)
    assert ASKED in found.proposal
    assert any(
        each.startswith("taken: does the reading of `31/12/2023`") for each in found.questions
    )
    evening, errors = read_by_proposal(file, taken="end_of_day")
    assert (evening, errors) == ({"2024-01": Fraction(31), "2024-02": Fraction(29)}, [])
    morning, errors = read_by_proposal(file, taken="start_of_day")
    assert (morning, errors) == ({"2023-12": 1, "2024-01": Fraction(31), "2024-02": 28}, [])


@pytest.mark.parametrize(("days", "asked"), [
    (("2024-01-01", "2024-02-01", "2024-03-01"), False),
    (("2024-01-15", "2024-02-14", "2024-03-16"), True),
    (("2023-12-31 23:59", "2024-01-31 23:59", "2024-02-29 23:59"), True),
    (("2024-01-01 00:00", "2024-01-02 00:00", "2024-01-03 00:00"), False),
    (("2024-01-15 08:30", "2024-02-14 09:00", "2024-03-16 08:00"), False),
])  # fmt: skip
def test_the_side_is_asked_where_the_days_do_not_tell_it(
    days: tuple[str, ...], asked: bool, tmp_path: Path
) -> None:
    """Not on first days of months, and not with a time in the morning."""
    assert (ASKED in look(written(tmp_path, readings(*days))).proposal) is asked


def test_the_open_side_computes_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, readings("31/12/2023", "31/01/2024", "29/02/2024"))
    text = "\n".join(look(file).proposal).replace(
        "{category: …}", "{category: purchased_electricity}"
    )
    text = text.replace("facility: …", "facility: leeds")
    head = "ghgcalc: 1\norganization: {name: T, consolidation_approach: operational_control}\n"
    company = file.with_name("company.yaml")
    company.write_text(f"{head}facilities: {{leeds: {{country: GB}}}}\n{text}\n", "utf-8")
    done = ghgcalc.load(company)
    assert done.project is None
    assert any("taken" in item.message for item in done.diagnostics)


def test_readings_by_months_ask_for_their_days(tmp_path: Path) -> None:
    """A month is no day of a reading; `day: Month` was proposed and refused row by row."""
    found = look(written(tmp_path, readings("2024-01", "2024-02", "2024-03")))
    assert "      day: …  # the column of the days of readings" in found.proposal
    assert any(each.startswith("day: `Date` does not say") for each in found.questions)


LOAD = """Identifiant PRM;Date de debut;Unite;Pas en minutes
14578901234567;04/03/2024;W;30
Horodate;Valeur
2024-03-04T00:30:00+01:00;4520
2024-03-04T01:00:00+01:00;4310
2024-03-04T01:30:00+01:00;4280
"""


@pytest.mark.parametrize("padded", [False, True])
def test_particulars_above_a_load_profile_are_no_data(padded: bool, tmp_path: Path) -> None:
    """4520 + 4310 + 4280 = 13110; a spreadsheet pads each row to the widest one."""
    lines = [f"{line}{';' * (3 - line.count(';')) * padded}" for line in LOAD.splitlines()]
    file = written(tmp_path, "\n".join(lines))
    found = look(file)
    assert "      header_row: 3" in found.proposal
    assert "      quantity: Valeur" in found.proposal
    assert read_by_proposal(file) == ({"2024-03": Fraction(13110)}, [])


@pytest.mark.parametrize("heading", [
    "Pas en minutes", "Interval", "Interval length (min)", "IntervalLength", "Intervall",
    "Messintervall", "Registrierperiode [min]", "Intervalo", "Granularité", "间隔", "Time step",
])  # fmt: skip
def test_the_length_of_a_step_is_no_quantity(heading: str, tmp_path: Path) -> None:
    """Also where it changes, from 30 to 15 minutes."""
    days = "2024-03-04", "2024-03-05", "2024-03-06"
    text = f"Day,Valeur,{heading}\n" + "".join(
        f"{day},{n},{step}\n" for day, n, step in zip(days, (5, 7, 9), (30, 30, 15), strict=True)
    )
    file = written(tmp_path, text)
    assert "      quantity: Valeur" in look(file).proposal
    assert read_by_proposal(file) == ({"2024-03": Fraction(21)}, [])


def test_an_amount_of_an_interval_is_a_quantity(tmp_path: Path) -> None:
    text = "Day,Interval kWh\n2024-03-04,5\n2024-03-05,7\n2024-03-06,9\n"
    assert "      quantity: Interval kWh" in look(written(tmp_path, text)).proposal


def test_a_column_of_one_number_is_no_quantity_beside_others(tmp_path: Path) -> None:
    """Alone it is asked: three times 5 may be what was used."""
    text = "Month,Size,Used\n2024-01,5,1\n2024-02,5,2\n2024-03,5,4\n"
    assert "      quantity: Used" in look(written(tmp_path, text)).proposal
    alone = look(written(tmp_path, "Month,Used\n2024-01,5\n2024-02,5\n2024-03,5\n"))
    assert "      quantity: …  # Used" in alone.proposal
    assert any("holds `5` in every row" in each for each in alone.questions)


@pytest.mark.parametrize("cell", ["", "-", "n/a"])
def test_the_heading_of_an_empty_column_is_no_multiplier(cell: str, tmp_path: Path) -> None:
    text = f"Month,Usage kWh,CT x40\n2024-01,5,{cell}\n2024-02,7,{cell}\n"
    file = written(tmp_path, text)
    found = look(file)
    assert "      unit: kWh" in found.proposal
    assert not any("multiplier" in each for each in found.questions)
    assert read_by_proposal(file) == ({"2024-01": 5, "2024-02": 7}, [])
