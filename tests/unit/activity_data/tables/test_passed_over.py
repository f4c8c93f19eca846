"""Columns that the patterns of a wide table leave out: told where they look like what is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums

NAMES = {"period": "MMM", "year": "2024"}


def run(folder: Path, headings: str, cells: str = "", **rules: Any) -> Outcome[TableSums]:
    cells = cells or ",".join(str(2**place) for place in range(headings.count(",") + 1))
    name = rules.get("files", "t.csv")
    rows = [["Site", *headings.split(",")], ["leeds", *cells.split(",")]]
    if name.endswith(".xlsx"):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
        book.save(folder / name)
    else:
        (folder / name).write_text("\n".join(",".join(row) for row in rows) + "\n", "utf-8")
    rules = {
        "files": name,
        "columns": {"facility": "Site"},
        "constants": {"item": "el", "unit": "kWh"},
        "items": {"el": {"category": "purchased_electricity"}},
        **rules,
    }
    return collapse(
        "t", Table.model_validate(rules), folder, cuts=(), facilities={"leeds"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def told(outcome: Outcome[TableSums]) -> Diagnostic | None:
    found = [each for each in outcome.diagnostics if each.code == "column-passed-over"]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("key", "period", "headings", "read", "passed"),
    [
        ("???", "heading", "Jan,Feb,Sept,June", NAMES, "`Sept`, `June`"),
        ("???", "heading", "Jan,Feb,Mars", NAMES, "`Mars`"),  # a name of another language
        ("2024-0?", "heading", "2024-09,2024-10,2024-11", {}, "`2024-10`, `2024-11`"),
        ("*-24", "heading", "Jan-24,Feb-2024,Mar-24", {"period": "MMM-YY"}, "`Feb-2024`"),
        # what nobody misses: another year, a year's sum, a month taken twice, names of no month
        ("2024-*", "heading", "2023-12,2024-01,2024-02", {}, ""),
        ("2024-??", "heading", "2024-01,2024-02,2024", {}, ""),
        ("???", "heading", "Jan,Feb,January", NAMES, ""),
        ("???", "heading", "Note,Jan,Feb,Mar", NAMES, ""),
    ],
)
def test_months(
    tmp_path: Path, key: str, period: str, headings: str, read: dict[str, str], passed: str
) -> None:
    found = told(run(tmp_path, headings, unpivot={key: {"period": period}}, read=read))
    assert (found is not None) is bool(passed)
    assert (
        found is None
        or f"takes the column{'s' if ',' in passed else ''} {passed} of" in found.message
    )


@pytest.mark.parametrize(
    ("headings", "cells", "passed"),
    [
        ("Use Jan,Use Feb,Useed Mar,Use Apr", "", "`Useed Mar`"),
        ("Use Jan,Use Feb,Note,Use Apr", "1,2,x,4", ""),  # no number
        ("Use Jan,Use Feb,Note,Use Apr", "1,2,,4", ""),
        ("Use Jan,Use Feb,Q1,Use Apr", "1,2,3,4", ""),
        ("Use Jan,Use Feb,Total,Use Apr", "1,2,3,4", ""),
        ("Use Jan,Cost Jan,Use Feb,Cost Feb,Use Mar,Cost Mar", "", ""),  # one beside each
        ("Area,Use Jan,Use Feb,Rooms", "", ""),  # not among them
    ],
)
@pytest.mark.parametrize("files", ["t.csv", "t.xlsx"])
def test_numbers_among_them(
    tmp_path: Path, headings: str, cells: str, passed: str, files: str
) -> None:
    unpivot = {"Use *": {"period": "*"}}
    found = told(run(tmp_path, headings, cells, read=NAMES, unpivot=unpivot, files=files))
    assert (found is not None) is bool(passed)
    assert found is None or (passed in found.message and "`unpivot: {" not in (found.hint or ""))


def test_times_of_day(tmp_path: Path) -> None:
    rules = {"unpivot": {"??:??": {"item": "el"}}, "constants": {"unit": "kWh", "period": "2024"}}
    found = told(run(tmp_path, "9:30,9:45,10:00,10:15", **rules))
    assert found is not None
    assert "`9:30`, `9:45`" in found.message
    assert '`unpivot: {"9:30": {item: el}, "9:45": {item: el}}`' in (found.hint or "")


def test_the_hint_typed(tmp_path: Path) -> None:
    months = {"???": {"period": "heading"}}
    found = told(run(tmp_path, "Jan,Feb,Sept,June", unpivot=months, read=NAMES))
    assert found is not None
    assert "`unpivot: {Sept: {period: heading}, June: {period: heading}}`" in (found.hint or "")
    typed = {**months, "Sept": {"period": "heading"}, "June": {"period": "heading"}}
    outcome = run(tmp_path, "Jan,Feb,Sept,June", unpivot=typed, read=NAMES)
    assert told(outcome) is None
    # 1, 2, 4 and 8 kWh of four months
    assert sum(entry.quantity for entry in outcome.value.sums) == 15
    assert [entry.span.first.month for entry in outcome.value.sums] == [1, 2, 6, 9]
