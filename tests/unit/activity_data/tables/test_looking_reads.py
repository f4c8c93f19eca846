"""`ghgcalc table`: estimates, times of day, and single days that may stand for a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from support.looked import read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.looked import Look


def seen(folder: Path, text: str) -> Look:
    file = folder / "bills.csv"
    file.write_text(text, "utf-8")
    return look(file)


def rows_of(actual: str, estimate: str) -> str:
    return f"2024-01,5,{actual}\n2024-02,6,{estimate}\n2024-03,4,{actual}\n"


@pytest.mark.parametrize(("actual", "estimate"), [
    ("Actual", "Estimated"), ("rzeczywisty", "szacunkowy"), ("Real", "Estimada"),
    ("abgelesen", "geschätzt"), ("实", "估"), ("réel", "estimé"),
])  # fmt: skip
@pytest.mark.parametrize("heading", ["Read Type", "F03"])
def test_how_a_row_was_read_is_no_item(
    heading: str, actual: str, estimate: str, tmp_path: Path
) -> None:
    found = seen(tmp_path, f"Month,kWh,{heading}\n{rows_of(actual, estimate)}")
    assert f"      estimated: {heading}" in found.proposal
    assert "    filter:" not in found.proposal
    assert "      item: item" in found.proposal
    assert not any("replaces: estimated" in each for each in found.questions)


@pytest.mark.parametrize(("heading", "taken"), [
    ("Read Type", True), ("Status", True), ("Ableseart", True), ("Ablesung", True),
    ("F03", False), ("Tariff", False), ("Zone", False), ("Class", False),
])  # fmt: skip
def test_letters_are_reads_below_a_heading_that_says_so(
    heading: str, taken: bool, tmp_path: Path
) -> None:
    """Elsewhere A and E may be tariffs: which rows count is asked."""
    found = seen(tmp_path, f"Month,kWh,{heading}\n{rows_of('A', 'E')}2024-04,3,E\n")
    assert (f"      estimated: {heading}" in found.proposal) is taken
    assert ("        equals: …  # which of [A, E] count" in found.proposal) is not taken


def test_every_text_must_say_how_a_row_was_read(tmp_path: Path) -> None:
    found = seen(tmp_path, f"Month,kWh,F03\n{rows_of('Actual', 'Night')}2024-04,3,Night\n")
    assert not any("estimated:" in line for line in found.proposal)


@pytest.mark.parametrize(("rows", "named"), [
    ("01-01,01-31,5,Estimated/01-01,01-31,6,Actual", True),
    ("01-01,02-29,5,Estimated/02-01,02-29,6,Actual", True),
    ("01-01,01-31,5,Estimated/02-01,02-29,6,Actual", False),
    # the shared day is the edge of two bills
    ("01-01,02-01,5,Estimated/02-01,03-01,6,Actual/03-01,04-01,6,Actual", False),
    ("01-01,01-31,5,Actual/01-01,01-31,6,Actual/02-01,02-29,6,Estimated", False),
])  # fmt: skip
def test_replacing_is_named_where_days_are_shared(rows: str, named: bool, tmp_path: Path) -> None:
    lines = []
    for row in rows.split("/"):
        first, last, *rest = row.split(",")
        lines.append(f"M1,2024-{first},2024-{last},{','.join(rest)}\n")
    found = seen(tmp_path, f"Meter,Start,End,kWh,Read Type\n{''.join(lines)}")
    assert any("replaces: estimated" in each for each in found.questions) is named
    other = "".join(line.replace("M1", f"M{at}") for at, line in enumerate(lines))
    apart = seen(tmp_path, f"Meter,Start,End,kWh,Read Type\n{other}")
    assert not any("replaces: estimated" in each for each in apart.questions)


@pytest.mark.parametrize(("form", "asked"), [
    ("2024-01-01T{}:00+00:00", False), ("2024-01-01T{}:00Z", False),
    ("2024-01-01 {}:00 +00:00", False), ("01.01.2024 {}", False),
    ("2024-01-01T{}:00-00:00", False),
])  # fmt: skip
def test_an_offset_of_zero_is_no_midnight(form: str, asked: bool, tmp_path: Path) -> None:
    """`+00:00` was read as a time of day."""
    times = ("00:30", "12:00", "23:30")
    rows = "".join(f"{form.format(time)},5\n" for time in times)
    found = seen(tmp_path, f"Time,kWh\n{rows}")
    assert any(each.startswith("midnight") for each in found.questions) is asked
    rows += f"{form.format('00:00')},5\n"
    found = seen(tmp_path, f"Time,kWh\n{rows}")
    assert any(each.startswith("midnight") for each in found.questions)


def test_midnight_of_two_clocks_is_asked_where_a_row_ends_there(tmp_path: Path) -> None:
    """The last quarter of 31 January is of January only where 00:00 ends its day."""
    rows = "31.01.2024;06:00;06:15;1,5\n31.01.2024;06:15;06:30;2,5\n"
    found = seen(tmp_path, f"Datum;Von;Bis;kWh\n{rows}")
    assert not any("midnight" in line for line in (*found.proposal, *found.questions))
    assert read_by_proposal(tmp_path / "bills.csv") == ({"2024-01": 4}, [])
    rows += "31.01.2024;23:45;00:00;8,0\n"
    found = seen(tmp_path, f"Datum;Von;Bis;kWh\n{rows}")
    assert "      midnight: …  # ends or begins" in found.proposal
    assert read_by_proposal(tmp_path / "bills.csv", midnight="ends") == ({"2024-01": 12}, [])


def test_one_clock_beside_days(tmp_path: Path) -> None:
    """Ends of quarters: 2 kWh until 00:00 of 1 February are of January. 1 + 2; 4."""
    rows = "31.01.2024;9:45;1\n01.02.2024;9:15;4\n"
    found = seen(tmp_path, f"Datum;Zeit;kWh\n{rows}")
    assert "      to: Datum" in found.proposal
    rows = "31.01.2024;23:45;1\n01.02.2024;00:00;2\n01.02.2024;00:15;4\n"
    found = seen(tmp_path, f"Datum;Zeit;kWh\n{rows}")
    assert "      to: [Datum, Zeit]" in found.proposal
    file = tmp_path / "bills.csv"
    assert read_by_proposal(file, midnight="begins") == ({"2024-01": 3, "2024-02": 4}, [])


def test_times_within_a_day_need_no_last_day(tmp_path: Path) -> None:
    found = seen(tmp_path, "From,To,kWh\n2024-01-01 06:00,2024-01-01 08:00,5\n"
                           "2024-01-02 06:00,2024-01-02 09:00,4\n")  # fmt: skip
    assert not any(line.startswith("      to: …") for line in found.proposal)
    assert read_by_proposal(tmp_path / "bills.csv") == ({"2024-01": 9}, [])


@pytest.mark.parametrize(("days", "named"), [
    (("2024-01-01", "2024-02-01", "2024-03-01"), True),
    (("2024-01-31", "2024-02-29", "2024-03-31"), False),
    (("2024-01-01", "2024-02-01", "2024-03-04"), False),
])  # fmt: skip
def test_a_month_is_offered_where_every_day_is_a_first(
    days: tuple[str, ...], named: bool, tmp_path: Path
) -> None:
    """Typed for other days, `period_from: month` is refused."""
    rows = "".join(f"{day},{at * 7 % 5 + 1}\n" for at, day in enumerate(days))
    (asked,) = [q for q in seen(tmp_path, f"Date,kWh\n{rows}").questions if q.startswith("time:")]
    assert ("period_from: month" in asked) is named
    assert "previous_to" in asked
