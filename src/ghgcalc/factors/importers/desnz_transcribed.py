"""UK Government conversion factors: an edition known only through a transcription (CSV).

The columns are those of the transcriber: one printed value per row, the publisher's row number in
`row_group`. Totals are as printed; the CO2e of each gas may have been rebuilt from gas masses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ghgcalc.factors.importers import desnz_tables as tables
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    exact,
    lookup,
    one_file,
    read_csv,
    transcription,
    write_pack,
)
from ghgcalc.factors.importers.desnz import common_meta

_NEEDED = ("id", "row_group", "activity", "unit", "basis", "ghg_unit", "value", "year", "source")
_GASES = {
    "kg CO2e": tables.TOTAL,
    "kg CO2e of CarbonDioxide": tables.PARTS[0],
    "kg CO2e of MethaneFossil": tables.PARTS[1],
    "kg CO2e of NitrousOxide": tables.PARTS[2],
}
_UNITS = {
    "Tonne NotApplicable": "tonnes",
    "Litre NotApplicable": "litres",
    "CubicMetre NotApplicable": "cubic metres",
    "KilowattHour NotApplicable": "kWh",
    "KilowattHour NetCalorificValue": "kWh (Net CV)",
    "KilowattHour GrossCalorificValue": "kWh (Gross CV)",
}
_SECTIONS = {
    "fuels": "fuels/",
    "electricity": "uk-electricity/electricity-generated/",
    "heat": "heat-and-steam/",
    "losses": "transmission-and-distribution/t-and-d-uk-electricity/",
    "district": "transmission-and-distribution/distribution-district-heat",
}
_NOTES = [
    "The totals are as printed. The CO2e of each gas was rebuilt by the transcriber from gas masses"
    " (times 1, 28, 265) and rounded to the five decimals that DESNZ prints; the parts sum to every"
    " printed total.",
    "Bioenergy, refrigerants, 'Outside of scopes' and fuel properties of this edition are not at"
    " hand.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one transcribed edition.

    Raises:
        ImportSourceError: the file is not the expected one.
    """
    path = one_file(files, "a transcription of the flat file, CSV")
    rows = read_csv(path, _NEEDED)
    years, sources = {row["year"] for row in rows}, {row["source"] for row in rows}
    if len(years) != 1 or len(sources) != 1:
        raise ImportSourceError(f"{path.name}: expected one year and source, found {years}")
    groups = {name: _groups(rows, start, path.name) for name, start in _SECTIONS.items()}
    made = [
        tables.fuels(groups["fuels"], {}),
        tables.electricity(groups["electricity"]),
        tables.heat(groups["heat"]),
        tables.losses(groups["losses"], groups["district"]),
    ]
    return write_pack(folder, _meta(years.pop(), sources.pop()), made)


def _groups(rows: list[Row], start: str, source: str) -> list[tables.Group]:
    found: dict[str, list[tuple[int, Row]]] = {}
    for number, row in enumerate(rows, start=2):
        if row["id"].partition("/")[2].startswith(start):
            found.setdefault(row["row_group"], []).append((number, row))
    if not found:
        raise ImportSourceError(f"{source}: no rows of {start!r}")
    return [_group(key, members, source) for key, members in found.items()]


def _group(key: str, members: list[tuple[int, Row]], source: str) -> tables.Group:
    texts: dict[str, str] = {}
    for number, row in members:
        where = f"{source} row {number}"
        column = lookup(_GASES, row["ghg_unit"], where)
        if column in texts:
            raise ImportSourceError(f"{where}: a second value of {row['ghg_unit']!r}")
        texts[column] = exact(row["value"], where)
    first = members[0][1]
    unit = lookup(_UNITS, f"{first['unit']} {first['basis']}", f"{source} row {members[0][0]}")
    cells = f"Factors by Category, ID {key}_1 to {key}_{len(members)}"
    return tables.Group(first["activity"], unit, key, texts, cells)


def _meta(edition: str, source: str) -> Meta:
    base: Meta = {
        "pack": f"desnz-{edition}",
        "publisher": "desnz",
        "edition": edition,
        "version": "1.0",
        "title": re.sub(r", sheet .*$", "", source),
        **common_meta(),
        "year_rule": "edition",
        "year": int(edition),
        "gwp_set": "AR5",
        "finest_region": {"grid_average": "country"},
    }
    via = "one project's import of the flat file; 50 of 50 totals that an independent transcription"
    evidence = transcription("B", "Factors by Category", f"{via} holds are equal")
    return {**base, "evidence": evidence, "notes": [*tables.NOTES, *_NOTES]}
