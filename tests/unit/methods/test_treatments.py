"""Waste by treatment, products with packaging, and fuels that buyers burn."""

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
factor_packs: [./own.yaml]
accept: [{gap: co2e_without_gases, reason: the example gives CO2e only}]
facilities: {hq: {country: DE}}
"""
PACK = """\
pack: own
title: Example
gwp_set: AR6
factors:
  a: {category: waste_generated|end_of_life_treatment, item: glass, technology: landfill, per: t,
      gases: {CO2e: 10 kgCO2e}, source: x}
  b: {category: waste_generated|end_of_life_treatment, item: glass, technology: recycling, per: t,
      gases: {CO2e: 4 kgCO2e}, source: x}
  c: {category: waste_generated|end_of_life_treatment, item: paper, technology: recycling, per: t,
      gases: {CO2e: 7 kgCO2e}, source: x}
  de: {category: purchased_electricity, region: DE, per: kWh, gases: {CO2e: 0.5 kgCO2e}, source: x}
  petrol: {category: mobile_combustion, fuel: petrol, per: l, gases: {CO2e: 2 kgCO2e}, source: x}
  heating: {category: stationary_combustion, fuel: petrol, per: l, gases: {CO2e: 3 kgCO2e},
            source: x}
  wtt: {category: stationary_combustion|mobile_combustion, fuel: diesel, per: l, source: x,
        lifecycle: upstream, gases: {CO2e: 1 kgCO2e}}
  car: {category: use_of_sold_products, item: car, per: km, gases: {CO2e: 0.3 kgCO2e}, source: x}
"""


def _lines(folder: Path, body: str) -> dict[str, tuple[Fraction | None, str]]:
    """Tonnes and method of each line."""
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    return {
        line.id: (line.co2e("location_based"), line.calculated_by) for line in run.inventory.lines
    }


def _line(keys: str, category: str = "waste_generated") -> str:
    return f"activities:\n  a: {{facility: hq, category: {category}, period: 2024, {keys}}}\n"


def test_a_line_of_each_treatment(tmp_path: Path) -> None:
    keys = "item: glass, quantity: 50 t, treatments: {landfill: 40 %, recycling: 60 %}"
    # 50 × 40 % × 10 kg and 50 × 60 % × 4 kg
    word = "waste_type_specific"
    assert _lines(tmp_path, _line(keys)) == {
        "a/landfill": (Fraction("0.2"), word),
        "a/recycling": (Fraction("0.12"), word),
    }


def test_treatments_of_different_wastes_at_stated_rates(tmp_path: Path) -> None:
    keys = (
        "quantity: 10 t, gwp_set: AR6, treatments: {landfill: {share: 50 %, item: glass},"
        " paper: {share: 30 %, item: paper, technology: recycling}, rest: {share: 20 %,"
        " emission_rate: {CO2e: 1 kgCO2e/t}}}"
    )
    # 5 × 10 + 3 × 7 + 2 × 1 kg
    found = _lines(tmp_path, _line(keys))
    assert {line: tonnes for line, (tonnes, _) in found.items()} == {
        "a/landfill": Fraction("0.05"), "a/paper": Fraction("0.021"), "a/rest": Fraction("0.002"),
    }  # fmt: skip
    assert {word for _, word in found.values()} <= {"waste_type_specific", "average_data"}


def test_a_total_without_a_waste_is_average_data(tmp_path: Path) -> None:
    rates = "emission_rate: {CO2e: 1 kgCO2e/t}"
    keys = f"quantity: 10 t, gwp_set: AR6, treatments: {{x: {{share: 100 %, {rates}}}}}"
    assert _lines(tmp_path, _line(keys)) == {"a/x": (Fraction("0.01"), "average_data")}
    eol = _lines(tmp_path, _line(keys, "end_of_life_treatment"))
    assert eol == {"a/x": (Fraction("0.01"), "waste_type_specific")}


def test_products_with_packaging(tmp_path: Path) -> None:
    keys = (
        "item: glass, sold: 1000 piece, each: {mass: 1.2 kg, packaging: 300 g},"
        " treatments: {landfill: 100 %}"
    )
    # 1,000 × 1.5 kg × 10 kg/t = 15 kg
    found = _lines(tmp_path, _line(keys, "end_of_life_treatment"))
    assert found == {"a/landfill": (Fraction("0.015"), "waste_type_specific")}
    (tmp_path / "sales.csv").write_text("n,month\n300,2024-01\n700,2024-02\n", "utf-8")
    body = """\
tables:
  sales:
    files: sales.csv
    read: {period: YYYY-MM}
    columns: {quantity: n, period: month}
    constants: {facility: hq, unit: piece, item: lamp}
    items:
      lamp:
        category: end_of_life_treatment
        item: glass
        each: {mass: 1.2 kg, packaging: 300 g}
        treatments: {landfill: 60 %, recycling: 40 %}
"""
    # 1.5 t × (60 % × 10 + 40 % × 4 kg) = 11.4 kg
    rows = _lines(tmp_path, body)
    assert sum((tonnes or Fraction(0) for tonnes, _ in rows.values()), Fraction(0)) == Fraction(
        "0.0114"
    )


@pytest.mark.parametrize(("way", "kg"), [("mobile", 2), ("stationary", 3)])
def test_fuels_sold_are_burnt(tmp_path: Path, way: str, kg: int) -> None:
    keys = f"fuel: petrol, quantity: 1000 l, combustion: {way}"
    found = _lines(tmp_path, _line(keys, "use_of_sold_products"))
    assert found == {"a": (Fraction(kg), "fuels_and_feedstocks")}


def test_fuel_and_power_of_one_use(tmp_path: Path) -> None:
    keys = (
        "fuel: petrol, combustion: stationary, sold: 10 piece,"
        " uses: {lifetime: 100, burns: 0.2 l, energy: 0.1 kWh}"
    )
    # 10 × 100 × 0.2 l × 3 kg and 10 × 100 × 0.1 kWh × 0.5 kg
    found = _lines(tmp_path, _line(keys, "use_of_sold_products"))
    assert found == {
        "a/power": (Fraction("0.05"), "direct_use"), "a/fuel": (Fraction("0.6"), "direct_use"),
    }  # fmt: skip


def test_scenarios_and_parts_of_a_product(tmp_path: Path) -> None:
    keys = (
        "item: car, sold: 10 piece, allocation: {method: mass, share: 20 kg of 500 kg}, uses:"
        " {lifetime: 300_000, scenarios: {town: {share: 25 %, distance: 1 km},"
        " away: {share: 75 %, distance: 2 km}}}"
    )
    # 10 × 300,000 × (25 % × 1 km, 75 % × 2 km) × 4 % × 0.3 kg
    found = _lines(tmp_path, _line(keys, "use_of_sold_products"))
    assert found == {"a/town": (9, "indirect_use"), "a/away": (54, "indirect_use")}


GLASS = "item: glass, quantity: 50 t, treatments: "
FUEL = "sold: 10 piece, uses: "


@pytest.mark.parametrize(
    ("category", "keys", "code"),
    [
        ("waste_generated", f"{GLASS}{{landfill: 40 %}}", "out-of-bounds"),
        ("waste_generated", f"{GLASS}{{landfill: 140 %, recycling: -40 %}}", "out-of-bounds"),
        ("waste_generated", f"technology: landfill, {GLASS}{{landfill: 100 %}}",
         "conflicting-keys"),
        ("waste_generated", f"factor: own/a, {GLASS}{{landfill: 100 %}}", "conflicting-keys"),
        ("waste_generated", f"{GLASS}{{landfil: 100 %}}", "missing-factor"),
        ("waste_generated", f"{GLASS}{{a: {{share: 100 %, factor: own/a, technology: landfill}}}}",
         "conflicting-keys"),
        ("waste_generated", f"{GLASS}{{a: {{share: 100 %, emission_rate: {{CO2e: -1 kgCO2e/t}}}}}}",
         "negative-quantity"),
        ("waste_generated", "item: glass, quantity: 50 EUR, treatments: {landfill: 100 %}",
         "unit-mismatch"),
        ("purchased_goods_and_services", f"{GLASS}{{landfill: 100 %}}", "conflicting-keys"),
        ("waste_generated", f"method: supplier_specific, {GLASS}{{landfill: 100 %}}",
         "conflicting-keys"),
        ("waste_generated", "item: glass, technology: landfill, sold: 5 piece", "conflicting-keys"),
        ("end_of_life_treatment", "item: glass, technology: landfill, sold: 5 piece,"
         " each: {mass: 2 kg}", "missing-key"),
        ("end_of_life_treatment", "item: glass, technology: landfill, sold: 5 piece,"
         " each: {mass: 2 l, packaging: 0 kg}", "unit-mismatch"),
        ("end_of_life_treatment", "item: glass, technology: landfill, quantity: 5 kg,"
         " each: {mass: 2 kg, packaging: 0 kg}", "unit-mismatch"),
        # the supply of a fuel is no part of its use
        ("use_of_sold_products", "fuel: diesel, quantity: 5 l, combustion: mobile",
         "missing-factor"),
        ("use_of_sold_products", "quantity: 5 l, combustion: mobile", "missing-key"),
        ("use_of_sold_products", "fuel: petrol, quantity: 5 l, combustion: mobile,"
         " emission_rate: {CO2: 2 kg/l}", "conflicting-keys"),
        ("mobile_combustion", "fuel: petrol, quantity: 5 l, combustion: mobile",
         "conflicting-keys"),
        ("use_of_sold_products", f"{FUEL}{{lifetime: 5, burns: 1 l}}", "missing-key"),
        ("use_of_sold_products", f"fuel: petrol, {FUEL}{{lifetime: 5, burns: 1 l}}", "missing-key"),
        ("use_of_sold_products", f"fuel: petrol, {FUEL}{{lifetime: 5, energy: 1 kWh}}",
         "conflicting-keys"),
        ("use_of_sold_products", f"{FUEL}{{lifetime: 5, distance: 1 l}}", "unit-mismatch"),
        ("use_of_sold_products", f"{FUEL}{{lifetime: 5, distance: 1 km, energy: 1 kWh}}",
         "conflicting-keys"),
        ("use_of_sold_products", f"{FUEL}{{lifetime: 5, energy: 1 kWh,"
         " scenarios: {a: {share: 100 %, energy: 1 kWh}}}", "conflicting-keys"),
        ("use_of_sold_products", f"{FUEL}{{lifetime: 5,"
         " scenarios: {a: {share: 90 %, energy: 1 kWh}}}", "out-of-bounds"),
        ("use_of_sold_products", f"{FUEL}{{lifetime: 5, scenarios: {{a: {{share: 100 %}}}}}}",
         "missing-key"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, category: str, keys: str, code: str) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "company.yaml").write_text(HEAD + _line(keys, category), "utf-8")
    run = compute(tmp_path / "company.yaml")
    assert code in {item.code for item in run.diagnostics}
    assert run.inventory is None


def test_rates_of_treatments_are_told_apart(tmp_path: Path) -> None:
    """Each rate has a name of its own: what is written keeps factors by their names."""
    rates = "a: {share: 50 %, emission_rate: {CO2e: 1 kgCO2e/t}}"
    keys = f"quantity: 10 t, gwp_set: AR6, treatments: {{{rates}, {rates.replace('a:', 'b:', 1)}}}"
    _lines(tmp_path, _line(keys))
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None
    parts = [part for line in run.inventory.lines for part in line.location_based]
    assert [part.source for part in parts] == ["stated/a/a", "stated/a/b"]
