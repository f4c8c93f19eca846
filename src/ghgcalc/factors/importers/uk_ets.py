"""UK ETS country-specific factors: CO2 and calorific values by industry and fuel, 2025 edition.

File: a CSV transcription of the publisher's workbook of 19 August 2025.
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
    one_file,
    read_csv,
    slug,
    transcription,
    write_pack,
)

_NEEDED = (
    "crt_category", "industry", "fuel", "t_co2_per_tj_net", "ncv", "ncv_unit",
    "oxidation_factor",
)  # fmt: skip
_FUELS = {
    "Blast furnace gas": "blast_furnace_gas",
    "Burning Oil": "burning_oil",
    "Coke": "coke_oven_coke",
    "Coke Oven Gas": "coke_oven_gas",
    "Fuel Oil": "fuel_oil",
    "Gas Oil": "gas_oil",
    "LPG": "lpg",
    "Lubricants": "lubricants",
    "Naphtha": "naphtha",
    "Natural Gas": "natural_gas",
    "Petrol": "petrol",
    "Petroleum Coke": "petroleum_coke",
    "Petroleum coke": "petroleum_coke",
    "Waste oils": "waste_oil",
}
# products without a fuel of this project, or wastes whose biogenic share is not in the row
_LEFT_OUT = frozenset(
    {
        "Coal", "Colliery methane", "Municipal solid waste: non-biomass fraction",
        "Non-municipal solid waste - non-biomass fraction", "OPG", "SSF", "Scrap tyres",
        "Sour gas", "Waste", "Waste solvent",
    }
)  # fmt: skip
_NOTE = re.compile(r" \[note \d+\]$")
_NOTES = [
    "Tonnes of CO2 per TJ on the net calorific value, fully computed by the publisher; oxidation"
    " is inside the factor.",
    "CO2 only. Rows differ by industry (sector): state `sector:`.",
    "Coal (of unstated rank), colliery methane, other petroleum gases, solid smokeless fuel, sour"
    " gas, tyres, solvents and wastes have no fuel here and are left out.",
    "Calorific values differ by industry and are not fuel properties of this pack.",
    "Figures carry the digits of the workbook.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack.

    Raises:
        ImportSourceError: the file is not the expected one.
    """
    path = one_file(files, "a transcription of the country-specific factors, CSV")
    rows = []
    for number, line in enumerate(read_csv(path, _NEEDED), start=2):
        where = f"{path.name} row {number}"
        label = _NOTE.sub("", line["fuel"])
        if label not in _LEFT_OUT:
            rows.append(_row(line, lookup(_FUELS, label, where), where))
    if not rows:
        raise ImportSourceError(f"{path.name}: no rows")
    shared = {"region": "GB", "lifecycle": "combustion", "basis": "net", "per": "TJ"}
    tables = [
        Table(file, "factors", part, {"category": category, **shared})
        for file, category, part in (
            ("stationary.csv", "stationary_combustion", [r for r in rows if not _mobile(r)]),
            ("mobile.csv", "mobile_combustion", [r for r in rows if _mobile(r)]),
        )
    ]
    return write_pack(folder, _meta(), tables)


def _mobile(row: Row) -> bool:
    return row["sector"] == "all_off_road_machinery"


def _row(line: Row, fuel: str, where: str) -> Row:
    code = line["crt_category"].partition(" ")[0]
    sector = slug(line["industry"])
    if sector == "all":
        sector = "agriculture_forestry_fishing"
    return {
        "id": f"{slug(code)}.{fuel}.{sector}.tj",
        "name": f"{line['fuel']}, {line['industry']}",
        "fuel": fuel,
        "sector": sector,
        "CO2 [t]": exact(line["t_co2_per_tj_net"], where),
        "locator": f"{line['crt_category']}, {line['industry']}, {line['fuel']}",
    }


def _meta() -> Meta:
    return {
        "pack": "uk-ets-2025",
        "publisher": "uk-ets",
        "edition": "2025",
        "version": "1.0",
        "title": "UK greenhouse gas inventory, country-specific CO2 factors for the UK ETS, 2025",
        "licence": "Open Government Licence v3.0",
        "attribution": "Contains public sector information licensed under the Open Government"
        " Licence v3.0",
        "published": date(2025, 8, 19),
        "year_rule": "edition",
        "year": 2025,
        "evidence": transcription(
            "A", "country-specific factors", "the publisher's workbook, read cell by cell"
        ),
        "notes": _NOTES,
    }
