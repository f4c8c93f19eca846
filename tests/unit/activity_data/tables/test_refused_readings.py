"""A refused reading speaks of all days between its neighbours, a fall of both spans beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Severity
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

START, END = date(1900, 1, 1), date(2200, 12, 31)  # the first and last day that there can be


def errors(
    folder: Path, rows: str, header: str = "m,day,stand", **more: Any
) -> dict[str, list[Diagnostic]]:
    given = {"m": "meter", "day": "day", "stand": "reading", "f": "facility"}
    columns = {given[text]: text for text in header.split(",")}
    constants = {"facility": "ks", "item": "el", "unit": "kWh"}
    for name in columns:
        constants.pop(name, None)
    table = Table.model_validate({
        "files": "t.csv", "columns": columns, "constants": constants,
        "items": {"el": {"category": "purchased_electricity"}}, **more,
    })  # fmt: skip
    (folder / "t.csv").write_text(f"{header}\n" + rows.replace("; ", "\n") + "\n", "utf-8")
    found = collapse(
        "t", table, folder, cuts=[], facilities={"ks", "hb"}, year=ReportingYear(),
        locate=lambda _: Location("company.yaml", 1, 1),
    ).diagnostics  # fmt: skip
    told: dict[str, list[Diagnostic]] = {}
    for each in found:
        if each.severity is Severity.ERROR:
            told.setdefault(each.code, []).append(each)
    return told


def test_days_between_the_neighbours_of_a_refused_reading(tmp_path: Path) -> None:
    """Of 31 Dec 2024 … 30 Jun 2025 nobody knows what was used before and after 1 January."""
    rows = "A,2024-01-01,0; A,2024-12-31,365; A,2025-01-01,x; A,2025-07-01,181365; B,2025-03-01,1"
    (found,) = errors(tmp_path, rows)["not-a-number"]
    assert found.days == (date(2024, 12, 31), date(2025, 6, 30))


@pytest.mark.parametrize(("taken", "days"), [
    ("start_of_day", (date(2024, 7, 1), END)), ("end_of_day", (date(2024, 7, 2), END)),
])  # fmt: skip
def test_a_last_reading_that_is_refused_has_no_end(
    tmp_path: Path, taken: str, days: tuple[date, date]
) -> None:
    rows = "A,2024-01-01,0; A,2024-07-01,1000; A,2025-01-01,x; A,2025-02-01,y"
    found = errors(tmp_path, rows, readings={"taken": taken})["not-a-number"]
    assert {each.days for each in found} == {days}


def test_a_first_reading_that_is_refused_has_no_beginning(tmp_path: Path) -> None:
    (found,) = errors(tmp_path, "A,2024-01-01,x; A,2024-07-01,1000; A,2025-01-01,2000")[
        "not-a-number"
    ]
    assert found.days == (START, date(2024, 6, 30))


def test_more_refused_readings_than_are_printed_speak_of_the_same_days(tmp_path: Path) -> None:
    """Thirty unknown names in November, told together: nothing that is said has fewer days."""
    bad = "; ".join(f"A,2024-11-{day:02},500,{'nobody' * 3}{day}" for day in range(1, 31))
    rows = f"A,2024-10-01,0,ks; {bad}; A,2025-02-01,900,ks"
    found = errors(tmp_path, rows, "m,day,stand,f")["unknown-facility"]
    assert {each.days for each in found} == {(date(2024, 10, 1), date(2025, 1, 31))}


def test_a_fall_speaks_of_the_spans_beside_it(tmp_path: Path) -> None:
    """Either of 50000 and 5500 may be the wrong one: 2024 hangs on the second."""
    rows = "A,2023-10-01,40000; A,2023-11-01,50000; A,2023-12-31,5500; A,2024-12-31,61000"
    (found,) = errors(tmp_path, rows)["falling-reading"]
    assert found.days == (date(2023, 10, 1), date(2024, 12, 30))


def test_a_reading_of_an_unknown_facility_is_an_error_when_it_stands_alone(tmp_path: Path) -> None:
    """It would have divided 2023 from 2024, of a meter that `ks` has as well."""
    rows = "A,2023-01-01,0,ks; A,2024-01-01,1000,kss; A,2025-01-01,101000,ks"
    (found,) = errors(tmp_path, rows, "m,day,stand,f")["unknown-facility"]
    assert found.days == (date(2023, 1, 1), date(2024, 12, 31))


def test_an_unknown_facility_may_be_any_that_has_the_meter(tmp_path: Path) -> None:
    """`hb` has read the meter until 2022 alone: its next reading might be the refused one."""
    rows = (
        "A,2022-01-01,0,hb; A,2022-06-01,5,hb; A,2023-01-01,0,ks; A,2024-01-01,1000,kss;"
        " A,2025-01-01,101000,ks"
    )
    (found,) = errors(tmp_path, rows, "m,day,stand,f")["unknown-facility"]
    assert found.days == (date(2022, 6, 1), END)
