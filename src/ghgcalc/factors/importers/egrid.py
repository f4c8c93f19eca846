"""US EPA eGRID: CO2 rates and grid gross loss of the subregions, from EPA's Power Profiler.

Files: the Power Profiler's `subregion.json` of one data year and, where the other gases are known,
either the hub workbook that prints the same data year or a transcription (CSV); beside a
transcription, a second reading of EPA's metric workbook (JSON) that confirms every value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    sha256,
    slug,
    write_pack,
)
from ghgcalc.factors.importers.egrid_gases import (
    confirmed,
    hub_gases,
    is_reading,
    transcribed_gases,
)

_NAME = re.compile(r"eGRID(\d{4})(?:_(first_release|rev\d))?(?:_([0-9a-f]{7,40}))?")
_CODE = re.compile(r"[A-Z]{4}")
_SHARED = {"category": "purchased_electricity", "lifecycle": "combustion", "per": "MWh"}
_NOTES = [
    "A subregion is the facility's grid, such as `grid: US-ERCT`; the average of the United States"
    " is coarser and needs `accept: wider_region`.",
    "Rates are per MWh generated. Grid gross loss is a share of generation, so kWh lost are kWh"
    " used times loss / (1 - loss); they belong to scope 3, category 3.",
    "Total output rates. Biogenic CO2 is not printed.",
    "State rates are not bundled: those at hand are conversions, and subregions are more precise.",
]
_CO2_ONLY = (
    "CO2 only: the file at hand prints no CH4 or N2O, which add 0.1 to 1 % (2022 and 2023, AR5)."
    " EPA's workbook of the year prints them in lb/MWh (sheet SRL with the year's last two digits,"
    " columns SRCO2RTA, SRCH4RTA and SRN2ORTA): stated in an own pack, the three gases go first."
    " The file's CO2e, where it has one, is not bundled, for the file does not state its GWP set."
)


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one data year.

    Raises:
        ImportSourceError: a file is not what is expected, or holds figures known to be wrong.
    """
    second = [path for path in files if is_reading(path)]
    profiler = [path for path in files if path.suffix == ".json" and path not in second]
    more = [path for path in files if path.suffix != ".json"]
    transcribed = [path for path in more if path.suffix == ".csv"]
    if len(profiler) != 1 or len(more) > 1 or len(second) > len(transcribed):
        raise ImportSourceError(
            "expected subregion.json, a workbook or CSV with other gases, and beside a CSV the"
            " second reading of EPA's workbook"
        )
    path = profiler[0]
    regions = _regions(path)
    year = _year(path, regions)
    rates = [_rate(code, found) for code, found in regions.items()]
    losses = [_loss(code, found) for code, found in regions.items()]
    tables = [Table("electricity.csv", "factors", rates, _SHARED)]
    if more:
        tables.append(_complement(more[0], year, rates, regions, second))
    constants = {"item": "electricity", "unit": "%", "share_of": "generation"}
    tables.append(Table("losses.csv", "losses", losses, constants))
    return write_pack(folder, _meta(path, year, bool(more), bool(second)), tables)


def _regions(path: Path) -> dict[str, dict[str, Any]]:
    """The properties of each subregion and of the nation, by region code; numbers as text."""
    try:
        tree = json.loads(path.read_text("utf-8"), parse_float=str, parse_int=str)
        features = [feature["properties"] for feature in tree["features"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImportSourceError(f"{path.name}: not the Power Profiler's file: {error}") from error
    found: dict[str, dict[str, Any]] = {}
    for one in features:
        if "emissionFactor" not in one:  # outlines of states
            continue
        name = str(one.get("name"))
        if name != "National" and not _CODE.fullmatch(name):
            raise ImportSourceError(f"{path.name}: unknown subregion {name!r}")
        code = "US" if name == "National" else f"US-{name}"
        if code in found:
            raise ImportSourceError(f"{path.name}: {name} stands there twice")
        found[code] = one
    if "US" not in found:
        raise ImportSourceError(f"{path.name}: no national rate")
    return dict(sorted(found.items()))


def _year(path: Path, regions: dict[str, dict[str, Any]]) -> int:
    stated = {str(one["dataYear"]) for one in regions.values() if "dataYear" in one}
    named = _NAME.search(path.name)
    stated |= {named[1]} if named else set()
    if len(stated) != 1:
        what = "no data year" if not stated else f"data years {', '.join(sorted(stated))}"
        hint = "name the file such as subregion_eGRID2019.json"
        raise ImportSourceError(f"{path.name}: {what}; {hint}")
    return int(stated.pop())


def _number(code: str, found: dict[str, Any], key: str) -> str:
    """A rate in lb/MWh; the text of its number."""
    rate = found["emissionFactor"].get(key)
    if not isinstance(rate, dict) or rate.get("units") != "lb/MWh":
        raise ImportSourceError(f"{code}: expected {key} in lb/MWh, found {rate!r}")
    if not re.fullmatch(r"\d+(\.\d+)?", str(rate.get("value"))):
        raise ImportSourceError(f"{code}: expected a number, found {rate.get('value')!r}")
    return str(rate["value"])


def _rate(code: str, found: dict[str, Any]) -> Row:
    co2 = _number(code, found, "co2EmissionRate")
    if "co2eEmissionRate" in found["emissionFactor"]:
        co2e = _number(code, found, "co2eEmissionRate")
        if Decimal(co2e) < Decimal(co2):
            raise ImportSourceError(
                f"{code}: CO2e {co2e} below CO2 {co2}: EPA corrected this release; take the new one"
            )
    return {
        "id": f"electricity.{slug(code)}.grid_average",
        "name": str(found["fullName"]) if code != "US" else "US Average",
        "region": code,
        "kind": "grid_average",
        "CO2 [lb]": co2,
        "locator": f"{found['name']}: emissionFactor.co2EmissionRate.value",
    }


def _loss(code: str, found: dict[str, Any]) -> Row:
    loss = found.get("gridLoss") or {}
    shown, value = str(loss.get("display")), str(loss.get("value"))
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", shown)
    if match is None or Decimal(match[1]) != Decimal(value) * 100:
        raise ImportSourceError(f"{code}: gridLoss shows {shown!r} for {value!r}")
    return {
        "id": f"grid_gross_loss.{slug(code)}",
        "name": str(found["fullName"]) if code != "US" else "US Average",
        "region": code,
        "value": match[1],
        "locator": f"{found['name']}: gridLoss.display",
    }


def _complement(
    path: Path,
    year: int,
    rates: list[Row],
    regions: dict[str, dict[str, Any]],
    second: Sequence[Path],
) -> Table:
    """CH4 and N2O of another file, as rows that the CO2 rows name under `with`."""
    if path.suffix == ".xlsx":
        gases, evidence = hub_gases(path, year, {row["region"]: row["CO2 [lb]"] for row in rates})
    else:
        printed = {
            code: (
                _number(code, one, "co2EmissionRate"),
                _number(code, one, "co2eEmissionRate"),
            )
            for code, one in regions.items()
        }
        gases, evidence = transcribed_gases(path, year, printed)
        for reading in second:
            co2 = {code: rate for code, (rate, _) in printed.items()}
            evidence = confirmed(reading, year, co2, gases, evidence)
    made = []
    for row in rates:
        other = gases.get(row["region"])
        if other is None:
            row["note"] = "CO2 only: no CH4 or N2O of this region is known"
            continue
        row["with"] = f"ch4_and_n2o.{slug(row['region'])}"
        named = {key: row[key] for key in ("name", "region", "kind")}
        made.append({"id": row["with"], **named, **other})
    constants = {**_SHARED, "item": "grid_ch4_and_n2o"}
    return Table("electricity_other_gases.csv", "factors", made, constants, {"evidence": evidence})


def _meta(path: Path, year: int, gases: bool, second: bool) -> Meta:
    named = _NAME.search(path.name)
    release = f" {named[2].replace('_', ' ')}" if named and named[2] else ""
    evidence = {"class": "publisher_file", "file": path.name, "sha256": sha256(path)}
    if named and named[3]:
        evidence["via"] = f"USEPA/power-profiler, app/data/subregion.json, commit {named[3]}"
    with_gases = (
        "CO2 is the Power Profiler's; CH4 and N2O stand in a table with evidence of its own,"
        " whose rows the CO2 rows name."
    )
    return {
        "pack": f"egrid-{year}",
        "publisher": "egrid",
        "edition": str(year),
        "version": "1.1" if second or not gases else "1.0",
        "title": f"eGRID{year}{release} subregion emission rates",
        "organisation": "US Environmental Protection Agency",
        "licence": "US-public-domain",
        **({"supersedes": f"egrid-{year}@1.0"} if second or not gases else {}),
        "year_rule": "data_year",
        "year": year,
        "finest_region": {"grid_average": "grid"},
        "evidence": evidence,
        "notes": [*_NOTES, with_gases if gases else _CO2_ONLY],
    }
