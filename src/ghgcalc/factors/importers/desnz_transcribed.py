"""UK Government conversion factors: an edition known only through a transcription (CSV).

The columns are those of the transcriber: one printed value per row, the publisher's row number in
`row_group`. Totals are as printed; the CO2e of each gas may have been rebuilt from gas masses.
The transcription has no "Column Text": where the publisher prints several columns (fuel of a car,
laden state, radiative forcing, treatment of waste) one of them is kept without saying which, so
those rows are left out. A second file may hold totals of whole sections (`desnz_totals`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ghgcalc.factors.importers import desnz_labels as labels
from ghgcalc.factors.importers import desnz_tables as tables
from ghgcalc.factors.importers import desnz_totals as totals
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    exact,
    lookup,
    read_csv,
    slug,
    transcription,
    write_pack,
)
from ghgcalc.factors.importers.desnz_files import PARTS, TOTAL
from ghgcalc.factors.importers.desnz_keys import Group
from ghgcalc.factors.importers.desnz_notes import (
    NET_NOTE,
    PLACE_NOTE,
    WASTE_NOTE,
    common_meta,
    notes,
)
from ghgcalc.factors.importers.desnz_themes import PLACES

_NEEDED = ("id", "row_group", "activity", "unit", "basis", "ghg_unit", "value", "year", "source")
_GASES = {
    "kg CO2e": TOTAL,
    "kg CO2e of CarbonDioxide": PARTS[0],
    "kg CO2e of MethaneFossil": PARTS[1],
    "kg CO2e of NitrousOxide": PARTS[2],
}
_UNITS = {
    "Tonne NotApplicable": "tonnes",
    "Litre NotApplicable": "litres",
    "CubicMetre NotApplicable": "cubic metres",
    "KilowattHour NotApplicable": "kWh",
    "KilowattHour NetCalorificValue": "kWh (Net CV)",
    "KilowattHour GrossCalorificValue": "kWh (Gross CV)",
    "Kilometre NotApplicable": "km",
    "Mile NotApplicable": "miles",
    "PassengerKilometre NotApplicable": "passenger.km",
    "TonneKilometre NotApplicable": "tonne.km",
}
_NO_COLUMN = "one of several columns, the transcription does not say which"
_NOTES = [
    "The totals are as printed. The CO2e of each gas was rebuilt by the transcriber from gas masses"
    " (times 1, 28, 265) and rounded to the five decimals that DESNZ prints; the parts sum to every"
    " printed total.",
    "Refrigerants, 'Outside of scopes' and fuel properties of this edition are not at hand.",
    "Cars, vans and heavy goods vehicles are left out: the transcription keeps one of the"
    " publisher's several columns without saying which.",
    "Flights, bioenergy, hotels, homeworking, materials (52) and waste (128) were typed from the"
    " publisher's full set, totals without gases: what is not among them is not at hand. Waste"
    " burnt is `combustion`, as the full set heads it.",
    "Bioenergy stands on an AR4 basis, as the publisher's list says; hotels mix several.",
]
_BASIS = {"bioenergy.csv": "AR4"}


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one transcribed edition.

    Raises:
        ImportSourceError: the file is not the expected one.
    """
    if len(files) not in (1, 2):
        raise ImportSourceError(f"expected one or two transcriptions, CSV: {len(files)} files")
    path = files[0]
    rows = read_csv(path, _NEEDED)
    years, sources = {row["year"] for row in rows}, {row["source"] for row in rows}
    if len(years) != 1 or len(sources) != 1:
        raise ImportSourceError(f"{path.name}: expected one year and source, found {years}")
    groups = _groups(rows, path.name)
    told = [group for group in groups if not _several_columns(group)]
    typed = totals.groups(files[1]) if len(files) == 2 else []
    made = tables.build([*told, *typed])
    for group in groups:
        if _several_columns(group):
            made.leave_out(_NO_COLUMN, group)
    left = sum(made.left_out.values())
    if made.imported() + left != len(rows) + len(typed):
        counts = f"{made.imported()} imported and {left} left out of {len(rows) + len(typed)}"
        raise ImportSourceError(f"{path.name}: {counts} values: the rest would be lost")
    written = [
        replace(table, overrides={"gwp_set": _BASIS[table.file]}) if table.file in _BASIS else table
        for table in made.tables()
    ]
    report = write_pack(folder, _meta(years.pop(), sources.pop()), written)
    typed_too = f" and {len(typed)} typed totals" if typed else ""
    said = f"  together: {len(rows)} values of the transcription{typed_too}"
    return [*report, *made.report(), said]


def _several_columns(group: Group) -> bool:
    return "column" in PLACES[group.level_1, group.level_2].uses


def _groups(rows: list[Row], source: str) -> list[Group]:
    found: dict[str, list[tuple[int, Row]]] = {}
    for number, row in enumerate(rows, start=2):
        found.setdefault(row["row_group"], []).append((number, row))
    return [_group(key, members, source) for key, members in found.items()]


def _group(key: str, members: list[tuple[int, Row]], source: str) -> Group:
    texts: dict[str, str] = {}
    for number, row in members:
        where = f"{source} row {number}"
        column = lookup(_GASES, row["ghg_unit"], where)
        if column in texts:
            raise ImportSourceError(f"{where}: a second value of {row['ghg_unit']!r}")
        texts[column] = exact(row["value"], where)
    number, first = members[0]
    where = f"{source} row {number}"
    unit = lookup(_UNITS, f"{first['unit']} {first['basis']}", where)
    cells = f"Factors by Category, ID {key}_1" + (
        f" to {key}_{len(members)}" if len(members) > 1 else ""
    )
    level_1, level_2, detail = _levels(first["id"], where)
    return Group(level_1, level_2, first["activity"].strip(), detail, "", unit, texts, cells)


def _path(label: str) -> str:
    """A label as the transcriber writes it in an id."""
    return slug(label.replace("&", " and ").replace("–", "-").replace(">", " ")).replace("_", "-")


_LEVELS = {(_path(first), _path(second)): (first, second) for first, second in PLACES}
_DETAILS = {_path(label): label for label in (*labels.SIZES, *labels.CLASSES, "kWh")}


def _levels(text: str, where: str) -> tuple[str, str, str]:
    """Level 1, Level 2 and Level 4 of `defra-2026/level-1/level-2/level-3[/level-4]/unit`."""
    parts = text.split("/")
    if len(parts) not in (5, 6):
        raise ImportSourceError(f"{where}: unexpected id {text!r}")
    second = parts[2].replace("hgv-non-refrigerated", "hgv")  # renamed in 2026
    if parts[1] == "delivery-vehicles":
        second = second.replace("hgv-refrigerated", "hgvs-refrigerated")
    levels = _LEVELS.get((parts[1], second))
    if levels is None:
        raise ImportSourceError(f"{where}: unknown levels {parts[1]!r} / {parts[2]!r}")
    return *levels, lookup(_DETAILS, parts[4], where) if len(parts) == 6 else ""


def _meta(edition: str, source: str) -> Meta:
    base: Meta = {
        "pack": f"desnz-{edition}",
        "publisher": "desnz",
        "edition": edition,
        "version": "1.2",
        "title": re.sub(r", sheet .*$", "", source),
        **common_meta(),
        "supersedes": f"desnz-{edition}@1.1",
        "year_rule": "edition",
        "year": int(edition),
        "gwp_set": "AR5",
        "finest_region": {"grid_average": "country"},
    }
    via = (
        "one project's import of the flat file; 50 of 50 totals that one independent transcription"
        " holds are equal, and 92 of 92 of another. Rows of the full set: typed by another project,"
        " 94 of 94 totals that the import holds are equal"
    )
    evidence = transcription("B", "Factors by Category", via)
    said = [*notes("AR5", gas_labels=False), *_NOTES, NET_NOTE, WASTE_NOTE, PLACE_NOTE]
    return {**base, "evidence": evidence, "notes": said}
