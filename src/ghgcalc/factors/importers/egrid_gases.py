"""eGRID: CH4 and N2O of a data year, from the hub workbook or from a transcription."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    exact,
    read_csv,
    transcription,
    unverified,
)
from ghgcalc.factors.importers.epa_sheet import at, read_hub, table, text

_COLUMNS = ("region_code", "year", "published", "gas", "value", "unit", "kind", "source")
_TOLERANCE = Decimal("0.1475")  # half of the last digit of CH4 x 28, N2O x 265, CO2 and CO2e
_KG_PER_LB = Decimal("0.4536")  # what EPA's metric edition converts by
_READ = {"CarbonDioxide": "CO2", "MethaneFossil": "CH4 [lb]", "NitrousOxide": "N2O [lb]"}
_READING = "agirgol/carbon-accounting-dotnet, data/factors/egrid-2023.json, commit a276fc7"
_CH4, _N2O = 28, 265  # AR5, which the CO2e of eGRID2023 rev2 rests on


def hub_gases(path: Path, year: int, rates: dict[str, str]) -> tuple[dict[str, Row], Meta]:
    """CH4 and N2O of table 6 of the hub; its CO2 must be that of the Power Profiler.

    Raises:
        ImportSourceError: another data year, or a CO2 rate that differs.
    """
    rows, _, evidence = read_hub(path)
    first, last = table(rows, 6, {"C1": "eGRID Subregion Acronym", "F2": "(lb CH4 / MWh)"})
    if f"eGRID{year}" not in text(rows, last, "C"):
        raise ImportSourceError(f"{at(f'C{last}')}: expected eGRID{year}")
    found: dict[str, Row] = {}
    for number in range(first + 3, last):
        code = text(rows, number, "C")
        region = "US" if code == "US Average" else f"US-{code}"
        co2 = exact(rows[number - 1][4], at(f"E{number}"))
        if Decimal(rates.get(region, "-1")) != Decimal(co2):
            raise ImportSourceError(f"{at(f'E{number}')}: CO2 of {region} is {rates.get(region)}")
        found[region] = {
            "CH4 [lb]": exact(rows[number - 1][5], at(f"F{number}")),
            "N2O [lb]": exact(rows[number - 1][6], at(f"G{number}")),
            "locator": at(f"F{number}:G{number}"),
        }
    return found, evidence


def transcribed_gases(
    path: Path, year: int, printed: dict[str, tuple[str, str]]
) -> tuple[dict[str, Row], Meta]:
    """CH4 and N2O of a transcription, kept only where they give EPA's own CO2e.

    `printed` holds EPA's CO2 and CO2e by region.

    Raises:
        ImportSourceError: a region's gases do not give its CO2e within the rounding.
    """
    found: dict[str, Row] = {}
    via = ""
    for row in read_csv(path, (*_COLUMNS, "retrieved_from", "note")):
        ours = row["kind"] == "location" and row["source"] == f"US EPA eGRID{year} rev2"
        if not ours or row["gas"] not in ("CH4", "N2O") or unverified(row):
            continue
        if row["unit"] != "lb/MWh":
            raise ImportSourceError(f"{path.name}: {row['region_code']} is in {row['unit']!r}")
        region = f"US-{row['region_code']}"
        one = found.setdefault(region, {"locator": f"subregion {row['region_code']}"})
        one[f"{row['gas']} [lb]"] = exact(row["value"], f"{path.name}: {region} {row['gas']}")
        via = row["retrieved_from"]
    if not found:
        raise ImportSourceError(f"{path.name}: no CH4 or N2O of eGRID{year} rev2")
    for region, one in found.items():
        _check(region, one, printed)
    return found, transcription("B", f"eGRID{year} rev2, subregion output emission rates", via)


def is_reading(path: Path) -> bool:
    """Whether a file is a reading of EPA's metric workbook rather than the Power Profiler's."""
    if path.suffix != ".json":
        return False
    text = path.read_text("utf-8", errors="replace")
    return '"factors"' in text and '"features"' not in text


def confirmed(
    path: Path, year: int, co2: dict[str, str], gases: dict[str, Row], evidence: Meta
) -> Meta:
    """The evidence of transcribed gases that another reading of EPA's workbook confirms: grade A.

    Every CO2, CH4 and N2O must be the same figure to the last digit, in kg by EPA's own ratio.

    Raises:
        ImportSourceError: another year or unit, or a region or value that differs.
    """
    try:
        tree = json.loads(path.read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
        title, rows = str(tree["source"]["title"]), list(tree["factors"])
        read = {f"US-{row['id'].split('/')[2].upper()}": row for row in rows}
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ImportSourceError(f"{path.name}: not a reading of the workbook: {error}") from error
    workbook = re.search(r"SHA-256 ([0-9a-f]{64})", title)
    if f"eGRID{year}" not in title or "metric" not in title or workbook is None:
        raise ImportSourceError(f"{path.name}: expected eGRID{year}, metric edition: {title!r}")
    if set(read) != set(gases) or len(read) != len(rows):
        raise ImportSourceError(f"{path.name}: its subregions are not those of the transcription")
    for region, row in read.items():
        ours = {"CO2": co2[region], **gases[region]}
        if row["unit"] != "MegawattHour" or set(row["components"]) != set(_READ):
            raise ImportSourceError(f"{path.name}: {region}: expected kg of three gases per MWh")
        for name, kilograms in row["components"].items():
            if kilograms != Decimal(ours[_READ[name]]) * _KG_PER_LB:
                raise ImportSourceError(f"{path.name}: {region}: {name} is {kilograms} kg")
    via = f"{evidence['via']}; and a reading of EPA's metric workbook, sha256 {workbook[1]}"
    return {**evidence, "grade": "A", "via": f"{via} ({_READING})"}


def _check(region: str, gases: Row, printed: dict[str, tuple[str, str]]) -> None:
    if region not in printed or len(gases) != 3:
        raise ImportSourceError(f"{region}: expected CO2, CH4 and N2O")
    co2, co2e = (Decimal(value) for value in printed[region])
    sums = co2 + _CH4 * Decimal(gases["CH4 [lb]"]) + _N2O * Decimal(gases["N2O [lb]"])
    if abs(sums - co2e) > _TOLERANCE:
        raise ImportSourceError(f"{region}: the gases give {sums} lb CO2e, EPA prints {co2e}")
