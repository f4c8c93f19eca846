"""IPCC 2006 Guidelines: combustion, fuel properties, processes, electronics, waste, leak rates.

Files, in this order: CSV transcriptions of volume 2 (Tables 2.2-2.5; chapter 3; Tables 1.2 and
1.3), of volume 3 (processes; electronics), of volume 5 (waste), and of the leakage tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.importers import ipcc_labels as labels
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
from ghgcalc.factors.importers.ipcc_process import Files, tables

_NEEDED = (
    "name", "category", "gas", "value", "unit", "basis", "lower", "upper", "table", "note",
)  # fmt: skip
_GASES = ("CO2", "CH4", "N2O")
_PROPERTY_NEEDED = ("name", "property", "value", "unit", "basis", "lower", "upper", "table")
_PROPERTIES = {
    "net calorific value": ("net_calorific_value", "TJ/Gg", "TJ/Gg"),
    "carbon content": ("carbon_content", "kgC/GJ", "kg C/GJ"),
}
_BIOGENIC_NOTE = "biogenic CO2: report outside scopes"


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of the 2006 Guidelines.

    Raises:
        ImportSourceError: a file is not the expected one.
    """
    if len(files) != 7:
        raise ImportSourceError(
            "expected stationary, mobile, fuel property, process, electronics, waste and leak rate"
            f" CSVs: {len(files)}"
        )
    made = [
        _stationary(read_csv(files[0], _NEEDED), files[0].name),
        _mobile(read_csv(files[1], _NEEDED), files[1].name),
        _properties(read_csv(files[2], _PROPERTY_NEEDED), files[2].name),
        *tables(Files(*files[3:]), "2006"),
    ]
    return write_pack(folder, _meta(), made)


def _gas(line: Row, biogenic: bool, where: str) -> Row:
    """The gas column and its bounds."""
    if (line["unit"], line["basis"]) != ("kg/TJ", "NCV") or line["gas"] not in _GASES:
        raise ImportSourceError(f"{where}: expected kg/TJ on NCV, found {line['unit']!r}")
    gas = "CO2_biogenic" if biogenic and line["gas"] == "CO2" else line["gas"]
    row = {f"{gas} [kg]": exact(line["value"], where)}
    for bound, column in (("low", "lower"), ("high", "upper")):
        if line[column]:
            row[f"{gas} {bound}"] = exact(line[column], where)
    return row


def _note(line: Row) -> str:
    return "" if line["note"] in ("", _BIOGENIC_NOTE) else f"{line['gas']}: {line['note']}"


def _stationary(lines: Sequence[Row], source: str) -> Table:
    found: dict[str, Row] = {}
    for number, line in enumerate(lines, start=2):
        where = f"{source} row {number}"
        fuel = lookup(labels.FUELS, line["name"], where)
        sector = lookup(labels.SECTORS, line["category"], where)
        start = {"id": f"stationary.{fuel}.{sector}", "name": line["name"], "fuel": fuel}
        row = found.setdefault(start["id"], {**start, "sector": sector, "note": ""})
        gases = _gas(line, FUELS[fuel].biogenic, where)
        if set(gases) & set(row):
            raise ImportSourceError(f"{where}: a second {line['gas']} of {start['id']}")
        row.update(gases)
        row["locator"] = f"Volume 2 Chapter 2 {line['table']}, {line['name']}"
        row["note"] = "; ".join(filter(None, (row["note"], _note(line))))
    constants = {"category": "stationary_combustion", "lifecycle": "combustion"}
    return Table("stationary.csv", "factors", list(found.values()), {**constants, **_per_tj()})


def _per_tj() -> dict[str, str]:
    return {"basis": "net", "per": "TJ"}


def _mobile(lines: Sequence[Row], source: str) -> Table:
    """Rows as `labels.MOBILE` pairs them; a figure that no row takes is an error."""
    by_label: dict[tuple[str, str], list[tuple[int, Row]]] = {}
    for number, line in enumerate(lines, start=2):
        by_label.setdefault((line["category"], line["name"]), []).append((number, line))
    rows, used = [], set()
    for spec in labels.MOBILE:
        parts = [(spec.category, name) for name in spec.labels]
        missing = [part for part in parts if part not in by_label]
        if missing:
            raise ImportSourceError(f"{source}: no rows of {missing[0]}")
        used |= set(parts)
        rows.append(_mobile_row(spec, [pair for part in parts for pair in by_label[part]], source))
    unknown = sorted(set(by_label) - used - labels.LEFT_OUT)
    if unknown:
        raise ImportSourceError(f"{source} row {by_label[unknown[0]][0][0]}: unknown {unknown[0]}")
    constants = {"category": "mobile_combustion", "lifecycle": "combustion"}
    return Table("mobile.csv", "factors", rows, {**constants, **_per_tj()})


def _mobile_row(spec: labels.Mobile, lines: list[tuple[int, Row]], source: str) -> Row:
    parts = ("mobile", spec.vehicle, spec.fuel, spec.sector, spec.technology)
    row = {"id": ".".join(filter(None, parts)), "name": " + ".join(spec.labels), "fuel": spec.fuel}
    row |= {"vehicle": spec.vehicle, "sector": spec.sector, "technology": spec.technology}
    notes = []
    for number, line in lines:
        gases = _gas(line, FUELS[spec.fuel].biogenic, f"{source} row {number}")
        if set(gases) & set(row):
            raise ImportSourceError(f"{source} row {number}: a second {line['gas']}")
        row |= gases
        notes.append(_note(line))
    tables = dict.fromkeys(f"{line['table']}, {line['name']}" for _, line in lines)
    row["locator"] = "Volume 2 Chapter 3 " + "; ".join(tables)
    return {**row, "note": "; ".join(dict.fromkeys(filter(None, notes)))}


def _properties(lines: Sequence[Row], source: str) -> Table:
    rows = []
    for number, line in enumerate(lines, start=2):
        where = f"{source} row {number}"
        fuel = lookup(labels.FUELS, line["name"], where)
        name, expected, unit = _PROPERTIES.get(line["property"], ("", "", ""))
        if not name or line["unit"] != expected or line["basis"] != "NCV":
            raise ImportSourceError(f"{where}: unknown {line['property']!r} in {line['unit']!r}")
        row = {"id": f"{fuel}.{slug(name)}", "fuel": fuel, "property": name, "unit": unit}
        row["value"] = exact(line["value"], where)
        for bound, column in (("low", "lower"), ("high", "upper")):
            row[bound] = exact(line[column], where) if line[column] else ""
        rows.append({**row, "locator": f"Volume 2 Chapter 1 {line['table']}, {line['name']}"})
    return Table("fuel_properties.csv", "fuel_properties", rows)


def _meta() -> Meta:
    return {
        "pack": "ipcc-2006",
        "publisher": "ipcc",
        "edition": "2006",
        "version": "1.1",
        "title": "2006 IPCC Guidelines for National Greenhouse Gas Inventories, volumes 2, 3, 5",
        "organisation": "Intergovernmental Panel on Climate Change",
        "licence": "figures cited with attribution",
        "attribution": "2006 IPCC Guidelines for National Greenhouse Gas Inventories",
        "supersedes": "ipcc-2006@1.0",
        "year_rule": "any",
        "evidence": transcription(
            "A", "named in each row", "keyed from the text of the publisher's PDF files"
        ),
        "notes": labels.NOTES,
    }
