"""Sampled cells of the publishers' own files stand in the packs, in the right row and column.

The sheet was drawn by `tests/sample/draw.py`, which shares no code with the importers.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from ghgcalc.factors.library import open_bundled
from support import sampled

if TYPE_CHECKING:
    from ghgcalc.factors.rows import RowRef

SHEET = Path(__file__).parent / "sample" / "cells.csv"
_RANGE = re.compile(r"^(?P<sheet>.+)!(?P<c1>[A-Z]+)(?P<r1>\d+)(?::(?P<c2>[A-Z]+)(?P<r2>\d+))?$")
# the publisher's heading of a gas → the column of a pack
_DESNZ = {
    "kg CO2e": "CO2e [kg]", "kg CO2e of CO2 per unit": "CO2e:CO2 [kg]",
    "kg CO2e of CH4 per unit": "CO2e:CH4 [kg]", "kg CO2e of N2O per unit": "CO2e:N2O [kg]",
    "kg CO2": "CO2e:CO2 [kg]", "kg CH4": "CO2e:CH4 [kg]", "kg N2O": "CO2e:N2O [kg]",
    "kg CO2e of CO2": "CO2e:CO2 [kg]", "kg CO2e of CH4": "CO2e:CH4 [kg]",
    "kg CO2e of N2O": "CO2e:N2O [kg]",
}  # fmt: skip
_UNITS = {
    "kWh (Gross CV)": ("kWh", "gross"), "kWh (Net CV)": ("kWh", "net"), "tonnes": ("t", ""),
    "litres": ("L", ""), "cubic metres": ("Sm3", ""), "kWh": ("kWh", ""), "km": ("km", ""),
    "miles": ("mi", ""), "passenger.km": ("pkm", ""), "tonne.km": ("tkm", ""),
    "Room per night": ("night", ""),
}  # fmt: skip
_TYPED = {  # table of typed totals -> start of a row's id
    "bioenergy": "", "travel_air": "flight", "wtt_travel_air": "flight_wtt", "hotel": "hotel",
    "homeworking": "homeworking", "materials": "material", "waste": "waste",
}  # fmt: skip
_SPEND = {
    "Supply Chain Emission Factors without Margins": "without_margins",
    "Margins of Supply Chain Emission Factors": "margins_only",
    "Supply Chain Emission Factors with Margins": "with_margins",
}
_SPEND_GASES = {
    "All GHGs": "CO2e", "Carbon dioxide": "CO2", "Methane": "CH4", "Nitrous oxide": "N2O",
    "Sulfur hexafluoride": "SF6", "Nitrogen trifluoride": "NF3",
    "Carbon tetrafluoride": "PFC-14", "Hexafluoroethane": "PFC-116",
    "Perfluoropropane": "PFC-218", "Perfluorobutane": "PFC-31-10",
    "Perfluorocyclobutane": "PFC-318", "Perfluorohexane": "PFC-51-14",
}  # fmt: skip


class Cell(NamedTuple):
    """A line of the sheet."""

    pack: str
    sha256: str
    place: str
    what: str
    unit: str
    gas: str
    value: str


def cells() -> list[Cell]:
    with SHEET.open(encoding="utf-8", newline="") as stream:
        return [Cell(**row) for row in csv.DictReader(stream)]


@cache
def rows(pack: str) -> list[RowRef]:
    opened = open_bundled(pack)
    assert opened is not None, pack
    return [row for table in opened.tables for row in table.all()]


def covers(locator: str, place: str) -> bool:
    """Whether one of a locator's ranges holds a cell."""
    want = _RANGE.match(place)
    assert want is not None
    sheet = ""
    for text in re.split("[;,] ", locator):
        sheet = text.rpartition("!")[0] or sheet
        have = _RANGE.match(f"{sheet}!{text.rpartition('!')[2]}")
        if have is None or have["sheet"] != want["sheet"]:
            continue
        first, last = int(have["r1"]), int(have["r2"] or have["r1"])
        left, right = have["c1"], have["c2"] or have["c1"]
        if first <= int(want["r1"]) <= last and left <= want["c1"] <= right:
            return True
    return False


def numbers(row: RowRef) -> dict[str, Decimal]:
    held = {name: text for name, text in row.cells.items() if name.endswith("]") or name == "value"}
    return {name: Decimal(text) for name, text in held.items()}


def test_the_sheet_is_large_enough() -> None:
    drawn = cells()
    assert len(drawn) >= 720
    assert len({(cell.pack, cell.place, cell.what, cell.gas) for cell in drawn}) == len(drawn)


@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell.pack}-{cell.place}-{cell.gas}")
def test_the_printed_value_is_in_the_pack(cell: Cell) -> None:
    value = Decimal(cell.value)
    if cell.pack == "desnz-2026":
        table, _, key = cell.what.partition(" / ")
        start = ".".join(filter(None, (_TYPED[table], key)))
        found = [row for row in rows(cell.pack) if row.cells["id"].startswith(f"{start}.")]
        found = [row for row in found if row.cells["per"] == cell.unit]
        assert len(found) == (2 if "with and without RF" in cell.place else 1)
        sheet, _, line = cell.place.partition(" (")[0].partition(" row ")
        for row in found:
            assert numbers(row) == {"CO2e [kg]": value}
            assert row.cells["locator"] == f"full set, sheet '{sheet}'" + (
                f", row {line}" if line else ""
            )
    elif cell.pack.startswith("desnz"):
        found = [row for row in rows(cell.pack) if covers(row.cells.get("locator", ""), cell.place)]
        column = _DESNZ[cell.gas]
        if cell.what.startswith("Outside of scopes"):
            column = "CO2_biogenic [kg]"
        assert found, cell
        for row in found:
            assert numbers(row)[column] == value, (cell, row.cells)
            if cell.unit in _UNITS and not cell.what.startswith("Outside of scopes"):
                want = ("m3", "") if cell.what.startswith("Water ") else _UNITS[cell.unit]
                assert (row.cells["per"], row.cells.get("basis", "")) == want
    elif cell.pack.startswith("epa-hub"):
        found = [row for row in rows(cell.pack) if covers(row.cells.get("locator", ""), cell.place)]
        assert found, cell
        for row in found:
            assert value in {v for n in numbers(row).values() for v in (n, n / 100)}, (cell, row)
    elif cell.pack in sampled.PACKS:
        figure = sampled.Sampled(*(cell[:1] + cell[2:]))
        found = sampled.rows_of(figure, rows(cell.pack))
        many = 4 if cell.place == "2022-2025" else 2 if cell.place == "Gas-diesel oil" else 1
        assert len(found) == many, (cell, [row.cells["id"] for row in found])
        for row in found:
            assert sampled.figure(figure, row) == value, (cell, row.cells)
            assert sampled.same_unit(figure, row), (cell, row.cells)
    elif cell.pack.startswith("egrid"):
        found = [row for row in rows(cell.pack) if cell.place in row.cells.get("locator", "")]
        assert [numbers(row)["CO2 [lb]"] for row in found] == [value]
    else:
        code, _, heading = cell.place.partition(", ")
        name = f"naics_{code}.{_SPEND[heading]}.usd"
        gas = _SPEND_GASES.get(cell.gas, cell.gas)
        (row,) = [row for row in rows(cell.pack) if row.cells["id"] == name]
        assert numbers(row).get(f"{gas} [kg]", Decimal(0)) == value, (cell, row.cells)
