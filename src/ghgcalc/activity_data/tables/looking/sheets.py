"""The sheets of a workbook that hold amounts: where several do, which ones count is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.activity_data.tables.files import FileRefused, kind_of
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.opened import sheets_of
from ghgcalc.activity_data.tables.paste import OPEN

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.looked import Look

SHEET: Final = "      sheet: "
_MOST_NAMED = 24


class Sheets(NamedTuple):
    """Looks at what holds amounts, the likeliest first, and why other sheets hold none."""

    tables: tuple[Look, ...]
    passed_over: tuple[str, ...] = ()


def with_amounts(path: Path, likeliest: Look) -> Sheets:
    """The sheets of a workbook, or the file, where they have a column of quantities and rows.

    Args:
        path: of the file.
        likeliest: a look at it, of a workbook at its fullest sheet.

    Raises:
        OSError: it cannot be read.
    """
    names = sheets_of(path) if kind_of(path.name) == "workbook" else []
    if len(names) < 2 or any("format: portfolio_manager" in line for line in likeliest.proposal):
        return Sheets((likeliest,) if likeliest.amounts and likeliest.rows else ())
    found: list[Look] = []
    passed: list[str] = []
    for name in sorted(names, key=lambda name: name != likeliest.sheet):
        try:
            sheet = look(path, name)
        except FileRefused as error:
            passed.append(f"sheet `{name}` {error.message}")
            continue
        if sheet.amounts and sheet.rows:
            found.append(sheet)
        else:
            passed.append(f"sheet `{name}` holds no column of quantities")
    return Sheets(tuple(found), tuple(passed))


def look_asking_sheet(path: Path) -> Look:
    """A look at a file; of a workbook with amounts in several sheets, the sheet is left open.

    Raises:
        FileRefused: it is no table.
        OSError: it cannot be read.
    """
    likeliest = look(path)
    tables = with_amounts(path, likeliest).tables
    if len(tables) < 2:
        return likeliest
    named = [each.sheet for each in tables]
    listed = ", ".join(named[:_MOST_NAMED]) + (", …" if len(named) > _MOST_NAMED else "")
    asked = (f"sheet: {len(named)} sheets hold amounts: {', '.join(f'`{n}`' for n in named)}: each"
             " whose rows count needs a table of its own, and a sheet that adds up others none;"
             " `ghgcalc init --from` writes a block for each")  # fmt: skip
    asking = tuple(
        f"{SHEET}{OPEN}  # {listed}" if line.startswith(SHEET) else line
        for line in tables[0].proposal
    )
    return tables[0]._replace(proposal=asking, questions=(asked, *tables[0].questions))
