"""UK Government conversion factors: the publisher's flat file, editions 2019 to 2025.

Files: the flat file (.xls or .xlsx), and optionally a CSV transcription of the "Fuel properties"
sheet, which the flat file lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ghgcalc.factors.importers import desnz_tables as tables
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    exact,
    read_csv,
    sha256,
    transcription,
    write_pack,
)
from ghgcalc.factors.importers.desnz_flat import SHEET, FlatFile, read
from ghgcalc.factors.importers.desnz_notes import AR4_NOTE, BIO_NOTES, common_meta, notes

_GROWN = frozenset({"2023", "2024", "2025"})  # released as 1.0 with fuels and energy only
_PROPERTY_COLUMNS = (
    "edition", "section", "fuel", "net_cv_gj_per_t", "gross_cv_gj_per_t", "density_kg_per_m3",
)  # fmt: skip


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one edition.

    Raises:
        ImportSourceError: a file is not the expected one, or a printed value is neither in a row
            nor left out for a stated reason.
    """
    if len(files) not in (1, 2):
        raise ImportSourceError(f"expected the flat file and fuel properties: {len(files)} files")
    path = files[0]
    flat = read(path)
    rows = tables.build(flat.groups)
    left = sum(rows.left_out.values())
    if rows.imported() + left != flat.valued:
        counts = f"{rows.imported()} imported and {left} left out of {flat.valued}"
        raise ImportSourceError(f"{path.name}: {counts} values: the rest would be lost")
    if flat.edition in _GROWN:  # an AR5 edition whose biofuels stayed on AR4
        rows.split_biofuels()
    made = [
        replace(table, overrides={"gwp_set": "AR4"}) if table.file == "biofuels.csv" else table
        for table in rows.tables()
    ]
    if len(files) == 2:
        properties = read_csv(files[1], _PROPERTY_COLUMNS)
        made.append(tables.fuel_properties(properties, flat.edition))
    report = write_pack(folder, _meta(path, flat), made)
    return [*report, *rows.report(), f"  together: {flat.valued} values of the flat file"]


def _front(front: list[list[Any]], label: str) -> Any:
    for row in front:
        for index, value in enumerate(row[:-1]):
            if isinstance(value, str) and value.strip() == label:
                return row[index + 1]
    return None


def _meta(path: Path, flat: FlatFile) -> Meta:
    edition, gwp_set = flat.edition, flat.gwp_set
    version, updated = _front(flat.front, "Version:"), _front(flat.front, "Updated:")
    ar4 = [AR4_NOTE] if edition in _GROWN else []
    said = [*notes(gwp_set, flat.gas_labels), *ar4, *BIO_NOTES]
    evidence: Meta = {"class": "publisher_file", "file": path.name, "sha256": sha256(path)}
    evidence["sheet"] = SHEET
    if flat.foreign:
        via = (
            f"a copy of the publisher's flat file (SHA-256 {sha256(path)}) to which its holder"
            f" added {len(flat.foreign)} sheets; only {SHEET} was read"
        )
        evidence = transcription("A", SHEET, via)
        said.append("The workbook read is not byte for byte the publisher's: sheets were added.")
    base: Meta = {
        "pack": f"desnz-{edition}",
        "publisher": "desnz",
        "edition": edition,
        "version": "1.3" if edition in _GROWN else "1.1",
        "title": f"UK Government GHG Conversion Factors for Company Reporting {edition},"
        f" flat file, version {exact(version, 'Front page')}",
        **common_meta(before_2023=edition < "2023"),
    }
    if isinstance(updated, date):
        base["published"] = updated
    base["supersedes"] = f"desnz-{edition}@{'1.2' if edition in _GROWN else '1.0'}"
    rest = {"year_rule": "edition", "year": int(edition), "gwp_set": gwp_set}
    grid = {"finest_region": {"grid_average": "country"}}
    return {**base, **rest, **grid, "evidence": evidence, "notes": said}
