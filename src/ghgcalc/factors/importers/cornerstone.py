"""Cornerstone's GHG Emission Factors Hub of 2026: electricity of 2024, changed flights.

Files: transcriptions (CSV) of table 6 and of the changed rows of table 10. Cornerstone runs EPA's
public code after EPA stopped; the values are its own, never EPA's, so the publisher is another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    percent,
    read_csv,
    slug,
    transcription,
    write_pack,
)

_POWER = ("subregion", "name", "co2_lb_per_mwh", "ch4_lb_per_mwh", "n2o_lb_per_mwh")
_LOSS = "grid_gross_loss"
_TRAVEL = ("row", "co2_kg", "ch4_g", "n2o_g", "per", "note")
_HAULS = {
    "Air Travel - Short Haul (< 300 miles)": "short_haul",
    "Air Travel - Medium Haul (300-2300 miles)": "medium_haul",
    "Air Travel - Long Haul (>= 2300 miles)": "long_haul",
}
_SUBREGIONS = 27
_CODE = re.compile(r"[A-Z]{4}")
_VIA = "a generator that quotes the hub's PDF, in a public repository; doi 10.5281/zenodo.20403776"
_NOTES = [
    "Not an EPA release. Cornerstone runs EPA's public eGRID code on the data of 2024 and continues"
    " EPA's hub; EPA's newest data year is 2023 (`egrid-2023`). `egrid` and `epa-hub` never mean"
    " these values: a file takes them by naming `cornerstone`.",
    "One transcription, grade C: nothing at hand confirms its tables 6 and 10. Of the same"
    " transcription, rows of tables 2, 8 and 9 equal EPA's hub of 2025, and 43 of 43 GWPs of table"
    " 11 and 40 of 40 blends of table 12 equal ours.",
    "A subregion is the facility's grid, such as `grid: US-ERCT`; the average of the United States"
    " is coarser and needs `accept: wider_region`.",
    "Table 6: total output rates per MWh generated, CO2 with one decimal. Grid gross loss is a"
    " share of generation, so kWh lost are kWh used times loss / (1 - loss); they belong to scope"
    " 3, category 3. Non-baseload rates were not at hand.",
    "Table 10: the three flights that changed, passenger-miles, combustion only, without upstream"
    " emissions. Its other rows and tables 1, 2, 8 and 9 are said to equal EPA's hub of 2025, which"
    " holds them: name `epa-hub` too.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of the hub of 2026 from its two transcriptions.

    Raises:
        ImportSourceError: a file is missing or is not what is expected.
    """
    by_name = {next((key for key in _KINDS if key in path.name), ""): path for path in files}
    if len(files) != len(_KINDS) or set(by_name) != set(_KINDS):
        raise ImportSourceError("expected the transcriptions of table 6 and of table 10")
    power = read_csv(by_name["table6"], (*_POWER, _LOSS))
    codes = [row["subregion"] for row in power]
    if len(set(codes)) != len(codes) or len(codes) != _SUBREGIONS + 1 or "US" not in codes:
        raise ImportSourceError(f"table 6: expected {_SUBREGIONS} subregions and US, each once")
    travel = [_flight(row) for row in read_csv(by_name["table10"], _TRAVEL)]
    if len(travel) != len(_HAULS):
        raise ImportSourceError(f"table 10: expected {len(_HAULS)} changed rows")
    electricity = {"category": "purchased_electricity", "lifecycle": "combustion", "per": "MWh"}
    losses = {"item": "electricity", "unit": "%", "share_of": "generation"}
    of_2024 = {"year_rule": "data_year", "year": 2024}
    flights = {
        "category": "business_travel|employee_commuting", "item": "flight", "region": "US",
        "lifecycle": "combustion", "per": "person·mi",
    }  # fmt: skip
    tables = [
        Table("electricity.csv", "factors", [_rate(row) for row in power], electricity, of_2024),
        Table("losses.csv", "losses", [_loss(row) for row in power], losses, of_2024),
        Table("travel.csv", "factors", travel, flights),
    ]
    return write_pack(folder, _meta(), tables)


_KINDS = ("table6", "table10")


def _region(row: Row) -> str:
    code = row["subregion"]
    if code != "US" and not _CODE.fullmatch(code):
        raise ImportSourceError(f"table 6: unknown subregion {code!r}")
    return "US" if code == "US" else f"US-{code}"


def _rate(row: Row) -> Row:
    region = _region(row)
    where = f"table 6, {row['subregion']}"
    return {
        "id": f"electricity.{slug(region)}.grid_average",
        "name": row["name"],
        "region": region,
        "kind": "grid_average",
        "CO2 [lb]": exact(row["co2_lb_per_mwh"], where),
        "CH4 [lb]": exact(row["ch4_lb_per_mwh"], where),
        "N2O [lb]": exact(row["n2o_lb_per_mwh"], where),
        "locator": where,
    }


def _loss(row: Row) -> Row:
    region = _region(row)
    where = f"table 6, {row['subregion']}, grid gross loss"
    return {
        "id": f"grid_gross_loss.{slug(region)}",
        "name": row["name"],
        "region": region,
        "value": percent(exact(row[_LOSS], where)),
        "locator": where,
    }


def _flight(row: Row) -> Row:
    where = f"table 10, {row['row']}"
    haul = lookup(_HAULS, row["row"], "table 10")
    if row["per"] != "passenger-mile":
        raise ImportSourceError(f"{where}: expected per passenger-mile, found {row['per']!r}")
    return {
        "id": f"travel.flight.{haul}.person_mi",
        "name": row["row"],
        "vehicle": haul,
        "CO2 [kg]": exact(row["co2_kg"], where),
        "CH4 [g]": exact(row["ch4_g"], where),
        "N2O [g]": exact(row["n2o_g"], where),
        "locator": where,
    }


def _meta() -> Meta:
    return {
        "pack": "cornerstone-2026",
        "publisher": "cornerstone",
        "edition": "2026",
        "version": "1.0",
        "title": "GHG Emission Factors Hub 2026: eGRID2024 subregions, changed flights",
        "organisation": "Cornerstone (not the US EPA)",
        "url": "https://doi.org/10.5281/zenodo.20403776",
        "licence": "none stated in the documents at hand",
        "attribution": "Cornerstone, GHG Emission Factors Hub 2026, doi 10.5281/zenodo.20403776",
        "published": date(2026, 5, 26),
        "year_rule": "edition",
        "year": 2026,
        "finest_region": {"grid_average": "grid"},
        "evidence": transcription("C", "tables 6 and 10", _VIA),
        "notes": _NOTES,
    }
