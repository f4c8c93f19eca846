"""Densities of liquid fuels, world (United Nations Statistics Division): litres become mass.

File: a CSV of densities with their sources. Taken are those of the yearbook; upper limits of
product standards are no densities, and the British ones stand in the packs desnz.
"""

from __future__ import annotations

import re
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

_NEEDED = ("fuel", "density_kg_per_l", "source", "region", "retrieved_from", "note")
_SOURCE = re.compile(r"UNSD\b.*\((?P<litres>\d+) L/t\)")
_FUELS = {
    "Motor gasoline": ("petrol",),
    "Gas-diesel oil": ("diesel", "gas_oil"),
    "Kerosene": ("kerosene",),
    "LPG": ("lpg",),
    "Residual fuel oil": ("fuel_oil",),
    "Jet fuel": ("jet_kerosene",),
    "Crude petroleum": ("crude_oil",),
}
_LEFT_OUT = ("upper limit", "DESNZ")
_VIA = (
    "a document that quotes Table IV of the yearbook of 2009; the yearbook of 2004 prints the same"
    " litres per tonne on unstats.un.org"
)


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack.

    Raises:
        ImportSourceError: the file is not the expected one, or a density contradicts its volume.
    """
    path = one_file(files, "densities of fuels, CSV")
    rows: list[Row] = []
    for number, line in enumerate(read_csv(path, _NEEDED), start=2):
        where = f"{path.name} row {number}"
        match = _SOURCE.fullmatch(line["source"])
        if match is not None and line["region"] == "World":
            rows += _rows(line, int(match["litres"]), where)
        elif not (any(word in line["source"] + line["fuel"] for word in _LEFT_OUT)
                  or line["fuel"].startswith("(see ") or unverified(line)):  # fmt: skip
            raise ImportSourceError(f"{where}: unknown source {line['source']!r}")
    if not rows:
        raise ImportSourceError(f"{path.name}: no densities of UNSD")
    return write_pack(folder, _meta(), [Table("fuel_properties.csv", "fuel_properties", rows)])


def _rows(line: Row, litres: int, where: str) -> list[Row]:
    if line["fuel"] not in _FUELS:
        raise ImportSourceError(f"{where}: unknown fuel {line['fuel']!r}")
    value = exact(f"0{line['density_kg_per_l']}".replace("00.", "0."), where)
    if abs(Decimal(value) * litres - 1000) > 1:  # three digits of a litre's kilograms
        raise ImportSourceError(f"{where}: {value} kg/L are not {litres} L/t")
    return [
        {
            "id": f"{fuel}.density", "fuel": fuel, "property": "density", "value": value,
            "unit": "kg/L", "locator": f"Table IV, {line['fuel']}, {litres} litres per tonne",
        }
        for fuel in _FUELS[line["fuel"]]
    ]  # fmt: skip


def _meta() -> Meta:
    return {
        "pack": "unsd-2009",
        "publisher": "unsd",
        "edition": "2009",
        "version": "1.0",
        "title": "Energy Statistics Yearbook 2009, conversion factors: densities of petroleum"
        " products",
        "organisation": "United Nations Statistics Division",
        "url": "https://unstats.un.org/unsd/energy/yearbook/",
        "licence": "no licence stated in the documents at hand; figures cited with attribution",
        "attribution": "United Nations Statistics Division: Energy Statistics Yearbook",
        "year_rule": "any",
        "evidence": transcription("B", "Table IV", _VIA),
        "notes": [
            "World averages, for litres of fuels whose factors are per tonne or per energy. A"
            " factor of another publisher needs `accept: other_publisher_property` with them; the"
            " delivery note's own density goes first (`fuel_properties: {density: … kg/L}`).",
            "Diesel is 0.870 kg/L here, gas oil with it; DESNZ prints 0.830 for British diesel of"
            " 2023: a line of litres is 5 % larger by these.",
            "Upper limits of Chinese product standards (GB 17930, GB 19147) are no densities and"
            " are left out.",
        ],
    }
