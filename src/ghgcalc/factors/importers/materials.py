"""Materials: worldsteel, IAI, Nuss & Eckelman 2014 (metals), ACT (electronic components).

Files, in any order: CSV transcriptions. Rows of other sources in them are named in `_LEFT_OUT`.
The packs are written to `folder`/<publisher>/<edition>.
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
    slug,
    transcription,
    write_pack,
)

_NEEDED = ("id", "name", "value", "unit", "gas", "year", "source", "table", "note")
_INTERVAL = re.compile(r"(interval|range) (?P<low>[\d.]+)-(?P<high>[\d.]+)")
_YIELD = re.compile(r"default yield (?P<value>[\d.]+)")
_UNITS = {
    "t CO2/t crude steel cast": ("CO2", "t", "t"),
    "t CO2e/t": ("CO2e", "t", "t"),
    "kg CO2e/kg": ("CO2e", "kg", "kg"),
    "g CO2e/GB": ("CO2e", "g", "GB"),
    "g CO2e/cm2": ("CO2e", "g", "cm2"),
    "kg CO2e/IC": ("CO2e", "kg", "piece"),
    "kg CO2e/kWh capacity": ("CO2e", "kg", "kWh"),
}
_SHARED = {"category": "purchased_goods_and_services|capital_goods", "lifecycle": "lifecycle"}
_LEFT_OUT = (
    "ivl2019",  # a range without a point value
    "ademe_test",  # sample rows of a share-alike collection
    "tw_moenv",  # single second-hand page, terms not stated
)
# ACT: imec's area unit is doubtful
_ACT_LEFT_OUT = ("logic_imec",)
# electricity per area is no emission, but a parameter of one
_ELECTRICITY = "logic_epa"
_ITEMS = {
    "crude_steel": ("crude_steel", ""),
    "primary_aluminium": ("primary_aluminium", ""),
    "all_aluminium": ("aluminium_primary_and_recycled_average", ""),
}
_ACT_ITEMS = {
    "dram": "dram",
    "nand_flash": "nand_flash",
    "ssd": "ssd",
    "hdd_consumer": "hdd_consumer",
    "hdd_enterprise": "hdd_enterprise",
    "logic_gpa95": "logic_wafer_process_gases_95_abatement",
    "logic_gpa99": "logic_wafer_process_gases_99_abatement",
    "logic_mpa": "logic_wafer_raw_materials",
    "ic_package": "ic_package",
    "li_ion_battery": "li_ion_battery",
}


class Kind(NamedTuple):
    """One pack of materials."""

    publisher: str
    edition: str
    prefix: str
    title: str
    organisation: str
    licence: str
    grade: str
    table: str
    via: str
    notes: tuple[str, ...]
    year_rule: str = "data_year"
    version: str = "1.0"


KINDS = (
    Kind(
        "worldsteel", "2025", "worldsteel",
        "CO2 per tonne of crude steel, world average, 2019 to 2023",
        "World Steel Association",
        "no licence stated in the documents at hand; figures cited with attribution",
        "B", "Sustainability Indicators, indicator 1",
        "the publisher's page for 2019 to 2022, second-hand quotations for 2022 and 2023",
        (
            "CO2 only, not CO2e; Scope 1, 2 and some Scope 3 of steel making; per tonne of crude"
            " steel cast, not of a finished product.",
            "2020 is 1.88; the report of a year earlier said 1.89.",
            "Values by route are not in this pack: no document was at hand.",
        ),
    ),
    Kind(
        "iai", "2024", "iai",
        "Greenhouse gas intensity of aluminium, world averages",
        "International Aluminium Institute",
        "no licence stated in the documents at hand; figures cited with attribution",
        "B", "GHG emissions intensity",
        "press releases and trade press",
        (
            "CO2e totals, cradle to gate; no GWP set is stated.",
            "2023 is the average of primary and recycled metal together: never use it for primary"
            " ingot.",
            "Data of 2005 to 2018 are not comparable with later years.",
        ),
    ),
    Kind(
        "nuss-eckelman", "2014", "nuss_eckelman2014",
        "Life cycle assessment of metals: cradle-to-gate global warming, supply of 2008",
        "P. Nuss and M. J. Eckelman, PLOS ONE 9(7) e101298",
        "Creative Commons Attribution 4.0",
        "B", "Table S38, TOTAL row",
        "one second-hand transcription; Al, Cu, Ni, Co, Li, Ag and Au agree with a second one",
        (
            "CO2e totals, cradle to gate, on a GWP set that is not named.",
            "Supply mix of 2008, mostly from ecoinvent 2.2; old, and several names are mixes of"
            " forms (see the name).",
            "low and high are the 2.5 and 97.5 % ends of a lognormal interval.",
        ),
        "any",
    ),
    Kind(
        "act", "2", "act2",
        "ACT 2.0: manufacturing of DRAM, NAND, drives, logic and Li-ion batteries",
        "Meta; Gupta et al. 2022, ISCA",
        "MIT",
        "B", "named in each row",
        "facebookresearch/ACT, values of vendors' reports as compiled there",
        (
            "CO2e totals; no GWP set is stated. Vendors' figures, mostly of 2015 to 2021.",
            "DRAM, NAND and drives: per GB of capacity before division by the yield of the fab; add"
            " the package (ic_package, a rough constant).",
            "Logic wafers: process gases and raw materials per cm2; the fab's electricity per cm2"
            " and the default yield are parameters, read by the keys of circuits. imec's"
            " values are left out: the unit of area is doubtful.",
            "Li-ion batteries: per kWh of capacity, midpoints of printed ranges, which stand in the"
            " names; low and high are their ends.",
            "Bare printed circuit boards are left out: 0.41 to 0.91 kg/m2 looks two orders of"
            " magnitude too low, and no other open factor is known. Ask the supplier, or state"
            " spend.",
        ),
        "any",
        "1.1",
    ),
)  # fmt: skip


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write one pack per publisher.

    Raises:
        ImportSourceError: a file is not the expected one, or a row belongs to no known source.
    """
    lines: dict[str, list[tuple[str, Row]]] = {}
    for path in files:
        for number, row in enumerate(read_csv(path, _NEEDED), start=2):
            prefix = row["id"].partition(":")[0]
            where = f"{path.name} row {number}"
            if prefix not in _LEFT_OUT and prefix not in {kind.prefix for kind in KINDS}:
                raise ImportSourceError(f"{where}: unknown source {prefix!r}")
            lines.setdefault(prefix, []).append((where, row))
    report: list[str] = []
    for kind in KINDS:
        stated = lines.get(kind.prefix, [])
        rows = [
            _row(kind, line, where)
            for where, line in stated
            if line["id"].split(":")[1] not in (*_ACT_LEFT_OUT, _ELECTRICITY)
        ]
        if rows:
            target = folder / kind.publisher / kind.edition
            tables = [*_tables(rows), *_parameters(stated)]
            report += write_pack(target, _meta(kind), tables)
    if not report:
        raise ImportSourceError("expected rows of a known publisher of materials, found none")
    return report


def _tables(rows: list[Row]) -> list[Table]:
    """Per piece stands apart: it is printed in another unit of mass."""
    apart = {"piece": "packages.csv", "kWh": "batteries.csv"}
    parts = {"materials.csv": [row for row in rows if row["per"] not in apart]}
    parts |= {file: [row for row in rows if row["per"] == per] for per, file in apart.items()}
    return [Table(file, "factors", part, _SHARED) for file, part in parts.items() if part]


def _parameters(lines: list[tuple[str, Row]]) -> list[Table]:
    """Electricity of fabs per area, by node, and the yield that ACT takes where none is stated."""
    rows: dict[str, Row] = {}
    for where, line in lines:
        told = _YIELD.search(line["note"])
        if told is not None:
            value = exact(told["value"], where)
            rows["fab_yield"] = {"id": "fab_yield", "name": "yield of the fab, default",
                                 "value": value, "unit": "fraction",
                                 "locator": "default of the models"}  # fmt: skip
        _, kind, *names = line["id"].split(":")
        if kind == _ELECTRICITY:
            key = f"logic_wafer_electricity.{slug(names[0])}"
            rows[key] = {"id": key, "name": line["name"], "value": exact(line["value"], where),
                         "unit": line["unit"], "locator": line["table"]}  # fmt: skip
    return [Table("parameters.csv", "parameters", list(rows.values()))] if rows else []


def _row(kind: Kind, line: Row, where: str) -> Row:
    if line["unit"] not in _UNITS:
        raise ImportSourceError(f"{where}: unknown unit {line['unit']!r}")
    gas, mass, per = _UNITS[line["unit"]]
    if not line["gas"].startswith(gas):
        raise ImportSourceError(f"{where}: expected {gas}, found {line['gas']!r}")
    item, technology = _names(kind, line, where)
    year = line["year"] if kind.year_rule == "data_year" else ""
    row = {
        "id": ".".join(filter(None, (item, technology, year, slug(per)))),
        "name": line["name"],
        "item": item,
        "technology": technology,
        "year": year,
        "per": per,
        f"{gas} [{mass}]": exact(line["value"], where),
        "locator": ", ".join(filter(None, (line["table"], line["name"]))),
    }
    interval = _INTERVAL.search(line["note"])
    if interval:
        if line["note"].startswith("midpoint"):
            between = f", midpoint of {interval['low']} to {interval['high']}"
            row |= {"name": row["name"] + between, "locator": row["locator"] + between}
        row[f"{gas} low"] = exact(interval["low"], where)
        row[f"{gas} high"] = exact(interval["high"], where)
    return row


def _names(kind: Kind, line: Row, where: str) -> tuple[str, str]:
    """Item and technology of a row."""
    words = line["id"].split(":")
    if kind.prefix == "act2":
        return lookup(_ACT_ITEMS, words[1], where), "_".join(map(slug, words[2:]))
    if kind.prefix == "nuss_eckelman2014":
        return slug(re.split(r"[(,]", line["name"])[0]), ""
    if words[1] not in _ITEMS:
        raise ImportSourceError(f"{where}: unknown label {words[1]!r}")
    return _ITEMS[words[1]]


def _meta(kind: Kind) -> Meta:
    return {
        "pack": f"{kind.publisher}-{kind.edition}",
        "publisher": kind.publisher,
        "edition": kind.edition,
        "version": kind.version,
        "title": kind.title,
        "organisation": kind.organisation,
        "licence": kind.licence,
        "attribution": f"{kind.organisation}: {kind.title}",
        "year_rule": kind.year_rule,
        "gwp_set": "unstated",
        "evidence": transcription(kind.grade, kind.table, kind.via),
        "notes": list(kind.notes),
    }
