"""GB/T 32150-2025, clauses 7.5.6 and 7.5.7: China's default CO2 factor of purchased heat.

File: a CSV transcription of heat and steam factors; rows of other publishers are left to theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Table,
    exact,
    one_file,
    read_csv,
    transcription,
    write_pack,
)

_STANDARD = "GB/T 32150-2025"
_NEEDED = ("region_code", "region_name", "gas", "value", "unit", "source")


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack.

    Raises:
        ImportSourceError: the file has not the one row expected.
    """
    path = one_file(files, "a transcription of heat and steam factors, CSV")
    found = [
        (f"{path.name} row {number}", row)
        for number, row in enumerate(read_csv(path, _NEEDED), start=2)
        if row["source"].startswith(_STANDARD)
    ]
    if len(found) != 1:
        raise ImportSourceError(f"{path.name}: {len(found)} rows of {_STANDARD}, expected 1")
    where, line = found[0]
    if (line["gas"], line["unit"], line["region_code"]) != ("CO2", "tCO2/GJ", "CN"):
        raise ImportSourceError(f"{where}: expected CO2 in tCO2/GJ for CN, found {line['unit']!r}")
    row = {
        "id": "heat.gj",
        "name": line["region_name"],
        "per": "GJ",
        "CO2 [t]": exact(line["value"], where),
        "locator": "clauses 7.5.6 and 7.5.7",
    }
    shared = {"category": "purchased_steam|purchased_heat", "region": "CN"}
    table = Table("heat.csv", "factors", [row], {**shared, "lifecycle": "combustion"})
    return write_pack(folder, _meta(), [table])


def _meta() -> Meta:
    return {
        "pack": "gbt-32150-2025",
        "publisher": "gbt-32150",
        "edition": "2025",
        "version": "1.0",
        "title": f"{_STANDARD}, general rules of greenhouse gas accounting: purchased heat",
        "licence": "figures of a national standard; no licence stated",
        "year_rule": "any",
        "evidence": transcription(
            "B", "clauses 7.5.6 and 7.5.7", "four public projects that use or quote the clauses"
        ),
        "notes": [
            "A default: a measured factor or the supplier's comes first.",
            "CO2 only. Per GJ of heat; tonnes of steam need their enthalpy first.",
        ],
    }
