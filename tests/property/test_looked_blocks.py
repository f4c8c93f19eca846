"""Whatever a file is, its printed block is a table of a company file but for what stands open."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from support.looked import HEAD

NAMES = ("Site", "Site", "Jan", "Feb 2024", "Mar 2024 kWh", "kWh", "Usage (kWh)", "Usage (kWh)#2",
         "", "Cost EUR", "Index début", "Index fin (x40)", "Date", "From", "To", "Month", "Meter",
         "Financial Year", "Unit", "PollutantName", "Status", "'1", "yes", "a: b", "*", "- c",
         "Reading", "Woche", "CT x40", "Invoice no.", "2024", "2023", "Gas\nkWh",
         "é # x")  # fmt: skip
DAYS = [date(2023, 12, 31) + timedelta(days=31 * n) for n in range(4)]
CELLS = (
    [f"{day:%Y-%m-%d}" for day in DAYS], [f"{day:%d.%m.%Y}" for day in DAYS],
    [f"{day:%m/%d/%Y}" for day in DAYS], ["2024-01", "2024-02", "2024-03", "2024-04"],
    ["Apr", "May", "Jun", "Jan"], ["2023/24"] * 4, ["KW 01/2024", "KW 02/2024", "KW 03/2024", "x"],
    ["100", "120", "150", "190"], ["5", "7", "5", "9"], ["1.250,5", "2.000", "17", "3"],
    ["3", "3", "3", "3"], ["", "", "", ""], ["-", "n/a", "-", "-"], ["A", "B", "A", "B"],
    ["yes", "no", "yes", "no"], ["null", "~", "true", "1e3"], ["kWh", "kWh", "kWh", "MWh"],
    ["Total", "a", "b", "c"], ["Actual", "Estimated", "Actual", "E"], ["5 kWh", "6 kWh", "7", "8"],
    ["'q'", '"q"', "a: b", "# c"], ["A", "", "B", ""],
)  # fmt: skip
COLUMN = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(CELLS))


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@settings(max_examples=20, deadline=None)
@given(columns=st.lists(COLUMN, min_size=1, max_size=6), rows=st.integers(1, 2))
def test_a_block_is_refused_for_nothing_but_what_is_open(
    columns: list[tuple[str, str, list[str]]], rows: int
) -> None:
    """No key stands twice, and each thing that the model refuses is an `…`."""
    headings = [[name[0] for name in columns], [name[1] for name in columns]][:rows]
    cells = [[column[2][row] for column in columns] for row in range(4)]
    text = "".join(",".join(map(quoted, row)) + "\n" for row in [*headings, *cells])
    with tempfile.TemporaryDirectory() as folder:
        file, company = Path(folder, "bills.csv"), Path(folder, "company.yaml")
        file.write_text(text, "utf-8")
        assume(any(any(row) for row in [*headings, *cells]))
        company.write_text(HEAD + "\n".join(look(file).proposal) + "\n", "utf-8")
        found = ghgcalc.load(company)
        lines = company.read_text("utf-8").splitlines()
        errors = [item for item in found.diagnostics if item.severity == "error"]
        other = [
            (item.code, item.message)
            for item in errors
            if "…" not in lines[item.location.line - 1] and "…" not in item.message
        ]
        assert errors, "an item's category is open in each block"
        assert not other, (other, "\n".join(lines))
