"""The importer of newer grid factors of Asia and Italy; made-up figures."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError

if TYPE_CHECKING:
    from pathlib import Path

ASIA = "region,year,value,unit,gas,publisher,evidence,trust\n"
ITALY = "id,value,unit,gas,gwp_set,year,source,locator\n"
THAI = "TH,2022-2025,0.1,kg CO2e/kWh,CO2e (AR5),TGO list,copies,B\n"
GAS = "it.natural_gas.2024,2.5,t CO2/1000 Sm3,CO2,,2024,MASE,x\n"


def run(tmp_path: Path, text: str) -> Path:
    (tmp_path / "rows.csv").write_text(text, encoding="utf-8")
    IMPORTERS["grid-updates"]([tmp_path / "rows.csv"], tmp_path / "out")
    return tmp_path / "out"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_list_in_force_is_a_row_for_each_year_of_use(tmp_path: Path) -> None:
    found = rows(run(tmp_path, ASIA + THAI) / "tgo-thailand/2025/electricity.csv")
    assert [row["year"] for row in found] == ["2022", "2023", "2024", "2025"]
    assert {row["CO2e [kg]"] for row in found} == {"0.1"}


def test_margins_are_left_out(tmp_path: Path) -> None:
    margin = "ID (Jamali),2019,0.80 (OM),t CO2/MWh,CO2,ESDM,copies,C\n"
    out = run(tmp_path, ASIA + margin + THAI)
    assert [path.name for path in out.iterdir()] == ["tgo-thailand"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ASIA + "MM,2024,0.3,kg CO2/kWh,CO2,X,copies,C\n", "unknown row 'MM', '2024'"),
        (ASIA + THAI.replace("kg CO2e/kWh", "kg/kWh"), "'kg/kWh' of CO2e"),
        (ITALY + GAS, "mase-italy-2026: a row is missing"),
    ],
)
def test_a_surprise_stops_the_import(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        run(tmp_path, text)
