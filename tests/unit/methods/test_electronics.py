"""Integrated circuits by the ACT model: hand arithmetic on its printed rows."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml, act-2]
accept: [{gap: other_gwp_set, for: {category: purchased_goods_and_services}, reason: no set stated}]
facilities: {hq: {country: DE}}
"""
PACK = """\
pack: own
title: Example
gwp_set: AR6
factors:
  cn: {category: purchased_electricity, region: CN, per: kWh, gases: {CO2: 0.7 kg}, source: x}
  de: {category: purchased_electricity, region: DE, per: kWh, gases: {CO2: 0.1 kg}, source: x}
"""
# the printed case: 28 nm, 1 cm2, a grid of 583 g/kWh, 97 % abatement, yield 0.875
CASE = "logic_ic: {node: 28 nm, area: 1 cm2, fab_grid: 583 gCO2e/kWh}"


def _run(folder: Path, keys: str, head: str = HEAD) -> Run:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    body = (
        "activities:\n  a: {facility: hq, category: purchased_goods_and_services, period: 2024,"
        f" gwp_set: AR6, {keys}}}\n"
    )
    (folder / "company.yaml").write_text(head + body, "utf-8")
    return compute(folder / "company.yaml")


def _grams(folder: Path, keys: str) -> dict[str, Fraction]:
    run = _run(folder, keys)
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    assert {line.calculated_by for line in run.inventory.lines} == {"average_data"}
    return {
        line.id.partition("/")[2]: (line.co2e("location_based") or Fraction(0)) * 10**6
        for line in run.inventory.lines
    }


def test_the_printed_case(tmp_path: Path) -> None:
    """(0.90 × 583 + (175 + 100) ÷ 2 + 500) ÷ 0.875 + 150 = 1,478.2 g."""
    found = _grams(tmp_path, f"quantity: 1 piece, {CASE}")
    assert found == {
        "fab_power": Fraction("524.7") / Fraction("0.875"),
        "process_gases_95": Fraction("87.5") / Fraction("0.875"),
        "process_gases_99": Fraction(50) / Fraction("0.875"),
        "raw_materials": Fraction(500) / Fraction("0.875"),
        "package": 150,
    }
    assert round(sum(found.values()) / 1000, 3) == Fraction("1.478")


def test_grid_yield_abatement_and_packages_as_stated(tmp_path: Path) -> None:
    """5 nm in China: 2.75 kWh, 430 g at 95 %, 500 g; 80 % are good, unpackaged."""
    keys = (
        "quantity: 10 piece, logic_ic: {node: 5nm, area: 1 cm2, fab_grid: CN, yield: 80 %,"
        " abatement: 95 %, packages: 0}"
    )
    assert _grams(tmp_path, keys) == {
        "fab_power": 10 * Fraction("2.75") * 700 / Fraction("0.8"),
        "process_gases_95": 10 * 430 / Fraction("0.8"),
        "raw_materials": 10 * 500 / Fraction("0.8"),
    }


def test_memory(tmp_path: Path) -> None:
    """16 GB of DDR4 at 65 g/GB ÷ 0.875 and two packages; NAND is found by its technology."""
    keys = "quantity: 3 piece, memory: {technology: %s, capacity: %s, packages: 2}"
    assert _grams(tmp_path, keys % ("ddr4_10nm", "16 GB")) == {
        "chips": 3 * 16 * 65 / Fraction("0.875"), "package": 3 * 2 * 150,
    }  # fmt: skip
    found = _grams(tmp_path, keys % ("nand_tlc_v3", "1 TB"))
    assert found["chips"] == 3 * 1000 * Fraction("6.3") / Fraction("0.875")


def test_batteries_by_their_kwh(tmp_path: Path) -> None:
    """61.5 and 87 kg/kWh; the range that they are the middle of stands in the locator."""
    for technology, kg, between in (("lfp", "61.5", "54 to 69"), ("nmc", "87", "59 to 115")):
        keys = f"quantity: 40 kWh, item: li_ion_battery, technology: {technology}"
        inventory = _run(tmp_path, keys).inventory
        assert inventory is not None
        (line,) = inventory.lines
        assert line.co2e("location_based") == 40 * Fraction(kg) / 1000
        factor = line.parts("location_based")[0].plan.resolution.factor
        assert factor is not None
        assert between in factor.locator


@pytest.mark.parametrize(
    ("keys", "code", "text"),
    [
        (f"quantity: 1 kg, {CASE}", "unit-mismatch", "counts no pieces"),
        (f"quantity: 1 piece, item: ic_package, {CASE}", "conflicting-keys", "`item` stands"),
        (f"quantity: 1 piece, {CASE}, memory: {{technology: lpddr4, capacity: 1 GB}}",
         "conflicting-keys", "`memory` stands"),
        ("quantity: 1 piece, logic_ic: {node: 4 nm, area: 1 cm2, fab_grid: CN}",
         "missing-factor", "write one of 28nm, 20nm"),
        ("quantity: 1 piece, logic_ic: {node: large, area: 1 cm2, fab_grid: CN}",
         "wrong-shape", "is no node"),
        ("quantity: 1 piece, logic_ic: {node: 28 nm, area: 1 km, fab_grid: CN}",
         "unit-mismatch", "is no area"),
        ("quantity: 1 piece, logic_ic: {node: 28 nm, area: 1 cm2, fab_grid: 583 g/kWh}",
         "unit-mismatch", "`583 gCO2e/kWh`"),
        ("quantity: 1 piece, logic_ic: {node: 28 nm, area: 1 cm2, fab_grid: Taiwan}",
         "not-a-number", "write a country"),
        ("quantity: 1 piece, logic_ic: {node: 28 nm, area: 1 cm2, fab_grid: CN, abatement: 90 %}",
         "out-of-bounds", "95 % to 99 %"),
        ("quantity: 1 piece, logic_ic: {node: 28 nm, area: 1 cm2, fab_grid: CN, yield: 0 %}",
         "out-of-bounds", "yield"),
        ("quantity: 1 piece, logic_ic: {node: 28 nm, area: 1 cm2, fab_grid: CN, packages: -1}",
         "out-of-bounds", "packages"),
        ("quantity: 1 piece, memory: {technology: ddr9, capacity: 1 GB}",
         "missing-factor", "write one of ddr3_30nm"),
        ("quantity: 1 piece, memory: {technology: lpddr4, capacity: 1 kg}",
         "unit-mismatch", "no capacity of data"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, keys: str, code: str, text: str) -> None:
    run = _run(tmp_path, keys)
    assert run.inventory is None
    said = [f"{item.message} {item.hint}" for item in run.diagnostics if item.code == code]
    assert any(text in each for each in said), [str(d) for d in run.diagnostics]


@pytest.mark.parametrize("keys", [CASE, "memory: {technology: lpddr4, capacity: 1 GB}"])
def test_without_the_pack(tmp_path: Path, keys: str) -> None:
    run = _run(tmp_path, f"quantity: 1 piece, {keys}", HEAD.replace(", act-2", ""))
    hints = {item.hint for item in run.diagnostics if item.code == "missing-factor"}
    assert hints == {"add `act-2` to `factor_packs:`"}


def test_rows_of_a_table_are_pieces(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "bom.csv").write_text("n,month\n100,2024-01\n50,2024-02\n", "utf-8")
    body = f"""\
tables:
  bom:
    files: bom.csv
    read: {{period: YYYY-MM}}
    columns: {{quantity: n, period: month}}
    constants: {{facility: hq, unit: piece, item: soc}}
    items: {{soc: {{category: purchased_goods_and_services, gwp_set: AR6, {CASE}}}}}
"""
    (tmp_path / "company.yaml").write_text(HEAD + body, "utf-8")
    inventory = compute(tmp_path / "company.yaml").inventory
    assert inventory is not None
    total = sum(line.co2e("location_based") or 0 for line in inventory.lines)
    # 150 × ((524.7 + 137.5 + 500) ÷ 0.875 + 150) g
    assert total == 150 * (Fraction("1162.2") / Fraction("0.875") + 150) / 10**6
