"""The importer of the UN's densities: kilograms and litres of a row agree; made-up figures."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "fuel,density_kg_per_l,source,region,retrieved_from,note\n"


def run(tmp_path: Path, *lines: str) -> list[dict[str, str]]:
    (tmp_path / "d.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), "utf-8")
    IMPORTERS["unsd"]([tmp_path / "d.csv"], tmp_path / "out")
    with (tmp_path / "out/fuel_properties.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_limits_of_standards_are_no_densities(tmp_path: Path) -> None:
    found = run(tmp_path, "Gas-diesel oil,.500,UNSD Yearbook 2009 Table IV (2000 L/t),World,x,",
                "Diesel,0.845,GB 19147-2016 upper limit,CN,x,")  # fmt: skip
    assert [(row["fuel"], row["value"], row["unit"]) for row in found] == [
        ("diesel", "0.500", "kg/L"), ("gas_oil", "0.500", "kg/L"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Kerosene,.510,UNSD (2000 L/t),World,x,", "row 2: 0.510 kg/L are not 2000 L/t"),
        ("Moon oil,.500,UNSD (2000 L/t),World,x,", "unknown fuel 'Moon oil'"),
        ("Kerosene,.500,someone,World,x,", "unknown source 'someone'"),
    ],
)
def test_a_surprise_stops_the_import(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        run(tmp_path, line)
