"""Refrigerant blends of ANSI/ASHRAE 34-2019: a CSV transcription of the compositions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    one_file,
    read_csv,
    transcription,
    unverified,
    write_pack,
)

_NEEDED = ("blend", "component", "mass_pct", "source", "retrieved_from", "verification", "note")
_STANDARD = "ANSI/ASHRAE 34-2019"
_NOTES = [
    "Nominal composition in percent of mass; the standard's tolerances are not kept.",
    "R-406A is 55/4/41: IPCC 2006 Table 7.8 prints 55/14/41, which sums to 110.",
    "R-426A holds isopentane (HC-601a) as in the standard; the US EPA hub lists isobutane.",
    "R-405A and R-500 hold HFC-152a (IPCC 2006 Table 7.8); the transcription printed HFC-152.",
    "R-411C is from IPCC 2006 Volume 3 Table 7.8.",
    "Blends of later editions of the standard are left out where no document was at hand.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of blends.

    Raises:
        ImportSourceError: the file is not the expected one, or a blend does not sum to 100 percent.
    """
    path = one_file(files, "a table of blends, CSV")
    found: dict[str, list[Row]] = {}
    dropped: set[str] = set()
    for number, line in enumerate(read_csv(path, _NEEDED), start=2):
        if unverified(line):
            dropped.add(line["blend"])
            continue
        found.setdefault(line["blend"], []).append(_row(line, f"{path.name} row {number}"))
    rows = [row for blend, part in found.items() if blend not in dropped for row in part]
    _check_sums(found, path.name)
    report = write_pack(folder, _meta(), [Table("blends.csv", "blends", rows)])
    return [*report, f"  left out (no document): {', '.join(sorted(dropped)) or 'none'}"]


def _row(line: Row, where: str) -> Row:
    source = line["source"]
    note = "composition confirmed by other publishers" if line["verification"] else ""
    return {
        "blend": line["blend"],
        "component": line["component"],
        "mass_percent": exact(line["mass_pct"], where),
        "locator": f"{source}, {line['blend']}",
        "note": note,
    }


def _check_sums(found: dict[str, list[Row]], source: str) -> None:
    for blend, rows in found.items():
        total = sum(Decimal(row["mass_percent"]) for row in rows)
        if total != 100:
            raise ImportSourceError(f"{source}: {blend} sums to {total} percent")


def _meta() -> Meta:
    return {
        "pack": "refrigerants-ashrae-34-2019",
        "publisher": "refrigerants",
        "edition": "ashrae-34-2019",
        "version": "1.0",
        "title": f"Refrigerant blends, compositions of {_STANDARD}",
        "organisation": "ASHRAE",
        "licence": "figures of a standard",
        "year_rule": "any",
        "evidence": transcription(
            "B",
            _STANDARD,
            "one third-party transcription; about 84 blends also reproduced from published GWPs",
        ),
        "notes": _NOTES,
    }
