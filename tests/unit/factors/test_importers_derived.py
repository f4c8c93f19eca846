"""The importer of electricity factors that were derived from Eurostat's series; made-up figures."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError
from ghgcalc.pipeline.starter.starter import Start, newest_year, packs_for, repository

if TYPE_CHECKING:
    from pathlib import Path


def factor(**more: Any) -> dict[str, Any]:
    return {
        "activity": "Purchased grid electricity — Greece", "scope": "Scope2",
        "scope2Method": "LocationBased", "region": "EL", "unit": "MegawattHour",
        "basis": "NotApplicable", "componentsAreDerived": True,
        "components": {"CarbonDioxide": 12.50, "MethaneFossil": 0.001, "NitrousOxide": 0.0},
        "sourceReference": "Eurostat, EL 2023",
        "note": "Main activity producers only. 70% of CRF 1.A.1.a emissions allocated. Methane is"
        " treated as fossil, and so on.",
        **more,
    }  # fmt: skip


def run(tmp_path: Path, *factors: dict[str, Any], name: str = "eurostat-grid-2023") -> Path:
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"id": name, "factors": factors}), encoding="utf-8")
    IMPORTERS["eurostat-derived"]([path], tmp_path / "out")
    return tmp_path / "out"


def test_a_derived_factor_says_so(tmp_path: Path) -> None:
    out = run(tmp_path, factor())
    with (out / "electricity.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["region"], row["name"]) == ("GR", "Greece")
    assert (row["CO2 [kg]"], row["CH4 [kg]"], row["N2O [kg]"]) == ("12.5", "0.001", "0")
    assert row["note"] == "70% of CRF 1.A.1.a emissions allocated."
    head = yaml.safe_load((out / "pack.yaml").read_text("utf-8"))
    assert head["evidence"]["class"] == "derived"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"unit": "KilowattHour"}, "factor 1: unexpected unit 'KilowattHour'"),
        ({"scope": "Scope3"}, "unexpected scope"),
        ({"components": {"CarbonDioxide": 1.0}}, "gases \\['CarbonDioxide'\\]"),
        ({"note": "All producers."}, "unexpected note"),
        ({"activity": "Heat — Greece"}, "unexpected activity"),
    ],
)
def test_a_surprise_stops_the_import(tmp_path: Path, more: dict[str, Any], message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        run(tmp_path, factor(**more))


def test_another_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportSourceError, match="expected the set"):
        run(tmp_path, factor(), name="egrid-2023")


def test_a_new_repository_says_whose_a_derived_factor_is() -> None:
    """France 2023: the EEA's total lacks its gases; Germany has the UBA's, which is published."""
    head = "\nfactor_packs:\n  - ./factors/own.yaml\n"
    start = Start(name="X", facility="site", country="FR", region="", year=2023)
    text = repository(start).texts["company.yaml"]
    said = "  - eurostat-derived-2023   # computed by others from published series\n"
    assert head + said in text
    german = repository(replace(start, country="DE")).texts["company.yaml"]
    assert f"{head}  - uba-2025\n" in german
    assert packs_for("FR", "", [2023]) == ["eea-2023"]
    assert newest_year("NO", "") == 2019  # the EEA's; what is derived of 2023 is no reason for it
