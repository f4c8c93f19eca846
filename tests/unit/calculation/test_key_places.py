"""Hints about lines of tables and of listed facilities name where their keys are typed."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [own.yaml]
facilities: {leeds: {country: GB}}
"""
PACK = """
pack: own
title: O
factors:
  chips: {category: stationary_combustion, fuel: diesel, per: L, gases: {CO2: 2 kg, CH4: 0 kg,
          N2O: 0 kg}, source: s}
  red: {category: purchased_goods_and_services, item: paint, technology: red, per: kg,
        gases: {CO2: 1 kg}, source: s}
  blue: {category: purchased_goods_and_services, item: paint, technology: blue, per: kg,
         gases: {CO2: 3 kg}, source: s}
"""
TABLE = """tables:
  bills:
    files: bills.csv
    columns: {period: p, quantity: q}
    constants: {facility: leeds, item: x, unit: kg}
    items: {x: {ITEM}}
"""


def run(folder: Path, body: str) -> Run:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "bills.csv").write_text("p,q\n2024,100\n", "utf-8")
    (folder / "company.yaml").write_text(COMPANY + body, "utf-8")
    return compute(folder / "company.yaml")


def hint(made: Run) -> str:
    (found,) = made.diagnostics
    return found.hint or ""


FUEL = "category: stationary_combustion, fuel: diesel"
PAINT = "category: purchased_goods_and_services, item: paint"


@pytest.mark.parametrize(
    ("item", "said", "key"),
    [
        (FUEL, "add `fuel_properties: {density: … kg/L}`", "fuel_properties: {density: 0.5 kg/L}"),
        (PAINT, "state `technology:` (blue, red) or pin one with `factor:`", "technology: blue"),
    ],
)
def test_a_line_of_a_table_has_its_keys_at_the_item(
    tmp_path: Path, item: str, said: str, key: str
) -> None:
    told = hint(run(tmp_path, TABLE.replace("ITEM", item)))
    assert told.startswith(f"{said} at item `x` of table `bills`")
    # diesel: 100 kg / (0.5 kg/L) × 2 kg/L; paint: 100 kg × 3 kg/kg
    made = run(tmp_path, TABLE.replace("ITEM", f"{item}, {key}"))
    assert made.inventory is not None
    assert sum(line.co2e("location_based") for line in made.inventory.lines) == (
        Fraction(4, 10) if item == FUEL else Fraction(3, 10)
    )


def test_an_activity_has_them_on_its_line(tmp_path: Path) -> None:
    body = f"activities:\n  x: {{facility: leeds, {FUEL}, period: 2024, quantity: 100 kg}}\n"
    assert hint(run(tmp_path, body)).startswith(
        "add `fuel_properties: {density: … kg/L}` on the line with its source"
    )


def test_an_item_of_a_list_has_them_in_a_column(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text(
        "theirs,category,item\nx,purchased_goods_and_services,paint\n"
    )
    listed = (
        "items_from: {files: items.csv, columns: {theirs: theirs, category: category, item: item}}"
    )
    made = run(tmp_path, re.sub("items: {x: {ITEM}}", listed, TABLE))
    assert "or pin one with `factor:` in a column of `items_from:` of table `bills`" in hint(made)


@pytest.mark.parametrize("listed", [False, True])
def test_a_facility_of_a_list_has_its_grid_in_a_column(tmp_path: Path, *, listed: bool) -> None:
    """eGRID is published by subregion: a plant without one asks for it."""
    (tmp_path / "sites.csv").write_text("id,country\nohio,US\n")
    company = (
        COMPANY.replace("facilities: {leeds: {country: GB}}\n", "facility_tables: {sites: {files:"
                        " sites.csv, columns: {id: id, country: country}}}\n")
        if listed else COMPANY.replace("leeds: {country: GB}", "ohio: {country: US}")
    ).replace("[own.yaml]", "[egrid]")  # fmt: skip
    (tmp_path / "company.yaml").write_text(
        f"{company}activities:\n  x: {{facility: ohio, category: purchased_electricity, period:"
        " 2023, quantity: 1 MWh}\n"
    )
    told = [item.hint or "" for item in compute(tmp_path / "company.yaml").diagnostics]
    place = "in a column of `facility_tables:`" if listed else "to the facility"
    assert any(f"add `grid:` {place}, such as `grid: US-…`" in each for each in told), told
