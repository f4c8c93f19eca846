"""UK Government conversion factors: the publisher's flat file (.xlsx, editions 2023 to 2025).

Files: the flat file, and optionally a CSV transcription of the "Fuel properties" sheet, which the
flat file lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from ghgcalc.factors.importers import desnz_tables as tables
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Table,
    cell,
    exact,
    read_csv,
    sha256,
    sheet_rows,
    transcription,
    workbook,
    write_pack,
)

_SHEET, _FRONT = "Factors by Category", "Front page"
_HEADER = (
    "ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit",
)  # fmt: skip
_COLUMNS = {
    "kg CO2e": tables.TOTAL,
    "kg CO2e of CO2 per unit": tables.PARTS[0],
    "kg CO2e of CH4 per unit": tables.PARTS[1],
    "kg CO2e of N2O per unit": tables.PARTS[2],
}
_OUTSIDE = "Outside of scopes"
_PROPERTY_COLUMNS = (
    "edition", "section", "fuel", "net_cv_gj_per_t", "gross_cv_gj_per_t", "density_kg_per_m3",
)  # fmt: skip


class _Line(NamedTuple):
    number: int
    level_1: str
    level_2: str
    label: str
    unit: str
    key: str
    column: str
    value: Any


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one edition.

    Raises:
        ImportSourceError: a file is not the expected one.
    """
    if len(files) not in (1, 2):
        raise ImportSourceError(f"expected the flat file and fuel properties: {len(files)} files")
    path = files[0]
    with workbook(path) as book:
        rows = sheet_rows(book, _SHEET, path.name)
        front = sheet_rows(book, _FRONT, path.name)
        foreign = [name for name in book.sheetnames if name not in (_SHEET, _FRONT)]
    edition = _edition(rows, path.name)
    made = _tables(_lines(rows))
    if len(files) == 2:
        made.append(tables.fuel_properties(read_csv(files[1], _PROPERTY_COLUMNS), edition))
    return write_pack(folder, _meta(path, edition, front, foreign), made)


def _edition(rows: list[list[Any]], source: str) -> str:
    for index, name in enumerate(_HEADER):
        found = cell(rows, 6, chr(ord("A") + index))
        if found != name:
            where = f"{source}: {_SHEET}!{chr(ord('A') + index)}6"
            raise ImportSourceError(f"{where}: expected {name!r}, found {found!r}")
    last = str(cell(rows, 6, "J"))
    prefix, _, year = last.rpartition(" ")
    if prefix != "GHG Conversion Factor" or not year.isdigit():
        raise ImportSourceError(f"{source}: {_SHEET}!J6: expected the edition, found {last!r}")
    if int(year) < 2023:
        raise ImportSourceError(f"{source}: {_SHEET}!J6: edition {year} prints gases differently")
    return year


def _lines(rows: list[list[Any]]) -> list[_Line]:
    lines = []
    for number, row in enumerate(rows[6:], start=7):
        text = ["" if value is None else str(value).strip() for value in row[:9]]
        if text[0]:
            key = "_".join(text[0].split("_")[1:-1])
            column = _COLUMNS.get(text[8], "")
            lines.append(_Line(number, text[2], text[3], text[4], text[7], key, column, row[9]))
    return lines


def _groups(lines: list[_Line], level_1: str, level_2: str = "") -> list[tables.Group]:
    found: dict[tuple[str, str, str], list[_Line]] = {}
    for line in lines:
        if line.level_1 == level_1 and level_2 in ("", line.level_2):
            found.setdefault((line.label, line.unit, line.key), []).append(line)
    groups = [_group(key, members, level_1 == _OUTSIDE) for key, members in found.items()]
    if not groups:
        raise ImportSourceError(f"{_SHEET}: no rows of {level_1!r} {level_2!r}".rstrip(" '"))
    return groups


def _group(key: tuple[str, str, str], lines: list[_Line], outside: bool) -> tables.Group:
    texts: dict[str, str] = {}
    for line in lines:
        where = f"{_SHEET}!J{line.number}"
        if not line.column or line.column in texts:
            raise ImportSourceError(f"{_SHEET}!I{line.number}: unexpected GHG/Unit")
        if line.value not in (None, ""):
            column = tables.OUTSIDE if outside else line.column
            texts[column] = exact(line.value, where)
    first, last = lines[0].number, lines[-1].number
    if last - first != len(lines) - 1:
        raise ImportSourceError(f"{_SHEET}!J{first}: the rows of {key[0]!r} are not together")
    cells = f"J{first}" if first == last else f"J{first}:J{last}"
    return tables.Group(key[0], key[1], key[2], texts, f"{_SHEET}!{cells}")


def _tables(lines: list[_Line]) -> list[Table]:
    outside = _groups(lines, _OUTSIDE)
    forecourt = _groups(lines, _OUTSIDE, "Forecourt fuels containing biofuel")
    generated = _groups(lines, _OUTSIDE, "Electricity generated")
    return [
        tables.fuels(
            _groups(lines, "Fuels"), {(group.label, group.unit): group for group in forecourt}
        ),
        tables.bioenergy(_groups(lines, "Bioenergy"), {group.key: group for group in outside}),
        tables.electricity(_groups(lines, "UK electricity", "Electricity generated"), generated[0]),
        tables.heat(_groups(lines, "Heat and steam", "Heat and steam")),
        tables.losses(
            _groups(lines, "Transmission and distribution", "T&D- UK electricity"),
            _groups(lines, "Transmission and distribution", "Distribution - district heat & steam"),
        ),
    ]


def _front(front: list[list[Any]], label: str) -> Any:
    for row in front:
        for index, value in enumerate(row[:-1]):
            if isinstance(value, str) and value.strip() == label:
                return row[index + 1]
    return None


def _meta(path: Path, edition: str, front: list[list[Any]], foreign: list[str]) -> Meta:
    version, updated = _front(front, "Version:"), _front(front, "Updated:")
    notes = [*tables.NOTES, *tables.BIO_NOTES]
    evidence: Meta = {"class": "publisher_file", "file": path.name, "sha256": sha256(path)}
    evidence["sheet"] = _SHEET
    if foreign:
        via = (
            f"a copy of the publisher's flat file (SHA-256 {sha256(path)}) to which its holder"
            f" added {len(foreign)} sheets; only {_SHEET} was read"
        )
        evidence = transcription("A", _SHEET, via)
        notes.append("The workbook read is not byte for byte the publisher's: sheets were added.")
    base: Meta = {
        "pack": f"desnz-{edition}",
        "publisher": "desnz",
        "edition": edition,
        "version": "1.0",
        "title": f"UK Government GHG Conversion Factors for Company Reporting {edition},"
        f" flat file, version {version}",
        **common_meta(),
    }
    if isinstance(updated, datetime):
        base["published"] = updated.date()
    rest = {"year_rule": "edition", "year": int(edition), "gwp_set": "AR5"}
    grid = {"finest_region": {"grid_average": "country"}}
    return {**base, **rest, **grid, "evidence": evidence, "notes": notes}


def common_meta() -> Meta:
    """Organisation, licence and attribution of all editions."""
    return {
        "organisation": "Department for Energy Security and Net Zero",
        "licence": "OGL-UK-3.0",
        "attribution": "Contains public sector information licensed under the Open Government"
        " Licence v3.0.",
    }
