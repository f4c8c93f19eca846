"""China's electricity CO2 factors (MEE and NBS announcements): one pack per data year.

File: a CSV transcription of the announcements. The packs are written to `folder`/<data year>.
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
    "region_code", "region_name", "year", "published", "gas", "value", "unit", "kind", "source",
    "table", "retrieved_from", "note",
)  # fmt: skip
_ANNOUNCEMENT = "MEE & NBS announcement"
_KINDS = {"location": "grid_average", "residual": "residual_mix", "supplier": "fossil_only"}
_PROVINCES = (
    "BJ", "TJ", "HE", "SX", "NM", "LN", "JL", "HL", "SH", "JS", "ZJ", "AH", "FJ", "JX", "SD", "HA",
    "HB", "HN", "GD", "GX", "HI", "CQ", "SC", "GZ", "YN", "SN", "GS", "QH", "NX", "XJ",
)  # fmt: skip
_REGIONS = ("NORTH", "NORTHEAST", "EAST", "CENTRAL", "NORTHWEST", "SOUTH", "SOUTHWEST")
_CODES = {
    "CN": "CN",
    **{f"CN-R-{name}": f"CN-{name}" for name in _REGIONS},
    **{f"CN-{code}": f"CN-{code}" for code in _PROVINCES},
}
_GRADES = {"2021": "B", "2022": "A", "2023": "A"}
_VIA = {
    "2021": "one careful transcription for the provinces; two national values on a second page too",
    "2022": "two independent transcriptions that agree on all provinces",
    "2023": "two independent transcriptions that agree on all provinces",
}
_NOTES = [
    "CO2 only: no CH4 or N2O is published.",
    "Region codes: CN (country), CN-XX (province, ISO 3166-2), and the seven regional grids"
    " CN-NORTH, CN-NORTHEAST, CN-EAST, CN-CENTRAL, CN-NORTHWEST, CN-SOUTH, CN-SOUTHWEST (codes of"
    " this project; not the six grids of older tables).",
    "Which province belongs to which regional grid is not stated in the data at hand; no mapping"
    " is made.",
    "Tibet, Hong Kong, Macau and Taiwan have no row.",
    "residual_mix is the national average without market-traded non-fossil electricity; it is"
    " published for the country only.",
    "fossil_only is fossil-fired generation only; it is never a grid average.",
    "Administrative values of the emissions trading scheme (0.5703, 0.5810, 0.6101) and lifecycle"
    " footprints (0.6205, 0.5777) are other series and are not in this pack.",
    "Trailing zeros that the publisher may print (0.5500) are not kept.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write one pack per data year.

    Raises:
        ImportSourceError: the file is not the expected one.
    """
    path = one_file(files, "a transcription of the announcements, CSV")
    years: dict[str, list[tuple[int, Row]]] = {}
    for number, row in enumerate(read_csv(path, _NEEDED), start=2):
        if row["source"].startswith(_ANNOUNCEMENT):
            years.setdefault(row["year"], []).append((number, row))
    if not years:
        raise ImportSourceError(f"{path.name}: no rows of an announcement of MEE and NBS")
    report = []
    for year, lines in sorted(years.items()):
        table = _table(lines, path.name)
        report += write_pack(folder / year, _meta(year, lines[0][1], path.name), [table])
    return report


def _table(lines: list[tuple[int, Row]], source: str) -> Table:
    constants = {"category": "purchased_electricity", "lifecycle": "combustion", "per": "kWh"}
    rows = [_row(line, f"{source} row {number}") for number, line in lines]
    return Table("electricity.csv", "factors", rows, constants)


def _row(line: Row, where: str) -> Row:
    if (line["gas"], line["unit"]) != ("CO2", "kgCO2/kWh"):
        raise ImportSourceError(f"{where}: expected CO2 in kgCO2/kWh, found {line['unit']!r}")
    region = lookup(_CODES, line["region_code"], where)
    kind = lookup(_KINDS, line["kind"], where)
    return {
        "id": f"{slug(region).replace('_', '-')}.{kind}",
        "name": line["region_name"],
        "region": region,
        "kind": kind,
        "CO2 [kg]": exact(line["value"], where),
        "locator": f"{line['table']}, {line['region_name']}",
    }


def _meta(year: str, first: Row, source: str) -> Meta:
    if year not in _GRADES or not re.fullmatch(r"\d{4}-\d\d-\d\d", first["published"]):
        raise ImportSourceError(f"{source}: data year {year!r} is not known to this importer")
    return {
        "pack": f"mee-china-{year}",
        "publisher": "mee-china",
        "edition": year,
        "version": "1.0",
        "title": first["source"],
        "organisation": "Ministry of Ecology and Environment, National Bureau of Statistics",
        "licence": "government announcement; no licence stated",
        "published": date.fromisoformat(first["published"]),
        "year_rule": "data_year",
        "year": int(year),
        "finest_region": {
            "grid_average": "province",
            "residual_mix": "country",
            "fossil_only": "country",
        },
        "evidence": transcription(_GRADES[year], "electricity CO2 factors", _VIA[year]),
        "notes": _NOTES,
    }
