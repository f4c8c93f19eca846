"""ENERGY STAR Portfolio Manager: meter entries of a download of properties (EPA).

The workbook begins with a preamble; the sheet `Meter Entries` (`Meter Consumption Data` in older
downloads) has one row per bill. Units are written with their meaning, `kWh (thousand Watt-hours)`,
what is missing as `Not Available`; deliveries of fuel have one day instead of two.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.formats.rows import FormatRefused, FormatRow
from ghgcalc.activity_data.tables.records import Block, open_records
from ghgcalc.activity_data.tables.sheet_rows import check_layout, sheet_records
from ghgcalc.activity_data.tables.workbooks import open_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.activity_data.tables.records import Record, Records
    from ghgcalc.activity_data.tables.workbooks import Sheet
    from ghgcalc.company.read import Read

SHEETS = ("Meter Entries", "Meter Consumption Data")
# our heading, and theirs; the first one found counts
HEADINGS = {
    "facility": ("Portfolio Manager ID", "Portfolio Manager Property ID", "Property Id",
                 "Property ID"),
    "name": ("Property Name",),
    "meter": ("Portfolio Manager Meter ID", "Meter ID"),
    "type": ("Meter Type",),
    "entry": ("Meter Consumption ID",),
    "quantity": ("Usage/Quantity", "Usage", "Quantity"),
    "unit": ("Usage Units", "Units"),
    "from": ("Start Date",),
    "to": ("End Date",),
    "delivery": ("Delivery Date",),
    "estimated": ("Estimation", "Estimated", "Estimated Value", "Estimation?"),
}  # fmt: skip
_NEEDED = ("meter", "quantity", "unit", "from", "to")
_MOST_PREAMBLE = 30
UNITS = {
    "kWh (thousand Watt-hours)": "kWh", "MWh (million Watt-hours)": "MWh",
    "kBtu (thousand Btu)": "kBtu", "MBtu/MMBtu (million Btu)": "mmBtu",
    "MBtu/ MMBtu/ Dth (million Btu/ dekatherm)": "mmBtu", "therms": "therm",
    "Gallons (US)": "gal_US", "Gallons (UK)": "gal_UK", "Liters": "L",
    "kg (kilograms)": "kg", "Lbs. (pounds)": "lb",
}  # fmt: skip
_MISSING = frozenset({"Not Available", "N/A"})
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]00:00(?::00)?(?:\.0+)?)?")
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: 0?0:00(?::00)?)?")


def read_portfolio_manager(path: Path, read: Read) -> Iterator[FormatRow]:
    """The meter entries of a workbook, or of one saved as CSV, one row each.

    Raises:
        FileRefused: what workbooks are refused for; `bad-meter-file` without the headings.
        OSError: when it cannot be read.
    """
    if path.name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        yield from _of_workbook(path, read)
    else:
        yield from _of_text(path)


def _of_workbook(path: Path, read: Read) -> Iterator[FormatRow]:
    sheet = _sheet(path, read)
    try:
        row, cells = _header(sheet.rows)
        places = _places(cells)
        needed = set(places.values())
        below = read.model_copy(update={"header_row": (row,)})
        check_layout(sheet, below, needed)
        yield from _rows(sheet_records(sheet, below, needed, len(cells)), places)
    finally:
        sheet.close()


def _sheet(path: Path, read: Read) -> Sheet:
    for name in SHEETS if read.sheet is None else ():
        try:
            return open_sheet(path, read.model_copy(update={"sheet": name}))
        except FileRefused as error:
            if error.code != "unknown-sheet":
                raise
    return open_sheet(path, read)


def _of_text(path: Path) -> Iterator[FormatRow]:
    with open_records(path, "utf-8", ",") as records:
        _, cells = _header(_above(records))
        places = _places(cells)
        yield from _rows(records.rest(len(cells)), places)


def _above(records: Records) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text one by one, until the headings are found."""
    while (record := records.one()) is not None:
        yield record.row, record.cells


def _header(rows: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    """The row of the headings, below the preamble."""
    for row, cells in rows:
        names = {cell.strip() for cell in cells}
        if all(names.intersection(HEADINGS[ours]) for ours in _NEEDED):
            return row, [cell.strip() for cell in cells]
        if row > _MOST_PREAMBLE:
            break
    needed = ", ".join(f"`{HEADINGS[ours][0]}`" for ours in _NEEDED)
    message = f"has no row with the headings {needed} in its first {_MOST_PREAMBLE} rows"
    hint = "name the sheet of meter entries: `read: {sheet: …}`"
    raise FormatRefused("bad-meter-file", message, hint)


def _places(cells: list[str]) -> dict[str, int]:
    found = {}
    for ours, names in HEADINGS.items():
        name = next((name for name in names if name in cells), None)
        if name is not None:
            found[ours] = cells.index(name)
    return found


def _rows(records: Iterator[Block | Record], places: dict[str, int]) -> Iterator[FormatRow]:
    for item in records:
        if isinstance(item, Block):
            for row, cells in enumerate(item.records, item.row):
                yield FormatRow(row, 0, _cells(cells, places))
        elif item.code:
            yield FormatRow(item.row, 0, list(item.named) or item.cells, None, item.code)
        elif len(item.cells) <= max(places.values()):
            yield FormatRow(item.row, 0, item.cells, None, "ragged-row")
        else:
            yield FormatRow(item.row, 0, _cells(item.cells, places))


def _cells(cells: list[str], places: dict[str, int]) -> list[str]:
    texts = {ours: cells[places[ours]].strip() if ours in places else "" for ours in HEADINGS}
    texts = {ours: "" if text in _MISSING else text for ours, text in texts.items()}
    texts["unit"] = UNITS.get(texts["unit"], texts["unit"])
    for ours in ("from", "to", "delivery"):
        texts[ours] = _day(texts[ours])
    return list(texts.values())


def _day(text: str) -> str:
    """A day as Portfolio Manager writes it, month first or ISO, in ISO; other texts as they are."""
    iso, us = _ISO.fullmatch(text), _US.fullmatch(text)
    if iso:
        return iso[1]
    return f"{us[3]}-{us[1]:0>2}-{us[2]:0>2}" if us else text
