"""Sampled values of the later US packs stand in the right row and column; zeros have no row.

The sheet was drawn by `tests/sample/draw_us.py`, which shares no code with the importers.
"""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

from ghgcalc.factors.library import library

SHEET = Path(__file__).parent / "sample" / "cells_us.csv"
_FLOWS = {
    "Carbon dioxide": "CO2 [kg]", "Methane": "CH4 [kg]", "Nitrous oxide": "N2O [kg]",
    "Sulfur hexafluoride": "SF6 [kg]", "HFCs and PFCs, unspecified": "CO2e:unspecified [kg]",
}  # fmt: skip
_HUB = {
    "co2_lb_per_mwh": "CO2 [lb]", "ch4_lb_per_mwh": "CH4 [lb]", "n2o_lb_per_mwh": "N2O [lb]",
    "co2_kg": "CO2 [kg]", "ch4_g": "CH4 [g]", "n2o_g": "N2O [g]",
}  # fmt: skip
_READ = {"CarbonDioxide": "CO2 [lb]", "MethaneFossil": "CH4 [lb]", "NitrousOxide": "N2O [lb]"}
_REGIONS = {"EU": "EPA-EU", "APAC": "EPA-APAC", "ROW": "EPA-ROW"}
KG_PER_LB = Decimal("0.4536")  # of EPA's metric edition


def cells() -> list[dict[str, str]]:
    with SHEET.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def rows(pack: str) -> list[dict[str, str]]:
    return [row.cells for table in library(pack).tables for row in table.all()]


def imported(cell: dict[str, str]) -> list[str]:
    """The pack's figures of a region, sector and line of the publisher's file."""
    key, _, line = cell["place"].partition(", line ")
    region, _, sector = key.partition(" ")
    found = []
    for row in rows("epa-import-2019"):
        here = (row.get("region"), row["item"]) == (
            _REGIONS.get(region, region), f"bea_{sector.lower()}"
        )  # fmt: skip
        if here:
            first, last = row["locator"].rpartition("lines ")[2].split("-")
            assert int(first) <= int(line) <= int(last), cell
            found.append(row[_FLOWS[cell["what"]]])
    return found


def hub(cell: dict[str, str]) -> list[str]:
    """The same of Cornerstone's hub; a loss is printed as a fraction."""
    if cell["what"] == "grid_gross_loss":
        where = f"{cell['place']}, grid gross loss"
        losses = [row for row in rows("cornerstone-2026") if row["locator"] == where]
        return [str(Decimal(row["value"]) / 100) for row in losses]
    column, where = _HUB[cell["what"]], cell["place"]
    return [row[column] for row in rows("cornerstone-2026") if row["locator"] == where]


def grid(cell: dict[str, str]) -> list[str]:
    """The same of eGRID2023, in the kilograms of EPA's metric edition."""
    region, column = f"US-{cell['place']}", _READ[cell["what"]]
    found = [row for row in rows("egrid-2023") if row.get("region") == region and column in row]
    return [str(Decimal(row[column]) * KG_PER_LB) for row in found]


_PACKS = {"epa-import-2019": imported, "cornerstone-2026": hub, "egrid-2023": grid}


def test_the_sheet_is_large_enough() -> None:
    drawn = cells()
    assert Counter(cell["pack"] for cell in drawn) == {
        "epa-import-2019": 120, "cornerstone-2026": 24, "egrid-2023": 16,
    }  # fmt: skip
    assert len({(cell["pack"], cell["place"], cell["what"]) for cell in drawn}) == len(drawn)


def test_every_printed_value_is_in_its_pack() -> None:
    for cell in cells():
        found = _PACKS[cell["pack"]](cell)
        value = Decimal(cell["value"])
        if cell["pack"] == "epa-import-2019" and value == 0:  # the region exports none of it
            assert found == [], cell
        else:
            assert [Decimal(text) for text in found] == [value], cell
