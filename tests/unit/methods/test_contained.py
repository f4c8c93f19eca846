"""Gases in products, grid trajectories, and methane of wastewater."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml, ipcc-2006]
accept: [{gap: co2e_without_gases, reason: the example gives CO2e only}]
facilities: {hq: {country: DE}}
"""
PACK = """\
pack: own
title: Example
gwp_set: AR6
factors:
  de: {category: purchased_electricity, region: DE, per: kWh, gases: {CO2e: 0.5 kgCO2e}, source: x}
"""
PARAMETER = "ipcc-2006/waste.wastewater"
BO = f"b0: {PARAMETER}.domestic.bo_cod"
MCF = f"mcf: {PARAMETER}.industrial_anaerobic_reactor.mcf"


def _lines(folder: Path, body: str) -> dict[str, tuple[Fraction | None, str]]:
    """Tonnes and method of each line."""
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    return {
        line.id: (line.co2e("location_based"), line.calculated_by) for line in run.inventory.lines
    }


def _line(keys: str, category: str = "use_of_sold_products") -> str:
    return f"activities:\n  a: {{facility: hq, category: {category}, period: 2024, {keys}}}\n"


def _water(keys: str) -> str:
    return _line(f"quantity: 1000 m3, wastewater: {{{keys}}}", "waste_generated")


def test_contained_gases(tmp_path: Path) -> None:
    keys = "sold: 1000 piece, contains: {gas: HFC-32, charge: 800 g, released: 25 %}"
    # 1,000 × 0.8 kg × 25 % × 771 (AR6)
    assert _lines(tmp_path, _line(keys)) == {"a": (Fraction("154.2"), "contained_gases")}


def test_all_of_the_gas_where_the_share_is_unknown(tmp_path: Path) -> None:
    keys = "sold: 1000 piece, contains: {gas: R-410A, charge: 1 kg}"
    # 1,000 kg, half HFC-32 (771) and half HFC-125 (3,740)
    assert _lines(tmp_path, _line(keys)) == {"a": (Fraction("2255.5"), "contained_gases")}
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None
    (line,) = run.inventory.lines
    assert any("not stated" in note for note in line.notes)


def test_gas_beside_power_and_from_a_table(tmp_path: Path) -> None:
    keys = "contains: {gas: HFC-32, charge: 1 kg}, uses: {lifetime: 100, energy: 2 kWh}"
    # 10 × 771 kg; 10 × 100 × 2 kWh × 0.5 kg
    wanted = {"gas": (Fraction("7.71"), "contained_gases"), "use": (1, "direct_use")}
    found = _lines(tmp_path, _line(f"sold: 10 piece, {keys}"))
    assert found == {f"a/{name}": told for name, told in wanted.items()}
    (tmp_path / "sales.csv").write_text("n,month\n4,2024-01\n6,2024-01\n", "utf-8")
    body = f"""\
tables:
  sales:
    files: sales.csv
    read: {{period: YYYY-MM}}
    columns: {{quantity: n, period: month}}
    constants: {{facility: hq, unit: piece, item: ac}}
    items: {{ac: {{category: use_of_sold_products, {keys}}}}}
"""
    assert sorted(_lines(tmp_path, body).values()) == sorted(wanted.values())


def test_a_trajectory_of_the_grid(tmp_path: Path) -> None:
    rates = "2024: {CO2: 0.5 kg/kWh}, 2025: {CO2: 0.4 kg/kWh}, 2026: {CO2: 0.2 kg/kWh}"
    keys = (
        "sold: 10 piece, uses: {per_year: 50, lifetime_years: 3, energy: 2 kWh,"
        f" trajectory: {{{rates}}}}}"
    )
    # 10 × 50 × 2 kWh a year
    found = _lines(tmp_path, _line(keys))
    assert found == {
        "a/2024": (Fraction("0.5"), "direct_use"),
        "a/2025": (Fraction("0.4"), "direct_use"),
        "a/2026": (Fraction("0.2"), "direct_use"),
    }


def test_power_at_a_stated_rate(tmp_path: Path) -> None:
    keys = "sold: 10 piece, uses: {lifetime: 50, energy: 2 kWh}, emission_rate: {CO2: 0.3 kg/kWh}"
    assert _lines(tmp_path, _line(keys)) == {"a": (Fraction("0.3"), "direct_use")}


def test_methane_of_wastewater(tmp_path: Path) -> None:
    # IPCC 2006 vol. 5 equation 6.4: 1,000 m3 × 3 kg × (1 - 20 %) × 0.25 × 0.8 × (1 - 50 %) = 240 kg
    # of CH4, × 27 (AR6, non-fossil)
    keys = f"cod: 3000 mg/L, sludge: 20 %, recovered: 50 %, {BO}, {MCF}"
    wanted = (Fraction("6.48"), "waste_type_specific")
    assert _lines(tmp_path, _water(keys)) == {"a": wanted}
    stated = "cod: 3 kg/m3, sludge: 20 %, recovered: 50 %, b0: 250 g/kg, mcf: 80 %, source: IPCC"
    assert _lines(tmp_path, _water(stated)) == {"a": wanted}


def test_load_in_bod_from_a_table(tmp_path: Path) -> None:
    (tmp_path / "water.csv").write_text("v,month\n400,2024-01\n600,2024-02\n", "utf-8")
    body = f"""\
tables:
  water:
    files: water.csv
    read: {{period: YYYY-MM}}
    columns: {{quantity: v, period: month}}
    constants: {{facility: hq, unit: m3, item: water}}
    items:
      water:
        category: waste_generated
        wastewater: {{bod: 2 kg/m3, b0: {PARAMETER}.domestic.bo_bod, {MCF}}}
"""
    # 1,000 × 2 × 0.6 × 0.8 = 960 kg × 27
    found = _lines(tmp_path, body)
    assert sum((tonnes or Fraction(0) for tonnes, _ in found.values()), Fraction(0)) == Fraction(
        "25.92"
    )


USE = "sold: 10 piece, uses: {per_year: 5, lifetime_years: 2, energy: 1 kWh, trajectory: "
RATE = "{CO2: 0.5 kg/kWh}"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (_line("quantity: 10 kg, contains: {gas: HFC-32, charge: 1 kg}"), "unit-mismatch"),
        (_line("sold: 10 piece, contains: {gas: HFC-32, charge: 1 l}"), "unit-mismatch"),
        (_line("sold: 10 piece, contains: {gas: HFC-3200, charge: 1 kg}"), "unknown-gas"),
        (_line("sold: 10 piece, gas: HFC-32, contains: {gas: HFC-32, charge: 1 kg}"),
         "conflicting-keys"),
        (_line("sold: 10 piece, contains: {gas: HFC-32, charge: 1 kg, released: 120 %}"),
         "out-of-bounds"),
        (_line("sold: 10 piece, method: direct_use, contains: {gas: HFC-32, charge: 1 kg}"),
         "conflicting-keys"),
        (_line(f"{USE}{{2024: {RATE}}}}}"), "out-of-bounds"),
        (_line(f"{USE}{{2024: {RATE}, 2026: {RATE}}}}}"), "out-of-bounds"),
        (_line(f"{USE}{{2024: {RATE}, 2025: {RATE}}}, country: VN}}"), "conflicting-keys"),
        (_line(f"emission_rate: {RATE}, {USE}{{2024: {RATE}, 2025: {RATE}}}}}"),
         "conflicting-keys"),
        (_line(f"sold: 1 piece, uses: {{lifetime: 5, energy: 1 kWh, trajectory: {{2024:"
               f" {RATE}}}}}"), "missing-key"),
        (_line(f"sold: 1 piece, emission_rate: {RATE}, uses: {{lifetime: 5, energy: 1 kWh,"
               " country: VN}"), "conflicting-keys"),
        (_water(f"{BO}, {MCF}"), "missing-key"),
        (_water(f"cod: 3 kg/m3, bod: 3 kg/m3, {BO}, {MCF}"), "conflicting-keys"),
        (_water(f"cod: 3 kg, {BO}, {MCF}"), "unit-mismatch"),
        (_water(f"cod: 3 kg/m3, {BO}"), "missing-key"),
        (_water(f"cod: 3 kg/m3, {BO}, mcf: 0.8"), "missing-key"),
        (_water(f"cod: 3 kg/m3, {BO}, mcf: 1.8, source: x"), "out-of-bounds"),
        (_water(f"cod: 3 kg/m3, b0: 0.25 kg, {MCF}, source: x"), "unit-mismatch"),
        # a capacity per BOD is none per COD
        (_water(f"cod: 3 kg/m3, b0: {PARAMETER}.domestic.bo_bod, {MCF}"), "unknown-factor"),
        (_water(f"cod: 3 kg/m3, {BO}, mcf: ipcc-2006/waste.landfill.managed_anaerobic.mcf"),
         "unknown-factor"),
        (_line(f"quantity: 5 kg, wastewater: {{cod: 3 kg/m3, {BO}, {MCF}}}", "waste_generated"),
         "unit-mismatch"),
        (_line(f"quantity: 5 m3, technology: x, wastewater: {{cod: 3 kg/m3, {BO}, {MCF}}}",
               "waste_generated"), "conflicting-keys"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, body: str, code: str) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(tmp_path / "company.yaml")
    assert code in {item.code for item in run.diagnostics}
    assert run.inventory is None
