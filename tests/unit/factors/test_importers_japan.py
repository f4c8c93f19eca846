"""The importer of Japan's fuels and Scope 3 units; made-up figures."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError

if TYPE_CHECKING:
    from pathlib import Path

FUELS = "# 出典: 「算定方法・排出係数一覧」(令和7年度実績・2025年公表) p.23\n"
SCOPE3 = "# 出典: 「排出原単位データベース Ver.3.6」(2026年4月)\n"


def run(tmp_path: Path, head: str, *lines: str) -> Path:
    path = tmp_path / "table.tsv"
    path.write_text(head + "".join(line.replace("|", "\t") + "\n" for line in lines), "utf-8")
    IMPORTERS["moe-japan"]([path], tmp_path / "out")
    return tmp_path / "out"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_fuels_are_named_and_gases_of_an_unprinted_state_left_out(tmp_path: Path) -> None:
    out = run(tmp_path, FUELS, "heavy_oil_a|A重油|fuel|tCO2/kL|1.50",
              "natural_gas|天然ガス|fuel|tCO2/千m3|1.1")  # fmt: skip
    (row,) = rows(out / "moe-japan-fuels/2025/fuels.csv")
    assert (row["id"], row["fuel"], row["technology"]) == ("fuel_oil.a.kl", "fuel_oil", "a")
    assert (row["per"], row["CO2 [t]"]) == ("kL", "1.50")


def test_figures_that_rest_on_idea_are_left_out(tmp_path: Path) -> None:
    out = run(tmp_path, SCOPE3, "waste_landfill_average|廃棄物埋立|waste|t-CO2/t|2",
              "travel_per_night|宿泊数|business_travel|kg-CO2/泊|3",
              "commute_factory_town|通勤|c|kg-CO2/人・日|4.0",
              "tonkm_ship_other|船舶|f|t-CO2/t-km|0.00005")  # fmt: skip
    (day,) = rows(out / "moe-japan-scope3/v3.6/commuting.csv")
    assert (day["technology"], day["CO2 [kg]"]) == ("factory.town", "4.0")
    (ship,) = rows(out / "moe-japan-scope3/v3.6/freight.csv")
    assert (ship["vehicle"], ship["technology"]) == ("ship", "other")


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        (FUELS, "moon_oil|月|fuel|tCO2/kL|1", "line 2: unknown fuel 'moon_oil'"),
        (FUELS, "diesel_oil|軽油|fuel|tCO2/L|1", "per 'tCO2/L'"),
        (FUELS, "diesel_oil|軽油|fuel|tCO2/kL", "expected 5 cells, found 4"),
        (SCOPE3, "commute_boat_town|通勤|c|kg-CO2/人・日|1", "unknown row 'commute_boat_town'"),
        (SCOPE3, "tonkm_rail|鉄道|f|kg-CO2/t-km|1", "in 'kg-CO2/t-km'"),
        ("# another list\n", "diesel_oil|軽油|fuel|tCO2/kL|1", "neither"),
    ],
)
def test_a_surprise_stops_the_import(tmp_path: Path, head: str, line: str, message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        run(tmp_path, head, line)
