"""A category says what its activity data measure; anything else is refused, never counted as 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.dimensions import TAKES, taken, takes
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}}
"""
# by category, what a reader would expect to be refused, and what must pass
REFUSED = {
    "stationary_combustion": ["kWp", "USD", "km", "night", "tCO2e", "kW"],
    "mobile_combustion": ["kWp", "USD", "night", "m2"],
    "process_emissions": ["kWp", "USD", "night", "km"],
    "fugitive_emissions": ["kWp", "USD", "night"],
    "purchased_electricity": ["kWp", "kg", "USD", "m3", "night", "kW", "kWh/m2"],
    "self_generated_electricity": ["kWp", "kg", "USD", "km", "night", "m3", "MW"],
    "purchased_steam": ["kWp", "USD", "km", "m2"],
    "purchased_heat": ["kWp", "USD", "km"],
    "purchased_cooling": ["kWp", "kg", "USD"],
    "fuel_and_energy_related": ["kWp", "night", "kW"],
    "upstream_transportation": ["kWp", "night", "GB"],
    "waste_generated": ["kWp", "night", "pkm"],
    "business_travel": ["kWp", "GB", "tkm"],
    "employee_commuting": ["kWp", "GB", "tkm"],
}
PASSES = {
    "stationary_combustion": ["kWh gross", "t", "L", "Nm3", "m3", "hour", "10^4 Nm3"],
    "mobile_combustion": ["L", "km", "vehicle-mile", "tkm", "pkm", "kWh", "vehicle·km"],
    "process_emissions": ["t", "m2", "Nm3", "piece", "MWh"],
    "fugitive_emissions": ["kg", "Sm3", "piece", "km", "TJ"],
    "purchased_electricity": ["MWh", "万kWh", "km", "tkm"],
    "self_generated_electricity": ["kWh", "GJ", "kW·hour"],
    "purchased_steam": ["GJ", "t"], "purchased_heat": ["MWh"], "purchased_cooling": ["kWh"],
    "purchased_goods_and_services": ["USD", "t", "m3", "piece", "GB", "m2", "million CNY"],
    "upstream_transportation": ["tkm", "short_ton·mi", "km", "TEU·km", "EUR", "t"],
    "waste_generated": ["t", "m3", "USD"],
    "business_travel": ["pkm", "person·mi", "night", "person·night", "USD", "km"],
    "employee_commuting": ["person hour", "pkm", "km", "person·day"],
    "investments": ["USD", "kWh"], "use_of_sold_products": ["kWh", "piece·hour", "km"],
}  # fmt: skip


def test_every_category_says_what_it_takes() -> None:
    assert list(TAKES) == list(CATEGORIES)
    assert taken("self_generated_electricity") == "energy"


@pytest.mark.parametrize("category", CATEGORIES)
def test_what_a_category_takes(category: str) -> None:
    for text in REFUSED.get(category, ["kWp", "tCO2e", "Pa", "kW"]):
        assert not takes(category, parse_unit(text).dimension), text
    for text in PASSES.get(category, []):
        assert takes(category, parse_unit(text).dimension), text


def test_the_bundled_factors_are_per_what_their_category_takes() -> None:
    seen: set[tuple[str, str]] = set()
    for name in bundled_packs():
        pack = open_bundled(name)
        assert pack is not None
        for row in pack.rows("factors"):
            seen |= {(part, row.cells["per"]) for part in row.cells["category"].split("|")}
    assert len(seen) > 60
    assert [pair for pair in seen if not takes(pair[0], parse_unit(pair[1]).dimension)] == []


def found(folder: Path, text: str) -> list[tuple[str, str, str | None]]:
    path = folder / "company.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return [(d.code, d.message, d.hint) for d in compute(str(path), period="2024").diagnostics]


def test_peak_power_is_no_generation(tmp_path: Path) -> None:
    line = ("activities:\n  pv: {facility: leeds, category: self_generated_electricity,"
            " attributes: kept, quantity: 1_200 kWp, period: %s}\n")  # fmt: skip
    assert found(tmp_path, line % 2024) == [
        ("unit-mismatch", "`pv` is in kWp (peak power), which is no activity data of"
         " self_generated_electricity", "state energy"),
    ]  # fmt: skip


def test_each_unit_of_an_item_of_a_table_is_said_once(tmp_path: Path) -> None:
    rows = "".join(f"leeds,pv,1200,kWp,2024-{month:02}\n" for month in range(1, 13))
    (tmp_path / "a.csv").write_text(
        f"site,item,qty,unit,month\n{rows}leeds,pv,10,MWh,2024-01\nleeds,pv,5,kg,2024-02\n",
        encoding="utf-8",
    )
    table = (
        "tables:\n  bills:\n    files: a.csv\n    columns: {facility: site, item: item,"
        " quantity: qty, unit: unit, period: month}\n    items:\n"
        "      pv: {category: self_generated_electricity, attributes: kept}\n"
    )
    assert [(code, message.split(", which")[0]) for code, message, _ in found(tmp_path, table)] == [
        ("unit-mismatch", "`bills/pv` is in kWp (peak power)"),
        ("unit-mismatch", "`bills/pv` is in kg (mass)"),
    ]
