"""Goods by the hybrid method: the supplier's own stage, and what lies before it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.core.units import parse_quantity, parse_unit
from ghgcalc.methods.hybrid import HYBRID, Hybrid
from ghgcalc.methods.per_unit import PerUnit
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
  cn: {category: purchased_electricity, region: CN, per: kWh, gases: {CO2e: 2 kgCO2e}, source: x}
  de: {category: purchased_electricity, region: DE, per: kWh, gases: {CO2e: 7 kgCO2e}, source: x}
  gas: {category: stationary_combustion, fuel: natural_gas, per: kWh net, gases: {CO2e: 3 kgCO2e},
        source: x}
  steel: {category: purchased_goods_and_services, item: steel, region: DE, per: t,
          gases: {CO2e: 2000 kgCO2e}, source: x}
  lorry: {category: upstream_transportation, item: freight, per: t·km, gases: {CO2e: 4 kgCO2e},
          source: x}
  scrap: {category: waste_generated, item: scrap, region: CN, per: kg, gases: {CO2e: 5 kgCO2e},
          source: x}
"""
PARTS = (
    "scope_1_2: {power: {quantity: 50 kWh}, gas: {quantity: 10 kWh net, fuel: natural_gas}},"
    " materials: {steel: {quantity: 200 kg, item: steel}},"
    " transport: {steel: {quantity: 200 kg, distance: 30 km, item: freight}},"
    " waste: {scrap: {quantity: 4 kg, item: scrap, share: 1 t of 4 t}}, country: CN"
)


def _run(folder: Path, body: str) -> dict[str, Fraction | None]:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    assert {line.calculated_by for line in run.inventory.lines} == {"hybrid"}
    return {line.id: line.co2e("location_based") for line in run.inventory.lines}


def _goods(keys: str) -> str:
    return (
        "activities:\n  a: {facility: hq, category: purchased_goods_and_services, period: 2024, "
        f"gwp_set: AR6, {keys}}}\n"
    )


def test_parts_are_priced_where_they_arise(tmp_path: Path) -> None:
    """Power and waste of the supplier in China, the rest where the line is; twice the order."""
    found = _run(tmp_path, _goods(f"quantity: 2_000 piece, hybrid: {{per: 1_000 piece, {PARTS}}}"))
    assert found == {
        "a/scope_1_2/power": Fraction("0.2"),  # 2 × 50 kWh × 2 kg
        "a/scope_1_2/gas": Fraction("0.06"),  # 2 × 10 × 3
        "a/materials/steel": Fraction("0.8"),  # 2 × 0.2 t × 2,000
        "a/transport/steel": Fraction("0.048"),  # 2 × 0.2 t × 30 km × 4
        "a/waste/scrap": Fraction("0.01"),  # 2 × 4 × ¼ × 5
    }


def test_without_a_quantity_the_goods_of_per_were_bought(tmp_path: Path) -> None:
    found = _run(tmp_path, _goods(f"hybrid: {{per: 1_000 piece, {PARTS}}}"))
    assert sum(each or 0 for each in found.values()) == Fraction("0.559")  # half of 1.118


def test_upstream_by_a_factor_per_unit_of_the_goods(tmp_path: Path) -> None:
    keys = (
        "hybrid: {per: 3 t, scope_1_2: {said: {co2e: 5 tCO2e, share: 10 %}},"
        " upstream: {item: steel, excludes_gate_to_gate: true}}"
    )
    # 5 t × 10 %, and 3 t × 2,000 kg
    assert _run(tmp_path, _goods(keys)) == {
        "a/scope_1_2/said": Fraction("0.5"), "a/upstream": 6,
    }  # fmt: skip


def test_rows_of_a_table_are_purchases(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("n,month\n100,2024-01\n50,2024-02\n", "utf-8")
    body = f"""\
tables:
  orders:
    files: orders.csv
    read: {{period: YYYY-MM}}
    columns: {{quantity: n, period: month}}
    constants: {{facility: hq, unit: piece, item: fan}}
    items:
      fan: {{category: purchased_goods_and_services, hybrid: {{per: 1_000 piece, {PARTS}}}}}
"""
    # 150 of 1,000 pieces: 0.559 t × 15 %
    found = _run(tmp_path, body)
    assert sum(each or 0 for each in found.values()) == Fraction("0.08385")


OWN = "scope_1_2: {power: {quantity: 5 kWh}}"
STEEL = "materials: {steel: {quantity: 2 kg, item: steel}}"


@pytest.mark.parametrize(
    ("keys", "code", "text"),
    [
        (f"hybrid: {{per: 1 piece, {OWN}, upstream: {{emission_rate: {{CO2e: 1 kgCO2e/piece}}}}}}",
         "missing-key", "does the factor of `upstream` still contain the supplier's own stage?"),
        (f"hybrid: {{per: 1 piece, {OWN}, upstream: {{item: x, excludes_gate_to_gate: false}}}}",
         "conflicting-keys", "still contain the supplier's own stage?"),
        (f"hybrid: {{per: 1 piece, {OWN}, {STEEL}, upstream: {{item: x, excludes_gate_to_gate: "
         "true}}", "conflicting-keys", "both hold what the supplier bought"),
        (f"hybrid: {{per: 1 piece, {OWN}}}", "missing-key", "what the supplier bought"),
        (f"hybrid: {{per: 1 piece, {STEEL}}}", "missing-key", "scope_1_2"),
        (f"hybrid: {{per: 0 piece, {OWN}, {STEEL}}}", "out-of-bounds", "above zero"),
        (f"hybrid: {{per: 1 piece, {OWN}, {STEEL}}}, quantity: 5 kg", "unit-mismatch", "per 1"),
        (f"hybrid: {{per: 1 piece, {OWN}, {STEEL}}}, item: x", "conflicting-keys", "whose parts"),
        (f"hybrid: {{per: 1 piece, {OWN}, {STEEL}}}, emission_rate: {{CO2: 1 kg/piece}}",
         "conflicting-keys", "whose parts"),
        (f"hybrid: {{per: 1 m3, {OWN}, {STEEL}}}, gas_state: {{temperature: 0 degC, pressure: 1 "
         "bar}", "conflicting-keys", "whose parts"),
        (f"hybrid: {{per: 1 piece, {OWN}, {STEEL}}}, method: average_data", "conflicting-keys",
         "is not what `hybrid` computes"),
        (f"hybrid: {{per: 1 piece, {OWN}, {STEEL}, waste: {{}}}}", "missing-key", "empty"),
        (f"hybrid: {{per: 1 piece, {STEEL}, scope_1_2: {{a: {{quantity: -5 kWh}}}}}}",
         "negative-quantity", "-5"),
        (f"hybrid: {{per: 1 piece, {STEEL}, scope_1_2: {{a: {{fuel: diesel}}}}}}",
         "missing-key", "states no amount"),
        (f"hybrid: {{per: 1 piece, {STEEL}, scope_1_2: {{a: {{co2e: 5 kWh}}}}}}",
         "unit-mismatch", "is not a mass of CO2e"),
        (f"hybrid: {{per: 1 piece, {STEEL}, scope_1_2: {{a: {{co2e: 5 tCO2e, item: x}}}}}}",
         "conflicting-keys", "`co2e` stands beside `item`"),
        (f"hybrid: {{per: 1 piece, {STEEL}, scope_1_2: {{a: {{quantity: 5 m3, fuel: natural_gas}}"
         "}}",
         "gas-state-missing", "without a state"),
        (f"hybrid: {{per: 1 piece, {STEEL}, scope_1_2: {{a: {{quantity: 5 kg, distance: 2 km}}}}}}",
         "conflicting-keys", "`distance` has no effect"),
        (f"hybrid: {{per: 1 piece, {OWN}, {STEEL}, transport: {{a: {{quantity: 5 kWh, distance: 2 "
         "km}}}", "unit-mismatch", "no mass"),
        (f"hybrid: {{per: 1 piece, {STEEL}, scope_1_2: {{a: {{quantity: 5 kWh, "
         "excludes_gate_to_gate: true}}}", "conflicting-keys", "it is said of `upstream`"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, keys: str, code: str, text: str) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "company.yaml").write_text(HEAD + _goods(keys), "utf-8")
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is None
    said = [f"{item.message} {item.hint}" for item in run.diagnostics if item.code == code]
    assert any(text in each for each in said), [str(d) for d in run.diagnostics]


def test_capital_goods_too(tmp_path: Path) -> None:
    body = _goods(f"hybrid: {{per: 1 piece, {OWN}, {STEEL}}}")
    found = _run(tmp_path, body.replace("purchased_goods_and_services", "capital_goods", 1)
                 .replace(STEEL, "materials: {s: {co2e: 1 tCO2e}}"))  # fmt: skip
    # 5 kWh × 7 kg where the line is, and 1 t
    assert found == {"a/scope_1_2/power": Fraction("0.035"), "a/materials/s": 1}


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 10**6),
    st.sampled_from(("kg", "t", "g")), st.sampled_from(("kg", "t", "lb")),
)  # fmt: skip
def test_unit_and_splitting_invariance(
    goods: int, power: int, bought: int, one: str, other: str
) -> None:
    """The unit of `per` and of the quantity moves nothing; two halves are the whole."""
    sizes = {unit: parse_unit(unit).size for unit in (one, other)}
    keys = type("Keys", (), {"hybrid": Hybrid.model_validate({
        "per": f"{goods} {one}", "scope_1_2": {"p": {"quantity": f"{power} kWh"}},
        "materials": {"m": {"quantity": "1 kg"}},
    })})()  # fmt: skip
    assert HYBRID.expand is not None
    (made, _) = HYBRID.expand(PerUnit(parse_quantity(f"1 {other}").unit), keys, None)  # type: ignore[arg-type]
    each = made.steps[0].value
    # kWh of what was bought, by hand: power ÷ kg of goods × kg bought
    assert each * bought == Fraction(power) / (goods * sizes[one]) * bought * sizes[other]
    half = Fraction(bought, 2)
    assert each * half + each * half == each * bought
