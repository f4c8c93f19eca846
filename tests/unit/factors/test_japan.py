"""Japan: the list for fiscal year 2025, the pack it replaces, and the importer of the list."""

from __future__ import annotations

import csv
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError
from ghgcalc.factors.library import library, open_bundled
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

PIN = "factor: moe-japan-2026/jp.grid_average.2026"


def power(folder: Path, packs: str, period: int, more: str = "", *, starts: str = "01-01") -> Run:
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f' gwp_set: AR6, reporting_year: {{starts: "{starts}", named_by: start}}}}\n'
        f"factor_packs: [{packs}]\nfacilities: {{osaka: {{country: JP}}}}\nactivities:\n"
        "  power: {facility: osaka, category: purchased_electricity, quantity: 1_000 MWh,"
        f" period: {period}{more and f', {more}'}}}\n"
    )
    return compute(path, period=str(period))


def tonnes(found: Run) -> tuple[str, Fraction]:
    assert found.inventory is not None, found.diagnostics
    (line,) = found.inventory.lines
    factor = line.location_based[0].plan.resolution.factor
    assert factor is not None
    assert line.co2e("market_based") == line.co2e("location_based")
    return factor.ref, line.co2e("location_based")


NEW, OLD = "moe-japan-2026-06/jp.grid_average.2025", "moe-japan-2026/jp.grid_average.2026"


def test_the_list_serves_fiscal_year_2025(tmp_path: Path) -> None:
    """It is for emissions of April 2025 to March 2026: 1,000,000 kWh x 0.000423 t/kWh = 423 t."""
    assert tonnes(power(tmp_path, "moe-japan", 2025, starts="04-01")) == (NEW, 423)
    found = power(tmp_path, "moe-japan", 2026, starts="04-01")
    (error,) = [d for d in found.diagnostics if d.severity is Severity.ERROR]
    assert error.code == "missing-factor"
    assert any("edition 2025, the line needs 2026" in note for note in error.notes)


def test_pins_to_the_earlier_pack_live_on(tmp_path: Path) -> None:
    assert tonnes(power(tmp_path, "moe-japan", 2026, PIN)) == (OLD, 423)
    assert tonnes(power(tmp_path, "moe-japan-2026", 2026)) == (OLD, 423)
    assert tonnes(power(tmp_path, "moe-japan, moe-japan-2026", 2026)) == (OLD, 423)


def test_the_substitute_is_no_average(tmp_path: Path) -> None:
    """0.000416 is the rate of a supplier without a coefficient: no line takes it by itself."""
    pack = open_bundled("moe-japan-2026-06")
    assert pack is not None
    factors = {factor.id: factor for factor in pack.every()}
    values = {name: factor.gases["CO2"].amount.value for name, factor in factors.items()}
    assert values == {
        "jp.grid_average.2025": Fraction("0.000423"),
        "jp-47.grid_average.2025": Fraction("0.000707"),
        "jp.supplier.2025": Fraction("0.000416"),
    }
    assert factors["jp.supplier.2025"].kind == "supplier"
    found = power(tmp_path, "moe-japan", 2025, "factor: moe-japan-2026-06/jp.supplier.2025")
    assert [d.code for d in found.diagnostics] == ["pinned-factor-refused"]


# ---- the importer; the figures are made up --------------------------------------------------

NETWORKS = "".join(f"       {n} 送配電{n}(株)      0.000400     0.000400\n" for n in range(1, 10))
LIST = f"""                                        1 / 2 ページ
－R7年度実績－ R9.1.9 環境省・経済産業省公表
                                                          2027/1/9
○令和8年度の温室効果ガス排出量を算定する際に用いる係数です(報告は令和9年度)。
【小売電気事業者】
A0002   電気(株)                  0.000300    0.000300        -
                                        2 / 2 ページ
【一般送配電事業者】
{NETWORKS}      10 沖縄電力(株)   0.000700      0.000700    99.15   係数が代替値の事業者
       代替値                    0.000390
       全国平均係数(t-CO₂/kWh)   0.000400
"""


def imported(folder: Path, text: str) -> str:
    (folder / "denki.txt").write_text(text, "utf-8")
    IMPORTERS["moe-denki"]([folder / "denki.txt"], folder / "pack")
    return (folder / "pack" / "electricity.csv").read_text("utf-8")


def test_the_list_becomes_a_pack(tmp_path: Path) -> None:
    rows = list(csv.DictReader(StringIO(imported(tmp_path, LIST))))
    assert [(row["id"], row["kind"], row["CO2 [t]"]) for row in rows] == [
        ("jp.grid_average.2026", "grid_average", "0.000400"),
        ("jp-47.grid_average.2026", "grid_average", "0.000700"),
        ("jp.supplier.2026", "supplier", "0.000390"),
    ]
    assert all(row["locator"].startswith("p. 2, ") for row in rows)
    head = (tmp_path / "pack" / "pack.yaml").read_text("utf-8")
    assert "pack: moe-japan-2027-01\n" in head
    assert "supersedes" not in head


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("【一般送配電事業者】", "【送配電事業者】", "no table"),
        ("代替値                    ", "代替           ", "substitute value: expected once"),
        ("       3 送配電3", "       x 送配電3", "expected nine network utilities"),
        ("電4(株)      0.000400", "電4(株)      0.000401", "送配電4(株) is 0.000401, the average"),
        ("0.000700      0.000700", "0.000700      0.000690", "basic as adjusted"),
        ("○令和8年度の温室", "○R8年度の温室", "year of use: expected once"),
    ],
)  # fmt: skip
def test_a_surprise_stops_the_importer(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in LIST
    with pytest.raises(ImportSourceError) as error:
        imported(tmp_path, LIST.replace(old, new))
    assert words in str(error.value)


# read again, row by row, in scripts/official-factors/data/scope3.tsv of OpenGreenTrack, 2f30ea65:
# kg CO2 per person and day, g CO2 per tonne-kilometre
READ_AGAIN = {
    "commuting.office.large_city": "0.984721", "commuting.office.medium_city": "1.542243",
    "commuting.office.small_city_a": "1.838515", "commuting.office.small_city_b": "1.593634",
    "commuting.office.town": "1.569099", "commuting.factory.large_city": "1.219872",
    "commuting.factory.medium_city": "1.891684", "commuting.factory.small_city_a": "1.917020",
    "commuting.factory.small_city_b": "1.810720", "commuting.factory.town": "1.837927",
    "freight.rail": "22", "freight.ship.fuel_improved_20": "31",
    "freight.ship.fuel_improved_15": "33", "freight.ship.fuel_improved_10": "35",
    "freight.ship.fuel_improved_5": "37", "freight.ship.fuel_improved_0": "38",
    "freight.ship.other": "39", "freight.aircraft": "1490",
}  # fmt: skip


def test_every_row_of_the_supply_chain_units_was_read_twice() -> None:
    pack = library("moe-japan-scope3-v3.6")
    rows = {each.id: each.gases["CO2"].amount for each in pack.every()}
    assert set(rows) == set(READ_AGAIN)
    for name, text in READ_AGAIN.items():
        grams = 1000 * rows[name].value * rows[name].unit.size  # mass in kg
        assert grams / (1 if name.startswith("freight") else 1000) == Fraction(text), name
    assert pack.info.header.evidence.grade == "B"  # one careful source
