"""Newer grid factors of Taiwan, Singapore, Thailand and Italy, and Italy's natural gas.

Files: `asia_grid_updates.csv` and `italy.csv`, transcriptions of public copies. Every row makes a
factor or is named as left out. The packs are written to `folder`/<publisher>/<edition>.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    transcription,
    write_pack,
)
from ghgcalc.factors.importers.grid_types import CO2, CO2E, NO_LICENCE

_ASIA = ("region", "year", "value", "unit", "gas", "publisher", "evidence", "trust")
_ITALY = ("id", "value", "unit", "gas", "gwp_set", "year", "source", "locator")
_NAMES = {"TW": "Taiwan", "SG": "Singapore", "TH": "Thailand, grid mix", "IT": "Italy"}
_GRID = re.compile(r"(?P<mass>g|kg|t) (?P<gas>CO2e?)/(?P<per>kWh|MWh)(?P<end> consumed)?")
_GAS_UNIT = "t CO2/1000 Sm3"
_POWER = {
    "category": "purchased_electricity", "lifecycle": "combustion", "kind": "grid_average",
}  # fmt: skip


class _Pack(NamedTuple):
    """One pack: identity, evidence, the rows it takes by region (or id) and printed year."""

    publisher: str
    edition: str
    title: str
    organisation: str
    grade: str
    table: str
    via: str
    takes: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    licence: str = NO_LICENCE
    gwp_set: str = "unstated"
    year_rule: str = "data_year"
    version: str = "1.0"


_PACKS = (
    _Pack(
        "moea-taiwan",
        "2026",
        "Taiwan electricity carbon emission factor (電力排碳係數), data years 2024 and 2025",
        "Energy Administration, Ministry of Economic Affairs",
        "C",
        "電力排碳係數",
        "2024: one dated quotation (announced 14 April 2025) that repeats the known 0.494 of 2023;"
        " 2025: two public copies",
        (("TW", "2024"), ("TW", "2025")),
        (CO2E,),
    ),
    _Pack(
        "ema-singapore",
        "2025",
        "Singapore grid emission factor, data years 2019 and 2024",
        "Energy Market Authority",
        "C",
        "grid emission factor",
        "public quotations of a page of the National Climate Change Secretariat; 2024 in four",
        (("SG", "2019"), ("SG", "2024")),
        (CO2, "2018 and 2020 to 2023 have no row: no document at hand."),
    ),
    _Pack(
        "tgo-thailand",
        "2025",
        "Thailand grid mix emission factor, list in force until 31 December 2025, years of use"
        " 2022 to 2025",
        "Thailand Greenhouse Gas Management Organization",
        "B",
        "sheet EF TGO AR5",
        "ten public copies of the list's figure",
        (("TH", "2022-2025"),),
        (
            "A CO2e total on AR5 without its gases: Scope 2 needs an `accept:` entry.",
            "The fuels' supply is not inside: beside it the list prints 0.0987 for getting and"
            " transporting the fuels, and 0.5986 for both, as it prints 0.4750, 0.0812 and 0.5562"
            " from 2026 (one transcription of the list).",
            "No copy says whether the losses of transmission and distribution are inside; the"
            " factor of 2026 holds them. Losses that are stated beside it may count twice.",
        ),
        gwp_set="AR5",
        year_rule="edition",
        version="1.1",
    ),
    _Pack(
        "ispra-italy",
        "2026",
        "ISPRA Rapporti 430/2026: emission factors of electricity consumed, 2024 and 2025",
        "Istituto Superiore per la Protezione e la Ricerca Ambientale",
        "B",
        "Table 1.18",
        "one transcription that cites the table",
        (("it.grid_consumption.2024", "2024"), ("it.grid_consumption.2025", "2025")),
        (
            "A CO2e total on AR5 without its gases: Scope 2 needs an `accept:` entry.",
            "Per kWh consumed, so losses are inside: add none in Scope 3 category 3.",
            "2025 is preliminary.",
        ),
        gwp_set="AR5",
    ),
    _Pack(
        "mase-italy",
        "2026",
        "Italy, national standard parameters: natural gas, for emissions of 2024 and 2025",
        "Ministero dell'Ambiente e della Sicurezza Energetica",
        "B",
        "Tabella dei parametri standard nazionali",
        "one transcription that cites the tables of 14 January 2025 and 22 January 2026",
        (("it.natural_gas.2024", "2024"), ("it.natural_gas.2025", "2025")),
        (
            "CO2 only, per 1,000 Sm3 (15 °C) as Italian bills count gas; oxidation is 1.",
            "The year is that of the emissions; the parameters rest on the three years before.",
        ),
        year_rule="edition",
    ),
)
_LEFT_OUT = {
    ("KR", "2023"): "stands in gir-korea-2025",
    ("ID (Jamali)", "2019"): "a margin of the CDM",
    ("ID (Sulselbar)", "2019"): "a margin of the CDM",
    ("PH (Luzon-Visayas)", "2015-17 list"): "a margin of the CDM",
    ("JP", "FY2025 reports (list of 9 Jan 2026)"): "stands in moe-japan-2026-06",
    ("JP substitute", "FY2025 reports"): "stands in moe-japan-2026-06",
    ("JP-47", "FY2025 reports"): "stands in moe-japan-2026-06",
    ("VN", "2024; 2025"): "no official value",
}


class _Line(NamedTuple):
    """A printed figure: region or id, year, value, unit, gas, GWP set, where it stands."""

    key: str
    year: str
    value: str
    unit: str
    gas: str
    gwp_set: str
    locator: str
    note: str
    where: str


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write one pack per publisher and edition.

    Raises:
        ImportSourceError: a file is not the expected one, or a row is in no pack.
    """
    lines = {(line.key, line.year): line for path in files for line in _lines(path)}
    taken = {key for pack in _PACKS for key in pack.takes}
    for key, line in lines.items():
        if key not in taken and key not in _LEFT_OUT:
            raise ImportSourceError(f"{line.where}: unknown row {line.key!r}, {line.year!r}")
    report: list[str] = []
    for pack in _PACKS:
        found = [lines[key] for key in pack.takes if key in lines]
        if found and len(found) < len(pack.takes):
            raise ImportSourceError(f"{pack.publisher}-{pack.edition}: a row is missing")
        if found:
            target = folder / pack.publisher / pack.edition
            report += write_pack(target, _meta(pack), [_table(pack, found)])
    if not report:
        raise ImportSourceError("expected asia_grid_updates.csv or italy.csv")
    return report


def _lines(path: Path) -> list[_Line]:
    found = []
    asian = "evidence" in (read_csv(path, ("year",)) or [{}])[0]
    for number, row in enumerate(read_csv(path, _ASIA if asian else _ITALY), start=2):
        locator = row["publisher"] if asian else f"{row['source']}"
        found.append(
            _Line(
                row["region"] if asian else row["id"], row["year"], row["value"], row["unit"],
                row["gas"], "" if asian else row["gwp_set"], locator,
                "" if asian else row["locator"], f"{path.name} row {number}",
            )
        )  # fmt: skip
    return found


def _table(pack: _Pack, lines: Sequence[_Line]) -> Table:
    if all(line.unit == _GAS_UNIT for line in lines):
        constants = {
            "category": "stationary_combustion|mobile_combustion", "fuel": "natural_gas",
            "region": "IT", "lifecycle": "combustion", "per": "1000 Sm3",
        }  # fmt: skip
        return Table("fuels.csv", "factors", [_gas(line) for line in lines], constants)
    consumed = all(line.unit.endswith(" consumed") for line in lines)
    inside = {"includes_losses": "true"} if consumed else {}
    rows = [row for line in lines for row in _power(pack, line)]
    return Table("electricity.csv", "factors", rows, _POWER | inside)


def _gas(line: _Line) -> Row:
    return {
        "id": f"natural_gas.{line.year}", "name": "Natural gas, Italy", "year": line.year,
        "CO2 [t]": exact(line.value, line.where), "locator": line.locator, "note": line.note,
    }  # fmt: skip


def _power(pack: _Pack, line: _Line) -> list[Row]:
    unit = _GRID.fullmatch(line.unit)
    stated = line.gwp_set or pack.gwp_set
    if unit is None or not line.gas.startswith(unit["gas"]) or stated != pack.gwp_set:
        raise ImportSourceError(f"{line.where}: {line.unit!r} of {line.gas} under {stated}")
    first, _, last = line.year.partition("-")
    region = line.key.partition(".")[0].upper()
    return [
        {
            "id": f"{region.lower()}.grid_average.{year}",
            "name": lookup(_NAMES, region, line.where), "region": region,
            "year": str(year), "per": unit["per"],
            f"{unit['gas']} [{unit['mass']}]": exact(line.value, line.where),
            "locator": line.locator, "note": line.note,
        }
        for year in range(int(first), int(last or first) + 1)
    ]  # fmt: skip


def _meta(pack: _Pack) -> Meta:
    name = f"{pack.publisher}-{pack.edition}"
    return {
        "pack": name,
        "publisher": pack.publisher,
        "edition": pack.edition,
        "version": pack.version,
        **({"supersedes": f"{name}@1.0"} if pack.version != "1.0" else {}),
        "title": pack.title,
        "organisation": pack.organisation,
        "licence": pack.licence,
        "attribution": f"{pack.organisation}: {pack.title}",
        "year_rule": pack.year_rule,
        "gwp_set": pack.gwp_set,
        "finest_region": {"grid_average": "country", "residual_mix": "country"},
        "evidence": transcription(pack.grade, pack.table, pack.via),
        "notes": list(pack.notes),
    }
